"""A key means what was typed, however quickly the next one comes, and no key ends the desk."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual._context import visible_screen_stack
from textual.app import RenderResult
from textual.events import Click, Event, MouseDown, Paste
from textual.screen import Screen
from textual.widgets._toast import Toast, ToastHolder

from tests.tui.desk_app import burst, live_desk, replay_desk, running, settled, until
from tests.tui.terminal import Terminal
from tui.desk.help import Help
from tui.desk.screen import DeskScreen
from tui.details.chooser import Chooser
from tui.details.council_detail import CouncilDetail
from tui.details.dialog import Dialog
from tui.details.entry_detail import EntryDetail
from tui.details.listing import ListingLines
from tui.projector.screen import ProjectorScreen
from tui.running.app import Desk
from tui.settings.commands import COMMANDS
from tui.text.typed_text import MOST_TYPED, TypedText


async def test_a_filter_typed_in_one_write_is_the_filter_and_rings_no_bell() -> None:
    app = replay_desk()
    async with running(app) as pilot:
        await burst(app, pilot, "/lab gain\n")
        assert app.desk.filter.text == "lab gain"
        assert not app.alarm.on
        assert app.desk.typing is None
        assert "/ lab gain" in app.text


async def test_a_jump_typed_in_one_write_goes_to_the_council_and_quits_nothing() -> None:
    app = replay_desk()
    async with running(app) as pilot:
        await burst(app, pilot, "'york")
        assert app.grid.jumping
        assert app.grid.selected == "E06000014"
        await burst(app, pilot, ["escape", *"'q"])
        assert app.is_running
        assert app.grid.jumping


async def test_the_foot_says_what_enter_and_escape_do_to_what_is_typed() -> None:
    app = replay_desk()
    async with running(app) as pilot:
        for opens, words in (("/", ("Enter keep", "esc clear")), ("ctrl+g", ("go", "cancel"))):
            await burst(app, pilot, [opens, "0"])
            assert all(word in app.rows[-1] for word in words)
            await pilot.press("escape")


class Page(Dialog):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.called = name

    def heading(self) -> str:
        return self.called


async def test_a_page_that_another_one_covers_closes_nothing_and_is_closed_after_it() -> None:
    app = replay_desk()
    async with running(app) as pilot:
        covered, on_top = Page("Covered"), Page("On top")
        app.push_screen(covered)
        app.push_screen(on_top)
        await settled(app, pilot)
        covered.post_message(
            Click(covered, 0, 0, 0, 0, 1, False, False, False, screen_x=0, screen_y=0)
        )
        await settled(app, pilot)
        assert not covered.close()
        assert app.screen is on_top
        await pilot.press("escape", "escape")
        assert app.screen_stack[-1] == app.desk


async def test_what_the_mouse_does_to_what_is_no_longer_there_ends_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def gone(_screen: DeskScreen, _event: Event) -> None:
        raise AttributeError("'NoneType' object has no attribute 'region'")

    app = replay_desk()
    async with running(app) as pilot:
        with monkeypatch.context() as patch:
            patch.setattr(DeskScreen, "_forward_event", gone)
            app.post_message(
                MouseDown(None, 5, 5, 0, 0, 1, False, False, False, screen_x=5, screen_y=5)
            )
            await pilot.pause()
        await pilot.press("question_mark")
        assert isinstance(app.screen, Help)


@pytest.mark.parametrize("keys", [["question_mark"], ["ctrl+p"], ["1", "G", "enter"], ["v"]])
async def test_nothing_is_kept_of_a_page_that_was_closed(keys: list[str]) -> None:
    app = replay_desk()
    async with running(app) as pilot:
        pages = []
        for _ in range(2):  # what was done last may be kept until the next
            await pilot.press(*keys)
            pages.append(weakref.ref(app.screen))
            assert pages[-1]() is not app.desk
            await pilot.press(*(["v", "v"] if keys == ["v"] else ["escape"]))
            await settled(app, pilot)
            assert app.screen is app.desk
        await until(pilot, lambda: gc.collect() >= 0 and pages[0]() is None)


async def test_nothing_is_kept_of_what_was_said_before() -> None:
    app = replay_desk()
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await settled(app, pilot)
        for number in range(5):
            app.desk.say(f"Said {number}")
            await pilot.pause()
            await pilot.pause()
        assert [str(it._notification.message) for it in app.desk.query(Toast)] == ["Said 4"]
        assert len(app.desk.query(ToastHolder)) == 1


async def test_what_is_begun_while_a_page_is_drawn_keeps_none_of_those_below_it() -> None:
    lent: list[list[Screen[object]]] = []
    held: list[int] = []

    class Drawn(Page):
        def render(self) -> RenderResult:  # type: ignore[override]  # as its base does
            lent.append(visible_screen_stack.get())  # what is begun now keeps this list
            held.append(len(lent[-1]))
            return super().render()

    app = replay_desk()
    async with running(app) as pilot:
        await app.push_screen(Page("Below"))
        await app.push_screen(Drawn("On top"))
        await settled(app, pilot)
        await pilot.click(offset=(60, 3))
        assert any(held)
        assert not any(lent)


async def test_the_desk_is_behind_every_page_however_many_lie_between() -> None:
    app = replay_desk()
    async with running(app) as pilot:
        await app.push_screen(Page("Between"))
        await app.push_screen(Page("On top"))
        await pilot.pause()
        await settled(app, pilot)
        assert "On top" in app.text
        assert "Between" not in app.text
        assert "Scoreboard" in app.text
        await pilot.press("escape")
        await pilot.pause()
        await settled(app, pilot)
        assert "Between" in app.text


async def test_a_time_typed_in_one_write_with_two_enters_is_gone_to() -> None:
    app = replay_desk()
    async with running(app) as pilot:
        await burst(app, pilot, ["ctrl+g", *"04:10\n\n"])
        assert "04:10:00" in app.text
        assert app.is_running
        assert isinstance(app.screen_stack[1], DeskScreen)


@pytest.mark.parametrize(
    "keys", ["'york", "/york", ["ctrl+g", *"04:10"], ["ctrl+p", *"york"], "Tnord"]
)
async def test_what_opens_a_line_takes_the_very_next_key_from_the_projector_too(
    keys: str | Sequence[str],
) -> None:
    app = replay_desk()
    async with running(app) as pilot:
        await burst(app, pilot, "v")
        assert isinstance(app.screen, ProjectorScreen)
        await burst(app, pilot, keys)
        typed = app.desk.typing.typed.text if app.desk.typing else ""
        chosen = app.screen.typed if isinstance(app.screen, Chooser) else ""
        wall = app.screen if isinstance(app.screen, ProjectorScreen) else None
        jumped = wall._jump.typed if wall and wall._jump else ""
        assert typed + chosen + jumped == "".join(key for key in keys[1:])


async def test_what_is_pasted_goes_into_the_line_and_does_nothing_elsewhere() -> None:
    app = replay_desk()
    async with running(app) as pilot:
        app.post_message(Paste("qq/vt"))
        await pilot.pause()
        assert app.is_running
        assert app.screen is app.desk
        assert app.desk.typing is None
        await burst(app, pilot, "/")
        app.post_message(Paste("lab\ngain\x07"))
        await pilot.pause()
        assert app.desk.filter.text == "lab gain"
        await burst(app, pilot, ["escape", "'"])
        app.post_message(Paste("york"))
        await pilot.pause()
        assert app.grid.selected == "E06000014"
        await burst(app, pilot, ["escape", "ctrl+p"])
        app.post_message(Paste("theme"))
        await pilot.pause()
        assert isinstance(app.screen, Chooser)
        assert app.screen.typed == "theme"


_ALL = [command.id for command in COMMANDS if command.id not in {"quit", "quit_now"}]
_THAT_ASK = [
    "help", "palette", "open", "filter", "missed", "night", "problems", "jump", "watched",
    "go_to_time", "view", "themes", "export",
]  # fmt: skip
"""Those that open a page or a line, where Enter answers."""


@pytest.mark.parametrize(("times", "commands"), [(2, _THAT_ASK), (3, _ALL)])
async def test_the_keys_of_a_command_pressed_again_and_again_with_enter_leave_a_desk(
    times: int, commands: Sequence[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    app = replay_desk()
    async with running(app, (80, 24)) as pilot:
        most = None if times == 2 else 1
        for command, key in (
            (it.id, key) for it in COMMANDS if it.id in commands for key in it.keys[:most]
        ):
            enters = times if command in _THAT_ASK else 1
            await burst(app, pilot, [*[key] * times, *["enter"] * enters, *["escape"] * 8])
            assert app.is_running, key
            assert isinstance(app.screen_stack[1], DeskScreen), key
            while app.screen is not app.desk:
                await burst(app, pilot, ["escape"])
        await burst(app, pilot, "1")
        assert "of 248 declared" in app.text


@pytest.mark.parametrize(
    "keys",
    [
        ["ctrl+g", *"01:30\n\n\n"], ["T", "enter", "enter"], ["ctrl+p", *"theme\n\n"],
        ["ctrl+p", "pagedown", "pagedown"], ["ctrl+p", "pageup", "end", "enter", "enter"],
        ["question_mark", "escape", "escape", "q"], ["1", "enter", "escape", "escape", "escape"],
        ["p", "q", "q"], ["m", "q", "q"], ["T", "pagedown", "up", "escape", "escape"],
    ],
)  # fmt: skip
async def test_an_answered_dialog_takes_nothing_and_the_desk_stays(keys: Sequence[str]) -> None:
    app = live_desk()
    async with running(app) as pilot:
        await burst(app, pilot, keys)
        assert app.is_running
        assert isinstance(app.screen_stack[1], DeskScreen)


async def test_page_down_right_after_the_palette_s_key_goes_down_a_page() -> None:
    app = replay_desk()
    async with running(app, (80, 24)) as pilot:
        await burst(app, pilot, ["ctrl+p", "pagedown", "down"])
        page = app.screen.query_one(ListingLines)
        assert page.cursor > 5
        await burst(app, pilot, ["pageup", "pageup", "up"])
        assert page.cursor == 0


async def test_a_double_click_beside_a_page_closes_that_page_alone() -> None:
    app = replay_desk()
    async with running(app) as pilot:
        await pilot.press("1", "enter")
        entry = app.screen
        assert isinstance(entry, EntryDetail)
        for _ in range(3):
            entry.post_message(
                Click(entry, 0, 0, 0, 0, 1, False, False, False, screen_x=0, screen_y=0)
            )
        await pilot.pause()
        assert app.screen is app.desk


async def test_drilling_goes_on_from_a_line_to_its_council_and_escape_comes_back() -> None:
    app = replay_desk()
    async with running(app) as pilot:
        await pilot.press("1", "enter")
        entry = app.screen
        assert isinstance(entry, EntryDetail)
        await pilot.press("end", "enter")
        council = app.screen
        assert isinstance(council, CouncilDetail)
        assert council.council.id == entry.entry.subject
        await pilot.press("escape")
        assert app.screen_stack[1:] == [app.desk, entry]
        await pilot.press("escape")
        assert app.screen_stack[1:] == [app.desk]


def said(app: Desk) -> str:
    """Return what the desk said last."""
    return [notice.message for notice in app._notifications][-1]


async def test_w_watches_the_council_of_the_line_under_the_cursor_and_a_lists_it() -> None:
    app = replay_desk()
    async with running(app) as pilot:
        await pilot.press("1", "w")
        assert said(app) == "Watching North Norfolk · a lists them"
        await pilot.press("a", "enter")
        assert isinstance(app.screen, CouncilDetail)
        assert app.screen.council.name == "North Norfolk"
        await pilot.press("escape", "escape", "w")
        assert said(app) == "No longer watching North Norfolk · a lists them"


async def test_the_palette_over_a_page_does_what_is_chosen_on_the_desk() -> None:
    app = replay_desk()
    async with running(app) as pilot:
        await pilot.press("3", "enter")
        await burst(app, pilot, ["ctrl+p", *"maximise\n"])
        assert app.screen is app.desk
        assert app.desk.has_class("-maximised")
        await burst(app, pilot, ["3", "enter"])
        await pilot.pause()
        await burst(app, pilot, ["ctrl+p", *"house style\n"])
        assert isinstance(app.screen, CouncilDetail)


_KEYS = st.sampled_from([*"abc ", "left", "right", "home", "end", "backspace", "delete", "ctrl+w"])


@given(st.lists(_KEYS, max_size=40))
def test_the_caret_stays_within_what_is_typed(keys: list[str]) -> None:
    typed = TypedText()
    for key in keys:
        typed = typed.after_key(key, key if len(key) == 1 else None) or typed
        assert 0 <= typed.at <= len(typed.text)


@given(st.text(max_size=400), st.text(max_size=40))
def test_what_is_inserted_is_one_printable_line_of_bounded_length(before: str, more: str) -> None:
    typed = TypedText().inserted(before).inserted(more)
    assert typed.text.isprintable()
    assert len(typed.text) <= MOST_TYPED


def test_on_a_real_terminal_each_thing_typed_in_one_write_does_what_it_says() -> None:
    with Terminal(
        "replay", "sample_feeds/england-2019", "--paused", "--start", "04:31"
    ) as terminal:
        terminal.wait_for("of 248 declared")
        terminal.send("/lab gain")
        terminal.wait_for("/ lab gain")
        terminal.send("\r\x1b")
        terminal.wait_for("/ filter")
        terminal.send("'york")
        terminal.wait_for("Jump to: york")
        terminal.send("\x1b\x0704:10\r\r")
        terminal.wait_for("04:10:00")
        terminal.send("\x1b'q")
        terminal.wait_for("Jump to: q")
        terminal.send("\x1b\x10\x1b[6~\x1b[6~theme\r\r")
        terminal.send("\x1b")
        terminal.send("\x11")
        assert terminal.wait() == 0
