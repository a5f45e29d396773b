"""Folding what is said of a council: results, flashes, withdrawals, wards, rosters, hours."""

from __future__ import annotations

from dataclasses import dataclass, replace

from feed.books import Books, Held, time_of
from feed.checks import check_result, roster_seats_up, worst
from feed.control import control_after, control_before, outcome
from feed.entries import Check, Entry, EntryKind, Mark, Origin, PlaceId
from feed.messages import Expected, Message, Result, Roster, Rush, WardResult, Withdrawal
from feed.names import Known
from feed.places import Placed, Ref
from feed.records import CouncilRecord, CouncilTold, Version, dated, in_order, version
from feed.telling import (
    board_effect,
    correction,
    declaration,
    figures,
    kind_of,
    rush_before,
    stated_control,
    ward_sentence,
)

AboutCouncil = Result | Rush | Withdrawal | WardResult | Expected


def ref_of(message: AboutCouncil) -> Ref:
    """Give the council that a message names."""
    return Ref(message.council or "", message.gss)


def tell_about_council(books: Books, message: AboutCouncil, origin: Origin) -> None:
    """Take a message about a council in, or keep it unplaced."""
    ref = ref_of(message)
    placed = books.places.place(ref)
    if placed.known is None:
        _keep_unplaced(books, message, origin, ref, placed)
        return
    record = _record(books, placed.known)
    if placed.how == "near":
        record = replace(record, matched_as=ref.name)
    match message:
        case WardResult():
            _tell_ward(books, record, message, origin)
        case Expected():
            _tell_expected(books, record, message, origin)
        case _:
            _tell_version(books, record, message, origin)


def tell_roster(books: Books, roster: Roster, origin: Origin) -> None:
    """Take a roster in, then place again whatever its name may have moved."""
    known, moved = books.places.enrol(roster)
    record = replace(_record(books, known), known=known)
    told = version(roster, origin, books.next_entry)
    before = record.roster
    rosters = in_order([*record.rosters, told])
    record = replace(record, rosters=rosters)
    books.councils[known.id] = record
    up = roster_seats_up(roster)
    text = f"Roster: {known.name}" + (f", {up} seats up" if up is not None else "")
    if before is not None:
        stands = "it stands" if record.roster is roster else "the later file stands"
        text = f"Roster of {known.name} sent again: {stands}"
    _say(books, roster, origin, known, kind=EntryKind.ROSTER, text=text)
    for ref in moved:
        _place_again(books, ref)


def date_again(books: Books, message: AboutCouncil | Roster, origin: Origin, content: str) -> None:
    """Let a repeated file count as the later one among files of the same revision."""
    ref = Ref(message.council or "", message.gss)
    known = books.places.place(ref).known
    record = books.councils.get(known.id) if known else None
    if record is None or known is None:
        return
    fresh = replace(
        record,
        versions=dated(record.versions, content, origin),
        rosters=dated(record.rosters, content, origin),
        expected=dated(record.expected, content, origin),
        wards={ward: dated(told, content, origin) for ward, told in record.wards.items()},
    )
    if fresh.wards == record.wards:
        fresh = replace(fresh, wards=record.wards)
    if fresh == record:
        return
    books.councils[known.id] = fresh
    moved = fresh.versions[-1:] != record.versions[-1:] and (
        fresh.versions[-1].content != record.versions[-1].content
    )
    if moved or fresh.roster != record.roster or fresh.ward_results != record.ward_results:
        text = f"{known.name}: an earlier file was sent again and is now the later one; it stands"
        _say(books, message, origin, known, kind=EntryKind.CONFLICT, text=text,
             corrects=record.versions[-1].entry if moved else None, mark=Mark.REMARK,
             checks=(Check("conflict", Mark.REMARK, f"{text}."),), flips=moved)  # fmt: skip


def _record(books: Books, known: Known) -> CouncilRecord:
    return books.councils.get(known.id) or CouncilRecord(known)


def _say(
    books: Books, message: Message, origin: Origin, known: Known | None, **more: object
) -> int:
    at, clock = time_of(message, origin)
    revision = getattr(message, "revision", None)
    entry = Entry(
        seq=books.next_entry,
        at=at,
        clock=clock,
        origin=origin,
        subject=PlaceId(known.id) if known else None,
        revision=revision,
        test=bool(getattr(message, "test", False)),
        note=getattr(message, "note", None) or "",
        source=getattr(message, "source", None) or "",
        **more,  # type: ignore[arg-type]
    )
    return books.say(entry)


