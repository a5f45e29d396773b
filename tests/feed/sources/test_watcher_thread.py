"""The thread gathers what a watcher hears and says when it works no more."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import SimpleQueue

import pytest

from feed.sources.folder.change_signal import ChangeSignal, WatchPace
from feed.sources.folder.source import network_file_system
from feed.sources.folder.watcher import (
    TOO_MANY,
    ChangeNotice,
    Changes,
    WatcherThread,
    _is_passing,
    watch_folder,
)
from tests.feed.sources.feed_folder import NEWS

DEADLINE = 60.0


class ScriptedWatch:
    """A watcher that hears what the test tells it."""

    def __init__(self) -> None:
        self.tells: SimpleQueue[Changes | Exception | None] = SimpleQueue()

    def watch(self, root: str, signal: ChangeSignal) -> Iterator[Changes]:
        assert Path(root).is_dir()
        while not signal.is_set():
            heard = self.tells.get()
            if heard is None:
                return
            if isinstance(heard, Exception):
                raise heard
            yield heard


def heard(watcher: WatcherThread, enough: Callable[[ChangeNotice], bool]) -> ChangeNotice:
    """Listen until a ring is what the test waits for."""
    for _ in range(100):
        notice = watcher.wait(DEADLINE / 100)
        if enough(notice):
            return notice
    raise AssertionError("it did not ring in time")


@pytest.fixture
def scripted(tmp_path: Path) -> Iterator[tuple[ScriptedWatch, WatcherThread]]:
    """Return a thread whose watcher the test plays."""
    script = ScriptedWatch()
    watcher = WatcherThread(script.watch)
    watcher.start(tmp_path)
    yield script, watcher
    script.tells.put(None)
    watcher.stop()


def test_it_says_when_the_watcher_works(scripted: tuple[ScriptedWatch, WatcherThread]) -> None:
    script, watcher = scripted
    script.tells.put(set())
    assert heard(watcher, lambda notice: notice.works) == ChangeNotice(works=True)
    assert watcher.wait(0.0) == ChangeNotice()


def test_paths_are_told_below_the_root_and_each_once(
    scripted: tuple[ScriptedWatch, WatcherThread], tmp_path: Path
) -> None:
    script, watcher = scripted
    real = os.path.realpath(tmp_path)
    script.tells.put({(1, f"{real}/a.json"), (2, f"{real}/a.json"), (1, f"{real}/sub/b.json")})
    notice = heard(watcher, lambda notice: bool(notice.paths))
    assert set(notice.paths) == {b"a.json", b"sub/b.json"}
    assert not notice.sweep


def test_the_root_itself_and_too_many_names_ask_for_a_sweep(
    scripted: tuple[ScriptedWatch, WatcherThread], tmp_path: Path
) -> None:
    script, watcher = scripted
    real = os.path.realpath(tmp_path)
    script.tells.put({(3, real)})
    assert heard(watcher, lambda notice: notice.sweep).paths == ()
    script.tells.put({(1, f"{real}/{number}.json") for number in range(TOO_MANY)})
    assert heard(watcher, lambda notice: notice.sweep).paths == ()


@pytest.mark.parametrize(
    ("end", "says"),
    [
        (OSError("OS file watch limit reached"), "OS file watch limit reached"),
        (RuntimeError(""), "RuntimeError"),
        (RuntimeError("bad \x1b[2J name"), "bad ␛[2J name"),
        (None, "it ended without a word"),
    ],
)
def test_the_end_of_the_watcher_is_told_in_plain_text(
    scripted: tuple[ScriptedWatch, WatcherThread], end: Exception | None, says: str
) -> None:
    script, watcher = scripted
    script.tells.put(end)
    assert heard(watcher, lambda notice: bool(notice.broken)).broken == says


def test_a_press_is_not_forgotten_when_the_bell_is_taken_down(tmp_path: Path) -> None:
    watcher = WatcherThread(ScriptedWatch().watch)
    watcher.request_sweep()
    watcher.stop()
    assert watcher.wait(0.0) == ChangeNotice(sweep=True)


def test_a_press_wakes_who_waits(tmp_path: Path) -> None:
    watcher = WatcherThread()
    threading.Timer(0.0, watcher.request_sweep).start()
    assert watcher.wait(DEADLINE).sweep


def test_a_real_watcher_hears_a_file_and_dies_of_a_name_that_is_no_text(tmp_path: Path) -> None:
    watcher = WatcherThread()
    watcher.start(tmp_path)
    try:
        heard(watcher, lambda notice: notice.works)
        (tmp_path / "a.json").write_bytes(NEWS)
        assert b"a.json" in heard(watcher, lambda notice: bool(notice.paths)).paths
        Path(os.fsdecode(bytes(tmp_path) + b"/bad\xff.json")).write_bytes(NEWS)
        assert heard(watcher, lambda notice: bool(notice.broken)).broken
        watcher.start(tmp_path)
        assert heard(watcher, lambda notice: notice.works)
    finally:
        watcher.stop()


def test_the_watcher_looks_often_while_much_happens_and_seldom_while_nothing_does() -> None:
    seconds = 0.0
    pace = WatchPace(lambda: seconds)
    steps = []
    at_first = pace.step()
    pace.heard()
    for at in (0.0, 0.9, 1.0, 9.9, 60.0, 3600.0):
        seconds = at
        steps.append(pace.step())
    busy, calm, quiet = steps[0], steps[2], steps[4]
    assert steps == [busy, busy, calm, calm, quiet, quiet]
    assert busy < calm < quiet == at_first
    pace.heard()
    assert pace.step() == busy


def test_more_than_a_screen_can_show_one_by_one_is_heard_in_batches() -> None:
    now = 0.0
    pace = WatchPace(lambda: now)
    steps = []
    for spacing in (0.02, 0.01, 0.02):
        for _ in range(round(3 / spacing)):
            now += spacing
            pace.heard()
        steps.append(pace.step())

    assert steps == [1, 10, 1]
    now += 2
    assert pace.step() == 10  # two seconds after the last


def test_a_burst_is_heard_in_batches_before_its_first_second_is_over() -> None:
    pace = WatchPace(lambda: 0.0)
    pace.heard(75)
    alone = pace.gather()
    pace.heard(1)
    assert pace.gather() > alone
    assert pace.step() == 10


def test_a_file_that_is_written_and_renamed_counts_once() -> None:
    assert [_is_passing(f"/feed/{name}") for name in ("a.json", ".a.json", "a.json.tmp")] == [
        False, True, True,
    ]  # fmt: skip


def test_a_folder_that_is_made_later_is_heard_and_one_below_it(
    signal: ChangeSignal, tmp_path: Path
) -> None:
    changes = watch_folder(str(tmp_path), signal)
    next(changes)

    def told(path: Path) -> bool:
        return any(str(path) == each for _ in range(20) for _, each in next(changes))

    place = tmp_path
    for name in ("results", "england", "bbc.live"):
        place /= name
        place.mkdir()
        assert told(place)
        (place / "a.json").write_bytes(NEWS)
        assert told(place / "a.json")
    signal.set()
    assert list(changes) == []


def test_every_folder_is_heard_under_its_own_name_also_where_a_link_leads_back_to_it(
    signal: ChangeSignal,
    tmp_path: Path,
) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (inner / "back").symlink_to(tmp_path)
    changes = watch_folder(str(tmp_path), signal)
    next(changes)
    for file in (inner / "a.json", tmp_path / "b.json"):
        file.write_bytes(NEWS)
        assert any(path == str(file) for _ in range(20) for _, path in next(changes))
    signal.set()
    assert list(changes) == []


def test_a_real_watcher_works_at_once_hears_on_after_the_first_change_and_ends_when_told(
    signal: ChangeSignal,
    tmp_path: Path,
) -> None:
    changes = watch_folder(str(tmp_path), signal)
    assert next(changes) == set()
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_bytes(NEWS)
        assert any(path == f"{tmp_path}/{name}" for _ in range(20) for _, path in next(changes))
    signal.set()
    assert list(changes) == []


def test_a_bell_on_a_missing_folder_is_broken_at_once(tmp_path: Path) -> None:
    watcher = WatcherThread()
    watcher.start(tmp_path / "missing")
    assert heard(watcher, lambda notice: bool(notice.broken)).broken
    watcher.stop()


MOUNTS = """\
22 27 0:21 / / rw,relatime - ext4 /dev/vda rw
40 22 0:40 / {0} rw shared:1 - nfs4 server:/feed rw
41 40 0:41 / {0}/with\\040space rw - tmpfs tmpfs rw
42 22 0:42 / {0}x rw - fuse.sshfs host: rw
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [("feed", "nfs4"), ("feed/results", "nfs4"), ("feed/with space", None), ("feedx", "fuse.sshfs"), ("other", None)],
)  # fmt: skip
def test_a_network_file_system_is_known_by_the_nearest_mount(
    tmp_path: Path, folder: str, kind: str | None
) -> None:
    table = tmp_path / "mountinfo"
    table.write_text(MOUNTS.format(tmp_path.resolve() / "feed"))
    assert network_file_system(tmp_path / folder, table) == kind


def test_where_no_mounts_can_be_read_a_folder_counts_as_local(tmp_path: Path) -> None:
    assert network_file_system(tmp_path, tmp_path / "missing") is None
