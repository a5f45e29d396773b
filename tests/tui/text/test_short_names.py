"""Short names are unique, fit, and read as people write them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.text.short_names import short_names

ROSTER = Path(__file__).parents[3] / "sample_feeds" / "england-2019" / "roster.jsonl"
HARD = (
    "Ashfield", "Ashford", "Barrow-in-Furness", "Basildon", "Basingstoke and Deane",
    "Bath and North East Somerset", "Blackburn with Darwen", "Blackpool", "Bolsover", "Bolton",
    "Bournemouth, Christchurch and Poole", "Broxbourne", "Broxtowe", "Central Bedfordshire",
    "Cheshire East", "Cheshire West and Chester", "Chesterfield", "Derby", "Derbyshire Dales",
    "East Hampshire", "East Hertfordshire", "East Riding of Yorkshire", "Forest of Dean",
    "Great Yarmouth", "Harlow", "Hart", "Hartlepool", "King's Lynn and West Norfolk",
    "Kingston upon Hull", "Mid Devon", "Mid Suffolk", "Mid Sussex", "New Forest", "Newark and Sherwood",
    "Newcastle upon Tyne", "Newcastle-under-Lyme", "North Devon", "North Dorset",
    "North East Derbyshire", "North East Lincolnshire", "North Lincolnshire", "Rochdale", "Rochford",
    "South Staffordshire", "South Somerset", "Somerset West and Taunton", "St Albans", "St Helens",
    "Stafford", "Staffordshire Moorlands", "Stockport", "Stockton-on-Tees", "Stoke-on-Trent",
    "Southampton", "Southend-on-Sea", "Vale of White Horse", "West Lancashire", "West Lindsey",
    "Woking", "Wokingham", "Wyre", "Wyre Forest", "York",
)  # fmt: skip


def councils() -> list[str]:
    if not ROSTER.exists():
        return list(HARD)
    lines = ROSTER.read_text(encoding="utf-8").splitlines()
    return sorted({json.loads(line).get("council", "") for line in lines} - {""} | set(HARD))


@pytest.mark.parametrize("width", range(4, 21))
def test_every_council_of_a_real_night_has_a_name_of_its_own_at_every_width(width: int) -> None:
    names = councils()
    short = short_names(names, width)
    assert set(short) == set(names)
    assert len({form.casefold() for form in short.values()}) == len(names)
    assert all(0 < cell_len(form) <= width for form in short.values())


@pytest.mark.parametrize(
    ("width", "name", "form"),
    [
        (24, "North East Lincolnshire", "North East Lincolnshire"),
        (14, "North East Lincolnshire", "NE Lincs"),
        (9, "East Cambridgeshire", "E Cambs"),
        (10, "Bournemouth, Christchurch and Poole", "BCP"),
        (10, "Barrow-in-Furness", "Barrow"),
        (9, "Kingston upon Hull", "Hull"),
        (8, "Vale of White Horse", "VoWH"),
        (4, "North Devon", "NDev"),
        (4, "St Helens", "StHe"),
        (12, "Stockton-on-Tees", "Stockton"),
        (7, "Cheshire West and Chester", "Ches W"),
        (20, "Hinckley and Bosworth", "Hinckley & Bosworth"),
    ],
)
def test_a_short_name_is_the_one_that_people_would_write(width: int, name: str, form: str) -> None:
    assert short_names([*HARD, name], width)[name] == form


def test_a_full_name_that_fits_is_kept_when_a_longer_one_would_be_cut_to_the_same() -> None:
    assert short_names(["Woking", "Wokingham"], 6)["Woking"] == "Woking"
    assert short_names(["Hart", "Hartlepool"], 4)["Hart"] == "Hart"


def test_two_names_with_one_beginning_are_told_apart_by_the_letter_that_differs() -> None:
    assert short_names(["Stockport", "Stockton-on-Tees"], 4) == {
        "Stockport": "Stop",
        "Stockton-on-Tees": "Stot",
    }


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=30), unique=True, max_size=40), st.integers(4, 20))
def test_any_names_at_all_get_forms_that_fit_and_differ(names: list[str], width: int) -> None:
    short = short_names(names, width)
    assert set(short) == set(names)
    assert len({form.casefold() for form in short.values()}) == len(names)
    assert all(form and cell_len(form) <= width for form in short.values())


@settings(max_examples=30, deadline=None)
@given(st.permutations(HARD), st.integers(4, 12))
def test_the_order_of_the_names_does_not_matter(names: list[str], width: int) -> None:
    assert short_names(names, width) == short_names(HARD, width)
