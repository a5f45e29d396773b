"""The lines of the control grid and the words in its border."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from rich.segment import Segment

from feed.clock import hh_mm
from feed.english import counted
from feed.model.entries import PlaceId
from feed.model.parties import NOC, PartyId, agency_order
from feed.model.standing import CouncilStanding, Standing
from feed.wording.control import declaration_of, phrase
from feed.wording.progress import progress_words
from tui.colours.party_colours import letter
from tui.colours.themes import Look
from tui.control_grid.cells import Cell, Face, Marks, draw, face
from tui.control_grid.layout import Heading, Layout
from tui.control_grid.measures import Density
from tui.control_grid.order import GROUP_TITLES, SORT_TITLES, TO_COME, Group, Sort
from tui.control_grid.tiles import Tiles, tile_line
from tui.text.terminal_text import cut, segment
from tui.text.terminal_text import width as cells_of

TITLE = "Council control"


def title_words(since: str, group: Group, sort: Sort | None = "name") -> str:
    """Return `Council control · changed since 02:10 · by region`; with no order, of the map."""
    grouped = [] if group == "none" else [GROUP_TITLES[group]]
    ordered = [SORT_TITLES[sort]] if sort and not (grouped and sort == "name") else []
    how = ", ".join([*grouped, *ordered]) if sort else "map"
    return " · ".join(filter(None, (TITLE, f"changed {since}" if since else "", how)))


def progress(standing: Standing) -> str:
    """Return `136 to come`; where nobody has said how many are up, `3 declared`."""
    declared, up = standing.progress
    rest = f"{up - declared:,} to come" if up > declared else "all declared"
    return rest if up else progress_words(standing)


def named(council: CouncilStanding, width: int, *, watched: bool = False) -> str:
    """Return `Trafford · Lab gain from NOC · 36 of 63`, without what has no room."""
    pieces = [piece for piece in (council.name, *_said(council)) if piece]
    if watched:
        pieces.append("watched")
    while len(pieces) > 1 and cells_of(" · ".join(pieces)) > width:
        pieces.pop()
    return cut(" · ".join(pieces), width)


def _said(council: CouncilStanding) -> Sequence[str]:
    if council.status == "expected":
        when = f"expected {hh_mm(council.expected_at)}" if council.expected_at else "to come"
        return (when, council.majority_notes[0] if council.majority_notes else "")
    if council.status == "counting":
        of = f" of {council.wards_total}" if council.wards_total else ""
        return ("counting", f"{counted(council.wards_in, 'ward')}{of} in")
    if council.status == "declared" and council.after is None:
        return ("declared", _by_seats(council))
    control = str(phrase(declaration_of(council), "bbc").tail).removeprefix(": ")
    if council.status == "rush":
        return (control, "unconfirmed")
    revision = f"r{council.revision}" if council.corrected else ""
    return (control, _seats(council), revision)


def _by_seats(council: CouncilStanding) -> str:
    won = sorted(council.seats, key=lambda line: -(line.after or 0))
    return ", ".join(f"{line.label} {line.after}" for line in won if line.after)


def _seats(council: CouncilStanding) -> str:
    filled = sum(line.after or 0 for line in council.seats)
    if not filled:
        return ""
    if council.after not in (None, NOC):
        own = sum(line.after or 0 for line in council.seats if line.party == council.after)
        return f"{own} of {filled}"
    largest = max(council.seats, key=lambda line: line.after or 0)
    return f"{largest.label} {largest.after} of {filled}"


_MOST_KEPT = 20_000
_Drawn = tuple[Segment, ...]
"""A cell of the grid."""


class Brush:
    """Draws the lines of one layout in the colours of one look."""

    def __init__(self, grid: Layout, look: Look) -> None:
        self.grid, self.look = grid, look
        self._cells = _DrawnCells(grid, look)
        self._dots = _DrawnCells(
            replace(grid, density=Density.BLOCKS, pitch=grid.dots, code=0, name_width=0), look
        )
        self._awaited: dict[PlaceId, _Drawn] = {}
        """Councils that leave their room to the names of others, as they were last drawn."""

    def of(self, grid: Layout, look: Look) -> Brush:
        """Return the brush for another layout and look; it need not draw what both draw alike."""
        other = Brush(grid, look)
        if other._cells.are_as(self._cells):
            other._cells = self._cells
        if other._dots.are_as(self._dots):
            other._dots, other._awaited = self._dots, self._awaited
        return other

    def forget(self, places: Iterable[PlaceId]) -> None:
        """Take over that some councils look other than they did."""
        for place in places:
            self._awaited.pop(place, None)

    def line(
        self,
        index: int,
        councils: Mapping[PlaceId, CouncilStanding],
        marks: Marks,
        chosen: int | None,
        width: int,
    ) -> list[Segment]:
        """Return one line of the grid: a row of cells, or a heading.

        Args:
            index: the line, counted from 0.
            councils: all of them.
            marks: what the desk says of them.
            chosen: the position of the council under the cursor; none where it is not seen.
            width: cells of the line.

        """
        row = self.grid.rows[index]
        if self.grid.tiles is not None:
            place = None if chosen is None else self.grid.order[chosen]
            return tile_line(Tiles(self.grid.tiles, councils, marks, place), index, self.look)
        if isinstance(row, Heading):
            members = [councils[place] for place in self.grid.order[row.first : row.last]]
            return draw_heading(row, members, width, self.look)
        if self.grid.is_awaited(row):
            return self._awaited_row(row, councils, marks, chosen)
        return self.row(row, councils, marks, chosen)

    def row(
        self,
        row: Iterable[int | None],
        councils: Mapping[PlaceId, CouncilStanding],
        marks: Marks,
        chosen: int | None,
    ) -> list[Segment]:
        """Return a row's segments; the council at the position `chosen` is under the cursor."""
        order, names, cells = self.grid.order, self.grid.names, self._cells
        pieces: list[Segment] = []
        for at in row:
            if at is None:
                pieces += cells.none
            else:
                pieces += cells.of(councils[order[at]], names[at], marks, selected=at == chosen)
        return _run_together(pieces)

    def _awaited_row(
        self,
        row: Sequence[int | None],
        councils: Mapping[PlaceId, CouncilStanding],
        marks: Marks,
        chosen: int | None,
    ) -> list[Segment]:
        """Return a row of awaited councils: of thousands of them all but a few look alike."""
        at = [place for place in row if place is not None]
        places = self.grid.order[at[0] : at[-1] + 1 : at[1] - at[0] if at[1:] else 1]
        try:
            cells = [*map(self._awaited.__getitem__, places)]
        except KeyError:
            for place in places:
                self._awaited[place] = self._dots.of(councils[place], "", marks, selected=False)
            cells = [*map(self._awaited.__getitem__, places)]
        if chosen is not None and chosen in at:
            index = at.index(chosen)
            cells[index] = self._dots.of(councils[places[index]], "", marks, selected=True)
        cells += [self._dots.none] * (len(row) - len(at))
        pieces: list[Segment] = []
        for cell, alike in groupby(cells):
            pieces += _repeated(cell, len(list(alike)))
        return _run_together(pieces)


