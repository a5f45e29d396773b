"""When a desk should ring: a pure decision from what has come in since it last looked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Final, Self

from feed.clock import london
from feed.model.entries import CORRECTED, DECLARED, Entry, EntryKind, PlaceId
from feed.model.parties import PartyId
from feed.model.standing import Standing
from feed.model.terms import HouseStyle
from feed.rules.scoreboard import signed
from feed.wording.control import BASELINES, sentence
from feed.wording.progress import on_stage

_HOURS: Final = re.compile(r"(\d{1,2}):(\d{2})\s*(?:-|–|to)\s*(\d{1,2}):(\d{2})")
_EVERY: Final = timedelta(seconds=10)
_OF_A_COUNCIL: Final = DECLARED | CORRECTED | {EntryKind.RUSH, EntryKind.CONTEST}
"""What is said of a council's result; a contest is one of Northern Ireland's."""


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Hours of the day on London's clock at which nothing rings; they may go past midnight."""

    start: time
    end: time

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `00:30-06:00`.

        Raises:
            ValueError: when it is not written so.

        """
        found = _HOURS.fullmatch(text.strip())
        if found is None:
            raise ValueError("are no hours; write them as 00:30-06:00")
        hours = [int(part) for part in found.groups()]
        try:
            return cls(time(hours[0], hours[1]), time(hours[2], hours[3]))
        except ValueError:
            raise ValueError("are no hours; write them as 00:30-06:00") from None

    def cover(self, moment: datetime) -> bool:
        """Whether `moment` (aware) lies in them; the end is outside."""
        now = london(moment).time()
        if self.start <= self.end:
            return self.start <= now < self.end
        return now >= self.start or now < self.end


@dataclass(frozen=True, slots=True)
class AlertRules:
    """What rings, and when nothing does."""

    changes: bool = True
    """Control of a council changes."""
    watched: frozenset[PlaceId] = frozenset()
    """These councils declare, or are corrected."""
    net: int | None = None
    """A party's net seats reach this many, up or down, or a further multiple of it."""
    quiet: QuietHours | None = None
    every: timedelta = _EVERY
    """At most one alert in so long; what comes in between is told with the next."""


@dataclass(frozen=True, slots=True)
class AlertState:
    """What has been told already."""

    seen: int = 0
    """Entries of the log that were looked at."""
    steps: frozenset[tuple[PartyId, int]] = frozenset()
    """Parties and multiples of `net` that were told."""
    waiting: tuple[str, ...] = ()
    """Worth an alert, and not told yet."""
    rang_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Alerts:
    """What to ring for now, if anything, and what is told from then on."""

    told: tuple[str, ...] = ()
    state: AlertState = field(default_factory=AlertState)


def opening_state(standing: Standing, rules: AlertRules) -> AlertState:
    """Return the state of a desk that opens on `standing`: what is in it is no news."""
    return AlertState(len(standing.log), frozenset(_steps(standing, rules)))


def alerts(
    standing: Standing, state: AlertState, rules: AlertRules, now: datetime, style: HouseStyle
) -> Alerts:
    """Decide what to ring for.

    Args:
        standing: the night as it stands.
        state: what has been told already.
        rules: what is worth an alert.
        now: the wall clock, aware; it decides on quiet hours and on the rate.
        style: the house style of the sentences.

    """
    seen = min(state.seen, len(standing.log))
    said = [*state.waiting, *_news(standing.log.since(seen), rules, style)]
    passed = frozenset(_steps(standing, rules))
    said += [_step_words(standing, step, rules) for step in sorted(passed - state.steps)]
    new = replace(
        state, seen=len(standing.log), steps=state.steps | passed, waiting=tuple(said[-20:])
    )
    if rules.quiet is not None and rules.quiet.cover(now):
        return Alerts((), replace(new, waiting=()))
    too_soon = state.rang_at is not None and timedelta(0) <= now - state.rang_at < rules.every
    if not said or too_soon:
        return Alerts((), new)
    return Alerts(tuple(said), replace(new, waiting=(), rang_at=now))


def one_line(told: Iterable[str]) -> str:
    """Return several alerts as one sentence: the first, and how many more."""
    first, *more = told
    return first if not more else f"{first}, and {len(more)} more"


def _news(entries: Iterable[Entry], rules: AlertRules, style: HouseStyle) -> Iterator[str]:
    for entry in entries:
        watched = entry.subject in rules.watched and entry.kind in _OF_A_COUNCIL
        if watched or (rules.changes and entry.flips and entry.kind in DECLARED | CORRECTED):
            yield sentence(entry, style)


def _steps(standing: Standing, rules: AlertRules) -> Iterator[tuple[PartyId, int]]:
    if rules.net is None:
        return
    for row in on_stage(standing).scoreboard.rows:
        net = row.seats_net or 0
        reached = abs(net) // rules.net
        for step in range(1, reached + 1):
            yield row.party, step if net > 0 else -step


def _step_words(standing: Standing, step: tuple[PartyId, int], rules: AlertRules) -> str:
    (party, count), board = step, on_stage(standing).scoreboard
    row = next(row for row in board.rows if row.party == party)
    reached, net = signed(count * (rules.net or 0)), signed(row.seats_net or 0)
    now = "" if net == reached else f", now {net}"
    return f"{row.label} net seats reach {reached}{now} {BASELINES[board.baseline]}"
