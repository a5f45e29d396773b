"""The diverging bars of net seats: losses to the left of one axis, gains to the right."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment

from feed.model.standing import BoardRow
from tui.colours.themes import Look
from tui.scoreboard.rows import Line
from tui.text.terminal_text import fit, segment, signed
from tui.text.terminal_text import width as cells_of

_FULL, _LEFT_HALF, _RIGHT_HALF, _AXIS = "█", "▌", "▐", "│"
_FIGURE = 6
"""Cells of `−1,334`."""
_LEAST_SIDE = 3


def draw_bars(rows: Sequence[BoardRow], label: int, width: int, look: Look) -> list[Line]:
    """Give one line a party that gained or lost seats; none where there is no room for a bar."""
    moved = [row for row in rows if row.seats_net]
    side = (width - label - 1 - 1) // 2 - _FIGURE - 1
    if not moved or side < _LEAST_SIDE:
        return []
    most = max(abs(row.seats_net or 0) for row in moved)
    return [_bar(row, label, side, most, look) for row in moved]


def _bar(row: BoardRow, label: int, side: int, most: int, look: Look) -> Line:
    net = row.seats_net or 0
    halves = max(1, round(abs(net) * side * 2 / most))
    full, half = divmod(halves, 2)
    figure = signed(net)
    colour = look.style(look.party_word(row.party))
    number = look.style(look.bad if net < 0 else look.good, bold=True)
    room = side + _FIGURE + 1
    line = [
        segment(" " + fit(row.label, label - 1), look.style(look.text)),
        segment(" ", look.base),
    ]
    axis = segment(_AXIS, look.style(look.rule))
    if net < 0:
        bar = _RIGHT_HALF * half + _FULL * full
        pad = room - cells_of(bar) - cells_of(figure) - 1
        return [*line, Segment(" " * pad, look.base), segment(figure, number),
                Segment(" ", look.base), segment(bar, colour), axis]  # fmt: skip
    bar = _FULL * full + _LEFT_HALF * half
    return [*line, Segment(" " * room, look.base), axis, segment(bar, colour),
            Segment(" ", look.base), segment(figure, number)]  # fmt: skip
