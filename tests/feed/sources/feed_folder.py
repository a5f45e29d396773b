"""A feed folder whose clock stands still until a test moves it."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from feed.model.arrival import Arrival
from feed.sources.folder.reconciler import Reconciler
from feed.sources.folder.scan import Scan

RESULT = b'<LocalElectionResult revision="1"><Election date="2019-05-02"/></LocalElectionResult>\n'
NEWS = b'{"kind": "news", "text": "Polls have closed"}'


class StillClock:
    """Both clocks: `time` runs, `now` tells; they stand at the moment the test began."""

    def __init__(self) -> None:
        self._began = datetime.now(UTC)
        self._passed = 0.0

    def time(self) -> float:
        return self._passed

    def now(self) -> datetime:
        return self._began + timedelta(seconds=self._passed)

    def pass_by(self, seconds: float) -> None:
        self._passed += seconds


class FeedFolder:
    """A folder, what to do to it, and the reconciler that reads it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.clock = StillClock()
        self.delivered: list[tuple[str, bytes]] = []
        self.arrivals: list[Arrival] = []
        root.mkdir(exist_ok=True)
        self.read_by()

    def read_by(self, **settings: object) -> Reconciler:
        """Read the folder anew, with these settings."""
        self.reconciler = Reconciler(
            self.root,
            clock=self.clock.time,
            now=self.clock.now,
            **settings,  # type: ignore[arg-type]
        )
        return self.reconciler

    def put(self, name: str | bytes, data: bytes, *, age: float = 0.0) -> Path:
        """Write a file in place, as a producer without manners does; it may look older."""
        path = self.root / os.fsdecode(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        if age:
            at = self.clock.now().timestamp() - age
            os.utime(path, (at, at))
        return path

    def scan(self) -> Scan:
        return self._noted(self.reconciler.scan())

    def look(self, *names: bytes) -> Scan:
        return self._noted(self.reconciler.look(names))

    def retry(self) -> Scan:
        return self._noted(self.reconciler.retry())

    def settle(self) -> Scan:
        """Look now, and again when everything has kept still for long enough."""
        self.scan()
        self.clock.pass_by(2.0)
        return self.scan()

    def names(self) -> list[str]:
        """Return the names delivered so far, in order."""
        return [name for name, _ in self.delivered]

    def _noted(self, scan: Scan) -> Scan:
        self.arrivals += scan.arrivals
        self.delivered += [(arrival.where, arrival.data) for arrival in scan.arrivals]
        return scan
