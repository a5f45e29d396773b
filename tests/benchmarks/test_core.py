"""The core on a long night: a seek against one whole fold, and a step against the length.

Run with `pytest tests/benchmarks/test_core.py --benchmark-enable -s`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from random import Random
from statistics import median
from time import perf_counter
from typing import Any

from feed.ledger.ledger import Ledger
from feed.ledger.night import Night
from feed.ledger.step import Step
from feed.model.messages import Message, News
from tests.feed.builders import a_result, a_roster, a_rush, a_step, a_ward, minutes

ENTRIES = 20_000
_COUNCILS = 248
_WARDS = 40


def _evening() -> Iterator[Message]:
    names = [f"Place {number}" for number in range(_COUNCILS)]
    for name in names:
        yield a_roster(name, {"con": 20, "lab": 15, "ld": 5})
    for number in range(_WARDS):
        for place, name in enumerate(names):
            party = ("con", "lab", "ld")[(number + place) % 3]
            yield a_ward(name, f"Ward {number}", {party: 1}, wards_total=_WARDS)
    for place, name in enumerate(names):
        yield a_rush(name, "lab")
        for revision in (1, 2):
            lab = 15 + (place + revision) % 20
            yield a_result(name, revision, lab=lab, con=40 - lab)
    for number in range(ENTRIES):
        yield News(text=f"Line {number} of the night.")


@cache
def the_steps() -> tuple[Step, ...]:
    """Give a night whose log has 20,000 entries, the news strewn in among the returns."""
    told = list(_evening())[:ENTRIES]
    rosters, rest = told[:_COUNCILS], told[_COUNCILS:]
    Random(1).shuffle(rest)
    return tuple(
        a_step(message, f"{n}.json", minutes(n / 60), minutes(n / 60))
        for n, message in enumerate([*rosters, *rest])
    )


@cache
def the_night() -> Night:
    """Give the night folded once."""
    night = Night()
    night.extend(the_steps())
    return night


def seconds(work: Callable[[], object], times: int = 5) -> float:
    """Give the median time of some work."""
    taken = []
    for _ in range(times):
        began = perf_counter()
        work()
        taken.append(perf_counter() - began)
    return median(taken)


def whole_fold() -> Ledger:
    """Fold the night from the beginning."""
    ledger = Ledger()
    for step in the_steps():
        ledger.apply(step)
    ledger.standing()
    return ledger


def test_a_seek_to_anywhere_against_one_whole_fold(benchmark: Any) -> None:
    night, random = the_night(), Random(2)

    def seek() -> object:
        return night.at(random.randrange(len(night)))

    benchmark(seek)
    ratio = seconds(seek, 31) / seconds(whole_fold, 3)
    benchmark.extra_info["seek / whole fold"] = ratio
    print(f"\n{len(night.edge().log):,} entries: a seek takes {ratio:.1%} of a whole fold")


def test_a_step_at_the_end_of_the_night_against_one_at_its_beginning(benchmark: Any) -> None:
    def first_thousand(night: Night) -> float:
        more = [
            a_step(News(text=f"More {n}"), f"more-{n}.json", minutes(9_000), minutes(9_000))
            for n in range(1000)
        ]
        return seconds(lambda: night.extend(more), 1)

    grown = Night()
    grown.extend(the_steps())
    late = first_thousand(grown)
    ratio = late / first_thousand(Night())
    benchmark.extra_info["late / early"] = ratio
    benchmark(grown.edge)
    print(f"\na step after {len(the_steps()):,} costs {ratio:.2f} times one at the beginning")


def test_the_standing_after_one_more_result(benchmark: Any) -> None:
    ledger = whole_fold()
    numbers = iter(range(3, 10_000))

    def one_more() -> object:
        number = next(numbers)
        ledger.apply(a_step(a_result("Place 7", number % 9000, lab=number % 2000)))
        return ledger.standing()

    benchmark(one_more)
