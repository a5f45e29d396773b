"""A feed that is a recording which another desk is writing: several terminals can look on."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from feed.clock import hh_mm, utc_now
from feed.file_names import escaped
from feed.model.view import SourceHealth
from feed.recording.file import is_being_written
from feed.recording.reader import RecordingFollower
from feed.sources.folder.scan import Refusal
from feed.sources.folder.source import Delivery

_PERIOD = 0.2
"""A look is one open and one read; a watcher of the folder would wake for every other recording."""
_ASK_AFTER = 1.0
"""Seconds between two looks at whether anybody records."""


class FollowingSource:
    """Reads on in a recording from one thread; `run` is that thread's work."""

    def __init__(
        self,
        path: Path,
        *,
        period: float = _PERIOD,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._path = path
        self._period = period
        self._clock = clock
        self._now = now
        self._ask_at = clock()
        self._was_written = False
        self._stopped = ""
        """Since when nobody records; empty while somebody does."""
        self._follower = RecordingFollower(path)
        self._last_health: SourceHealth | None = None
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
        """Deliver what has been added since the last look; return whether there was anything."""
        arrivals = tuple(self._follower.poll())
        bad = self._follower.bad[self._bad :]
        self._bad += len(bad)
        health = self._health()
        if arrivals or bad or health != self._last_health:
            refused = tuple(
                Refusal(
                    f"{self._path.name}:{line.line}",
                    line.what,
                    "the line was passed over; the recording's other lines are read",
                )
                for line in bad
            )
            deliver(Delivery(arrivals, health, refused=refused))
            self._last_health = health
        return bool(arrivals)

    def _health(self) -> SourceHealth:
        path = escaped(bytes(self._path))
        if not self._path.is_file():
            return SourceHealth("lost", f"the recording {self._path.name} is missing", path)
        if self._clock() >= self._ask_at:
            self._ask_at = self._clock() + _ASK_AFTER
            self._ask_whether_anybody_records()
        if self._stopped:
            return SourceHealth("lost", f"recording stopped since {self._stopped}", path)
        return SourceHealth("ok", path=path)

    def _ask_whether_anybody_records(self) -> None:
        if is_being_written(self._path) is not False:
            self._was_written, self._stopped = True, ""
        elif not self._stopped:
            self._stopped = hh_mm(self._now() if self._was_written else self._written_at())

    def _written_at(self) -> datetime:
        try:
            return datetime.fromtimestamp(self._path.stat().st_mtime, UTC)
        except (OSError, ValueError, OverflowError):
            return self._now()
