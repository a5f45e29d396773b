"""A feed that is a recording which another desk is writing: several terminals can look on."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from feed.recording import RecordingFollower
from feed.sources.directory import Delivery
from feed.sources.file_names import escaped
from feed.sources.scan import Refusal
from feed.view import SourceHealth

_PERIOD = 0.2
"""A look is one open and one read; a watcher of the folder would wake for every other recording."""


class FollowingSource:
    """Reads on in a recording from one thread; `run` is that thread's work."""

    def __init__(self, path: Path, *, period: float = _PERIOD) -> None:
        self._path = path
        self._period = period
        self._follower = RecordingFollower(path)
        self._told: SourceHealth | None = None
        self._bad = 0
        self._wake = threading.Event()

    def rescan(self) -> None:
        """Look again now; to be called from any thread."""
        self._wake.set()

    def run(self, deliver: Callable[[Delivery], None], stop: threading.Event) -> None:
        """Deliver what the recording holds and what is added to it, until told to stop."""
        while not stop.is_set():
            if not self.look(deliver):
                self._wake.wait(self._period)
                self._wake.clear()

    def look(self, deliver: Callable[[Delivery], None]) -> bool:
        """Deliver what has been added since the last look; say whether there was anything."""
        arrivals = tuple(self._follower.poll())
        bad = self._follower.bad[self._bad :]
        self._bad += len(bad)
        health = self._health()
        if arrivals or bad or health != self._told:
            refused = tuple(
                Refusal(
                    f"{self._path.name}:{line.line}",
                    line.what,
                    "the line was passed over; the recording's other lines are read",
                )
                for line in bad
            )
            deliver(Delivery(arrivals, health, refused=refused))
            self._told = health
        return bool(arrivals)

    def _health(self) -> SourceHealth:
        path = escaped(bytes(self._path))
        if self._path.is_file():
            return SourceHealth("ok", path=path)
        return SourceHealth("lost", f"the recording {self._path.name} is missing", path)
