"""The cursor of the control grid: the arrows, and the ways to a council by its name or a filter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from feed.model.entries import PlaceId
from tui.control_grid import moves as grid_moves
from tui.control_grid.border import GridBorder
from tui.control_grid.layout import Layout


class GridCursor(GridBorder):
    """Moves over the cells as they are laid out."""

    _selected: PlaceId | None = None

    def select_council(self, place: PlaceId) -> None:
        """Put the cursor on a council, if it is on the grid."""
        if place in self._councils:
            self._selected = place
            self.cursor = self.laid_out.places[place]

    def select_lit(self, direction: Literal[1, -1], *, from_start: bool = False) -> bool:
        """Select the next (1) or previous (-1) council that passes the filter; say if there is."""
        order, lit = self.laid_out.order, self._lit
        place = -1 if from_start else self.cursor
        while 0 <= (place := place + direction) < len(order):
            if lit is None or lit(self._councils[order[place]]):
                self.cursor = place
                return True
        return False

    def action_cursor_up(self) -> None:
        """Select the council above."""
        self._move(grid_moves.down, -1)

    def action_cursor_down(self) -> None:
        """Select the council below."""
        self._move(grid_moves.down, 1)

    def action_cursor_left(self) -> None:
        """Select the council to the left."""
        self._move(grid_moves.across, -1)

    def action_cursor_right(self) -> None:
        """Select the council to the right."""
        self._move(grid_moves.across, 1)

    def action_cursor_page_up(self) -> None:
        """Select the council a page above."""
        self._move(grid_moves.down, -self.page)

    def action_cursor_page_down(self) -> None:
        """Select the council a page below."""
        self._move(grid_moves.down, self.page)

    def watch_cursor(self, before: int, after: int) -> None:
        """Draw the two cells again, keep the cursor in sight and name its council."""
        self._selected = self.selected
        self.show_cursor()
        self.refresh_rows((before, after))
        self.say()

    def _move(self, rule: Callable[[Layout, int, int], int], by: int) -> None:
        if self._councils:
            self.cursor = rule(self.laid_out, self.cursor, by)
