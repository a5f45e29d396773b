"""When a desk should ring: a pure decision from what has come in since it last looked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from datetime import datetime, time, timedelta
from types import MappingProxyType
from typing import Final, Self

from feed.clock import london
from feed.english import capitalised, counted, in_words
from feed.model.entries import CORRECTED, DECLARED, Entry, EntryKind, Mark, PlaceId
from feed.model.parties import NOC, PartyId
from feed.model.standing import CouncilStanding, Standing
from feed.model.terms import LATE_AFTER, USUAL_CAUSES, AlertCause, HouseStyle
from feed.model.view import View
from feed.records import record
from feed.reports.silence import Silence, SilenceKind, view_silence
from feed.rules.scoreboard import signed
from feed.wording.control import BASELINES, sentence
from feed.wording.progress import on_stage

_HOURS: Final = re.compile(r"(\d{1,2}):(\d{2})\s*(?:-|–|to)\s*(\d{1,2}):(\d{2})")
_EVERY: Final = timedelta(seconds=10)
_OF_A_COUNCIL: Final = DECLARED | CORRECTED | {EntryKind.RUSH, EntryKind.CONTEST}
"""What is said of a council's result; a contest is one of Northern Ireland's."""
_HIDES: Final[tuple[SilenceKind, ...]] = ("lost", "heartbeat", "late")
"""Each may hide that those after it go on."""
_DEAD: Final[tuple[SilenceKind, ...]] = ("lost", "heartbeat")
_LIVING: Final[tuple[SilenceKind, ...]] = ("late", "complete")
CAUSE_OF: Final[Mapping[SilenceKind, AlertCause]] = MappingProxyType(
    {"lost": "source", "heartbeat": "heartbeat", "late": "late", "complete": "complete"}
)
"""What of the silence is a cause of an alert."""
_BACK: Final[Mapping[SilenceKind, str]] = MappingProxyType(
    {"lost": "The source is back", "heartbeat": "The heartbeat is back"}
)


@record(frozen=True, slots=True)
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


@record(frozen=True, slots=True)
class AlertRules:
    """What rings, and when nothing does."""

    changes: bool = True
    """Control of a council changes."""
    watched: frozenset[PlaceId] = frozenset()
    """These councils declare, or are corrected."""
    net: int | None = None
    """A party's net seats reach this many, up or down, or a further multiple of it."""
    causes: frozenset[AlertCause] = frozenset(USUAL_CAUSES)
    """What else rings."""
    regions: frozenset[str] = frozenset()
    """Councils of these regions (in small letters) declare, or are corrected."""
    majority: int | None = None
    """A council declares with a majority of so many seats at most."""
    quiet: QuietHours | None = None
    dead_feed_breaks_quiet: bool = False
    """A lost source and a missing heartbeat ring at quiet hours too."""
    every: timedelta = _EVERY
    """At most one alert in so long; what comes in between is told with the next."""


@record(frozen=True, slots=True)
class AlertState:
    """What has been told already."""

    seen: int = 0
    """Entries of the log that were looked at."""
    steps: frozenset[tuple[PartyId, int]] = frozenset()
    """Parties and multiples of `net` that were told."""
    waiting: tuple[str, ...] = ()
    """Worth an alert, and not told yet."""
    rang_at: datetime | None = None
    trouble: frozenset[SilenceKind] = frozenset()
    """What of the silence was told and goes on."""
    unsaved: bool = False
    gained: frozenset[PartyId] = frozenset()
    """Parties that have gained control of a council."""


@record(frozen=True, slots=True)
class Condition:
    """How the feed and the recording are, beside what the night says."""

    silence: Silence = field(default_factory=Silence)
    unsaved: int = 0
    """Arrivals that are not in the recording."""

    @classmethod
    def of(cls, view: View, now: datetime, late_after: timedelta = LATE_AFTER) -> Condition:
        """Return how they are by a view.

        Args:
            view: what the session says.
            now: the wall clock, aware.
            late_after: how long after its expected time a council is late.

        """
        return cls(view_silence(view, now, late_after), view.source.unsaved)

    def looking_back(self) -> Condition:
        """Return what of it is told while somebody looks back: of the silence, a dead feed."""
        return self if self.silence.kind in _DEAD else replace(self, silence=Silence())


@record(frozen=True, slots=True)
class Alerts:
    """What to ring for now, if anything, and what is told from then on."""

    told: tuple[str, ...] = ()
    state: AlertState = field(default_factory=AlertState)
    news: tuple[str, ...] = ()
    """What has come since the last look and goes by: to be seen even where nothing may ring."""


