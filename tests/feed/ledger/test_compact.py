"""The compact table is a dictionary in less room."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feed.ledger.compact import CompactTable

FEW = st.binary(min_size=3, max_size=3).map(lambda key: bytes(byte % 3 for byte in key))
"""Keys and values of three different bytes: found across the ends of records too."""


@given(told=st.lists(st.tuples(FEW, FEW), max_size=80), asked=FEW)
def test_it_knows_what_a_dictionary_knows(told: list[tuple[bytes, bytes]], asked: bytes) -> None:
    table, plain = CompactTable(3, 3), dict[bytes, bytes]()
    for key, value in told:
        table.put(key, value)
        plain[key] = value
        assert table.get(key) == value
    assert table.get(asked) == plain.get(asked)
    assert {key: table.get(key) for key in plain} == plain


def test_a_hundred_thousand_records_take_little_more_than_their_bytes() -> None:
    table = CompactTable(8, 20)
    for number in range(100_000):
        table.put(hash((number,)).to_bytes(8, "big", signed=True), number.to_bytes(20, "big"))
    room = sum(sys.getsizeof(shard) for shard in table._shards)
    assert room < 1.3 * 28 * 100_000


@pytest.mark.parametrize(("key", "value"), [(b"abc", b"d"), (b"a", b"bcd"), (b"ab", b"")])
def test_a_record_of_another_length_is_refused(key: bytes, value: bytes) -> None:
    with pytest.raises(ValueError, match=repr(key)):
        CompactTable(2, 2).put(key, value)
