"""A made-up night of the agency's, from a seed: rosters, returns, corrections and totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import product
from random import Random

from tests.feed import oracle
from tests.feed.agency_night_files import (
    Return,
    board,
    majority,
    mayors,
    result_file,
    roster_file,
    share,
    summed,
    total_file,
)
from tests.feed.oracle import PARTY_IDS, Figures, File

BEGINS = datetime(2019, 5, 2, 22, tzinfo=UTC)
FIRST = (
    "Alder", "Brindle", "Copthorne", "Dunsmoor", "Elvaston", "Fernhurst", "Garsdale",
    "Hollowby", "Inkpenny", "Jarrold", "Kelmsworth", "Lothing", "Marchwood",
    "Nettlecombe",
)  # fmt: skip
SECOND = (
    "Vale", "Forest", "Magna", "Regis", "Underwood", "St Peter", "Castle", "Harbour", "Priory",
    "Bottom",
)  # fmt: skip
NAMES = tuple(f"{first} {second}" for second in SECOND for first in FIRST)
PARTIES = [name for name in PARTY_IDS if name != "NOC"]
RIGHT_TOTALS, WRONG_BY = 8, 3


@dataclass(frozen=True)
class Total:
    """A state of parties, and the revision of each council that it counted."""

    counted: dict[str, int]
    is_wrong: bool = False


@dataclass(frozen=True)
class Night:
    """The files in the order in which they were written, and what the totals counted."""

    files: tuple[File, ...]
    totals: tuple[Total, ...]
    conflicts: tuple[File, ...]
    """Results sent again later in the same revision with other figures; no total counts them."""


def a_night(seed: int, councils: int = 130) -> Night:
    """Make up a night; its totals can each be explained in one way only."""
    rng = Random(seed)
    while True:
        returns = [_return(rng, number) for number in range(councils)]
        corrections = _corrections(rng, returns)
        if _is_unambiguous([*returns, *corrections]):
            return _told(rng, returns, corrections)


def _return(rng: Random, number: int) -> Return:
    proportion = rng.choice(("all", "all", "half", "third", "third"))
    leading, *others = rng.sample(PARTIES[:4], 3) + rng.sample(PARTIES[4:], 1)
    size = rng.randrange(30, 70)
    held = {leading: int(size * rng.uniform(0.4, 0.7))}
    for party in others[:-1]:
        held[party] = rng.randrange(2, 1 + (size - sum(held.values())) // 2)
    held[others[-1]] = size - sum(held.values())
    part = {"all": 1, "half": 2, "third": 3}[proportion]
    offered = {party: seats // part for party, seats in held.items() if seats // part}
    seats_up = sum(offered.values())
    if proportion == "all" and rng.random() < 0.2:
        seats_up += rng.choice((-4, -2, 2, 4))
    drawn = rng.choices([leading, *others], weights=(5, 3, 2, 1), k=seats_up)
    made = Return(number, NAMES[number], proportion, held, offered, dict(Counter(drawn)))
    if number % 31 == 30:
        return replace(made, proportion="all", held={}, offered={}, won=made.after, is_new=True)
    if number % 41 == 7:
        return replace(made, states_after="NOC" if majority(made.after) != "NOC" else leading)
    return replace(
        made,
        states_won=proportion != "all" or rng.random() < 0.5,
        states_after="" if rng.random() < 0.15 else None,
        states_before=rng.random() < 0.9,
    )


def _corrections(rng: Random, returns: list[Return]) -> list[Return]:
    """Return second revisions of eight councils and third ones of two; three flip control."""
    plain = [r for r in returns if r.states_after is None and not r.is_new]
    close = sorted(plain, key=_distance_from_majority)[:3]
    chosen = close + rng.sample([r for r in plain if r not in close], 5)
    second = [_moved(rng, r, _distance_from_majority(r) + 1 if r in close else 0) for r in chosen]
    return [*second, *(_moved(rng, r, 0) for r in second[3:5])]


def _moved(rng: Random, told: Return, seats: int) -> Return:
    """Return the next revision, with seats taken from the strongest winner or given to it."""
    leader = max(told.after, key=lambda party: told.after[party])
    others = [party for party in told.won if party != leader]
    number = seats or rng.randrange(1, 4)
    has_majority = 2 * told.after[leader] > sum(told.after.values())
    giver, taker = (leader, rng.choice(others)) if has_majority else (max(others), leader)
    number = min(number, told.won.get(giver, 0))
    moved = Counter({**told.won, taker: told.won.get(taker, 0) + number})
    moved.subtract({giver: number})
    return replace(told, revision=told.revision + 1, won=dict(+moved))


def _distance_from_majority(told: Return) -> int:
    return abs(max(told.after.values()) - sum(told.after.values()) // 2)


def _is_unambiguous(returns: Iterable[Return]) -> bool:
    """Tell whether no two choices of revisions add up to the same figures, by any column."""
    by_name: dict[str, list[Figures]] = {}
    for told in returns:
        by_name.setdefault(told.name, []).append(board(share(told)))
    revised = [options for options in by_name.values() if len(options) > 1]
    sums = Counter(
        frozenset(oracle.nonzero(summed(choice)).items()) for choice in product(*revised)
    )
    return max(sums.values()) == 1 and len(revised) == 8


def _told(rng: Random, returns: list[Return], corrections: list[Return]) -> Night:
    times = iter(BEGINS + timedelta(seconds=20 * step) for step in range(1_000_000))
    files = [
        File(f"nominations/Night_nominations_{r.number}.xml", roster_file(r), next(times))
        for r in returns
    ]
    later = list(corrections)
    totals: list[Total] = []
    counted: dict[str, Return] = {}
    every = len(returns) // RIGHT_TOTALS
    for number, first in enumerate(rng.sample(returns, len(returns)), 1):
        files.append(result_file(first, next(times)))
        counted[first.name] = first
        if number % every == 0 and len(totals) < RIGHT_TOTALS:
            files.append(total_file(counted.values(), next(times), of=len(returns)))
            totals.append(_counted(counted))
        ready = [r for r in later if r.name in counted and r.revision > counted[r.name].revision]
        if ready and number > 36 and number % 12 == 0:
            files.append(result_file(ready[0], next(times)))
            counted[ready[0].name] = ready[0]
            later.remove(ready[0])
    for last in later:
        files.append(result_file(last, next(times)))
        counted[last.name] = last
    files.append(total_file(counted.values(), next(times), WRONG_BY, of=len(returns)))
    totals.append(_counted(counted, is_wrong=True))
    files += [File(name, data, next(times)) for name, data in mayors()]
    again = [r for r in returns if r.name not in {c.name for c in corrections} and len(r.won) > 1]
    conflicts = [
        result_file(replace(_moved(rng, r, 1), revision=1), next(times)) for r in again[:3]
    ]
    renamed = [file._replace(name=file.name.replace("_1.", "_again_1.")) for file in conflicts]
    return Night(tuple(files), tuple(totals), tuple(renamed))


def _counted(counted: dict[str, Return], *, is_wrong: bool = False) -> Total:
    return Total({name: told.revision for name, told in counted.items()}, is_wrong)
