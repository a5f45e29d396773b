"""The books drawn together into the standing that every pane draws from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from operator import attrgetter
from types import MappingProxyType

from feed.ledger.content import Content
from feed.ledger.council_standing import council_standing
from feed.ledger.fold.agency_total import counted_records, stand
from feed.ledger.fold.contest import before_of, settled
from feed.ledger.poll_days import full_date, poll_day
from feed.ledger.state import LedgerState, TotalRecord, time_of
from feed.ledger.versions import ContestRecord, CouncilRecord
from feed.model.entries import ContestId, PlaceId
from feed.model.messages import AgencyTotal, Contest, Election, Withdrawal
from feed.model.parties import PartyId
from feed.model.standing import (
    BoardRow,
    ContestStanding,
    ContestStatus,
    CouncilStanding,
    OtherPollDay,
    Past,
    Scoreboard,
    Standing,
    TotalStanding,
    WardLine,
)
from feed.rules.scoreboard import Tally, scoreboard, seats_only, tally
from feed.wording.entries import contest_in_short, contest_outcome

_MAIN_PARTIES = (PartyId("con"), PartyId("lab"), PartyId("ld"))
_Drawn = tuple[CouncilRecord, tuple[WardLine, ...], int, CouncilStanding, Tally | None]
"""What a council's standing was made of, and what it came to."""


class StandingMaker:
    """Makes standings; what has not changed since the last one is not made again."""

    def __init__(self) -> None:
        self._councils: dict[PlaceId, _Drawn] = {}
        self._aside: tuple[int, int, tuple[OtherPollDay, ...]] | None = None
        self._totals: dict[Content, tuple[tuple[CouncilRecord | None, ...], TotalStanding]] = {}

    def make(self, state: LedgerState) -> Standing:
        """Return the standing of `state`."""
        drawn = [self._draw(state, record) for record in state.councils.values()]
        here = [(r, c, t) for r, c, t in drawn if not r.stands_apart]
        apart = [(r, c, t) for r, c, t in drawn if r.stands_apart]
        night = state.night
        election = state.election
        councils = _by_name(c for _, c, _ in here)
        title = (election.election.name if election and election.election else None) or state.title
        if not title and night is not None:
            title = f"Local elections {full_date(night)}"
        return Standing(
            title=title or ("Election not named" if councils or apart else "No election yet"),
            note=(election.note if election else None) or "",
            date=night,
            test=state.test,
            councils_up=_up(election, state.totals.values(), here),
            declared=sum(c.status == "declared" for c in councils),
            rushed=sum(c.status == "rush" for c in councils),
            counting=sum(c.status == "counting" for c in councils),
            councils=councils,
            ni_councils=_by_name(c for _, c, _ in apart),
            ni_councils_up=_up(None, (), apart),
            scoreboard=_board(state, here),
            ni_scoreboard=_without_control(_board(state, apart)) if apart else Scoreboard(),
            contests=tuple(
                _contest(state, record)
                for record in sorted(state.contests.values(), key=lambda r: (r.kind, r.area))
            ),
            totals=tuple(self._total(state, key, record) for key, record in state.totals.items()),
            problems=tuple(state.problems),
            set_aside=self._set_aside(state),
            not_shown=tuple(
                (of, what, count) for (of, what), count in sorted(state.not_shown.items())
            ),
            log=state.log,
            superseded=state.superseded.by(state.logged),
            as_of=state.as_of,
            last_seen_at=state.last_seen_at,
            arrivals=state.arrivals,
            duplicates=state.duplicates,
            steps=state.steps,
            party_names=MappingProxyType(dict(state.party_names)),
        )

    def _set_aside(self, state: LedgerState) -> tuple[OtherPollDay, ...]:
        """Return the files of other poll days by their day."""
        count = sum(state.aside_days.values())
        if self._aside is not None and self._aside[:2] == (id(state.aside), count):
            return self._aside[2]
        files: dict[date, dict[str, None]] = {day: {} for day in sorted(state.aside_days)}
        for day, path in state.aside[:count]:
            files[day].setdefault(path)
        found = tuple(
            OtherPollDay(day, tuple(paths), state.aside_days[day]) for day, paths in files.items()
        )
        self._aside = (id(state.aside), count, found)
        return found

    def _draw(
        self, state: LedgerState, record: CouncilRecord
    ) -> tuple[CouncilRecord, CouncilStanding, Tally | None]:
        id_, wards, names = PlaceId(record.known.id), record.wards.lines, state.named
        kept = self._councils.get(id_)
        if kept and kept[0] is record and kept[1] is wards and kept[2] == names:
            return record, kept[3], kept[4]
        result = record.result
        added = None if result is None else tally(result, record.roster)
        if added is not None and record.stands_apart:
            added = seats_only(added)
        standing = council_standing(record, state.party_names)
        self._councils[id_] = (record, wards, names, standing, added)
        return record, standing, added

    def _total(self, state: LedgerState, key: Content, record: TotalRecord) -> TotalStanding:
        if not isinstance(record.message, AgencyTotal):
            return stand(state, record)
        counts = counted_records(state, record.message)
        kept = self._totals.get(key)
        if kept is not None and _same(kept[0], counts):
            return kept[1]
        standing = stand(state, record)
        self._totals[key] = (counts, standing)
        return standing


