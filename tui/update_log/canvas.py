"""The lines of the update log: drawn for the place in sight, looked through between the keys."""

from __future__ import annotations

from time import perf_counter
from typing import Final

from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from feed.model.entries import Entry
from feed.model.standing import Standing
from feed.model.terms import HouseStyle
from tui.panes.line_pane import LinePane
from tui.text.highlight import finder
from tui.text.terminal_text import counted, cut, cut_at_word, number, segment, width
from tui.update_log.counts import count_words
from tui.update_log.drawing import Page
from tui.update_log.rows import Keep, last_of
from tui.update_log.window import LogWindow

_AT_ONCE: Final = 1_000
"""Entries below and above that are looked at before anything is drawn."""
_PART: Final = 250
_SLICE: Final = 0.008
"""Seconds that a key may wait for the rest, which is looked at in between."""
_PAUSE: Final = 1 / 60
_SLICES_A_FRAME: Final = 6


class LogCanvas(LinePane):
    """Draws the entries of a standing, at the end that is followed or at the reader's place."""

    follow: reactive[bool] = reactive(True, init=False)
    """Keep the newest entry in view."""

    unread: reactive[int] = reactive(0, init=False)
    """Entries that came in below since the reader stopped following."""

    wraps: reactive[bool] = reactive(True, init=False)
    """Long sentences go on in a further line; otherwise they are cut."""

    class Counted(Message, namespace="update_log"):
        """More of the log has been looked through for what the filter lets through."""

        def can_replace(self, message: Message) -> bool:
            """Let the newest stand for all."""
            return isinstance(message, LogCanvas.Counted)

    def __init__(
        self,
        title: str = "Updates",
        *,
        max_rows: int = 1_000_000,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(title, id=id, classes=classes)
        self.sight = LogWindow(max_rows)
        """Rows and lines in sight."""
        self._standing = Standing()
        self._style: HouseStyle = "bbc"
        self._keep: Keep | None = None
        self._words: tuple[str, ...] = ()
        self._title = title
        self._seen = 0
        self.placing = False
        """The window is being put where it is, which is no wish of the reader's."""
        self.wanted: int | None = None
        """The position that the cursor is to stand on as soon as its row is found."""
        self._slices = 0

    def on_mount(self) -> None:
        """Look through a long log between the keys."""
        self._looking = self.set_interval(_PAUSE, self._look_on, pause=True)

    def show(
        self,
        standing: Standing,
        style: HouseStyle = "bbc",
        keep: Keep | None = None,
        words: tuple[str, ...] = (),
    ) -> None:
        """Draw the log of `standing`.

        Args:
            standing: where the night stands.
            style: the house style of the sentences.
            keep: chooses entries, one object for one choice; none chooses all.
            words: what the reader looks for, to be marked where it stands.
        """
        self._standing, self._style, self._keep, self._words = standing, style, keep, words
        self.redraw()

    @property
    def shown(self) -> int:
        """How many entries the filter lets through, as far as was looked."""
        return self.sight.rows.shown

    @property
    def counted(self) -> bool:
        """Every entry was looked at."""
        return self.sight.rows.complete

    @property
    def selected(self) -> Entry | None:
        """The entry under the cursor."""
        rows = self.sight.rows
        return rows.entry(self.cursor) if 0 <= self.cursor < len(rows) else None

    def redraw(self) -> None:
        """Take over the standing at the present size, at the same place."""
        if not self.is_attached or not self.window.width:
            return
        number, selected = self.sight.rows.number, self.selected
        page = Page(
            self._standing.log,
            self._standing.superseded,
            self._style,
            self.look,
            self.window.width,
            finder(self._words),
            self.wraps,
        )
        around = None if self.follow or selected is None else selected.seq
        anew = self.sight.take(page, self._keep, around)
        rows = self.sight.rows
        if anew:
            number, self.wanted = rows.number, around
            self._seen = 0 if self.follow else min(self._seen, len(rows.log))
        rows.grow(_AT_ONCE)
        self._look(_SLICE)
        self._keep_cursor(number)
        self.settle()

    def begin(self, around: int | None) -> None:
        """Look for the rows anew, around an entry's number or from the newest upwards."""
        rows = self.sight.rows
        self.sight.begin(around)
        self.wanted = around
        rows.grow(_AT_ONCE)
        self._keep_cursor(rows.number)

    def _look(self, seconds: float) -> None:
        """Look through the rest of the log for a while; come back to it when there is time."""
        rows, until = self.sight.rows, perf_counter() + seconds
        while not rows.complete and perf_counter() < until:
            rows.grow(_PART)
        if rows.complete:
            self._looking.pause()
        else:
            self._looking.resume()

    def _look_on(self) -> None:
        """Look through a further part, and show what it brought now and then."""
        rows = self.sight.rows
        number, count = rows.number, len(rows)
        self._look(_SLICE)
        self._slices += 1
        self._keep_cursor(number)
        in_sight = len(self.sight.sights)
        is_short = in_sight < self.window.height and len(rows) > count
        if is_short or rows.complete or self._slices % _SLICES_A_FRAME == 0:
            self.settle()
            self.post_message(self.Counted())

    def _keep_cursor(self, number: int) -> None:
        """Keep the cursor on its row, or put it on the one that is wanted when that is found."""
        rows = self.sight.rows
        row = self.cursor + number - rows.number
        if self.follow:
            row, self.wanted = len(rows) - 1, None
        elif self.wanted is not None:
            row = rows.row_at(self.wanted - 1)
            if row >= 0 or rows.complete:
                self.wanted = None
                self.sight.put_in_middle(max(0, row))
        self.set_reactive(LogCanvas.cursor, self.validate_cursor(row))

    def settle(self) -> None:
        """Lay out what is in sight and bring scrollbar, borders and unread into line with it."""
        sight, height = self.sight, self.window.height
        sight.settle(height, follow=self.follow)
        self.placing = True
        try:
            self.hold_lines(sight.total)
            self.jump(sight.above)
        finally:
            self.placing = False
        count = len(sight.rows.log)
        in_sight = sight.rows_in_sight()
        if self.follow:
            self._seen = count
        elif in_sight is not None:
            self._seen = min(count, max(self._seen, last_of(sight.rows[in_sight[1]]) + 1))
        self.unread = 0 if self.follow else sight.rows.count_from(self._seen)
        self._write_border()
        self.refresh()

    def watch_wraps(self) -> None:
        """Lay the sentences out anew, at the same place."""
        self.redraw()

    def _nothing(self) -> str:
        """Say why no line is to be seen."""
        if not self.counted:
            return ""
        return "Nothing matches." if self._keep is not None else "Nothing has come yet."

    def _write_border(self) -> None:
        room = self.window.width - 4
        self.set_title(count_words(self.sight.rows.kinds, self._title, room))
        if self.unread:
            self.border_subtitle = Content.styled(f" +{number(self.unread)} new · G ", self.badge)
            return
        total = len(self._standing.log)
        count = counted(total, "entry", "entries")
        if self._keep is not None:
            count = f"{number(self.sight.rows.shown)} of {count}"
        short = "following" if self.follow else "place held"
        subtitle = f"{short} · {count}"
        self.set_title(subtitle=subtitle if width(subtitle) <= room else cut_at_word(short, room))

    def watch_cursor(self, before: int, after: int) -> None:
        """Draw again; the window is moved by whoever moves the cursor."""
        del before, after
        self.refresh()

    def row_count(self) -> int:
        """Give how many rows there are."""
        return len(self.sight.rows)

    def line_count(self) -> int:
        """Give how many lines there are in all, as far as they are known."""
        return self.sight.total

    def row_of_line(self, line: int) -> int | None:
        """Give the row that a line in sight belongs to."""
        y = line - self.scroll_offset.y
        return self.sight.sights[y].row if 0 <= y < len(self.sight.sights) else None

    def render_line(self, y: int) -> Strip:
        """Draw one line of the window."""
        look, width = self.look, self.window.width
        if y >= len(self.sight.sights):
            said = "" if y or self.sight.sights else cut(self._nothing(), width)
            return Strip([segment(said, look.style(look.dim))]).crop_extend(0, width, look.base)
        sight = self.sight.sights[y]
        line = Strip(sight.line).crop_extend(0, width, look.base)
        marked = sight.row == self.cursor and not sight.is_day
        if not marked or not (self.has_focus or not self.follow):
            return line
        bar = Style(color=look.accent if self.has_focus else look.dim, bgcolor=look.cursor)
        return Strip([Segment("▌", bar), *_on_cursor(line.crop(1), look.base, look.cursor)], width)


def _on_cursor(line: Strip, base: Style, cursor: str) -> list[Segment]:
    """Give a line's segments on the cursor's background; filled badges keep their own."""
    under = Style(bgcolor=cursor)
    return [
        Segment(text, style + under if style and style.bgcolor == base.bgcolor else style)
        for text, style, _ in line
    ]
