"""A saved feed as steps in order of time: a folder, a file or a recording, read once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from feed.clock import utc_now
from feed.errors import SourceUnreadable, not_there
from feed.ledger.ledger import Step, desk_step, steps_of
from feed.model.arrival import Arrival
from feed.model.entries import Origin
from feed.model.messages import Rejection, Statement
from feed.recording.reader import BadLine, is_recording, read_recording
from feed.safe_text import clean
from feed.sources.folder.reconciler import Reconciler
from feed.sources.folder.scan import Refusal
from feed.sources.revision_order import in_revision_order

_COPIED_WITHIN = timedelta(minutes=2)
"""Files whose times lie closer together were copied or cloned: the times say nothing."""
_LAID_OUT = timedelta(seconds=30)
_A_DAY = timedelta(days=1)


def load(path: Path) -> list[Step]:
    """Return every step of a saved feed, in the order and at the times in which it is played.

    A recording is played by its arrival times. A folder or file is played by declared times,
    then by file times; where files were copied together and tell nothing, they are laid out
    evenly and marked as estimated. Rosters come first, and each revision after the lower ones.

    Raises:
        SourceUnreadable: when there is nothing to read at `path`.

    """
    if path.is_file() and is_recording(path):
        return list(recorded_steps(path))
    arrivals, refused = found_in(path)
    return in_time_order(
        [
            *(step for arrival in arrivals for step in steps_of(arrival)),
            *(refused_step(refusal, utc_now()) for refusal in refused),
        ]
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
    if path.is_dir():
        scan = Reconciler(path, settle=0.0).scan()
        if scan.lost:
            raise SourceUnreadable(f"{path} cannot be read: {scan.lost_because}")
        return scan.arrivals, scan.refused
    if not path.is_file():
        raise not_there(path)
    scan = Reconciler(path.parent, settle=0.0).look([bytes(Path(path.name))])
    return scan.arrivals, scan.refused


def recorded_steps(path: Path) -> Iterator[Step]:
    """Return the steps of a recording by their arrival times; a bad line is a line of the log."""
    at = datetime(1970, 1, 1, tzinfo=UTC)
    for item in read_recording(path):
        if isinstance(item, BadLine):
            yield desk_step(f"{path.name}:{item.line}: {item.what}", at, remark=True)
        else:
            at = item.seen_at
            yield from (replace(step, by_arrival=True) for step in steps_of(item))


def in_time_order(steps: Iterable[Step]) -> list[Step]:
    """Sort steps as they are played, those without a time of their own laid out."""
    steps = [_at_file_time(step) for step in steps]
    timed = [step for step in steps if _has_time(step)]
    untimed = sorted((step for step in steps if not _has_time(step)), key=_file_order)
    copied = _times_say_nothing([step.origin.seen_at for step in untimed if step.happens], timed)
    if copied:
        untimed = list(_laid_out(untimed, timed))
    told = in_revision_order([*timed, *untimed], by_files=not copied)
    return sorted(_within_the_night(told), key=_play_order)


def _times_say_nothing(times: Sequence[datetime], timed: Sequence[Step]) -> bool:
    """Whether files were copied together, on no day of what has a time of its own."""
    if not times or max(times) - min(times) >= _COPIED_WITHIN:
        return False
    told = [step.at for step in timed if step.happens]
    return not told or min(times) > max(told) + _A_DAY or max(times) < min(told) - _A_DAY


def _at_file_time(step: Step) -> Step:
    modified = step.origin.modified_at
    return step if modified is None else _moved(step, modified)


def _moved(step: Step, at: datetime) -> Step:
    return replace(step, origin=replace(step.origin, seen_at=at))


def _within_the_night(steps: Sequence[Step]) -> Iterator[Step]:
    """Return rosters at the first happening at the latest, and faults between first and last."""
    night = [step.at for step in steps if step.happens and not _is_fault(step)]
    if not night:
        yield from steps
        return
    first, last = min(night), max(night)
    for step in steps:
        at = min(step.at, last if step.happens else first)
        if _is_fault(step):
            at = max(at, first)
        is_within = at == step.at or (step.happens and not _is_fault(step))
        yield step if is_within else replace(_moved(step, at), by_arrival=True)


def _is_fault(step: Step) -> bool:
    return isinstance(step.statement.message, Rejection)


def _has_time(step: Step) -> bool:
    message = step.statement.message
    return getattr(message, "at", None) is not None


def _file_order(step: Step) -> tuple[bool, datetime, str, int]:
    origin = step.origin
    return (step.happens, origin.seen_at, origin.path, origin.line or 0)


def _play_order(step: Step) -> tuple[bool, datetime, str, int]:
    return (step.happens, step.at, step.origin.path, step.origin.line or 0)


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
