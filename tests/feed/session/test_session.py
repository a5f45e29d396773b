"""The desk's own loop, driven by hand on a clock of its own: nothing sleeps, nothing is threaded."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import feed.recording.writer as writer_module
import feed.session.session as session_module
from feed.formats import read
from feed.ledger.ledger import Ledger
from feed.ledger.night import Night
from feed.ledger.step import steps_of
from feed.model.arrival import Arrival
from feed.model.entries import EntryKind, Mark, Origin
from feed.model.intents import Intent
from feed.model.messages import Message
from feed.model.standing import Standing
from feed.model.view import SourceHealth, View
from feed.recording.reader import BadLine, RecordedArrivals, read_recording
from feed.recording.writer import Recorder
from feed.reports.summary import fingerprint
from feed.session.position import replay_transport
from feed.session.quarantine import Quarantine
from feed.session.session import Session, Way
from feed.sources.folder.scan import Refusal
from feed.sources.folder.source import Delivery
from tests.feed.builders import BEGINS, a_result, an_arrival, folded, minutes, steps
from tui.running.sessions import live_session
from tui.settings.options import Options

OK = SourceHealth("ok", path="/feed")
LOST = SourceHealth("lost", "feed directory missing since 02:14", "/feed")


class Quiet:
    """A source that delivers nothing by itself and counts what it is asked."""

    rescans = 0

    def run(self, deliver: Callable[[Delivery], None], stop: threading.Event) -> None:
        """Deliver nothing."""

    def rescan(self) -> None:
        self.rescans += 1


class Kept:
    """A keeper that writes down what it is given, and when a view was posted."""

    def __init__(self, told: list[str]) -> None:
        self.told = told
        self.paths: list[str] = []
        self.unsaved = 0
        self.closed = False

    def append(self, arrivals: Iterable[Arrival]) -> None:
        self.paths += [arrival.path for arrival in arrivals]
        self.told.append("kept")

    def sync(self, *, now: bool = False) -> None:
        """There is no disk."""

    def close(self) -> None:
        self.closed = True


class Desk:
    """A session, its clock and what it posted."""

    def __init__(self, **parts: Any) -> None:
        self.time = 0.0
        self.a_view_takes = 0.0
        self.told: list[str] = []
        self.views: list[View] = []
        self.keeper = Kept(self.told)
        self.source = Quiet()
        given = {"source": self.source, "keeper": self.keeper, **parts}
        self.session = Session(self.post, clock=lambda: self.time, now=self.now, **given)
        self.session._load_saved()

    def now(self) -> datetime:
        return BEGINS + timedelta(seconds=self.time)

    def post(self, view: View) -> None:
        self.told.append("shown")
        self.time += self.a_view_takes
        self.views.append(view)

    @property
    def view(self) -> View:
        return self.views[-1]

    def pump(self, item: Delivery | Intent | None = None, *, after: float = 1.0) -> View:
        self.time += after
        self.session.pump(item)
        return self.view

    def deliver(self, *arrivals: Arrival, health: SourceHealth = OK, **more: Any) -> View:
        return self.pump(Delivery(arrivals, health, **more))

    def ask(self, what: Any, **more: Any) -> View:
        return self.pump(Intent(what, **more))


def a_file(number: int, revision: int = 1, **seats: int) -> Arrival:
    message: Message = a_result(f"Place {number}", revision, **(seats or {"lab": number + 1}))  # type: ignore[arg-type]
    return an_arrival(message, f"{number}-{revision}.json", number)


FILES = [a_file(number) for number in range(6)]


def texts(view: View) -> list[str]:
    return [e.text for e in view.standing.log.since(0) if e.kind is EntryKind.DESK]


def test_live_every_delivery_is_shown_at_the_edge() -> None:
    desk = Desk()
    assert desk.deliver(FILES[0]).standing.declared == 1
    view = desk.deliver(*FILES[1:3])
    assert (view.standing.declared, view.mode, view.new) == (3, "live", 0)
    assert view.clock == desk.now()
    assert view.source.path == "/feed"


def test_an_arrival_is_kept_before_it_is_shown() -> None:
    desk = Desk()
    desk.deliver(FILES[0])
    assert desk.told == ["kept", "shown"]
    assert desk.keeper.paths == ["0-1.json"]


def test_paused_the_screen_stands_and_counts_what_is_new_and_nothing_is_lost() -> None:
    desk = Desk()
    desk.deliver(FILES[0])
    desk.ask("toggle")
    view = desk.deliver(*FILES[1:3])
    assert (view.mode, view.standing.declared, view.new) == ("paused", 1, 2)
    view = desk.ask("toggle")
    assert (view.mode, view.standing.declared, view.new) == ("live", 3, 0)


def test_looking_back_shows_the_past_while_files_come_in_and_the_edge_has_them_all() -> None:
    desk = Desk()
    desk.deliver(*FILES[:3])
    view = desk.ask("step", direction=-1)
    assert (view.mode, view.standing.declared, view.new) == ("review", 2, 1)
    view = desk.deliver(*FILES[3:])
    assert (view.standing.declared, view.new) == (2, 4)
    assert view.transport is not None
    assert view.clock == view.transport.now
    view = desk.ask("edge")
    assert (view.mode, view.standing.declared, view.transport) == ("live", 6, None)
    alone = Desk()
    assert fingerprint(alone.deliver(*FILES).standing) == fingerprint(view.standing)


@pytest.mark.parametrize("state", ["loading", "ok"])
def test_a_source_that_loads_goes_on_when_what_it_brought_is_folded(state: Any) -> None:
    desk = Desk()
    delivery = Delivery((FILES[0],), SourceHealth(state, path="/feed"))
    source = threading.Thread(target=desk.session._deliver, args=(delivery,), daemon=True)
    source.start()
    if state == "ok":
        source.join(60)
        assert not source.is_alive()
    taken = desk.session._inbox.take(60)
    assert source.is_alive() == (state == "loading")
    assert desk.pump(taken).standing.declared == 1
    source.join(60)
    assert not source.is_alive()


def test_a_load_gives_way_to_a_key_and_goes_on_as_long_before_the_next() -> None:
    times, slept = [100.0], list[float]()

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        times[0] += seconds

    way = Way(lambda: times[0], sleep)
    way.give()
    assert slept == []
    way.ask(0.25)
    way.give()
    assert sum(slept) == 0.25
    times[0] += 0.125
    way.ask(0.25)
    way.give()
    assert sum(slept) == 0.25
    times[0] += 0.125
    way.ask(0.25)
    times[0] += 0.125
    way.give()
    assert sum(slept) == 0.375


def test_a_load_goes_on_as_soon_as_a_key_is_answered() -> None:
    times = [100.0]
    way = Way(lambda: times[0], lambda _: way.ask(0.0))
    way.ask(0.25)
    way.give()
    assert times == [100.0]


@pytest.mark.parametrize("health", ["loading", "ok"])
def test_only_a_load_gives_way_to_a_key(health: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    gave = list[str]()
    desk = Desk()
    monkeypatch.setattr(desk.session._way, "give", lambda: gave.append("gave"))
    desk.deliver(health=SourceHealth(health, path="/feed"))
    desk.deliver(FILES[0], health=SourceHealth(health, path="/feed"))
    assert (gave != []) == (health == "loading")


@pytest.mark.parametrize("takes", [0.0, 0.02, 0.3])
def test_a_load_goes_on_ten_times_as_long_as_a_view_of_it_takes(takes: float) -> None:
    desk = Desk()
    desk.a_view_takes = takes
    desk.deliver(health=SourceHealth("loading", path="/feed"))
    began, views = desk.time, len(desk.views)
    for number in range(100):
        desk.deliver(a_file(number), health=SourceHealth("loading", path="/feed"))
    between = round((desk.time - began) / (len(desk.views) - views) - takes, 6)
    assert max(1.0, 10 * takes) <= between <= max(1.0, 10 * takes) + 1.0
    assert desk.deliver().standing.declared == 100


def test_time_that_passes_plays_a_review_to_the_edge() -> None:
    desk = Desk()
    desk.deliver(*FILES)
    desk.ask("position", number=2)
    desk.ask("toggle")
    declared = [desk.pump(after=0.5).standing.declared for _ in range(12)]
    assert declared == sorted(declared)
    assert (desk.view.mode, declared[-1]) == ("live", 6)


def test_a_replay_plays_loops_and_is_paused_by_a_step() -> None:
    told = steps(*(a_result(f"Place {n}", lab=1) for n in range(4)))
    transport = replay_transport(told, speed=60.0, loop=True)
    desk = Desk(source=None, keeper=None, steps=told, transport=transport)
    assert desk.pump(after=0).standing.declared == 0
    assert [desk.pump().standing.declared for _ in range(4)] == [1, 2, 3, 4]
    assert desk.view.mode == "replay"
    assert desk.view.new == 0
    for _ in range(4):
        desk.pump()
    assert desk.view.standing.declared == 4
    desk.pump(after=2)
    assert desk.view.standing.declared == 0
    desk.pump(after=2)
    stepped = desk.ask("step")
    assert stepped.transport is not None
    assert not stepped.transport.playing
    views = len(desk.views)
    desk.pump()
    assert len(desk.views) == views


def test_a_lost_source_is_a_line_of_the_log_and_so_is_its_return() -> None:
    desk = Desk()
    desk.deliver(FILES[0])
    view = desk.deliver(health=LOST)
    desk.deliver(health=LOST)
    assert texts(view) == ["Source lost: feed directory missing since 02:14"]
    assert view.standing.log[-1].mark is Mark.REMARK
    assert view.source.state == "lost"
    assert view.standing.declared == 1
    view = desk.deliver(FILES[0], FILES[1])
    assert texts(view)[1:] == ["Source is back; nothing is counted twice"]
    assert view.standing.declared == 2
    assert [e.kind for e in view.standing.log.since(3)] == [EntryKind.WIN]


def test_a_heartbeat_that_stops_and_comes_back_is_a_line_of_the_log_each_once() -> None:
    desk = Desk()
    silent = replace(OK, heartbeat_at=BEGINS)
    desk.deliver(FILES[0], health=silent)
    for _ in range(300):
        desk.pump()
    assert texts(desk.view) == ["No heartbeat for 1 min"]
    desk.deliver(health=replace(OK, heartbeat_at=desk.now()))
    desk.pump()
    assert texts(desk.view) == ["No heartbeat for 1 min", "The heartbeat is back"]


@pytest.mark.parametrize(("count", "words"), [(1, "1 file found"), (1200, "1,200 files found")])
def test_what_only_a_scan_has_found_is_said(count: int, words: str) -> None:
    desk = Desk()
    desk.deliver()
    view = desk.deliver(FILES[0], found_by_scan=count)
    assert texts(view) == [f"{words} by the scan"]
    first = Desk(health=SourceHealth())
    assert texts(first.deliver(FILES[0], found_by_scan=count)) == []


def test_a_file_that_is_not_taken_is_a_problem() -> None:
    view = Desk().deliver(refused=(Refusal("pipe.xml", "is no regular file", "remove it"),))
    (problem,) = view.standing.problems
    assert (problem.file, problem.fix) == ("pipe.xml", "remove it")


def test_health_carries_the_last_arrival_and_what_is_unsaved() -> None:
    desk = Desk(health=SourceHealth(recording="/somewhere/night.jsonl"))
    desk.keeper.unsaved = 3
    view = desk.deliver(FILES[2])
    assert view.source.last_arrival_at == minutes(2)
    assert (view.source.unsaved, view.source.recording) == (3, "/somewhere/night.jsonl")
    assert desk.deliver().source.last_arrival_at == minutes(2)


def test_a_burst_makes_ten_views_a_second_at_most_and_the_last_has_all() -> None:
    desk = Desk()
    stop = threading.Event()
    for file in FILES:
        desk.session._inbox.deliver(Delivery((file,), OK), stop)
    while (item := desk.session._inbox.take(0)) is not None:
        desk.time += 0.03
        desk.session.pump(item)
    assert 0 < len(desk.views) < len(FILES)
    assert desk.pump(after=0.1).standing.declared == 6


def test_a_steady_trickle_makes_twenty_views_a_second_and_the_first_after_a_rest_is_at_once() -> (
    None
):
    desk = Desk()
    desk.pump()
    before = len(desk.views)
    desk.pump(Delivery((FILES[0],), OK), after=3.0)
    assert len(desk.views) == before + 1
    for file in FILES[1:5]:
        desk.pump(Delivery((file,), OK), after=0.01)
    assert len(desk.views) == before + 1
    desk.pump(after=0.02)
    assert len(desk.views) == before + 2


def test_a_folder_that_is_being_read_needs_few_views() -> None:
    desk = Desk()
    reading = SourceHealth("loading", path="/feed")
    desk.deliver(FILES[0], health=reading)
    before = len(desk.views)
    for file in FILES[1:5]:
        desk.pump(Delivery((file,), reading), after=0.1)
    assert len(desk.views) == before
    assert desk.pump(after=0.1).standing.declared == 5
    assert len(desk.views) == before + 1


def test_a_wish_is_answered_at_once_whatever_waits() -> None:
    desk = Desk()
    desk.deliver(*FILES[:2])
    desk.session._inbox.deliver(Delivery((FILES[2],), OK), threading.Event())
    desk.session.ask(Intent("toggle"))
    item = desk.session._inbox.take(0)
    assert isinstance(item, Intent)
    assert desk.pump(item, after=0).mode == "paused"


def test_nothing_new_posts_nothing() -> None:
    desk = Desk()
    desk.deliver(FILES[0])
    shown = len(desk.views)
    desk.pump()
    assert len(desk.views) == shown


def test_a_long_recording_is_shown_while_it_is_read() -> None:
    seconds, views = 0.0, list[View]()

    def slowly() -> Iterator[Arrival]:
        nonlocal seconds
        for arrival in FILES:
            seconds += 0.3
            yield arrival

    session = Session(
        views.append, source=Quiet(), recorded=slowly(), clock=lambda: seconds, now=lambda: BEGINS
    )
    session._load_saved()
    assert [(view.mode, view.standing.arrivals) for view in views] == [
        ("live", 2), ("live", 4), ("live", 6),
    ]  # fmt: skip


def test_what_an_earlier_run_recorded_is_there_at_once_and_not_recorded_again() -> None:
    desk = Desk(recorded=iter(FILES[:3]))
    assert desk.pump(after=0).standing.declared == 3
    view = desk.deliver(*FILES)
    assert desk.keeper.paths == ["3-1.json", "4-1.json", "5-1.json"]
    assert (view.standing.declared, view.standing.duplicates) == (6, 0)
    assert view.source.last_arrival_at == minutes(5)


def test_a_known_file_that_was_touched_or_got_its_last_line_end_is_not_recorded_again() -> None:
    lines = [Arrival("n.jsonl", a_file(n).data, minutes(0), minutes(0), line=n) for n in (1, 2)]
    desk = Desk(recorded=[FILES[0], FILES[1], *lines])
    desk.deliver(
        Arrival(FILES[0].path, FILES[0].data, minutes(9), minutes(9)),
        Arrival(FILES[1].path, FILES[1].data + b"\n", minutes(9), minutes(9)),
        Arrival("n.jsonl", lines[1].data, minutes(9), minutes(9), line=1),
        Arrival("n.jsonl", lines[1].data, minutes(9), minutes(9), line=2),
    )
    assert desk.keeper.paths == ["n.jsonl"]


def test_a_known_file_with_other_content_and_then_the_first_again_is_recorded_twice() -> None:
    desk = Desk(recorded=[FILES[0]])
    changed = Arrival("0-1.json", a_file(0, lab=9).data, minutes(1), minutes(1))
    touched = Arrival("0-1.json", FILES[0].data, minutes(2), minutes(2))
    desk.deliver(changed)
    view = desk.deliver(touched)
    assert desk.keeper.paths == ["0-1.json", "0-1.json"]
    assert view.standing.councils[0].seats[0].after == 1


def test_lines_of_one_file_are_known_line_by_line() -> None:
    lines = [
        Arrival("n.jsonl", a_file(n).data, minutes(n), minutes(9), line=n + 1) for n in range(3)
    ]
    desk = Desk(recorded=lines[:2])
    desk.deliver(*lines)
    assert desk.keeper.paths == ["n.jsonl"]
    assert desk.view.standing.declared == 3


def test_a_line_of_the_recording_that_is_passed_over_is_said() -> None:
    desk = Desk(recorded=[FILES[0], BadLine(3, "the checksum does not match")])
    assert texts(desk.pump(after=0)) == [
        "Line 3 of the recording is passed over: the checksum does not match"
    ]


def test_a_real_recording_read_back_makes_the_same_night_and_grows_by_what_is_new(
    tmp_path: Path,
) -> None:
    path = tmp_path / "night.jsonl"
    first = Desk(keeper=Recorder.open(path, tmp_path / "feed"))
    first.deliver(*FILES[:4])
    first.session.stop()
    before = path.read_bytes()
    again = Desk(recorded=read_recording(path), keeper=Recorder.open(path, tmp_path / "feed"))
    assert fingerprint(again.pump(after=0).standing) == fingerprint(first.view.standing)
    again.deliver(*FILES[:4])
    assert path.read_bytes() == before
    again.deliver(*FILES[4:])
    again.session.stop()
    kept = [item for item in read_recording(path) if isinstance(item, Arrival)]
    assert kept == FILES


def test_a_lost_source_is_told_by_a_restart_and_by_a_replay_too(tmp_path: Path) -> None:
    path = tmp_path / "night.jsonl"
    first = Desk(keeper=Recorder.open(path, tmp_path / "feed"))
    first.deliver(FILES[0])
    first.deliver(health=LOST)
    first.session.stop()
    said = "Source lost: feed directory missing since 02:14"
    kept = [item for item in read_recording(path) if isinstance(item, Arrival)]
    (older,) = read(kept[-1])
    assert (older.message.kind, getattr(older.message, "text", "")) == ("news", said)
    told = [step for item in kept for step in steps_of(item)]
    transport = replay_transport(told, speed=60.0)
    replay = Desk(source=None, keeper=None, steps=told, transport=transport)
    assert texts(replay.ask("edge")) == [said]
    again = Desk(recorded=read_recording(path), keeper=Recorder.open(path, tmp_path / "feed"))
    assert texts(again.pump(after=0)) == [said]
    back = again.deliver(FILES[0], FILES[1])
    again.session.stop()
    assert [entry.kind for entry in back.standing.log.since(0) if entry.text == said] == [
        EntryKind.DESK
    ]
    assert texts(back) == [said, "Source is back; nothing is counted twice"]
    third = Desk(recorded=read_recording(path), keeper=Recorder.open(path, tmp_path / "feed"))
    assert texts(third.pump(after=0)) == texts(back)
    third.session.stop()


def test_a_live_night_replayed_is_the_same_night() -> None:
    desk = Desk()
    live = desk.deliver(*FILES).standing
    told = [step for file in FILES for step in steps_of(file)]
    replay = Desk(source=None, keeper=None, steps=told,
                  transport=replay_transport(told, speed=60.0))  # fmt: skip
    assert fingerprint(replay.ask("edge").standing) == fingerprint(live)


def test_a_rescan_is_passed_on_and_stopping_closes_the_recording_and_wakes_the_source() -> None:
    desk = Desk()
    desk.session.rescan()
    assert (desk.source.rescans, desk.keeper.closed) == (1, False)
    desk.session.stop()
    assert (desk.source.rescans, desk.keeper.closed) == (2, True)


def test_the_threads_fold_what_the_source_delivers_and_stop() -> None:
    shown = threading.Event()

    class Once(Quiet):
        def run(self, deliver: Callable[[Delivery], None], stop: threading.Event) -> None:
            deliver(Delivery((FILES[0],), OK))
            stop.wait(60)

    def post(view: View) -> None:
        if view.standing.declared:
            shown.set()

    session = Session(post, source=Once())
    session.start()
    assert shown.wait(60)
    session.stop()
    assert not any(thread.is_alive() for thread in session._threads)


def test_watching_again_goes_on_with_the_recording_of_the_day(tmp_path: Path) -> None:
    feed, path = tmp_path / "feed", tmp_path / "night.jsonl"
    feed.mkdir()
    (feed / "0.json").write_bytes(FILES[0].data)

    def watched(stop_at: int) -> bytes:
        done = threading.Event()

        def post(view: View) -> None:
            if view.standing.declared >= stop_at and view.source.state == "ok":
                done.set()

        session = live_session(post, feed, Options(), recording=path)
        session.start()
        assert done.wait(60)
        session.stop()
        return path.read_bytes()

    first = watched(1)
    assert watched(1) == first
    (feed / "0.json").unlink()
    (feed / "1.json").write_bytes(FILES[1].data)
    assert watched(2).startswith(first)


def no_fold_of(path: str, patch: pytest.MonkeyPatch) -> None:
    """Break the fold of whatever comes from a file of that name."""

    def broken(works: Any) -> Any:
        def fold(ledger: Ledger, message: Message, origin: Origin) -> None:
            if origin.path == path:
                raise ValueError(path)
            works(ledger, message, origin)

        return fold

    patch.setattr(Ledger, "_count", broken(Ledger._count))
    patch.setattr(Ledger, "_accept", broken(Ledger._accept))


def test_a_file_that_the_fold_fails_at_takes_no_other_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files = [a_file(number) for number in range(3)]
    no_fold_of(files[1].path, monkeypatch)
    desk = Desk()
    desk.session.pump(Delivery(tuple(files), OK))
    desk.session.pump(Intent("edge"))
    assert {entry.origin.path for entry in desk.views[-1].standing.log.since(0)} >= {
        files[0].path,
        files[2].path,
    }
    assert desk.views[-1].mode == "live"
    night = desk.session._night
    assert len(night) == desk.views[-1].standing.steps == 3
    assert [night.position_of_entry(seq) for seq in (1, 2, 3)] == [1, 2, 3]
    assert f"{files[1].path}: could not be counted" in texts(desk.views[-1])[0]


def test_a_file_that_the_fold_failed_at_is_tried_again_and_the_board_heals(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files = [a_file(number) for number in range(3)]
    desk = Desk()
    with monkeypatch.context() as broken:
        no_fold_of(files[1].path, broken)
        desk.session.pump(Delivery(tuple(files), OK))
    night = desk.session._night
    assert night.try_again(files[1].seen_at + timedelta(seconds=2))
    assert fingerprint(night.edge()) == fingerprint(
        folded(it for file in files for it in steps_of(file)).standing()
    )
    assert night.edge().problems == ()


def test_a_file_of_the_recording_that_the_fold_fails_at_takes_no_other_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files = [a_file(number) for number in range(3)]
    no_fold_of(files[0].path, monkeypatch)
    desk = Desk(recorded=files)
    desk.session.pump(Delivery(tuple(files), OK))
    assert desk.keeper.paths == []
    assert len(desk.session._night) == 3


def failing_once(owner: Any, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the first call of a function fail as CPython does for want of memory, or by a fault."""
    works, left = getattr(owner, name), [SystemError("bad argument to internal function")]

    def broken(*args: Any, **more: Any) -> Any:
        if left:
            raise left.pop()
        return works(*args, **more)

    monkeypatch.setattr(owner, name, broken)


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        (session_module, "steps_of"),
        (session_module, "note_arrival"),
        (Recorder, "sync"),
        (RecordedArrivals, "takes"),
        (Night, "expect"),
        (Night, "append"),
        (Night, "_mark_ticks"),
        (Quarantine, "keep"),
        (Quarantine, "keep_refused"),
        (writer_module, "arrival_line"),
    ],
    ids=lambda it: it if isinstance(it, str) else "",
)
def test_whatever_fails_once_takes_nothing_of_a_delivery_with_it(
    owner: Any, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = Arrival("broken.json", b"{", BEGINS)
    files = (FILES[0], broken, *FILES[1:4])
    recorder = Recorder.open(tmp_path / "night.jsonl", tmp_path / "feed")
    apart = Quarantine(tmp_path / "apart", tmp_path / "feed")
    desk = Desk(keeper=recorder, quarantine=apart)
    failing_once(owner, name, monkeypatch)
    refused = Refusal("link.json", "is a link", "put the file itself there")
    desk.pump(Delivery((), LOST))
    desk.pump(Delivery(files, OK, refused=(refused,)))
    view = desk.ask("edge")
    recorder.sync(now=True)
    recorded = [it for it in read_recording(recorder.path) if isinstance(it, Arrival)]
    desk.session.stop()
    assert [it.path for it in recorded if it.path in {f.path for f in files}] == [
        it.path for it in files
    ]
    assert view.standing.declared == 4
    assert {it.file for it in view.standing.problems} == {"broken.json", "link.json"}
    assert len(list((tmp_path / "apart").glob("*.json"))) == 2
    assert len(desk.session._night) == view.standing.steps


def test_what_cannot_be_read_at_all_is_a_line_of_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk()
    monkeypatch.setattr(session_module, "steps_of", no_fold_of)
    view = desk.deliver(FILES[0])
    assert desk.keeper.paths == [FILES[0].path]
    assert texts(view) == [
        f"{FILES[0].path} could not be read: a fault in nightdesk, which is in its log"
    ]


def test_an_arrival_of_the_recording_that_fails_takes_none_after_it_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    failing_once(RecordedArrivals, "add", monkeypatch)
    desk = Desk(recorded=FILES[:3])
    assert desk.deliver(*FILES[:3]).standing.declared == 3
    assert desk.keeper.paths == []


def test_a_view_that_cannot_be_made_is_tried_again_but_not_without_a_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = Desk()
    desk.time = 1.0
    with monkeypatch.context() as broken:
        broken.setattr(desk.session, "view", no_fold_of)
        with pytest.raises(TypeError):
            desk.session.pump(Delivery((a_file(1),), OK))
        assert desk.session._may_wait() > 0
    desk.time += 0.1
    desk.session.pump()
    assert desk.views[-1].standing.arrivals == 1


def test_very_many_files_refused_for_one_reason_are_one_line() -> None:
    links = tuple(Refusal(f"{n}.json", "is a symbolic link", "put it there") for n in range(103))
    other = Refusal("x.json", "is a named pipe", "put a file there")
    view = Desk().deliver(refused=(*links, other))
    assert [it.what for it in view.standing.problems] == [
        "is a symbolic link; so are 102 others", "is a named pipe",
    ]  # fmt: skip


def test_what_stands_beside_the_feed_is_one_line_in_a_night() -> None:
    desk = Desk()
    desk.deliver(passed_over=tuple(f"README.{n}" for n in range(12)))
    view = desk.deliver(passed_over=("index.html",))
    assert texts(view) == [
        "12 files are no feed files and passed over: README.0, README.1, README.2, …"
    ]


def test_after_a_restart_it_is_known_how_the_night_stood_at_the_last_look() -> None:
    desk = Desk(recorded=iter(FILES[:5]), looked_at=minutes(2))
    view = desk.deliver(*FILES)
    assert view.seen is not None
    assert (view.seen.declared, view.standing.declared) == (3, 6)


def test_what_was_not_recorded_was_seen_when_its_file_is_older_than_the_last_look() -> None:
    files = [replace(file, seen_at=minutes(9)) for file in FILES]
    view = Desk(looked_at=minutes(2)).deliver(*files)
    assert view.seen is not None
    assert view.seen.declared == 3


def test_when_nothing_has_come_since_the_last_look_what_comes_later_is_missed() -> None:
    desk = Desk(recorded=iter(FILES[:3]), looked_at=minutes(9))
    desk.deliver(*FILES[:3])
    view = desk.deliver(*FILES[3:])
    assert view.seen is not None
    assert (view.seen.declared, view.standing.declared) == (3, 6)


def test_nobody_has_looked_before_a_first_run_nor_while_a_folder_is_read() -> None:
    assert Desk().deliver(*FILES).seen is None
    loading = SourceHealth("loading", path="/feed")
    assert Desk(looked_at=minutes(2)).deliver(*FILES[:4], health=loading).seen is None


def test_after_a_restart_the_age_is_that_of_the_last_file_not_of_the_desk() -> None:
    desk = Desk(recorded=iter(FILES[:3]))
    assert desk.deliver(*FILES[:3]).source.last_arrival_at == minutes(2)


def test_what_is_found_at_the_start_is_as_old_as_its_file() -> None:
    files = [replace(file, seen_at=minutes(9)) for file in FILES[:3]]
    desk = Desk()
    assert desk.deliver(*files).source.last_arrival_at == minutes(2)
    later = replace(FILES[3], seen_at=minutes(12))
    assert desk.deliver(later).source.last_arrival_at == minutes(12)


def test_a_file_written_in_the_future_is_no_younger_than_its_arrival() -> None:
    ahead = replace(FILES[0], seen_at=minutes(1), modified_at=minutes(50))
    assert Desk().deliver(ahead).source.last_arrival_at == minutes(1)


def test_a_last_look_that_cannot_be_made_out_keeps_no_view_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(night: Night, position: int) -> Standing:
        if position < len(night):
            raise ValueError(position)
        return night.edge()

    monkeypatch.setattr(Night, "at", broken)
    desk = Desk(recorded=iter(FILES[:5]), looked_at=minutes(2))
    view = desk.deliver(*FILES)
    assert (view.seen, view.standing.declared) == (None, 6)
