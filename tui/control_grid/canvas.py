"""The drawing of the control grid: its lines, each kept until something on it changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rich.segment import Segment
from textual.geometry import Region
from textual.reactive import reactive
from textual.strip import Strip

from feed.model.entries import PlaceId
from feed.model.standing import CouncilStanding, Standing
from tui.control_grid.headings import draw_heading
from tui.control_grid.layout import Heading, Layout
from tui.control_grid.order import DensityChoice, Group, Sort
from tui.control_grid.rows import Brush, Lit, Marks
from tui.panes.line_pane import LinePane

_NOTHING = (
    "No councils yet: they stand here as soon as the feed names them.",
    "No councils yet: the feed will name them.",
    "No councils yet.",
)


class _Window(NamedTuple):
    """What all lines of a frame have in common."""

    top: int
    width: int
    brush: Brush | None = None
    """None while there are no councils."""
    cursor: tuple[int, int] | None = None
    """The line and the position of the council under the cursor, while it is seen."""


class GridCanvas(LinePane):
    """Draws the councils where the layout has them."""

    group: reactive[Group] = reactive("none", init=False)
    """What the councils are grouped by."""
    sort: reactive[Sort] = reactive("name", init=False)
    """The order inside a group."""
    density: reactive[DensityChoice] = reactive("auto", init=False)
    """How much of its name each council's cell says."""

    def __init__(
        self,
        title: str,
        *,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(title, id=id, classes=classes)
        self._standing = Standing()
        self._since = ""
        self._marks = Marks()
        self._councils: dict[PlaceId, CouncilStanding] = {}
        self._brush: Brush | None = None
        self._lines: dict[int, tuple[int | None, Strip]] = {}
        self._window: _Window | None = None

    @property
    def _lit(self) -> Lit | None:
        return self._marks.lit

    @property
    def laid_out(self) -> Layout:
        """Where everything stands at the pane's size; the grid lays it out."""
        raise NotImplementedError

    def line_count(self) -> int:
        """Give the rows of the grid."""
        return len(self.laid_out.rows) if self._councils else 1

    def row_count(self) -> int:
        """Give how many councils the cursor can be on."""
        return len(self.laid_out.order)

    def line_of_row(self, row: int) -> int:
        """Give the line that a council stands on."""
        spot = self.laid_out.spots.get(row)
        return spot[0] if spot else 0

    def line(self, index: int, width: int) -> Iterable[Segment]:
        """Draw one row of cells, or a heading."""
        if not self._councils:
            said = next((words for words in _NOTHING if len(words) <= width), "")
            return [Segment(said, self.look.style(self.look.dim))]
        chosen = self.cursor if self.has_focus else None
        return self._pieces(index, width, self._brush_of_now(), chosen)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw what is asked for; the size, the look and the cursor are the same on every line."""
        self._window = self._window_of_now()
        try:
            return super().render_lines(crop)
        finally:
            self._window = None

    def render_line(self, y: int) -> Strip:
        """Draw one line of the window, or give it as it was drawn before."""
        window = self._window or self._window_of_now()
        if window.brush is None:
            return super().render_line(y)
        index, at = window.top + y, window.cursor
        chosen = at[1] if at is not None and at[0] == index else None
        kept = self._lines.get(index)
        if kept is None or kept[0] != chosen:
            strip = self._strip(index, window.width, window.brush, chosen)
            kept = self._lines[index] = (chosen, strip)
        return kept[1]

    def _strip(self, index: int, width: int, brush: Brush, chosen: int | None) -> Strip:
        rows, base = brush.grid.rows, brush.look.base
        if index >= len(rows):
            return Strip.blank(width, base)
        pieces = self._pieces(index, width, brush, chosen)
        return Strip(pieces).crop_extend(0, width, base).apply_style(base)

    def _pieces(self, index: int, width: int, brush: Brush, chosen: int | None) -> list[Segment]:
        grid, row = brush.grid, brush.grid.rows[index]
        if isinstance(row, Heading):
            members = [self._councils[place] for place in grid.order[row.first : row.last]]
            return draw_heading(row.title, members, width, brush.look)
        return brush.row(row, self._councils, self._marks, chosen)

    def draw_again(self) -> None:
        """Draw every line again."""
        self._lines.clear()
        self.refresh()

    def refresh_places(self, places: Iterable[PlaceId]) -> None:
        """Draw the lines of some councils again; grouped, all lines, for the headings count."""
        grid = self.laid_out
        rows = [grid.places[place] for place in places if place in grid.places]
        if self.group != "none" and rows:
            self.draw_again()
        else:
            self.refresh_rows(rows)

    def refresh_rows(self, rows: Iterable[int]) -> None:
        """Draw the lines of the councils at some positions again."""
        spots = self.laid_out.spots
        for line in {spots[row][0] for row in rows if row in spots}:
            self._lines.pop(line, None)
            self.refresh_line(line)

    def _window_of_now(self) -> _Window:
        top, width = self.scroll_offset.y, self.window.width
        if not self._councils:
            return _Window(top, width)
        brush = self._brush_of_now()
        spot = brush.grid.spots.get(self.cursor) if self.has_focus else None
        return _Window(top, width, brush, None if spot is None else (spot[0], self.cursor))

    def _brush_of_now(self) -> Brush:
        """Give the brush for the layout and the look of now; another one keeps no line."""
        brush, grid, look = self._brush, self.laid_out, self.look
        if brush is None or brush.grid is not grid or brush.look is not look:
            brush = self._brush = Brush(grid, look)
            self._lines.clear()
        return brush
