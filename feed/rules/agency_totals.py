"""Our totals held against the agency's, and which revisions explain a difference (rule 6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, product
from typing import Literal

from feed.model.entries import PlaceId
from feed.model.messages import AgencyTotal, Change, Result, Roster, TotalRow
from feed.model.parties import NOC, PartyId, agency_order, party_of
from feed.model.terms import Baseline
from feed.records import record
from feed.rules.checks import main_change
from feed.rules.scoreboard import signed, tally

Key = tuple[PartyId, str]
Figures = Mapping[Key, int]
_FIELDS = (
    "councils", "councils_net", "councils_gained", "councils_lost", "seats_won", "seats_net",
)  # fmt: skip
_WORDS = {
    "councils": "councils",
    "councils_net": "councils net",
    "councils_gained": "councils gained",
    "councils_lost": "councils lost",
    "seats_won": "seats",
    "seats_net": "seats net",
}
_SIGNED = frozenset({"councils_net", "seats_net"})
_MOST_TRIES = 20_000
_MOST_CHANGED = 6


@record(frozen=True, slots=True)
class Counted:
    """One council that a total counts: its results by revision, the current one last."""

    place: PlaceId
    name: str
    results: tuple[Result, ...]
    roster: Roster | None


@record(frozen=True, slots=True)
class Judgement:
    """What came of comparing a total with ours."""

    verdict: Literal["agrees", "explained", "differs", "not comparable"]
    explained_by: tuple[tuple[PlaceId, str, int], ...] = ()
    differences: tuple[str, ...] = ()


def judge(
    total: AgencyTotal,
    councils: Sequence[Counted],
    names: Mapping[PartyId, str],
    *,
    stated_only: bool = False,
) -> Judgement:
    """Compare an agency total with our results over the councils that it counts.

    Args:
        total: the agency's state of parties.
        councils: every council that it counts, all of them declared.
        names: names of the parties that nightdesk does not know.
        stated_only: a party or figure that it leaves out is not taken for 0.
    """
    theirs = _stated(total.rows)
    counting = _Counting(frozenset(field for _, field in theirs), total.baseline)
    if not all(counting.has_baseline(council.results[-1]) for council in councils):
        counting = replace(counting, fields=counting.fields - {"seats_net"})
        theirs = {key: value for key, value in theirs.items() if key[1] in counting.fields}
    about = {row.party for row in total.rows if row.approximate}
    if not theirs:
        return Judgement("not comparable")
    current = [counting.figures(council.results[-1], council.roster) for council in councils]
    ours: Counter[Key] = Counter()
    for share in current:
        ours.update(share)
    keys = {key for key in ours if key[1] in counting.fields and key[0] not in about}
    gap = _gap(theirs, ours, theirs if stated_only else {*theirs, *keys})
    if not gap:
        return Judgement("agrees")
    chosen = None if stated_only else _explanation(gap, councils, current, counting)
    if chosen is not None:
        return Judgement("explained", explained_by=chosen)
    return Judgement("differs", differences=tuple(_differences(gap, theirs, ours, names)))


def _stated(rows: Iterable[TotalRow]) -> dict[Key, int]:
    return {
        (row.party, field): value
        for row in rows
        for field in _FIELDS
        if not row.approximate and (value := getattr(row, field)) is not None
    }


@record(frozen=True, slots=True)
class _Counting:
    """Which figures of a result are compared, and on which baseline (rule 10)."""

    fields: frozenset[str]
    baseline: Baseline

    def has_baseline(self, result: Result) -> bool:
        """Whether a result's changes, if it has any, may be held against the total's."""
        if not result.changes or "seats_net" not in self.fields:
            return True
        return self._change(result) is not None

    def _change(self, result: Result) -> Change | None:
        if self.baseline == "unknown":
            change = main_change(result)
            return change if change and baseline_fits(self.baseline, change.baseline) else None
        return next((c for c in result.changes if c.baseline == self.baseline), None)

    def figures(self, result: Result, roster: Roster | None) -> Counter[Key]:
        """Return what one result adds to the figures that are compared."""
        share, change = tally(result, roster), self._change(result)
        figures: Counter[Key] = Counter()
        if share.after is not None:
            figures[share.after, "councils"] += 1
        if share.gained_by is not None:
            figures[share.gained_by, "councils_net"] += 1
            figures[share.gained_by, "councils_gained"] += 1
        if share.lost_by is not None:
            figures[share.lost_by, "councils_net"] -= 1
            figures[share.lost_by, "councils_lost"] += 1
        for party, won in share.won.items():
            figures[party, "seats_won"] += won
        for party, moved in change.seats.items() if change else ():
            figures[party, "seats_net"] += moved
        return Counter({k: value for k, value in figures.items() if k[1] in self.fields and value})


def _gap(theirs: Figures, ours: Figures, keys: Iterable[Key]) -> dict[Key, int]:
    """Return what must be added to ours to make theirs; NOC has no seats of its own."""
    return {
        key: theirs.get(key, 0) - ours.get(key, 0)
        for key in keys
        if theirs.get(key, 0) != ours.get(key, 0) and not _never_stated(key)
    }


def _never_stated(key: Key) -> bool:
    return key[0] == NOC and key[1] in {"seats_won", "seats_net"}


def _explanation(
    gap: Figures,
    councils: Sequence[Counted],
    current: Sequence[Figures],
    counting: _Counting,
) -> tuple[tuple[PlaceId, str, int], ...] | None:
    """Return the fewest earlier revisions that make our figures theirs, if any do."""
    options = [
        (council, _earlier(council, now, counting))
        for council, now in zip(councils, current, strict=True)
        if len(council.results) > 1
    ]
    tries = 0
    for count in range(1, min(len(options), _MOST_CHANGED) + 1):
        for group in combinations(options, count):
            for choice in product(*(moves for _, moves in group)):
                tries += 1
                if tries > _MOST_TRIES:
                    return None
                if _sum(delta for _, delta in choice) == gap:
                    return tuple(
                        (council.place, council.name, revision)
                        for (council, _), (revision, _) in zip(group, choice, strict=True)
                    )
    return None


def _earlier(
    council: Counted, now: Figures, counting: _Counting
) -> tuple[tuple[int, Figures], ...]:
    moves = []
    for result in council.results[:-1]:
        then = counting.figures(result, council.roster)
        keys = {*then, *now}
        delta = {k: then.get(k, 0) - now.get(k, 0) for k in keys if then.get(k, 0) != now.get(k, 0)}
        moves.append((result.revision, delta))
    return tuple(moves)


def _sum(deltas: Iterable[Figures]) -> dict[Key, int]:
    total: Counter[Key] = Counter()
    for delta in deltas:
        total.update(delta)
    return {key: value for key, value in total.items() if value and not _never_stated(key)}


def _differences(
    gap: Figures, theirs: Figures, ours: Figures, names: Mapping[PartyId, str]
) -> Iterator[str]:
    for party in agency_order({party for party, _ in gap}, names):
        for field in _FIELDS:
            key = (party, field)
            if key in gap:
                label = party_of(party, names).label
                show = (lambda n: f"{n:,}") if field not in _SIGNED else signed
                said = show(theirs[key]) if key in theirs else "none"
                yield f"{label} {_WORDS[field]} {said}, ours {show(ours.get(key, 0))}"


def baseline_fits(total: Baseline, ours: Baseline) -> bool:
    """Whether two sets of changes may be compared at all (rule 10)."""
    return total == ours or (total == "unknown" and ours == "eve_of_poll")
