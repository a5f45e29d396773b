"""What a verb and the parties about it say of control before and after."""

from __future__ import annotations

from feed.model.parties import NOC, PartyId
from feed.model.terms import Outcome

Control = tuple[PartyId | None, PartyId | None, Outcome | None]
NOTHING: Control = (None, None, None)


def control_of(party: PartyId, verb: str, way: str | None, other: PartyId | None) -> Control:
    """Return control before and after; nothing where the words do not go together.

    Args:
        party: the subject.
        verb: H hold, G gain, W win, L lose, n no change.
        way: f “from” or t “to” before the other party.
        other: the other party.

    """
    if verb in "Hn":
        return NOTHING if way else steady(party)
    if verb == "L":
        if way == "f" or (party == NOC and other is None):
            return NOTHING
        return changed(party, other, "lose")
    if way == "t":
        return NOTHING
    return changed(other, party, None if verb == "W" else "gain")


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


def joint_control(one: Control, other: Control) -> Control | None:
    """Return what two tellings of one council say together; None where they differ.

    “The Conservatives lose Winchester” and “the Lib Dems win Winchester” are one gain.
    """
    if one == other:
        return one
    before = one[0] if one[0] is not None else other[0]
    after = one[1] if one[1] is not None else other[1]
    if other[0] not in {None, before} or other[1] not in {None, after}:
        return None
    if before is not None and before == after:
        return steady(before) if {one[2], other[2]} <= {"hold", "no_change", None} else None
    return changed(before, after, one[2] or other[2])
