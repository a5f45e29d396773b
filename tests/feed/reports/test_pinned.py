"""What stays in sight, and for how long: until it is over, or acknowledged and still the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from feed.model.standing import Problem
from feed.reports.alerts import Condition
from feed.reports.pinned import Acknowledged, KeyedProblems, keyed, pins
from feed.reports.silence import Silence, SilenceKind, silence
from tests.feed.reports.test_silence import clock, played

SAYS: dict[SilenceKind, str] = {
    "lost": "SOURCE LOST", "heartbeat": "no heartbeat for 4 min", "late": "6 late",
}  # fmt: skip
ALIVE = Condition()


def having(kind: SilenceKind) -> Condition:
    says = SAYS.get(kind, "")
    return Condition(Silence(kind, says, says))


def a_problem(file: str = "a.xml", what: str = "seats is −3", line: int = 4) -> Problem:
    return Problem(file, line, what, "send it again", 1)


def with_problems(*problems: Problem) -> KeyedProblems:
    return keyed(problems)


NONE = with_problems()


def said(problems: KeyedProblems, condition: Condition, done: Acknowledged) -> list[str]:
    return [pin.says for pin in pins(problems, condition, done)]


def acknowledged(problems: KeyedProblems, condition: Condition) -> Acknowledged:
    done = Acknowledged().kept(problems, condition)
    keys = [key for pin in pins(problems, condition, done) for key in pin.keys]
    return done.with_all(keys)


@pytest.mark.parametrize("kind", ["lost", "heartbeat", "late"])
def test_trouble_stays_in_sight_until_it_is_acknowledged_or_over(kind: SilenceKind) -> None:
    trouble = having(kind)
    assert len(said(NONE, trouble, Acknowledged())) == 1
    done = acknowledged(NONE, trouble).kept(NONE, trouble)
    assert said(NONE, trouble, done) == []
    assert said(NONE, ALIVE, Acknowledged()) == []


@pytest.mark.parametrize("kind", ["lost", "heartbeat", "late"])
def test_trouble_that_returns_is_new(kind: SilenceKind) -> None:
    done = acknowledged(NONE, having(kind))
    over = done.kept(NONE, ALIVE)
    assert len(said(NONE, having(kind), over.kept(NONE, having(kind)))) == 1


def test_late_councils_that_a_lost_source_hides_stay_acknowledged() -> None:
    done = acknowledged(NONE, having("late"))
    for kind in ("lost", "heartbeat", "late"):
        done = done.kept(NONE, having(kind))
    assert said(NONE, having("late"), done) == []


def test_what_is_quiet_as_expected_and_what_is_complete_is_no_trouble() -> None:
    for kind in ("quiet", "complete", "alive"):
        assert said(NONE, having(kind), Acknowledged()) == []


def test_files_that_are_not_recorded_stay_in_sight_behind_a_lost_source() -> None:
    both = replace(having("lost"), unsaved=2)
    assert said(NONE, both, Acknowledged()) == [
        "SOURCE LOST", "2 files are not in the recording",
    ]  # fmt: skip


def test_problems_are_one_line_with_the_newest_by_name() -> None:
    one = with_problems(a_problem())
    two = with_problems(a_problem(), a_problem("b.xml"))
    assert said(one, ALIVE, Acknowledged()) == ["1 problem: a.xml:4: seats is −3"]
    assert said(two, ALIVE, Acknowledged()) == [
        "2 problems, the newest b.xml:4: seats is −3",
    ]


def test_a_problem_that_is_acknowledged_stays_so_while_the_file_says_the_same() -> None:
    done = acknowledged(with_problems(a_problem()), ALIVE)
    moved = with_problems(a_problem(line=9))
    assert moved.unacknowledged(done.kept(moved, ALIVE)) == ()


@pytest.mark.parametrize(
    "other",
    [
        a_problem(what="seats is −4"),
        a_problem("b.xml"),
    ],
)
def test_a_problem_that_changes_is_new(other: Problem) -> None:
    done = acknowledged(with_problems(a_problem()), ALIVE)
    now = with_problems(other)
    assert now.unacknowledged(done.kept(now, ALIVE)) == (other,)


def test_a_second_fault_like_one_that_is_acknowledged_is_new() -> None:
    done = acknowledged(with_problems(a_problem()), ALIVE)
    second = a_problem(line=9)
    now = with_problems(a_problem(), second)
    assert now.unacknowledged(done.kept(now, ALIVE)) == (second,)


def test_a_problem_that_was_mended_and_returns_is_new() -> None:
    broken = with_problems(a_problem())
    mended = acknowledged(broken, ALIVE).kept(with_problems(), ALIVE)
    assert broken.unacknowledged(mended.kept(broken, ALIVE)) == broken.problems


def test_a_cause_that_is_not_wanted_is_not_kept_in_sight() -> None:
    broken = with_problems(a_problem())
    wanted = pins(broken, replace(having("late"), unsaved=1), Acknowledged(), frozenset())
    assert wanted == ()


def test_each_problem_has_a_key_of_its_own() -> None:
    alike = with_problems(a_problem(), a_problem(line=9), a_problem("b.xml"))
    assert len(set(alike.keys)) == 3


def test_a_played_night_keeps_each_trouble_in_sight_as_long_as_it_goes_on() -> None:
    kept = []
    for minute in range(9 * 60):
        now = clock(f"{3 + minute // 60}:{minute % 60:02}")
        standing, health = played(now)
        found = Condition(silence(standing, health, now))
        kept.append(bool(pins(NONE, found, Acknowledged())) == (found.silence.kind in SAYS))
    assert all(kept)


def test_the_keys_of_problems_that_stay_the_same_are_not_made_again() -> None:
    before = with_problems(a_problem(), a_problem("b.xml"))
    assert before.following((a_problem(), a_problem("b.xml"))) is before
    assert before.following((a_problem(),)).keys == before.keys[:1]
