"""The agency's councils: what is up before the poll, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from feed.formats.agency.reading import Envelope, PartyBook, Reading
from feed.formats.xml_tree import Node
from feed.model.messages import Change, Result, Roster, RosterParty, Statement
from feed.model.parties import NOC, PartyId
from feed.model.terms import Elects, Outcome

_FIX = "Check it with the council, and ask the agency for a corrected revision."
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
    reading = Reading(_FIX, council)
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
    reading = Reading(_FIX, council)
    book = PartyBook(reading)
    facts = _facts(council, reading, book)
    parties = tuple(
        RosterParty(
            party=party,
            held=reading.required_number(row, "seatsHeld"),
            offered=reading.required_number(row, "seatsOffered"),
            unopposed=reading.number(row, "unopposedReturns") or 0,
            candidates=reading.number(row, "candidates"),
        )
        for row, party in book.rows(council)
    )
    if reading.faults:
        return tuple(reading.faults)
    roster = Roster(
        **facts,
        election=envelope.election,
        test=envelope.test,
        parties=parties,
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
