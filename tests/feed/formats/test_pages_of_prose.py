"""How much of whole pages is read, in the manners of many writers, and that nothing is false.

Each page below `pages/` has its right values beside it: council, control before, control after;
a question mark where the page does not say.
"""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from feed.councils.register import built_in
from feed.formats.live_blog.page import read_live_page
from feed.model.arrival import Arrival
from feed.model.messages import PageReading, Rush

PAGES = tuple(sorted((Path(__file__).parent / "pages").glob("*.txt")))
LATER = datetime(2027, 1, 1, 12, tzinfo=UTC)
Sides = tuple[str, str]


def name_of(council: str) -> str:
    known = built_in().find(council).known
    assert known is not None, council
    return known.name


@cache
def right(page: Path) -> dict[str, Sides]:
    with page.with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        return {name_of(name): (before, after) for name, before, after in csv.reader(file)}


@cache
def read(page: Path) -> tuple[dict[str, Sides], PageReading]:
    """Return what a page declares, each council as it stands at the end, and its reading."""
    *said, reading = read_live_page(Arrival(page.name, page.read_bytes(), LATER, LATER))
    assert isinstance(reading.message, PageReading)
    rushes = [each.message for each in said if isinstance(each.message, Rush)]
    found = {
        name_of(rush.council): (rush.control_before or "?", rush.control_after or "?")
        for rush in rushes
    }
    return found, reading.message


def fits(found: Sides, expected: Sides) -> bool:
    """Whether nothing found is other than expected; less may be found."""
    return all(one in {"?", other} for one, other in zip(found, expected, strict=True))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_nothing_read_from_a_page_is_false(page: Path) -> None:
    found, _ = read(page)
    false = {
        name: sides
        for name, sides in found.items()
        if name not in right(page) or not fits(sides, right(page)[name])
    }
    assert false == {}


def test_nine_in_ten_of_what_the_pages_state_is_read() -> None:
    stated = [(page, name) for page in PAGES for name in right(page)]
    exact = [1 for page, name in stated if read(page)[0].get(name) == right(page)[name]]
    assert len(PAGES) >= 12
    assert len(stated) >= 300
    assert len(exact) >= 0.9 * len(stated)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_says_how_many_it_read(page: Path) -> None:
    found, reading = read(page)
    assert reading.read == len(found)
    assert reading.councils >= len(found)


def test_a_night_told_in_a_tabloid_s_manner_is_read_and_says_what_it_left() -> None:
    page = next(page for page in PAGES if page.stem == "2019-tabloid")
    found, reading = read(page)
    assert len(found) >= 60
    left = [each.text for each in reading.unread]
    assert any("Trafford, where Labour took control overnight" in text for text in left)
