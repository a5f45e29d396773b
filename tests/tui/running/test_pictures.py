"""The README's pictures come from the program, and what they are named for is on them."""

import re

import pytest

from tests.tui.desk_app import frozen, steps_of_night
from tui.running import pictures
from tui.running.pictures import PICTURES, take

SHOWS = {
    "desk": ("Updates", "Scoreboard", "Council control"),
    "desk-light": ("Updates", "Scoreboard", "Council control"),
    "wide": ("Wolverhampto", "Updates"),
    "narrow": ("Scoreboard",),
    "council": ("Trafford: Lab gain from NOC", "32 for a majority"),
    "filter": ("/ changed north",),
    "table": ("of 248 councils declared",),
    "map": ("changed hands", "to come"),
    "grid-map": ("Council control", "map"),
    "just-in": ("from the Conservatives", "eighth gain of the night"),
}


def words(svg: str) -> str:
    """Return the text of a picture."""
    return re.sub(r"<[^>]+>", " ", svg).replace("&#160;", " ")


def test_every_picture_is_listed_with_what_it_shows() -> None:
    assert SHOWS.keys() == PICTURES.keys()


async def test_a_picture_shows_what_it_is_named_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "load", lambda path: steps_of_night(path.name))
    for name in ("narrow", "council", "filter", "table", "map", "just-in"):
        with frozen():
            said = re.sub(r"\s+", " ", words(await take(PICTURES[name])))
        for part in SHOWS[name]:
            assert part in said or all(word in said for word in part.split()), part
