"""Every command of the table, from the key to the frame that it changes, over a long log.

Times are the processor's, so that a busy machine changes little; the session works in the same
thread here.
"""

from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import Iterator
from contextlib import asynccontextmanager, chdir, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median
from tempfile import TemporaryDirectory
from time import thread_time
from typing import TYPE_CHECKING
from unittest.mock import patch

os.environ["TEXTUAL_ANIMATIONS"] = "none"
os.environ["COLORTERM"] = "truecolor"

from textual import events
from textual.drivers.headless_driver import HeadlessDriver
from textual.pilot import Pilot

from feed.ledger.night import Night
from feed.ledger.step import Step
from feed.model.entries import Origin
from feed.model.intents import Intent
from feed.model.messages import News, Rejection, Statement
from feed.session.session import Post, Session
from tests.benchmarks.figures import Figure, Scale
from tests.tui.desk_app import DeskUnderTest, settled, steps_of_night
from tests.tui.live import still_live
from tui.running.collecting import small_collections
from tui.running.static import still_replay
from tui.settings.commands import COMMANDS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

SIZE = (160, 48)
MOST = 1.0
"""Seconds that a frame is waited for."""
BETWEEN = 0.2
"""Seconds of rest between two commands, as whoever reads what came of one."""
REST = 0.3
"""Seconds that are watched after it for what stops the screen."""


@dataclass(frozen=True)
class Press:
    """A key whose frame is timed, and what is pressed around it that is not."""

    name: str
    key: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    once: tuple[str, ...] = ()
    """Pressed before the first time only."""


@dataclass
class Taken:
    """What a key took, each time that it was pressed: seconds of the processor."""

    frame: list[float] = field(default_factory=list)
    """From the key to the end of the frame."""
    session: list[float] = field(default_factory=list)
    """Of that, in the session."""
    stall: list[float] = field(default_factory=list)
    """The longest time until the screen heard of anything else."""

    is_headless = False


FOLLOWING = ("1", "G")
HELD = ("1", "g", "pagedown", "pagedown")
_UNDO: dict[str, tuple[str, ...]] = {
    "help": ("escape",), "palette": ("escape",), "missed": ("escape",), "problems": ("escape",),
    "themes": ("escape",), "go_to_time": ("escape",), "open": ("escape",), "filter": ("escape",),
    "maximise": ("z",), "view": ("v", "v"), "step_back": ("full_stop",),
    "previous_change": ("L",), "minute_back": ("L",), "ten_back": ("L",),
}  # fmt: skip
_BEFORE: dict[str, tuple[str, ...]] = {
    "step_on": ("comma",), "next_change": ("left_square_bracket",), "edge": ("left_square_bracket",),
    "minute_on": ("left",), "ten_on": ("shift+left",), "back": ("z",),
    "next_hit": ("N",), "next_trouble": ("E",),
}  # fmt: skip
_ONCE: dict[str, tuple[str, ...]] = {
    "next_hit": ("slash", *"problem", "enter"), "previous_hit": ("slash", *"problem", "enter"),
    "group": ("3",), "sort": ("3",), "reverse": ("3",), "watch": ("3",), "wrap": HELD,
    "copy": HELD, "next_trouble": HELD,
}  # fmt: skip
_ENDS = {"quit", "quit_now"}


def presses() -> Iterator[Press]:
    """Return every command of the table, and the ways that one of them has in the log."""
    for command in COMMANDS:
        if command.id in _ENDS or command.by_pane or command.id == "filter":
            continue
        undo, before = _UNDO.get(command.id, ()), _BEFORE.get(command.id, ())
        yield Press(command.id, command.keys[0], before, undo, _ONCE.get(command.id, FOLLOWING))
    for key in ("up", "pageup", "home", "end"):
        before = ("home",) if key == "end" else ("end",) if key == "home" else ()
        yield Press(f"move {key}", key, before, once=FOLLOWING)
    yield Press("move down", "down", once=HELD)
    yield Press("move pagedown", "pagedown", once=HELD)
    yield Press("open entry", "enter", (), ("escape",), HELD)
    yield Press("open council", "enter", (), ("escape",), ("3", "home"))
    yield Press("open figure", "enter", (), ("escape",), ("2", "home"))
    yield Press("grid right", "right", once=("3", "home"))
    yield Press("filter", "slash", (), ("escape",), FOLLOWING)
    yield Press("filter a letter", "l", ("slash",), ("escape",), FOLLOWING)
    yield Press("filter a rare word", "7", ("slash", *"polls 997"), ("escape",), FOLLOWING)
    yield Press("filter enter", "enter", ("slash", *"problem"), ("escape",), FOLLOWING)
    yield Press("filter cleared", "escape", ("slash", *"problem", "enter"), (), FOLLOWING)
    yield Press("filter held", "b", ("slash", *"la"), ("escape",), HELD)


