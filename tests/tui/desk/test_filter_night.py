"""A filter while the night comes in: what it lets through is what it would let through if new."""

from __future__ import annotations

import pytest

from feed.reports.filter import Filter
from tests.tui.desk_app import DeskUnderTest, an_arrival, live_desk, running, trafford

RESULT = trafford(council="Alder Vale", gss=None)
ROSTER = an_arrival(
    "roster.json",
    kind="roster",
    council="Alder Vale",
    region="Mercia",
    type="metropolitan",
    elects="thirds",
    size=63,
    parties=[
        {"party": "con", "held": 29},
        {"party": "lab", "held": 30},
        {"party": "ld", "held": 4},
    ],
    at="2019-05-02T21:00:00+01:00",
)


def shown(app: DeskUnderTest) -> set[int]:
    """Return the entries that the log lets through."""
    found = set()
    for row in range(app.log_pane.row_count()):
        app.log_pane.cursor = row
        entry = app.log_pane.selected
        if entry is not None:
            found.add(entry.seq)
    return found


def wanted(app: DeskUnderTest) -> set[int]:
    """Return the entries that the same filter lets through when it is set now."""
    standing = app.desk.current.standing
    keep = Filter(app.desk.filter.text).entries(standing)
    entries = (standing.log[at] for at in range(len(standing.log)))
    return {entry.seq for entry in entries if keep(entry)}


@pytest.mark.parametrize("words", ["mercia", "lab", "metropolitan", "-mercia", "mercia hold"])
async def test_a_filter_that_is_set_before_the_rosters_come_is_right_when_they_do(
    words: str,
) -> None:
    app = live_desk()
    async with running(app) as pilot:
        app.still.arrive(RESULT)
        await pilot.pause()
        app.desk.set_filter(words)
        await pilot.pause()
        app.still.arrive(ROSTER)
        await pilot.pause()
        assert app.desk.current.standing.councils[0].region == "Mercia"
        assert shown(app) == wanted(app)


async def test_councils_of_a_region_are_lit_when_their_roster_comes() -> None:
    app = live_desk()
    async with running(app) as pilot:
        app.still.arrive(RESULT)
        await pilot.press("slash", *"mercia", "enter")
        await pilot.pause()
        assert app.grid.lit_count == 0
        before = app.log_pane.shown
        app.still.arrive(ROSTER)
        await pilot.pause()
        assert app.grid.lit_count == 1
        assert app.log_pane.shown > before
