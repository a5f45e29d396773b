"""A feed that is a folder: every file that appears in it is delivered once, soon and whole."""

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from feed.clock import hh_mm, utc_now
from feed.file_names import escaped
from feed.model.arrival import Arrival
from feed.model.view import SourceHealth
from feed.records import record
from feed.safe_text import clean
from feed.sources.folder.reconciler import Reconciler
from feed.sources.folder.scan import Refusal, Scan
from feed.sources.folder.schedule import LONGEST_WAIT, Schedule
from feed.sources.folder.watcher import ChangeNotice, Watcher, WatcherThread

_MISSING: Final = frozenset({"", "no such file or directory", "not a directory"})
_logger: Final = logging.getLogger(__name__)
_POLLING_PERIOD: Final = 1.0
_NETWORK_PERIOD: Final = 2.0
_AFTER_A_FOLDER: Final = 0.1
_LONGEST_PAUSE: Final = 5.0
_MOUNTS: Final = Path("/proc/self/mountinfo")
_OCTAL: Final = re.compile(rb"\\([0-7]{3})")
_NETWORK: Final = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "9p",
        "afs",
        "ceph",
        "glusterfs",
        "lustre",
        "vboxsf",
        "fuse",
    }
)


@dataclass(slots=True)
class FolderCondition:
    """What is known about the folder and the notices of its changes."""

    polling_because: str = ""
    """Why there are no notices that can be relied on, by choice or by the file system."""
    loaded: bool = False
    lost_at: datetime | None = None
    lost_because: str = ""
    watcher_trouble: str = ""
    trouble: str = ""

    def applied_to(self, health: SourceHealth, period: float) -> SourceHealth:
        """Put it into `health`; `period` is the time between two sweeps."""
        if self.lost_at is not None:
            return replace(health, state="lost", says=f"feed directory {self._lost_how()}")
        if self.trouble:
            return replace(health, says=f"trouble with the feed: {self.trouble}")
        if not self.loaded:
            return replace(health, state="loading", says="reading the feed folder")
        because = self.polling_because or self.watcher_trouble
        if because:
            says = f"{because}: looking every {period:g} s"
            return replace(health, state="polling", says=says)
        return replace(health, state="ok", says="")

    def _lost_how(self) -> str:
        since = "" if self.lost_at is None else hh_mm(self.lost_at)
        if self.lost_because in _MISSING:
            return f"missing since {since}"
        return f"cannot be read since {since} ({self.lost_because})"


@record(frozen=True, slots=True)
class Delivery:
    """What a source hands over: the arrivals, in order, and how it is itself."""

    arrivals: tuple[Arrival, ...] = ()
    health: SourceHealth = field(default_factory=SourceHealth)
    found_by_scan: int = 0
    """Files among them that no notice told of, only a later sweep."""
    refused: tuple[Refusal, ...] = ()
    passed_over: tuple[str, ...] = ()
    """Names come upon for the first time that are those of no feed files."""


