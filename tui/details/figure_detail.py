"""Where one figure of the scoreboard comes from: every result that adds to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feed.clock import hh_mm, spans_days, time_width
from feed.english import capitalised, counted, number
from feed.model.parties import PartyId
from feed.model.standing import Contribution, Scoreboard
from feed.wording.control import BASELINES
from tui.colours.themes import Look
from tui.details.detail_parts import blank, paragraph
from tui.details.dialog import Line
from tui.details.listing import Listing, Open, Row, nothing
from tui.text.terminal_text import fit, segment, signed
from tui.text.terminal_text import width as cells_of
from tui.text.wrapping import wrapped

_COLUMNS = {
    "councils": "councils controlled",
    "gained": "councils gained",
    "lost": "councils lost",
    "net": "councils, net",
    "seats_won": "seats won",
    "seats_net": "seats, net",
    "seats_after": "all seats on declared councils",
}
_SIGNED = frozenset({"net", "seats_net"})
_AMOUNT = 8
_REVISION = 7
"""Cells of ` r12` and the blanks around a time."""


class FigureDetail(Listing):
    """A figure and its parts, the largest first; a part opens its council."""

    def __init__(
        self,
        board: Scoreboard,
        party: PartyId,
        column: str,
        contributions: Sequence[Contribution],
        opens: Open = nothing,
    ) -> None:
        super().__init__(opens)
        self.party = party
        self.column = column
        self._board = board
        self._parts = tuple(contributions)

    def show(self, board: Scoreboard, contributions: Sequence[Contribution]) -> None:
        """Show the figure as it stands now."""
        parts = tuple(contributions)
        if (board, parts) != (self._board, self._parts):
            self._board, self._parts = board, parts
            self.write()

    def heading(self) -> str:
        """Return `Conservatives: seats, net`."""
        row = next((row for row in self._board.rows if row.party == self.party), None)
        name = row.name if row else self.party
        column = _COLUMNS.get(self.column.partition(":")[0], self.column)
        return f"{capitalised(name)}: {column}"

    def rows(self, width: int, look: Look) -> Iterator[Row]:
        """Return the figure, then a row for each part."""
        total = figure_of(self._board, self.party, self.column)
        added = sum(part.amount for part in self._parts)
        said = "not known" if total is None else self._amount(total)
        head = wrapped(
            [
                (said, look.style(look.strong, bold=True)),
                (f"  from {counted(len(self._parts), 'result')}", look.style(look.dim)),
                (self._baseline(), look.style(look.dim)),
            ],
            width,
            3,
        )
        if total is not None and total != added:
            words = f"! The parts below add up to {self._amount(added)}."
            head += paragraph(words, look.warn, width, look)
        parts = sorted(self._parts, key=lambda part: (-abs(part.amount), part.name.casefold()))
        longest = max((cells_of(part.origin.where) for part in parts), default=0)
        dated = spans_days(part.at for part in parts)
        meta = _REVISION + time_width(dated=dated)
        rooms = max(9, min(34, width - _AMOUNT - meta)), meta
        beside = longest <= width - _AMOUNT - sum(rooms)
        yield Row([*head, []])
        for part in parts:
            lines = self._part(part, rooms, width, look, dated=dated, beside=beside)
            yield Row(lines, part.place)

    def _part(  # noqa: PLR0913
        self,
        part: Contribution,
        rooms: tuple[int, int],
        width: int,
        look: Look,
        *,
        dated: bool,
        beside: bool,
    ) -> list[Line]:
        tone = look.bad if part.amount < 0 else look.good if self._is_signed else look.strong
        amount = fit(self._amount(part.amount), _AMOUNT - 2, "right")
        time = hh_mm(part.at, estimated=part.estimated, dated=dated)
        name, meta = rooms
        first = [
            segment(amount, look.style(tone, bold=True)),
            blank(2, look),
            segment(fit(part.name, name), look.style(look.text)),
            segment(
                fit(f" {time:>{meta - _REVISION}} r{part.revision}", meta), look.style(look.dim)
            ),
        ]
        where = (part.origin.where, look.style(look.dim))
        if beside:
            return [[*first, segment(*where)]]
        below = wrapped([where], max(8, width - _AMOUNT), 4)
        return [first, *([blank(_AMOUNT, look), *line] for line in below)]

    @property
    def _is_signed(self) -> bool:
        return self.column.partition(":")[0] in _SIGNED

    def _amount(self, amount: int) -> str:
        return signed(amount, "0") if self._is_signed else number(amount)

    def _baseline(self) -> str:
        column, _, baseline = self.column.partition(":")
        if column != "seats_net":
            return ""
        words = next((text for name, text in BASELINES.items() if name == baseline), "")
        return f", {words or BASELINES[self._board.baseline]}"


def figure_of(board: Scoreboard, party: PartyId, column: str) -> int | None:
    """Return a figure of the scoreboard; none where nothing is known of it."""
    row = next((row for row in board.rows if row.party == party), None)
    if row is None:
        return None
    column, _, baseline = column.partition(":")
    if baseline and baseline != board.baseline:
        return next((net for name, net in row.seats_net_other.items() if name == baseline), None)
    figures = {
        "councils": row.councils,
        "gained": row.gained,
        "lost": row.lost,
        "net": row.net,
        "seats_won": row.seats_won,
        "seats_net": row.seats_net,
        "seats_after": row.seats_after,
    }
    return figures.get(column)
