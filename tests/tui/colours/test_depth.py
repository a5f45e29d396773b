"""What is really sent to a terminal of few colours: every word on it can be read."""

from __future__ import annotations

import colorsys
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import Color, ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.color import Color as Ground
from textual.theme import BUILTIN_THEMES, Theme

from feed.model.parties import NOC, PARTIES, PartyId
from tui.colours.ansi import OwnColours
from tui.colours.contrast import BLACK, WHITE, contrast, mixed
from tui.colours.depth import XTERM, is_bar, reduced
from tui.colours.themes import ADJUSTED, THEMES, Look, _Key, _look

DEPTHS = {
    "standard": ColorSystem.STANDARD,
    "256": ColorSystem.EIGHT_BIT,
    "truecolor": ColorSystem.TRUECOLOR,
}
EVERY_THEME = {theme.name: theme for theme in (*BUILTIN_THEMES.values(), *THEMES, *ADJUSTED)}
EVERY_PARTY = [*PARTIES, PartyId("yorkshire-first")]
WORDS = 4.5
GREYS = (0, 7)
"""Black, white and the greys between, of the first eight colours."""


def look_in(theme: Theme, depth: str) -> Look:
    return _look(_Key(theme), "standard" if theme.ansi else depth)


def sent(style: Style, look: Look, theme: Theme, depth: str) -> Style:
    """Return what the terminal is told."""
    if theme.ansi:
        filters = OwnColours(look.background, enabled=True)
        (piece,) = filters.apply([Segment("x", style)], Ground.parse(look.background))
        assert piece.style is not None
        style, depth = piece.style, "standard"
    return reduced(style, DEPTHS[depth], dark=look.dark)


def seen(colour: Color | None, usual: str, *, bold: bool = False) -> str:
    if colour is None or colour.is_default:
        return usual
    if colour.number is not None and colour.number < 16:
        return XTERM[colour.number + 8 * (bold and colour.number < 8)]
    return colour.get_truecolor().hex.upper()


def least_contrast(style: Style, *, dark: bool) -> float:
    """Return the contrast, in a terminal that makes bold bright or in one that does not."""
    page, plain = (BLACK, WHITE) if dark else (WHITE, BLACK)
    ground = seen(style.bgcolor, page)
    return min(
        contrast(seen(style.color, plain, bold=bold), ground) for bold in {False, bool(style.bold)}
    )


def styles(look: Look) -> Iterator[tuple[str, Style]]:
    """Yield the styles that words are drawn in."""
    for party in EVERY_PARTY:
        for bold in (False, True):
            yield f"{party} cell", look.party_style(party, bold=bold)
            for ground in (look.background, look.bar, look.cursor):
                yield f"{party} word", look.style(look.party_word(party), ground, bold=bold)
    for name in ("text", "strong", "dim", "accent", "good", "bad", "warn"):
        for ground in (look.background, look.bar, look.cursor):
            yield name, look.style(getattr(look, name), ground)
            yield name, look.style(getattr(look, name), ground, bold=True)
    for name in ("accent", "warn", "bad", "strong"):
        yield f"{name} badge", look.filled(getattr(look, name))


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("theme", EVERY_THEME.values(), ids=lambda theme: theme.name)
def test_every_word_that_is_sent_can_be_read(theme: Theme, depth: str) -> None:
    look = look_in(theme, depth)
    for name, style in styles(look):
        meant = least_contrast(style, dark=look.dark)
        found = sent(style, look, theme, depth)
        assert least_contrast(found, dark=look.dark) >= min(WORDS, meant), (name, style, found)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_our_own_themes_mean_what_can_be_read(theme: Theme) -> None:
    look = look_in(theme, "truecolor")
    for name, style in styles(look):
        assert least_contrast(style, dark=look.dark) >= WORDS, (name, style)


@given(
    st.integers(0, 0xFFFFFF),
    st.integers(0, 0xFFFFFF),
    st.booleans(),
    st.booleans(),
    st.sampled_from([ColorSystem.STANDARD, ColorSystem.EIGHT_BIT]),
)
def test_no_rounding_makes_a_readable_word_unreadable(
    ink: int, ground: int, bold: bool, dark: bool, depth: ColorSystem
) -> None:
    style = Style(color=f"#{ink:06X}", bgcolor=f"#{ground:06X}", bold=bold)
    meant = contrast(f"#{ink:06X}", f"#{ground:06X}")
    assert least_contrast(reduced(style, depth, dark=dark), dark=dark) >= min(WORDS, meant) - 1e-9


