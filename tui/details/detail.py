"""A page over the desk: it scrolls, follows the night while it is open, and Escape closes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.segment import Segment
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Click, Resize
from textual.geometry import Size
from textual.theme import Theme

from tui.colours.themes import Look
from tui.details.dimmed import Veiled
from tui.panes.line_pane import LinePane

Line = list[Segment]


class Page(LinePane):
    """Lines to be read; the arrows scroll."""

    def __init__(self, detail: Detail) -> None:
        super().__init__()
        self._detail = detail
        self._written: dict[tuple[int, str], Sequence[Line]] = {}
        self._height_given = 0

    def write(self) -> None:
        """Write the page anew, at the place where the reader is."""
        self._written.clear()
        if self.is_attached:
            self.set_title(self._detail.heading(), self._detail.hint())
            if self.window.width:
                self.redraw()
                self.refresh(layout=self.line_count() != self._height_given)

    def line_count(self) -> int:
        """Give how many lines the page has at its width."""
        return len(self._lines(self.window.width))

    def _lines(self, width: int) -> Sequence[Line]:
        """Give the page's lines at a width, written once."""
        key = (max(1, width - 2), self.look.name)
        if key not in self._written:
            self._written[key] = self._detail.lines(key[0], self.look)
        return self._written[key]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Give the lines of the page, so that a short one is a small one."""
        del container, viewport
        self._height_given = len(self._lines(width))
        return self._height_given

    def row_count(self) -> int:
        """There is nothing to select."""
        return 0

    def line(self, index: int, width: int) -> Iterable[Segment]:
        """Give a line with a margin."""
        return [Segment(" ", self.look.base), *self._lines(width)[index]]

    def select(self, row: int) -> None:
        """Scroll instead: the rows are lines."""
        self.jump(min(row, self.max_scroll_y))

    def action_cursor_up(self) -> None:
        """Scroll up a line."""
        self.select(self.scroll_offset.y - 1)

    def action_cursor_down(self) -> None:
        """Scroll down a line."""
        self.select(self.scroll_offset.y + 1)

    def action_cursor_page_up(self) -> None:
        """Scroll up a page."""
        self.select(self.scroll_offset.y - self.page)

    def action_cursor_page_down(self) -> None:
        """Scroll down a page."""
        self.select(self.scroll_offset.y + self.page)

    def action_cursor_last(self) -> None:
        """Scroll to the end."""
        self.select(self.max_scroll_y)

    def action_open(self) -> None:
        """Follow the page's link, if it has one."""
        self._detail.action_follow()

    def on_click(self, event: Click) -> None:
        """Read on: a click selects nothing."""
        event.prevent_default()

    def watch_show_vertical_scrollbar(self) -> None:
        """Count the lines again: the scrollbar takes a cell of their width, or gives it back."""
        self.call_after_refresh(self._refit)

    def on_resize(self, event: Resize) -> None:
        """Keep the row in hand in sight."""
        del event
        self._refit()

    def _refit(self) -> None:
        self.redraw()
        self.show_cursor()

    def _theme_changed(self, theme: Theme) -> None:
        self._written.clear()
        super()._theme_changed(theme)


class Detail(Veiled[int | None]):
    """The base of the detail screens; a followed link is given back as the entry's number."""

    DEFAULT_CSS = """
    Detail { align: center middle; background: $background 60%; }
    Detail Page { width: 96%; max-width: 108; height: auto; max-height: 100%; margin: 1 0 0 0; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "close", "Close", show=False, id="detail.close"),
    ]

    def compose(self) -> ComposeResult:
        """Give the page."""
        yield Page(self)

    def on_mount(self) -> None:
        """Write the page and take the keys."""
        self.query_one(Page).write()
        self.query_one(Page).focus()

    def write(self) -> None:
        """Write the page anew when what it tells of has changed."""
        if self.is_mounted and self.is_attached:
            self.query_one(Page).write()

    def heading(self) -> str:
        """Give the title in the border."""
        return ""

    def hint(self) -> str:
        """Give the keys in the border."""
        return "Escape closes"

    def lines(self, width: int, look: Look) -> Sequence[Line]:
        """Give the page's lines at a width."""
        del width, look
        return []

    def action_close(self) -> None:
        """Go back to the desk."""
        self.dismiss(None)

    def action_follow(self) -> None:
        """Follow the page's link; by default there is none."""

    def on_click(self, event: Click) -> None:
        """Close on a click beside the page."""
        if event.widget is self:
            self.dismiss(None)
