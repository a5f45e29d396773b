"""Reading the feed folder: what stands in it, compared with what was read before."""

from __future__ import annotations

import heapq
import os
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain, islice
from operator import attrgetter
from pathlib import Path
from stat import S_ISDIR, S_ISLNK, S_ISREG
from typing import Any, Final, Literal, Protocol, TypeVar

from feed.clock import in_nanoseconds, utc_now
from feed.file_names import escaped, is_heartbeat, is_ignored
from feed.sources.folder.intake import Intake, Limits
from feed.sources.folder.listing import (
    Folders,
    FoundFile,
    Unlisted,
    found_file,
    led_to,
    real_path,
)
from feed.sources.folder.safe_read import Denied, Gone
from feed.sources.folder.scan import Scan, ScanTally, joined

SLICE_SECONDS: Final = 0.05
_NOTICE_OVERDUE: Final = 1_000_000_000
"""Nanoseconds."""
_OLDEST_FIRST: Final = attrgetter("modified_ns", "path")
_RUN: Final = 5_000
"""Sorted at once: a few milliseconds, in which no other thread can run."""
RootState = Literal["same", "lost", "other"]
Identity = tuple[int, int]
"""Device and inode."""


class Reconciler:
    """Finds what is new in a folder: a notice is a hint, a scan is the truth."""

    def __init__(  # noqa: PLR0913  # each is a setting of its own
        self,
        root: Path,
        *,
        settle: float = 2.0,
        follow_symlinks: bool = False,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = utc_now,
        max_size: int = 64 << 20,
        max_lines: int = 64 << 20,
        max_files: int = 1_000_000,
        once: bool = False,
    ) -> None:
        self._path = os.fsencode(root)
        self._root = Root(root)
        self._follow = follow_symlinks
        self._clock = clock
        self._now = now
        self._max_files = max_files
        self._once = once
        self._intake = Intake(Limits(settle, max_size, max_lines, once), clock, now)
        self._passed_over: set[bytes] = set()
        self.listing_took = 0.0
        """Real seconds that the last sweep spent on names and times."""

    def root_state(self) -> RootState:
        """Whether the folder is still the one that was scanned."""
        return self._root.state()

    def scan(self) -> Scan:
        """Sweep the whole folder in one go."""
        return joined(self.scan_slices(float("inf")))

    def scan_slices(self, budget_seconds: float = SLICE_SECONDS) -> Generator[Scan]:
        """Sweep the whole folder, oldest file first, giving what is ready every so often."""
        yield from self._look(budget_seconds, self._listed)

    def look(self, paths: Iterable[bytes]) -> Scan:
        """Look into `paths` below the root, files or folders, and nothing else."""
        return joined(self.look_slices(paths, float("inf")))

    def look_slices(
        self, paths: Iterable[bytes], budget_seconds: float = SLICE_SECONDS
    ) -> Iterator[Scan]:
        """Do the same as `look` in slices."""
        wanted = tuple(paths)
        yield from self._look(
            budget_seconds, lambda folders, tally: self._rung(folders, wanted, tally)
        )

    def retry(self) -> Scan:
        """Look again into the files whose time has come."""
        return self.look(self._intake.waiting.due())

    def retry_slices(self, budget_seconds: float = SLICE_SECONDS) -> Iterator[Scan]:
        """Do the same as `retry` in slices."""
        yield from self.look_slices(self._intake.waiting.due(), budget_seconds)

    def _look(
        self, budget: float, names: Callable[[Folders, ScanTally], Iterator[FoundFile]]
    ) -> Iterator[Scan]:
        try:
            folders = Folders(self._path)
        except OSError as error:
            self._root.is_lost = True
            yield self._scan(ScanTally(lost_because=(error.strerror or str(error)).lower()))
            return
        with folders:
            tally = ScanTally(back=self._root.entered(folders.identity()))
            try:
                yield from self._taken(folders, names(folders, tally), budget, tally)
            except Exception:  # what was taken before it is given all the same
                yield self._scan(tally, done=False)
                raise

    def _taken(
        self, folders: Folders, names: Iterator[FoundFile], budget: float, tally: ScanTally
    ) -> Iterator[Scan]:
        until = self._clock() + budget
        overdue = self._overdue()
        self._intake.forget_gone(folders)
        changed: list[FoundFile] = []
        for it in names:
            changed.append(it)
            if self._once:
                continue  # nobody asks how many there were, or waits for a slice of them
            if S_ISREG(it.mode) and not is_heartbeat(it.path) and self._intake.is_news(it.path):
                tally.found += 1
                tally.missed += max(it.modified_ns, it.changed_ns) < overdue
            if self._clock() >= until:
                yield self._scan(tally, done=False)
                until = self._clock() + budget
                overdue = self._overdue()
        in_order = sorted if self._once else sorted_in_runs
        for it in in_order(changed, key=_OLDEST_FIRST):
            for arrival in self._intake.take(folders, it):
                tally.arrivals.append(arrival)
                if self._clock() >= until:
                    yield self._scan(tally, done=False)
                    until = self._clock() + budget
        yield self._scan(tally)

    def _overdue(self) -> int:
        """Return since when a notice of a change would have come by now, as files have times."""
        return in_nanoseconds(self._now()) - _NOTICE_OVERDUE

    def _scan(self, tally: ScanTally, *, done: bool = True) -> Scan:
        waiting = self._intake.waiting
        scan = tally.to_scan(
            pending=len(waiting),
            refused=tuple(self._intake.refusals),
            no_longer_read=self._intake.no_longer_read(),
            lost=self._root.is_lost,
            heartbeat_at=self._intake.heartbeat_at,
            retry_in=waiting.next_in(),
            done=done,
        )
        self._intake.refusals.clear()
        return scan

    def _listed(self, folders: Folders, tally: ScanTally) -> Iterator[FoundFile]:
        began = time.perf_counter()
        names = folders.listed(bare=self._once)
        first = (*islice(names, 1),)
        yield from self._changed(folders, islice(chain(first, names), self._max_files))
        if next(names, None) is not None:
            what = f"holds more than {self._max_files:,} files; the rest is not read"
            self._intake.refuse(b".", Denied(what, "move what is done with elsewhere"))
        self.listing_took = time.perf_counter() - began
        tally.passed_over += sorted(escaped(it) for it in folders.passed_over - self._passed_over)
        self._passed_over |= folders.passed_over
        self._root.was_listed(empty=not first)
        if self._root.is_lost:
            tally.back, tally.lost_because = False, "nothing is mounted there"

    def _rung(
        self, folders: Folders, paths: Iterable[bytes], tally: ScanTally
    ) -> Iterator[FoundFile]:
        for path in dict.fromkeys(paths):
            *above, name = path.split(b"/")
            if any(map(is_ignored, above)) or (is_ignored(name) and not is_heartbeat(name)):
                continue
            try:
                it = self._at(folders, path)
            except (Gone, Denied):
                self._intake.waiting.drop(path)
                continue
            if S_ISDIR(it.mode):
                tally.folders += 1
                yield from self._changed(folders, folders.listed(path))
            elif self._follow and S_ISLNK(it.mode):
                yield from self._led_to(folders, it)
            else:
                yield it

    def _at(self, folders: Folders, path: bytes) -> FoundFile:
        try:
            return found_file(path, folders.status(path))
        except Gone:
            if not self._follow:
                raise
            at = real_path(self._path, path)
            return found_file(path, folders.status(at), at)

    def _changed(
        self, folders: Folders, names: Iterable[FoundFile | Unlisted]
    ) -> Iterator[FoundFile]:
        """Return those names that there is something to do about."""
        for it in names:
            if isinstance(it, Unlisted):
                self._intake.refuse(it.path or b".", it.why)
            elif self._follow and S_ISLNK(it.mode):
                yield from self._changed(folders, self._led_to(folders, it))
            elif not self._intake.is_unchanged(it.path, it.mark):
                yield it

    def _led_to(self, folders: Folders, link: FoundFile) -> Iterator[FoundFile]:
        try:
            yield from led_to(folders, self._path, link.path)
        except Gone:
            return
        except Denied as why:
            self._intake.refuse(link.path, why)


