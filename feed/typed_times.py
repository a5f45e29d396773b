"""Times as people type them: `01:30`, `3 May 01:30`, `+10m`, or ISO with an offset."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from feed.clock import LONDON
from feed.errors import UsageProblem

_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?")
_DAY = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?(\d{1,2})\s+([A-Za-z]{3,9})\s+(\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_RELATIVE = re.compile(r"([+\-−])\s*(?:(\d+)\s*h)?\s*(?:(\d+)\s*m(?:in)?)?\s*(?:(\d+)\s*s)?")


def parse_moment(
    text: str, start: datetime, now: datetime | None = None, end: datetime | None = None
) -> datetime:
    """Return the moment that `text` means within a night.

    Args:
        text: `01:30` (London time, its first occurrence from `start` on, or the one before where
            that is nearer to the night), `3 May 01:30` (in the year of `start`), `+10m`, `-1h`,
            or ISO.
        start: first moment of the night, UTC.
        now: what `+10m` is relative to; `start` if none.
        end: last moment of the night; none while it goes on.

    Raises:
        UsageProblem: when the text is no time.

    """
    text = text.strip()
    clock = _CLOCK.fullmatch(text)
    if clock:
        return _on_the_night(clock, start, end)
    day = _DAY.fullmatch(text)
    if day and day[2][:3].casefold() in _MONTHS:
        return _on_the_day(day, start)
    relative = _RELATIVE.fullmatch(text)
    if relative and any(relative.groups()[1:]):
        sign = 1 if relative[1] == "+" else -1
        hours, minutes, seconds = (int((part or "0")[:9]) for part in relative.groups()[1:])
        by = timedelta(hours=hours, minutes=minutes, seconds=seconds)
        try:
            return (now or start) + sign * by
        except OverflowError:
            raise UsageProblem(f"{text!r} lies outside the calendar") from None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        says = f"{text!r} is no time: write 01:30, 3 May 01:30, +10m, -1h or 2019-05-03T01:30"
        raise UsageProblem(says) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=LONDON)


def next_moment(text: str, now: datetime) -> datetime:
    """Return the next moment that `text` means, after `now`.

    Args:
        text: `18:00` is the next such time in London; all else as `parse_moment` reads it.
        now: the wall's time, UTC.

    Raises:
        UsageProblem: when the text is no time, or one that has passed.

    """
    clock = _CLOCK.fullmatch(text.strip())
    if clock:
        hour, minute, second = _time_of_day(clock)
        today = now.astimezone(LONDON)
        moments = (
            datetime.combine(
                today.date() + timedelta(days=days), time(hour, minute, second), LONDON
            )
            for days in (0, 1)
        )
        return next(moment for moment in moments if moment > now)
    moment = parse_moment(text, now)
    if moment <= now:
        raise UsageProblem(f"{text!r} has passed", "give a time to come, such as 18:00 or +10h")
    return moment


def _on_the_day(day: re.Match[str], start: datetime) -> datetime:
    clock = _CLOCK.fullmatch(day[3])
    hour, minute, second = _time_of_day(clock) if clock else (0, 0, 0)
    year, month = start.astimezone(LONDON).year, _MONTHS.index(day[2][:3].casefold()) + 1
    try:
        return datetime(year, month, int(day[1]), hour, minute, second, tzinfo=LONDON)
    except ValueError:
        raise UsageProblem(f"{day[0]!r} is no day of {year}") from None


def _time_of_day(clock: re.Match[str]) -> tuple[int, int, int]:
    hour, minute, second = int(clock[1]), int(clock[2]), int(clock[3] or 0)
    if hour > 23 or minute > 59 or second > 59:
        raise UsageProblem(f"{clock[0]!r} is no time of day: write hours and minutes, as in 01:30")
    return hour, minute, second


def _on_the_night(clock: re.Match[str], start: datetime, end: datetime | None) -> datetime:
    hour, minute, second = _time_of_day(clock)
    local = start.astimezone(LONDON)
    moment = local.replace(hour=hour, minute=minute, second=second, microsecond=0)
    if moment < local.replace(microsecond=0):
        moment += timedelta(days=1)
    before = moment - timedelta(days=1)
    is_nearer = end is not None and start - before < moment - end
    return before if is_nearer else moment
