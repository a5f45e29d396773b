"""The rules that every declaration is held against (domain.md §3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from feed.model.entries import Check, Mark
from feed.model.messages import Change, Result, Roster, WardResult
from feed.model.parties import PartyId, agency_order
from feed.rules.control import seats_won
from feed.rules.control_checks import before_check, control_check, outcome_check
from feed.rules.judging import label_of, not_checked, ok, remark
from feed.rules.scoreboard import signed

_MAIN = ("eve_of_poll", "last_fought", "notional", "unknown")


def check_result(
    result: Result, roster: Roster | None, wards: Iterable[WardResult] = ()
) -> tuple[Check, ...]:
    """Hold one result against every rule; a rule that needs the roster says so when it has none."""
    labels = result.party_names
    checks = [
        control_check(result, labels),
        outcome_check(result, roster, labels),
        before_check(result, roster, labels),
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
    """Return the verdict on a message: its worst mark."""
    marks = {check.mark for check in checks}
    return Mark.REMARK if Mark.REMARK in marks else Mark.OK


def _won_fits(result: Result, names: Mapping[PartyId, str]) -> Check:
    if result.won is None:
        return ok("won-fits", "The whole council was up.")
    if not result.after:
        says = "Seats won were not held against the council: no new council given."
        return not_checked("won-fits", says)
    over = [
        f"{label_of(party, names)} won {won} but has {result.after.get(party, 0)}"
        for party, won in result.won.items()
        if won > result.after.get(party, 0)
    ]
    if not over:
        return ok("won-fits", "No party won more seats than it has.")
    return remark("won-over-council", f"Seats won exceed the new council: {'; '.join(over)}.")


def _changes_cancel(result: Result) -> Check:
    change = main_change(result)
    if change is None:
        return not_checked("changes-cancel", "The source gives no changes.")
    total = sum(change.seats.values())
    if total == 0:
        return ok("changes-cancel", "Gains and losses cancel out.")
    if result.boundary_change or result.new_council:
        return ok("changes-cancel", f"Changes sum to {signed(total)}, with a boundary change.")
    return remark(
        "changes-do-not-cancel",
        f"Changes sum to {signed(total)}; expected 0 without a boundary change.",
    )


def _seats_up(result: Result, roster: Roster | None) -> Check:
    up = None if roster is None else roster_seats_up(roster, result)
    won = sum(seats_won(result).values())
    if up is None:
        return not_checked("seats-up", _no_seats_up(won, roster))
    if won == up:
        return ok("seats-up", f"{won} seats won of {up} up.")
    if result.boundary_change or result.new_council:
        return ok("seats-up", f"{won} seats won of {up} up, with a boundary change.")
    return remark("seats-up", f"{won} seats won; the roster has {up} up and no boundary change.")


def _no_seats_up(won: int, roster: Roster | None) -> str:
    if roster is None:
        return "No roster: seats won not held against seats up."
    defended = sum(row.offered or 0 for row in roster.parties)
    if defended:
        old = f"{defended} were defended on the old boundaries"
        return f"{won} seats won where {old}: not compared."
    return "The roster gives no seats up: seats won not compared."


def _held_before(result: Result, roster: Roster | None, names: Mapping[PartyId, str]) -> Check:
    change = main_change(result)
    missing = _not_comparable(result, change, roster)
    if missing or change is None or roster is None:
        return not_checked("held-before", missing)
    held = {row.party: row.held for row in roster.parties}
    wrong = [
        f"{label_of(party, names)} {now} less {signed(moved)} is {now - moved}, roster {had}"
        for party in agency_order({*held, *result.after, *change.seats}, names)
        for now, moved, had in [
            (result.after.get(party, 0), change.seats.get(party, 0), held.get(party, 0))
        ]
        if now - moved != had
    ]
    if not wrong:
        return ok("held-before", "New council less changes is what the roster held.")
    return remark("held-before", f"Does not meet the roster: {'; '.join(wrong)}.")


def _not_comparable(result: Result, change: Change | None, roster: Roster | None) -> str:
    """Return why seats held before cannot be compared; empty when they can."""
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
        return not_checked("size", "No roster: size of the council not compared.")
    size = roster.size
    if size is None:
        return not_checked("size", "The source gives no size of the council.")
    filled = sum(result.after.values())
    if filled == size or not result.after:
        return ok("size", f"{size} seats on the council.")
    if filled < size:
        return remark(
            "size", f"{filled} of {size} seats are filled; a majority is of those filled."
        )
    return remark("size", f"{filled} seats given; the roster says the council has {size}.")


def _wards_agree(
    result: Result, wards: tuple[WardResult, ...], names: Mapping[PartyId, str]
) -> Check:
    totals = [ward.wards_total for ward in wards if ward.wards_total]
    if not totals or len(wards) < max(totals):
        return not_checked("wards", f"{len(wards)} wards in, not all: not compared.")
    summed: dict[PartyId, int] = {}
    for ward in wards:
        for party, won in ward.won.items():
            summed[party] = summed.get(party, 0) + won
    won_by = seats_won(result)
    wrong = [
        f"{label_of(party, names)} {summed.get(party, 0)} by ward, {won_by.get(party, 0)} in all"
        for party in agency_order({*summed, *won_by}, names)
        if summed.get(party, 0) != won_by.get(party, 0)
    ]
    if not wrong:
        return ok("wards", f"The {len(wards)} wards add up to the result.")
    return remark("wards", f"Wards and result differ: {'; '.join(wrong)}.")


def main_change(result: Result) -> Change | None:
    """Return the change set to compare with the roster: the nearest to the eve of poll."""
    ranked = sorted(result.changes, key=lambda change: _MAIN.index(change.baseline))
    return ranked[0] if ranked else None


def roster_seats_up(roster: Roster, result: Result | None = None) -> int | None:
    """Return the seats fought tonight by the roster: stated, else the sum over parties.

    Of a whole council on new boundaries, as it or its result says, the parties give the seats
    that they defend, not those that are up.
    """
    if roster.seats_up is not None:
        return roster.seats_up
    redrawn = any(it.boundary_change or it.new_council for it in (roster, result) if it)
    if redrawn and roster.elects == "whole":
        return None
    return sum(row.offered or 0 for row in roster.parties) or None
