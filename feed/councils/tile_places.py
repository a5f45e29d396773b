"""Where every council lies on the tile map: a hexagon a council, odd rows half a cell eastwards."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from feed.councils.register import built_in
from feed.councils.spelling import place_id
from feed.model.entries import PlaceId
from feed.records import record


class Tile(NamedTuple):
    """A cell of the map."""

    column: int
    """Counted eastwards."""
    row: int
    """Counted northwards; odd rows lie half a cell further east."""

    @property
    def neighbours(self) -> tuple[Tile, ...]:
        """The six cells that touch it."""
        column, row, east = self.column, self.row, self.row % 2
        return (
            Tile(column - 1, row), Tile(column + 1, row),
            Tile(column - 1 + east, row + 1), Tile(column + east, row + 1),
            Tile(column - 1 + east, row - 1), Tile(column + east, row - 1),
        )  # fmt: skip


@record(frozen=True, slots=True)
class TilePlaces:
    """Some councils on the map, and what else makes the shape of their nations."""

    tiles: Mapping[PlaceId, Tile]
    outline: Mapping[Tile, str]
    """The cells of their nations where none of them stands, each with the name of its council;
    without a name where that council is no more."""
    unplaced: tuple[PlaceId, ...]
    """Councils that the map does not know, or whose place is another's, in the order given."""


def tile_places(places: Iterable[PlaceId], on: date | None = None) -> TilePlaces:
    """Return where councils lie; no two of them share a cell.

    Args:
        places: the councils.
        on: the day of the poll, for the names of those that are not up; any day where None.
    """
    wanted = list(dict.fromkeys(places))
    base, later = _base(), _later()
    tiles = {place: base[place][0] for place in wanted if place in base}
    taken = set(tiles.values())
    for place in wanted:
        for tile in later.get(place, ()):
            if tile not in taken:
                tiles[place] = tile
                taken.add(tile)
                break
    nations = {_nation_of()[tile] for tile in taken}
    outline = {
        tile: name if _stands(place, on) else ""
        for place, (tile, name) in base.items()
        if tile not in taken and _nation_of()[tile] in nations
    }
    return TilePlaces(tiles, outline, tuple(place for place in wanted if place not in tiles))


@cache
def _base() -> Mapping[PlaceId, tuple[Tile, str]]:
    return {
        PlaceId(row["gss"]): (Tile(int(row["column"]), int(row["row"])), row["name"])
        for row in _rows("tile_map.csv")
    }


@cache
def _later() -> Mapping[PlaceId, tuple[Tile, ...]]:
    by_name = {name: tile for tile, name in _base().values()}
    return {
        PlaceId(row["gss"]) if row["gss"] else place_id(row["name"]): tuple(
            by_name[name] for name in row["in_place_of"].split(";")
        )
        for row in _rows("tile_map_later.csv")
    }


@cache
def _nation_of() -> Mapping[Tile, str]:
    return {tile: place[0] for place, (tile, _) in _base().items()}


@cache
def _ends() -> Mapping[PlaceId, date]:
    return {known.id: known.end for known in built_in() if known.end is not None}


def _stands(place: PlaceId, on: date | None) -> bool:
    end = _ends().get(place)
    return on is None or end is None or on <= end


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files("feed").joinpath("data", name).read_text(encoding="utf-8")
    return iter(csv.DictReader(text.splitlines()))
