"""The parties, their ids and the names they travel under."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NewType

from feed.records import record

PartyId = NewType("PartyId", str)

CON, LAB, LD = PartyId("con"), PartyId("lab"), PartyId("ld")
IND, NOC = PartyId("ind"), PartyId("noc")


@record(frozen=True, slots=True)
class Party:
    """A party: its id here, the label on the board, its letter in a grid cell and its names."""

    id: PartyId
    label: str
    """Short form for columns: `Con`."""
    letter: str
    """One or two letters for a grid cell (rule 13)."""
    name: str
    """Full name in a sentence, as a plural subject: `Conservatives`."""
    aliases: tuple[str, ...] = ()


def _party(id_: str, label: str, letter: str, name: str, *aliases: str) -> Party:
    return Party(PartyId(id_), label, letter, name, aliases)


PARTIES: Mapping[PartyId, Party] = MappingProxyType(
    {
        party.id: party
        for party in (
            _party("con", "Con", "C", "Conservatives", "Conservative", "C", "Tory", "Tories",
                   "Conservative Party", "Conservative and Unionist",
                   "Conservative and Unionist Party"),
            _party("lab", "Lab", "L", "Labour", "Labour Party", "Labour Co-op", "Lab Co-op",
                   "Labour and Co-operative", "Labour and Co-operative Party", "Labour Cooperative",
                   "Labour Co-operative", "Lab and Co-op", "Co-operative", "Lab/Co-op"),
            _party("ld", "LD", "D", "Liberal Democrats", "Liberal Democrat", "Lib Dem", "Lib Dems",
                   "LibDem", "LibDems", "Libs Dems", "LDem", "LDM"),
            _party("green", "Green", "G", "Greens", "Green Party", "Grn",
                   "Green Party of England and Wales"),
            _party("reform", "Reform", "Rf", "Reform UK", "Reform Party", "Ref", "RFM", "RUK"),
            _party("ukip", "UKIP", "U", "UKIP", "UK Independence Party",
                   "UK Independence Party (UKIP)"),
            _party("your", "Your", "Y", "Your Party"),
            _party("ind", "Ind", "I", "independents", "Independent", "Independents",
                   "Independent / Other", "Independent/Other", "Ind/Other", "IndOther"),
            _party("ra", "Res", "R", "residents", "Residents", "Ratepayers or Residents", "Res",
                   "R", "Residents association", "Residents associations", "Ratepayers"),
            _party("local", "Oth", "O", "others", "Other", "Others", "Oth", "Local"),
            _party("snp", "SNP", "S", "SNP", "Scottish National Party"),
            _party("pc", "PC", "P", "Plaid Cymru", "Plaid",
                   "Plaid Cymru - The Party of Wales"),
            _party("dup", "DUP", "DU", "DUP", "Democratic Unionist Party",
                   "Democratic Unionist Party - D.U.P."),
            _party("sf", "SF", "SF", "Sinn Féin", "Sinn Fein"),
            _party("uup", "UUP", "UU", "UUP", "Ulster Unionist Party", "Ulster Unionist"),
            _party("sdlp", "SDLP", "SD", "SDLP", "Social Democratic and Labour Party",
                   "SDLP (Social Democratic & Labour Party)"),
            _party("alliance", "Alliance", "A", "Alliance", "Alliance Party", "APNI",
                   "Alliance Party of Northern Ireland",
                   "Alliance - Alliance Party of Northern Ireland"),
            _party("tuv", "TUV", "TU", "TUV", "Traditional Unionist Voice",
                   "Traditional Unionist Voice - TUV"),
            _party("pup", "PUP", "PU", "PUP", "Progressive Unionist Party"),
            _party("pbp", "PBP", "PB", "People Before Profit", "People Before Profit Alliance"),
            _party("aontu", "Aontú", "Ao", "Aontú", "Aontu"),
            _party("wpb", "WPB", "W", "Workers Party", "Workers Party of Britain", "WP"),
            _party("forbritain", "ForBrit", "FB", "For Britain", "For Britain Movement",
                   "The For Britain Movement", "ForBritn"),
            _party("tusc", "TUSC", "TS", "TUSC", "Trade Unionist and Socialist Coalition"),
            _party("noc", "NOC", "N", "no overall control", "No overall control", "hung",
                   "No party majority", "no majority", "no party in control",
                   "No overall majority", "no overall", "hung council", "no control"),
        )
    }
)  # fmt: skip
"""Every party that the desk knows by name; any other gets a row of its own."""

_FIRST = (CON, LAB, LD)
_BETWEEN = re.compile(r"[\W_]+")
_BRACKETS = re.compile(r"^(.+?)\s*[(\[]([^()\[\]]+)[)\]]\s*$")
_BEFORE = re.compile(r"^(?:the |scottish |welsh |wales |local |london |english )+")
_BEHIND = re.compile(
    r"(?: party)?(?: (?:candidates?|councillors?|focus team|group|members?|description))?$"
)
"""What ballots and councils write around a party's name: “Labour Party Candidate”."""


