"""The update log: newest at the bottom, following until the reader scrolls up."""

from __future__ import annotations

from time import perf_counter
from typing import ClassVar, Final, Literal

from rich.segment import Segment
from rich.style import Style
from textual.binding import BindingType
from textual.events import Click, MouseScrollDown, MouseScrollUp
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from feed.english import counted, number
from feed.model.entries import Entry
from feed.model.standing import Standing
from feed.model.terms import HouseStyle
from tui.panes.drawn_lines import Line
from tui.panes.line_pane import LinePane, pane_binding
from tui.text.highlight import finder
from tui.text.terminal_text import cut, cut_at_word, segment, width
from tui.update_log.badges import Judged, count_words, counted_kinds
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


_WHEEL_LINES = 3


class UpdateLog(LinePane):
    """The entries of a standing as lines, at the end that is followed or at the reader's place."""

    DEFAULT_CSS = """
    UpdateLog { overflow-y: scroll; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        pane_binding("log.follow", "toggle_follow", "Follow"),
    ]

    follow: reactive[bool] = reactive(True, init=False, repaint=False)
    """Keep the newest entry in view."""

    unread: reactive[int] = reactive(0, init=False, repaint=False)
    """Entries that came in below since the reader stopped following."""

    moves: reactive[bool] = reactive(True, init=False, repaint=False)
    """Whether new entries come, so that following means something."""
    wraps: reactive[bool] = reactive(True, init=False, repaint=False)
    """Long sentences go on in a further line; otherwise they are cut."""

    class Counted(Message):
        """More of the log has been looked through for what the filter lets through."""

        def can_replace(self, message: Message) -> bool:
            """Let the newest stand for all."""
            return isinstance(message, UpdateLog.Counted)

    class FollowChanged(Message):
        """The log follows the newest entry now, or holds the reader's place."""

        def __init__(self, follow: bool) -> None:
            super().__init__()
            self.follow = follow

    class EntryOpened(Message):
        """The reader opened an entry."""

        def __init__(self, seq: int) -> None:
            super().__init__()
            self.seq = seq
            """Its number in the log."""

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
        self._judged: Judged = {}
        self._judged_by: Keep | None = None
        self._words: tuple[str, ...] = ()
        self.waits_for = "Nothing has come yet."
        """What is said while there is no line."""
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
        known = standing is self._standing and keep is self._keep
        if known and (style, words) == (self._style, self._words):
            return
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
        if self._judged_by is not self._keep or not self.sight.rows.continues(page.log):
            self._judged_by, self._judged = self._keep, {}
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
        self.set_reactive(UpdateLog.cursor, self.validate_cursor(row))

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
        self.paint()

    def watch_moves(self) -> None:
        """Say in the border whether anything is followed."""
        self._write_border()

    def watch_wraps(self) -> None:
        """Lay the sentences out anew, at the same place."""
        self.redraw()

    def _nothing(self) -> str:
        """Return why no line is to be seen."""
        if not self.counted:
            return ""
        return "Nothing matches." if self._keep is not None else self.waits_for

    def _write_border(self) -> None:
        room = self.window.width - 4
        kinds = counted_kinds(self.sight.rows.kinds, self._standing, self._keep, self._judged)
        self.set_title(count_words(kinds, self._title, room))
        if self.unread:
            self.set_badge(f"+{number(self.unread)} new · G")
            return
        total = len(self._standing.log)
        count = counted(total, "entry", "entries")
        if self._keep is not None:
            count = f"{number(self.sight.rows.shown)} of {count}"
        short = ("following" if self.moves else "at the newest") if self.follow else "place held"
        subtitle = f"{short} · {count}"
        self.set_title(subtitle=subtitle if width(subtitle) <= room else cut_at_word(short, room))

    def watch_cursor(self, before: int, after: int) -> None:
        """Draw the two rows again; the window is moved by whoever moves the cursor."""
        del before, after
        self.paint()

    def row_count(self) -> int:
        """Return how many rows there are."""
        return len(self.sight.rows)

    def line_count(self) -> int:
        """Return how many lines there are in all, as far as they are known."""
        return self.sight.total

    def row_of_line(self, line: int) -> int | None:
        """Return the row that a line in sight belongs to."""
        y = line - self.scroll_offset.y
        return self.sight.sights[y].row if 0 <= y < len(self.sight.sights) else None

    def paint(self) -> None:
        """Draw what is other than before, once the window is where it is being put."""
        if not self.placing:
            super().paint()

    def lines_in_window(self) -> list[Line]:
        """Return the lines that are in sight, the cursor's row on a bar."""
        sights, look = self.sight.sights, self.look
        if not sights:
            said = cut(self._nothing(), self.window.width)
            return [(segment(said, look.style(look.dim)),)]
        if self.follow and not self.has_focus:
            return [sight.line for sight in sights]
        bar = Style(color=look.accent if self.has_focus else look.dim, bgcolor=look.cursor)
        return [
            self._on_bar(sight.line, bar)
            if sight.row == self.cursor and not sight.is_day
            else sight.line
            for sight in sights
        ]

    def _on_bar(self, line: Line, bar: Style) -> Line:
        base, width = self.look.base, self.window.width
        under = Strip(line).crop_extend(0, width, base).crop(1)
        return (Segment("▌", bar), *_on_cursor(under, base, self.look.cursor))

    def next_row(self, direction: Literal[1, -1]) -> bool:
        """Select the next (1) or previous (-1) row; say whether there is one."""
        row = self.cursor + direction
        if not 0 <= row < len(self.sight.rows):
            return False
        self._jump_to(row)
        return True

    def next_trouble(self, direction: Literal[1, -1]) -> bool:
        """Select the next or previous problem or correction; say whether there is one."""
        row = self.sight.rows.trouble(self.cursor, direction)
        if row < 0:
            return False
        self._jump_to(row)
        return True

    def _jump_to(self, row: int) -> None:
        """Select a row, with what stands around it when it was out of sight."""
        in_sight = self.sight.rows_in_sight()
        if in_sight is None or not in_sight[0] <= row <= in_sight[1]:
            self.sight.put_in_middle(row)
        self.select(row)

    def watch_follow(self, follow: bool) -> None:
        """Go to the newest entry, or hold the place from now on."""
        if self.is_attached and self.window.width:
            if follow:
                if not self.sight.rows.reaches_end:
                    self.begin(None)
                self.cursor = len(self.sight.rows) - 1
            self.settle()
        self.post_message(self.FollowChanged(follow))

    def scroll_to(self, x: float | None = None, y: float | None = None, **how: object) -> None:
        """Go to a line at once, as the scrollbar and Textual's own scrolling ask for it.

        Never animated: rows are measured on the way, which moves the end while it is approached.
        """
        del how
        if self.placing:
            super().scroll_to(x, y, animate=False, force=True, immediate=True)
        elif y is not None and self.is_attached:
            self._moved(at_end=self.sight.scroll_to(max(0, round(y))))

    def scroll_lines(self, lines: int) -> None:
        """Scroll down by `lines`, up where they are negative."""
        self._moved(at_end=self.sight.scroll(lines))

    def _moved(self, *, at_end: bool) -> None:
        """Take over that the reader moved the window, and keep the cursor in it."""
        if self.follow != at_end:
            self.follow = at_end
        else:
            self.settle()
        in_sight = self.sight.rows_in_sight()
        if in_sight is not None and not self.follow:
            self.cursor = max(in_sight[0], min(self.cursor, in_sight[1]))

    def select(self, row: int) -> None:
        """Put the cursor on a row; the newest one is followed from then on."""
        if not len(self.sight.rows):
            return
        row, self.wanted = self.validate_cursor(row), None
        is_newest = row == len(self.sight.rows) - 1 and self.sight.rows.reaches_end
        self.cursor = row
        if not is_newest:
            self.sight.bring(row)
        if self.follow != is_newest:
            self.follow = is_newest
        else:
            self.settle()

    def action_toggle_follow(self) -> None:
        """Follow the newest entry, or stop following."""
        self.follow = not self.follow

    def action_cursor_first(self) -> None:
        """Go to the oldest entry."""
        if not self.sight.rows.reaches_start:
            self.follow = False
            self.begin(0)
        self.select(0)

    def action_cursor_last(self) -> None:
        """Go to the newest entry and follow."""
        if not self.sight.rows.reaches_end:
            self.begin(None)
        self.select(self.row_count() - 1)

    def action_cursor_page_up(self) -> None:
        """Scroll a page up and select the first row in sight."""
        self._page(-1)

    def action_cursor_page_down(self) -> None:
        """Scroll a page down and select the last row in sight."""
        self._page(1)

    def _page(self, direction: Literal[1, -1]) -> None:
        self.scroll_lines(direction * self.page)
        in_sight = self.sight.rows_in_sight()
        if in_sight is None or self.follow:
            return
        at_top = self.sight.above == 0
        if direction < 0:
            self.cursor = 0 if at_top else in_sight[0]
        else:
            self.cursor = in_sight[1]

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """Scroll down a few lines."""
        event.prevent_default()
        event.stop()
        self.scroll_lines(_WHEEL_LINES)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """Scroll up a few lines."""
        event.prevent_default()
        event.stop()
        self.scroll_lines(-_WHEEL_LINES)

    def row_opened(self, row: int) -> None:
        """Say which entry the reader opened."""
        self.post_message(self.EntryOpened(self.sight.rows.entry(row).seq))

    def on_click(self, event: Click) -> None:
        """Go to the newest entry when the badge in the lower border is clicked."""
        on_border = event.get_content_offset(self) is None
        if self.unread and on_border and event.y == self.outer_size.height - 1:
            self.follow = True


def _on_cursor(line: Strip, base: Style, cursor: str) -> list[Segment]:
    """Return a line's segments on the cursor's background; filled badges keep their own."""
    under = Style(bgcolor=cursor)
    return [
        Segment(text, style + under if style and style.bgcolor == base.bgcolor else style)
        for text, style, _ in line
    ]
