"""When a file looks as if its writer has finished."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feed.model.arrival import substance
from feed.sources.folder.settling import is_complete

XML = """<?xml version='1.0' encoding="UTF-8"?>
<!-- <LocalElectionResult> --><!DOCTYPE LocalElectionResult>
<LocalElectionResult revision="1">
  <Election date="2019-05-02"><Council name="Alder &amp; Birch > 1"/></Election>
</LocalElectionResult >"""


@pytest.mark.parametrize(
    "text",
    [
        XML.encode(),
        XML.encode() + b"\n<!-- the end -->",
        b"<Empty/>",
        b"<a><a></a></a>",
        "<Môn>é</Môn>".encode(),
        XML.replace("UTF-8", "UTF-16").encode("utf-16"),
        b'<!DOCTYPE x [<!ENTITY e "e">]><x>&e;</x>',
        b'{"a": 1}',
        b"[]",
        b'[{"a": "}]"}, 2]',
    ],
)
def test_a_whole_file_is_complete(text: bytes) -> None:
    assert is_complete(text)


@pytest.mark.parametrize(
    "text",
    [b"", b"<", b"<a><a></a>", b"<a></b>", b"{", b'{"a": "}', b"[1,2", b"Con hold", b"12", b'"text"'],
)  # fmt: skip
def test_a_part_of_a_file_or_plain_text_is_not(text: bytes) -> None:
    assert not is_complete(text)


@pytest.mark.parametrize("end", range(len(XML)))
def test_no_beginning_of_a_message_is_complete(end: int) -> None:
    assert not is_complete(substance(XML.encode()[:end]))


def test_brackets_without_end_are_no_crash() -> None:
    assert not is_complete(b"[" * 200_000 + b"]")
    assert not is_complete(b"<a>" * 100_000 + b"</b>")


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
        ),
        max_leaves=8,
    ).map(lambda value: json.dumps([value]).encode()),
    st.data(),
)
def test_no_beginning_of_any_json_list_is_complete(whole: bytes, data: st.DataObject) -> None:
    end = data.draw(st.integers(0, len(whole) - 1))
    assert is_complete(whole)
    assert not is_complete(whole[:end])
