"""A rehearsal: a saved feed as the writes that create its files again, in order of time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from math import inf
from pathlib import Path

from feed.clock import EPOCH
from feed.errors import SourceUnreadable
from feed.file_names import escaped, is_ignored, unescaped
from feed.ledger.step import Step, steps_of
from feed.model.arrival import Arrival
from feed.recording.reader import BadLine, is_recording, read_recording
from feed.records import record
from feed.sources.saved import found_in, in_time_order


@record(frozen=True, slots=True)
class Drop:
    """One write into the rehearsal's folder."""

    at: datetime
    """When it happens, feed time, UTC."""
    path: bytes
    data: bytes
    modified_at: datetime
    """What the file says of itself: a mirror keeps the times of the original."""
    grows: bool = False
    """The data is added at the end, as JSONL grows; else the file is put there whole."""
    fault: str = ""
    """What is done to it on purpose, in a few words."""


@record(frozen=True, slots=True)
class RehearsalPlan:
    """Everything that a rehearsal writes, and what of the saved feed it leaves out."""

    drops: tuple[Drop, ...]
    left_out: tuple[str, ...] = ()
    """Files or lines that cannot be read, each with the reason."""


@record(frozen=True, slots=True)
class DropPace:
    """How fast a rehearsal goes."""

    speed: float = 1.0
    """Feed seconds a second; infinite for as fast as it goes."""
    gap_limit: float | None = None
    """No pause is longer than this, in real seconds."""
    start: datetime | None = None
    """What is of an earlier time is dropped at once."""

    def pause(self, before: datetime | None, at: datetime) -> float:
        """Return the real seconds between a drop of feed time `before` and one at `at`."""
        if before is None or self.speed == inf:
            return 0.0
        since = before if self.start is None else max(before, self.start)
        seconds = max(0.0, (at - since).total_seconds()) / self.speed
        return seconds if self.gap_limit is None else min(seconds, self.gap_limit)


def planned(path: Path) -> RehearsalPlan:
    """Return the writes that create the files of a recording or of a feed folder again.

    A recording is played by its arrival times, a folder as a replay plays it: rosters first, then
    each file when the last thing that it tells has happened. Lines of JSONL are added one by one
    to a file of their own name: so a reader is tried on a file that grows, and the recording of a
    rehearsal has the names and lines of the original.

    Raises:
        SourceUnreadable: when there is nothing to read, or a name leads out of the folder.

    """
    plan = _recorded(path) if path.is_file() and is_recording(path) else _found(path)
    for drop in plan.drops:
        if not may_be_dropped(drop.path):
            raise SourceUnreadable(
                f"{path} names a file that no feed folder holds: {escaped(drop.path)}",
                "nothing was dropped; use a recording that nightdesk has written",
            )
    return plan


def may_be_dropped(path: bytes) -> bool:
    """Whether a path stays below the folder and names a file that a desk reads."""
    parts = path.split(b"/")
    return not any(
        part in {b"", b".", b".."} or b"\0" in part or is_ignored(part) for part in parts
    )


def _recorded(path: Path) -> RehearsalPlan:
    drops: list[Drop] = []
    left_out: list[str] = []
    at = EPOCH
    for item in read_recording(path):
        if isinstance(item, BadLine):
            left_out.append(f"{path.name}:{item.line}: {item.what}")
        else:
            at = max(at, item.seen_at)
            drops.append(_drop(item, at))
    return RehearsalPlan(tuple(drops), tuple(left_out))


def _found(path: Path) -> RehearsalPlan:
    arrivals, refused = found_in(path)
    steps = in_time_order(step for arrival in arrivals for step in steps_of(arrival))
    return RehearsalPlan(
        tuple(_in_playing_order(arrivals, steps)),
        tuple(f"{refusal.path}: {refusal.what}" for refusal in refused),
    )


def _in_playing_order(arrivals: Iterable[Arrival], steps: Sequence[Step]) -> list[Drop]:
    happened: dict[tuple[str, int | None], datetime] = {}
    for step in steps:
        if step.happens:
            key = (step.origin.path, step.part)
            happened[key] = max(step.at, happened.get(key, step.at))
    first = min(happened.values(), default=EPOCH + timedelta(seconds=1))
    opening = first - timedelta(seconds=1)
    placed = []
    for arrival in arrivals:
        at = happened.get((arrival.path, arrival.line))
        order = (at is not None, at or opening, arrival.path, arrival.line or 0)
        placed.append((order, arrival))
    return [_drop(arrival, order[1]) for order, arrival in sorted(placed, key=lambda one: one[0])]


def _drop(arrival: Arrival, at: datetime) -> Drop:
    drop = Drop(at, unescaped(arrival.path), arrival.data, arrival.modified_at or at)
    if arrival.line is None:
        return drop
    return replace(drop, data=arrival.data.rstrip(b"\n") + b"\n", grows=True)
