"""`nightdesk drop`: a rehearsal told on the terminal while it goes on."""

from __future__ import annotations

import signal
import sys
import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TextIO

from feed.clock import hh_mm_ss, london, utc_now
from feed.file_names import escaped
from feed.rehearsal.faults import Fault, disturbed, silent_from
from feed.rehearsal.folder import RehearsalFolder, drop_all
from feed.rehearsal.plan import Drop, DropPace, planned
from feed.rehearsal.today import Today, as_of_today
from feed.typed_times import parse_moment


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks of a rehearsal."""

    speed: float
    gap_limit: float | None
    start: str | None
    faults: frozenset[Fault]
    seed: int
    plain: bool
    as_of: str | None = None
    """When the night begins today; now if none."""
    keep_times: bool = False
    """Leave the times in the files as they are."""


class Narration:
    """Tells of every drop: a line each, or one line that is written over on a terminal."""

    def __init__(self, out: TextIO, drops: int, *, plain: bool) -> None:
        self._out = out
        self._drops = drops
        self._made = 0
        self._over = not plain and out.isatty()

    def told(self, drop: Drop) -> None:
        """Tell of one drop."""
        self._made += 1
        fault = f"  ({drop.fault})" if drop.fault else ""
        said = f"{hh_mm_ss(drop.at)}  {escaped(drop.path)}{fault}"
        if self._over:
            said = f"\r\x1b[K{self._made:,} of {self._drops:,}  {said}"
        self.say(said, end="" if self._over else "\n")

    def ended(self, words: str) -> None:
        """Say how it ended."""
        self.say(("\n" if self._over and self._made else "") + words)

    def say(self, words: str, end: str = "\n") -> None:
        """Say something of the rehearsal as a whole."""
        self._out.write(words + end)
        self._out.flush()


def rehearse(path: Path, into: Path, wish: Wish) -> int:
    """Drop a saved feed into a folder; give the exit code, 130 when it was interrupted."""
    plan = planned(path)
    pace = DropPace(wish.speed, wish.gap_limit, _start(wish.start, plan.drops))
    made = plan.drops
    if made and not wish.keep_times:
        today = Today.of(made, pace, _begins(wish.as_of, utc_now()))
        made = tuple(as_of_today(drop, today) for drop in made)
    drops = disturbed(made, wish.faults, wish.seed)
    narration = Narration(sys.stderr, len(drops), plain=wish.plain)
    for left_out in plan.left_out:
        narration.say(f"left out: {left_out}")
    stop = threading.Event()
    code = 0

    def interrupted(number: int, _frame: object) -> None:
        nonlocal code
        code = 130 if number == signal.SIGINT else 0
        stop.set()

    numbers = (signal.SIGINT, signal.SIGTERM)
    with RehearsalFolder.open(into, path) as folder:
        kept = {number: signal.signal(number, interrupted) for number in numbers}
        try:
            done = drop_all(
                drops, folder, pace, wait=stop.wait, tell=narration.told,
                silent_from=silent_from(len(drops), wish.faults, wish.seed),
            )  # fmt: skip
        finally:
            for number, handler in kept.items():
                signal.signal(number, handler)
    faults = f" with {', '.join(sorted(wish.faults))}, seed {wish.seed}" if wish.faults else ""
    ended = f"All {len(drops):,} drops are made" if done else "Stopped"
    narration.ended(f"{ended}{faults}: {escaped(bytes(into))}")
    return code


def _begins(text: str | None, now: datetime) -> datetime:
    """Return when the night begins: at a time of today, or now."""
    midnight = london(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return now if text is None else parse_moment(text, midnight, now)


def _start(text: str | None, drops: tuple[Drop, ...]) -> datetime | None:
    return None if text is None or not drops else parse_moment(text, drops[0].at, end=drops[-1].at)
