"""The program on a terminal: its bytes, its processor time, a slow line and 100,000 files."""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.benchmarks.feeds import NIGHT, fill
from tests.benchmarks.figures import Figure, Scale, by_turns
from tests.benchmarks.peers import BARE, EMPTY, PRODUCER
from tests.benchmarks.slow_line import SlowLine, homes
from tests.benchmarks.starting import used
from tests.tui.terminal import ROOT, Terminal

OURS = ("watch", "FOLDER", "--no-record")


def wide(place: str, *args: str, program: tuple[str, ...] = ("-m", "tui")) -> Terminal:
    """Return a program on a terminal of 160 by 48, that remembers nothing of other runs."""
    return Terminal(*args, columns=160, rows=48, env=homes(place), program=program)


def drain(terminal: Terminal, seconds: float) -> int:
    """Take what a program writes, unseen, for so long; return how many bytes."""
    until, taken = time.monotonic() + seconds, 0
    while (left := until - time.monotonic()) > 0:
        if select.select([terminal.master], [], [], left)[0]:
            try:
                taken += len(os.read(terminal.master, 1 << 16))
            except OSError:
                return taken
    return taken


def after_start(terminal: Terminal, word: str, pause: float) -> None:
    """Wait until a program is at work, and for a pause in which its first frames are drawn."""
    terminal.wait_for(word)
    drain(terminal, pause)


def sent(scale: Scale) -> Iterator[Figure]:
    """P16: bytes to a terminal of 160 by 48."""
    seconds, apart, pause = scale.seconds * 1.5, min(0.8, scale.seconds), min(1.0, scale.seconds)
    with TemporaryDirectory() as place:
        feed = Path(place) / "feed"
        feed.mkdir()
        shutil.copy(NIGHT / "roster.jsonl", feed)
        with wide(place, "watch", str(feed), "--no-record") as terminal:
            after_start(terminal, "LIVE", pause)
            results = (NIGHT / "results.jsonl").read_text(encoding="utf-8").splitlines()
            for number in range(3):
                _drop(feed, number, results[number])
            drain(terminal, min(8.0, 4 * scale.seconds))
            idle = drain(terminal, seconds) / seconds
            count = min(16, scale.drops)
            told = 0
            for number in range(3, 3 + count):
                _drop(feed, number, results[number])
                told += drain(terminal, apart)
            told += drain(terminal, 2 * pause)
            event = (told - idle * (apart * count + 2 * pause)) / count
            terminal.send("1")
            drain(terminal, pause)
            lines = 0
            for _ in range(min(10, scale.drops)):
                terminal.send("k")
                lines += drain(terminal, 0.3)
            line = (lines - idle * 0.3 * min(10, scale.drops)) / min(10, scale.drops)
            terminal.send("?")
            drain(terminal, pause)
            for number in range(100, 100 + count):
                _drop(feed, number, results[number])
            covered = drain(terminal, 2 * pause)
    yield Figure("P16", "a declaration", event / 1e3, 6, unit="kB")
    yield Figure("P16", "an idle minute", idle * 60 / 1e3, 4, unit="kB")
    yield Figure("P16", "a line up", line / 1e3, 1.5, unit="kB")
    yield Figure("P16", f"{count} declarations under a page", covered / 1e3, 1, unit="kB")
    for view, most in (("projector", 0.3), ("desk", 0.6))[: scale.variants]:
        with (
            TemporaryDirectory() as place,
            wide(place, "demo", "--speed", "60", "--view", view) as terminal,
        ):
            after_start(terminal, "248", pause)
            each = drain(terminal, seconds) * 60 / seconds
        yield Figure("P16", f"a minute of `demo` at 60×, {view}", each / 1e6, most, unit="MB")


def _drop(feed: Path, number: int, text: str) -> None:
    part = feed / f".{number}"
    part.write_text(text)
    part.rename(feed / f"r{number}.jsonl")


