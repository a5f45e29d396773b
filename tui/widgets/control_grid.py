"""The council control grid: one cell a council, all of them in sight wherever that is possible."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Resize
from textual.message import Message

from feed.entries import PlaceId
from feed.standing import CouncilStanding, Standing
from tui.widgets.grid_border import TITLE
from tui.widgets.grid_canvas import Lit
from tui.widgets.grid_layout import Layout, layout, stands_alike
from tui.widgets.grid_mouse import GridMouse
from tui.widgets.grid_order import Group


class ControlGrid(GridMouse):
    """Who controls what; the cursor's council is named in the border."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "cursor_left", "Left", show=False, id="grid.left"),
        Binding("right", "cursor_right", "Right", show=False, id="grid.right"),
    ]

    class CouncilOpened(Message):
        """Somebody asked for a council's detail."""

        def __init__(self, place: PlaceId) -> None:
            super().__init__()
            self.place = place
            """The council asked for."""

    def __init__(
        self,
        *,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(TITLE, id=id, classes=classes)
        self._layout: Layout | None = None
        self._laid_out_for = (0, 0)

    @property
    def lit_count(self) -> int:
        """How many councils pass the filter."""
        lit = self._lit
        return sum(lit is None or lit(council) for council in self._councils.values())

    @property
    def laid_out(self) -> Layout:
        """Where everything stands at the pane's size."""
        width, height = self.window
        if self._layout is None or self._laid_out_for != (width, height):
            self._laid_out_for = (width, height)
            councils = list(self._councils.values())
            self._layout = layout(councils, width, height, self.group, self.sort, self.density)
            self._drawn.clear()
        return self._layout

    def show(
        self,
        standing: Standing,
        *,
        lit: Lit | None = None,
        fresh: frozenset[PlaceId] = frozenset(),
        watched: frozenset[PlaceId] = frozenset(),
        since: str = "",
    ) -> None:
        """Draw `standing`.

        Args:
            standing: where the night stands.
            lit: councils that pass the filter; none means no filter.
            fresh: councils that declared a moment ago.
            watched: councils on the watch list.
            since: the stretch whose changes are lit, for the title; empty for the whole night.
        """
        if since != self._since:
            self._since = since
            self.entitle()
        before = self._councils
        again = self._fresh ^ fresh | self._watched ^ watched
        filtered = lit is not self._lit
        self._standing, self._lit = standing, lit
        self._fresh, self._watched = fresh, watched
        councils = standing.councils or standing.ni_councils
        self._councils = {council.id: council for council in councils}
        changed = {
            place for place, council in self._councils.items() if before.get(place) is not council
        }
        if before.keys() != self._councils.keys() or not self._stands_alike(before, changed):
            self._lay_out_again()
        if filtered:
            self.refresh()
        elif self._layout is not None:
            self.refresh_places(changed | again)
        self.say()

    def row_opened(self, row: int) -> None:
        """Ask for the council's detail."""
        self.post_message(self.CouncilOpened(self.laid_out.order[row]))

    def on_resize(self, event: Resize) -> None:
        """Lay everything out for the new size."""
        super().on_resize(event)
        event.prevent_default()
        self.show_cursor()
        self.say()

    def watch_group(self, group: Group) -> None:
        """Lay the grid out in other groups."""
        del group
        self.entitle()
        self._lay_out_again()
        self.say()

    def watch_sort(self) -> None:
        """Lay the grid out in another order."""
        self._lay_out_again()
        self.say()

    def watch_density(self) -> None:
        """Lay the grid out with more or less of every name, the cursor in sight."""
        self._lay_out_again()
        self.show_cursor()

    def _stands_alike(
        self, before: Mapping[PlaceId, CouncilStanding], changed: Iterable[PlaceId]
    ) -> bool:
        by_name = self.group == "none" and self.sort == "name"
        return (by_name or not changed) and all(
            stands_alike(before[place], self._councils[place]) for place in changed
        )

    def _lay_out_again(self) -> None:
        """Lay out anew; where everything stands as it stood, only what changed is drawn again."""
        old, self._layout = self._layout, None
        kept = self._drawn.copy()
        new = self.laid_out
        if old is not None and (old.rows, old.pitch, old.names) == (new.rows, new.pitch, new.names):
            self._drawn = kept
        else:
            self.redraw()
        if self._selected in new.order:
            self.set_reactive(ControlGrid.cursor, new.order.index(self._selected))
        self.jump_again()


__all__ = ["ControlGrid", "Lit"]
