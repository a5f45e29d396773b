"""The rules that every declaration is held against, and how each says what it found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from types import MappingProxyType

from feed.english import in_words, noun
from feed.model.entries import Check, Mark
from feed.model.messages import Change, Result, Roster
from feed.model.parties import NOC, PartyId, agency_order, party_of
from feed.model.terms import majority_of
from feed.records import record
from feed.rules.control import (
    control,
    control_after,
    control_before,
    outcome,
    roster_control,
    seats_won,
)
from feed.rules.scoreboard import signed

_MAIN = ("eve_of_poll", "last_fought", "notional", "unknown")


@record(frozen=True, slots=True)
class WardFigures:
    """What the wards of a council that are in add up to."""

    count: int = 0
    total: int | None = None
    """How many wards the council counts, as its wards say."""
    won: Mapping[PartyId, int] = field(default_factory=lambda: MappingProxyType({}))


_THE_VERY_SEATS = (
    "The roster holds the very seats of this result, party by party: it may be the council after "
    "the poll. Ask for the one before."
)


def check_result(
    result: Result, roster: Roster | None, wards: WardFigures | None = None
) -> tuple[Check, ...]:
    """Hold one result against every rule; a rule that needs the roster says so when it has none."""
    labels = result.party_names
    checks = [
        control_check(result, labels),
        outcome_check(result, roster, labels),
        before_check(result, roster, labels),
        _won_fits(result, labels),
        _changes_cancel(result, roster),
        _seats_up(result, roster),
        _held_before(result, roster, labels),
        _size(result, roster),
    ]
    if _is_after_the_poll(result, roster):
        checks.append(remark("roster-before", _THE_VERY_SEATS))
    if wards is not None and wards.count:
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


def _changes_cancel(result: Result, roster: Roster | None) -> Check:
    change = main_change(result)
    if change is None:
        return not_checked("changes-cancel", "The source gives no changes.")
    total = sum(change.seats.values())
    if total == 0:
        return ok("changes-cancel", "Gains and losses cancel out.")
    if result.boundary_change or result.new_council:
        return ok("changes-cancel", f"Changes sum to {signed(total)}, with a boundary change.")
    held = 0 if roster is None else sum(row.held for row in roster.parties)
    vacant = sum(result.after.values()) - held
    if held and total == vacant > 0:
        seats = f"{in_words(vacant)} {noun(vacant, 'seat')}"
        return ok(
            "changes-cancel",
            f"Changes sum to {signed(total)}: {seats} stood vacant and had to be filled.",
        )
    return remark(
        "changes-do-not-cancel",
        f"Changes sum to {signed(total)}; expected 0 without new boundaries or a vacancy.",
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
            "vacant", f"{filled} of {size} seats are filled; a majority is of those filled."
        )
    return remark("size", f"{filled} seats given; the roster says the council has {size}.")


def _is_after_the_poll(result: Result, roster: Roster | None) -> bool:
    """Whether the roster of a council that was wholly up holds the very seats of its result."""
    held = {} if roster is None else {row.party: row.held for row in roster.parties if row.held}
    if roster is None or len(held) < 2 or "whole" not in {result.elects, roster.elects}:
        return False
    return held == {party: seats for party, seats in result.after.items() if seats}


def _wards_agree(result: Result, wards: WardFigures, names: Mapping[PartyId, str]) -> Check:
    if wards.total is None or wards.count < wards.total:
        return not_checked("wards", f"{wards.count} wards in, not all: not compared.")
    won_by = seats_won(result)
    wrong = [
        f"{label_of(party, names)} {wards.won.get(party, 0)} by ward, {won_by.get(party, 0)} in all"
        for party in agency_order({*wards.won, *won_by}, names)
        if wards.won.get(party, 0) != won_by.get(party, 0)
    ]
    if not wrong:
        return ok("wards", f"The {wards.count} wards add up to the result.")
    return remark("wards", f"Wards and result differ: {'; '.join(wrong)}.")


def main_change(result: Result) -> Change | None:
    """Return the change set to compare with the roster: the nearest to the eve of poll."""
    return min(result.changes, key=lambda it: _MAIN.index(it.baseline), default=None)


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
    return f"no party has a majority: {has}, {majority_of(total)} are needed"


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


def ok(rule: str, says: str) -> Check:
    """Return a rule that is met."""
    return Check(rule, Mark.OK, says)


def remark(rule: str, says: str) -> Check:
    """Return a rule that is not met; the message is taken all the same."""
    return Check(rule, Mark.REMARK, says)


def not_checked(rule: str, says: str) -> Check:
    """Return a rule for which something is missing."""
    return Check(rule, Mark.NOT_CHECKED, says)


def label_of(party: PartyId | None, names: Mapping[PartyId, str]) -> str:
    """Return a party's short form, `none` for none."""
    return "none" if party is None else party_of(party, names).label