def _repeated(cell: _Drawn, times: int) -> Sequence[Segment]:
    if len(cell) == 1:
        return (Segment(cell[0].text * times, cell[0].style),)
    return cell * times


class _DrawnCells:
    """The cells of one kind of layout, each drawn once for all councils that look alike."""

    def __init__(self, grid: Layout, look: Look) -> None:
        self._grid, self._look = grid, look
        self._drawn: dict[tuple[Face, str, bool, bool, bool, bool], _Drawn] = {}
        self.none: _Drawn = (Segment(" " * grid.pitch, look.base),)
        """Where no council stands."""

    def are_as(self, other: _DrawnCells) -> bool:
        """Whether those of another layout are drawn in the same way."""
        one, two = self._grid, other._grid
        return self._look is other._look and (
            (one.density, one.pitch, one.code, one.name_width)
            == (two.density, two.pitch, two.code, two.name_width)
        )

    def of(self, council: CouncilStanding, name: str, marks: Marks, *, selected: bool) -> _Drawn:
        """Return a council's cell."""
        lit = marks.lit
        seen = (
            face(council),
            name,
            selected,
            lit is not None and not lit(council),
            council.id in marks.fresh,
            council.id in marks.watched,
        )
        known = self._drawn.get(seen)
        if known is None:
            if len(self._drawn) >= _MOST_KEPT:
                self._drawn.clear()
            base, pieces = self._look.base, draw(Cell(council, *seen[1:]), self._grid, self._look)
            # The sum of equal styles is one and the same object, by which neighbours are compared.
            known = self._drawn[seen] = tuple(
                Segment(piece.text, base + piece.style if piece.style else base) for piece in pieces
            )
        return known


def _run_together(pieces: list[Segment]) -> list[Segment]:
    """Make one segment of neighbours in one style: each costs its way to the terminal."""
    runs: list[Segment] = []
    text, style = "", None
    for piece in pieces:
        if piece.style is style:
            text += piece.text
        else:
            if text:
                runs.append(Segment(text, style))
            text, style = piece.text, piece.style
    if text:
        runs.append(Segment(text, style))
    return runs


_TIGHT_BELOW = 52
"""Cells below which all headings are written tightly."""


def draw_heading(
    heading: Heading, councils: Sequence[CouncilStanding], width: int, look: Look
) -> list[Segment]:
    """Return a heading's segments: how far it is, and parties by councils, the largest first.

    Where some find no room, how many more there are is said; where none does, nothing.
    """
    declared = [council for council in councils if council.status == "declared"]
    of = len(councils) + heading.elsewhere
    tight = width < _TIGHT_BELOW
    gap = " " if tight else "  "
    far = f"{len(declared)}{'/' if tight else ' of '}{of:,}"
    count = gap + (f"{of:,}" if heading.title == TO_COME else far)
    title = heading.title.replace(" and The ", " & ") if tight else heading.title
    room = width - cells_of(count)
    line = [segment(cut(title, max(0, room)), look.style(look.strong, bold=True))]
    if room <= 0:
        return line
    line.append(segment(count, look.style(look.dim)))
    room -= line[0].cell_length
    subtotals = Counter(council.after for council in declared if council.after is not None)
    order = sorted(agency_order(subtotals, {}), key=lambda party: -subtotals[party])
    chips = [_chip(party, subtotals[party], look, tight=tight) for party in order]
    shown = len(chips)
    rest: list[Segment] = []
    while shown and _cells([*chips[:shown], rest]) > room:
        shown -= 1
        left = sum(subtotals[party] for party in order[shown:])
        rest = [segment(f"{gap}{left} more", look.style(look.dim))]
    return [*line, *(piece for chip in (*chips[:shown], rest) for piece in chip if shown)]


def _cells(chips: Sequence[Sequence[Segment]]) -> int:
    return sum(piece.cell_length for chip in chips for piece in chip)


def _chip(party: PartyId, count: int, look: Look, *, tight: bool) -> list[Segment]:
    return [
        Segment(" " if tight else "  ", look.base),
        segment(letter(party), look.party_style(party, bold=True)),
        Segment(f"{count}" if tight else f" {count}", look.style(look.text)),
    ]
