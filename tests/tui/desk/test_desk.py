"""The whole desk: what stands where, what every key does, and what a click opens."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Region

from feed.model.entries import PlaceId
from feed.model.standing import CouncilStanding, LogView
from tests.tui.desk_app import (
    PANES,
    DeskUnderTest,
    live_desk,
    replay_desk,
    running,
    settled,
    trafford,
    until,
)
from tests.tui.log_entries import some_news
from tui.desk.commands import RUN
from tui.desk.commands.panes import command_choices
from tui.desk.help import Help
from tui.desk.screen import DeskScreen
from tui.details.chooser import Chooser
from tui.details.contest_detail import ContestList
from tui.details.council_detail import CouncilDetail
from tui.details.entry_detail import EntryDetail
from tui.details.figure_detail import FigureDetail
from tui.details.listing import RowPage
from tui.panes.bar import KeyBar
from tui.panes.messages import StandingReady
from tui.panes.typed_line import TypedLine
from tui.projector.screen import ProjectorScreen
from tui.settings.commands import COMMANDS, Command
from tui.settings.options import Options
from tui.update_log import widget as log_canvas

LAYOUTS = {
    (39, 9): (),
    (60, 20): ("updates",),
    (80, 24): PANES,
    (100, 30): PANES,
    (120, 36): PANES,
    (160, 48): PANES,
    (200, 60): PANES,
}
OWN_KEYS = {
    "updates": {"f"},
    "scoreboard": {"left", "right"},
    "grid": {"left", "right"},
}
"""Keys of the table that a pane takes for itself, as the table's words say."""


async def test_each_size_shows_its_panes_side_by_side_and_no_border_cuts_what_it_says() -> None:
    app = replay_desk()
    async with running(app) as pilot:
        for size, panes in LAYOUTS.items():
            await pilot.resize_terminal(*size)
            await pilot.pause()
            shown = {name: app.pane(name).region for name in PANES if app.pane(name).region.area}
            assert tuple(shown) == panes, size
            for one, other in combinations(shown.values(), 2):
                assert not one.overlaps(other)
            for name, region in shown.items():
                assert Region(0, 0, *size).contains_region(region)
                for y, said in (
                    (region.y, app.pane(name).border_title),
                    (region.bottom - 1, app.pane(name).border_subtitle),
                ):
                    edge = app.rows[y][region.x : region.right]
                    assert Content.from_markup(str(said)).plain.strip() in edge, size


async def test_a_terminal_too_small_says_so_in_a_line_and_can_be_left() -> None:
    app = replay_desk()
    async with running(app, (39, 9)) as pilot:
        assert app.text.strip() == "nightdesk needs 40 × 10; q quits"
        await pilot.press("q")
        assert app._exit


async def test_every_council_is_in_sight_without_scrolling_from_eighty_columns_on() -> None:
    app = replay_desk()
    async with running(app) as pilot:
        for size in LAYOUTS:
            await pilot.resize_terminal(*size)
            await pilot.pause()
            if size[0] >= 80:
                laid_out, window = app.grid.laid_out, app.grid.window
                assert len(laid_out.order) == 248
                assert len(laid_out.rows) <= window.height
                assert laid_out.columns * laid_out.pitch <= window.width
                assert not app.grid.max_scroll_y
            if 80 <= size[0] < 120:
                assert app.grid.region.y >= app.board.region.bottom


