"""A page of plain text over the desk: what did I miss, problems."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.glass import safe


class Page(ModalScreen[None]):
    """A titled page that scrolls; escape closes it. Its text is never parsed as markup."""

    DEFAULT_CSS = """
    Page { align: center middle; background: $background 60%; }
    Page > VerticalScroll {
        width: 100; max-width: 96%; height: auto; max-height: 90%;
        border: round $accent; background: $panel; padding: 0 2;
    }
    Page Static { width: 1fr; height: auto; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "dismiss", "Close", show=False),
        Binding("j", "scroll('down')", "Down", show=False),
        Binding("k", "scroll('up')", "Up", show=False),
    ]

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        """Show the text."""
        with VerticalScroll() as box:
            box.border_title = safe(self._title).replace("[", "\\[")
            box.border_subtitle = "esc closes"
            lines = Text("\n").join(self._line(line) for line in self._text.split("\n"))
            yield Static(lines, markup=False)

    def _line(self, line: str) -> Text:
        is_heading = bool(line) and not line.startswith(" ")
        return Text(safe(line), "bold" if is_heading else "")

    def action_scroll(self, way: str) -> None:
        """Scroll by a line."""
        box = self.query_one(VerticalScroll)
        (box.scroll_down if way == "down" else box.scroll_up)(animate=False)
