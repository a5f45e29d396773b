"""A part of the projector's page: lines drawn on the page's own background, nothing to focus."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual.events import Resize
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.theme import Theme
from textual.widget import Widget

from tui.colours.themes import Look, look_of

Line = Sequence[Segment]


class ProjectorPart(Widget):
    """The base of the parts: give `lines`, and they are drawn where something has changed."""

    DEFAULT_CSS = """
    ProjectorPart { width: 1fr; height: auto; background: $background; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._drawn: list[Line] = []

    @property
    def look(self) -> Look:
        """The colours to draw with."""
        return look_of(self.app)

    def lines(self, width: int, height: int, look: Look) -> Sequence[Line]:
        """Give the lines for a size; `height` is 0 where the part decides itself."""
        del width, height, look
        return ()

    def redraw(self) -> None:
        """Draw again the lines that say something new."""
        if not self.is_attached or not self.size.width:
            return
        before = self._drawn
        self._drawn = list(self.lines(self.size.width, self.size.height, self.look))
        if len(before) != len(self._drawn):
            self.refresh(layout=True)
            return
        rows = enumerate(zip(before, self._drawn, strict=True))
        changed = [y for y, (old, new) in rows if list(old) != list(new)]
        if changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Give how many lines the part needs at that width."""
        del container, viewport
        return len(self.lines(width, 0, self.look))

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        base, width = self.look.base, self.size.width
        if y >= len(self._drawn):
            return Strip.blank(width, base)
        return Strip(self._drawn[y]).crop_extend(0, width, base).apply_style(base)

    def on_mount(self) -> None:
        """Draw again whenever the theme changes."""
        self.app.theme_changed_signal.subscribe(self, self._theme_changed)

    def on_resize(self, event: Resize) -> None:
        """Fit the lines to the new size."""
        del event
        self.redraw()

    def _theme_changed(self, theme: Theme) -> None:
        del theme
        self.redraw()
        self.refresh()
