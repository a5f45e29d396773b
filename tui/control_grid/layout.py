"""Where every council stands on the control grid, and how much of its name there is room for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from math import ceil

from feed.model.entries import PlaceId
from feed.model.standing import CouncilStanding
from tui.control_grid.measures import (
    Arrangement,
    Councils,
    Density,
    Fit,
    all_named,
    awaited_last,
    fit_all,
    fit_with_names,
    is_awaited,
    name_said,
    takes_the_same_room,
    with_names,
)
from tui.control_grid.order import DensityChoice, Group, Sort, rank_in, sections
from tui.control_grid.tile_map import LOW_SIZES, SIZES, TileMap, tile_map
from tui.text.short_names import short_names


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
    awaited: range = range(0)
    """Positions of awaited councils that leave their room to the names of the others."""
    dots: int = 0
    """Cells from one of these to the next."""
    apart: Arrangement | None = field(default=None, compare=False)
    """How all stand once the awaited ones do; where none may have to, none."""

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
        if self.tiles is not None:
            first = self.tiles.spots[self.order[place]].y
            return range(first, first + self.tiles.size.high)
        rows = enumerate(self.rows)
        at = next(at for at, row in rows if not isinstance(row, Heading) and place in row)
        return range(at, at + 1)

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
    by_place = {council.id: council for council in councils}
    whole = all_named(parts, titled=titled)
    found = fit_all(whole.counts, width, height, wanted)
    if wanted != "auto" or found.density is not Density.BLOCKS:
        return _built(whole, found, by_place, height)
    apart = awaited_last(parts, titled=titled)
    named = fit_with_names(apart.counts, width, height)
    if named is not None:
        return _built(apart, named, by_place, height, apart)
    return _built(whole, found, by_place, height, apart)


def region_layout(
    councils: Sequence[CouncilStanding], width: int, height: int, sort: Sort, wanted: DensityChoice
) -> Layout | None:
    """Lay out `councils` by region; none where not all would be seen."""
    found = layout(councils, width, height, "region", sort, wanted)
    return found if len(found.rows) <= height else None


def relaid(  # noqa: PLR0913, PLR0917
    grid: Layout,
    councils: Councils,
    changed: Iterable[tuple[CouncilStanding, CouncilStanding]],
    width: int,
    height: int,
    group: Group = "none",
    sort: Sort = "name",
) -> Layout | None:
    """Return the layout after some councils have changed; none where all has to be laid out anew.

    Args:
        grid: the layout before, which is returned where nothing has moved.
        councils: all of them, as they are now.
        changed: each of those that are not what they were, as it was and as it is.
        width: cells of the pane, as `grid` was laid out for.
        height: its rows.
        group: what the councils are grouped by.
        sort: the order inside a group.
    """
    come = list[CouncilStanding]()
    for before, now in changed:
        is_other = grid.apart is not None and is_awaited(before) != is_awaited(now)
        if (is_other and is_awaited(now)) or not takes_the_same_room(before, now, group):
            return None
        come += [now] * is_other
        has_a_place = bool(grid.tiles) or bool(is_other and grid.awaited)
        if not has_a_place and rank_in(before, sort) != rank_in(now, sort):
            return None
    if grid.apart is None or not come:
        return grid
    apart = with_names(grid.apart, come, councils, group, sort)
    if apart is None:
        return None
    named = fit_with_names(apart.counts, width, height)
    if named is not None:
        return _built(apart, named, councils, height, apart)
    return None if grid.awaited else replace(grid, apart=apart)


def _built(
    arranged: Arrangement,
    found: Fit,
    councils: Councils,
    height: int,
    apart: Arrangement | None = None,
) -> Layout:
    """Lay out councils as they are arranged, in columns that have been measured."""
    order, count = arranged.order, sum(arranged.counts.named)
    names: tuple[str, ...] = ("",) * count
    if found.name_width:
        said = tuple(name_said(councils[place].name) for place in order[:count])
        names = _names(said, found.name_width)
    rows = _rows(arranged, found)
    if arranged.counts.titled and len(rows) + len(arranged.parts) - 1 <= height:
        rows = _set_apart(rows)
    return Layout(
        density=found.density,
        columns=found.columns,
        pitch=found.pitch,
        code=arranged.counts.code,
        name_width=found.name_width,
        rows=rows,
        order=order,
        names=names + ("",) * len(arranged.awaited),
        awaited=range(count, len(order)),
        dots=found.dots,
        apart=apart,
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


@lru_cache(maxsize=32)
def _names(names: tuple[str, ...], width: int) -> tuple[str, ...]:
    short = short_names(names, max(4, width))
    return tuple(short[name] if width >= 4 else short[name][:width] for name in names)


def _set_apart(rows: Sequence[Row]) -> tuple[Row, ...]:
    spaced: list[Row] = []
    for row in rows:
        spaced += [(), row] if spaced and isinstance(row, Heading) else [row]
    return tuple(spaced)


def _rows(arranged: Arrangement, found: Fit) -> tuple[Row, ...]:
    """Return the rows: as many names in each as there are columns, or as many dots as fit."""
    rows: list[Row] = []
    first = 0
    for part in arranged.parts:
        awaited = len(arranged.awaited) if part is arranged.parts[-1] else 0
        if arranged.counts.titled:
            end = first + len(part.councils) + awaited
            rows.append(Heading(part.title, first, end, part.elsewhere))
        for size, most in ((len(part.councils), found.columns), (awaited, found.across)):
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
