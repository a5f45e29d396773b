"""Whether a file that was seen is an arrival: unchanged, waiting, refused or taken."""

from __future__ import annotations

import logging
import math
import os
import stat
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Final

from feed.file_names import escaped, holds_lines, is_heartbeat
from feed.model.arrival import Arrival, substance
from feed.records import record
from feed.sources.folder.growing_lines import GrowingLines, LongLine, long_line
from feed.sources.folder.listing import Folders, FoundFile
from feed.sources.folder.safe_read import (
    Denied,
    Gone,
    Mark,
    Whole,
    mark_of,
    not_regular,
    opened,
    read_whole,
)
from feed.sources.folder.scan import Refusal
from feed.sources.folder.settling import (
    Waiting,
    age,
    ends_itself,
    is_complete,
    looks_ended,
    modified_at,
)

_HEARTBEAT_SIZE: Final = 64
_DIGEST: Final = 12
_NO_DIGEST: Final = bytes(_DIGEST)
_NO_MARK: Final = bytes(8)
_LONG_DONE: Final = 60.0
"""Seconds without a change after which a file need not be parsed to be called whole."""
_PREALLOCATED: Final = b"\0\0\0\0"
"""The end of a file whose writer has made room for what is still to come."""
_REPORT: Final = "nothing need be done: it is tried again; if it stays, report it with the file"
_logger: Final = logging.getLogger(__name__)
_REST_AFTER_READING: Final = 10
"""A growing file is read for at most one part in so many of the time."""


@record(frozen=True, slots=True)
class Limits:
    """How long a file must keep still, and how large it may be, in seconds and bytes."""

    settle: float = 2.0
    """Not above 0: every file is taken as it stands."""
    size: int = 64 << 20
    """Of one message: a file, or a line of a file of lines."""
    lines_size: int = 64 << 20
    """Of a whole file of lines."""
    once: bool = False
    """The folder is read once: what was taken need not be known again."""