def _keep_unplaced(
    books: Books, message: AboutCouncil, origin: Origin, ref: Ref, placed: Placed
) -> None:
    near = f"; nearest: {', '.join(placed.nearest)}" if placed.nearest else ""
    what = f"{ref.name} is on no roster{near}"
    fix = "correct the name in the file, or send the council's roster"
    seq = _say(
        books, message, origin, None, kind=EntryKind.UNPLACED, text=f"Not placed: {what}",
        mark=Mark.REMARK, fix=fix,
        checks=(Check("unplaced", Mark.REMARK, f"{what}. Nothing is counted until it is placed."),),
    )  # fmt: skip
    books.unplaced[ref] = (*books.unplaced.get(ref, ()), Held(message, origin, seq))
    books.trouble(seq, origin, what, fix, Mark.REMARK)


def _place_again(books: Books, ref: Ref) -> None:
    waiting = books.unplaced.pop(ref, ())
    for held in waiting:
        books.problems.pop((held.origin.path, held.origin.line), None)
    for aside in (*waiting, *_taken_out(books, ref)):
        held = books.again(aside)
        message = held.message
        if isinstance(message, Result | Rush | Withdrawal | WardResult | Expected):
            logged = books.logged
            tell_about_council(books, message, held.origin)
            if books.logged > logged:
                books.superseded.setdefault(held.entry, books.logged)


def _taken_out(books: Books, ref: Ref) -> list[Held]:
    """Take every message that used `ref` out of the records, to be placed anew."""
    out: list[Held] = []

    def kept(told: Version[AboutCouncil]) -> bool:
        if ref_of(told.message) != ref:
            return True
        out.append(Held(told.message, told.origin, told.entry))
        return False

    for id_, record in list(books.councils.items()):
        before = len(out)
        fresh = replace(
            record,
            versions=tuple(told for told in record.versions if kept(told)),
            expected=tuple(told for told in record.expected if kept(told)),
            wards={
                ward: left
                for ward, all_told in record.wards.items()
                if (left := tuple(told for told in all_told if kept(told)))
            },
        )
        if len(out) == before:
            continue
        if fresh.versions or fresh.rosters or fresh.expected or fresh.wards:
            books.councils[id_] = fresh
        else:
            del books.councils[id_]
    return sorted(out, key=lambda held: held.entry)


def _tell_expected(books: Books, record: CouncilRecord, message: Expected, origin: Origin) -> None:
    told = version(message, origin, books.next_entry)
    record = replace(record, expected=in_order([*record.expected, told]))
    books.councils[record.known.id] = record
    text = f"Expected: {record.known.name}"
    _say(books, message, origin, record.known, kind=EntryKind.EXPECTED, text=text)


def _tell_ward(books: Books, record: CouncilRecord, message: WardResult, origin: Origin) -> None:
    told = version(message, origin, books.next_entry)
    key = " ".join(message.ward.casefold().split())
    earlier = record.wards.get(key, ())
    versions = in_order([*earlier, told])
    record = replace(record, wards={**record.wards, key: versions})
    books.councils[record.known.id] = record
    total = max((ward.wards_total or 0 for ward in record.ward_results), default=0) or None
    text = ward_sentence(message, record.known.name, len(record.wards), total, books.party_names)
    kind, corrects = EntryKind.WARD, None
    if earlier and versions[-1] is told:
        kind, corrects = EntryKind.CORRECTION, earlier[-1].entry
        text = f"Correction: {text}"
    elif earlier:
        kind = EntryKind.LATE
    _say(books, message, origin, record.known, kind=kind, text=text, corrects=corrects)


@dataclass(frozen=True, slots=True)
class _Telling:
    """One version just put into its record: what stood before it and what stands now."""

    record: CouncilRecord
    told: Version[CouncilTold]
    previous: Version[CouncilTold] | None

    @property
    def stands(self) -> bool:
        return self.record.versions[-1] is self.told

    @property
    def repeats_revision(self) -> bool:
        return self.previous is not None and self.previous.order[:2] == self.told.order[:2]


def _tell_version(
    books: Books, record: CouncilRecord, message: CouncilTold, origin: Origin
) -> None:
    told = version(message, origin, books.next_entry)
    previous = record.versions[-1] if record.versions else None
    record = replace(record, versions=in_order([*record.versions, told]))
    if record.result is not None and record.declared_order is None:
        books.declared_ever += 1
        record = replace(record, declared_order=books.declared_ever)
    books.councils[record.known.id] = record
    telling = _Telling(record, told, previous)
    if not telling.stands:
        _say_late(books, telling)
    elif isinstance(message, Withdrawal):
        _say_withdrawn(books, telling, message)
    elif previous is None or isinstance(previous.message, Withdrawal):
        _say_declared(books, telling, message, None if previous is None else previous.entry)
    elif isinstance(previous.message, Rush) and isinstance(message, Result):
        _say_confirmed(books, telling, previous.message, message)
    else:
        _say_corrected(books, telling, previous.message, message)


