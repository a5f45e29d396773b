"""Hearing what changes below a folder: quickly while much happens, cheaply while nothing does."""

from __future__ import annotations

import contextlib
import math
import os
import threading
import time
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from watchfiles._rust_notify import RustNotify

_ADDED: Final = 1
_DEBOUNCE_MS: Final = 50
_FIRST_MS: Final = 10
_TIMEOUT_MS: Final = 1_000
_PACES: Final = ((1.0, 1), (10.0, 10))
"""Up to so many seconds after a change, a step of so many milliseconds."""
_QUIET_MS: Final = 50
_TRIES: Final = 4
"""How often the folders are listed again because one of them went before it was watched."""

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
        self._heard_at = -math.inf

    def heard(self) -> None:
        """Note that something has changed: more is likely to."""
        self._heard_at = self._clock()

    def step(self) -> int:
        """Give the step for now."""
        since = self._clock() - self._heard_at
        return next((step for within, step in _PACES if since < within), _QUIET_MS)


class Watcher:
    """Watches every folder below a root, each by itself.

    Watching the root with all below it would walk through every file in one go, in which nothing
    else of the program can run: half a second for 100,000 files.
    """

    def __init__(self, root: str) -> None:
        self._root = root
        self._rust = _watch_each(root)

    def wait(self, step: int, timeout: int, stop: threading.Event) -> Changes | None:
        """Give what has changed, an empty set when nothing has; none when told to stop."""
        heard = self._rust.watch(_DEBOUNCE_MS, step, timeout, stop)
        if isinstance(heard, str):
            return set() if heard == "timeout" else None
        if any(change == _ADDED and os.path.isdir(path) for change, path in heard):  # noqa: PTH112
            return heard | self._watch_anew(stop)
        return heard

    def _watch_anew(self, stop: threading.Event) -> Changes:
        """Watch the new folders too, and give what was heard before the old watch was given up."""
        new = _watch_each(self._root)
        late = self._rust.watch(_DEBOUNCE_MS, 1, 1, stop)
        self.close()
        self._rust = new
        return set() if isinstance(late, str) else late

    def close(self) -> None:
        """Watch no longer."""
        self._rust.close()


def _watch_each(root: str) -> RustNotify:
    """Watch every folder that there is; one that goes meanwhile is passed over."""
    for _ in range(_TRIES):
        with contextlib.suppress(FileNotFoundError):
            return _watch([*_folders(root)])
    return _watch([*_folders(root)])


def _watch(folders: list[str]) -> RustNotify:
    from watchfiles._rust_notify import RustNotify  # noqa: PLC0415  # its documented core

    return RustNotify(
        folders,
        False,  # debug
        False,  # force_polling
        300,  # poll_delay_ms
        False,  # recursive
        False,  # ignore_permission_denied
    )


def _folders(root: str) -> Iterator[str]:
    """Give the root and every folder below it that can be listed and named.

    A link is passed over: watched under two names a folder tells of its files under one of them.
    """
    yield root
    waiting = [root]
    while waiting:
        with contextlib.suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False) and _can_be_watched(entry):
                    yield entry.path
                    waiting.append(entry.path)


def _can_be_watched(entry: os.DirEntry[str]) -> bool:
    """Tell whether a folder may be listed; one whose name is no text would end the watcher."""
    try:
        entry.name.encode()
    except UnicodeEncodeError:
        return False
    return os.access(entry.path, os.R_OK)


def watch_folder(root: str, stop: threading.Event) -> Iterator[Changes]:
    """Watch a folder and all below it, unfiltered, at the pace of what happens."""
    pace = Pace()
    timeout = _FIRST_MS
    with contextlib.closing(Watcher(root)) as watcher:
        while True:
            heard = watcher.wait(min(timeout, pace.step()), timeout, stop)
            if heard is None:
                return
            if heard:
                pace.heard()
            timeout = _TIMEOUT_MS
            yield heard
