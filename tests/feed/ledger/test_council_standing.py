"""What a council's standing is drawn from: its parties, its size, its time, its notes."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from feed.ledger.night import Night
from feed.model.messages import Result
from feed.model.standing import CouncilStanding, Standing
from feed.reports.provenance import contributions
from feed.reports.summary import standing_summary
from feed.sources.saved import load
from tests.feed.builders import (
    BEGINS,
    a_change,
    a_result,
    a_roster,
    a_rush,
    a_step,
    a_withdrawal,
    folded,
    minutes,
    standing_of,
)
from tui.running.samples import sample_feed


@cache
def the_night(feed: str) -> Standing:
    night = Night()
    night.extend(load(sample_feed(feed)))
    return night.edge()


def council_of(*messages: Any) -> CouncilStanding:
    return standing_of(*messages).all_councils[0]


def at(minute: float | None, result: Result, **facts: Any) -> Result:
    """Return a result with the source's own time, or without one."""
    moment = None if minute is None else minutes(minute)
    return result.changed(at=moment, **facts)


def seen(*told: Any) -> CouncilStanding:
    """Return the council after these messages, each seen five minutes after the one before."""
    steps = [a_step(message, seen_at=minutes(5 * n)) for n, message in enumerate(told)]
    return folded(steps).standing().councils[0]


def test_a_party_that_only_a_further_baseline_names_has_its_line() -> None:
    both = (a_change({"con": -3, "lab": 3}), a_change({"con": -1, "ukip": -2}, "last_fought"))
    council = council_of(a_result("Alder", con=10, lab=9, facts={"changes": both}))
    ukip = next(line for line in council.seats if line.party == "ukip")
    assert (ukip.change, ukip.change_other) == (0, (("last_fought", -2),))


@pytest.mark.parametrize("column", ["seats_net:eve_of_poll", "seats_net:last_fought"])
def test_the_parts_of_every_figure_of_every_baseline_add_up_to_it(column: str) -> None:
    standing = the_night("england-2019")
    baseline = column.partition(":")[2]
    assert baseline in {standing.scoreboard.baseline, *dict(standing.scoreboard.other_baselines)}
    for row in standing.scoreboard.rows:
        figures = {standing.scoreboard.baseline: row.seats_net, **row.seats_net_other}
        parts = sum(part.amount for part in contributions(standing, row.party, column))
        assert parts == (figures.get(baseline) or 0), row.label


def test_a_correction_does_not_move_the_time_of_the_declaration() -> None:
    first, second = at(21, a_result("Alder", con=9)), at(69, a_result("Alder", 2, con=10))
    for told in ((first, second), (second, first)):
        assert council_of(*told).declared_at == minutes(21)
    assert council_of(first, second).declared_clock == "declared"


def test_after_a_withdrawal_the_next_result_s_time_counts() -> None:
    first, third = at(21, a_result("Alder", con=9)), at(69, a_result("Alder", 3, con=10))
    taken_back = a_withdrawal("Alder", 2)
    assert council_of(first, taken_back).declared_at is None
    assert council_of(first, taken_back).declared_clock is None
    assert council_of(first, taken_back, third).declared_at == minutes(69)


def test_a_rush_is_no_declaration() -> None:
    rush = a_rush("Alder", "con", at=minutes(3))
    assert council_of(rush).declared_at is None
    assert council_of(rush, at(21, a_result("Alder", con=9))).declared_at == minutes(21)


def test_without_a_time_of_the_source_the_result_counts_as_first_seen() -> None:
    council = seen(a_result("Alder", con=9), a_result("Alder", 2, con=10))
    assert (council.declared_at, council.declared_clock) == (BEGINS, "seen")
    assert not council.declared_at_estimated
    (told,) = standing_summary(standing_of(a_result("Alder", con=9)))["councils"]
    assert (told["declared_at"], told["declared_at_basis"]) == ("2019-05-02T22:00:00Z", "seen")


def test_an_estimated_time_says_so() -> None:
    guessed = at(21, a_result("Alder", con=9), at_basis="estimated")
    standing = standing_of(a_roster("Alder"), a_roster("Birch"), guessed)
    assert standing.councils[0].declared_clock == "estimated"
    bases = [told["declared_at_basis"] for told in standing_summary(standing)["councils"]]
    assert bases == ["estimated", None]


def test_what_two_files_note_alike_is_said_once() -> None:
    note, more = "The roster has 19 of 39.", "One seat is late. The roster has 19 of 39."
    result = a_result("Alder", con=9, facts={"note": note})
    assert council_of(a_roster("Alder", note=note), result).note == note
    longer = result.changed(note=more)
    assert council_of(a_roster("Alder", note=note), longer).note == more
    assert council_of(a_roster("Alder", note=more), result).note == more
    other = council_of(a_roster("Alder", note="Elected by halves."), result)
    assert other.note == f"{note} Elected by halves."


RESIZED = a_roster("Alder", {"con": 30, "lab": 18}, elects="whole", boundary_change=True)
NEW = a_roster("Alder", {"con": 0, "lab": 0}, elects="whole", new_council=True)


@pytest.mark.parametrize("roster", [RESIZED, NEW])
def test_the_size_of_a_council_on_new_boundaries_is_known_by_its_result(roster: Any) -> None:
    waiting = council_of(roster)
    assert (waiting.size, waiting.seats_up) == (None, None)
    result = a_result("Alder", con=32, lab=20, facts={"boundary_change": True})
    assert council_of(roster, result).size == 52
    stated = roster.changed(size=53, seats_up=53)
    assert council_of(stated, result).size == 53
    assert council_of(stated).seats_up == 53


def test_a_result_may_be_the_first_to_say_that_boundaries_have_changed() -> None:
    unaware = RESIZED.changed(boundary_change=False)
    assert (council_of(unaware).size, council_of(unaware).seats_up) == (48, 48)
    result = a_result("Alder", con=32, lab=20, facts={"boundary_change": True})
    council = council_of(unaware, result)
    assert (council.size, council.seats_up) == (52, None)
    (told, _) = standing_of(NEW, result).log.since(0)
    assert told.text == "Roster: Alder"


def test_the_size_of_other_councils_is_what_was_held() -> None:
    roster = a_roster("Alder", {"con": 30, "lab": 18}, {"con": 10, "lab": 6})
    assert council_of(roster).size == 48
    assert council_of(roster, a_result("Alder", con=30, lab=17)).size == 48


def test_a_new_council_is_known_as_one_by_its_roster_or_its_result() -> None:
    assert council_of(NEW).new_council
    assert council_of(a_result("Alder", con=9, facts={"new_council": True})).new_council
    assert not council_of(RESIZED).new_council


def test_no_party_has_a_majority_in_view_where_none_controls() -> None:
    belfast = council_of(a_roster("Belfast", {"sf": 30, "dup": 30}), a_result("Belfast", sf=31))
    assert belfast.stands_apart
    assert belfast.majority_line is None
    assert council_of(a_result("Alder", con=9)).majority_line == 5
