"""Lines of the scoreboard below its figures that open something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rich.segment import Segment
from rich.style import Style

from tui.colours.themes import Look
from tui.scoreboard.rows import Line

OPENS, HERE = "+", "›"


@dataclass(frozen=True, slots=True)
class Link:
    """What a line opens."""

    what: Literal["contests", "council", "total", "ireland"]
    of: str = ""
    """The kind of contest, the council's id, or the number of the total's entry."""


Linked = tuple[Line, Link | None]
"""A line, and what it opens."""


def plain(lines: Sequence[Line]) -> list[Linked]:
    """Give lines that open nothing."""
    return [(line, None) for line in lines]


def under_cursor(line: Line, width: int, look: Look) -> Line:
    """Give a linked line as it looks under the cursor: marked at its beginning, on a bar."""
    bar = Style(bgcolor=look.cursor)
    first, *rest = line
    told = [
        Segment(HERE, look.style(look.accent, look.cursor, bold=True)),
        Segment(first.text[1:], (first.style or look.base) + bar),
        *(Segment(piece.text, (piece.style or look.base) + bar) for piece in rest),
    ]
    return Segment.adjust_line_length(told, width, style=look.base + bar)
