"""What happened between two moments of a night: for whoever looked away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from feed.model.entries import CORRECTED, TROUBLED, Entry, EntryKind, Mark, PlaceId
from feed.model.parties import PartyId
from feed.model.standing import CouncilStanding, Standing
from feed.model.terms import Baseline
from feed.wording.progress import on_stage


@dataclass(frozen=True, slots=True)
class Mover:
    """A party's seats net and councils, before and after."""

    party: PartyId
    label: str
    councils: int
    councils_moved: int
    seats_net: int
    seats_moved: int


@dataclass(frozen=True, slots=True)
class ControlChange:
    """A council's control at the end of a stretch, and the entry that told it last."""

    entry: Entry
    council: CouncilStanding


@dataclass(frozen=True, slots=True)
class Digest:
    """The sum of a stretch of the night."""

    since: datetime | None
    until: datetime | None
    declared: int
    declared_in_all: int
    councils_up: int
    """0 where nobody has said it."""
    changes: tuple[ControlChange, ...]
    """Each council once that has changed hands since, as it stands at the end."""
    taken_back: tuple[ControlChange, ...]
    """Councils that had changed hands before, and have not at the end."""
    corrections: tuple[Entry, ...]
    problems: tuple[Entry, ...]
    totals: tuple[Entry, ...]
    contests: tuple[Entry, ...]
    ireland: tuple[Entry, ...]
    """Results of Northern Ireland's councils, which no party controls."""
    news: tuple[Entry, ...]
    rushes: int
    movers: tuple[Mover, ...]
    baseline: Baseline | None = None
    """What the movers' seats are measured against; none where no change is known."""
    test: bool = False
    """Some of it is rehearsal data."""


def digest(before: Standing, after: Standing) -> Digest:
    """Sum up what `after` knows and `before` did not.

    Args:
        before: the standing at the first moment.
        after: the standing at the second, of the same night.

    """
    new = after.log.since(len(before.log))
    was, now = on_stage(before), on_stage(after)
    changes, taken_back = _changes(before, after, new)
    apart = {str(council.id) for council in after.ni_councils}
    return Digest(
        since=before.as_of,
        until=after.as_of,
        declared=now.declared - was.declared,
        declared_in_all=now.declared,
        councils_up=now.councils_up,
        changes=changes,
        taken_back=taken_back,
        corrections=_of(new, lambda e: e.kind in CORRECTED),
        problems=_of(new, lambda e: e.kind in TROUBLED or e.mark is Mark.REJECTED),
        totals=_of(new, lambda e: e.kind is EntryKind.TOTAL),
        contests=_of(new, lambda e: e.kind is EntryKind.CONTEST and e.subject not in apart),
        ireland=_of(new, lambda e: e.kind is EntryKind.CONTEST and e.subject in apart),
        news=_of(new, lambda e: e.kind is EntryKind.NEWS),
        rushes=sum(entry.kind is EntryKind.RUSH for entry in new),
        movers=tuple(sorted(_movers(was, now), key=lambda m: (-abs(m.seats_moved), m.label))),
        baseline=now.scoreboard.baseline if now.scoreboard.baseline_councils else None,
        test=after.test,
    )


def _changes(
    before: Standing, after: Standing, new: tuple[Entry, ...]
) -> tuple[tuple[ControlChange, ...], tuple[ControlChange, ...]]:
    """Return the councils that have changed hands since, and those that no longer have.

    Together they move the scoreboard as far as the stretch does: what was told and taken back
    within it is in neither.
    """
    was, now = _moves(before), _moves(after)
    last = {entry.subject: entry for entry in new}
    last |= {entry.subject: entry for entry in new if entry.flips}
    moved = sorted(
        (
            ControlChange(last[council.id], council)
            for council in after.councils
            if council.id in last and was.get(council.id) != now.get(council.id)
        ),
        key=lambda change: change.entry.seq,
    )
    return (
        tuple(change for change in moved if change.council.id in now),
        tuple(change for change in moved if change.council.id not in now),
    )


def _moves(standing: Standing) -> dict[PlaceId, tuple[PartyId | None, PartyId | None]]:
    return {
        council.id: (council.before, council.after)
        for council in standing.councils
        if council.status == "declared" and council.changed_hands
    }


def _movers(before: Standing, after: Standing) -> Iterator[Mover]:
    was = {row.party: row for row in before.scoreboard.rows}
    now = {row.party: row for row in after.scoreboard.rows}
    baselines = {
        board.baseline for board in (before.scoreboard, after.scoreboard) if board.baseline_councils
    }
    for party in {**now, **was}:
        row, earlier = now.get(party), was.get(party)
        councils, councils_was = row.councils if row else 0, earlier.councils if earlier else 0
        net = (row.seats_net or 0) if row else 0
        net_was = (earlier.seats_net or 0) if earlier else 0
        moved = net - net_was if len(baselines) < 2 else 0
        if councils != councils_was or moved:
            label = (row or was[party]).label
            yield Mover(party, label, councils, councils - councils_was, net, moved)


def _of(entries: tuple[Entry, ...], wanted: Any) -> tuple[Entry, ...]:  # noqa: ANN401
    return tuple(entry for entry in entries if wanted(entry))
