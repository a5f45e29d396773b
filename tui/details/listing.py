"""A page of rows over the desk: the arrows choose one, Enter or a click opens it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import itemgetter
from types import MappingProxyType
from typing import overload

from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.events import Click, Key

from tui.colours.themes import Look, look_of
from tui.details.dialog import Dialog, Line, PageLines
from tui.panes.line_pane import LinePane
from tui.text.terminal_text import cut_at_part

HERE = "›"
Open = Callable[[str], None]
"""Opens the row of that key."""


@dataclass(frozen=True, slots=True)
class Row:
    """Some lines of the page; with a key they can be opened."""

    lines: Sequence[Line]
    key: str = ""
    below: int = 0
    """Blank lines after them."""


class LinesToCome(Sequence[Line]):
    """Lines of which only the number is known, until one of them is seen."""

    def __init__(self, count: int, write: Callable[[], Sequence[Line]]) -> None:
        self._count, self._write = count, write
        self._written: Sequence[Line] | None = None

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Line]: ...
    def __getitem__(self, index: int | slice) -> Line | Sequence[Line]:
        if self._written is None:
            self._written = self._write()
        return self._written[index]


class _PageOfRows(Sequence[Line]):
    """The lines of rows, one under the other."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = tuple(rows)
        sizes = (len(row.lines) + row.below for row in self.rows)
        self.starts = (0, *accumulate(sizes))
        """The line that each row begins on, and the number of all lines."""

    def __len__(self) -> int:
        return self.starts[-1]

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Line]: ...
    def __getitem__(self, index: int | slice) -> Line | Sequence[Line]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        if not 0 <= index < len(self):
            raise IndexError(index)
        at = bisect_right(self.starts, index) - 1
        lines, within = self.rows[at].lines, index - self.starts[at]
        return lines[within] if within < len(lines) else []


MakeRows = Callable[[int, Look], Iterable[Row]]
"""Makes the rows of a page at a width."""


@dataclass(frozen=True, slots=True)
class Spots:
    """The rows that open, from the top."""

    keys: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    """The first line of each, and the line after the last that says something."""

    def key(self, row: int) -> str:
        """Return what a row leads to; nothing where there is none."""
        return self.keys[row] if 0 <= row < len(self.keys) else ""


def nothing(key: str) -> None:
    """Open nothing: a page that stands by itself."""
    del key


class ListingLines(PageLines):
    """Lines to be read, with a cursor on the rows among them that open."""

    def __init__(self, listing: Listing) -> None:
        super().__init__(listing)
        self._listing = listing
        self._chosen = ""

    @property
    def spots(self) -> Spots:
        """Where the rows stand at the page's width."""
        return self._listing.spots(max(1, self.window.width - 2))

    def start_again(self) -> None:
        """Write the page anew with the cursor on its first row."""
        self._chosen = ""
        self.set_reactive(LinePane.cursor, 0)
        self.write()

    def write(self) -> None:
        """Write the page anew; the cursor stays on its row, wherever that now stands."""
        self._listing.forget()
        super().write()
        if self.is_attached and self.window:
            self._settle()
            self.call_after_refresh(self.show_cursor)

    def refit(self) -> None:
        """Keep the row in hand in sight, and as many keys in the border as fit."""
        super().refit()
        if self.window:
            self._settle()

    def _settle(self) -> None:
        """Say what can be done with the rows there are, with the cursor on the one it was on.

        Before the page has a size there are none: to break all lines for a width that nobody will
        see costs more than everything else.
        """
        keys, chosen = self.spots.keys, self._chosen
        hint, room = self._listing.hint_for(len(keys)), self.window.width - 4
        self.set_title(subtitle=cut_at_part(hint, room) if room > 0 else hint)
        if chosen in keys:
            self.set_reactive(LinePane.cursor, keys.index(chosen))
            self.paint()

    def watch_cursor(self, before: int, after: int) -> None:
        """Remember which row was chosen."""
        super().watch_cursor(before, after)
        self._chosen = self.spots.key(after)

    def row_count(self) -> int:
        """Return how many rows open."""
        return len(self.spots.keys)

    def line_of_row(self, row: int) -> int:
        """Return the first line of a row."""
        return self.spots.spans[row][0]

    def row_of_line(self, line: int) -> int | None:
        """Return the row that a line is of; none for what opens nothing."""
        spans = self.spots.spans
        row = bisect_right(spans, line, key=itemgetter(0)) - 1
        return row if row >= 0 and line < spans[row][1] else None

    select = LinePane.select
    action_cursor_up = LinePane.action_cursor_up
    action_cursor_down = LinePane.action_cursor_down
    action_cursor_last = LinePane.action_cursor_last

    def show_cursor(self) -> None:
        """Bring the whole row into the window; with the first one, what stands above it."""
        height = self.window.height
        if not self.row_count() or not height:
            return
        start, end = self.spots.spans[self.cursor]
        top = self.scroll_offset.y if self.cursor else 0
        wanted = min(start, end - height) if end > top + height else min(start, top)
        if wanted != self.scroll_offset.y:
            self.jump(wanted)

    def line(self, index: int, width: int) -> Iterable[Segment]:
        """Return a line with a margin; on the cursor's row it is marked, on a bar."""
        line = [*super().line(index, width)]
        if not self.row_count() or self.row_of_line(index) != self.cursor:
            return line
        bar = Style(bgcolor=self.look.cursor)
        first = index == self.line_of_row(self.cursor)
        mark = Segment(HERE if first else " ", self.look.style(self.look.accent, bold=True) + bar)
        told = [mark, *(Segment(each.text, _on(each.style, bar, self.look)) for each in line[1:])]
        return Segment.adjust_line_length(told, width, style=self.look.base + bar)

    def action_cursor_page_up(self) -> None:
        """Select the row a page above."""
        self._turn_page(-1)

    def action_cursor_page_down(self) -> None:
        """Select the row a page below."""
        self._turn_page(1)

    def action_open(self) -> None:
        """Open the row under the cursor."""
        self._listing.open_row(self.spots.key(self.cursor))

    def on_click(self, event: Click) -> None:
        """Open the row under the mouse."""
        event.prevent_default()
        event.stop()
        offset = event.get_content_offset(self)
        row = None if offset is None else self.row_of_line(self.scroll_offset.y + offset.y)
        if row is not None:
            self.select(row)
            self._listing.open_row(self.spots.key(row))

    def _turn_page(self, by: int) -> None:
        if not self.row_count():
            return
        wanted = self.line_of_row(self.cursor) + by * self.page
        rows = range(self.row_count())
        self.select(min(rows, key=lambda row: abs(self.line_of_row(row) - wanted)))


