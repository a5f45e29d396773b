"""Values that look like figures and are none, and bytes that look like text and are none."""

from __future__ import annotations

import gzip
import json
import zlib
from datetime import UTC, datetime

import pytest

from feed.clock import utc_now
from feed.formats import read
from feed.ledger.ledger import Ledger
from feed.model.arrival import Arrival
from feed.model.messages import News, Rejection, Result, Statement
from feed.model.parties import PartyId, party_id


def taken(data: bytes, name: str = "a.json") -> Statement:
    """Read a file that makes one statement."""
    (statement,) = read(Arrival(name, data, utc_now()))
    return statement


def a_result_with(seats: str) -> Statement:
    """Read a result in which Labour's seats are written like that."""
    return taken(b'{"kind": "result", "council": "Ash", "after": {"lab": %b}}' % seats.encode())


def test_a_whole_number_is_a_figure() -> None:
    assert isinstance(a_result_with("3").message, Result)


@pytest.mark.parametrize(
    "seats",
    ["NaN", "Infinity", "-Infinity", "1e999", '"NaN"', '"12"', "true", "3.0", "3.5", "-5", "null",
     "[3]", '{"n": 3}', "2001", "9" * 4_000, "9" * 50_000, "1e3", "0x10"],
)  # fmt: skip
def test_what_is_no_number_of_seats_is_rejected(seats: str) -> None:
    assert isinstance(a_result_with(seats).message, Rejection)


@pytest.mark.parametrize("turnout", ["NaN", "Infinity", "-1", "100.5", '"40"', "1e999"])
def test_what_is_no_percentage_is_rejected(turnout: str) -> None:
    message = '{"kind": "contest", "contest": "mayor", "area": "Ash", "turnout": %s}'
    assert isinstance(taken((message % turnout).encode()).message, Rejection)
    assert not isinstance(taken((message % "41.5").encode()).message, Rejection)


def test_a_key_that_stands_twice_is_rejected_whatever_it_says() -> None:
    for text in (b'{"kind": "news", "text": "one", "text": "two"}',
                 b'{"kind": "result", "council": "Ash", "after": {"lab": 1, "lab": 2}}',
                 b'{"kind": "result", "council": "Ash", "after": {"lab": 1, "Labour": 2}}'):  # fmt: skip
        assert isinstance(taken(text).message, Rejection)


def test_utf_8_with_a_mark_is_text_and_other_encodings_are_named() -> None:
    text = '{"kind": "news", "text": "Môn"}'

    assert isinstance(taken(text.encode("utf-8-sig")).message, News)
    for code in ("utf-16", "utf-16-le", "utf-16-be", "latin-1"):
        message = taken(text.encode(code)).message
        assert isinstance(message, Rejection)
        assert ("UTF-16" if "16" in code else "no UTF-8") in message.what
    assert isinstance(taken(b'{"kind": "news", "text": "a\x00b"}').message, Rejection)
    assert isinstance(taken(b'{"kind": "news", "text": "\xed\xa0\x80"}').message, Rejection)


@pytest.mark.parametrize(
    "data", [gzip.compress(b"0" * 50_000_000, 1), b"PK\x03\x04" + bytes(99)], ids=["gzip", "zip"]
)
def test_what_is_compressed_is_never_unpacked(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zlib, "decompress", lambda *_: pytest.fail("unpacked"))
    monkeypatch.setattr(zlib, "decompressobj", lambda *_: pytest.fail("unpacked"))
    message = taken(data).message
    assert isinstance(message, Rejection)
    assert "unpack" in message.fix


def test_a_party_is_the_same_whatever_letters_its_name_is_written_in() -> None:
    for name in ("Labour", "LABOUR", "Ｌａｂｏｕｒ", "La\u200bbour", "\u202eLabour"):
        message = taken(json.dumps(
            {"kind": "result", "council": "Ash", "after": {name: 3}}).encode()).message  # fmt: skip
        assert isinstance(message, Result)
        assert dict(message.after) == {"lab": 3}, ascii(name)


def test_a_party_in_letters_that_only_look_alike_is_another_and_is_shown() -> None:
    ledger = Ledger()
    look_alike = "L\u0430bour"
    data = json.dumps({"kind": "result", "council": "Trafford", "gss": "E08000009",
                       "after": {look_alike: 40, "con": 3}}).encode()  # fmt: skip
    at = datetime(2019, 5, 3, tzinfo=UTC)
    ledger.take(Arrival("a.json", data, at, at))
    after = {row.party: row.seats_after for row in ledger.standing().scoreboard.rows}
    assert after.get(PartyId("lab"), 0) == 0
    assert after[party_id(look_alike)] == 40


@pytest.mark.parametrize("depth", [300, 100_000])
@pytest.mark.parametrize("brackets", ["[]", "{}"])
def test_brackets_nested_too_deeply_are_rejected(depth: int, brackets: str) -> None:
    opening = "[" if brackets == "[]" else '{"kind":'
    text = opening * depth + ("" if brackets == "[]" else "1") + brackets[1] * depth
    message = taken(text.encode()).message
    assert isinstance(message, Rejection)
    assert "fault in nightdesk" not in message.fix
