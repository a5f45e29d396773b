"""What the agency's messages mean, whichever notation they travelled in (rule 19)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TypedDict

from feed.formats.agency.contests import STAGES, read_contest
from feed.formats.agency.reading import (
    NAME_LENGTH,
    Envelope,
    PartyBook,
    Reading,
    is_test_name,
)
from feed.formats.rejecting import quoted
from feed.formats.xml_tree import Node
from feed.model.messages import (
    AgencyTotal,
    Change,
    CouncilRef,
    ElectionRef,
    Rejection,
    Result,
    Roster,
    RosterParty,
    SetAside,
    Statement,
    TotalRow,
)
from feed.model.parties import NOC, PartyId
from feed.model.terms import Elects, Outcome
from feed.safe_text import clean

_COUNCILS = ("LocalElectionResult", "LocalElectionNominations")
_TOTAL = "LocalStateOfParties"
_COLLATED = "CollatedNominations"
ROOTS = frozenset({*_COUNCILS, _TOTAL, _COLLATED, *STAGES})
"""The root elements of the agency's messages that are read; any other with an `Election` is one
of the agency's too, of a kind that is not shown here."""
_BODIES = {
    "S": "Scottish Parliament",
    "W": "Welsh Parliament",
    "L": "London Assembly",
    "G": "General election",
    "E": "European Parliament",
    "NI": "Northern Ireland Assembly",
    "N": "Northern Ireland Assembly",
    "R": "Referendum",
    "M": "Mayors",
    "P": "Police and crime commissioners",
}
_SHOWN = frozenset({"M", "P", "B", ""})
_FIX = "Ask the agency to send the file again."
_TEST_FILE = re.compile(r"(?:^|_)Test_(?!Valley(?:_|\.|$))")
_TOTAL_FIX = "Compare it with the agency's page of totals, and ask for the file to be sent again."
_MOST = 100_000
_COUNCIL_FIX = "Check it with the council, and ask the agency for a corrected revision."
_TYPES = {
    "england": "county",
    "metro": "metropolitan",
    "non-met": "district",
    "unitary": "unitary",
    "london": "london_borough",
    "scotland": "scotland",
    "wales": "wales",
}
_ELECTS: Mapping[str, Elects] = {"all": "whole", "half": "halves", "third": "thirds"}
_OUTCOMES: Mapping[str, Outcome] = {
    "gain": "gain",
    "no change": "no_change",
    "lose to noc": "lose",
    "hold": "hold",
    "win": "win",
}


def statements_of(root: Node, path: str) -> tuple[Statement, ...]:
    """Return what a message says: one statement for each council, contest or total in it.

    A council with a wrong value becomes a rejection at the line of that value, and the other
    councils of the message are still taken.
    """
    if root.name == _COLLATED:
        inside = (node for node in root.children if node.name in ROOTS)
        return tuple(statement for node in inside for statement in statements_of(node, path))
    if root.name not in ROOTS or (root.name in STAGES and _type_of(root) not in _SHOWN):
        return _aside(root)
    reading = Reading(_FIX)
    envelope = _envelope(root, path, reading)
    if envelope is None or reading.faults:
        return tuple(reading.faults)
    if root.name == _TOTAL:
        return read_total(root, envelope)
    kind = "Council" if root.name in _COUNCILS else "Constituency"
    places = _places(root, kind)
    if not places:
        return message_rejected(root.line, f"{root.name} names no {kind}; expected 1 or more.")
    said = (statement for place in places for statement in _read(root, place, envelope))
    return tuple(sorted(said, key=lambda statement: statement.line or 0))


def _aside(root: Node) -> tuple[Statement, ...]:
    """Take a message of a kind that is not shown here; refuse what is none of an election."""
    if root.first("Election") is None:
        expected = ", ".join(sorted(ROOTS))
        return message_rejected(
            root.line, f"The message is {quoted(root.name)}; expected one of {expected}."
        )
    what = "constituency messages" if root.name in ROOTS else f"{root.name[:60]} messages"
    of = _BODIES.get(_type_of(root)) or _name_of(root) or "The agency"
    return (Statement(SetAside(of=of, what=what), root.line),)


