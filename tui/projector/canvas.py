"""A page of the wall as cells: words, block letters and fills are put where they belong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from rich.cells import get_character_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region

from feed.model.parties import PartyId
from tui.colours.themes import Look
from tui.text.terminal_text import cut, safe
from tui.text.terminal_text import width as cells_of

Line = list[Segment]


class Canvas:
    """Cells of one size, each with a sign and a style; what lies outside is left out."""

    def __init__(self, width: int, height: int, look: Look, *, coloured: bool = True) -> None:
        """Begin empty; where nothing is `coloured`, grounds alone tell nothing apart."""
        self.width, self.height, self.look, self.coloured = width, height, look, coloured
        base = self.base = look.base
        self._signs = [[" "] * width for _ in range(height)]
        self._styles = [[base] * width for _ in range(height)]

    def put(self, x: int, y: int, text: str, style: Style) -> int:
        """Write `text` from a cell on; return the cell behind it."""
        for char in safe(text):
            wide = get_character_cell_size(char)
            if 0 <= y < self.height and x >= 0 and x + wide <= self.width:
                self._signs[y][x], self._styles[y][x] = char, style
                if wide == 2:
                    self._signs[y][x + 1], self._styles[y][x + 1] = "", style
            x += wide
        return x

    def words(self, x: int, y: int, text: str, style: Style, room: int | None = None) -> int:
        """Write `text` cut to `room` cells, or to the edge; return the cell behind it."""
        left = self.width - x
        return self.put(x, y, cut(text, left if room is None else min(room, left)), style)

    def right(self, end: int, y: int, text: str, style: Style) -> int:
        """Write `text` so that it ends before the cell `end`; return where it begins."""
        x = end - cells_of(safe(text))
        self.put(x, y, text, style)
        return x

    def block(self, x: int, y: int, rows: Sequence[str], style: Style) -> None:
        """Write rows under each other; their blanks leave what is there."""
        for down, row in enumerate(rows):
            for across, char in enumerate(row):
                if char != " ":
                    self.put(
                        x + across, y + down, char, self._on_ground(x + across, y + down, style)
                    )

    def _on_ground(self, x: int, y: int, style: Style) -> Style:
        if not (0 <= y < self.height and 0 <= x < self.width):
            return style
        ground = self._styles[y][x].bgcolor
        return style if ground == style.bgcolor else style + Style(bgcolor=ground)

    def fill(self, x: int, y: int, wide: int, high: int, style: Style) -> None:
        """Fill an area with a style's ground."""
        for row in range(max(0, y), min(self.height, y + high)):
            for column in range(max(0, x), min(self.width, x + wide)):
                self._signs[row][column], self._styles[row][column] = " ", style

    def track(self, x: int, y: int, wide: int, high: int) -> None:
        """Draw what a bar may still fill."""
        style = self.look.style(self.look.text, self.look.cursor)
        self.fill(x, y, wide, high, style)
        if not self.coloured:
            self.block(x, y, ["░" * wide] * high, style)

    def swatch(self, x: int, y: int, wide: int, high: int, style: Style) -> None:
        """Draw the colour beside a figure; without colours it would be read as a one."""
        if self.coloured:
            self.fill(x, y, wide, high, style)

    def line(self, x: int, y: int, pieces: Iterable[Segment]) -> int:
        """Write segments from a cell on; return the cell behind them."""
        for text, style, _ in pieces:
            x = self.put(x, y, text, style or self.base)
        return x

    def lines(self) -> list[Line]:
        """Return the rows, each as few segments as its styles allow."""
        return [
            _runs(signs, styles) for signs, styles in zip(self._signs, self._styles, strict=True)
        ]


def spans(sizes: Iterable[int], total: int, room: int) -> list[tuple[int, int]]:
    """Return where each part of a bar begins and ends, without a gap between them.

    Args:
        sizes: the parts, in their order.
        total: what the whole bar stands for.
        room: its cells.
    """
    ends = [round(room * so_far / total) for so_far in accumulate(sizes)] if total else []
    return list(pairwise([0, *ends]))


class BarPart(NamedTuple):
    """One party's part of a bar."""

    size: int
    party: PartyId
    labels: tuple[str, ...]
    """What may be written on it, the longest first."""


def stacked_bar(canvas: Canvas, area: Region, parts: Sequence[BarPart], total: int) -> None:
    """Draw a bar in the colours of parties, each part with the longest of its labels that fits.

    Args:
        canvas: what is drawn on.
        area: the bar's cells.
        parts: the parts, from left to right.
        total: what the whole bar stands for.
    """
    ends = spans((part.size for part in parts), total, area.width)
    for part, (start, end) in zip(parts, ends, strict=True):
        fill, x, room = canvas.look.party_style(part.party, bold=True), area.x + start, end - start
        canvas.fill(x, area.y, room, area.height, fill)
        if start and room > 1:
            edge = fill + Style(color=canvas.look.background)
            canvas.block(x, area.y, ["▏"] * area.height, edge)
        fits = (label for label in part.labels if cells_of(label) + 2 <= room)
        label = next(fits, None)
        if label is not None:
            canvas.put(x + 1, area.y, label, fill)
        elif cells_of(part.labels[-1]) <= room:
            canvas.put(x, area.y, part.labels[-1], fill)


def _runs(signs: Sequence[str], styles: Sequence[Style]) -> Line:
    runs: Line = []
    start = 0
    for at in range(1, len(signs) + 1):
        if at == len(signs) or (styles[at] is not styles[start] and styles[at] != styles[start]):
            runs.append(Segment("".join(signs[start:at]), styles[start]))
            start = at
    return runs
