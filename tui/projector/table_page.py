"""The table: a row a party, its councils as a bar, and all figures in digits of one size."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from rich.style import Style

from feed.english import capitalised, counted, number
from feed.model.parties import LD, NOC, PartyId, agency_order, party_of
from feed.model.standing import BoardRow, Standing
from feed.wording.control import BASELINES
from tui.colours.themes import Look
from tui.projector.canvas import Canvas
from tui.projector.letters import FIGURE_FACES, SMALL, Face, big, big_width
from tui.projector.scene import Scene, headline_name
from tui.text.terminal_text import cut, signed
from tui.text.terminal_text import width as cells_of

_LEAST_ROWS = 6
"""Parties that are worth more than larger digits."""
_LEAST_NAME = 15
_LEAST_BAR = 8
_SHORT_NAME = 34
"""Cells of the longest short name in block letters: LIB DEM."""
_WIDEST_SHARE = 0.7
"""Of the width that the figures may take."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One figure of every party."""

    heads: tuple[str, ...]
    """The words over it, the longest first."""
    figure: Callable[[BoardRow], int | None]
    is_change: bool = False

    def said(self, row: BoardRow) -> str:
        """Return the figure as it is drawn; nothing where there is none."""
        amount = self.figure(row)
        if amount is None:
            return ""
        return signed(amount, "0") if self.is_change else number(amount)


def _seats(row: BoardRow) -> int | None:
    return None if row.party == NOC else row.seats_won


def _seats_net(row: BoardRow) -> int | None:
    return None if row.party == NOC else row.seats_net


_COUNCILS = (
    TableColumn(("COUNCILS",), lambda row: row.councils),
    TableColumn(("± COUNCILS", "±"), lambda row: row.net, is_change=True),
)
_SEATS = TableColumn(("SEATS",), _seats)


def _columns(standing: Standing) -> tuple[TableColumn, ...]:
    board = standing.scoreboard
    since = BASELINES[board.baseline].upper() if board.baseline_councils else ""
    heads = tuple(filter(None, (f"± {since}" if since else "", "± SEATS", "±")))
    net = TableColumn(heads, _seats_net, is_change=True)
    return (_SEATS, net) if standing.is_apart else (*_COUNCILS, _SEATS, net)


@dataclass(frozen=True, slots=True)
class _Plan:
    """How large the figures are and where they end."""

    face: Face | None
    """None where they are plain letters."""
    rows: int
    pitch: int
    ends: tuple[int, ...]
    """The cell behind each column."""
    label: int
    """Cells for the names and bars, at the left."""

    @property
    def high(self) -> int:
        """Rows of the terminal of one figure."""
        return 1 if self.face is None else self.face.rows


def weights(standing: Standing) -> dict[PartyId, int]:
    """Return how much each party has at stake or won: seats held before, or won by now."""
    held: dict[PartyId, int] = {}
    for council in standing.all_councils:
        for line in council.seats:
            held[line.party] = held.get(line.party, 0) + (line.held or 0)
    rows = standing.scoreboard.rows
    return {row.party: max(held.get(row.party, 0), row.seats_after, row.seats_won) for row in rows}


def leading(standing: Standing, room: int) -> tuple[BoardRow, ...]:
    """Return the rows there is room for in the agency's order, those with most seats."""
    weight = weights(standing)
    apart = standing.is_apart
    by_party = {row.party: row for row in standing.scoreboard.rows}
    with_figures = [
        row.party
        for row in standing.scoreboard.rows
        if row.councils or row.gained or row.lost or row.seats_won or row.seats_net
    ]
    some = with_figures or [party for party in weight if weight[party]] or list(by_party)
    some = [party for party in some if not (apart and party == NOC)]
    first = NOC if room > 2 else None
    ranked = sorted(some, key=lambda each: (each != first, -weight[each], each))
    return tuple(by_party[party] for party in agency_order(ranked[:room], standing.party_names))


