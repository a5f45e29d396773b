"""The lines that a widget shows: taking others over says which of them are to be drawn again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from operator import eq

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.strip import Strip

Line = Sequence[Segment]


class DrawnLines:
    """What all panes, bars and parts of the wall draw from; a line is drawn when it is another."""

    def __init__(self) -> None:
        self._lines: list[Line] = []
        self._size = Size(0, 0)
        self._base = Style.null()

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
            return [size.region]
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
        return Strip(self._lines[y]).crop_extend(0, width, self._base).apply_style(self._base)


def _alike(old: Line | None, new: Line | None) -> bool:
    if old is None or new is None:
        return not (old or new)
    return len(old) == len(new) and all(map(eq, old, new))
