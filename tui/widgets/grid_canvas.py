"""The drawing of the control grid: what it holds of the night, and one row of cells at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rich.segment import Segment
from textual.reactive import reactive
from textual.theme import Theme

from feed.entries import PlaceId
from feed.standing import CouncilStanding, Standing
from tui.widgets.grid_cells import Cell, draw
from tui.widgets.grid_headings import draw_heading
from tui.widgets.grid_layout import Heading, Layout
from tui.widgets.grid_order import DensityChoice, Group, Sort
from tui.widgets.line_pane import LinePane

Lit = Callable[[CouncilStanding], bool]
"""Says which councils pass the filter; the others are dimmed."""
_NOTHING = "No councils yet: they stand here as soon as the feed names them."


class GridCanvas(LinePane):
    """Draws the councils where the layout has them; what has not changed is not drawn again."""

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
        self._lit: Lit | None = None
        self._since = ""
        self._fresh: frozenset[PlaceId] = frozenset()
        self._watched: frozenset[PlaceId] = frozenset()
        self._councils: dict[PlaceId, CouncilStanding] = {}
        self._drawn: dict[tuple[PlaceId, bool], tuple[Cell, tuple[Segment, ...]]] = {}

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
            return [Segment(_NOTHING[:width], self.look.style(self.look.dim))]
        grid = self.laid_out
        row = grid.rows[index]
        if isinstance(row, Heading):
            members = [self._councils[place] for place in grid.order[row.first : row.last]]
            return draw_heading(row.title, members, width, self.look)
        return [piece for place in row for piece in self._cell(place, grid)]

    def _cell(self, place: int | None, grid: Layout) -> tuple[Segment, ...]:
        if place is None:
            return (Segment(" " * grid.pitch, self.look.base),)
        council = self._councils[grid.order[place]]
        cell = Cell(
            council=council,
            name=grid.names[place],
            selected=self.has_focus and place == self.cursor,
            dimmed=self._lit is not None and not self._lit(council),
            fresh=council.id in self._fresh,
            watched=council.id in self._watched,
        )
        key = (council.id, cell.selected)
        kept = self._drawn.get(key)
        if kept is not None and kept[0].council is council and _alike(kept[0], cell):
            return kept[1]
        drawn = draw(cell, grid, self.look)
        self._drawn[key] = (cell, drawn)
        return drawn

    def refresh_places(self, places: Iterable[PlaceId]) -> None:
        """Draw the lines of some councils again; grouped, all lines, for the headings count."""
        where = {place: at for at, place in enumerate(self.laid_out.order)}
        lines = {self.line_of_row(where[place]) for place in places if place in where}
        if self.group != "none":
            self.refresh()
            return
        for line in lines:
            self.refresh_line(line)

    def _theme_changed(self, theme: Theme) -> None:
        self._drawn.clear()
        super()._theme_changed(theme)


def _alike(one: Cell, other: Cell) -> bool:
    return (one.name, one.dimmed, one.fresh, one.watched) == (
        other.name,
        other.dimmed,
        other.fresh,
        other.watched,
    )
