"""Two mayors and a police and crime commissioner, all invented."""

from __future__ import annotations

import xml.etree.ElementTree as ET  # writes only: nothing is parsed here
from collections.abc import Iterator, Mapping

from rehearsal_councils import PARTIES
from rehearsal_messages import message

HALE_AHEAD = (("Hale", "Lab", 9120), ("Ives", "C", 7044), ("Joyce", "Green", 9088))
JOYCE_AHEAD = (("Hale", "Lab", 9088), ("Ives", "C", 7044), ("Joyce", "Green", 9120))
HELD = {"sittingParty": "Labour", "winningParty": "Labour", "gainOrHold": "hold"}
GAINED = {"sittingParty": "Labour", "winningParty": "Green Party", "gainOrHold": "gain"}
POLLED = {"turnout": "25252", "percentageTurnout": "36.20", "electorate": "69757"}


def nominated() -> Iterator[tuple[str, ET.Element]]:
    """Give who stands, contest by contest, each with its file name."""
    for area, type_ in (("Tarnwick", "M"), ("Upper Wessex", "P"), ("Vexford", "M")):
        name = f"nominations_{area.replace(' ', '_')}"
        yield name, _contest("Nominations", area, {}, type_=type_)


def told() -> Iterator[tuple[str, ET.Element]]:
    """Give the rushes, results and the recount in the order in which they come."""
    yield "rush_Tarnwick_1", _rush("Labour hold Tarnwick", HELD, 1)
    yield "result_Tarnwick_1", _tarnwick(HELD, 1, "2019-05-02T23:10:00+00:00")
    text = "Correction: Green gain Tarnwick from Labour"
    yield "rush_Tarnwick_2", _rush(text, GAINED, 2)
    yield "result_Tarnwick_3", _tarnwick(GAINED, 3, "2019-05-02T23:52:00+00:00")
    yield "recount_Vexford_1", _contest("Recount", "Vexford", {"recount": "1"})
    facts = {"winningParty": "Lab", "gainOrHold": "win", "majority": "32", **POLLED}
    yield "result_Vexford_1", _contest("Result", "Vexford", facts, at="2019-05-03T01:31:00+00:00")
    facts |= {"sittingParty": "C", "gainOrHold": "gain"}
    at = "2019-05-03T00:40:00+00:00"
    yield "result_Upper_Wessex_1", _contest("Result", "Upper Wessex", facts, type_="P", at=at)


def _rush(text: str, facts: Mapping[str, str], revision: int) -> ET.Element:
    flash = {
        "winningPartyName": facts["winningParty"],
        "sittingPartyName": facts["sittingParty"],
        "gainOrHold": facts["gainOrHold"],
        "change": "false" if facts is HELD else "true",
        "paStyleMessageText": text,
    }
    return _contest("Rush", "Tarnwick", flash, revision=revision, people=())


def _tarnwick(facts: Mapping[str, str], revision: int, at: str) -> ET.Element:
    people = HALE_AHEAD if facts is HELD else JOYCE_AHEAD
    figures = {**facts, "majority": "32", **POLLED}
    return _contest("Result", "Tarnwick", figures, revision=revision, at=at, people=people)


def _contest(  # noqa: PLR0913 - what the agency puts on one message
    stage: str,
    area: str,
    facts: Mapping[str, str],
    *,
    type_: str = "M",
    revision: int = 1,
    at: str = "",
    people: tuple[tuple[str, str, int], ...] = HALE_AHEAD,
) -> ET.Element:
    kind = stage if stage == "Recount" else f"FirstPastThePost{stage}"
    root = message(kind, name="Rehearsal Test", type_=type_, revision=revision, declarationTime=at)
    place = ET.SubElement(root[0], "Constituency", {"number": str(len(area)), "name": area})
    place.attrib.update(facts)
    winner = max(people, key=lambda person: person[2], default=None)
    for number, (surname, party, votes) in enumerate(people, 1):
        stands = ET.SubElement(place, "Candidate", paId=str(number), surname=f"{surname} Test")
        if stage == "Result":
            stands.set("votes", str(votes))
            stands.attrib |= {"elected": "*"} if surname == (winner or ("",))[0] else {}
        name, pa_id = PARTIES[party]
        ET.SubElement(stands, "Party", paId=pa_id, name=name, abbreviation=party)
    if stage == "Result":
        earlier = ET.SubElement(root, "PreviousElection", date="2015-05-07")
        ET.SubElement(earlier, "Constituency", name=area, winningParty="C")
    return root
