"""Faults on purpose: what a feed does wrong on a bad night, the same for the same seed.

None of them loses anything: whatever the faults, all the content is there in the end, and no file
takes back what a later one of the same name has said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random

from feed.errors import UsageProblem
from feed.model.arrival import substance
from feed.rehearsal.plan import Drop
from feed.sources.folder.settling import ends_itself, is_complete

_SHARE = 0.08
_SWAPPED = 0.15
_FURTHEST = 5
_CLOCK_OFF = 3600
_LATE_BY = timedelta(seconds=30)


class Fault(StrEnum):
    """What can go wrong."""

    TRUNCATE = "truncate"
    """Half a file comes first, the whole of it a little later."""
    DUPLICATE = "duplicate"
    """Some files come again, in a folder of their own."""
    REORDER = "reorder"
    """Neighbours change places."""
    LATE = "late"
    """Some files come only at the end."""
    CLOCK = "clock"
    """Modification times are off by up to an hour."""
    STOP_HEARTBEAT = "stop-heartbeat"
    """The sign of life stops while the files still come."""


def faults_named(text: str) -> frozenset[Fault]:
    """Return the faults of a list such as `late,duplicate`, or `all` of them.

    Raises:
        UsageProblem: when one is unknown.

    """
    names = [name.strip().casefold() for name in text.split(",") if name.strip()]
    if names == ["all"]:
        return frozenset(Fault)
    known = {fault.value: fault for fault in Fault}
    for name in names:
        if name not in known:
            raise UsageProblem(
                f"--chaos {name} is no fault", f"give all, or some of {', '.join(known)}"
            )
    return frozenset(known[name] for name in names)


def disturbed(drops: Sequence[Drop], faults: frozenset[Fault], seed: int) -> tuple[Drop, ...]:
    """Return the drops as they come on a bad night; each fault has its own luck from `seed`."""
    steps: dict[Fault, Callable[[list[Drop], Random], list[Drop]]] = {
        Fault.REORDER: _reordered,
        Fault.LATE: _made_late,
        Fault.DUPLICATE: _duplicated,
        Fault.CLOCK: _off_the_clock,
        Fault.TRUNCATE: _truncated,
    }
    disturbed_so_far = list(drops)
    for fault, disturb in steps.items():
        if fault in faults and disturbed_so_far:
            disturbed_so_far = disturb(disturbed_so_far, _luck(seed, fault))
    return tuple(disturbed_so_far)


def silent_from(count: int, faults: frozenset[Fault], seed: int) -> int | None:
    """Return the number of the drop, of `count`, at which the heartbeat stops, if it does."""
    if Fault.STOP_HEARTBEAT not in faults:
        return None
    return count * _luck(seed, Fault.STOP_HEARTBEAT).randint(25, 75) // 100


def _luck(seed: int, fault: Fault) -> Random:
    return Random(f"{seed}/{fault.value}")  # noqa: S311  # a rehearsal, no secret


def _some(rng: Random, numbers: Sequence[int]) -> list[int]:
    return sorted(rng.sample(numbers, min(len(numbers), max(1, round(_SHARE * len(numbers))))))


def _movable(drops: Sequence[Drop]) -> list[int]:
    """Return the drops that may change places: a rewritten file must keep its order."""
    times = Counter(drop.path for drop in drops)
    return [number for number, drop in enumerate(drops) if drop.grows or times[drop.path] == 1]


def _reordered(drops: list[Drop], rng: Random) -> list[Drop]:
    movable = set(_movable(drops))
    order = list(range(len(drops)))
    for here in range(len(order)):
        there = here + rng.randint(1, _FURTHEST)
        wanted = rng.random() < _SWAPPED
        if wanted and there < len(order) and {order[here], order[there]} <= movable:
            order[here], order[there] = order[there], order[here]
    return [
        replace(
            drops[old], at=drops[new].at, fault=drops[old].fault if old == new else "out of order"
        )
        for new, old in enumerate(order)
    ]


def _made_late(drops: list[Drop], rng: Random) -> list[Drop]:
    late = _some(rng, _movable(drops))
    chosen = set(late)
    rng.shuffle(late)
    end = drops[-1].at
    return [drop for number, drop in enumerate(drops) if number not in chosen] + [
        replace(drops[number], at=end + place * _LATE_BY, fault="late")
        for place, number in enumerate(late, 1)
    ]


def _duplicated(drops: list[Drop], rng: Random) -> list[Drop]:
    taken = {drop.path for drop in drops}
    again = [
        replace(
            drops[number],
            at=drops[number].at + timedelta(seconds=rng.randint(1, 120)),
            path=_elsewhere(drops[number].path, taken),
            fault="again",
        )
        for number in _some(rng, _movable(drops))
    ]
    return sorted([*drops, *again], key=lambda drop: drop.at)


def _elsewhere(path: bytes, taken: set[bytes]) -> bytes:
    """Return the path of a copy: the name stays, since a council may be known by it alone."""
    above, slash, name = path.rpartition(b"/")
    number = 1
    while True:
        folder = b"again" if number == 1 else b"again-%d" % number
        copy = above + slash + folder + b"/" + name
        if copy not in taken and above + slash + folder not in taken:
            return copy
        number += 1


def _off_the_clock(drops: list[Drop], rng: Random) -> list[Drop]:
    """Change every file's time, but not which of two is the later: that decides conflicts."""
    wrong: dict[datetime, datetime] = {}
    last: datetime | None = None
    for right in sorted({drop.modified_at for drop in drops}):
        told = right + timedelta(seconds=rng.randint(-_CLOCK_OFF, _CLOCK_OFF))
        if last is not None and told <= last:
            told = last + timedelta(milliseconds=1)
        wrong[right] = last = told
    return [replace(drop, modified_at=wrong[drop.modified_at]) for drop in drops]


def _truncated(drops: list[Drop], rng: Random) -> list[Drop]:
    chosen = set(_some(rng, [n for n, drop in enumerate(drops) if _can_be_cut(drop)] or []))
    told: list[Drop] = []
    rest: list[Drop] = []
    for number, drop in enumerate(drops):
        for due in [one for one in rest if one.at <= drop.at or one.path == drop.path]:
            rest.remove(due)
            told.append(replace(due, at=min(due.at, drop.at)))
        if number not in chosen:
            told.append(drop)
            continue
        half = len(drop.data) // 2
        later = drop.at + timedelta(seconds=rng.randint(2, 20))
        told.append(replace(drop, data=drop.data[:half], fault="half of it"))
        whole = drop.data[half:] if drop.grows else drop.data
        rest.append(replace(drop, at=later, data=whole, fault="the whole of it"))
        rest.sort(key=lambda one: one.at)
    return told + rest


def _can_be_cut(drop: Drop) -> bool:
    """Whether any reader sees that half of it is not all: plain text and tables never show."""
    half = substance(drop.data[: len(drop.data) // 2])
    return ends_itself(half) and not is_complete(half)
