"""One viewer's desk: a night, a position in it, and the thread that folds what comes in."""

from __future__ import annotations

import logging
import math
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final, Generic, Protocol, TypeVar

from feed.clock import london, utc_now
from feed.english import counted
from feed.ledger.night import Night
from feed.ledger.step import NOTES, Step, desk_step, note_arrival, steps_of
from feed.model.arrival import Arrival
from feed.model.intents import Intent
from feed.model.messages import DeskNote, Rejection
from feed.model.standing import Standing
from feed.model.terms import LATE_AFTER
from feed.model.view import SourceHealth, View
from feed.recording.reader import BadLine, RecordedArrivals
from feed.reports.silence import Silence, silence, silence_change
from feed.session.position import Transport, ViewerPosition
from feed.session.quarantine import FileFault, Quarantine
from feed.sources.folder.scan import Refusal
from feed.sources.folder.source import Delivery
from feed.sources.saved import refused_step

T = TypeVar("T")
U = TypeVar("U")
D = TypeVar("D")
W = TypeVar("W")


class Inbox(Generic[D, W]):
    """Two queues with one waiter: a full one holds the source back, never the viewer."""

    def __init__(self, room: int = 64) -> None:
        self._room = room
        self._deliveries: deque[D] = deque()
        self._wishes: deque[W] = deque()
        self._changed = threading.Condition()

    def deliver(self, delivery: D, stop: threading.Event) -> bool:
        """Put a delivery in, waiting for room until `stop`; return whether it went in."""
        with self._changed:
            while len(self._deliveries) >= self._room:
                if stop.is_set():
                    return False
                self._changed.wait(0.2)
            self._deliveries.append(delivery)
            self._changed.notify_all()
            return True

    def wish(self, wish: W) -> None:
        """Put a wish in; never waits."""
        with self._changed:
            self._wishes.append(wish)
            self._changed.notify_all()

    def take(self, timeout: float) -> D | W | None:
        """Return the next wish, else the next delivery, else None after `timeout` seconds."""
        with self._changed:
            if not self._wishes and not self._deliveries:
                self._changed.wait(timeout)
            if self._wishes:
                return self._wishes.popleft()
            if not self._deliveries:
                return None
            delivery = self._deliveries.popleft()
            self._changed.notify_all()
            return delivery

    def is_empty(self) -> bool:
        """Whether nothing waits."""
        with self._changed:
            return not self._wishes and not self._deliveries


_A_LOOK: Final = 1 / 128
"""Seconds between two looks whether the way is free."""


