"""The leading parties in large figures, in the agency's order; rows stay where they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from rich.segment import Segment
from rich.style import Style

from feed.model.parties import NOC, PartyId, agency_order, party_of
from feed.model.standing import BoardRow, Standing
from feed.wording.control import BASELINES
from tui.colours.themes import Look
from tui.projector.big_figures import big, big_rows, big_width
from tui.projector.layout import WIDEST, BoardPlan, FigureName, board_plan
from tui.projector.part import Line, ProjectorPart
from tui.text.terminal_text import counted, cut, fit, number, segment, signed
from tui.text.terminal_text import width as cells_of

_HEADS: dict[FigureName, str] = {
    "councils": "COUNCILS",
    "net": "± COUNCILS",
    "seats_won": "SEATS",
    "seats_net": "± SEATS",
}

_FEW = 2
"""Rows of which no overall control takes none for itself."""


def weights(standing: Standing) -> dict[PartyId, int]:
    """Give how much each party has at stake or won: seats held before, or won by now."""
    held: dict[PartyId, int] = {}
    for council in standing.councils:
        for line in council.seats:
            held[line.party] = held.get(line.party, 0) + (line.held or 0)
    rows = standing.scoreboard.rows
    return {row.party: max(held.get(row.party, 0), row.seats_after, row.seats_won) for row in rows}


def leading(standing: Standing, room: int, before: Iterable[PartyId] = ()) -> tuple[BoardRow, ...]:
    """Give the rows there is room for, in the agency's order; those of `before` stay.

    A party that was not shown takes a place only from one that it has outgrown by half.
    """
    weight = weights(standing)
    shown = [party for party in before if party in weight][:room]
    first = NOC if room > _FEW else None
    for party in sorted(weight, key=lambda each: (each != first, -weight[each], each)):
        if party in shown:
            continue
        if len(shown) < room:
            shown.append(party)
            continue
        weakest = min((p for p in shown if p != NOC), key=lambda p: weight[p], default=None)
        if weakest is not None and weight[party] > weight[weakest] * 1.5:
            shown[shown.index(weakest)] = party
    order = agency_order(shown, standing.party_names)
    by_party = {row.party: row for row in standing.scoreboard.rows}
    return tuple(by_party[party] for party in order)


class ProjectorBoard(ProjectorPart):
    """Councils and seats by party."""

    DEFAULT_CSS = """
    ProjectorBoard { height: 1fr; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._standing = Standing()
        self._shown: tuple[PartyId, ...] = ()
        self.plan: BoardPlan | None = None
        """Set by the screen, which knows what else stands on the page."""

    def show(self, standing: Standing) -> None:
        """Draw `standing`."""
        self._standing = standing
        self.redraw()

    def lines(self, width: int, height: int, look: Look) -> Sequence[Line]:
        """Give the heads of the columns, the parties, and in a line those without a row."""
        board = self._standing.scoreboard
        if not board.rows:
            return [[segment(" No figures yet", look.style(look.text))]]
        apart = self._standing.is_apart
        plan = self.plan or board_plan(
            width, height, len(board.rows), beside_grid=False, seats_alone=apart
        )
        rows = leading(self._standing, plan.rows, self._shown)
        self._shown = tuple(row.party for row in rows)
        lines: list[Line] = [_header(plan, width, look)]
        for row in rows:
            lines += _party(row, plan, look)
        others = [row for row in board.rows if row.party not in self._shown]
        since = f" Seats ± {BASELINES[board.baseline]}" if board.baseline_councils else ""
        if apart:
            since = f"{since or ' Seats'} · no party controls a council"
        lines.append(_also(others, since, width, look))
        return lines[:height] if height else lines


def _header(plan: BoardPlan, width: int, look: Look) -> Line:
    text = " " * plan.label
    for name in plan.columns:
        end = cells_of(text) + plan.gap + big_width(WIDEST[name], plan.scale)
        text = text.ljust(end - cells_of(_HEADS[name])) + _HEADS[name]
    return [segment(cut(text, width), look.style(look.text, bold=True))]


def _party(row: BoardRow, plan: BoardPlan, look: Look) -> list[Line]:
    high = big_rows(plan.scale)
    columns = [_figure(row, name, plan, look) for name in plan.columns]
    chip = _chip(row, plan, look)
    lines: list[Line] = [
        [chip[y], *(piece for column in columns for piece in column[y])] for y in range(high)
    ]
    lines += [[Segment(" ", look.base)] for _ in range(plan.pitch - high)]
    return lines


def _chip(row: BoardRow, plan: BoardPlan, look: Look) -> list[Segment]:
    """Give the party's colour with its letter code, as on the grid, and its name."""
    fill = look.party_style(row.party, bold=True)
    code = big(party_of(row.party, {row.party: row.name}).letter, plan.scale)
    middle = (len(code) - 1) // 2
    return [
        segment(fit(f" {line}  {row.label if y == middle else ''}", plan.label), fill)
        for y, line in enumerate(code)
    ]


def _figure(row: BoardRow, name: FigureName, plan: BoardPlan, look: Look) -> list[list[Segment]]:
    """Give a figure's rows, set to the right of its column; one too wide for it is set small."""
    text, colour = _said(row, name, look)
    style = look.style(colour, bold=True)
    room = plan.gap + big_width(WIDEST[name], plan.scale)
    high = big_rows(plan.scale)
    for scale in range(plan.scale, 0, -1):
        if big_width(text, scale) < room:
            drawn = big(text, scale)
            break
    else:
        drawn = [cut(text, room)]
    above = (high - len(drawn)) // 2
    padded = [""] * above + drawn
    return [
        [Segment(" " * (room - len(line)), look.base), Segment(line, style)]
        for line, _ in zip_longest(padded, range(high), fillvalue="")
    ]


def _said(row: BoardRow, name: FigureName, look: Look) -> tuple[str, str]:
    match name:
        case "councils":
            return _amount(row.councils, look)
        case "net":
            return _signed(row.net, look)
        case "seats_won":
            return ("", look.text) if row.party == NOC else _amount(row.seats_won, look)
        case "seats_net":
            if row.party == NOC:
                return "", look.text
            return _signed(row.seats_net, look)


def _amount(amount: int, look: Look) -> tuple[str, str]:
    return number(amount), look.strong if amount else look.dim


def _signed(amount: int | None, look: Look) -> tuple[str, str]:
    if amount is None:
        return "–", look.dim
    return signed(amount), look.bad if amount < 0 else look.good if amount else look.dim


def _also(rows: Iterable[BoardRow], since: str, width: int, look: Look) -> Line:
    """Say what changes are measured against, and which parties have no row of their own."""
    said = []
    for row in rows:
        if not (row.councils or row.seats_won or row.seats_net):
            continue
        net = "" if row.seats_net is None else f" {signed(row.seats_net, '±0')}"
        councils = f"{counted(row.councils, 'council')}, " if row.councils else ""
        said.append(f"{row.label} {councils}{counted(row.seats_won, 'seat')}{net}")
    line = since
    for index, each in enumerate(said):
        more = f" · and {len(said) - index} more"
        longer = f"{line} · {'also ' if index == 0 else ''}{each}"
        rest = more if index < len(said) - 1 else ""
        if cells_of(longer) + cells_of(rest) > width:
            line = f"{line}{more}"
            break
        line = longer
    return [segment(cut(line, width), Style(color=look.text, bgcolor=look.background))]
