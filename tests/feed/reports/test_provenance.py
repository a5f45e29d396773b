"""From any figure of the scoreboard to the results that make it up."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from feed.errors import UsageProblem
from feed.ledger.ledger import Step
from feed.model.parties import PartyId
from feed.model.standing import Standing
from feed.reports.provenance import COLUMNS, contributions, contributions_as_text
from tests.feed.builders import (
    a_change,
    a_result,
    a_roster,
    a_rush,
    a_withdrawal,
    folded,
    standing_of,
)
from tests.feed.versions import a_night

TOLD = (
    a_roster("Alder", {"con": 30}),
    a_roster("Birch", {"con": 30}),
    a_result("Alder", con=10, lab=20, changes={"con": -20, "lab": 20}),
    a_result("Birch", con=25, lab=5, changes={"con": -5, "lab": 5}),
    a_result("Alder", 2, con=11, lab=19, changes={"con": -19, "lab": 19}),
)


def assert_adds_up(standing: Standing) -> None:
    for row in standing.scoreboard.rows:
        for column in COLUMNS:
            shown = getattr(row, column) or 0
            found = contributions(standing, row.party, column)
            assert sum(c.amount for c in found) == shown, (row.party, column)
            assert all(c.amount for c in found)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(night=a_night())
def test_the_contributions_of_every_figure_add_up_to_it(night: list[Step]) -> None:
    assert_adds_up(folded(night).standing())


def test_figures_of_several_baselines_add_up_each_by_itself() -> None:
    both = (a_change({"con": -3}), a_change({"con": -9}, "last_fought"))
    standing = standing_of(
        a_result("Alder", con=10, facts={"changes": both}),
        a_result("Birch", con=10, changes={"con": -4}, baseline="last_fought"),
        a_result("Copse", con=10, changes={"con": -2}),
        a_result("Dell", con=10, changes={"con": -1}, baseline="last_fought"),
    )
    assert standing.scoreboard.baseline == "last_fought"
    assert standing.scoreboard.rows[0].seats_net == -14
    assert_adds_up(standing)
    other = contributions(standing, PartyId("con"), "seats_net:eve_of_poll")
    assert [(c.name, c.amount) for c in other] == [("Alder", -3), ("Copse", -2)]


def test_each_contribution_names_its_council_revision_and_file_the_largest_first() -> None:
    found = contributions(standing_of(*TOLD), PartyId("con"), "seats_net")
    assert [(c.name, c.amount, c.revision) for c in found] == [("Alder", -19, 2), ("Birch", -5, 1)]
    assert all(c.origin.path for c in found)


def test_what_is_withdrawn_contributes_nothing() -> None:
    standing = standing_of(*TOLD, a_withdrawal("Alder", 2))
    assert [c.name for c in contributions(standing, PartyId("con"), "seats_won")] == ["Birch"]


def test_the_net_of_councils_has_other_names_too() -> None:
    standing = standing_of(*TOLD)
    assert contributions(standing, PartyId("con"), "councils_net") == contributions(
        standing, PartyId("con"), "net"
    )


def test_a_figure_is_a_table_with_its_sum() -> None:
    lines = contributions_as_text(standing_of(*TOLD), "con.seats_net").splitlines()
    assert lines[0] == "Conservatives, seats, net change since the eve of poll: −24 from 2 results"
    assert lines[3].split()[:3] == ["−19", "Alder", "r2"]
    one = contributions_as_text(standing_of(*TOLD), "Labour.councils").splitlines()[0]
    assert one == "Labour, councils controlled: 1 from 1 result"


def test_a_change_in_seats_names_what_it_is_measured_against() -> None:
    both = (a_change({"con": -3}), a_change({"con": -9}, "last_fought"))
    standing = standing_of(a_result("Alder", con=10, facts={"changes": both}))
    said = contributions_as_text(standing, "con.seats_net:last_fought").splitlines()[0]
    assert said == "Conservatives, seats, net change since last fought: −9 from 1 result"
    notional = contributions_as_text(standing, "con.seats_net:notional")
    assert notional == (
        "Conservatives, seats, net change against notional results: not known, no result gives it"
    )


def test_what_is_not_known_is_not_told_as_nought() -> None:
    standing = standing_of(a_rush("Alder", "con"), a_roster("Birch", {"con": 3}))
    assert contributions_as_text(standing, "con.seats_net") == (
        "Conservatives, seats, net change against a baseline not stated: not known, no result gives it"
    )
    assert contributions_as_text(standing, "con.councils").startswith(
        "Conservatives, councils controlled: 0 from 0 "
    )


@pytest.mark.parametrize("column", ["seats_net", "seats_won", "seats_after"])
def test_no_overall_control_has_no_seats(column: str) -> None:
    said = contributions_as_text(standing_of(*TOLD), f"noc.{column}")
    assert said.endswith(": no overall control is no party and has no seats")


@pytest.mark.parametrize("figure", ["con.seats_net:ever", "con.councils:last_fought"])
def test_a_baseline_that_there_is_not_is_refused(figure: str) -> None:
    with pytest.raises(UsageProblem, match="no figure of the scoreboard"):
        contributions_as_text(standing_of(*TOLD), figure)


@pytest.mark.parametrize("figure", ["con", "con.", "nobody.net", "con.votes", ".net", ""])
def test_what_is_no_figure_is_refused_with_the_figures_there_are(figure: str) -> None:
    with pytest.raises(UsageProblem, match="seats_net"):
        contributions_as_text(standing_of(*TOLD), figure)
