"""The tile map knows where every council lies, and gives no cell twice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feed.councils.register import Known, built_in
from feed.councils.tile_places import Tile, tile_places
from feed.ledger.night import Night
from feed.model.entries import PlaceId
from feed.sources.saved import load

_FEEDS = Path(__file__).parents[3] / "sample_feeds"
_ISLANDS = {
    "Isle of Wight", "Isles of Scilly", "Isle of Anglesey", "Orkney Islands", "Shetland Islands",
    "Na h-Eileanan Siar",
}  # fmt: skip


def _alive(on: date) -> list[Known]:
    return [
        known
        for known in built_in()
        if (known.begin is None or known.begin <= on) and (known.end is None or on <= known.end)
    ]


def _ids(councils: Iterable[Known]) -> list[PlaceId]:
    return [council.id for council in councils]


@pytest.mark.parametrize("year", range(2018, 2028))
def test_every_council_of_a_year_but_the_counties_has_a_cell_of_its_own(year: int) -> None:
    councils = [known for known in _alive(date(year, 5, 6)) if known.type != "county"]
    placed = tile_places(_ids(councils))
    assert placed.unplaced == ()
    assert len(set(placed.tiles.values())) == len(councils) >= 300


def test_every_county_has_a_cell_where_its_districts_do_not_vote() -> None:
    counties = [known for known in built_in() if known.type == "county"]
    for county in counties:
        assert county.id in tile_places([county.id]).tiles, county.name
    alive = [known for known in _alive(date(2021, 5, 6)) if known.type == "county"]
    assert tile_places(_ids(alive)).unplaced == ()


def test_no_council_of_the_register_is_missing_and_no_two_share_a_cell() -> None:
    everyone = _ids(built_in())
    placed = tile_places(everyone)
    assert sorted([*placed.tiles, *placed.unplaced]) == sorted(everyone)
    assert len(set(placed.tiles.values())) == len(placed.tiles)


@given(st.sets(st.sampled_from(_ids(built_in()))), st.sampled_from([None, date(2024, 5, 2)]))
def test_any_councils_are_all_there_once(chosen: set[PlaceId], on: date | None) -> None:
    placed = tile_places(chosen, on)
    assert {*placed.tiles, *placed.unplaced} == chosen
    assert not set(placed.tiles) & set(placed.unplaced)
    assert len(set(placed.tiles.values())) == len(placed.tiles)
    assert not set(placed.tiles.values()) & set(placed.outline)


@pytest.mark.parametrize("on", [date(2018, 5, 3), date(2019, 5, 2)])
def test_neighbours_by_region_stay_together(on: date) -> None:
    councils = [known for known in _alive(on) if known.type != "county"]
    placed = tile_places(_ids(councils))
    for region in {known.region for known in councils}:
        cells = {
            placed.tiles[k.id] for k in councils if k.region == region and k.name not in _ISLANDS
        }
        assert _one_piece(cells), region


def _one_piece(cells: set[Tile]) -> bool:
    left = set(cells)
    to_visit = [left.pop()]
    while to_visit:
        near = left.intersection(to_visit.pop().neighbours)
        left -= near
        to_visit += near
    return not left


@pytest.mark.parametrize(
    "feed", ["england-2018", "england-2019", "england-2024", "northern-ireland-2019"]
)
def test_every_council_of_a_sample_feed_has_a_cell(feed: str) -> None:
    night = Night()
    night.extend(load(_FEEDS / feed))
    standing = night.edge()
    councils = standing.all_councils
    placed = tile_places((council.id for council in councils), standing.date)
    assert len(councils) > 10
    assert placed.unplaced == ()


def test_the_shape_of_england_stays_round_a_few_councils_without_another_nation() -> None:
    trafford = PlaceId("E08000009")
    placed = tile_places([trafford], date(2019, 5, 2))
    assert len(placed.outline) == 325
    assert "Wigan" in placed.outline.values()
    assert "Cardiff" not in placed.outline.values()


def test_a_council_that_is_no_more_leaves_its_cell_without_its_name() -> None:
    trafford = PlaceId("E08000009")
    assert "Craven" in tile_places([trafford], date(2022, 5, 5)).outline.values()
    assert "Craven" not in tile_places([trafford], date(2024, 5, 2)).outline.values()


def test_what_the_map_does_not_know_is_unplaced_and_not_lost() -> None:
    made_up = PlaceId("alderton")
    assert tile_places([made_up]).unplaced == (made_up,)


def test_a_council_that_came_later_stands_where_the_ones_before_it_stood() -> None:
    dorset, purbeck = PlaceId("E06000059"), PlaceId("E07000051")
    assert tile_places([dorset]).tiles[dorset] == tile_places([purbeck]).tiles[purbeck]