class Listing(Dialog):
    """The base of the pages whose rows open: give `rows`."""

    def __init__(self, opens: Open = nothing) -> None:
        super().__init__()
        self._opens = opens
        self._spots: dict[int, Spots] = {}

    def compose(self) -> ComposeResult:
        """Return the page."""
        yield ListingLines(self)

    def hint_for(self, count: int) -> str:
        """Return the keys in the border."""
        return f"Enter opens · {self.hint()}" if count else self.hint()

    def rows(self, width: int, look: Look) -> Iterable[Row]:
        """Return the page's rows at a width."""
        del width, look
        return ()

    def lines(self, width: int, look: Look) -> Sequence[Line]:
        """Write the page, and note where the rows stand that open."""
        page = _PageOfRows(self.rows(width, look))
        opening = [(row, at) for row, at in zip(page.rows, page.starts, strict=False) if row.key]
        self._spots[width] = Spots(
            tuple(row.key for row, _ in opening),
            tuple((at, at + len(row.lines)) for row, at in opening),
        )
        return page

    def spots(self, width: int) -> Spots:
        """Return where the rows stand at a width."""
        if width not in self._spots:
            self.lines(width, look_of(self.app))
        return self._spots[width]

    def forget(self) -> None:
        """Take over that the page has something new to say."""
        self._spots.clear()

    def open_row(self, key: str) -> None:
        """Open what a row leads to."""
        if key and self.is_on_top:
            self._opens(key)


class RowPage(Listing):
    """A titled page of rows that are made by a function, and made anew by another."""

    def __init__(
        self,
        title: str,
        make: MakeRows,
        opens: Open = nothing,
        also: Mapping[str, tuple[str, Callable[[], None]]] = MappingProxyType({}),
    ) -> None:
        """Make the page.

        Args:
            title: what stands in its border.
            make: makes its rows.
            opens: opens a row.
            also: what else can be done: a key, its word in the border, and what it does.
        """
        super().__init__(opens)
        self._title, self._make, self._also = title, make, also

    def show(self, title: str, make: MakeRows) -> None:
        """Show other rows from now on."""
        self._title, self._make = title, make
        self.write()

    def heading(self) -> str:
        """Return the title."""
        return self._title

    def hint(self) -> str:
        """Return the keys in the border, those of the page's own first."""
        words = [f"{key} {word}" for key, (word, _) in self._also.items()]
        return " · ".join([*words, "Escape closes"])

    def take_key(self, event: Key) -> bool:
        """Do what else the page can; return whether the key was one of those."""
        if super().take_key(event):
            return True
        if event.key not in self._also:
            return False
        self._also[event.key][1]()
        return True

    @property
    def chosen(self) -> str:
        """What the row under the cursor leads to; nothing where there is none."""
        lines = self.query_one(ListingLines)
        return lines.spots.key(lines.cursor)

    def rows(self, width: int, look: Look) -> Iterable[Row]:
        """Return the rows."""
        return self._make(width, look)


def _on(style: Style | None, bar: Style, look: Look) -> Style:
    """Return a style on the bar; what is filled keeps its own ground."""
    style = style or look.base
    plain = style.bgcolor is None or style.bgcolor == look.base.bgcolor
    return style + bar if plain else style
