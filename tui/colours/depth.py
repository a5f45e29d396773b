"""What a terminal of 16 or 256 colours is sent, so that words stay readable on their ground."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from rich.color import Color, ColorSystem, ColorType
from rich.style import Style

from tui.colours.contrast import BLACK, WHITE, contrast, ink, mixed

XTERM: Final = (
    "#000000", "#CD0000", "#00CD00", "#CDCD00", "#0000EE", "#CD00CD", "#00CDCD", "#E5E5E5",
    "#7F7F7F", "#FF0000", "#00FF00", "#FFFF00", "#5C5CFF", "#FF00FF", "#00FFFF", "#FFFFFF",
)  # fmt: skip
"""The sixteen colours as xterm has them; others draw them much alike."""
_BRIGHT: Final = 8
"""Bold makes the first so many bright in many terminals: bold black is grey."""
_BLACK, _LIGHT, _GREY = 0, 7, 8
_ENOUGH: Final = 4.5
ENOUGH_FOR_BARS: Final = 1.5
_STEPS: Final = 12
_SHINES: Final = 1.5
"""A grey so much nearer to the light than to black is light."""


_BARS: Final = re.compile("[▀-▟]+ *")


def is_bar(text: str) -> bool:
    """Return whether a text is drawn of blocks, and not read: there hue counts before contrast.

    Blanks behind the blocks are part of them.
    """
    return not text.isascii() and _BARS.fullmatch(text) is not None


@lru_cache(maxsize=16_384)
def reduced(style: Style, colours: ColorSystem, *, dark: bool, bar: bool = False) -> Style:
    """Return a style in a terminal's own colours, its ink as readable as in all of them.

    Args:
        style: in any colours.
        colours: what the terminal has.
        dark: whether its own background is.
        bar: whether blocks are drawn with it.

    """
    if colours is ColorSystem.TRUECOLOR:
        return style
    ground = None if style.bgcolor is None else rounded_ground(style.bgcolor, colours, dark=dark)
    if dark and style.bgcolor is not None and _is_dim(style.bgcolor, colours):
        ground = Color.from_ansi(_BLACK)
    wanted = style.color
    if wanted is None or wanted.triplet is None:
        found = wanted
        bold = _stays_bold(style, found, ground, _ENOUGH, dark=dark)
    else:
        meant = contrast(wanted.triplet.hex, _shown(style.bgcolor, dark=dark))
        target = min(ENOUGH_FOR_BARS if bar else _ENOUGH, meant)
        found = readable_ink(wanted.triplet.hex, ground, target, colours, dark=dark)
        bold = _stays_bold(style, found, ground, target, dark=dark)
    return style + Style(color=found, bgcolor=ground, bold=bold)


def _is_dim(colour: Color, colours: ColorSystem) -> bool:
    """Return whether a ground is a dark grey: what is dimmed behind a page must not shine."""
    found, meant = colour.downgrade(colours), colour.get_truecolor().hex.upper()
    is_grey = found.type is ColorType.STANDARD and found.number == _GREY
    return is_grey and contrast(meant, BLACK) < _SHINES * contrast(meant, XTERM[_LIGHT])


def rounded_ground(colour: Color, colours: ColorSystem, *, dark: bool) -> Color:
    """Return the colour of a terminal nearest to a ground, but not its grey.

    The grey is as dark as each terminal likes, so that no ink is sure to be read on it.
    """
    found = colour.downgrade(colours)
    is_grey = found.type is ColorType.STANDARD and found.number == _GREY
    return Color.from_ansi(_LIGHT if dark else _BLACK) if is_grey else found


def readable_ink(
    colour: str, ground: Color | None, target: float, colours: ColorSystem, *, dark: bool
) -> Color:
    """Return the colour of a terminal nearest to `colour` that has a contrast with its ground.

    Args:
        colour: the ink as it is meant.
        ground: what is sent for the ground; none or the default is the terminal's own.
        target: the least contrast.
        colours: what the terminal has.
        dark: whether its own background is.

    """
    page = _shown(ground, dark=dark)
    towards = ink(page)
    for step in range(_STEPS):
        found = Color.parse(mixed(colour, towards, step / _STEPS)).downgrade(colours)
        if contrast(_shown(found, dark=dark), page) >= target:
            return found
    return Color.parse(towards).downgrade(colours)


def _stays_bold(
    style: Style, found: Color | None, ground: Color | None, target: float, *, dark: bool
) -> bool | None:
    """Return whether bold is left: not where it would brighten the ink into its ground."""
    if not style.bold or found is None or found.type is not ColorType.STANDARD:
        return style.bold
    number = found.number or 0
    page = _shown(ground, dark=dark)
    return number >= _BRIGHT or contrast(XTERM[number + _BRIGHT], page) >= target


def _shown(colour: Color | None, *, dark: bool) -> str:
    """Return what is seen of a colour; of the terminal's own background black or white."""
    if colour is None or colour.is_default:
        return BLACK if dark else WHITE
    if colour.type is ColorType.STANDARD:
        return XTERM[colour.number or 0]
    return colour.get_truecolor().hex.upper()
