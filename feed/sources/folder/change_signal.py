"""When a watcher looks for changes: as soon as the system tells of one, else in steps.

watchfiles looks in steps for what it has gathered: short ones cost a desk that waits all night more
than all its other work, and long ones make a file wait. Where the system's own notices can wake it
no steps are needed. What has changed is left to watchfiles: nothing is read out of the notices.
"""

from __future__ import annotations

import ctypes
import math
import os
import select
import sys
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any, Final

_CHANGED: Final = 0x2 | 0x4  # written, other rights or times
_COME_OR_GONE: Final = 0x40 | 0x80 | 0x100 | 0x200 | 0x400 | 0x800  # moved, made, deleted
_ONLY_FOLDERS: Final = 0x01000000
_MOST: Final = 1 << 16


class ChangeSignal:
    """Wakes a watcher when something changes below it, and when it is to end.

    Where the system has no such notices, or no more room for them, it wakes only for the end.
    """

    def __init__(self) -> None:
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._notices = self._waker = -1
        self._system: Any = None
        if sys.platform != "linux":
            return
        try:
            self._system = ctypes.CDLL(None, use_errno=True)
            self._notices = self._system.inotify_init1(os.O_CLOEXEC | os.O_NONBLOCK)
            if self._notices >= 0:
                self._waker = os.eventfd(0)
        except (OSError, AttributeError):
            self.close()

    @property
    def tells(self) -> bool:
        """Whether the system tells of changes."""
        return self._waker >= 0

    def follow(self, folders: Iterable[str]) -> None:
        """Be told of what changes in folders, each by itself; those known are followed once."""
        wanted = _CHANGED | _COME_OR_GONE | _ONLY_FOLDERS
        for folder in folders:
            if not self.tells:
                return
            told = self._system.inotify_add_watch(self._notices, os.fsencode(folder), wanted)
            if told < 0 and os.path.isdir(folder):  # noqa: PTH112  # there is no room for it
                self.close()

    def wait(self, seconds: float, gather: float) -> bool:
        """Return whether something has changed within so many seconds, or the end has come.

        Args:
            seconds: how long to wait for it at most.
            gather: seconds that are left to what belongs to a change, and comes behind it.

        """
        ready = select.poll()
        for each in (self._notices, self._waker):
            ready.register(each, select.POLLIN)
        if not ready.poll(seconds * 1_000):
            return False
        if not self.is_set():
            time.sleep(gather)
            os.read(self._notices, _MOST)
        return True

    def set(self) -> None:
        """Tell the watcher to end."""
        self._ended.set()
        with self._lock:
            if self._waker >= 0:
                os.write(self._waker, (1).to_bytes(8, sys.byteorder))

    def is_set(self) -> bool:
        """Whether the watcher is to end."""
        return self._ended.is_set()

    def close(self) -> None:
        """Be told of no change any more; to be called by who waits."""
        with self._lock:
            for each in (self._notices, self._waker):
                if each >= 0:
                    os.close(each)
            self._notices = self._waker = -1


_PACES: Final = ((1.0, 1), (10.0, 10), (60.0, 50))
"""Up to so many seconds after a change, a step of so many milliseconds."""
_QUIET_MS: Final = 100
_GATHER: Final = 0.0005
"""Seconds in which a file is written under another name and renamed."""
_GATHER_MANY: Final = 0.05
"""The same while so much comes that each view has several files."""
_MANY: Final = 75
"""Changes in a second from which they are told in batches: no screen shows them one by one."""
_MANY_MS: Final = 10


class WatchPace:
    """How long the watcher sleeps between two looks, in milliseconds.

    A change is told after one or two of these steps, and each step wakes the processor. Where the
    system wakes us when something changes, only what is gathered before it is told goes by this.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._heard_at = self._counts_from = -math.inf
        self._count = 0
        self._is_many = False

    def heard(self, changes: int = 1) -> None:
        """Note that something has changed: more is likely to."""
        self._heard_at = now = self._clock()
        if now - self._counts_from >= 1.0:
            self._is_many = self._count > _MANY * (now - self._counts_from)
            self._counts_from, self._count = now, 0
        self._count += changes
        self._is_many = self._is_many or self._count > _MANY

    def step(self) -> int:
        """Return the step for now."""
        if self._is_busy():
            return _MANY_MS
        since = self._clock() - self._heard_at
        return next((step for within, step in _PACES if since < within), _QUIET_MS)

    def gather(self) -> float:
        """Return the seconds that a change waits for others."""
        return _GATHER_MANY if self._is_busy() else _GATHER

    def _is_busy(self) -> bool:
        return self._is_many and self._clock() - self._heard_at < _PACES[0][0]
