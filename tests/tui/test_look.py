"""The look of the whole desk: nothing grey on grey, figures in line, nothing by colour alone."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from rich.color import Color, ColorSystem
from rich.style import Style

from feed.model.standing import Standing
from tests.tui.desk_app import DeskUnderTest, replay_desk, running, strips
from tests.tui.standings import a_board, a_council, a_night, a_row
from tui.colours.ansi import NoColours, OwnColours
from tui.colours.contrast import contrast
from tui.colours.party_colours import letter
from tui.colours.themes import LOOKS
from tui.panes.messages import StandingReady
from tui.settings.options import Options

LEAST, LEAST_FOR_WORDS = 3.0, 4.5
_WORD = re.compile(r"[^\W\d_]{3,}")
_DRAWN = re.compile(r"[─-╿▀-▟╱-╳]|[│┃·]")
"""Rules, bars and blocks: they are drawn, not read."""


def pairs(app: DeskUnderTest) -> dict[tuple[str, str], str]:
    """Return every pair of text and ground on the screen, with a text that it is used for."""
    found: dict[tuple[str, str], str] = {}
    for strip in strips(app):
        for text, style, _ in strip:
            said = _DRAWN.sub("", text).strip()
            if not said or style is None or style.color is None or style.bgcolor is None:
                continue
            ink, ground = style.color.get_truecolor().hex, style.bgcolor.get_truecolor().hex
            pair = (ground, ink) if style.reverse else (ink, ground)
            if pair not in found or len(said) > len(found[pair]):
                found[pair] = said
    return found


@pytest.mark.parametrize("theme", LOOKS)
async def test_no_text_is_hard_to_read_on_its_ground(theme: str) -> None:
    for feed, at, keys in (
        ("england-2019", "04:31", ()),
        ("rehearsal", "+10h", ("2", "down")),
        ("rehearsal", "02:20", ("3",)),
    ):
        app = replay_desk(at, feed, Options(theme=theme))
        async with running(app, (160, 48)) as pilot:
            await pilot.press(*keys)
            shown = pairs(app)
            assert len(shown) > 10
            for (ink, ground), said in shown.items():
                least = LEAST_FOR_WORDS if _WORD.search(said) else LEAST
                assert contrast(ink.upper(), ground.upper()) >= least, (said, ink, ground)


async def test_a_filter_dims_the_others_and_leaves_them_readable() -> None:
    app = replay_desk()
    async with running(app, (160, 48)) as pilot:
        await pilot.press("slash", *"winch")
        for (ink, ground), said in pairs(app).items():
            assert contrast(ink.upper(), ground.upper()) >= 2.5, said


async def test_figures_stand_under_figures_and_stay_where_they_are_when_they_grow() -> None:
    app = replay_desk()
    async with running(app, (160, 48)) as pilot:
        ends = columns_of(app)
        grown = [
            replace(row, councils=row.councils * 3, seats_won=row.seats_won * 3 + 1)
            for row in app.desk.current.standing.scoreboard.rows
        ]
        board = replace(app.desk.current.standing.scoreboard, rows=tuple(grown))
        standing = replace(app.desk.current.standing, scoreboard=board)
        app.desk.post_message(StandingReady(replace(app.desk.current, standing=standing)))
        await pilot.pause()
        assert columns_of(app) == ends


def columns_of(app: DeskUnderTest) -> list[set[int]]:
    """Return where the figures of the scoreboard end, row by row; no row has one elsewhere."""
    region = app.board.region
    rows = [row[region.x + 1 : region.right - 1] for row in app.rows[region.y + 1 :]]
    parties = {row.label for row in app.board.rows if row.label != "NOC"}
    ends = [
        {match.end() for match in re.finditer(r"\S+", row[6:])}
        for row in rows[: len(app.board.rows) + 1]
        if row[1:7].strip() in parties
    ]
    assert len(ends) == len(parties)
    assert all(len(each) == 7 for each in ends)
    assert len(set(map(frozenset, ends))) == 1
    return ends


def standing_of_every_party() -> Standing:
    parties = ("con", "lab", "ld", "green", "reform", "ukip", "ind", "ra", "noc")
    councils = [a_council(f"{party.title()}ham", party, party) for party in parties]
    rows = [a_row(party, councils=1, seats_won=9, seats_net=3) for party in parties]
    return a_night(*councils, a_council("Zeal"), scoreboard=a_board(*rows))


async def test_every_party_is_told_by_its_letter_where_colour_is_not_seen() -> None:
    app = replay_desk()
    async with running(app, (160, 48)) as pilot:
        standing = standing_of_every_party()
        app.desk.post_message(StandingReady(replace(app.desk.current, standing=standing)))
        await pilot.pause()
        for council in standing.councils:
            code = letter(council.after)
            assert re.search(rf"(?:^|\W){re.escape(code)}\s+{council.name}", app.text), council.name


async def test_without_colour_nothing_but_the_terminal_s_own_colours_is_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = replay_desk()
    async with running(app, (160, 48)) as pilot:
        await pilot.press("3", "down")
        styles = [style for strip in strips(app) for _, style, _ in strip if style is not None]
        assert {(style.color, style.bgcolor) for style in styles} == {(None, None)}
        assert any(style.reverse for style in styles)
        assert any(style.bold for style in styles)
        assert "[·]Ash" in app.text


async def test_an_empty_no_color_asks_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "")
    app = replay_desk()
    async with running(app):
        assert any(style.color is not None for strip in strips(app) for _, style, _ in strip)


def test_a_fill_is_reversed_and_plain_text_is_not() -> None:
    from rich.segment import Segment  # noqa: PLC0415
    from textual.color import Color as Ground  # noqa: PLC0415

    filled = Style.parse("bold white on #DC2E1C")
    quiet = Style.parse("#8C9AA6 on #0E1216")
    done = NoColours().apply([Segment("L", filled), Segment("x", quiet)], Ground.parse("#0E1216"))
    assert [piece.style and piece.style.reverse for piece in done] == [True, False]
    assert all(piece.style and piece.style.color is None for piece in done)


async def test_without_colour_a_line_divides_the_parties_of_a_council(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = replay_desk()
    async with running(app, (120, 36)) as pilot:
        await pilot.press("3", "apostrophe", *"trafford", "enter", "enter")
        after = next(row for row in app.rows if "After" in row)
        assert re.search(r"After +C 20 +│L 36 +│D 4", after)
    monkeypatch.delenv("NO_COLOR")
    app = replay_desk()
    async with running(app, (120, 36)) as pilot:
        await pilot.press("3", "apostrophe", *"trafford", "enter", "enter")
        assert not any("│L 36" in row for row in app.rows)


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light"])
async def test_an_ansi_theme_is_drawn_in_the_terminal_s_own_sixteen_colours(theme: str) -> None:
    app = replay_desk(look=Options(theme=theme))
    async with running(app, (160, 48)):
        colours = {
            colour
            for strip in strips(app)
            for _, style, _ in strip
            for colour in (style.color, style.bgcolor)
            if colour is not None
        }
        assert {colour.is_default or colour.is_system_defined for colour in colours} == {True}
        assert any(colour.is_default for colour in colours)
        assert len(colours) > 5


def test_own_colours_leave_page_and_text_to_the_terminal() -> None:
    from rich.segment import Segment  # noqa: PLC0415
    from textual.color import Color as Ground  # noqa: PLC0415

    text = Segment("Alder", Style.parse("#EEEEEE on #121212"))
    party = Segment("L", Style.parse("white on #AA0000"))
    plain, filled = OwnColours("#121212").apply([text, party], Ground.parse("#121212"))
    assert plain.style is not None
    assert plain.style.color is not None
    assert plain.style.color.is_default
    assert filled.style is not None
    assert filled.style.bgcolor == Color.parse("#AA0000").downgrade(ColorSystem.STANDARD)


async def test_nothing_blinks() -> None:
    app = replay_desk("04:31", playing=True)
    async with running(app, (160, 48)):
        assert not any(style.blink for strip in strips(app) for _, style, _ in strip)


async def test_every_theme_of_the_list_draws_a_whole_desk() -> None:
    app = replay_desk()
    async with running(app) as pilot:
        for name in app.available_themes:
            app.theme = name
            await pilot.pause()
            assert "Council control" in app.text
            shown = pairs(app)
            assert shown
            for (ink, ground), said in shown.items():
                if "ansi" not in name:
                    assert contrast(ink.upper(), ground.upper()) >= 2.9, (name, said, ink, ground)
