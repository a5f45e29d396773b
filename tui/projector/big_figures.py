"""Figures that are read from five metres: block digits and capitals, three pixels by five."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from tui.text.terminal_text import MINUS

_GLYPHS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "0": ("###", "# #", "# #", "# #", "###"),
        "1": (" # ", "## ", " # ", " # ", "###"),
        "2": ("###", "  #", "###", "#  ", "###"),
        "3": ("###", "  #", " ##", "  #", "###"),
        "4": ("# #", "# #", "###", "  #", "  #"),
        "5": ("###", "#  ", "###", "  #", "###"),
        "6": ("###", "#  ", "###", "# #", "###"),
        "7": ("###", "  #", "  #", " # ", " # "),
        "8": ("###", "# #", "###", "# #", "###"),
        "9": ("###", "# #", "###", "  #", "###"),
        "+": ("   ", " # ", "###", " # ", "   "),
        MINUS: ("   ", "   ", "###", "   ", "   "),
        ",": ("  ", "  ", "  ", " #", "# "),
        "·": ("   ", "   ", " # ", "   ", "   "),
        "–": ("   ", "   ", "###", "   ", "   "),
        "A": ("###", "# #", "###", "# #", "# #"),
        "B": ("## ", "# #", "## ", "# #", "## "),
        "C": ("###", "#  ", "#  ", "#  ", "###"),
        "D": ("## ", "# #", "# #", "# #", "## "),
        "E": ("###", "#  ", "## ", "#  ", "###"),
        "F": ("###", "#  ", "## ", "#  ", "#  "),
        "G": ("###", "#  ", "# #", "# #", "###"),
        "H": ("# #", "# #", "###", "# #", "# #"),
        "I": ("###", " # ", " # ", " # ", "###"),
        "J": ("  #", "  #", "  #", "# #", "###"),
        "K": ("# #", "# #", "## ", "# #", "# #"),
        "L": ("#  ", "#  ", "#  ", "#  ", "###"),
        "M": ("# #", "###", "###", "# #", "# #"),
        "N": ("## ", "# #", "# #", "# #", "# #"),
        "O": ("###", "# #", "# #", "# #", "###"),
        "P": ("###", "# #", "###", "#  ", "#  "),
        "Q": ("###", "# #", "# #", "###", "  #"),
        "R": ("###", "# #", "## ", "# #", "# #"),
        "S": ("###", "#  ", "###", "  #", "###"),
        "T": ("###", " # ", " # ", " # ", " # "),
        "U": ("# #", "# #", "# #", "# #", "###"),
        "V": ("# #", "# #", "# #", "# #", " # "),
        "W": ("# #", "# #", "###", "###", "# #"),
        "X": ("# #", "# #", " # ", "# #", "# #"),
        "Y": ("# #", "# #", " # ", " # ", " # "),
        "Z": ("###", "  #", " # ", "#  ", "###"),
        "?": ("###", "  #", " ##", "   ", " # "),
        " ": ("   ", "   ", "   ", "   ", "   "),
    }
)
_HIGH = 5
_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def big_rows(scale: int) -> int:
    """Give how many rows of the terminal figures of a scale take; scale 1 takes three."""
    return (_HIGH * scale + 1) // 2


def big_width(text: str, scale: int) -> int:
    """Give how many cells a figure takes, with one pixel between its digits."""
    pixels = sum(len(_glyph(char)[0]) for char in text) + max(0, len(text) - 1)
    return pixels * scale


def big(text: str, scale: int) -> list[str]:
    """Give a figure, or a letter code, as rows of half blocks, all of one width.

    A cell is about twice as high as wide, so a pixel is `scale` cells wide and half as many high.
    """
    pixels = _pixels(text, scale)
    pairs = zip(pixels[::2], pixels[1::2], strict=True)
    return [
        "".join(_HALVES[over, under] for over, under in zip(upper, lower, strict=True))
        for upper, lower in pairs
    ]


def _glyph(char: str) -> tuple[str, ...]:
    return _GLYPHS.get(char.upper()) or _GLYPHS["?"]


def _pixels(text: str, scale: int) -> list[Sequence[bool]]:
    rows = []
    for y in range(_HIGH):
        line = " ".join(_glyph(char)[y] for char in text)
        wide = [char == "#" for char in line for _ in range(scale)]
        rows += [wide] * scale
    if len(rows) % 2:
        rows.append([False] * big_width(text, scale))
    return list(rows)
