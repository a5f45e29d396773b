"""The agency's state of parties."""

from __future__ import annotations

from feed.formats.agency.node import Envelope, Node
from feed.formats.agency.parties import PartyBook
from feed.formats.agency.reading import Reading
from feed.model.messages import AgencyTotal, CouncilRef, Statement, TotalRow

_FIX = "Compare it with the agency's page of totals, and ask for the file to be sent again."
_MOST = 100_000


def read_total(root: Node, envelope: Envelope) -> tuple[Statement, ...]:
    """Read one state of parties, or say what is wrong with it."""
    reading = Reading(_FIX)
    rows = _rows(root, reading)
    declared = reading.required_number(root, "numberOfResults")
    expected = reading.number(root, "totalNumberOfCouncils")
    region = reading.text(root, "region") or "All"
    councils = _councils(root, reading)
    if reading.faults:
        return tuple(reading.faults)
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
    group = root.below("Parties")
    if group is None or not any(group.all("Party")):
        reading.fault(root, f"{root.name} names no party; expected Parties with their totals")
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
    group = root.below("CouncilsIncluded")
    if group is None:
        return None
    return tuple(
        CouncilRef(
            council=reading.required_text(council, "name", "the name of a council"),
            agency_id=reading.text(council, "paId"),
        )
        for council in group.all("Council")
    )