def load(
    scale: Scale, rate: float, *command: str, program: tuple[str, ...] = ("-m", "tui")
) -> float:
    """Return the share of a core that a program takes while so many files come in a second."""
    with TemporaryDirectory() as place:
        feed = Path(place) / "feed"
        feed.mkdir()
        told = [word.replace("FOLDER", str(feed)) for word in command]
        with wide(place, *told, program=program) as terminal:
            drain(terminal, min(5.0, 4 * scale.seconds))
            producer = None
            if rate:
                files = int(rate * scale.seconds * 1.5)
                work = [sys.executable, "-c", PRODUCER, str(feed), str(files), str(1 / rate)]
                producer = subprocess.Popen(work, cwd=ROOT, stdout=subprocess.DEVNULL)
                while not any(
                    name.startswith("p") for name in [path.name for path in feed.iterdir()]
                ):
                    drain(terminal, 0.05)
            before, began = used(terminal.process.pid), perf_counter()
            drain(terminal, scale.seconds)
            share = (used(terminal.process.pid) - before) / (perf_counter() - began)
            if producer is not None:
                producer.wait()
            return share


def waiting(scale: Scale) -> Iterator[Figure]:
    """P9: what waiting costs."""
    for view in ("desk", "projector")[: scale.variants]:
        empty, idle = by_turns(
            min(scale.rounds, 3),
            partial(load, scale, 0, program=("-c", EMPTY)),
            partial(load, scale, 0, *OURS, "--view", view),
        )
        yield Figure("P9", f"waiting, {view}, of a core", 100 * idle, 100 * empty, 2, unit="%",
                     against="an empty app")  # fmt: skip


def steady(scale: Scale) -> Iterator[Figure]:
    """P9: what a steady stream of files costs."""
    bare, hundred, *more = by_turns(
        min(scale.rounds, 3),
        partial(load, scale, 100, "FOLDER", program=("-c", BARE)),
        *(partial(load, scale, rate, *OURS) for rate in (100, 1_000)[: scale.variants]),
    )
    yield Figure("P9", "100 files a second, of a core", 100 * hundred, 100 * bare, 1.5, unit="%",
                 against="a bare app of three panes at 20 Hz")  # fmt: skip
    for thousand in more:
        yield Figure("P9", "1,000 files a second, of a core", 100 * thousand, 100 * hundred, 2,
                     unit="%", against="at 100 a second")  # fmt: skip


def slow_lines(scale: Scale) -> Iterator[Figure]:
    """P19: a key and the end on a line that is slow and far away, during a replay."""
    for kilobytes, help_within, end_within in ((64, 0.5, 1.0), (16, 1.5, 1.5))[: scale.variants]:
        helped, ended = [], []
        for _ in range(scale.rounds):
            with (
                TemporaryDirectory() as place,
                SlowLine(place, "demo", bytes_a_second=kilobytes * 1_000, delay=0.1) as line,
            ):
                line.wait_for("of 248 declared")
                line.watch(min(5.0, scale.seconds))
                helped.append(line.until("?", "Quit at once"))
                line.send("\x1b")
                line.watch(min(3.0, scale.seconds))
                ended.append(line.until_end("\x11"))
        far = f"at {kilobytes} kB/s and 100 ms each way"
        yield Figure("P19", f"`?` is seen {far}", median(helped), help_within)
        yield Figure("P19", f"`^Q` gives the screen back {far}", median(ended), end_within)


def many_files(scale: Scale) -> Iterator[Figure]:
    """P17: a folder of many files is taken in while the keys go on."""
    with TemporaryDirectory() as place:
        folder = fill(Path(place) / "feed", scale.many)
        began = perf_counter()
        told = subprocess.run(
            [sys.executable, "-m", "tui", "summary", str(folder), "--format", "json"],
            cwd=ROOT, check=True, capture_output=True,
        )  # fmt: skip
        floor = perf_counter() - began
        assert json.loads(told.stdout)
        began = perf_counter()
        with wide(place, "watch", str(folder), "--no-record") as terminal:
            terminal.wait_for("Scoreboard")
            waits: list[float] = []
            page = False
            while "LIVE" not in terminal.text:
                asked = used(terminal.process.pid)
                page = not page
                terminal.send("?" if page else "\x1b")
                (terminal.wait_for if page else terminal.wait_while)("Quit at once")
                waits.append(used(terminal.process.pid) - asked)
                pause = perf_counter() + 1
                while perf_counter() < pause:
                    terminal.read(0.1)
                if perf_counter() - began > 20 * floor + 60:
                    break
            took = perf_counter() - began
    yield Figure("P17", f"{scale.many:,} files are in under `watch`", took, floor, 2,
                 against="`summary`")  # fmt: skip
    yield Figure("P17", "the most that is worked until a key is seen meanwhile",
                 max(waits, default=0.0), 0.5)  # fmt: skip
