"""Which reader a file goes to, and what is said about files that none can read."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feed.formats import read
from feed.formats.live_blog import page as plain_words
from feed.model.arrival import Arrival
from feed.model.messages import Rejection, SetAside, Statement

FILES = Path(__file__).parent / "files"
SEEN = datetime(2019, 5, 3, 1, 0, tzinfo=UTC)
RESULT_XML = (
    '<LocalElectionResult revision="1"><Election date="20190502" paId="1">'
    '<Council name="Alder" paId="7" type="Non-Met" proportion="third">'
    '<NewCouncil><Party name="Labour" paId="2" seats="20"/></NewCouncil>'
    "</Council></Election></LocalElectionResult>"
)


def an_arrival(data: str | bytes, path: str = "feed/unnamed", line: int | None = None) -> Arrival:
    return Arrival(path, data if isinstance(data, bytes) else data.encode(), SEEN, SEEN, line)


def kinds(data: str | bytes, path: str = "feed/unnamed") -> list[str]:
    return [each.message.kind for each in read(an_arrival(data, path))]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ('{"kind": "news", "text": "a"}', ["news"]),
        ('  \n{"kind": "news", "text": "a"}', ["news"]),
        ('[\n{"kind": "news", "text": "a"}, {"kind": "news", "text": "b"}]', ["news", "news"]),
        ('{"kind": "news", "text": "a"}\n{"kind": "news", "text": "b"}', ["news", "news"]),
        ('{"kind": "news", "text": "\\"@labour said"}', ["news"]),
        (b'\xef\xbb\xbf{"kind": "news", "text": "a"}', ["news"]),
        (RESULT_XML, ["result"]),
        (f"<?xml version='1.0'?>\n<!-- x -->\n{RESULT_XML}", ["result"]),
        (f'<?xml version="1.0" encoding="UTF-16"?>{RESULT_XML}'.encode("utf-16"), ["result"]),
        ("council,Con,Lab\nLeeds,23,57\n", ["result"]),
        ('"council";"Con";"Lab"\r\n"Leeds";23;57\r\n', ["result"]),
        (
            "ballot_paper_id,party_name,elected\nlocal.adur.manor.2018-05-03,Lab,True\n",
            ["ward_result"],
        ),
        ("1.04am: Labour hold Leeds\nCounting goes on", ["rush", "news", "page"]),
        ("[01:04] Labour hold Leeds", ["rush", "page"]),
        ("[Breaking] counting goes on", ["aside"]),
        ("Polls have closed, says Labour", ["news", "page"]),
        ("Labour hold Leeds".encode("utf-16"), ["rejection"]),
    ],
)
def test_the_contents_decide_and_not_the_name(data: str | bytes, expected: list[str]) -> None:
    for path in ("feed/unnamed", "a.json", "b.xml", "c.txt"):
        assert kinds(data, path) == expected


def test_the_agency_s_json_goes_to_its_reader() -> None:
    council = {"@name": "Alder", "NewCouncil": {"Party": {"@name": "Labour", "@seats": "20"}}}
    election = {"@date": "20190502", "@paId": "1", "Council": council}
    data = json.dumps({"LocalElectionResult": {"@revision": "1", "Election": election}})
    assert kinds(data) == ["result"]


@pytest.mark.parametrize("name", ["good.xml", "odd_attributes.xml"])
def test_modern_gov_goes_to_its_reader(name: str) -> None:
    assert set(kinds((FILES / "moderngov" / name).read_bytes())) == {"ward_result"}


REFUSED = [
    (b"", "the file is empty", "send it again"),
    (b" \r\n\t", "the file is empty", "send it again"),
    (b"\xef\xbb\xbf", "the file is empty", "send it again"),
    (b"<html><body>404</body></html>", "the XML begins with “html”", "Check that the file"),
    (b"<!DOCTYPE html>\n<html></html>", "the XML begins with “html”", "Check that the file"),
    (b"<?xml version='1.0'?><!-- <a> --><rss/>", "the XML begins with “rss”", "other XML"),
    (b"<", "this is no XML that can be read", "Check that the file"),
    (b"PK\x03\x04\x14\x00", "the file is an Excel workbook", "Save it as CSV"),
    (b"\xd0\xcf\x11\xe0\xa1", "the file is an old Excel workbook", "Save it as CSV"),
    (b"%PDF-1.7", "the file is a PDF", "Save it as CSV"),
    (b"\x1f\x8b\x08", "the file is compressed with gzip", "unpack it"),
    (b"\x89PNG\r\n", "the file is a picture", "Save it as CSV"),
    (b"\x00\x01\x02", "there is a NUL byte", "Copy the file again"),
    (b'{"kind": "news"', "the JSON ends too early", "Send it again"),
    (b'{"@name": "x"', "the JSON ends too early", "Send it again"),
    (b"[]", "the list of messages is empty", "Write a message"),
    (b'{"a": "@b", "kind": "nws"}', "kind is “nws”", "Say what the message is"),
    (b"candidate,votes,share\nA,1,2\nB,3,4\n", "the columns are “candidate”", "Name the columns"),
]


@pytest.mark.parametrize(("data", "what", "fix"), REFUSED)
def test_what_cannot_be_read_gives_one_sentence_to_act_on(data: bytes, what: str, fix: str) -> None:
    (statement,) = read(an_arrival(data))
    assert isinstance(statement.message, Rejection)
    assert what in statement.message.what
    assert fix in statement.message.fix


def test_brackets_without_end_are_refused_and_not_raised() -> None:
    for data in (b"[" * 200_000, b'{"@a":' * 200_000, b"<a>" * 100_000):
        assert kinds(data) == ["rejection"]


def test_a_fault_in_a_reader_is_a_rejection_and_is_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(_: Arrival) -> tuple[Statement, ...]:
        raise ZeroDivisionError

    monkeypatch.setattr(plain_words, "read_live_page", fails)
    with caplog.at_level(logging.ERROR):
        (statement,) = read(an_arrival("Labour hold Leeds", "live.txt", 3))
    assert isinstance(statement.message, Rejection)
    assert statement.message.what == "nightdesk could not read this file (ZeroDivisionError)"
    assert statement.line == 3
    assert "live.txt:3" in caplog.text


def test_every_file_beside_the_tests_is_read() -> None:
    paths = [path for path in FILES.rglob("*") if path.is_file()]
    assert len(paths) > 100
    for path in paths:
        statements = read(an_arrival(path.read_bytes(), path.name))
        assert statements
        assert not any("could not read" in getattr(each.message, "what", "") for each in statements)


def test_no_escape_of_any_file_reaches_a_message() -> None:
    evil = "\x1b]52;c;eA==\x07\u202e[red]"
    for data in (
        evil,
        f"{evil},Con,Lab\n{evil},x,2\n",
        f"council,Con,{evil}\n{evil},x,2\n",
        json.dumps({"kind": evil, evil: evil}),
        f"<{evil}/>",
        f"1.04am: {evil}",
        f"ballot_paper_id,party_name,elected\nlocal.a.b.2018-05-03,{evil},True\n{evil},,\n",
    ):
        for each in read(an_arrival(data, "a.csv")):
            told = each.message.to_json().decode()
            assert "\\u001b" not in told
            assert "\u202e" not in told


START = st.sampled_from(
    [b"", b"{", b"[", b"<", b"<?xml", b"council,Con\n", b"1.04am ", b"\xff\xfe"]
)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(START, st.binary(max_size=80))
def test_any_bytes_at_all_give_statements(start: bytes, data: bytes) -> None:
    statements = read(an_arrival(start + data))
    assert statements
    assert not any("could not read" in getattr(each.message, "what", "") for each in statements)


@pytest.mark.parametrize(
    "text",
    ["# Read me\n\nThis folder holds the results feed.\nContact the desk at any time.\n",
     "Notes of the night manager\n- batteries\n- coffee\n", "TODO\n", "lorem ipsum dolor sit amet",
     "#!/bin/sh\nrsync -a host:/feed .\n", "def main():\n    print(1)\n"],
)  # fmt: skip
def test_text_that_names_no_council_and_no_party_is_no_feed_file(text: str) -> None:
    (statement,) = read(Arrival("x.txt", text.encode(), SEEN))
    assert isinstance(statement.message, SetAside)
    assert statement.message.of == "No feed file"


@pytest.mark.parametrize(
    "text", ["01:04 The count is under way", "Labour are confident", "Trafford counts tonight",
             "2.10am: Turnout is said to be low"]
)  # fmt: skip
def test_a_line_of_the_night_is_news(text: str) -> None:
    assert "news" in [it.message.kind for it in read(Arrival("x.txt", text.encode(), SEEN))]
