"""What lies behind a page: the desk as it is, seen through the page's background."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, TypeVar

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.app import RenderResult
from textual.color import Color
from textual.css.styles import RulesMap
from textual.events import Resize
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen, Screen
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

Given = TypeVar("Given")
"""What a page gives back when it is closed."""


class Veil(Visual):
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
        """Give the lines of the screen behind in their new colours."""
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


class Veiled(ModalScreen[Given]):
    """A page over the desk that is quick to open: Textual mixes each segment's colours anew."""

    def render(self) -> RenderResult:  # type: ignore[override]  # a Visual is drawn too
        """Give what is behind."""
        behind = super().render()
        if isinstance(behind, BackgroundScreen):
            return Veil(behind.screen, behind.color)
        return behind

    async def _on_resize(self, event: Resize) -> None:
        """Lay nothing out again, here and behind, when told of the size that it has anyway."""
        if event.size == self._compositor.size:
            event.stop()
            event.prevent_default()


_PLAIN = RichStyle()


@lru_cache(maxsize=4096)
def _mixed(style: RichStyle, colour: Color) -> RichStyle:
    (segment,) = BackgroundScreen.process_segments((Segment(" ", style),), colour)
    return segment.style or _PLAIN
