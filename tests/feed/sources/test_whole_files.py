"""Every file is delivered once, whole, whatever its writer does."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from feed.recording.reader import RecordedArrivals
from feed.sources.folder import intake as taking
from feed.sources.folder.listing import Folders, FoundFile
from feed.sources.folder.safe_read import Mark
from tests.feed.sources.feed_folder import NEWS, RESULT, FeedFolder


def test_files_that_are_there_are_delivered_oldest_first_then_by_name(feed: FeedFolder) -> None:
    feed.put("c.json", NEWS, age=30)
    feed.put("a.json", NEWS, age=10)
    feed.put("results/z.json", NEWS, age=20)
    same = feed.clock.now().timestamp() - 5
    for name in ("n.json", "m.json"):
        os.utime(feed.put(name, NEWS), (same, same))
    scan = feed.scan()
    assert feed.names() == ["c.json", "results/z.json", "a.json", "m.json", "n.json"]
    assert scan.found == 5
    assert scan.pending == 0


def test_of_a_folder_that_is_read_once_a_plain_file_is_not_asked_for_its_times(
    feed: FeedFolder,
) -> None:
    for name in ("a.json", "b.json", "c.jsonl"):
        feed.put(name, NEWS)
    (feed.root / "d.json").symlink_to("a.json")
    with Folders(bytes(feed.root)) as folders:
        asked, bare = (
            {
                it.path
                for it in folders.listed(bare=bare)
                if isinstance(it, FoundFile) and it.modified_ns
            }
            for bare in (False, True)
        )
    assert asked == {b"a.json", b"b.json", b"c.jsonl", b"d.json"}
    assert bare >= {b"c.jsonl", b"d.json"}
    assert len(bare & {b"a.json", b"b.json"}) <= 1


def test_an_arrival_says_when_it_was_seen_and_when_it_was_written(feed: FeedFolder) -> None:
    path = feed.put("a.json", NEWS, age=90)
    (arrival,) = feed.scan().arrivals
    assert arrival.data == NEWS
    assert arrival.seen_at == feed.clock.now()
    assert arrival.modified_at is not None
    assert abs(arrival.modified_at.timestamp() - path.stat().st_mtime) < 1e-5
    assert arrival.modified_at.utcoffset() == timedelta(0)


def test_a_second_scan_of_the_same_files_brings_nothing(feed: FeedFolder) -> None:
    feed.put("a.xml", RESULT)
    feed.scan()
    scan = feed.settle()
    assert feed.names() == ["a.xml"]
    assert (scan.found, scan.pending) == (0, 0)


@pytest.mark.parametrize("whole", [RESULT, NEWS, b'\xef\xbb\xbf[{"@a": "}"}]'])
def test_no_half_of_a_file_is_ever_delivered_while_it_is_written(
    feed: FeedFolder, whole: bytes
) -> None:
    path = feed.put("slow", b"")
    feed.scan()
    with path.open("ab", buffering=0) as writer:
        for at in range(len(whole)):
            writer.write(whole[at : at + 1])
            feed.clock.pass_by(0.05)
            feed.look(b"slow")
            feed.retry()
    feed.settle()
    ((_, data),) = feed.delivered
    assert data.strip() == whole.strip()


@pytest.mark.parametrize("at", range(1, len(RESULT) - 2, 7))
def test_a_file_whose_writer_died_is_delivered_as_it_is_and_again_when_finished(
    feed: FeedFolder, at: int
) -> None:
    feed.put("a.xml", RESULT[:at])
    assert feed.scan().pending == 1
    feed.clock.pass_by(1.9)
    feed.scan()
    assert feed.delivered == []
    feed.clock.pass_by(0.1)
    assert feed.scan().pending == 0
    assert feed.delivered == [("a.xml", RESULT[:at])]
    feed.put("a.xml", RESULT)
    feed.scan()
    assert feed.delivered[1:] == [("a.xml", RESULT)]


def test_a_writer_that_pauses_for_a_second_makes_one_arrival(feed: FeedFolder) -> None:
    feed.put("a.xml", RESULT[:40])
    feed.scan()
    for _ in range(10):
        feed.clock.pass_by(0.1)
        feed.retry()
    feed.put("a.xml", RESULT)
    feed.clock.pass_by(0.5)
    feed.retry()
    assert feed.delivered == [("a.xml", RESULT)]


def test_a_half_file_is_looked_at_soon_and_then_less_often(feed: FeedFolder) -> None:
    feed.put("a.json", b'{"kind":')
    scan = feed.scan()
    waits = []
    while scan.pending and scan.retry_in is not None:
        waits.append(round(scan.retry_in, 3))
        feed.clock.pass_by(scan.retry_in)
        scan = feed.retry()
    assert waits[:6] == [0.02, 0.05, 0.1, 0.2, 0.5, 0.5]
    assert sum(waits) == pytest.approx(2.0)
    assert feed.delivered == [("a.json", b'{"kind":')]


def test_a_file_that_disappears_while_it_waits_is_forgotten(feed: FeedFolder) -> None:
    path = feed.put("a.json", b"{")
    feed.scan()
    path.unlink()
    feed.clock.pass_by(0.02)
    scan = feed.retry()
    assert (scan.pending, scan.retry_in) == (0, None)


def test_plain_text_is_delivered_when_it_has_kept_still(feed: FeedFolder) -> None:
    feed.put("blog.txt", b"West Oxfordshire - Con hold")
    assert feed.scan().pending == 1
    feed.put("blog.txt", b"West Oxfordshire - Con hold\nAmber Valley - Lab gain")
    feed.clock.pass_by(1.0)
    feed.scan()
    feed.clock.pass_by(1.0)
    feed.scan()
    assert feed.delivered == []
    feed.clock.pass_by(1.0)
    feed.scan()
    assert [data for _, data in feed.delivered] == [
        b"West Oxfordshire - Con hold\nAmber Valley - Lab gain"
    ]


def test_text_that_was_there_long_before_is_delivered_at_once(feed: FeedFolder) -> None:
    feed.put("blog.txt", b"Tories hold Maldon")
    feed.put("empty.txt", b"")
    feed.clock.pass_by(60)
    assert feed.scan().pending == 1
    assert feed.names() == ["blog.txt"]


def test_a_broken_file_that_was_there_long_before_is_delivered_at_once(feed: FeedFolder) -> None:
    feed.put("a.json", b"[1,]")
    feed.clock.pass_by(61)
    feed.scan()
    assert feed.delivered == [("a.json", b"[1,]")]


def test_a_folder_read_once_gives_every_file_as_it_stands(feed: FeedFolder) -> None:
    feed.put("half.xml", RESULT[:20])
    feed.put("empty.json", b"")
    feed.put("blog.txt", b"Tories hold Maldon")
    feed.put("l.jsonl", b"{}\n{")
    feed.read_by(settle=0.0)
    assert feed.scan().pending == 0
    assert sorted(feed.names()) == [
        "blog.txt",
        "empty.json",
        "half.xml",
        "l.jsonl:1",
        "l.jsonl:2",
    ]


def _replace(path: Path, data: bytes) -> None:
    new = path.with_name(".new")
    new.write_bytes(data)
    new.replace(path)


CHANGES: dict[str, tuple[Callable[[Path], object], list[bytes]]] = {
    "touched": (os.utime, []),
    "made read-only": (lambda path: path.chmod(0o400), []),
    "replaced by the same": (lambda path: _replace(path, NEWS), []),
    "written over with the same": (lambda path: path.write_bytes(NEWS), []),
    "given a line end": (lambda path: path.write_bytes(NEWS + b"\r\n"), []),
    "deleted": (lambda path: path.unlink(), []),
    "replaced": (lambda path: _replace(path, b'{"r": 2}'), [b'{"r": 2}']),
    "written over": (lambda path: path.write_bytes(b'{"r": 2}'), [b'{"r": 2}']),
    "cut": (lambda path: path.write_bytes(NEWS[:9]), [NEWS[:9]]),
    "renamed": (lambda path: path.rename(path.with_name("b.json")), [NEWS]),
    "linked": (lambda path: path.with_name("b.json").hardlink_to(path), [NEWS]),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_is_done_to_a_known_file_counts_only_by_its_bytes(feed: FeedFolder, what: str) -> None:
    change, expected = CHANGES[what]
    path = feed.put("a.json", NEWS)
    feed.scan()
    feed.delivered.clear()
    change(path)
    feed.settle()
    feed.settle()
    assert [data for _, data in feed.delivered] == expected


def test_a_deleted_file_that_returns_with_the_same_bytes_is_not_news(feed: FeedFolder) -> None:
    path = feed.put("a.json", NEWS)
    feed.scan()
    path.unlink()
    feed.scan()
    feed.put("a.json", NEWS)
    feed.settle()
    assert feed.names() == ["a.json"]


def test_the_same_bytes_under_three_names_are_three_arrivals(feed: FeedFolder) -> None:
    for name in ("a.json", "b.json", "c.json"):
        feed.put(name, NEWS)
    feed.scan()
    assert feed.delivered == [("a.json", NEWS), ("b.json", NEWS), ("c.json", NEWS)]


def test_a_reused_inode_is_another_file(feed: FeedFolder) -> None:
    path = feed.put("a.json", NEWS)
    feed.scan()
    path.unlink()
    feed.put("b.json", b'{"other": 1}')
    feed.scan()
    assert feed.delivered == [("a.json", NEWS), ("b.json", b'{"other": 1}')]


def test_a_change_within_the_same_file_time_is_found_by_a_second_look(
    feed: FeedFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "mark_of", lambda _: Mark(b"coarse  "))
    feed.put("a.json", b'{"r": 1}')
    scan = feed.scan()
    feed.put("a.json", b'{"r": 2}')
    assert scan.retry_in is not None
    feed.clock.pass_by(scan.retry_in)
    assert feed.retry().retry_in is None
    assert [data for _, data in feed.delivered] == [b'{"r": 1}', b'{"r": 2}']


def test_a_file_that_changes_while_it_is_read_waits(
    feed: FeedFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = feed.put("a.json", b'{"r": 1}')
    read = os.read

    def read_and_rewrite(file: int, size: int) -> bytes:
        data = read(file, size)
        path.write_bytes(b'{"r": 22}')
        return data

    monkeypatch.setattr(os, "read", read_and_rewrite)
    assert feed.scan().pending == 1
    monkeypatch.undo()
    feed.clock.pass_by(0.02)
    feed.retry()
    assert feed.delivered == [("a.json", b'{"r": 22}')]


def test_what_an_earlier_run_delivered_is_not_delivered_again(feed: FeedFolder) -> None:
    feed.put("a.json", NEWS)
    feed.put("l.jsonl", b'{"n": 1}\n{"n": 2}\n')
    recorded = feed.scan().arrivals
    feed.delivered.clear()
    feed.put("b.json", NEWS)
    feed.put("l.jsonl", b'{"n": 1}\n{"n": 2}\n{"n": 3}\n')
    feed.read_by()
    known = RecordedArrivals()
    for arrival in recorded:
        known.add(arrival)
    new = [arrival.where for arrival in feed.scan().arrivals if not known.takes(arrival)]
    assert sorted(new) == ["b.json", "l.jsonl:3"]


@pytest.mark.parametrize(
    "name",
    [".hidden.json", "a.json.tmp", "a.PART", "a.filepart", ".a.json.swp", "a.json~", ".#a", "#a#"],
)
def test_names_of_files_in_the_making_are_passed_over(feed: FeedFolder, name: str) -> None:
    path = feed.put(name, NEWS)
    feed.settle()
    feed.look(os.fsencode(name))
    assert feed.delivered == []
    path.rename(path.with_name("a.json"))
    feed.scan()
    assert feed.names() == ["a.json"]
