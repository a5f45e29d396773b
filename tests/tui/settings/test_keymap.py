"""Keys can be moved by id, are told as they are mapped, and never stand in each other's way."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.binding import Binding
from textual.keys import _character_to_key

from feed.model.standing import Standing
from feed.model.view import View
from feed.session.session import Post, Session
from tui.colours.themes import DARK
from tui.control_grid.widget import ControlGrid
from tui.desk.commands.panes import command_choices
from tui.desk.help import Help, key_hints, tips
from tui.desk.screen import DeskScreen
from tui.panes.line_pane import LinePane
from tui.panes.pane_keys import PANE_KEYS
from tui.running.app import Desk
from tui.scoreboard.widget import Scoreboard
from tui.settings.commands import COMMANDS, spelled
from tui.settings.keymap import DEFAULTS, Keymap, check_keymap, key_name
from tui.settings.options import Options
from tui.update_log.widget import UpdateLog


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("/", "slash"), ("?", "question_mark"), (",", "comma"), ("+", "plus"), ("-", "minus"),
        ("ctrl+f", "ctrl+f"), ("Ctrl+F", "ctrl+f"), ("shift+a", "A"), ("A", "A"), ("a", "a"),
        ("shift+F5", "shift+f5"), ("PgUp", "pageup"), ("esc", "escape"), ("space", "space"),
        (" ", "space"), ("shift+ctrl+up", "ctrl+shift+up"), ("ctrl++", "ctrl+plus"), ("£", "pound_sign"),
        ("full_stop", "full_stop"), ("Return", "enter"), ("é", "é"),
    ],
)  # fmt: skip
def test_keys_are_read_as_people_write_them(written: str, name: str) -> None:
    assert key_name(written) == name
    assert key_name(name) == name


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("ctlr+f", "'ctlr' is none of ctrl, shift and alt"),
        ("pagup", "did you mean pageup"),
        ("f25", "is no key"),
        ("ctrl+i", "a terminal sends it as tab"),
        ("ctrl+m", "a terminal sends it as enter"),
        ("ctrl+[", "a terminal sends it as escape"),
        ("ctrl+", "is no key"),
        ("\x1b", "is no key"),
        ("", "is no key"),
    ],
)
def test_what_is_no_key_is_refused_with_a_reason(written: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        key_name(written)


@settings(deadline=None, max_examples=80)
@given(st.characters(min_codepoint=33, max_codepoint=0x24F, categories=["L", "N", "P", "S"]))
def test_characters_have_the_names_that_textual_gives_them(character: str) -> None:
    assert key_name(character) == _character_to_key(character)


@settings(deadline=None, max_examples=80)
@given(st.text(max_size=12))
def test_any_text_is_a_key_or_is_refused(text: str) -> None:
    try:
        name = key_name(text)
    except ValueError:
        return
    assert "," not in name
    if text.isascii():
        assert key_name(name) == name


def test_the_panes_bind_what_the_keymap_says() -> None:
    bound = {
        binding.id: tuple(binding.key.split(","))
        for pane in {*UpdateLog.__mro__, *Scoreboard.__mro__, *ControlGrid.__mro__}
        if issubclass(pane, LinePane)
        for binding in pane.__dict__.get("BINDINGS", ())
        if isinstance(binding, Binding)
    }
    assert bound == PANE_KEYS


def test_nothing_is_wrong_with_the_keys_as_they_are() -> None:
    assert not list(check_keymap({}))


def problems(**keys: str) -> list[str]:
    table = {id_.replace("__", "."): (key,) for id_, key in keys.items()}
    return [what for _, what, _ in check_keymap(table)]


def test_two_commands_on_one_key_are_refused_by_name() -> None:
    assert problems(filter="f7", sort="f7") == ["filter and sort are both on f7"]
    assert problems(filter="v") == ["filter and view are both on v"]


def test_a_command_that_a_pane_would_swallow_is_refused() -> None:
    assert problems(filter="j") == ["filter and pane.down are both on j"]
    assert problems(theme="left") == [
        "minute_back and theme are both on ←",
        "theme and board.left are both on ←",
        "theme and grid.left are both on ←",
    ]


def test_keys_of_different_panes_are_not_in_each_others_way() -> None:
    assert problems(grid__left="f7", board__left="f7") == []


def test_two_commands_can_change_places() -> None:
    assert problems(filter="v", view="slash") == []


def test_ctrl_c_is_nobodys() -> None:
    assert problems(filter="ctrl+c") == [
        "filter cannot be put on ^C: it interrupts, or copies, in every terminal"
    ]


def test_a_command_of_the_panes_is_refused_with_the_ids_to_use() -> None:
    ((_, what, fix),) = check_keymap({"move": ("x",)})
    assert "move is no command" in what
    assert fix == "give pane.up, pane.down, pane.page-up, pane.page-down"


def test_labels_are_the_keys_in_force() -> None:
    keys = Keymap({"filter": ("ctrl+f",), "pane.down": ("f7",), "follow": ("F",)})
    assert keys.label("filter") == "^F"
    assert keys.label("sort") == "s"
    assert "f7" in keys.label("move")
    assert Keymap().label("move") == next(c.key_label for c in COMMANDS if c.id == "move")
    assert keys.for_textual() == {
        "filter": "ctrl+f", "pane.down": "f7", "follow": "F", "log.follow": "F",
    }  # fmt: skip


@settings(deadline=None, max_examples=40)
@given(
    st.dictionaries(
        st.sampled_from(sorted(DEFAULTS)), st.sampled_from(["f13", "f14", "f15"]), max_size=3
    )
)
def test_a_keymap_without_a_clash_gives_every_command_a_key(keys: dict[str, str]) -> None:
    table = {id_: (key,) for id_, key in keys.items()}
    if list(check_keymap(table)):
        return
    for command in COMMANDS:
        assert Keymap(table).label(command)


def test_the_key_bar_tells_of_the_keys_in_force() -> None:
    keys = Keymap({"filter": ("f7",), "step_on": ("f8",)})
    bar = key_hints(View(Standing()), keys, filtering=False)
    assert ("f7", "filter", "filter") in bar
    replay = key_hints(View(Standing(), "replay"), keys, filtering=False)
    assert (f"{spelled('comma')} f8", "step", "step_on") in replay


def test_what_to_try_is_left_out_whole_where_there_is_no_room() -> None:
    for room in range(20, 120):
        said = tips(Keymap(), room)
        assert len(said) <= room
        assert said.endswith("? every key")
        assert "…" not in said


def a_desk(**keys: tuple[str, ...]) -> Desk:
    def make(post: Post) -> Session:
        return Session(post)

    return Desk(make, Options(keys=keys))


async def test_a_moved_command_is_done_by_its_new_key_and_not_by_its_old_one() -> None:
    desk = a_desk(filter=("f7",), quit_now=("f9",), palette=("f6",))
    async with desk.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        screen = desk.screen
        assert isinstance(screen, DeskScreen)
        await pilot.press("slash")
        assert not screen.has_class("-filtering")
        await pilot.press("f7")
        assert screen.has_class("-filtering")
        await pilot.press("escape")
        labels = {choice.key: choice.label for choice in command_choices(screen.keys)}
        assert labels["filter"] == "f7"
        await pilot.press("question_mark")
        page = desk.screen
        assert isinstance(page, Help)
        told = ["".join(part.text for part in line) for line in page.lines(80, DARK)]
        (filtering,) = [line for line in told if "Filter as you type" in line]
        assert filtering.startswith("f7 ")
        await pilot.press("escape", "ctrl+q")
        assert desk.is_running
        await pilot.press("f9")
    assert desk.return_code == 0