class DirectorySource:
    """Watches a folder from one thread; `run` is that thread's work."""

    def __init__(  # noqa: PLR0913  # each is a setting of its own
        self,
        root: Path,
        *,
        force_polling: bool = False,
        period: float | None = None,
        settle: float = 2.0,
        follow_symlinks: bool = False,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = utc_now,
        watcher: Watcher | None = None,
        longest_wait: float = LONGEST_WAIT,
    ) -> None:
        self._root = root
        self._clock = clock
        self._now = now
        self._reconciler = Reconciler(
            root, settle=settle, follow_symlinks=follow_symlinks, clock=clock, now=now
        )
        self._watcher = WatcherThread() if watcher is None else watcher
        self._condition = FolderCondition()
        network = network_file_system(root)
        if force_polling:
            self._condition.polling_because = "without notices of changes"
            period = _POLLING_PERIOD if period is None else period
        elif network is not None:
            self._condition.polling_because = f"network file system ({network})"
            period = _NETWORK_PERIOD if period is None else period
        self._schedule = Schedule(
            clock, period, watcher=not force_polling, longest_wait=longest_wait
        )
        self._health = SourceHealth(path=escaped(bytes(root)))
        self._last_health: SourceHealth | None = None
        self._undelivered = Delivery()

    def rescan(self) -> None:
        """Ask for a sweep now; to be called from any thread."""
        self._watcher.request_sweep()

    def run(self, deliver: Callable[[Delivery], None], stop: threading.Event) -> None:
        """Deliver until told to stop; whatever goes wrong is told, logged and tried again."""
        pause = _AFTER_A_FOLDER
        try:
            while not stop.is_set():
                try:
                    self._look_round(deliver, stop)
                except Exception as error:
                    _logger.exception("the feed folder could not be read")
                    self._condition.trouble = clean(str(error)) or type(error).__name__
                    self._schedule.sweep_soon()
                    stop.wait(pause)
                    pause = min(_LONGEST_PAUSE, 2 * pause)
                else:
                    self._condition.trouble = ""
                    pause = _AFTER_A_FOLDER
        finally:
            self._watcher.stop()

    def _look_round(self, deliver: Callable[[Delivery], None], stop: threading.Event) -> None:
        if self._schedule.watcher_is_due():
            self._schedule.watcher_is_starting()
            self._watcher.start(self._root)
        notice = self._listen()
        if self._schedule.root_is_due() and self._reconciler.root_state() != "same":
            self._schedule.sweep_soon()
        for scan in self._due(notice):
            self._gather(scan)
            self._note(scan)
            self._post(deliver)
            if stop.is_set():
                return
        self._post(deliver)

    def _listen(self) -> ChangeNotice:
        asked = self._schedule.wait_for()
        clock, wall = self._clock(), self._now()
        notice = self._watcher.wait(asked)
        waited = max(self._clock() - clock, (self._now() - wall).total_seconds())
        if notice.sweep or self._schedule.has_slept(asked, waited):
            self._schedule.sweep_soon()
        if notice.works:
            self._schedule.watcher_works()
            self._condition.watcher_trouble = ""
            self._schedule.sweep_soon()
        if notice.broken and self._condition.lost_at is None:
            self._watcher.stop()
            self._schedule.watcher_is_down()
            self._condition.watcher_trouble = f"no notice of changes ({notice.broken})"
            self._schedule.sweep_soon()
        return notice

    def _due(self, notice: ChangeNotice) -> Iterator[Scan]:
        if notice.paths:
            yield from self._reconciler.look_slices(notice.paths)
        if self._schedule.sweep_is_due():
            yield from self._sweep()
        elif self._schedule.retry_is_due():
            yield from self._reconciler.retry_slices()

    def _sweep(self) -> Iterator[Scan]:
        for scan in self._reconciler.scan_slices():
            if not self._condition.loaded or not self._schedule.has_watcher:
                yield replace(scan, missed=0)
            else:
                yield scan
            if scan.done and not scan.lost:
                self._condition.loaded = True
        self._schedule.swept(self._reconciler.listing_took)

    def _note(self, scan: Scan) -> None:
        self._health = replace(self._health, no_longer_read=scan.no_longer_read)
        self._schedule.retry_after(scan.retry_in)
        if scan.folders:
            self._schedule.sweep_soon(_AFTER_A_FOLDER)
        if scan.lost and self._condition.lost_at is None:
            self._condition.lost_at = self._now()
            self._condition.lost_because = scan.lost_because
            self._watcher.stop()
            self._schedule.no_watcher_while_lost()
        if scan.back:
            self._condition.lost_at = None
            self._condition.watcher_trouble = ""
            self._watcher.stop()
            self._schedule.watcher_is_down(start_at_once=True)

    def _gather(self, scan: Scan) -> None:
        """Put what a scan brought to what is to be handed over: nothing comes before it."""
        waiting = self._undelivered
        self._undelivered = Delivery(
            waiting.arrivals + scan.arrivals,
            waiting.health,
            waiting.found_by_scan + scan.missed,
            waiting.refused + scan.refused,
            waiting.passed_over + scan.passed_over,
        )
        if scan.arrivals:
            self._health = replace(self._health, last_arrival_at=self._now())
        if scan.heartbeat_at is not None:
            self._health = replace(self._health, heartbeat_at=scan.heartbeat_at)

    def _post(self, deliver: Callable[[Delivery], None]) -> None:
        """Hand over what waits, and how the source is where that has changed."""
        health = self._condition.applied_to(self._health, self._schedule.period)
        waiting = replace(self._undelivered, health=health)
        if (
            waiting.arrivals
            or waiting.refused
            or waiting.passed_over
            or health != self._last_health
        ):
            deliver(waiting)
            self._last_health = health
            self._undelivered = Delivery()


def network_file_system(folder: Path, mounts: Path = _MOUNTS) -> str | None:
    """Name the network file system that a folder lies on; none for a local or unknown one."""
    try:
        table = mounts.read_bytes()
        path = bytes(folder.resolve())
    except OSError:
        return None
    kind = _kind_at(path.rstrip(b"/") + b"/", table).decode("ascii", "replace")
    return kind if kind in _NETWORK or kind.startswith("fuse.") else None


def _kind_at(path: bytes, table: bytes) -> bytes:
    best, kind = b"", b""
    for line in table.splitlines():
        before, _, after = line.partition(b" - ")
        place, system = before.split(b" ")[4:5], after.split(b" ")[0]
        point = _OCTAL.sub(lambda found: bytes([int(found[1], 8) & 0xFF]), b"".join(place))
        base = point.rstrip(b"/") + b"/"
        if path.startswith(base) and len(base) >= len(best):
            best, kind = base, system
    return kind
