"""Dropping: the writes of a rehearsal, one by one at their pace, with a sign of life between."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from feed.clock import utc_now
from feed.rehearsal.folder import RehearsalFolder
from feed.rehearsal.plan import Drop, DropPace

BEAT_EVERY: Final = 10.0
"""Real seconds between two signs of life."""


def drop_all(  # noqa: PLR0913  # the clocks are given by tests
    drops: Sequence[Drop],
    folder: RehearsalFolder,
    pace: DropPace,
    *,
    wait: Callable[[float], bool],
    tell: Callable[[Drop], None],
    silent_from: int | None = None,
    clock: Callable[[], float] = time.monotonic,
    now: Callable[[], datetime] = utc_now,
) -> bool:
    """Drop everything at its pace; return whether it came to the end.

    Args:
        drops: in order.
        folder: where to.
        pace: how fast.
        wait: waits some seconds; true when the rehearsal is to stop.
        tell: is told every drop that was made.
        silent_from: number of drops after which no more sign of life is given.
        clock: real seconds.
        now: what the sign of life says.

    """
    due = clock()
    beat_at = due
    known = 0
    for number, drop in enumerate(drops):
        due += pace.pause(drops[number - 1].at if number else None, drop.at)
        beats = silent_from is None or number < silent_from
        while (left := due - clock()) > 0:
            if wait(min(left, max(0.0, beat_at - clock())) if beats else left):
                return False
            if beats and clock() >= beat_at:
                folder.beat(now())
                beat_at = clock() + BEAT_EVERY
        if wait(0.0):
            return False
        folder.put(drop)
        tell(drop)
        if beats and (clock() >= beat_at or len(folder.folders) > known):
            folder.beat(now())
            beat_at = clock() + BEAT_EVERY
            known = len(folder.folders)
    return True
