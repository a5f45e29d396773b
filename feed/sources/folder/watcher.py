"""What changes below a folder, heard as a hint: soon while much happens, cheaply in a lull."""

from __future__ import annotations

import contextlib
import math
import os
import threading
import time
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from feed.file_names import is_ignored
from feed.records import record
from feed.safe_text import clean
from feed.sources.folder.change_signal import ChangeSignal, WatchPace

if TYPE_CHECKING:
    from watchfiles._rust_notify import RustNotify

_ADDED: Final = 1
_DEBOUNCE_MS: Final = 50
_FIRST_MS: Final = 10
_LATE_MS: Final = 10
"""How long after the system watchfiles may hear of a change."""
_TIMEOUT_MS: Final = 1_000
_SELDOM_MS: Final = 10_000
"""Where the system wakes us, a look in vain so often is enough in a lull."""
_SOON: Final = 0.02
"""Seconds after which it is looked again for what watchfiles may hear of later than we."""
_TRIES: Final = 4
"""How often the folders are listed again because one of them went before it was watched."""
_REST: Final = 3
"""Times as long as it took too long to watch all folders anew, before that is done again."""
_QUICK: Final = 0.1
"""Seconds that it may take."""

Changes = AbstractSet[tuple[int, str]]
Watch = Callable[[str, ChangeSignal], Iterator[Changes]]
"""Gives the changes below a folder, an empty set at least every so often, until told to stop."""
TOO_MANY: Final = 2_000
_GOODBYE: Final = 2.0


