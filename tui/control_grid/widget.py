"""The council control grid: one cell a council, all of them in sight wherever that is possible."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.events import Resize
from textual.message import Message

from feed.model.entries import PlaceId
from feed.model.standing import CouncilStanding, Standing
from tui.control_grid.border import TITLE
from tui.control_grid.cells import face
from tui.control_grid.layout import Layout, layout, stands_alike
from tui.control_grid.mouse import GridMouse
from tui.control_grid.order import Group
from tui.control_grid.rows import Lit, Marks
from tui.panes.line_pane import pane_binding

_Change = tuple[CouncilStanding, CouncilStanding]
"""A council as it was and as it is."""


class ControlGrid(GridMouse):
    """Who controls what; the cursor's council is named in the border."""

    BINDINGS: ClassVar[list[BindingType]] = [
        pane_binding("grid.left", "cursor_left", "Left"),
        pane_binding("grid.right", "cursor_right", "Right"),
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
        self._told: Sequence[CouncilStanding] = ()

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
        marks = Marks(lit, fresh, watched)
        before, self._marks = self._marks, marks
        self._standing = standing
        changed = self._take(standing.councils or standing.ni_councils)
        if changed is None or not self._stand_alike(changed):
            self._lay_out_again()
        if lit is not before.lit:
            self.draw_again()
        elif self._layout is not None:
            again = before.fresh ^ fresh | before.watched ^ watched
            self.refresh_places({*again, *self._seen_in(changed or ())})
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

    def _take(self, councils: Sequence[CouncilStanding]) -> Sequence[_Change] | None:
        """Take councils over; give those that are not what they were, none if others are named."""
        told, self._told = self._told, councils
        if len(told) == len(councils) == len(self._councils):
            pairs = zip(told, councils, strict=True)
            changed = [(old, new) for old, new in pairs if old is not new]
            if all(old.id == new.id for old, new in changed):
                self._councils.update((new.id, new) for _, new in changed)
                return changed
        before, self._councils = self._councils, {council.id: council for council in councils}
        if before.keys() != self._councils.keys():
            return None
        return [(before[it.id], it) for it in councils if before[it.id] is not it]

    def _stand_alike(self, changed: Iterable[_Change]) -> bool:
        return all(stands_alike(old, new, self.group, self.sort) for old, new in changed)

    def _seen_in(self, changed: Iterable[_Change]) -> Iterable[PlaceId]:
        """Give the councils whose cells may look other than before."""
        by_face = self._marks.lit is None
        return (new.id for old, new in changed if not by_face or face(old) != face(new))

    def _lay_out_again(self) -> None:
        """Lay out anew; where everything stands as it stood, only what changed is drawn again."""
        old, self._layout = self._layout, None
        new = self.laid_out
        if old == new:
            self._layout = new = old
        else:
            self.redraw()
        if self._selected is not None and self._selected in new.places:
            self.set_reactive(ControlGrid.cursor, new.places[self._selected])
        self.jump_again()


__all__ = ["ControlGrid", "Lit"]
