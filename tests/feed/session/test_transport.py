"""Play, pause, speed and seek as values."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feed.session.position import AS_FAST_AS_IT_GOES, REST, SPEEDS, Transport
from tests.feed.builders import minutes

NIGHT = Transport(minutes(0), minutes(100), minutes(10), speed=60.0)


def after(transport: Transport, seconds: float, next_minute: float | None = 50) -> Transport:
    return transport.advance(seconds, None if next_minute is None else minutes(next_minute))


def test_feed_time_goes_on_at_its_speed() -> None:
    assert after(NIGHT, 5).now == minutes(15)
    assert after(replace(NIGHT, speed=30.0), 5).now == minutes(12.5)


def test_paused_nothing_moves() -> None:
    paused = NIGHT.toggled()
    assert after(paused, 100) == paused
    assert paused.toggled() == NIGHT


@settings(max_examples=100, deadline=None, derandomize=True)
@given(parts=st.lists(st.floats(0, 20), max_size=8))
def test_many_short_ticks_take_as_long_as_one(parts: list[float]) -> None:
    ticked = NIGHT
    for part in parts:
        ticked = after(ticked, part, 100)
    whole = after(NIGHT, sum(parts), 100)
    assert abs((ticked.now - whole.now).total_seconds()) < 0.01


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    seconds=st.floats(0, 10_000),
    speed=st.sampled_from(SPEEDS),
    gap=st.sampled_from([None, 0.5, 2.0]),
)
def test_time_goes_forward_only_and_never_past_the_end(
    seconds: float, speed: float, gap: float | None
) -> None:
    moved = after(replace(NIGHT, speed=speed, gap_limit=gap), seconds)
    assert NIGHT.now <= moved.now <= NIGHT.end


def test_a_silence_is_cut_to_the_limit_in_real_time() -> None:
    cut = replace(NIGHT, gap_limit=2.0)
    assert after(cut, 0).now == minutes(48)
    assert after(cut, 2).now == minutes(50)
    assert after(cut, 1, 11).now == minutes(11)


def test_as_fast_as_it_goes_is_at_the_end_at_once() -> None:
    assert after(NIGHT.at_speed(AS_FAST_AS_IT_GOES), 0).now == NIGHT.end


@pytest.mark.parametrize("next_minute", [None, 50])
def test_at_the_end_it_pauses(next_minute: float | None) -> None:
    ended = after(replace(NIGHT, now=minutes(100)), 1, next_minute)
    assert (ended.playing, ended.now) == (False, minutes(100))


def test_after_the_last_event_it_is_at_the_end() -> None:
    assert after(NIGHT, 1, None) == replace(NIGHT, now=minutes(100), playing=False)


def test_played_again_from_the_end_it_begins_anew() -> None:
    ended = after(NIGHT, 1, None)
    assert ended.toggled() == replace(NIGHT, now=minutes(0))


def test_a_loop_rests_at_the_end_and_begins_again() -> None:
    loop = after(replace(NIGHT, loop=True), 0, None)
    assert (loop.now, loop.playing) == (minutes(100), True)
    resting = after(loop, REST - 1, None)
    assert resting.now == minutes(100)
    again = after(resting, 1, None)
    assert (again.now, again.playing, again.rested) == (minutes(0), True, 0)
    assert resting.sought(minutes(5)).rested == 0


@pytest.mark.parametrize(
    ("moment", "there"), [(minutes(-5), 0), (minutes(40), 40), (minutes(500), 100)]
)
def test_a_seek_is_kept_within_the_night(moment: datetime, there: float) -> None:
    assert NIGHT.sought(moment) == replace(NIGHT, now=minutes(there))


def test_the_keys_step_through_the_speeds_and_stay_at_their_ends() -> None:
    slowest = NIGHT.at_speed(SPEEDS[0])
    climbed = [slowest]
    for _ in SPEEDS:
        climbed.append(climbed[-1].faster())
    assert [t.speed for t in climbed] == [*SPEEDS, AS_FAST_AS_IT_GOES]
    assert climbed[-1].faster().speed == AS_FAST_AS_IT_GOES
    assert climbed[-1].slower().speed == SPEEDS[-1]
    assert slowest.slower() == slowest
    assert NIGHT.at_speed(45).faster().speed == 60
    assert NIGHT.at_speed(45).slower().speed == 30
