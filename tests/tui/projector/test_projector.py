"""The projector: rows stay put, nothing is hidden that must be said, all fits at every size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.segment import Segment
from textual.pilot import Pilot

from feed.model.entries import EntryKind
from feed.model.parties import PartyId
from feed.model.standing import Standing
from feed.model.view import Mode, SourceHealth, TransportView, View
from feed.session.session import Post, Session
from tests.tui.log_entries import HOSTILE, a_gain, a_standing, an_entry
from tests.tui.standings import a_board, a_council, a_night, a_row, many_councils
from tui.colours.themes import CONTRAST, DARK, LIGHT
from tui.colours.themes import Look as Colours
from tui.control_grid.widget import ControlGrid
from tui.desk.screen import DeskScreen
from tui.projector.board import ProjectorBoard, leading
from tui.projector.layout import board_plan, page_plan
from tui.projector.news import last_declaration, newest
from tui.projector.ribbon import flags
from tui.projector.screen import ProjectorScreen
from tui.running.app import Desk
from tui.running.static import still_live
from tui.settings.options import Options
from tui.settings.remembered import Memory

NOW = datetime(2019, 5, 3, 3, 31, tzinfo=UTC)
SIZES = [(80, 24), (100, 30), (160, 48), (200, 60), (40, 12)]
BOARD = a_board(
    a_row("con", councils=31, gained=1, lost=27, seats_won=980, seats_net=-1269),
    a_row("lab", councils=44, gained=3, lost=4, seats_won=901, seats_net=-51),
    a_row("ld", councils=11, gained=8, seats_won=704, seats_net=310),
    a_row("green", seats_won=96, seats_net=74),
    a_row("ind", councils=1, gained=1, seats_won=275, seats_net=118),
    a_row("ra", councils=1, seats_won=49, seats_net=0),
    a_row("ukip", seats_won=17, seats_net=-18),
    a_row("yorkshire-first", seats_won=2, seats_net=2),
    a_row("noc", councils=35, gained=25, lost=7),
)
ALDER, *OTHERS = many_councils()
NIGHT = a_night(
    replace(ALDER, entry=1),
    *OTHERS,
    scoreboard=BOARD,
    date=date(2019, 5, 2),
    log=a_standing([a_gain(1, "Alder", detail="36 of 63 seats"), an_entry(2)]).log,
)
LIVE = View(
    NIGHT, "live", SourceHealth("ok", last_arrival_at=NOW - timedelta(seconds=12)), clock=NOW
)
REPLAYED = TransportView(True, 60.0, NOW, NOW - timedelta(hours=6), NOW + timedelta(hours=2))
REPLAY = View(NIGHT, "replay", SourceHealth("ok"), transport=REPLAYED, clock=NOW)


def said(line: Sequence[Segment]) -> str:
    return "".join(piece.text for piece in line)


def a_desk(
    view: str = "projector", cycle: float | None = None, memory: Memory | None = None
) -> Desk:
    def make(post: Post) -> Session:
        return still_live(post, lambda: NOW)

    return Desk(make, Options(view=view, cycle=cycle), memory)  # type: ignore[arg-type]


async def projected(desk: Desk, pilot: Pilot[None], view: View = LIVE) -> ProjectorScreen:
    await pilot.pause()
    desk._hand_over(view)
    await pilot.pause()
    screen = desk.screen
    assert isinstance(screen, ProjectorScreen)
    return screen


def rows(desk: Desk) -> list[str]:
    return [strip.text for strip in desk.screen._compositor.render_strips()]


@pytest.mark.parametrize(("width", "height"), SIZES)
async def test_every_page_fits_its_terminal_and_says_what_matters(width: int, height: int) -> None:
    desk = a_desk()
    async with desk.run_test(size=(width, height)) as pilot:
        screen = await projected(desk, pilot)
        for _ in screen.plan.pages:
            shown = rows(desk)
            assert len(shown) == height
            assert any("Alder" in row for row in shown)
            assert any("112" in row or "declared" in row for row in shown)
            if screen.page != "grid":
                assert any("Con" in row for row in shown)
                assert any("since the eve of poll" in row for row in shown)
                assert any("NOC" in row for row in shown) or height < 20
            screen.action_turn(1)
            await pilot.pause()


@pytest.mark.parametrize(("width", "height"), SIZES[:4])
async def test_four_lines_of_the_log_stand_under_the_figures(width: int, height: int) -> None:
    log = a_standing([an_entry(number) for number in range(1, 9)]).log
    desk = a_desk()
    async with desk.run_test(size=(width, height)) as pilot:
        await projected(desk, pilot, replace(LIVE, standing=replace(NIGHT, log=log)))
        last = rows(desk)[-4:]
    assert [row.split()[-1] for row in last] == ["5", "6", "7", "8"]


async def test_all_councils_are_in_sight_beside_the_figures_on_a_large_screen() -> None:
    desk = a_desk()
    async with desk.run_test(size=(160, 48)) as pilot:
        screen = await projected(desk, pilot)
        grid = screen.query_one(ControlGrid)
        assert screen.page == "all"
        assert len(grid.laid_out.rows) <= grid.window.height
        assert len(grid.laid_out.spots) == 248
        assert screen.query_one(ProjectorBoard).size.width < 110


def test_a_party_without_a_row_is_named_below() -> None:
    plan = board_plan(80, 17, 9, beside_grid=False)
    shown = leading(NIGHT, plan.rows)
    assert len(shown) == plan.rows
    assert shown[-1].party == "noc"


def test_rows_stay_where_they_are_while_figures_move() -> None:
    before = [row.party for row in leading(NIGHT, 5)]
    grown = replace(
        NIGHT,
        scoreboard=replace(
            BOARD,
            rows=tuple(
                replace(row, seats_won=round(row.seats_won * 1.2 + 5)) for row in BOARD.rows
            ),
        ),
    )
    assert [row.party for row in leading(grown, 5, before)] == before


def test_a_party_that_outgrows_a_row_takes_its_place_and_the_order_stays_the_agencys() -> None:
    before = [row.party for row in leading(NIGHT, 5)]
    assert "ukip" not in before
    rows = tuple(replace(row, seats_won=5000) if row.party == "ukip" else row for row in BOARD.rows)
    after = [
        row.party
        for row in leading(replace(NIGHT, scoreboard=replace(BOARD, rows=rows)), 5, before)
    ]
    assert "ukip" in after
    assert len(set(before) & set(after)) == 4
    assert after[-1] == "noc"


parties = st.sampled_from(["con", "lab", "ld", "green", "ind", "ukip", "ra", "noc", "snp"])


@settings(deadline=None, max_examples=60)
@given(
    st.dictionaries(parties, st.integers(0, 3000), min_size=1), st.integers(1, 9), st.lists(parties)
)
def test_leading_rows_are_in_the_agencys_order_and_fill_the_room(
    seats: dict[str, int], room: int, before: list[str]
) -> None:
    board = a_board(*(a_row(party, seats_won=count) for party, count in seats.items()))
    standing = a_night(scoreboard=board)
    shown = [row.party for row in leading(standing, room, dict.fromkeys(map(PartyId, before)))]
    assert len(shown) == len(set(shown)) == min(room, len(seats))
    order = ["con", "lab", "ld"]
    assert [p for p in shown if p in order] == [p for p in order if p in shown]
    assert "noc" not in shown[:-1]


@pytest.mark.parametrize("width", [40, 60, 80, 100, 160])
@pytest.mark.parametrize("look", [DARK, LIGHT, CONTRAST], ids=lambda look: look.name)
def test_test_and_replay_cannot_be_hidden(width: int, look: Colours) -> None:
    view = replace(REPLAY, standing=replace(NIGHT, test=True))
    line = said(flags(view, NOW, "page 1 of 2", width, look))
    assert "TEST" in line
    assert "REPLAY" in line
    assert len(line) == width


@pytest.mark.parametrize(
    ("mode", "state", "word"),
    [
        ("live", "ok", "LIVE"),
        ("live", "lost", "SOURCE LOST"),
        ("paused", "ok", "PAUSED: not the newest"),
        ("review", "ok", "REVIEW 04:31: not the newest"),
        ("replay", "ok", "REPLAY of 2 May 2019 at 60×"),
    ],
)
def test_the_band_says_what_these_figures_are(mode: Mode, state: str, word: str) -> None:
    health = SourceHealth(state)  # type: ignore[arg-type]
    view = replace(REPLAY if mode == "replay" else LIVE, mode=mode, source=health)
    assert word in said(flags(view, NOW, "", 100, DARK))


def test_the_headline_is_the_newest_declaration_that_still_stands() -> None:
    entries = [
        a_gain(1, "Alder"),
        a_gain(2, "Birch"),
        a_gain(3, "Copse"),
        an_entry(4, EntryKind.RUSH),
        an_entry(5, EntryKind.WITHDRAWN),
    ]
    stands = {"Alder": 1, "Birch": 2, "Copse": 5, "Dun": 4, "Elm": None}
    councils = tuple(replace(a_council(name), entry=seq) for name, seq in stands.items())
    standing = a_standing(entries, superseded={3: 5}, councils=councils)
    assert last_declaration(standing) == entries[1]
    assert last_declaration(Standing()) is None


def test_lines_that_tell_an_audience_nothing_are_left_out() -> None:
    entries = [an_entry(1), an_entry(2, EntryKind.ROSTER), an_entry(3, EntryKind.DUPLICATE)]
    assert newest(a_standing(entries), 4) == [entries[0]]


async def test_hostile_text_is_shown_and_steers_nothing() -> None:
    council = a_council(HOSTILE, "con", "lab")
    log = a_standing([a_gain(1, HOSTILE), an_entry(2, text=HOSTILE)]).log
    desk = a_desk()
    async with desk.run_test(size=(160, 48)) as pilot:
        night = a_night(council, scoreboard=BOARD, log=log, title=HOSTILE)
        await projected(desk, pilot, replace(LIVE, standing=night))
        for row in rows(desk):
            assert row.isprintable()


async def test_v_goes_from_the_desk_to_the_projector_to_the_log_and_back() -> None:
    memory = Memory()
    desk = a_desk("desk", memory=memory)
    async with desk.run_test(size=(160, 48)) as pilot:
        await pilot.pause()
        first = desk.screen
        assert isinstance(first, DeskScreen)
        await pilot.press("v")
        await projected(desk, pilot)
        assert memory.all()["view"] == "projector"
        await pilot.press("v")
        assert desk.screen is first
        assert first.has_class("-log-only")
        await pilot.press("v")
        assert not first.has_class("-log-only")
        assert memory.all()["view"] == "desk"


@pytest.mark.parametrize("key", ["q", "escape"])
async def test_the_projector_is_left_for_the_desk_and_nothing_is_quit(key: str) -> None:
    desk = a_desk()
    async with desk.run_test(size=(160, 48)) as pilot:
        await projected(desk, pilot)
        await pilot.press(key)
        assert isinstance(desk.screen, DeskScreen)
        assert desk.is_running


async def test_pages_turn_by_themselves_until_they_are_held_by_a_key_or_a_click() -> None:
    desk = a_desk(cycle=20.0)
    async with desk.run_test(size=(100, 30)) as pilot:
        screen = await projected(desk, pilot)
        pages = [screen.page]
        screen._turn_by_itself()
        pages.append(screen.page)
        await pilot.press("space")
        screen._turn_by_itself()
        pages.append(screen.page)
        assert pages == ["figures", "grid", "grid"]
        assert "page 2 of 2, held" in rows(desk)[1]
        await pilot.click(ControlGrid)
        assert not screen.held
        screen._turn_by_itself()
        assert screen.query_one(ControlGrid).display is False


async def test_pages_turn_by_hand() -> None:
    desk = a_desk()
    async with desk.run_test(size=(100, 30)) as pilot:
        screen = await projected(desk, pilot)
        shown = []
        for key in ("tab", "shift+tab", "shift+tab"):
            await pilot.press(key)
            shown.append(screen.page)
        assert shown == ["grid", "figures", "grid"]


async def test_there_are_no_toasts_and_no_key_bar() -> None:
    desk = a_desk()
    async with desk.run_test(size=(100, 30)) as pilot:
        await projected(desk, pilot)
        desk.notify("something went wrong")
        await pilot.pause()
        text = "\n".join(rows(desk))
    assert "something went wrong" not in text
    assert "help" not in text


async def test_the_theme_turns_on_the_projector_too_and_the_grid_follows_the_desk() -> None:
    desk = a_desk()
    async with desk.run_test(size=(160, 48)) as pilot:
        screen = await projected(desk, pilot)
        await pilot.press("t")
        assert desk.theme == "nightdesk-light"
        await pilot.press("o")
        assert screen.query_one(ControlGrid).group == "region"


@settings(deadline=None, max_examples=80)
@given(st.integers(40, 320), st.integers(10, 100), st.integers(1, 20), st.booleans())
def test_figures_never_outgrow_their_room(
    width: int, height: int, parties: int, beside: bool
) -> None:
    plan = page_plan(width, height)
    stage = height - plan.ribbon - plan.progress - plan.band - plan.news
    found = board_plan(width, max(1, stage), parties, beside_grid=beside)
    assert found.rows >= 1
    if stage >= 5:
        assert found.rows * found.pitch + 2 <= stage + 1
    if width >= 80:
        assert found.width <= width


IRELAND = Standing(
    title="Northern Ireland local elections 2019",
    ni_councils=(
        a_council("Belfast", None, status="declared", entry=1),
        a_council("Mid Ulster", None),
    ),
    ni_scoreboard=a_board(
        a_row("dup", seats_won=15, seats_net=-1),
        a_row("sf", seats_won=18, seats_net=2),
        a_row("uup", seats_won=2, seats_net=-5),
    ),
    log=a_standing([an_entry(1, kind=EntryKind.CONTEST, text="Belfast: SF 18, DUP 15")]).log,
)


@pytest.mark.parametrize(("width", "height"), [(80, 24), (160, 48)])
async def test_where_nobody_said_how_many_are_up_no_share_is_shown(width: int, height: int) -> None:
    flashed = tuple(a_council(name, "con", "lab", status="rush") for name in ("Alder", "Birch"))
    night = Standing(title="Tonight", councils=flashed, rushed=2)
    desk = a_desk()
    async with desk.run_test(size=(width, height)) as pilot:
        await projected(desk, pilot, replace(LIVE, standing=night))
        shown = "\n".join(rows(desk))
        assert "councils declared" in shown
        assert "of 0" not in shown
        assert "%" not in shown
        assert "2 rushes" in shown or "2 unconfirmed" in shown


@pytest.mark.parametrize(("width", "height"), [(80, 24), (100, 30), (160, 48), (200, 60)])
async def test_a_night_of_northern_ireland_alone_has_its_own_parties_seats_and_result(
    width: int, height: int
) -> None:
    desk = a_desk()
    async with desk.run_test(size=(width, height)) as pilot:
        await projected(desk, pilot, replace(LIVE, standing=IRELAND))
        shown = "\n".join(rows(desk))
        assert "of 2 councils declared" in shown
        for label in ("DUP", "SF", "UUP", "SEATS", "no party controls a council"):
            assert label in shown
        assert "Lab" not in shown
        assert "COUNCILS" not in shown
        assert "RESULT" in shown
        assert "Belfast: SF 18, DUP 15" in shown
