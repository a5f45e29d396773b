"""Leaving when told to from outside, also when the terminal takes nothing any more."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import threading
from collections.abc import Callable, Iterator
from types import FrameType

GRACE = 3.0
"""Seconds that the screen has to close by itself; a terminal that is gone can hold it for ever."""


class Leaving:
    """SIGTERM and SIGHUP close the screen; if it cannot close, the night is saved and it ends."""

    def __init__(self, close: Callable[[], object], save: Callable[[], object]) -> None:
        self._close = close
        self._save = save
        self._loop = asyncio.get_running_loop()
        self._kept: dict[int, object] = {}

    def begin(self) -> None:
        """Listen to the signals; nothing where only the main thread may."""
        for number in (signal.SIGTERM, signal.SIGHUP):
            with contextlib.suppress(ValueError):
                self._kept[number] = signal.signal(number, self._told)

    def end(self) -> None:
        """Give the signals back."""
        for number, handler in self._given_back():
            with contextlib.suppress(ValueError, TypeError):
                signal.signal(number, handler)  # type: ignore[arg-type]

    def _given_back(self) -> Iterator[tuple[int, object]]:
        while self._kept:
            yield self._kept.popitem()

    def _told(self, number: int, frame: FrameType | None) -> None:
        # Runs also while the main thread waits for room to write, where no event loop turns.
        del frame
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._close)
        last = threading.Timer(GRACE, self._end_anyway, (number,))
        last.daemon = True
        last.start()

    def _end_anyway(self, number: int) -> None:
        try:
            self._save()
        finally:
            os._exit(128 + number)
