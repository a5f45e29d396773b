"""The watcher hears every folder that can be heard, whatever comes and goes beside it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from inspect import signature
from pathlib import Path
from types import SimpleNamespace

import pytest
from watchfiles._rust_notify import RustNotify

from feed.sources.folder import watcher
from feed.sources.folder.change_signal import ChangeSignal
from feed.sources.folder.watcher import Changes, RecursiveWatch, watch_folder
from tests.feed.sources.feed_folder import NEWS


def hears(signal: ChangeSignal, place: Path, file: Path, *, waits: int = 20) -> bool:
    """Tell whether a watcher of `place` hears of a file that is written while it watches."""
    changes = watch_folder(str(place), signal)
    next(changes)
    file.write_bytes(NEWS)
    told = any(str(file) == path for _ in range(waits) for _, path in next(changes))
    signal.set()
    assert list(changes) == []
    return told


def test_a_folder_whose_name_is_no_text_leaves_the_others_heard(
    signal: ChangeSignal, tmp_path: Path
) -> None:
    bad = Path(os.fsdecode(bytes(tmp_path) + b"/caf\xe9"))
    (bad / "below").mkdir(parents=True)
    (tmp_path / "wards").mkdir()
    assert hears(signal, tmp_path, tmp_path / "wards" / "a.json")


def test_a_folder_that_goes_before_it_is_watched_is_passed_over(
    signal: ChangeSignal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk, gone = watcher._folders, [tmp_path / "gone"]
    gone[0].mkdir()
    (tmp_path / "wards").mkdir()

    def walk_and_lose(root: str) -> Iterator[str]:
        yield from [*walk(root)]
        while gone:
            gone.pop().rmdir()

    monkeypatch.setattr(watcher, "_folders", walk_and_lose)
    assert hears(signal, tmp_path, tmp_path / "wards" / "a.json")


def test_a_folder_that_comes_while_the_others_are_being_watched_is_heard_too(
    signal: ChangeSignal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk, late = watcher._folders, tmp_path / "wards" / "late"
    late.parent.mkdir()

    def walk_and_add(root: str) -> Iterator[str]:
        yield from [*walk(root)]
        late.mkdir(exist_ok=True)

    monkeypatch.setattr(watcher, "_folders", walk_and_add)
    changes = watch_folder(str(tmp_path), signal)
    assert any(str(late) == path for _ in range(20) for _, path in next(changes))
    (late / "a.json").write_bytes(NEWS)
    assert any(str(late / "a.json") == path for _ in range(20) for _, path in next(changes))
    signal.set()
    assert list(changes) == []


def test_a_hidden_folder_is_not_watched(tmp_path: Path) -> None:
    (tmp_path / ".snapshots" / "old").mkdir(parents=True)
    (tmp_path / "wards.part").mkdir()
    (tmp_path / "wards").mkdir()
    assert [*watcher._folders(str(tmp_path))] == [str(tmp_path), str(tmp_path / "wards")]


def test_where_there_is_no_room_for_the_old_watch_beside_the_new_one_the_root_is_looked_through(
    signal: ChangeSignal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch, room = watcher._watch, [True]

    def only_one(folders: list[str]) -> object:
        if not room:
            room.append(True)
            raise OSError("OS file watch limit reached")
        room.pop()
        return watch(folders)

    monkeypatch.setattr(watcher, "_watch", only_one)
    changes = watch_folder(str(tmp_path), signal)
    next(changes)
    (tmp_path / "wards").mkdir()
    assert any(str(tmp_path) == path for _ in range(20) for _, path in next(changes))
    (tmp_path / "wards" / "a.json").write_bytes(NEWS)
    assert any("a.json" in path for _ in range(20) for _, path in next(changes))
    signal.set()
    assert list(changes) == []


def test_very_many_new_folders_one_by_one_leave_the_desk_most_of_the_time(
    signal: ChangeSignal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = [0.0]
    watch, watched = watcher._watch, list[int]()

    def slow(folders: list[str]) -> object:
        seconds[0] += 1.0
        watched.append(len(folders))
        return watch(folders)

    monkeypatch.setattr(watcher, "_watch", slow)
    watch_all = RecursiveWatch(str(tmp_path), signal, clock=lambda: seconds[0])
    watch_all.wait(10)
    for number in range(3):
        (tmp_path / f"{number}").mkdir()
        while not watch_all.wait(100):
            pass
    assert watched == [1, 2]
    seconds[0] += 3.0
    told = watch_all.wait(100)
    assert watched == [1, 2, 4]
    assert {path for _, path in told or ()} >= {str(tmp_path / "1"), str(tmp_path / "2")}
    watch_all.close()


def test_a_change_or_the_end_wakes_who_waits_and_nothing_else(tmp_path: Path) -> None:
    below = tmp_path / "wards"
    below.mkdir()
    signal = ChangeSignal()
    signal.follow([str(tmp_path), str(below), str(tmp_path / "gone")])
    signal.follow([str(tmp_path)])
    assert signal.tells
    assert not signal.wait(0.0, 0.0)
    for change in (
        lambda: (below / "a.json").write_bytes(NEWS),
        lambda: (below / "a.json").rename(tmp_path / "a.json"),
        lambda: (tmp_path / "a.json").chmod(0o600),
        (tmp_path / "a.json").unlink,
        below.rmdir,
    ):
        change()
        assert signal.wait(60.0, 0.0)
        assert not signal.wait(0.0, 0.0)
    list(tmp_path.iterdir())
    assert not signal.wait(0.0, 0.0)
    signal.set()
    assert signal.wait(60.0, 0.0)
    assert signal.is_set()
    signal.close()


class LateCore:
    """Stands in for the core of watchfiles; it hears of a change a while after the system."""

    def __init__(self, clock: list[float], late: float) -> None:
        self.clock, self.hears_at = clock, clock[0] + late
        self.told = False

    def watch(self, *_: object) -> Changes | str:
        if self.told or self.clock[0] < self.hears_at:
            return "timeout"
        self.told = True
        return {(1, "/feed/a.json")}


@pytest.mark.parametrize("late", [0.0, 0.01, 0.3, 4.0])
def test_what_watchfiles_hears_later_than_the_system_tells_is_heard_soon_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, late: float
) -> None:
    clock, tells, patience = [1_000.0], [True], list[float]()

    def wait(seconds: float, _: float) -> bool:
        patience.append(seconds)
        if tells:
            return tells.pop()
        clock[0] += seconds
        return False

    signal = ChangeSignal()
    if not signal.tells:
        pytest.skip("the system has no such notices")
    watch = RecursiveWatch(str(tmp_path), signal, clock=lambda: clock[0])
    watch.wait(10)
    clock[0] += 3_600.0
    monkeypatch.setattr(signal, "wait", wait)
    monkeypatch.setattr(watch, "_rust", LateCore(clock, late))
    began = clock[0]
    while not watch.wait(10_000):
        pass
    assert clock[0] - began <= 2 * late + 0.02
    for _ in range(20):
        watch.wait(10_000)
    assert patience[0] == patience[-1] == 10.0
    signal.close()


def test_where_the_system_has_no_room_for_its_notices_the_watch_goes_in_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signal = ChangeSignal()
    monkeypatch.setattr(signal, "_system", SimpleNamespace(inotify_add_watch=lambda *_: -1))
    signal.follow([str(tmp_path / "gone")])
    assert signal.tells
    signal.follow([str(tmp_path)])
    assert not signal.tells
    assert hears(signal, tmp_path, tmp_path / "a.json")


def test_the_core_of_watchfiles_takes_what_it_is_given() -> None:
    """It is private by its name: `watch()` cannot change its step while it waits, and it can."""
    assert list(signature(RustNotify).parameters) == [
        "watch_paths", "debug", "force_polling", "poll_delay_ms", "recursive",
        "ignore_permission_denied",
    ]  # fmt: skip
    assert list(signature(RustNotify.watch).parameters) == [
        "self", "debounce_ms", "step_ms", "timeout_ms", "stop_event",
    ]  # fmt: skip
