"""The colours of the parties: readable, apart for the colour-blind, and never without a letter."""

from __future__ import annotations

import math
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.color import Color, ColorSystem
from textual.theme import Theme

from feed.model.parties import NOC, PARTIES, PartyId
from tui.colours.contrast import contrast, ink, linear, readable
from tui.colours.party_colours import background, colours, letter, sixteen
from tui.colours.themes import ADJUSTED, LOOKS, THEMES, Look, _Key, _look

CORE = [PartyId(p) for p in ("con", "lab", "ld", "green", "reform", "ukip", "ind", "noc")]
THRESHOLDS = {True: 7.5, False: 14.0}
"""Least CIEDE2000 distance of two fills, on a dark and on a light screen; 2.3 is just seen."""

# Machado, Oliveira and Fernandes 2009, severity 1, on linear light
VISION = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
Lab = tuple[float, float, float]


def seen(colour: str, vision: str) -> Lab:
    light = linear(colour)
    red, green, blue = (
        min(1.0, max(0.0, sum(share * value for share, value in zip(row, light, strict=True))))
        for row in VISION[vision]
    )
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883
    fx, fy, fz = (
        t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in (x, y, z)
    )
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def ciede2000(one: Lab, other: Lab) -> float:
    (l1, a1, b1), (l2, a2, b2) = one, other
    chroma = ((math.hypot(a1, b1) + math.hypot(a2, b2)) / 2) ** 7
    stretch = 1.5 - 0.5 * math.sqrt(chroma / (chroma + 25**7))
    a1, a2 = a1 * stretch, a2 * stretch
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1, h2 = math.degrees(math.atan2(b1, a1)) % 360, math.degrees(math.atan2(b2, a2)) % 360
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    mean_h = (h1 + turn / 2) % 360 if c1 * c2 else h1 + h2
    delta_h = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2))
    mean_l, mean_c = (l1 + l2) / 2, (c1 + c2) / 2
    t = (
        1
        - 0.17 * math.cos(math.radians(mean_h - 30))
        + 0.24 * math.cos(math.radians(2 * mean_h))
        + 0.32 * math.cos(math.radians(3 * mean_h + 6))
        - 0.20 * math.cos(math.radians(4 * mean_h - 63))
    )
    light = (l2 - l1) / (1 + 0.015 * (mean_l - 50) ** 2 / math.sqrt(20 + (mean_l - 50) ** 2))
    strong, hue = (c2 - c1) / (1 + 0.045 * mean_c), delta_h / (1 + 0.015 * mean_c * t)
    c7 = mean_c**7
    turned = math.sin(math.radians(60 * math.exp(-(((mean_h - 275) / 25) ** 2))))
    rotation = -2 * math.sqrt(c7 / (c7 + 25**7)) * turned
    return math.sqrt(light**2 + strong**2 + hue**2 + rotation * strong * hue)


def test_the_distance_agrees_with_a_published_pair() -> None:
    """Sharma, Wu and Dalal 2005, pairs 1 and 25."""
    assert ciede2000((50, 2.6772, -79.7751), (50, 0, -82.7485)) == pytest.approx(2.0425, abs=1e-4)
    assert ciede2000((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387)) == pytest.approx(
        1.2644, abs=1e-4
    )


@pytest.mark.parametrize("dark", [True, False])
@pytest.mark.parametrize("vision", VISION)
def test_every_core_pair_stays_apart_for_the_colour_blind(vision: str, dark: bool) -> None:
    for one, other in combinations([*CORE, None], 2):
        distance = ciede2000(
            seen(background(one, dark), vision), seen(background(other, dark), vision)
        )
        assert distance >= THRESHOLDS[dark], (one, other, distance)


@pytest.mark.parametrize("dark", [True, False])
@pytest.mark.parametrize("party", [*PARTIES, PartyId("yorkshire-first"), None])
def test_text_on_every_party_colour_is_readable(party: PartyId | None, dark: bool) -> None:
    fill, text = colours(party, dark)
    assert contrast(fill, text) >= 4.5


@pytest.mark.parametrize("look", LOOKS.values(), ids=lambda look: look.name)
@pytest.mark.parametrize("party", CORE)
def test_a_party_coloured_word_is_readable_on_the_page(party: PartyId, look: Look) -> None:
    assert contrast(look.party_word(party), look.background) >= 4.5


def test_an_unknown_party_keeps_its_own_muted_colour() -> None:
    unknown = PartyId("yorkshire-first")
    assert background(unknown, dark=True) == background(unknown, dark=True)
    assert background(unknown, dark=True) not in {background(p, dark=True) for p in PARTIES}
    many = {background(PartyId(f"party-{n}"), dark=True) for n in range(40)}
    assert len(many) == 6


def test_core_letters_differ_so_that_they_can_stand_for_the_colour() -> None:
    letters = [letter(party) for party in [*CORE, PartyId("ra"), None]]
    assert letters == ["C", "L", "D", "G", "Rf", "U", "I", "N", "R", "·"]


@pytest.mark.parametrize("dark", [True, False])
def test_sixteen_colours_keep_the_core_parties_apart_without_rounding(dark: bool) -> None:
    numbers = {
        Color.parse(sixteen(party, dark)[0]).downgrade(ColorSystem.STANDARD).number
        for party in [*CORE, None]
    }
    assert len(numbers) == len(CORE) + 1
    assert sixteen(NOC, dark)[0] != sixteen(None, dark)[0]


TEXTS = ("text", "strong", "dim", "accent", "good", "bad", "warn")


@pytest.mark.parametrize("look", LOOKS.values(), ids=lambda look: look.name)
def test_every_text_colour_reads_on_every_background(look: Look) -> None:
    for ground in (look.background, look.bar, look.cursor):
        for name in TEXTS:
            assert contrast(getattr(look, name), ground) >= 4.5, (name, ground)
        assert contrast(look.faint, ground) >= 3, ("faint", ground)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_a_theme_says_the_same_to_stylesheets_as_to_the_panes(theme: Theme) -> None:
    look, variables = LOOKS[theme.name], theme.to_color_system().generate()
    assert variables["background"] == look.background
    assert variables["text-muted"] == look.dim
    assert variables["border-blurred"] == look.rule
    assert variables["accent"] == look.accent


hex_colours = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06X}")


@settings(deadline=None, max_examples=100)
@given(hex_colours, hex_colours)
def test_any_colour_can_be_made_readable_on_any_ground(colour: str, ground: str) -> None:
    assert contrast(ink(ground), ground) >= 4.5
    assert contrast(readable(colour, ground), ground) >= 4.5


@pytest.mark.parametrize("theme", [*THEMES, *ADJUSTED])
def test_in_sixteen_colours_good_bad_and_warning_are_three_and_none_is_plain_text(
    theme: Theme,
) -> None:
    look = _look(_Key(theme), "standard")
    signs = {
        Color.parse(colour).downgrade(ColorSystem.STANDARD).number
        for colour in (look.good, look.bad, look.warn, look.text)
    }
    assert len(signs) == 4


def test_borders_of_the_terminal_s_own_colours_are_seen_on_its_page() -> None:
    assert {theme.name for theme in ADJUSTED} == {"ansi-dark", "ansi-light"}
    for theme in ADJUSTED:
        assert theme.variables["border-blurred"] not in {"ansi_black", "ansi_white"}