def _say_declared(
    books: Books,
    telling: _Telling,
    message: Result | Rush,
    corrects: int | None,
    extra: tuple[Check, ...] = (),
) -> None:
    record, origin = telling.record, telling.told.origin
    roster, names = record.roster, books.party_names
    if record.matched_as:
        says = f"≈ matched {record.known.name}: the source writes {record.matched_as}."
        extra = (*extra, Check("near-match", Mark.REMARK, says))
    if isinstance(message, Result):
        before, after = control_before(message, roster), control_after(message)
        what = None if after is None else outcome(before, after)
        checks = (*check_result(message, roster, record.ward_results), *extra)
        kind, detail = kind_of(what), figures(message, names)
    else:
        before, after = rush_before(message, roster), stated_control(message, roster)
        what = message.outcome or (None if after is None else outcome(before, after))
        checks, kind, detail = extra, EntryKind.RUSH, "not counted"
    _say(
        books, message, origin, record.known,
        kind=kind,
        declaration=declaration(record.known.name, before, after, what, names),
        detail=detail, corrects=corrects, checks=checks, mark=worst(checks),
        flips=isinstance(message, Result) and what in {"gain", "lose"},
    )  # fmt: skip


def _say_confirmed(books: Books, telling: _Telling, rush: Rush, result: Result) -> None:
    roster = telling.record.roster
    flashed, now = stated_control(rush, roster), control_after(result)
    previous = telling.previous
    if previous is None or flashed is None or flashed == now:
        _say_declared(books, telling, result, None)
        return
    says = correction(rush, result, roster, books.party_names)
    check = Check("rush-differs", Mark.REMARK, f"The rush said otherwise: {says}.")
    _say_declared(books, telling, result, previous.entry, (check,))


def _say_corrected(
    books: Books, telling: _Telling, old: Result | Rush | Withdrawal, new: Result | Rush
) -> None:
    record, names = telling.record, books.party_names
    roster, name, previous = record.roster, record.known.name, telling.previous
    if isinstance(old, Withdrawal) or previous is None:
        return
    said = correction(old, new, roster, names)
    same = stated_control(old, roster) == stated_control(new, roster)
    if isinstance(old, Rush) and isinstance(new, Rush) and same:
        _say_declared(books, telling, new, previous.entry)
        return
    before = old if isinstance(old, Result) else None
    after = new if isinstance(new, Result) else None
    effect = board_effect(before, after, roster, names) if before or after else "not counted"
    checks = check_result(new, roster, record.ward_results) if isinstance(new, Result) else ()
    kind, text = EntryKind.CORRECTION, f"Correction: {name} r{new.revision}: {said}"
    if isinstance(new, Rush):
        text += " (unconfirmed)"
    if telling.repeats_revision:
        kind = EntryKind.CONFLICT
        again = f"{name} r{new.revision} was sent again with other figures"
        text = f"{again}: {said}; the later file stands"
        checks = (
            *checks,
            Check("conflict", Mark.REMARK, f"{text}. Ask the source which is right."),
        )
    _say(
        books, new, telling.told.origin, record.known,
        kind=kind, text=text, detail=f"scoreboard: {effect}", corrects=previous.entry,
        checks=checks, mark=worst(checks),
        flips=not same,
    )  # fmt: skip


def _say_withdrawn(books: Books, telling: _Telling, message: Withdrawal) -> None:
    record, previous = telling.record, telling.previous
    name, origin = record.known.name, telling.told.origin
    reason = f" ({message.reason})" if message.reason else ""
    if previous is None or isinstance(previous.message, Withdrawal):
        text = f"Withdrawn: {name} r{message.revision}{reason}; nothing stood, nothing changes"
        _say(books, message, origin, record.known, kind=EntryKind.WITHDRAWN, text=text)
        return
    old = previous.message if isinstance(previous.message, Result) else None
    effect = board_effect(old, None, record.roster, books.party_names) if old else "not counted"
    _say(
        books, message, origin, record.known,
        kind=EntryKind.WITHDRAWN,
        text=f"Withdrawn: {name} r{previous.message.revision}{reason}; back to not declared",
        detail=f"scoreboard: {effect}",
        corrects=previous.entry,
        flips=True,
    )  # fmt: skip


def _say_late(books: Books, telling: _Telling) -> None:
    record, told, previous = telling.record, telling.told, telling.previous
    revision = told.message.revision
    standing = record.versions[-1].message.revision
    if telling.repeats_revision and previous is not None:
        again = f"{record.known.name} r{revision} was sent again with other figures"
        text = f"{again}; the later file, which is in already, stands"
        check = Check("conflict", Mark.REMARK, f"{text}.")
        _say(
            books, told.message, told.origin, record.known,
            kind=EntryKind.CONFLICT, text=text, checks=(check,), mark=Mark.REMARK,
        )  # fmt: skip
        return
    late = f"{record.known.name} r{revision} ({told.message.kind})"
    text = f"{late} came after r{standing}; nothing changes"
    _say(books, told.message, told.origin, record.known, kind=EntryKind.LATE, text=text)
