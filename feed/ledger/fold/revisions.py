"""Folding the versions of a council's return: declared, corrected, withdrawn, late, in conflict."""

from __future__ import annotations

from dataclasses import replace

from feed.ledger.state import LedgerState, write_council_entry
from feed.ledger.versions import CouncilMessage, CouncilRecord, Version, inserted
from feed.model.entries import Check, EntryKind, Mark, Origin
from feed.model.messages import Message, Result, Rush, Withdrawal
from feed.records import record
from feed.rules.checks import worst
from feed.rules.control import (
    confirms,
    control_after,
    control_before,
    control_facts,
    moves_control,
    outcome,
    rush_before,
    same_control,
    stated_control,
)
from feed.wording.differences import after_all, board_effect, correction, same_figures
from feed.wording.entries import declaration, figures, flash_words, kind_of, seat_list, seats_alone


@record(frozen=True, slots=True)
class _Folded:
    """One version just put into its record: what stood before it and what stands now."""

    record: CouncilRecord
    version: Version[CouncilMessage]
    previous: Version[CouncilMessage] | None

    @property
    def stands(self) -> bool:
        return self.record.versions[-1] is self.version

    @property
    def repeats_revision(self) -> bool:
        if self.previous is None or self.version.origin.unnumbered:
            return False
        return self.previous.rank == self.version.rank


def fold_version(
    state: LedgerState, record: CouncilRecord, version: Version[CouncilMessage]
) -> None:
    """Put a result, a flash or a withdrawal into its record and write what it does."""
    message = version.message
    previous = record.versions[-1] if record.versions else None
    repeated = previous is not None and _says_the_same(previous.message, message, record)
    if repeated and previous is not None and version.order > previous.order:
        version = replace(version, entry=previous.entry)
    versions, order = inserted(record.versions, version), record.declared_order
    if order is None and versions[-1].message.kind == "result":
        state.declared_ever[record.stands_apart] += 1
        order = state.declared_ever[record.stands_apart]
    record = replace(record, versions=versions, declared_order=order)
    state.councils[record.known.id] = record
    folded = _Folded(record, version, previous)
    if repeated and previous is not None:
        _write_repeated(state, folded, previous)
    elif not folded.stands:
        write_late(state, record, version, repeats=folded.repeats_revision)
    elif isinstance(message, Withdrawal):
        _write_withdrawn(state, folded, message)
    elif previous is None or isinstance(previous.message, Withdrawal):
        _write_declared(state, folded, message, None if previous is None else previous.entry)
    elif isinstance(previous.message, Rush) and isinstance(message, Result):
        _write_confirmed(state, folded, previous.message, message)
    else:
        _write_corrected(state, folded, previous.message, message)


def _says_the_same(old: CouncilMessage, new: CouncilMessage, record: CouncilRecord) -> bool:
    """Whether two returns differ in nothing that is counted or said of control."""
    if isinstance(old, Withdrawal) or isinstance(new, Withdrawal) or old.kind != new.kind:
        return False
    if control_facts(old, record.roster) != control_facts(new, record.roster):
        return False
    return isinstance(old, Rush) or same_figures(old, new)


def _write_repeated(state: LedgerState, folded: _Folded, previous: Version[CouncilMessage]) -> None:
    """Write that a return was sent again: nothing changes, so nothing is struck out."""
    version, record, names = folded.version, folded.record, state.party_names
    if isinstance(version.message, Rush):
        said = flash_words(version.message, record.roster, names)
        text = f"{record.known.name}: told again, {said}; nothing changes"
    elif folded.repeats_revision or version.origin.unnumbered:
        text = f"{record.known.name}{version.called} was sent again with the same figures"
    else:
        text = f"{record.known.name}{version.called} has the same figures as r{previous.rank[0]}"
    write_council_entry(
        state, version.message, version.origin, record.known, kind=EntryKind.DUPLICATE, text=text
    )


