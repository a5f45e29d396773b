"""Nights with faults, each from beginning to account."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import monotonic

from tests.faults.account import Account, audit
from tests.faults.dropped import key, news
from tests.faults.producer import LedgerState, Producers
from tests.faults.program import Program, Recorded

_ASLEEP = 1.5
"""Seconds of sleep at least: what is younger than one may still be told by a notice."""


def a_night(place: Path, seed: int, turns: int) -> Account:
    """Watch producers of every manner at work, the folder made anew half way."""
    feed, recording = place / "feed", place / "night.jsonl"
    feed.mkdir()
    recorded = Recorded(recording)
    producers = Producers(feed, seed, recorded.has)
    producers.work(turns // 4)
    with Program(feed, recording) as program:
        producers.work(turns // 4)
        program.wait_until(lambda: recorded.look() > 0)
        producers.make_the_folder_anew()
        producers.work(turns - turns // 2)
        _until_all_is_in(program, producers, recorded)
        program.quit()
    return audit(recording, producers.books, place / "cold")


def killed(place: Path, seed: int, kills: int, turns: int) -> Account:
    """Kill the program at random points and start it again, the producers at work throughout."""
    feed, recording = place / "feed", place / "night.jsonl"
    feed.mkdir()
    random = Random(seed)
    recorded = Recorded(recording)
    producers = Producers(feed, seed, recorded.has)
    for _ in range(kills):
        with Program(feed, recording) as program:
            producers.work(random.randrange(turns))
            at_least = len(recorded.keys) + random.randrange(max(1, turns // 3))
            _until_or_for(program, lambda n=at_least: recorded.look() >= n, random.uniform(0, 1.5))  # type: ignore[misc]
            producers.work(random.randrange(turns))
            program.kill()
    with Program(feed, recording) as program:
        _until_all_is_in(program, producers, recorded)
        program.quit()
    return audit(recording, producers.books, place / "cold")


@dataclass(frozen=True, slots=True)
class Stopped:
    """What came of a night through which the program slept."""

    account: Account
    found_by_scan: int
    seconds: float
    """From waking to the last file in the recording."""


def stopped(place: Path, files: int, *, against_cold: bool = True) -> Stopped:
    """Stop the program as Ctrl-Z does, write many files, and wake it.

    Written in place, a file takes four places in the kernel's queue of 16,384 notices.
    """
    feed, recording = place / "feed", place / "night.jsonl"
    feed.mkdir()
    (feed / "first.json").write_bytes(news(0))
    books = LedgerState(must={key("first.json", news(0)): "accepted"})
    recorded = Recorded(recording)
    with Program(feed, recording) as program:
        program.wait_until(lambda: recorded.look() == 1)
        program.halt()
        slept = monotonic()
        for number in range(1, files + 1):
            name, data = f"{number}.json", news(number)
            books.must[key(name, data)] = "accepted"
            (feed / name).write_bytes(data)
        threading.Event().wait(max(0.0, slept + _ASLEEP - monotonic()))
        woken = monotonic()
        program.go_on()
        program.wait_until(lambda: recorded.look() > files, 120.0)
        took = monotonic() - woken
        program.wait_until(lambda: _found(program) > 0)
        program.quit()
        found = _found(program)
    scratch = place / "cold" if against_cold else None
    return Stopped(audit(recording, books, scratch), found, took)


def _found(program: Program) -> int:
    told = re.findall(r"([\d,]+) files? found by the scan", program.said)
    return sum(int(number.replace(",", "")) for number in told)


def _until_all_is_in(program: Program, producers: Producers, recorded: Recorded) -> None:
    program.wait_until(producers.finish)
    program.wait_until(lambda: all(recorded.has(wanted) for wanted in producers.books.must))


def _until_or_for(program: Program, is_so: Callable[[], bool], seconds: float) -> None:
    deadline = monotonic() + seconds
    waiter = threading.Event()
    while not is_so() and monotonic() < deadline and program.is_alive:
        waiter.wait(0.01)
