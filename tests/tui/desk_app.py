"""The whole desk over a night that stands still: no threads, no clock, no waiting."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from textual.events import Key
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widget import Widget

import tui.running.app
from feed.ledger.ledger import Step
from feed.ledger.night import Night
from feed.model.arrival import Arrival
from feed.session.session import Post, Session
from feed.sources.saved import load
from tests.tui.live import still_live
from tui.control_grid.widget import ControlGrid
from tui.desk.screen import DeskScreen
from tui.running.app import Desk
from tui.running.samples import sample_feed
from tui.running.static import StillSession, still_replay
from tui.scoreboard.widget import Scoreboard
from tui.settings.options import Options
from tui.update_log.widget import UpdateLog

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

NOW = datetime(2019, 5, 3, 3, 31, tzinfo=UTC)
"""Wall time wherever the desk asks for it."""
PANES = ("updates", "scoreboard", "grid")


@cache
def steps_of_night(feed: str) -> tuple[Step, ...]:
    """Return the steps of a sample feed, read once; the rehearsal with the times it is made with."""
    if feed != "rehearsal":
        return tuple(load(sample_feed(feed)))
    with TemporaryDirectory() as folder:
        script = sample_feed("make_rehearsal.py")
        subprocess.run([sys.executable, str(script), folder], check=True)
        return tuple(load(Path(folder)))


class DeskUnderTest(Desk):
    """The desk, with what tests ask of it."""

    CSS_PATH = Path(tui.running.app.__file__).with_name("nightdesk.tcss")

    still: StillSession

    @property
    def desk(self) -> DeskScreen:
        """The screen with the panes."""
        return next(screen for screen in self.screen_stack if isinstance(screen, DeskScreen))

    @property
    def log_pane(self) -> UpdateLog:
        return self.desk.query_one(UpdateLog)

    @property
    def board(self) -> Scoreboard:
        return self.desk.query_one(Scoreboard)

    @property
    def grid(self) -> ControlGrid:
        return self.desk.query_one(ControlGrid)

    def pane(self, name: str) -> Widget:
        return self.desk.query_one(f"#{name}")

    @property
    def rows(self) -> list[str]:
        """The screen as the terminal would show it."""
        return ["".join(piece.text for piece in strip) for strip in strips(self)]

    @property
    def text(self) -> str:
        return "\n".join(self.rows)

    def find(self, words: str) -> tuple[int, int]:
        """Return column and row of words on the screen."""
        for y, row in enumerate(self.rows):
            if words in row:
                return row.index(words), y
        raise AssertionError(f"{words!r} is not on the screen:\n{self.text}")


@cache
def night_of(feed: str) -> Night:
    """Return a sample feed folded once; nobody appends to it."""
    night = Night()
    night.extend(steps_of_night(feed))
    return night


def strips(app: Desk) -> Sequence[Any]:
    """Return the screen's lines as segments."""
    return app.screen._compositor.render_strips()


def replay_desk(
    at: str = "04:31",
    feed: str = "england-2019",
    look: Options | None = None,
    *,
    playing: bool = False,
) -> DeskUnderTest:
    """Return the desk on a saved night at a time."""

    def make(post: Post) -> Session:
        steps, night = steps_of_night(feed), night_of(feed)
        app.still = still_replay(post, steps, at, playing=playing, night=night)
        return app.still

    app = DeskUnderTest(make, look)
    return app


def live_desk(look: Options | None = None) -> DeskUnderTest:
    """Return the desk on a live feed that brings what the test hands to it."""

    def make(post: Post) -> Session:
        app.still = still_live(post, lambda: NOW)
        return app.still

    app = DeskUnderTest(make, look)
    return app


@contextmanager
def frozen() -> Iterator[None]:
    """Let the wall clock stand at `NOW` for the desk."""
    with patch("tui.desk.screen.utc_now", lambda: NOW):
        yield


@asynccontextmanager
async def running(
    app: DeskUnderTest, size: tuple[int, int] = (120, 36)
) -> AsyncIterator[Pilot[None]]:
    """Run the desk at a size, its first frame drawn."""
    with frozen():
        async with app.run_test(size=size) as pilot:
            await settled(app, pilot)
            yield pilot


async def settled(app: DeskUnderTest, pilot: Pilot[None]) -> None:
    """Wait until a frame brings nothing more to draw."""
    await pilot.pause()
    while app.screen._dirty_widgets or app.screen._layout_required:
        await pilot.pause()
    await pilot.pause()


async def until(pilot: Pilot[None], true: Callable[[], bool], most: float = 60.0) -> None:
    """Wait until something holds."""
    give_up = time.monotonic() + most
    while not true():
        assert time.monotonic() < give_up
        await pilot.pause(0.005)


async def burst(app: Desk, pilot: Pilot[None], typed: str | Sequence[str]) -> None:
    """Type keys as one write brings them: none waits for what the one before it does."""
    names = {"\n": "enter", " ": "space"}
    for key in typed:
        name = names.get(key, key if len(key) > 1 or key.isalnum() else _character_to_key(key))
        character = {"enter": "\r", "space": " "}.get(name, key if len(key) == 1 else None)
        app.post_message(Key(name, character))
    await pilot.pause()
    await pilot.pause()


def an_arrival(name: str, **message: object) -> Arrival:
    """Return a file of our own format as it arrives."""
    return Arrival(name, json.dumps(message).encode(), NOW)


def trafford(**changed: object) -> Arrival:
    """Return the result of Trafford."""
    message: dict[str, object] = {
        "kind": "result",
        "council": "Trafford",
        "gss": "E08000009",
        "control_before": "noc",
        "after": {"con": 20, "lab": 36, "ld": 6, "green": 1},
        "changes": [
            {"baseline": "eve_of_poll", "seats": {"lab": 6, "con": -9, "ld": 2, "green": 1}}
        ],
        "at": "2019-05-03T03:45:00+01:00",
    }
    return an_arrival("trafford.json", **(message | changed))
