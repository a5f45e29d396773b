"""A file as it arrived: the unit of intake and of recording."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime
from hashlib import blake2b
from typing import Final

from feed.records import record

_BOM: Final = b"\xef\xbb\xbf"


@record(frozen=True, slots=True)
class Arrival:
    """One delivery of one file, or of one line of a JSONL file, byte for byte."""

    path: str
    """Path below the feed folder, `/` between parts, undecodable bytes escaped with backslashes."""
    data: bytes
    """The whole content."""
    seen_at: datetime
    """When it was first seen complete, UTC."""
    modified_at: datetime | None = None
    """The file's modification time, UTC; none where the source has none."""
    line: int | None = None
    """1-based line in the file when the arrival is one line of it."""
    test: bool = False
    """It comes from a rehearsal's folder: the screen says TEST for as long as it is shown."""
    renamed: bool = False
    """The same content stood under another name, which is gone: it says nothing new."""
    _digest: str = field(default="", init=False, repr=False, compare=False)

    @property
    def digest(self) -> str:
        """The identity of the content, made once: blake2b-128 of the bytes, in hex."""
        if not self._digest:
            self._digest = blake2b(self.data, digest_size=16).hexdigest()  # type: ignore[misc]
        return self._digest

    @property
    def where(self) -> str:
        """Return `path` or `path:line`, as an editor would be told it."""
        return self.path if self.line is None else f"{self.path}:{self.line}"


def substance(data: bytes) -> bytes:
    """Return the content without a byte order mark and white space at its ends.

    Two states of a file that differ in these only are the same to the desk, or a slow writer's
    last line end would look like a conflict.
    """
    return data.removeprefix(_BOM).strip()
