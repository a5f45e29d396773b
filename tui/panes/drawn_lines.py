"""The lines that a widget shows: taking others over says which of them are to be drawn again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from operator import eq
from typing import Any, Final

from rich.segment import Segment
from rich.style import Style
from textual._styles_cache import StylesCache
from textual.geometry import Region, Size
from textual.strip import Strip

Line = Sequence[Segment]
_MOST_FRAMED: Final = 256
"""Lines with their borders that a pane keeps; several screens of them."""


class DrawnLines:
    """What all panes, bars and parts of the wall draw from; a line is drawn when it is another."""

    def __init__(self) -> None:
        self._lines: list[Line] = []
        self._size = Size(0, 0)
        self._base = Style.null()
        self._strips: dict[int, tuple[Line, Strip]] = {}
        """Lines as they are drawn, each by the line itself."""

    def __len__(self) -> int:
        return len(self._lines)

    def fits(self, size: Size, base: Style) -> bool:
        """Whether the lines were taken over for that size and those colours."""
        return self._size == size and self._base == base

    def take(self, lines: Iterable[Line], size: Size, base: Style) -> list[Region]:
        """Take lines over; return the regions where something else is shown from now on.

        Args:
            lines: from the top of the widget's content, no more than it has room for.
            size: cells and lines of the widget's content.
            base: what a cell looks like that no line says anything of.

        """
        before, self._lines = self._lines, list(lines)
        if not self.fits(size, base):
            self._size, self._base = size, base
            self._strips.clear()
            return [size.region]
        strips = self._strips
        self._strips = {id(line): strips[id(line)] for line in self._lines if id(line) in strips}
        return [
            Region(0, y, size.width, 1)
            for y, (old, new) in enumerate(zip_longest(before, self._lines))
            if old is not new and not _alike(old, new)
        ]

    def strip(self, y: int) -> Strip:
        """Return a line as it is drawn: cut or padded to the width, on the base."""
        width = self._size.width
        if y >= len(self._lines):
            return Strip.blank(width, self._base)
        line = self._lines[y]
        known = self._strips.get(id(line))
        if known is None:
            strip = Strip(line).crop_extend(0, width, self._base).apply_style(self._base)
            known = self._strips[id(line)] = (line, strip)
        return known[1]


class FramedLines(StylesCache):
    """Keeps what a line looks like between the borders, by the line: one that moves is kept too.

    Textual's own goes by the row that a line stands on, and a log that grows moves all its rows.
    A new line gets the borders that Textual has drawn beside another.
    """

    def __init__(self) -> None:
        super().__init__()
        self._framed: dict[int, tuple[Strip, Strip]] = {}
        self._edges: tuple[Line, Line] | None = None

    def clear(self) -> None:
        """Forget all: the widget looks another way."""
        super().clear()
        self._framed.clear()
        self._edges = None

    def render_line(self, styles: Any, y: int, size: Size, *args: Any) -> Strip:  # noqa: ANN401  # as Textual has them
        """Return a line of the widget."""
        content_size, padding, base, background, render_content, *rest = args
        top = styles.gutter.top
        if not top <= y < top + content_size.height:
            return super().render_line(styles, y, size, *args)
        strip = render_content(y - top)
        known = self._framed.get(id(strip))
        if known is None:
            if len(self._framed) >= _MOST_FRAMED:
                self._framed.clear()
            if self._edges is not None:
                left, right = self._edges
                framed = Strip([*left, *strip, *right], size.width)
            else:
                framed = super().render_line(
                    styles, y, size, content_size, padding, base, background, lambda _: strip, *rest
                )
                self._edges = _edges(list(framed), list(strip))
            known = self._framed[id(strip)] = (strip, framed)
        return known[1]


def _edges(framed: Line, line: Line) -> tuple[Line, Line] | None:
    """Return what stands left and right of a line; none where the line was drawn another way."""
    for begin in (0, 1):
        if framed[begin : begin + len(line)] == line:
            return framed[:begin], framed[begin + len(line) :]
    return None


def _alike(old: Line | None, new: Line | None) -> bool:
    if old is None or new is None:
        return not (old or new)
    return len(old) == len(new) and all(map(eq, old, new))
