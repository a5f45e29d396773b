"""What a verb and the parties about it say of control before and after."""

from __future__ import annotations

import re

from feed.model.parties import NOC, PartyId
from feed.model.terms import Outcome

HOLD = r"hold|holds|held|retain|retains|retained|keep|keeps|kept"
GAIN = r"gain|gains|gained|take|takes|took|seize|seizes|seized|capture|captures|captured"
WIN = r"win|wins|won"
LOSE = r"lose|loses|lost"

Control = tuple[PartyId | None, PartyId | None, Outcome | None]
NOTHING: Control = (None, None, None)
_STEADY = re.compile(rf"(?:{HOLD}|no\s+change|unchanged)", re.IGNORECASE)
_LOST = re.compile(rf"(?:{LOSE}|loss)", re.IGNORECASE)
_WON = re.compile(WIN, re.IGNORECASE)


def control_of(party: PartyId, verb: str, way: str | None, other: PartyId | None) -> Control:
    """Return control before and after; nothing where the words do not go together."""
    way = way.lower() if way else None
    if _STEADY.fullmatch(verb):
        return NOTHING if way else steady(party)
    if _LOST.fullmatch(verb):
        if way == "from" or (party == NOC and other is None):
            return NOTHING
        return changed(party, other, "lose")
    if way == "to":
        return NOTHING
    return changed(other, party, None if _WON.fullmatch(verb) else "gain")


def steady(party: PartyId) -> Control:
    """Return the control of a council that stays as it is."""
    return (party, party, "no_change" if party == NOC else "hold")


def changed(before: PartyId | None, after: PartyId | None, outcome: Outcome | None) -> Control:
    """Return the control of a council that changes hands, with the outcome where it is certain."""
    if before == after:
        return NOTHING
    if before is None:
        return (None, after, None if after == NOC else outcome)
    if after is None or after == NOC:
        return (before, after, "lose")
    return (before, after, "gain")
