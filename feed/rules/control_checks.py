"""The rules about control: what is stated against what the seats make it (domain.md §3)."""

from __future__ import annotations

from collections.abc import Mapping

from feed.model.entries import Check
from feed.model.messages import Result, Roster
from feed.model.parties import NOC, PartyId
from feed.rules.control import control, control_after, control_before, outcome, roster_control
from feed.rules.judging import label_of, not_checked, ok, remark


def control_check(result: Result, names: Mapping[PartyId, str]) -> Check:
    """Hold the control that a result states against its own seats."""
    if not result.after:
        return not_checked("control", "Control was not checked: no new council given.")
    ours, total = control(result.after), sum(result.after.values())
    stated = result.control_after
    if stated is None or stated == ours:
        if ours == NOC:
            return ok("control", f"No party has more than half of {total} seats.")
        seats = result.after.get(ours, 0)
        return ok("control", f"{label_of(ours, names)} has {seats} of {total} seats.")
    says = "no overall control" if stated == NOC else f"{label_of(stated, names)} controls"
    return remark(
        "control-mismatch",
        f"The source says {says}; by its own seats {_by_seats(result.after, stated, names)}. "
        "The source's word stands.",
    )


def _by_seats(seats: Mapping[PartyId, int], stated: PartyId, names: Mapping[PartyId, str]) -> str:
    """Return who has a majority, or how far the party that is said to control is from one."""
    ours, total = control(seats), sum(seats.values())
    if ours != NOC:
        return f"{label_of(ours, names)} has a majority, {seats[ours]} of {total}"
    has = f"{label_of(stated, names)} has {seats.get(stated, 0)} of {total}"
    return f"no party has a majority: {has}, {total // 2 + 1} are needed"


def outcome_check(result: Result, roster: Roster | None, names: Mapping[PartyId, str]) -> Check:
    """Hold the outcome that a result states against control before and after."""
    before, after = control_before(result, roster), control_after(result)
    if result.outcome is None or after is None:
        return not_checked("outcome", "The source states no outcome.")
    ours = outcome(before, after)
    if result.outcome == ours:
        return ok("outcome", f"The stated outcome, {ours.replace('_', ' ')}, fits the control.")
    return remark(
        "outcome-mismatch",
        f"The source says {result.outcome.replace('_', ' ')}; {label_of(before, names)} before and "
        f"{label_of(after, names)} after make it {ours.replace('_', ' ')}.",
    )


def before_check(result: Result, roster: Roster | None, names: Mapping[PartyId, str]) -> Check:
    """Hold control before, by the result, against the roster's word and the roster's seats."""
    by_result, held = (
        control_before(result, roster),
        None if roster is None else roster_control(roster),
    )
    if roster is None or held is None or result.new_council:
        missing = "No roster" if roster is None else "The roster gives no control before"
        missing = "A new council" if result.new_council else missing
        return not_checked("control-before", f"{missing}: control before not compared.")
    had = label_of(held, names)
    if by_result != held:
        return remark(
            "control-before-mismatch",
            f"The result makes it {label_of(by_result, names)} before; the roster has {had}. "
            "The result's word stands.",
        )
    if _borne_out(roster):
        return ok("control-before", f"{had} before, as the roster has it.")
    who = "No overall control" if held == NOC else had
    seats = _by_seats({row.party: row.held for row in roster.parties}, held, names)
    return remark(
        "control-before-seats",
        f"{who} before, as the roster states; by its seats {seats}. The stated control stands.",
    )


def _borne_out(roster: Roster) -> bool:
    """Whether the seats that a roster gives make the control before that it states."""
    held = {row.party: row.held for row in roster.parties}
    return roster.control_before in {None, control(held)} or not any(held.values())
