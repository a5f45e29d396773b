"""The second cleaning, at the glass: the only way from a feed's text to a terminal cell."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style

from feed.rules.scoreboard import signed as with_sign
from feed.safe_text import clean

MINUS = "−"
ELLIPSIS = "…"
_SAFE = re.compile(
    "[\x20-\x7e\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2015\u2018-\u201f\u2022\u2026\u2039\u203a\u2190-\u22ff\u2500-\u25ff]*"
)
_CLAUSE_ENDS = re.compile("[;:] ")
_BETWEEN_PARTS = " · "
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def safe(text: str) -> str:
    """Return `text` without anything that steers a terminal or has no width of its own."""
    if _SAFE.fullmatch(text):
        return text
    cleaned = " ".join(clean(piece) for piece in text.split(" "))
    return "".join(
        char
        for char in cleaned
        if unicodedata.category(char) not in _INVISIBLE and not "\ufe00" <= char <= "\ufe0f"
    )


def segment(text: str, style: Style | None = None) -> Segment:
    """Return a run of cells; nothing in `text` is read as markup or reaches the terminal raw."""
    return Segment(safe(text), style)


def width(text: str) -> int:
    """Return how many cells `text` takes."""
    return cell_len(text)


def cut(text: str, cells: int) -> str:
    """Return `text` in at most `cells`, with an ellipsis where something is left out."""
    text = safe(text)
    if cell_len(text) <= cells:
        return text
    if cells <= 0:
        return ""
    return set_cell_size(text, cells - 1).rstrip() + ELLIPSIS


def cut_at_word(text: str, cells: int) -> str:
    """Return as many whole words of `text` as fit, with an ellipsis where some are left out."""
    text = safe(text)
    if cell_len(text) <= cells:
        return text
    words = text.split(" ")
    while words and cell_len(" ".join(words)) + 2 > cells:
        words.pop()
    return " ".join([*words, ELLIPSIS]) if words and cells > 2 else ""


def cut_at_clause(text: str, cells: int) -> str:
    """Return as many whole clauses of a sentence as fit, cut only where not even one does."""
    text = safe(text)
    if cell_len(text) <= cells:
        return text
    clauses = [text[: end.start()] for end in _CLAUSE_ENDS.finditer(text)]
    fitting = [clause for clause in clauses if cell_len(clause) <= cells]
    return fitting[-1] if fitting else cut(text, cells)


def cut_at_part(text: str, cells: int) -> str:
    """Return as many parts of `one · two · last` as fit; the last stays longest."""
    parts = safe(text).split(_BETWEEN_PARTS)
    while len(parts) > 1 and cell_len(_BETWEEN_PARTS.join(parts)) > cells:
        del parts[-2]
    return cut(_BETWEEN_PARTS.join(parts), cells)


def fit(text: str, cells: int, align: Literal["left", "right"] = "left") -> str:
    """Return `text` cut or padded to exactly `cells`."""
    short = cut(text, cells)
    space = " " * max(0, cells - cell_len(short))
    return space + short if align == "right" else short + space


def signed(amount: int, zero: str = "·") -> str:
    """Return a change with its sign, `+129` or `−1,269`; nothing changed is `zero`."""
    return zero if amount == 0 else with_sign(amount)
