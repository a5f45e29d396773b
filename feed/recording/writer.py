"""Writing the night down: arrivals go to the recording before they are shown."""

from __future__ import annotations

import contextlib
import os
import time
from collections import deque
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Final, Self

from feed.clock import utc_now
from feed.errors import RecordingBusy, RecordingRefused
from feed.model.arrival import Arrival
from feed.recording.file import RecordingFile, open_recording, refuse_inside
from feed.recording.lines import Header, arrival_line, header_line

_SYNC_EVERY: Final = 0.25
_RETRY_EVERY: Final = 1.0
_COPY: Final = 1 << 20
_sync_data: Final[Callable[[int], None]] = getattr(os, "fdatasync", os.fsync)


class Recorder:
    """Appends arrivals to one recording, and keeps in memory what cannot be written yet."""

    def __init__(self, path: Path, header: Header, clock: Callable[[], float]) -> None:
        self.path = path
        self.repaired = 0
        """Bytes of a torn last line that were cut off when the recording was opened."""
        self.trouble = ""
        """Why arrivals are unsaved; empty while all is well."""
        self._header = header
        self._clock = clock
        self._file: RecordingFile | None = None
        self._seq = 0
        self._early: deque[Arrival] = deque()
        self._backlog: list[bytes] = []
        self._begun = 0
        self._unsynced: list[bytes] = []
        self._synced_end = 0
        self._synced_at = clock()
        self._retry_at = clock()

    @classmethod
    def open(
        cls,
        path: Path,
        source: Path,
        *,
        clock: Callable[[], float] = time.monotonic,
        started: datetime | None = None,
    ) -> Self:
        """Open or make the recording of the feed folder `source`.

        Raises RecordingRefused or RecordingBusy; a full or read-only disk is no error here but
        `trouble`, and tried again.
        """
        refuse_inside(path, source)
        begun = utc_now() if started is None else started
        label = os.fsencode(Path(os.path.abspath(source))).decode("utf-8", "backslashreplace")  # noqa: PTH100  # a link stays a link
        recorder = cls(path, Header(begun, label), clock)
        recorder._open()
        return recorder

    @property
    def unsaved(self) -> int:
        """Count the arrivals that are not in the file."""
        return len(self._early) + len(self._backlog)

    def append(self, arrivals: Iterable[Arrival]) -> None:
        """Write arrivals in one go, or keep them for later."""
        self._early.extend(arrivals)
        self._flush()

    def sync(self, *, now: bool = False) -> None:
        """Bring what was written to the disk, at most every 250 ms unless `now`; write the rest."""
        if not now and self._clock() - self._synced_at < _SYNC_EVERY:
            return
        self._synced_at = self._clock()
        if now:
            self._retry_at = self._synced_at
        self._return_if_deleted()
        self._flush()
        self._sync()

    def close(self) -> None:
        """Write and sync what can be, and let the file go; `unsaved` tells what remains."""
        self.sync(now=True)
        if self._file is not None:
            os.close(self._file.descriptor)
            self._file = None
            self._retry_at = float("inf")

    def _open(self) -> bool:
        try:
            self._file = open_recording(self.path, self._header)
        except OSError as error:
            self._fail(error)
            return False
        self.repaired += self._file.dropped
        self._seq = max(self._seq, self._file.seq)
        self._synced_end = os.fstat(self._file.descriptor).st_size
        return True

    def _flush(self) -> None:
        if self._file is None and (self._is_too_early() or not self._open_again()):
            return
        while self._early:
            self._backlog.append(arrival_line(self._seq + 1, self._early[0]))
            self._early.popleft()
            self._seq += 1
        if not self._is_too_early():
            self._write()

    def _open_again(self) -> bool:
        try:
            return self._open()
        except (RecordingBusy, RecordingRefused) as error:
            self.trouble = f"the recording cannot be written: {error.what}"
            self._retry_at = self._clock() + _RETRY_EVERY
            return False

    def _is_too_early(self) -> bool:
        return self._clock() < self._retry_at

    def _write(self) -> None:
        while self._backlog and self._file is not None:
            batch = b"".join(self._backlog)[self._begun :]
            try:
                written = os.write(self._file.descriptor, batch)
            except OSError as error:
                self._fail(error)
                return
            self._strike(written)
        self.trouble = ""

    def _strike(self, written: int) -> None:
        done = self._begun + written
        count = 0
        for line in self._backlog:
            if done < len(line):
                break
            done -= len(line)
            count += 1
        self._unsynced += self._backlog[:count]
        del self._backlog[:count]
        self._begun = done

    def _sync(self) -> None:
        if self._file is None or not self._unsynced:
            return
        try:
            _sync_data(self._file.descriptor)
        except OSError as error:
            self._fail(error)
            self._take_back()
            return
        self._unsynced.clear()
        self._synced_end = os.fstat(self._file.descriptor).st_size - self._begun

    def _take_back(self) -> None:
        if self._file is not None:
            with contextlib.suppress(OSError):
                os.ftruncate(self._file.descriptor, self._synced_end)
                self._backlog[:0] = self._unsynced
                self._unsynced.clear()
                self._begun = 0

    def _fail(self, error: OSError) -> None:
        reason = (error.strerror or str(error)).lower()
        self.trouble = f"the recording cannot be written: {reason}"
        self._retry_at = self._clock() + _RETRY_EVERY

    def _return_if_deleted(self) -> None:
        if self._file is None or self._is_too_early() or _is_at(self._file, self.path):
            return
        try:
            new = self._copied(self._file.descriptor)
        except OSError as error:
            self._fail(error)
        except (RecordingBusy, RecordingRefused) as error:
            self.trouble = f"the recording was moved away: {error.what}"
            self._retry_at = self._clock() + _RETRY_EVERY
        else:
            os.close(self._file.descriptor)
            self._file = new
            self._unsynced.clear()
            self._synced_end = os.fstat(new.descriptor).st_size - self._begun

    def _copied(self, old: int) -> RecordingFile:
        new = open_recording(self.path, self._header)
        try:
            _refuse_used(new, self._header, self.path)
            _copy(old, new.descriptor)
        except BaseException:
            os.close(new.descriptor)
            raise
        return new


def _is_at(file: RecordingFile, path: Path) -> bool:
    try:
        there = path.lstat()
    except OSError:
        return False
    return os.path.samestat(there, os.fstat(file.descriptor))


def _refuse_used(file: RecordingFile, header: Header, path: Path) -> None:
    if os.fstat(file.descriptor).st_size != len(header_line(header)):
        raise RecordingRefused(f"another recording stands at {path}")


def _copy(old: int, new: int) -> None:
    os.ftruncate(new, 0)
    at = 0
    while part := os.pread(old, _COPY, at):
        at += len(part)
        while part:
            part = part[os.write(new, part) :]
    _sync_data(new)
