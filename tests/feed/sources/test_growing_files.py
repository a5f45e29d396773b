"""A JSONL file is read line by line as it grows."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.feed.sources.feed_folder import FeedFolder


def lines(*numbers: int) -> bytes:
    return b"".join(b'{"n": %d}\n' % number for number in numbers)


def test_each_line_is_an_arrival_with_its_number(feed: FeedFolder) -> None:
    feed.put("l.jsonl", lines(1) + b"\n  \n" + lines(2).replace(b"\n", b"\r\n"))
    scan = feed.scan()
    assert feed.delivered == [("l.jsonl:1", b'{"n": 1}'), ("l.jsonl:4", b'{"n": 2}')]
    assert [arrival.line for arrival in scan.arrivals] == [1, 4]
    assert scan.found == 1


def test_a_line_is_delivered_when_its_end_is_there(feed: FeedFolder) -> None:
    path = feed.put("l.jsonl", lines(1) + b'{"n"')
    assert feed.scan().pending == 1
    assert feed.names() == ["l.jsonl:1"]
    with path.open("ab") as writer:
        writer.write(b": 2}\n")
    assert feed.scan().pending == 0
    assert feed.delivered[1:] == [("l.jsonl:2", b'{"n": 2}')]


def test_a_last_line_without_an_end_is_taken_when_the_file_keeps_still(feed: FeedFolder) -> None:
    path = feed.put("l.jsonl", lines(1) + b'{"n": 2}')
    feed.settle()
    assert feed.names() == ["l.jsonl:1", "l.jsonl:2"]
    with path.open("ab") as writer:
        writer.write(b"\n" + lines(3))
    feed.settle()
    assert feed.names() == ["l.jsonl:1", "l.jsonl:2", "l.jsonl:3"]


def test_a_half_line_that_was_taken_and_is_finished_later_is_delivered_whole(
    feed: FeedFolder,
) -> None:
    path = feed.put("l.jsonl", b'{"n": ')
    feed.settle()
    with path.open("ab") as writer:
        writer.write(b"1}\n")
    feed.settle()
    assert feed.delivered == [("l.jsonl:1", b'{"n": '), ("l.jsonl:1", b'{"n": 1}')]


def test_a_file_that_was_cut_is_read_anew_without_saying_anything_twice(feed: FeedFolder) -> None:
    feed.put("l.jsonl", lines(1, 2, 3))
    feed.scan()
    feed.put("l.jsonl", lines(1))
    feed.scan()
    feed.put("l.jsonl", lines(1, 2, 4))
    feed.scan()
    assert [data for _, data in feed.delivered] == [b'{"n": %d}' % n for n in (1, 2, 3, 4)]
    assert feed.names()[-1] == "l.jsonl:3"


def test_a_file_that_was_replaced_gives_its_new_lines_only(feed: FeedFolder) -> None:
    path = feed.put("l.jsonl", lines(1, 2))
    feed.scan()
    new = feed.put(".new", lines(9, 2, 8, 7))
    new.replace(path)
    feed.scan()
    assert feed.delivered[2:] == [(f"l.jsonl:{at}", b'{"n": %d}' % at_n) for at, at_n in ((1, 9), (3, 8), (4, 7))]  # fmt: skip


def test_the_same_line_twice_in_one_file_is_two_arrivals(feed: FeedFolder) -> None:
    feed.put("l.jsonl", lines(1, 1))
    feed.scan()
    assert feed.names() == ["l.jsonl:1", "l.jsonl:2"]


def test_a_line_longer_than_a_message_is_refused_and_the_next_is_taken(feed: FeedFolder) -> None:
    feed.read_by(max_size=100)
    feed.put("l.jsonl", b'{"n": "' + b"x" * 200 + b'"}\n' + lines(2))
    (refusal,) = feed.scan().refused
    assert refusal.path == "l.jsonl:1"
    assert "209 bytes" in refusal.what
    assert feed.delivered == [("l.jsonl:2", b'{"n": 2}')]


def test_a_file_larger_than_a_message_is_read_if_it_holds_lines(feed: FeedFolder) -> None:
    feed.read_by(max_size=50)
    feed.put("l.ndjson", lines(*range(100)))
    feed.scan()
    assert len(feed.delivered) == 100


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.binary(min_size=1, max_size=12), max_size=8).map(
        lambda parts: [part.replace(b"\n", b"").replace(b"\r", b"") + b"|" for part in parts]
    ),
    st.lists(st.integers(0, 120), max_size=6),
)
def test_however_a_file_grows_every_line_arrives_once_in_order(
    contents: list[bytes], cuts: list[int]
) -> None:
    whole = b"".join(line + b"\n" for line in contents)
    with TemporaryDirectory() as folder:
        feed = FeedFolder(Path(folder) / "feed")
        for end in [*sorted(min(cut, len(whole)) for cut in cuts), len(whole)]:
            feed.put("l.jsonl", whole[:end])
            feed.scan()
        assert [data for _, data in feed.delivered] == contents
