"""Signs of ASCII for those that a font, a locale or whoever reads a pipe does not have."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final

_IN_TEXT: Final = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—−─━┄", "-"),
        **dict.fromkeys("‘’ʼ‹›", "'"),
        **dict.fromkeys("“”«»", '"'),
        **dict.fromkeys("·•●◆", "*"),
        **dict.fromkeys("✓✔", "+"),
        **dict.fromkeys("✗✖×❌", "x"),
        **dict.fromkeys("→⇒➜➡⟶▶", ">"),
        **dict.fromkeys("←◀", "<"),
        **dict.fromkeys("↑▲⇧", "^"),
        **dict.fromkeys("↓▼", "v"),
        **dict.fromkeys("│┃‖", "|"),
        **dict.fromkeys("├└┼╋┌┐┘┤", "+"),
        **dict.fromkeys("█▀▄▌▐▏▒▓░", "#"),
        "…": "...",
        "≈": "~",
        "≤": "<=",
        "≥": ">=",
        "≠": "!=",
        "±": "+-",
        "↳": "`",
    }
)
_IN_CELLS: Final = str.maketrans(
    {
        **dict.fromkeys("‹«⇠", "<"),
        **dict.fromkeys("›»", ">"),
        **dict.fromkeys("╭╮╰╯╷╵╴╶═║╔╗╚╝┬┴", "+"),
        **dict.fromkeys("▁▂", "_"),
        **dict.fromkeys("▃▄", "-"),
        **dict.fromkeys("▅▆", "="),
        **dict.fromkeys("▇■", "#"),
        **dict.fromkeys("⌫", "<"),
        "·": ".",
        "…": ".",
        "▒": "%",
        "░": ":",
        "▔": '"',
        "≤": "<",
        "≥": ">",
        "≠": "!",
        "±": "+",
        "∑": "=",
        "¶": "*",
        "¤": "o",
        "£": "L",
    }
)
"""What is otherwise where a sign has one cell, and stands beside others that it is told from."""
_HANGING: Final = str.maketrans("▁▂▃▄▅▆▇", '#==--""')
"""What is seen of lower blocks in reverse video: a block that hangs from above."""


def in_ascii(text: str) -> str:
    """Return a text in ASCII; what has no like is left out."""
    plain = unicodedata.normalize("NFKD", text.translate(_IN_TEXT))
    return plain.encode("ascii", "ignore").decode("ascii")


def cells_in_ascii(cells: Sequence[str]) -> Sequence[str]:
    """Return one sign of ASCII for each cell; a wide one, whose second cell is empty, is two."""
    return [cell if cell.isascii() and cell else _in_one(cell) for cell in cells]


def hanging_in_ascii(blocks: str) -> str:
    """Return lower blocks in reverse video as signs without it; nothing for other signs."""
    seen = blocks.translate(_HANGING)
    return seen if seen.isascii() and not blocks.isascii() else ""


def _in_one(cell: str) -> str:
    if cell.isspace():
        return " "
    return in_ascii(cell.translate(_IN_CELLS))[:1].strip() or "?" if cell else "?"


def takes_signs(environment: Mapping[str, str]) -> bool:
    """Whether the locale has more signs than ASCII's: one that is not told is taken to have.

    Python puts UTF-8 in place of the locale C, beside a LANG that still says so.
    """
    language = environment.get("LANG", "")
    said = environment.get("LC_ALL") or environment.get("LC_CTYPE") or language
    if said == "C.UTF-8" and language in {"C", "POSIX"} and not environment.get("LC_ALL"):
        return False
    return not said or "utf" in said.casefold()
