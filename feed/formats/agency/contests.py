"""The agency's single-seat contests: mayors, commissioners and members of parliament."""

from __future__ import annotations

import re
from collections.abc import Mapping

from feed.formats.agency.reading import NAME_LENGTH, Envelope, PartyBook, Reading, is_test_name
from feed.formats.xml_tree import Node
from feed.model.messages import Candidate, Contest, Statement
from feed.model.parties import PartyId, known_party
from feed.model.terms import ContestKind, ContestStage, Outcome
from feed.safe_text import clean

STAGES: Mapping[str, ContestStage] = {
    "FirstPastThePostNominations": "nominations",
    "FirstPastThePostRush": "rush",
    "FirstPastThePostResult": "result",
    "Recount": "recount",
    "FirstPastThePostRecount": "recount",
}
"""The root elements of contests, and the stage that each tells."""
_FIX = "Check it with the returning officer, and ask the agency for a corrected revision."
_KINDS: Mapping[str, ContestKind] = {"M": "mayor", "P": "pcc"}
"""Any other that is read is a by-election, letter B."""
_TEST_BEHIND = re.compile(r"(?<=\S)\s+Test$")
_OUTCOMES: Mapping[str, Outcome] = {"gain": "gain", "hold": "hold", "win": "win"}
_ELECTED = {
    "*": True,
    "+": True,
    "yes": True,
    "true": True,
    "1": True,
    "no": False,
    "false": False,
    "0": False,
}
_VOTES = 100_000_000
_TEXT_LENGTH = 2000
_WINNER = ("winningParty", "winningPartyName", "winningPartyAbbreviation")
_SITTING = ("sittingParty", "sittingPartyName", "sittingPartyAbbreviation")


def read_contest(root: Node, place: Node, envelope: Envelope) -> tuple[Statement, ...]:
    """Read one constituency at one stage of its evening, or say what is wrong with it."""
    reading = Reading(_FIX, place)
    book = PartyBook(reading)
    facts = Node(place.name, {**root.attributes, **place.attributes}, line=place.line)
    candidates = tuple(_candidate(node, reading, book) for node in place.all("Candidate"))
    elected = next((candidate for candidate in candidates if candidate.elected), None)
    named = _candidates_parties(place, book)
    winner = _party(facts, _WINNER, book, named)
    before = _party(facts, _SITTING, book, named)
    outcome = reading.choice(facts, "gainOrHold", _OUTCOMES)
    declared_at = reading.moment(facts, "declarationTime")
    area = reading.required_text(place, "name", "the name of an area")
    number = reading.text(place, "paId", "number")
    turnout = reading.percentage(facts, "percentageTurnout")
    electorate = reading.number(facts, "electorate", most=_VOTES)
    majority = reading.number(facts, "majority", most=_VOTES)
    recount = reading.number(facts, "recount", most=99)
    if reading.faults:
        return tuple(reading.faults)
    contest = Contest(
        election=envelope.election,
        test=envelope.test or any(map(_is_test, place.all("Candidate"))),
        at=declared_at,
        contest=_KINDS.get(envelope.type, "by_election"),
        area=area,
        agency_id=number,
        stage=STAGES[root.name],
        revision=envelope.revision,
        before=before,
        winner=winner or (elected.party if elected else None),
        winner_name=elected.name if elected else None,
        outcome=outcome,
        candidates=candidates,
        turnout=turnout,
        electorate=electorate,
        majority=majority,
        recount=recount,
        text=clean(facts.attributes.get("paStyleMessageText", ""))[:_TEXT_LENGTH] or None,
        party_names=book.names,
    )
    return (Statement(contest, place.line),)


def _candidate(node: Node, reading: Reading, book: PartyBook) -> Candidate:
    first, last = reading.text(node, "firstName"), reading.text(node, "surname")
    ballot = reading.text(node, "ballotName") or ""
    surname, comma, others = ballot.partition(", ")
    name = f"{first} {last}" if first and last else f"{others} {surname}" if comma else ballot
    name = name or last or first or ""
    if not name:
        reading.wrong(node, "surname", "a candidate's name")
    party = node.first("Party")
    return Candidate(
        name=_TEST_BEHIND.sub("", name[:NAME_LENGTH].strip()) or "?",
        party=None if party is None else book.of(party, "name", "abbreviation"),
        votes=reading.number(node, "votes", most=_VOTES),
        share=reading.percentage(node, "percentageShare"),
        elected=reading.choice(node, "elected", _ELECTED) or False,
    )


def _is_test(node: Node) -> bool:
    names = ("firstName", "surname", "ballotName")
    return any(is_test_name(node.attributes.get(name, "")) for name in names)


def _candidates_parties(place: Node, book: PartyBook) -> Mapping[str, PartyId]:
    """Return the candidates' parties by abbreviation: a winner may be named by that alone."""
    return {
        party.attributes.get("abbreviation", "").strip(): id_
        for candidate in place.all("Candidate")
        if (party := candidate.first("Party"))
        and (id_ := book.of(party, "name", "abbreviation")) is not None
    }


def _party(
    facts: Node, names: tuple[str, ...], book: PartyBook, by_abbreviation: Mapping[str, PartyId]
) -> PartyId | None:
    name = book.reading.text(facts, *names)
    if name is None:
        return None
    if known_party(name) is None and name in by_abbreviation:
        return by_abbreviation[name]
    return book.named(name)
