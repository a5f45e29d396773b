"""The whole way and the panes, against the least that any program would do in the same run.

Run it with `python -m tests.benchmarks.bench_desk`; read the ratios, not the times.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, thread_time

os.environ["TEXTUAL_ANIMATIONS"] = "none"

from textual.pilot import Pilot
from textual.widget import Widget

from feed.ledger.ledger import steps_of
from feed.ledger.night import Night
from feed.model.standing import Standing
from feed.recording.reader import BadLine, read_recording
from feed.recording.writer import Recorder
from feed.sources.folder.reconciler import Reconciler
from tests.tui.log_entries import Desk, a_standing, some_news
from tests.tui.standings import a_council
from tests.tui.terminal import ROOT, Terminal
from tui.control_grid.widget import ControlGrid
from tui.running.collecting import small_collections
from tui.update_log.widget import UpdateLog

ROUNDS = 5
MINIMAL = """
from textual.app import App
from textual.containers import Horizontal
from textual.widgets import Static
class Minimal(App):
    CSS = "Static { border: round white; height: 1fr; width: 1fr; }"
    def compose(self):
        with Horizontal():
            yield Static("one"); yield Static("Scoreboard"); yield Static("three")
Minimal().run()
"""


def say(name: str, ratio: float, goal: float, note: str = "") -> None:
    """Print one ratio beside its goal."""
    held = "  " if ratio <= goal else "! "
    print(f"{held}{name:<62} {ratio:6.2f}  (goal {goal:g}) {note}", flush=True)


def medians(*works: Callable[[], float]) -> list[float]:
    """Give the median of several rounds, the works by turns."""
    rounds = [[work() for work in works] for _ in range(ROUNDS)]
    return [median(column) for column in zip(*rounds, strict=True)]


def timed(work: Callable[[], object]) -> float:
    """Give the seconds that a work takes."""
    gc.collect()
    began = perf_counter()
    work()
    return perf_counter() - began


def fill(folder: Path, files: int) -> None:
    """Write one file for each of so many messages: results, and news of about 300 bytes."""
    folder.mkdir()
    results = (ROOT / "sample_feeds/england-2019/results.jsonl").read_text(encoding="utf-8")
    told = results.splitlines()[:248]
    told += [
        json.dumps({"kind": "news", "text": f"{number}: {'polls have closed ' * 14}"})
        for number in range(files - len(told))
    ]
    for number, text in enumerate(told):
        (folder / f"{number}.json").write_text(text, encoding="utf-8")


def parse_all(folder: Path) -> None:
    """Do the least: list, read, parse."""
    for entry in os.scandir(folder):
        with open(entry.path, "rb") as file:  # noqa: PTH123  # the floor takes no detour
            json.loads(file.read())


def cold(folder: Path, recording: Path) -> None:
    """Do all of it: scan, check, record, read, fold, and give the standing."""
    recording.unlink(missing_ok=True)
    recorder, night = Recorder.open(recording, folder), Night()
    for scan in Reconciler(folder).scan_slices():
        recorder.append(scan.arrivals)
        for arrival in scan.arrivals:
            for step in steps_of(arrival):
                night.append(step, arrival.seen_at)
        recorder.sync()
    recorder.close()
    night.edge()


def replayed(recording: Path) -> None:
    """Read a recording back and fold it."""
    night = Night()
    for item in read_recording(recording):
        if not isinstance(item, BadLine):
            night.extend(steps_of(item))
    night.edge()


def parse_lines(recording: Path) -> None:
    """Do the least for a file of lines."""
    with recording.open("rb") as file:
        for line in file:
            json.loads(line)


def loads() -> None:
    """Cold load and replay, 2,000 and 10,000 files."""
    gc.set_threshold(50_000, 20, 20)
    with TemporaryDirectory() as place:
        root = Path(place)
        fill(root / "few", 2_000)
        fill(root / "many", 10_000)
        floor, few, many = medians(
            lambda: timed(lambda: parse_all(root / "many")),
            lambda: timed(lambda: cold(root / "few", root / "few.jsonl")),
            lambda: timed(lambda: cold(root / "many", root / "many.jsonl")),
        )
        say("P5 cold load of 10,000 files : scan, read, json.loads", many / floor, 3.5,
            f"{many / 10_000 * 1e6:.0f} µs a file")  # fmt: skip
        say("P6 cost of a file among 10,000 : among 2,000", many / few / 5, 1.6)
        lines, again = medians(
            lambda: timed(lambda: parse_lines(root / "many.jsonl")),
            lambda: timed(lambda: replayed(root / "many.jsonl")),
        )
        say("P7 recording of 10,000 read and folded : json.loads lines", again / lines, 4,
            f"{again / 10_000 * 1e6:.0f} µs an arrival")  # fmt: skip
        first_frames(root)


def first_frames(root: Path) -> None:
    """Time from the start to the first words on a pseudo-terminal."""
    (root / "empty").mkdir()

    def shown(*command: str) -> float:
        began = perf_counter()
        with Terminal(*command) as terminal:
            terminal.wait_for("Scoreboard")
            return perf_counter() - began

    def minimal() -> float:
        began = perf_counter()
        with Terminal(program=("-c", MINIMAL)) as terminal:
            terminal.wait_for("Scoreboard")
            return perf_counter() - began

    least, empty, full = medians(
        minimal,
        lambda: shown("watch", str(root / "empty"), "--no-record"),
        lambda: shown("watch", str(root / "many"), "--no-record"),
    )
    say("P8 first frame : a minimal app of three panes", empty / least, 1.4, f"{empty:.2f} s")
    say("P8 first frame over 10,000 files : over none", full / empty, 1.2)


async def on(widget: Widget, work: Callable[[Pilot[None]], Awaitable[float]]) -> float:
    """Run a work over a widget that is shown."""
    async with Desk(widget).run_test(size=(160, 48)) as pilot:
        return await work(pilot)


async def settled(pilot: Pilot[None], work: Callable[[int], object]) -> float:
    """Give the median of the processor's seconds until the screen shows what the work did."""
    times = []
    for number in range(12):
        began = thread_time()
        work(number)
        await pilot.pause()
        times.append(thread_time() - began)
    return median(times[2:])


