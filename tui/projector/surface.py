"""The wall's one surface: rows of cells, of which only those that say something new are sent."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.colours.themes import look_of
from tui.projector.canvas import Line


class WallSurface(Widget):
    """Draws the rows that it is given."""

    DEFAULT_CSS = """
    WallSurface { width: 1fr; height: 1fr; background: $background; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._rows: Sequence[Line] = ()

    def show(self, rows: Sequence[Line]) -> None:
        """Take the rows over, and draw again what differs."""
        before, self._rows = self._rows, rows
        if len(before) != len(rows):
            self.refresh()
            return
        regions = []
        for y, (old, new) in enumerate(zip(before, rows, strict=True)):
            span = changed_cells(old, new)
            if span is not None:
                regions.append(Region(span[0], y, span[1] - span[0], 1))
        if regions:
            self.refresh(*regions)

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        base, width = look_of(self.app).base, self.size.width
        if y >= len(self._rows):
            return Strip.blank(width, base)
        return Strip(self._rows[y]).crop_extend(0, width, base)


def changed_cells(old: Sequence[Segment], new: Sequence[Segment]) -> tuple[int, int] | None:
    """Return the first cell that differs between two rows and the one behind the last."""
    if old is new or list(old) == list(new):
        return None
    before, after = _cells(old), _cells(new)
    if len(before) != len(after):
        return 0, max(len(before), len(after))
    different = [at for at in range(len(after)) if before[at] != after[at]]
    return (different[0], different[-1] + 1) if different else None


def _cells(row: Sequence[Segment]) -> list[tuple[str, object]]:
    cells: list[tuple[str, object]] = []
    for segment in row:
        if segment.cell_length == len(segment.text):
            cells += [(char, segment.style) for char in segment.text]
        else:
            strip = Strip([segment])
            cells += [
                (piece.text, piece.style)
                for at in range(segment.cell_length)
                for piece in strip.crop(at, at + 1)
            ]
    return cells
