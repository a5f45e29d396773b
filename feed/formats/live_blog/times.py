"""The times of a live page: “12.05pm update:”, “01:04 -”, newest first or oldest first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from feed.clock import LONDON
from feed.councils.spelling import distance
from feed.records import record

_DAY = 24 * 60
_EVENING = 18 * 60
_SILENCE = 8 * 60
_SLIP = 3 * 60
_SLACK = timedelta(hours=1)
_THURSDAY = 3

_STAMP = re.compile(
    r"[\s\[(*•–—-]*(?P<stamp>\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)"
)
_CLOCK = re.compile(
    r"[\s\[(*•–—-]*"
    r"(?:(?P<hour>\d{1,2})(?:[.:](?P<minute>\d\d))?\s*(?P<half>[ap])\.?m\b\.?"
    r"|(?P<hour24>\d\d)[.:](?P<minute24>\d\d)(?![\d.,]|\s*%)"
    r"|(?P<bare>(?!19|20)[0-2]\d[0-5]\d)(?=\s*[:–—-]|\s+(?:BST|GMT)\b)"
    r"|(?P<word>noon|midday|midnight)\b)"
    r"(?:\s+(?:BST|GMT)\b)?",
    re.IGNORECASE,
)
_AFTER = re.compile(r"[\])]*\s*(?:(?P<word>[A-Za-z]{5,7})\s*(?=[:–—-]))?(?P<mark>[\s:–—-]*)")
_WORDS = {"noon": 12 * 60, "midday": 12 * 60, "midnight": 0}
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_ISO_DATE = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_DATE = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"[a-z]*,?\s+(\d{4})\b",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\s+(\d{1,2})(?:st|nd|rd|th)?,?"
    r"\s+(\d{4})\b",
    re.IGNORECASE,
)


@record(frozen=True, slots=True)
class Label:
    """The time that stands before a line."""

    minutes: int
    """Since midnight, by the clock on the wall in London."""
    is_twelve: bool = False
    """12.xxam or 12.xxpm, which are easily mistaken for one another."""
    moment: datetime | None = None
    """Where the label is a full date and time."""


def time_label(line: str) -> tuple[Label | None, str]:
    """Return the time label that `line` begins with, if any, and the rest of it."""
    stamp = _STAMP.match(line)
    if stamp:
        label = _stamped(stamp["stamp"])
        return (label, _body(line, stamp.end())[0]) if label else (None, line.strip())
    clock = _CLOCK.match(line)
    label = _clocked(clock) if clock else None
    if clock is None or label is None:
        return None, line.strip()
    body, is_marked = _body(line, clock.end())
    if not is_marked and body[:1].islower():
        return None, line.strip()
    return label, body


def _stamped(text: str) -> Label | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    local = moment.replace(tzinfo=LONDON) if moment.tzinfo is None else moment.astimezone(LONDON)
    return Label(local.hour * 60 + local.minute, moment=local.astimezone(UTC))


def _clocked(match: re.Match[str]) -> Label | None:
    if match["word"]:
        return Label(_WORDS[match["word"].lower()], is_twelve=True)
    bare = match["bare"] or ""
    hour = int(match["hour"] or match["hour24"] or bare[:2])
    minute = int(match["minute"] or match["minute24"] or bare[2:] or 0)
    is_twelve = bool(match["half"]) and hour == 12
    if match["half"] and hour <= 12:
        hour = hour % 12 + (12 if match["half"] in "pP" else 0)
    return Label(hour * 60 + minute, is_twelve) if hour < 24 and minute < 60 else None


def _body(line: str, at: int) -> tuple[str, bool]:
    after = _AFTER.match(line, at)
    if after is None:
        return line[at:].strip(), False
    word = (after["word"] or "").lower()
    if word and word != "latest" and distance(word, "update", 2) > 2:
        return line[at:].lstrip(" ])"), False
    return line[after.end() :].strip(), bool(after["mark"].strip() or word)


def is_newest_first(labels: Sequence[Label]) -> bool:
    """Whether the newest stands at the top of a page."""
    nights = [(label.minutes - _EVENING) % _DAY for label in labels]
    steps = [later - earlier for earlier, later in pairwise(nights)]
    return sum(step < 0 for step in steps) > sum(step > 0 for step in steps)


def header_date(line: str) -> tuple[date | None, bool]:
    """Return the poll day that a header line names, and whether it says so.

    British polls are on Thursdays: a Friday, Saturday or Sunday is one of the days after.
    """
    found = date_in(line)
    if found is None:
        return None, False
    says_so = bool(re.search(r"\b(?:election|elections|poll|polling)\b", line, re.IGNORECASE))
    poll = found - timedelta(days=max(found.weekday() - _THURSDAY, 0))
    return poll, says_so or found.weekday() == _THURSDAY


def evening_of(line: str) -> date | None:
    """Return the day that the night of a page begins on, by a header line: Friday's on Thursday."""
    found = date_in(line)
    return found and found - timedelta(days=found.weekday() > _THURSDAY)


def date_in(line: str) -> date | None:
    """Return the first date in a line: “2 May 2019”, “2019-05-02”."""
    iso, written = _ISO_DATE.search(line), _DATE.search(line)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if written:
            month = _MONTHS.index(written[2].lower()) + 1
            return date(int(written[3]), month, int(written[1]))
        if turned := _MONTH_FIRST.search(line):
            month = _MONTHS.index(turned[1].lower()) + 1
            return date(int(turned[3]), month, int(turned[2]))
    except ValueError:
        pass
    return None


def moments(
    labels: Sequence[Label], evening: date | None, known_at: datetime
) -> list[tuple[datetime, str]]:
    """Return the time of each label, oldest first, in UTC, and a note where it was repaired.

    The morning belongs to the day after `evening`; without that day the last label is the
    newest time that is not after `known_at`.
    """
    minutes, notes = _in_order(labels)
    if not minutes:
        return []
    if evening is None:
        newest = known_at.astimezone(LONDON).replace(tzinfo=None) + _SLACK
        evening = (newest - timedelta(minutes=max(minutes))).date()
    midnight = datetime.combine(evening, time())
    placed = [(midnight + timedelta(minutes=at)).replace(tzinfo=LONDON) for at in minutes]
    return [
        (label.moment or at.astimezone(UTC), note)
        for label, at, note in zip(labels, placed, notes, strict=True)
    ]


def _in_order(labels: Sequence[Label]) -> tuple[list[int], list[str]]:
    """Return minutes since the poll day's midnight, and what was repaired."""
    minutes: list[int] = []
    notes: list[str] = []
    now: int | None = None
    for label in labels:
        note = ""
        at = label.minutes if label.minutes >= _EVENING else label.minutes + _DAY
        if now is not None:
            ahead, flipped = ((label.minutes + half - now) % _DAY for half in (0, _DAY // 2))
            at = now + ahead
            if ahead > _SILENCE and label.is_twelve and flipped <= _SLIP:
                at = now + flipped
                note = f"read as {at // 60 % 24:02}:{at % 60:02}: the page says otherwise"
            elif ahead >= _DAY - _SLIP:
                at -= _DAY
        minutes.append(at)
        notes.append(note)
        now = at if now is None else max(now, at)
    return minutes, notes