def a_night(count: int) -> Night:
    """Return the night of 2019 with news, and now and then a problem, up to so many entries."""
    night = Night()
    night.extend(steps_of_night("england-2019"))
    at = night.last_at or datetime.now().astimezone()
    for number in range(count - night.edge().log.count):
        moment = at + timedelta(seconds=number)
        origin = Origin(f"news/{number}.json", None, f"{number:032x}", moment, moment)
        text = f"{number}: the polls have closed {'and they count in every hall ' * (number % 5)}"
        told: News | Rejection = News(text=text)
        if number % 50 == 0:
            told = Rejection(what="seats is -3", fix="send it again")
        night.append(Step(Statement(told), origin, by_arrival=True), moment)
    return night


@asynccontextmanager
async def desk_on(night: Night, *, live: bool) -> AsyncIterator[tuple[DeskUnderTest, Pilot[None]]]:
    """Run the desk over a night, at its end."""

    def make(post: Post) -> Session:
        if live:
            app.still = still_live(post, lambda: night.last_at or datetime.now().astimezone())
            app.still._night = night
        else:
            steps = steps_of_night("england-2019")
            app.still = still_replay(post, steps, None, night=night)
        return app.still

    app = DeskUnderTest(make)
    async with app.run_test(size=SIZE) as pilot:
        await settled(app, pilot)
        if not live:
            await pilot.press("L")
        yield app, pilot


async def timed(app: DeskUnderTest, key: str, taken: Taken) -> None:
    """Press a key and wait for the frame that it changes, then for quiet."""
    in_session, longest, framed, last = 0.0, 0.0, 0.0, thread_time()
    ask, running, shown = app.still.ask, True, asyncio.Event()

    def asked(intent: Intent) -> None:
        nonlocal in_session
        began = thread_time()
        ask(intent)
        in_session += thread_time() - began

    async def beat() -> None:
        nonlocal longest, last
        last = thread_time()
        while running:
            await asyncio.sleep(0.001)
            now = thread_time()
            longest, last = max(longest, now - last), now

    def displayed() -> None:
        nonlocal framed
        framed = framed or thread_time()
        shown.set()

    heart = asyncio.create_task(beat())
    with patch.object(app.still, "ask", asked), patch.object(app, "post_display_hook", displayed):
        await asyncio.sleep(0)
        character = key if len(key) == 1 else None
        began = thread_time()
        app.post_message(events.Key(key, character))
        with suppress(TimeoutError):
            await asyncio.wait_for(shown.wait(), MOST)
        taken.frame.append(framed - began if framed else float("nan"))
        taken.session.append(in_session)
        await asyncio.sleep(REST)
    running = False
    await heart
    taken.stall.append(longest)


async def measure(app: DeskUnderTest, pilot: Pilot[None], press: Press, times: int) -> Taken:
    """Press a key several times, everything around it put back."""
    taken = Taken()
    await pilot.press(*press.once)
    for _ in range(times):
        for key in press.before:
            await pilot.press(key)
        await pilot.pause()
        await timed(app, press.key, taken)
        for key in press.after:
            await pilot.press(key)
        await pilot.pause(0.05)
    while len(app.screen_stack) > 2:
        await pilot.press("escape")
    if app.desk.filter.words or app.desk.has_class("-filtering"):
        await pilot.press("escape")
    await asyncio.sleep(BETWEEN)
    return taken


async def table(night: Night, scale: Scale) -> dict[str, Taken]:
    """Measure the chosen keys on one night; the first opening of a page is its own round."""
    found: dict[str, Taken] = {}
    async with desk_on(night, live=False) as (app, pilot):
        for press in presses():
            if not scale.keys or press.name in scale.keys:
                found[press.name] = await measure(app, pilot, press, scale.rounds)
    return found


@contextmanager
def as_in_a_terminal() -> Iterator[None]:
    """Make frames as for a real terminal, with the collector as the program sets it."""
    with patch.object(HeadlessDriver, "is_headless", False), small_collections():
        yield


def keys(scale: Scale) -> Iterator[Figure]:
    """P11: every command and way of moving over a long log, from the key to its frame."""
    night = a_night(scale.entries)
    gc.collect()
    with as_in_a_terminal(), TemporaryDirectory() as place, chdir(place):  # a key exports
        found = asyncio.run(table(night, scale))
    slowest = max(found, key=lambda name: median(found[name].frame))
    first = max(found, key=lambda name: found[name].frame[0])
    stalls = max(found, key=lambda name: max(found[name].stall))
    long = f"with {scale.entries:,} entries"
    yield Figure("P11", f"the slowest of {len(found)} keys {long}: {slowest}",
                 median(found[slowest].frame), 0.05)  # fmt: skip
    yield Figure("P11", f"the slowest the first time {long}: {first}", found[first].frame[0], 0.05)
    yield Figure("P11", f"the longest stall behind a key {long}: {stalls}",
                 max(found[stalls].stall), 0.1)  # fmt: skip
