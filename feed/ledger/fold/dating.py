"""A file that is sent again counts as the later one among files of the same revision."""

from __future__ import annotations

from feed.ledger.fold import contest as fold_contest
from feed.ledger.fold import council as fold_council
from feed.ledger.fold.entry import say
from feed.ledger.state import Books
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


def date_again(books: Books, message: Message, origin: Origin, content: str) -> None:
    """Date what a repeated message says by its latest file; what that changes is said."""
    match message:
        case Election():
            _name_again(books, message, origin, content)
        case Withdrawal(contest=None) | Result() | Rush() | WardResult() | Expected() | Roster():
            fold_council.date_again(books, message, origin, content)
        case Contest() | Withdrawal():
            fold_contest.date_again(books, message, origin, content)
        case _:
            pass


def _name_again(books: Books, message: Election, origin: Origin, content: str) -> None:
    before = books.election
    books.elections = dated(books.elections, content, origin)
    if books.election != before:
        text = f"An earlier file was sent again and stands: {message.councils_up} councils up"
        say(books, message, origin, None, kind=EntryKind.CONFLICT, text=text, mark=Mark.REMARK)
