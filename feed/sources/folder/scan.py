"""What one look at the feed folder brought."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from feed.model.arrival import Arrival
from feed.records import record


@record(frozen=True, slots=True)
class Refusal:
    """A file or folder that is not taken, why, and what to do about it."""

    path: str
    what: str
    fix: str


@record(frozen=True, slots=True)
class Scan:
    """The arrivals of one look, or of one slice of it, and how the folder is."""

    arrivals: tuple[Arrival, ...] = ()
    found: int = 0
    """Files that this sweep came upon new or changed."""
    missed: int = 0
    """Those of them that had changed over a second before: no notice had named them."""
    pending: int = 0
    """Files that wait to be whole."""
    refused: tuple[Refusal, ...] = ()
    """Refused now for the first time, or for another reason than before."""
    no_longer_read: tuple[str, ...] = ()
    """Files that were read before and are refused as they stand now."""
    lost: bool = False
    """The folder is missing or cannot be listed; what was read stands."""
    lost_because: str = ""
    back: bool = False
    """The folder has come back, or another one stands in its place."""
    heartbeat_at: datetime | None = None
    retry_in: float | None = None
    """Seconds until a waiting file should be looked at again; none when nothing waits."""
    folders: int = 0
    """Names looked at that are folders: a watcher may not have heard what is new in them."""
    done: bool = True
    """False for a slice that more will follow."""
    passed_over: tuple[str, ...] = ()
    """Names come upon for the first time that are those of no feed files."""


@dataclass(slots=True)
class ScanTally:
    """What a look has brought since it was last told."""

    arrivals: list[Arrival] = field(default_factory=list)
    found: int = 0
    missed: int = 0
    folders: int = 0
    back: bool = False
    lost_because: str = ""
    passed_over: list[str] = field(default_factory=list)

    def to_scan(  # noqa: PLR0913  # each is a field of its own
        self,
        *,
        pending: int,
        refused: tuple[Refusal, ...],
        no_longer_read: tuple[str, ...],
        lost: bool,
        heartbeat_at: datetime | None,
        retry_in: float | None,
        done: bool,
    ) -> Scan:
        """Return the scan with how the folder is, and begin anew."""
        scan = Scan(
            arrivals=tuple(self.arrivals),
            found=self.found,
            missed=self.missed,
            pending=pending,
            refused=refused,
            no_longer_read=no_longer_read,
            lost=lost,
            lost_because=self.lost_because,
            back=self.back,
            heartbeat_at=heartbeat_at,
            retry_in=retry_in,
            folders=self.folders,
            done=done,
            passed_over=tuple(self.passed_over),
        )
        self.passed_over = []
        self.arrivals, self.found, self.missed, self.folders, self.back = [], 0, 0, 0, False
        return scan


def joined(slices: Iterable[Scan]) -> Scan:
    """Put the slices of one look together."""
    parts = tuple(slices)
    last = parts[-1]
    return Scan(
        arrivals=tuple(arrival for part in parts for arrival in part.arrivals),
        found=sum(part.found for part in parts),
        missed=sum(part.missed for part in parts),
        pending=last.pending,
        refused=tuple(refusal for part in parts for refusal in part.refused),
        no_longer_read=last.no_longer_read,
        lost=last.lost,
        lost_because=last.lost_because,
        back=any(part.back for part in parts),
        heartbeat_at=last.heartbeat_at,
        retry_in=last.retry_in,
        folders=sum(part.folders for part in parts),
        passed_over=tuple(name for part in parts for name in part.passed_over),
    )
