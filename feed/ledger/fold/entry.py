"""Writing a line of the log about a council or a contest."""

from __future__ import annotations

from feed.councils.placing import Ref, number_of
from feed.councils.register import Known
from feed.ledger.state import LedgerState, time_of
from feed.model.entries import Check, ContestId, Entry, Mark, Origin, PlaceId
from feed.model.messages import Message
from feed.wording.entries import match_words


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
    """Write an entry about a council, or about one that could not be placed.

    A near match is said in the line itself (rule 14).
    """
    written = getattr(message, "council", None)
    if known is None or not written or known.name == written:
        return write_entry(state, message, origin, PlaceId(known.id) if known else None, **more)
    number = number_of(getattr(message, "election", None), getattr(message, "agency_id", None))
    placed = state.placing.place(Ref(written, getattr(message, "gss", None), number))
    if placed.how in {"near", "numbered"}:
        says = match_words(placed.how, known.name, written)
        detail, checks = str(more.get("detail") or ""), more.get("checks") or ()
        more["detail"] = f"{detail} · {says}" if detail else says
        more["mark"] = Mark.REMARK
        more["checks"] = (*checks, Check("near-match", Mark.REMARK, f"{says}."))  # type: ignore[misc]
    return write_entry(state, message, origin, PlaceId(known.id), **more)
