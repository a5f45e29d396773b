"""The scoreboard from top to bottom: rows, then each section that has room, and its charts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter

from rich.segment import Segment
from rich.style import Style

from feed.clock import hh_mm, spans_days
from feed.english import number
from feed.model.parties import PartyId
from feed.model.standing import BoardRow, ContestStanding, Scoreboard, Standing, TotalStanding
from feed.model.terms import LATE_AFTER
from feed.reports.silence import still_due
from feed.reports.standing_text import size_sentence
from feed.reports.trend import Trend, trend
from feed.wording.progress import declared_of
from tui.colours.themes import Look
from tui.scoreboard.columns import Columns
from tui.scoreboard.councils import draw_changes, draw_next, newest_changes
from tui.scoreboard.rows import OPENS, Line, Link, Linked, draw_header, draw_rows, plain
from tui.scoreboard.words import contest_words, newest_total, other_baseline_words, total_words
from tui.text.terminal_text import cut_at_word, fit, segment, signed
from tui.text.terminal_text import width as cells_of
from tui.text.wrapping import wrapped

_FULL, _LEFT_HALF, _RIGHT_HALF, _AXIS = "█", "▌", "▐", "│"
_FIGURE = 6
"""Cells of `−1,334`."""
_LEAST_SIDE = 3


def draw_bars(rows: Sequence[BoardRow], label: int, width: int, look: Look) -> list[Line]:
    """Return one line a party that gained or lost seats; none where there is no room for a bar."""
    moved = [row for row in rows if row.seats_net]
    side = (width - label - 1 - 1) // 2 - _FIGURE - 1
    if not moved or side < _LEAST_SIDE:
        return []
    most = max(abs(row.seats_net or 0) for row in moved)
    return [_bar(row, label, side, most, look) for row in moved]


def _bar(row: BoardRow, label: int, side: int, most: int, look: Look) -> Line:
    net = row.seats_net or 0
    halves = max(1, round(abs(net) * side * 2 / most))
    full, half = divmod(halves, 2)
    figure = signed(net)
    colour = look.party_bar(row.party)
    number = look.style(look.bad if net < 0 else look.good, bold=True)
    room = side + _FIGURE + 1
    line = [
        segment(" " + fit(row.label, label - 1), look.style(look.text)),
        segment(" ", look.base),
    ]
    axis = segment(_AXIS, look.style(look.rule))
    if net < 0:
        bar = _RIGHT_HALF * half + _FULL * full
        pad = room - cells_of(bar) - cells_of(figure) - 1
        return [*line, Segment(" " * pad, look.base), segment(figure, number),
                Segment(" ", look.base), segment(bar, colour), axis]  # fmt: skip
    bar = _FULL * full + _LEFT_HALF * half
    return [*line, Segment(" " * room, look.base), axis, segment(bar, colour),
            Segment(" ", look.base), segment(figure, number)]  # fmt: skip


_STEPS = "▁▂▃▄▅▆▇"
"""Without the full block, so that two lines stay apart."""
_ABOVE = "▔"
"""The zero line of a party that has lost seats: its blocks hang from it."""
_HEADS = ("NET SEATS OVER THE NIGHT", "NET OVER THE NIGHT", "NET SEATS")
"""The fullest that fits stands above the lines."""
_TREND_FIGURE = 7
_LEAST, _MOST = 8, 48
_FEWEST_PARTIES = 3
"""A trend of fewer is left out where more have moved."""


def draw_trend(
    standing: Standing, rows: Sequence[BoardRow], label: int, size: tuple[int, int], look: Look
) -> list[Line]:
    """Return a heading and a line a party in a `size` of cells and lines; the biggest movers first.

    All have one scale, and 0 is a line: what a party has gained stands on it, what it has lost
    hangs from it.
    """
    width, height = size
    cells = min(_MOST, width - label - _TREND_FIGURE - 1)
    if cells < _LEAST:
        return []
    night = trend(standing, cells)
    moved = [row for row in rows if night is not None and row.party in night.seats]
    if night is None or night.start == night.end or height <= min(_FEWEST_PARTIES, len(moved)):
        return []
    biggest = sorted(moved, key=lambda row: -abs(row.seats_net or 0))[: height - 1]
    heading = next(
        (form for head in _HEADS if cells_of(form := f"{head}  {_span(night)}") <= width), ""
    )
    if not biggest or not heading:
        return []
    shown = [(row, night.seats[row.party]) for row in moved if row in biggest]
    most = max(abs(figure) for _, figures in shown for figure in figures)
    return [
        [segment(heading, look.style(look.dim))],
        *(_line(row, figures, most, label, look) for row, figures in shown),
    ]


def _span(night: Trend) -> str:
    ends = night.start, night.end
    dated = spans_days(ends)
    said = (
        hh_mm(at, estimated=guessed, dated=dated)
        for at, guessed in zip(ends, night.estimated, strict=True)
    )
    return (" – " if dated else "–").join(said)


def trend_blocks(figures: Sequence[int], most: int, party: PartyId, look: Look) -> list[Segment]:
    """Return one block a figure, above or below a line at 0.

    Args:
        figures: net seats.
        most: the figure of a whole block, for all parties alike.
        party: whose colour is drawn with.
        look: the colours.

    """
    line, bar = look.style(look.rule), look.party_bar(party)
    hanging = bar + Style(reverse=True)
    zero = _ABOVE if min(figures) < -max(figures) else _STEPS[0]
    drawn = []
    for figure in figures:
        size = max(1, round(abs(figure) * len(_STEPS) / most)) if figure else 0
        if figure > 0:
            drawn.append((_STEPS[size - 1], bar))
        else:
            drawn.append((_STEPS[-size], hanging) if figure else (zero, line))
    return [
        segment("".join(sign for sign, _ in run), style)
        for style, run in groupby(drawn, key=itemgetter(1))
    ]


def _line(row: BoardRow, figures: Sequence[int], most: int, label: int, look: Look) -> Line:
    net = row.seats_net or 0
    return [
        segment(" " + fit(row.label, label - 1), look.style(look.text)),
        Segment(" ", look.base),
        *trend_blocks(figures, most, row.party, look),
        segment(
            fit(signed(net, "0"), _TREND_FIGURE, "right"),
            look.style(look.bad if net < 0 else look.good, bold=True),
        ),
    ]


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
    """Return the lines of the board in at most `size` cells and lines, and what each one opens.

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
    contests = contest_lines(standing.contests, width, look)
    notes = footnotes(standing.scoreboard, shown, width, look)
    if contests and len(notes) > height - len(lines) - len(contests):
        notes, contests = [], contests[: max(0, height - len(lines))]
    lines += plain(notes)
    bars = draw_bars(rows, shown.label, width, look)
    for section in (
        plain([heading("NET SEATS", look), *bars] if bars else []),
        total_lines(standing.totals, width, look),
        contests,
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


_MOST_LINES = 6
_BAR = 1
_NI_WIDE, _NI_NARROW = (10, 6, 8), (8, 4, 4)
"""Cells of a party's name, its seats and their change in Northern Ireland."""


def heading(text: str, look: Look) -> Line:
    """Return a section's heading."""
    return [segment(text, look.style(look.dim))]


def footnotes(board: Scoreboard, shown: Columns, width: int, look: Look) -> list[Line]:
    """Return what several columns of changes are measured against, and that sizes changed."""
    several = any(":" in it.id for it in shown.shown)
    told = other_baseline_words(board, [it.head for it in shown.shown]) if several else []
    if board.changed_size:
        told.append(size_sentence(board))
    style = look.style(look.dim)
    return [line for words in told for line in wrapped([(words, style)], width, 2)]


def total_lines(totals: Sequence[TotalStanding], width: int, look: Look) -> list[Linked]:
    """Return the badge of the newest agency total; it opens the total's entry."""
    said, newest = total_words(totals), newest_total(totals)
    if said is None or newest is None:
        return []
    words, verdict = said
    colour = {"good": look.good, "bad": look.bad, "warn": look.warn, "dim": look.dim}[verdict]
    lines = wrapped([(words, look.style(colour))], width - 1, _MOST_LINES)
    link = None if newest.entry is None else Link("total", str(newest.entry))
    indented: list[Line] = [[segment(" ", look.base), *line] for line in lines]
    return [(indented[0], link), *plain(indented[1:])]


def contest_lines(contests: Sequence[ContestStanding], width: int, look: Look) -> list[Linked]:
    """Return how many mayors, commissioners and by-elections have declared; each opens its list."""
    return [
        (
            [
                segment(f"{OPENS} ", look.style(look.dim)),
                segment(cut_at_word(words, width - 2), look.style(look.text)),
            ],
            Link("contests", kind),
        )
        for kind, words in contest_words(contests)
    ]


def ni_lines(standing: Standing, width: int, look: Look, height: int | None = None) -> list[Linked]:
    """Return Northern Ireland's seats, apart from all other figures; in two columns if need be."""
    councils = standing.ni_councils
    if not councils:
        return []
    far = declared_of(standing.ni_declared, standing.ni_councils_up)
    title: Line = [
        segment(f"{OPENS} ", look.style(look.dim)),
        *heading(f"NORTHERN IRELAND  {far}", look),
    ]
    rows = [row for row in standing.ni_scoreboard.rows if row.seats_won or row.seats_net]
    half = width // 2
    if height is None or len(rows) < height or half < sum(_NI_NARROW) + _BAR:
        net = max(0, min(_NI_WIDE[2], width - sum(_NI_WIDE[:2]) - _BAR))
        rooms = (*_NI_WIDE[:2], net)
        lines = [_ni_row(row, rooms, look) for row in rows]
        heads = [_ni_heads(rooms, look)] if rows and height != len(rows) + 1 else []
        return [(title, Link("ireland")), *plain([*heads, *lines])]
    drawn = [_ni_row(row, _NI_NARROW, look) for row in rows]
    deep = (len(drawn) + 1) // 2
    pairs: list[Line] = [
        Segment.adjust_line_length(left, half, style=look.base) for left in drawn[:deep]
    ]
    for pair, right in zip(pairs, drawn[deep:], strict=False):
        pair.extend(right)
    return [(title, Link("ireland")), *plain(pairs)]


def _ni_heads(rooms: tuple[int, int, int], look: Look) -> Line:
    name, seats, change = rooms
    words = " " * (_BAR + name) + fit("SEATS", seats, "right") + fit("NET", change, "right")
    return [segment(words, look.style(look.dim))]


def _ni_row(row: BoardRow, rooms: tuple[int, int, int], look: Look) -> Line:
    name, seats, change = rooms
    net = "" if row.seats_net is None else signed(row.seats_net)
    tone = look.bad if net.startswith("−") else look.good
    return [
        segment("█", look.style(look.party(row.party)[0])),
        segment(fit(row.label, name), look.style(look.text)),
        segment(fit(number(row.seats_won), seats, "right"), look.style(look.strong)),
        segment(fit(net, change, "right"), look.style(tone)),
    ]
