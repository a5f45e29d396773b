"""Only the cells that changed are written, and a terminal shows what was drawn."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from tests.tui.running.terminal.glass import Glass
from tui.running.terminal.cells import Cells, Pen, cells_of, pen_of

WIDTH, HEIGHT = 24, 5
PENS = ("", "1", "1;2", "31", "1;38;2;9;8;7;48;2;1;2;3", "7;48;5;44", "3;4;9;97;104", "48;2;1;2;3")
TEXTS = st.text(alphabet=st.sampled_from("aé 開ｗ─\u0301한x"), max_size=12)
WORDS = st.tuples(st.integers(0, WIDTH + 2), st.integers(0, HEIGHT), TEXTS, st.sampled_from(PENS))


def put(cells: Cells, x: int, y: int, text: Sequence[str], pen: Pen) -> None:
    """Draw a text with one pen."""
    cells.put(x, y, text, [pen] * len(text))


def all_of(cells: Cells, most: int = 10_000) -> str:
    """Return everything that is left to be written."""
    pieces = iter(lambda: cells.difference(most), "")
    return "".join(pieces)


def drawn(*lines: str) -> Cells:
    """Return a picture of some lines that the terminal shows already."""
    cells = Cells()
    cells.resize(max(map(len, lines)), len(lines))
    for y, line in enumerate(lines):
        put(cells, 0, y, line, pen_of(""))
    all_of(cells)
    return cells


def test_nothing_is_written_when_nothing_has_changed() -> None:
    cells = drawn("Labour 12", "Green   3")
    put(cells, 0, 0, "Labour 12", pen_of(""))

    assert all_of(cells) == ""


def test_one_figure_that_changes_is_all_that_is_written() -> None:
    cells = drawn("Labour 12", "Green   3")
    put(cells, 0, 1, "Green   4", pen_of(""))

    assert all_of(cells) == "\x1b[2;9H4"


def test_a_pen_is_changed_only_by_what_is_other() -> None:
    cells = drawn("abc")
    put(cells, 0, 0, "a", pen_of("1;38;2;1;2;3;48;2;4;5;6"))
    put(cells, 1, 0, "b", pen_of("38;2;1;2;3;48;2;7;8;9"))

    assert all_of(cells) == "\x1b[1H\x1b[1;38;2;1;2;3;48;2;4;5;6ma\x1b[22;48;2;7;8;9mb"


def test_a_gap_that_is_shorter_than_a_move_is_written_again() -> None:
    cells = drawn("one two three")
    put(cells, 0, 0, "oNe Two three", pen_of(""))
    assert all_of(cells) == "\x1b[1;2HNe T"
    put(cells, 0, 0, "ONe TwO three", pen_of(""))

    assert all_of(cells) == "\x1b[1HO\x1b[5CO"


def test_what_was_drawn_over_on_its_way_is_never_written() -> None:
    cells = drawn("aaaa", "bbbb", "cccc")
    for y in range(3):
        put(cells, 0, y, "1111", pen_of(""))
    first = cells.difference(1)
    for y in range(3):
        put(cells, 0, y, "2222", pen_of(""))

    assert "1111" in first
    assert "1111" not in all_of(cells)


def test_a_pass_that_finds_nothing_to_write_goes_on_to_what_was_drawn_since() -> None:
    cells = drawn("aaaa", "bbbb", "cccc")
    put(cells, 0, 0, "1111", pen_of(""))
    put(cells, 0, 2, "cccc", pen_of(""))
    cells.difference(1)
    put(cells, 0, 0, "2222", pen_of(""))

    assert cells.difference(1).endswith("2222")


def test_a_terminal_that_is_not_known_is_written_whole() -> None:
    cells = drawn("Labour 12", "Green   3")
    cells.forget()
    glass = Glass(9, 2)
    glass.feed(all_of(cells))

    assert glass.screen.display == ["Labour 12", "Green   3"]


def test_no_control_is_ever_a_cell() -> None:
    assert "".join(cells_of("a\x1b]52;c;eA==\x07\x9b2J\rb\n")) == "a]52;c;eA==2Jb"


def test_links_are_opened_and_closed() -> None:
    cells = drawn("abc")
    put(cells, 1, 0, "b", pen_of("", "id=1;https://example.org"))
    assert all_of(cells) == "\x1b[1;2H\x1b]8;id=1;https://example.org\x1b\\b"
    put(cells, 1, 0, "b", pen_of(""))

    assert all_of(cells) == "\x1b[1;2H\x1b]8;;\x1b\\b"


@given(st.lists(st.lists(WORDS, max_size=6), max_size=6), st.sampled_from((1, 30, 10_000)))
def test_any_words_put_anywhere_in_any_pieces_show_as_if_written_at_once(
    frames: list[list[tuple[int, int, str, str]]], most: int
) -> None:
    by_pieces, glass = Cells(), Glass(WIDTH, HEIGHT)
    at_once = Cells()
    by_pieces.resize(WIDTH, HEIGHT)
    at_once.resize(WIDTH, HEIGHT)
    for frame in frames:
        for x, y, text, codes in frame:
            for cells in (by_pieces, at_once):
                put(cells, x, y, cells_of(text), pen_of(codes))
        glass.feed(by_pieces.difference(most))
    glass.feed(all_of(by_pieces))
    whole = Glass(WIDTH, HEIGHT)
    whole.feed(all_of(at_once))

    assert glass.look == whole.look


@given(TEXTS)
def test_a_text_has_as_many_cells_as_it_is_wide(text: str) -> None:
    cells = cells_of(text)

    assert "".join(cells).replace("\u0301", "") == text.replace("\u0301", "")
    assert len(cells) == sum(2 if char in "開ｗ한" else char != "\u0301" for char in text)


def test_what_says_something_new_goes_before_what_only_looks_other() -> None:
    cells = drawn(*["the whole of a line is dimmed"] * 3)
    for y in range(3):
        put(cells, 0, y, "the whole of a line is dimmed", pen_of("2"))
    put(cells, 10, 2, "page", pen_of("1"))
    first = cells.difference(1)

    assert first.endswith("page")
    assert cells.is_whole()
    assert all_of(cells).count("dimmed") == 3
