"""The tabs of a terminal too narrow for three panes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

from rich.segment import Segment
from textual.events import Click
from textual.message import Message

from tui.colours.themes import Look
from tui.panes.bar import Bar
from tui.text.terminal_text import segment, width

Pane = Literal["updates", "scoreboard", "grid"]
PANES: tuple[Pane, ...] = get_args(Pane)
_TABS: tuple[tuple[Pane, str], ...] = (
    ("updates", " 1 Updates "),
    ("scoreboard", " 2 Scoreboard "),
    ("grid", " 3 Control "),
)


class PaneTabs(Bar):
    """Names the three panes and marks the one that is shown."""

    class Chosen(Message):
        """A tab was clicked."""

        def __init__(self, pane: Pane) -> None:
            super().__init__()
            self.pane = pane
            """The pane asked for."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._pane: Pane = "updates"

    def show(self, pane: Pane) -> None:
        """Mark `pane` as the one shown."""
        self._pane = pane
        self.redraw()

    def bar_lines(self, width: int, look: Look) -> Sequence[Sequence[Segment]]:
        """Return the one line of tabs."""
        del width
        on, off = look.filled(look.accent), look.style(look.dim, look.bar)
        return ([segment(name, on if pane == self._pane else off) for pane, name in _TABS],)

    def on_click(self, event: Click) -> None:
        """Choose the tab under the mouse."""
        start = 0
        for pane, name in _TABS:
            if start <= event.x < start + width(name):
                self.post_message(self.Chosen(pane))
            start += width(name)
