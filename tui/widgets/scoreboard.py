"""The party scoreboard: rows of figures, and under them what the pane's height allows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar, Literal, get_args

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.events import Click, Resize
from textual.message import Message
from textual.reactive import reactive
from textual.theme import Theme

from feed.parties import PartyId
from feed.standing import BoardRow, Standing
from tui.widgets.board_columns import Columns, columns, sorted_rows
from tui.widgets.board_fold import OTHERS, UNFOLDED, folded
from tui.widgets.board_links import Link, Linked, plain, under_cursor
from tui.widgets.board_next import LATE_AFTER
from tui.widgets.board_page import write_page
from tui.widgets.board_rows import Line
from tui.widgets.board_sections import footnotes, ni_lines
from tui.widgets.board_words import baseline_words
from tui.widgets.line_pane import LinePane

BoardSort = Literal["agency", "seats", "councils", "net"]
BOARD_SORTS: tuple[BoardSort, ...] = get_args(BoardSort)
_TITLE = "Scoreboard"
_SORT_TITLES = {
    "agency": "",
    "seats": " · by seats",
    "councils": " · by councils",
    "net": " · by net seats",
}
_NOTHING = "No figures yet."
_NARROW = 34


class Scoreboard(LinePane):
    """Councils and seats by party; the cursor picks a figure, Enter asks where it comes from."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "column_left", "Figure to the left", show=False, id="board.left"),
        Binding("right", "column_right", "Figure to the right", show=False, id="board.right"),
    ]

    column: reactive[int] = reactive(0, init=False)
    """The selected figure, counted over the columns that are shown."""
    sort: reactive[BoardSort] = reactive("agency", init=False)
    """The order of the rows."""

    class FigureOpened(Message):
        """Somebody asked where a figure comes from."""

        def __init__(self, party: PartyId, column: str) -> None:
            super().__init__()
            self.party = party
            """The row."""
            self.column = column
            """`councils`, `gained`, `lost`, `net`, `seats_won`, `seats_net[:<baseline>]`."""

    class LinkOpened(Message):
        """Somebody opened a line below the figures."""

        def __init__(self, link: Link) -> None:
            super().__init__()
            self.link = link
            """What it opens."""

    def __init__(
        self,
        *,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(_TITLE, id=id, classes=classes)
        self._standing = Standing()
        self._now: datetime | None = None
        self.late_after = LATE_AFTER
        """How long after its expected time a council is late."""
        self._since = ""
        self._unfolded = False
        self._lines: list[Line] | None = None
        self._links: list[tuple[int, Link]] = []
        self._drawn_for: tuple[object, ...] = ()

    @property
    def rows(self) -> Sequence[BoardRow]:
        """The rows in the order shown: parties, the small ones in one where room is short, NOC."""
        board, size, shown = self._standing.scoreboard, self.window, self.columns
        notes = footnotes(board, shown, _inside(size.width), self.look) if size.height else ()
        return folded(
            sorted_rows(board.rows, self.sort),
            size.height - 1 - len(notes) if size.height else len(board.rows),
            by_figure=self.sort != "agency",
            unfolded=self._unfolded,
        )

    @property
    def columns(self) -> Columns:
        """The columns that the pane has room for."""
        return columns(self._standing.scoreboard, _inside(self.window.width))

    def show(self, standing: Standing, now: datetime | None = None, *, since: str = "") -> None:
        """Draw `standing`.

        Args:
            standing: where the night stands.
            now: the feed's clock, against which a council is late.
            since: of which stretch the figures are, for the title; of the whole night if empty.

        """
        self._standing, self._now = standing, now
        if since != self._since:
            self._since = since
            self._entitle()
        self._draw_again()

    def line_count(self) -> int:
        """Give how many lines there are."""
        return len(self._all_lines())

    def row_count(self) -> int:
        """Give how many lines the cursor can be on: the parties, and what opens below them."""
        return self._parties + len(self.links)

    @property
    def _parties(self) -> int:
        apart = not self._standing.councils and self._standing.ni_councils
        return 0 if apart else len(self.rows)

    @property
    def links(self) -> list[tuple[int, Link]]:
        """The lines below the figures that open something."""
        if not self.is_attached:
            return []
        self._all_lines()
        return self._links

    def line_of_row(self, row: int) -> int:
        """Give the line of a row; the header stands above the parties."""
        return row + 1 if row < self._parties else self.links[row - self._parties][0]

    def row_of_line(self, line: int) -> int | None:
        """Give the row on a line; none for the header and what opens nothing."""
        if 1 <= line <= self._parties:
            return line - 1
        linked = (row for row, (at, _) in enumerate(self.links, self._parties) if at == line)
        return next(linked, None)

    def line(self, index: int, width: int) -> Iterable[Segment]:
        """Give one line of the board."""
        del width
        return self._all_lines()[index]

    def action_column_left(self) -> None:
        """Select the figure to the left."""
        self.column -= 1

    def action_column_right(self) -> None:
        """Select the figure to the right."""
        self.column += 1

    def validate_column(self, column: int) -> int:
        """Keep the cursor on a figure."""
        return max(0, min(column, len(self.columns.shown) - 1))

    def watch_column(self) -> None:
        """Draw the cursor at its new figure."""
        self._draw_again()

    def watch_cursor(self, before: int, after: int) -> None:
        """Draw the cursor at its new row."""
        del before, after
        self._draw_again()
        self.show_cursor()

    def watch_sort(self, sort: BoardSort) -> None:
        """Draw the rows in another order."""
        del sort
        self._entitle()
        self._draw_again()

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Show the cursor only while the board has the focus."""
        super().watch_has_focus(_has_focus)
        self._draw_again()

    def row_opened(self, row: int) -> None:
        """Ask where the selected figure comes from, or for what the line opens."""
        if row >= self._parties:
            self.post_message(self.LinkOpened(self.links[row - self._parties][1]))
            return
        party = self.rows[row].party
        if party in {OTHERS, UNFOLDED}:
            self._unfolded = not self._unfolded
            self._draw_again()
            return
        column = self.columns.shown[self.validate_column(self.column)]
        self.post_message(self.FigureOpened(party, column.id))

    def on_click(self, event: Click) -> None:
        """Select what is under the mouse and open it."""
        event.prevent_default()
        offset = event.get_content_offset(self)
        row = None if offset is None else self.row_of_line(self.scroll_offset.y + offset.y)
        if offset is None or row is None:
            return
        self.cursor = row
        column = self.columns.at(offset.x)
        if row >= self._parties:
            self.row_opened(row)
        elif column is not None:
            self.column = column
            self.row_opened(row)

    def on_resize(self, event: Resize) -> None:
        """Choose columns and sections for the new size."""
        self._lines = None
        super().on_resize(event)
        event.prevent_default()
        self._say()

    def _draw_again(self) -> None:
        """Draw only the lines that say something new."""
        old, self._lines = self._lines, None
        if not self.is_attached:
            return
        new = self._all_lines()
        if old is None or len(old) != len(new):
            self.redraw()
        else:
            for index, (before, after) in enumerate(zip(old, new, strict=True)):
                if before != after:
                    self.refresh_line(index)
        self._say()

    def _entitle(self) -> None:
        since = f" · {self._since}" if self._since else ""
        self.set_title(f"{_TITLE}{since}{_SORT_TITLES[self.sort]}")

    def _say(self) -> None:
        standing = self._standing
        board = standing.scoreboard if standing.councils else standing.ni_scoreboard
        words = baseline_words(board, max(0, self.window.width - 4))
        row = self.rows[self.cursor] if self.has_focus and self.cursor < self._parties else None
        if row is not None and row.party in {OTHERS, UNFOLDED}:
            words = f"{row.name} · Enter {'shows' if row.party == OTHERS else 'folds'} them"
        self.set_title(subtitle=words)

    def _all_lines(self) -> list[Line]:
        size = self.window
        if self._lines is None or self._drawn_for != size:
            self._drawn_for = size
            written = self._written(_inside(size.width), size.height)
            self._links = [(at, link) for at, (_, link) in enumerate(written) if link is not None]
            self._lines = [line for line, _ in written]
            self._mark_link(_inside(size.width))
        return self._lines

    def _written(self, width: int, height: int) -> list[Linked]:
        standing, look = self._standing, self.look
        if not standing.councils and standing.ni_councils:
            return ni_lines(standing, width, look, height)
        if not standing.scoreboard.rows:
            return plain([[Segment(_NOTHING[:width], look.style(look.dim))]])
        cursor = (self.cursor, self.column) if self.has_focus else None
        size = (width, height)
        late = self.late_after
        return write_page(standing, self.rows, self.columns, cursor, self._now, size, look, late)

    def _mark_link(self, width: int) -> None:
        """Draw the cursor on the line that it is on, below the figures."""
        link = self.cursor - self._parties
        if self.has_focus and self._lines is not None and 0 <= link < len(self._links):
            at = self._links[link][0]
            self._lines[at] = under_cursor(self._lines[at], width, self.look)

    def _theme_changed(self, theme: Theme) -> None:
        self._lines = None
        super()._theme_changed(theme)


def _inside(width: int) -> int:
    """Leave a cell free before the border, where there is one to spare."""
    return width - 1 if width > _NARROW else width
