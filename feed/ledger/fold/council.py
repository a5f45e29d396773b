"""Folding what is said of a council: results, flashes, withdrawals, wards, rosters, hours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from feed.councils.placing import Placed, Ref, number_of
from feed.councils.register import Known
from feed.ledger.content import Content
from feed.ledger.fold.revisions import fold_version, write_resent
from feed.ledger.state import Held, LedgerState, moment_of, time_of, write_council_entry
from feed.ledger.versions import (
    CouncilMessage,
    CouncilRecord,
    M,
    Version,
    WardTable,
    dated,
    in_order,
    inserted,
)
from feed.model.entries import Check, Entry, EntryKind, Mark, Origin, PlaceId
from feed.model.messages import Expected, Result, Roster, Rush, WardResult, Withdrawal
from feed.model.parties import PARTIES
from feed.rules.checks import roster_seats_up
from feed.wording.differences import roster_effect
from feed.wording.entries import ward_sentence

_KNOWN = frozenset(PARTIES)
AboutCouncil = Result | Rush | Withdrawal | WardResult | Expected


def ref_of(message: AboutCouncil | Roster) -> Ref:
    """Return the council that a message names."""
    agency_id = message.agency_id
    number = None if agency_id is None else number_of(message.election, agency_id)
    return Ref(message.council or "", message.gss, number)


def fold_about_council(
    state: LedgerState, message: AboutCouncil, origin: Origin, content: Content
) -> None:
    """Take a message about a council in, or keep it unplaced."""
    ref = ref_of(message)
    placed = state.placing.place(ref)
    if placed.known is None:
        _keep_unplaced(state, message, origin, content, placed)
        return
    record = _record(state, placed.known)
    if placed.how in {"near", "numbered"} and ref.name != placed.known.name:
        record = replace(record, near_names=record.near_names | {ref.name})
    entry = state.next_entry
    if message.kind == "ward_result":
        _fold_ward(state, record, Version(message, origin, entry, content))
    elif message.kind == "expected":
        _fold_expected(state, record, Version(message, origin, entry, content))
    else:
        version: Version[CouncilMessage] = Version(message, origin, entry, content)
        fold_version(state, record, version)


def fold_roster(state: LedgerState, roster: Roster, origin: Origin, content: Content) -> None:
    """Take a roster in, then place again whatever its name may have moved."""
    enrolled = state.placing.enrol(roster)
    known = enrolled.known
    if enrolled.formerly is not None:
        _move(state, enrolled.formerly, known)
    record = _record(state, known)
    version = Version(roster, origin, state.next_entry, content)
    before = record.roster
    record = replace(record, known=known, rosters=inserted(record.rosters, version))
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
    state: LedgerState, message: AboutCouncil | Roster, origin: Origin, content: Content
) -> None:
    """Let a repeated file count as the later one among files of the same revision."""
    known = state.placing.place(ref_of(message)).known
    record = state.councils.get(known.id) if known else None
    if record is None or known is None:
        return
    match message:
        case WardResult():
            another = _redate_ward(state, record, message.ward, content, origin)
        case Expected():
            expected = dated(record.expected, content, origin)
            another = _stands_in(expected) != _stands_in(record.expected)
            state.councils[known.id] = replace(record, expected=expected)
        case Roster():
            rosters = dated(record.rosters, content, origin)
            another = _stands_in(rosters) != _stands_in(record.rosters)
            state.councils[known.id] = replace(record, rosters=rosters)
        case _:
            _redate_version(state, record, message, content, origin)
            return
    if another:
        text = f"{known.name}: an earlier file was sent again and is now the later one; it stands"
        write_council_entry(state, message, origin, known, kind=EntryKind.CONFLICT, text=text,
                            mark=Mark.REMARK,
                            checks=(Check("conflict", Mark.REMARK, f"{text}."),))  # fmt: skip


def _redate_ward(
    state: LedgerState, record: CouncilRecord, ward: str, content: Content, origin: Origin
) -> bool:
    """Whether another return of a ward stands now that one was sent again."""
    key = _ward_key(ward)
    before = record.wards.of(key)
    after = dated(before, content, origin)
    if after is before:
        return False
    _put_ward(state, record, key, after)
    return _stands_in(after) != _stands_in(before)


def _redate_version(
    state: LedgerState,
    record: CouncilRecord,
    message: CouncilMessage,
    content: Content,
    origin: Origin,
) -> None:
    fresh = replace(record, versions=dated(record.versions, content, origin))
    if fresh.versions is record.versions:
        return
    state.councils[record.known.id] = fresh
    if fresh.versions[-1].content != record.versions[-1].content:
        write_resent(state, record, fresh, message, origin)


def _stands_in(versions: tuple[Version[M], ...]) -> M | None:
    return versions[-1].message if versions else None


def _move(state: LedgerState, formerly: PlaceId, known: Known) -> None:
    """Give a council's record the identity that its code makes."""
    old = state.councils.pop(formerly, None)
    if old is None:
        return
    record = _record(state, known)
    wards = record.wards.owned_by(state.owner)
    for ward in old.wards:
        wards.put(ward, in_order([*wards.of(ward), *old.wards.of(ward)]))
    state.councils[known.id] = replace(
        record,
        versions=in_order([*record.versions, *old.versions]),
        rosters=in_order([*record.rosters, *old.rosters]),
        expected=in_order([*record.expected, *old.expected]),
        wards=wards,
        near_names=record.near_names | old.near_names,
        declared_order=record.declared_order or old.declared_order,
    )


