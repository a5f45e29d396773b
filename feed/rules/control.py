"""Who controls a council, what a declaration did to control, and whether two say the same of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from feed.model.parties import NOC, PartyId
from feed.model.terms import Outcome, majority_of

if TYPE_CHECKING:
    from feed.model.messages import Result, Roster, Rush


ControlFacts = tuple[PartyId | None, PartyId | None, Outcome | None]
_MOVED = frozenset({"gain", "lose"})
_STEADY = frozenset({"hold", "no_change"})


def control(seats: Mapping[PartyId, int]) -> PartyId:
    """Return the party with more than half of the seats filled, else NOC; exactly half is NOC.

    Args:
        seats: seats on the council by party, the vacant ones left out.
    """
    majority = majority_of(sum(seats.values()))
    return next((party for party, count in seats.items() if count >= majority), NOC)


def outcome(before: PartyId | None, after: PartyId) -> Outcome:
    """Return what happened to control; without a comparable `before` it is a win."""
    if before is None:
        return "win"
    if before == after:
        return "no_change" if after == NOC else "hold"
    return "lose" if after == NOC else "gain"


def control_after(result: Result) -> PartyId | None:
    """Return control after the poll: the source's own statement, else the arithmetic."""
    if result.control_after is not None:
        return result.control_after
    if result.outcome in {"lose", "no_change"}:
        return NOC
    if result.after:
        return control(result.after)
    if result.outcome == "hold":
        return result.control_before
    return None


def control_before(result: Result, roster: Roster | None) -> PartyId | None:
    """Return control before the poll, or None where nothing is comparable.

    The source's statement comes first; a new council has no other. Then the roster's statement,
    the arithmetic of the seats held, and that of the result less its changes.
    """
    if result.control_before is not None:
        return result.control_before
    if result.new_council or (roster is not None and roster.new_council):
        return None if roster is None else roster.control_before
    if result.outcome == "hold":
        return control_after(result)
    if result.outcome == "no_change":
        return NOC
    by_roster = None if roster is None else roster_control(roster)
    return by_roster if by_roster is not None else _by_changes(result)


def roster_control(roster: Roster) -> PartyId | None:
    """Return control before the poll by the roster: stated, else the arithmetic of seats held."""
    if roster.control_before is not None:
        return roster.control_before
    held = {row.party: row.held for row in roster.parties}
    return control(held) if any(held.values()) and not roster.new_council else None


def _by_changes(result: Result) -> PartyId | None:
    if result.boundary_change or not result.changes or not result.after:
        return None
    changes = result.changes[0].seats
    held = {
        party: result.after.get(party, 0) - changes.get(party, 0)
        for party in {*result.after, *changes}
    }
    if min(held.values()) < 0 or not any(held.values()):
        return None
    return control(held)


def seats_won(result: Result) -> Mapping[PartyId, int]:
    """Return the seats won tonight: as stated, else the whole council, which was up."""
    return result.after if result.won is None else result.won


def stated_control(version: Result | Rush, roster: Roster | None) -> PartyId | None:
    """Return the control after that a result or a flash comes to."""
    if version.kind == "result":
        return control_after(version)
    if version.control_after is None and version.outcome in {"hold", "no_change"}:
        return rush_before(version, roster)
    return version.control_after


def rush_before(rush: Rush, roster: Roster | None) -> PartyId | None:
    """Return control before a flash: as told, else by the roster."""
    if rush.control_before is not None:
        return rush.control_before
    if rush.outcome == "hold" and rush.control_after is not None:
        return rush.control_after
    if rush.outcome == "no_change":
        return NOC
    return None if roster is None else roster_control(roster)


def control_facts(version: Result | Rush, roster: Roster | None) -> ControlFacts:
    """Return control before and after, and what happened to it, as far as a version tells them."""
    if version.kind == "result":
        before, after = control_before(version, roster), control_after(version)
        return before, after, None if after is None else outcome(before, after)
    before, after = rush_before(version, roster), stated_control(version, roster)
    if before is not None and after is not None:
        return before, after, outcome(before, after)
    return before, after, version.outcome or (None if after is None else outcome(before, after))


def confirms(later: Result | Rush, flash: Rush, roster: Roster | None) -> bool:
    """Whether a result or a further flash bears out all that a flash said of control.

    A flash that says only that control was lost is borne out by whatever else came of it.
    """
    before, after, what = control_facts(later, roster)
    said = stated_control(flash, roster)
    if said is not None and said != after:
        return False
    if flash.control_before is not None and before not in {None, flash.control_before}:
        return False
    if flash.outcome in _MOVED:
        return what not in _STEADY
    return flash.outcome not in _STEADY or what not in _MOVED


def same_control(old: Result | Rush, new: Result | Rush, roster: Roster | None) -> bool:
    """Whether two versions tell the same of control; a flash counts for what it says."""
    if old.kind == "rush" and confirms(new, old, roster):
        return True
    if old.kind == "result" and new.kind == "rush":
        return confirms(old, new, roster)
    return control_facts(old, roster) == control_facts(new, roster)


def moves_control(old: Result | Rush, new: Result | Rush, roster: Roster | None) -> bool:
    """Whether control, or a gain or a loss of it, is another by the newer version."""
    if same_control(old, new, roster):
        return False
    was, now = control_facts(old, roster), control_facts(new, roster)
    return was[1] != now[1] or not _MOVED.isdisjoint({was[2], now[2]})
