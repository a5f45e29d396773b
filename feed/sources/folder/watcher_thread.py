"""The watcher's thread: that something changed is a hint, and never the truth."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from feed.safe_text import clean
from feed.sources.folder.watcher import Changes, Watch, watch_folder

TOO_MANY: Final = 2_000
_GOODBYE: Final = 2.0


@dataclass(frozen=True, slots=True)
class ChangeNotice:
    """What has been heard since the last time somebody listened."""

    paths: tuple[bytes, ...] = ()
    """Below the root."""
    sweep: bool = False
    """Something that names cannot tell: too many of them, the root itself, or a request."""
    works: bool = False
    """The watcher works from now on: what comes is heard, what is there must be looked for."""
    broken: str = ""
    """Why the watcher has ended."""


class Watcher(Protocol):
    """What a source needs of a watcher."""

    def start(self, root: Path) -> None:
        """Start watching."""

    def stop(self) -> None:
        """Stop watching."""

    def request_sweep(self) -> None:
        """Ask for a sweep."""

    def wait(self, timeout: float) -> ChangeNotice:
        """Return what was heard, after at most `timeout` seconds."""
        ...


class WatcherThread:
    """Runs one watcher at a time in a thread of its own and gathers what it hears."""

    def __init__(self, watch: Watch = watch_folder) -> None:
        self._watch = watch
        self._heard = threading.Condition()
        self._paths: dict[bytes, None] = {}
        self._sweep = self._works = False
        self._broken = ""
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()

    def start(self, root: Path) -> None:
        """Start watching `root`; a notice with `works` says when it does."""
        self.stop()
        self._stop = stop = threading.Event()
        self._thread = threading.Thread(
            target=self._listen, args=(root, stop), name="nightdesk watcher", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Stop watching and forget what was heard, but not that a sweep was asked for."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(_GOODBYE)
            self._thread = None
        with self._heard:
            asked = self._sweep
            self._collect()
            self._sweep = asked

    def request_sweep(self) -> None:
        """Wake whoever waits and ask for a sweep."""
        with self._heard:
            self._sweep = True
            self._heard.notify_all()

    def wait(self, timeout: float) -> ChangeNotice:
        """Return what was heard, after at most `timeout` seconds."""
        with self._heard:
            self._heard.wait_for(self._has_heard, timeout)
            return self._collect()

    def _has_heard(self) -> bool:
        return bool(self._paths or self._sweep or self._works or self._broken)

    def _collect(self) -> ChangeNotice:
        notice = ChangeNotice(tuple(self._paths), self._sweep, self._works, self._broken)
        self._paths = {}
        self._sweep = self._works = False
        self._broken = ""
        return notice

    def _listen(self, root: Path, stop: threading.Event) -> None:
        why = "it ended without a word"
        try:
            real = os.path.realpath(root)
            for number, changes in enumerate(self._watch(real, stop)):
                if stop.is_set():
                    return
                self._hear(real, changes, first=number == 0)
        except Exception as error:  # noqa: BLE001  # whatever the watcher dies of, sweeps go on
            why = clean(str(error)) or type(error).__name__
        if not stop.is_set():
            with self._heard:
                self._broken = why
                self._heard.notify_all()

    def _hear(self, root: str, changes: Changes, *, first: bool) -> None:
        base = root.rstrip("/") + "/"
        below = {path.removeprefix(base) for _, path in changes if path.startswith(base)}
        outside = any(not path.startswith(base) for _, path in changes)
        with self._heard:
            self._works = self._works or first
            self._sweep = self._sweep or outside or len(below) >= TOO_MANY
            self._paths |= {os.fsencode(path): None for path in below}
            if len(self._paths) >= TOO_MANY:
                self._sweep = True
                self._paths = {}
            if self._has_heard():
                self._heard.notify_all()
