"""A line to type an answer into."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Label

from tui.details.dimmed import Veiled


class Ask(Veiled[str | None]):
    """Asks one thing; gives what was typed, or None when left with escape."""

    DEFAULT_CSS = """
    Ask { align: center middle; background: $background 60%; }
    Ask > Vertical {
        width: 50; max-width: 90%; height: auto; padding: 0 1;
        border: round $accent; background: $panel;
    }
    Ask Label { width: 1fr; color: $text-muted; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Leave", show=False)]

    def __init__(self, question: str, hint: str) -> None:
        super().__init__()
        self._question = question
        self._hint = hint

    def compose(self) -> ComposeResult:
        """Show the question and a line."""
        with Vertical() as box:
            box.border_title = self._question
            yield Input(placeholder=self._hint, compact=True)
            yield Label("Enter goes there · esc leaves", markup=False)

    @on(Input.Submitted)
    def _answered(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip())

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)
