"""The watcher hears every folder that can be heard, whatever comes and goes beside it."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from inspect import signature
from pathlib import Path

import pytest
from watchfiles._rust_notify import RustNotify

from feed.sources.folder import watcher
from feed.sources.folder.watcher import RecursiveWatch, watch_folder
from tests.feed.sources.feed_folder import NEWS


def hears(place: Path, file: Path, *, waits: int = 20) -> bool:
    """Tell whether a watcher of `place` hears of a file that is written while it watches."""
    stop = threading.Event()
    changes = watch_folder(str(place), stop)
    next(changes)
    file.write_bytes(NEWS)
    told = any(str(file) == path for _ in range(waits) for _, path in next(changes))
    stop.set()
    assert list(changes) == []
    return told


def test_a_folder_whose_name_is_no_text_leaves_the_others_heard(tmp_path: Path) -> None:
    bad = Path(os.fsdecode(bytes(tmp_path) + b"/caf\xe9"))
    (bad / "below").mkdir(parents=True)
    (tmp_path / "wards").mkdir()
    assert hears(tmp_path, tmp_path / "wards" / "a.json")


def test_a_folder_that_goes_before_it_is_watched_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk, gone = watcher._folders, [tmp_path / "gone"]
    gone[0].mkdir()
    (tmp_path / "wards").mkdir()

    def walk_and_lose(root: str) -> Iterator[str]:
        yield from [*walk(root)]
        while gone:
            gone.pop().rmdir()

    monkeypatch.setattr(watcher, "_folders", walk_and_lose)
    assert hears(tmp_path, tmp_path / "wards" / "a.json")


def test_a_folder_that_comes_while_the_others_are_being_watched_is_heard_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk, late = watcher._folders, tmp_path / "wards" / "late"
    late.parent.mkdir()

    def walk_and_add(root: str) -> Iterator[str]:
        yield from [*walk(root)]
        late.mkdir(exist_ok=True)

    monkeypatch.setattr(watcher, "_folders", walk_and_add)
    stop = threading.Event()
    changes = watch_folder(str(tmp_path), stop)
    assert any(str(late) == path for _ in range(20) for _, path in next(changes))
    (late / "a.json").write_bytes(NEWS)
    assert any(str(late / "a.json") == path for _ in range(20) for _, path in next(changes))
    stop.set()
    assert list(changes) == []


def test_a_hidden_folder_is_not_watched(tmp_path: Path) -> None:
    (tmp_path / ".snapshots" / "old").mkdir(parents=True)
    (tmp_path / "wards.part").mkdir()
    (tmp_path / "wards").mkdir()
    assert [*watcher._folders(str(tmp_path))] == [str(tmp_path), str(tmp_path / "wards")]


def test_where_there_is_no_room_for_the_old_watch_beside_the_new_one_the_root_is_looked_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch, room = watcher._watch, [True]

    def only_one(folders: list[str]) -> object:
        if not room:
            room.append(True)
            raise OSError("OS file watch limit reached")
        room.pop()
        return watch(folders)

    monkeypatch.setattr(watcher, "_watch", only_one)
    stop = threading.Event()
    changes = watch_folder(str(tmp_path), stop)
    next(changes)
    (tmp_path / "wards").mkdir()
    assert any(str(tmp_path) == path for _ in range(20) for _, path in next(changes))
    (tmp_path / "wards" / "a.json").write_bytes(NEWS)
    assert any("a.json" in path for _ in range(20) for _, path in next(changes))
    stop.set()
    assert list(changes) == []


def test_very_many_new_folders_one_by_one_leave_the_desk_most_of_the_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = [0.0]
    watch, watched = watcher._watch, list[int]()

    def slow(folders: list[str]) -> object:
        seconds[0] += 1.0
        watched.append(len(folders))
        return watch(folders)

    monkeypatch.setattr(watcher, "_watch", slow)
    stop = threading.Event()
    watch_all = RecursiveWatch(str(tmp_path), clock=lambda: seconds[0])
    watch_all.wait(1, 10, stop)
    for number in range(3):
        (tmp_path / f"{number}").mkdir()
        while not watch_all.wait(1, 100, stop):
            pass
    assert watched == [1, 2]
    seconds[0] += 3.0
    told = watch_all.wait(1, 100, stop)
    assert watched == [1, 2, 4]
    assert {path for _, path in told or ()} >= {str(tmp_path / "1"), str(tmp_path / "2")}
    watch_all.close()


def test_the_core_of_watchfiles_takes_what_it_is_given() -> None:
    """It is private by its name: `watch()` cannot change its step while it waits, and it can."""
    assert list(signature(RustNotify).parameters) == [
        "watch_paths", "debug", "force_polling", "poll_delay_ms", "recursive",
        "ignore_permission_denied",
    ]  # fmt: skip
    assert list(signature(RustNotify.watch).parameters) == [
        "self", "debounce_ms", "step_ms", "timeout_ms", "stop_event",
    ]  # fmt: skip
