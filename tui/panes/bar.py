"""A bar across the screen, of one line or two, that fits what it says to the width."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual.events import Resize
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.theme import Theme
from textual.widget import Widget

from tui.colours.themes import Look, look_of
from tui.panes.drawn_lines import DrawnLines


class Bar(Widget):
    """The base of the bars: give `bar_lines`, and they are drawn where something has changed."""

    DEFAULT_CSS = """
    Bar { height: auto; width: 1fr; background: $panel; color: $foreground; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._drawn = DrawnLines()

    @property
    def look(self) -> Look:
        """The colours to draw with."""
        return look_of(self.app)

    def bar_lines(self, width: int, look: Look) -> Sequence[Sequence[Segment]]:
        """Return the bar's lines, none wider than `width`."""
        del width, look
        return ()

    @property
    def _ground(self) -> Style:
        look = self.look
        return Style(color=look.text, bgcolor=look.bar)

    def redraw(self) -> None:
        """Draw again the lines that are other than before."""
        if not self.is_attached or not self.size.width:
            return
        before = len(self._drawn)
        regions = self._take_lines()
        if len(self._drawn) != before:
            self.refresh(layout=True)
        elif regions:
            self.refresh(*regions)

    def _take_lines(self) -> list[Region]:
        lines = self.bar_lines(self.size.width, self.look)
        return self._drawn.take(lines, self.size, self._ground)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines the bar needs at that width."""
        del container, viewport
        return max(1, len(self.bar_lines(width, self.look)))

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        if not self._drawn.fits(self.size, self._ground):
            self._take_lines()
        return self._drawn.strip(y)

    def on_mount(self) -> None:
        """Draw again whenever the theme changes."""
        self.app.theme_changed_signal.subscribe(self, self._theme_changed)

    def on_resize(self, event: Resize) -> None:
        """Fit the lines to the new width."""
        del event
        self.redraw()

    def _theme_changed(self, theme: Theme) -> None:
        del theme
        self.redraw()
