"""The source with a real watcher, a real clock and a producer of its own."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from feed.sources.folder.scan import Refusal
from feed.sources.folder.source import Delivery, DirectorySource
from tests.feed.sources.feed_folder import NEWS

DEADLINE = 60.0


class Desk:
    """Counts what is delivered, and waits for it."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self.states: list[str] = []
        self.refused: list[Refusal] = []
        self._changed = threading.Condition()

    def deliver(self, delivery: Delivery) -> None:
        with self._changed:
            for arrival in delivery.arrivals:
                self.counts[arrival.path] = self.counts.get(arrival.path, 0) + 1
            self.states.append(delivery.health.state)
            self.refused += delivery.refused
            self._changed.notify_all()

    def wait_for(self, is_so: Callable[[], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(is_so, DEADLINE), (
                f"{len(self.counts)} files, {self.states[-3:]}"
            )

    def has(self, names: set[str]) -> Callable[[], bool]:
        return lambda: names <= set(self.counts)


@contextmanager
def watching(root: Path) -> Iterator[Desk]:
    desk, stop = Desk(), threading.Event()
    thread = threading.Thread(target=DirectorySource(root).run, args=(desk.deliver, stop))
    thread.start()
    try:
        yield desk
    finally:
        stop.set()
        thread.join(DEADLINE)
        assert not thread.is_alive()


def drop(folder: Path, name: str) -> None:
    """Put a file into a folder as a well-mannered producer does."""
    part = folder / f".{name}"
    part.write_bytes(b'{"name": "%s"}' % name.encode())
    part.rename(folder / name)


@pytest.mark.parametrize("before", [0, 100, 400])
def test_a_producer_that_never_pauses_loses_and_doubles_nothing(
    tmp_path: Path, before: int
) -> None:
    names = [f"{number}.json" for number in range(500)]
    for name in names[:before]:
        drop(tmp_path, name)

    def produce() -> None:
        for name in names[before:]:
            drop(tmp_path, name)

    producer = threading.Thread(target=produce)
    producer.start()
    with watching(tmp_path) as desk:
        desk.wait_for(desk.has(set(names)))
        producer.join()
    assert set(desk.counts.values()) == {1}


def test_a_sub_folder_made_while_it_watches_is_read_whole(tmp_path: Path) -> None:
    with watching(tmp_path) as desk:
        desk.wait_for(lambda: "ok" in desk.states)
        (tmp_path / "results").mkdir()
        names = {f"{number}.json" for number in range(300)}
        for name in names:
            drop(tmp_path / "results", name)
        desk.wait_for(desk.has({f"results/{name}" for name in names}))
    assert set(desk.counts.values()) == {1}


def test_a_name_that_is_no_text_stops_nothing(tmp_path: Path) -> None:
    with watching(tmp_path) as desk:
        desk.wait_for(lambda: "ok" in desk.states)
        Path(os.fsdecode(bytes(tmp_path) + b"/bad\xff.json")).write_bytes(NEWS)
        drop(tmp_path, "next.json")
        desk.wait_for(desk.has({r"bad\xff.json", "next.json"}))
        desk.wait_for(lambda: desk.states[-1] == "ok")
        drop(tmp_path, "later.json")
        desk.wait_for(desk.has({"later.json"}))
    assert set(desk.counts.values()) == {1}


def test_a_folder_that_is_removed_and_made_again_goes_on(tmp_path: Path) -> None:
    root = tmp_path / "feed"
    root.mkdir()
    drop(root, "a.json")
    with watching(root) as desk:
        desk.wait_for(lambda: "ok" in desk.states)
        shutil.rmtree(root)
        desk.wait_for(lambda: desk.states[-1] == "lost")
        root.mkdir()
        drop(root, "a.json")
        drop(root, "b.json")
        desk.wait_for(desk.has({"b.json"}))
        desk.wait_for(lambda: desk.states[-1] == "ok")
        drop(root, "c.json")
        desk.wait_for(desk.has({"c.json"}))
    assert desk.counts == {"a.json": 1, "b.json": 1, "c.json": 1}


def test_a_writer_that_writes_byte_by_byte_makes_one_arrival(tmp_path: Path) -> None:
    with watching(tmp_path) as desk:
        desk.wait_for(lambda: "ok" in desk.states)
        with (tmp_path / "slow.json").open("wb", buffering=0) as writer:
            for byte in NEWS:
                writer.write(bytes([byte]))
        desk.wait_for(desk.has({"slow.json"}))
    assert desk.counts == {"slow.json": 1}
