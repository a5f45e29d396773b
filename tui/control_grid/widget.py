"""The council control grid: one cell a council, all of them in sight wherever that is possible."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import ClassVar, Literal

from rich.segment import Segment
from textual.binding import BindingType
from textual.events import Click, Key, Leave, MouseMove
from textual.message import Message
from textual.reactive import reactive

from feed.model.entries import PlaceId
from feed.model.standing import CouncilStanding, Standing
from tui.control_grid.cells import Lit, Marks, face
from tui.control_grid.drawing import TITLE, Brush, named, progress, title_words
from tui.control_grid.jump import Jump, jump_to
from tui.control_grid.layout import (
    Heading,
    Layout,
    across,
    down,
    layout,
    map_layout,
    region_layout,
    relaid,
)
from tui.control_grid.legend import fitting, legend, meanings
from tui.control_grid.order import DensityChoice, Group, GroupChoice, Sort
from tui.panes.drawn_lines import Line
from tui.panes.line_pane import LinePane, pane_binding

_Change = tuple[CouncilStanding, CouncilStanding]
"""A council as it was and as it is."""
_NOTHING = (
    "No councils yet: they stand here as soon as the feed names them.",
    "No councils yet: the feed will name them.",
    "No councils yet.",
)
_BY_REGION_FROM = 100
"""Columns of the terminal from which the councils stand by region where nobody says otherwise."""
_MOST_TYPED = 40
_ENDS_JUMP = frozenset({"escape", "left", "right", "pageup", "pagedown", "home", "end"})


class ControlGrid(LinePane):
    """Who controls what; the cursor's council is named in the border."""

    BINDINGS: ClassVar[list[BindingType]] = [
        pane_binding("grid.left", "cursor_left", "Left"),
        pane_binding("grid.right", "cursor_right", "Right"),
    ]

    group: reactive[GroupChoice] = reactive("auto", init=False, repaint=False)
    """What the councils are to be grouped by."""
    sort: reactive[Sort] = reactive("name", init=False, repaint=False)
    """The order inside a group."""
    density: reactive[DensityChoice] = reactive("auto", init=False, repaint=False)
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
        super().__init__(TITLE, id=id, classes=classes)
        self._standing = Standing()
        self._since = ""
        self._marks = Marks()
        self._councils: dict[PlaceId, CouncilStanding] = {}
        self._told: Sequence[CouncilStanding] = ()
        self._layout: Layout | None = None
        self._grouped: Group = "none"
        self._laid_out_for = (0, 0)
        self._tried_by_region = False
        self._brush: Brush | None = None
        self._kept: dict[int, tuple[int | None, Line]] = {}
        self._selected: PlaceId | None = None
        self._pointed: PlaceId | None = None
        self._jump: Jump | None = None

    @property
    def selected(self) -> PlaceId | None:
        """The council under the cursor."""
        order = self.laid_out.order
        return order[self.cursor] if 0 <= self.cursor < len(order) else None

    @property
    def lit_count(self) -> int:
        """How many councils pass the filter."""
        lit = self._marks.lit
        return sum(lit is None or lit(council) for council in self._councils.values())

    @property
    def laid_out(self) -> Layout:
        """Where everything stands at the pane's size."""
        width, height = self.window
        if self._layout is None or self._laid_out_for != (width, height):
            self._laid_out_for = (width, height)
            councils = list(self._councils.values())
            found = None
            if self.density == "map":
                found = map_layout(councils, self._standing.date, width, height)
            self._grouped = "none" if self.group == "auto" else self.group
            self._tried_by_region = found is None and self._goes_by_region(councils)
            if self._tried_by_region:
                found = region_layout(councils, width, height, self.sort, self.density)
                self._grouped = "none" if found is None else "region"
            self._layout = found or layout(
                councils, width, height, self._grouped, self.sort, self.density
            )
        return self._layout

    def _goes_by_region(self, councils: Sequence[CouncilStanding]) -> bool:
        """Whether the councils are to stand by region, if all of them are then in sight."""
        is_wide = self.app.size.width >= _BY_REGION_FROM
        return self.group == "auto" and is_wide and len({it.region for it in councils}) > 1

    @property
    def grouped(self) -> Group:
        """What the councils are grouped by at the pane's size."""
        return self._grouped if self.laid_out.tiles is None else "none"

    @property
    def is_map(self) -> bool:
        """Whether the councils lie on the tile map."""
        return self.density == "map" and self.laid_out.tiles is not None

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
        marks = Marks(lit, fresh, watched)
        if standing is self._standing and (marks, since) == (self._marks, self._since):
            return
        if since != self._since:
            self._since = since
            self.entitle()
        before, self._marks = self._marks, marks
        self._standing = standing
        changed = self._take(standing.councils or standing.ni_councils)
        again = before.fresh ^ fresh | before.watched ^ watched
        other = {*again, *self._seen_in(changed or ())}
        if lit is not before.lit:
            self._kept.clear()
            other = {*self._councils}
        if self._brush is not None:
            self._brush.forget(other)
        if not self._lay_out_after(changed):
            self._forget_lines_of(other)
        self.paint()
        self.say()

    def row_opened(self, row: int) -> None:
        """Ask for the council's detail."""
        self.post_message(self.CouncilOpened(self.laid_out.order[row]))

    def refit(self) -> None:
        """Lay everything out for the new size."""
        self._lay_out_again()
        super().refit()
        self.show_cursor()
        self.say()

    def watch_group(self) -> None:
        """Lay the grid out in other groups."""
        self._lay_out_again()
        self.say()

    def watch_sort(self) -> None:
        """Lay the grid out in another order."""
        self._lay_out_again()

    def watch_density(self) -> None:
        """Lay the grid out with more or less of every name, the cursor in sight."""
        self._lay_out_again()
        self.show_cursor()
        self.say()

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

    def _seen_in(self, changed: Iterable[_Change]) -> Iterable[PlaceId]:
        """Return the councils whose cells may look other than before."""
        by_face = self._marks.lit is None
        return (
            new.id
            for old, new in changed
            if not by_face or face(old) != face(new) or old.name != new.name
        )

    def _lay_out_again(self) -> None:
        """Lay out anew; where everything stands as it stood, only what changed is drawn again."""
        old, self._layout = self._layout, None
        self._stand_as(old, self.laid_out)

    def _lay_out_after(self, changed: Sequence[_Change] | None) -> bool:
        """Lay out what has moved since some councils changed; return whether anything has."""
        old, (width, height), new = self._layout, self.window, None
        if old is not None and changed is not None and self._laid_out_for == (width, height):
            new = relaid(old, self._councils, changed, width, height, self.grouped, self.sort)
            if new is old:
                return False
            if new is not None and self._tried_by_region:
                is_seen = self._grouped == "region" and len(new.rows) <= height
                new = new if is_seen else None
        self._layout = new
        return self._stand_as(old, self.laid_out)

    def _stand_as(self, old: Layout | None, new: Layout) -> bool:
        """Draw a layout after another; return whether anything stands elsewhere in it."""
        chosen, has_moved = self._selected, old != new
        if chosen is not None and chosen != self.selected and chosen in new.places:
            self.set_reactive(ControlGrid.cursor, new.places[chosen])
        if has_moved:
            self.redraw()
        self.entitle()
        self.jump_again()
        return has_moved

    def line_count(self) -> int:
        """Return the rows of the grid."""
        return len(self.laid_out.rows) if self._councils else 1

    def row_count(self) -> int:
        """Return how many councils the cursor can be on."""
        return len(self.laid_out.order)

    def line_of_row(self, row: int) -> int:
        """Return the line that a council stands on."""
        return self.laid_out.lines_of(row).start if 0 <= row < self.row_count() else 0

    def lines_in_window(self) -> list[Line]:
        """Return the lines that are in sight; those of which nothing has changed are kept."""
        if not self._councils:
            said = next((words for words in _NOTHING if len(words) <= self.window.width), "")
            return [(Segment(said, self.look.style(self.look.dim)),)]
        brush, chosen = self._brush_of_now(), self.cursor if self.has_focus else None
        under = range(0)
        if chosen is not None:
            under = brush.grid.lines_of(chosen)
        top, (width, height) = self.scroll_offset.y, self.window
        return [
            self._line(index, brush, chosen if index in under else None, width)
            for index in range(top, min(top + height, len(brush.grid.rows)))
        ]

    def _line(self, index: int, brush: Brush, chosen: int | None, width: int) -> Line:
        kept = self._kept.get(index)
        if kept is None or kept[0] != chosen:
            line = brush.line(index, self._councils, self._marks, chosen, width)
            kept = self._kept[index] = (chosen, line)
        return kept[1]

    def draw_again(self) -> None:
        """Draw every line again."""
        self._kept.clear()
        self._brush = None
        self.paint()

    def look_again_at(self, places: Collection[PlaceId]) -> None:
        """Look at the lines of some councils again."""
        if self._brush is not None:
            self._brush.forget(places)
        self._forget_lines_of(places)
        self.paint()

    def _forget_lines_of(self, places: Iterable[PlaceId]) -> None:
        """Forget the lines of some councils, and the headings that count them."""
        if not self._kept:
            return
        grid = self.laid_out
        councils = [grid.places[place] for place in places if place in grid.places]
        for index, row in enumerate(grid.rows) if self.grouped != "none" else ():
            if isinstance(row, Heading) and any(row.first <= at < row.last for at in councils):
                self._kept.pop(index, None)
        for council in councils:
            for line in grid.lines_of(council):
                self._kept.pop(line, None)

    def _brush_of_now(self) -> Brush:
        """Return the brush for the layout and the look of now; another one keeps no line."""
        brush, grid, look = self._brush, self.laid_out, self.look
        if brush is None:
            brush = self._brush = Brush(grid, look)
        elif brush.grid is not grid or brush.look is not look:
            if brush.grid != grid or brush.look is not look:
                self._kept.clear()
            brush = self._brush = brush.of(grid, look)
        return brush

    def entitle(self) -> None:
        """Write the top border: what is typed, while something is."""
        if self._jump is not None:
            self.set_title(self._jump.title(self.selected))
        else:
            order = None if self.is_map else self.sort
            self.set_title(title_words(self._since, self.grouped, order))

    def say(self) -> None:
        """Write the bottom border."""
        place = self._pointed or (self.selected if self.has_focus else None)
        council = self._councils.get(place) if place else None
        room = max(0, self.window.width - 4)
        if council is None:
            said = meanings(self._councils.values(), progress(self._standing))
            shown = fitting(said, room) if self._councils else ()
            self.set_title(subtitle=legend(shown, self.look, room))
        else:
            self.set_title(subtitle=named(council, room, watched=council.id in self._marks.watched))

    def point_at(self, place: PlaceId | None) -> None:
        """Name the council under the mouse; none for the cursor's again."""
        self._pointed = place
        self.say()

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Name the cursor's council while the grid has the focus."""
        super().watch_has_focus(_has_focus)
        self.say()

    def select_lit(self, direction: Literal[1, -1], *, from_start: bool = False) -> bool:
        """Select the next (1) or previous (-1) council that passes the filter; say if there is."""
        order, lit = self.laid_out.order, self._marks.lit
        place = -1 if from_start else self.cursor
        while 0 <= (place := place + direction) < len(order):
            if lit is None or lit(self._councils[order[place]]):
                self.cursor = place
                return True
        return False

    def action_cursor_up(self) -> None:
        """Select the council above."""
        self._move(down, -1)

    def action_cursor_down(self) -> None:
        """Select the council below."""
        self._move(down, 1)

    def action_cursor_left(self) -> None:
        """Select the council to the left."""
        self._move(across, -1)

    def action_cursor_right(self) -> None:
        """Select the council to the right."""
        self._move(across, 1)

    def action_cursor_page_up(self) -> None:
        """Select the council a page above."""
        self._move(down, -self.page)

    def action_cursor_page_down(self) -> None:
        """Select the council a page below."""
        self._move(down, self.page)

    def watch_cursor(self, before: int, after: int) -> None:
        """Draw the two cells again, keep the cursor in sight and name its council."""
        self._selected = self.selected
        super().watch_cursor(before, after)
        self.say()

    def _move(self, rule: Callable[[Layout, int, int], int], by: int) -> None:
        if self._councils:
            self.cursor = rule(self.laid_out, self.cursor, by)

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
            self.entitle()
            self.post_message(self.JumpChanged())

    def jump_again(self) -> None:
        """Look for what is typed among the councils of now."""
        if self._jump is not None:
            self._find(self._jump.typed)
            self.entitle()

    def take_key(self, event: Key) -> bool:
        """Take a key while a name is typed; return whether it was one of the name's.

        A letter goes on with it, up and down go from match to match, and the rest ends it.
        """
        if self._jump is None:
            return False
        typed = self._jump.typed
        if event.key in _ENDS_JUMP:
            self.end_jump()
            return event.key == "escape"
        if event.key in {"up", "down"}:
            self._select_match(1 if event.key == "down" else -1)
        elif event.key == "backspace":
            self._jump_to(typed[:-1]) if typed else self.end_jump()
        elif event.key == "enter" and typed and not self._jump.found:
            pass
        elif event.character is None or not event.is_printable:
            self.end_jump()
            return False
        else:
            self.jump_on(event.character)
        return True

    def jump_on(self, more: str) -> None:
        """Go on with the name by what was typed or pasted."""
        if self._jump is not None:
            typed = (self._jump.typed + " ".join(more.split("\n"))).lstrip()
            kept = "".join(char for char in typed if char.isprintable())[:_MOST_TYPED]
            if kept != self._jump.typed:
                self._jump_to(kept)

    def _jump_to(self, typed: str) -> None:
        begun = self._jump is None
        self._find(typed)
        self._select_match(0)
        if begun:
            self.post_message(self.JumpChanged())

    def _find(self, typed: str) -> None:
        by_name = sorted(self._councils.values(), key=lambda council: council.name_order)
        self._jump = jump_to(typed, by_name)

    def _select_match(self, by: int) -> None:
        if self._jump is None:
            return
        place = self._jump.beside(self.selected, by) if by else next(iter(self._jump.found), None)
        if place is not None:
            self.cursor = self.laid_out.places[place]
        self.entitle()
