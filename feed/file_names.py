"""File names as bytes: which of them count, and how they are written down."""

from __future__ import annotations

import re
from typing import Final

HEARTBEAT: Final = b".timestamp"
REHEARSAL: Final = b".nightdesk-rehearsal"
"""In the feed's root: whatever the folder holds was dropped there for a rehearsal."""
_UNFINISHED: Final = (
    *(b".tmp", b".part", b".filepart", b".partial", b".crdownload", b".aria2", b".swp", b".swo"),
    *(b"~", b".lftp-pget-status", b".lock", b".done", b".download"),
)
_COMPANIONS: Final = re.compile(
    rb"(?:desktop\.ini|thumbs\.db|4913|sed[a-z0-9]{6}|wget-log(?:\.\d+)?|index\.html?(?:\.\d+)?"
    rb"|(?:md5|sha(?:1|256|512))sums?(?:\.txt)?|checksums?(?:\.txt)?|readme(?:\.\w+)?|robots\.txt"
    rb"|(?:tmp_|~\$).*|.*\.(?:bak|orig|md5|sha1|sha256|sha512|sfv|asc|sig)"
    rb"|.*\.(?:zip|tar|t?gz|tbz2?|bz2|xz|7z|rar|zst))",
    re.IGNORECASE,
)
"""What editors, mirrors and mailers leave beside the files that they bring."""
_LINES: Final = (b".jsonl", b".ndjson")
_ROTATED: Final = re.compile(rb"\.(?:\d+|\d{8})$")
_STEERING: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff"
    "\U000e0000-\U000e007f\ud800-\udfff]"
)
"""Controls, line ends, marks of direction, characters without width, tags and surrogates."""
_ESCAPE: Final = re.compile(r"\\(?:\\|x([0-9a-f]{2}))")


def is_ignored(name: bytes) -> bool:
    """Whether a name is hidden, that of a file being made, or of one that is no feed file."""
    return name.startswith((b".", b"#")) or name.lower().endswith(_UNFINISHED) or is_companion(name)


def is_companion(name: bytes) -> bool:
    """Whether a name is that of what stands beside a feed: notes, checksums, archives, copies."""
    return _COMPANIONS.fullmatch(name) is not None


def is_heartbeat(path: bytes) -> bool:
    """Whether a path is that of the sign of life in its folder."""
    return path.rpartition(b"/")[2] == HEARTBEAT


def holds_lines(name: bytes) -> bool:
    """Whether every line of the file is a message of its own (JSONL)."""
    lower = name.lower()
    if lower[-1:].isdigit():
        lower = _ROTATED.sub(b"", lower)
    return lower.endswith(_LINES)


def escaped(path: bytes) -> str:
    r"""Return a path as text that shows every byte: `\xff`, a backslash doubled."""
    if path.isascii() and (text := path.decode()).isprintable() and "\\" not in text:
        return text
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
