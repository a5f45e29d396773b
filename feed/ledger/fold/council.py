"""Folding what is said of a council: results, flashes, withdrawals, wards, rosters, hours."""

from __future__ import annotations

from dataclasses import replace

from feed.councils.placing import Placed, Ref, number_of
from feed.councils.register import Known
from feed.ledger.fold.entry import write_council_entry
from feed.ledger.fold.revisions import fold_version, write_resent
from feed.ledger.state import Held, LedgerState
from feed.ledger.versions import CouncilRecord, Version, dated, in_order, version_of
from feed.model.entries import Check, EntryKind, Mark, Origin, PlaceId
from feed.model.messages import Expected, Result, Roster, Rush, WardResult, Withdrawal
from feed.rules.checks import roster_seats_up
from feed.wording.differences import roster_effect
from feed.wording.entries import ward_sentence

AboutCouncil = Result | Rush | Withdrawal | WardResult | Expected


def ref_of(message: AboutCouncil) -> Ref:
    """Return the council that a message names."""
    return Ref(message.council or "", message.gss, number_of(message.election, message.agency_id))


def fold_about_council(state: LedgerState, message: AboutCouncil, origin: Origin) -> None:
    """Take a message about a council in, or keep it unplaced."""
    ref = ref_of(message)
    placed = state.places.place(ref)
    if placed.known is None:
        _keep_unplaced(state, message, origin, ref, placed)
        return
    record = _record(state, placed.known)
    if placed.how == "near":
        record = replace(record, matched_as=ref.name)
    match message:
        case WardResult():
            _fold_ward(state, record, message, origin)
        case Expected():
            _fold_expected(state, record, message, origin)
        case _:
            fold_version(state, record, message, origin)


def fold_roster(state: LedgerState, roster: Roster, origin: Origin) -> None:
    """Take a roster in, then place again whatever its name may have moved."""
    enrolled = state.places.enrol(roster)
    known = enrolled.known
    if enrolled.formerly is not None:
        _move(state, enrolled.formerly, known)
    record = replace(_record(state, known), known=known)
    version = version_of(roster, origin, state.next_entry)
    before = record.roster
    rosters = in_order([*record.rosters, version])
    record = replace(record, rosters=rosters)
    state.councils[known.id] = record
    up = roster_seats_up(roster)
    text = f"Roster: {known.name}" + (f", {up} seats up" if up is not None else "")
    if before is not None:
        stands = "it stands" if record.roster is roster else "the later file stands"
        text = f"Roster of {known.name} sent again: {stands}"
    detail, flips = "", False
    if record.result is not None and not record.stands_apart:
        detail, flips = roster_effect(record.result, before, record.roster, state.party_names)
    write_council_entry(state, roster, origin, known, kind=EntryKind.ROSTER, text=text,
                   detail=detail, flips=flips)  # fmt: skip
    for ref in enrolled.moved:
        _place_again(state, ref)


def redate_council(
    state: LedgerState, message: AboutCouncil | Roster, origin: Origin, content: bytes
) -> None:
    """Let a repeated file count as the later one among files of the same revision."""
    ref = Ref(message.council or "", message.gss, number_of(message.election, message.agency_id))
    known = state.places.place(ref).known
    record = state.councils.get(known.id) if known else None
    if record is None or known is None:
        return
    fresh = replace(
        record,
        versions=dated(record.versions, content, origin),
        rosters=dated(record.rosters, content, origin),
        expected=dated(record.expected, content, origin),
        wards={ward: dated(version, content, origin) for ward, version in record.wards.items()},
    )
    if fresh.wards == record.wards:
        fresh = replace(fresh, wards=record.wards)
    if fresh == record:
        return
    state.councils[known.id] = fresh
    if [t.content for t in fresh.versions[-1:]] != [t.content for t in record.versions[-1:]]:
        write_resent(state, record, fresh, message, origin)
    elif (fresh.roster, fresh.ward_results, _hour(fresh)) != (
        record.roster, record.ward_results, _hour(record),
    ):  # fmt: skip
        text = f"{known.name}: an earlier file was sent again and is now the later one; it stands"
        write_council_entry(state, message, origin, known, kind=EntryKind.CONFLICT, text=text,
                       mark=Mark.REMARK,
                       checks=(Check("conflict", Mark.REMARK, f"{text}."),))  # fmt: skip


def _hour(record: CouncilRecord) -> Expected | None:
    return record.expected[-1].message if record.expected else None


