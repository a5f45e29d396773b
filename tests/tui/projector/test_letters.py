"""Block letters: every face keeps its shape, no two signs look alike, and no name is cut."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feed.councils.register import built_in
from tui.projector.letters import (
    FACES,
    FIGURE_FACES,
    LARGE,
    SMALL,
    Face,
    big,
    big_width,
    fitted_words,
)

_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ123456789+−&'.,?/"
"""Without the nought, which is the letter O."""
_NAMES = [known.name for known in built_in()]


@settings(deadline=None, max_examples=80)
@given(st.text(f"{_SIGNS} éô-", min_size=1, max_size=9), st.sampled_from(FACES))
def test_words_are_a_rectangle_of_the_size_they_say(text: str, face: Face) -> None:
    rows = big(text, face)
    assert len(rows) == face.rows
    assert {len(row) for row in rows} == {big_width(text, face)}


@settings(deadline=None, max_examples=60)
@given(st.text("0123456789+−,", min_size=1, max_size=8), st.sampled_from(FIGURE_FACES))
def test_figures_are_a_rectangle_of_the_size_they_say(text: str, face: Face) -> None:
    rows = big(text, face)
    assert {len(row) for row in rows} == {big_width(text, face)}


@pytest.mark.parametrize("face", [SMALL, LARGE], ids=["small", "large"])
def test_no_two_signs_look_alike(face: Face) -> None:
    drawn = {big(sign, face) for sign in _SIGNS}
    assert len(drawn) == len(_SIGNS)


def test_a_letter_is_true_to_its_shape() -> None:
    assert big("N", SMALL) == ("▄   ▄", "█▀▄ █", "█  ▀█")


def test_small_letters_are_drawn_as_capitals_and_an_accent_stands_above() -> None:
    assert big("f", SMALL) == big("F", SMALL)
    plain, accented = big("Mon", SMALL), big("Môn", SMALL)
    assert plain[1:] == accented[1:]
    assert plain[0] != accented[0]


def test_every_sign_of_every_council_is_drawn() -> None:
    unknown = big("?", SMALL)
    signs = {char for name in _NAMES for char in name if char != " "}
    assert [char for char in signs if big(char, SMALL) == unknown] == []


@pytest.mark.parametrize(("width", "height"), [(56, 6), (76, 6), (110, 7), (150, 12), (290, 30)])
def test_the_name_of_no_council_is_ever_cut(width: int, height: int) -> None:
    for name in _NAMES:
        rows = fitted_words(name, width, height)
        assert len(rows) <= height
        assert all(len(row) <= width for row in rows)
        if not any(char in "▀▄█" for row in rows for char in row):
            assert " ".join(rows) == name.upper()


def test_a_name_is_as_large_as_its_room() -> None:
    sizes = [len(fitted_words("Bath", 290, height)) for height in (3, 4, 8, 16)]
    assert sizes == [3, 4, 8, 15]


def test_a_long_name_stands_on_two_lines_rather_than_in_plain_letters() -> None:
    rows = fitted_words("Vale of White Horse", 76, 6)
    assert len(rows) == 6
