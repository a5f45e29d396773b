"""Round-ups: at each full hour one line of the log that sums the hour up, from the data alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from feed.clock import hh_mm
from feed.english import counted
from feed.ledger.night import Night, Remarks
from feed.ledger.step import Step, desk_step
from feed.model.standing import BoardRow, Standing
from feed.reports.compare import difference
from feed.reports.digest import Digest, digest
from feed.rules.scoreboard import signed
from feed.wording.control import BASELINES
from feed.wording.progress import on_stage, rushes

_HOUR = timedelta(hours=1)
_MOST = 4


def round_up(before: Standing, after: Standing, start: datetime, end: datetime) -> Step:
    """Return the line that sums up what `after` has over `before`, dated at `end`."""
    found, moved = digest(before, after), difference(on_stage(before), on_stage(after))
    councils = _moved((row, row.net) for row in moved.board.rows)
    seats = _moved((row, row.seats_net or 0) for row in moved.board.rows)
    counts = (
        (len(found.changes), "change of control", "changes of control"),
        (len(found.taken_back), "change taken back", "changes taken back"),
        (len(found.corrections), "correction", "corrections"),
        (len(found.problems), "problem", "problems"),
    )
    since = BASELINES[moved.board.baseline]
    detail = [f"Seats net {since}: {', '.join(seats)}"] if seats else []
    detail += [counted(n, one, many) for n, one, many in counts if n]
    text = f"Round-up {hh_mm(start)}–{hh_mm(end)}: {_progress(found)}"
    if councils:
        text += f"; councils {', '.join(councils)}"
    step = desk_step(text, end, detail=" · ".join(detail))
    return replace(step, origin=replace(step.origin, test=after.test))


def _progress(found: Digest) -> str:
    said = [f"{found.declared or 'none'} declared"]
    if found.councils_up:
        said.append(f"{found.declared_in_all:,} of {found.councils_up:,}")
    elif found.declared_in_all != found.declared:
        said.append(f"{found.declared_in_all:,} in all")
    if found.rushes:
        said.append(rushes(found.rushes))
    return ", ".join(said)


def _moved(figures: Iterable[tuple[BoardRow, int]]) -> list[str]:
    found = sorted(((row, by) for row, by in figures if by), key=lambda one: -abs(one[1]))
    said = [f"{row.label} {signed(by)}" for row, by in found[:_MOST]]
    return [*said, f"and {len(found) - _MOST} more"] if len(found) > _MOST else said


class HourlyNight(Night):
    """A night that tells a round-up when an hour in which something came in is over.

    A round-up is a step like any other, so that seeking, stepping and replaying know it.
    """

    def __init__(
        self,
        *,
        after_loading: bool = False,
        asked: date | None = None,
        remarks: Remarks | None = None,
    ) -> None:
        """Begin empty.

        Args:
            asked: the poll day to show, where it is not the newest.
            after_loading: what is there already when the desk begins belongs to no hour; the
                first round-up then counts from `loaded` on.
            remarks: gives lines of the desk's own on what comes in.

        """
        super().__init__(asked=asked, remarks=remarks)
        self._waits = after_loading
        self._start: datetime | None = None
        self._end: datetime | None = None
        self._before = Standing()
        self._came = False

    def append(self, step: Step, at: datetime) -> None:
        """Fold one step at the edge, after the round-ups of the hours that are over by then."""
        at = at if self.last_at is None else max(at, self.last_at)
        if self._start is None and not self._waits:
            self._begin(_full_hour(at))
        self.pass_time(at)
        super().append(step, at)
        self._came = self._came or (step.happens and bool(step.origin.path))

    def loaded(self, moment: datetime) -> None:
        """Count from `moment` on, when what was there before is in."""
        if self._waits:
            self._waits = False
            self._begin(moment)

    def pass_time(self, moment: datetime) -> bool:
        """Whether a round-up was due by `moment`; it has been added to the night."""
        start, end = self._start, self._end
        if start is None or end is None or moment < end:
            return False
        added = self._came
        if added:
            super().append(round_up(self._before, self.edge(), start, end), end)
        self._begin(_full_hour(moment))
        return added

    def _begin(self, start: datetime) -> None:
        self._start = start
        self._end = _full_hour(start) + _HOUR
        self._before = self.edge()
        self._came = False


def _full_hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)
