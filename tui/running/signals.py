"""Leaving when told to from outside, also when the terminal takes nothing any more or is gone."""

from __future__ import annotations

import asyncio
import contextlib
import os
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from types import FrameType
from typing import IO

from feed.clock import utc_now

GRACE = 3.0
"""Seconds that the screen has to close by itself; a terminal that is gone can hold it for ever."""

_LOOK = 1.0
"""Seconds between two looks whether the terminal is there."""


def _is_hung_up(terminal: IO[str]) -> bool:
    looked_at = select.poll()
    looked_at.register(terminal, 0)
    return any(event & select.POLLHUP for _, event in looked_at.poll(0))


@contextlib.contextmanager
def leaving_at(moment: datetime | None, reached: Callable[[], None]) -> Iterator[None]:
    """Leave at a moment of the wall's clock as SIGTERM lets it: with the recording whole.

    Args:
        moment: when to leave; never where there is none.
        reached: says so, when all is closed.

    """
    if moment is None:
        yield
        return
    stop, late = threading.Event(), threading.Event()
    main = threading.main_thread().ident or 0

    def wait() -> None:
        # A machine that slept, or a clock that was set, is no reason to leave at another time.
        while not stop.wait(min(_LOOK, max(0.0, (moment - utc_now()).total_seconds()))):
            is_listened_to = signal.getsignal(signal.SIGTERM) not in {signal.SIG_DFL, None}
            if utc_now() >= moment and is_listened_to:
                late.set()
                signal.pthread_kill(main, signal.SIGTERM)
                return

    threading.Thread(target=wait, name="nightdesk-until", daemon=True).start()
    try:
        yield
    finally:
        stop.set()
    if late.is_set():
        reached()


class Leaving:
    """SIGTERM, SIGHUP or a lost terminal close the screen; if it cannot close, the night is saved.

    A terminal that goes away tells only the programs that it is in charge of; any other would read
    its end over and over.
    """

    def __init__(self, close: Callable[[], object], save: Callable[[], object]) -> None:
        self._close = close
        self._save = save
        self._loop = asyncio.get_running_loop()
        self._kept: dict[int, object] = {}
        self._terminal: IO[str] | None = None

    def begin(self) -> None:
        """Listen to the signals; nothing where only the main thread may."""
        for number in (signal.SIGTERM, signal.SIGHUP):
            with contextlib.suppress(ValueError):
                self._kept[number] = signal.signal(number, self._told)
        terminal = sys.__stdin__
        self._terminal = terminal if terminal is not None and terminal.isatty() else None

    def end(self) -> None:
        """Give the signals back."""
        kept, self._kept = self._kept, {}
        for number, handler in kept.items():
            with contextlib.suppress(ValueError, TypeError):
                signal.signal(number, handler)  # type: ignore[arg-type]

    def look(self) -> None:
        """Look whether the terminal is still there; to be called once a second."""
        terminal = self._terminal
        if terminal is not None and _is_hung_up(terminal):
            self._terminal = None
            self._told(signal.SIGHUP, None)

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
