"""A feed that is a folder: every file that appears in it is delivered once, soon and whole."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from feed.clock import utc_now
from feed.file_names import escaped
from feed.model.arrival import Arrival
from feed.model.view import SourceHealth
from feed.safe_text import clean
from feed.sources.folder.comparison import Reconciler
from feed.sources.folder.health import Condition
from feed.sources.folder.mounts import network_file_system
from feed.sources.folder.notices import Bell, Doorbell, Ring
from feed.sources.folder.scan import Refusal, Scan
from feed.sources.folder.schedule import TURN, Rota

_logger: Final = logging.getLogger(__name__)
_POLLING_PERIOD: Final = 1.0
_NETWORK_PERIOD: Final = 2.0
_AFTER_A_FOLDER: Final = 0.1
_LONGEST_PAUSE: Final = 5.0


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a source hands over: the arrivals, in order, and how it is itself."""

    arrivals: tuple[Arrival, ...] = ()
    health: SourceHealth = field(default_factory=SourceHealth)
    found_by_scan: int = 0
    """Files among them that no notice told of, only a later sweep."""
    refused: tuple[Refusal, ...] = ()


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
        bell: Bell | None = None,
        turn: float = TURN,
    ) -> None:
        self._root = root
        self._clock = clock
        self._now = now
        self._reconciler = Reconciler(
            root, settle=settle, follow_symlinks=follow_symlinks, clock=clock, now=now
        )
        self._bell = Doorbell() if bell is None else bell
        self._condition = Condition()
        network = network_file_system(root)
        if force_polling:
            self._condition.polling_because = "without notices of changes"
            period = _POLLING_PERIOD if period is None else period
        elif network is not None:
            self._condition.polling_because = f"network file system ({network})"
            period = _NETWORK_PERIOD if period is None else period
        self._rota = Rota(clock, period, bell=not force_polling, turn=turn)
        self._health = SourceHealth(path=escaped(bytes(root)))
        self._told: SourceHealth | None = None
        self._outbox = Delivery()

    def remember(self, arrivals: Iterable[Arrival]) -> None:
        """Take a recording's arrivals as delivered; to be called before `run`, after a restart."""
        self._reconciler.remember(arrivals)

    def rescan(self) -> None:
        """Ask for a sweep now; to be called from any thread."""
        self._bell.press()

    def run(self, deliver: Callable[[Delivery], None], stop: threading.Event) -> None:
        """Deliver until told to stop; whatever goes wrong is told, logged and tried again."""
        pause = _AFTER_A_FOLDER
        try:
            while not stop.is_set():
                try:
                    self._turn(deliver, stop)
                except Exception as error:
                    _logger.exception("the feed folder could not be read")
                    self._condition.trouble = clean(str(error)) or type(error).__name__
                    self._rota.sweep_soon()
                    stop.wait(pause)
                    pause = min(_LONGEST_PAUSE, 2 * pause)
                else:
                    self._condition.trouble = ""
                    pause = _AFTER_A_FOLDER
        finally:
            self._bell.take_down()

    def _turn(self, deliver: Callable[[Delivery], None], stop: threading.Event) -> None:
        if self._rota.bell_is_due():
            self._rota.bell_is_being_hung()
            self._bell.hang(self._root)
        ring = self._listen()
        if self._rota.root_is_due() and self._reconciler.root_state() != "same":
            self._rota.sweep_soon()
        for scan in self._due(ring):
            self._note(scan)
            self._post(scan, deliver)
            if stop.is_set():
                return
        self._post(Scan(), deliver)

    def _listen(self) -> Ring:
        asked = self._rota.wait_for()
        clock, wall = self._clock(), self._now()
        ring = self._bell.wait(asked)
        waited = max(self._clock() - clock, (self._now() - wall).total_seconds())
        if ring.sweep or self._rota.has_slept(asked, waited):
            self._rota.sweep_soon()
        if ring.hung:
            self._rota.bell_hangs()
            self._condition.bell_trouble = ""
            self._rota.sweep_soon()
        if ring.broken and self._condition.lost_at is None:
            self._bell.take_down()
            self._rota.bell_is_down()
            self._condition.bell_trouble = f"no notice of changes ({ring.broken})"
            self._rota.sweep_soon()
        return ring

    def _due(self, ring: Ring) -> Iterator[Scan]:
        if ring.paths:
            yield from self._reconciler.look_slices(ring.paths)
        if self._rota.sweep_is_due():
            yield from self._sweep()
        elif self._rota.retry_is_due():
            yield from self._reconciler.retry_slices()

    def _sweep(self) -> Iterator[Scan]:
        for scan in self._reconciler.scan_slices():
            if not self._condition.loaded or not self._rota.has_bell:
                yield replace(scan, missed=0)
            else:
                yield scan
            if scan.done and not scan.lost:
                self._condition.loaded = True
        self._rota.swept(self._reconciler.listing_took)

    def _note(self, scan: Scan) -> None:
        self._rota.retry_after(scan.retry_in)
        if scan.folders:
            self._rota.sweep_soon(_AFTER_A_FOLDER)
        if scan.lost and self._condition.lost_at is None:
            self._condition.lost_at = self._now()
            self._condition.lost_because = scan.lost_because
            self._bell.take_down()
            self._rota.no_bell_while_lost()
        if scan.back:
            self._condition.lost_at = None
            self._condition.bell_trouble = ""
            self._bell.take_down()
            self._rota.bell_is_down(hang_at_once=True)

    def _post(self, scan: Scan, deliver: Callable[[Delivery], None]) -> None:
        if scan.arrivals:
            self._health = replace(self._health, last_arrival_at=self._now())
        if scan.heartbeat_at is not None:
            self._health = replace(self._health, heartbeat_at=scan.heartbeat_at)
        box = self._outbox
        self._outbox = Delivery(
            box.arrivals + scan.arrivals,
            self._condition.told(self._health, self._rota.period),
            box.found_by_scan + scan.missed,
            box.refused + scan.refused,
        )
        box = self._outbox
        if box.arrivals or box.refused or box.health != self._told:
            deliver(box)
            self._told = box.health
            self._outbox = Delivery()
