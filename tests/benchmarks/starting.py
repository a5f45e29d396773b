"""How soon there is something to see, against the least that any program would do."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.benchmarks.feeds import fill
from tests.benchmarks.figures import Figure, Scale, by_turns
from tests.benchmarks.peers import MINIMAL
from tests.tui.terminal import ROOT, Terminal

ONE = "sample_feeds/england-2019/results.jsonl"


def until_shown(*command: str, program: tuple[str, ...] = ("-m", "tui")) -> float:
    """Return the processor's seconds from the start to the frame with the scoreboard's title."""
    with Terminal(*command, program=program, columns=160, rows=48) as terminal:
        terminal.wait_for("Scoreboard")
        return used(terminal.process.pid)


def used(process: int) -> float:
    """Return the seconds of the processor that a process has used."""
    threads = Path(f"/proc/{process}/task").iterdir()
    return sum(int((each / "schedstat").read_text().split()[0]) for each in threads) / 1e9


def until_done(*command: str) -> float:
    """Return the seconds that a command takes which needs no screen."""
    began = perf_counter()
    subprocess.run([sys.executable, "-m", "tui", *command], cwd=ROOT, stdout=subprocess.DEVNULL,
                   check=True)  # fmt: skip
    return perf_counter() - began


def starts(scale: Scale) -> Iterator[Figure]:
    """P8: first frames, and the commands that need no screen."""
    with TemporaryDirectory() as place:
        empty, full = Path(place) / "empty", fill(Path(place) / "full", scale.files)
        empty.mkdir()
        least, none, many, demo = by_turns(
            scale.rounds,
            partial(until_shown, program=("-c", MINIMAL)),
            partial(until_shown, "watch", str(empty), "--no-record"),
            partial(until_shown, "watch", str(full), "--no-record"),
            partial(until_shown, "demo"),
        )
    app = "a minimal app of three panes"
    yield Figure("P8", "first frame of `watch`", none, least, 1.5, against=app)
    yield Figure("P8", "first frame of `demo`", demo, least, 1.5, against=app)
    yield Figure("P8", f"first frame over {scale.files:,} files", many, none, 1.2, against="none")
    for most, *command in (
        (0.12, "--version"), (0.12, "-V"), (0.12, "--help"), (0.3, "check", ONE), (0.3, "summary", ONE)
    ):  # fmt: skip
        (took,) = by_turns(scale.rounds, partial(until_done, *command))
        yield Figure("P8", f"`nightdesk {' '.join(command[:1])}`", took, most)
