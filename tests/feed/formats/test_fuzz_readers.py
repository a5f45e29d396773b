"""Whatever a file holds, reading it gives statements, and nothing in them steers a terminal."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feed.clock import utc_now
from feed.formats import Reader, read
from feed.formats.agency.notations import read_agency_json, read_agency_xml
from feed.formats.democracy_club import read_democracy_club
from feed.formats.live_blog.page import read_live_page
from feed.formats.moderngov import read_moderngov
from feed.formats.native.reader import read_native
from feed.formats.table.reader import read_table
from feed.ledger.ledger import Ledger
from feed.model.arrival import Arrival
from feed.model.messages import Rejection, Statement
from feed.model.standing import Standing
from tests.feed.steering import steering

FEEDS = Path(__file__).parents[3] / "sample_feeds"
SUFFIXES = (".json", ".xml", ".csv", ".txt", ".jsonl", "")
READERS = (
    read_agency_json, read_agency_xml, read_democracy_club, read_moderngov, read_native,
    read_live_page, read_table,
)  # fmt: skip
SCRAPS = (
    b"{", b"}", b"[", b"]", b'"', b"'", b"<", b">", b"/>", b"&", b";", b",", b"\n", b"\r\n", b"\t",
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1b[2J", b"\xc2\x9b", "\u202e".encode(), b"\\u0000",
    b"\\ud800", b"NaN", b"1e999", b"9" * 400, b"-1", b"null", b"true", b"&#x9b;", b"&#0;", b"&a;",
    b"<!DOCTYPE a [", b"<?xml version='1.0' encoding='utf-16'?>", b"<![CDATA[", b"<!--", b"=cmd",
    b"kind", b'"kind":"result"', b'"@', b"NewCouncil", b"seats=", b"council,", b"Lab gain from",
)  # fmt: skip


@cache
def samples() -> tuple[tuple[str, bytes], ...]:
    """Return one file of each kind that is real: its suffix and some kilobytes of it."""
    paths = (
        FEEDS / "live-blog-2019.txt",
        *sorted((FEEDS / "rehearsal").rglob("*.*"))[::9],
        *sorted(FEEDS.glob("england-2019*/*.jsonl")),
    )
    found = []
    for path in paths:
        if path.is_file():
            data = path.read_bytes()[:3_000]
            found.append((path.suffix, data[: data.rfind(b"\n") + 1] or data))
    columns = b"council,control,lab,con,ld\nTrafford,Lab gain,36,20,6\nYork,NOC,17,2,21\n"
    returns = b"council;party;seats\nTrafford;Labour;36\nTrafford;Conservative;20\n"
    return (*found, (".csv", columns), (".csv", returns))


def is_sound(data: bytes, suffix: str) -> tuple[Statement, ...]:
    """Read as the desk does: statements without steering, and never a fault of ours."""
    statements = read(Arrival(f"a{suffix}", data, utc_now()))
    assert all(isinstance(statement, Statement) for statement in statements)
    assert not steering(statements)
    for statement in statements:
        if isinstance(statement.message, Rejection):
            assert "fault in nightdesk" not in statement.message.fix, statement.message.what
            assert statement.message.fix
    return statements


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(SUFFIXES))
def test_random_bytes_are_read_or_rejected(data: bytes, suffix: str) -> None:
    assert is_sound(data, suffix)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(SCRAPS), max_size=14).map(b"".join), st.sampled_from(SUFFIXES))
def test_scraps_of_every_format_are_read_or_rejected(data: bytes, suffix: str) -> None:
    assert is_sound(data, suffix)


@st.composite
def mutated(draw: st.DrawFn) -> tuple[bytes, str]:
    """Return a real file with a few places cut out, doubled, swapped or replaced by a scrap."""
    suffix, data = draw(st.sampled_from(samples()))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.sampled_from((0, 1, 2, 8, 60, 500))))
        piece = draw(st.sampled_from((b"", data[start:end] * 2, data[start:end][::-1], *SCRAPS)))
        data = data[:start] + piece + data[end:]
    return data, suffix


@settings(max_examples=250, deadline=None)
@given(mutated())
def test_a_damaged_file_is_read_or_rejected_and_folded(case: tuple[bytes, str]) -> None:
    data, suffix = case
    is_sound(data, suffix)
    ledger = Ledger()
    ledger.take(Arrival(f"a{suffix}", data, utc_now()))
    standing = ledger.standing()
    assert isinstance(standing, Standing)
    assert not steering(standing)
    assert sum(row.net for row in standing.scoreboard.rows) == 0


@pytest.mark.parametrize("number", range(len(samples())))
def test_every_beginning_of_a_real_file_is_read_or_rejected(number: int) -> None:
    suffix, data = samples()[number]
    for end in range(0, len(data), max(1, len(data) // 40)):
        is_sound(data[:end], suffix)


@settings(max_examples=120, deadline=None)
@given(mutated(), st.sampled_from(READERS))
def test_a_reader_given_a_file_of_another_format_raises_nothing(
    case: tuple[bytes, str], reader: Reader
) -> None:
    data, suffix = case
    statements = reader(Arrival(f"a{suffix}", data, utc_now()))
    assert not steering(statements)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.sampled_from(SUFFIXES))
def test_any_text_is_read_or_rejected(text: str, suffix: str) -> None:
    assert is_sound(text.encode("utf-8", "surrogatepass"), suffix)
