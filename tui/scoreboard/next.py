"""Which councils are due next, and which are late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from feed.clock import hh_mm, spans_days, time_width
from feed.model.standing import CouncilStanding
from feed.model.terms import LATE_AFTER
from tui.colours.themes import Look
from tui.scoreboard.links import Link, Linked, plain
from tui.scoreboard.rows import Line
from tui.text.short_names import short_name
from tui.text.terminal_text import cut, fit, segment
from tui.text.terminal_text import width as cells_of


@dataclass(frozen=True, slots=True)
class Due:
    """A council that has not declared, and how long it has been expected."""

    council: CouncilStanding
    expected_at: datetime
    overdue: timedelta
    late_after: timedelta = LATE_AFTER

    @property
    def says(self) -> str:
        """Give `due` or `late 45 min`; nothing before its time."""
        if self.overdue <= timedelta(0):
            return ""
        if self.overdue <= self.late_after:
            return "due"
        minutes = int(self.overdue.total_seconds() // 60)
        hours, rest = divmod(minutes, 60)
        return f"late {minutes} min" if not hours else f"late {hours} h {rest:02}"

    @property
    def is_late(self) -> bool:
        """Say whether it is further behind than is usual."""
        return self.overdue > self.late_after


def still_due(
    councils: Iterable[CouncilStanding],
    now: datetime | None,
    late_after: timedelta = LATE_AFTER,
) -> list[Due]:
    """Give the undeclared councils with an expected time, the earliest first."""
    waiting = [
        Due(
            council,
            council.expected_at,
            (now or council.expected_at) - council.expected_at,
            late_after,
        )
        for council in councils
        if council.status != "declared" and council.expected_at is not None
    ]
    return sorted(waiting, key=lambda due: (due.expected_at, due.council.name))


def draw_next(due: list[Due], height: int, width: int, look: Look) -> list[Linked]:
    """Give a heading and as many councils as fit in `height` lines; the rest are counted.

    A council's line opens the council.
    """
    if not due or height < 2:
        return []
    late = sum(one.is_late for one in due)
    heading = [segment("NEXT UP", look.style(look.dim))]
    if late:
        heading.append(segment(f"  {late} late", look.style(look.warn, bold=True)))
    shown = due if len(due) < height else due[: height - 2]
    lines = plain([heading])
    dated = spans_days(one.expected_at for one in due)
    lines += [
        (_line(one, width, look, dated=dated), Link("council", one.council.id)) for one in shown
    ]
    rest = len(due) - len(shown)
    if rest:
        lines += plain([[segment(cut(f" and {rest} more", width), look.style(look.dim))]])
    return lines


def _line(due: Due, width: int, look: Look, *, dated: bool) -> Line:
    status = {"rush": "rush", "counting": "counting"}.get(due.council.status, "")
    said = due.says or status
    time = hh_mm(due.expected_at, dated=dated)
    before = time_width(dated=dated) + 2
    room = width - before - (cells_of(said) + 1 if said else 0)
    return [
        segment(f"{time:>{before - 1}} ", look.style(look.dim)),
        segment(fit(short_name(due.council.name, room), max(0, room)), look.style(look.text)),
        segment(f" {said}" if said else "", look.style(look.warn, bold=due.is_late)),
    ]
