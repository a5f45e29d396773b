"""The mouse over the control grid: the council under it is named, a click opens it."""

from __future__ import annotations

from textual.events import Click, Leave, MouseMove

from tui.control_grid.typing import GridTyping


class GridMouse(GridTyping):
    """Finds the council under the mouse."""

    def on_click(self, event: Click) -> None:
        """Select the council under the mouse and open it."""
        event.prevent_default()
        self.end_jump()
        place = self._under(event)
        if place is not None:
            self.cursor = place
            self.row_opened(place)

    def on_mouse_move(self, event: MouseMove) -> None:
        """Name the council under the mouse."""
        place = self._under(event)
        self.point_at(None if place is None else self.laid_out.order[place])

    def on_leave(self, event: Leave) -> None:
        """Name the cursor's council again."""
        del event
        self.point_at(None)

    def _under(self, event: Click | MouseMove) -> int | None:
        offset = event.get_content_offset(self)
        if offset is None or not self._councils:
            return None
        return self.laid_out.at(self.scroll_offset.y + offset.y, offset.x)
