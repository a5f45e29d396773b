"""What a screen is given: the standing at the moment looked at, and how it got there."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Literal

from feed.model.standing import Standing
from feed.records import record

Mode = Literal["live", "paused", "review", "replay"]
"""live: at the edge; paused: live, frozen; review: live, looking back; replay: a saved feed."""


@record(frozen=True, slots=True)
class SourceHealth:
    """How the source is."""

    state: Literal["loading", "ok", "polling", "lost", "ended"] = "loading"
    says: str = ""
    """One sentence for the headline bar: `feed directory missing since 02:14`."""
    path: str = ""
    heartbeat_at: datetime | None = None
    """The newest `.timestamp` of the feed, UTC; none where it has none."""
    last_arrival_at: datetime | None = None
    """Wall time of the last delivery."""
    recording: str = ""
    """Where the arrivals are recorded; empty when they are not."""
    unsaved: int = 0
    """Arrivals that could not be written to the recording yet."""
    no_longer_read: tuple[str, ...] = ()
    """Files that have grown past a limit or cannot be opened: their older figures stand."""
    stage: str = ""
    """What the presenter's wall shows, as it was told over the hub; empty where none was."""
    hub: str = ""
    """What is wrong with the hub that the recording is published to; empty while all is well."""


@record(frozen=True, slots=True)
class Tick:
    """A moment worth a mark on the transport bar."""

    position: int
    """Steps folded when it has happened."""
    at: datetime
    kind: Literal["change", "correction"]


@record(frozen=True, slots=True)
class TransportView:
    """The transport bar's figures; times are feed time, UTC."""

    playing: bool
    speed: float
    """Feed seconds a second; infinite for as fast as it goes."""
    now: datetime
    start: datetime
    end: datetime
    gap_limit: float | None = None
    """Silence is cut to this many seconds at most, in real time."""
    loop: bool = False
    ticks: tuple[Tick, ...] = ()


@record(frozen=True, slots=True)
class View:
    """One frame: what every pane and bar draws from."""

    standing: Standing
    mode: Mode = "live"
    source: SourceHealth = SourceHealth()
    new: int = 0
    """Entries that came in after the moment looked at."""
    transport: TransportView | None = None
    """None while live at the edge."""
    clock: datetime | None = None
    """Feed time now, UTC: the wall clock when live, the transport's time in replay."""
    seen: Standing | None = None
    """The standing when somebody last looked, in an earlier run of the desk."""
    acknowledged: int = 0
    """Problems of the standing that somebody has acknowledged."""
    pinned: frozenset[str] = frozenset()
    """The kinds of trouble that stand in full below the headline."""
    since: str = ""
    """What the viewer compares with: `since 02:10`; empty when nothing is marked."""

    def at(self, now: datetime) -> View:
        """Return the same as the wall's clock goes on, which live is the feed's."""
        return self if self.transport is not None else replace(self, clock=now)
