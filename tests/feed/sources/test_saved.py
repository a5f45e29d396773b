"""A saved feed is played in the order and at the times of its night."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from feed.errors import SourceUnreadable
from feed.ledger.night import Night
from feed.ledger.step import Step
from feed.model.entries import EntryKind, Origin
from feed.model.messages import Contest, ElectionRef, Message, News, Statement
from feed.recording.writer import Recorder
from feed.session.position import replay_transport
from feed.sources import saved
from feed.sources.saved import in_time_order, load
from tests.feed.builders import (
    BEGINS,
    a_contest,
    a_result,
    a_roster,
    a_rush,
    a_step,
    an_arrival,
    minutes,
)

ROSTER = a_roster("Alder", {"con": 30})


def told(council: str, minute: float | None, **seats: int) -> Message:
    at = {} if minute is None else {"at": minutes(minute)}
    return a_result(council, facts=at, **(seats or {"lab": 9}))  # type: ignore[arg-type]


def kept(folder: Path, name: str, message: Message, minute: float = 0) -> None:
    path = folder / name
    path.write_bytes(an_arrival(message, name).data)
    stamp = minutes(minute).timestamp()
    os.utime(path, (stamp, stamp))


def order(steps: list[Step]) -> list[tuple[str, datetime]]:
    return [(getattr(s.statement.message, "council", "-"), s.at) for s in steps]


def test_a_folder_is_played_by_declared_times_rosters_first(tmp_path: Path) -> None:
    kept(tmp_path, "b.json", told("Birch", 60), 900)
    kept(tmp_path, "a.json", told("Alder", 30), 900)
    kept(tmp_path, "r.json", ROSTER, 900)
    assert order(load(tmp_path)) == [
        ("Alder", minutes(30)), ("Alder", minutes(30)), ("Birch", minutes(60)),
    ]  # fmt: skip


def test_files_without_times_are_played_by_the_times_of_the_files(tmp_path: Path) -> None:
    kept(tmp_path, "a.json", told("Alder", None), 60)
    kept(tmp_path, "b.json", told("Birch", None), 20)
    steps = load(tmp_path)
    assert order(steps) == [("Birch", minutes(20)), ("Alder", minutes(60))]
    assert not any(step.origin.estimated for step in steps)


def test_files_that_were_copied_together_are_laid_out_and_marked_as_estimated(
    tmp_path: Path,
) -> None:
    for name in ("c", "a", "b"):
        kept(tmp_path, f"{name}.json", told(name.upper(), None), 0)
    steps = load(tmp_path)
    assert order(steps) == [("A", minutes(0)), ("B", minutes(0.5)), ("C", minutes(1))]
    assert all(step.origin.estimated for step in steps)
    night = Night()
    night.extend(steps)
    assert {entry.clock for entry in night.edge().log.since(0)} == {"estimated"}


def test_copied_files_begin_with_the_first_event_that_has_a_time_of_its_own(
    tmp_path: Path,
) -> None:
    (tmp_path / "mayor.json").write_text(
        '{"kind":"contest","contest":"mayor","area":"Tarnwick","winner":"lab",'
        '"at":"2019-05-03T02:37:00+01:00"}'
    )
    for name in ("Alderton", "Birchmere"):
        (tmp_path / f"{name}.json").write_text(
            f'{{"kind":"result","council":"{name}","after":{{"con":9,"lab":4}}}}'
        )

    night = Night()
    night.extend(load(tmp_path))

    assert [entry.at.isoformat()[:16] for entry in night.edge().log.since(0)] == [
        "2019-05-03T01:37",
        "2019-05-03T01:37",
        "2019-05-03T01:37",
    ]


def test_a_roster_that_was_touched_after_the_night_does_not_hold_it_up() -> None:
    steps = in_time_order(
        [
            a_step(ROSTER, "r", minutes(5000), minutes(5000)),
            a_step(told("Alder", None), "a", minutes(10), minutes(10)),
            a_step(told("Birch", None), "b", minutes(90), minutes(90)),
        ]
    )
    night = Night()
    night.extend(steps)
    assert [night.time_at(n) for n in (1, 2, 3)] == [minutes(10), minutes(10), minutes(90)]


def test_a_fault_does_not_stretch_the_night_it_is_found_in(tmp_path: Path) -> None:
    kept(tmp_path, "a.json", told("Alder", 30), 5000)
    kept(tmp_path, "b.json", told("Birch", 60), 5000)
    (tmp_path / "bad.json").write_bytes(b'{"kind": "result"')
    (tmp_path / "away.json").symlink_to("/etc/hostname")
    transport = replay_transport(load(tmp_path), speed=60)
    assert transport is not None
    assert transport.end == minutes(60)
    night = Night()
    night.extend(load(tmp_path))
    assert {problem.file for problem in night.edge().problems} == {"bad.json", "away.json"}


def a_stage(stage: str, revision: int, written: float, at: float | None = None) -> Step:
    told = {} if at is None else {"at": minutes(at)}
    winner = "lab" if revision == 1 else "green"
    message = a_contest("Tarnwick", winner, stage, revision, **told)
    return a_step(message, f"{stage}_{revision}", minutes(written), minutes(written))


def stages(steps: list[Step]) -> list[tuple[str, int]]:
    messages = [step.statement.message for step in steps]
    return [(m.stage, m.revision) for m in messages if isinstance(m, Contest)]


IN_TURN = [("rush", 1), ("result", 1), ("rush", 2), ("result", 3)]


def test_a_result_that_tells_an_earlier_time_is_played_after_the_rush_before_it() -> None:
    told = [a_stage("result", 3, 177, 112), a_stage("rush", 2, 174),
            a_stage("result", 1, 171, 70), a_stage("rush", 1, 168)]  # fmt: skip
    steps = in_time_order(told)
    assert stages(steps) == IN_TURN
    assert [step.at for step in steps] == [minutes(n) for n in (168, 171, 174, 177)]
    night = Night()
    night.extend(steps)
    assert [entry.kind for entry in night.edge().log.since(0)] == [
        EntryKind.RUSH, EntryKind.CONTEST, EntryKind.CORRECTION, EntryKind.CONTEST,
    ]  # fmt: skip
    assert night.edge().log[1].at == minutes(70)


def test_revisions_of_one_time_are_played_in_their_order_whatever_the_files_are_called() -> None:
    told = [a_step(a_result("Alder", r, lab=9 + r, facts={"at": minutes(30)}), path)
            for r, path in ((2, "a"), (1, "b"))]  # fmt: skip
    messages = [step.statement.message for step in in_time_order(told)]
    assert [getattr(message, "revision", 0) for message in messages] == [1, 2]


def test_an_older_revision_whose_file_came_later_stays_late() -> None:
    for at in ({}, {"at": minutes(25)}):
        newer = a_step(a_result("Alder", 2, lab=9, facts=at), "a", minutes(30), minutes(30))
        older = a_step(a_result("Alder", 1, lab=8), "b", minutes(40), minutes(40))
        messages = [step.statement.message for step in in_time_order([newer, older])]
        assert [getattr(message, "revision", 0) for message in messages] == [2, 1]


def test_what_is_of_another_poll_day_comes_in_the_order_in_which_it_was_written() -> None:
    last_year = {"election": ElectionRef(date=date(2018, 5, 3))}
    told = [a_step(a_result(name, lab=9, facts=last_year), path, minutes(at), minutes(at))
            for name, path, at in (("Cedar", "a", 20), ("Birch", "c", 10), ("Alder", "b", 10))]  # fmt: skip
    tonight = a_result("Dale", lab=9, facts={"election": ElectionRef(date=date(2019, 5, 2))})
    steps = in_time_order([a_step(tonight, "d", minutes(30), minutes(30)), *told])
    assert order(steps) == [(name, minutes(30)) for name in ("Alder", "Birch", "Cedar", "Dale")]


def test_files_that_were_copied_together_keep_the_turn_of_their_revisions() -> None:
    told = [a_stage("result", 3, 9000, 112), a_stage("rush", 2, 9000),
            a_stage("result", 1, 9000, 70), a_stage("rush", 1, 9000)]  # fmt: skip
    steps = in_time_order(told)
    assert stages(steps) == IN_TURN
    assert max(step.at for step in steps) < minutes(120)


def test_a_line_of_a_live_page_holds_no_result_up() -> None:
    line = a_step(a_rush("Alder", "lab", at=minutes(90)), "live.txt")
    line = replace(line, origin=replace(line.origin, unnumbered=True))
    result = a_step(a_result("Alder", lab=9, facts={"at": minutes(30)}), "a")
    assert [step.at for step in in_time_order([line, result])] == [minutes(30), minutes(90)]


def test_a_single_file_is_a_feed(tmp_path: Path) -> None:
    kept(tmp_path, "a.json", told("Alder", 30))
    assert order(load(tmp_path / "a.json")) == [("Alder", minutes(30))]


@pytest.mark.parametrize("name", ["nothing", "nothing.json"])
def test_what_is_not_there_cannot_be_played(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceUnreadable, match="is not there; give a folder"):
        load(tmp_path / name)


def test_an_empty_folder_is_a_night_without_steps(tmp_path: Path) -> None:
    assert load(tmp_path) == []
    assert replay_transport([], speed=60) is None


def test_a_recording_is_played_by_its_arrival_times(tmp_path: Path) -> None:
    recorder = Recorder.open(tmp_path / "night.jsonl", tmp_path / "feed", started=BEGINS)
    recorder.append([an_arrival(told("Alder", 500), "a.json", 5)])
    recorder.append(
        [an_arrival(ROSTER, "r.json", 9), an_arrival(told("Birch", None), "b.json", 20)]
    )
    recorder.close()
    steps = load(tmp_path / "night.jsonl")
    assert order(steps) == [
        ("Alder", minutes(5)), ("Alder", minutes(9)), ("Birch", minutes(20)),
    ]  # fmt: skip
    night = Night()
    night.extend(steps)
    assert night.time_at(1) == minutes(5)
    assert night.edge().log[0].at == minutes(500)


def test_a_bad_line_of_a_recording_is_a_line_of_the_log(tmp_path: Path) -> None:
    path = tmp_path / "night.jsonl"
    recorder = Recorder.open(path, tmp_path / "feed", started=BEGINS)
    recorder.append([an_arrival(told("Alder", None), "a.json", 5)])
    recorder.close()
    with path.open("ab") as file:
        file.write(b'{"seq":2,"broken\n')
    night = Night()
    night.extend(load(path))
    assert night.edge().declared == 1
    assert night.edge().log[-1].text.startswith("night.jsonl:3: the checksum does not match")


def test_a_replay_opens_just_before_the_first_news_with_the_rosters_in() -> None:
    steps = in_time_order(
        [a_step(ROSTER, "r", minutes(0)), a_step(told("Alder", 30)), a_step(told("Birch", 60))]
    )
    transport = replay_transport(steps, speed=60)
    assert transport is not None
    assert (transport.start, transport.end) == (minutes(30 - 1 / 60), minutes(60))
    assert transport.now == transport.start
    night = Night()
    night.extend(steps)
    assert night.at(night.position_at(transport.now)).councils[0].status == "expected"
    later = replay_transport(steps, speed=60, start=minutes(45))
    assert later is not None
    assert later.now == minutes(45)


@pytest.mark.parametrize("fact", ["estimated", "test", "renamed", "unnumbered"])
def test_a_step_that_is_moved_keeps_all_else_that_is_known_of_its_file(fact: str) -> None:
    origin = replace(Origin("a.txt", 3, "digest", BEGINS, minutes(1)), **{fact: True})  # type: ignore[arg-type]
    step = Step(Statement(News(text="x")), origin, opens=False, part=3, by_arrival=True)
    assert saved._moved(step, minutes(9)) == replace(
        step, origin=replace(origin, seen_at=minutes(9))
    )
