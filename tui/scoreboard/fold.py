"""Small parties in one row where there is no room for all, so that no row is below the edge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from types import MappingProxyType

from feed.model.parties import NOC, PartyId
from feed.model.standing import BoardRow
from feed.model.terms import Baseline

OTHERS, UNFOLDED = PartyId("others"), PartyId("others, unfolded")
"""The row of all that are folded, and the same with its parties below: no party of the feed."""
_FEWEST = 2
"""Rows that are worth folding: a row of others takes one itself."""
_LARGE = ("con", "lab", "ld", "ind", "green", "reform", "ukip", "snp", "pc", "ra")
"""Who stays longest; by a list and not by figures, so that no row comes or goes with a result."""


def folded(
    rows: Sequence[BoardRow], room: int, *, by_figure: bool, unfolded: bool
) -> tuple[BoardRow, ...]:
    """Return the rows for `room` lines: those that stay, the others in one, NOC.

    Args:
        rows: all parties in the order shown, NOC last.
        room: lines for rows; where all of them fit, or too few are left over, all are given.
        by_figure: the order is by a figure, so the last of it are folded.
        unfolded: give the rows that were folded too, under the row of the others.
    """
    parties = [row for row in rows if row.party != NOC]
    last = [row for row in rows if row.party == NOC]
    stay = room - len(last) - 1
    if len(rows) <= room or stay < 1 or len(parties) - stay < _FEWEST:
        return tuple(rows)
    largest = parties if by_figure else sorted(parties, key=_rank)
    kept = {row.party for row in largest[:stay]}
    small = [row for row in parties if row.party not in kept]
    shown = [row for row in parties if row.party in kept]
    return (
        *shown,
        _together(small, UNFOLDED if unfolded else OTHERS),
        *(small if unfolded else ()),
        *last,
    )


def _rank(row: BoardRow) -> int:
    return _LARGE.index(row.party) if row.party in _LARGE else len(_LARGE)


def _together(rows: Sequence[BoardRow], id_: PartyId) -> BoardRow:
    """Return the sums of the rows; what is known of none of them is not known."""
    nets = [row.seats_net for row in rows if row.seats_net is not None]
    others: Counter[Baseline] = Counter()
    for row in rows:
        for baseline, net in row.seats_net_other.items():
            others[baseline] += net
    return BoardRow(
        party=id_,
        label="Other",
        name=f"{len(rows)} other parties",
        councils=sum(row.councils for row in rows),
        gained=sum(row.gained for row in rows),
        lost=sum(row.lost for row in rows),
        seats_won=sum(row.seats_won for row in rows),
        seats_net=sum(nets) if nets else None,
        seats_net_other=MappingProxyType(dict(others)),
        seats_after=sum(row.seats_after for row in rows),
    )
