"""A council's revisions one after the other, and when it declared."""

from __future__ import annotations

from datetime import datetime

from feed.ledger.state import time_of
from feed.ledger.versions import CouncilMessage, CouncilRecord
from feed.model.entries import Clock
from feed.model.messages import Result, Rush, Withdrawal
from feed.model.standing import Past
from feed.rules.same_control import confirms
from feed.wording.differences import correction
from feed.wording.entries import Names, history_line

Declared = tuple[datetime, Clock]


def council_history(
    record: CouncilRecord, names: Names
) -> tuple[tuple[Past, ...], Declared | None]:
    """Return every revision told so far, newest last, and when the result that stands was declared.

    A correction does not move the time of a declaration; a withdrawal takes it back.
    """
    past: list[Past] = []
    declared: Declared | None = None
    previous: CouncilMessage | None = None
    for version in record.versions:
        message = version.message
        at, clock = time_of(message, version.origin)
        past.append(
            Past(
                revision=message.revision,
                kind=message.kind,
                says=history_line(message, record.roster, names, apart=record.stands_apart),
                origin=version.origin,
                at=at,
                current=version is record.versions[-1],
                difference=_difference(previous, message, record, names),
                estimated=clock == "estimated",
            )
        )
        if isinstance(message, Withdrawal):
            declared = None
        elif isinstance(message, Result) and (declared is None or at < declared[0]):
            declared = at, clock
        previous = message
    return tuple(past), declared


def _difference(
    old: CouncilMessage | None, new: CouncilMessage, record: CouncilRecord, names: Names
) -> str:
    if old is None or isinstance(old, Withdrawal) or isinstance(new, Withdrawal):
        return ""
    apart = record.stands_apart
    if isinstance(old, Rush) and isinstance(new, Result):
        if apart:
            return ""
        if confirms(new, old, record.roster):
            return "confirms the rush"
    return correction(old, new, record.roster, names, apart=apart)
