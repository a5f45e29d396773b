"""Democracy Club's candidates CSV with results: a row a candidate, grouped by ballot.

Read are the columns `ballot_paper_id` (local.adur.buckingham.2018-05-03), `party_name` and
`elected`, and where they are there `organisation_name`, `post_label`, `gss`, `election_date`,
`seats_contested`, `votes_cast`, `turnout_percentage`, `total_electorate`, `cancelled_poll` and
`results_source`. A ballot on which nobody is elected yet says nothing; ballots of other elections
than those of councils are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import ValidationError

from feed.councils.register import built_in
from feed.formats.native.faults import faults
from feed.formats.native.reader import NATIVE
from feed.formats.rejecting import decoded, quoted, rejected, rejection
from feed.formats.table.cells import CellError, check_width, day_cell, seats
from feed.formats.table.rows import rows
from feed.formats.wards import Stood, is_elected, ward_figures
from feed.model.arrival import Arrival
from feed.model.messages import Statement

_NEEDED = ("ballot_paper_id", "party_name", "elected")
_LOCAL = re.compile(
    r"local\.(?P<council>[^.]+)\.(?P<ward>[^.]+)(?P<by>\.by)?\.(?P<date>\d{4}-\d\d-\d\d)"
)
_CODE = re.compile(r"[A-Z]\d{8}")
_FIX = "Correct the row; this ballot was left out, the others were taken."
_AGAIN = "Export it again with the fields ballot paper ID, party name and elected."


@dataclass(slots=True)
class _Ballot:
    """The rows of one ballot paper."""

    line: int
    first: Mapping[str, str]
    stood: list[Stood] = field(default_factory=list)
    is_bad: bool = False


def is_democracy_club(data: bytes) -> bool:
    """Whether `data` is the export, by the name of its key column."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf\r\n ").split(b"\n", 1)[0].lower()
    return b"ballot_paper_id" in head or b"ballot paper id" in head


def read_democracy_club(arrival: Arrival) -> tuple[Statement, ...]:
    """Return a ward result for each ballot on which somebody is elected."""
    text = decoded(arrival.data, arrival.line, windows=True)
    if isinstance(text, Statement):
        return (text,)
    every = rows(text, arrival.line or 1)
    first = next(every, None)
    if first is None or isinstance(first, Statement):
        return (first,) if first else rejected("the table is empty", _AGAIN, arrival.line)
    line, header = first
    names = [name.strip().casefold().replace(" ", "_") for name in header]
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        what = f"the column {quoted(missing[0])} is missing; the results cannot be read without it"
        return rejected(what, _AGAIN, line)
    statements = sorted(_statements(names, every), key=lambda each: each.line or 0)
    return tuple(statements) or rejected(
        "nobody is elected on any ballot of this file",
        "If the count is not over, nothing needs to be done; else export it with its results.",
        line,
    )


def _statements(
    names: Sequence[str], every: Iterator[tuple[int, list[str]] | Statement]
) -> Iterator[Statement]:
    ballots: dict[str, _Ballot] = {}
    others: dict[str, int] = {}
    for row in every:
        if isinstance(row, Statement):
            yield row
            continue
        line, cells = row
        values = dict(zip(names, (cell.strip() for cell in cells), strict=False))
        id_ = values.get("ballot_paper_id", "")
        if not _LOCAL.fullmatch(id_):
            others.setdefault(id_, line)
            continue
        ballot = ballots.setdefault(id_, _Ballot(line, values))
        try:
            check_width(cells, names)
            ballot.stood.append(_stood(values))
        except CellError as error:
            ballot.is_bad = True
            yield rejection(str(error), _FIX, line)
    if others:
        yield _left_out(others)
    for id_, ballot in ballots.items():
        if not ballot.is_bad and any(each.is_elected for each in ballot.stood):
            yield _statement(id_, ballot)


def _left_out(others: Mapping[str, int]) -> Statement:
    id_, line = next(iter(others.items()))
    several = f"{len(others):,} ballots, such as" if len(others) > 1 else "the ballot"
    were = "were" if len(others) > 1 else "was"
    what = f"{several} {quoted(id_)}, {were} left out; expected local.council.ward.date"
    return rejection(what, "Only ballots of council wards are read; nothing need be done.", line)


def _stood(values: Mapping[str, str]) -> Stood:
    party = values.get("party_name", "")
    if not party:
        raise CellError("there is no party_name in this row")
    votes = seats("votes_cast", values.get("votes_cast", ""))
    return Stood(party, votes, is_elected(values.get("elected", "")))


def _statement(id_: str, ballot: _Ballot) -> Statement:
    values, ids = ballot.first, _LOCAL.fullmatch(id_)
    slug = ids.groupdict("") if ids else {}
    try:
        contested = seats("seats_contested", values.get("seats_contested", ""))
        message = {
            "kind": "ward_result",
            "council": values.get("organisation_name") or _council(slug["council"]),
            "ward": values.get("post_label") or _title(slug["ward"]),
            "election": {"date": day_cell("election_date", slug["date"])},
            **ward_figures(ballot.stood, contested),
            **_more(values, is_by_election=bool(slug["by"])),
        }
        return Statement(NATIVE.validate_python(message), ballot.line)
    except CellError as error:
        return rejection(str(error), _FIX, ballot.line)
    except ValidationError as error:
        return rejection(faults(error)[0], _FIX, ballot.line)


def _more(values: Mapping[str, str], *, is_by_election: bool) -> dict[str, object]:
    turnout = values.get("turnout_percentage", "").rstrip("% ")
    electorate = seats("total_electorate", values.get("total_electorate", ""))
    code = values.get("gss", "").removeprefix("gss:")
    try:
        percentage = float(turnout) if turnout else None
    except ValueError:
        raise CellError(f"turnout_percentage is {quoted(turnout)}; expected a number") from None
    more = {
        "turnout": percentage,
        "electorate": electorate,
        "ward_gss": code if _CODE.fullmatch(code) else None,
        "source": values.get("results_source") or None,
        "note": "by-election" if is_by_election else None,
    }
    return {name: value for name, value in more.items() if value is not None}


def _council(slug: str) -> str:
    name = _title(slug)
    known = built_in().find(name).known
    return known.name if known else name


def _title(slug: str) -> str:
    return slug.replace("-", " ").title()
