"""A saved feed as of today: every time in it is moved to when a rehearsal comes to it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from math import inf
from typing import Final

from feed.clock import LONDON, london
from feed.formats.live_blog.times import time_label
from feed.records import record
from feed.rehearsal.plan import Drop, DropPace

_SLACK: Final = timedelta(hours=1)
"""A page is written after the times that it names, or a little before."""
_DAY: Final = timedelta(days=1)
_NEAR: Final = 40
"""Days round the poll within which a date belongs to it: others are history."""
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_MONTH: Final = r"(?P<month>(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*)"
_WEEKDAY: Final = r"(?P<weekday>(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,?\s+)?"
_ISO: Final = re.compile(
    r"(?<![\w-])(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
    r"(?:(?P<between>[T ])(?P<hour>\d\d):(?P<minute>\d\d)"
    r"(?P<second>:\d\d(?:\.\d+)?)?(?P<zone>Z|[+-]\d\d:?\d\d)?)?(?![\w-])",
    re.ASCII,
)
_SLASHED: Final = re.compile(
    r"(?<![\d/])(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})(?![\d/])", re.ASCII
)
_SHORT: Final = re.compile(
    r"(?<!\d)(?P<year>20\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)", re.ASCII
)
_WRITTEN: Final = re.compile(
    rf"\b{_WEEKDAY}(?P<day>\d{{1,2}})(?P<th>st|nd|rd|th)?\s+{_MONTH},?\s+(?P<year>\d{{4}})\b",
    re.ASCII | re.IGNORECASE,
)
_MONTH_FIRST: Final = re.compile(
    rf"\b{_WEEKDAY}{_MONTH}\s+(?P<day>\d{{1,2}})(?P<th>st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b",
    re.ASCII | re.IGNORECASE,
)
_LABEL: Final = re.compile(
    r"^(?P<lead>[\s\[(*]*)(?P<hour>\d{1,2})(?:(?P<point>[.:])(?P<minute>\d\d))?"
    r"(?P<half>\s*[ap]\.?m\b\.?)?",
    re.ASCII | re.IGNORECASE,
)
_CELL: Final = re.compile(
    r'(?<=[,;\t"])(?P<lead>)(?P<hour>\d{1,2})(?P<point>:)(?P<minute>\d\d)(?P<half>)(?=[,;\t"\r\n])',
    re.ASCII,
)


@record(frozen=True, slots=True)
class Today:
    """When each moment of a saved night falls in a rehearsal of today."""

    known: tuple[datetime, ...]
    """Feed times, in order."""
    now: tuple[datetime, ...]
    """When each of these is dropped."""
    speed: float

    @classmethod
    def of(cls, drops: Sequence[Drop], pace: DropPace, begins: datetime) -> Today:
        """Return it for drops that begin at a moment.

        What a pace drops at once, before its start or without any pause, was before that moment.
        """
        start = drops[-1].at if pace.speed == inf else pace.start or drops[0].at
        known, now = [start], [begins]
        for before, drop in pairwise(drops):
            if drop.at > known[-1]:
                known.append(drop.at)
                now.append(now[-1] + timedelta(seconds=pace.pause(before.at, drop.at)))
        return cls(tuple(known), tuple(now), pace.speed)

    def moment(self, at: datetime) -> datetime:
        """Return when a moment of the saved night is, in its own zone."""
        place = bisect_right(self.known, at) - 1
        if place < 0:
            return self.now[0] + (at - self.known[0])
        since = at - self.known[place]
        if place + 1 == len(self.known):
            return self.now[-1] + (since if self.speed == inf else since / self.speed)
        whole = self.known[place + 1] - self.known[place]
        return self.now[place] + (self.now[place + 1] - self.now[place]) * (since / whole)

    def is_history(self, on: date) -> bool:
        """Whether a day lies so far from the night that it stays where it is."""
        return abs((on - london(self.known[0]).date()).days) > _NEAR

    def day(self, on: date) -> date:
        """Return the day that stands for a day of the saved night."""
        by = london(self.now[0]).date() - london(self.known[0]).date()
        return on if self.is_history(on) else on + by


def as_of_today(drop: Drop, today: Today) -> Drop:
    """Return a drop whose times, in the file and of the file, are those of the rehearsal.

    A file that was copied after the night is as old as what it tells.
    """
    at = today.moment(min(drop.modified_at, drop.at))
    return replace(drop, data=_moved(drop.data, drop.at, today), modified_at=at)


def _moved(data: bytes, dropped: datetime, today: Today) -> bytes:
    code = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "latin-1"
    try:
        text = data.decode(code)
    except UnicodeDecodeError:
        return data
    text = _ISO.sub(lambda found: _iso(found, today), text)
    for pattern in (_SLASHED, _SHORT, _WRITTEN, _MONTH_FIRST):
        text = pattern.sub(lambda found: _dated(found, today), text)
    if not text.lstrip("\ufeff\xef\xbb\xbf \t\r\n").startswith(("{", "[", "<")):
        clock = _clock_of(dropped, today)
        text = _CELL.sub(clock, text)
        text = "".join(
            _LABEL.sub(clock, line) if time_label(line)[0] else line
            for line in text.splitlines(keepends=True)
        )
    return text.encode(code)


def _iso(found: re.Match[str], today: Today) -> str:
    day = _day_of(found)
    if day is None or today.is_history(day):
        return found[0]
    if found["hour"] is None:
        return today.day(day).isoformat()
    try:
        at = datetime.fromisoformat(found[0])
    except ValueError:
        return found[0]
    moved = london(today.moment(at if at.tzinfo else at.replace(tzinfo=LONDON)))
    zone = found["zone"] or ""
    if zone == "Z":
        moved = moved.astimezone(UTC)
    elif zone:
        zone = moved.isoformat()[-6:] if ":" in zone else f"{moved:%z}"
    form = "%H:%M:%S" if found["second"] else "%H:%M"
    return f"{moved:%Y-%m-%d}{found['between']}{moved.strftime(form)}{zone}"


def _day_of(found: re.Match[str]) -> date | None:
    month = found["month"]
    try:
        number = int(month) if month.isdigit() else _month(month)
        return date(int(found["year"]), number, int(found["day"]))
    except ValueError:
        return None


def _month(name: str) -> int:
    return next(at for at, full in enumerate(_MONTHS, 1) if full[:3] == name[:3].capitalize())


def _dated(found: re.Match[str], today: Today) -> str:
    """Return a date in the form that it had."""
    day = _day_of(found)
    if day is None or (moved := today.day(day)) == day:
        return found[0]
    month, weekday = found["month"], found.groupdict().get("weekday")
    if month.isdigit():
        parts = {"day": f"{moved.day:02}", "month": f"{moved.month:02}", "year": f"{moved.year}"}
    else:
        full = _MONTHS[moved.month - 1]
        is_short = len(month) == 3 and month.capitalize() != "May"
        parts = {"day": f"{moved.day}", "month": full[:3] if is_short else full,
                 "year": f"{moved.year}"}  # fmt: skip
        if found["th"]:
            parts["th"] = ""
    if weekday:
        name = f"{moved:%A}" if len(weekday.strip(", ")) > 3 else f"{moved:%a}"
        parts["weekday"] = name + weekday.lstrip("abcdefghijklmnopqrstuvwxyzMTWFS")
    said, begin = found[0], found.start()
    for name in sorted(parts, key=found.start, reverse=True):
        said = said[: found.start(name) - begin] + parts[name] + said[found.end(name) - begin :]
    return said


def _clock_of(dropped: datetime, today: Today) -> Callable[[re.Match[str]], str]:
    """Return what moves a time of day: the last such before its file was written."""

    def moved(found: re.Match[str]) -> str:
        hour, minute = int(found["hour"]), int(found["minute"] or 0)
        half = (found["half"] or "").strip().lower()[:1]
        if half:
            hour = hour % 12 + (12 if half == "p" else 0)
        if hour > 23 or minute > 59:
            return found[0]
        newest = london(dropped + _SLACK)
        at = newest.replace(hour=hour, minute=minute, second=0, microsecond=0)
        at = london(today.moment(at if at <= newest else at - _DAY))
        if not half:
            width = len(found["hour"])
            return f"{found['lead']}{at.hour:0{width}}{found['point'] or ''}{at:%M}"
        mark = re.sub("[apAP]", "p" if at.hour >= 12 else "a", found["half"], count=1)
        return f"{found['lead']}{at.hour % 12 or 12}{found['point'] or '.'}{at:%M}{mark}"

    return moved
