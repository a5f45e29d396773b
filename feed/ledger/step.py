"""The unit in which a night goes forward: one statement of one arrival."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from feed.formats import read
from feed.ledger.state import moment_of
from feed.model.arrival import Arrival
from feed.model.entries import Origin
from feed.model.messages import DeskNote, Statement, slimmed
from feed.records import record
from feed.safe_text import clean

NOTES: Final = "nightdesk://desk"
"""The path of lines of the desk's own in a recording; no file of a folder has such a one."""
_BEFORE_THE_NIGHT = frozenset({"roster", "election", "expected"})


@record(frozen=True, slots=True)
class Step:
    """One statement of one arrival: the unit in which a night goes forward."""

    statement: Statement
    origin: Origin
    opens: bool = True
    """The first statement of its arrival."""
    part: int | None = None
    """The line of the file when the arrival is one line of it."""

    by_arrival: bool = False
    """It is played when it came, whatever time it tells."""
    again: bool = False
    """It came before, and could not be folded then."""

    @property
    def at(self) -> datetime:
        """The event's own time, or when it was first seen."""
        origin = self.origin
        return origin.seen_at if self.by_arrival else moment_of(self.statement.message, origin)

    @property
    def happens(self) -> bool:
        """It is of the night itself, not of what is known before: rosters, expected times."""
        message = self.statement.message
        if message.kind == "contest":
            return message.stage != "nominations"
        return message.kind not in _BEFORE_THE_NIGHT


def desk_step(text: str, at: datetime, *, detail: str = "", remark: bool = False) -> Step:
    """Return a line of the desk's own as a step, so that every fold of the night tells it."""
    origin = Origin("", None, "", at, None)
    return Step(Statement(DeskNote(text=text, detail=detail, remark=remark)), origin, opens=False)


def note_arrival(text: str, at: datetime, *, remark: bool = False) -> Arrival:
    """Return a line of the desk's own as it is recorded: for older programs it is news."""
    said = {"kind": "news", "text": text, "note": "remark" if remark else ""}
    return Arrival(NOTES, json.dumps(said).encode(), at)


def steps_of(
    arrival: Arrival, *, by_arrival: bool = False, seen_at: datetime | None = None
) -> Iterator[Step]:
    """Read an arrival and give its statements as steps; a bad one is a step too.

    Args:
        arrival: what came.
        by_arrival: whether they are played when it came, whatever times they tell.
        seen_at: when it is taken to have come, where that is another time.

    """
    digest, seen_at = arrival.digest, seen_at or arrival.seen_at
    if arrival.path == NOTES:
        yield _noted(arrival)
        return
    for number, statement in enumerate(read(arrival)):
        slimmed(statement.message)
        line = arrival.line if statement.line is None else statement.line
        origin = Origin(
            arrival.path, line, digest, seen_at, arrival.modified_at,
            test=arrival.test, renamed=arrival.renamed, unnumbered=statement.unnumbered,
        )  # fmt: skip
        yield Step(statement, origin, number == 0, arrival.line, by_arrival)


def _noted(arrival: Arrival) -> Step:
    try:
        said = json.loads(arrival.data)
        text, remark = clean(str(said["text"])), said.get("note") == "remark"
    except (ValueError, RecursionError, TypeError, KeyError, AttributeError):
        text, remark = "A line of the desk's own cannot be read", True
    return desk_step(text, arrival.seen_at, remark=remark)
