"""The base of every dialog and page over the desk: what it is closed by, and what lies behind it.

A dialog that is closed, or that another one covers, takes nothing: so no key and no click, however
often it comes, closes more than the dialog that it was meant for, and the desk stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, ClassVar

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.app import ComposeResult, RenderResult
from textual.binding import Binding, BindingType
from textual.color import Color
from textual.css.styles import RulesMap
from textual.events import Click, Key, Resize
from textual.geometry import Size
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen, Screen
from textual.strip import Strip
from textual.style import Style
from textual.theme import Theme
from textual.visual import RenderOptions, Visual

from tui.colours.themes import Look
from tui.panes.line_pane import LinePane

Line = list[Segment]
_PLAIN = RichStyle()


class PageLines(LinePane):
    """Lines to be read; the arrows scroll."""

    def __init__(self, dialog: Dialog) -> None:
        super().__init__()
        self._dialog = dialog
        self._written: dict[tuple[int, str], Sequence[Line]] = {}
        self._height_given = 0

    def write(self) -> None:
        """Write the page anew, at the place where the reader is."""
        self._written.clear()
        if self.is_attached:
            self.set_title(self._dialog.heading(), self._dialog.hint())
            if self.window.width:
                self.redraw()
                self.refresh(layout=self.line_count() != self._height_given)

    def line_count(self) -> int:
        """Return how many lines the page has at its width."""
        return len(self._lines(self.window.width))

    def _lines(self, width: int) -> Sequence[Line]:
        """Return the page's lines at a width, written once."""
        key = (max(1, width - 2), self.look.name)
        if key not in self._written:
            self._written[key] = self._dialog.lines(key[0], self.look)
        return self._written[key]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the lines of the page, so that a short one is a small one.

        A long one gets its scrollbar at once, so that it is written for one width alone: a cell
        more saves no more than every other line, so that it would not do without.
        """
        del viewport
        count = len(self._lines(width - self.styles.scrollbar_size_vertical))
        if count > 2 * container.height:
            self.set_reactive(PageLines.show_vertical_scrollbar, True)
            self.set_reactive(PageLines.virtual_size, Size(0, count))
        else:
            count = len(self._lines(width))
        self._height_given = count
        return count

    def row_count(self) -> int:
        """There is nothing to select."""
        return 0

    def line(self, index: int, width: int) -> Iterable[Segment]:
        """Return a line with a margin."""
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
        self._dialog.action_follow()

    def on_click(self, event: Click) -> None:
        """Read on: a click selects nothing."""
        event.prevent_default()

    def refit(self) -> None:
        """Keep the row in hand in sight."""
        super().refit()
        self.show_cursor()

    def _theme_changed(self, theme: Theme) -> None:
        self._written.clear()
        super()._theme_changed(theme)


class Dialog(ModalScreen[None]):
    """A page of lines over the desk, which stays in sight behind it in other colours."""

    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background 60%; }
    Dialog PageLines {
        width: 96%; max-width: 108; height: auto; max-height: 100%; margin: 1 0 0 0;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "close", "Close", show=False, id="detail.close"),
    ]
    _is_closed = False

    def compose(self) -> ComposeResult:
        """Lay the page out."""
        yield PageLines(self)

    def on_mount(self) -> None:
        """Write the page and take the keys."""
        self.query_one(PageLines).write()
        self.query_one(PageLines).focus()

    def write(self) -> None:
        """Write the page anew when what it tells of has changed."""
        if self.is_mounted and self.is_attached:
            self.query_one(PageLines).write()

    def heading(self) -> str:
        """Return the title in the border."""
        return ""

    def hint(self) -> str:
        """Return the keys in the border."""
        return "Escape closes"

    def lines(self, width: int, look: Look) -> Sequence[Line]:
        """Return the page's lines at a width."""
        del width, look
        return []

    @property
    def is_on_top(self) -> bool:
        """Whether it is the one that keys and clicks are meant for.

        `is_current` is true of one that another dialog covers: closing it would close the other.
        """
        return not self._is_closed and self.is_active

    def close(self) -> bool:
        """Go back to what lies below; return whether it was there to be closed."""
        if not self.is_on_top:
            return False
        self._is_closed = True
        self.dismiss(None)
        return True

    def action_close(self) -> None:
        """Go back to what lies below."""
        self.close()

    def action_follow(self) -> None:
        """Follow the page's link; by default there is none."""

    def take_key(self, event: Key) -> bool:
        """Take a key before any binding has it; return whether it was taken: here only the late."""
        del event
        return not self.is_on_top

    def paste(self, text: str) -> None:
        """Take what was pasted: nothing, where there is no line to type into."""

    def on_click(self, event: Click) -> None:
        """Close on a click beside the page."""
        if event.widget is self:
            self.close()

    def render(self) -> RenderResult:  # type: ignore[override]  # a Visual is drawn too
        """Return the screen behind, however many pages lie between."""
        behind = super().render()
        if isinstance(behind, BackgroundScreen):
            stack = self.app.screen_stack
            below = [each for each in stack if each.is_running and not isinstance(each, Dialog)]
            return DimmedScreen(below[-1] if below else behind.screen, behind.color)
        return behind

    async def _on_resize(self, event: Resize) -> None:
        """Lay nothing out again, here and behind, when told of the size that it has anyway."""
        if event.size == self._compositor.size:
            event.stop()
            event.prevent_default()


class DimmedScreen(Visual):
    """A screen in another colour; each style of its is mixed once, not each of its segments."""

    def __init__(self, screen: Screen[Any], colour: Color) -> None:
        self._screen = screen
        self._colour = colour

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """Be as wide as there is room."""
        del rules
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Be as high as the screen behind."""
        del rules, width
        return self._screen.size.height

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """Return the lines of the screen behind in their new colours."""
        del width, style, options
        colour = self._colour
        return [
            Strip(
                [
                    Segment(text, _mixed(look or _PLAIN, colour))
                    for text, look, control in strip
                    if not control
                ],
                strip.cell_length,
            )
            for strip in self._screen._compositor.render_strips()[:height]  # noqa: SLF001
        ]


@lru_cache(maxsize=4096)
def _mixed(style: RichStyle, colour: Color) -> RichStyle:
    (segment,) = BackgroundScreen.process_segments((Segment(" ", style),), colour)
    return segment.style or _PLAIN