async def test_a_resize_keeps_what_was_selected() -> None:
    app = replay_desk()
    async with running(app) as pilot:
        await pilot.press("3", "down", "down")
        chosen = app.grid.selected
        for size in ((39, 9), (60, 20), (120, 36)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
        assert app.grid.selected == chosen
        assert app.focused is app.grid


def test_every_command_of_the_table_has_its_function_and_no_function_is_without_a_command() -> None:
    assert sorted(RUN) == sorted(command.id for command in COMMANDS if not command.by_pane)
    assert len(set(RUN.values())) == len(RUN)


async def test_every_command_is_in_the_palette_with_its_key() -> None:
    app = replay_desk()
    async with running(app):
        offered = {choice.key: choice.label for choice in command_choices(app.desk.keys)}
        for command in COMMANDS:
            if not command.by_pane and command.id != "palette":
                assert command.key_label in offered[command.id], command.id


async def test_every_key_of_the_table_works_from_every_pane() -> None:
    app = replay_desk()
    async with running(app) as pilot:
        for pane in PANES:
            app.desk.focus_pane(pane)  # type: ignore[arg-type]
            await pilot.pause()
            active = app.screen.active_bindings
            for command in COMMANDS:
                for key in () if command.by_pane else command.keys:
                    if key not in OWN_KEYS[pane] | {"ctrl+p", "ctrl+q"}:
                        assert active[key].binding.action == f"run('{command.id}')", key


def test_every_binding_has_an_id_and_says_what_it_does() -> None:
    for binding in DeskScreen.BINDINGS:
        assert isinstance(binding, Binding)
        assert binding.id
        assert len(binding.tooltip) > 10


def test_no_key_is_given_to_two_commands() -> None:
    keys = [key for command in COMMANDS for key in command.keys]
    assert len(keys) == len(set(keys))


def test_no_command_hangs_on_a_key_that_terminals_keep() -> None:
    kept = {"ctrl+b", "ctrl+a", "ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "f10", "f11"}
    assert not kept & {key for command in COMMANDS for key in command.keys}


def hints(app: object) -> list[str]:
    return [hint.title for hint in app.desk.query_one(KeyBar)._hints]  # type: ignore[attr-defined]


async def test_the_key_bar_follows_the_mode_and_never_shows_more_than_seven() -> None:
    seen = set()
    app = live_desk()
    async with running(app) as pilot:
        app.still.arrive(trafford())
        await pilot.pause()
        for key in ("escape", "space", "space", "comma", "L", "slash"):
            await pilot.press(key)
            assert len(hints(app)) <= 7
            seen.add(tuple(hints(app)))
        assert len(seen) == 3
    replay = replay_desk()
    async with running(replay):
        assert tuple(hints(replay)) not in seen
        assert "help" in hints(replay)


async def test_help_and_quit_stay_in_the_key_bar_however_narrow_it_is() -> None:
    app = replay_desk()
    async with running(app) as pilot:
        for width in (40, 50, 60, 80):
            await pilot.resize_terminal(width, 24)
            await pilot.pause()
            assert app.rows[-1].rstrip().endswith("? help   q quit")


async def test_a_filter_narrows_log_and_grid_as_it_is_typed_and_escape_clears_it() -> None:
    app = replay_desk()
    async with running(app) as pilot:
        all_rows = app.log_pane.row_count()
        assert app.desk.query_one(TypedLine).region.area == 0
        await pilot.press("slash", *"winch")
        await pilot.pause()
        assert app.log_pane.row_count() < all_rows
        assert "Winchester" in app.text
        assert "/ winch" in app.text
        assert "of 389 entries" in app.text
        lit = [place for place in app.grid.laid_out.order if app.desk._lit(councils(app)[place])]
        assert [councils(app)[place].name for place in lit] == ["Winchester"]
        await pilot.press("enter")
        assert "/ winch" in app.text
        assert app.focused is app.log_pane
        await pilot.press("escape")
        assert app.log_pane.row_count() == all_rows
        assert "/ winch" not in app.text


def councils(app: DeskUnderTest) -> dict[PlaceId | None, CouncilStanding]:
    standing = app.desk.current.standing
    return {council.id: council for council in standing.councils}


async def test_what_the_filter_found_is_marked_in_the_sentence() -> None:
    app = replay_desk()
    async with running(app) as pilot:
        await pilot.press("slash", *"winch")
        await pilot.pause()
        x, y = app.find("Winchester: LD gain")
        grounds = [app.screen.get_style_at(x + offset, y).bgcolor for offset in (0, 4, 5)]
        assert grounds[0] == grounds[1] != grounds[2]


async def test_in_a_long_log_the_filter_finds_the_newest_at_once_and_counts_the_rest_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(log_canvas, "_SLICE", 0.0)
    app = replay_desk()
    async with running(app) as pilot:
        news = some_news(20_000)
        long = replace(app.desk.current.standing, log=LogView(news), superseded={})
        app.desk.post_message(StandingReady(replace(app.desk.current, standing=long)))
        await pilot.press("slash", *"1999")
        assert app.desk.filter.text == "1999"
        assert (app.log_pane.shown, app.log_pane.counted) == (10, False)
        assert app.find("line 19999")[1] > app.find("line 19990")[1]
        await pilot.pause()
        assert "10 entries… · 0 councils" in app.text
        await pilot.press("enter")
        assert app.log_pane.selected is news[19_998]
        monkeypatch.setattr(log_canvas, "_SLICE", 60.0)
        await until(pilot, lambda: "12 entries · 0 councils" in app.text)
        assert app.log_pane.counted
        await pilot.press("g")
        assert app.log_pane.selected is news[1_998]


async def test_n_goes_from_hit_to_hit_in_log_and_grid() -> None:
    app = replay_desk()
    async with running(app) as pilot:
        await pilot.press("slash", *"changed", "enter", "N", "N")
        before = app.log_pane.selected
        await pilot.press("n")
        after = app.log_pane.selected
        assert before is not None
        assert after is not None
        assert before.seq < after.seq
        await pilot.press("3", "slash", "enter")
        names = []
        for key in ("n", "n", "N"):
            names.append(councils(app)[app.grid.selected].name)
            await pilot.press(key)
        assert names == ["Basildon", "North Norfolk", "Peterborough"]
        assert councils(app)[app.grid.selected].name == "North Norfolk"


async def test_e_goes_from_problem_to_problem_and_corrections() -> None:
    app = replay_desk("+10h", "rehearsal")
    async with running(app) as pilot:
        found: list[int] = []
        for _ in range(20):
            await pilot.press("E")
            selected = app.log_pane.selected
            assert selected is not None
            if found and found[-1] == selected.seq:
                break
            found.append(selected.seq)
        kinds = {app.desk.current.standing.log[seq - 1].kind.value for seq in found}
        assert {"problem", "correction", "conflict", "unplaced"} <= kinds
        await pilot.press("e")
        again = app.log_pane.selected
        assert again is not None
        assert again.seq == found[-2]


async def test_a_key_opens_its_page_and_escape_closes_it() -> None:
    app = replay_desk()
    async with running(app) as pilot:
        for keys, opens in (
            (("1", "enter"), EntryDetail),
            (("2", "enter"), FigureDetail),
            (("3", "enter"), CouncilDetail),
            (("question_mark",), Help),
            (("m",), RowPage),
            (("p",), RowPage),
            (("I",), RowPage),
            (("a",), RowPage),
            (("ctrl+p",), Chooser),
            (("T",), Chooser),
        ):
            await pilot.press(*keys)
            assert isinstance(app.screen, opens), keys
            await pilot.press("escape")
            assert app.desk.is_current, keys


async def test_c_copies_the_line_with_its_file() -> None:
    app = replay_desk()
    async with running(app) as pilot:
        await pilot.press("c")
        assert app.clipboard.startswith("North Norfolk: LD gain from NOC (30 of 40 seats")
        assert "results.jsonl:" in app.clipboard


async def test_z_gives_a_pane_the_whole_screen_and_back() -> None:
    app = replay_desk()
    async with running(app) as pilot:
        for pane in PANES:
            app.desk.focus_pane(pane)  # type: ignore[arg-type]
            await pilot.press("z")
            await pilot.pause()
            assert app.pane(pane).region.width == 120
            assert not any(app.pane(other).region.area for other in PANES if other != pane)
            await pilot.press("z")
            await pilot.pause()
            assert all(app.pane(each).region.area for each in PANES)


async def test_a_narrow_terminal_shows_one_pane_under_tabs() -> None:
    app = replay_desk()
    async with running(app, (60, 20)) as pilot:
        for key, pane in (("2", "scoreboard"), ("3", "grid"), ("tab", "updates"), ("1", "updates")):
            await pilot.press(key)
            await pilot.pause()
            assert [each for each in PANES if app.pane(each).region.area] == [pane]
            assert app.focused is app.pane(pane)
        x, y = app.find("2 Scoreboard")
        await pilot.click(offset=(x + 3, y))
        await pilot.pause()
        assert app.focused is app.board


async def test_tab_goes_round_the_panes_both_ways() -> None:
    app = replay_desk()
    async with running(app) as pilot:
        for key, pane in (("tab", "scoreboard"), ("tab", "grid"), ("tab", "updates")):
            await pilot.press(key)
            assert app.focused is app.pane(pane)
            in_hand = [each for each in PANES if " on #" in str(app.pane(each).border_title)]
            assert in_hand == [pane]
        await pilot.press("shift+tab")
        assert app.focused is app.grid


async def test_what_is_wrong_is_a_click_away_from_the_headline() -> None:
    app = replay_desk("+10h", "rehearsal")
    async with running(app) as pilot:
        x, y = app.find("! 3 problems")
        assert y == 0
        await pilot.click(offset=(x + 4, y))
        assert isinstance(app.screen, RowPage)
        assert "Problems (3)" in app.text


async def test_a_click_does_what_stands_under_it() -> None:
    app = replay_desk()
    async with running(app, (160, 48)) as pilot:
        x, y = app.find("04:31:00 BST")
        await pilot.click(offset=(x + 1, y))
        assert "Go to a time" in app.rows[-1]
        await pilot.press("escape")
        x, y = app.find("L▲Traf")
        await pilot.click(offset=(x + 3, y))
        assert isinstance(app.screen, CouncilDetail)
        assert app.screen.council.name == "Trafford"
        await pilot.press("escape")
        x, y = app.find("? help")
        await pilot.click(offset=(x + 2, y))
        assert isinstance(app.screen, Help)
        await pilot.press("escape")
        x, y = app.find("REPLAY 60×")
        await pilot.click(offset=(x, y))
        assert app.desk.current.transport is not None
        assert app.desk.current.transport.playing


async def test_the_mayors_open_from_the_scoreboard() -> None:
    app = replay_desk()
    async with running(app) as pilot:
        x, y = app.find("Mayors 2 of 6")
        await pilot.click(offset=(x + 2, y))
        assert isinstance(app.screen, ContestList)
        assert "Middlesbrough mayor: Ind gain from Lab (Andy Preston)" in app.text
        await pilot.press("escape")
        assert app.desk.is_current


async def test_northern_ireland_opens_from_its_own_block() -> None:
    app = replay_desk("+30h", "northern-ireland-2019")
    async with running(app):
        assert "Belfast" in app.text


async def test_one_q_leaves_a_replay() -> None:
    app = replay_desk()
    async with running(app) as pilot:
        await pilot.press("q")
        assert app._exit


async def test_a_live_night_is_left_with_two_q_and_never_with_one() -> None:
    app = live_desk()
    async with running(app) as pilot:
        await pilot.press("q")
        assert not app._exit
        assert any("press q again" in note.message for note in app._notifications)
        await pilot.press("q")
        assert app._exit


async def test_ctrl_q_leaves_at_once() -> None:
    app = live_desk()
    async with running(app) as pilot:
        await pilot.press("ctrl+q")
        assert app._exit


async def test_a_live_arrival_is_drawn_in_all_three_panes() -> None:
    app = live_desk()
    async with running(app, (160, 48)) as pilot:
        app.still.arrive(trafford())
        await pilot.pause()
        assert "Trafford: Lab gain from NOC" in app.text
        assert "36 of 63 seats" in app.text
        assert app.board.rows[1].councils == 1
        assert len(app.grid.laid_out.order) == 1


async def test_a_held_view_stands_still_while_news_comes_in_and_the_edge_is_a_key_away() -> None:
    app = live_desk()
    async with running(app) as pilot:
        await pilot.press("space")
        app.still.arrive(trafford())
        await pilot.pause()
        assert "PAUSED" in app.rows[0]
        assert "+1 new" in app.rows[0]
        assert "Trafford: Lab gain" not in app.text
        await pilot.press("L")
        await pilot.pause()
        assert "● LIVE" in app.rows[0]
        assert "Trafford: Lab gain" in app.text


async def test_steps_go_from_entry_to_entry_and_from_change_to_change() -> None:
    app = replay_desk()
    async with running(app) as pilot:
        count = len(app.desk.current.standing.log)
        await pilot.press("comma")
        assert len(app.desk.current.standing.log) == count - 1
        await pilot.press("full_stop", "left_square_bracket")
        last = app.desk.current.standing.log[-1]
        assert last.flips
        assert len(app.desk.current.standing.log) < count


async def test_a_time_can_be_typed() -> None:
    app = replay_desk()
    async with running(app) as pilot:
        await pilot.press("ctrl+g", *"02:00", "enter")
        await pilot.pause()
        assert "02:00:00 BST" in app.rows[0]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("22:50", "22:50 is still to come"),
        ("2 May 20:00", "2 May 20:00 lies before the first file"),
    ],
)
async def test_a_time_outside_the_night_is_said_to_be(typed: str, said: str) -> None:
    app = replay_desk()
    async with running(app) as pilot:
        keys = ["space" if char == " " else "colon" if char == ":" else char for char in typed]
        await pilot.press("ctrl+g", *keys, "enter")
        await pilot.pause()
        assert any(said in notice.message for notice in app._notifications)


