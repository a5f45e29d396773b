"""What lies between two moments of a night: figure by figure, council by council."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from feed.model.entries import PlaceId
from feed.model.parties import NOC, PartyId
from feed.model.standing import BoardRow, Contribution, CouncilStanding, Scoreboard, Standing
from feed.model.terms import Baseline
from feed.records import record
from feed.reports.provenance import contributions


@record(frozen=True, slots=True)
class Difference:
    """What the later of two standings has and the earlier had not."""

    since: datetime | None
    """Time of the newest entry at the earlier moment."""
    until: datetime | None
    declared: int
    board: Scoreboard
    """Every figure less what it was: the scoreboard of the stretch alone."""
    changed: frozenset[PlaceId]
    """Councils whose status, control, revision or seats are others now."""


def difference(before: Standing, after: Standing) -> Difference:
    """Return what changed from `before` to `after`, two moments of the same night."""
    return Difference(
        since=before.as_of,
        until=after.as_of,
        declared=after.declared - before.declared,
        board=_board(before.scoreboard, after.scoreboard),
        changed=_changed(before, after),
    )


def contributions_since(
    before: Standing, after: Standing, party: PartyId, column: str
) -> tuple[Contribution, ...]:
    """Return the results that make up one figure of the difference, largest first."""
    was = {one.place: one for one in contributions(before, party, column)}
    now = {one.place: one for one in contributions(after, party, column)}
    found = []
    for place in now.keys() | was.keys():
        contribution = now.get(place) or was[place]
        amount = (now[place].amount if place in now else 0) - (
            was[place].amount if place in was else 0
        )
        if amount:
            found.append(replace(contribution, amount=amount))
    return tuple(sorted(found, key=lambda one: (-abs(one.amount), one.name)))


def _board(before: Scoreboard, after: Scoreboard) -> Scoreboard:
    was = {row.party: row for row in before.rows}
    now = {row.party for row in after.rows}
    gone = [_emptied(row) for row in before.rows if row.party not in now]
    rows = [row for row in after.rows if row.party != NOC]
    last = [row for row in after.rows if row.party == NOC]
    councils = after.baseline_councils - _councils_on(before, after.baseline)
    return Scoreboard(
        rows=tuple(
            _row(was.get(row.party, _emptied(row)), row, before, after)
            for row in (*rows, *gone, *last)
        ),
        baseline=after.baseline,
        baseline_councils=max(0, councils),
        other_baselines=tuple(
            (name, max(0, count - _councils_on(before, name)))
            for name, count in after.other_baselines
        ),
    )


def _row(was: BoardRow, row: BoardRow, before: Scoreboard, after: Scoreboard) -> BoardRow:
    old, new = _nets(was, before), _nets(row, after)
    moved = {name: new.get(name, 0) - old.get(name, 0) for name in new.keys() | old.keys()}
    main = moved.pop(after.baseline, None)
    return replace(
        row,
        councils=row.councils - was.councils,
        gained=row.gained - was.gained,
        lost=row.lost - was.lost,
        seats_won=row.seats_won - was.seats_won,
        seats_after=row.seats_after - was.seats_after,
        seats_net=main,
        seats_net_other=MappingProxyType(moved),
    )


def _nets(row: BoardRow, board: Scoreboard) -> dict[Baseline, int]:
    """Return net seats by baseline; figures of two baselines are never set against each other."""
    main = {} if row.seats_net is None else {board.baseline: row.seats_net}
    return {**row.seats_net_other, **main}


def _emptied(row: BoardRow) -> BoardRow:
    return BoardRow(row.party, row.label, row.name)


def _councils_on(board: Scoreboard, baseline: Baseline) -> int:
    if board.baseline == baseline:
        return board.baseline_councils
    return dict(board.other_baselines).get(baseline, 0)


def _changed(before: Standing, after: Standing) -> frozenset[PlaceId]:
    was = {c.id: _facts(c) for c in before.all_councils}
    now = {c.id: _facts(c) for c in after.all_councils}
    return frozenset(place for place in was.keys() | now.keys() if was.get(place) != now.get(place))


def _facts(council: CouncilStanding) -> tuple[object, ...]:
    return (council.status, council.after, council.outcome, council.revision, council.seats)
