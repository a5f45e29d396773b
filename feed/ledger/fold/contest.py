"""Folding what is said of a mayor's, commissioner's or parliamentary contest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from feed.ledger.content import Content
from feed.ledger.poll_days import poll_day
from feed.ledger.state import LedgerState, contest_id, write_entry
from feed.ledger.versions import ContestMessage, ContestRecord, Version, dated, inserted
from feed.model.entries import Check, ContestId, EntryKind, Mark, Origin
from feed.model.messages import Contest, Message, Withdrawal
from feed.model.parties import PartyId
from feed.wording.control import POSTS
from feed.wording.entries import contest_in_short, contest_outcome, declaration


def fold_contest(
    state: LedgerState, message: Contest | Withdrawal, origin: Origin, content: Content
) -> None:
    """Take a message about a contest in."""
    id_ = contest_id(message)
    record = state.contests.get(id_) or ContestRecord(
        id_, message.contest or "mayor", message.area or "?"
    )
    if isinstance(message, Contest) and message.stage in {"nominations", "recount"}:
        _fold_stage(state, record, Version(message, origin, state.next_entry, content))
        return
    version = Version(message, origin, state.next_entry, content)
    previous = record.versions[-1] if record.versions else None
    record = replace(record, versions=inserted(record.versions, version))
    state.contests[id_] = record
    stands = record.versions[-1] is version
    if stands and previous is not None and _says_the_same(previous.message, message):
        text = f"{_title(record)} r{message.revision} was sent again with the same figures"
        _write(state, message, origin, record, kind=EntryKind.DUPLICATE, text=text)
        return
    _write_version(state, record, version, previous)


def redate_contest(
    state: LedgerState, message: Contest | Withdrawal, origin: Origin, content: Content
) -> None:
    """Let a repeated file count as the later one among files of the same revision."""
    record = state.contests.get(contest_id(message))
    if record is None:
        return
    fresh = replace(
        record,
        versions=dated(record.versions, content, origin),
        nominations=dated(record.nominations, content, origin),
        recounts=dated(record.recounts, content, origin),
    )
    if fresh == record:
        return
    state.contests[record.id] = fresh
    title = _title(record)
    if before_of(fresh) != before_of(record):
        text = f"Roster of the {title}: an earlier file was sent again and stands"
        _write(state, message, origin, record, kind=EntryKind.CONFLICT, text=text, mark=Mark.REMARK)
    if fresh.current != record.current and record.versions:
        text = f"{title}: an earlier file was sent again and is now the later one; it stands"
        _write(state, message, origin, record, kind=EntryKind.CONFLICT, text=text,
             corrects=record.versions[-1].entry, mark=Mark.REMARK,
             checks=(Check("conflict", Mark.REMARK, f"{text}."),))  # fmt: skip


def before_of(record: ContestRecord) -> PartyId | None:
    """Return who held the post: as the newest message that knows says."""
    for version in reversed(record.versions):
        if isinstance(version.message, Contest) and version.message.before is not None:
            return version.message.before
    return next((t.message.before for t in reversed(record.nominations) if t.message.before), None)


def settled(record: ContestRecord, contest: Contest) -> Contest:
    """Return a contest's message with the holder before filled in from the nominations."""
    if contest.before is not None or contest.outcome == "win":
        return contest
    if contest.outcome == "hold" and contest.winner is not None:
        return contest.changed(before=contest.winner)
    return contest.changed(before=before_of(record))


def _title(record: ContestRecord) -> str:
    return f"{record.area} {POSTS[record.kind]}"


def _fold_stage(state: LedgerState, record: ContestRecord, version: Version[Contest]) -> None:
    message, origin = version.message, version.origin
    if message.stage == "nominations":
        record = replace(record, nominations=inserted(record.nominations, version))
        kind, text = EntryKind.ROSTER, f"Roster: {_title(record)}"
    else:
        record = replace(record, recounts=inserted(record.recounts, version))
        ordinal = f" {message.recount}" if message.recount else ""
        kind, text = EntryKind.CONTEST, f"{_title(record)}: recount{ordinal} is on"
    state.contests[record.id] = record
    _write(state, message, origin, record, kind=kind, text=text)


def _write(
    state: LedgerState, message: Message, origin: Origin, record: ContestRecord, **more: object
) -> int:
    return write_entry(state, message, origin, ContestId(record.id), **more)


