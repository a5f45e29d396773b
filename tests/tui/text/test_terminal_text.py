"""What reaches the terminal: cleaned, measured in cells, never read as markup."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from feed.english import counted, number
from tests.tui.log_entries import HOSTILE, words
from tui.text.fitting import Part, fitted
from tui.text.terminal_text import (
    cut,
    cut_at_clause,
    cut_at_part,
    cut_at_word,
    fit,
    safe,
    segment,
    signed,
)
from tui.text.wrapping import cells, wrapped

PLAIN = Style()


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=60))
def test_no_text_steers_the_terminal(text: str) -> None:
    shown = segment(text).text
    kinds = {unicodedata.category(char) for char in shown}
    assert not kinds & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def test_every_low_code_point_is_drawn_harmlessly() -> None:
    for code in range(0x3000):
        shown = safe(f"a{chr(code)}b")
        assert all(unicodedata.category(char)[0] != "C" for char in shown), hex(code)


def test_markup_is_text() -> None:
    assert segment("Labour gain [from Con] [/]").text == "Labour gain [from Con] [/]"


def test_spaces_in_front_and_between_stay() -> None:
    assert safe("  a  b\x1b ") == "  a  b␛ "


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=40), st.integers(0, 40))
def test_a_fitted_text_takes_exactly_its_cells(text: str, size: int) -> None:
    assert cell_len(fit(text, size)) == size
    assert cell_len(fit(text, size, "right")) == size
    assert cell_len(cut(text, size)) <= size
    assert cell_len(cut_at_word(text, size)) <= size


def test_wide_characters_are_measured_in_cells() -> None:
    assert fit("漢字漢字", 5) == "漢字…"
    assert fit("漢字漢字", 6) == "漢字… "
    assert fit("Alderton", 5) == "Alde…"


def test_a_sentence_is_cut_between_words() -> None:
    assert cut_at_word("looking every second", 15) == "looking every …"


@pytest.mark.parametrize(
    ("amount", "shown"), [(-1269, "−1,269"), (129, "+129"), (0, "·"), (1300, "+1,300")]
)
def test_changes_carry_a_real_sign(amount: int, shown: str) -> None:
    assert signed(amount) == shown


def test_numbers_have_thousands_separators_and_their_noun() -> None:
    assert (number(1365), number(-12), signed(0, "0")) == ("1,365", "−12", "0")
    assert (counted(1, "problem"), counted(2000, "problem")) == ("1 problem", "2,000 problems")
    assert counted(2, "entry", "entries") == "2 entries"


@settings(deadline=None, max_examples=150)
@given(st.lists(st.text(max_size=30), max_size=4), st.integers(2, 40), st.integers(1, 5))
@example(["\U0001f3fb", "000"], 2, 2)
@example(["\u0301", "abc"], 2, 2)
@example(["000", "\u0301\u0301"], 2, 2)
def test_wrapped_lines_fit_and_lose_nothing_that_there_is_room_for(
    texts: list[str], width: int, limit: int
) -> None:
    lines = wrapped([(text, PLAIN) for text in texts], width, limit)
    assert len(lines) <= limit
    assert all(cells(line) <= width for line in lines)
    told = "".join(words(line) for line in lines).replace(" ", "")
    whole = "".join(safe(text) for text in texts).replace(" ", "")
    assert told == whole or told.endswith("…")


def test_a_word_in_two_styles_is_not_torn_apart() -> None:
    bold = Style(bold=True)
    lines = wrapped([("Lab gain ", PLAIN), ("Trafford", bold), (": at last", PLAIN)], 12, 5)
    assert [words(line) for line in lines] == ["Lab gain", "Trafford: at", "last"]


def test_a_no_break_space_is_a_part_of_its_word() -> None:
    lines = wrapped([("\xa0", PLAIN), ("00 of 3\xa0rushes", PLAIN)], 8, 5)
    assert [words(line) for line in lines] == ["\xa000 of", "3\xa0rushes"]


def test_a_hostile_text_wraps_like_any_other() -> None:
    lines = wrapped([(HOSTILE, PLAIN)], 20, 9)
    assert all("\x1b" not in words(line) and "\x9b" not in words(line) for line in lines)
    assert "[@click=app.quit]x" in " ".join(words(line) for line in lines)


def test_parts_give_way_in_their_order_until_they_fit() -> None:
    parts = {
        "a": Part(("aaaaaa", "a"), PLAIN),
        "b": Part(("bbbbbb", "b", ""), PLAIN),
    }
    assert fitted(parts, ("b", "a", "b"), 14) == {"a": "aaaaaa", "b": "bbbbbb"}
    assert fitted(parts, ("b", "a", "b"), 9) == {"a": "aaaaaa", "b": "b"}
    assert fitted(parts, ("b", "a", "b"), 3) == {"a": "a", "b": ""}


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (80, "Filter as you type: party, council or words; Enter keeps it."),
        (50, "Filter as you type: party, council or words"),
        (30, "Filter as you type"),
        (10, "Filter as…"),
    ],
)
def test_a_sentence_is_cut_at_a_clause_where_one_fits(cells: int, said: str) -> None:
    text = "Filter as you type: party, council or words; Enter keeps it."
    assert cut_at_clause(text, cells) == said


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (60, "Enter opens · a acknowledges it · A all · Escape closes"),
        (50, "Enter opens · a acknowledges it · Escape closes"),
        (30, "Enter opens · Escape closes"),
        (20, "Escape closes"),
        (9, "Escape c…"),
    ],
)
def test_keys_in_a_border_are_left_out_whole_and_the_one_that_closes_last(
    cells: int, said: str
) -> None:
    assert cut_at_part("Enter opens · a acknowledges it · A all · Escape closes", cells) == said
