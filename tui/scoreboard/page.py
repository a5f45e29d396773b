"""The scoreboard from top to bottom: the rows first, then each section that has room."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from feed.model.standing import BoardRow, Standing
from feed.model.terms import LATE_AFTER
from tui.colours.themes import Look
from tui.scoreboard.bars import draw_bars
from tui.scoreboard.changes import draw_changes, newest_changes
from tui.scoreboard.columns import Columns
from tui.scoreboard.links import Linked, plain
from tui.scoreboard.next import draw_next, still_due
from tui.scoreboard.rows import draw_header, draw_rows
from tui.scoreboard.sections import contest_lines, footnotes, heading, ni_lines, total_lines
from tui.scoreboard.trend import draw_trend

_LINES_FOR_NEXT = 6
"""Lines that the trend and the changes of control leave to the councils that are due."""


def write_page(  # noqa: PLR0913, PLR0917
    standing: Standing,
    rows: Sequence[BoardRow],
    shown: Columns,
    cursor: tuple[int, int] | None,
    now: datetime | None,
    size: tuple[int, int],
    look: Look,
    late_after: timedelta = LATE_AFTER,
) -> list[Linked]:
    """Give the lines of the board in at most `size` cells and lines, and what each one opens.

    Args:
        standing: where the night stands.
        rows: the parties in the order shown.
        shown: the columns of their figures.
        cursor: row and column of the selected figure, while there is one to show.
        now: the feed's clock, against which a council is late.
        size: cells and lines; more lines than that are given only for the rows.
        look: the colours.
        late_after: how long after its time a council is late.
    """
    width, height = size
    lines = plain([draw_header(shown, look), *draw_rows(rows, shown, look, cursor)])
    lines += plain(footnotes(standing.scoreboard, shown, width, look))
    bars = draw_bars(rows, shown.label, width, look)
    for section in (
        plain([heading("NET SEATS", look), *bars] if bars else []),
        total_lines(standing.totals, width, look),
        contest_lines(standing.contests, width, look),
        ni_lines(standing, width, look),
    ):
        _add(lines, section, height)
    due = still_due(standing.councils, now or standing.as_of, late_after)
    room = height - len(lines) - 1 - min(_LINES_FOR_NEXT, len(due) + 2 if due else 0)
    _add(lines, plain(draw_trend(standing, rows, shown.label, (width, room), look)), height)
    changes = newest_changes(standing.councils)
    room = height - len(lines) - 1
    if changes:
        room = min(room, max(_LINES_FOR_NEXT, room // 2))
    _add(lines, draw_next(due, room, width, look), height)
    room = height - len(lines) - 1
    _add(lines, draw_changes(changes, standing.party_names, (width, room), look), height)
    return lines


def _add(lines: list[Linked], section: list[Linked], height: int) -> None:
    """Add a section whole, with a blank line before it where the height allows, or not at all."""
    room = height - len(lines)
    if section and len(section) < room:
        lines += plain([[]])
        lines += section
    elif section and len(section) == room:
        lines += section