def opening_state(
    standing: Standing, rules: AlertRules, condition: Condition | None = None
) -> AlertState:
    """Return the state of a desk that opens on `standing`: what is in it is no news."""
    found = condition or Condition()
    return AlertState(
        len(standing.log),
        frozenset(net_steps(standing, rules)),
        trouble=going_on(frozenset(), found.silence),
        unsaved=found.unsaved > 0,
        gained=frozenset(gains(standing.log.since(0))),
    )


def alerts(  # noqa: PLR0913  # what is told depends on all of them
    standing: Standing,
    state: AlertState,
    rules: AlertRules,
    now: datetime,
    style: HouseStyle,
    *,
    condition: Condition | None = None,
) -> Alerts:
    """Decide what to ring for; what is told is told once.

    Args:
        standing: the night as it stands.
        state: what has been told already.
        rules: what is worth an alert.
        now: the wall clock, aware; it decides on quiet hours and on the rate.
        style: the house style of the sentences.
        condition: how the feed and the recording are.

    """
    found = condition or Condition()
    seen = min(state.seen, len(standing.log))
    entries = list(standing.log.since(seen))
    urgent = list(_of_silence(state, found.silence, rules, _DEAD))
    said = [*state.waiting, *urgent, *_of_silence(state, found.silence, rules, _LIVING)]
    worth = [*_news(standing, entries, state, rules, style)]
    passed = frozenset(net_steps(standing, rules))
    steps = [step_words(standing, step, rules) for step in sorted(passed - state.steps)]
    said += [*_of_unsaved(state, found, rules), *(words for _, words in worth), *steps]
    news = (*(words for entry, words in worth if entry.mark is not Mark.REJECTED), *steps)
    new = replace(
        state,
        seen=len(standing.log),
        steps=state.steps | passed,
        waiting=tuple(said[-20:]),
        trouble=going_on(state.trouble, found.silence),
        unsaved=found.unsaved > 0,
        gained=state.gained | frozenset(gains(entries)),
    )
    return replace(_in_time(state, new, said, urgent=urgent, rules=rules, now=now), news=news)


def alerts_looking_back(
    state: AlertState, rules: AlertRules, now: datetime, condition: Condition
) -> Alerts:
    """Decide what to ring for while somebody looks back: that the feed or the disk is in trouble.

    Args:
        state: what has been told already.
        rules: what is worth an alert.
        now: the wall clock, aware.
        condition: how the feed and the recording are now.

    """
    found = condition.looking_back()
    silence, unsaved = found.silence, found.unsaved > 0
    before = replace(state, trouble=state.trouble.intersection(_DEAD))
    urgent = list(_of_silence(before, silence, rules, _DEAD))
    said = [*state.waiting, *urgent, *_of_unsaved(state, found, rules)]
    trouble = going_on(state.trouble, silence) | state.trouble.difference(_DEAD)
    new = replace(state, waiting=tuple(said[-20:]), trouble=trouble, unsaved=unsaved)
    return _in_time(state, new, said, urgent=urgent, rules=rules, now=now)


def _in_time(  # noqa: PLR0913  # what is told now depends on all of them
    state: AlertState,
    new: AlertState,
    said: list[str],
    *,
    urgent: list[str],
    rules: AlertRules,
    now: datetime,
) -> Alerts:
    """Return what is told now of what there is to say: nothing at quiet hours, or too soon."""
    if rules.quiet is not None and rules.quiet.cover(now):
        breaks = rules.dead_feed_breaks_quiet
        said = [*state.waiting, *urgent] if breaks else []
        new = _through_quiet(
            state, replace(new, waiting=tuple(said[-20:])), _DEAD if breaks else ()
        )
    too_soon = state.rang_at is not None and timedelta(0) <= now - state.rang_at < rules.every
    if not said or too_soon:
        return Alerts((), new)
    return Alerts(tuple(said), replace(new, waiting=(), rang_at=now))


def _through_quiet(
    before: AlertState, after: AlertState, told: Iterable[SilenceKind]
) -> AlertState:
    """Return the state in quiet hours: only trouble that is told counts as told at their end."""
    return replace(
        after,
        trouble=after.trouble & (before.trouble | frozenset(told)),
        unsaved=after.unsaved and before.unsaved,
    )


def one_line(told: Iterable[str]) -> str:
    """Return several alerts as one sentence: the first, and how many more."""
    first, *more = told
    return first if not more else f"{first}, and {len(more)} more"


def _news(
    standing: Standing,
    entries: Iterable[Entry],
    state: AlertState,
    rules: AlertRules,
    style: HouseStyle,
) -> Iterator[tuple[Entry, str]]:
    gained = set(state.gained)
    for entry in entries:
        first = [party for party in gains([entry]) if party not in gained]
        gained.update(first)
        if first and "first-gain" in rules.causes:
            yield entry, f"First gain of the night: {sentence(entry, style)}"
        elif _is_worth_it(entry, rules) or is_of_region(standing, entry, rules):
            yield entry, sentence(entry, style)
        elif close := closeness(standing, entry, rules):
            yield entry, f"{sentence(entry, style)} ({close})"


