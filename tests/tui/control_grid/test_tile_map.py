"""The tile map at a size, and as a mode of the grid: nobody is missing, the cursor goes over it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feed.councils.register import built_in
from feed.model.entries import PlaceId
from tests.tui.desk_app import night_of, replay_desk, running, settled
from tests.tui.standings import a_council
from tui.colours.themes import DARK
from tui.control_grid.cells import Marks
from tui.control_grid.layout import across, down, map_layout
from tui.control_grid.tile_map import LOW_SIZES, SIZES, TileMap, tile_map
from tui.control_grid.tiles import Tiles, tile_line
from tui.settings.options import Options

ENGLAND = night_of("england-2019").edge().councils
IDS = tuple(council.id for council in ENGLAND)
REGISTER = tuple(known.id for known in built_in())
ON = date(2019, 5, 2)


def cells_of(grid: TileMap) -> list[tuple[int, int]]:
    return [
        (spot.x + x, spot.y + y)
        for spot in grid.spots.values()
        for x in range(grid.size.wide)
        for y in range(grid.size.high)
    ]


def a_map(width: int, height: int) -> TileMap:
    found = tile_map(IDS, ON, width, height)
    assert found is not None
    return found


@settings(deadline=None, max_examples=40)
@given(
    st.sets(st.sampled_from(REGISTER), min_size=1),
    st.integers(26, 320),
    st.integers(13, 120),
    st.sampled_from([SIZES, LOW_SIZES]),
)
def test_no_two_tiles_share_a_cell_and_nobody_is_missing(
    places: set[PlaceId], width: int, height: int, sizes: tuple[object, ...]
) -> None:
    grid = tile_map(tuple(sorted(places)), None, width, height, sizes)
    if grid is None:
        return
    assert set(grid.spots) == places
    cells = cells_of(grid)
    assert len(set(cells)) == len(cells)
    assert grid.width <= width
    assert grid.height <= height
    assert all(0 <= x < grid.width for x, _ in cells)


@pytest.mark.parametrize(
    ("width", "height", "size"),
    [(48, 26, (2, 1)), (72, 26, (3, 1)), (96, 26, (4, 1)), (146, 52, (6, 2))],
)
def test_the_tiles_are_as_large_as_fits(width: int, height: int, size: tuple[int, int]) -> None:
    assert a_map(width, height).size[:2] == size


@pytest.mark.parametrize(("width", "wide"), [(50, 1), (97, 2), (146, 3)])
def test_in_half_the_height_two_rows_stand_in_one_and_every_tile_has_its_letter(
    width: int, wide: int
) -> None:
    grid = map_layout(ENGLAND, ON, width, 13)
    assert grid is not None
    assert grid.tiles is not None
    assert grid.tiles.size == (wide, 1, 2)
    assert len(grid.rows) == 13
    councils = {council.id: council for council in ENGLAND}
    rows = [
        "".join(piece.text for piece in tile_line(Tiles(grid.tiles, councils), y, DARK))
        for y in range(13)
    ]
    for council in ENGLAND:
        spot = grid.tiles.spots[council.id]
        assert rows[spot.y][spot.x].isalpha()


def test_odd_rows_lie_half_a_tile_to_the_right() -> None:
    grid = a_map(100, 26)
    starts = {spot.y: spot.x % 4 for spot in grid.spots.values()}
    ordered = [starts[y] for y in sorted(starts)]
    assert all(abs(one - other) == 2 for one, other in pairwise(ordered))


def test_england_is_at_once_england() -> None:
    grid = a_map(146, 52)
    named = {council.name: grid.spots[council.id] for council in ENGLAND}
    assert named["Carlisle"].y < named["Leeds"].y < named["Derby"].y < named["Plymouth"].y
    assert named["Plymouth"].x < named["Bath and North East Somerset"].x < named["Canterbury"].x
    assert named["Liverpool"].x < named["Leeds"].x < named["Hull"].x if "Hull" in named else True
    assert named["North Norfolk"].x > named["Leicester"].x > named["Telford and Wrekin"].x


def test_what_no_map_knows_stands_in_a_row_below() -> None:
    made_up = tuple(PlaceId(f"made up {number}") for number in range(60))
    grid = tile_map((*IDS, *made_up), ON, 100, 40)
    assert grid is not None
    below = {grid.spots[place].y for place in made_up}
    assert min(below) > max(grid.spots[place].y for place in IDS)
    assert tile_map(made_up, ON, 100, 40) is not None


@pytest.mark.parametrize("size", [(50, 26), (100, 26), (150, 52), (300, 78)])
def test_every_line_of_the_map_is_as_wide_as_the_map(size: tuple[int, int]) -> None:
    grid = a_map(*size)
    councils = {council.id: council for council in ENGLAND}
    marks = Marks(lambda it: it.region == "North West", frozenset(IDS[:9]), frozenset(IDS[3:5]))
    for y in range(grid.height):
        line = tile_line(Tiles(grid, councils, marks, IDS[4]), y, DARK)
        assert sum(piece.cell_length for piece in line) == grid.width


def test_a_tile_says_letter_change_and_name() -> None:
    grid = a_map(150, 52)
    trafford = next(council for council in ENGLAND if council.name == "Trafford")
    spot = grid.spots[trafford.id]
    lines = [
        "".join(piece.text for piece in tile_line(Tiles(grid, {trafford.id: trafford}), y, DARK))
        for y in (spot.y, spot.y + 1)
    ]
    assert lines[0][spot.x : spot.x + 5] == " L▲  "
    assert lines[1][spot.x : spot.x + 5] == "Traff"


def test_arrows_lead_from_tile_to_tile_and_never_off_the_map() -> None:
    grid = map_layout(ENGLAND, ON, 100, 26)
    assert grid is not None
    for place in range(0, len(grid.order), 7):
        for by in (1, -1, 5):
            assert 0 <= across(grid, place, by) < len(grid.order)
            assert 0 <= down(grid, place, by) < len(grid.order)
    first = grid.spots[0]
    assert grid.spots[down(grid, 0, 1)][0] > first[0]
    assert down(grid, 0, -1) == 0


def test_a_narrow_pane_has_no_map_and_a_low_one_scrolls() -> None:
    assert map_layout(ENGLAND, ON, 20, 40) is None
    low = map_layout(ENGLAND, ON, 60, 8)
    assert low is not None
    assert len(low.rows) > 8


def test_a_map_stands_as_it_stood_when_a_council_declares() -> None:
    changed = [replace(ENGLAND[0], status="expected", after=None), *ENGLAND[1:]]
    assert map_layout(changed, ON, 100, 26) == map_layout(ENGLAND, ON, 100, 26)


def test_a_cell_under_the_mouse_is_its_council() -> None:
    grid = map_layout(ENGLAND, ON, 150, 52)
    assert grid is not None
    for place in range(0, len(grid.order), 11):
        spot = grid.tiles.spots[grid.order[place]] if grid.tiles else None
        assert spot is not None
        assert grid.at(spot.y + 1, spot.x + 2) == place


async def test_m_lays_the_grid_out_as_a_map_with_cursor_filter_and_detail() -> None:
    app = replay_desk("12:00")
    async with running(app, (120, 40)) as pilot:
        await pilot.press("3", "z", "M")
        await settled(app, pilot)
        assert app.grid.is_map
        assert "· map" in app.text
        await pilot.press("apostrophe", *"traff", "escape")
        await settled(app, pilot)
        council = app.desk.current.standing.council(app.grid.selected)
        assert council is not None
        assert council.name == "Trafford"
        await pilot.press("right", "left", "down", "up")
        await settled(app, pilot)
        await pilot.press("enter")
        await settled(app, pilot)
        assert "for a majority" in app.text
        await pilot.press("escape", "M")
        await settled(app, pilot)
        assert not app.grid.is_map


async def test_a_declaration_on_the_map_draws_its_own_lines_alone() -> None:
    app = replay_desk("02:00", look=Options(density="map"))
    async with running(app, (200, 60)) as pilot:
        await pilot.press("3", "z")
        await settled(app, pilot)
        assert app.grid.is_map
        council = app.desk.current.standing.councils[0]
        kept = set(app.grid._kept)
        app.grid.paint = lambda: None  # type: ignore[method-assign]
        app.grid.look_again_at([council.id])
        place = app.grid.laid_out.places[council.id]
        assert kept - set(app.grid._kept) == set(app.grid.laid_out.lines_of(place))


def test_a_council_without_a_place_of_its_own_is_drawn_too() -> None:
    invented = [a_council("Alderton", "con", "lab"), a_council("Birchley", None)]
    grid = map_layout(invented, ON, 60, 20)
    assert grid is not None
    assert len(grid.order) == 2
