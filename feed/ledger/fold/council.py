"""Folding what is said of a council: results, flashes, withdrawals, wards, rosters, hours."""

from __future__ import annotations

from dataclasses import replace

from feed.councils.placing import Placed, Ref
from feed.councils.register import Known
from feed.ledger.fold.entry import say_of_council
from feed.ledger.fold.revisions import say_again, tell_version
from feed.ledger.state import Books, Held
from feed.ledger.versions import CouncilRecord, Version, dated, in_order, version
from feed.model.entries import Check, EntryKind, Mark, Origin, PlaceId
from feed.model.messages import Expected, Result, Roster, Rush, WardResult, Withdrawal
from feed.rules.checks import roster_seats_up
from feed.wording.differences import roster_effect
from feed.wording.entries import ward_sentence

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
            tell_version(books, record, message, origin)


def tell_roster(books: Books, roster: Roster, origin: Origin) -> None:
    """Take a roster in, then place again whatever its name may have moved."""
    enrolled = books.places.enrol(roster)
    known = enrolled.known
    if enrolled.formerly is not None:
        _move(books, enrolled.formerly, known)
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
    detail, flips = "", False
    if record.result is not None and not record.stands_apart:
        detail, flips = roster_effect(record.result, before, record.roster, books.party_names)
    say_of_council(books, roster, origin, known, kind=EntryKind.ROSTER, text=text,
                   detail=detail, flips=flips)  # fmt: skip
    for ref in enrolled.moved:
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
    if [t.content for t in fresh.versions[-1:]] != [t.content for t in record.versions[-1:]]:
        say_again(books, record, fresh, message, origin)
    elif (fresh.roster, fresh.ward_results, _hour(fresh)) != (
        record.roster, record.ward_results, _hour(record),
    ):  # fmt: skip
        text = f"{known.name}: an earlier file was sent again and is now the later one; it stands"
        say_of_council(books, message, origin, known, kind=EntryKind.CONFLICT, text=text,
                       mark=Mark.REMARK,
                       checks=(Check("conflict", Mark.REMARK, f"{text}."),))  # fmt: skip


def _hour(record: CouncilRecord) -> Expected | None:
    return record.expected[-1].message if record.expected else None


def _move(books: Books, formerly: PlaceId, known: Known) -> None:
    """Give a council's record the identity that its code makes."""
    old = books.councils.pop(formerly, None)
    if old is None:
        return
    record = _record(books, known)
    books.councils[known.id] = replace(
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


def _record(books: Books, known: Known) -> CouncilRecord:
    return books.councils.get(known.id) or CouncilRecord(known)


def _keep_unplaced(
    books: Books, message: AboutCouncil, origin: Origin, ref: Ref, placed: Placed
) -> None:
    near = f"; nearest: {', '.join(placed.nearest)}" if placed.nearest else ""
    what = f"{ref.name} is on no roster{near}"
    fix = "correct the name in the file, or send the council's roster"
    seq = say_of_council(
        books, message, origin, None, kind=EntryKind.UNPLACED, text=f"Not placed: {what}",
        mark=Mark.REMARK, fix=fix,
        checks=(Check("unplaced", Mark.REMARK, f"{what}. Nothing is counted until it is placed."),),
    )  # fmt: skip
    books.unplaced[ref] = (*books.unplaced.get(ref, ()), Held(message, origin, seq))
    books.trouble(seq, origin, what, fix, Mark.REMARK)


def _place_again(books: Books, ref: Ref) -> None:
    waiting = books.unplaced.pop(ref, ())
    for held in waiting:
        books.problems.drop(held.origin.path, held.origin.line)
    for aside in (*waiting, *_taken_out(books, ref)):
        held = books.again(aside)
        message = held.message
        if isinstance(message, Result | Rush | Withdrawal | WardResult | Expected):
            logged = books.logged
            tell_about_council(books, message, held.origin)
            if books.logged > logged:
                books.superseded.add_first(held.entry, books.logged)


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
            versions=in_order(told for told in record.versions if kept(told)),
            expected=in_order(told for told in record.expected if kept(told)),
            wards={
                ward: left
                for ward, all_told in record.wards.items()
                if (left := in_order(told for told in all_told if kept(told)))
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
    say_of_council(books, message, origin, record.known, kind=EntryKind.EXPECTED, text=text)


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
    say_of_council(books, message, origin, record.known, kind=kind, text=text, corrects=corrects)
