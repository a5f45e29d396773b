"""The history of a night: every step in order, its newest edge, and any moment before it."""

from __future__ import annotations

import logging
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from feed.ledger.ledger import Ledger, Step, desk_step
from feed.ledger.poll_days import newest_night
from feed.ledger.standing_maker import StandingMaker
from feed.model.entries import CORRECTED, DECLARED, Entry, EntryKind
from feed.model.intents import StepBy
from feed.model.messages import Rejection, Statement
from feed.model.standing import Standing
from feed.model.view import Tick
from feed.records import record

_MOST_CHECKPOINTS = 256
_FIRST_SPACING = 256
_FAR, _NEAR = 256, 64
"""Steps folded from which on a ledger so many steps before is kept, for who goes on back."""
_DECLARED = DECLARED | {EntryKind.CONTEST}
_MOST_TRIES = 5
_FOR_EVER = datetime.max.replace(tzinfo=UTC)
_LOG = logging.getLogger(__name__)
Remarks = Callable[["Night", Sequence[Entry]], Iterable[str]]
"""Gives the lines that the desk adds to new entries at the edge of a night."""


@record(frozen=True, slots=True)
class _Failed:
    """A step that could not be folded, how often it was tried, and when it is tried again."""

    step: Step
    tries: int
    due: datetime


def whole_night(steps: Sequence[Step], asked: date | None = None) -> Night:
    """Return the night of a feed that is saved; `asked` is the poll day, if not the newest."""
    night = Night(asked=asked)
    night.expect(steps)
    night.extend(steps)
    return night


