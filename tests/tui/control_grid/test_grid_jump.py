"""Typing ahead on the grid: the first letters of a name, or of a word of it, lead to a council."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feed.model.standing import CouncilStanding
from tests.tui.desk_app import DeskUnderTest, live_desk, night_of, replay_desk, running, trafford
from tests.tui.standings import a_council
from tui.control_grid.jump import Jump, jump_to
from tui.details.council_detail import CouncilDetail
from tui.panes.bar import KeyBar

NIGHT = night_of("england-2019").edge()
NAMES = {council.id: council.name for council in NIGHT.councils}


def found(typed: str) -> list[str]:
    return [NAMES[place] for place in jump_to(typed, NIGHT.councils).found]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("traf", "Trafford"),
        ("TRAF", "Trafford"),
        ("lynn", "King's Lynn and West Norfolk"),
        ("kings l", "King's Lynn and West Norfolk"),
        ("king's l", "King's Lynn and West Norfolk"),
        ("hull", "Kingston upon Hull"),
        ("bath &", "Bath and North East Somerset"),
        ("stoke on", "Stoke-on-Trent"),
        ("bcp", "Bournemouth, Christchurch and Poole"),
        ("ne d", "North East Derbyshire"),
        ("E08000009", "Trafford"),
    ],
)
def test_a_council_is_found_by_name_word_other_name_or_code(typed: str, name: str) -> None:
    assert found(typed)[0] == name


def test_a_name_that_begins_so_comes_before_one_with_a_word_that_does() -> None:
    names = found("nor")
    begin = [name.startswith("Nor") for name in names]
    assert begin == sorted(begin, reverse=True)
    assert {"North Devon", "West Norfolk"} - set(names) == {"West Norfolk"}
    assert "King's Lynn and West Norfolk" in names


def test_a_blank_ends_the_word() -> None:
    assert "Eastleigh" in found("east")
    assert "Eastleigh" not in found("east ")
    assert "East Devon" in found("east ")


@pytest.mark.parametrize("typed", ["", "xyzzy", "'", "[bold]"])
def test_what_means_no_council_finds_none(typed: str) -> None:
    assert not found(typed)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(NIGHT.councils), st.data())
def test_every_council_is_found_by_any_beginning_of_its_name(
    council: CouncilStanding, data: st.DataObject
) -> None:
    length = data.draw(st.integers(1, len(council.name)))
    assert council.id in jump_to(council.name[:length], NIGHT.councils).found


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=12))
def test_any_text_finds_councils_or_none(typed: str) -> None:
    jump = jump_to(typed, [*NIGHT.councils, a_council("Ünder[b]", None)])
    assert len(set(jump.found)) == len(jump.found)
    assert jump.title(None)


def test_the_matches_go_round_in_a_ring() -> None:
    jump = jump_to("tra", NIGHT.councils)
    assert jump.beside(jump.found[0], 1) == jump.found[0]
    several = jump_to("north", NIGHT.councils)
    assert several.beside(several.found[-1], 1) == several.found[0]
    assert several.beside(None, -1) == several.found[-1]
    assert Jump("xyzzy").beside(None, 1) is None


def chosen(app: DeskUnderTest) -> str:
    council = app.desk.current.standing.council(app.grid.selected)
    return "" if council is None else council.name


def title(app: DeskUnderTest) -> str:
    return str(app.grid.border_title)


async def test_letters_lead_to_the_council_and_enter_opens_it() -> None:
    app = replay_desk()
    async with running(app) as pilot:
        await pilot.press("apostrophe")
        assert app.focused is app.grid
        assert "type a name" in title(app)
        await pilot.press(*"north")
        assert chosen(app) == "North Devon"
        assert "Jump to: north▏" in app.text
        assert "1 of 12" in app.text
        await pilot.press("down")
        assert chosen(app) == "North East Derbyshire"
        assert "2 of 12" in app.text
        await pilot.press("up", "up")
        assert chosen(app) == "Bath and North East Somerset"
        assert "12 of 12" in app.text
        await pilot.press(*["backspace"] * 5, *"traf", "enter")
        assert isinstance(app.screen, CouncilDetail)
        assert app.screen.council.name == "Trafford"
        await pilot.press("escape")
        assert "Council control" in title(app)


async def test_while_a_name_is_typed_no_letter_is_a_command() -> None:
    app = replay_desk()
    async with running(app) as pilot:
        theme = app.theme
        await pilot.press("apostrophe", *"tq?z1")
        assert app.theme == theme
        assert app.screen is app.desk
        assert "no council" in title(app)
        await pilot.press("enter")
        assert app.screen is app.desk
        await pilot.press("escape", "t")
        assert app.theme != theme
        assert "Council control" in title(app)


async def test_keys_that_lead_elsewhere_end_the_typing() -> None:
    app = replay_desk()
    async with running(app) as pilot:
        for key in ("escape", "left", "tab", "ctrl+g"):
            await pilot.press("apostrophe", *"traf", key)
            assert not app.grid.jumping, key
            assert "Council control" in title(app), key


async def test_escape_ends_the_typing_and_keeps_filter_and_place() -> None:
    app = replay_desk()
    async with running(app) as pilot:
        await pilot.press("slash", *"lab", "enter", "apostrophe", *"traf", "escape")
        assert app.desk.filter.text == "lab"
        assert chosen(app) == "Trafford"


async def test_the_key_bar_says_how_to_go_on_and_a_click_ends_the_typing() -> None:
    app = replay_desk()
    async with running(app, (160, 48)) as pilot:
        before = [hint.title for hint in app.desk.query_one(KeyBar)._hints]
        await pilot.press("apostrophe", *"traf")
        assert [hint.title for hint in app.desk.query_one(KeyBar)._hints] == [
            "match",
            "open",
            "end",
        ]
        x, y = app.find("esc end")
        await pilot.click(offset=(x, y))
        assert not app.grid.jumping
        await pilot.press("1")
        assert [hint.title for hint in app.desk.query_one(KeyBar)._hints] == before
        await pilot.press("apostrophe", *"bol")
        x, y = app.find("L▲Traf")
        await pilot.click(offset=(x + 3, y))
        assert isinstance(app.screen, CouncilDetail)
        assert app.screen.council.name == "Trafford"
        assert not app.grid.jumping


async def test_a_live_night_goes_on_under_the_typing() -> None:
    app = live_desk()
    async with running(app) as pilot:
        await pilot.press("apostrophe", *"traf")
        assert "no council" in title(app)
        app.still.arrive(trafford())
        await pilot.pause()
        assert app.grid.jumping
        assert "1 found" in title(app) or "1 of 1" in title(app)
        await pilot.press("o")
        assert "no council" in title(app)
        await pilot.press("backspace", "enter")
        assert isinstance(app.screen, CouncilDetail)


async def test_a_jump_shows_the_grid_where_it_is_hidden() -> None:
    app = replay_desk()
    async with running(app) as pilot:
        await pilot.press("v", "v")
        await pilot.pause()
        assert not app.grid.region.area
        await pilot.press("apostrophe", *"traf")
        await pilot.pause()
        assert app.grid.region.area
        assert chosen(app) == "Trafford"
        await pilot.resize_terminal(60, 20)
        await pilot.press("escape", "1", "apostrophe", *"hull")
        await pilot.pause()
        assert app.grid.region.area
        assert "Jump to: hull" in app.text
