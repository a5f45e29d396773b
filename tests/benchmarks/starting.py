"""How soon there is something to see, against the least that any program would do."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from tempfile import TemporaryDirectory

from tests.benchmarks.feeds import fill
from tests.benchmarks.figures import Figure, Scale, by_turns
from tests.benchmarks.peers import MINIMAL
from tests.benchmarks.slow_line import homes
from tests.tui.terminal import ROOT, Terminal

ONE = "sample_feeds/england-2019/results.jsonl"


def until_shown(*command: str, program: tuple[str, ...] = ("-m", "tui")) -> float:
    """Return the processor's seconds from the start to the frame with the scoreboard's title."""
    with TemporaryDirectory() as place:
        env = homes(place)
        with Terminal(*command, program=program, columns=160, rows=48, env=env) as terminal:
            terminal.wait_for("Scoreboard")
            return used(terminal.process.pid)


def used(process: int) -> float:
    """Return the seconds of the processor that a process has used."""
    threads = Path(f"/proc/{process}/task").iterdir()
    return sum(int((each / "schedstat").read_text().split()[0]) for each in threads) / 1e9


def until_done(*command: str) -> float:
    """Return the processor's seconds that a command takes which needs no screen."""
    with TemporaryDirectory() as place:
        env = {**os.environ, **homes(place)}
        before = getrusage(RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "tui", *command], cwd=ROOT, env=env, check=True,
                       stdout=subprocess.DEVNULL)  # fmt: skip
        after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def starts(scale: Scale) -> Iterator[Figure]:
    """P8: first frames, and the commands that need no screen."""
    with TemporaryDirectory() as place:
        empty, full = Path(place) / "empty", fill(Path(place) / "full", scale.files)
        empty.mkdir()
        least, none, many, demo = by_turns(
            scale.rounds,
            partial(until_shown, program=("-c", MINIMAL)),
            partial(until_shown, "watch", str(empty)),
            partial(until_shown, "watch", str(full)),
            partial(until_shown, "demo"),
        )
    app = "a minimal app of three panes"
    yield Figure("P8", "first frame of `watch`", none, least, 1.5, against=app)
    yield Figure("P8", "first frame of `demo`", demo, least, 1.5, against=app)
    yield Figure("P8", f"first frame over {scale.files:,} files", many, none, 1.2, against="none")
    for most, *command in (
        (0.12, "--version"), (0.12, "-V"), (0.12, "--help"), (0.3, "check", ONE), (0.3, "summary", ONE)
    )[: scale.variants]:  # fmt: skip
        (took,) = by_turns(scale.rounds, partial(until_done, *command))
        yield Figure("P8", f"`nightdesk {' '.join(command[:1])}`", took, most)