class RecursiveWatch:
    """Watches every folder below a root, each by itself.

    Watching the root with all below it would walk through every file in one go, in which nothing
    else of the program can run: half a second for 100,000 files.
    """

    def __init__(
        self, root: str, signal: ChangeSignal, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._root = root
        self._signal = signal
        self._clock = clock
        self._pace = WatchPace(clock)
        self._is_first = True
        """No signal tells of what has come between the watch and it."""
        self._told_at = clock()
        """When the system told of a change."""
        self._watch()
        self._is_outgrown = self._has_more()
        """There are folders, or may be, that are not watched yet."""
        self._new: set[str] = set()
        """Those of them that were heard of."""
        self._rests_until = clock()

    def wait(self, timeout: int) -> Changes | None:
        """Return what has changed within so many milliseconds; none when told to stop."""
        if self._is_outgrown:
            rest = math.ceil(1_000 * (self._rests_until - self._clock()))
            timeout = max(1, min(timeout, rest))
        heard = self._look(timeout)
        if heard is None:
            return None
        if heard:
            self._pace.heard(len({path for _, path in heard if not _is_passing(path)}))
        self._new |= {path for change, path in heard if change == _ADDED and _is_folder(path)}
        self._is_outgrown = self._is_outgrown or bool(self._new)
        if self._is_outgrown and self._clock() >= self._rests_until:
            return heard | self._watch_anew()
        return heard

    def _look(self, timeout: int) -> Changes | None:
        """Return what watchfiles has gathered, as soon as the system or its steps tell of any.

        It may hear of a change later than we do, so that it is looked again and again, each time
        after twice as long.
        """
        if self._is_first:
            self._is_first = False
            return self._gathered(_FIRST_MS, _FIRST_MS)
        if not self._signal.tells:
            return self._gathered(min(self._pace.step(), timeout), timeout)
        patience = min(timeout / 1_000, max(_SOON, self._clock() - self._told_at))
        if not self._signal.wait(patience, self._pace.gather()):
            return self._gathered(1, 1)
        self._told_at = self._clock()
        return self._gathered(0, 1) or self._gathered(1, _LATE_MS)

    def _gathered(self, step: int, timeout: int) -> Changes | None:
        answer = self._rust.watch(_DEBOUNCE_MS, step, timeout, self._signal)
        if isinstance(answer, str):
            return set() if answer == "timeout" else None
        return answer

    def _watch(self) -> None:
        """Watch every folder that there is."""
        self._rust, self._watched = _watch_each(self._root)
        self._signal.follow(self._watched)
        self._is_first = True

    def _watch_anew(self) -> Changes:
        """Watch the new folders too; give them, and what the old watch heard in the end.

        They are told again because of what came into them before they were watched.
        """
        began, before, old = self._clock(), self._watched, self._rust
        late: Changes = {(_ADDED, self._root)}
        try:
            self._watch()
        except OSError:  # there may be no room for both: what comes meanwhile is not heard
            old.close()
            self._watch()
        else:
            answer = old.watch(_DEBOUNCE_MS, 1, 1, self._signal)
            late = set() if isinstance(answer, str) else answer
            old.close()
        new = self._new | (self._watched - before)
        self._new, self._is_outgrown = set(), self._has_more()
        ended = self._clock()
        self._rests_until = ended + _REST * max(0.0, ended - began - _QUICK)
        return late | {(_ADDED, path) for path in new}

    def _has_more(self) -> bool:
        return not self._watched.issuperset(_folders(self._root))

    def close(self) -> None:
        """Watch no longer."""
        self._rust.close()


def _watch_each(root: str) -> tuple[RustNotify, frozenset[str]]:
    """Watch every folder that there is; one that goes meanwhile is passed over."""
    for _ in range(_TRIES):
        folders = [*_folders(root)]
        with contextlib.suppress(FileNotFoundError):
            return _watch(folders), frozenset(folders)
    folders = [*_folders(root)]
    return _watch(folders), frozenset(folders)


def _watch(folders: list[str]) -> RustNotify:
    """Watch folders by the core of watchfiles, which its documentation describes.

    Its `watch()` keeps one step for good and watches a tree in one go. A version that takes other
    arguments is kept out by the pin, and noticed by a test.
    """
    from watchfiles._rust_notify import RustNotify  # noqa: PLC0415  # see `_watch`

    return RustNotify(
        folders,
        False,  # debug
        False,  # force_polling
        300,  # poll_delay_ms
        False,  # recursive
        False,  # ignore_permission_denied
    )


def _folders(root: str) -> Iterator[str]:
    """Return the root and every folder below it that counts, and can be listed and named.

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
    """Whether a folder may be listed; one whose name is no text would end the watcher."""
    try:
        entry.name.encode()
    except UnicodeEncodeError:
        return False
    return not is_ignored(os.fsencode(entry.name)) and os.access(entry.path, os.R_OK)


def _is_folder(path: str) -> bool:
    """Whether a folder has come that counts."""
    name = os.fsencode(path).rpartition(b"/")[2]
    return not is_ignored(name) and os.path.isdir(path)  # noqa: PTH112


def _is_passing(path: str) -> bool:
    """Whether a file is one that another is made of by a rename."""
    return is_ignored(os.fsencode(path).rpartition(b"/")[2])


def watch_folder(root: str, signal: ChangeSignal) -> Iterator[Changes]:
    """Watch a folder and all below it, unfiltered, at the pace of what happens."""
    with contextlib.closing(RecursiveWatch(root, signal)) as watcher:
        while (heard := watcher.wait(_SELDOM_MS if signal.tells else _TIMEOUT_MS)) is not None:
            yield heard


@record(frozen=True, slots=True)
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
        self._signal: ChangeSignal | None = None

    def start(self, root: Path) -> None:
        """Start watching `root`; a notice with `works` says when it does."""
        self.stop()
        self._signal = signal = ChangeSignal()
        self._thread = threading.Thread(
            target=self._listen, args=(root, signal), name="nightdesk watcher", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Stop watching and forget what was heard, but not that a sweep was asked for."""
        if self._signal is not None:
            self._signal.set()
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

    def _listen(self, root: Path, signal: ChangeSignal) -> None:
        why = "it ended without a word"
        try:
            real = os.path.realpath(root)
            for number, changes in enumerate(self._watch(real, signal)):
                if signal.is_set():
                    return
                self._hear(real, changes, first=number == 0)
        except Exception as error:  # noqa: BLE001  # whatever the watcher dies of, sweeps go on
            why = clean(str(error)) or type(error).__name__
        finally:
            signal.close()
        if not signal.is_set():
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
