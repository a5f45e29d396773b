"""The figures of a state of parties in one line: `Lab 34 (+1) · NOC 3 councils (−1)`."""

from __future__ import annotations

from collections.abc import Iterable

from feed.model.messages import TotalRow
from feed.model.parties import NOC, party_of
from feed.rules.scoreboard import signed
from feed.wording.entries import Names


def total_figures(rows: Iterable[TotalRow], names: Names) -> str:
    """Return each party's seats, else its councils; no overall control has councils alone."""
    lines = ((row, _councils(row) if row.party == NOC else _figures(row)) for row in rows)
    return " · ".join(
        f"{party_of(row.party, names).label} {'about ' if row.approximate else ''}{figures}"
        for row, figures in lines
        if figures
    )


def _figures(row: TotalRow) -> str:
    councils = _councils(row)
    if row.seats_won is not None:
        net = "" if row.seats_net is None else f" ({signed(row.seats_net)})"
        return f"{row.seats_won:,}{net}"
    if row.seats_net is None:
        return councils
    net = signed(row.seats_net)
    return f"{net} {_units(row.seats_net, 'seat')}, {councils}" if councils else net


def _councils(row: TotalRow) -> str:
    number, net = row.councils, row.councils_net
    if number is None:
        return "" if net is None else f"{signed(net)} {_units(net, 'council')}"
    moved = "" if net is None else f" ({signed(net)})"
    return f"{number:,} {_units(number, 'council')}{moved}"


def _units(number: int, unit: str) -> str:
    return unit if abs(number) == 1 else f"{unit}s"
