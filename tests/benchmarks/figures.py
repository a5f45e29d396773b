"""What a benchmark finds: a figure beside what it is set against, and whether the goal is met."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from math import isfinite
from statistics import median, quantiles
from time import process_time


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured: medians of how many rounds, and how large the feeds are."""

    rounds: int = 5
    drops: int = 100
    """Files dropped one after the other."""
    files: int = 10_000
    many: int = 100_000
    entries: int = 100_000
    """Lines in a long log."""
    steps: int = 20_000
    cells: int = 5_000
    """Councils on a large grid."""
    seconds: float = 10.0
    """How long a running program is looked at."""
    keys: tuple[str, ...] = ()
    """Keys that are pressed; every one where none is named."""
    variants: int = 9
    """How many measurements are made of those that differ only in a command or a size."""


FULL = Scale()
TINY = Scale(
    rounds=1, drops=3, files=30, many=60, entries=400, steps=260, cells=300, seconds=0.25,
    keys=("help", "open entry"), variants=1,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """One goal: ours, at most so many times the reference."""

    goal: str
    says: str
    ours: float
    reference: float
    most: float = 1.0
    unit: str = "s"
    against: str = "the goal"

    @property
    def ratio(self) -> float:
        """How many times the reference ours is."""
        return self.ours / self.reference if self.reference else float("inf")

    @property
    def is_met(self) -> bool:
        """Whether the goal is reached."""
        return self.ratio <= self.most

    def as_json(self) -> dict[str, object]:
        """Return it for those who keep figures."""
        return {**asdict(self), "ratio": self.ratio, "met": self.is_met}

    def cells(self) -> tuple[str, ...]:
        """Return it as a row: goal, what, ours, reference, ratio, the most, met."""
        return (
            self.goal,
            self.says,
            amount(self.ours, self.unit),
            f"{amount(self.reference, self.unit)} ({self.against})",
            f"{self.ratio:.2f}",
            f"≤ {self.most:.3g}" if isfinite(self.most) else "–",
            "–" if not isfinite(self.most) else "yes" if self.is_met else "no",
        )


Benchmark = Callable[[Scale], Iterator[Figure]]
HEADS = ("goal", "what", "ours", "beside", "ratio", "at most", "met")


def amount(value: float, unit: str) -> str:
    """Return a figure in words: seconds as ms or µs where they are few."""
    if unit != "s":
        return f"{value:,.3g} {unit}" if value < 1_000 else f"{value:,.0f} {unit}"
    if value >= 1:
        return f"{value:.2f} s"
    return f"{value * 1e3:.3g} ms" if value >= 1e-3 else f"{value * 1e6:.3g} µs"


def as_table(figures: Iterable[Figure]) -> str:
    """Return the rows as a table of Markdown."""
    rows = [HEADS, ("---",) * len(HEADS), *(figure.cells() for figure in figures)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def as_json(figures: Iterable[Figure]) -> str:
    """Return the figures as JSON."""
    return json.dumps([figure.as_json() for figure in figures], indent=1, ensure_ascii=False)


def by_turns(rounds: int, *works: Callable[[], float]) -> list[float]:
    """Return the median of several rounds for each work, the works by turns."""
    told = [[work() for work in works] for _ in range(rounds)]
    return [median(column) for column in zip(*told, strict=True)]


def processor(work: Callable[[], object]) -> float:
    """Return the seconds of the processor that a work takes in this process."""
    gc.collect()
    began = process_time()
    work()
    return process_time() - began


def p99(figures: list[float]) -> float:
    """Return what one in a hundred exceeds."""
    return quantiles(figures, n=100)[98] if len(figures) > 1 else figures[0]
