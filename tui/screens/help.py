"""Every key and what it does, the pane in hand first."""

from __future__ import annotations

from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.commands import COMMANDS, TITLES, Where
from tui.keymap import Keymap

_OF_PANE: dict[str, Where] = {"updates": "updates", "scoreboard": "grid", "grid": "grid"}


class Help(ModalScreen[None]):
    """A page of keys; any of escape, ? and q closes it."""

    DEFAULT_CSS = """
    Help { align: center middle; background: $background 60%; }
    Help > VerticalScroll {
        width: 84; max-width: 96%; height: auto; max-height: 90%;
        border: round $accent; background: $panel; padding: 0 2;
    }
    Help Static { width: 1fr; height: auto; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,f1,q", "dismiss", "Close", show=False),
        Binding("j", "scroll('down')", "Down", show=False),
        Binding("k", "scroll('up')", "Up", show=False),
    ]

    def __init__(self, pane: str = "updates", keys: Keymap | None = None) -> None:
        super().__init__()
        self._keys = keys or Keymap()
        self._first = _OF_PANE.get(pane, "updates")

    def compose(self) -> ComposeResult:
        """Lay the table out."""
        with VerticalScroll() as box:
            box.border_title = "Keys"
            palette = self._keys.label("palette")
            box.border_subtitle = f"esc closes · {palette} finds any command by name"
            yield Static(self.page(), markup=False)

    def page(self) -> Table:
        """Give the keys by place, the pane in hand first."""
        table = Table.grid(padding=(0, 2), expand=True)
        table.add_column(width=20, no_wrap=True, style="bold")
        table.add_column(ratio=1)
        order = sorted(TITLES, key=lambda where: (where != self._first, list(TITLES).index(where)))
        for where in order:
            chosen = [command for command in COMMANDS if command.where == where]
            if chosen:
                table.add_row(Text(f"\n{TITLES[where]}", "bold underline"), "")
            for command in chosen:
                table.add_row(Text(f"  {self._keys.label(command)}"), Text(command.help))
        return table

    def action_scroll(self, way: str) -> None:
        """Scroll by a line."""
        box = self.query_one(VerticalScroll)
        (box.scroll_down if way == "down" else box.scroll_up)(animate=False)
