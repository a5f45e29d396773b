"""A night as a cast: cells that change are sent alone, and the screen is the same as drawn whole."""

from __future__ import annotations

import json
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest

from feed.sources.saved import load
from tests.tui.running.terminal.glass import Glass, Look, differences
from tui.export import night_cast
from tui.export.night_cast import Casting
from tui.settings.options import Options

NIGHT = Path(__file__).parents[3] / "sample_feeds" / "northern-ireland-2019"
SIZE = (100, 30)


async def the_cast() -> list[Any]:
    steps = tuple(load(NIGHT))
    made = night_cast.night_cast(steps, Options(), Casting(size=SIZE))
    return [json.loads(line) async for line in made]


def screens(events: list[Any]) -> dict[float, Look]:
    """Play a cast; return what is on the screen at each of its moments."""
    glass, shown = Glass(*SIZE), dict[float, Look]()
    for (_, kind, text), at in zip(events, accumulate(event[0] for event in events), strict=True):
        if kind == "o":
            glass.feed(text)
            shown[round(at, 3)] = glass.look
    return shown


async def test_cells_that_change_make_the_same_screens_as_whole_frames(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    header, *events = await the_cast()
    assert header == {"version": 3, "term": {"cols": 100, "rows": 30}, "title": "nightdesk"}
    monkeypatch.setattr(night_cast, "_KEY_FRAME_EVERY", 0.0)
    _, *whole = await the_cast()
    small, large = screens(events), screens(whole)
    assert len(small) > 9
    for moment, look in large.items():
        latest = max(at for at in small if at <= moment + 0.001)
        assert not differences(small[latest], look)[:3]
    assert sum(len(event[2]) for event in events) * 3 < sum(len(event[2]) for event in whole)


async def test_a_player_can_begin_at_a_key_frame_and_changes_are_marked() -> None:
    _, *events = await the_cast()
    assert "\x1b[2J" in events[0][2]
    assert {event[1] for event in events} <= {"o", "m"}
    assert all(event[0] >= 0 for event in events)
