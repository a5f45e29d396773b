"""Saying what came too late: an older revision, a file that is not the later one, a line told."""

from __future__ import annotations

from feed.ledger.fold.entry import say_of_council
from feed.ledger.state import Books
from feed.ledger.versions import CouncilRecord, CouncilTold, Version
from feed.model.entries import Check, EntryKind, Mark
from feed.model.messages import Rush, Withdrawal
from feed.rules.same_control import confirms
from feed.wording.differences import correction
from feed.wording.entries import flash_words


def say_late(
    books: Books, record: CouncilRecord, told: Version[CouncilTold], *, repeats: bool
) -> None:
    """Say that a version does not stand; `repeats` where another of its revision does."""
    message = told.message
    if told.origin.unnumbered and isinstance(message, Rush):
        _say_told_after(books, record, told, message)
        return
    name, revision = record.known.name, message.revision
    if repeats:
        again = f"{name} r{revision} was sent again with other figures"
        text = f"{again}; the later file, which is in already, stands"
        check = Check("conflict", Mark.REMARK, f"{text}.")
        say_of_council(
            books, message, told.origin, record.known,
            kind=EntryKind.CONFLICT, text=text, checks=(check,), mark=Mark.REMARK,
        )  # fmt: skip
        return
    standing = record.versions[-1].message.revision
    text = f"{name} r{revision} ({message.kind}) came after r{standing}; nothing changes"
    say_of_council(books, message, told.origin, record.known, kind=EntryKind.LATE, text=text)


def _say_told_after(
    books: Books, record: CouncilRecord, told: Version[CouncilTold], rush: Rush
) -> None:
    """Say of a live page's line, which nothing numbers, how it goes with what stands."""
    standing, names, roster = record.versions[-1].message, books.party_names, record.roster
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
    say_of_council(
        books, rush, told.origin, record.known,
        kind=EntryKind.LATE, text=text, mark=mark, checks=checks,
    )  # fmt: skip
