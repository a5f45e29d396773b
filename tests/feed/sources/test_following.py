"""Several desks can look on while one records: each sees every arrival once, as it was recorded."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from feed.clock import hh_mm
from feed.ledger.night import Night
from feed.ledger.step import steps_of
from feed.model.view import View
from feed.recording.file import is_being_written
from feed.recording.writer import Recorder
from feed.reports.summary import fingerprint
from feed.session.session import Session
from feed.sources.folder.source import Delivery
from feed.sources.following import FollowingSource
from tests.feed.builders import a_result, an_arrival, minutes

ALDER = an_arrival(a_result("Alder", lab=25, con=10), "results/alder.json", 10)
ROOT = Path(__file__).parents[3]
BIRCH = an_arrival(a_result("Birch", lab=5, con=30), "results/birch.json", 70)


@pytest.fixture
def recorder(tmp_path: Path) -> Iterator[Recorder]:
    """Return a recording that is being written."""
    recorder = Recorder.open(tmp_path / "night.jsonl", tmp_path / "feed", started=minutes(0))
    yield recorder
    recorder.close()


def looked(source: FollowingSource) -> list[Delivery]:
    got: list[Delivery] = []
    while source.look(got.append):
        pass
    return got


def test_what_is_added_is_delivered_once_and_as_it_was_recorded(recorder: Recorder) -> None:
    source = FollowingSource(recorder.path)
    recorder.append([ALDER])
    assert [it.arrivals for it in looked(source)] == [(ALDER,)]
    assert looked(source) == []
    recorder.append([BIRCH])
    assert [it.arrivals for it in looked(source)] == [(BIRCH,)]


def test_every_desk_that_looks_on_sees_the_same(recorder: Recorder) -> None:
    first, second = FollowingSource(recorder.path), FollowingSource(recorder.path)
    recorder.append([ALDER])
    early = [it.arrivals for it in looked(first)]
    recorder.append([BIRCH])
    early += [it.arrivals for it in looked(first)]
    late = [it.arrivals for it in looked(second)]
    assert [it for part in early for it in part] == [it for part in late for it in part]


def test_a_recording_that_goes_is_told_and_nothing_is_given_twice_when_it_is_back(
    recorder: Recorder,
) -> None:
    source = FollowingSource(recorder.path)
    recorder.append([ALDER])
    looked(source)
    away = recorder.path.rename(recorder.path.with_name("away.jsonl"))
    (lost,) = looked(source)
    assert (lost.health.state, lost.health.says) == ("lost", "the recording night.jsonl is missing")
    away.rename(recorder.path)
    (back,) = looked(source)
    assert (back.health.state, back.arrivals) == ("ok", ())


def test_a_line_that_was_damaged_is_told_once_and_the_others_are_read(recorder: Recorder) -> None:
    recorder.append([ALDER, BIRCH])
    data = recorder.path.read_bytes().replace(b"alder", b"elder", 1)
    recorder.path.write_bytes(data)
    source = FollowingSource(recorder.path)
    (delivery,) = looked(source)
    assert delivery.arrivals == (BIRCH,)
    (refusal,) = delivery.refused
    assert refusal.path == "night.jsonl:2"
    assert looked(source) == []


def test_a_desk_that_looks_on_stands_where_the_recording_desk_stands(recorder: Recorder) -> None:
    recorder.append([ALDER])
    views: list[View] = []
    told: list[View] = []
    both = threading.Event()

    def post(view: View) -> None:
        views.append(view)
        if view.standing.declared == 2:
            both.set()
        elif view.standing.declared == 1 and not told:
            told.append(view)
            recorder.append([BIRCH])

    session = Session(post, source=FollowingSource(recorder.path, period=0.01))
    session.start()
    try:
        assert both.wait(60)
    finally:
        session.stop()
    night = Night()
    for arrival in (ALDER, BIRCH):
        night.extend(steps_of(arrival))
    last = views[-1]
    assert fingerprint(last.standing) == fingerprint(night.edge())
    assert last.mode == "live"
    assert last.source.last_arrival_at == BIRCH.seen_at


class Time:
    """A clock in the test's hands, and London's time that goes with it."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def clock(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        return minutes(0) + timedelta(seconds=self.seconds)


def how(source: FollowingSource) -> list[tuple[str, str]]:
    return [(it.health.state, it.health.says) for it in looked(source)]


def test_when_the_recording_desk_stops_it_is_said_and_taken_back_when_it_goes_on(
    recorder: Recorder, tmp_path: Path
) -> None:
    time = Time()
    source = FollowingSource(recorder.path, clock=time.clock, now=time.now)
    assert how(source) == [("ok", "")]
    recorder.close()
    time.seconds = 600.0
    assert how(source) == [("lost", f"recording stopped since {hh_mm(minutes(10))}")]
    time.seconds = 1200.0
    assert how(source) == []
    again = Recorder.open(recorder.path, tmp_path / "feed")
    time.seconds = 1260.0
    assert how(source) == [("ok", "")]
    again.append([ALDER])
    assert [it.arrivals for it in looked(source)] == [(ALDER,)]
    again.close()


def test_a_recording_that_nobody_writes_any_more_is_read_and_never_said_to_be_live(
    recorder: Recorder,
) -> None:
    recorder.append([ALDER])
    recorder.close()
    os.utime(recorder.path, (minutes(70).timestamp(),) * 2)
    (delivery,) = looked(FollowingSource(recorder.path))
    assert delivery.arrivals == (ALDER,)
    assert delivery.health.state == "lost"
    assert delivery.health.says == f"recording stopped since {hh_mm(minutes(70))}"


def test_a_desk_that_was_killed_is_told_from_one_that_has_nothing_to_record(
    tmp_path: Path,
) -> None:
    path = tmp_path / "night.jsonl"
    program = (
        "import sys; from pathlib import Path; from feed.recording.writer import Recorder;"
        f"it = Recorder.open(Path({str(path)!r}), Path({str(tmp_path / 'feed')!r}));"
        "print('records', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    ) as desk:
        assert desk.stdout is not None
        assert desk.stdout.readline() == b"records\n"
        assert is_being_written(path)
        desk.kill()
    assert is_being_written(path) is False
    assert is_being_written(tmp_path / "missing.jsonl") is None


def test_whoever_asks_whether_anybody_writes_is_in_no_writer_s_way(
    recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder.close()
    asking = os.open(recorder.path, os.O_RDONLY)
    fcntl.flock(asking, fcntl.LOCK_SH)
    monkeypatch.setattr("feed.recording.file.time.sleep", lambda _: os.close(asking))
    Recorder.open(recorder.path, recorder.path.parent / "feed").close()
