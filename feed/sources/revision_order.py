"""The revisions of one council or contest in their turn, whatever times they tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby

from feed.councils.name_keys import name_key
from feed.ledger.step import Step
from feed.ledger.versions import version_of
from feed.model.messages import Contest, Message, Result, Rush, Withdrawal

_AFTER = timedelta(microseconds=1)
_A_DAY = timedelta(days=1)


def in_revision_order(steps: Sequence[Step], *, by_files: bool) -> list[Step]:
    """Return steps with a revision that tells its own time after those that are lower.

    A time of declaration says when the count ended, not when the message was sent: a mayor's
    result told for 00:10 comes after the rush of 00:48 that it confirms. It is played when its
    file was written; one whose file was there before that of the lower revision is left.

    Args:
        steps: in any order, those without a time of their own at their file's.
        by_files: whether the times of the files tell when they came.

    """
    ordered = list(steps)
    subjects: dict[tuple[str, str], list[int]] = {}
    for number, step in enumerate(ordered):
        subject = _subject(step)
        if subject is not None:
            subjects.setdefault(subject, []).append(number)
    for numbers in subjects.values():
        if len(numbers) > 1:
            _put_in_order(ordered, numbers, by_files=by_files)
    return ordered


def _subject(step: Step) -> tuple[str, str] | None:
    message: Message = step.statement.message
    if step.origin.unnumbered or not step.happens:
        return None
    if isinstance(message, Contest):
        return message.contest, name_key(message.area)
    if isinstance(message, Withdrawal) and message.contest is not None:
        return message.contest, name_key(message.area or "")
    if isinstance(message, Result | Rush | Withdrawal):
        return "council", name_key(message.council or "")
    return None


def _put_in_order(ordered: list[Step], numbers: Iterable[int], *, by_files: bool) -> None:
    def rank(number: int) -> tuple[int, int]:
        return version_of(ordered[number].statement.message, ordered[number].origin, 0).order[:2]

    lower: list[Step] = []
    for _, group in groupby(sorted(numbers, key=rank), key=rank):
        alike = list(group)
        for number in alike:
            ordered[number] = _after(ordered[number], lower, by_files=by_files)
        lower.extend(ordered[number] for number in alike)


def _after(step: Step, lower: Iterable[Step], *, by_files: bool) -> Step:
    if getattr(step.statement.message, "at", None) is None:
        return step
    written = _written(step) if by_files else None
    waits = [low.at for low in lower if low.at >= step.at and not _is_before(written, low)]
    if not waits:
        return step
    at = max(waits) + _AFTER
    at = at if written is None else max(at, written)
    return replace(step, origin=replace(step.origin, seen_at=at), by_arrival=True)


def _written(step: Step) -> datetime | None:
    """Return when a step's file was written, if that was on the night it tells of."""
    at = step.origin.modified_at
    return None if at is None or abs(at - step.at) > _A_DAY else at


def _is_before(written: datetime | None, low: Step) -> bool:
    other = _written(low)
    return written is not None and other is not None and written < other
