"""A table of returns as CSV: its rows, and what they say about each council."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pydantic_core import ValidationError

from feed.formats.native.faults import faults
from feed.formats.native.reader import NATIVE
from feed.formats.rejecting import decoded, quoted, rejected, rejection
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
from feed.formats.table.columns import EXAMPLE, TableColumns, columns_of, is_known, missing_columns
from feed.formats.table.rows import delimiter_of, rows, stated_delimiter
from feed.model.arrival import Arrival
from feed.model.messages import Remark, Statement
from feed.model.parties import PartyId, known_party, party_id
from feed.rules.control import control

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


_SUMS = frozenset({"total", "totals", "sum", "all councils", "england", "grand total"})
_LOOKED_AT = 4
_TITLES = 12
"""Rows above which the names of the columns are looked for."""
_SAMPLE = 2000
"""Rows that say what an unknown column holds."""
_Row = tuple[int, list[str]] | Statement
_LONGEST_NAME = 40
_MOST_WORDS = 4
_FIX = "Correct the cell; this council was left out, the others were taken."
_FIX_TOTAL = "Look for a party without a column, or correct the figure; it is not counted so far."
_NAMES = (".csv", ".tsv")


def is_table(arrival: Arrival) -> bool:
    """Whether it is a table: its first row names columns, or its rows are equally wide."""
    text = decoded(arrival.data[:65536].rpartition(b"\n")[0] or arrival.data[:65536], windows=True)
    if isinstance(text, Statement):
        return arrival.path.lower().endswith(_NAMES)
    lines = [line for line in text.splitlines() if line.strip()][: _LOOKED_AT + 1]
    lines = lines[1:] if lines and stated_delimiter(lines[0]) else lines[:_LOOKED_AT]
    if not lines:
        return False
    mark = delimiter_of(lines[0])
    names = [name.strip(' "') for name in lines[0].strip("| ").split(mark)]
    if len(names) < 2 or any(len(name) > _LONGEST_NAME for name in names):
        return arrival.path.lower().endswith(_NAMES)
    if sum(is_known(name) for name in names) > 1 or arrival.path.lower().endswith(_NAMES):
        return True
    counts = {line.count(mark) for line in lines}
    is_brief = all(len(name.split()) <= _MOST_WORDS for name in names)
    return is_brief and len(lines) > 2 and len(counts) == 1 and len(names) > 2


def read_table(arrival: Arrival) -> tuple[Statement, ...]:
    """Return a result for each council of the table, and a rejection for each row that is wrong."""
    text = decoded(arrival.data, arrival.line, windows=True)
    if isinstance(text, Statement):
        return (text,)
    every = list(rows(text, arrival.line or 1))
    if not every:
        return rejected("the table is empty", EXAMPLE, arrival.line)
    if isinstance(every[0], Statement):
        return (every[0],)
    at = _header(every)
    line, header = _row(every[at])
    below = [row[1] for row in every[at + 1 : at + 1 + _SAMPLE] if not isinstance(row, Statement)]
    columns = columns_of(header, below)
    if not columns.is_enough:
        return (missing_columns(columns, line),)
    statements = sorted(_statements(columns, every[at + 1 :]), key=lambda each: each.line or 0)
    remark = tuple(_left_out(name, line) for name in columns.unknown)
    return (*remark, *statements) or rejected(
        "no council in this table has seats or control yet",
        "If none has declared, nothing needs to be done; else check the columns.",
        line,
    )


def _header(every: Sequence[_Row]) -> int:
    """Return where the names of the columns stand: a title may stand above them."""
    for at, row in enumerate(every[:_TITLES]):
        if not isinstance(row, Statement) and columns_of(row[1]).is_enough:
            return at
    return 0


def _row(row: _Row) -> tuple[int, list[str]]:
    return (0, []) if isinstance(row, Statement) else row


def _left_out(name: str, line: int) -> Statement:
    what = f"the column {quoted(name)} is not known and was left out; no seats depend on it"
    fix = f"If it is a party, call it “{name[:60]} seats”; if not, nothing needs to be done."
    return Statement(Remark(what=what, fix=fix, line=line), line)


def _statements(columns: TableColumns, every: Iterable[_Row]) -> Iterator[Statement]:
    returns: dict[object, Return] = {}
    for row in every:
        if isinstance(row, Statement):
            yield row
            continue
        line, cells = row
        name = cell_of(columns, cells, "council").strip()
        if name.casefold() in _SUMS or cells == columns.names:
            continue
        key = (name, cell_of(columns, cells, "revision")) if columns.is_long else line
        returned = returns.setdefault(key, Return(line, {}))
        try:
            add_row(returned, columns, cells)
        except CellError as error:
            returned.is_bad = True
            yield rejection(str(error), _FIX, line)
    for returned in returns.values():
        if returned.is_bad or not returned.is_filled:
            continue
        wrong = _wrong_total(returned)
        yield rejection(wrong, _FIX_TOTAL, returned.line) if wrong else _statement(returned)


def _wrong_total(returned: Return) -> str:
    """Say where the seats do not come to the total: a party's may be missing (rule 21)."""
    seats = sum(returned.figures["after"].values())
    if returned.total is None or not seats or seats == returned.total:
        return ""
    council = quoted(returned.facts.get("council", ""))
    return f"the seats of {council} come to {seats}, and its total is {returned.total}"


def _statement(returned: Return) -> Statement:
    facts = dict(returned.facts)
    baseline = facts.pop("baseline", "unknown")
    if not returned.has_seats:
        message: dict[str, object] = {"kind": "rush", **facts}
        for name in ("type", "region"):
            message.pop(name, None)
    else:
        change, held = returned.figures["change"], returned.figures["held"]
        message = {"kind": "result", "after": returned.figures["after"], **facts}
        message |= {"won": returned.figures["won"]} if returned.figures["won"] else {}
        message |= {"party_names": returned.names} if returned.names else {}
        if change:
            message["changes"] = ({"baseline": baseline, "seats": change},)
        if sum(held.values()) and "control_before" not in facts:
            message["control_before"] = control(held)
    try:
        return Statement(NATIVE.validate_python(message), returned.line)
    except ValidationError as error:
        return rejection(faults(error)[0], _FIX, returned.line)
