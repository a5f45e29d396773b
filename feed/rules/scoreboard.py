"""What each declared council adds to each figure of the scoreboard (rule 4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, get_args

from feed.model.parties import NOC, PartyId, agency_order, party_of
from feed.model.standing import BoardRow, Scoreboard
from feed.model.terms import Baseline
from feed.records import record
from feed.rules.control import control_after, control_before, seats_won

if TYPE_CHECKING:
    from feed.model.messages import Result, Roster

_EMPTY: Mapping[PartyId, int] = MappingProxyType({})


@record(frozen=True, slots=True)
class Tally:
    """One result's share of the scoreboard."""

    after: PartyId | None = None
    gained_by: PartyId | None = None
    lost_by: PartyId | None = None
    won: Mapping[PartyId, int] = field(default_factory=lambda: _EMPTY)
    council: Mapping[PartyId, int] = field(default_factory=lambda: _EMPTY)
    """The council after the poll."""
    changes: Mapping[Baseline, Mapping[PartyId, int]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    changed_size: bool = False
    """The council has more or fewer seats than before."""


def size_before(result: Result | None, roster: Roster | None) -> int | None:
    """Return the seats of a council before its size changed; None where it did not."""
    if result is None or roster is None or not result.after:
        return None
    if not (result.boundary_change or roster.boundary_change):
        return None
    held = sum(row.held for row in roster.parties)
    return held if held and held != sum(result.after.values()) else None


def tally(result: Result, roster: Roster | None) -> Tally:
    """Return what `result` adds; without a comparable control before nothing is gained or lost."""
    before, after = control_before(result, roster), control_after(result)
    moved = before is not None and after is not None and before != after
    return Tally(
        after=after,
        gained_by=after if moved else None,
        lost_by=before if moved else None,
        won=seats_won(result),
        council=result.after,
        changes={change.baseline: change.seats for change in reversed(result.changes)},
        changed_size=size_before(result, roster) is not None,
    )


def seats_only(share: Tally) -> Tally:
    """Return a share without its council: where no party controls one, none is counted."""
    return replace(share, after=None, gained_by=None, lost_by=None)


def scoreboard(
    tallies: Iterable[Tally],
    known: Iterable[PartyId],
    names: Mapping[PartyId, str],
) -> Scoreboard:
    """Add up the declared councils.

    Args:
        tallies: one for each council whose result arrived.
        known: parties that keep a row before they have a figure.
        names: names of the parties that nightdesk does not know.
    """
    councils: Counter[PartyId] = Counter()
    gained: Counter[PartyId] = Counter()
    lost: Counter[PartyId] = Counter()
    won: Counter[PartyId] = Counter()
    seats: Counter[PartyId] = Counter()
    nets: dict[Baseline, Counter[PartyId]] = {}
    covered: Counter[Baseline] = Counter()
    resized = 0
    for added in tallies:
        resized += added.changed_size
        for figure, party in (
            (councils, added.after),
            (gained, added.gained_by),
            (lost, added.lost_by),
        ):
            if party is not None:
                figure[party] += 1
        _add(won, added.won)
        _add(seats, added.council)
        for baseline, changes in added.changes.items():
            _add(nets.setdefault(baseline, Counter()), changes)
            covered[baseline] += 1
    main, others = _baselines(covered)
    ids = {
        *known,
        NOC,
        *councils,
        *gained,
        *lost,
        *won,
        *seats,
        *(p for n in nets.values() for p in n),
    }
    net = nets.get(main)
    rows = tuple(
        BoardRow(
            party=id_,
            label=party_of(id_, names).label,
            name=party_of(id_, names).name,
            councils=councils[id_],
            gained=gained[id_],
            lost=lost[id_],
            seats_won=won[id_],
            seats_net=None if net is None or id_ == NOC else net[id_],
            seats_net_other={} if id_ == NOC else {b: nets[b][id_] for b, _ in others},
            seats_after=seats[id_],
        )
        for id_ in agency_order(ids, names)
    )
    return Scoreboard(rows, main, covered[main], others, resized)


def _add(figures: Counter[PartyId], more: Mapping[PartyId, int]) -> None:
    """Add figures up; a loop of our own, since `Counter.update` is slow at small mappings."""
    for party, number in more.items():
        figures[party] += number


def _baselines(covered: Counter[Baseline]) -> tuple[Baseline, tuple[tuple[Baseline, int], ...]]:
    order: tuple[Baseline, ...] = get_args(Baseline)
    ranked = sorted(covered, key=lambda baseline: (-covered[baseline], order.index(baseline)))
    if not ranked:
        return "unknown", ()
    return ranked[0], tuple((baseline, covered[baseline]) for baseline in ranked[1:])


def effect(old: Tally, new: Tally, names: Mapping[PartyId, str]) -> str:
    """Return what replacing one result by another does to the scoreboard: `Con councils −1`."""
    moved: dict[PartyId, dict[str, int]] = {}
    for share, sign in ((old, -1), (new, 1)):
        for word, party, amount in _shares(share):
            figures = moved.setdefault(party, {})
            figures[word] = figures.get(word, 0) + sign * amount
    said = [
        f"{party_of(party, names).label} {word} {signed(moved[party][word])}"
        for party in agency_order(moved, names)
        for word in _WORDS
        if moved[party].get(word)
    ]
    return "; ".join(said) or "no figure of the scoreboard changes"


_WORDS = ("councils", "councils net", "seats", "seats net")


def _shares(share: Tally) -> Iterator[tuple[str, PartyId, int]]:
    if share.after is not None:
        yield "councils", share.after, 1
    if share.gained_by is not None:
        yield "councils net", share.gained_by, 1
    if share.lost_by is not None:
        yield "councils net", share.lost_by, -1
    yield from (("seats", party, won) for party, won in share.won.items())
    main = next(iter(share.changes.values()), _EMPTY)
    yield from (("seats net", party, net) for party, net in main.items())


def signed(number: int) -> str:
    """Return a change with a real sign: `+18`, `−203`, `0`."""
    return "0" if number == 0 else f"+{number:,}" if number > 0 else f"−{-number:,}"
