"""Where every council stands on the control grid, and how much of its name there is room for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from math import ceil

from feed.model.entries import PlaceId
from feed.model.parties import PartyId
from feed.model.standing import CouncilStanding
from tui.colours.party_colours import letter
from tui.control_grid.order import DensityChoice, Group, Section, Sort, sections, standing_in
from tui.control_grid.tile_map import SIZES, TileMap, tile_map
from tui.text.short_names import short_names
from tui.text.terminal_text import safe
from tui.text.terminal_text import width as cells_of

_COMFORTABLE = 9
"""Cells of one council where the grid has to scroll in any case."""
_NARROWEST_IN_GROUPS = 2
_FEWEST_ROWS = 8
"""Where few councils stand, they take the width with their full names, at least so deep."""
_NARROWEST_TAG = 6
"""Two cells of letter code and four of a name; fewer letters would name nobody."""
_LEAST_SHORT = 8
"""Letters of a short name where all councils cannot be seen at once in any case."""
_NARROWEST_BLOCK, _WIDEST_BLOCK = 2, 4
"""A letter code with a gap, and a code of two letters with its mark and a gap."""


class Density(StrEnum):
    """How much of a council its cell says."""

    NAMES = "full names"
    SHORT = "short names"
    LETTERS = "four letters"
    TAGS = "blocks with letters"
    BLOCKS = "blocks"
    MAP = "tile map"


@dataclass(frozen=True, slots=True)
class Heading:
    """A row with a section's title; its councils are the positions from `first` to `last`."""

    title: str
    first: int
    last: int


Row = Heading | tuple[int | None, ...]
"""A heading, or the position of the council in each column; an empty row sets sections apart."""


@dataclass(frozen=True)
class Layout:
    """The grid for one size of the pane; positions count the councils in reading order."""

    density: Density
    columns: int
    pitch: int
    """Cells from one column to the next."""
    code: int
    """Cells of the letter code and its mark at the left of a cell."""
    name_width: int
    rows: tuple[Row, ...]
    order: tuple[PlaceId, ...]
    names: tuple[str, ...]
    """What each cell says of its council's name."""
    tiles: TileMap | None = None
    """The map that the councils lie on; none where they stand in columns."""

    @cached_property
    def spots(self) -> Mapping[int, tuple[int, int]]:
        """Row and column of each position."""
        return {
            place: (at, column)
            for at, row in enumerate(self.rows)
            if not isinstance(row, Heading)
            for column, place in enumerate(row)
            if place is not None
        }

    @cached_property
    def places(self) -> Mapping[PlaceId, int]:
        """The position of each council."""
        return {place: at for at, place in enumerate(self.order)}

    def lines_of(self, place: int) -> range:
        """Return the rows of the terminal that a council's cell takes."""
        first = self.spots[place][0]
        return range(first, first + (1 if self.tiles is None else self.tiles.size.high))

    def at(self, row: int, x: int) -> int | None:
        """Return the position at a row and a cell from the left, if a council stands there."""
        if self.tiles is not None:
            council = self.tiles.at(x, row)
            return None if council is None else self.places[council]
        if not 0 <= row < len(self.rows):
            return None
        places = self.rows[row]
        column = x // self.pitch
        if isinstance(places, Heading) or not 0 <= column < len(places):
            return None
        return places[column]


