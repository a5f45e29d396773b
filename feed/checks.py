"""The rules that every declaration is held against (domain.md §3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from feed.control import (
    control,
    control_after,
    control_before,
    outcome,
    roster_control,
    seats_won,
)
from feed.entries import Check, Mark
from feed.messages import Change, Result, Roster, WardResult
from feed.parties import NOC, PartyId, agency_order, party_of
from feed.tally import signed

_MAIN = ("eve_of_poll", "last_fought", "notional", "unknown")


def check_result(
    result: Result, roster: Roster | None, wards: Iterable[WardResult] = ()
) -> tuple[Check, ...]:
    """Hold one result against every rule; a rule that needs the roster says so when it has none."""
    labels = result.party_names
    checks = [
        _control(result, labels),
        _outcome(result, roster, labels),
        _before(result, roster, labels),
        _won_fits(result, labels),
        _changes_cancel(result),
        _seats_up(result, roster),
        _held_before(result, roster, labels),
        _size(result, roster),
    ]
    wards = tuple(wards)
    if wards:
        checks.append(_wards_agree(result, wards, labels))
    return tuple(checks)


def worst(checks: Iterable[Check]) -> Mark:
    """Give the verdict on a message: its worst mark."""
    marks = {check.mark for check in checks}
    return Mark.REMARK if Mark.REMARK in marks else Mark.OK


def _ok(rule: str, says: str) -> Check:
    return Check(rule, Mark.OK, says)


def _remark(rule: str, says: str) -> Check:
    return Check(rule, Mark.REMARK, says)


def _label(party: PartyId | None, names: Mapping[PartyId, str]) -> str:
    return "none" if party is None else party_of(party, names).label


def _control(result: Result, names: Mapping[PartyId, str]) -> Check:
    if not result.after:
        return Check("control", Mark.NOT_CHECKED, "Control was not checked: no new council given.")
    ours, total = control(result.after), sum(result.after.values())
    if result.control_after is None or result.control_after == ours:
        if ours == NOC:
            return _ok("control", f"No party has more than half of {total} seats.")
        seats = result.after.get(ours, 0)
        return _ok("control", f"{_label(ours, names)} has {seats} of {total} seats.")
    return _remark(
        "control-mismatch",
        f"The source says {_label(result.control_after, names)} controls; by its own seats it is "
        f"{_label(ours, names)} ({total // 2 + 1} of {total} needed). The source's word stands.",
    )


def _outcome(result: Result, roster: Roster | None, names: Mapping[PartyId, str]) -> Check:
    before, after = control_before(result, roster), control_after(result)
    if result.outcome is None or after is None:
        return Check("outcome", Mark.NOT_CHECKED, "The source states no outcome.")
    ours = outcome(before, after)
    if result.outcome == ours:
        return _ok("outcome", f"The stated outcome, {ours.replace('_', ' ')}, fits the control.")
    return _remark(
        "outcome-mismatch",
        f"The source says {result.outcome.replace('_', ' ')}; {_label(before, names)} before and "
        f"{_label(after, names)} after make it {ours.replace('_', ' ')}.",
    )


def _before(result: Result, roster: Roster | None, names: Mapping[PartyId, str]) -> Check:
    told, held = control_before(result, roster), None if roster is None else roster_control(roster)
    if roster is None or held is None or result.new_council:
        missing = "No roster" if roster is None else "The roster gives no control before"
        return Check("control-before", Mark.NOT_CHECKED, f"{missing}: control before not compared.")
    if told == held:
        return _ok("control-before", f"{_label(held, names)} before, as the roster has it.")
    return _remark(
        "control-before-mismatch",
        f"The result makes it {_label(told, names)} before; the roster has {_label(held, names)}. "
        "The result's word stands.",
    )


def _won_fits(result: Result, names: Mapping[PartyId, str]) -> Check:
    if result.won is None:
        return _ok("won-fits", "The whole council was up.")
    if not result.after:
        says = "Seats won were not held against the council: no new council given."
        return Check("won-fits", Mark.NOT_CHECKED, says)
    over = [
        f"{_label(party, names)} won {won} but has {result.after.get(party, 0)}"
        for party, won in result.won.items()
        if won > result.after.get(party, 0)
    ]
    if not over:
        return _ok("won-fits", "No party won more seats than it has.")
    return _remark("won-over-council", f"Seats won exceed the new council: {'; '.join(over)}.")


def _changes_cancel(result: Result) -> Check:
    change = main_change(result)
    if change is None:
        return Check("changes-cancel", Mark.NOT_CHECKED, "The source gives no changes.")
    total = sum(change.seats.values())
    if total == 0:
        return _ok("changes-cancel", "Gains and losses cancel out.")
    if result.boundary_change or result.new_council:
        return _ok("changes-cancel", f"Changes sum to {signed(total)}, with a boundary change.")
    return _remark(
        "changes-do-not-cancel",
        f"Changes sum to {signed(total)}; expected 0 without a boundary change.",
    )


def _seats_up(result: Result, roster: Roster | None) -> Check:
    up = None if roster is None else roster_seats_up(roster)
    if up is None:
        return Check(
            "seats-up", Mark.NOT_CHECKED, "No roster: seats won not held against seats up."
        )
    won = sum(seats_won(result).values())
    if won == up:
        return _ok("seats-up", f"{won} seats won of {up} up.")
    if result.boundary_change or result.new_council:
        return _ok("seats-up", f"{won} seats won of {up} up, with a boundary change.")
    return _remark("seats-up", f"{won} seats won; the roster has {up} up and no boundary change.")


def _held_before(result: Result, roster: Roster | None, names: Mapping[PartyId, str]) -> Check:
    change = main_change(result)
    missing = _not_comparable(result, change, roster)
    if missing or change is None or roster is None:
        return Check("held-before", Mark.NOT_CHECKED, missing)
    held = {row.party: row.held for row in roster.parties}
    wrong = [
        f"{_label(party, names)} {now} less {signed(moved)} is {now - moved}, roster {had}"
        for party in agency_order({*held, *result.after, *change.seats}, names)
        for now, moved, had in [
            (result.after.get(party, 0), change.seats.get(party, 0), held.get(party, 0))
        ]
        if now - moved != had
    ]
    if not wrong:
        return _ok("held-before", "New council less changes is what the roster held.")
    return _remark("held-before", f"Does not meet the roster: {'; '.join(wrong)}.")


def _not_comparable(result: Result, change: Change | None, roster: Roster | None) -> str:
    """Say why seats held before cannot be compared; empty when they can."""
    if roster is None:
        return "No roster: seats held before not compared."
    if not roster.parties:
        return "The roster gives no seats held."
    if change is None or not result.after:
        return "The source gives no changes to compare."
    if result.boundary_change or result.new_council:
        return "Boundaries changed: seats held not compared."
    if change.baseline not in {"eve_of_poll", "unknown"}:
        return "Changes are not counted from the eve of poll: seats held not compared."
    return ""


def _size(result: Result, roster: Roster | None) -> Check:
    if roster is None:
        return Check("size", Mark.NOT_CHECKED, "No roster: size of the council not compared.")
    size = roster.size
    if size is None:
        return Check("size", Mark.NOT_CHECKED, "The source gives no size of the council.")
    filled = sum(result.after.values())
    if filled == size or not result.after:
        return _ok("size", f"{size} seats on the council.")
    if filled < size:
        return _remark(
            "size", f"{filled} of {size} seats are filled; a majority is of those filled."
        )
    return _remark("size", f"{filled} seats given; the roster says the council has {size}.")


def _wards_agree(
    result: Result, wards: tuple[WardResult, ...], names: Mapping[PartyId, str]
) -> Check:
    totals = [ward.wards_total for ward in wards if ward.wards_total]
    if not totals or len(wards) < max(totals):
        return Check("wards", Mark.NOT_CHECKED, f"{len(wards)} wards in, not all: not compared.")
    summed: dict[PartyId, int] = {}
    for ward in wards:
        for party, won in ward.won.items():
            summed[party] = summed.get(party, 0) + won
    won_by = seats_won(result)
    wrong = [
        f"{_label(party, names)} {summed.get(party, 0)} by ward, {won_by.get(party, 0)} in all"
        for party in agency_order({*summed, *won_by}, names)
        if summed.get(party, 0) != won_by.get(party, 0)
    ]
    if not wrong:
        return _ok("wards", f"The {len(wards)} wards add up to the result.")
    return _remark("wards", f"Wards and result differ: {'; '.join(wrong)}.")


def main_change(result: Result) -> Change | None:
    """Give the change set to compare with the roster: the nearest to the eve of poll."""
    ranked = sorted(result.changes, key=lambda change: _MAIN.index(change.baseline))
    return ranked[0] if ranked else None


def roster_seats_up(roster: Roster) -> int | None:
    """Give the seats fought tonight by the roster: stated, else the sum over parties."""
    if roster.seats_up is not None:
        return roster.seats_up
    offered = [row.offered for row in roster.parties if row.offered is not None]
    return sum(offered) if offered else None
