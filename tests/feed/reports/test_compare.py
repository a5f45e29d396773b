"""Two moments of a night: what the later has and the earlier had not, nothing added up twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from feed.ledger.night import Night
from feed.model.entries import PlaceId
from feed.model.messages import Message
from feed.model.parties import PartyId
from feed.model.standing import BoardRow, Scoreboard, Standing
from feed.reports.compare import contributions_since, difference
from feed.reports.provenance import COLUMNS
from feed.sources.saved import load
from tests.feed.builders import a_result, a_roster, a_rush, a_ward, a_withdrawal, standing_of

ENGLAND = Path(__file__).parents[3] / "sample_feeds" / "england-2019"
ROSTERS: tuple[Message, ...] = (
    a_roster("Alder", {"con": 20, "lab": 15}),
    a_roster("Brindle", {"con": 20, "lab": 15}),
)
ALDER = a_result("Alder", lab=25, con=10, changes={"lab": 10, "con": -10})
BRINDLE = a_result("Brindle", lab=16, con=19, changes={"lab": 1, "con": -1})


def moved(board: Scoreboard, party: str) -> BoardRow:
    return next(row for row in board.rows if row.party == party)


@pytest.fixture(scope="module")
def england() -> Night:
    night = Night()
    night.extend(load(ENGLAND))
    return night


def test_the_difference_counts_only_what_came_between() -> None:
    before, after = standing_of(*ROSTERS, ALDER), standing_of(*ROSTERS, ALDER, BRINDLE)
    found = difference(before, after)
    assert found.declared == 1
    assert found.changed == {PlaceId("brindle")}
    con, lab = moved(found.board, "con"), moved(found.board, "lab")
    assert (con.councils, con.net, con.seats_won, con.seats_net) == (1, 0, 19, -1)
    assert (lab.councils, lab.net, lab.seats_won, lab.seats_net) == (0, 0, 16, 1)
    assert found.board.baseline_councils == 1


def test_a_correction_shows_as_what_it_takes_and_gives() -> None:
    again = a_result("Alder", 2, lab=17, con=18, changes={"lab": 2, "con": -2})
    found = difference(standing_of(*ROSTERS, ALDER), standing_of(*ROSTERS, ALDER, again))
    con, lab = moved(found.board, "con"), moved(found.board, "lab")
    assert found.declared == 0
    assert found.changed == {PlaceId("alder")}
    assert (lab.councils, lab.gained, lab.seats_won, lab.seats_net) == (-1, -1, -8, -8)
    assert (con.councils, con.lost, con.seats_won, con.seats_net) == (1, -1, 8, 8)


@pytest.mark.parametrize(
    ("told", "changed"),
    [
        (a_rush("Alder", "lab"), {"alder"}),
        (a_ward("Alder", "Hay", {"lab": 2}), {"alder"}),
        (ALDER, {"alder"}),
        (a_roster("Cob", {"con": 3}), {"cob"}),
    ],
)
def test_a_council_has_changed_when_its_cell_or_its_seats_have(
    told: Message, changed: set[str]
) -> None:
    found = difference(standing_of(*ROSTERS), standing_of(*ROSTERS, told))
    assert found.changed == changed


def test_a_withdrawal_takes_back_every_figure() -> None:
    before = standing_of(*ROSTERS, ALDER)
    found = difference(before, standing_of(*ROSTERS, ALDER, a_withdrawal("Alder", 1)))
    assert found.declared == -1
    assert moved(found.board, "lab").seats_won == -25


def test_a_moment_compared_with_itself_shows_nothing() -> None:
    standing = standing_of(*ROSTERS, ALDER)
    found = difference(standing, standing)
    assert found.changed == frozenset()
    assert all(
        not any((row.councils, row.gained, row.lost, row.seats_won, row.seats_net, row.seats_after))
        for row in found.board.rows
    )


def test_figures_of_two_baselines_are_never_set_against_each_other() -> None:
    last = [
        a_result(name, lab=20, con=15, changes={"lab": 5}, baseline="last_fought")
        for name in ("Cob", "Dun")
    ]
    more = [a_roster(name, {"con": 20, "lab": 15}) for name in ("Cob", "Dun")]
    before = standing_of(*ROSTERS, *more, ALDER)
    after = standing_of(*ROSTERS, *more, ALDER, *last)
    assert (before.scoreboard.baseline, after.scoreboard.baseline) == ("eve_of_poll", "last_fought")
    lab = moved(difference(before, after).board, "lab")
    assert lab.seats_net == 10
    assert dict(lab.seats_net_other) == {"eve_of_poll": 0}


def test_a_party_that_is_gone_from_the_board_keeps_its_row() -> None:
    before = Standing(scoreboard=Scoreboard((BoardRow(PartyId("sharks"), "Shk", "", seats_won=3),)))
    (row,) = difference(before, Standing()).board.rows
    assert (row.party, row.seats_won) == ("sharks", -3)


def test_two_stretches_of_a_night_add_up_to_the_whole(england: Night) -> None:
    some, edge = england.at(len(england) // 2), england.edge()
    first, second = difference(Standing(), some), difference(some, edge)
    for row in edge.scoreboard.rows:
        parts = [
            next((r for r in found.board.rows if r.party == row.party), None)
            for found in (first, second)
        ]
        for name in ("councils", "gained", "lost", "seats_won", "seats_after"):
            assert sum(getattr(part, name) for part in parts if part) == getattr(row, name)
        nets = [part.seats_net or 0 for part in parts if part]
        assert sum(nets) == (row.seats_net or 0)


def test_every_figure_of_the_difference_is_explained_by_its_results(england: Night) -> None:
    before, after = england.at(len(england) // 2), england.at(len(england) - 40)
    for row in difference(before, after).board.rows:
        for column in COLUMNS:
            parts = contributions_since(before, after, row.party, column)
            figure = getattr(row, column) or 0
            assert sum(part.amount for part in parts) == figure
            assert all(part.amount for part in parts)
