"""A terminal without the signs gets signs of ASCII: as many cells, and told from one another."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.segment import Segment
from textual._compositor import LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from feed.model.parties import PartyId
from tui.colours.themes import DARK
from tui.control_grid.cells import CHANGED, FRESH, UNCONFIRMED, WATCHED
from tui.running.terminal.cells import Cells, cells_of
from tui.running.terminal.driver import paint
from tui.scoreboard.page import trend_blocks
from tui.text.ascii_signs import cells_in_ascii, in_ascii, takes_signs
from tui.text.terminal_text import MINUS


@given(st.text())
def test_every_text_is_as_wide_in_ascii(text: str) -> None:
    cells = cells_of(text)
    drawn = cells_in_ascii(cells)
    assert len(drawn) == len(cells)
    assert all(len(sign) == 1 and sign.isascii() and sign.isprintable() for sign in drawn)
    assert in_ascii(text).isascii()


def test_a_minus_stays_a_minus_and_letters_lose_their_accents() -> None:
    assert (
        "".join(cells_in_ascii(f"Ynys Môn {MINUS}12 · ² ~04:31 …")) == "Ynys Mon -12 . 2 ~04:31 ."
    )
    assert in_ascii(f"{MINUS}12 · 3") == "-12 * 3"


def test_no_sign_before_a_word_becomes_a_letter_of_it() -> None:
    for said in ("∑total", "¶ news", "≈ matched", "↳ corrects", "✗ not taken"):
        sign, *_ = cells_in_ascii(cells_of(said))
        assert not sign.isalnum() or sign == "x"


@pytest.mark.parametrize("space", "\u00a0\u2002\u2003\u2007\u2009\u202f")
def test_a_space_of_any_kind_stays_a_space(space: str) -> None:
    assert "".join(cells_in_ascii(cells_of(f"L{space}Lab"))) == "L Lab"
    assert in_ascii(f"L{space}Lab") == "L Lab"


def test_a_trend_below_zero_hangs_from_its_line_in_ascii_too() -> None:
    for figures, seen in (((1, 3, 5, 7), "_-=#"), ((-1, -3, -5, -7), '"-=#')):
        segments = trend_blocks(figures, 7, PartyId("lab"), DARK)
        assert drawn_in_ascii(segments) == seen


def drawn_in_ascii(segments: Sequence[Segment]) -> str:
    """Return a line as a terminal without other signs shows it; nothing of it is reversed."""
    strip, cells = Strip(segments), Cells()
    update = LayoutUpdate([[strip]], Region(0, 0, strip.cell_length, 1))
    paint(cells, update, ColorSystem.TRUECOLOR, in_ascii=True)
    written = cells.difference(10_000)
    assert not re.search(r"\x1b\[7[;m]", written)
    return re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", written)


def test_the_signs_of_the_grid_stay_apart() -> None:
    signs = cells_in_ascii(["·", CHANGED, FRESH, UNCONFIRMED, "²", WATCHED, "="])
    assert len(set(signs)) == len(signs)
    assert "?" not in signs


@pytest.mark.parametrize(
    ("environment", "takes"),
    [
        ({}, True),
        ({"LANG": "en_GB.UTF-8"}, True),
        ({"LANG": "C.UTF-8"}, True),
        ({"LANG": "en_GB.utf8", "LC_ALL": ""}, True),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "C"}, False),
        ({"LANG": "en_GB.ISO-8859-1"}, False),
        ({"LANG": "en_GB.ISO-8859-1", "LC_CTYPE": "en_GB.UTF-8"}, True),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, False),
        ({"LANG": "POSIX"}, False),
    ],
)
def test_the_locale_says_whether_there_are_more(environment: dict[str, str], takes: bool) -> None:
    assert takes_signs(environment) is takes