class Intake:
    """Remembers every file by its path, and gives each new content once."""

    def __init__(
        self, limits: Limits, clock: Callable[[], float], now: Callable[[], datetime]
    ) -> None:
        self._limits = limits
        self._now = now
        self._known: dict[bytes, bytes] = {}
        """Mark and digest of each file; nothing is ever forgotten."""
        self._path_of: dict[bytes, bytes] = {}
        """Where each content stood last, by its digest: a name that is gone was renamed."""
        self._lines: dict[bytes, GrowingLines] = {}
        self._every_line: dict[bytes, GrowingLines] = {}
        self._refused: dict[bytes, str] = {}
        self._behind: set[bytes] = set()
        """Files that were read before and are refused now: what they said then still stands."""
        self.waiting = Waiting(limits.settle, clock)
        self.refusals: list[Refusal] = []
        """Refused since the list was last emptied."""
        self.heartbeat_at: datetime | None = None

    def _lines_of(self, path: bytes) -> GrowingLines:
        return self._lines.setdefault(path, GrowingLines(self._limits.size, self._every_line))

    def is_unchanged(self, path: bytes, mark: Mark) -> bool:
        """Whether there is nothing to do about a file as it stands."""
        known = self._known.get(path)
        return (known is not None and known.startswith(mark)) or self.waiting.is_early(path, mark)

    def is_news(self, path: bytes) -> bool:
        """Whether a changed file was not noticed before."""
        return path not in self.waiting and path not in self._refused

    def refuse(self, path: bytes, why: Denied) -> None:
        """List a file as refused, once until the reason changes."""
        self.waiting.drop(path)
        if self._refused.get(path) != why.fix:
            self.refusals.append(Refusal(escaped(path), why.what, why.fix))
            self._refused[path] = why.fix
        if path in self._known or path in self._lines:
            self._behind.add(path)

    def no_longer_read(self) -> tuple[str, ...]:
        """Return the files whose older figures stand because they cannot be read any more."""
        return tuple(sorted(map(escaped, self._behind)))

    def forget_gone(self, folders: Folders) -> None:
        """Call no file unread that is not there any more."""
        for path in tuple(self._behind):
            try:
                folders.status(path)
            except Gone:
                self._behind.discard(path)
            except Denied:
                continue

    def take(self, folders: Folders, it: FoundFile) -> Iterator[Arrival]:
        """Read a candidate and give what is new and whole in it."""
        before = self._known.get(it.path)
        try:
            if not stat.S_ISREG(it.mode):
                self.refuse(it.path, not_regular(it.mode))
                return
            if holds_lines(it.path):
                yield from self._take_lines(folders, it)
            elif is_heartbeat(it.path):
                self._take_heartbeat(folders, it)
            elif (arrival := self._take_whole(folders, it)) is not None:
                yield arrival
        except Gone:
            self.waiting.drop(it.path)
        except Denied as why:
            self.refuse(it.path, why)
        except Exception as fault:  # a file that we fail at takes no other with it
            _logger.exception("%s could not be read", escaped(it.path))
            self._forget(it.path, before)
            what = f"could not be read ({type(fault).__name__}: a fault in nightdesk)"
            self.refuse(it.path, Denied(what, _REPORT))
        else:
            self._refused.pop(it.path, None)
            self._behind.discard(it.path)

    def _forget(self, path: bytes, before: bytes | None) -> None:
        """Look at a file again as if nothing of it had been given since it was known as `before`.

        Of a file of lines all are given again: which of them were is not known.
        """
        self._known.pop(path, None)
        if before is not None:
            self._known[path] = _NO_MARK + before[-_DIGEST:]
        lines = self._lines.pop(path, None)
        if lines is not None:
            mine = [digest for digest, first in self._every_line.items() if first is lines]
            for digest in mine:
                del self._every_line[digest]

    def _take_whole(self, folders: Folders, it: FoundFile) -> Arrival | None:
        whole = read_whole(*folders.split(it.at), self._limits.size)
        if self._limits.once and whole.steady:
            return self._arrival(folders, it.path, whole.data, whole.status)
        text = substance(whole.data)
        digest = _digest(text)
        known = self._known.get(it.path)
        if whole.steady and known is not None and known.endswith(digest):
            self._remember(it.path, whole.status, digest)
        elif whole.steady and self._is_ready(it.path, text, whole):
            self._remember(it.path, whole.status, digest)
            renamed = self._is_renamed(folders, it.path, digest)
            self._path_of[digest] = it.path
            arrival = self._arrival(folders, it.path, whole.data, whole.status)
            return replace(arrival, renamed=True) if renamed else arrival
        else:
            self.waiting.put(it.path, mark_of(whole.status))
        return None

    def _is_renamed(self, folders: Folders, path: bytes, digest: bytes) -> bool:
        """Whether the same content stood under another name that is no longer there."""
        before = self._path_of.get(digest)
        if before is None or before == path:
            return False
        try:
            folders.status(before)
        except Gone:
            return True
        except Denied:
            return False
        return False

    def _is_ready(self, path: bytes, text: bytes, whole: Whole) -> bool:
        if self._limits.settle <= 0:
            return True
        if text.endswith(_PREALLOCATED) and age(whole.status, self._now()) < _LONG_DONE:
            return False
        if path in self.waiting and self.waiting.has_settled(path, mark_of(whole.status)):
            return True
        still_for = age(whole.status, self._now())
        if ends_itself(text):
            return (still_for >= _LONG_DONE and looks_ended(text)) or is_complete(text)
        return bool(text) and still_for >= self._limits.settle

    def _take_lines(self, folders: Folders, it: FoundFile) -> Iterator[Arrival]:
        lines = self._lines_of(it.path)
        began = time.perf_counter()
        with opened(*folders.split(it.at), self._limits.lines_size) as (file, status):
            settled = self._limits.settle <= 0 or self.waiting.has_settled(it.path, mark_of(status))
            settled = settled or age(status, self._now()) >= self._limits.settle
            for line in lines.read(file, settled=settled):
                if isinstance(line, LongLine):
                    why = long_line(line, self._limits.size)
                    place = f"{escaped(it.path)}:{line.number}"
                    self.refusals.append(Refusal(place, why.what, why.fix))
                else:
                    yield self._arrival(folders, it.path, line.data, status, line.number)
        if lines.waits:
            took = time.perf_counter() - began
            self.waiting.put(it.path, mark_of(status), took * _REST_AFTER_READING)
        else:
            self._remember(it.path, status, _NO_DIGEST)

    def _take_heartbeat(self, folders: Folders, it: FoundFile) -> None:
        whole = read_whole(*folders.split(it.at), _HEARTBEAT_SIZE)
        self._known[it.path] = mark_of(whole.status) + _NO_DIGEST
        beat = _moment(whole.data)
        tomorrow = self._now() + timedelta(days=1)
        if beat is not None and beat <= tomorrow:
            self.heartbeat_at = max(beat, self.heartbeat_at or beat)

    def _remember(self, path: bytes, status: os.stat_result, digest: bytes) -> None:
        mark = mark_of(status)
        before = self._known.get(path)
        self._known[path] = mark + digest
        self.waiting.drop(path)
        is_new = before is None or not before.startswith(mark)
        if is_new and self._limits.settle > 0:
            self.waiting.look_again_if_fresh(path, status, self._now())

    def _arrival(
        self,
        folders: Folders,
        path: bytes,
        data: bytes,
        status: os.stat_result,
        line: int | None = None,
    ) -> Arrival:
        test = folders.is_rehearsal
        return Arrival(escaped(path), data, self._now(), modified_at(status), line, test=test)


def _digest(text: bytes) -> bytes:
    return blake2b(text, digest_size=_DIGEST).digest()


def _moment(text: bytes) -> datetime | None:
    try:
        seconds = float(text)
        return datetime.fromtimestamp(seconds, UTC) if math.isfinite(seconds) else None
    except (ValueError, OverflowError, OSError):
        return None