def write_resent(
    state: LedgerState, old: CouncilRecord, new: CouncilRecord, message: Message, origin: Origin
) -> None:
    """Write that a file which was sent again stands now, and what that changes."""
    was, now = _stands(old), _stands(new)
    text = f"{new.known.name}: an earlier file was sent again and is now the later one"
    if was is not None and now is not None and _says_the_same(was, now, new):
        text += "; its figures are the same"
        write_council_entry(state, message, origin, new.known, kind=EntryKind.DUPLICATE, text=text)
        return
    flips = False
    if was is not None and now is not None:
        apart = new.stands_apart
        text += f": {correction(was, now, new.roster, state.party_names, apart=apart)}"
        flips = not apart and isinstance(now, Result) and moves_control(was, now, new.roster)
    effect = board_effect(
        old.result, new.result, new.roster, state.party_names, apart=new.stands_apart
    )
    text += "; it stands"
    write_council_entry(
        state, message, origin, new.known,
        kind=EntryKind.CONFLICT, text=text, detail=f"scoreboard: {effect}",
        corrects=None if old.current is None else old.current.entry, mark=Mark.REMARK, flips=flips,
        checks=(Check("conflict", Mark.REMARK, f"{text}. Ask the source which is right."),),
    )  # fmt: skip


def _stands(record: CouncilRecord) -> Result | Rush | None:
    return record.result or record.rush


def _write_declared(
    state: LedgerState,
    folded: _Folded,
    message: Result | Rush,
    corrects: int | None,
    extra: tuple[Check, ...] = (),
) -> None:
    record, origin = folded.record, folded.version.origin
    roster, names = record.roster, state.party_names
    if isinstance(message, Result):
        before, after = control_before(message, roster), control_after(message)
        what = None if after is None else outcome(before, after)
        checks = (*record.wards.checks(message, roster), *extra)
        kind, detail = kind_of(what), figures(message, names, roster, before)
    else:
        before, after = rush_before(message, roster), stated_control(message, roster)
        what = message.outcome or (None if after is None else outcome(before, after))
        checks, kind, detail = extra, EntryKind.RUSH, "not counted"
    if record.stands_apart:
        seats, detail = "unconfirmed", "not counted"
        if isinstance(message, Result):
            seats, detail = seat_list(message.after, names), seats_alone(message, names)
        write_council_entry(
            state, message, origin, record.known,
            kind=EntryKind.CONTEST, text=f"{record.known.name}: {seats}",
            detail=detail, corrects=corrects,
        )  # fmt: skip
        return
    write_council_entry(
        state, message, origin, record.known,
        kind=kind,
        declaration=declaration(
            record.known.name, before, after, what, names,
            new_council=(isinstance(message, Result) and message.new_council)
            or (roster is not None and roster.new_council),
        ),
        detail=detail, corrects=corrects, checks=checks, mark=worst(checks),
        flips=isinstance(message, Result) and what in {"gain", "lose"},
    )  # fmt: skip


def _write_confirmed(state: LedgerState, folded: _Folded, rush: Rush, result: Result) -> None:
    roster = folded.record.roster
    previous = folded.previous
    if previous is None or confirms(result, rush, roster):
        _write_declared(state, folded, result, None)
        return
    says = correction(rush, result, roster, state.party_names)
    check = Check("rush-differs", Mark.REMARK, f"The rush said otherwise: {says}.")
    _write_declared(state, folded, result, previous.entry, (check,))


