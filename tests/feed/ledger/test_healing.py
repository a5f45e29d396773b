"""A fold that fails at an arrival takes no other with it, and the night heals."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feed.ledger.ledger import Ledger, Step
from feed.ledger.night import Night
from feed.model.messages import Message
from feed.reports.summary import fingerprint
from tests.feed.builders import a_result, a_roster, folded, minutes, steps
from tests.feed.versions import a_night, a_night_of_two_elections, an_untidy_night

NIGHTS = st.one_of(a_night(most=30), a_night_of_two_elections(), an_untidy_night())
EVENING = steps(
    a_roster("Alder", {"con": 30}),
    a_result("Alder", lab=30),
    a_roster("Birch", {"con": 9}),
    a_result("Birch", ld=9),
)


@contextmanager
def failing(at: Message, times: int, *, half_done: bool) -> Iterator[None]:
    """Make the first `times` folds of one message fail, at their beginning or when half done."""
    fold, left = Ledger._fold, times

    def broken(ledger: Ledger, message: Message, *about: Any) -> None:
        nonlocal left
        fails = message is at and left > 0
        left -= fails
        if half_done or not fails:
            fold(ledger, message, *about)
        if fails:
            raise SystemError("bad argument to internal function")

    with patch.object(Ledger, "_fold", broken):
        yield


def healed(told: list[Step], at: int, times: int, *, half_done: bool) -> Night:
    night = Night(spacing=4)
    with failing(told[at].statement.message, times, half_done=half_done):
        for step in told:
            night.append(step, step.at)
        moment = night.last_at or minutes(0)
        for _ in range(8):
            moment += timedelta(minutes=1)
            night.try_again(moment)
    return night


@settings(max_examples=80, deadline=None)
@given(
    told=NIGHTS.filter(bool),
    number=st.integers(0, 99),
    times=st.integers(1, 4),
    half_done=st.booleans(),
)
def test_whichever_arrival_fails_the_night_is_that_of_a_cold_load_in_the_end(
    told: list[Step], number: int, times: int, half_done: bool
) -> None:
    night = healed(told, number % len(told), times, half_done=half_done)
    assert fingerprint(night.edge()) == fingerprint(folded(told).standing())
    assert not [it for it in night.edge().problems if "could not be counted" in it.what]
    for position in range(0, len(night), 5):
        fresh = folded(night._edge.history[:position]).standing()
        assert fingerprint(night.at(position)) == fingerprint(fresh)


def test_what_fails_is_a_problem_until_it_is_folded() -> None:
    night = Night()
    with failing(EVENING[1].statement.message, 1, half_done=True):
        for step in EVENING:
            night.append(step, step.at)
    waiting = night.edge()
    (problem,) = waiting.problems
    assert problem.what.startswith("could not be counted (SystemError")
    assert {council.name: council.status for council in waiting.councils} == {
        "Alder": "expected", "Birch": "declared",
    }  # fmt: skip
    assert night.try_again(minutes(60))
    assert night.edge().problems == ()
    assert night.edge().declared == 2
    assert night.edge().arrivals == len(EVENING)


@pytest.mark.parametrize("half_done", [False, True])
def test_what_always_fails_is_tried_a_few_times_and_stays_a_problem(half_done: bool) -> None:
    night = healed(EVENING, 1, 999, half_done=half_done)
    assert [it.file for it in night.edge().problems] == [EVENING[1].origin.path]
    assert night.edge().declared == 1
    assert not night.try_again(minutes(99_999))
    assert len(night) == len(EVENING) + 5