def log_of(count: int) -> tuple[float, float]:
    """Give the time of one more line, and of a resize, in a log of so many."""
    entries = some_news(count + 20)

    async def grown(pilot: Pilot[None]) -> float:
        log = pilot.app.query_one(UpdateLog)
        log.show(a_standing(entries, count), "bbc", None)
        await pilot.pause()
        return await settled(
            pilot, lambda number: log.show(a_standing(entries, count + number), "bbc", None)
        )

    async def resized(pilot: Pilot[None]) -> float:
        log = pilot.app.query_one(UpdateLog)
        log.show(a_standing(entries, count), "bbc", None)
        times = []
        for number in range(8):
            began = thread_time()
            await pilot.resize_terminal(100 + 20 * (number % 2), 40)
            times.append(thread_time() - began)
        return median(times[2:])

    return asyncio.run(on(UpdateLog(), grown)), asyncio.run(on(UpdateLog(), resized))


def grid_of(count: int) -> tuple[float, float]:
    """Give the time of one declaration, and of the first showing, on a grid of so many."""
    councils = [a_council(f"Place {number}") for number in range(count)]
    standing = Standing(councils=tuple(councils))
    first = 0.0

    async def declared(pilot: Pilot[None]) -> float:
        nonlocal first
        grid = pilot.app.query_one(ControlGrid)
        began = thread_time()
        grid.show(standing)
        await pilot.pause()
        first = thread_time() - began

        def declare(number: int) -> None:
            councils[number] = a_council(f"Place {number}", "con", "lab")
            grid.show(replace(standing, councils=tuple(councils)))

        return await settled(pilot, declare)

    return asyncio.run(on(ControlGrid(), declared)), first


def panes() -> None:
    """Log and grid, short and long."""
    short, long = log_of(1_000), log_of(100_000)
    say("P10 one more line in a log of 100,000 : of 1,000", long[0] / short[0], 1.3,
        f"{long[0] * 1e3:.1f} ms")  # fmt: skip
    say("P12 resize with a log of 100,000 : of 1,000", long[1] / short[1], 2,
        f"{long[1] * 1e3:.0f} ms")  # fmt: skip
    grids()


def grids() -> None:
    """A grid of a night, and one of many times as many councils."""
    rounds = [(*grid_of(248), *grid_of(5_000)) for _ in range(ROUNDS)]
    few, few_shown, many, many_shown = (median(column) for column in zip(*rounds, strict=True))
    say("P14 one declaration on a grid of 5,000 : of 248", many / few, 2, f"{many * 1e3:.1f} ms")
    say("P14 a grid of 5,000 shown : one of 248", many_shown / few_shown, 2,
        f"{many_shown * 1e3:.0f} ms")  # fmt: skip


if __name__ == "__main__":
    with small_collections():
        panes()
    loads()
