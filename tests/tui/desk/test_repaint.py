"""What is drawn again: as little as has changed, and never less."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from rich.segment import Segment
from textual._compositor import ChopsUpdate
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Input

from feed.clock import hh_mm_ss
from feed.model.intents import Intent
from tests.tui.desk_app import (
    NOW,
    PANES,
    DeskUnderTest,
    replay_desk,
    running,
    settled,
    strips,
    until,
)
from tests.tui.repaints import draw_all_again, refreshed_lines
from tui.desk import screen as desk_screen
from tui.details.entry_detail import EntryDetail
from tui.panes.bar import KeyBar
from tui.panes.compositor import draw_at_once
from tui.panes.headline import Headline
from tui.panes.line_pane import LinePane
from tui.panes.messages import StandingReady

KEYS = (
    "down", "up", "left", "right", "pageup", "pagedown", "home", "end", "tab", "shift+tab", "1",
    "2", "3", "z", "s", "o", "D", "t", "h", "W", "f", "n", "e", "d", "w", "v", "question_mark",
    "enter", "escape", "slash", "l", "a", "b",
)  # fmt: skip
SEEDS = 3
VIEWS = int(os.environ.get("RANDOM_VIEWS", "120"))
"""What is tried in all; a long run asks for more."""
SIZES = ((160, 48), (120, 36), (100, 30), (80, 24), (60, 20), (200, 60))


def drawn(app: DeskUnderTest) -> list[list[Segment]]:
    """Return what each line of the screen shows, however it was put together."""
    return [list(Segment.simplify(strip)) for strip in strips(app)]


async def something_happens(
    app: DeskUnderTest, pilot: Pilot[None], chance: random.Random, most: int
) -> str:
    """Let a view come, a key be pressed or the size change; give what it was."""
    match chance.choice("vvvvkkkkt"):
        case "v":
            number = chance.randrange(most)
            before = app._newest
            app.still.ask(Intent("entry", number=number))
            await until(pilot, lambda: app._newest is not before, 60)
            said = f"entry {number}"
        case "k":
            said = chance.choice(KEYS)
            await pilot.press(said)
        case _:
            size = chance.choice(SIZES)
            await pilot.resize_terminal(*size)
            said = f"{size}"
    await until(pilot, lambda: app.desk.current is app._newest and app.log_pane.counted, 60)
    await settled(app, pilot)
    return said


def moves_of_itself(app: DeskUnderTest) -> tuple[object, ...]:
    """Return what changes the screen without a key: a view that comes, a message that goes."""
    return id(app.desk.current), id(app._newest), *(it.identity for it in app._notifications)


async def compared_with_whole_redraws(chance: random.Random, times: int) -> None:
    """Compare the screen as it came about with one that is drawn as a whole."""
    app = replay_desk()
    async with running(app, (160, 48)) as pilot:
        for field in app.desk.query(Input):
            field.cursor_blink = False
        most = len(app.desk.current.standing.log)
        done: list[str] = []
        for _ in range(times):
            done.append(await something_happens(app, pilot, chance, most))
            same = False
            while not same:
                moved = moves_of_itself(app)
                shown = drawn(app)
                for screen in app.screen_stack:
                    for widget in screen.walk_children(Widget):
                        draw_all_again(widget)
                await pilot.pause()
                whole = drawn(app)
                same = moved == moves_of_itself(app)
            others = [
                y for y, (one, two) in enumerate(zip(shown, whole, strict=True)) if one != two
            ]
            assert not others, done[-12:]


@pytest.mark.parametrize("seed", range(SEEDS))
async def test_what_was_drawn_bit_by_bit_is_what_a_whole_redraw_shows(
    seed: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)  # a key may save what is on the screen
    monkeypatch.setattr(desk_screen, "utc_now", lambda: NOW)
    await compared_with_whole_redraws(random.Random(seed), VIEWS // SEEDS)


async def test_a_cursor_that_moves_draws_two_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    app = replay_desk()
    async with running(app, (160, 48)) as pilot:
        for key, pane in (("1", app.log_pane), ("2", app.board), ("3", app.grid)):
            await pilot.press(key, "home", "down", "down")
            await settled(app, pilot)
            lines = refreshed_lines(pane, monkeypatch)
            await pilot.press("down")
            rows = 3 if pane is app.log_pane else 1
            assert 1 < len(set(lines)) <= 2 * rows
            assert len(lines) == len(set(lines))


async def test_a_declaration_draws_its_lines_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = replay_desk("02:00")
    async with running(app, (160, 48)) as pilot:
        await pilot.press("home")
        await settled(app, pilot)
        board, grid, log = (
            refreshed_lines(pane, monkeypatch) for pane in (app.board, app.grid, app.log_pane)
        )
        app.still.ask(Intent("step", by="declaration"))
        await pilot.pause()
        assert len(grid) == 2
        assert 0 < len(set(board)) == len(board) < app.board.window.height
        assert log == []


async def test_a_tick_of_the_clock_draws_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    app = replay_desk()
    async with running(app, (160, 48)) as pilot:
        headline = app.desk.query_one(Headline)
        drawn = [
            refreshed_lines(widget, monkeypatch)
            for widget in app.desk.walk_children(Widget)
            if widget is not headline
        ]
        clock = refreshed_lines(headline, monkeypatch)
        monkeypatch.setattr(desk_screen, "utc_now", lambda: NOW + timedelta(seconds=61))
        app.desk.tick()
        await pilot.pause()
        assert not any(drawn)
        assert clock in ([0], [])


async def test_a_view_that_brings_nothing_new_draws_no_pane(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = replay_desk("02:00", playing=True)
    async with running(app, (160, 48)) as pilot:
        current = app.desk.current
        assert current.transport is not None
        drawn = [refreshed_lines(app.pane(name), monkeypatch) for name in PANES]
        for seconds in (20, 21):
            for lines in drawn:
                lines.clear()
            later = replace(current.transport, now=current.transport.now + timedelta(0, seconds))
            app.desk.post_message(StandingReady(replace(current, transport=later, clock=later.now)))
            await settled(app, pilot)
        assert not any(drawn)
        assert hh_mm_ss(later.now) in app.rows[0]


@pytest.mark.parametrize("over", ["question_mark", "v"])
async def test_a_desk_that_is_covered_draws_nothing_until_it_is_seen_again(
    monkeypatch: pytest.MonkeyPatch, over: str
) -> None:
    app = replay_desk("02:00")
    async with running(app, (160, 48)) as pilot:
        await pilot.press(over)
        await settled(app, pilot)
        panes = [app.pane(name) for name in (*PANES, "transport", "keys")]
        drawn = [refreshed_lines(pane, monkeypatch) for pane in panes]
        for _ in range(3):
            app.still.ask(Intent("step", by="declaration"))
            await pilot.pause()
        app.desk.tick()
        await pilot.pause()
        assert not any(drawn)
        await pilot.press("escape")
        await settled(app, pilot)
        shown = app.text
        for widget in app.desk.walk_children(Widget):
            draw_all_again(widget)
        await pilot.pause()
        assert app.text == shown
        assert app.board._standing is app.desk.current.standing


async def test_a_page_over_a_page_leaves_what_is_behind_both_true() -> None:
    app = replay_desk("02:00")
    async with running(app, (120, 36)) as pilot:
        await pilot.press("3", "enter")
        await settled(app, pilot)
        await app.push_screen(EntryDetail(app.desk.current.standing.log[0]))
        await settled(app, pilot)
        app.still.ask(Intent("entry", number=3))
        await settled(app, pilot)
        assert "0 of 248" in app.rows[0]


async def test_a_board_that_lost_the_cursors_line_marks_the_one_it_went_to() -> None:
    app = replay_desk("02:00")
    async with running(app, (120, 36)) as pilot:
        await pilot.press("2", "end")
        await settled(app, pilot)
        app.board.set_reactive(LinePane.cursor, 500)
        app.still.ask(Intent("entry", number=87))
        await settled(app, pilot)
        assert app.board.cursor == app.board.row_count() - 1
        assert "›" in app.text


async def test_what_is_drawn_at_once_takes_along_what_waits_to_be_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = replay_desk()
    async with running(app, (160, 48)):
        headline, keys = app.desk.query_one(Headline), app.desk.query_one(KeyBar)
        drawn: list[int] = []

        def display(_screen: object, update: ChopsUpdate) -> None:
            drawn.extend(y for y, _, _ in update.spans)

        monkeypatch.setattr(app, "_display", display)
        keys._set_dirty(keys.size.region)
        app.desk._dirty_widgets.add(keys)  # as the screen does when the widget asks for it
        draw_at_once(headline, headline.size.region)
        assert drawn == [headline.region.y, keys.region.y]


async def test_a_screen_that_is_to_be_drawn_whole_is_not_drawn_in_part(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = replay_desk()
    async with running(app, (160, 48)):
        headline = app.desk.query_one(Headline)
        drawn: list[object] = []
        monkeypatch.setattr(app, "_display", lambda *_: drawn.append(1))
        app.desk._repaint_required = True
        draw_at_once(headline, headline.size.region)
        assert not drawn
        assert app.desk._repaint_required
