"""Where every council stands on the control grid, and how much of its name there is room for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from math import ceil
from typing import NamedTuple

from feed.model.entries import PlaceId
from feed.model.parties import PartyId
from feed.model.standing import CouncilStanding
from tui.colours.party_colours import letter
from tui.control_grid.order import (
    TO_COME,
    DensityChoice,
    Group,
    Section,
    Sort,
    sections,
    standing_in,
)
from tui.control_grid.tile_map import LOW_SIZES, SIZES, TileMap, tile_map
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
_DOTS = (2, 1)
"""Cells of an awaited council, where the others need its room for their names."""


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
    elsewhere: int = 0
    """How many more belong to it: awaited councils, which stand last."""


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
    awaited: frozenset[int] = frozenset()
    """Positions of awaited councils that leave their room to the names of the others."""
    dots: int = 0
    """Cells from one of these to the next."""

    def is_awaited(self, row: Row) -> bool:
        """Return whether the councils of a row are awaited and leave their room to the others."""
        return not isinstance(row, Heading) and bool(row) and row[0] in self.awaited

    def pitch_of(self, row: Row) -> int:
        """Return the cells from one council of a row to the next."""
        return self.dots if self.is_awaited(row) else self.pitch

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
        column = x // self.pitch_of(places)
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

    Where that leaves nobody a name, the awaited councils leave their room to the others. A density
    that is `wanted` stands, also where the grid has to scroll for it.
    """
    parts, titled = sections(councils, group, sort), group != "none"
    whole = [_Part(part.title, part.councils) for part in parts]
    found = _laid_out(whole, width, height, wanted, titled=titled)
    if wanted == "auto" and found.density is Density.BLOCKS:
        apart = _awaited_last(parts)
        if 0 < len(apart[-1].awaited) < len(councils):
            named = [_laid_out(apart, width, height, titled=titled, dots=dots) for dots in _DOTS]
            seen = [it for it in named if len(it.rows) <= height and it.name_width]
            return max(seen, key=lambda it: it.pitch, default=found)
    return found


def region_layout(
    councils: Sequence[CouncilStanding], width: int, height: int, sort: Sort, wanted: DensityChoice
) -> Layout | None:
    """Lay out `councils` by region; none where all are of one, or not all would be seen."""
    if len({council.region for council in councils}) < 2:
        return None
    found = layout(councils, width, height, "region", sort, wanted)
    return found if len(found.rows) <= height else None


class _Part(NamedTuple):
    """A section as it is laid out."""

    title: str
    named: tuple[CouncilStanding, ...]
    awaited: tuple[CouncilStanding, ...] = ()
    elsewhere: int = 0


def _awaited_last(parts: Sequence[Section]) -> list[_Part]:
    """Return the sections without the councils that are awaited, and these as one at the end."""
    found = []
    awaited: list[CouncilStanding] = []
    for part in parts:
        named = tuple(council for council in part.councils if council.status != "expected")
        awaited += (council for council in part.councils if council.status == "expected")
        if named or part.title != TO_COME:
            found.append(_Part(part.title, named, elsewhere=len(part.councils) - len(named)))
    return [*found, _Part(TO_COME, (), tuple(awaited))]


def _laid_out(  # noqa: PLR0913  # what `layout` is told
    parts: Sequence[_Part],
    width: int,
    height: int,
    wanted: DensityChoice = "auto",
    *,
    titled: bool,
    dots: int = 1,
) -> Layout:
    """Lay out sections, those councils that are awaited apart as one dot each."""
    everyone = [council for part in parts for council in (*part.named, *part.awaited)]
    named = [council for part in parts for council in part.named]
    names = tuple(_said(council.name) for council in named)
    parties = {_party(council) for council in named}
    code = 1 + max((_code_width(party) for party in parties), default=1)
    longest = max((len(name) if name.isascii() else cells_of(name) for name in names), default=1)
    across = max(1, width // dots)
    below = sum(ceil(len(part.awaited) / across) for part in parts)
    sizes = [len(part.named) for part in parts]
    columns = _columns(sizes, width, height - below, titled=titled)
    least, most = _pitches(wanted, code, longest)
    if wanted != "auto":
        columns = min(max(columns, width // most), max(1, width // least))
    else:
        columns = max(columns, min(width // most, len(named) // _FEWEST_ROWS))
    pitch = max(1, min(max(1, width) // columns, most))
    density, name_width = _density(pitch, code, longest)
    rows = _rows(parts, columns, across, titled=titled)
    said = dict(zip([it.id for it in named], _names(names, density, name_width), strict=True))
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
        names=tuple(said.get(council.id, "") for council in everyone),
        awaited=frozenset(at for at, council in enumerate(everyone) if council.id not in said),
        dots=dots,
    )


def map_layout(
    councils: Sequence[CouncilStanding], on: date | None, width: int, height: int
) -> Layout | None:
    """Lay out `councils` as a map of tiles, as large as fits; none where the pane is too narrow.

    In a pane that is not high enough for it two rows stand in one; where it is too narrow for
    that it scrolls.
    """
    ids = tuple(sorted(council.id for council in councils))
    flat = tuple(size for size in SIZES if size.high == 1)
    tiles = tile_map(ids, on, width, height, (*SIZES[:-1], *LOW_SIZES, SIZES[-1]))
    tiles = tiles or tile_map(ids, on, width, 10**6, flat)
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
    grid: Layout,
    before: CouncilStanding,
    now: CouncilStanding,
    group: Group = "none",
    sort: Sort = "name",
) -> bool:
    """Tell whether a council that has changed leaves the grid as it is laid out."""
    if (before.status == "expected") != (now.status == "expected") and (
        grid.awaited or grid.density is Density.BLOCKS
    ):
        return False
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


def _rows(parts: Sequence[_Part], columns: int, dots: int, *, titled: bool) -> tuple[Row, ...]:
    """Return the rows of sections, `columns` names or `dots` awaited councils in each."""
    rows: list[Row] = []
    first = 0
    for part in parts:
        count = len(part.named) + len(part.awaited)
        if titled:
            rows.append(Heading(part.title, first, first + count, part.elsewhere))
        for size, most in ((len(part.named), columns), (len(part.awaited), dots)):
            deep = ceil(size / most)
            for down in range(deep):
                row = tuple(range(first + down, first + size, deep))
                rows.append(row + (None,) * (most - len(row)))
            first += size
    return tuple(rows)


def across(grid: Layout, place: int, by: int) -> int:
    """Return the position `by` columns to the right (left when negative), in its row if any."""
    if grid.tiles is not None:
        return _on_map(grid, grid.tiles, place, (1 if by > 0 else -1, 0), abs(by))
    row, column = grid.spots[place]
    pitch = grid.pitch_of(grid.rows[row])
    for above in range(row, -1, -1):
        places = grid.rows[above]
        if isinstance(places, Heading) or not places or grid.pitch_of(places) != pitch:
            return place
        found = places[max(0, min(column + by, len(places) - 1))]
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
    pitch = grid.pitch_of(grid.rows[row])
    elsewhere = False
    row += direction
    while 0 <= row < len(grid.rows):
        places = grid.rows[row]
        if isinstance(places, Heading):
            elsewhere = True
        elif places:
            elsewhere |= grid.pitch_of(places) != pitch
            under = min(column * pitch // grid.pitch_of(places), len(places) - 1)
            if places[under] is not None or elsewhere:
                return [found for found in places[: under + 1] if found is not None][-1]
        row += direction
    return place