def layout(  # noqa: PLR0913, PLR0917
    councils: Sequence[CouncilStanding],
    width: int,
    height: int,
    group: Group = "none",
    sort: Sort = "name",
    wanted: DensityChoice = "auto",
) -> Layout:
    """Lay out `councils` in columns that read down, as wide as lets all of them be seen at once.

    A density that is `wanted` stands, also where the grid has to scroll for it.
    """
    parts = sections(councils, group, sort)
    titled = group != "none"
    everyone = [council for part in parts for council in part.councils]
    names = tuple(_said(council.name) for council in everyone)
    parties = {_party(council) for council in everyone}
    code = 1 + max((_code_width(party) for party in parties), default=1)
    longest = max((len(name) if name.isascii() else cells_of(name) for name in names), default=1)
    columns = _columns([len(part.councils) for part in parts], width, height, titled=titled)
    least, most = _pitches(wanted, code, longest)
    if wanted != "auto":
        columns = min(max(columns, width // most), max(1, width // least))
    else:
        columns = max(columns, min(width // most, len(everyone) // _FEWEST_ROWS))
    pitch = max(1, min(max(1, width) // columns, most))
    density, name_width = _density(pitch, code, longest)
    rows = _rows(parts, columns, titled=titled)
    if titled and len(rows) + len(parts) - 1 <= height:
        rows = _set_apart(rows)
    return Layout(
        density=density,
        columns=columns,
        pitch=pitch,
        code=code,
        name_width=name_width,
        rows=rows,
        order=tuple(council.id for council in everyone),
        names=_names(names, density, name_width),
    )


def map_layout(
    councils: Sequence[CouncilStanding], on: date | None, width: int, height: int
) -> Layout | None:
    """Lay out `councils` as a map of tiles, as large as fits; none where the pane is too narrow.

    A pane that is wide enough and not high enough scrolls.
    """
    ids = tuple(sorted(council.id for council in councils))
    flat = tuple(size for size in SIZES if size.high == 1)
    tiles = tile_map(ids, on, width, height) or tile_map(ids, on, width, 10**6, flat)
    if tiles is None or not ids:
        return None
    places = {place: at for at, place in enumerate(tiles.order)}
    return Layout(
        density=Density.MAP,
        columns=max(len(row) for row in tiles.rows.values()),
        pitch=tiles.size.wide,
        code=1,
        name_width=0,
        rows=tuple(
            tuple(places[place] for place in tiles.rows.get(y, ())) for y in range(tiles.height)
        ),
        order=tiles.order,
        names=("",) * len(ids),
        tiles=tiles,
    )


def stands_alike(
    before: CouncilStanding, now: CouncilStanding, group: Group = "none", sort: Sort = "name"
) -> bool:
    """Tell whether a council that has changed leaves the grid as it is laid out."""
    return (
        before.name == now.name
        and _code_width(_party(before)) == _code_width(_party(now))
        and standing_in(before, group, sort) == standing_in(now, group, sort)
    )


@cache
def _code_width(party: PartyId | None) -> int:
    return cells_of(letter(party))


def _said(name: str) -> str:
    """Return a name as it can be drawn; most are plain letters, which need no second look."""
    plain = name.isascii() and name.isprintable()
    return (name if plain else safe(name)) or "?"


def _party(council: CouncilStanding) -> PartyId | None:
    return council.after or council.before


def _columns(sizes: Sequence[int], width: int, height: int, *, titled: bool) -> int:
    """Return the fewest columns with which all rows fit; else as many as read comfortably."""
    narrowest = _NARROWEST_IN_GROUPS if titled else 1
    for columns in range(1, max(1, width // narrowest) + 1):
        if sum(ceil(size / columns) + titled for size in sizes) <= height:
            return columns
    return max(1, width // _COMFORTABLE)


def _pitches(wanted: DensityChoice, code: int, longest: int) -> tuple[int, int]:
    """Return the least and the most cells from one column to the next."""
    whole = code + longest + 1
    match wanted:
        case "auto":
            return 1, whole
        case "names":
            return whole, whole
        case "short":
            return min(whole, code + _LEAST_SHORT + 1), whole - (longest > _LEAST_SHORT)
        case "letters":
            return min(whole, _NARROWEST_TAG), min(whole, code + 5)
        case "blocks" | "map":
            return _NARROWEST_BLOCK, _WIDEST_BLOCK


def _density(pitch: int, code: int, longest: int) -> tuple[Density, int]:
    room = pitch - code - 1
    if room >= longest:
        return Density.NAMES, longest
    if room >= 4:
        return (Density.LETTERS if room == 4 else Density.SHORT), room
    if pitch >= _NARROWEST_TAG:
        return Density.TAGS, _NARROWEST_TAG - 2
    return Density.BLOCKS, 0


@lru_cache(maxsize=32)
def _names(names: tuple[str, ...], density: Density, width: int) -> tuple[str, ...]:
    if density is Density.BLOCKS:
        return ("",) * len(names)
    short = short_names(names, max(4, width))
    return tuple(short[name] if width >= 4 else short[name][:width] for name in names)


def _set_apart(rows: Sequence[Row]) -> tuple[Row, ...]:
    spaced: list[Row] = []
    for row in rows:
        spaced += [(), row] if spaced and isinstance(row, Heading) else [row]
    return tuple(spaced)


def _rows(parts: Sequence[Section], columns: int, *, titled: bool) -> tuple[Row, ...]:
    rows: list[Row] = []
    first = 0
    for part in parts:
        count = len(part.councils)
        if titled:
            rows.append(Heading(part.title, first, first + count))
        deep = ceil(count / columns)
        for down in range(deep):
            row = tuple(range(first + down, first + count, deep))
            rows.append(row + (None,) * (columns - len(row)))
        first += count
    return tuple(rows)


def across(grid: Layout, place: int, by: int) -> int:
    """Return the position `by` columns to the right (left when negative), in its row if any."""
    if grid.tiles is not None:
        return _on_map(grid, grid.tiles, place, (1 if by > 0 else -1, 0), abs(by))
    row, column = grid.spots[place]
    wanted = max(0, min(column + by, grid.columns - 1))
    for above in range(row, -1, -1):
        places = grid.rows[above]
        if isinstance(places, Heading) or not places:
            return place
        found = places[wanted]
        if found is not None:
            return found
    return place


def down(grid: Layout, place: int, by: int) -> int:
    """Return the position `by` rows below (above when negative), in the same column if any."""
    if grid.tiles is not None:
        return _on_map(grid, grid.tiles, place, (0, 1 if by > 0 else -1), abs(by))
    for _ in range(abs(by)):
        step = _one_down(grid, place, 1 if by > 0 else -1)
        if step == place:
            break
        place = step
    return place


def _on_map(
    grid: Layout, tiles: TileMap, place: int, direction: tuple[int, int], steps: int
) -> int:
    council = grid.order[place]
    for _ in range(steps):
        council = tiles.beside(council, *direction)
    return grid.places[council]


def _one_down(grid: Layout, place: int, direction: int) -> int:
    row, column = grid.spots[place]
    over_heading = False
    row += direction
    while 0 <= row < len(grid.rows):
        places = grid.rows[row]
        if isinstance(places, Heading):
            over_heading = True
        elif places and (places[column] is not None or over_heading):
            return [found for found in places[: column + 1] if found is not None][-1]
        row += direction
    return place
