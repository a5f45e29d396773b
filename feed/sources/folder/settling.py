"""Whether a file is whole, and which files wait: to be so, or to be looked at once more."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from feed.clock import EPOCH
from feed.sources.folder.safe_read import Mark

_WIDE_BOMS: Final = (b"\xff\xfe", b"\xfe\xff")
_ROOT: Final = re.compile(rb"<([A-Za-z_][^\s/>]*)")
_SKIPPED: Final = re.compile(rb"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*>", re.DOTALL)
_DELAYS: Final = (0.02, 0.05, 0.1, 0.2, 0.5)
_FRESH: Final = 0.1
_FRESH_WHOLE_SECONDS: Final = 2.1
_SECOND: Final = 1_000_000_000


def ends_itself(text: bytes) -> bool:
    """Whether the format shows its own end: XML and JSON do, plain text does not."""
    return text.startswith((b"<", b"{", b"[", *_WIDE_BOMS))


def looks_ended(text: bytes) -> bool:
    """Whether a text that ends itself may have ended, from its last byte alone."""
    return text.endswith((b">", b"}", b"]", b"\x00")) or text.startswith(_WIDE_BOMS)


def is_complete(text: bytes) -> bool:
    """Whether XML or JSON `text` (see `substance`) is whole; never true of plain text."""
    if text.startswith((b"{", b"[")):
        return looks_ended(text) and _json_is_whole(text)
    if text.startswith((b"<", *_WIDE_BOMS)):
        from feed.formats.xml_tree import is_whole_xml  # noqa: PLC0415  # most feeds have none

        return looks_ended(text) and (_closes_its_root(text) or is_whole_xml(text))
    return False


def _json_is_whole(text: bytes) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _closes_its_root(text: bytes) -> bool:
    at = 0
    while skipped := _SKIPPED.match(text, at):
        at = skipped.end()
    root = _ROOT.match(text, at)
    if root is None or not text.endswith(b">"):
        return False
    opening, closing = b"<" + root[1], b"</" + root[1]
    once = text.count(opening) == text.count(closing) == 1
    return once and text[:-1].rstrip().endswith(closing)


@dataclass(slots=True)
class _Wait:
    mark: Mark
    since: float
    tries: int
    due: float


class Waiting:
    """Who waits, since when and until when; times are those of `clock`."""

    def __init__(self, settle: float, clock: Callable[[], float]) -> None:
        self._settle = settle
        self._clock = clock
        self._waits: dict[bytes, _Wait] = {}
        self._again: dict[bytes, float] = {}

    def __len__(self) -> int:
        return len(self._waits)

    def __contains__(self, path: bytes) -> bool:
        return path in self._waits

    def is_early(self, path: bytes, mark: Mark) -> bool:
        """Whether it is too early to look at a file again that has not changed."""
        wait = self._waits.get(path)
        return wait is not None and wait.mark == mark and self._clock() < wait.due

    def has_settled(self, path: bytes, mark: Mark) -> bool:
        """Whether a waiting file has kept still for the time to settle."""
        wait = self._waits.get(path)
        still = wait is not None and wait.mark == mark
        return wait is not None and still and self._clock() - wait.since >= self._settle

    def put(self, path: bytes, mark: Mark, at_least: float = 0.0) -> None:
        """Let a file wait; each time a little longer, but not past the moment it has settled."""
        now = self._clock()
        before = self._waits.get(path)
        tries = 0 if before is None else before.tries
        since = now if before is None or before.mark != mark else before.since
        due = now + max(_DELAYS[min(tries, len(_DELAYS) - 1)], at_least)
        if since + self._settle > now:
            due = min(due, since + self._settle)
        self._waits[path] = _Wait(mark, since, tries + 1, due)

    def drop(self, path: bytes) -> None:
        """Let a file wait no longer."""
        self._waits.pop(path, None)
        self._again.pop(path, None)

    def look_again_if_fresh(self, path: bytes, status: os.stat_result, now: datetime) -> None:
        """Ask for a second look at a file that could still change within the same file time."""
        fresh = _FRESH if status.st_ctime_ns % _SECOND else _FRESH_WHOLE_SECONDS
        if age(status, now) < fresh:
            self._again[path] = self._clock() + fresh

    def due(self) -> list[bytes]:
        """Return the files whose time has come."""
        now = self._clock()
        again = [path for path, due in self._again.items() if due <= now]
        for path in again:
            del self._again[path]
        return again + [path for path, wait in self._waits.items() if wait.due <= now]

    def next_in(self) -> float | None:
        """Return the seconds until the first file is due, if any waits."""
        dues = [wait.due for wait in self._waits.values()]
        first = min((*dues, *self._again.values()), default=None)
        return None if first is None else max(0.0, first - self._clock())


def age(status: os.stat_result, now: datetime) -> float:
    """Return the seconds since a file was last changed in any way, by the wall clock."""
    changed = max(status.st_mtime_ns, status.st_ctime_ns)
    return (now - EPOCH).total_seconds() - changed / _SECOND


def modified_at(status: os.stat_result) -> datetime | None:
    """Return a file's modification time in UTC; none for one outside the calendar."""
    try:
        return EPOCH + timedelta(0, 0, status.st_mtime_ns // 1000)
    except OverflowError:
        return None
