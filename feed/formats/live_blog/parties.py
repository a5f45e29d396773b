"""The parties as a live page writes them."""

from __future__ import annotations

import re

from feed.model.parties import NOC, PartyId, known_party

_NAMES = (
    "Conservative and Unionist Party", "Conservative Party", "Conservatives", "Conservative",
    "Tories", "Tory", "Cons", "Con", "Labour Party", "Labour", "Lab", "Liberal Democrats",
    "Liberal Democrat", "Lib Dems", "Lib Dem", "Lib-Dems", "Lib-Dem", "LibDems", "LibDem",
    "Libs Dems", "LDs", "LD", "LDem", "Green Party", "Greens", "Green", "UK Independence Party",
    "UKIP", "Reform UK", "Reform", "Independents", "Independent", "Inds", "Ind", "Residents",
    "Residents associations", "Residents association", "Ratepayers", "Plaid Cymru", "Plaid",
    "SNP", "Your Party",
)  # fmt: skip
_NO_CONTROL = (
    "no overall control", "NOC", "no party majority", "no party in control", "a hung council",
)  # fmt: skip
_ODD = {
    "cons": "Con", "lib-dems": "LD", "lib-dem": "LD", "lds": "LD", "inds": "Ind",
    "a hung council": "NOC",
}  # fmt: skip


def _either(names: tuple[str, ...]) -> str:
    longest_first = sorted(names, key=len, reverse=True)
    return "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in longest_first)


NO_CONTROL = rf"(?:{_either(_NO_CONTROL)})\b"
"""A pattern for no overall control."""
PARTY = rf"(?:(?:{_either(_NAMES)})\b|(?-i:C)\b|{NO_CONTROL})"
"""A pattern for any party, no overall control among them; used without regard to case."""
A_PARTY = rf"(?:the\s+)?(?:{_either(_NAMES)}|(?-i:C))\b"
"""A pattern for a party that is one."""


def party_named(text: str) -> PartyId:
    """Return the party of a text that matched one of the patterns."""
    plain = re.sub(r"\s+", " ", text.strip())
    plain = re.sub(r"^the\s+", "", plain, flags=re.IGNORECASE)
    return known_party(_ODD.get(plain.lower(), plain)) or NOC
