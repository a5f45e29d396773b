"""What a terminal of few colours, or of none, is sent."""

from __future__ import annotations

from functools import lru_cache

from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from tui.colours.contrast import contrast

_PAGE_AT_MOST = 1.7
"""A ground that stands out less from the page is left to the terminal."""
_GREY_AT_MOST = 28
"""A grey's channels lie no further apart."""
_PLAIN_TEXT = 6.0
_DEFAULT = RichColor.default()
_BRIGHT_BLACK = RichColor.parse("bright_black")


class OwnColours(LineFilter):
    """Leaves page and text to the terminal and rounds what is coloured to one of its sixteen."""

    def __init__(self, page: str = "#121212", *, enabled: bool = False) -> None:
        super().__init__(enabled)
        self.page = page
        """What the panes draw as their background."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments in the terminal's own colours."""
        del background
        return [
            Segment(text, None if style is None else _own(style, self.page), control)
            for text, style, control in segments
        ]


@lru_cache(maxsize=4096)
def _own(style: Style, page: str) -> Style:
    ground = _ground(style.bgcolor, page)
    ink = _ink(style.color, page) if ground.is_default else _rounded(style.color)
    return style + Style(color=ink, bgcolor=ground)


def _ground(colour: RichColor | None, page: str) -> RichColor:
    if colour is None or colour.triplet is None:
        return colour or _DEFAULT
    near = contrast(colour.triplet.hex.upper(), page) <= _PAGE_AT_MOST
    return _DEFAULT if near else _rounded(colour)


def _ink(colour: RichColor | None, page: str) -> RichColor:
    if colour is None or colour.triplet is None:
        return colour or _DEFAULT
    if max(colour.triplet) - min(colour.triplet) > _GREY_AT_MOST:
        return _rounded(colour)
    plain = contrast(colour.triplet.hex.upper(), page) >= _PLAIN_TEXT
    return _DEFAULT if plain else _BRIGHT_BLACK


def _rounded(colour: RichColor | None) -> RichColor:
    return _DEFAULT if colour is None else colour.downgrade(ColorSystem.STANDARD)


_FILLED = 1.9
"""A ground that stands out this much from the page was put there to be seen."""


class NoColours(LineFilter):
    """Takes colours off and keeps bold, underline and strike; fills become reverse video."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments without colour, as they stand on `background`."""
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
