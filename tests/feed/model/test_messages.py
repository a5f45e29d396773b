"""A message is kept in little room and says all that it said."""

from __future__ import annotations

import pytest

from feed.formats.native.reader import NATIVE
from feed.model.messages import NativeMessage, slimmed
from tests.feed.builders import THE_NIGHT, a_contest, a_result, a_roster, a_rush, a_ward

MESSAGES = (
    a_result("Alder", 2, lab=9, con=3, changes={"lab": 1}),
    a_roster("Alder", {"con": 20}, election=THE_NIGHT),
    a_rush("Birch", "lab"),
    a_ward("Cedar", "Dale", {"ld": 2}, wards_total=9),
    a_contest("Bedford", "con", before="ld"),
)


def read(message: NativeMessage) -> NativeMessage:
    again: NativeMessage = NATIVE.validate_json(message.to_json(exclude_none=True))
    return again


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.kind)
def test_a_message_that_was_slimmed_says_the_same(message: NativeMessage) -> None:
    before, kept = read(message), slimmed(read(message))
    assert kept == before
    assert kept.to_json() == before.to_json()


def test_all_messages_of_an_election_hold_the_same_one() -> None:
    first, second = (slimmed(read(a_roster("Oak", {"con": n}, election=THE_NIGHT))) for n in (1, 2))
    assert first.kind == second.kind == "roster"
    assert first.election is second.election
    assert first.election == THE_NIGHT


def test_a_changed_copy_of_a_message_leaves_it_as_it_was() -> None:
    message = slimmed(read(MESSAGES[0]))
    assert message.kind == "result"
    copied = message.changed(revision=7)
    assert (message.revision, copied.revision) == (2, 7)
    assert slimmed(read(MESSAGES[2])).__pydantic_fields_set__ == set()
