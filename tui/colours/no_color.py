"""No colour at all: what was filled is reversed, everything else is the terminal's own."""

from __future__ import annotations

from functools import lru_cache

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from tui.colours.contrast import contrast

_FILLED = 1.9
"""A ground that stands out this much from the page was put there to be seen."""


class NoColours(LineFilter):
    """Takes colours off and keeps bold, underline and strike; fills become reverse video."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Give the segments without colour, as they stand on `background`."""
        page = background.hex6
        return [
            Segment(text, None if style is None else _plain(style, page), control)
            for text, style, control in segments
        ]


@lru_cache(maxsize=4096)
def _plain(style: Style, page: str) -> Style:
    return Style(
        bold=style.bold,
        italic=style.italic,
        underline=style.underline,
        strike=style.strike,
        reverse=bool(style.reverse) != _is_filled(style.bgcolor, page),
        meta=style.meta,
    )


def _is_filled(ground: RichColor | None, page: str) -> bool:
    if ground is None or ground.triplet is None:
        return False
    return contrast(ground.triplet.hex.upper(), page) >= _FILLED
