"""What real producers leave beside a feed, touch and rename: none of it is news (R34 to R39)."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from feed.file_names import holds_lines, is_companion, is_ignored
from feed.ledger.ledger import Ledger
from feed.model.entries import EntryKind
from feed.sources.folder import intake, safe_read
from feed.sources.folder.source import network_file_system
from tests.feed.sources.feed_folder import NEWS, RESULT, FeedFolder

COMPANIONS = [
    "desktop.ini", "Thumbs.db", "~$results.xlsx", "a.json.swo", "a.json.lftp-pget-status",
    "a.json.md5", "MD5SUMS", "sha256sums.txt", "checksums", "wget-log", "wget-log.3", "README",
    "readme.md", "README.txt", "a.xml.partial", "a.xml.crdownload", "a.xml.aria2", "a.xml.bak",
    "a.xml.orig", "a.xml.done", "a.xml.lock", "4913", "sedAb3dEf", "index.html", "index.html.2",
    "results.zip", "results.tar.gz", "results.tgz", "results.7z", "tmp_a.xml", "robots.txt",
]  # fmt: skip
FEED_FILES = [
    "a.xml", "results.csv", "night.jsonl", "blog.txt", "index.xml", "sedgefield.xml", "done.json",
    "sed.xml", "Locked_Ward_result_1.xml", "readings.csv", "tmp.json", "Bakewell.json", "zip.txt",
]  # fmt: skip


@pytest.mark.parametrize("name", COMPANIONS)
def test_what_stands_beside_a_feed_is_passed_over(feed: FeedFolder, name: str) -> None:
    feed.put(name, b"not a word of a result", age=60)
    feed.put("a.json", NEWS, age=60)
    scan = feed.scan()
    assert feed.names() == ["a.json"]
    assert scan.refused == ()


@pytest.mark.parametrize("name", FEED_FILES)
def test_a_feed_file_is_none_of_them(name: str) -> None:
    assert not is_ignored(name.encode())


def test_what_was_passed_over_is_named_once(feed: FeedFolder) -> None:
    feed.put("README.md", b"read me")
    feed.put("results/Thumbs.db", b"\0")
    assert feed.scan().passed_over == ("README.md", "results/Thumbs.db")
    feed.put("index.html", b"<html>")
    assert feed.scan().passed_over == ("index.html",)
    assert is_companion(b"index.html")


def test_a_touched_folder_is_neither_read_again_nor_found(
    feed: FeedFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(50):
        feed.put(f"results/{number}.json", NEWS.replace(b"closed", b"%d" % number), age=60)
    feed.scan()
    reads: list[bytes] = []
    whole = safe_read.read_whole

    def counted(folder: int, name: bytes, limit: int) -> Any:
        reads.append(name)
        return whole(folder, name, limit)

    monkeypatch.setattr(intake, "read_whole", counted)
    os.utime(feed.root / "results")
    scan = feed.look(b"results")
    assert (reads, scan.arrivals, scan.found, scan.missed) == ([], (), 0, 0)
    feed.put("results/new.json", NEWS, age=60)
    assert [it.path for it in feed.look(b"results").arrivals] == ["results/new.json"]
    assert reads == [b"new.json"]


def told(feed: FeedFolder) -> tuple[list[EntryKind], list[str]]:
    """Fold what was delivered; give the kinds of the entries and the files with problems."""
    ledger = Ledger()
    for arrival in feed.arrivals:
        ledger.take(arrival)
    standing = ledger.standing()
    return [entry.kind for entry in standing.log.since(0)], [it.file for it in standing.problems]


def test_a_file_that_gets_its_name_at_last_says_nothing_twice(feed: FeedFolder) -> None:
    path = feed.put("a.json.AbCdEf", NEWS, age=60)
    feed.scan()
    path.rename(feed.root / "a.json")
    feed.scan()
    kinds, problems = told(feed)
    assert kinds == [EntryKind.NEWS]
    assert problems == []


def test_the_problem_of_a_renamed_file_moves_with_it(feed: FeedFolder) -> None:
    path = feed.put("a.json.AbCdEf", b'{"kind": "nonsense"}', age=60)
    feed.scan()
    path.rename(feed.root / "a.json")
    feed.scan()
    kinds, problems = told(feed)
    assert kinds == [EntryKind.PROBLEM]
    assert problems == ["a.json"]


def test_a_copy_beside_the_first_is_still_a_duplicate(feed: FeedFolder) -> None:
    feed.put("a.json", NEWS, age=60)
    feed.scan()
    feed.put("b.json", NEWS, age=60)
    feed.scan()
    assert told(feed)[0] == [EntryKind.NEWS, EntryKind.DUPLICATE]


@pytest.mark.parametrize("name", ["n.jsonl", "n.ndjson", "n.jsonl.1", "n.jsonl.20260507"])
def test_a_rotated_file_of_lines_is_one_of_lines(name: str) -> None:
    assert holds_lines(name.encode())


def lines(*numbers: int) -> bytes:
    return b"".join(json.dumps({"kind": "news", "text": f"{n}"}).encode() + b"\n" for n in numbers)


@pytest.mark.parametrize("rotated", ["night.jsonl.1", "night-1.jsonl"])
@pytest.mark.parametrize("manner", ["copytruncate", "rename"])
def test_a_rotated_file_brings_one_line_at_most(
    feed: FeedFolder, rotated: str, manner: str
) -> None:
    path = feed.put("night.jsonl", lines(*range(9)), age=60)
    feed.scan()
    if manner == "rename":
        path.rename(feed.root / rotated)
    else:
        feed.put(rotated, path.read_bytes(), age=60)
    feed.put("night.jsonl", lines(9, 10), age=50)
    feed.scan()
    kinds, _ = told(feed)
    assert kinds.count(EntryKind.NEWS) == 11
    assert kinds.count(EntryKind.DUPLICATE) <= 1


def test_a_file_with_room_for_what_is_to_come_waits(feed: FeedFolder) -> None:
    path = feed.put("a.json", NEWS[:20] + bytes(5000))
    feed.settle()
    feed.settle()
    assert feed.names() == []
    path.write_bytes(NEWS)
    feed.settle()
    assert feed.names() == ["a.json"]
    assert told(feed) == ([EntryKind.NEWS], [])


def test_a_file_that_stays_half_full_is_said_to_be_so(feed: FeedFolder) -> None:
    feed.put("a.xml", RESULT[:40] + bytes(5000), age=300)
    feed.settle()
    feed.clock.pass_by(70)
    feed.settle()
    ledger = Ledger()
    (arrival,) = feed.arrivals
    (entry,) = ledger.take(arrival)
    assert "ends in NUL bytes" in entry.text
    assert "UTF-16" not in entry.text


def test_a_plain_fuse_mount_is_polled(tmp_path: Path) -> None:
    table = tmp_path / "mountinfo"
    table.write_text(f"1 1 0:1 / {tmp_path} rw - fuse bindfs rw\n")
    assert network_file_system(tmp_path, table) == "fuse"
