"""Whether two versions of a council's return tell the same of control."""

from __future__ import annotations

from feed.model.messages import Result, Roster, Rush
from feed.model.parties import PartyId
from feed.model.terms import Outcome
from feed.rules.control import control_after, control_before, outcome, rush_before, stated_control

ControlFacts = tuple[PartyId | None, PartyId | None, Outcome | None]
_MOVED = frozenset({"gain", "lose"})
_STEADY = frozenset({"hold", "no_change"})


def control_facts(version: Result | Rush, roster: Roster | None) -> ControlFacts:
    """Return control before and after, and what happened to it, as far as a version tells them."""
    if isinstance(version, Result):
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
    if isinstance(old, Rush) and confirms(new, old, roster):
        return True
    if isinstance(old, Result) and isinstance(new, Rush):
        return confirms(old, new, roster)
    return control_facts(old, roster) == control_facts(new, roster)


def moves_control(old: Result | Rush, new: Result | Rush, roster: Roster | None) -> bool:
    """Whether control, or a gain or a loss of it, is another by the newer version."""
    if same_control(old, new, roster):
        return False
    was, now = control_facts(old, roster), control_facts(new, roster)
    return was[1] != now[1] or not _MOVED.isdisjoint({was[2], now[2]})
