"""The tile map at a size: which cells of the terminal every council's tile takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from math import ceil
from typing import NamedTuple

from feed.councils.tile_places import TilePlaces, tile_places
from feed.model.entries import PlaceId


class TileSize(NamedTuple):
    """Cells of a tile."""

    wide: int
    high: int
    rows: int = 1
    """Rows of the map that share one: of two, the tiles of one stand in the gaps of the other."""


class Spot(NamedTuple):
    """The first cell of a tile, counted from the map's corner."""

    x: int
    y: int


SIZES: tuple[TileSize, ...] = tuple(
    TileSize(*size)
    for size in (
        (12, 3), (10, 3), (8, 3), (10, 2), (9, 2), (8, 2), (7, 2), (6, 2),
        (5, 2), (4, 2), (7, 1), (6, 1), (5, 1), (4, 1), (3, 2), (3, 1), (2, 1), (1, 1),
    )
)  # fmt: skip
"""The sizes of a tile, the largest first."""
LOW_SIZES = tuple(TileSize(wide, 1, 2) for wide in (4, 3, 2, 1))
"""For half the height: two rows of the map in one, each tile still with its letter."""


@dataclass(frozen=True)
class TileMap:
    """Every council's tile; no two share a cell, and none is missing."""

    size: TileSize
    width: int
    height: int
    """Rows of the terminal."""
    spots: Mapping[PlaceId, Spot]
    outline: Mapping[Spot, str]
    """Tiles of councils that are not up, with their names."""
    below: int
    """Where the councils without a place on the map begin; the height where there are none."""

    @cached_property
    def order(self) -> tuple[PlaceId, ...]:
        """The councils in reading order."""
        return tuple(sorted(self.spots, key=lambda place: (self.spots[place][::-1], place)))

    @cached_property
    def rows(self) -> Mapping[int, tuple[PlaceId, ...]]:
        """The councils whose tiles begin on each row, from left to right."""
        found: dict[int, list[PlaceId]] = {}
        for place in self.order:
            found.setdefault(self.spots[place].y, []).append(place)
        return {row: tuple(places) for row, places in found.items()}

    def at(self, x: int, y: int) -> PlaceId | None:
        """Return the council whose tile covers a cell of the terminal."""
        for place, spot in self.spots.items():
            if spot.x <= x < spot.x + self.size.wide and spot.y <= y < spot.y + self.size.high:
                return place
        return None

    def beside(self, place: PlaceId, across: int, down: int) -> PlaceId:
        """Return the nearest council in a direction: 1 to the right or down, −1 to the left or up.

        At the edge of the map it is the council itself.
        """
        here = self.spots[place]
        if across:
            row = self.rows[here.y]
            at = row.index(place) + across
            return row[at] if 0 <= at < len(row) else place
        further = [row for row in self.rows if (row - here.y) * down > 0]
        if not further:
            return place
        nearest = min(further, key=lambda row: abs(row - here.y))
        return min(self.rows[nearest], key=lambda each: abs(self.spots[each].x - here.x))


@lru_cache(maxsize=32)
def tile_map(
    places: tuple[PlaceId, ...],
    on: date | None,
    width: int,
    height: int,
    sizes: tuple[TileSize, ...] = SIZES,
) -> TileMap | None:
    """Return the largest map that fits in `width` by `height`; none where not even the smallest.

    Args:
        places: the councils of the night.
        on: the day of the poll.
        width: cells of the terminal.
        height: rows of the terminal.
        sizes: sizes of a tile to choose from, the best first.
    """
    placed = _placed(places, on)
    for size in sizes:
        found = _laid_out(placed, size, width)
        if found.width <= width and found.height <= height:
            return found
    return None


@lru_cache(maxsize=8)
def _placed(places: tuple[PlaceId, ...], on: date | None) -> TilePlaces:
    return tile_places(places, on)


def _laid_out(placed: TilePlaces, size: TileSize, width: int) -> TileMap:
    cells = [*placed.tiles.values(), *placed.outline]
    left = min((tile.column * 2 + tile.row % 2 for tile in cells), default=0)
    right = max((tile.column * 2 + tile.row % 2 for tile in cells), default=-2)
    top = max((tile.row for tile in cells), default=0)
    bottom = min((tile.row for tile in cells), default=1)
    apart = size.wide * size.rows

    def spot(column: int, row: int) -> Spot:
        down = (top - row) // size.rows
        return Spot((column * 2 + row % 2 - left) * apart // 2, down * size.high)

    spots = {place: spot(*tile) for place, tile in placed.tiles.items()}
    outline = {spot(*tile): name for tile, name in placed.outline.items()}
    below = high = ceil((top - bottom + 1) / size.rows) * size.high
    wide = (right - left) * apart // 2 + size.wide if cells else 0
    if placed.unplaced:
        below += size.high if cells else 0
        a_row = max(1, max(wide, min(width, 24 * size.wide)) // size.wide)
        spots |= {
            place: Spot(at % a_row * size.wide, below + at // a_row * size.high)
            for at, place in enumerate(placed.unplaced)
        }
        high = below + ceil(len(placed.unplaced) / a_row) * size.high
        wide = max(wide, min(a_row, len(placed.unplaced)) * size.wide)
    return TileMap(size, wide, high, spots, outline, below)
