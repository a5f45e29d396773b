"""The desk before anything is known: its panes at their places, while the rest is read."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.containers import Container
from textual.events import Resize
from textual.screen import Screen
from textual.widgets import Static


def layout_classes(width: int, height: int) -> Mapping[str, bool]:
    """Return which ways of laying the panes out hold on so many columns and rows."""
    return {
        "-tiny": width < 40 or height < 10,
        "-narrow": width < 80,
        "-medium": 80 <= width < 120,
        "-roomy": 140 <= width < 180,
        "-wide": width >= 180,
    }


class SkeletonScreen(Screen[None]):
    """Stands where the desk will be, so that the first frame waits for no import."""

    DEFAULT_CSS = """
    SkeletonScreen { layout: vertical; background: $background; }
    SkeletonScreen .bar { height: 1; background: $panel; }
    SkeletonScreen #panes Static {
        height: 1fr;
        padding: 0 1;
        border: round $border-blurred;
        border-title-color: $text-muted;
        border-title-style: bold;
        background: $background;
        color: $text-muted;
    }
    """

    def __init__(self, *, log_only: bool = False) -> None:
        super().__init__(classes="-on-updates")
        self._log_only = log_only

    def compose(self) -> ComposeResult:
        """Yield the panes with their titles."""
        yield Static(" nightdesk", classes="bar", markup=False)
        with Container(id="panes"):
            yield _pane("updates", "Updates", "Reading …")
            yield _pane("scoreboard", "Scoreboard")
            yield _pane("grid", "Council control")
        yield Static("", classes="bar", markup=False)

    def on_mount(self) -> None:
        """Lay the panes out as the desk will."""
        self._lay_out(*self.app.size)

    def on_resize(self, event: Resize) -> None:
        """Lay them out for another size."""
        self._lay_out(*event.size)

    def _lay_out(self, width: int, height: int) -> None:
        classes = layout_classes(width, height)
        for name, holds in classes.items():
            self.set_class(holds, name)
        self.set_class(self._log_only and not classes["-narrow"], "-log-only")


def _pane(name: str, title: str, words: str = "") -> Static:
    pane = Static(words, id=name, markup=False)
    pane.border_title = title
    return pane