def _write_version(
    state: LedgerState,
    record: ContestRecord,
    version: Version[ContestMessage],
    previous: Version[ContestMessage] | None,
) -> None:
    message, origin, title = version.message, version.origin, _title(record)
    revision = f"r{message.revision}"
    if record.versions[-1] is not version:
        if previous is not None and previous.rank == version.rank:
            text = f"{title} {revision} was sent again with other content; the later file stands"
            check = Check("conflict", Mark.REMARK, f"{text}.")
            _write(state, message, origin, record, kind=EntryKind.CONFLICT, text=text,
                 mark=Mark.REMARK, checks=(check,))  # fmt: skip
            return
        standing = record.versions[-1].message.revision
        text = f"{title} {revision} came after r{standing}; nothing changes"
        _write(state, message, origin, record, kind=EntryKind.LATE, text=text)
        return
    corrects = None if previous is None else previous.entry
    if isinstance(message, Withdrawal):
        reason = f" ({message.reason})" if message.reason else ""
        text = f"Withdrawn: {title} {revision}{reason}; "
        if previous is None or isinstance(previous.message, Withdrawal):
            corrects, text = None, f"{text}nothing stood, nothing changes"
        else:
            text += "back to not declared"
        _write(state, message, origin, record, kind=EntryKind.WITHDRAWN, text=text,
             corrects=corrects)  # fmt: skip
        return
    contest = settled(record, message)
    old = None if previous is None else previous.message
    unconfirmed = message.stage == "rush"
    if isinstance(old, Contest) and _changes(settled(record, old), contest):
        was, now = (
            contest_in_short(settled(record, old), state.party_names),
            contest_in_short(contest, state.party_names),
        )
        mark = " (unconfirmed)" if unconfirmed else ""
        text = f"Correction: {title} {revision}: {was} → {now}{mark}"
        kind, mark_ = EntryKind.CORRECTION, Mark.OK
        checks: tuple[Check, ...] = ()
        if previous is not None and previous.rank == version.rank:
            kind, mark_ = EntryKind.CONFLICT, Mark.REMARK
            checks = (Check("conflict", Mark.REMARK, f"{text}. The later file stands."),)
        _write(state, message, origin, record, kind=kind, text=text, corrects=corrects,
             mark=mark_, checks=checks, detail=message.text or "")  # fmt: skip
        return
    if isinstance(old, Contest) and previous is not None and previous.rank == version.rank:
        text = f"{title} {revision} was sent again with the same winner; the later file stands"
        _write(state, message, origin, record, kind=EntryKind.CONFLICT, text=text,
             corrects=corrects, mark=Mark.REMARK, detail=_detail(message, state.night),
             checks=(Check("conflict", Mark.REMARK, f"{text}."),))  # fmt: skip
        return
    if isinstance(old, Contest) and old.stage == message.stage:
        text = f"Correction: {title} {revision}: winner unchanged"
        _write(state, message, origin, record, kind=EntryKind.CORRECTION, text=text,
             corrects=corrects, detail=_detail(message, state.night))  # fmt: skip
        return
    _write(
        state, message, origin, record,
        kind=EntryKind.RUSH if unconfirmed else EntryKind.CONTEST,
        declaration=declaration(
            record.area, contest.before, contest.winner, contest_outcome(contest),
            state.party_names, contest,
        ),
        detail=_detail(message, state.night),
        corrects=corrects if isinstance(old, Withdrawal) else None,
    )  # fmt: skip


def _says_the_same(old: ContestMessage, new: ContestMessage) -> bool:
    """Whether two results differ in nothing but their revision and what is said beside them."""
    beside = {"revision", "at", "at_basis", "source", "note", "text", "test", "election"}
    return isinstance(old, Contest) and all(
        said == getattr(new, name) for name, said in vars(old).items() if name not in beside
    )


def _changes(old: Contest, new: Contest) -> bool:
    return old.winner != new.winner or contest_outcome(old) != contest_outcome(new)


def _detail(message: Contest, night: date | None) -> str:
    day = poll_day(message)
    said = [] if day is None or day == night else [f"{day:%a} {day.day} {day:%b}"]
    if message.majority is not None:
        said.append(f"majority {message.majority:,} votes")
    if message.turnout is not None:
        said.append(f"turnout {message.turnout:g}%")
    if message.stage == "rush":
        said.append("not counted")
    return " · ".join(said)
