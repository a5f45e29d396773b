"""The night at any moment is the night folded to that moment."""

from __future__ import annotations

from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feed.ledger.ledger import Ledger, Step
from feed.ledger.night import Night
from feed.model.messages import News
from feed.reports.summary import fingerprint
from tests.feed.builders import (
    a_contest,
    a_result,
    a_roster,
    a_step,
    a_withdrawal,
    folded,
    minutes,
    steps,
)
from tests.feed.versions import a_night, a_night_of_two_elections, an_untidy_night

EVENING = (
    a_roster("Alder", {"con": 30}),
    a_roster("Birch", {"lab": 30}),
    a_result("Birch", lab=30),
    a_result("Alder", lab=20, con=10),
    a_contest("Bedford", "con"),
    a_result("Alder", 2, lab=19, con=11),
    a_withdrawal("Alder", 2),
)


def night_of(told: list[Step], spacing: int = 3) -> Night:
    night = Night(spacing=spacing)
    night.extend(told)
    return night


def evening() -> Night:
    return night_of(steps(*EVENING))


def assert_like_a_fresh_fold(told: list[Step], random: Random, spacing: int) -> None:
    night = night_of(told, spacing)
    for _ in range(6):
        position = random.randint(0, len(told))
        seen, fresh = night.at(position), folded(told[:position]).standing()
        assert fingerprint(seen) == fingerprint(fresh)
        assert seen.log.since(0) == fresh.log.since(0)
        assert seen.problems == fresh.problems
        assert seen.superseded == fresh.superseded
        assert seen.totals == fresh.totals
        assert seen.contests == fresh.contests
        assert seen.councils == fresh.councils
        assert (seen.steps, seen.duplicates, seen.arrivals) == (
            fresh.steps, fresh.duplicates, fresh.arrivals,
        )  # fmt: skip
    assert fingerprint(night.edge()) == fingerprint(folded(told).standing())


NIGHTS = st.one_of(a_night(most=40), a_night_of_two_elections(), an_untidy_night())


@settings(max_examples=50, deadline=None, derandomize=True)
@given(told=NIGHTS, random=st.randoms(use_true_random=False), spacing=st.integers(1, 9))
def test_at_a_position_is_a_fresh_fold_of_so_many_steps_forward_and_back(
    told: list[Step], random: Random, spacing: int
) -> None:
    assert_like_a_fresh_fold(told, random, spacing)