class Night:
    """Steps are appended at the edge; `at` gives the standing after any number of them.

    What was known at a moment is folded from the nearest checkpoint before it, so the revisions
    that were current then are the ones that are shown.
    """

    def __init__(
        self,
        *,
        spacing: int = _FIRST_SPACING,
        asked: date | None = None,
        remarks: Remarks | None = None,
    ) -> None:
        """Begin empty.

        Args:
            asked: the poll day to show, where it is not the newest.
            remarks: gives lines of the desk's own on what comes in.
            spacing: steps between two checkpoints, at first; it doubles when there are many.

        """
        self._times: list[datetime] = []
        self._last_at: datetime | None = None
        self._logged = array("I")
        self._opening: datetime | None = None
        self._edge = Ledger(asked)
        self._remarks = remarks
        self._checkpoints: list[tuple[int, Ledger]] = [(0, self._edge.copy())]
        self._spacing = spacing
        self._looked_at: tuple[int, Ledger] | None = None
        self._near: tuple[int, Ledger] | None = None
        """Some steps before the place looked at last."""
        self._maker = StandingMaker()
        """Of all standings but those at the edge: most councils are the same in them."""
        self._ticks: list[Tick] = []
        self._failed: list[_Failed] = []
        self._tries = 0
        """How often the step in hand has been tried before."""

    def __len__(self) -> int:
        return len(self._times)

    @property
    def ticks(self) -> tuple[Tick, ...]:
        """Changes of control and corrections, in order."""
        return tuple(self._ticks)

    @property
    def last_at(self) -> datetime | None:
        """Time of the newest step."""
        return self._last_at

    @property
    def paths(self) -> frozenset[str]:
        """Every file that a step came from."""
        return frozenset(step.origin.path for step in self._edge.history if step.origin.path)

    @property
    def opening(self) -> datetime | None:
        """The moment that the night begins at: its first happening after the rosters."""
        return self._opening

    def expect(self, steps: Iterable[Step], *, today: date | None = None) -> None:
        """See which poll day is the night in steps that are about to be folded.

        Args:
            steps: they, or the first of them.
            today: live, London's day: what is later than tomorrow is not tonight.

        """
        messages = (step.statement.message for step in steps)
        self._edge.expect(newest_night(messages, today=today))
        if not len(self):
            self._checkpoints = [(0, self._edge.copy())]

    def extend(self, steps: Iterable[Step]) -> None:
        """Fold steps at the edge; a step never stands before the one that came in ahead of it."""
        for step in steps:
            self.append(step, step.at)
        self.try_again(_FOR_EVER)

    def append(self, step: Step, at: datetime) -> None:
        """Fold one step at the edge, at time `at` on the transport."""
        before = self._logged[-1] if self._logged else 0
        last = self._last_at
        if last is not None and last > at:
            at = last
        try:
            logged = self._edge.apply(step)
        except Exception as error:  # noqa: BLE001  # whatever it is, the night goes on
            _LOG.exception("%s could not be counted", step.origin.where)
            step = self._put_off(step, error, at)
            logged = self._edge.logged
        self._times.append(at)
        self._last_at = at
        self._logged.append(logged)
        if self._opening is None and step.happens:
            self._opening = at
        if self._edge.entries.made_up_to > before:
            self._mark_ticks(before)
        if len(self._logged) - self._checkpoints[-1][0] >= self._spacing:
            self._keep_checkpoint()
        if self._remarks is not None:
            self._add_remarks(before, at, test=step.origin.test)

    def _add_remarks(self, before: int, at: datetime, *, test: bool) -> None:
        """Fold what there is to remark on the entries since `before`, as steps like any other."""
        remarks, new = self._remarks, self._edge.entries[before : self._edge.logged]
        if remarks is None or not new:
            return
        test = test or any(entry.test for entry in new)
        for text in (*remarks(self, new),):
            step = desk_step(text, at)
            Night.append(self, replace(step, origin=replace(step.origin, test=test)), at)

    def try_again(self, moment: datetime) -> bool:
        """Whether a step that could not be folded was due by `moment`, and has been tried again.

        What succeeds stands at the edge, and the order of arrival does not matter to the standing.
        """
        due = [failed for failed in self._failed if failed.due <= moment]
        self._failed = [failed for failed in self._failed if failed.due > moment]
        for failed in due:
            self._tries = failed.tries
            self.append(replace(failed.step, again=True, opens=False), moment)
        self._tries = 0
        return bool(due)

    def _put_off(self, step: Step, error: Exception, at: datetime) -> Step:
        """Undo what a step left half done; return what stands in its place until it is folded."""
        if self._tries < _MOST_TRIES:
            wait = timedelta(seconds=2**self._tries)
            self._failed.append(_Failed(step, self._tries + 1, at + wait))
        what = f"could not be counted ({type(error).__name__}: a fault in nightdesk)"
        fix = "nothing need be done: it is tried again; if it stays, please report it with the file"
        rejection = Rejection(line=step.origin.line, what=what, fix=fix)
        origin = replace(step.origin, digest="")
        problem = replace(step, statement=Statement(rejection), origin=origin)
        for instead in (problem, desk_step(f"{step.origin.where}: {what}", at, remark=True)):
            self._edge = self._folded_again()
            with suppress(Exception):
                self._edge.apply(instead)
                return instead
        raise error

    def _folded_again(self) -> Ledger:
        """Return the edge without the step that failed, from the last ledger that was kept."""
        start, kept = self._checkpoints[-1]
        for _ in range(_MOST_TRIES):
            ledger = kept.copy()
            with suppress(Exception):
                self._fold(ledger, start, len(self))
                ledger.cut()
                return ledger
        raise RuntimeError("the night cannot be folded")

    def pass_time(self, moment: datetime) -> bool:
        """Let the clock go on; return whether that told anything: a night alone tells nothing."""
        del moment
        return False

    def loaded(self, moment: datetime) -> None:
        """Hear that what was there before the desk began is in."""

    def edge(self) -> Standing:
        """Return the standing after every step."""
        return self._edge.standing()

    def at(self, position: int) -> Standing:
        """Return the standing as it was known after `position` steps.

        Args:
            position: 0 for none, `len(night)` for all; values outside are brought inside.

        """
        position = max(0, min(position, len(self)))
        if position == len(self):
            return self._edge.standing()
        return self._ledger_at(position).standing()

    def time_at(self, position: int) -> datetime | None:
        """Return the time of the step that `position` stands on; None before the first."""
        return (
            self._times[min(position, len(self._times)) - 1] if position and self._times else None
        )

    def next_after(self, position: int) -> datetime | None:
        """Return the time of the step after `position`; None at the edge."""
        return self._times[position] if position < len(self._times) else None

    def position_at(self, moment: datetime) -> int:
        """Return how many steps had come by `moment`."""
        return bisect_right(self._times, moment)

    def position_of_entry(self, seq: int) -> int:
        """Return the position at which the entry `seq` has been told."""
        return min(bisect_left(self._logged, seq) + 1, len(self))

    def entries_between(self, position: int) -> int:
        """Return how many entries came after `position`."""
        return self._edge.logged - (self._logged[position - 1] if position else 0)

    def step_from(self, position: int, by: StepBy, direction: Literal[1, -1]) -> int:
        """Return the position one entry, declaration or change of control on or back."""
        if by == "change":
            places = [tick.position for tick in self._ticks if tick.kind == "change"]
            if direction > 0:
                return next((p for p in places if p > position), len(self))
            return next((p for p in reversed(places) if p < position), 0)
        where = position
        while 0 <= where + direction <= len(self):
            where += direction
            if self._has_new(where, by):
                return where
        return where

    def _has_new(self, position: int, by: StepBy) -> bool:
        if position == 0:
            return True
        start, stop = self._logged[position - 2] if position > 1 else 0, self._logged[position - 1]
        if by == "entry":
            return stop > start
        return any(entry.kind in _DECLARED for entry in self._edge.entries[start:stop])

    def _ledger_at(self, position: int) -> Ledger:
        start, ledger = self._nearest(position)
        self._looked_at = None  # until it is whole again: a fold that fails leaves it half done
        if position - start > _FAR:
            before = position - _NEAR
            self._fold(ledger, start, before)
            self._near, start = (before, ledger.copy(self._maker)), before
        self._fold(ledger, start, position)
        self._looked_at = (position, ledger)
        return ledger

    def _fold(self, ledger: Ledger, start: int, stop: int) -> None:
        for step in self._edge.history[start:stop]:
            ledger.apply(step)

    def _nearest(self, position: int) -> tuple[int, Ledger]:
        """Return a ledger to fold on with, at or before `position`, and where it stands."""
        index = bisect_right(self._checkpoints, position, key=lambda kept: kept[0]) - 1
        start, kept = self._checkpoints[index]
        if self._looked_at is not None and start <= self._looked_at[0] <= position:
            return self._looked_at
        if self._near is not None and start <= self._near[0] <= position:
            return self._near[0], self._near[1].copy(self._maker)
        return start, kept.copy(self._maker)

    def _keep_checkpoint(self) -> None:
        self._checkpoints.append((len(self), self._edge.copy()))
        if len(self._checkpoints) > _MOST_CHECKPOINTS:
            self._checkpoints = self._checkpoints[::2]
            self._spacing *= 2

    def _mark_ticks(self, before: int) -> None:
        for entry in self._edge.entries.made(before, self._edge.logged):
            if entry.flips or entry.kind in CORRECTED:
                kind: Literal["change", "correction"] = "change" if entry.flips else "correction"
                self._ticks.append(Tick(len(self), self._times[-1], kind))