def test_black_on_a_party_s_colour_is_not_bold_in_sixteen_colours() -> None:
    style = reduced(Style.parse("bold #000000 on #AA5500"), ColorSystem.STANDARD, dark=True)
    assert style.color is not None
    assert (style.color.number, style.bold) == (0, False)
    style = reduced(Style.parse("bold #FFFFFF on #AA0000"), ColorSystem.STANDARD, dark=True)
    assert style.bold


def test_the_kind_of_a_line_without_control_is_seen_on_the_selected_row() -> None:
    for theme in THEMES:
        look = look_in(theme, "standard")
        style = look.style(look.party_word(NOC), look.cursor)
        assert least_contrast(sent(style, look, theme, "standard"), dark=look.dark) >= WORDS


@pytest.mark.parametrize("party", ["con", "lab", "ld", "green", "reform", "ukip", "snp", "pc"])
@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_a_party_keeps_its_hue_in_256_colours(theme: Theme, party: str) -> None:
    meant, found = (
        Color.parse(fill).downgrade(colours).get_truecolor()
        for fill, colours in (
            (look_in(theme, "truecolor").party(PartyId(party))[0], ColorSystem.TRUECOLOR),
            (look_in(theme, "256").party(PartyId(party))[0], ColorSystem.EIGHT_BIT),
        )
    )
    hues = [colorsys.rgb_to_hls(*(channel / 255 for channel in each))[0] for each in (meant, found)]
    turned = abs(hues[0] - hues[1])
    assert min(turned, 1 - turned) * 360 <= 26


def test_labour_is_red_and_not_pink_on_a_light_page_of_256_colours() -> None:
    light = next(theme for theme in THEMES if theme.name == "nightdesk-light")
    fill = Color.parse(look_in(light, "256").party(PartyId("lab"))[0]).downgrade(
        ColorSystem.EIGHT_BIT
    )
    red, green, blue = fill.get_truecolor()
    assert red > 200
    assert blue == green


def test_a_bar_has_the_colour_of_its_party_s_cell() -> None:
    for theme in THEMES:
        for depth in DEPTHS:
            look = look_in(theme, depth)
            for party in EVERY_PARTY:
                assert look.party_bar(party).color == look.party_style(party).bgcolor


@pytest.mark.parametrize("party", EVERY_PARTY)
@pytest.mark.parametrize("name", ["nightdesk-dark", "nightdesk-light", "ansi-dark", "ansi-light"])
def test_a_party_s_word_has_its_own_hue_or_none_in_sixteen_colours(
    name: str, party: PartyId
) -> None:
    theme = EVERY_THEME[name]
    look = look_in(theme, "standard")
    fill = sent(look.party_style(party), look, theme, "standard").bgcolor
    assert fill is not None
    for ground in (look.background, look.bar, look.cursor):
        word = sent(look.style(look.party_word(party), ground), look, theme, "standard").color
        hues = {fill.number, *GREYS} if fill.number is None else {fill.number % 8, *GREYS}
        assert word is None or word.is_default or (word.number or 0) % 8 in hues, (fill, word)


@pytest.mark.parametrize("party", EVERY_PARTY)
def test_what_is_dimmed_behind_a_page_does_not_shine_in_sixteen_colours(party: PartyId) -> None:
    theme = EVERY_THEME["nightdesk-dark"]
    look = look_in(theme, "standard")
    fill, ink = (mixed(colour, look.background, 0.6) for colour in look.party(party))
    dimmed = sent(Style(color=ink, bgcolor=fill), look, theme, "standard")
    assert contrast(seen(dimmed.bgcolor, BLACK), BLACK) < 6
    clear = sent(look.party_style(party), look, theme, "standard")
    assert clear.bgcolor != dimmed.bgcolor


def test_a_swatch_with_a_blank_behind_it_is_drawn_and_not_read() -> None:
    assert is_bar("██")
    assert is_bar("█ ")
    assert not is_bar("█ Con")
    assert not is_bar("  ")
