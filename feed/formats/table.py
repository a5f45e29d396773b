"""A table of returns as CSV, with commas, semicolons or tabs.

Wide: one row a council, one column a party: `council, control before, control after, Con, Lab,
Con change`. Long: one row a council and party: `council, party, seats, won, change, held`.
The order of the columns is free and their names have many forms; changes are against an unknown
baseline unless a column says. A table of control alone gives rushes, for want of figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import ValidationError

from feed.arrival import Arrival
from feed.formats.decoding import decoded
from feed.formats.native import NATIVE
from feed.formats.native_faults import faults
from feed.formats.rejecting import quoted, rejected, rejection
from feed.formats.table_cells import CellError, control, day, figure, is_empty, moment, seats
from feed.formats.table_columns import (
    EXAMPLE,
    Columns,
    columns_of,
    is_known,
    missing_columns,
)
from feed.formats.table_rows import delimiter_of, rows, told_delimiter
from feed.messages import Statement
from feed.parties import NOC, PartyId, known_party, party_id

_FIGURES = ("after", "won", "change", "held")
_SUMS = frozenset({"total", "totals", "sum", "all councils", "england", "grand total"})
_LOOKED_AT = 4
_LONGEST_NAME = 40
_MOST_WORDS = 4
_FIX = "Correct the cell; this council was left out, the others were taken."
_NAMES = (".csv", ".tsv")


@dataclass(slots=True)
class _Return:
    """What the rows of one council say."""

    line: int
    facts: dict[str, object]
    figures: dict[str, dict[PartyId, int]] = field(
        default_factory=lambda: {name: {} for name in _FIGURES}
    )
    names: dict[PartyId, str] = field(default_factory=dict)
    is_bad: bool = False


def is_table(arrival: Arrival) -> bool:
    """Tell a table from prose: its first row names columns, or its rows have equally many cells."""
    text = decoded(arrival.data[:65536].rpartition(b"\n")[0] or arrival.data[:65536], windows=True)
    if isinstance(text, Statement):
        return arrival.path.lower().endswith(_NAMES)
    lines = [line for line in text.splitlines() if line.strip()][: _LOOKED_AT + 1]
    lines = lines[1:] if lines and told_delimiter(lines[0]) else lines[:_LOOKED_AT]
    if not lines:
        return False
    mark = delimiter_of(lines[0])
    names = [name.strip(' "') for name in lines[0].split(mark)]
    if len(names) < 2 or any(len(name) > _LONGEST_NAME for name in names):
        return arrival.path.lower().endswith(_NAMES)
    if sum(is_known(name) for name in names) > 1 or arrival.path.lower().endswith(_NAMES):
        return True
    counts = {line.count(mark) for line in lines}
    is_brief = all(len(name.split()) <= _MOST_WORDS for name in names)
    return is_brief and len(lines) > 2 and len(counts) == 1 and len(names) > 2


def read(arrival: Arrival) -> tuple[Statement, ...]:
    """Give a result for each council of the table, and a rejection for each row that is wrong."""
    text = decoded(arrival.data, arrival.line, windows=True)
    if isinstance(text, Statement):
        return (text,)
    every = rows(text, arrival.line or 1)
    first = next(every, None)
    if first is None:
        return rejected("the table is empty", EXAMPLE, arrival.line)
    if isinstance(first, Statement):
        return (first,)
    line, header = first
    columns = columns_of(header)
    if not columns.is_enough:
        return (missing_columns(columns, line),)
    statements = sorted(_statements(columns, every), key=lambda each: each.line or 0)
    remark = tuple(_left_out(name, line) for name in columns.unknown)
    return (*remark, *statements) or rejected("the table has no rows", EXAMPLE, line)


def _left_out(name: str, line: int) -> Statement:
    return rejection(
        f"the column {quoted(name)} is not known and was left out",
        f"If it is a party, call it “{name[:60]} seats”; if not, nothing needs to be done.",
        line,
    )


def _statements(
    columns: Columns, every: Iterator[tuple[int, list[str]] | Statement]
) -> Iterator[Statement]:
    returns: dict[object, _Return] = {}
    for row in every:
        if isinstance(row, Statement):
            yield row
            continue
        line, cells = row
        name = _cell(columns, cells, "council").strip()
        if name.casefold() in _SUMS or cells == columns.names:
            continue
        key = (name, _cell(columns, cells, "revision")) if columns.is_long else line
        told = returns.setdefault(key, _Return(line, {}))
        try:
            _add(told, columns, cells)
        except CellError as error:
            told.is_bad = True
            yield rejection(str(error), _FIX, line)
    for told in returns.values():
        if not told.is_bad:
            yield _statement(told, has_seats=columns.has_seats)


def _cell(columns: Columns, cells: Sequence[str], fact: str) -> str:
    position = columns.facts.get(fact)
    return cells[position] if position is not None and position < len(cells) else ""


def _add(told: _Return, columns: Columns, cells: Sequence[str]) -> None:
    if any(cell.strip() for cell in cells[len(columns.names) :]):
        raise CellError(f"the row has {len(cells)} cells; the header has {len(columns.names)}")
    told.facts.update(_facts(columns, cells))
    if columns.is_long:
        _add_party(told, columns, cells)
        return
    for position, column in columns.parties.items():
        cell = cells[position] if position < len(cells) else ""
        read_figure = figure if column.figure == "change" else seats
        number = read_figure(columns.names[position].strip(), cell)
        if number is not None:
            told.figures[column.figure][column.party] = number
            if column.name:
                told.names[column.party] = column.name


def _add_party(told: _Return, columns: Columns, cells: Sequence[str]) -> None:
    name = _cell(columns, cells, "party").strip()
    if not name:
        raise CellError("there is no party in this row; expected one party a row")
    party = party_id(name)
    if known_party(name) is None:
        told.names[party] = name
    for kind in _FIGURES:
        cell = _cell(columns, cells, f"party:{kind}")
        head = columns.head(f"party:{kind}")
        number = (figure if kind == "change" else seats)(head, cell)
        if number is None:
            continue
        if party in told.figures[kind]:
            raise CellError(f"the party {quoted(name)} stands twice for this council")
        told.figures[kind][party] = number


def _facts(columns: Columns, cells: Sequence[str]) -> Mapping[str, object]:
    def said(fact: str) -> str:
        return _cell(columns, cells, fact)

    def read(fact: str) -> tuple[str, str]:
        return columns.head(fact), said(fact)

    if is_empty(said("council")):
        raise CellError("there is no council in this row")
    facts: dict[str, object] = {"council": said("council")}
    for plain in ("gss", "type", "region", "source", "note"):
        if not is_empty(said(plain)):
            facts[plain] = said(plain).strip()
    revision = seats(*read("revision"))
    before = control(*read("control_before"))[1]
    after = control(*read("control_after"))
    result = control(*read("result"))
    date, at = day(*read("date")), moment(*read("at"))
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


def _statement(told: _Return, *, has_seats: bool) -> Statement:
    facts = dict(told.facts)
    baseline = facts.pop("baseline", "unknown")
    if not has_seats:
        message: dict[str, object] = {"kind": "rush", **facts}
        for name in ("type", "region"):
            message.pop(name, None)
    else:
        change, held = told.figures["change"], told.figures["held"]
        message = {"kind": "result", "after": told.figures["after"], **facts}
        message |= {"won": told.figures["won"]} if told.figures["won"] else {}
        message |= {"party_names": told.names} if told.names else {}
        if change:
            message["changes"] = ({"baseline": baseline, "seats": change},)
        if sum(held.values()) and "control_before" not in facts:
            message["control_before"] = _majority(held)
    try:
        return Statement(NATIVE.validate_python(message), told.line)
    except ValidationError as error:
        return rejection(faults(error)[0], _FIX, told.line)


def _majority(held: Mapping[PartyId, int]) -> PartyId:
    total = sum(held.values())
    return next((party for party, count in held.items() if 2 * count > total), NOC)
