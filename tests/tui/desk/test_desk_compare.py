"""Marking a moment: board and grid show what changed since, and again everything."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from feed.ledger.night import Night
from feed.model.intents import Intent
from feed.model.view import View
from feed.session.position import replay_transport
from feed.session.session import Session
from feed.sources.saved import load
from tests.tui.log_entries import words
from tui.colours.themes import DARK
from tui.control_grid.widget import ControlGrid
from tui.desk.screen import DeskScreen
from tui.details.figure_detail import FigureDetail
from tui.panes.headline import headline_lines
from tui.running.app import Desk
from tui.scoreboard.widget import Scoreboard

ENGLAND = Path(__file__).parents[3] / "sample_feeds" / "england-2019"
STEPS = load(ENGLAND)


class StillSession(Session):
    """A replay that moves only when it is asked to, in the caller's thread."""

    def start(self) -> None:
        self._load_saved()
        self._post(self.view())

    def ask(self, intent: Intent) -> None:
        self._do(intent)
        self._post(self.view())

    def stop(self, timeout: float = 3.0) -> None:
        del timeout


def a_desk() -> Desk:
    transport = replay_transport(STEPS, speed=60.0, playing=False)
    return Desk(lambda post: StillSession(post, steps=STEPS, transport=transport))


def desk_of(app: Desk) -> DeskScreen:
    return next(screen for screen in app.screen_stack if isinstance(screen, DeskScreen))


async def go(desk: DeskScreen, pilot: Pilot[None], minutes: float) -> None:
    """Go on, or back, by minutes of the night."""
    desk.session.ask(Intent("nudge", seconds=60 * minutes))
    await pilot.pause()


def declared_on(board: Scoreboard) -> int:
    return sum(row.councils for row in board.rows)


@pytest.fixture(scope="module")
def night() -> Night:
    night = Night()
    night.extend(STEPS)
    return night


async def test_a_mark_shows_what_has_changed_since_and_a_second_press_everything() -> None:
    app = a_desk()
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        desk = desk_of(app)
        board, grid = desk.query_one(Scoreboard), desk.query_one(ControlGrid)
        await go(desk, pilot, 100)
        declared = desk.current.standing.declared
        await pilot.press("d")
        assert declared_on(board) == 0
        await go(desk, pilot, 20)
        more = desk.current.standing.declared - declared
        assert declared_on(board) == more > 0
        lit = [
            c
            for c in desk.current.standing.councils
            if grid._marks.lit is None or grid._marks.lit(c)
        ]
        assert len(lit) == more
        assert "since 01:4" in str(board.border_title)
        assert "changed since 01:4" in str(grid.border_title)
        await pilot.press("d")
        assert declared_on(board) == desk.current.standing.declared
        assert grid._marks.lit is None
        assert "since" not in f"{board.border_title}{grid.border_title}"


async def test_the_changes_of_control_and_the_trend_are_those_of_the_stretch() -> None:
    app = a_desk()
    async with app.run_test(size=(160, 48)) as pilot:
        desk = desk_of(app)
        desk.session.ask(Intent("seek", moment=STEPS[-1].at))
        await pilot.pause()
        for _ in range(3):
            desk.session.ask(Intent("step", by="change", direction=-1))
        await pilot.pause()
        await pilot.press("d")
        for _ in range(2):
            desk.session.ask(Intent("step", by="change", direction=1))
        await pilot.pause()
        board = desk.query_one(Scoreboard)
        said = "\n".join(board.render_line(y).text for y in range(board.window.height))
        assert "CHANGED HANDS  2" in said
        assert "NET SEATS OVER THE NIGHT" in said
        assert "~00:05" not in said


async def test_behind_the_mark_the_stretch_up_to_it_is_shown() -> None:
    app = a_desk()
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        desk = desk_of(app)
        board = desk.query_one(Scoreboard)
        await go(desk, pilot, 100)
        there = desk.current.standing.declared
        await pilot.press("d")
        await go(desk, pilot, -30)
        assert declared_on(board) == there - desk.current.standing.declared > 0
        assert "until 01:4" in str(board.border_title)


async def test_a_figure_of_the_stretch_opens_the_results_of_the_stretch() -> None:
    app = a_desk()
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        desk = desk_of(app)
        await go(desk, pilot, 100)
        await pilot.press("d")
        await go(desk, pilot, 60)
        await pilot.press("2", "enter")
        await pilot.pause()
        page = app.screen
        assert isinstance(page, FigureDetail)
        board = desk.query_one(Scoreboard)
        figure = next(row for row in board.rows if row.party == page.party).councils
        assert sum(part.amount for part in page._parts) == figure > 0


async def test_a_filter_and_a_mark_light_what_both_let_through() -> None:
    app = a_desk()
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        desk = desk_of(app)
        await pilot.press("d")
        desk.session.ask(Intent("edge"))
        await pilot.pause()
        desk.set_filter("sunderland")
        grid = desk.query_one(ControlGrid)
        assert grid._marks.lit is not None
        lit = [c.name for c in desk.current.standing.councils if grid._marks.lit(c)]
        assert lit == ["Sunderland"]


def test_the_headline_says_what_is_compared_and_gives_way_on_a_narrow_screen(
    night: Night,
) -> None:
    standing, at = night.edge(), night.last_at
    assert at is not None
    view = View(standing, "replay", clock=at, since="since 02:10")
    said = {cells: words(headline_lines(view, at, cells, DARK)[0]) for cells in (160, 100, 60, 40)}
    assert " changes since 02:10 " in said[160]
    assert " since 02:10 " in said[100]
    assert all(cell_len(line) <= cells for cells, line in said.items())
    without = View(standing, "replay", clock=at)
    assert "since" not in words(headline_lines(without, at, 160, DARK)[0])
