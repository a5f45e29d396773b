"""A source run turn by turn in the test's own thread: the bell rings what the test says."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from feed.sources.folder.notices import Ring
from feed.sources.folder.source import Delivery, DirectorySource
from tests.feed.sources.feed_folder import FeedFolder

Step = Ring | Callable[[], Ring | None]
HUNG = Ring(hung=True)


class ScriptedBell:
    """Passes the time asked for, then does the next step; after the last one the night ends."""

    def __init__(self, feed: FeedFolder, stop: threading.Event, steps: list[Step]) -> None:
        self.feed = feed
        self.stop = stop
        self.steps = steps
        self.hung: list[float] = []
        self.pressed = False

    def hang(self, root: Path) -> None:
        assert root == self.feed.root
        self.hung.append(round(self.feed.clock.time(), 3))

    def take_down(self) -> None:
        pass

    def press(self) -> None:
        self.pressed = True

    def wait(self, timeout: float) -> Ring:
        self.feed.clock.pass_by(timeout)
        if not self.steps:
            self.stop.set()
            return Ring()
        step = self.steps.pop(0)
        ring = step if isinstance(step, Ring) else step() or Ring()
        pressed, self.pressed = self.pressed, False
        return Ring(ring.paths, ring.sweep or pressed, ring.hung, ring.broken)


class Night:
    """A feed folder, its source, and what was delivered."""

    def __init__(self, feed: FeedFolder, *steps: Step, **settings: object) -> None:
        self.feed = feed
        self.deliveries: list[Delivery] = []
        self.stop = threading.Event()
        self.bell = ScriptedBell(feed, self.stop, list(steps))
        self.source = DirectorySource(
            feed.root,
            clock=feed.clock.time,
            now=feed.clock.now,
            bell=self.bell,
            turn=0.1,
            **settings,  # type: ignore[arg-type]
        )

    def run(self) -> Night:
        self.source.run(self.deliveries.append, self.stop)
        return self

    @property
    def paths(self) -> list[str]:
        return [arrival.path for each in self.deliveries for arrival in each.arrivals]

    @property
    def states(self) -> list[str]:
        """Give the states told, each once in a row."""
        states = [each.health.state for each in self.deliveries]
        return [state for at, state in enumerate(states) if at == 0 or states[at - 1] != state]

    @property
    def says(self) -> str:
        return self.deliveries[-1].health.says


def quiet(seconds: float) -> list[Step]:
    """Give turns of a tenth of a second each."""
    return [Ring()] * round(seconds * 10)
