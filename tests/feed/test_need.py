"""What a party needs and risks before the count, and by how much it fell short after."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feed.need import after_the_count, before_the_count
from feed.parties import PartyId
from tests.feed.builders import a_result, a_roster, standing_of


def before(held: dict[str, int], offered: Any = None, **facts: Any) -> tuple[str, ...]:
    return before_the_count(a_roster("Alder", held, offered, **facts), {})


def after(control: Any, **seats: int) -> str:
    return after_the_count({PartyId(party): n for party, n in seats.items()}, control, {})


def test_a_party_needs_more_than_half_less_what_it_holds() -> None:
    assert before({"con": 20, "lab": 18, "ld": 4}) == ("Con needs 2 more", "Lab needs 4 more")


def test_exactly_half_needs_one_more() -> None:
    assert before({"con": 19, "lab": 19}, elects="whole") == (
        "Con needs 1 more",
        "Lab needs 1 more",
    )


def test_the_size_after_the_poll_counts_where_it_is_given() -> None:
    assert before({"con": 20, "lab": 18}, size=50) == ("Con needs 6 more", "Lab needs 8 more")


@pytest.mark.parametrize(
    ("size", "facts", "said"),
    [
        (49, {"boundary_change": True}, ("25 of 49 seats needed, where 56 were held",)),
        (60, {"boundary_change": True}, ("31 of 60 seats needed, where 56 were held",)),
        (49, {}, ("25 of 49 seats needed, where 56 were held",)),
        (56, {"boundary_change": True}, ("Lab needs 1 more", "Con needs 13 more")),
        (None, {"boundary_change": True}, ()),
    ],
)
def test_what_was_held_on_a_council_of_another_size_is_no_start_for_gains(
    size: int | None, facts: dict[str, Any], said: tuple[str, ...]
) -> None:
    held = {"con": 16, "lab": 28, "ind": 12}
    assert before(held, size=size, elects="whole", **facts) == said


def test_a_party_that_defends_too_few_seats_to_lose_control_cannot() -> None:
    held = {"con": 40, "lab": 14}
    assert before(held, {"con": 12, "lab": 6})[0] == "Con cannot lose control"
    assert before(held, {"con": 13, "lab": 5})[0] == "Con loses control by losing 13 net"


def test_where_the_whole_council_is_up_control_can_be_lost() -> None:
    assert before({"con": 40, "lab": 14}, {"con": 1}, elects="whole")[0] == (
        "Con loses control by losing 13 net"
    )


@settings(max_examples=100, deadline=None, derandomize=True)
@given(con=st.integers(0, 60), lab=st.integers(1, 60), up=st.integers(0, 60))
def test_whoever_cannot_lose_control_keeps_it_without_a_seat_won(
    con: int, lab: int, up: int
) -> None:
    up = min(up, con)
    said = before({"con": con, "lab": lab}, {"con": up, "lab": 0})
    assert ("Con cannot lose control" in said) == (2 * (con - up) > con + lab)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(con=st.integers(1, 60), lab=st.integers(1, 60))
def test_a_party_that_gains_what_it_needs_has_control_and_with_one_less_has_not(
    con: int, lab: int
) -> None:
    for line in before({"con": con, "lab": lab}):
        label, _, rest = line.partition(" needs ")
        if not rest:
            continue
        needed = int(rest.removesuffix(" more"))
        seats = con if label == "Con" else lab
        assert 2 * (seats + needed) > con + lab >= 2 * (seats + needed - 1)


@pytest.mark.parametrize("facts", [{"new_council": True}, {}])
def test_nothing_is_said_of_a_new_council_or_of_one_without_seats(facts: dict[str, Any]) -> None:
    assert before({"con": 20} if facts else {}, **facts) == ()


@pytest.mark.parametrize(
    ("control", "seats", "words"),
    [
        ("con", {"con": 16, "lab": 14}, "majority of 2"),
        ("noc", {"con": 15, "lab": 14, "ld": 1}, "Con one seat short"),
        ("noc", {"con": 14, "lab": 14, "ld": 2}, "Con and Lab 14 each, two seats short"),
        ("noc", {"con": 10, "lab": 9, "ld": 11}, "LD five seats short"),
        ("con", {"con": 15, "lab": 15}, ""),
        (None, {}, ""),
    ],
)
def test_after_the_count_a_majority_or_what_is_short_of_one_is_said(
    control: Any, seats: dict[str, int], words: str
) -> None:
    assert after(control, **seats).replace("5 seats", "five seats") == words


def test_a_council_says_what_is_needed_until_it_declares() -> None:
    roster = a_roster("Alder", {"con": 20, "lab": 18})
    assert standing_of(roster).councils[0].need == (
        "Con loses control by losing 1 net",
        "Lab needs 2 more",
    )
    declared = standing_of(roster, a_result("Alder", con=19, lab=19)).councils[0]
    assert declared.need == ("Con and Lab 19 each, one seat short",)


def test_the_majority_line_is_of_the_seats_filled() -> None:
    roster = a_roster("North Devon", {"con": 20, "ld": 22}, size=42)
    assert standing_of(roster).councils[0].majority_line == 22
    told = (roster, a_result("North Devon", ld=21, con=20))
    assert standing_of(*told).councils[0].majority_line == 21
