"""A saved feed as steps in order of time: a folder, a file or a recording, read once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import groupby, islice
from pathlib import Path
from typing import Final

from feed.clock import LONDON, utc_now
from feed.councils.spelling import name_key
from feed.english import counted
from feed.errors import SourceUnreadable, not_there
from feed.ledger.ledger import Step, desk_step, steps_of
from feed.ledger.poll_days import of_the_night, polls_in, the_night
from feed.ledger.versions import rank_of
from feed.model.arrival import Arrival
from feed.model.entries import Origin
from feed.model.messages import Contest, Message, Rejection, Result, Rush, Statement, Withdrawal
from feed.recording.reader import BadLine, is_recording, read_recording
from feed.safe_text import clean
from feed.sources.folder.reconciler import Reconciler
from feed.sources.folder.scan import Refusal

_COPIED_WITHIN = timedelta(minutes=2)
"""Files whose times lie closer together were copied or cloned: the times say nothing."""
_LAID_OUT = timedelta(seconds=30)
_EVENING = time(18)
"""On a poll day: what is told of before was declared of another day's contest."""
_NO_RESULTS = frozenset({"rejection", "page", "remark", "aside", "desk"})
"""What is told of files, and is nothing of a night."""
_LINES_AT_ONCE: Final = 256
"""Lines are read, then what they hold: a processor does one thing many times a third quicker."""
_A_DAY = timedelta(days=1)
_AFTER = timedelta(microseconds=1)


def load(path: Path, asked: date | None = None) -> list[Step]:
    """Return every step of a saved feed, in the order and at the times in which it is played.

    A recording is played by its arrival times. A folder or file is played by declared times,
    then by file times; where files were copied together and tell nothing, they are laid out
    evenly and marked as estimated. Rosters come first, and each revision after the lower ones; what
    is of another poll day than the night's comes with the rosters.

    Args:
        path: a folder, a file or a recording.
        asked: the poll day to show, where it is not the newest.

    Raises:
        SourceUnreadable: when there is nothing to read at `path`.

    """
    if path.is_file() and is_recording(path):
        return list(recorded_steps(path))
    arrivals, refused = found_in(path)
    return in_time_order(
        [
            *(
                step
                for arrival in arrivals
                for step in steps_of(arrival, seen_at=arrival.modified_at)
            ),
            *(refused_step(refusal, utc_now()) for refusal in refused),
        ],
        asked,
    )


def load_night(path: Path, asked: date | None = None) -> list[Step]:
    """Return every step of a saved feed in which there is something to show.

    Args:
        path: a folder, a file or a recording.
        asked: the poll day to show, where it is not the newest.

    Raises:
        SourceUnreadable: when there is nothing to read at `path`, or nothing of a night in it.

    """
    steps = load(path, asked)
    if all(step.statement.message.kind in _NO_RESULTS for step in steps):
        raise no_results(
            path, rejected=len({step.origin.path for step in steps if _is_fault(step)})
        )
    return steps


def no_results(path: Path, *, rejected: int = 0) -> SourceUnreadable:
    """Return what to say of a feed that holds nothing of a night."""
    if path.is_file() and is_recording(path):
        return SourceUnreadable(
            f"the recording {path} is empty", "nothing came into the folder while it was watched"
        )
    if rejected:
        files = counted(rejected, "file is rejected", "files are rejected")
        return SourceUnreadable(
            f"no result files in {path}: {files}", f"`nightdesk check {path}` says why"
        )
    return SourceUnreadable(
        f"no result files in {path}", "give the folder that result files come into"
    )


def refused_step(refusal: Refusal, at: datetime) -> Step:
    """Return a file that is not taken as a step: a problem with what to do about it."""
    origin = Origin(clean(refusal.path), None, "", at, None)
    return Step(Statement(Rejection(what=refusal.what, fix=refusal.fix)), origin)


def found_in(path: Path) -> tuple[tuple[Arrival, ...], tuple[Refusal, ...]]:
    """Return the arrivals of a folder or a single file as found now, and what is not taken.

    Raises:
        SourceUnreadable: when `path` is missing or cannot be read.

    """
    moment = utc_now()
    once = partial(Reconciler, settle=0.0, once=True, now=lambda: moment)
    if path.is_dir():
        scan = once(path).scan()
        if scan.lost:
            raise SourceUnreadable(f"{path} cannot be read: {scan.lost_because}")
        return scan.arrivals, scan.refused
    if not path.is_file():
        raise not_there(path)
    scan = once(path.parent).look([bytes(Path(path.name))])
    return scan.arrivals, scan.refused


def recorded_steps(path: Path) -> Iterator[Step]:
    """Return the steps of a recording by their arrival times; a bad line is a line of the log."""
    at, items = datetime(1970, 1, 1, tzinfo=UTC), read_recording(path)
    while lines := tuple(islice(items, _LINES_AT_ONCE)):
        for item in lines:
            if isinstance(item, BadLine):
                yield desk_step(f"{path.name}:{item.line}: {item.what}", at, remark=True)
            else:
                at = item.seen_at
                yield from steps_of(item, by_arrival=True)