def _record(state: LedgerState, known: Known) -> CouncilRecord:
    return state.councils.get(known.id) or CouncilRecord(known)


def _keep_unplaced(
    state: LedgerState, message: AboutCouncil, origin: Origin, content: Content, placed: Placed
) -> None:
    ref = ref_of(message)
    near = f"; nearest: {', '.join(placed.nearest)}" if placed.nearest else ""
    what = f"{ref.name} is on no roster{near}"
    fix = "correct the name in the file, or send the council's roster"
    seq = write_council_entry(
        state, message, origin, None, kind=EntryKind.UNPLACED, text=f"Not placed: {what}",
        mark=Mark.REMARK, fix=fix,
        checks=(Check("unplaced", Mark.REMARK, f"{what}. Nothing is counted until it is placed."),),
    )  # fmt: skip
    held = Held(message, origin, seq, content)
    state.unplaced[ref] = (*state.unplaced.get(ref, ()), held)
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
            fold_about_council(state, message, held.origin, held.content)
            if state.logged > logged:
                state.superseded.add_first(held.entry, state.logged)


def _taken_out(state: LedgerState, ref: Ref) -> list[Held]:
    """Take every message that used `ref` out of the records, to be placed anew."""
    out: list[Held] = []
    for id_, record in list(state.councils.items()):
        used = [version for version in _all_of(record) if ref_of(version.message) == ref]
        if not used:
            continue
        out += [Held(it.message, it.origin, it.entry, it.content) for it in used]
        fresh = _without(record, {version.content for version in used}, state.owner)
        if fresh.versions or fresh.rosters or fresh.expected or len(fresh.wards):
            state.councils[id_] = fresh
        else:
            del state.councils[id_]
    return sorted(out, key=lambda held: held.entry)


def _all_of(record: CouncilRecord) -> Iterator[Version[AboutCouncil]]:
    yield from record.versions
    yield from record.expected
    for ward in record.wards:
        yield from record.wards.of(ward)


def _without(record: CouncilRecord, contents: set[Content], owner: object) -> CouncilRecord:
    def left(versions: Iterable[Version[M]]) -> tuple[Version[M], ...]:
        return tuple(version for version in versions if version.content not in contents)

    wards = WardTable(owner)
    for ward in record.wards:
        wards.put(ward, left(record.wards.of(ward)))
    return replace(
        record, versions=left(record.versions), expected=left(record.expected), wards=wards
    )


def _fold_expected(state: LedgerState, record: CouncilRecord, version: Version[Expected]) -> None:
    record = replace(record, expected=inserted(record.expected, version))
    state.councils[record.known.id] = record
    text = f"Expected: {record.known.name}"
    write_council_entry(
        state, version.message, version.origin, record.known, kind=EntryKind.EXPECTED, text=text
    )


def _fold_ward(state: LedgerState, record: CouncilRecord, version: Version[WardResult]) -> None:
    message, key = version.message, _ward_key(version.message.ward)
    earlier = record.wards.of(key)
    versions = inserted(earlier, version) if earlier else (version,)
    record = _put_ward(state, record, key, versions)
    known, wards = record.known, record.wards
    if not earlier and message.council == known.name and _KNOWN.issuperset(message.won):
        at, of = moment_of(message, version.origin), (len(wards), wards.total)
        state.write_when_read(at, _ward_entry, version, known, of)
        return
    text = ward_sentence(message, known.name, len(wards), wards.total, state.party_names)
    kind, corrects = EntryKind.WARD, None
    if earlier and versions[-1] is version:
        kind, corrects = EntryKind.CORRECTION, earlier[-1].entry
        text = f"Correction: {text}"
    elif earlier:
        kind = EntryKind.LATE
    write_council_entry(
        state, message, version.origin, record.known, kind=kind, text=text, corrects=corrects
    )


def _ward_entry(
    seq: int, version: Version[WardResult], known: Known, of: tuple[int, int | None]
) -> Entry:
    """Return the line of a first return, whose parties and council all go by their own names."""
    message, origin = version.message, version.origin
    at, clock = time_of(message, origin)
    return Entry(
        seq, EntryKind.WARD, at, clock, origin, PlaceId(known.id),
        text=ward_sentence(message, known.name, *of, {}),
        revision=None if origin.unnumbered else message.revision, test=version.test,
        note=message.note or "", source=message.source or "",
    )  # fmt: skip


def _put_ward(
    state: LedgerState,
    record: CouncilRecord,
    key: str,
    versions: tuple[Version[WardResult], ...],
) -> CouncilRecord:
    wards = record.wards.owned_by(state.owner)
    wards.put(key, versions)
    if wards is not record.wards:
        record = record.with_wards(wards)
    state.councils[record.known.id] = record
    return record


def _ward_key(ward: str) -> str:
    key = ward.casefold()
    return " ".join(key.split()) if "  " in key or not key.isprintable() else key.strip()
