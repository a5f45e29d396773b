"""The desk's own themes, and the few colours that a widget draws with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from feed.model.parties import PartyId
from tui.colours import party_colours as palette
from tui.colours.contrast import ink, mixed, readable


@dataclass(frozen=True)
class Look:
    """The colours of one theme, as hex; every text colour reads on `background` and `bar`."""

    name: str
    dark: bool
    background: str
    bar: str
    """Background of the headline, the key bar and headings."""
    cursor: str
    """Background of the selected row."""
    rule: str
    """Borders and rules."""
    text: str
    strong: str
    dim: str
    faint: str
    """For what may be overlooked: 3 to 1."""
    accent: str
    good: str
    bad: str
    warn: str
    sixteen: bool = False
    """The terminal has 16 colours."""
    eight_bit: bool = False
    """It has 256."""

    @cached_property
    def base(self) -> Style:
        """Plain text on the background."""
        return Style(color=self.text, bgcolor=self.background)

    def style(self, colour: str, on: str | None = None, *, bold: bool = False) -> Style:
        """Return a style of a hex colour, on `on` or on the background."""
        return _style(colour, on or self.background, bold)

    def filled(self, fill: str, *, bold: bool = True) -> Style:
        """Return a style for text on a filled badge."""
        return _style(ink(fill), fill, bold)

    def party(self, party: PartyId | None) -> tuple[str, str]:
        """Return background and foreground of a party's cell on this screen."""
        if self.sixteen:
            return palette.sixteen(party, self.dark)
        found = palette.eight_bit if self.eight_bit else palette.colours
        return found(party, self.dark)

    def party_style(self, party: PartyId | None, *, bold: bool = False) -> Style:
        """Return the style of a cell filled with a party's colour."""
        fill, text = self.party(party)
        return _style(text, fill, bold)

    def party_bar(self, party: PartyId | None) -> Style:
        """Return the style of a bar in a party's colour, the same as its cell's."""
        return _style(self.party(party)[0], self.background, False)

    def party_word(self, party: PartyId | None) -> str:
        """Return a party's colour for a word on the background, on bars and on the cursor's row."""
        colour, _ = self.party(party)
        if self.sixteen:
            colour = palette.word_in_sixteen(party, self.dark)
        for ground in (self.background, self.bar, self.cursor):
            colour = readable(colour, ground)
        return colour


@lru_cache(maxsize=4096)
def _style(colour: str, on: str, bold: bool) -> Style:
    return Style(color=colour, bgcolor=on, bold=bold)


DARK = Look(
    "nightdesk-dark", True, background="#0E1216", bar="#161C22", cursor="#1F2A33", rule="#36424D",
    text="#C9D3DC", strong="#F2F6F9", dim="#8C9AA6", faint="#66737F", accent="#7FD4B5",
    good="#7FD4B5", bad="#FF8A80", warn="#EBB85C",
)  # fmt: skip
LIGHT = Look(
    "nightdesk-light", False, background="#F7F8F6", bar="#E9ECEA", cursor="#D9E6E1", rule="#B4BDC2",
    text="#1F272E", strong="#0B0F13", dim="#4E5A64", faint="#727D86", accent="#0A5E4A",
    good="#17602D", bad="#A8201A", warn="#7A4E00",
)  # fmt: skip
CONTRAST = Look(
    "nightdesk-contrast", True, background="#000000", bar="#000000", cursor="#003B57",
    rule="#9AA5AE", text="#FFFFFF", strong="#FFFFFF", dim="#D0D7DD", faint="#A3AEB7",
    accent="#7CF5CF", good="#7CF5CF", bad="#FFA198", warn="#FFD166",
)  # fmt: skip
_SIGNS_IN_SIXTEEN = {
    True: ("#55FF55", "#FF5555", "#FFFF55"),
    False: ("#007A00", "#AA0000", "#8A4A00"),
}
"""Good, bad and warning on a dark and on a light page."""
LOOKS = {look.name: look for look in (DARK, LIGHT, CONTRAST)}


def _theme(look: Look) -> Theme:
    return Theme(
        name=look.name, primary=look.accent, secondary=look.dim, warning=look.warn, error=look.bad,
        success=look.good, accent=look.accent, foreground=look.text, background=look.background,
        surface=look.background, panel=look.bar, dark=look.dark,
        variables={
            "text": look.text, "text-muted": look.dim, "text-disabled": look.faint,
            "border": look.accent, "border-blurred": look.rule,
            "block-cursor-background": look.cursor, "block-cursor-foreground": look.strong,
            "block-cursor-blurred-background": look.bar, "footer-background": look.bar,
            "scrollbar": look.rule, "scrollbar-hover": look.dim, "scrollbar-active": look.accent,
            "scrollbar-background": look.background, "scrollbar-background-hover": look.background,
            "scrollbar-background-active": look.background,
            "scrollbar-corner-color": look.background,
        },
    )  # fmt: skip


THEMES: tuple[Theme, ...] = tuple(_theme(look) for look in LOOKS.values())
ADJUSTED: tuple[Theme, ...] = tuple(
    replace(theme, variables={**theme.variables, "border-blurred": "ansi_bright_black"})
    for theme in BUILTIN_THEMES.values()
    if theme.ansi
)
"""Textual's themes of the terminal's own colours, with borders that are seen on its page."""


def look_of(app: App[Any]) -> Look:
    """Return the colours to draw with under the app's theme, also when it is not one of ours."""
    colours = "" if app.is_headless else app.console.color_system
    theme = app.current_theme
    return _look(_Key(theme), "standard" if theme.ansi else colours or "")


class _Key:
    """A theme, hashed by its name."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme

    def __hash__(self) -> int:
        return hash(self.theme.name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and (other.theme is self.theme or other.theme == self.theme)


@lru_cache(maxsize=64)
def _look(key: _Key, colours: str = "") -> Look:
    """Return the look of a theme where the terminal has `colours`, by Rich's name for them."""
    theme = key.theme
    ours = LOOKS.get(theme.name)
    if ours is not None:
        return _in_depth(ours, colours)
    page = _opaque(theme.background, "#121212" if theme.dark else "#EFEFEF")
    plain = ink(page)
    accent = _opaque(theme.accent or theme.primary, plain)
    found = Look(
        theme.name,
        theme.dark,
        background=page,
        bar=mixed(page, plain, 0.06),
        cursor=mixed(page, accent, 0.2),
        rule=mixed(page, plain, 0.25),
        text=readable(_opaque(theme.foreground, plain), page, 7),
        strong=plain,
        dim=readable(mixed(page, plain, 0.55), page, 5.2),
        faint=readable(mixed(page, plain, 0.4), page, 3.4),
        accent=readable(accent, page, 5.2),
        good=readable(_opaque(theme.success, accent), page, 5.2),
        bad=readable(_opaque(theme.error, "#D04040"), page, 5.2),
        warn=readable(_opaque(theme.warning, "#C08000"), page, 5.2),
    )
    return _in_depth(found, colours)


def _in_depth(look: Look, colours: str) -> Look:
    """Return the look; of sixteen colours with signs that are not rounded into one another."""
    if colours != "standard":
        return replace(look, eight_bit=colours == "256")
    good, bad, warn = _SIGNS_IN_SIXTEEN[look.dark]
    return replace(look, good=good, bad=bad, warn=warn, sixteen=True)


def _opaque(colour: str | None, instead: str) -> str:
    if colour is None:
        return instead
    parsed = Color.parse(colour)
    return instead if parsed.ansi is not None else parsed.hex6
