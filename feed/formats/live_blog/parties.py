"""The parties as people write them in prose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from feed.model.parties import NOC, PARTIES, PartyId, party_id

_ALSO = {
    "con": ("Cons", "Con.", "Tory Party", "Conservative councillors"),
    "lab": ("Labour and Co-op", "Labour & Co-operative", "Labour/Co-operative",
            "Labour/Co-op", "Lab/Co-op"),
    "ld": ("LDs", "Lib-Dem", "Lib-Dems", "Libs Dems", "Liberal Democrat Party"),
    "ind": ("Inds", "Independent group", "independent councillors"),
    "ra": ("Residents' Association", "Residents' Associations", "Residents’ Association",
           "Residents’ Associations"),
}  # fmt: skip
_NO_CONTROL = (
    "no overall control", "NOC", "no overall majority", "no party majority", "no single party",
    "no party in control", "no party in overall control", "no majority party", "a hung council",
    "hung council", "hung", "no one party in control", "no party has overall control",
    "no party has a majority", "no party now has a majority", "no party has control",
    "no party now has overall control", "no party has an overall majority",
    "no single party has a majority", "no single party in control", "nobody in overall control",
)  # fmt: skip
_UNSAFE = frozenset(
    {"C", "R", "Res", "Ref", "RA", "Your", "All", "Other", "Others", "Oth", "Local", "PC", "SF",
     "WP", "local", "others", "residents", "no majority", "your", "other"}
)  # fmt: skip
"""Names that mean something else in a sentence."""
_LOWER = (
    "conservative", "tor", "lib dem", "liberal democrat", "independents", "plaid", "ukip", "snp",
)  # fmt: skip
"""How the names begin that are read in small letters too; “labour”, “green” may be other words."""
_BEGIN = re.compile(r"(?<![\w'’-])[^\W\d_]")
_ENDING = (
    "Alliance|Coalition|First|Independents|Movement|Party|Ratepayers|Together|Britain"
    "|Residents(?:['’]?\\s+Association)?"
)
_SHAPE = re.compile(
    r"Aspire\b|R4U\b|Residents\s+(?:for|of)\s+[A-Z][\w'’-]+"
    rf"|(?:[A-Z][\w'’-]*\s+(?:(?:for|of|and|&)\s+)?){{1,3}}(?:{_ENDING})(?![\w'’-])"
)
"""How a party looks that nobody knows: “Riverside Alliance”, “Residents for Uttlesford”."""
_NO_NAME = frozenset(
    {"a", "after", "an", "as", "at", "before", "but", "can", "could", "did", "do", "had", "has",
     "have", "how", "i", "if", "in", "is", "it", "mayor", "may", "meanwhile", "might", "my",
     "never", "no", "nobody", "not", "now", "on", "or", "our", "should", "so", "that", "the",
     "their", "there", "they", "this", "to", "was", "we", "were", "what", "when", "where", "while",
     "who", "why", "will", "with", "would", "yet"}
)  # fmt: skip
"""Words that stand before a party at the beginning of a sentence and are no part of its name."""


def party_at(text: str, start: int) -> tuple[int, PartyId] | None:
    """Return the end of the party's name that begins at `start`, and the party.

    Args:
        text: a sentence.
        start: where a word begins.

    """
    pattern = _names().get(text[start].lower())
    found = pattern.match(text, start) if pattern else None
    if found is None:
        return None
    plain = re.sub(r"\s+", " ", found[0])
    party = _by_name()[plain.lower()]
    written = plain[0].isupper() or party == NOC or plain.lower().startswith(_LOWER)
    return (found.end(), party) if written else None


def parties_in(text: str) -> Iterator[tuple[int, int, PartyId]]:
    """Return every party that a text names: where its name begins and ends, and the party."""
    end = 0
    for word in _BEGIN.finditer(text):
        named = party_at(text, word.start()) if word.start() >= end else None
        if named is not None:
            end = named[0]
            yield word.start(), *named


def unknown_party_at(text: str, start: int) -> tuple[int, PartyId, str] | None:
    """Return the end of what looks like a party nobody knows, its identity and its name."""
    found = _SHAPE.match(text, start)
    if found is None:
        return None
    *words, _ = found[0].split()
    if {word.lower() for word in words} & _NO_NAME:
        return None
    if any(party_at(word, 0) for word in words if not word.lower().startswith("resident")):
        return None
    return found.end(), party_id(found[0]), found[0]


@cache
def _by_name() -> dict[str, PartyId]:
    names = {
        name.lower(): party.id
        for party in PARTIES.values()
        if party.id != NOC
        for name in (party.label, party.name, *party.aliases)
        if name not in _UNSAFE
    }
    for id_, more in _ALSO.items():
        names |= {name.lower(): PartyId(id_) for name in more}
    names |= {name.lower(): NOC for name in _NO_CONTROL}
    return names | {"residents": PartyId("ra"), "c": PartyId("con")}


@cache
def _names() -> Mapping[str, re.Pattern[str]]:
    return by_first_letter(_by_name(), r"(?![\w&])")


def by_first_letter(phrases: Iterable[str], end: str) -> Mapping[str, re.Pattern[str]]:
    """Return a pattern of phrases for each first letter, the longest first; case says nothing.

    Args:
        phrases: in small letters.
        end: a pattern of what may follow.

    """
    letters: dict[str, list[str]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        letters.setdefault(phrase[0], []).append(re.escape(phrase).replace(r"\ ", r"\s+"))
    return {
        letter: re.compile(rf"(?:{'|'.join(found)}){end}", re.IGNORECASE)
        for letter, found in letters.items()
    }
