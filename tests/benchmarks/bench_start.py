"""How long it takes until there is something to see, against the least that any program would do.

Run it with `python -m tests.benchmarks.bench_start`; read the ratios, not the times.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.benchmarks.bench_desk import MINIMAL, fill, say
from tests.tui.terminal import ROOT, Terminal

ROUNDS = 9
SHOWN = b"Scoreboard"
NIGHT = "sample_feeds/england-2019"


def by_turns(*works: Callable[[], float]) -> list[float]:
    """Give the median of several rounds, the works by turns."""
    rounds = [[work() for work in works] for _ in range(ROUNDS)]
    return [median(column) for column in zip(*rounds, strict=True)]


def until_shown(*command: str, program: tuple[str, ...] = ("-m", "tui")) -> float:
    """Give the seconds from the start to the frame with the scoreboard's title."""
    began = perf_counter()
    with Terminal(*command, program=program) as terminal:
        while SHOWN not in terminal.output:
            terminal.read()
        return perf_counter() - began


def until_done(*command: str) -> float:
    """Give the seconds that a command takes which needs no screen."""
    began = perf_counter()
    subprocess.run([sys.executable, *command], cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    return perf_counter() - began


def first_frames() -> None:
    """P8: the desk's first frame, over an empty folder and over a full one."""
    with TemporaryDirectory() as place:
        empty, full = Path(place) / "empty", Path(place) / "full"
        empty.mkdir()
        fill(full, 10_000)
        least, none, many, demo = by_turns(
            lambda: until_shown(program=("-c", MINIMAL)),
            lambda: until_shown("watch", str(empty), "--no-record"),
            lambda: until_shown("watch", str(full), "--no-record"),
            lambda: until_shown("demo"),
        )
    say("P8 first frame : a minimal app of three panes", none / least, 1.4,
        f"{none * 1e3:.0f} : {least * 1e3:.0f} ms")  # fmt: skip
    say("P8 first frame over 10,000 files : over none", many / none, 1.2)
    print(f"     demo : a minimal app {demo / least:.2f}", flush=True)


def commands() -> None:
    """Without a screen: each command against the interpreter with the two libraries it needs."""
    one = "sample_feeds/england-2019/results.jsonl"
    least, told, checked, summed = by_turns(
        lambda: until_done("-c", "import typer, pydantic; pydantic.BaseModel"),
        lambda: until_done("-m", "tui", "--help"),
        lambda: until_done("-m", "tui", "check", one),
        lambda: until_done("-m", "tui", "summary", NIGHT),
    )
    print(f"     typer and pydantic alone {least * 1e3:.0f} ms = 1; --help {told / least:.2f}, "
          f"check {checked / least:.2f}, summary {summed / least:.2f}")  # fmt: skip


if __name__ == "__main__":
    first_frames()
    commands()
