"""A minute of the monkey in one process: its very bursts, without a terminal to be written to.

On a pseudo-terminal a minute comes to some 500 bursts; `tests.faults.monkey` plays it for long.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from textual.pilot import Pilot

from feed.ledger.night import whole_night
from feed.ledger.step import steps_of
from feed.model.arrival import Arrival
from feed.reports.summary import fingerprint
from tests.faults.monkey import OTHER_SIZES, Hands, files_of_a_night
from tests.tui.desk_app import NOW, DeskUnderTest, burst, live_desk, running, settled, until
from tui.running.app import Desk
from tui.running.terminal.driver import KeyReader

BURSTS = 500
SIZE = (100, 30)


class Player:
    """Plays a desk as a monkey does, and keeps what it let arrive."""

    def __init__(self, app: DeskUnderTest, pilot: Pilot[None], seed: int) -> None:
        self._app, self._pilot = app, pilot
        self._chance = Random(seed)
        self._hands = Hands(self._chance, SIZE)
        self._files = files_of_a_night()
        self.reader = KeyReader()
        self.arrived: list[Arrival] = []

    def drop(self, count: int) -> None:
        """Let the next files of the night arrive."""
        for _ in range(count):
            name, text = self._hands.file(self._files)
            new = list(arrivals(name, text))
            self.arrived += new
            self._app.still.arrive(*new)

    async def play(self) -> None:
        """Type and click one burst; now and then wait for what comes of it, resize, let files come."""
        chance = self._chance
        for part in self._hands.burst():
            for message in self.reader.feed(part):
                assert self._app._driver is not None
                self._app._driver.process_message(message)
            if chance.random() < 0.1:
                await asyncio.sleep(0)
        if chance.random() < 0.04:
            await self._pilot.resize_terminal(*chance.choice(OTHER_SIZES))
        if chance.random() < 0.08:
            self.drop(chance.randint(1, 3))
        if chance.random() < 0.25:
            await self._pilot.pause()
        assert self._app.is_running


def arrivals(name: str, text: str) -> Iterator[Arrival]:
    """Yield a file as the folder gives it: one of lines line by line."""
    if not name.endswith(".jsonl"):
        yield Arrival(name, text.encode(), NOW, NOW)
        return
    for number, line in enumerate(text.splitlines(), 1):
        yield Arrival(name, line.encode(), NOW, NOW, number)


async def test_a_seeded_minute_of_anything_leaves_the_desk_listening_and_its_standing_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Desk, "exit", lambda *_, **__: None)
    app = live_desk()
    async with running(app, SIZE) as pilot:
        player = Player(app, pilot, seed=7)
        player.drop(40)
        for _ in range(BURSTS):
            await player.play()
        await pilot.resize_terminal(*SIZE)
        for message in player.reader.feed(b"\x1b[201~"):
            app.post_message(message)
        await until(pilot, lambda: not app._typed, most=60)
        for _ in range(60):  # as many pages as may lie over one another
            if app.screen is not app.desk:
                await burst(app, pilot, ["escape"])
        await burst(app, pilot, ["escape", "escape", "/", "y", "o", "r", "k"])
        assert app.desk.filter.text == "york"
        await burst(app, pilot, ["escape", "L"])
        await settled(app, pilot)
        assert app.desk.current.mode == "live"
        cold = whole_night([step for it in player.arrived for step in steps_of(it)]).edge()
        assert fingerprint(app.desk.current.standing) == fingerprint(cold)
        assert f" {cold.declared} of 248 declared " in app.rows[0]
