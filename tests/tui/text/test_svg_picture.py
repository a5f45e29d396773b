"""Pictures are well-formed, say every word, and have no seams between cells of one colour."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET  # our own pictures

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style

from tui.text.svg_picture import CELL, Paper, svg_film, svg_picture

PAGE = Paper("#C9D3DC", "#0E1216")
ORANGE, PLAIN = Style(color="#000000", bgcolor="#FF7F0F"), Style(color="#FFFFFF", bgcolor="#0E1216")


def paths(svg: str, colour: str) -> list[str]:
    return [
        piece
        for found in re.findall(rf'<path fill="{colour}" d="([^"]*)"', svg, re.IGNORECASE)
        for piece in re.findall(r"M[^z]*z", found)
    ]


def test_a_fill_over_many_cells_and_rows_is_one_area() -> None:
    rows = [[Segment(" " * 8, ORANGE)], [Segment("abc", ORANGE), Segment("     ", ORANGE)]]
    assert paths(svg_picture(rows, 8, PAGE), "#FF7F0F") == ["M0 0h80v40h-80z"]


def test_block_signs_are_areas_of_their_own_size() -> None:
    svg = svg_picture([[Segment("▀▄█▌", PLAIN)], [Segment("█   ", PLAIN)]], 4, PAGE)
    assert "▀" not in svg
    assert paths(svg, "#FFFFFF") == [
        "M0 0h10v10h-10z",
        "M10 10h10v10h-10z",
        "M20 0h15v20h-15z",
        "M0 20h10v20h-10z",
    ]


def test_words_stand_on_their_cells_whole_and_escaped() -> None:
    svg = svg_picture([[Segment("  Brighton & Hove <1>", PLAIN)]], 21, PAGE)
    assert "Brighton &amp; Hove &lt;1&gt;" in svg
    assert f'x="{2 * CELL[0]}"' in svg
    assert f'textLength="{19 * CELL[0]}"' in svg


def test_reversed_is_ink_for_paper() -> None:
    svg = svg_picture(
        [[Segment("x", Style(color="#FFFFFF", bgcolor="#112233", reverse=True))]], 1, PAGE
    )
    assert paths(svg, "#FFFFFF")


styles = st.sampled_from(
    [None, ORANGE, PLAIN, Style(bold=True, underline=True), Style(reverse=True)]
)
segments = st.builds(Segment, st.text("aé█▀▄▌ &<é░", min_size=1, max_size=6), styles, st.none())


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(segments, max_size=4), min_size=1, max_size=5))
def test_any_screen_is_well_formed(rows: list[list[Segment]]) -> None:
    ET.fromstring(svg_picture(rows, 30, PAGE))  # noqa: S314
    ET.fromstring(svg_film([(1, rows), (2, rows[::-1])], 30, PAGE))  # noqa: S314


def test_a_film_says_a_row_that_stays_once_and_one_that_returns_once() -> None:
    stays, one, other = ([Segment(word, PLAIN)] for word in ("stays", "one", "other"))
    svg = svg_film([(1, [stays, one]), (1, [stays, other]), (2, [stays, one])], 5, PAGE)
    assert svg.count(">stays<") == 1
    assert svg.count(">one<") == 1
    assert 'values="inline;none;inline" keyTimes="0;0.25;0.5" dur="4s"' in svg
    assert 'values="none;inline;none" keyTimes="0;0.25;0.5"' in svg


@pytest.mark.parametrize("rows", [[[]], [[Segment("", None)]]])
def test_an_empty_row_is_nothing(rows: list[list[Segment]]) -> None:
    assert "<text" not in svg_picture(rows, 4, PAGE)
