"""Block digits: every scale keeps its shape, and no two digits look alike."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.projector.big_figures import big, big_rows, big_width

FIGURES = st.text("0123456789+−,·–", min_size=1, max_size=8)


@settings(deadline=None, max_examples=60)
@given(FIGURES, st.integers(1, 4))
def test_a_figure_is_a_rectangle_of_the_size_it_says(figure: str, scale: int) -> None:
    rows = big(figure, scale)
    assert len(rows) == big_rows(scale)
    assert {cell_len(row) for row in rows} == {big_width(figure, scale)}


def test_a_digit_reads_as_it_is() -> None:
    assert big("7", 1) == ["▀▀█", " ▄▀", " ▀ "]
    assert big("1,0", 2)[0] == "  ██          ██████"


@pytest.mark.parametrize("scale", [1, 2, 3])
def test_no_two_signs_look_alike(scale: int) -> None:
    drawn = [tuple(big(sign, scale)) for sign in "0123456789+·ABCDEFGHIJKLMNPRTUVWXYZ?"]
    assert len(set(drawn)) == len(drawn)


def test_a_letter_that_is_not_drawn_is_a_question_mark() -> None:
    assert big("é", 1) == big("?", 1)
    assert big("f", 1) == big("F", 1)
