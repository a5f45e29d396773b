"""A file that is sent again counts as the later one among files of the same revision."""

from __future__ import annotations

from feed.ledger.content import Content
from feed.ledger.fold.contest import redate_contest
from feed.ledger.fold.council import redate_council
from feed.ledger.state import LedgerState, write_entry
from feed.ledger.versions import dated
from feed.model.entries import EntryKind, Mark, Origin
from feed.model.messages import (
    Contest,
    Election,
    Expected,
    Message,
    Result,
    Roster,
    Rush,
    WardResult,
    Withdrawal,
)


def redate(state: LedgerState, message: Message, origin: Origin, content: Content) -> None:
    """Date what a repeated message says by its latest file; what that changes is said."""
    match message:
        case Election():
            _name_again(state, message, origin, content)
        case Withdrawal(contest=None) | Result() | Rush() | WardResult() | Expected() | Roster():
            redate_council(state, message, origin, content)
        case Contest() | Withdrawal():
            redate_contest(state, message, origin, content)
        case _:
            pass


def _name_again(state: LedgerState, message: Election, origin: Origin, content: Content) -> None:
    before = state.election
    state.elections = dated(state.elections, content, origin)
    if state.election != before:
        text = f"An earlier file was sent again and stands: {message.councils_up} councils up"
        write_entry(
            state, message, origin, None, kind=EntryKind.CONFLICT, text=text, mark=Mark.REMARK
        )
