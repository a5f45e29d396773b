"""CSV with a row a candidate: Democracy Club's, and the councils' own open-data standard.

Read are the columns `ballot_paper_id` (local.adur.buckingham.2018-05-03), `party_name` and
`elected`, and where they are there `organisation_name`, `post_label`, `gss`, `election_date`,
`seats_contested`, `votes_cast`, `turnout_percentage`, `total_electorate`, `cancelled_poll` and
`results_source`. A ballot on which nobody is elected yet says nothing; ballots of other elections
than those of councils are left out. One for as many seats as candidates has them elected
unopposed. The standard for election results (OrganisationLabel, ElectoralAreaLabel,
PoliticalPartyLabel, VotesWon, Elected …) is read by the same rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pydantic_core import ValidationError

from feed.councils.register import built_in
from feed.formats.native.faults import faults
from feed.formats.native.reader import NATIVE
from feed.formats.rejecting import decoded, quoted, rejected, rejection
from feed.formats.table.cells import CellError, check_width, day_cell, seats
from feed.formats.table.rows import rows
from feed.formats.wards import Stood, is_elected, ward_figures
from feed.model.arrival import Arrival
from feed.model.messages import Remark, Statement

_STANDARD: Mapping[str, str] = {
    "organisationlabel": "organisation_name",
    "electiondate": "election_date",
    "typeofelection": "type_of_election",
    "electedbodylabel": "elected_body",
    "electoralareauri": "area_uri",
    "electoralarealabel": "electoral_area",
    "politicalpartylabel": "party_name",
    "candidatesdescription": "description",
    "voteswon": "votes_cast",
    "eligibleelectorate": "total_electorate",
    "percentageturnout": "turnout_percentage",
    "votescast": "ballots",
}
"""The columns of the open-data standard for election results."""
_OTHER_BODIES = ("parish", "town council", "mayor", "crime", "parliament", "general")
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
    if b"ballot_paper_id" in head or b"ballot paper id" in head:
        return True
    return b"electoralarealabel" in head and b"elected" in head


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
    names = [_STANDARD.get(name, name) for name in names]
    if "electoral_area" in names:
        names.append("ballot_paper_id")
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
        if "electoral_area" in values:
            values |= _as_ballot(values)
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
        if not ballot.is_bad:
            yield from _told(id_, ballot)


def _told(id_: str, ballot: _Ballot) -> Iterator[Statement]:
    if _is_uncontested(ballot):
        ballot.stood = [replace(each, is_elected=True) for each in ballot.stood]
        yield _statement(id_, ballot, "unopposed")
    elif any(each.is_elected for each in ballot.stood):
        yield _statement(id_, ballot)
    elif _is_true(ballot.first.get("cancelled_poll", "")):
        what = f"the poll of {quoted(id_)} was cancelled and nobody is elected; left out"
        fix = "Nothing needs to be done: its seats are filled on another day."
        yield Statement(Remark(what=what, fix=fix, line=ballot.line), ballot.line)


def _left_out(others: Mapping[str, int]) -> Statement:
    id_, line = next(iter(others.items()))
    several = f"{len(others):,} ballots, such as" if len(others) > 1 else "the ballot"
    were = "were" if len(others) > 1 else "was"
    what = f"{several} {quoted(id_)}, {were} left out; expected local.council.ward.date"
    fix = "Only ballots of council wards are read; nothing needs to be done."
    return Statement(Remark(what=what, fix=fix, line=line), line)


def _stood(values: Mapping[str, str]) -> Stood:
    party = values.get("party_name", "")
    if not party:
        raise CellError("there is no party_name in this row")
    votes = seats("votes_cast", values.get("votes_cast", ""))
    by_lot = _is_true(values.get("tied_vote_winner", ""))
    return Stood(party, votes, by_lot or is_elected(values.get("elected", "")))


def _is_true(cell: str) -> bool:
    return cell.strip().casefold() in {"true", "t", "yes", "y", "1"}


def _is_uncontested(ballot: _Ballot) -> bool:
    """Whether there are no more candidates than seats and so no poll."""
    contested = ballot.first.get("seats_contested", "")
    return (
        _is_true(ballot.first.get("cancelled_poll", ""))
        and contested.isdigit()
        and 0 < len(ballot.stood) <= int(contested)
        and not any(each.is_elected for each in ballot.stood)
    )


def _as_ballot(values: Mapping[str, str]) -> dict[str, str]:
    """Return what a row of the open-data standard says in the words of a ballot's."""
    body = values.get("elected_body", "") or values.get("organisation_name", "")
    kind = values.get("type_of_election", "").casefold()
    other = next((word for word in _OTHER_BODIES if word in f"{kind} {body.casefold()}"), "")
    slugs = [re.sub(r"[^a-z0-9]+", "-", it.casefold()).strip("-") or "x"
             for it in (body, values["electoral_area"])]  # fmt: skip
    day = values.get("election_date", "")
    party = values.get("party_name", "") or values.get("description", "")
    return {
        "ballot_paper_id": f"{other.replace(' ', '-') or 'local'}.{'.'.join(slugs)}.{day}",
        "organisation_name": body.removesuffix(" Council"),
        "post_label": values["electoral_area"],
        "gss": values.get("area_uri", "").rpartition("/")[2],
        "party_name": party or "Independent",
    }


def _statement(id_: str, ballot: _Ballot, note: str = "") -> Statement:
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
            **_more(values, note or ("by-election" if slug["by"] else "")),
        }
        return Statement(NATIVE.validate_python(message), ballot.line)
    except CellError as error:
        return rejection(str(error), _FIX, ballot.line)
    except ValidationError as error:
        return rejection(faults(error)[0], _FIX, ballot.line)


def _more(values: Mapping[str, str], note: str) -> dict[str, object]:
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
        "note": note or None,
    }
    return {name: value for name, value in more.items() if value is not None}


def _council(slug: str) -> str:
    name = _title(slug)
    known = built_in().find(name).known
    return known.name if known else name


def _title(slug: str) -> str:
    return slug.replace("-", " ").title()
