"""The only place that asks the time, and how a time is shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""Whence the system counts the times of files."""
_MICROSECOND: Final = timedelta(microseconds=1)


def utc_now() -> datetime:
    """Return the wall clock's time, UTC."""
    return datetime.now(UTC)


def in_nanoseconds(moment: datetime) -> int:
    """Return a moment (aware) as the system counts the times of files."""
    return (moment - EPOCH) // _MICROSECOND * 1000


def london(moment: datetime) -> datetime:
    """Return `moment` (aware) on the clock of Europe/London."""
    return moment.astimezone(LONDON)


def ago(since: timedelta) -> str:
    """Return a time gone by, in its largest unit: `12 s`, `4 min`, `2 h`, `3 days`."""
    seconds = max(0, int(since.total_seconds()))
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 3600:
        return f"{seconds // 60} min"
    if seconds < 48 * 3600:
        return f"{seconds // 3600} h"
    return f"{seconds // 86400} days"


def hh_mm(moment: datetime, *, estimated: bool = False, dated: bool = False) -> str:
    """Return London's hour and minute, 24-hour: `04:31`, or `~04:31` where it is an estimate.

    With `dated` the day stands before it: `Sat ~04:31`.
    """
    time = london(moment).strftime("~%H:%M" if estimated else "%H:%M")
    return f"{london(moment):%a} {time}" if dated else time


def time_width(*, dated: bool) -> int:
    """Return the cells of a time in a list: of `~04:31`, or with its day of `Sat ~04:31`."""
    return 10 if dated else 6


def spans_days(moments: Iterable[datetime | None]) -> bool:
    """Whether moments lie on several of London's days, so that a list must name the day."""
    return len({london(moment).date() for moment in moments if moment is not None}) > 1


def hh_mm_ss(moment: datetime) -> str:
    """Return London's time to the second: `04:31:07`."""
    return london(moment).strftime("%H:%M:%S")


def zone(moment: datetime) -> str:
    """Return the name of London's zone at that moment: `BST` or `GMT`."""
    return london(moment).strftime("%Z")


def day(moment: datetime) -> str:
    """Return London's day: `Fri 3 May`."""
    local = london(moment)
    return f"{local:%a} {local.day} {local:%b}"


def long_day(moment: datetime) -> str:
    """Return London's day in full: `Friday 3 May 2019`."""
    local = london(moment)
    return f"{local:%A} {local.day} {local:%B} {local.year}"
