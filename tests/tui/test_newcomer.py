"""A newcomer finds the first things to do from the screen alone: by key bar, palette or mouse."""

from __future__ import annotations

import pytest
from textual.binding import Binding

from tests.tui.desk_app import (
    PANES,
    DeskUnderTest,
    live_desk,
    replay_desk,
    running,
    settled,
    trafford,
)
from tui.desk.commands.panes import command_choices
from tui.desk.help import Help
from tui.desk.screen import DeskScreen
from tui.details.council_detail import CouncilDetail
from tui.details.listing import ListingLines
from tui.panes.bar import KeyBar
from tui.settings.commands import COMMANDS
from tui.settings.keymap import Keymap


def bar(app: DeskUnderTest) -> dict[str, str]:
    """Return the key bar: what is done, and the command that does it."""
    return {hint.title: hint.id for hint in app.desk.query_one(KeyBar)._hints}


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_key_bar_leads_to_panes_filter_time_help_and_out_and_is_seen_whole(
    size: tuple[int, int],
) -> None:
    app = replay_desk()
    async with running(app, size) as pilot:
        for pane in PANES:
            app.desk.focus_pane(pane)  # type: ignore[arg-type]
            await pilot.pause()
            assert {"filter", "pane", "help", "quit"} <= set(bar(app)), pane
            for hint in app.desk.query_one(KeyBar)._hints:
                assert f"{hint.key} {hint.title}" in app.rows[-1], pane


async def test_each_pane_says_what_enter_opens_and_the_grid_how_to_find_a_council() -> None:
    for app in (replay_desk(), live_desk()):
        async with running(app, (120, 36)) as pilot:
            if app.desk.current.mode == "live":
                app.still.arrive(trafford())
                await pilot.pause()
            await pilot.press("3")
            assert bar(app)["council"] == "open"
            assert bar(app)["go to"] == "jump"
            x, y = app.find("Enter council")
            await pilot.click(offset=(x + 1, y))
            await settled(app, pilot)
            assert isinstance(app.screen, CouncilDetail)
            await pilot.press("escape", "2")
            assert bar(app)["results"] == "open"


async def test_help_begins_with_the_first_steps_and_a_click_or_enter_does_what_a_row_says() -> None:
    app = replay_desk()
    async with running(app) as pilot:
        theme = app.theme
        await pilot.press("question_mark")
        x, y = app.find("Change the colours.")
        await pilot.click(offset=(x, y))
        assert app.screen is app.desk
        assert app.theme != theme
        await pilot.press("question_mark", "enter")
        assert app.desk.has_class("-filtering")


async def test_every_command_is_reached_by_key_by_the_palette_and_with_the_mouse() -> None:
    app = replay_desk()
    async with running(app, (80, 24)) as pilot:
        bound = {binding.id for binding in DeskScreen.BINDINGS if isinstance(binding, Binding)}
        offered = {choice.key for choice in command_choices(app.desk.keys)} | {"palette"}
        done: list[str] = []
        help_ = Help(does=done.append)
        help_.close = lambda: True  # type: ignore[method-assign]  # one page serves for all
        await app.push_screen(help_)
        page = help_.query_one(ListingLines)
        for command in COMMANDS:
            if command.by_pane:
                continue
            assert command.id in bound
            assert command.id in offered
            page.select(len(page.spots.keys) - 1 - page.spots.keys[::-1].index(command.id))
            await pilot.pause()
            x, y = app.find("│›")
            await pilot.click(offset=(x + 4, y))
            assert done[-1:] == [command.id]


_WORDS = (
    ("rewind", "step_back"),
    ("rewind", "minute_back"),
    ("dark", "theme"),
    ("colour", "themes"),
    ("search", "filter"),
    ("find a party", "filter"),
    ("find a council", "jump"),
    ("exit", "quit"),
    ("full screen", "maximise"),
    ("projector", "view"),
    ("save", "export"),
    ("compare", "mark"),
    ("speed", "faster"),
    ("catch up", "missed"),
)


def test_the_palette_knows_the_words_that_people_look_for() -> None:
    choices = command_choices(Keymap())
    for looked_for, command in _WORDS:
        words = looked_for.split()
        found = {choice.key for choice in choices if choice.rank(words) is not None}
        assert command in found, looked_for
        assert len(found) < len(COMMANDS) / 2, looked_for


async def test_a_command_found_by_another_word_is_done() -> None:
    app = replay_desk()
    async with running(app) as pilot:
        theme = app.theme
        await pilot.press("ctrl+p", *"colours, dark", "enter")
        await settled(app, pilot)
        assert app.theme != theme
