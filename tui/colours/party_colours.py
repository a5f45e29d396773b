"""The colours and letters of the parties (rule 13); never a colour without its letter."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from zlib import crc32

from feed.model.parties import PartyId, party_of
from tui.colours.contrast import BLACK, WHITE, ink, readable

UNDECLARED_LETTER = "·"

_UNDECLARED = {True: "#2A323A", False: "#DDE2E6"}
_PAGE = {True: "#0E1216", False: "#F7F8F6"}
_FILL_CONTRAST = 2.6

_ON_DARK: Mapping[str, str] = MappingProxyType(
    {
        "con": "#009AE1", "lab": "#DC2E1C", "ld": "#FF7F0F", "green": "#39A566",
        "reform": "#3DBBE2", "ukip": "#DC559D", "ind": "#A1A1A1", "snp": "#F5DC00",
        "pc": "#37716B", "ra": "#8AA79B", "noc": "#5A6570", "your": "#B5475F",
        "local": "#B8A98C", "dup": "#D46A4C", "sf": "#3E8F6A", "uup": "#6F95D8",
        "sdlp": "#A9C45A", "alliance": "#E8C04A", "tuv": "#7A8BC4", "wpb": "#A65A6E",
        "forbritain": "#8D83B8",
    }
)  # fmt: skip
_ON_LIGHT: Mapping[str, str] = MappingProxyType(
    {
        "con": "#0D60FA", "lab": "#D91E4E", "ld": "#D68A0A", "green": "#0A6518",
        "reform": "#22A6CF", "ukip": "#9F448A", "ind": "#9C948C", "snp": "#B8A400",
        "noc": "#3A3F4D",
    }
)  # fmt: skip
_IN_SIXTEEN: Mapping[str, str] = MappingProxyType(
    {
        "con": "#5555FF", "lab": "#AA0000", "ld": "#AA5500", "green": "#00AA00",
        "reform": "#55FFFF", "ukip": "#FF55FF", "snp": "#FFFF55",
        "pc": "#00AAAA", "ra": "#55FF55",
        "dup": "#FF5555", "sf": "#00AAAA", "uup": "#5555FF", "sdlp": "#55FF55",
        "alliance": "#FFFF55", "tuv": "#0000AA",
    }
)  # fmt: skip
"""Fills that are exact in a terminal of 16 colours, so that none is rounded into another's."""
_GREYS_IN_SIXTEEN: Mapping[tuple[str, bool], str] = MappingProxyType(
    {
        ("noc", True): "#AAAAAA", ("ind", True): "#FFFFFF",
        ("noc", False): "#000000", ("ind", False): "#AAAAAA",
    }
)  # fmt: skip
"""On a dark screen and a light one: the grey between is as dark as each terminal likes."""
_IN_EIGHT_BIT: Mapping[tuple[str, bool], str] = MappingProxyType(
    {
        ("lab", False): "#D70000", ("pc", True): "#008787", ("pc", False): "#008787",
        ("ra", True): "#87AF87", ("ra", False): "#87AF87",
    }
)  # fmt: skip
"""Fills of 256 colours that rounding would make pink or grey, on a dark screen and a light one."""
_WHITE_ON = frozenset({"#5555FF", "#AA0000", "#AA00AA", "#0000AA", "#000000"})
"""Terminals draw the sixteen as they like: yellow, green and cyan are bright in most of them."""
_UNKNOWN_IN_SIXTEEN = "#AA00AA"
_BRIGHT: Mapping[str, str] = MappingProxyType(
    {
        "#0000AA": "#5555FF", "#AA0000": "#FF5555", "#AA5500": "#FFFF55", "#00AA00": "#55FF55",
        "#AA00AA": "#FF55FF", "#00AAAA": "#55FFFF",
    }
)  # fmt: skip
"""The bright one of each hue: a dark yellow that is only made lighter is rounded to red."""
_UNKNOWN = ("#7C6F9B", "#8E7A5C", "#5F8A8B", "#94697A", "#6F8557", "#6C7FA6")


def colours(party: PartyId | None, dark: bool) -> tuple[str, str]:
    """Return background and foreground of a cell in a party's colour; no party is undeclared."""
    fill = background(party, dark)
    if party is None:
        return fill, readable(fill, fill)
    return fill, ink(fill)


@lru_cache(maxsize=512)
def background(party: PartyId | None, dark: bool) -> str:
    """Return a party's colour for a dark or a light screen; an unknown party has one by its id."""
    if party is None:
        return _UNDECLARED[dark]
    on_dark = _ON_DARK.get(party) or _UNKNOWN[crc32(party.encode()) % len(_UNKNOWN)]
    if dark:
        return on_dark
    return _ON_LIGHT.get(party) or readable(on_dark, _PAGE[False], _FILL_CONTRAST)


def sixteen(party: PartyId | None, dark: bool) -> tuple[str, str]:
    """Return background and foreground for a terminal of 16 colours, where the letters carry it."""
    if party is None:
        return ("#000000", "#AAAAAA") if dark else ("#FFFFFF", "#000000")
    grey = _GREYS_IN_SIXTEEN.get((party, dark))
    fill = grey or _IN_SIXTEEN.get(party, _UNKNOWN_IN_SIXTEEN)
    return fill, WHITE if fill in _WHITE_ON else BLACK


def word_in_sixteen(party: PartyId | None, dark: bool) -> str:
    """Return a party's colour for a word on the page of a terminal of 16 colours."""
    fill, _ = sixteen(party, dark)
    return _BRIGHT.get(fill, fill) if dark else fill


def eight_bit(party: PartyId | None, dark: bool) -> tuple[str, str]:
    """Return background and foreground for a terminal of 256 colours."""
    fill = _IN_EIGHT_BIT.get((party or "", dark))
    return (fill, ink(fill)) if fill else colours(party, dark)


def letter(party: PartyId | None, names: Mapping[PartyId, str] = MappingProxyType({})) -> str:
    """Return the one or two letters that say the party without colour; `·` for undeclared."""
    return UNDECLARED_LETTER if party is None else party_of(party, names).letter
