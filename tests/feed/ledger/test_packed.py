"""What is packed away is the same when it is looked at again, and out of memory until then."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from feed.ledger import packed
from feed.ledger.ledger import Ledger, Step, steps_of
from feed.ledger.night import Night
from feed.ledger.packed import Packed
from feed.ledger.shared_history import empty_log
from feed.ledger.spool import Spool
from feed.ledger.step import empty_history
from feed.model.arrival import Arrival
from feed.reports.summary import fingerprint
from feed.sources.saved import load
from tests.feed.builders import BEGINS, folded
from tests.feed.versions import a_night, a_night_of_two_elections, an_untidy_night

NUMBERS = TypeAdapter(int)
FEEDS = Path(__file__).parents[3] / "sample_feeds"
NIGHTS = st.one_of(a_night(most=40), a_night_of_two_elections(), an_untidy_night())


@contextmanager
def small(block: int = 3, whole: int = 0) -> Iterator[None]:
    with patch.object(packed, "BLOCK", block), patch.object(packed, "WHOLE", whole):
        yield


def numbers(count: int, block: int = 3, whole: int = 4) -> Packed[int]:
    with small(block, whole):
        kept = Packed(NUMBERS)
    for number in range(count):
        kept.append(number)
    return kept


@given(
    count=st.integers(0, 60),
    block=st.integers(1, 7),
    whole=st.integers(0, 12),
    start=st.integers(-70, 70),
    stop=st.integers(-70, 70),
)
def test_it_reads_like_a_list(count: int, block: int, whole: int, start: int, stop: int) -> None:
    kept, plain = numbers(count, block, whole), list(range(count))
    assert [*kept] == plain
    assert len(kept) == count
    assert kept[start:stop] == plain[start:stop]
    assert kept[::-2] == plain[::-2]
    assert [kept[at] for at in range(-count, count)] == plain * 2
    for outside in (count, -count - 1):
        with pytest.raises(IndexError):
            kept[outside]


def test_only_the_newest_and_what_was_just_read_are_held_in_memory() -> None:
    kept = numbers(1_000, block=10, whole=40)
    assert len([*kept]) == 1_000
    held = sum(len(block) for block in kept._live.values())
    assert 40 <= held <= 60
    assert len(kept._opened) <= 16


@pytest.mark.parametrize("name", ["england-2019", "england-2019-wards", "northern-ireland-2019",
                                  "rehearsal", "live-blog-2019.txt"])  # fmt: skip
def test_every_step_and_entry_of_a_night_is_the_same_after_packing(name: str) -> None:
    with small(block=50):
        steps, entries = empty_history(), empty_log()
    told = load(FEEDS / name)
    for step in told:
        steps.append(step)
    written = [*folded(told).entries]
    for entry in written:
        entries.append(entry)
    assert [*steps] == told
    assert [*entries] == written
    assert not steps._live.keys() - {len(told) // 50}


@settings(max_examples=60, deadline=None, derandomize=True)
@given(text=st.text(max_size=60), path=st.text(max_size=20))
def test_whatever_a_file_says_it_is_the_same_after_packing(text: str, path: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    with small(block=1):
        steps = empty_history()
    told = list(steps_of(Arrival(path, data, BEGINS, BEGINS)))
    for step in told:
        steps.append(step)
    assert [*steps] == told


def test_an_item_that_cannot_be_written_stays_as_it_is() -> None:
    with small(block=1):
        steps = empty_history()
    (step,) = steps_of(Arrival("\ud800.json", b"{}", BEGINS))
    for _ in range(3):
        steps.append(step)
    assert [*steps] == [step] * 3


@settings(max_examples=40, deadline=None, derandomize=True)
@given(told=NIGHTS, random=st.randoms(use_true_random=False))
def test_a_night_that_is_packed_away_is_the_same_at_every_moment(
    told: list[Step], random: Random
) -> None:
    with small():
        night = Night(spacing=5)
        night.extend(told)
        for position in random.sample(range(len(told) + 1), min(5, len(told))):
            seen, fresh = night.at(position), folded(told[:position]).standing()
            assert fingerprint(seen) == fingerprint(fresh)
            assert seen.log.since(0) == fresh.log.since(0)
            assert seen.superseded == fresh.superseded
    assert fingerprint(night.edge()) == fingerprint(folded(told).standing())


@settings(max_examples=20, deadline=None, derandomize=True)
@given(told=a_night_of_two_elections())
def test_an_election_that_takes_over_is_folded_from_what_was_packed_away(told: list[Step]) -> None:
    with small():
        ledger = Ledger()
        for step in told:
            ledger.apply(step)
    assert fingerprint(ledger.standing()) == fingerprint(folded(told).standing())


def test_blocks_come_back_from_the_disk_as_they_were() -> None:
    spool, random = Spool(), Random(1)
    blocks = [random.randbytes(random.randrange(2_000)) for _ in range(50)]
    for block in blocks:
        spool.put(block)
    assert [spool.get(number) for number in range(len(spool))] == blocks
    assert not spool._kept


@pytest.mark.parametrize("takes", [0, 4, 4_000])
def test_a_full_disk_keeps_the_blocks_in_memory_and_loses_none(
    takes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    left, write = takes, os.pwrite

    def full(descriptor: int, data: bytes, at: int) -> int:
        nonlocal left
        part = data[:left]
        left -= len(part)
        if not part:
            raise OSError(errno.ENOSPC, "no space left on device")
        return write(descriptor, part, at)

    monkeypatch.setattr(os, "pwrite", full)
    spool, random = Spool(), Random(2)
    blocks = [random.randbytes(1_500) for _ in range(6)]
    for block in blocks:
        spool.put(block)
    assert [spool.get(number) for number in range(6)] == blocks
    assert len(spool._kept) == 6 - takes // 1_600


def test_without_a_folder_for_temporary_files_all_stays_in_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def none(**_: object) -> None:
        raise FileNotFoundError(errno.ENOENT, "no usable temporary directory")

    monkeypatch.setattr("feed.ledger.spool.TemporaryFile", none)
    spool = Spool()
    spool.put(b"one")
    assert spool.get(0) == b"one"
