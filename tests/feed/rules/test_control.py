"""Control and outcome, exhaustively (rules 1 to 3)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feed.model.parties import NOC, PartyId
from feed.rules.control import (
    control,
    control_after,
    control_before,
    outcome,
    roster_control,
    seats_won,
)
from tests.feed.builders import a_result, a_roster

PARTIES = ("con", "lab", "ld", "green", "ind")
COUNCILS = st.dictionaries(st.sampled_from([PartyId(p) for p in PARTIES]), st.integers(0, 90))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(seats=COUNCILS)
def test_a_party_controls_exactly_when_it_has_more_than_half(seats: dict[PartyId, int]) -> None:
    over_half = [party for party in seats if seats[party] > sum(seats.values()) - seats[party]]
    assert control(seats) == (over_half[0] if over_half else NOC)


@pytest.mark.parametrize(("half", "whole"), [(19, 38), (31, 62), (45, 90)])
def test_exactly_half_is_no_overall_control(half: int, whole: int) -> None:
    assert control({PartyId("con"): half, PartyId("lab"): whole - half}) == NOC
    assert control({PartyId("con"): half + 1, PartyId("lab"): whole - half - 1}) == "con"


def test_a_majority_is_of_the_seats_filled_not_of_the_size_of_the_council() -> None:
    north_devon = a_result("North Devon", ld=21, con=12, ind=7, green=1)
    assert sum(north_devon.after.values()) == 41
    assert control_after(north_devon) == "ld"
    assert control({PartyId("ld"): 21, PartyId("con"): 21}) == NOC


def test_a_council_without_a_seat_filled_is_controlled_by_nobody() -> None:
    assert control({}) == NOC


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("con", "con", "hold"),
        ("con", "lab", "gain"),
        ("con", "noc", "lose"),
        ("noc", "con", "gain"),
        ("noc", "noc", "no_change"),
        ("ind", "ind", "hold"),
        (None, "con", "win"),
        (None, "noc", "win"),
    ],
)
def test_an_outcome_follows_from_control_before_and_after(
    before: Any, after: Any, expected: str
) -> None:
    assert outcome(before, after) == expected


def test_control_after_is_as_the_source_states_it() -> None:
    assert control_after(a_result("Alder", con=20, lab=10)) == "con"
    assert control_after(a_result("Alder", con=20, facts={"control_after": "lab"})) == "lab"
    assert control_after(a_result("Alder", facts={"outcome": "lose"})) == "noc"
    assert control_after(a_result("Alder", facts={"outcome": "no_change"})) == "noc"
    held = {"outcome": "hold", "control_before": "ra"}
    assert control_after(a_result("Alder", facts=held)) == "ra"
    assert control_after(a_result("Alder")) is None


def test_control_before_is_the_sources_word_then_the_rosters_then_arithmetic() -> None:
    roster = a_roster("Alder", {"con": 20, "lab": 10})
    stated = a_roster("Alder", {"con": 20, "lab": 10}, control_before="noc")
    after: dict[str, Any] = {"lab": 16, "con": 14}
    assert (
        control_before(a_result("Alder", facts={"control_before": "ld"}, **after), roster) == "ld"
    )
    assert control_before(a_result("Alder", **after), stated) == "noc"
    assert control_before(a_result("Alder", **after), roster) == "con"
    moved = a_result("Alder", changes={"lab": 6, "con": -6}, **after)
    assert control_before(moved, None) == "con"
    assert control_before(a_result("Alder", **after), None) is None


def test_a_new_council_has_no_control_before() -> None:
    result = a_result("Alder", changes={"con": 2}, facts={"new_council": True}, con=20)
    assert control_before(result, a_roster("Alder", {"lab": 9})) is None
    assert control_before(a_result("Alder", con=20), a_roster("Alder", new_council=True)) is None


def test_changes_across_moved_boundaries_say_nothing_of_control_before() -> None:
    result = a_result("Alder", changes={"con": 5}, facts={"boundary_change": True}, con=20)
    assert control_before(result, None) is None
    impossible = a_result("Alder", changes={"con": 25}, con=20)
    assert control_before(impossible, None) is None


def test_a_roster_without_seats_says_nothing_of_control() -> None:
    assert roster_control(a_roster("Alder")) is None
    assert roster_control(a_roster("Alder", {"con": 3, "lab": 3})) == "noc"


def test_the_whole_council_was_won_where_the_source_leaves_the_seats_won_out() -> None:
    assert seats_won(a_result("Alder", con=20)) == {"con": 20}
    assert seats_won(a_result("Alder", con=20, facts={"won": {"con": 7}})) == {"con": 7}