def draw_table(canvas: Canvas, top: int, height: int, scene: Scene) -> None:
    """Draw the table on rows `top` to `top + height` of the canvas."""
    standing = scene.standing
    if not standing.scoreboard.rows:
        canvas.words(
            2, top + height // 2, "No figures yet", canvas.look.style(canvas.look.text, bold=True)
        )
        return
    everyone = leading(standing, 99)
    columns = _columns(standing)
    plan = _plan(canvas.width, height, everyone, columns)
    rows = leading(standing, plan.rows)
    used = 1 + plan.pitch * len(rows)
    others = [row for row in everyone if row not in rows]
    also = _also(others, canvas.width - 4)
    spare = max(0, height - used - min(len(also), 2))
    apart = 1 if spare and rows and rows[-1].party == NOC else 0
    y = top + max(0, (spare - apart) // 2)
    _heads(canvas, y, plan, columns)
    largest = max((row.councils for row in rows), default=0)
    most_net = max((abs(row.seats_net or 0) for row in rows), default=0)
    most_seats = max((row.seats_won for row in rows), default=0)
    y += 1
    for row in rows:
        if row.party == NOC and apart:
            canvas.put(2, y, "─" * (canvas.width - 4), canvas.look.style(canvas.look.rule))
            y += 1
        share = row.seats_won / most_seats if standing.is_apart and most_seats else 0.0
        share = row.councils / largest if largest and not standing.is_apart else share
        _party(canvas, y, row, plan, columns, share, scene)
        if plan.pitch > plan.high + 1 and row.party != NOC:
            _net_bar(canvas, y + plan.high, row, plan, most_net)
        y += plan.pitch
    for line in also[: max(0, top + height - y)]:
        canvas.words(2, y, line, canvas.look.style(canvas.look.dim))
        y += 1


def _plan(
    width: int, height: int, rows: Sequence[BoardRow], columns: Sequence[TableColumn]
) -> _Plan:
    """Return the largest digits with which the leading parties and every column fit."""
    least = min(len(rows), _LEAST_ROWS)
    for face in (*FIGURE_FACES, None):
        high = 1 if face is None else face.rows
        is_roomy = high > 3 or (height - 2) // (high + 1) >= least
        tight = high + (1 if face is not None and is_roomy else 0)
        scale = 1 if face is None else face.scale
        for gap in (6 * scale, 4 * scale, 3 * scale, 2 * scale):
            ends, figures = _ends(width, columns, rows, face, gap)
            room = width - figures
            is_last = face is None or (face is FIGURE_FACES[-1] and gap == 2)
            fits = is_last or (gap > 2 and figures <= width * _WIDEST_SHARE)
            if room < _LEAST_NAME or not fits:
                continue
            fit = (height - 2) // tight
            if fit < least and face is not None:
                break
            count = max(1, min(len(rows), fit))
            pitch = min(max(tight, (height - 2) // count), high + 3)
            return _Plan(face, count, pitch, ends, room)
    ends, figures = _ends(width, columns, rows, None, 1)
    return _Plan(None, max(1, min(len(rows), height - 2)), 1, ends, max(6, width - figures))


def _ends(
    width: int,
    columns: Sequence[TableColumn],
    rows: Sequence[BoardRow],
    face: Face | None,
    gap: int,
) -> tuple[tuple[int, ...], int]:
    """Return where each column ends, and how many cells all of them take."""
    sizes = [
        max(
            cells_of(column.heads[-1]),
            *(_figure_width(column.said(row), face) for row in rows),
        )
        for column in columns
    ]
    ends, end = [], width - 2
    for size in reversed(sizes):
        ends.append(end)
        end -= size + gap
    return tuple(reversed(ends)), width - end


def _figure_width(said: str, face: Face | None) -> int:
    if not said:
        return 0
    return cells_of(said) if face is None else big_width(_without_commas(said, face), face)


def _without_commas(said: str, face: Face) -> str:
    return said.replace(",", "") if len(face.glyphs) < 20 else said


def _heads(canvas: Canvas, y: int, plan: _Plan, columns: Sequence[TableColumn]) -> None:
    style = canvas.look.style(canvas.look.dim)
    before = plan.label - 2
    for column, end in zip(columns, plan.ends, strict=True):
        room = end - before - 2
        said = next((head for head in column.heads if cells_of(head) <= room), column.heads[-1])
        canvas.right(end, y, said, style)
        before = end


def _party(  # noqa: PLR0913, PLR0917
    canvas: Canvas,
    y: int,
    row: BoardRow,
    plan: _Plan,
    columns: Sequence[TableColumn],
    share: float,
    scene: Scene,
) -> None:
    high = plan.high
    fill = canvas.look.party_style(row.party, bold=True)
    chip = 2 if plan.face is None else max(2, min(4, high))
    tall = high if plan.pitch < 6 else max(high, min(6, plan.pitch - 1))
    canvas.swatch(0, y, chip, tall, fill)
    _label(canvas, chip + 2, y, row, plan, share, scene)
    for column, end in zip(columns, plan.ends, strict=True):
        said = column.said(row)
        style = canvas.look.style(_colour(column, row, canvas.look), bold=True)
        if plan.face is None:
            canvas.right(end, y, said, style)
        elif said:
            drawn = big(_without_commas(said, plan.face), plan.face)
            canvas.block(end - len(drawn[0]), y, drawn, style)


def _net_bar(canvas: Canvas, y: int, row: BoardRow, plan: _Plan, most: int) -> None:
    """Draw a party's net seats to the left or the right of one line for all, under the figure."""
    look, end = canvas.look, plan.ends[-1]
    half = (end - plan.ends[-2] - 4) // 2
    if half < _LEAST_BAR or not most:
        return
    net, middle = row.seats_net or 0, end - half
    cells = round(half * abs(net) / most) or (1 if net else 0)
    x = middle if net > 0 else middle - cells
    canvas.put(x, y, "▄" * cells, look.style(look.good if net > 0 else look.bad))
    canvas.put(middle - 1 if net > 0 else middle, y, "▏" if net <= 0 else "▕", look.style(look.dim))


def _colour(column: TableColumn, row: BoardRow, look: Look) -> str:
    amount = column.figure(row)
    if not amount:
        return look.faint
    if not column.is_change:
        return look.strong
    return look.bad if amount < 0 else look.good


def _label(  # noqa: PLR0913, PLR0917
    canvas: Canvas, x: int, y: int, row: BoardRow, plan: _Plan, share: float, scene: Scene
) -> None:
    """Write the party's name, as large as there is room for, and its bar beside or under it."""
    look, room = canvas.look, plan.label - x
    strong, bar = look.style(look.strong, bold=True), look.party_style(row.party)
    name, short = _names(row.party, scene)
    large = _large_names(plan, room, scene)
    if large == "above":
        all_fit = all(
            big_width(_names(each.party, scene)[0], SMALL) < room
            for each in leading(scene.standing, plan.rows)
            if each.party != NOC
        )
        said = name if all_fit and big_width(name, SMALL) < room else short
        canvas.block(x, y, big(said, SMALL), strong)
        _bar(canvas, (x, y + 4), room - 2, max(1, min(2, plan.pitch - 5)), share, bar)
        if share:
            half = look.style(look.party(row.party)[0])
            canvas.put(x, y + 3, "▄" * max(1, round((room - 2) * share)), half)
    elif large == "beside":
        canvas.block(x, y + (plan.high - SMALL.rows) // 2, big(short, SMALL), strong)
        wide = _SHORT_NAME + 2
        _bar(canvas, (x + wide, y + 1), room - wide - 2, plan.high - 1, share, bar)
    elif plan.high >= 3:
        canvas.words(x, y, name if cells_of(name) < room else short, strong, room - 1)
        _bar(canvas, (x, y + 1), room - 2, plan.high - 1, share, bar)
    else:
        end = canvas.words(x, y, name if cells_of(name) < room else short, strong, room - 1)
        left = x + max(19, end - x + 1)
        if plan.label - left >= _LEAST_BAR:
            _bar(canvas, (left, y), plan.label - left - 2, 1, share, bar)


def _names(party: PartyId, scene: Scene) -> tuple[str, str]:
    """Return a party's name in full and short, in capitals."""
    names = scene.standing.party_names
    short = "LIB DEM" if party == LD else party_of(party, names).label.upper()
    return headline_name(party, names).upper(), short


def _large_names(plan: _Plan, room: int, scene: Scene) -> Literal["above", "beside", ""]:
    """Return where the names stand in block letters: over their bars, beside them, or nowhere."""
    if plan.high < 3:
        return ""
    longest = max(
        big_width(_names(row.party, scene)[1], SMALL) for row in leading(scene.standing, plan.rows)
    )
    if plan.pitch >= 6 and longest < room:
        return "above"
    return "beside" if longest <= _SHORT_NAME <= room - _LEAST_BAR - 4 else ""


def _bar(  # noqa: PLR0913, PLR0917
    canvas: Canvas, at: tuple[int, int], room: int, high: int, share: float, style: Style
) -> None:
    if share and room > 0:
        canvas.fill(*at, max(1, round(room * share)), max(1, high), style)


def _also(rows: Iterable[BoardRow], width: int) -> list[str]:
    """Return the parties without a row of their own, on as many lines as they take."""
    said = []
    for row in rows:
        councils = f"{counted(row.councils, 'council')}, " if row.councils else ""
        net = "" if row.seats_net is None else f" {signed(row.seats_net, '±0')}"
        said.append(f"{capitalised(row.name)} {councils}{counted(row.seats_won, 'seat')}{net}")
    if not said:
        return []
    lines = ["Also: "]
    for at, each in enumerate(said):
        piece = each if at == 0 else f" · {each}"
        if cells_of(lines[-1] + piece) > width and at:
            lines.append(f"      {each}")
        else:
            lines[-1] += piece
    return [cut(line, width) for line in lines]
