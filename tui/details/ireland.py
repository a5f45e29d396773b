"""Northern Ireland apart: seats by party, and its councils, which no party controls."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from feed.clock import hh_mm, spans_days, time_width
from feed.english import capitalised, number
from feed.model.standing import CouncilStanding, Scoreboard, Standing
from feed.wording.control import BASELINES
from tui.colours.themes import Look
from tui.details.detail_parts import blank, paragraph, section
from tui.details.dialog import Line
from tui.details.listing import Listing, Open, Row, nothing
from tui.text.terminal_text import fit, segment, signed
from tui.text.terminal_text import width as cells_of
from tui.text.wrapping import wrapped

_FIGURE = 9
_NAME, _LEAST = 42, 12
_MOST_LINES = 4


class Ireland(Listing):
    """Seats won and their change by party, then council by council; a council opens."""

    def __init__(self, standing: Standing, opens: Open = nothing) -> None:
        super().__init__(opens)
        self._board: Scoreboard = standing.ni_scoreboard
        self._councils: tuple[CouncilStanding, ...] = standing.ni_councils

    def show(self, standing: Standing) -> None:
        """Show it as it stands now."""
        new = (standing.ni_scoreboard, standing.ni_councils)
        if new != (self._board, self._councils):
            self._board, self._councils = new
            self.write()

    def heading(self) -> str:
        """Return how many councils have declared."""
        declared = sum(council.status == "declared" for council in self._councils)
        return f"Northern Ireland: {declared} of {len(self._councils)} declared"

    def rows(self, width: int, look: Look) -> Iterator[Row]:
        """Return the board, then a row a council."""
        yield Row([*self._seats(width, look), *section("Councils", look)])
        dated = spans_days(_time_of(council) for council in self._councils)
        for council in self._councils:
            yield Row(_council(council, width, look, dated=dated), council.id)

    def _seats(self, width: int, look: Look) -> list[Line]:
        room = max(_LEAST, min(_NAME, width - 2 - 2 * _FIGURE))
        apart = (
            "Single transferable vote; no party controls a council. Apart from all other totals."
        )
        lines = paragraph(apart, look.dim, width, look)
        if self._board.rows:
            head = (
                blank(room + 2, look),
                *(
                    segment(fit(name, _FIGURE, "right"), look.style(look.dim))
                    for name in ("seats", "net")
                ),
            )
            lines += [[], list(head)]
        for row in self._board.rows:
            net = "" if row.seats_net is None else signed(row.seats_net)
            tone = look.bad if (row.seats_net or 0) < 0 else look.good
            name = row.name if cells_of(row.name) <= room else row.label
            lines.append(
                [
                    segment("█ ", look.style(look.party(row.party)[0])),
                    segment(fit(capitalised(name), room), look.style(look.text)),
                    segment(
                        fit(number(row.seats_won), _FIGURE, "right"),
                        look.style(look.strong, bold=True),
                    ),
                    segment(fit(net, _FIGURE, "right"), look.style(tone)),
                ]
            )
        if self._board.baseline_councils:
            lines += paragraph(f"Net {BASELINES[self._board.baseline]}", look.dim, width, look)
        return lines


def _time_of(council: CouncilStanding) -> datetime | None:
    return council.declared_at if council.status == "declared" else None


def _council(council: CouncilStanding, width: int, look: Look, *, dated: bool) -> list[Line]:
    at, room = _time_of(council), time_width(dated=dated) + 1
    declared = at is not None
    time = hh_mm(at, estimated=council.declared_at_estimated, dated=dated) if at else ""
    name = look.style(look.strong if declared else look.dim, bold=declared)
    won = sorted(
        ((line.after or 0, line.label) for line in council.seats if line.after),
        key=lambda each: -each[0],
    )
    said = " · ".join(f"{label} {seats}" for seats, label in won)
    words = [
        (council.name, name),
        (f"  {said}" if declared else "  not declared yet", look.style(look.dim)),
    ]
    lines = wrapped(words, max(8, width - room), _MOST_LINES)
    times = [time, *[""] * (len(lines) - 1)]
    return [
        [segment(f"{said_at:>{room - 1}} ", look.style(look.dim)), *line]
        for said_at, line in zip(times, lines, strict=True)
    ]