def _is_worth_it(entry: Entry, rules: AlertRules) -> bool:
    if entry.subject in rules.watched and entry.kind in _OF_A_COUNCIL:
        return True
    if rules.changes and entry.flips and entry.kind in DECLARED | CORRECTED:
        return True
    return (
        ("correction" in rules.causes and entry.kind in CORRECTED)
        or ("rejected" in rules.causes and entry.mark is Mark.REJECTED)
        or ("total" in rules.causes and entry.kind is EntryKind.TOTAL and entry.mark is Mark.REMARK)
    )


def is_of_region(standing: Standing, entry: Entry, rules: AlertRules) -> bool:
    """Whether an entry is of a council's result in one of the regions of the rules."""
    if not rules.regions or entry.kind not in _OF_A_COUNCIL:
        return False
    council = _council_of(standing, entry)
    return council is not None and (council.region or "").casefold() in rules.regions


def closeness(standing: Standing, entry: Entry, rules: AlertRules) -> str:
    """Return how close a council that declares is, where that is worth an alert."""
    wanted = rules.majority is not None or "one-short" in rules.causes
    council = _council_of(standing, entry) if wanted and entry.kind in DECLARED else None
    if council is None:
        return ""
    short = [note for note in council.majority_notes if note.endswith("one seat short")]
    if short and "one-short" in rules.causes:
        return short[0]
    seats = {line.party: line.after or 0 for line in council.seats}
    if rules.majority is None or council.after not in seats:
        return ""
    majority = 2 * seats[council.after] - sum(seats.values())
    return f"majority of {in_words(majority)}" if 0 < majority <= rules.majority else ""


def _council_of(standing: Standing, entry: Entry) -> CouncilStanding | None:
    return None if entry.subject is None else standing.council(PlaceId(entry.subject))


def gains(entries: Iterable[Entry]) -> Iterator[PartyId]:
    """Yield the party of every gain of control among entries."""
    for entry in entries:
        after = None if entry.declaration is None else entry.declaration.after
        if entry.kind is EntryKind.GAIN and entry.flips and after is not None and after != NOC:
            yield after


def _of_silence(
    state: AlertState, now: Silence, rules: AlertRules, kinds: Iterable[SilenceKind]
) -> Iterator[str]:
    goes_on = going_on(state.trouble, now)
    for kind in kinds:
        if CAUSE_OF[kind] not in rules.causes:
            continue
        if kind in goes_on - state.trouble:
            yield "The night is complete" if kind == "complete" else capitalised(now.says)
        elif kind in state.trouble - goes_on and kind in _BACK:
            yield _BACK[kind]


def going_on(told: frozenset[SilenceKind], now: Silence) -> frozenset[SilenceKind]:
    """Return what goes on: what the moment's judgement says, and what it may hide."""
    hidden = _HIDES[_HIDES.index(now.kind) + 1 :] if now.kind in _HIDES else ()
    kept = {kind for kind in told if kind in hidden or (kind == "complete" and hidden)}
    return frozenset(kept | ({now.kind} & CAUSE_OF.keys()))


def _of_unsaved(state: AlertState, found: Condition, rules: AlertRules) -> Iterator[str]:
    if "unsaved" in rules.causes and state.unsaved != (found.unsaved > 0):
        yield (
            unsaved_words(found.unsaved)
            if found.unsaved
            else "All files are in the recording again"
        )


def unsaved_words(count: int) -> str:
    """Return that so many files are not in the recording."""
    return f"{counted(count, 'file is', 'files are')} not in the recording"


def net_steps(standing: Standing, rules: AlertRules) -> Iterator[tuple[PartyId, int]]:
    """Yield each party with each multiple of the rules' net figure that it has reached."""
    if rules.net is None:
        return
    for row in on_stage(standing).scoreboard.rows:
        net = row.seats_net or 0
        reached = abs(net) // rules.net
        for step in range(1, reached + 1):
            yield row.party, step if net > 0 else -step


def step_words(standing: Standing, step: tuple[PartyId, int], rules: AlertRules) -> str:
    """Return the sentence of a multiple that a party has reached."""
    (party, count), board = step, on_stage(standing).scoreboard
    row = next(row for row in board.rows if row.party == party)
    reached, net = signed(count * (rules.net or 0)), signed(row.seats_net or 0)
    now = "" if net == reached else f", now {net}"
    return f"{row.label} net seats reach {reached}{now} {BASELINES[board.baseline]}"
