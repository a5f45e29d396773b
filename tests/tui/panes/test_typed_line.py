"""The line at the foot: what is typed stands before what came of it."""

from __future__ import annotations

import pytest

from tests.tui.log_entries import words
from tui.colours.themes import DARK
from tui.panes.typed_line import TypedLine
from tui.text.typed_text import TypedText

FOUND = ("19 entries · 12 councils", "19 · 12")


def said(typed: str, cells: int, *, is_typed: bool = True) -> str:
    line = TypedLine()
    line.show("/", TypedText.ended(typed) if is_typed else typed, "", FOUND)
    (drawn,) = line.bar_lines(cells, DARK)
    return words(drawn)


@pytest.mark.parametrize("is_typed", [True, False])
@pytest.mark.parametrize("typed", ["lab", "majority<5 north", "!lab !con south west | york"])
def test_all_that_is_typed_is_in_sight_before_what_was_found_is_told_at_length(
    typed: str, is_typed: bool
) -> None:
    for cells in range(60, len(typed) + 14, -1):
        line = said(typed, cells, is_typed=is_typed)
        assert line.startswith(f" / {typed}")
        assert line.rstrip().endswith(FOUND[1] if FOUND[0] not in line else FOUND[0])
        assert len(line) <= cells
    assert FOUND[0] in said(typed, 60, is_typed=is_typed)


def test_what_was_found_is_told_also_beside_more_words_than_have_room() -> None:
    line = said("north " * 20, 30)
    assert line.rstrip().endswith(FOUND[1])
    assert len(line) <= 30