def _key(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name).casefold()
    plain = plain.replace("&", " and ").replace("cooperative", "co-operative")
    return _BETWEEN.sub(" ", plain).strip()


_AS_WRITTEN: Mapping[str, PartyId] = {
    name: party.id
    for party in PARTIES.values()
    for name in (party.id, party.label, party.name, *party.aliases)
}
_BY_NAME: Mapping[str, PartyId] = {_key(name): id_ for name, id_ in _AS_WRITTEN.items()}


def as_written(name: str) -> PartyId | None:
    """Return the party of a name in exactly one of the forms that are known."""
    return _AS_WRITTEN.get(name)


def known_party(name: str) -> PartyId | None:
    """Return the party of a `name` (an id, label, abbreviation or full name), if it is known."""
    return _AS_WRITTEN.get(name) or _by_key(name)


@lru_cache(maxsize=4096)
def _by_key(name: str) -> PartyId | None:
    key = _key(name)
    known = _BY_NAME.get(key)
    if known is not None:
        return known
    named = key.removeprefix("the ")
    bare = _BEHIND.sub("", named)
    for form in (named, bare, _BEFORE.sub("", bare), key.replace(" ", "") if len(key) < 16 else ""):
        if (known := _BY_NAME.get(form)) is not None:
            return known
    brackets = _BRACKETS.match(name)
    if brackets is None:
        return None
    before, inside = (_by_key(part) for part in brackets.groups())
    return before if inside in {None, before} else None


def party_id(name: str) -> PartyId:
    """Return the known party of that name, or an id made from the name of an unknown one."""
    known = known_party(name)
    if known is not None:
        return known
    return PartyId(_key(name).replace(" ", "-")[:60].strip("-") or "unknown")


def party_of(id_: PartyId, names: Mapping[PartyId, str] = MappingProxyType({})) -> Party:
    """Return the party of an id; an unknown one is named from `names` and keeps its own row."""
    known = PARTIES.get(id_)
    if known is not None:
        return known
    name = names.get(id_) or id_.replace("-", " ").title()
    initials = "".join(word[0] for word in name.split())[:2].upper() or "?"
    label = name if len(name) <= 8 else initials if len(initials) > 1 else name[:7] + "…"
    return Party(id_, label, initials[:2], name)


def agency_order(ids: Iterable[PartyId], names: Mapping[PartyId, str]) -> list[PartyId]:
    """Sort as the agency does: Con, Lab, LD, then by name, NOC last (rule 12)."""
    return sorted(
        ids, key=lambda id_: _RANKS.get(id_) or (1, 0, party_of(id_, names).name.casefold())
    )


def _rank(party: Party) -> tuple[int, int, str]:
    if party.id in _FIRST:
        return (0, _FIRST.index(party.id), "")
    return (2 if party.id == NOC else 1, 0, party.name.casefold())


_RANKS: Mapping[PartyId, tuple[int, int, str]] = {it.id: _rank(it) for it in PARTIES.values()}
