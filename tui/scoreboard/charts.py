"""Figures as pictures: bars of net seats around one axis, and their course over the night."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment

from feed.clock import hh_mm, spans_days
from feed.model.standing import BoardRow, Standing
from feed.reports.trend import Trend, trend
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


_STEPS = "▁▂▃▄▅▆▇"
"""Without the full block, so that two lines stay apart."""
_HEADS = ("NET SEATS OVER THE NIGHT", "NET OVER THE NIGHT", "NET SEATS")
"""The fullest that fits stands above the lines."""
_TREND_FIGURE = 7
_LEAST, _MOST = 8, 48
_FEWEST_PARTIES = 3
"""A trend of fewer is left out where more have moved."""


def draw_trend(
    standing: Standing, rows: Sequence[BoardRow], label: int, size: tuple[int, int], look: Look
) -> list[Line]:
    """Give a heading and a line a party in a `size` of cells and lines; the biggest movers first.

    Every line has its own scale, from its lowest to its highest figure with 0 between them: it
    tells the shape of the night, the figure at its end tells the size.
    """
    width, height = size
    cells = min(_MOST, width - label - _TREND_FIGURE - 1)
    if cells < _LEAST:
        return []
    night = trend(standing, cells)
    moved = [row for row in rows if night is not None and row.party in night.seats]
    if night is None or night.start == night.end or height <= min(_FEWEST_PARTIES, len(moved)):
        return []
    biggest = sorted(moved, key=lambda row: -abs(row.seats_net or 0))[: height - 1]
    heading = next(
        (form for head in _HEADS if cells_of(form := f"{head}  {_span(night)}") <= width), ""
    )
    if not biggest or not heading:
        return []
    return [
        [segment(heading, look.style(look.dim))],
        *(_line(row, night.seats[row.party], label, look) for row in moved if row in biggest),
    ]


def _span(night: Trend) -> str:
    ends = night.start, night.end
    dated = spans_days(ends)
    said = (
        hh_mm(at, estimated=guessed, dated=dated)
        for at, guessed in zip(ends, night.estimated, strict=True)
    )
    return (" – " if dated else "–").join(said)


def blocks(figures: Sequence[int]) -> str:
    """Give one block a figure; the lowest of the figures and 0 is the lowest block."""
    low, high = min(0, *figures), max(0, *figures)
    top = len(_STEPS) - 1
    return "".join(_STEPS[round((figure - low) * top / (high - low or 1))] for figure in figures)


def _line(row: BoardRow, figures: Sequence[int], label: int, look: Look) -> Line:
    net = row.seats_net or 0
    return [
        segment(" " + fit(row.label, label - 1), look.style(look.text)),
        Segment(" ", look.base),
        segment(blocks(figures), look.style(look.party_word(row.party))),
        segment(
            fit(signed(net, "0"), _TREND_FIGURE, "right"),
            look.style(look.bad if net < 0 else look.good, bold=True),
        ),
    ]