def _type_of(root: Node) -> str:
    election = root.first("Election")
    return "" if election is None else election.attributes.get("type", "").strip().upper()


def _name_of(root: Node) -> str:
    election = root.first("Election")
    return "" if election is None else clean(election.attributes.get("name", ""))[:NAME_LENGTH]


def message_rejected(line: int | None, what: str, fix: str = _FIX) -> tuple[Statement, ...]:
    """Refuse a whole message."""
    return (Statement(Rejection(line=line, what=what, fix=fix), line),)


def _read(root: Node, place: Node, envelope: Envelope) -> Iterable[Statement]:
    if root.name in _COUNCILS:
        read = read_result if root.name == "LocalElectionResult" else read_roster
        return read(place, envelope)
    return read_contest(root, place, envelope)


def _envelope(root: Node, path: str, reading: Reading) -> Envelope | None:
    election = root.first("Election")
    if election is None:
        reading.fault(root, f"{root.name} names no Election; expected one with its date")
        return None
    day = reading.day(election, "date") if "date" in election.attributes else None
    name = reading.text(election, "name")
    id_ = reading.text(election, "paId")
    revision = reading.number(root, "revision", most=9999)
    if reading.faults:
        return None
    return Envelope(
        election=None if day is None else ElectionRef(date=day, name=name, id=id_),
        type=election.attributes.get("type", "").strip().upper()[:1],
        revision=1 if revision is None else revision,
        test=is_test_name(name or "") or _is_test_file(path),
    )


def _places(root: Node, kind: str) -> list[Node]:
    inside = [place for election in root.all("Election") for place in election.all(kind)]
    return inside or list(root.all(kind))


def _is_test_file(path: str) -> bool:
    return _TEST_FILE.search(path.rpartition("/")[2]) is not None


def read_total(root: Node, envelope: Envelope) -> tuple[Statement, ...]:
    """Read one state of parties, or say what is wrong with it."""
    reading = Reading(_TOTAL_FIX)
    rows = _rows(root, reading)
    declared = reading.number(root, "numberOfResults")
    expected = reading.number(root, "totalNumberOfCouncils")
    region = reading.text(root, "region") or "All"
    councils = _councils(root, reading)
    if reading.faults:
        return tuple(reading.faults)
    if declared is None or not rows:
        return (Statement(SetAside(of="The agency", what="totals without figures"), root.line),)
    total = AgencyTotal(
        election=envelope.election,
        test=envelope.test,
        region=region,
        declared=declared,
        of=expected,
        rows=rows,
        councils=councils,
        baseline="eve_of_poll",
    )
    return (Statement(total, root.line),)


def _rows(root: Node, reading: Reading) -> tuple[TotalRow, ...]:
    group = _below(root, "Parties")
    if group is None:
        return ()
    book = PartyBook(reading)
    return tuple(
        TotalRow(
            party=party,
            name=reading.text(row, "name", "abbreviation"),
            councils=reading.number(row, "totalCouncils", most=_MOST),
            councils_net=reading.number(row, "changeInControl", least=-_MOST, most=_MOST),
            seats_won=reading.number(row, "seatsWon", most=_MOST),
            seats_net=reading.number(row, "netChangeInSeats", least=-_MOST, most=_MOST),
        )
        for row, party in book.rows(group)
    )


def _councils(root: Node, reading: Reading) -> tuple[CouncilRef, ...] | None:
    group = _below(root, "CouncilsIncluded")
    if group is None:
        return None
    return tuple(
        CouncilRef(
            council=reading.required_text(council, "name", "the name of a council"),
            agency_id=reading.text(council, "paId"),
        )
        for council in group.all("Council")
    )


def _below(root: Node, name: str) -> Node | None:
    """Return the first of that name among the children, or among those of `Election`."""
    election = root.first("Election")
    return root.first(name) or (None if election is None else election.first(name))