class Way:
    """Lets a screen that has a key to answer go first, before threads that read a full folder.

    They share one interpreter: a key would have a third of it, and be seen three times as late.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._free_at = self._next_at = -math.inf

    def ask(self, seconds: float) -> None:
        """Have the way for so long, and not again for as long after it: the load is to go on.

        Args:
            seconds: at most; 0 leaves the way that one has.

        """
        now = self._clock()
        if not seconds:
            self._free_at = now
        elif now >= self._next_at:
            self._free_at, self._next_at = now + seconds, now + 2 * seconds

    def give(self) -> None:
        """Wait while another has the way."""
        while (left := self._free_at - self._clock()) > 0:
            self._sleep(min(left, _A_LOOK))


_logger: Final = logging.getLogger(__name__)
_FRAME: Final = 0.05
"""At most twenty views a second while much comes in; the first after a pause is shown at once."""
_WHILE_LOADING: Final = 0.5
"""A long recording or a full folder takes some seconds: what is in is shown so often."""
_A_VIEW_OF_IT: Final = 10
"""Times as long as making a view took it is loaded on before the next one is made."""
_LONGEST_FOLD: Final = 5.0
"""Seconds that a source waits at most until what it has brought is folded."""
_IDLE: Final = 1.0
_SOON: Final = 0.25
"""What came last in a burst is brought to the disk so soon, though nothing else comes."""
_TICK: Final = 1 / 12
_JUDGED_EVERY: Final = 1.0
"""Seconds from one judgement of the silence to the next."""
_LOST: Final = "Source lost"
_BACK: Final = "Source is back; nothing is counted twice"
_NAMED: Final = 3
_ALIKE: Final = 5
"""Files refused at once for one reason, above which they are one line."""

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
        recorded: Iterable[Arrival | BadLine] = (),
        transport: Transport | None = None,
        health: SourceHealth | None = None,
        night: Night | None = None,
        late_after: timedelta = LATE_AFTER,
        looked_at: datetime | None = None,
        tell_stage: Callable[[str], None] | None = None,
        now: Callable[[], datetime] = utc_now,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._post = post
        self._source = source
        self._keeper = keeper
        self._quarantine = quarantine
        self._tell_stage = tell_stage
        self._night = Night() if night is None else night
        self._now = now
        self._clock = clock
        self._health = health or SourceHealth()
        self._inbox: Inbox[Delivery, Intent] = Inbox()
        self._stop = threading.Event()
        self._way = Way()
        self._folded = threading.Event()
        """What the source has brought is folded."""
        self._late_after = late_after
        self._silence = Silence()
        self._judged = clock()
        self._last = clock()
        self._drawn = self._last - _FRAME
        self._dirty = True
        self._view_took = 0.0
        self._threads: list[threading.Thread] = []
        self._saved = list(steps)
        self._recorded = recorded
        self._looked_at = looked_at
        self._seen: int | None = None
        """Steps that had come when somebody last looked, in an earlier run of the desk."""
        self._last_seen: Standing | None = None
        self._passed_over: tuple[str, ...] = ()
        self._said_passed_over = False
        self._already_recorded = RecordedArrivals()
        self._lost = False
        """Whether the log's newest word of the source is that it is lost."""
        live = source is not None
        self._position = ViewerPosition(live, "live" if live else "replay", 0, transport)

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
        self._folded.set()
        self._inbox.wish(Intent("stop"))
        self.rescan()  # wakes the source
        for thread in self._threads:
            thread.join(timeout)
        if self._keeper is not None:
            self._keeper.close()

    @property
    def unsaved(self) -> int:
        """How many arrivals are not in the recording."""
        return 0 if self._keeper is None else self._keeper.unsaved

    def ask(self, intent: Intent) -> None:
        """Ask for a move; it is done in turn, at once, whatever is coming in.

        What a wall shows moves nothing: it is told on to the hub, where there is one. Giving way is
        for the threads that load.
        """
        if intent.what == "give_way":
            self._way.ask(intent.seconds)
        elif intent.what != "stage":
            self._inbox.wish(intent)
        elif self._tell_stage is not None:
            self._tell_stage(intent.text)

    def rescan(self) -> None:
        """Ask the source to look again now."""
        if self._source is not None:
            self._source.rescan()

    def _deliver(self, delivery: Delivery) -> None:
        """Take over what the source brings; while it loads it goes on when that is folded.

        Two threads at work in one interpreter need a third longer than one after the other.
        """
        loads = delivery.health.state == "loading"
        if loads:
            self._way.give()
        self._folded.clear()
        self._inbox.deliver(delivery, self._stop)
        if loads and not self._stop.is_set():
            self._folded.wait(_LONGEST_FOLD)

    def _work(self) -> None:
        try:
            self._load_saved()
        except Exception:
            _logger.exception("the saved feed could not be folded")
        self._last = self._clock()
        self._drawn = self._last - _WHILE_LOADING
        self._dirty = True
        while not self._stop.is_set():
            item = self._inbox.take(self._may_wait())
            try:
                self.pump(item)
            except Exception:
                _logger.exception("a step could not be taken")

    def _may_wait(self) -> float:
        if self._position.moves:
            return _TICK
        since = self._clock() - self._drawn
        if self._dirty:
            return max(0.0, self._frame - since)
        return _SOON if since < 2 * _SOON else _IDLE

    @property
    def _frame(self) -> float:
        """Seconds between two views: a folder that is being read needs few."""
        return self._while_loading if self._loads else _FRAME

    @property
    def _loads(self) -> bool:
        return self._source is not None and self._health.state == "loading"

    @property
    def _while_loading(self) -> float:
        return max(_WHILE_LOADING, _A_VIEW_OF_IT * self._view_took)

    def pump(self, item: Delivery | Intent | None = None) -> None:
        """Take one delivery or wish, let time pass, and post a view where one is due."""
        urgent = self._take(item) if item is not None else False
        self._dirty = self._dirty or item is not None
        if self._keeper is not None:
            self._tried(self._keeper.sync, None)
        self._dirty = self._pass_time() or self._dirty
        now = self._clock()
        self._dirty = self._move(now - self._last) or self._dirty
        self._last = now
        due = urgent or now - self._drawn >= self._frame
        if due and not urgent and self._loads:
            self._way.give()
        if self._dirty and due:
            self._show()

    def _show(self) -> None:
        began = self._clock()
        try:
            self._post(self.view())
            self._dirty = False
        finally:  # also of a view that fails: the next one is a frame later
            self._drawn = self._clock()
            self._view_took = self._drawn - began

    def _take(self, item: Delivery | Intent) -> bool:
        if isinstance(item, Intent):
            self._do(item)
            return True
        try:
            self._fold(item)
        finally:
            self._folded.set()
        return False

    def _load_saved(self) -> None:
        self._night.expect(self._saved)
        for step in self._saved:
            self._night.append(step, step.at)
        self._saved.clear()
        for item in self._recorded:
            if self._stop.is_set():
                return
            self._tried(partial(self._recall, item), None)
            if self._clock() - self._drawn >= self._while_loading:
                self._position = self._position.followed(self._night)
                self._show()
        self._recorded = ()
        self._position = self._position.loaded(self._night)
        self._drawn = self._clock() - _WHILE_LOADING

    def _tried(self, do: Callable[[], T], otherwise: U) -> T | U:
        """Return what `do` gives, tried once more when it fails, so that nothing else goes with it.

        What fails by chance, as for want of memory, succeeds then; what does not is logged.
        """
        for is_last in (False, True):
            try:
                return do()
            except Exception:
                if is_last:
                    _logger.exception("a part of what came could not be taken")
        return otherwise

    def _recall(self, item: Arrival | BadLine) -> None:
        """Fold what an earlier run of the desk recorded, and know it when it is delivered again."""
        if isinstance(item, BadLine):
            self._note(
                f"Line {item.line} of the recording is passed over: {item.what}", remark=True
            )
            return
        steps = self._read(item)
        if item.path == NOTES:
            self._lost = _says_lost(steps[0], before=self._lost)
        else:
            self._already_recorded.add(item)
            self._health = replace(self._health, last_arrival_at=item.seen_at)
        self._note_seen(item.seen_at)
        self._count(item, steps)

    def _note_seen(self, at: datetime) -> None:
        """Note where what is new since the last look begins, when something comes that is."""
        if self._looked_at is not None and self._seen is None and at > self._looked_at:
            self._seen = len(self._night)

    def _read(self, arrival: Arrival) -> tuple[Step, ...]:
        """Return the steps of an arrival; where there are none to be had, a line that says so."""
        if self._loads:
            self._way.give()
        steps = self._tried(lambda: tuple(steps_of(arrival)), None)
        if steps is None:
            said = f"{arrival.where} could not be read: a fault in nightdesk, which is in its log"
            return (desk_step(said, arrival.seen_at, remark=True),)
        return steps

    def _count(self, arrival: Arrival, steps: Iterable[Step]) -> None:
        """Fold one arrival; whatever goes wrong with it, those after it are folded."""
        if self._loads:
            self._way.give()
        for step in steps:
            place = len(self._night)
            self._tried(partial(self._append_at, place, step, arrival.seen_at), None)

    def _append_at(self, place: int, step: Step, at: datetime) -> None:
        if len(self._night) == place:
            self._night.append(step, at)

    def _pass_time(self) -> bool:
        now = self._now()
        added = self._position.live and self._night.pass_time(now)
        added = self._night.try_again(now) or added
        added = self._judge(now) or added
        if added:
            self._position = self._position.followed(self._night)
        return added

    def _judge(self, now: datetime) -> bool:
        """Judge the silence of a live night once a second; return whether its kind changed."""
        clock = self._clock()
        waits = self._source is None or self._health.state == "loading"
        if waits or clock - self._judged < _JUDGED_EVERY:
            return False
        self._judged = clock
        before = self._silence
        self._silence = silence(self._night.edge(), self._health, now, self._late_after)
        said = silence_change(before, self._silence)
        if said:
            self._note(said, remark=self._silence.kind in {"heartbeat", "late"}, kept=True)
        return before.kind != self._silence.kind

    def _fold(self, delivery: Delivery) -> None:
        """Record what came and fold it; what any part of it fails at takes no other with it."""
        was, health, now = self._health, delivery.health, self._now()
        arrivals = [arrival for arrival in delivery.arrivals if not self._is_recorded(arrival)]
        self._keep(arrivals)
        self._tried(partial(self._tell_source, delivery, was.state), None)
        read = [(arrival, self._read(arrival)) for arrival in arrivals]
        steps = [step for _, each in read for step in each]
        self._tried(partial(self._night.expect, steps, today=london(now).date()), None)
        for arrival, each in read:
            self._tried(partial(self._note_seen, self._came_at(arrival)), None)
            self._count(arrival, each)
            self._tried(partial(self._set_apart, arrival, each), None)
        for refusal in _grouped(delivery.refused):
            self._tried(partial(self._refuse, refusal, now), None)
        self._tried(partial(self._pass_over, delivery), None)
        if health.state in {"ok", "polling"}:
            self._night.loaded(now)
        times = [*map(self._came_at, arrivals), *([was.last_arrival_at] if arrivals else [])]
        last = max((at for at in times if at is not None), default=was.last_arrival_at)
        self._health = replace(health, last_arrival_at=last, recording=was.recording)
        self._position = self._position.followed(self._night)

    def _came_at(self, arrival: Arrival) -> datetime:
        """Return when an arrival came; what is found at the start came when it was written."""
        written = arrival.modified_at
        if self._health.state != "loading" or written is None:
            return arrival.seen_at
        return min(written, arrival.seen_at)

    def _is_recorded(self, arrival: Arrival) -> bool:
        """Whether an earlier run of the desk recorded an arrival."""
        return self._tried(partial(self._already_recorded.takes, arrival), otherwise=False)

    def _keep(self, arrivals: Sequence[Arrival]) -> None:
        """Record arrivals; those that cannot be yet the keeper has in memory, and tries again."""
        if self._keeper is not None and arrivals:
            try:
                self._keeper.append(arrivals)
            except Exception:
                _logger.exception("what came could not be recorded yet")

    def _tell_source(self, delivery: Delivery, was: str) -> None:
        """Say that the source is lost or back, and what no notice told of."""
        health = delivery.health
        if health.state == "lost" and was != "lost":
            self._note(f"{_LOST}: {health.says or health.path}", remark=True, kept=True)
            self._lost = True
        elif self._lost and health.state in {"ok", "polling"}:
            self._note(_BACK, kept=True)
            self._lost = False
        if delivery.found_by_scan and was in {"ok", "polling"}:
            self._note(f"{counted(delivery.found_by_scan, 'file')} found by the scan")

    def _refuse(self, refusal: Refusal, now: datetime) -> None:
        self._night.append(refused_step(refusal, now), now)
        if self._quarantine is not None:
            self._quarantine.keep_refused(refusal)

    def _pass_over(self, delivery: Delivery) -> None:
        """Say once what stands beside the feed and is none of it."""
        self._passed_over += delivery.passed_over
        loaded = delivery.health.state in {"ok", "polling"}
        if not loaded or not self._passed_over or self._said_passed_over:
            return
        self._said_passed_over = True
        count = len(self._passed_over)
        what = counted(count, "file is no feed file", "files are no feed files")
        more = ", …" if count > _NAMED else ""
        self._note(f"{what} and passed over: {', '.join(self._passed_over[:_NAMED])}{more}")

    def _set_apart(self, arrival: Arrival, steps: Iterable[Step]) -> None:
        messages = (step.statement.message for step in steps)
        faults = [
            FileFault(it.what, it.fix, it.line) for it in messages if isinstance(it, Rejection)
        ]
        if faults and self._quarantine is not None:
            self._quarantine.keep(arrival, faults)

    def _note(self, text: str, *, remark: bool = False, kept: bool = False) -> None:
        """Add a line of the desk's own; one that is `kept` is in the recording too."""
        now = self._now()
        if kept:
            self._keep([note_arrival(text, now, remark=remark)])
        self._night.append(desk_step(text, now, remark=remark), now)

    def _move(self, seconds: float) -> bool:
        before = self._position
        self._position = before.passed(seconds, self._night)
        return before.moves

    def _do(self, intent: Intent) -> None:
        self._position = self._position.asked(intent, self._night)

    def view(self) -> View:
        """Return what a screen draws now."""
        place = self._position
        standing = self._night.at(place.position)
        new = self._night.entries_between(place.position) if place.live else 0
        return View(
            standing=standing,
            mode=place.mode,
            source=replace(self._health, unsaved=self.unsaved),
            new=new,
            transport=place.shown(self._night),
            clock=self._now() if place.transport is None else place.transport.now,
            seen=self._seen_standing(),
        )

    def _seen_standing(self) -> Standing | None:
        """Return the standing at the last look in an earlier run, once all of that is in."""
        if self._looked_at is None or self._health.state == "loading":
            return None
        if self._last_seen is None:
            seen = len(self._night) if self._seen is None else self._seen
            try:
                self._last_seen = self._night.at(seen)
            except Exception:
                _logger.exception("how the night stood at the last look is not known")
                self._looked_at = None
        return self._last_seen


def _grouped(refused: Sequence[Refusal]) -> Iterator[Refusal]:
    """Yield what was refused; very many for one reason are one, under the first one's name."""
    alike: dict[tuple[str, str], list[Refusal]] = {}
    for refusal in refused:
        alike.setdefault((refusal.what, refusal.fix), []).append(refusal)
    for (what, fix), each in alike.items():
        if len(each) <= _ALIKE:
            yield from each
        else:
            yield Refusal(each[0].path, f"{what}; so are {len(each) - 1:,} others", fix)


def _says_lost(step: Step, *, before: bool) -> bool:
    """Whether the source is lost after a recorded line of the desk's own."""
    message = step.statement.message
    text = message.text if isinstance(message, DeskNote) else ""
    return text.startswith(_LOST) or (before and text != _BACK)
