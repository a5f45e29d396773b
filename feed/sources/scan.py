"""What one look at the feed folder brought."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from feed.arrival import Arrival


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file or folder that is not taken, why, and what to do about it."""

    path: str
    what: str
    fix: str


@dataclass(frozen=True, slots=True)
class Scan:
    """The arrivals of one look, or of one slice of it, and how the folder is."""

    arrivals: tuple[Arrival, ...] = ()
    found: int = 0
    """Files that this sweep came upon new or changed."""
    missed: int = 0
    """Those of them that had changed over a second before: no ring had told of them."""
    pending: int = 0
    """Files that wait to be whole."""
    refused: tuple[Refusal, ...] = ()
    """Refused now for the first time, or for another reason than before."""
    lost: bool = False
    """The folder is missing or cannot be listed; what was read stands."""
    lost_because: str = ""
    back: bool = False
    """The folder has come back, or another one stands in its place."""
    heartbeat_at: datetime | None = None
    retry_in: float | None = None
    """Seconds until a waiting file should be looked at again; none when nothing waits."""
    done: bool = True
    """False for a slice that more will follow."""


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
        lost=last.lost,
        lost_because=last.lost_because,
        back=any(part.back for part in parts),
        heartbeat_at=last.heartbeat_at,
        retry_in=last.retry_in,
    )
