"""Keys are read from whatever bytes come, and Alt in front of one is Escape and the key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import Key, Paste

from tui.running.terminal.driver import KeyReader


def keys(*reads: bytes, with_alt: frozenset[str] = frozenset()) -> list[str]:
    """Return the names of the keys that come of some reads and a pause."""
    reader = KeyReader()
    messages = [message for read in reads for message in reader.feed(read, with_alt)]
    return [each.key for each in (*messages, *reader.rest()) if isinstance(each, Key)]


def test_a_byte_that_is_no_text_is_replaced_and_the_keys_behind_it_are_read() -> None:
    assert keys(b"\xff", b"j", b"\xc3(k")[-1] == "k"
    assert "j" in keys(b"\xff", b"j")


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        (b"\x1bj", ["escape", "j"]),
        (b"\x1b?", ["escape", "question_mark"]),
        (b"\x1b/", ["escape", "slash"]),
        (b"\x1b\r", ["escape", "enter"]),
        (b"\x1b[", ["escape", "left_square_bracket"]),
        (b"\x1b]", ["escape", "right_square_bracket"]),
        (b"\x1bG", ["escape", "G"]),
        (b"\x1b\x1bq", ["escape", "escape", "q"]),
        (b"q\x1bjk", ["q", "escape", "j", "k"]),
        (b"\x1bf", ["escape", "f"]),
        (b"\x1b", ["escape"]),
        (b"\x1b\x1b", ["escape", "escape"]),
        (b"\x1b[A", ["up"]),
        (b"\x1bOP", ["f1"]),
        (b"\x1b[1;2A", ["shift+up"]),
    ],
)
def test_alt_in_front_of_a_key_is_escape_and_the_key(sent: bytes, read: list[str]) -> None:
    assert keys(sent) == read


def test_a_key_that_a_command_is_on_with_alt_stays_one_key() -> None:
    assert keys(b"j\x1bdk", with_alt=frozenset("d")) == ["j", "alt+d", "k"]
    assert keys(b"\x1bD", with_alt=frozenset("D")) == ["alt+shift+d"]


def test_a_paste_whose_end_is_lost_ends_by_itself_and_keys_are_keys_again() -> None:
    reader = KeyReader()
    messages = list(reader.feed(b"\x1b[200~lab gain"))
    for _ in range(40):
        messages += reader.rest()
    messages += [*reader.feed(b"j"), *reader.rest()]
    assert [type(each) for each in messages] == [Paste, Key]
    assert isinstance(messages[0], Paste)
    assert messages[0].text == "lab gain"


@given(st.integers(1, 3))
def test_a_sequence_that_comes_in_two_reads_is_one_key(cut: int) -> None:
    sent = b"\x1b[1;2A"
    assert keys(sent[:cut], sent[cut:]) == ["shift+up"]


def test_an_escape_and_a_key_of_the_next_read_are_two_keys() -> None:
    assert keys(b"\x1b", b"j") == ["escape", "j"]


def test_what_is_pasted_is_pasted_as_a_whole() -> None:
    sent = b"\x1b[200~abc q\x1b[201~\x1bj"
    for cut in range(1, len(sent)):
        reader = KeyReader()
        read = [*reader.feed(sent[:cut]), *reader.feed(sent[cut:]), *reader.rest()]
        assert [each.text for each in read if isinstance(each, Paste)] == ["abc q"], cut
        assert [each.key for each in read if isinstance(each, Key)] == ["escape", "j"], cut


@given(st.lists(st.binary(max_size=8), max_size=8))
def test_no_bytes_end_the_reading(reads: list[bytes]) -> None:
    assert keys(*reads, b"\x1b[201~", b"x" * 40, b"q")[-1:] in (["q"], [])
