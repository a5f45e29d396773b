"""The party scoreboard: councils and seats by party; the cursor picks a figure or a line below."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal, get_args

from rich.segment import Segment
from textual.binding import BindingType
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.theme import Theme

from feed.model.parties import PartyId
from feed.model.standing import BoardRow, Standing
from feed.model.terms import LATE_AFTER
from tui.panes.line_pane import LinePane, pane_binding
from tui.scoreboard.columns import Columns, columns, sorted_rows
from tui.scoreboard.fold import OTHERS, UNFOLDED, folded
from tui.scoreboard.page import footnotes, ni_lines, write_page
from tui.scoreboard.rows import Line, Link, Linked, plain, under_cursor
from tui.scoreboard.words import baseline_words

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


@dataclass(frozen=True, slots=True)
class _Drawn:
    """The board as it was drawn for a size."""

    size: Size
    columns: Columns
    rows: Sequence[BoardRow]
    lines: list[Line]
    links: list[tuple[int, Link]]


class Scoreboard(LinePane):
    """Councils and seats by party; the cursor picks a figure, Enter asks where it comes from."""

    BINDINGS: ClassVar[list[BindingType]] = [
        pane_binding("board.left", "column_left", "Figure to the left"),
        pane_binding("board.right", "column_right", "Figure to the right"),
    ]

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

    column: reactive[int] = reactive(0, init=False, repaint=False)
    """The selected figure, counted over the columns that are shown."""
    sort: reactive[BoardSort] = reactive("agency", init=False, repaint=False)
    """The order of the rows."""

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
        self._board_drawn: _Drawn | None = None

    @property
    def rows(self) -> Sequence[BoardRow]:
        """The rows in the order shown: parties, the small ones in one where room is short, NOC."""
        return self._board().rows

    @property
    def columns(self) -> Columns:
        """The columns that the pane has room for."""
        return self._board().columns

    @property
    def links(self) -> list[tuple[int, Link]]:
        """The lines below the figures that open something."""
        return self._board().links

    @property
    def parties(self) -> int:
        """How many rows of figures there are; none where only Northern Ireland is up."""
        apart = not self._standing.councils and self._standing.ni_councils
        return 0 if apart else len(self.rows)

    def show(self, standing: Standing, now: datetime | None = None, *, since: str = "") -> None:
        """Draw `standing`.

        Args:
            standing: where the night stands.
            now: the feed's clock, against which a council is late.
            since: of which stretch the figures are, for the title; of the whole night if empty.

        """
        if standing is self._standing and (_begun(now), since) == (_begun(self._now), self._since):
            return
        self._standing, self._now = standing, now
        if since != self._since:
            self._since = since
            self._entitle()
        self._draw_again()

    def line_count(self) -> int:
        """Return how many lines there are."""
        return len(self._board().lines)

    def row_count(self) -> int:
        """Return how many lines the cursor can be on: the parties, and what opens below them."""
        return self.parties + len(self.links)

    def line_of_row(self, row: int) -> int:
        """Return the line of a row; the header stands above the parties."""
        parties = self.parties
        return row + 1 if row < parties else self.links[row - parties][0]

    def row_of_line(self, line: int) -> int | None:
        """Return the row on a line; none for the header and what opens nothing."""
        parties = self.parties
        if 1 <= line <= parties:
            return line - 1
        linked = (row for row, (at, _) in enumerate(self.links, parties) if at == line)
        return next(linked, None)

    def lines_in_window(self) -> Sequence[Line]:
        """Return the lines of the board that are in sight."""
        top = self.scroll_offset.y
        return self._board().lines[top : top + self.window.height]

    def fold_or_unfold(self) -> None:
        """Show the small parties that stand in one row, or put them together again."""
        self._unfolded = not self._unfolded
        self._draw_again()

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

    def refit(self) -> None:
        """Choose columns and sections for the new size."""
        self._board_drawn = None
        super().refit()
        self._say()

    def redraw(self) -> None:
        """Draw the board; where fewer lines open something, with the cursor on one that does."""
        before = self.cursor
        self.set_reactive(LinePane.cursor, self.validate_cursor(before))
        if self.cursor != before:
            self._board_drawn = None
        super().redraw()

    def _draw_again(self) -> None:
        """Draw only the lines that say something new."""
        self._board_drawn = None
        if self.is_attached:
            self.redraw()
            self._say()

    def _entitle(self) -> None:
        since = f" · {self._since}" if self._since else ""
        self.set_title(f"{_TITLE}{since}{_SORT_TITLES[self.sort]}")

    def _say(self) -> None:
        standing = self._standing
        board = standing.scoreboard if standing.councils else standing.ni_scoreboard
        words = baseline_words(board, max(0, self.window.width - 4))
        row = self.rows[self.cursor] if self.has_focus and self.cursor < self.parties else None
        if row is not None and row.party in {OTHERS, UNFOLDED}:
            words = f"{row.name} · Enter {'shows' if row.party == OTHERS else 'folds'} them"
        self.set_title(subtitle=words)

    def _board(self) -> _Drawn:
        """Return the board for the pane as it is; before the pane is there, its rows alone."""
        if not self.is_attached:
            return self._draw(Size(0, 0), written=False)
        if self._board_drawn is None or self._board_drawn.size != self.window:
            self._board_drawn = self._draw(self.window, written=True)
            self._mark_link(self._board_drawn)
        return self._board_drawn

    def _draw(self, size: Size, *, written: bool) -> _Drawn:
        board, width = self._standing.scoreboard, _inside(size.width)
        shown = columns(board, width)
        notes = footnotes(board, shown, width, self.look) if size.height else ()
        rows = folded(
            sorted_rows(board.rows, self.sort),
            size.height - 1 - len(notes) if size.height else len(board.rows),
            by_figure=self.sort != "agency",
            unfolded=self._unfolded,
        )
        page = self._written(rows, shown, width, size.height) if written else []
        links = [(at, link) for at, (_, link) in enumerate(page) if link is not None]
        return _Drawn(size, shown, rows, [line for line, _ in page], links)

    def _written(
        self, rows: Sequence[BoardRow], shown: Columns, width: int, height: int
    ) -> list[Linked]:
        standing, look = self._standing, self.look
        if not standing.councils and standing.ni_councils:
            return ni_lines(standing, width, look, height)
        if not standing.scoreboard.rows:
            return plain([[Segment(_NOTHING[:width], look.style(look.dim))]])
        cursor = (self.cursor, self.column) if self.has_focus else None
        size, late = (width, height), self.late_after
        return write_page(standing, rows, shown, cursor, self._now, size, look, late)

    def _mark_link(self, drawn: _Drawn) -> None:
        """Draw the cursor on the line that it is on, below the figures."""
        link = self.cursor - self.parties
        if self.has_focus and 0 <= link < len(drawn.links):
            at, width = drawn.links[link][0], _inside(drawn.size.width)
            drawn.lines[at] = under_cursor(drawn.lines[at], width, self.look)

    def _theme_changed(self, theme: Theme) -> None:
        self._board_drawn = None
        super()._theme_changed(theme)

    def action_column_left(self) -> None:
        """Select the figure to the left."""
        self.column -= 1

    def action_column_right(self) -> None:
        """Select the figure to the right."""
        self.column += 1

    def row_opened(self, row: int) -> None:
        """Ask where the selected figure comes from, or for what the line opens."""
        if row >= self.parties:
            self.post_message(self.LinkOpened(self.links[row - self.parties][1]))
            return
        party = self.rows[row].party
        if party in {OTHERS, UNFOLDED}:
            self.fold_or_unfold()
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
        if row >= self.parties:
            self.row_opened(row)
        elif column is not None:
            self.column = column
            self.row_opened(row)


def _begun(now: datetime | None) -> int | None:
    """Return the minute that a moment is in, its end included: no figure changes within it."""
    return None if now is None else math.ceil(now.timestamp() / 60)


def _inside(width: int) -> int:
    """Leave a cell free before the border, where there is one to spare."""
    return width - 1 if width > _NARROW else width
