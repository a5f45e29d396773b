"""One council's record, drawn together into where it stands and how it came there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from feed.ledger.state import time_of
from feed.ledger.versions import CouncilMessage, CouncilRecord
from feed.model.entries import Check, Clock, Mark, PlaceId
from feed.model.messages import Result, Roster, Rush, Withdrawal
from feed.model.parties import PartyId, agency_order, party_of
from feed.model.standing import CouncilStanding, Past, SeatLine, Status
from feed.model.terms import Outcome
from feed.rules.checks import main_change, roster_seats_up
from feed.rules.control import (
    confirms,
    control_after,
    control_before,
    outcome,
    roster_control,
    rush_before,
    seats_won,
    stated_control,
)
from feed.rules.majority import after_the_count, before_the_count
from feed.rules.scoreboard import size_before
from feed.wording.differences import correction
from feed.wording.entries import history_line, match_words

Names = Mapping[PartyId, str]
Declared = tuple[datetime, Clock]


def council_standing(record: CouncilRecord, names: Names) -> CouncilStanding:
    """Return where a council stands by everything told about it."""
    roster, result, rush = record.roster, record.result, record.rush
    before, after, what = _control(roster, result, rush)
    if record.stands_apart:
        before, after, what = None, None, None
    current = record.current
    told = current.message if current else None
    history, declared = council_history(record, names)
    at, clock = declared if result and declared else (None, None)
    status: Status = (
        "declared" if result else "rush" if rush else "counting" if record.wards else "expected"
    )
    expected = record.expected[-1].message.expected_at if record.expected else None
    change = main_change(result) if result else None
    wards = record.wards.figures
    return CouncilStanding(
        id=PlaceId(record.known.id),
        name=record.known.name,
        gss=record.known.gss,
        type=record.known.type
        or (roster.type if roster else None)
        or (result.type if result else None),
        region=record.known.region
        or (roster.region if roster else None)
        or (result.region if result else None),
        elects=(roster.elects if roster else None) or (result.elects if result else None),
        status=status,
        before=before,
        after=after,
        outcome=what,
        revision=0 if current is None or current.origin.unnumbered else current.message.revision,
        corrected=_corrected(record),
        size=_size(roster, result),
        seats_up=roster_seats_up(roster, result) if roster else None,
        seats=_seats(record, roster, result, names),
        baseline=change.baseline if change else None,
        declared_at=at,
        declared_at_estimated=clock == "estimated",
        expected_at=expected,
        declared_order=record.declared_order if result else None,
        wards_in=wards.count,
        wards_total=wards.total,
        wards=record.wards.lines,
        majority_notes=() if record.stands_apart else _majority_notes(record, after, names),
        history=history,
        checks=_checks(record, result) if result else (),
        matched_as=record.matched_as,
        entry=current.entry if current else None,
        test=any(told.test for told in (*record.versions, *record.rosters)),
        note=_note(told, roster),
        declared_clock=clock,
        new_council=any(said.new_council for said in (roster, result) if said),
        size_before=size_before(result, roster),
        expected_source=(record.expected[-1].message.source or "") if record.expected else "",
        stands_apart=record.stands_apart,
    )


def _size(roster: Roster | None, result: Result | None) -> int | None:
    """Return the seats on the council: as stated, else as held, else as its result fills them.

    What was held is not the size where boundaries change or the council is new.
    """
    if roster is not None and roster.size is not None:
        return roster.size
    is_new = [said.boundary_change or said.new_council for said in (roster, result) if said]
    if any(is_new):
        return None if result is None else sum(result.after.values()) or None
    return None if roster is None else sum(row.held for row in roster.parties) or None


def _note(told: CouncilMessage | None, roster: Roster | None) -> str:
    """Return what the return and the roster note, once where one says what the other does."""
    notes = [said.note for said in (told, roster) if said is not None and said.note]
    kept = [note for note in notes if not any(note != it and note in it for it in notes)]
    return " ".join(dict.fromkeys(kept))


def _checks(record: CouncilRecord, result: Result) -> tuple[Check, ...]:
    checks = record.wards.checks(result, record.roster)
    if record.matched_as:
        says = f"{match_words('near', record.known.name, record.matched_as)}."
        checks = (*checks, Check("near-match", Mark.REMARK, says))
    about_control = ("control", "outcome")
    if not record.stands_apart:
        return checks
    return tuple(check for check in checks if not check.rule.startswith(about_control))


def _control(
    roster: Roster | None, result: Result | None, rush: Rush | None
) -> tuple[PartyId | None, PartyId | None, Outcome | None]:
    if result is not None:
        before, after = control_before(result, roster), control_after(result)
        return before, after, None if after is None else outcome(before, after)
    by_roster = roster_control(roster) if roster else None
    if rush is None:
        return by_roster, None, None
    before, after = rush_before(rush, roster), stated_control(rush, roster)
    if after is None or rush.control_before is None:
        return before, after, rush.outcome or (None if after is None else outcome(before, after))
    return before, after, outcome(before, after)


def _corrected(record: CouncilRecord) -> bool:
    current = record.current
    if current is None or not isinstance(current.message, Result):
        return False
    return current.message.revision > 1 and not all(told.is_flash for told in record.versions[:-1])


def _seats(
    record: CouncilRecord, roster: Roster | None, result: Result | None, names: Names
) -> tuple[SeatLine, ...]:
    rows = {row.party: row for row in roster.parties} if roster else {}
    change = main_change(result) if result else None
    others = [it for it in (result.changes if result else ()) if it is not change]
    moved = change.seats if change else {}
    won = seats_won(result) if result else {}
    after = result.after if result else {}
    also = {party for other in others for party in other.seats}
    wards = record.wards.figures.won
    return tuple(
        SeatLine(
            party=party,
            label=(known := party_of(party, names)).label,
            name=known.name,
            held=row.held if (row := rows.get(party)) else 0 if rows else None,
            offered=row.offered if row else None,
            won=won.get(party, 0) if result else None,
            after=after.get(party, 0) if result and after else None,
            change=moved.get(party, 0) if change else None,
            change_other=(*[(other.baseline, other.seats.get(party, 0)) for other in others],),
            provisional=wards.get(party, 0) if wards and not result else None,
        )
        for party in agency_order({*rows, *moved, *won, *after, *wards, *also}, names)
    )


def _majority_notes(record: CouncilRecord, after: PartyId | None, names: Names) -> tuple[str, ...]:
    roster, result = record.roster, record.result
    if result is not None:
        said = after_the_count(result.after, after, names)
        return (said,) if said else ()
    if roster is None or record.rush is not None:
        return ()
    return before_the_count(roster, names, counting=bool(record.wards))


def council_history(
    record: CouncilRecord, names: Names
) -> tuple[tuple[Past, ...], Declared | None]:
    """Return every revision told so far, newest last, and when the result that stands was declared.

    A correction does not move the time of a declaration; a withdrawal takes it back.
    """
    past: list[Past] = []
    declared: Declared | None = None
    previous: CouncilMessage | None = None
    for version in record.versions:
        message = version.message
        at, clock = time_of(message, version.origin)
        past.append(
            Past(
                revision=message.revision,
                kind=message.kind,
                says=history_line(message, record.roster, names, apart=record.stands_apart),
                origin=version.origin,
                at=at,
                current=version is record.versions[-1],
                difference=_difference(previous, message, record, names),
                estimated=clock == "estimated",
            )
        )
        if isinstance(message, Withdrawal):
            declared = None
        elif isinstance(message, Result) and (declared is None or at < declared[0]):
            declared = at, clock
        previous = message
    return tuple(past), declared


def _difference(
    old: CouncilMessage | None, new: CouncilMessage, record: CouncilRecord, names: Names
) -> str:
    if old is None or isinstance(old, Withdrawal) or isinstance(new, Withdrawal):
        return ""
    apart = record.stands_apart
    if isinstance(old, Rush) and isinstance(new, Result):
        if apart:
            return ""
        if confirms(new, old, record.roster):
            return "confirms the rush"
    return correction(old, new, record.roster, names, apart=apart)
