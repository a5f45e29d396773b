"""The council control grid: one cell a council, all of them in sight wherever that is possible."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar, Literal

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.events import Blur, Click, Key, Leave, MouseMove, Resize
from textual.message import Message
from textual.reactive import reactive
from textual.theme import Theme

from feed.entries import PlaceId
from feed.standing import CouncilStanding, Standing
from tui.widgets import grid_moves
from tui.widgets.grid_cells import Cell, draw
from tui.widgets.grid_headings import draw_heading
from tui.widgets.grid_jump import Jump, jump_to
from tui.widgets.grid_layout import Heading, Layout, layout, stands_alike
from tui.widgets.grid_order import GROUP_TITLES, DensityChoice, Group, Sort
from tui.widgets.grid_words import named, progress
from tui.widgets.line_pane import LinePane

Lit = Callable[[CouncilStanding], bool]
"""Says which councils pass the filter; the others are dimmed."""
_TITLE = "Council control"
_NOTHING = "No councils yet: they stand here as soon as the feed names them."
_MOST_TYPED = 40
_ENDS_JUMP = frozenset({"escape", "left", "right", "pageup", "pagedown", "home", "end"})


class ControlGrid(LinePane):
    """Who controls what; the cursor's council is named in the border."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "cursor_left", "Left", show=False, id="grid.left"),
        Binding("right", "cursor_right", "Right", show=False, id="grid.right"),
    ]

    group: reactive[Group] = reactive("none", init=False)
    """What the councils are grouped by."""
    sort: reactive[Sort] = reactive("name", init=False)
    """The order inside a group."""
    density: reactive[DensityChoice] = reactive("auto", init=False)
    """How much of its name each council's cell says."""

    class CouncilOpened(Message):
        """Somebody asked for a council's detail."""

        def __init__(self, place: PlaceId) -> None:
            super().__init__()
            self.place = place
            """The council asked for."""

    class JumpChanged(Message):
        """Typing ahead has begun or ended."""

    def __init__(
        self,
        *,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(_TITLE, id=id, classes=classes)
        self._standing = Standing()
        self._lit: Lit | None = None
        self._since = ""
        self._fresh: frozenset[PlaceId] = frozenset()
        self._watched: frozenset[PlaceId] = frozenset()
        self._councils: dict[PlaceId, CouncilStanding] = {}
        self._layout: Layout | None = None
        self._laid_out_for = (0, 0)
        self._selected: PlaceId | None = None
        self._pointed: PlaceId | None = None
        self._jump: Jump | None = None
        self._drawn: dict[tuple[PlaceId, bool], tuple[Cell, tuple[Segment, ...]]] = {}

    @property
    def selected(self) -> PlaceId | None:
        """The council under the cursor."""
        order = self.laid_out.order
        return order[self.cursor] if 0 <= self.cursor < len(order) else None

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
            self._entitle()
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
            self._refresh_places(changed | again)
        self._say()

    def select_council(self, place: PlaceId) -> None:
        """Put the cursor on a council, if it is on the grid."""
        if place in self._councils:
            self._selected = place
            self.cursor = self.laid_out.order.index(place)

    def select_lit(self, direction: Literal[1, -1], *, from_start: bool = False) -> bool:
        """Select the next (1) or previous (-1) council that passes the filter; say if there is."""
        order, lit = self.laid_out.order, self._lit
        place = -1 if from_start else self.cursor
        while 0 <= (place := place + direction) < len(order):
            if lit is None or lit(self._councils[order[place]]):
                self.cursor = place
                return True
        return False

    @property
    def jumping(self) -> bool:
        """Whether letters are typed ahead, so that they are no commands."""
        return self._jump is not None

    def begin_jump(self) -> None:
        """Take the letters typed from now on for the beginning of a council's name."""
        self._jump_to("")

    def end_jump(self) -> None:
        """Let letters be commands again; the cursor stays where it has come to."""
        if self._jump is not None:
            self._jump = None
            self._entitle()
            self.post_message(self.JumpChanged())

    def on_key(self, event: Key) -> None:
        """While a name is typed, take its letters, and the keys that go from match to match."""
        if self._jump is None:
            return
        typed = self._jump.typed
        if event.key in _ENDS_JUMP:
            self.end_jump()
            if event.key != "escape":
                return
        elif event.key in {"up", "down"}:
            self._select_match(1 if event.key == "down" else -1)
        elif event.key == "backspace":
            self._jump_to(typed[:-1]) if typed else self.end_jump()
        elif event.key == "enter" and typed and not self._jump.found:
            pass
        elif event.character is None or not event.is_printable:
            self.end_jump()
            return
        elif len(typed) < _MOST_TYPED and (typed or event.character != " "):
            self._jump_to(typed + event.character)
        event.stop()
        event.prevent_default()

    def _jump_to(self, typed: str) -> None:
        begun = self._jump is None
        self._jump = jump_to(typed, self._in_order())
        self._select_match(0)
        if begun:
            self.post_message(self.JumpChanged())

    def _in_order(self) -> list[CouncilStanding]:
        return [self._councils[place] for place in self.laid_out.order]

    def _select_match(self, by: int) -> None:
        if self._jump is None:
            return
        place = self._jump.beside(self.selected, by) if by else next(iter(self._jump.found), None)
        if place is not None:
            self.cursor = self.laid_out.order.index(place)
        self._entitle()

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

    def row_opened(self, row: int) -> None:
        """Ask for the council's detail."""
        self.post_message(self.CouncilOpened(self.laid_out.order[row]))

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
        self._pointed = None if place is None else self.laid_out.order[place]
        self._say()

    def on_leave(self, event: Leave) -> None:
        """Name the cursor's council again."""
        del event
        self._pointed = None
        self._say()

    def on_blur(self, event: Blur) -> None:
        """End what was being typed; the base dims the cursor."""
        del event
        self.end_jump()

    def on_resize(self, event: Resize) -> None:
        """Lay everything out for the new size."""
        super().on_resize(event)
        event.prevent_default()
        self.show_cursor()
        self._say()

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Name the cursor's council while the grid has the focus."""
        super().watch_has_focus(_has_focus)
        self._say()

    def watch_cursor(self, before: int, after: int) -> None:
        """Draw the two cells again, keep the cursor in sight and name its council."""
        order = self.laid_out.order
        self._selected = self.selected
        self.show_cursor()
        self._refresh_places(order[place] for place in (before, after) if place < len(order))
        self._say()

    def watch_group(self, group: Group) -> None:
        """Lay the grid out in other groups."""
        del group
        self._entitle()
        self._lay_out_again()
        self._say()

    def watch_sort(self) -> None:
        """Lay the grid out in another order."""
        self._lay_out_again()
        self._say()

    def watch_density(self) -> None:
        """Lay the grid out with more or less of every name, the cursor in sight."""
        self._lay_out_again()
        self.show_cursor()

    def _under(self, event: Click | MouseMove) -> int | None:
        offset = event.get_content_offset(self)
        if offset is None or not self._councils:
            return None
        return self.laid_out.at(self.scroll_offset.y + offset.y, offset.x)

    def _move(self, rule: Callable[[Layout, int, int], int], by: int) -> None:
        if self._councils:
            self.cursor = rule(self.laid_out, self.cursor, by)

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
        if self._jump is not None:
            self._jump = jump_to(self._jump.typed, self._in_order())
            self._entitle()

    def _refresh_places(self, places: Iterable[PlaceId]) -> None:
        where = {place: at for at, place in enumerate(self.laid_out.order)}
        lines = {self.line_of_row(where[place]) for place in places if place in where}
        if self.group != "none":
            self.refresh()
            return
        for line in lines:
            self.refresh_line(line)

    def _entitle(self) -> None:
        if self._jump is not None:
            self.set_title(self._jump.title(self.selected))
            return
        parts = [_TITLE, f"changed {self._since}" if self._since else ""]
        parts.append("" if self.group == "none" else GROUP_TITLES[self.group])
        self.set_title(" · ".join(filter(None, parts)))

    def _say(self) -> None:
        place = self._pointed or (self.selected if self.has_focus else None)
        council = self._councils.get(place) if place else None
        if council is None:
            self.set_title(subtitle=progress(self._standing, self.sort))
        else:
            room = max(0, self.window.width - 4)
            self.set_title(subtitle=named(council, room, watched=council.id in self._watched))

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
