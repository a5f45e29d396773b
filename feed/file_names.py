"""File names as bytes: which of them count, and how they are written down."""

from __future__ import annotations

import re
from typing import Final

HEARTBEAT: Final = b".timestamp"
REHEARSAL: Final = b".nightdesk-rehearsal"
"""In the feed's root: whatever the folder holds was dropped there for a rehearsal."""
_UNFINISHED: Final = (b".tmp", b".part", b".filepart", b".swp", b"~")
_LINES: Final = (b".jsonl", b".ndjson")
_TABLES: Final = (b".csv", b".tsv")
_STEERING: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff"
    "\U000e0000-\U000e007f\ud800-\udfff]"
)
"""Controls, line ends, marks of direction, characters without width, tags and surrogates."""
_ESCAPE: Final = re.compile(r"\\(?:\\|x([0-9a-f]{2}))")


def is_ignored(name: bytes) -> bool:
    """Whether a name is hidden or that of a file which is still being made."""
    return name.startswith((b".", b"#")) or name.lower().endswith(_UNFINISHED)


def is_heartbeat(path: bytes) -> bool:
    """Whether a path is that of the sign of life in its folder."""
    return path.rpartition(b"/")[2] == HEARTBEAT


def holds_lines(name: bytes) -> bool:
    """Whether every line of the file is a message of its own (JSONL)."""
    return name.lower().endswith(_LINES)


def may_be_long(name: bytes) -> bool:
    """Whether a file of that name may exceed the size of one message."""
    return name.lower().endswith(_LINES + _TABLES)


def escaped(path: bytes) -> str:
    r"""Return a path as text that shows every byte: `\xff`, a backslash doubled."""
    return unsteered(path.replace(b"\\", b"\\\\").decode("utf-8", "backslashreplace"))


def unsteered(text: str) -> str:
    """Return a path as text with the bytes of whatever steers or hides in it written out."""
    return _STEERING.sub(_written_out, text)


def _written_out(found: re.Match[str]) -> str:
    return "".join(f"\\x{byte:02x}" for byte in found[0].encode("utf-8", "surrogatepass"))


def unescaped(text: str) -> bytes:
    """Return the bytes that `escaped` has written down."""
    kept: list[bytes] = []
    end = 0
    for found in _ESCAPE.finditer(text):
        kept.append(text[end : found.start()].encode("utf-8", "surrogatepass"))
        kept.append(bytes([int(found[1], 16)]) if found[1] else b"\\")
        end = found.end()
    return b"".join((*kept, text[end:].encode("utf-8", "surrogatepass")))
