"""The agency's messages, written for the rehearsal."""

from __future__ import annotations

import xml.etree.ElementTree as ET  # writes only: nothing is parsed here
from collections.abc import Iterable

from rehearsal_councils import PARTIES, Council, Seats, control, seats_of

DAY, PA_ID = "2019-05-02", "77"


def message(kind: str, *, name: str = "", type_: str = "", **attributes: object) -> ET.Element:
    """Give a root element with its Election."""
    root = ET.Element(kind, {key: str(value) for key, value in attributes.items() if value})
    election = ET.SubElement(root, "Election", date=DAY, paId=PA_ID)
    if type_:
        election.attrib.update(name=name, type=type_)
    return root


def result(*told: Council) -> ET.Element:
    """Give the returns of one or more councils in one message."""
    root = message("LocalElectionResult", revision=told[0].revision)
    for council in told:
        after, before = control(council.after), control(council.held)
        verb = "no change" if after == before else "lose to NOC" if after == "NOC" else "gain"
        facts = {"winningParty": after}
        if council.is_new:
            facts["newCouncil"] = "yes"
        else:
            facts |= {"gainOrHold": verb, "sittingParty": before}
        if sum(council.held.values()) != sum(council.after.values()):
            facts["boundaryChange"] = "yes"
        node = _council(root, council, **facts)
        if council.states_won:
            _parties(node, "ElectedCouncillors", council.won, "seats")
        if not council.is_new:
            _parties(node, "Changes", council.changes, "change", signed=True)
        _parties(node, "NewCouncil", council.after, "seats")
    return root


def _council(root: ET.Element, council: Council, **facts: str) -> ET.Element:
    election = root.find("Election")
    assert election is not None  # noqa: S101 - message() has just made it
    named = {"name": council.name, "paId": str(council.number), "type": council.type}
    return ET.SubElement(election, "Council", {**named, "proportion": council.proportion, **facts})


def _parties(
    node: ET.Element, group: str, seats: Seats, attribute: str, *, signed: bool = False
) -> None:
    parent = ET.SubElement(node, group)
    for party, number in seats.items():
        figure = f"{number:+d}" if signed else str(number)
        name, pa_id = PARTIES[party]
        ET.SubElement(parent, "Party", {"name": name, "paId": pa_id, attribute: figure})


def nominations(council: Council) -> ET.Element:
    """Give what is up on a council, and who defends it."""
    root = message("LocalElectionNominations")
    node = _council(root, council)
    for party in (p for p in PARTIES if p in {**council.held, **council.won}):
        name, pa_id = PARTIES[party]
        ET.SubElement(
            node, "Party", name=name, abbreviation=party, paId=pa_id,
            seatsHeld=str(seats_of(council.held, party)),
            seatsOffered=str(seats_of(council.offered, party)),
            unopposedReturns="0", candidates=str(max(seats_of(council.won, party), 3)),
        )  # fmt: skip
    return root


def total(counted: Iterable[Council], region: str = "All", fault: int = 0) -> ET.Element:
    """Give the state of parties over those councils; `fault` goes onto the first seats won."""
    told = sorted(counted, key=lambda council: council.name)
    root = message(
        "LocalStateOfParties", region=region, numberOfResults=len(told), totalNumberOfCouncils=40
    )
    parties = ET.SubElement(root, "Parties")
    for party in (*PARTIES, "NOC"):
        held = [c for c in told if control(c.after) == party]
        fought = [c for c in told if not c.is_new]
        gained = [c for c in fought if control(c.after) == party != control(c.held)]
        lost = [c for c in fought if control(c.held) == party != control(c.after)]
        won = sum(seats_of(c.won, party) for c in told) + (fault if party == "C" else 0)
        net = sum(seats_of(c.changes, party) for c in fought)
        name, pa_id = PARTIES.get(party, ("No Overall Control", ""))
        ET.SubElement(
            parties, "Party", {"paId": pa_id} if pa_id else {}, name=name, abbreviation=party,
            totalCouncils=str(len(held)), changeInControl=str(len(gained) - len(lost)),
            seatsWon=str(won), netChangeInSeats=str(net),
        )  # fmt: skip
    included = ET.SubElement(root, "CouncilsIncluded")
    for c in told:
        ET.SubElement(
            included, "Council", name=c.name, paId=str(c.number), type=c.type,
            proportion=c.proportion,
        )  # fmt: skip
    return root


def as_bytes(root: ET.Element, encoding: str = "UTF-8") -> bytes:
    """Write a message as the agency does, one element a line."""
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    declared = encoding.removesuffix("-SIG")
    return f'<?xml version="1.0" encoding="{declared}"?>\n{text}\n'.encode(encoding)
