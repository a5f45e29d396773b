"""Where a viewer is in a night, and how time moves it: values alone, no clock is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from feed.ledger.night import Night
from feed.ledger.step import Step
from feed.model.intents import Intent
from feed.model.view import Mode, TransportView
from feed.records import record

SPEEDS = (0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1200.0, 3600.0)
"""Feed seconds a second, as the keys step through them."""
AS_FAST_AS_IT_GOES = float("inf")
REST = 5.0
"""Real seconds that a loop shows the end before it begins again."""


@record(frozen=True, slots=True)
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


@record(frozen=True, slots=True)
class ViewerPosition:
    """Live at the edge, paused, looking back, or in a replay; every move gives a new value."""

    live: bool
    """The night still grows: its edge is where a live viewer belongs."""
    mode: Mode
    position: int = 0
    """Steps of the night that are shown."""
    transport: Transport | None = None

    @property
    def moves(self) -> bool:
        """Whether time moves it."""
        return self.transport is not None and self.transport.playing

    def loaded(self, night: Night) -> ViewerPosition:
        """Return the position when what was saved is in."""
        if self.transport is None:
            return self.followed(night)
        return replace(self, position=night.position_at(self.transport.now))

    def followed(self, night: Night) -> ViewerPosition:
        """Return the position in a night that has grown: at the edge it goes along."""
        if self.mode == "live":
            return replace(self, position=len(night))
        if not self.live or self.transport is None or night.last_at is None:
            return self
        end = max(self.transport.end, night.last_at)
        return replace(self, transport=replace(self.transport, end=end))

    def passed(self, seconds: float, night: Night) -> ViewerPosition:
        """Return the position after `seconds` of real time."""
        transport = self.transport
        if transport is None or not transport.playing:
            return self
        moved = transport.advance(seconds, night.next_after(self.position))
        position = night.position_at(moved.now)
        if moved.now >= transport.now:
            position = max(self.position, position)
        return replace(self, position=position, transport=moved).at_edge_if_there(night)

    def asked(self, intent: Intent, night: Night) -> ViewerPosition:
        """Return the position after what a viewer asks."""
        match intent.what:
            case "toggle":
                return self._toggled(night)
            case "edge":
                return self._at_edge(night)
            case "seek" | "nudge":
                return self._sought(intent, night)
            case "step":
                there = night.step_from(self.position, intent.by, intent.direction)
            case "position":
                there = intent.number
            case "entry":
                there = night.position_of_entry(intent.number)
            case _:
                return self._set(intent)
        return self.looking_back(night).gone_to(there, night)

    def shown(self, night: Night) -> TransportView | None:
        """Return the transport bar's figures; None at the live edge."""
        transport = self.transport
        if transport is None:
            return None
        return TransportView(
            playing=transport.playing, speed=transport.speed, now=transport.now,
            start=transport.start, end=transport.end, gap_limit=transport.gap_limit,
            loop=transport.loop, ticks=night.ticks,
        )  # fmt: skip

    def _toggled(self, night: Night) -> ViewerPosition:
        if self.mode == "live":
            return replace(self, mode="paused")
        if self.mode == "paused":
            return self._at_edge(night)
        if self.transport is None:
            return self
        toggled = self.transport.toggled()
        position = self.position
        if toggled.now < self.transport.now:
            position = night.position_at(toggled.now)
        return replace(self, position=position, transport=toggled)

    def _at_edge(self, night: Night) -> ViewerPosition:
        if self.live:
            return ViewerPosition(self.live, "live", len(night))
        if self.transport is None:
            return replace(self, position=len(night))
        ended = replace(self.transport, now=self.transport.end, playing=False)
        return replace(self, position=len(night), transport=ended)

    def at_edge_if_there(self, night: Night) -> ViewerPosition:
        """Return the position live again where a live viewer has come to the edge."""
        return self._at_edge(night) if self.live and self.position >= len(night) else self

    def looking_back(self, night: Night) -> ViewerPosition:
        """Leave the edge: from here on the viewer's own place in the night is shown."""
        if self.transport is not None:
            return replace(self, transport=replace(self.transport, playing=False))
        start, end = night.time_at(1), night.last_at
        if not self.live or start is None or end is None:
            return self
        now = night.time_at(self.position) or start
        return replace(
            self, mode="review", transport=Transport(start, end, now, speed=60.0, playing=False)
        )

    def gone_to(self, position: int, night: Night) -> ViewerPosition:
        """Return the position at `position`, kept between the beginning and the edge."""
        position = max(0, min(position, len(night)))
        transport = self.transport
        if transport is not None:
            at = night.time_at(position) or transport.start
            transport = replace(transport, end=max(transport.end, at)).sought(at)
        return replace(self, position=position, transport=transport).at_edge_if_there(night)

    def _sought(self, intent: Intent, night: Night) -> ViewerPosition:
        back = self.looking_back(night)
        if back.transport is None:
            return self
        moment = intent.moment or back.transport.now + timedelta(seconds=intent.seconds)
        transport = replace(back.transport.sought(moment), playing=self.moves)
        position = night.position_at(transport.now)
        return replace(back, position=position, transport=transport).at_edge_if_there(night)

    def _set(self, intent: Intent) -> ViewerPosition:
        transport = self.transport
        if transport is None:
            return self
        match intent.what:
            case "faster":
                transport = transport.faster()
            case "slower":
                transport = transport.slower()
            case "normal":
                transport = transport.at_speed(intent.seconds or 1.0)
            case "loop":
                transport = replace(transport, loop=not transport.loop)
            case "gap":
                transport = replace(transport, gap_limit=intent.seconds or None)
            case _:
                return self
        return replace(self, transport=transport)
