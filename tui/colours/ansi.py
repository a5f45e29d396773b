"""What a terminal of few colours, or of none, is sent."""

from __future__ import annotations

from functools import lru_cache

from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from tui.colours.contrast import BLACK, WHITE, contrast
from tui.colours.depth import (
    ENOUGH_FOR_BARS,
    XTERM,
    is_bar,
    readable_ink,
    reduced,
    rounded_ground,
)

_PAGE_AT_MOST = 1.7
"""A ground that stands out less from the page is left to the terminal."""
_GREY_AT_MOST = 28
"""A grey's channels lie no further apart."""
_PLAIN_TEXT = 6.0
_WORDS = 4.5
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
            Segment(text, style and _own(style, self.page, is_bar(text)), control)
            for text, style, control in segments
        ]


@lru_cache(maxsize=4096)
def _own(style: Style, page: str, bar: bool) -> Style:
    dark = contrast(page, BLACK) < contrast(page, WHITE)
    ground = _ground(style.bgcolor, page, dark=dark)
    ink = style.color or _DEFAULT
    if ink.triplet is not None:
        on = style.bgcolor.triplet if style.bgcolor else None
        target = min(
            ENOUGH_FOR_BARS if bar else _WORDS, contrast(ink.triplet.hex, on.hex if on else page)
        )
        ink = _ink(ink.triplet, ground, target, page, dark=dark)
    return reduced(style + Style(color=ink, bgcolor=ground), ColorSystem.STANDARD, dark=dark)


def _ground(colour: RichColor | None, page: str, *, dark: bool) -> RichColor:
    if colour is None or colour.triplet is None:
        return colour or _DEFAULT
    near = contrast(colour.triplet.hex.upper(), page) <= _PAGE_AT_MOST
    return _DEFAULT if near else rounded_ground(colour, ColorSystem.STANDARD, dark=dark)


def _ink(
    meant: ColorTriplet, ground: RichColor, target: float, page: str, *, dark: bool
) -> RichColor:
    """Return the ink that is nearest; plain text and greys on the page are the terminal's own."""
    if not ground.is_default or max(meant) - min(meant) > _GREY_AT_MOST:
        return readable_ink(meant.hex, ground, target, ColorSystem.STANDARD, dark=dark)
    grey = contrast(XTERM[8], BLACK if dark else WHITE) >= target
    plain = contrast(meant.hex, page) >= _PLAIN_TEXT
    return _BRIGHT_BLACK if grey and not plain else _DEFAULT


_BORDER = "│"
_FILLED = 1.9
"""A ground that stands out this much from the page was put there to be seen."""


class NoColours(LineFilter):
    """Takes colours off and keeps bold, underline and strike; fills become reverse video."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments without colour, as they stand on `background`.

        A line divides two fills of other colours that touch, where there is a blank for it.
        """
        page = background.hex6
        drawn = []
        beside: RichColor | None = None
        for text, style, control in segments:
            fill = style.bgcolor if style and _is_filled(style.bgcolor, page) else None
            is_border = None not in {beside, fill} and beside != fill and text.startswith(" ")
            said = f"{_BORDER}{text[1:]}" if is_border else text
            drawn.append(Segment(said, style and _plain(style, page), control))
            beside = fill
        return drawn


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
