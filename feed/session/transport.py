"""Play, pause, speed and seek of a night as values: no clock is asked and nothing is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from feed.ledger.step import Step

SPEEDS = (0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1200.0, 3600.0)
"""Feed seconds a second, as the keys step through them."""
AS_FAST_AS_IT_GOES = float("inf")
REST = 5.0
"""Real seconds that a loop shows the end before it begins again."""


@dataclass(frozen=True, slots=True)
class Transport:
    """Where a replay is and how it moves; times are feed time."""

    start: datetime
    end: datetime
    now: datetime
    speed: float = 60.0
    playing: bool = True
    loop: bool = False
    gap_limit: float | None = None
    """Silence is cut to this many seconds at most, in real time."""
    rested: float = 0.0
    """Real seconds at the end so far, in a loop."""

    def advance(self, seconds: float, next_at: datetime | None) -> Transport:
        """Return the transport after `seconds` of real time.

        Args:
            seconds: real time since the last call, 0 or more.
            next_at: feed time of the next event, None after the last.

        """
        if not self.playing:
            return self
        if self.now >= self.end or next_at is None:
            return self._ended(seconds)
        if self.speed == AS_FAST_AS_IT_GOES:
            return replace(self, now=self.end)
        base = self.now
        if self.gap_limit is not None:
            base = max(base, next_at - timedelta(seconds=self.gap_limit * self.speed))
        return replace(self, now=min(self.end, base + timedelta(seconds=seconds * self.speed)))

    def _ended(self, seconds: float) -> Transport:
        if self.loop and self.rested + seconds < REST:
            return replace(self, now=self.end, rested=self.rested + seconds)
        if self.loop:
            return replace(self, now=self.start, rested=0.0)
        return replace(self, now=self.end, playing=False)

    def toggled(self) -> Transport:
        """Return the transport playing, or paused if it plays; at its end it begins again."""
        if not self.playing and self.now >= self.end:
            return replace(self, playing=True, now=self.start)
        return replace(self, playing=not self.playing)

    def sought(self, moment: datetime) -> Transport:
        """Return the transport at `moment`, kept between start and end."""
        return replace(self, now=min(self.end, max(self.start, moment)), rested=0.0)

    def faster(self) -> Transport:
        """Return the transport at the next higher speed."""
        higher = [speed for speed in SPEEDS if speed > self.speed]
        return replace(self, speed=higher[0] if higher else AS_FAST_AS_IT_GOES)

    def slower(self) -> Transport:
        """Return the transport at the next lower speed."""
        lower = [speed for speed in SPEEDS if speed < self.speed]
        return replace(self, speed=lower[-1] if lower else SPEEDS[0])

    def at_speed(self, speed: float) -> Transport:
        """Return the transport at `speed` feed seconds a second."""
        return replace(self, speed=speed)


def replay_transport(  # noqa: PLR0913
    steps: Sequence[Step],
    *,
    speed: float,
    loop: bool = False,
    gap_limit: float | None = None,
    start: datetime | None = None,
    playing: bool = True,
) -> Transport | None:
    """Return the transport of a saved feed: from its first news on, the rosters in already."""
    if not steps:
        return None
    happenings = [step.at for step in steps if step.happens]
    times = happenings or [step.at for step in steps]
    first, last = min(times), max(times)
    opening = first - timedelta(seconds=1)
    now = opening if start is None else min(last, max(opening, start))
    return Transport(opening, last, now, speed, playing, loop, gap_limit)