def test_with_very_many_checkpoints_every_other_one_goes_and_the_rest_hold(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("feed.ledger.night._MOST_CHECKPOINTS", 64)
    told = steps(*(a_result(f"Place {n}", lab=n + 1) for n in range(140)))
    night = night_of(told, spacing=1)
    assert len(night._checkpoints) <= 65
    for position in (139, 1, 70, 69, 140, 3):
        assert fingerprint(night.at(position)) == fingerprint(folded(told[:position]).standing())


def test_positions_outside_are_brought_inside() -> None:
    night = evening()
    assert night.at(-3).steps == 0
    assert night.at(99).steps == len(night) == 7


def test_what_is_seen_back_then_stays_as_it_was_when_the_night_goes_on() -> None:
    night = evening()
    back = night.at(4)
    before = (fingerprint(back), len(back.log), back.log.since(0))
    night.extend(steps(a_result("Copse", ld=3)))
    night.at(6)
    assert (fingerprint(back), len(back.log), back.log.since(0)) == before


def test_the_revision_that_was_current_then_is_the_one_shown() -> None:
    night = evening()
    shown = [night.at(n).council(night.edge().councils[0].id) for n in (3, 4, 6, 7)]
    assert [c and c.revision for c in shown] == [0, 1, 2, 0]


def test_ticks_mark_changes_of_control_and_corrections() -> None:
    assert [(tick.position, tick.kind) for tick in evening().ticks] == [
        (4, "change"), (6, "correction"), (7, "change"),
    ]  # fmt: skip


def test_steps_go_by_entry_declaration_or_change_forward_and_back() -> None:
    night = evening()
    assert night.step_from(0, "entry", 1) == 1
    assert night.step_from(0, "declaration", 1) == 3
    assert night.step_from(3, "declaration", 1) == 4
    assert night.step_from(4, "declaration", 1) == 5
    assert night.step_from(5, "declaration", 1) == 7
    assert night.step_from(5, "declaration", -1) == 4
    assert night.step_from(0, "change", 1) == 4
    assert night.step_from(4, "change", 1) == 7
    assert night.step_from(4, "change", -1) == 0
    assert night.step_from(7, "entry", 1) == 7
    assert night.step_from(0, "entry", -1) == 0


def test_a_step_by_entry_passes_over_what_told_nothing() -> None:
    again = a_step(EVENING[2], "same.json")
    night = night_of([again, again, again, *steps(EVENING[3])])
    assert night.step_from(1, "entry", 1) == 4
    assert night.step_from(4, "entry", -1) == 1


@settings(max_examples=30, deadline=None, derandomize=True)
@given(told=a_night())
def test_the_position_of_an_entry_is_the_first_at_which_it_has_been_told(told: list[Step]) -> None:
    night = night_of(told)
    for entry in night.edge().log.since(0):
        position = night.position_of_entry(entry.seq)
        assert len(night.at(position).log) >= entry.seq > len(night.at(position - 1).log)


@pytest.mark.parametrize(
    ("minute", "position"), [(-1, 0), (0, 1), (0.5, 1), (5.9, 6), (6, 7), (99, 7)]
)
def test_a_moment_finds_how_many_steps_had_come(minute: float, position: int) -> None:
    assert evening().position_at(minutes(minute)) == position


def test_times_never_run_back() -> None:
    night = night_of(
        [a_step(EVENING[0], seen_at=minutes(5)), a_step(EVENING[1], seen_at=minutes(2))]
    )
    assert [night.time_at(n) for n in (0, 1, 2)] == [None, minutes(5), minutes(5)]
    assert night.next_after(0) == minutes(5)
    assert night.next_after(2) is None
    assert night.last_at == minutes(5)


def test_entries_between_count_what_came_after_a_position() -> None:
    night = evening()
    assert [night.entries_between(n) for n in (0, 3, 7)] == [7, 4, 0]


def test_the_night_opens_with_its_first_happening() -> None:
    assert evening().opening == minutes(2)
    assert Night().opening is None
    assert Night().last_at is None


def test_a_night_knows_its_files() -> None:
    night = night_of([a_step(EVENING[0], "a.xml"), a_step(EVENING[1], "b.xml")])
    assert night.paths == {"a.xml", "b.xml"}


def test_going_back_step_by_step_folds_little_anew_and_is_right(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    night = Night(spacing=1_000)
    night.extend(steps(*(News(text=f"line {number}") for number in range(900))))
    anew: list[Step] = []
    apply = Ledger.apply

    def noted(ledger: Ledger, step: Step) -> None:
        anew.append(step)
        apply(ledger, step)

    monkeypatch.setattr(Ledger, "apply", noted)
    for position in range(899, 500, -1):
        assert len(night.at(position).log) == position
    assert len(anew) < 50 * 400


@cache
def forty_places_told_ten_times() -> list[Step]:
    return steps(*(a_result(f"Place {n % 40}", n // 40 + 1, con=n % 7, lab=3) for n in range(400)))


@settings(max_examples=5, deadline=None, derandomize=True)
@given(places=st.lists(st.integers(200, 400), min_size=2, max_size=6))
def test_however_one_jumps_the_standing_is_that_of_a_night_that_ends_there(
    places: list[int],
) -> None:
    told = forty_places_told_ten_times()
    night = Night(spacing=1_000)
    night.extend(told)
    for place in places:
        then = Night()
        then.extend(told[:place])
        ours, theirs = night.at(place), then.edge()
        assert ours.councils == theirs.councils
        assert ours.scoreboard == theirs.scoreboard
        assert len(ours.log) == len(theirs.log)
