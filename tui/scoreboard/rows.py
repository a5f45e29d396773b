"""The rows of the scoreboard, one party a line, and lines below them that open something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rich.segment import Segment
from rich.style import Style

from feed.model.parties import NOC
from feed.model.standing import BoardRow
from tui.colours.themes import Look
from tui.scoreboard.columns import NOTHING, Column, Columns, Tone, header
from tui.scoreboard.fold import OTHERS, UNFOLDED
from tui.text.terminal_text import MINUS, fit, segment
from tui.text.terminal_text import width as cells_of

Line = list[Segment]
_BAR, _NOC_BAR, _HERE = "█", "▒", "›"
_TOGETHER = {OTHERS: "+", UNFOLDED: MINUS}


def draw_header(shown: Columns, look: Look) -> Line:
    """Return the line with the names of the columns."""
    text = ""
    for word, right in header(shown):
        text = text.ljust(max(0, right - cells_of(word))) + word
    return [segment(text, look.style(look.dim))]


def draw_row(row: BoardRow, shown: Columns, look: Look, chosen: int | None) -> Line:
    """Return one party's line; `chosen` is the column under the cursor, if it is on this row."""
    page = look.background if chosen is None else look.cursor
    colour = look.party_word(row.party) if row.party == NOC else look.party(row.party)[0]
    bar = _NOC_BAR if row.party == NOC else _TOGETHER.get(row.party, _BAR)
    if row.party in _TOGETHER:
        colour = look.text
    idle = not (row.councils or row.seats_won or row.seats_net or row.gained or row.lost)
    label = look.style(look.dim if idle else look.strong, page, bold=not idle)
    line = [
        segment(bar, look.style(colour, page)),
        segment(fit(row.label, shown.label - 1), label),
    ]
    for index, column in enumerate(shown.shown):
        line += _figure(row, column, look, page, chosen=index == chosen)
    return line


def draw_rows(
    rows: Sequence[BoardRow], shown: Columns, look: Look, cursor: tuple[int, int] | None
) -> list[Line]:
    """Return the lines of all rows; `cursor` is the row and the column under it."""
    return [
        draw_row(row, shown, look, cursor[1] if cursor and cursor[0] == index else None)
        for index, row in enumerate(rows)
    ]


def _figure(row: BoardRow, column: Column, look: Look, page: str, *, chosen: bool) -> Line:
    text = column.text(row)
    room = column.room
    if chosen:
        style = Style(color=look.background, bgcolor=look.strong, bold=True)
        shown = fit(_HERE + text, min(room, cells_of(text) + 1), "right")
        return [Segment(" " * (room - cells_of(shown)), Style(bgcolor=page)), segment(shown, style)]
    return [segment(fit(text, room, "right"), _style(text, column.tone, look, page))]


def _style(text: str, tone: Tone, look: Look, page: str) -> Style:
    if text in (NOTHING, ""):
        return look.style(look.faint, page)
    if tone == "signed":
        return look.style(look.bad if text.startswith(MINUS) else look.good, page, bold=True)
    colours = {"strong": look.strong, "good": look.good, "bad": look.bad, "plain": look.text}
    return look.style(colours[tone], page, bold=tone == "strong")


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
    """Return lines that open nothing."""
    return [(line, None) for line in lines]


def under_cursor(line: Line, width: int, look: Look) -> Line:
    """Return a linked line as it looks under the cursor: marked at its beginning, on a bar."""
    bar = Style(bgcolor=look.cursor)
    first, *rest = line
    told = [
        Segment(HERE, look.style(look.accent, look.cursor, bold=True)),
        Segment(first.text[1:], (first.style or look.base) + bar),
        *(Segment(piece.text, (piece.style or look.base) + bar) for piece in rest),
    ]
    return Segment.adjust_line_length(told, width, style=look.base + bar)
