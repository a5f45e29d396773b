"""The tile map drawn: a tile a council, in the colour of who controls it, with its letter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rich.segment import Segment
from rich.style import Style

from feed.model.entries import PlaceId
from feed.model.standing import CouncilStanding
from tui.colours.contrast import mixed, readable
from tui.colours.themes import Look
from tui.control_grid.cells import Cell, Marks, cell_colours, code_of, one_letter, small_marks
from tui.control_grid.tile_map import TileMap
from tui.text.short_names import short_name
from tui.text.terminal_text import cut, fit, safe
from tui.text.terminal_text import width as cells_of

_Piece = tuple[int, str, Style]
"""Where a run of cells begins, its text and its style."""
_NAMED_FROM = 4
"""Cells from which a tile has room for letters of its name."""


@dataclass(frozen=True, slots=True)
class Tiles:
    """The councils of a map and what is said of them beside the night."""

    grid: TileMap
    councils: Mapping[PlaceId, CouncilStanding]
    marks: Marks = field(default_factory=Marks)
    chosen: PlaceId | None = None
    """The council under the cursor."""


def tile_line(tiles: Tiles, y: int, look: Look) -> list[Segment]:
    """Return one row of the terminal, `grid.width` cells of the map."""
    high, pieces = tiles.grid.size.high, list[_Piece]()
    row = y - y % high if y < tiles.grid.below else y - (y - tiles.grid.below) % high
    within = y - row
    for spot, name in tiles.grid.outline.items():
        if spot.y == row:
            pieces.append((spot.x, *_outlined(name, within, tiles.grid, look)))
    for place in tiles.grid.rows.get(row, ()):
        council = tiles.councils.get(place)
        if council is not None:
            text, style = _tile(tiles, council, within, look)
            pieces.append((tiles.grid.spots[place].x, text, style))
    return _filled_up(pieces, tiles.grid.width, look)


def _filled_up(pieces: Iterable[_Piece], width: int, look: Look) -> list[Segment]:
    line: list[Segment] = []
    at = 0
    for x, text, style in sorted(pieces, key=lambda piece: piece[0]):
        if x > at:
            line.append(Segment(" " * (x - at), look.base))
        line.append(Segment(text, style))
        at = x + cells_of(text)
    if at < width:
        line.append(Segment(" " * (width - at), look.base))
    return line


def _body(grid: TileMap) -> int:
    """Return the cells of a tile that are filled; the rest sets it apart from the next."""
    return grid.size.wide - (grid.size.wide >= 3)


def _outlined(name: str, within: int, grid: TileMap, look: Look) -> tuple[str, Style]:
    fill = look.background if look.sixteen else mixed(look.background, look.strong, 0.045)
    style = Style(color=readable(mixed(look.faint, fill, 0.5), fill, 1.7), bgcolor=fill)
    body = _body(grid)
    if grid.size.high == 1:
        text = "·" if body <= 2 else f"· {name[: body - 2]}"
    else:
        text = _centred("·", body) if within == 0 else _name_line(name, within, grid)
    return fit(safe(text), body), style


def _tile(tiles: Tiles, council: CouncilStanding, within: int, look: Look) -> tuple[str, Style]:
    lit, marks = tiles.marks.lit, tiles.marks
    cell = Cell(
        council,
        council.name,
        selected=council.id == tiles.chosen,
        dimmed=lit is not None and not lit(council),
        fresh=council.id in marks.fresh,
        watched=council.id in marks.watched,
    )
    fill, ink = cell_colours(cell, look)
    if council.status in {"expected", "counting"} and not look.sixteen and not cell.dimmed:
        fill = mixed(look.background, look.strong, 0.17)
        ink = readable(look.text, fill, 5.5)
    bold = council.changed_hands or cell.fresh
    lined = council.changed_hands if _body(tiles.grid) == 1 else cell.fresh and within == 0
    style = Style(color=ink, bgcolor=fill, bold=bold, underline=lined)
    if cell.selected:
        style = Style(color=look.background, bgcolor=look.strong, bold=True)
    return fit(_tile_text(cell, within, tiles.grid), _body(tiles.grid)), style


def _tile_text(cell: Cell, within: int, grid: TileMap) -> str:
    body = _body(grid)
    code, marks = code_of(cell.council), "".join(small_marks(cell))
    if grid.size.high > 1:
        if within:
            return _name_line(cell.council.name, within, grid)
        return _centred(f"{code}{marks}"[:body], body)
    if body < _NAMED_FROM - 1:
        return one_letter(cell.council) if body == 1 else f"{code}{marks}"[:body]
    head = f"{code}{marks}" if marks else f"{code} "
    return f"{head}{safe(cell.council.name)[: max(0, body - cells_of(head))]}"


def _name_line(name: str, within: int, grid: TileMap) -> str:
    """Return a line of the name: on one line shortened, on two broken between its words."""
    body = _body(grid)
    if not name:
        return ""
    if grid.size.high == 2:
        return short_name(name, body) if body >= _NAMED_FROM else name[:body]
    lines = _broken(name, body)
    return lines[within - 1] if within <= len(lines) else ""


def _broken(name: str, body: int) -> Sequence[str]:
    if cells_of(name) <= body:
        return (name,)
    words = safe(name).split()
    first = words[0]
    for word in words[1:]:
        if cells_of(f"{first} {word}") > body:
            break
        first += f" {word}"
    rest = safe(name)[len(first) :].strip()
    return (cut(first, body), short_name(rest, body) if rest else "")


def _centred(text: str, body: int) -> str:
    return " " * ((body - cells_of(text)) // 2) + text
