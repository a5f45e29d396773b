"""Hearing what changes below a folder: quickly while much happens, cheaply while nothing does."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from typing import Final

_DEBOUNCE_MS: Final = 50
_FIRST_MS: Final = 10
_TIMEOUT_MS: Final = 1_000
_PACES: Final = ((1.0, 1), (10.0, 10))
"""Up to so many seconds after a change, a step of so many milliseconds."""
_QUIET_MS: Final = 50

Changes = AbstractSet[tuple[int, str]]
Watch = Callable[[str, threading.Event], Iterator[Changes]]
"""Gives the changes below a folder, an empty set at least every so often, until told to stop."""


class Pace:
    """How long the watcher sleeps between two looks, in milliseconds.

    A change is told after one or two of these steps, and each step wakes the processor: a short
    one costs a desk that waits all night more than all its other work.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._heard_at = clock()

    def heard(self) -> None:
        """Note that something has changed: more is likely to."""
        self._heard_at = self._clock()

    def step(self) -> int:
        """Give the step for now."""
        since = self._clock() - self._heard_at
        return next((step for within, step in _PACES if since < within), _QUIET_MS)


def watch_folder(root: str, stop: threading.Event) -> Iterator[Changes]:
    """Watch a folder and all below it, unfiltered, at the pace of what happens."""
    from watchfiles._rust_notify import RustNotify  # noqa: PLC0415  # its documented core

    pace = Pace()
    timeout = _FIRST_MS
    with RustNotify(
        [root],
        False,  # debug
        False,  # force_polling
        300,  # poll_delay_ms
        True,  # recursive
        False,  # ignore_permission_denied
    ) as watcher:
        while True:
            step = min(timeout, pace.step())
            heard = watcher.watch(_DEBOUNCE_MS, step, timeout, stop)
            timeout = _TIMEOUT_MS
            if heard == "timeout":
                yield set()
            elif isinstance(heard, str):
                return
            else:
                pace.heard()
                yield heard
