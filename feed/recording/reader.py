"""Reading a recording back, whole or while another process still writes it."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO, Final

from feed.errors import SourceUnreadable
from feed.model.arrival import Arrival, substance
from feed.recording.lines import (
    OPENING,
    BadLineError,
    Header,
    UnknownVersionError,
    read_arrival,
    read_header,
)
from feed.records import record

_LONGEST: Final = 128 << 20
_AT_ONCE: Final = 4 << 20
_SEQ: Final = re.compile(rb'\{"seq":(\d+),')
_FIRST_WINDOW: Final = 1 << 16
_LARGEST_WINDOW: Final = 128 << 20


@record(frozen=True, slots=True)
class BadLine:
    """A line of a recording that cannot be read and is passed over."""

    line: int
    """1-based."""
    what: str
    torn: bool = False
    """It is the last one and has no end: its writer was stopped."""


def is_recording(path: Path) -> bool:
    """Whether a file is a recording, by its first bytes."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        return os.read(descriptor, len(OPENING)) == OPENING
    except OSError:
        return False
    finally:
        os.close(descriptor)


def recording_header(path: Path) -> Header | None:
    """Read when and of what a recording was made; none where its first line cannot be read."""
    try:
        with path.open("rb") as file:
            return read_header(file.readline(_AT_ONCE).removesuffix(b"\n"))
    except (OSError, BadLineError):
        return None


def read_recording(path: Path) -> Iterator[Arrival | BadLine]:
    """Return the arrivals of a recording in order, and a BadLine for each line that is none.

    Raises SourceUnreadable when the file cannot be opened or read on.
    """
    try:
        with path.open("rb") as file:
            for number, line in enumerate(_lines(file), 1):
                item = _read(number, line)
                if item is not None:
                    yield item
    except UnknownVersionError as error:
        raise SourceUnreadable(
            f"the recording {path} {error}", "replay it with the nightdesk that made it"
        ) from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise SourceUnreadable(f"the recording {path} cannot be read: {reason}") from error


def _lines(file: BinaryIO) -> Iterator[bytes]:
    while line := file.readline(_LONGEST):
        yield line
        while len(line) == _LONGEST and not line.endswith(b"\n"):
            line = file.readline(_LONGEST)


def _read(number: int, line: bytes) -> Arrival | BadLine | None:
    text = line.removesuffix(b"\n")
    try:
        if number == 1:
            read_header(text)
            return None
        return read_arrival(text).arrival
    except UnknownVersionError:
        raise
    except BadLineError as error:
        torn = not line.endswith(b"\n") and len(line) < _LONGEST
        return BadLine(number, str(error), torn=torn)


class RecordingFollower:
    """Reads on in a recording that another process writes."""

    def __init__(self, path: Path) -> None:
        self.bad: list[BadLine] = []
        """Lines that were passed over, in order."""
        self._path = path
        self._begin(None)
        self._seq = 0

    def _begin(self, identity: tuple[int, int] | None) -> None:
        self._identity = identity
        self._offset = 0
        self._line = 0

    def poll(self) -> list[Arrival]:
        """Return what has been added, a few megabytes at a time; nothing while there is no file.

        When the recording is made anew, what was given before is not given again.
        """
        try:
            with self._path.open("rb") as file:
                status = os.fstat(file.fileno())
                identity = (status.st_dev, status.st_ino)
                if identity != self._identity or status.st_size < self._offset:
                    self._begin(identity)
                file.seek(self._offset)
                whole = _whole_lines(file)
        except OSError:
            return []
        self._offset += len(whole)
        return [arrival for line in whole.split(b"\n")[:-1] for arrival in self._new(line)]

    def _new(self, line: bytes) -> Iterator[Arrival]:
        self._line += 1
        try:
            if self._line == 1:
                read_header(line)
                return
            recorded = read_arrival(line)
        except BadLineError as error:
            self.bad.append(BadLine(self._line, str(error)))
            return
        if recorded.seq > self._seq:
            self._seq = recorded.seq
            yield recorded.arrival


def _whole_lines(file: BinaryIO) -> bytes:
    read = file.read(_AT_ONCE)
    while b"\n" not in read[-_AT_ONCE:] and len(read) < _LONGEST:
        more = file.read(_AT_ONCE)
        if not more:
            return b""
        read += more
    return read[: read.rfind(b"\n") + 1]


def arrivals_recorded(path: Path) -> int | None:
    """Return the number of the last whole arrival; none where the file cannot be read."""
    try:
        with path.open("rb") as file:
            return _last_number(file)
    except OSError:
        return None


def _last_number(file: BinaryIO) -> int:
    size = file.seek(0, os.SEEK_END)
    window = _FIRST_WINDOW
    while True:
        start = max(0, size - window)
        file.seek(start)
        lines = file.read(size - start).split(b"\n")[:-1]
        whole = lines if start == 0 else lines[1:]
        for line in reversed(whole):
            found = _SEQ.match(line)
            if found is not None:
                return int(found[1])
        if start == 0 or window >= _LARGEST_WINDOW:
            return 0
        window *= 4


class RecordedArrivals:
    """Files as they last stood and the lines of growing files, each until it is delivered again.

    A new time or white space at the ends makes no new file, as while the desk runs.
    """

    def __init__(self) -> None:
        self._files: dict[str, bytes] = {}
        self._lines: Counter[tuple[str, bytes]] = Counter()

    def add(self, arrival: Arrival) -> None:
        """Note an arrival that the recording holds."""
        if arrival.line is None:
            self._files[arrival.path] = _digest(arrival)
        else:
            self._lines[arrival.path, _digest(arrival)] += 1

    def takes(self, arrival: Arrival) -> bool:
        """Whether an arrival is one of the recording's; a file or line is so once."""
        if arrival.line is None:
            known = self._files.pop(arrival.path, None)
            return known is not None and known == _digest(arrival)
        line = (arrival.path, _digest(arrival)) if self._lines else ("", b"")
        if not self._lines[line]:
            return False
        self._lines[line] -= 1
        return True


def _digest(arrival: Arrival) -> bytes:
    return blake2b(substance(arrival.data), digest_size=16).digest()