async def test_letters_typed_on_the_projector_are_no_commands() -> None:
    app = replay_desk()
    async with running(app) as pilot:
        theme = app.theme
        await pilot.press("v", "apostrophe", *"trafford")
        await settled(app, pilot)
        assert isinstance(app.screen, ProjectorScreen)
        assert app.theme == theme
        assert "Jump to: trafford" in app.text


async def test_test_data_is_said_once_on_the_screen_and_once_on_a_page() -> None:
    app = replay_desk("03:40", "rehearsal")
    async with running(app, (160, 48)) as pilot:
        assert app.text.count("TEST") == 1
        await pilot.press("enter")
        await settled(app, pilot)
        assert app.text.count("TEST") == 2


async def test_what_to_try_is_said_until_a_key_is_pressed() -> None:
    app = replay_desk()
    app.tips = True
    async with running(app, (80, 24)) as pilot:
        assert "Try: / lab gain   ' trafford   ] next change of control" in app.text
        await pilot.press("down")
        assert "Try:" not in app.text


async def test_a_page_opens_before_what_to_try_goes_and_moves_the_panes() -> None:
    app = replay_desk()
    app.tips = True
    async with running(app, (80, 24)) as pilot:
        panes = app.desk.query_one("#panes").region
        await pilot.press("question_mark")
        await settled(app, pilot)
        assert app.desk.query_one("#panes").region == panes
        await pilot.press("escape")
        await settled(app, pilot)
        assert "Try:" not in app.text
        assert app.desk.query_one("#panes").region.height > panes.height