def _move(state: LedgerState, formerly: PlaceId, known: Known) -> None:
    """Give a council's record the identity that its code makes."""
    old = state.councils.pop(formerly, None)
    if old is None:
        return
    record = _record(state, known)
    state.councils[known.id] = replace(
        record,
        versions=in_order([*record.versions, *old.versions]),
        rosters=in_order([*record.rosters, *old.rosters]),
        expected=in_order([*record.expected, *old.expected]),
        wards={
            ward: in_order([*record.wards.get(ward, ()), *old.wards.get(ward, ())])
            for ward in (*record.wards, *old.wards)
        },
        matched_as=record.matched_as or old.matched_as,
        declared_order=record.declared_order or old.declared_order,
    )


def _record(state: LedgerState, known: Known) -> CouncilRecord:
    return state.councils.get(known.id) or CouncilRecord(known)


def _keep_unplaced(
    state: LedgerState, message: AboutCouncil, origin: Origin, ref: Ref, placed: Placed
) -> None:
    near = f"; nearest: {', '.join(placed.nearest)}" if placed.nearest else ""
    what = f"{ref.name} is on no roster{near}"
    fix = "correct the name in the file, or send the council's roster"
    seq = write_council_entry(
        state, message, origin, None, kind=EntryKind.UNPLACED, text=f"Not placed: {what}",
        mark=Mark.REMARK, fix=fix,
        checks=(Check("unplaced", Mark.REMARK, f"{what}. Nothing is counted until it is placed."),),
    )  # fmt: skip
    state.unplaced[ref] = (*state.unplaced.get(ref, ()), Held(message, origin, seq))
    state.list_problem(seq, origin, what, fix, Mark.REMARK)


def _place_again(state: LedgerState, ref: Ref) -> None:
    waiting = state.unplaced.pop(ref, ())
    for held in waiting:
        state.problems.drop(held.origin.path, held.origin.line)
    for aside in (*waiting, *_taken_out(state, ref)):
        held = state.again(aside)
        message = held.message
        if isinstance(message, Result | Rush | Withdrawal | WardResult | Expected):
            logged = state.logged
            fold_about_council(state, message, held.origin)
            if state.logged > logged:
                state.superseded.add_first(held.entry, state.logged)


def _taken_out(state: LedgerState, ref: Ref) -> list[Held]:
    """Take every message that used `ref` out of the records, to be placed anew."""
    out: list[Held] = []

    def kept(version: Version[AboutCouncil]) -> bool:
        if ref_of(version.message) != ref:
            return True
        out.append(Held(version.message, version.origin, version.entry))
        return False

    for id_, record in list(state.councils.items()):
        before = len(out)
        fresh = replace(
            record,
            versions=in_order(version for version in record.versions if kept(version)),
            expected=in_order(version for version in record.expected if kept(version)),
            wards={
                ward: left
                for ward, all_told in record.wards.items()
                if (left := in_order(version for version in all_told if kept(version)))
            },
        )
        if len(out) == before:
            continue
        if fresh.versions or fresh.rosters or fresh.expected or fresh.wards:
            state.councils[id_] = fresh
        else:
            del state.councils[id_]
    return sorted(out, key=lambda held: held.entry)


def _fold_expected(
    state: LedgerState, record: CouncilRecord, message: Expected, origin: Origin
) -> None:
    version = version_of(message, origin, state.next_entry)
    record = replace(record, expected=in_order([*record.expected, version]))
    state.councils[record.known.id] = record
    text = f"Expected: {record.known.name}"
    write_council_entry(state, message, origin, record.known, kind=EntryKind.EXPECTED, text=text)


def _fold_ward(
    state: LedgerState, record: CouncilRecord, message: WardResult, origin: Origin
) -> None:
    version = version_of(message, origin, state.next_entry)
    key = " ".join(message.ward.casefold().split())
    earlier = record.wards.get(key, ())
    versions = in_order([*earlier, version])
    record = replace(record, wards={**record.wards, key: versions})
    state.councils[record.known.id] = record
    total = max((ward.wards_total or 0 for ward in record.ward_results), default=0) or None
    text = ward_sentence(message, record.known.name, len(record.wards), total, state.party_names)
    kind, corrects = EntryKind.WARD, None
    if earlier and versions[-1] is version:
        kind, corrects = EntryKind.CORRECTION, earlier[-1].entry
        text = f"Correction: {text}"
    elif earlier:
        kind = EntryKind.LATE
    write_council_entry(
        state, message, origin, record.known, kind=kind, text=text, corrects=corrects
    )
