"""Where deliveries and a viewer's wishes wait for the desk; the wishes go first."""

from __future__ import annotations

import threading
from collections import deque
from typing import Generic, TypeVar

D = TypeVar("D")
W = TypeVar("W")


class Inbox(Generic[D, W]):
    """Two queues with one waiter: a full one holds the source back, never the viewer."""

    def __init__(self, room: int = 64) -> None:
        self._room = room
        self._deliveries: deque[D] = deque()
        self._wishes: deque[W] = deque()
        self._changed = threading.Condition()

    def deliver(self, delivery: D, stop: threading.Event) -> bool:
        """Put a delivery in, waiting for room until `stop`; return whether it went in."""
        with self._changed:
            while len(self._deliveries) >= self._room:
                if stop.is_set():
                    return False
                self._changed.wait(0.2)
            self._deliveries.append(delivery)
            self._changed.notify_all()
            return True

    def wish(self, wish: W) -> None:
        """Put a wish in; never waits."""
        with self._changed:
            self._wishes.append(wish)
            self._changed.notify_all()

    def take(self, timeout: float) -> D | W | None:
        """Return the next wish, else the next delivery, else None after `timeout` seconds."""
        with self._changed:
            if not self._wishes and not self._deliveries:
                self._changed.wait(timeout)
            if self._wishes:
                return self._wishes.popleft()
            if not self._deliveries:
                return None
            delivery = self._deliveries.popleft()
            self._changed.notify_all()
            return delivery

    def is_empty(self) -> bool:
        """Whether nothing waits."""
        with self._changed:
            return not self._wishes and not self._deliveries