@pytest.mark.parametrize("size", [(60, 20), (160, 48)])
async def test_no_page_covers_the_headline(size: tuple[int, int]) -> None:
    app = replay_desk("03:40", "rehearsal")
    async with running(app, size) as pilot:
        for key in ("question_mark", "p", "m"):
            await pilot.press(key)
            await settled(app, pilot)
            headline = app.screen._compositor.render_strips()[0].text
            assert "TEST DATA" in headline, key
            assert "REPLAY" in headline, key
            await pilot.press("escape")


async def test_after_a_jump_through_the_night_nothing_is_marked_as_new() -> None:
    app = replay_desk()
    async with running(app) as pilot:
        await pilot.press("ctrl+g", *"00:30", "enter")
        await settled(app, pilot)
        app.desk._fresh.clear()
        await pilot.press("ctrl+g", *"00:50", "enter")
        await settled(app, pilot)
        assert 0 < len(app.desk._fresh) < 24
        app.desk._fresh.clear()
        await pilot.press("ctrl+g", *"05:00", "enter")
        await settled(app, pilot)
        assert app.desk.current.standing.declared > 60
        assert not app.desk._fresh


async def test_a_word_of_the_desk_takes_the_place_of_the_one_before() -> None:
    app = replay_desk()
    async with running(app) as pilot:
        await pilot.press("h", "h", "h")
        await pilot.pause()
        assert [notice.message for notice in app._notifications] == ["House style: bbc"]


