"""The files of a made-up night, as the agency writes them."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from tests.feed import oracle
from tests.feed.oracle import PARTY_IDS, Figures, File

Seats = dict[str, int]


@dataclass(frozen=True)
class Return:
    """One council's return in one revision."""

    number: int
    name: str
    proportion: str
    held: Seats
    offered: Seats
    won: Seats
    revision: int = 1
    is_new: bool = False
    states_won: bool = True
    states_after: str | None = None
    """What the agency says of control; empty for nothing, None for the arithmetic."""
    states_before: bool = True

    @property
    def after(self) -> Seats:
        kept = {party: seats - self.offered.get(party, 0) for party, seats in self.held.items()}
        return dict(Counter(kept) + Counter(self.won))


def _message(kind: str, **attributes: str) -> tuple[ET.Element, ET.Element]:
    root = ET.Element(kind, attributes)
    return root, ET.SubElement(root, "Election", date="2019-05-02", paId="12")


def roster_file(told: Return) -> bytes:
    """Return what is up on one council."""
    root, election = _message("LocalElectionNominations")
    council = _council(election, told)
    for party in dict.fromkeys((*told.held, *told.won)):
        ET.SubElement(
            council, "Party", name=party, abbreviation=party[:3], paId="1",
            seatsHeld=str(told.held.get(party, 0)), seatsOffered=str(told.offered.get(party, 0)),
            unopposedReturns="0", candidates="5",
        )  # fmt: skip
    return ET.tostring(root)


def _result(told: Return) -> bytes:
    root, election = _message("LocalElectionResult", revision=str(told.revision))
    council = _council(election, told)
    before, after = majority(told.held), told.states_after
    after = majority(told.after) if after is None else after
    if told.is_new:
        council.set("newCouncil", "yes")
    elif told.states_before:
        council.set("sittingParty", before)
    if after:
        council.set("winningParty", after)
    if after and told.states_before and not told.is_new:
        verb = "no change" if before == after else "lose to NOC" if after == "NOC" else "gain"
        council.set("gainOrHold", verb)
    if sum(told.held.values()) != sum(told.after.values()):
        council.set("boundaryChange", "yes")
    if told.states_won:
        _parties(council, "ElectedCouncillors", "seats", told.won)
    if not told.is_new:
        net = {p: told.after.get(p, 0) - told.held.get(p, 0) for p in {**told.held, **told.after}}
        _parties(council, "Changes", "change", net)
    _parties(council, "NewCouncil", "seats", told.after)
    return ET.tostring(root)


def _council(election: ET.Element, told: Return) -> ET.Element:
    named = {"name": told.name, "paId": str(told.number + 1), "type": "Non-Met"}
    return ET.SubElement(election, "Council", {**named, "proportion": told.proportion})


def _parties(council: ET.Element, group: str, attribute: str, seats: Seats) -> None:
    parent = ET.SubElement(council, group)
    for party, number in seats.items():
        ET.SubElement(parent, "Party", {"name": party, attribute: str(number)})


def result_file(told: Return, at: datetime) -> File:
    """Return one council's return as a file."""
    name = f"results/Night_result_{told.name.replace(' ', '_')}_{told.revision}.xml"
    return File(name, _result(told), at)


def total_file(counted: Iterable[Return], at: datetime, wrong_by: int = 0, *, of: int = 0) -> File:
    """Return a state of parties over those returns, `of` so many; `wrong_by` goes onto Conservative seats won."""
    told = list(counted)
    figures = summed(board(share(one)) for one in told)
    figures["con", "seats_won"] += wrong_by
    root, _ = _message(
        "LocalStateOfParties", region="All", numberOfResults=str(len(told)),
        totalNumberOfCouncils=str(of),
    )  # fmt: skip
    rows = ET.SubElement(root, "Parties")
    for name, party in PARTY_IDS.items():
        ET.SubElement(
            rows, "Party", name=name, abbreviation=name,
            totalCouncils=str(figures[party, "councils"]),
            changeInControl=str(figures[party, "net"]),
            seatsWon=str(figures[party, "seats_won"]),
            netChangeInSeats=str(figures[party, "seats_net"]),
        )  # fmt: skip
    included = ET.SubElement(root, "CouncilsIncluded")
    for one in told:
        _council(included, one)
    return File(f"results/Night_SOP_{len(told)}_{at:%H%M%S}.xml", ET.tostring(root), at)


def share(told: Return) -> Figures:
    """Return what one return adds to each figure."""
    council = ET.fromstring(_result(told)).find(".//Council")  # noqa: S314 - written above
    assert council is not None
    return oracle.share(council, {PARTY_IDS[name]: seats for name, seats in told.held.items()})


def board(figures: Figures) -> Figures:
    """Return the figures as a state of parties has them: net for gained and lost."""
    board: Figures = Counter()
    for (party, column), number in figures.items():
        match column:
            case "gained":
                board[party, "net"] += number
            case "lost":
                board[party, "net"] -= number
            case "seats_after":
                pass
            case _:
                board[party, column] += number
    return board


def summed(figures: Iterable[Figures]) -> Figures:
    """Add figures up."""
    total: Figures = Counter()
    for some in figures:
        total.update(some)
    return total


def majority(seats: Seats) -> str:
    """Return the party with more than half, else NOC."""
    half = sum(seats.values()) / 2
    return next((party for party, number in seats.items() if number > half), "NOC")


def mayors() -> Iterator[tuple[str, bytes]]:
    """Return two mayors' evenings: one is corrected between its results."""
    stages = (
        ("Rush", "Wessenden", 1, "Labour"), ("Result", "Wessenden", 1, "Labour"),
        ("Rush", "Wessenden", 2, "Green Party"), ("Result", "Wessenden", 3, "Green Party"),
        ("Result", "Yardley Cross", 2, "Conservative"), ("Rush", "Yardley Cross", 1, "Labour"),
        ("Rush", "Yardley Cross", 2, "Labour"),
    )  # fmt: skip
    for stage, area, revision, party in stages:
        root, election = _message(f"FirstPastThePost{stage}", revision=str(revision))
        election.set("type", "M")
        said = {"winningParty" if stage == "Result" else "winningPartyName": party}
        ET.SubElement(election, "Constituency", {"number": "1", "name": area, **said})
        yield f"results/Night_{stage.lower()}_{area}_{revision}.xml", ET.tostring(root)
