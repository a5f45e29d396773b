"""What a session is connected to: a source that delivers, and a keeper that records."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Protocol

from feed.model.arrival import Arrival
from feed.sources.folder.source import Delivery


class Source(Protocol):
    """What delivers: run in a thread of its own until `stop`."""

    def run(self, deliver: Callable[[Delivery], None], stop: threading.Event) -> None:
        """Deliver until told to stop."""

    def rescan(self) -> None:
        """Look again now."""


class Keeper(Protocol):
    """What keeps the arrivals: the recording."""

    def append(self, arrivals: Iterable[Arrival]) -> None:
        """Write arrivals at the end; never raises for a full disk."""

    @property
    def unsaved(self) -> int:
        """Arrivals that are not on the disk yet."""

    def sync(self, *, now: bool = False) -> None:
        """Bring what was written to the disk."""

    def close(self) -> None:
        """Write what can be written and let go."""
