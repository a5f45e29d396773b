"""The sections under the rows of the scoreboard."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment

from feed.model.standing import BoardRow, ContestStanding, Scoreboard, Standing, TotalStanding
from tui.colours.themes import Look
from tui.scoreboard.columns import Columns
from tui.scoreboard.links import OPENS, Link, Linked, plain
from tui.scoreboard.rows import Line
from tui.scoreboard.words import contest_words, newest_total, other_baseline_words, total_words
from tui.text.terminal_text import cut_at_word, fit, number, segment, signed
from tui.text.wrapping import wrapped

_MOST_LINES = 6
_BAR = 1
_NI_WIDE, _NI_NARROW = (10, 6, 8), (6, 4, 5)
"""Cells of a party's name, its seats and their change in Northern Ireland."""


def heading(text: str, look: Look) -> Line:
    """Give a section's heading."""
    return [segment(text, look.style(look.dim))]


def footnotes(board: Scoreboard, shown: Columns, width: int, look: Look) -> list[Line]:
    """Say what each column of changes is measured against, when more than one is shown."""
    if not any(":" in column.id for column in shown.shown):
        return []
    style = look.style(look.dim)
    return [
        line
        for words in other_baseline_words(board)
        for line in wrapped([(words, style)], width, 2)
    ]


def total_lines(totals: Sequence[TotalStanding], width: int, look: Look) -> list[Linked]:
    """Give the badge of the newest agency total; it opens the total's entry."""
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
    """Give how many mayors, commissioners and by-elections have declared; each opens its list."""
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
    """Give Northern Ireland's seats, apart from all other figures; in two columns if need be."""
    councils = standing.ni_councils
    if not councils:
        return []
    title: Line = [
        segment(f"{OPENS} ", look.style(look.dim)),
        *heading(f"NORTHERN IRELAND  {standing.ni_declared} of {len(councils)} declared", look),
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
