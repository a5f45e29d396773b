"""Text from files, made safe for a terminal and for the eye."""

from __future__ import annotations

import re
import unicodedata

_PICTURES = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}
_PICTURES |= dict.fromkeys(range(0x80, 0xA0), 0x241B)
_DROPPED = dict.fromkeys(
    [
        *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C, 0x200B, 0x2060,
        0xFEFF, *range(0xE0000, 0xE0080), *range(0xD800, 0xE000),
    ]
)  # fmt: skip
_TABLE: dict[int, int | str | None] = {
    **_PICTURES, **_DROPPED, 0x09: " ", 0x0A: " ", 0x0D: " ", 0x2028: " ", 0x2029: " "
}  # fmt: skip
_PLAIN = re.compile(r"[\x20-\x7e\u00a1-\u024f]*")
_SPACES = re.compile(r"\s+")
_MARKS_IN_A_ROW = 4


def clean(text: str) -> str:
    """Return `text` without anything that could steer a terminal or hide what it says.

    Controls become their Unicode pictures, line ends and tabs a space; bidirectional and
    zero-width marks, tag characters and surrogates are dropped; the rest is NFC with at most
    four combining marks in a row, runs of white space folded and the ends trimmed.
    """
    is_plain = (text.isascii() and text.isprintable()) or _PLAIN.fullmatch(text)
    if is_plain and "  " not in text:
        return text.strip()
    folded = unicodedata.normalize("NFC", text.translate(_TABLE))
    return _SPACES.sub(" ", _bounded_marks(folded)).strip()


def _bounded_marks(text: str) -> str:
    kept: list[str] = []
    run = 0
    for char in text:
        run = run + 1 if unicodedata.combining(char) else 0
        if run <= _MARKS_IN_A_ROW:
            kept.append(char)
    return "".join(kept)
