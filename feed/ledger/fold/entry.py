"""Writing a line of the log about a council or a contest."""

from __future__ import annotations

from feed.councils.register import Known
from feed.ledger.state import LedgerState, time_of
from feed.model.entries import ContestId, Entry, Origin, PlaceId
from feed.model.messages import Message


def write_entry(
    state: LedgerState,
    message: Message,
    origin: Origin,
    subject: PlaceId | ContestId | None,
    **more: object,
) -> int:
    """Write an entry that carries what every message has in common; give its `seq`."""
    at, clock = time_of(message, origin)
    entry = Entry(
        seq=state.next_entry,
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
    return state.write(entry)


def write_council_entry(
    state: LedgerState, message: Message, origin: Origin, known: Known | None, **more: object
) -> int:
    """Write an entry about a council, or about one that could not be placed."""
    return write_entry(state, message, origin, PlaceId(known.id) if known else None, **more)
