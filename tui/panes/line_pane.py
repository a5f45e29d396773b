"""A titled pane that draws itself a line at a time, with a cursor over its rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Self

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Blur, Click, Focus, Resize
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.theme import Theme

from tui.colours.contrast import ink
from tui.colours.themes import Look, look_of
from tui.panes.pane_keys import PANE_KEYS
from tui.text.terminal_text import safe


def pane_binding(id_: str, action: str, title: str) -> Binding:
    """Return what binds the keys of an id to an action of the pane."""
    return Binding(",".join(PANE_KEYS[id_]), action, title, show=False, id=id_)


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

    cursor: reactive[int] = reactive(0, init=False)
    """The selected row, counted from 0 over all rows."""

    def __init__(
        self,
        title: str = "",
        *,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._title_words = self._subtitle_words = ""
        self._edge: Region | None = None
        self.set_title(title)

    @property
    def look(self) -> Look:
        """The colours to draw with."""
        return look_of(self.app)

    def set_title(self, title: str | None = None, subtitle: str | None = None) -> None:
        """Set the words in the top border (left) or the bottom border (right); never markup.

        Only a border whose words are others is drawn again, and of the pane its line alone.
        """
        gutter, (width, height) = self.gutter, self.outer_size
        if title is not None and (said := safe(title)) != self._title_words:
            self._title_words = said
            self._edge = Region(-gutter.left, -gutter.top, width, 1)
            self._write_title()
        if subtitle is not None and (said := safe(subtitle)) != self._subtitle_words:
            self._subtitle_words = said
            self._edge = Region(-gutter.left, height - gutter.top - 1, width, 1)
            self.border_subtitle = Content(said)
        self._edge = None

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

    def set_badge(self, words: str) -> None:
        """Set words on a badge in the bottom border."""
        if words != self._subtitle_words:
            self._subtitle_words = words
            self.border_subtitle = Content.styled(f" {safe(words)} ", self.badge)

    @property
    def badge(self) -> str:
        """The style of a badge in the border, readable under every theme."""
        accent = self.look.accent
        return f"bold {ink(accent)} on {accent}"

    def _write_title(self) -> None:
        """Write the title, its first part on a badge while the pane is in hand."""
        first, between, rest = self._title_words.partition(" · ")
        if self.has_focus and first:
            self.border_title = Content.assemble((f" {first} ", self.badge), between, rest)
        else:
            self.border_title = Content(self._title_words)

    def line_count(self) -> int:
        """Give how many lines there are in all."""
        return 0

    def line(self, index: int, width: int) -> Iterable[Segment]:
        """Give one line's segments; the pane cuts and pads them to `width`."""
        del index, width
        return ()

    def row_count(self) -> int:
        """Give how many rows the cursor can be on; by default every line."""
        return self.line_count()

    def line_of_row(self, row: int) -> int:
        """Give the line that a row begins on; by default row and line are the same."""
        return row

    def row_of_line(self, line: int) -> int | None:
        """Give the row that a line belongs to; none for a heading or a gap."""
        return line if 0 <= line < self.row_count() else None

    def redraw(self) -> None:
        """Take over a new number of lines and draw again, at the same place."""
        self.hold_lines(self.line_count())
        self.set_reactive(LinePane.cursor, self.validate_cursor(self.cursor))
        self.refresh()

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
            self.vertical_scrollbar.window_virtual_size = count
        if self.scroll_offset.y > max(0, count - height):
            self.jump(count - height)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the window."""
        width = self.window.width
        index = self.scroll_offset.y + y
        base = self.look.base
        if not 0 <= index < self.line_count():
            return Strip.blank(width, base)
        return Strip(self.line(index, width)).crop_extend(0, width, base).apply_style(base)

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
        self.refresh()

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

    def on_resize(self, event: Resize) -> None:
        """Keep the cursor in sight in a pane of another size."""
        del event
        self.redraw()

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Say in the title whether the keys go here."""
        super().watch_has_focus(_has_focus)
        self._write_title()

    def on_focus(self, event: Focus) -> None:
        """Show the cursor."""
        del event
        self.refresh()

    def on_blur(self, event: Blur) -> None:
        """Dim the cursor."""
        del event
        self.refresh()

    def _theme_changed(self, theme: Theme) -> None:
        del theme
        self._write_title()
        self.redraw()
