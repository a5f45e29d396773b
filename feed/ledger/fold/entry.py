"""Writing a line of the log about a council or a contest."""

from __future__ import annotations

from feed.councils.register import Known
from feed.ledger.state import Books, time_of
from feed.model.entries import ContestId, Entry, Origin, PlaceId
from feed.model.messages import Message


def say(
    books: Books,
    message: Message,
    origin: Origin,
    subject: PlaceId | ContestId | None,
    **more: object,
) -> int:
    """Write an entry that carries what every message has in common; give its `seq`."""
    at, clock = time_of(message, origin)
    entry = Entry(
        seq=books.next_entry,
        at=at,
        clock=clock,
        origin=origin,
        subject=subject,
        revision=None if origin.unnumbered else getattr(message, "revision", None),
        test=bool(getattr(message, "test", False)),
        note=getattr(message, "note", None) or "",
        source=getattr(message, "source", None) or "",
        **more,  # type: ignore[arg-type]
    )
    return books.say(entry)


def say_of_council(
    books: Books, message: Message, origin: Origin, known: Known | None, **more: object
) -> int:
    """Write an entry about a council, or about one that could not be placed."""
    return say(books, message, origin, PlaceId(known.id) if known else None, **more)
