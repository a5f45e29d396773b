"""The night worked out a second time, straight from the files and with nothing of nightdesk's.

Figures are keyed by party and column; what is 0 is left out. The rules are 1 to 8 of feed/README.md.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

PARTY_IDS = {
    "Conservative": "con",
    "Labour": "lab",
    "Liberal Democrat": "ld",
    "Green Party": "green",
    "Independent/Other": "ind",
    "Ratepayers or Residents": "ra",
    "UK Independence Party": "ukip",
    "Fenland Voice": "fenland-voice",
    "NOC": "noc",
}
SPOKEN = {
    **PARTY_IDS,
    "C": "con",
    "Lab": "lab",
    "LD": "ld",
    "Green": "green",
    "Ind": "ind",
    "R": "ra",
}
"""Every word that stands for a party where control is told."""
COLUMNS = ("councils", "gained", "lost", "seats_won", "seats_net", "seats_after")
Figures = Counter[tuple[str, str]]


class File(NamedTuple):
    """A file of the night: its name, its bytes and its modification time."""

    name: str
    data: bytes
    modified_at: datetime


def scoreboard(files: Iterable[File]) -> Figures:
    """Add up the councils that have a roster and a result, each in its highest revision."""
    figures: Figures = Counter()
    told = list(files)
    held = rosters(told)
    for name, (_, _, council) in current(told).items():
        if name in held:
            figures.update(share(council, held[name]))
    return nonzero(figures)


def controls(files: Iterable[File]) -> dict[str, str]:
    """Return each declared council's control after the poll."""
    return {name: _after(council) for name, (_, _, council) in current(files).items()}


def current(files: Iterable[File]) -> dict[str, tuple[int, datetime, ET.Element]]:
    """Return each council's standing result: highest revision, then the later file."""
    best: dict[str, tuple[int, datetime, ET.Element]] = {}
    for file, root in _roots(files, "LocalElectionResult"):
        revision = int(root.get("revision", "1"))
        for council in root.iter("Council"):
            name = council.attrib["name"]
            told = (revision, file.modified_at, council)
            if name not in best or told[:2] > best[name][:2]:
                best[name] = told
    return best


def rosters(files: Iterable[File]) -> dict[str, dict[str, int]]:
    """Return the seats that each party held, by council."""
    return {
        council.attrib["name"]: _seats(council, "seatsHeld")
        for _, root in _roots(files, "LocalElectionNominations")
        for council in root.iter("Council")
    }


def winners(files: Iterable[File]) -> dict[str, str]:
    """Return each contest's winner: highest revision, and of equal ones the result."""
    best: dict[str, tuple[int, bool, str]] = {}
    for kind in ("FirstPastThePostRush", "FirstPastThePostResult"):
        for _, root in _roots(files, kind):
            place = root.find(".//Constituency")
            assert place is not None
            party = place.get("winningParty") or place.attrib["winningPartyName"]
            told = (int(root.get("revision", "1")), kind.endswith("Result"), SPOKEN[party])
            area = place.attrib["name"]
            best[area] = max(told, best.get(area, told))
    return {area: party for area, (_, _, party) in best.items()}


def share(council: ET.Element, held: dict[str, int]) -> Figures:
    """Return what one council's result adds to each figure."""
    figures: Figures = Counter()
    after, before = _after(council), _before(council, held)
    figures[after, "councils"] += 1
    if before is not None and before != after:
        figures[after, "gained"] += 1
        figures[before, "lost"] += 1
    composition = council.find("NewCouncil")
    won = council.find("ElectedCouncillors")
    changes = council.find("Changes")
    assert composition is not None
    for party, seats in _seats(composition, "seats").items():
        figures[party, "seats_after"] += seats
    for party, seats in _seats(composition if won is None else won, "seats").items():
        figures[party, "seats_won"] += seats
    for party, seats in {} if changes is None else _seats(changes, "change").items():
        figures[party, "seats_net"] += seats
    return figures


def nonzero(figures: Figures) -> Figures:
    """Leave out what is 0, which a Counter keeps."""
    return Counter({key: number for key, number in figures.items() if number})


def _roots(files: Iterable[File], kind: str) -> Iterable[tuple[File, ET.Element]]:
    for file in files:
        root = ET.fromstring(file.data)  # noqa: S314 - the tests wrote it
        if root.tag == kind:
            yield file, root


def _after(council: ET.Element) -> str:
    stated = council.get("winningParty")
    composition = council.find("NewCouncil")
    assert composition is not None
    return SPOKEN[stated] if stated else _majority(_seats(composition, "seats"))


def _before(council: ET.Element, held: dict[str, int]) -> str | None:
    stated = council.get("sittingParty")
    if stated:
        return SPOKEN[stated]
    return None if council.get("newCouncil") == "yes" else _majority(held)


def _majority(seats: dict[str, int]) -> str:
    over_half = [party for party, number in seats.items() if number * 2 > sum(seats.values())]
    return over_half[0] if over_half else "noc"


def _seats(group: ET.Element, attribute: str) -> dict[str, int]:
    return {
        PARTY_IDS[party.attrib["name"]]: int(party.attrib[attribute])
        for party in group.findall("Party")
    }