def _write_corrected(
    state: LedgerState, folded: _Folded, old: Result | Rush | Withdrawal, new: Result | Rush
) -> None:
    record, names = folded.record, state.party_names
    roster, name, previous = record.roster, record.known.name, folded.previous
    if isinstance(old, Withdrawal) or previous is None:
        return
    apart = record.stands_apart
    said = correction(old, new, roster, names, apart=apart)
    is_flash = isinstance(old, Rush) and isinstance(new, Rush)
    if is_flash and (apart or same_control(old, new, roster)):
        _write_declared(state, folded, new, previous.entry)
        return
    before = old if isinstance(old, Result) else None
    after = new if isinstance(new, Result) else None
    effect = "not counted"
    if before or after:
        effect = board_effect(before, after, roster, names, apart=apart)
    checks = record.wards.checks(new, roster) if isinstance(new, Result) else ()
    flips = not apart and not is_flash and moves_control(old, new, roster)
    lead = f"{after_all(new, roster, names)}: " if flips else ""
    kind, text = EntryKind.CORRECTION, f"Correction: {name}{folded.version.called}: {lead}{said}"
    if isinstance(new, Rush):
        text += " (unconfirmed)"
    if folded.repeats_revision:
        kind = EntryKind.CONFLICT
        text = f"{name} r{new.revision} was sent again with other figures: {said}"
        text += "; the later file stands"
        checks = (
            *checks,
            Check("conflict", Mark.REMARK, f"{text}. Ask the source which is right."),
        )
    write_council_entry(
        state, new, folded.version.origin, record.known,
        kind=kind, text=text, detail=f"scoreboard: {effect}" if effect else "",
        corrects=previous.entry,
        checks=checks, mark=worst(checks),
        flips=flips,
    )  # fmt: skip


def _write_withdrawn(state: LedgerState, folded: _Folded, message: Withdrawal) -> None:
    record, previous = folded.record, folded.previous
    name, origin = record.known.name, folded.version.origin
    reason = f" ({message.reason})" if message.reason else ""
    if previous is None or isinstance(previous.message, Withdrawal):
        text = f"Withdrawn: {name} r{message.revision}{reason}; nothing stood, nothing changes"
        write_council_entry(
            state, message, origin, record.known, kind=EntryKind.WITHDRAWN, text=text
        )
        return
    old = previous.message if isinstance(previous.message, Result) else None
    apart, effect = record.stands_apart, "not counted"
    if old:
        effect = board_effect(old, None, record.roster, state.party_names, apart=apart)
    write_council_entry(
        state, message, origin, record.known,
        kind=EntryKind.WITHDRAWN,
        text=f"Withdrawn: {name}{previous.called}{reason}; back to not declared",
        detail=f"scoreboard: {effect}",
        corrects=previous.entry,
        flips=not apart,
    )  # fmt: skip


def write_late(
    state: LedgerState, record: CouncilRecord, version: Version[CouncilMessage], *, repeats: bool
) -> None:
    """Write that a version does not stand; `repeats` where another of its revision does."""
    message = version.message
    if version.origin.unnumbered and isinstance(message, Rush):
        _write_rush_after(state, record, version, message)
        return
    name, revision = record.known.name, message.revision
    if repeats:
        again = f"{name} r{revision} was sent again with other figures"
        text = f"{again}; the later file, which is in already, stands"
        check = Check("conflict", Mark.REMARK, f"{text}.")
        write_council_entry(
            state, message, version.origin, record.known,
            kind=EntryKind.CONFLICT, text=text, checks=(check,), mark=Mark.REMARK,
        )  # fmt: skip
        return
    standing = record.versions[-1].message.revision
    text = f"{name} r{revision} ({message.kind}) came after r{standing}; nothing changes"
    write_council_entry(
        state, message, version.origin, record.known, kind=EntryKind.LATE, text=text
    )


def _write_rush_after(
    state: LedgerState, record: CouncilRecord, version: Version[CouncilMessage], rush: Rush
) -> None:
    """Write how a live page's line, which nothing numbers, goes with what stands."""
    standing, names, roster = record.versions[-1].message, state.party_names, record.roster
    said = flash_words(rush, roster, names)
    text = f"{record.known.name}: a rush, {said}, came after the {standing.kind}"
    checks: tuple[Check, ...] = ()
    mark = Mark.OK
    if isinstance(standing, Withdrawal):
        text += "; nothing changes"
    elif confirms(standing, rush, roster):
        text += " and fits it; nothing changes"
    else:
        text += f" and says otherwise; the {standing.kind} stands"
        difference = correction(rush, standing, roster, names)
        mark = Mark.REMARK
        checks = (Check("rush-differs", mark, f"The rush said otherwise: {difference}."),)
    write_council_entry(
        state, rush, version.origin, record.known,
        kind=EntryKind.LATE, text=text, mark=mark, checks=checks,
    )  # fmt: skip
