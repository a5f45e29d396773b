"""How each party's net seats grew and shrank over the night."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime

from feed.model.parties import PartyId
from feed.model.standing import CouncilStanding, SeatLine, Standing
from feed.model.terms import Baseline
from feed.records import record


@record(frozen=True, slots=True)
class Trend:
    """Net seats at evenly spaced moments, from the first declaration to the last."""

    start: datetime
    end: datetime
    seats: Mapping[PartyId, tuple[int, ...]]
    """The running sum at the end of each stretch; its last figure is the scoreboard's."""
    estimated: tuple[bool, bool] = (False, False)
    """Whether the first and the last moment are estimates."""


def trend(standing: Standing, stretches: int) -> Trend | None:
    """Return the net seats of every party, summed up by the time of declaration.

    Only changes against the scoreboard's main baseline count, so that figures of two baselines
    are never added (rule 10).

    Args:
        standing: the moment looked at; a corrected result counts as it stands, from the time at
            which its council declared.
        stretches: into how many equal stretches of time the night is cut, at least 1.

    """
    declared = [
        (council.declared_at, council)
        for council in standing.councils
        if council.status == "declared" and council.declared_at is not None
    ]
    if not declared:
        return None
    baseline = standing.scoreboard.baseline
    first = min(declared, key=lambda one: (one[0], one[1].declared_at_estimated))
    last = max(declared, key=lambda one: (one[0], not one[1].declared_at_estimated))
    start, end = first[0], last[0]
    moved: list[Counter[PartyId]] = [Counter() for _ in range(stretches)]
    for at, council in declared:
        for party, change in _changes(council, baseline):
            moved[_stretch(at, start, end, stretches)][party] += change
    parties = {party for stretch in moved for party, change in stretch.items() if change}
    seats = {party: _summed(moved, party) for party in parties}
    return Trend(start, end, seats, (first[1].declared_at_estimated, last[1].declared_at_estimated))


def _stretch(at: datetime, start: datetime, end: datetime, stretches: int) -> int:
    night = (end - start).total_seconds()
    share = (at - start).total_seconds() / night if night else 1.0
    return min(stretches - 1, int(share * stretches))


def _changes(council: CouncilStanding, baseline: Baseline) -> Iterator[tuple[PartyId, int]]:
    for line in council.seats:
        change = _change(line, council.baseline, baseline)
        if change:
            yield line.party, change


def _change(line: SeatLine, main: Baseline | None, wanted: Baseline) -> int:
    if main == wanted:
        return line.change or 0
    return dict(line.change_other).get(wanted, 0)


def _summed(moved: list[Counter[PartyId]], party: PartyId) -> tuple[int, ...]:
    total = 0
    sums = []
    for stretch in moved:
        total += stretch[party]
        sums.append(total)
    return tuple(sums)