def in_time_order(steps: Iterable[Step], asked: date | None = None) -> list[Step]:
    """Sort steps as they are played, those without a time of their own laid out."""
    steps = list(steps)
    polls = polls_in(step.statement.message for step in steps)
    night = asked or the_night(polls)
    if polls.keys() - {night}:
        aside = [step for step in steps if not of_the_night(step.statement.message, night)]
        if aside:
            ordered = in_time_order(
                [step for step in steps if of_the_night(step.statement.message, night)], night
            )
            opening = min((step.at for step in ordered if step.happens), default=None)
            opening = opening or min((step.at for step in ordered), default=aside[0].at)
            aside.sort(key=_writing_order)
            return [*(replace(_moved(step, opening), by_arrival=True) for step in aside), *ordered]
    timed: list[Step] = []
    untimed: list[Step] = []
    for step in steps:
        has_time = step.statement.message.__dict__.get("at") is not None
        (timed if has_time else untimed).append(_at_file_time(step))
    untimed.sort(key=_file_order)
    copied = False
    if untimed:
        told = _told_on(night, timed)
        copied = _times_say_nothing([step.origin.seen_at for step in untimed if step.happens], told)
        untimed = list(_laid_out(untimed, told)) if copied else untimed
    return _in_playing_order(in_revision_order([*timed, *untimed], by_files=not copied))


def _told_on(night: date | None, timed: Iterable[Step]) -> list[Step]:
    """Return what happens from the night's evening on."""
    happen = [step for step in timed if step.happens]
    if night is None:
        return happen
    evening = datetime.combine(night, _EVENING, LONDON).astimezone(UTC)
    return [step for step in happen if step.at >= evening]


def _times_say_nothing(times: Sequence[datetime], timed: Sequence[Step]) -> bool:
    """Whether files were copied together, on no day of what has a time of its own."""
    if not times or max(times) - min(times) >= _COPIED_WITHIN:
        return False
    told = [step.at for step in timed if step.happens]
    return not told or min(times) > max(told) + _A_DAY or max(times) < min(told) - _A_DAY


def _at_file_time(step: Step) -> Step:
    origin = step.origin
    modified = origin.modified_at
    return step if modified is None or modified == origin.seen_at else _moved(step, modified)


def _moved(step: Step, at: datetime) -> Step:
    """Return a step as if it had been seen then; written out, since it is done for every step."""
    it = step.origin
    origin = Origin(
        it.path, it.line, it.digest, seen_at=at, modified_at=it.modified_at,
        estimated=it.estimated, test=it.test, renamed=it.renamed, unnumbered=it.unnumbered,
    )  # fmt: skip
    return Step(step.statement, origin, step.opens, step.part, step.by_arrival, step.again)


def _in_playing_order(steps: Iterable[Step]) -> list[Step]:
    """Sort steps: rosters at the first happening at the latest, faults between first and last."""
    placed = [(step.happens, step.at, step) for step in steps]
    times = [at for happens, at, step in placed if happens and not _is_fault(step)]
    if times:
        first, last = min(times), max(times)
        for place, (happens, at, step) in enumerate(placed):
            if happens and first <= at <= last:
                continue
            to = max(min(at, last), first) if happens else min(at, first)
            if to != at:
                placed[place] = happens, to, replace(_moved(step, to), by_arrival=True)
    placed.sort(key=lambda it: (it[0], it[1], it[2].origin.path, it[2].origin.line or 0))
    return [step for _, _, step in placed]


def _is_fault(step: Step) -> bool:
    return step.statement.message.kind == "rejection"


def _file_order(step: Step) -> tuple[bool, datetime, str, int]:
    origin = step.origin
    return (step.happens, origin.seen_at, origin.path, origin.line or 0)


def _writing_order(step: Step) -> tuple[datetime, str]:
    origin = step.origin
    return (origin.modified_at or origin.seen_at, origin.path)


def _laid_out(steps: Sequence[Step], timed: Sequence[Step]) -> Iterator[Step]:
    """Return copied files one place each, half a minute apart, in the order of their names.

    They begin with the first event that has a time of its own, else at the files' time.
    """
    rosters = [step for step in steps if not step.happens]
    others = sorted(
        (step for step in steps if step.happens),
        key=lambda step: (step.origin.path, step.origin.line or 0),
    )
    told = [step.at for step in timed if step.happens]
    start = min(told or (step.origin.seen_at for step in others))
    yield from (_moved(step, start) for step in rosters)
    paths: dict[str, int] = {}
    for step in others:
        turn = paths.setdefault(step.origin.path, len(paths))
        at = start + turn * _LAID_OUT
        yield replace(step, origin=replace(step.origin, seen_at=at, estimated=True))


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
        if step.statement.message.kind not in _REVISED:
            continue
        subject = _subject(step)
        if subject is not None:
            subjects.setdefault(subject, []).append(number)
    for numbers in subjects.values():
        if len(numbers) > 1:
            _put_in_order(ordered, numbers, by_files=by_files)
    return ordered


_REVISED: Final = frozenset({"contest", "withdrawal", "result", "rush"})
_OF_A_COUNCIL: Final = (Result, Rush, Withdrawal)


def _subject(step: Step) -> tuple[str, str] | None:
    message: Message = step.statement.message
    if step.origin.unnumbered or not step.happens:
        return None
    if isinstance(message, Contest):
        return message.contest, name_key(message.area)
    if isinstance(message, Withdrawal) and message.contest is not None:
        return message.contest, name_key(message.area or "")
    if isinstance(message, _OF_A_COUNCIL):
        return "council", name_key(message.council or "")
    return None


def _put_in_order(ordered: list[Step], numbers: Iterable[int], *, by_files: bool) -> None:
    def rank(number: int) -> tuple[int, int]:
        return rank_of(ordered[number].statement.message, ordered[number].origin)

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
