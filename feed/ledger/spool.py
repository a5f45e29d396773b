"""Blocks of bytes in a nameless file: what a long night need not hold in memory."""

from __future__ import annotations

import os
import zlib
from array import array
from tempfile import TemporaryFile
from typing import IO, Final

_LEVEL: Final = 1
"""Fast: the blocks are read back while somebody waits."""


class Spool:
    """Keeps blocks in the order in which they came; a disk that takes no more is no loss.

    One thread may put while others get.
    """

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None
        self._is_full = False
        self._starts = array("Q", [0])
        self._kept: dict[int, bytes] = {}
        """Blocks that the disk did not take."""

    def __len__(self) -> int:
        return len(self._starts) - 1

    def put(self, block: bytes) -> None:
        """Keep a block: in the file, or in memory from the first time that it cannot be written."""
        packed, start = zlib.compress(block, _LEVEL), self._starts[-1]
        if self._is_written(packed, start):
            start += len(packed)
        else:
            self._kept[len(self)] = packed
        self._starts.append(start)

    def get(self, number: int) -> bytes:
        """Return the block that was put in as the `number`th, from 0.

        Raises:
            OSError: when the disk does not give it back.

        """
        kept = self._kept.get(number)
        return zlib.decompress(self._read(number) if kept is None else kept)

    def _is_written(self, packed: bytes, start: int) -> bool:
        if self._is_full:
            return False
        try:
            if self._file is None:
                self._file = TemporaryFile(prefix="nightdesk-", buffering=0)  # noqa: SIM115  # for life
            written = os.pwrite(self._file.fileno(), packed, start)
        except OSError:
            written = 0
        self._is_full = written < len(packed)
        return not self._is_full

    def _read(self, number: int) -> bytes:
        start, end = self._starts[number], self._starts[number + 1]
        if self._file is None or start == end:
            raise IndexError(number)
        return os.pread(self._file.fileno(), end - start, start)
