"""What a party needs and risks before the count, and by how much it fell short after."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feed.english import in_words
from feed.model.messages import Roster, RosterParty
from feed.model.parties import PartyId
from feed.rules.majority import after_the_count, before_the_count
from tests.feed.builders import a_result, a_roster, a_rush, a_ward, standing_of


def before(held: dict[str, int], offered: Any = None, **facts: Any) -> tuple[str, ...]:
    return before_the_count(a_roster("Alder", held, offered, **facts), {})


def still(held: dict[str, int], offered: Any = None, **facts: Any) -> tuple[str, ...]:
    return before_the_count(a_roster("Alder", held, offered, **facts), {}, counting=True)


def of_unknown_seats(
    held: dict[str, int], offered: dict[str, int] | None = None, **facts: Any
) -> Roster:
    """Return a roster of which it is not known how many seats each party defends."""
    parties = tuple(
        RosterParty(party=PartyId(party), held=seats, offered=(offered or {}).get(party))
        for party, seats in held.items()
    )
    return Roster(council="Alder", elects="thirds", parties=parties, **facts)


def after(control: Any, **seats: int) -> str:
    return after_the_count({PartyId(party): n for party, n in seats.items()}, control, {})


def test_a_party_needs_more_than_half_less_what_it_holds() -> None:
    assert before({"con": 20, "lab": 18, "ld": 4}) == ("Con needs two more", "Lab needs four more")


def test_exactly_half_needs_one_more() -> None:
    assert before({"con": 19, "lab": 19}, elects="whole") == (
        "Con needs one more",
        "Lab needs one more",
    )


def test_the_size_after_the_poll_counts_where_it_is_given() -> None:
    assert before({"con": 20, "lab": 18}, size=50) == ("Con needs six more", "Lab needs eight more")


@pytest.mark.parametrize(
    ("size", "facts", "said"),
    [
        (49, {"boundary_change": True}, ("25 of 49 seats needed, where 56 were held",)),
        (60, {"boundary_change": True}, ("31 of 60 seats needed, where 56 were held",)),
        (49, {}, ("25 of 49 seats needed, where 56 were held",)),
        (56, {"boundary_change": True}, ("Lab needs one more", "Con needs 13 more")),
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


def test_a_party_that_cannot_gain_as_many_as_it_needs_is_left_out() -> None:
    held = {"con": 14, "lab": 10, "ld": 12}
    assert before(held, {"con": 8, "lab": 1, "ld": 2}) == (
        "LD needs seven more",
        "Lab needs nine more",
    )
    assert before({"con": 25, "lab": 23}, {"con": 14, "lab": 2}) == (
        "Con loses control by losing one net",
        "Lab needs two more",
    )
    welwyn = {"con": 22, "lab": 12, "ld": 14}
    assert before(welwyn, {"con": 14, "lab": 1, "ld": 1}) == (
        "LD needs 11 more",
        "Lab needs 13 more",
    )


def test_where_no_party_can_gain_as_many_as_it_needs_that_is_said() -> None:
    held = {"con": 14, "lab": 14, "ld": 14}
    assert before(held, {"con": 4, "lab": 4, "ld": 4}) == (
        "Con needs eight more",
        "Lab needs eight more",
    )
    assert before(held, {"con": 2, "lab": 2, "ld": 2}) == ("no party can gain control",)


@pytest.mark.parametrize(
    ("up", "said"),
    [
        (21, ("Lab cannot lose control",)),
        (26, ("Lab loses control by losing 24 net",)),
        (30, ("Lab loses control by losing 24 net", "Con needs 28 more", "Ind needs 28 more")),
        (None, ("Lab loses control by losing 24 net", "Con needs 28 more", "Ind needs 28 more")),
    ],
)
def test_where_only_the_seats_up_are_known_no_party_loses_or_gains_more(
    up: int | None, said: tuple[str, ...]
) -> None:
    roster = of_unknown_seats({"con": 4, "lab": 55, "ind": 4}, size=63, seats_up=up)
    assert before_the_count(roster, {}) == said


def test_seats_that_more_parties_defend_than_are_up_are_not_believed() -> None:
    held = {"con": 11, "lab": 15, "green": 6}
    assert before(held, held, seats_up=16) == ("Lab needs two more", "Con needs six more")
    assert before(held, held, seats_up=5) == ("Lab needs two more",)


def test_what_one_party_defends_is_a_limit_though_another_s_is_not_known() -> None:
    roster = of_unknown_seats({"con": 16, "ld": 19, "ind": 4}, {"con": 8, "ld": 4})
    assert before_the_count(roster, {}) == ("LD needs one more", "Con needs four more")


def test_a_stated_control_that_the_seats_do_not_bear_out_is_said_as_stated() -> None:
    oxford = {"lab": 32, "ld": 9, "green": 6, "ind": 1}
    defends = {"lab": 17, "ld": 5, "green": 2, "ind": 1}
    assert before(oxford, defends, control_before="noc") == (
        "NOC before as stated, though Lab holds 32 of 48 seats",
        "LD needs 16 more",
        "Green needs 19 more",
    )
    hartlepool = {"con": 2, "lab": 14, "ind": 17}
    assert before(hartlepool, {"con": 1, "lab": 8, "ind": 2}, control_before="lab") == (
        "Lab before as stated, though Ind holds 17 of 33 seats",
    )
    assert before({"con": 26, "ld": 30, "ind": 4}, control_before="ld") == (
        "LD before as stated, with 30 of 60 seats",
        "Con needs five more",
        "Ind needs 27 more",
    )


def test_while_wards_come_in_only_what_stays_true_is_said() -> None:
    held = {"con": 40, "lab": 14}
    assert still(held, {"con": 12, "lab": 6}) == ("Con cannot lose control",)
    assert still(held, {"con": 13, "lab": 5}) == ()
    assert still({"con": 14, "lab": 14}, {"con": 0, "lab": 0}) == ("no party can gain control",)
    assert still(held, size=49) == ("25 of 49 seats needed, where 54 were held",)


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
        said = rest.removesuffix(" more")
        needed = next(n for n in range(200) if in_words(n) == said)
        seats = con if label == "Con" else lab
        assert 2 * (seats + needed) > con + lab >= 2 * (seats + needed - 1)


@pytest.mark.parametrize("facts", [{"new_council": True}, {}])
def test_nothing_is_said_of_a_new_council_or_of_one_without_seats(facts: dict[str, Any]) -> None:
    assert before({"con": 20} if facts else {}, **facts) == ()


@pytest.mark.parametrize(
    ("control", "seats", "words"),
    [
        ("con", {"con": 16, "lab": 14}, "majority of two"),
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
    assert standing_of(roster).councils[0].majority_notes == (
        "Con loses control by losing one net",
        "Lab needs two more",
    )
    declared = standing_of(roster, a_result("Alder", con=19, lab=19)).councils[0]
    assert declared.majority_notes == ("Con and Lab 19 each, one seat short",)


def test_the_majority_line_is_of_the_seats_filled() -> None:
    roster = a_roster("North Devon", {"con": 20, "ld": 22}, size=42)
    assert standing_of(roster).councils[0].majority_line == 22
    told = (roster, a_result("North Devon", ld=21, con=20))
    assert standing_of(*told).councils[0].majority_line == 21


def test_a_council_that_counts_or_has_a_rush_is_told_no_more_what_was_so_before() -> None:
    roster = a_roster("Alder", {"con": 20, "lab": 18})
    counting = standing_of(roster, a_ward("Alder", "Hay", {"lab": 2}, wards_total=9))
    assert counting.councils[0].majority_notes == ()
    assert standing_of(roster, a_rush("Alder", "lab")).councils[0].majority_notes == ()