async def test_v_goes_through_the_views_and_comes_back() -> None:
    app = replay_desk()
    async with running(app) as pilot:
        await pilot.press("v")
        assert isinstance(app.screen, ProjectorScreen)
        await pilot.press("v")
        await pilot.pause()
        assert app.desk.is_current
        assert [each for each in PANES if app.pane(each).region.area] == ["updates"]
        await pilot.press("v")
        await pilot.pause()
        assert all(app.pane(each).region.area for each in PANES)


async def test_rescan_reaches_the_source() -> None:
    app = live_desk()
    async with running(app) as pilot:
        await pilot.press("ctrl+r")
        assert app.still.rescans == 1


async def test_long_sentences_can_be_cut_to_a_line_and_wrapped_again() -> None:
    app = replay_desk()
    async with running(app, (80, 24)) as pilot:
        wrapped = app.text
        await pilot.press("W")
        await pilot.pause()
        assert "…" in app.text
        assert app.log_pane.follow
        await pilot.press("W")
        await pilot.pause()
        assert app.text == wrapped


async def test_themes_house_styles_sorts_and_groups_all_turn_round() -> None:
    app = replay_desk()
    async with running(app) as pilot:
        themes = []
        for _ in range(3):
            await pilot.press("t")
            themes.append(app.theme)
        assert len(set(themes)) == 3
        assert app.theme == "nightdesk-dark"
        styles = []
        for _ in range(3):
            await pilot.press("h")
            styles.append(app.desk.style)
        assert len(set(styles)) == 3
        await pilot.press("3")
        assert len({await turned(pilot, app, "o", "group") for _ in range(5)}) == 5
        assert len({await turned(pilot, app, "s", "sort") for _ in range(4)}) == 4
        assert len({await turned(pilot, app, "D", "density") for _ in range(5)}) == 5