class _Ordered(Protocol):
    def __lt__(self, other: Any, /) -> bool: ...  # noqa: ANN401


T = TypeVar("T")


def sorted_in_runs(items: Sequence[T], key: Callable[[T], _Ordered]) -> Iterable[T]:
    """Return `items` in the order of `key`, equal ones as they stand.

    One sort of 100,000 would keep the screen from being drawn for a tenth of a second.
    """
    if len(items) <= _RUN:
        return sorted(items, key=key)
    return heapq.merge(*_runs(items, key), key=key)


def _runs(items: Sequence[T], key: Callable[[T], _Ordered]) -> Iterator[list[T]]:
    for at in range(0, len(items), _RUN):
        yield sorted(items[at : at + _RUN], key=key)


class Root:
    """Remembers which folder was read, so that its loss and its return are noticed."""

    def __init__(self, path: Path) -> None:
        self.is_lost = False
        self._path = path
        self._identity: Identity | None = None
        self._device: int | None = None

    def state(self) -> RootState:
        """Whether the folder is still the one that was read."""
        try:
            status = self._path.stat()
        except OSError:
            return "lost"
        identity = (status.st_dev, status.st_ino)
        return "other" if self.is_lost or identity != self._identity else "same"

    def entered(self, identity: Identity) -> bool:
        """Note which folder is being read; return whether it is back, or another one."""
        back = self.is_lost or self._identity not in {None, identity}
        self._identity = identity
        self.is_lost = False
        return back

    def was_listed(self, *, empty: bool) -> None:
        """Note what was in it: an empty folder of another device is a share not mounted."""
        device = None if self._identity is None else self._identity[0]
        if not empty:
            self._device = device
        elif self._device not in {None, device}:
            self.is_lost = True