def _same(old: Sequence[object], new: Sequence[object]) -> bool:
    return len(old) == len(new) and all(a is b for a, b in zip(old, new, strict=True))


def _up(
    election: Election | None,
    totals: Iterable[TotalRecord],
    drawn: Sequence[tuple[CouncilRecord, CouncilStanding, Tally | None]],
) -> int:
    """Return how many councils are up, as far as that is known; else 0.

    The election says it, or the rosters, if no council has returned without one; else an agency
    total of the whole night.
    """
    said = (election.councils_up or 0) if election else 0
    of = [
        each.message.of or 0
        for each in totals
        if each.message.kind == "agency_total" and each.message.region.casefold() == "all"
    ]
    enrolled = sum(record.roster is not None for record, _, _ in drawn)
    returned = sum(record.roster is None and it.status == "declared" for record, it, _ in drawn)
    if said or (of and (returned or not enrolled)):
        return max(said or max(of), enrolled + returned)
    return 0 if returned else enrolled


def _by_name(councils: Iterable[CouncilStanding]) -> tuple[CouncilStanding, ...]:
    return tuple(sorted(councils, key=attrgetter("name_order")))


def _board(
    state: LedgerState, drawn: Iterable[tuple[CouncilRecord, CouncilStanding, Tally | None]]
) -> Scoreboard:
    drawn = tuple(drawn)
    known = {
        line.party for _, council, _ in drawn for line in council.seats if line.held or line.won
    }
    before = {council.before for _, council, _ in drawn if council.before is not None}
    tallies = [added for _, _, added in drawn if added is not None]
    return scoreboard(tallies, {*_MAIN_PARTIES, *known, *before}, state.party_names)


def _without_control(board: Scoreboard) -> Scoreboard:
    """No party controls a council elected by single transferable vote (rule 11)."""
    rows: tuple[BoardRow, ...] = tuple(
        row for row in board.rows if row.seats_won or row.seats_net or row.seats_after
    )
    return Scoreboard(rows, board.baseline, board.baseline_councils, board.other_baselines)


def _contest(state: LedgerState, record: ContestRecord) -> ContestStanding:
    current = record.current
    contest = None if current is None else settled(record, current)
    newest = record.versions[-1] if record.versions else None
    candidates = current or (record.nominations[-1].message if record.nominations else None)
    recounting = record.recounts[-1].message if record.recounts else None
    status = _status(contest, recounting)
    at, clock = (None, None) if not contest or not newest else time_of(contest, newest.origin)
    return ContestStanding(
        id=ContestId(record.id),
        kind=record.kind,
        area=record.area,
        status=status,
        stage="nominations" if contest is None else contest.stage,
        before=before_of(record) if contest is None else contest.before,
        winner=None if contest is None else contest.winner,
        winner_name=None if contest is None else contest.winner_name,
        outcome=None if contest is None else contest_outcome(contest),
        revision=0 if contest is None else contest.revision,
        corrected=contest is not None and _corrected(record),
        declared_at=at,
        declared_at_estimated=clock == "estimated",
        poll=_own_day(state, record),
        nominated=bool(record.nominations),
        turnout=None if contest is None else contest.turnout,
        majority=None if contest is None else contest.majority,
        recount=recounting.recount if recounting and status == "recount" else None,
        history=_history(state, record),
        entry=None if newest is None else newest.entry,
        test=any(version.test for version in (*record.versions, *record.nominations)),
        candidates=tuple(
            (c.name, c.party, c.votes, c.elected)
            for c in (candidates.candidates if candidates else ())
        ),
    )


def _own_day(state: LedgerState, record: ContestRecord) -> date | None:
    """Return the poll day of a contest where it is not the night's."""
    told = (*record.nominations, *record.recounts, *record.versions)
    days = {day for version in told if (day := poll_day(version.message)) is not None}
    return min(days) if days and state.night not in days else None


def _corrected(record: ContestRecord) -> bool:
    """Whether what stands took back a result, a withdrawal or another winner."""
    current = record.current
    return any(
        isinstance(version.message, Withdrawal)
        or version.message.stage == "result"
        or (current is not None and version.message.winner != current.winner)
        for version in record.versions[:-1]
    )


def _status(contest: Contest | None, recounting: Contest | None) -> ContestStatus:
    if contest is None:
        return "recount" if recounting else "expected"
    if contest.stage == "rush":
        return "recount" if recounting else "rush"
    return "declared"


def _history(state: LedgerState, record: ContestRecord) -> tuple[Past, ...]:
    past = []
    for version in record.versions:
        message = version.message
        at, clock = time_of(message, version.origin)
        past.append(
            Past(
                revision=message.revision,
                kind="withdrawal" if isinstance(message, Withdrawal) else message.stage,
                says="withdrawn"
                if isinstance(message, Withdrawal)
                else contest_in_short(settled(record, message), state.party_names),
                origin=version.origin,
                at=at,
                current=version is record.versions[-1],
                estimated=clock == "estimated",
            )
        )
    return tuple(past)
