"""Saying what came too late: an older revision, a file that is not the later one, a line told."""

from __future__ import annotations

from feed.ledger.fold.entry import write_council_entry
from feed.ledger.state import LedgerState
from feed.ledger.versions import CouncilMessage, CouncilRecord, Version
from feed.model.entries import Check, EntryKind, Mark
from feed.model.messages import Rush, Withdrawal
from feed.rules.same_control import confirms
from feed.wording.differences import correction
from feed.wording.entries import flash_words


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
