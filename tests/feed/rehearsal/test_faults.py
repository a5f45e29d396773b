"""Faults on purpose: the same for the same seed, and the night they end in is the night itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from math import inf
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feed.errors import UsageProblem
from feed.ledger.ledger import Ledger
from feed.ledger.night import Night
from feed.model.standing import Standing
from feed.rehearsal.faults import Fault, disturbed, faults_named, silent_from
from feed.rehearsal.folder import RehearsalFolder, drop_all
from feed.rehearsal.plan import Drop, DropPace, planned
from feed.reports.summary import fingerprint
from feed.sources.folder.reconciler import Reconciler
from feed.sources.saved import load
from tests.feed.builders import minutes
from tests.feed.sources.feed_folder import StillClock

SAMPLES = Path(__file__).parents[3] / "sample_feeds"
NIGHTS = {name: planned(SAMPLES / name).drops for name in ("england-2019", "rehearsal")}
ALL = frozenset(Fault)


def fingerprint_of(path: Path) -> str:
    night = Night()
    night.extend(load(path))
    return fingerprint(night.edge())


def watched(drops: Sequence[Drop], into: Path, every: int) -> Standing:
    """Drop everything while a desk looks every so often; give where it stands in the end."""
    clock, ledger, made = StillClock(), Ledger(), 0
    with RehearsalFolder.open(into, SAMPLES / "rehearsal") as folder:
        reader = Reconciler(into, clock=clock.time, now=clock.now)

        def look(_drop: Drop) -> None:
            nonlocal made
            made += 1
            if made % every == 0:
                clock.pass_by(0.7)
                for arrival in reader.scan().arrivals:
                    ledger.take(arrival)

        drop_all(drops, folder, DropPace(inf), wait=lambda _: False, tell=look)
    for _ in range(2):
        clock.pass_by(3)
        for arrival in reader.scan().arrivals:
            ledger.take(arrival)
    return ledger.standing()


@pytest.fixture(scope="module")
def england() -> str:
    return fingerprint_of(SAMPLES / "england-2019")


@pytest.mark.parametrize("seed", range(10))
def test_a_night_full_of_faults_ends_as_the_night_itself(
    seed: int, england: str, tmp_path: Path
) -> None:
    drops = disturbed(NIGHTS["england-2019"], ALL, seed)
    standing = watched(drops, tmp_path / "into", every=67 + seed)
    assert fingerprint(standing) == england
    assert standing.test
    assert any(drop.fault == "again" for drop in drops)
    assert not standing.duplicates  # lines that came again in another file are not read


@pytest.mark.parametrize("fault", list(Fault))
def test_each_fault_alone_leaves_the_agency_s_night_as_it_is(fault: Fault, tmp_path: Path) -> None:
    drops = disturbed(NIGHTS["rehearsal"], frozenset({fault}), seed=3)
    standing = watched(drops, tmp_path / "into", every=9)
    assert fingerprint(standing) == fingerprint_of(SAMPLES / "rehearsal")


@pytest.mark.parametrize("name", NIGHTS)
def test_the_same_seed_makes_the_same_faults_and_another_seed_others(name: str) -> None:
    one, same, other = (disturbed(NIGHTS[name], ALL, seed) for seed in (1, 1, 2))
    assert one == same
    assert one != other
    assert silent_from(100, ALL, 1) == silent_from(100, ALL, 1)


def test_one_fault_s_luck_is_not_changed_by_another() -> None:
    drops = NIGHTS["rehearsal"]
    alone = disturbed(drops, frozenset({Fault.DUPLICATE}), 5)
    timed = disturbed(drops, frozenset({Fault.DUPLICATE, Fault.CLOCK}), 5)
    assert [drop.path for drop in alone] == [drop.path for drop in timed]


@given(seed=st.integers(0, 10_000), faults=st.frozensets(st.sampled_from(Fault)))
@settings(max_examples=40, deadline=None)
def test_whatever_the_faults_every_content_is_there_and_time_runs_forward(
    seed: int, faults: frozenset[Fault]
) -> None:
    for drops in NIGHTS.values():
        told = disturbed(drops, faults, seed)
        assert [drop.at for drop in told] == sorted(drop.at for drop in told)
        assert final(told).items() >= final(drops).items()


def final(drops: Sequence[Drop]) -> dict[bytes, bytes]:
    """Return what every file holds in the end; the lines of a growing one in any order."""
    files: dict[bytes, bytes] = {}
    for drop in drops:
        files[drop.path] = files.get(drop.path, b"") + drop.data if drop.grows else drop.data
    return {path: b"\n".join(sorted(data.splitlines())) for path, data in files.items()}


@given(seed=st.integers(0, 10_000))
@settings(max_examples=20, deadline=None)
def test_a_wrong_clock_never_changes_which_of_two_files_is_the_later(seed: int) -> None:
    drops = NIGHTS["rehearsal"]
    wrong = disturbed(drops, frozenset({Fault.CLOCK}), seed)
    right_order = sorted(range(len(drops)), key=lambda n: (drops[n].modified_at, n))
    assert right_order == sorted(range(len(drops)), key=lambda n: (wrong[n].modified_at, n))
    off = [abs(a.modified_at - b.modified_at) for a, b in zip(drops, wrong, strict=True)]
    assert timedelta(0) < max(off) <= timedelta(hours=1, seconds=1)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=20, deadline=None)
def test_a_file_that_is_written_again_keeps_the_order_of_its_contents(seed: int) -> None:
    drops = [
        Drop(minutes(n), b"a.json" if n % 3 else b"%d.json" % n, b'{"n": %d}' % n, minutes(n))
        for n in range(30)
    ]
    told = disturbed(drops, ALL, seed)
    wholes = [drop for drop in told if drop.path == b"a.json" and drop.fault != "half of it"]
    assert [drop.data for drop in wholes] == [d.data for d in drops if d.path == b"a.json"]


def test_only_what_shows_its_own_end_is_cut() -> None:
    table = Drop(minutes(0), b"a.csv", b"council,con\nAlder,12\n", minutes(0))
    words = Drop(minutes(1), b"a.txt", b"Alder - Con hold", minutes(1))
    message = Drop(minutes(2), b"a.json", b'{"kind": "news"}', minutes(2))
    told = disturbed((table, words, message), frozenset({Fault.TRUNCATE}), 1)
    assert [(d.path, d.fault) for d in told if d.fault] == [
        (b"a.json", "half of it"),
        (b"a.json", "the whole of it"),
    ]
    assert disturbed((table, words), frozenset({Fault.TRUNCATE}), 1) == (table, words)


def test_late_files_come_after_everything_else() -> None:
    drops = NIGHTS["rehearsal"]
    told = disturbed(drops, frozenset({Fault.LATE}), 4)
    late = [drop for drop in told if drop.fault == "late"]
    assert late
    assert told[-len(late) :] == tuple(late)
    assert all(drop.at > drops[-1].at for drop in late)


def test_faults_are_named_as_a_list_or_all_at_once() -> None:
    assert faults_named("late, Duplicate") == {Fault.LATE, Fault.DUPLICATE}
    assert faults_named("all") == ALL
    assert faults_named("") == frozenset()
    with pytest.raises(UsageProblem, match="--chaos sharks is no fault"):
        faults_named("late,sharks")


def test_nothing_to_drop_is_disturbed_into_nothing() -> None:
    assert disturbed((), ALL, 1) == ()
    assert silent_from(0, ALL, 1) == 0
    assert silent_from(10, frozenset(), 1) is None
