"""The sections under the rows of the scoreboard."""

from __future__ import annotations

from collections.abc import Sequence

from feed.standing import ContestStanding, Scoreboard, Standing, TotalStanding
from tui.glass import fit, number, segment, signed
from tui.themes import Look
from tui.widgets.board_columns import Columns
from tui.widgets.board_rows import Line
from tui.widgets.board_words import contest_words, other_baseline_words, total_words
from tui.wrapping import wrapped

_MOST_LINES = 6


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


def total_lines(totals: Sequence[TotalStanding], width: int, look: Look) -> list[Line]:
    """Give the badge of the newest agency total."""
    said = total_words(totals)
    if said is None:
        return []
    words, verdict = said
    colour = {"good": look.good, "bad": look.bad, "warn": look.warn, "dim": look.dim}[verdict]
    return wrapped([(words, look.style(colour))], width, _MOST_LINES)


def contest_lines(contests: Sequence[ContestStanding], width: int, look: Look) -> list[Line]:
    """Give how many mayors, commissioners and by-elections have declared."""
    words = " · ".join(contest_words(contests))
    return wrapped([(words, look.style(look.text))], width, _MOST_LINES) if words else []


def ni_lines(standing: Standing, width: int, look: Look) -> list[Line]:
    """Give Northern Ireland's seats, apart from all other figures."""
    councils, rows = standing.ni_councils, standing.ni_scoreboard.rows
    if not councils or not standing.councils:
        return []
    declared = sum(council.status == "declared" for council in councils)
    lines = [heading(f"NORTHERN IRELAND  {declared} of {len(councils)} declared", look)]
    for row in rows:
        if not row.seats_won and not row.seats_net:
            continue
        net = "" if row.seats_net is None else signed(row.seats_net)
        tone = look.bad if net.startswith("−") else look.good
        lines.append(
            [
                segment("█", look.style(look.party(row.party)[0])),
                segment(fit(row.label, 10), look.style(look.text)),
                segment(fit(number(row.seats_won), 6, "right"), look.style(look.strong)),
                segment(fit(net, min(8, max(0, width - 17)), "right"), look.style(tone)),
            ]
        )
    return lines
