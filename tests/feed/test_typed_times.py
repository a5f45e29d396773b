"""Times as people type them."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feed.clock import LONDON
from feed.errors import UsageProblem
from feed.typed_times import next_moment, parse_moment

START = datetime(2019, 5, 2, 21, 30, tzinfo=UTC)
"""22:30 in London."""


@pytest.mark.parametrize(
    ("text", "london"),
    [
        ("23:00", "2019-05-02T23:00"),
        ("22:30", "2019-05-02T22:30"),
        ("22:29", "2019-05-03T22:29"),
        ("01:30", "2019-05-03T01:30"),
        ("1:30", "2019-05-03T01:30"),
        ("1.30", "2019-05-03T01:30"),
        (" 01:30:15 ", "2019-05-03T01:30:15"),
        ("00:00", "2019-05-03T00:00"),
        ("3 May 01:30", "2019-05-03T01:30"),
        ("Fri 3 May 01:30", "2019-05-03T01:30"),
        ("friday, 3 may 14.05", "2019-05-03T14:05"),
        ("+10m", "2019-05-02T22:40"),
        ("+90min", "2019-05-03T00:00"),
        ("-1h", "2019-05-02T21:30"),
        ("−1h", "2019-05-02T21:30"),
        ("+1h 30m 5s", "2019-05-03T00:00:05"),
        ("2019-05-03T01:30", "2019-05-03T01:30"),
        ("2019-05-03T00:30Z", "2019-05-03T01:30"),
        ("2019-05-03T01:30+01:00", "2019-05-03T01:30"),
    ],
)
def test_a_time_is_read_as_londons(text: str, london: str) -> None:
    assert parse_moment(text, START) == datetime.fromisoformat(london).replace(tzinfo=LONDON)


def test_a_relative_time_counts_from_now_where_now_is_known() -> None:
    now = START + timedelta(hours=2)
    assert parse_moment("+10m", START, now) == now + timedelta(minutes=10)
    assert parse_moment("-10m", START, now) == now - timedelta(minutes=10)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "25:00", "12:60", "+", "+m", "10m", "31 Feb 01:30", "3 May 25:00", "3 Mai 01:30",
     "2019-13-01", "+99999999999999h", "-99999999h"],
)  # fmt: skip
def test_what_is_no_time_is_said_to_be_none(text: str) -> None:
    with pytest.raises(UsageProblem):
        parse_moment(text, START)


def test_the_problem_says_how_a_time_is_written() -> None:
    with pytest.raises(UsageProblem, match="write 01:30, 3 May 01:30"):
        parse_moment("soon", START)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(minute=st.integers(0, 24 * 60 - 1))
def test_a_time_of_day_is_within_a_day_of_the_start(minute: int) -> None:
    moment = parse_moment(f"{minute // 60:02}:{minute % 60:02}", START)
    assert START <= moment < START + timedelta(days=1)
    assert (moment.astimezone(LONDON).hour, moment.astimezone(LONDON).minute) == divmod(minute, 60)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(minute=st.integers(0, 24 * 60 - 1), lasts=st.integers(0, 30 * 60))
def test_of_the_times_of_day_the_one_within_the_night_is_meant_or_the_nearest(
    minute: int, lasts: int
) -> None:
    end = START + timedelta(minutes=lasts)
    moment = parse_moment(f"{minute // 60:02}:{minute % 60:02}", START, end=end)
    days = [moment + timedelta(days=days) for days in (-1, 0, 1)]

    def off(at: datetime) -> timedelta:
        return max(START - at, at - end, timedelta(0))

    assert off(moment) == min(off(at) for at in days)


def test_midnight_is_not_a_day_later_for_a_night_that_begins_just_after() -> None:
    start = datetime(2019, 5, 3, 0, 5, tzinfo=LONDON)
    end = start + timedelta(hours=22)
    assert parse_moment("00:00", start, end=end) == start - timedelta(minutes=5)
    assert parse_moment("23:00", start, end=end) == end + timedelta(minutes=55)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(text=st.text(alphabet="0123456789:.+-−hms TZMayFri", max_size=14))
def test_whatever_is_typed_gives_a_time_or_a_problem(text: str) -> None:
    with suppress(UsageProblem):
        assert parse_moment(text, START).tzinfo is not None


@pytest.mark.parametrize(
    ("text", "london"),
    [
        ("23:00", "2019-05-02T23:00"),
        ("18:00", "2019-05-03T18:00"),
        ("22:30", "2019-05-03T22:30"),
        ("+10h", "2019-05-03T08:30"),
        ("2019-05-03T18:00", "2019-05-03T18:00"),
    ],
)
def test_a_time_to_leave_at_is_the_next_such_time(text: str, london: str) -> None:
    assert next_moment(text, START) == datetime.fromisoformat(london).replace(tzinfo=LONDON)


def test_the_next_such_time_is_londons_also_when_the_clocks_change_between() -> None:
    before = datetime(2026, 10, 24, 20, 0, tzinfo=UTC)  # 21:00 BST; winter time begins in the night
    assert next_moment("18:00", before) == datetime(2026, 10, 25, 18, 0, tzinfo=UTC)


@pytest.mark.parametrize("text", ["-1h", "2019-05-01T18:00", "25:00", "soon"])
def test_nobody_leaves_at_a_time_that_has_passed_or_is_none(text: str) -> None:
    with pytest.raises(UsageProblem):
        next_moment(text, START)
