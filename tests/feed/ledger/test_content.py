"""What a message says is one content, however its parties are ordered."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feed.ledger.content import Content
from feed.model.messages import Message
from tests.feed.builders import a_result, a_roster, a_ward, minutes

SEATS = st.dictionaries(st.sampled_from(["con", "lab", "ld"]), st.integers(0, 2), max_size=3)
FACTS = st.fixed_dictionaries(
    {},
    optional={
        "note": st.sampled_from(["", "by-election"]).map(lambda it: it or None),
        "turnout": st.sampled_from([None, 41, 41.0]),
        "agency_id": st.sampled_from([None, "1"]),
    },
)


def turned(seats: dict[str, int]) -> dict[str, int]:
    return dict(reversed(seats.items()))


@given(SEATS, FACTS)
def test_the_order_of_the_parties_says_nothing(
    seats: dict[str, int], facts: dict[str, Any]
) -> None:
    one, other = (Content(a_ward("Hull", "Avenue", it, **facts)) for it in (seats, turned(seats)))
    assert one == other
    assert hash(one) == hash(other)
    results = [Content(a_result("Hull", facts={"after": it})) for it in (seats, turned(seats))]
    assert results[0] == results[1]


@given(SEATS, SEATS, FACTS, FACTS)
def test_contents_are_equal_and_in_order_by_their_digests(
    seats: dict[str, int], others: dict[str, int], facts: dict[str, Any], more: dict[str, Any]
) -> None:
    one = Content(a_ward("Hull", "Avenue", seats, **facts))
    other = Content(a_ward("Hull", "Avenue", others, **more))
    assert (one == other) == (one.digest == other.digest)
    assert (one < other, one <= other) == (one.digest < other.digest, one.digest <= other.digest)
    assert one != other or hash(one) == hash(other)


def test_what_two_kinds_of_message_say_is_never_the_same() -> None:
    ward, result = a_ward("Hull", "Avenue", {"lab": 1}), a_result("Hull", lab=1)
    assert Content(ward) != Content(result)
    assert Content(ward) != b"Hull"


@pytest.mark.parametrize(
    "sent",
    [
        lambda at: a_ward("Hull", "Avenue", {"lab": 1}, at=at),
        lambda at: a_result("Hull", lab=1, facts={"at": at}),
        lambda at: a_roster("Hull", {"lab": 1}, at=at),
    ],
)
def test_what_is_sent_every_minute_is_told_apart_without_a_comparison(
    sent: Callable[[datetime], Message],
) -> None:
    assert len({hash(Content(sent(minutes(n)))) for n in range(100)}) == 100
