"""A JSONL file that grows: which of its lines have been read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import blake2b
from typing import Final

from feed.records import record
from feed.sources.folder.safe_read import Denied

_CHUNK: Final = 1 << 20


@record(frozen=True, slots=True)
class Line:
    """One line, without its end."""

    number: int
    data: bytes


@record(frozen=True, slots=True)
class LongLine:
    """A line that exceeds the size of one message and is passed over."""

    number: int
    size: int


class GrowingLines:
    """Reads on from the last line end; starts over when what was read is no longer there.

    After a file was cut or replaced, a line that was given before is not given again.
    """

    def __init__(self, longest: int, everywhere: dict[bytes, GrowingLines] | None = None) -> None:
        """Begin a file.

        Args:
            longest: bytes that one message may have.
            everywhere: which file each line was given from first, for all files of lines: what
                was moved to another one, as a rotated log is, is not given again.

        """
        self._longest = longest
        self._everywhere = {} if everywhere is None else everywhere
        self._given: set[bytes] = set()
        self._rewritten = False
        self._loose: bytes | None = None
        self._start_over()

    def _start_over(self) -> None:
        self._offset = 0
        self._count = 0
        self._prefix = blake2b()

    def read(self, file: int, *, settled: bool) -> Iterator[Line | LongLine]:
        """Return the lines that are new; of a `settled` file also a last one without an end."""
        if not self._prefix_stands(file):
            self._start_over()
            self._rewritten = True
        os.lseek(file, self._offset, os.SEEK_SET)
        rest = b""
        while chunk := os.read(file, _CHUNK):
            *whole, rest = (rest + chunk).split(b"\n") if b"\n" in chunk else (rest + chunk,)
            for data in whole:
                yield from self._consume(data)
        self.waits = bool(rest.strip()) and _digest(rest) != self._loose
        if settled and self.waits:
            yield from self._take_loose(rest)

    waits: bool = False
    """The last read left a line without an end that was not given."""

    def _prefix_stands(self, file: int) -> bool:
        found = blake2b()
        left = self._offset
        while left and (part := os.read(file, min(left, _CHUNK))):
            found.update(part)
            left -= len(part)
        return left == 0 and found.digest() == self._prefix.digest()

    def _consume(self, data: bytes) -> Iterator[Line | LongLine]:
        self._count += 1
        self._offset += len(data) + 1
        self._prefix.update(data)
        self._prefix.update(b"\n")
        loose, self._loose = self._loose, None
        digest = _digest(data)
        if not data.strip() or digest == loose:
            return
        if self._is_old(digest):
            return
        yield self._given_now(Line(self._count, data.rstrip(b"\r")), digest)

    def _take_loose(self, data: bytes) -> Iterator[Line | LongLine]:
        self.waits = False
        self._loose = digest = _digest(data)
        if not self._is_old(digest):
            yield self._given_now(Line(self._count + 1, data.rstrip(b"\r")), digest)

    def _is_old(self, digest: bytes) -> bool:
        moved = self._everywhere.get(digest, self) is not self
        return moved or (self._rewritten and digest in self._given)

    def _given_now(self, line: Line, digest: bytes) -> Line | LongLine:
        self._given.add(digest)
        self._everywhere.setdefault(digest, self)
        if len(line.data) > self._longest:
            return LongLine(line.number, len(line.data))
        return line


def long_line(line: LongLine, longest: int) -> Denied:
    """Return the refusal of a line that exceeds the size of one message."""
    what = f"has {line.size:,} bytes, more than the {longest:,} that one message may have"
    return Denied(what, "put one message on each line")


def _digest(data: bytes) -> bytes:
    return blake2b(data.rstrip(b"\r"), digest_size=16).digest()