class _Facts(TypedDict):
    council: str
    agency_id: str | None
    type: str | None
    elects: Elects | None
    new_council: bool
    boundary_change: bool
    control_before: PartyId | None


def read_result(council: Node, envelope: Envelope) -> tuple[Statement, ...]:
    """Read one council's return, or say what is wrong with it."""
    reading = Reading(_COUNCIL_FIX, council)
    book = PartyBook(reading)
    facts = _facts(council, reading, book)
    won = council.first("ElectedCouncillors")
    changes = council.first("Changes")
    seats_won = None if won is None else book.seats(won, "seats")
    net = () if changes is None else (book.seats(changes, "change", least=-2000),)
    after = _composition(council, reading, book)
    control = book.of(council, "winningParty")
    outcome = _outcome(council, reading, facts["control_before"] or control)
    if reading.faults:
        return tuple(reading.faults)
    result = Result(
        **facts,
        election=envelope.election,
        test=envelope.test,
        revision=envelope.revision,
        won=seats_won,
        after=after,
        changes=tuple(Change(baseline="eve_of_poll", seats=seats) for seats in net),
        control_after=control,
        outcome=outcome,
        party_names=book.names,
    )
    return (Statement(result, council.line),)


def read_roster(council: Node, envelope: Envelope) -> tuple[Statement, ...]:
    """Read what each party holds and defends on one council, or say what is wrong with it."""
    reading = Reading(_COUNCIL_FIX, council)
    book = PartyBook(reading)
    facts = _facts(council, reading, book)
    rows = book.rows(council)
    # Both figures may be left out; a roster of some parties alone would be no baseline.
    whole = all(reading.has(row, name) for row, _ in rows for name in ("seatsHeld", "seatsOffered"))
    parties: dict[PartyId, RosterParty] = {}
    for row, party in rows if whole else ():
        before = parties.get(party) or RosterParty(party=party, held=0, offered=0)
        candidates = reading.number(row, "candidates")
        parties[party] = RosterParty(
            party=party,
            held=before.held + reading.required_number(row, "seatsHeld"),
            offered=(before.offered or 0) + reading.required_number(row, "seatsOffered"),
            unopposed=before.unopposed + (reading.number(row, "unopposedReturns") or 0),
            candidates=None if candidates is None else candidates + (before.candidates or 0),
        )
    if reading.faults:
        return tuple(reading.faults)
    roster = Roster(
        **facts,
        election=envelope.election,
        test=envelope.test,
        parties=tuple(parties.values()),
        party_names=book.names,
    )
    return (Statement(roster, council.line),)


def _facts(council: Node, reading: Reading, book: PartyBook) -> _Facts:
    type_ = reading.text(council, "type")
    return {
        "council": reading.required_text(council, "name", "the name of a council"),
        "agency_id": reading.text(council, "paId"),
        "type": None if type_ is None else _TYPES.get(type_.casefold(), type_.casefold()),
        "elects": reading.choice(council, "proportion", _ELECTS),
        "new_council": reading.flag(council, "newCouncil"),
        "boundary_change": reading.flag(council, "boundaryChange"),
        "control_before": book.of(council, "sittingParty"),
    }


def _composition(council: Node, reading: Reading, book: PartyBook) -> dict[PartyId, int]:
    group = council.first("NewCouncil")
    if group is None:
        reading.fault(council, f"{council.label} has no NewCouncil; expected its seats by party")
        return {}
    before = len(reading.faults)
    seats = book.seats(group, "seats")
    if not any(seats.values()) and len(reading.faults) == before:
        reading.fault(group, f"NewCouncil of {council.label} has no seats; expected 1 or more")
    return seats


def _outcome(council: Node, reading: Reading, holder: PartyId | None) -> Outcome | None:
    outcome = reading.choice(council, "gainOrHold", _OUTCOMES)
    if outcome == "no_change" and holder not in {None, NOC}:
        return "hold"
    return outcome
