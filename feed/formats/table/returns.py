"""What the rows of a table say about one council."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from feed.formats.rejecting import quoted
from feed.formats.table.cells import (
    CellError,
    check_width,
    control_cell,
    day_cell,
    figure,
    is_empty,
    moment_cell,
    seats,
)
from feed.formats.table.columns import TableColumns
from feed.model.parties import PartyId, known_party, party_id

FIGURES = ("after", "won", "change", "held")
"""What a table may tell of a party."""


@dataclass(slots=True)
class Return:
    """What the rows of one council say."""

    line: int
    facts: dict[str, object]
    figures: dict[str, dict[PartyId, int]] = field(
        default_factory=lambda: {name: {} for name in FIGURES}
    )
    names: dict[PartyId, str] = field(default_factory=dict)
    written: set[tuple[str, str]] = field(default_factory=set)
    """Figures and names of parties that have had their row."""
    total: int | None = None
    """What the table says that the seats come to."""
    is_bad: bool = False

    @property
    def has_seats(self) -> bool:
        """Whether the return has figures, and not control alone."""
        return any(self.figures[name] for name in ("after", "won", "change"))

    @property
    def is_filled(self) -> bool:
        """Whether the council has declared: a row may stand there before."""
        return self.has_seats or "control_after" in self.facts or "outcome" in self.facts


def cell_of(columns: TableColumns, cells: Sequence[str], fact: str) -> str:
    """Return the cell of a fact; empty where the table or the row has none."""
    position = columns.facts.get(fact)
    return cells[position] if position is not None and position < len(cells) else ""


def add_row(returned: Return, columns: TableColumns, cells: Sequence[str]) -> None:
    """Add what a row says; the error tells the first cell that is wrong."""
    check_width(cells, columns.names)
    returned.facts.update(_facts(columns, cells))
    if "total" in columns.facts:
        returned.total = seats(columns.head("total"), cell_of(columns, cells, "total"))
    if columns.is_long:
        _add_party(returned, columns, cells)
        return
    for position, column in columns.parties.items():
        cell = cells[position] if position < len(cells) else ""
        read_figure = figure if column.figure == "change" else seats
        number = read_figure(columns.names[position].strip(), cell)
        if number is not None:
            figures = returned.figures[column.figure]
            figures[column.party] = figures.get(column.party, 0) + number
            if column.name:
                returned.names[column.party] = column.name


def _add_party(returned: Return, columns: TableColumns, cells: Sequence[str]) -> None:
    name = cell_of(columns, cells, "party").strip()
    if not name:
        raise CellError("there is no party in this row; expected one party a row")
    party = party_id(name)
    if known_party(name) is None:
        returned.names[party] = name
    for kind in FIGURES:
        cell = cell_of(columns, cells, f"party:{kind}")
        head = columns.head(f"party:{kind}")
        number = (figure if kind == "change" else seats)(head, cell)
        if number is None:
            continue
        if (kind, name.casefold()) in returned.written:
            raise CellError(f"the party {quoted(name)} stands twice for this council")
        returned.written.add((kind, name.casefold()))
        returned.figures[kind][party] = returned.figures[kind].get(party, 0) + number


def _facts(columns: TableColumns, cells: Sequence[str]) -> Mapping[str, object]:
    def said(fact: str) -> str:
        return cell_of(columns, cells, fact)

    def named(fact: str) -> tuple[str, str]:
        return columns.head(fact), said(fact)

    if is_empty(said("council")):
        raise CellError("there is no council in this row")
    facts: dict[str, object] = {"council": said("council")}
    for plain in ("gss", "type", "region", "source", "note"):
        if not is_empty(said(plain)):
            facts[plain] = said(plain).strip()
    revision = seats(*named("revision"))
    parties = {column.party for column in columns.parties.values()}
    if columns.is_long and not is_empty(said("party")):
        parties |= {party_id(said("party")), party_id(said("control_after"))}
    before = control_cell(*named("control_before"), parties)[1]
    after = control_cell(*named("control_after"), parties)
    result = control_cell(*named("result"), parties)
    date, at = day_cell(*named("date")), moment_cell(*named("at"))
    facts |= {
        name: value
        for name, value in {
            "revision": revision,
            "control_before": before or after[0] or result[0],
            "control_after": after[1] or result[1],
            "outcome": result[2] or after[2],
            "election": date and {"date": date},
            "at": at,
            "baseline": said("baseline").strip().lower().replace(" ", "_") or None,
        }.items()
        if value is not None
    }
    return facts
