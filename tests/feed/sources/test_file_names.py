"""File names are bytes; written down they show every one of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feed.file_names import escaped, unescaped
from tests.feed.sources.feed_folder import NEWS, FeedFolder
from tests.feed.steering import STEERING


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"bad\xff.json", r"bad\xff.json"),
        (b"two\nlines.json", r"two\x0alines.json"),
        (b"\x1b]52;c;x\x07.json", r"\x1b]52;c;x\x07.json"),
        (rb"back\slash.json", r"back\\slash.json"),
        ("Y Fro Môn.json".encode(), "Y Fro Môn.json"),
    ],
)
def test_a_file_of_any_name_is_delivered(feed: FeedFolder, name: bytes, shown: str) -> None:
    feed.put(name, NEWS)
    feed.put("b\xfcro/".encode("latin-1") + name, NEWS)
    feed.look(name)
    feed.scan()
    assert feed.names() == [shown, r"b\xfcro/" + shown]


@given(st.binary(max_size=40))
def test_an_escaped_path_is_printable_and_can_be_undone(path: bytes) -> None:
    text = escaped(path)
    assert unescaped(text) == path
    assert not STEERING.search(text)


@given(st.text(st.sampled_from("a\\x\x1b\x9b\u202e\u200b\u2028\ufeff\U000e0041é"), max_size=12))
def test_a_name_that_hides_something_is_shown_byte_by_byte(name: str) -> None:
    text = escaped(name.encode())
    assert unescaped(text) == name.encode()
    assert not STEERING.search(text)


@given(st.text())
def test_any_text_can_be_unescaped(text: str) -> None:
    assert isinstance(unescaped(text), bytes)
