"""One viewer's desk: a night, a place in it, and the thread that folds what comes in."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal, Protocol

from feed.arrival import Arrival
from feed.clock import utc_now
from feed.inbox import Inbox
from feed.ledger import Step, desk_step, steps_of
from feed.messages import Rejection
from feed.night import Night, StepBy
from feed.quarantine import Fault, Quarantine
from feed.sources.directory import Delivery
from feed.sources.playback import refused_step
from feed.sources.scan import Refusal
from feed.transport import Transport
from feed.view import Mode, SourceHealth, TransportView, View

_logger: Final = logging.getLogger(__name__)
_FRAME: Final = 0.1
"""At most ten views a second while much comes in."""
_SLICE: Final = 0.05
_TICK: Final = 1 / 12

Post = Callable[[View], None]


class Source(Protocol):
    """What delivers: run in a thread of its own until `stop`."""

    def run(self, deliver: Callable[[Delivery], None], stop: threading.Event) -> None:
        """Deliver until told to stop."""

    def rescan(self) -> None:
        """Look again now."""


class Keeper(Protocol):
    """What keeps the arrivals: the recording."""

    def append(self, arrivals: Iterable[Arrival]) -> None:
        """Write arrivals at the end; never raises for a full disk."""

    @property
    def unsaved(self) -> int:
        """Arrivals that are not on the disk yet."""

    def sync(self, *, now: bool = False) -> None:
        """Bring what was written to the disk."""

    def close(self) -> None:
        """Write what can be written and let go."""


@dataclass(frozen=True, slots=True)
class Intent:
    """Something a viewer asks of the session."""

    what: Literal[
        "toggle", "step", "seek", "nudge", "position", "entry", "faster", "slower", "normal",
        "edge", "loop", "gap", "stop",
    ]  # fmt: skip
    by: StepBy = "entry"
    direction: Literal[1, -1] = 1
    moment: datetime | None = None
    seconds: float = 0.0
    number: int = 0


class Session:
    """Folds deliveries and moves through the night; posts one view a frame.

    Live and replay are the same: only the source and the clock differ. A live session stands at
    the edge until the viewer pauses, steps or seeks; a replay moves with its transport.
    """

    def __init__(  # noqa: PLR0913
        self,
        post: Post,
        *,
        source: Source | None = None,
        keeper: Keeper | None = None,
        quarantine: Quarantine | None = None,
        steps: Sequence[Step] = (),
        transport: Transport | None = None,
        health: SourceHealth | None = None,
        night: Night | None = None,
        now: Callable[[], datetime] = utc_now,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._post = post
        self._source = source
        self._keeper = keeper
        self._quarantine = quarantine
        self._night = Night() if night is None else night
        self._now = now
        self._clock = clock
        self._health = health or SourceHealth()
        self._inbox: Inbox[Delivery, Intent] = Inbox()
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        self._saved = list(steps)
        self._live = source is not None
        self._transport = transport
        self._mode: Mode = "live" if self._live else "replay"
        self._position = 0

    def start(self) -> None:
        """Start the threads: one that folds, and one that the source runs in."""
        self._threads.append(
            threading.Thread(target=self._work, name="nightdesk-desk", daemon=True)
        )
        if self._source is not None:
            source = self._source
            self._threads.append(
                threading.Thread(
                    target=source.run,
                    args=(self._deliver, self._stop),
                    name="nightdesk-source",
                    daemon=True,
                )
            )
        for thread in self._threads:
            thread.start()

    def stop(self, timeout: float = 3.0) -> None:
        """Stop the threads and close the recording; to be called once."""
        self._stop.set()
        self._inbox.wish(Intent("stop"))
        for thread in self._threads:
            thread.join(timeout)
        if self._keeper is not None:
            self._keeper.close()

    def ask(self, intent: Intent) -> None:
        """Ask for a move; it is done in turn, at once, whatever is coming in."""
        self._inbox.wish(intent)

    def rescan(self) -> None:
        """Ask the source to look again now."""
        if self._source is not None:
            self._source.rescan()

    def _deliver(self, delivery: Delivery) -> None:
        self._inbox.deliver(delivery, self._stop)

    def _work(self) -> None:
        try:
            self._load_saved()
        except Exception:
            _logger.exception("the saved feed could not be folded")
        drawn = last = self._clock()
        dirty = True
        while not self._stop.is_set():
            wait = _TICK if self._moves() else (_FRAME if dirty else 0.5)
            item = self._inbox.take(wait)
            try:
                urgent = self._take(item) if item is not None else False
                dirty = dirty or item is not None
                if self._keeper is not None:
                    self._keeper.sync()
                dirty = self._pass_time() or dirty
                now = self._clock()
                dirty = self._move(now - last) or dirty
                last = now
                if dirty and (urgent or self._inbox.is_empty() or now - drawn >= _FRAME):
                    self._post(self.view())
                    drawn, dirty = self._clock(), False
            except Exception:
                _logger.exception("a step could not be taken")

    def _take(self, item: Delivery | Intent) -> bool:
        if isinstance(item, Intent):
            self._do(item)
            return True
        self._fold(item)
        return False

    def _load_saved(self) -> None:
        for step in self._saved:
            self._night.append(step, step.at)
        if self._transport is not None:
            self._position = self._night.position_at(self._transport.now)
        self._saved.clear()

    def _pass_time(self) -> bool:
        told = self._live and self._night.pass_time(self._now())
        if told and self._mode == "live":
            self._position = len(self._night)
        return told

    def _fold(self, delivery: Delivery) -> None:
        was = self._health
        health = delivery.health
        if self._keeper is not None:
            self._keeper.append(delivery.arrivals)
        now = self._now()
        if health.state == "lost" and was.state != "lost":
            self._note(f"Source lost: {health.says or health.path}", remark=True)
        elif was.state == "lost" and health.state in {"ok", "polling"}:
            self._note("Source is back; nothing is counted twice")
        if delivery.found_by_scan and was.state in {"ok", "polling"}:
            files = "file" if delivery.found_by_scan == 1 else "files"
            self._note(f"{delivery.found_by_scan:,} {files} found by the scan")
        for arrival in delivery.arrivals:
            steps = tuple(steps_of(arrival))
            for step in steps:
                self._night.append(step, arrival.seen_at)
            self._set_apart(arrival, steps)
        for refusal in delivery.refused:
            self._refuse(refusal, now)
        if health.state in {"ok", "polling"}:
            self._night.loaded(now)
        last = max((it.seen_at for it in delivery.arrivals), default=was.last_arrival_at)
        self._health = replace(health, last_arrival_at=last, recording=was.recording)
        if self._mode == "live":
            self._position = len(self._night)

    def _refuse(self, refusal: Refusal, now: datetime) -> None:
        self._night.append(refused_step(refusal, now), now)
        if self._quarantine is not None:
            self._quarantine.keep_refused(refusal)

    def _set_apart(self, arrival: Arrival, steps: Iterable[Step]) -> None:
        messages = (step.statement.message for step in steps)
        faults = [Fault(it.what, it.fix, it.line) for it in messages if isinstance(it, Rejection)]
        if faults and self._quarantine is not None:
            self._quarantine.keep(arrival, faults)

    def _note(self, text: str, *, remark: bool = False) -> None:
        now = self._now()
        self._night.append(desk_step(text, now, remark=remark), now)

    def _moves(self) -> bool:
        return self._transport is not None and self._transport.playing

    def _move(self, seconds: float) -> bool:
        transport = self._transport
        if transport is None or not transport.playing:
            return False
        moved = transport.advance(seconds, self._night.next_after(self._position))
        if moved.now < transport.now:
            self._position = 0
        self._position = max(self._position, self._night.position_at(moved.now))
        if moved.now < transport.now or self._position == 0:
            self._position = self._night.position_at(moved.now)
        self._transport = moved
        if self._live and self._position >= len(self._night):
            self._to_edge()
        return True

    def _do(self, intent: Intent) -> None:
        match intent.what:
            case "stop":
                return
            case "toggle":
                self._toggle()
            case "edge":
                self._to_edge()
            case "step":
                self._look_back()
                self._go(self._night.step_from(self._position, intent.by, intent.direction))
            case "position":
                self._look_back()
                self._go(intent.number)
            case "entry":
                self._look_back()
                self._go(self._night.position_of_entry(intent.number))
            case "seek" | "nudge":
                self._seek(intent)
            case _:
                self._set(intent)

    def _set(self, intent: Intent) -> None:
        transport = self._transport
        if transport is None:
            return
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
                return
        self._transport = transport

    def _toggle(self) -> None:
        if self._mode == "live":
            self._mode = "paused"
            return
        if self._mode == "paused":
            self._to_edge()
            return
        if self._transport is not None:
            before = self._transport
            self._transport = before.toggled()
            if self._transport.now < before.now:
                self._position = self._night.position_at(self._transport.now)

    def _to_edge(self) -> None:
        self._position = len(self._night)
        if self._live:
            self._mode, self._transport = "live", None
        elif self._transport is not None:
            self._transport = replace(self._transport, now=self._transport.end, playing=False)

    def _look_back(self) -> None:
        """Leave the edge: from here on the viewer's own place in the night is shown."""
        if not self._live:
            if self._transport is not None:
                self._transport = replace(self._transport, playing=False)
            return
        start, end = self._night.time_at(1), self._night.last_at
        if start is None or end is None:
            return
        now = self._night.time_at(self._position) or start
        if self._mode != "review":
            self._mode = "review"
            self._transport = Transport(start, end, now, speed=60.0, playing=False)

    def _seek(self, intent: Intent) -> None:
        was_playing = self._moves()
        self._look_back()
        if self._transport is None:
            return
        moment = intent.moment or self._transport.now + timedelta(seconds=intent.seconds)
        self._transport = replace(self._transport.sought(moment), playing=was_playing)
        self._position = self._night.position_at(self._transport.now)
        if self._live and self._position >= len(self._night):
            self._to_edge()

    def _go(self, position: int) -> None:
        self._position = max(0, min(position, len(self._night)))
        if self._transport is not None:
            at = self._night.time_at(self._position) or self._transport.start
            end = max(self._transport.end, at)
            self._transport = replace(self._transport, end=end).sought(at)
        if self._live and self._position >= len(self._night):
            self._to_edge()

    def view(self) -> View:
        """Give what a screen draws now."""
        standing = self._night.at(self._position)
        new = self._night.entries_between(self._position) if self._live else 0
        unsaved = self._keeper.unsaved if self._keeper is not None else 0
        return View(
            standing=standing,
            mode=self._mode,
            source=replace(self._health, unsaved=unsaved),
            new=new,
            transport=self._transport_view(),
            clock=self._now() if self._transport is None else self._transport.now,
        )

    def _transport_view(self) -> TransportView | None:
        transport = self._transport
        if transport is None:
            return None
        end = transport.end
        if self._live and self._night.last_at is not None:
            end = max(end, self._night.last_at)
        return TransportView(
            playing=transport.playing, speed=transport.speed, now=transport.now,
            start=transport.start, end=end, gap_limit=transport.gap_limit, loop=transport.loop,
            ticks=self._night.ticks,
        )  # fmt: skip


def replay_transport(  # noqa: PLR0913
    steps: Sequence[Step],
    *,
    speed: float,
    loop: bool = False,
    gap_limit: float | None = None,
    start: datetime | None = None,
    playing: bool = True,
) -> Transport | None:
    """Give the transport of a saved feed: from its first news on, the rosters in already."""
    if not steps:
        return None
    happenings = [step.at for step in steps if step.happens]
    times = happenings or [step.at for step in steps]
    first, last = min(times), max(times)
    opening = first - timedelta(seconds=1)
    now = opening if start is None else min(last, max(opening, start))
    return Transport(opening, last, now, speed, playing, loop, gap_limit)
