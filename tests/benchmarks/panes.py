"""Log and grid, long against short: one more line, a resize, one declaration."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from statistics import median
from time import thread_time

os.environ["TEXTUAL_ANIMATIONS"] = "none"

from textual.pilot import Pilot
from textual.widget import Widget

from feed.model.standing import Standing
from tests.benchmarks.figures import Figure, Scale
from tests.tui.log_entries import Desk, a_standing, some_news
from tests.tui.standings import a_council
from tui.control_grid.widget import ControlGrid
from tui.running.collecting import small_collections
from tui.update_log.widget import UpdateLog


async def on(widget: Widget, work: Callable[[Pilot[None]], Awaitable[float]]) -> float:
    """Run a work over a widget that is shown."""
    async with Desk(widget).run_test(size=(160, 48)) as pilot:
        return await work(pilot)


async def settled(pilot: Pilot[None], work: Callable[[int], object]) -> float:
    """Return the median of the processor's seconds until the screen shows what the work did."""
    times = []
    for number in range(12):
        began = thread_time()
        work(number)
        await pilot.pause()
        times.append(thread_time() - began)
    return median(times[2:])


def log_of(count: int) -> tuple[float, float]:
    """Return the time of one more line, and of a resize, in a log of so many."""
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
    """Return the time of one declaration, and of the first showing, on a grid of so many."""
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


def logs(scale: Scale) -> Iterator[Figure]:
    """P10 and P12: one more line, and a resize, in a long log and in a short one."""
    short = min(1_000, scale.entries)
    with small_collections():
        rounds = [(*log_of(short), *log_of(scale.entries)) for _ in range(scale.rounds)]
    few, few_resized, many, many_resized = (median(column) for column in zip(*rounds, strict=True))
    yield Figure("P10", f"one more line in a log of {scale.entries:,}", many, few, 1.3,
                 against=f"of {short:,}")  # fmt: skip
    yield Figure("P12", f"a resize with a log of {scale.entries:,}", many_resized, few_resized, 2,
                 against=f"of {short:,}")  # fmt: skip


def grids(scale: Scale) -> Iterator[Figure]:
    """P14: a grid of a night, and one of many times as many councils."""
    with small_collections():
        rounds = [(*grid_of(248), *grid_of(scale.cells)) for _ in range(scale.rounds)]
    few, few_shown, many, many_shown = (median(column) for column in zip(*rounds, strict=True))
    yield Figure("P14", f"one declaration on a grid of {scale.cells:,}", many, few, 2,
                 against="of 248")  # fmt: skip
    yield Figure("P14", f"a grid of {scale.cells:,} shown", many_shown, few_shown, 2,
                 against="one of 248")  # fmt: skip
