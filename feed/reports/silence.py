"""What it means that nothing comes: one judgement for the desk, the log, lines and data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Final, Literal

from feed.clock import ago, hh_mm, spans_days
from feed.english import capitalised
from feed.model.standing import CouncilStanding, Standing
from feed.model.terms import LATE_AFTER
from feed.model.view import SourceHealth, View
from feed.records import record

SilenceKind = Literal["lost", "heartbeat", "late", "complete", "quiet", "alive"]

_BEAT: Final = timedelta(minutes=1)
"""A heartbeat that is older is missed."""
_QUIET_AFTER: Final = timedelta(minutes=5)
"""How long nothing has come before that is worth a word."""
_LONG_PAST: Final = timedelta(days=7)
"""Behind a night by more than this, what is still due is judged as when it was last told of."""
_LOGGED: Final[frozenset[SilenceKind]] = frozenset({"heartbeat", "late", "complete"})
_OVER: Final = {
    "heartbeat": "The heartbeat is back",
    "late": "No council is late any more",
    "complete": "The night is no longer complete",
}


@record(frozen=True, slots=True)
class Silence:
    """What the silence of a moment means, in full and for a narrow screen; empty while alive."""

    kind: SilenceKind = "alive"
    says: str = ""
    short: str = ""


@record(frozen=True, slots=True)
class Due:
    """A council that has not declared, and how long it has been expected."""

    council: CouncilStanding
    expected_at: datetime
    overdue: timedelta
    late_after: timedelta = LATE_AFTER

    @property
    def says(self) -> str:
        """Return `due` or `late 45 min`; nothing before its time."""
        if self.overdue <= timedelta(0):
            return ""
        return f"late {self.behind}" if self.is_late else "due"

    @property
    def behind(self) -> str:
        """Return the time since it was expected: `45 min`, `2 h 05`."""
        minutes = int(self.overdue.total_seconds() // 60)
        hours, rest = divmod(minutes, 60)
        return f"{minutes} min" if not hours else f"{hours} h {rest:02}"

    @property
    def is_late(self) -> bool:
        """Whether it is further behind than is usual."""
        return self.overdue > self.late_after


def still_due(
    councils: Iterable[CouncilStanding],
    now: datetime | None,
    late_after: timedelta = LATE_AFTER,
) -> list[Due]:
    """Return the undeclared councils with an expected time, the earliest first.

    Args:
        councils: those that are looked through.
        now: the moment; without one nobody is behind.
        late_after: how far behind its expected time a council is late.

    """
    known = tuple(councils)
    waiting = [
        (it.expected_at, it.name, it)
        for it in known
        if it.status != "declared" and it.expected_at is not None
    ]
    waiting.sort(key=itemgetter(0, 1))
    then = now if now is None or not waiting else _judged_at(known, waiting[0][0], now)
    return [Due(it, at, (then or at) - at, late_after) for at, _, it in waiting]


def _judged_at(councils: Iterable[CouncilStanding], first: datetime, now: datetime) -> datetime:
    """Return the moment against which councils are late: of a night long past, its last result."""
    if now - first <= _LONG_PAST:
        return now
    told = max((it.declared_at for it in councils if it.declared_at is not None), default=None)
    return told if told is not None and now - told > _LONG_PAST else now


def silence(
    standing: Standing, source: SourceHealth, now: datetime, late_after: timedelta = LATE_AFTER
) -> Silence:
    """Return what silence means at a moment; of several meanings, the one that matters most.

    Args:
        standing: the night as known then.
        source: how the source is; `ended` with no times for a night that is only read.
        now: the moment on the night's clock.
        late_after: how far behind its expected time a council is late.

    """
    if source.state == "loading":
        return Silence()
    return _of_source(source, now) or _of_councils(standing, source, now, late_after)


def _of_source(source: SourceHealth, now: datetime) -> Silence | None:
    if source.state == "lost":
        said = f"SOURCE LOST · {source.says}" if source.says else "SOURCE LOST"
        return Silence("lost", said, "SOURCE LOST")
    beat = source.heartbeat_at
    if beat is not None and now - beat >= _BEAT:
        gone = ago(now - beat)
        return Silence("heartbeat", f"no heartbeat for {gone}", f"no beat {gone}")
    return None


def _of_councils(
    standing: Standing, source: SourceHealth, now: datetime, late_after: timedelta
) -> Silence:
    counted = standing.ni_councils if standing.is_apart else standing.councils
    waiting = still_due(counted, now, late_after)
    late = [due for due in waiting if due.is_late]
    if waiting:
        now = waiting[0].expected_at + waiting[0].overdue
    if late:
        first, count = late[0], f"{len(late):,} late"
        longest = "longest " if len(late) > 1 else ""
        return Silence("late", f"{count} · {longest}{first.council.name} {first.behind}", count)
    if _is_complete(standing):
        return Silence("complete", "complete", "complete")
    came = source.last_arrival_at or standing.as_of
    if waiting and came is not None and now - came >= _QUIET_AFTER:
        return _quiet(waiting[0], now)
    return Silence()


def view_silence(view: View, now: datetime, late_after: timedelta = LATE_AFTER) -> Silence:
    """Return what silence means in a view at wall time `now`.

    A night that is looked back on goes by its own clock and has no heartbeat; what is wrong with
    a live source now is said also while somebody looks back.
    """
    then = view.clock or now
    if view.mode != "replay":
        edge = silence(view.standing, view.source, now, late_after)
        if view.transport is None or edge.kind in {"lost", "heartbeat"}:
            return edge
        then = view.transport.now
    read = replace(view.source, state="ended", heartbeat_at=None, last_arrival_at=None)
    return silence(view.standing, read, then, late_after)


def read_silence(
    standing: Standing, at: datetime | None = None, late_after: timedelta = LATE_AFTER
) -> Silence:
    """Return what silence means in a night that is only read, at its newest entry or at `at`."""
    now = at or standing.as_of
    return Silence() if now is None else silence(standing, SourceHealth("ended"), now, late_after)


def silence_change(before: Silence, after: Silence) -> str:
    """Return the log's line where one kind follows another; empty where it is none for the log."""
    if before.kind == after.kind:
        return ""
    if after.kind in _LOGGED:
        return "The night is complete" if after.kind == "complete" else capitalised(after.says)
    return _OVER.get(before.kind, "") if after.kind != "lost" else ""


def _is_complete(standing: Standing) -> bool:
    done, up = standing.progress
    apart = any(council.status != "declared" for council in standing.ni_councils)
    return 0 < up <= done and not standing.rushed and not apart


def _quiet(first: Due, now: datetime) -> Silence:
    """Return that nothing was to be expected; every expected time is somebody's estimate."""
    dated = spans_days((now, first.expected_at))
    time = hh_mm(first.expected_at, estimated=True, dated=dated)
    word = "due" if first.says else "next"
    return Silence("quiet", f"quiet as expected · {word} {time} {first.council.name}", "quiet")