async def turned(pilot: object, app: object, key: str, name: str) -> object:
    await pilot.press(key)  # type: ignore[attr-defined]
    return getattr(app.grid, name)  # type: ignore[attr-defined]


async def test_a_watched_council_carries_its_mark_until_it_is_let_go() -> None:
    app = replay_desk(look=Options(group="none"))
    async with running(app, (200, 60)) as pilot:
        await pilot.press("3", "w", "1")
        await pilot.pause()
        first = app.rows[app.find("Allerdale")[1]]
        assert "•" in first[first.index("Allerdale") : first.index("Allerdale") + 12]
        await pilot.press("3", "w", "1")
        await pilot.pause()
        assert "•" not in app.rows[app.find("Allerdale")[1]]


def test_the_table_s_words_are_sentences() -> None:
    def is_sentence(command: Command) -> bool:
        return command.help[0].isupper() and command.help.endswith(".")

    assert all(is_sentence(command) for command in COMMANDS)


async def test_what_came_in_a_long_time_is_summed_up_while_the_page_is_open() -> None:
    app = replay_desk()
    async with running(app) as pilot:
        long = replace(app.desk.current.standing, log=LogView(some_news(5_000)), superseded={})
        app.desk.post_message(StandingReady(replace(app.desk.current, standing=long)))
        await pilot.press("m")
        await until(pilot, lambda: "NEWS (5000)" in app.text)
        assert isinstance(app.screen, RowPage)
        assert app.desk.last_look.looked_at is long
