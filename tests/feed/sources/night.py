"""A source run turn by turn in the test's own thread: the watcher notices what the test says."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from feed.sources.folder.source import Delivery, DirectorySource
from feed.sources.folder.watcher import ChangeNotice
from tests.feed.sources.feed_folder import FeedFolder

Step = ChangeNotice | Callable[[], ChangeNotice | None]
WORKS = ChangeNotice(works=True)


class ScriptedWatcher:
    """Passes the time asked for, then does the next step; after the last one the night ends."""

    def __init__(self, feed: FeedFolder, stop: threading.Event, steps: list[Step]) -> None:
        self.feed = feed
        self.ended = stop
        self.steps = steps
        self.started_at: list[float] = []
        self.requested = False

    def start(self, root: Path) -> None:
        assert root == self.feed.root
        self.started_at.append(round(self.feed.clock.time(), 3))

    def stop(self) -> None:
        pass

    def request_sweep(self) -> None:
        self.requested = True

    def wait(self, timeout: float) -> ChangeNotice:
        self.feed.clock.pass_by(timeout)
        if not self.steps:
            self.ended.set()
            return ChangeNotice()
        step = self.steps.pop(0)
        notice = step if isinstance(step, ChangeNotice) else step() or ChangeNotice()
        requested, self.requested = self.requested, False
        return ChangeNotice(notice.paths, notice.sweep or requested, notice.works, notice.broken)


class Night:
    """A feed folder, its source, and what was delivered."""

    def __init__(self, feed: FeedFolder, *steps: Step, **settings: object) -> None:
        self.feed = feed
        self.deliveries: list[Delivery] = []
        self.stop = threading.Event()
        self.watcher = ScriptedWatcher(feed, self.stop, list(steps))
        self.source = DirectorySource(
            feed.root,
            clock=feed.clock.time,
            now=feed.clock.now,
            watcher=self.watcher,
            longest_wait=0.1,
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
        """Return the states told, each once in a row."""
        states = [each.health.state for each in self.deliveries]
        return [state for at, state in enumerate(states) if at == 0 or states[at - 1] != state]

    @property
    def says(self) -> str:
        return self.deliveries[-1].health.says


def quiet(seconds: float) -> list[Step]:
    """Return turns of a tenth of a second each."""
    return [ChangeNotice()] * round(seconds * 10)
