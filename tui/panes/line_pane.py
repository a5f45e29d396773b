"""A titled pane that draws itself a line at a time, with a cursor over its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from math import ceil
from typing import ClassVar, Self

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click, Resize
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.strip import Strip
from textual.theme import Theme

from tui.colours.contrast import ink
from tui.colours.themes import Look, look_of
from tui.panes.drawn_lines import DrawnLines, FramedLines, Line
from tui.panes.pane_keys import PANE_KEYS
from tui.text.terminal_text import safe


def pane_binding(id_: str, action: str, title: str) -> Binding:
    """Return what binds the keys of an id to an action of the pane."""
    return Binding(",".join(PANE_KEYS[id_]), action, title, show=False, id=id_)


def _thumb(bar: ScrollBar) -> tuple[int, int]:
    """Return where the thumb of a scrollbar begins and ends, in the eighths that it is drawn in."""
    size, whole, window = bar.size.height, bar.window_virtual_size, bar.window_size
    if not size or whole <= window:
        return 0, size
    thumb = max(1, window * size / whole)
    begin = int(8 * (size - thumb) * bar.position / (whole - window))
    return begin, begin + ceil(8 * thumb)


class LinePane(ScrollView, can_focus=True, inherit_bindings=False):
    """The base of the panes: give `line_count` and `line`, get title, cursor, mouse and themes."""

    DEFAULT_CSS = """
    LinePane {
        border: round $border-blurred;
        border-title-color: $text-muted;
        border-title-style: bold;
        border-subtitle-color: $text-muted;
        border-subtitle-align: right;
        background: $background;
        color: $foreground;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
    }
    LinePane:focus { border: round $border; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        pane_binding("pane.up", "cursor_up", "Up"),
        pane_binding("pane.down", "cursor_down", "Down"),
        pane_binding("pane.page-up", "cursor_page_up", "Page up"),
        pane_binding("pane.page-down", "cursor_page_down", "Page down"),
        pane_binding("pane.first", "cursor_first", "First"),
        pane_binding("pane.last", "cursor_last", "Last"),
        pane_binding("pane.open", "open", "Open"),
    ]

    cursor: reactive[int] = reactive(0, init=False, repaint=False)
    """The selected row, counted from 0 over all rows."""

    def __init__(
        self,
        title: str = "",
        *,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._title_words = ""
        self._subtitle_words: str | Content = ""
        self._has_badge = False
        self._edge: Region | None = None
        self._thumb = (0, 0)
        self._drawn = DrawnLines()
        self._styles_cache = FramedLines()
        self.set_title(title)

    @property
    def look(self) -> Look:
        """The colours to draw with."""
        return look_of(self.app)

    def set_title(self, title: str | None = None, subtitle: str | Content | None = None) -> None:
        """Set the words in the top border (left) or the bottom border (right); never markup.

        Only a border whose words are others is drawn again, and of the pane its line alone.
        """
        if title is not None and (said := safe(title)) != self._title_words:
            self._title_words = said
            self._write_title()
        if subtitle is not None:
            words = subtitle if isinstance(subtitle, Content) else safe(subtitle)
            self._set_subtitle(words, is_badge=False)

    def set_badge(self, words: str) -> None:
        """Set words on a badge in the bottom border."""
        self._set_subtitle(safe(words), is_badge=True)

    def _set_subtitle(self, words: str | Content, *, is_badge: bool) -> None:
        if (words, is_badge) != (self._subtitle_words, self._has_badge):
            self._subtitle_words, self._has_badge = words, is_badge
            self._write_subtitle()

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Draw again; while a border is written, its line alone."""
        if self._edge is not None and not regions:
            regions = (self._edge,)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    @property
    def badge(self) -> str:
        """The style of a badge in the border, readable under every theme."""
        accent = self.look.accent
        return f"bold {ink(accent)} on {accent}"

    def _write_title(self) -> None:
        """Write the title, its first part on a badge while the pane is in hand."""
        first, between, rest = self._title_words.partition(" · ")
        if self.has_focus and first:
            words = Content.assemble((f" {first} ", self.badge), between, rest)
        else:
            words = Content(self._title_words)
        with self._border_line(-self.gutter.top):
            self.border_title = words

    def _write_subtitle(self) -> None:
        words = self._subtitle_words
        with self._border_line(self.outer_size.height - self.gutter.top - 1):
            self.border_subtitle = (
                Content.styled(f" {words} ", self.badge)
                if self._has_badge
                else words
                if isinstance(words, Content)
                else Content(words)
            )

    @contextmanager
    def _border_line(self, y: int) -> Iterator[None]:
        """Have a border that is written draw its line alone."""
        self._edge = Region(-self.gutter.left, y, self.outer_size.width, 1)
        try:
            yield
        finally:
            self._edge = None

    def line_count(self) -> int:
        """Return how many lines there are in all."""
        return 0

    def line(self, index: int, width: int) -> Iterable[Segment]:
        """Return one line's segments; the pane cuts and pads them to `width`."""
        del index, width
        return ()

    def row_count(self) -> int:
        """Return how many rows the cursor can be on; by default every line."""
        return self.line_count()

    def line_of_row(self, row: int) -> int:
        """Return the line that a row begins on; by default row and line are the same."""
        return row

    def row_of_line(self, line: int) -> int | None:
        """Return the row that a line belongs to; none for a heading or a gap."""
        return line if 0 <= line < self.row_count() else None

    def lines_in_window(self) -> Sequence[Line]:
        """Return the lines that are in sight, from the top of the window."""
        top, (width, height) = self.scroll_offset.y, self.window
        last = min(top + height, self.line_count())
        return [tuple(self.line(index, width)) for index in range(top, last)]

    def redraw(self) -> None:
        """Take over a new number of lines and draw what is other than before, at the same place."""
        self.hold_lines(self.line_count())
        self.set_reactive(LinePane.cursor, self.validate_cursor(self.cursor))
        self.paint()

    def paint(self) -> None:
        """Draw the lines in sight that are other than those on the screen."""
        if self.is_attached and self.window and (regions := self._take_lines()):
            self.refresh(*regions)
        if (
            self.show_vertical_scrollbar
            and (thumb := _thumb(self.vertical_scrollbar)) != self._thumb
        ):
            self._thumb = thumb
            self.vertical_scrollbar.refresh()

    def _take_lines(self) -> list[Region]:
        return self._drawn.take(self.lines_in_window(), self.window, self.look.base)

    def hold_lines(self, count: int) -> None:
        """Take over how many lines there are; only a scrollbar that comes or goes moves anything.

        Textual lays out the whole screen anew for every new size, which a pane that grows by a
        line ten times a second, or goes back by one at a key, cannot afford.
        """
        height, before = self.window.height, self.virtual_size.height
        if not height or (before > height) != (count > height):
            self.virtual_size = Size(0, count)
            return
        self.set_reactive(LinePane.virtual_size, Size(0, count))
        if self.show_vertical_scrollbar:
            self.vertical_scrollbar.set_reactive(ScrollBar.window_virtual_size, count)
        if self.scroll_offset.y > max(0, count - height):
            self.jump(count - height)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw lines of the pane, borders included."""
        if not self._drawn.fits(self.window, self.look.base):
            self._take_lines()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the window."""
        return self._drawn.strip(y)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Draw what scrolling has brought elsewhere: the base draws all lines."""
        if self.show_vertical_scrollbar:
            self.vertical_scrollbar.set_reactive(ScrollBar.position, int(new_value * 8) / 8)
        if round(old_value) != round(new_value):
            self.paint()

    @property
    def window(self) -> Size:
        """The cells that can be drawn on, without border and scrollbar."""
        return self.scrollable_content_region.size

    @property
    def page(self) -> int:
        """How many rows Page Up and Page Down move."""
        return max(1, self.window.height - 1)

    def select(self, row: int) -> None:
        """Put the cursor on a row."""
        self.cursor = row

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(cursor, self.row_count() - 1))

    def watch_cursor(self, before: int, after: int) -> None:
        """Draw the two rows again and keep the cursor in sight."""
        del before, after
        self.show_cursor()
        self.paint()

    def show_cursor(self) -> None:
        """Scroll as little as needed to bring the cursor's row into the window."""
        if not self.row_count():
            return
        line, top = self.line_of_row(self.cursor), self.scroll_offset.y
        height = self.window.height
        if line < top:
            self.jump(line)
        elif height and line >= top + height:
            self.jump(line - height + 1)

    def jump(self, y: int) -> None:
        """Scroll to a line at once, without animation."""
        self.scroll_to(y=max(0, y), animate=False, immediate=True, force=True)

    def action_cursor_up(self) -> None:
        """Select the row above."""
        self.select(self.cursor - 1)

    def action_cursor_down(self) -> None:
        """Select the row below."""
        self.select(self.cursor + 1)

    def action_cursor_page_up(self) -> None:
        """Select the row a page above."""
        self.select(self.cursor - self.page)

    def action_cursor_page_down(self) -> None:
        """Select the row a page below."""
        self.select(self.cursor + self.page)

    def action_cursor_first(self) -> None:
        """Select the first row."""
        self.select(0)

    def action_cursor_last(self) -> None:
        """Select the last row."""
        self.select(self.row_count() - 1)

    def action_open(self) -> None:
        """Open the selected row."""
        if self.row_count():
            self.row_opened(self.cursor)

    def row_opened(self, row: int) -> None:
        """Say that a row was opened, by Enter or by the mouse; for a subclass to post."""

    def on_click(self, event: Click) -> None:
        """Select the row under the mouse; open it when it was selected already."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        row = self.row_of_line(self.scroll_offset.y + offset.y)
        if row is None:
            return
        was_selected = row == self.cursor
        self.select(row)
        if was_selected:
            self.row_opened(row)

    def on_mount(self) -> None:
        """Draw again whenever the theme changes."""
        self.app.theme_changed_signal.subscribe(self, self._theme_changed)

    def on_unmount(self) -> None:
        """Hear no more of themes: who is told of them is kept for good."""
        self.app.theme_changed_signal.unsubscribe(self)

    def on_resize(self, event: Resize) -> None:
        """Draw for the new size."""
        del event
        self.refit()

    def watch_show_vertical_scrollbar(self) -> None:
        """Draw for another width: the scrollbar takes a cell of it, or gives it back."""
        self.call_after_refresh(self.refit)

    def refit(self) -> None:
        """Draw for a window of another size."""
        self.redraw()

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Say in the title whether the keys go here, and show the cursor or dim it."""
        super().watch_has_focus(_has_focus)
        self._write_title()
        self.paint()

    def _theme_changed(self, theme: Theme) -> None:
        del theme
        self._write_title()
        self._write_subtitle()
        self.redraw()
