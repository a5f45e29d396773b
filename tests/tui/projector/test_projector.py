"""The wall: every page fits every size, nothing that must be said is hidden, keys do what they say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.segment import Segment
from textual.pilot import Pilot

from feed.model.parties import PartyId
from feed.model.standing import Standing
from feed.model.terms import ContestKind
from feed.model.view import Mode, SourceHealth, TransportView, View
from feed.session.session import Post, Session
from tests.tui.desk_app import night_of
from tests.tui.live import still_live
from tests.tui.log_entries import HOSTILE, a_gain, a_standing, an_entry
from tests.tui.standings import a_board, a_council, a_night, a_row, many_councils
from tui.colours.themes import CONTRAST, DARK, LIGHT
from tui.colours.themes import Look as Colours
from tui.desk.screen import DeskScreen
from tui.projector.frame import Frame, draw_frame, flags, has_something_to_say
from tui.projector.letters import SMALL, big
from tui.projector.scene import JustIn, Scene, ago_words, ordinal, possessive
from tui.projector.screen import ProjectorScreen
from tui.projector.surface import changed_cells
from tui.projector.table_page import leading
from tui.running.app import Desk
from tui.settings.options import Options
from tui.settings.remembered import Memory
from tui.settings.wall_pages import WALL_PAGES, WallPage

NOW = datetime(2019, 5, 3, 3, 31, tzinfo=UTC)
SIZES = [(60, 20), (80, 24), (100, 30), (120, 36), (160, 48), (200, 60), (250, 70), (300, 90)]
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
REAL = night_of("england-2019")


def said(line: Sequence[Segment]) -> str:
    return "".join(piece.text for piece in line)


def a_desk(memory: Memory | None = None, view: str = "projector", **options: object) -> Desk:
    def make(post: Post) -> Session:
        return still_live(post, lambda: NOW)

    return Desk(make, Options(view=view, **options), memory)  # type: ignore[arg-type]


async def projected(desk: Desk, pilot: Pilot[None], view: View = LIVE) -> ProjectorScreen:
    await pilot.pause()
    desk._hand_over(view)
    await pilot.pause()
    screen = desk.screen
    assert isinstance(screen, ProjectorScreen)
    return screen


def shown_page(screen: ProjectorScreen) -> str:
    return screen.page


def rows(desk: Desk) -> list[str]:
    return [strip.text for strip in desk.screen._compositor.render_strips()]


def a_scene(standing: Standing, name: str | None = None, **facts: object) -> Scene:
    done = [it for it in standing.all_councils if it.status == "declared"]
    council = next((it for it in done if it.name == name), done[0] if done else None)
    news = None if council is None else JustIn(council.id, NOW, council.changed_hands)
    return Scene(standing, standing.as_of or NOW, news=news, **facts)  # type: ignore[arg-type]


def a_page(
    page: WallPage,
    size: tuple[int, int],
    standing: Standing = NIGHT,
    *,
    name: str | None = None,
    look: Colours = DARK,
    view: View = REPLAY,
) -> list[str]:
    frame = Frame(replace(view, standing=standing), a_scene(standing, name), page)
    lines = draw_frame(frame, *size, NOW, look)
    return [said(line) for line in lines]


@pytest.mark.parametrize("at", [0.2, 0.6, 1.0])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("page", WALL_PAGES)
def test_every_page_fills_every_size(page: WallPage, size: tuple[int, int], at: float) -> None:
    drawn = a_page(page, size, REAL.at(round(len(REAL) * at)))
    assert [len(row) for row in drawn] == [size[0]] * size[1]
    assert "REPLAY" in "".join(drawn[:2])


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(WALL_PAGES),
    st.integers(40, 320),
    st.integers(10, 100),
    st.sampled_from([Standing(), NIGHT, REAL.edge()]),
    st.booleans(),
)
def test_any_page_at_any_size_is_a_rectangle_of_printable_signs(
    page: WallPage, width: int, height: int, standing: Standing, known: bool
) -> None:
    view = REPLAY if known else LIVE
    drawn = a_page(page, (width, height), standing, view=view)
    assert [len(row) for row in drawn] == [width] * height
    assert all(row.isprintable() for row in drawn)


@pytest.mark.parametrize("size", SIZES)
def test_the_council_just_in_is_never_cut(size: tuple[int, int]) -> None:
    edge = REAL.edge()
    for council in edge.councils[::9]:
        drawn = "\n".join(a_page("just-in", size, edge, name=council.name))
        body = drawn.split("\n", 2)[2]
        in_blocks = any(sign in body for sign in "▀▄")
        assert in_blocks or council.name.upper() in drawn
        assert "majority" in drawn or council.after == "noc"


def test_just_in_says_from_whom_how_many_and_the_majority() -> None:
    drawn = "\n".join(a_page("just-in", (120, 36), REAL.edge(), name="Vale of White Horse"))
    for words in (
        "from the Conservatives", "the Liberal Democrats' ", "gain of the night",
        "20 of 38 seats: majority", "before", "after", "Lib Dem 31", "+22", "declared 07:45 BST",
    ):  # fmt: skip
        assert words in drawn


def test_an_age_is_said_in_words_and_moves_once_a_minute() -> None:
    ages = [ago_words(timedelta(seconds=each)) for each in (0, 59, 60, 450, 660, 7300)]
    assert ages == [
        "just now", "just now", "one minute ago", "seven minutes ago", "11 minutes ago",
        "2 hours ago",
    ]  # fmt: skip


def test_numbers_and_owners_are_written_as_english_has_them() -> None:
    assert [ordinal(each) for each in (1, 10, 13, 21, 22, 112)] == [
        "first", "tenth", "13th", "21st", "22nd", "112th",
    ]  # fmt: skip
    assert possessive("the Liberal Democrats") == "the Liberal Democrats'"
    assert possessive("Labour") == "Labour's"


@pytest.mark.parametrize("size", SIZES)
def test_the_table_has_every_column_at_every_size(size: tuple[int, int]) -> None:
    drawn = "\n".join(a_page("table", size))
    for head in ("COUNCILS", "SEATS", "±"):
        assert head in drawn
    assert "Yorkshire First" in drawn or "YORKSHIRE" in drawn or size[1] < 24


def test_net_seats_diverge_from_one_line_where_there_is_room() -> None:
    drawn = a_page("table", (200, 60))
    bars = [row for row in drawn if row.rstrip().endswith(("▄", "▏", "▕"))]
    edges = {max(row.rfind("▏"), row.rfind("▕") + 1) for row in bars if "▏" in row or "▕" in row}
    assert len(bars) >= 5
    assert len(edges) == 1


def test_no_overall_control_stands_last_and_rows_are_in_the_agencys_order() -> None:
    parties = [row.party for row in leading(NIGHT, 6)]
    assert parties[:3] == ["con", "lab", "ld"]
    assert parties[-1] == "noc"


parties = st.sampled_from(["con", "lab", "ld", "green", "ind", "ukip", "ra", "noc", "snp"])


@settings(deadline=None, max_examples=60)
@given(st.dictionaries(parties, st.integers(1, 3000), min_size=1), st.integers(1, 9))
def test_leading_rows_are_in_the_agencys_order_and_fill_the_room(
    seats: dict[str, int], room: int
) -> None:
    board = a_board(*(a_row(party, seats_won=count) for party, count in seats.items()))
    shown = [row.party for row in leading(a_night(scoreboard=board), room)]
    assert len(shown) == len(set(shown)) == min(room, len(seats))
    order = ["con", "lab", "ld"]
    assert [p for p in shown if p in order] == [p for p in order if p in shown]
    assert "noc" not in shown[:-1]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_map_has_a_tile_for_every_council_where_letters_have_room(
    width: int, height: int
) -> None:
    edge = REAL.edge()
    scene = a_scene(edge)
    assert has_something_to_say("map", scene, width, height)
    drawn = a_page("map", (width, height), edge)
    if height >= 36:
        changed = sum(it.changed_hands for it in edge.councils)
        assert sum(row.count("▲") for row in drawn) >= changed
        assert "Conservative" in "\n".join(drawn) or "Con " in "\n".join(drawn)


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
def test_a_low_map_has_a_letter_for_every_council(size: tuple[int, int]) -> None:
    edge = REAL.edge()
    drawn = "".join(row[:50] for row in a_page("map", size, edge)[2:-2])
    held = Counter(it.after for it in edge.councils)
    assert drawn.count("C") >= held[PartyId("con")]
    assert drawn.count("L") >= held[PartyId("lab")]


@pytest.mark.parametrize("at", [0.55, 0.6, 0.7, 1.0])
@pytest.mark.parametrize("size", SIZES[4:])
def test_no_heading_stands_alone_at_the_end_of_a_column(size: tuple[int, int], at: float) -> None:
    rows = a_page("changed", size, REAL.at(int(len(REAL) * at)))
    listed = [row for row in rows[:-3] if row.strip()]
    assert not re.search(r"[A-Z] \+\d", listed[-1])


@pytest.mark.parametrize("size", SIZES[3:])
def test_every_change_of_control_is_named_whole(size: tuple[int, int]) -> None:
    edge = REAL.edge()
    drawn = "\n".join(a_page("changed", size, edge))
    changed = [it.name for it in edge.councils if it.changed_hands]
    missing = [name for name in changed if name not in drawn]
    left = re.search(r"and (\d+) more", drawn)
    assert len(missing) == (int(left[1]) if left else 0)


def test_the_regions_stand_where_they_lie() -> None:
    drawn = a_page("regions", (160, 48), REAL.edge())
    places = {
        name: next((y, row.index(name)) for y, row in enumerate(drawn) if name in row)
        for name in ("North West", "North East", "South West", "East of England", "South East")
    }
    assert places["North West"] < places["North East"]
    assert places["South West"][0] > places["East of England"][0] > places["North East"][0]
    assert places["South West"][1] < places["South East"][1] < places["East of England"][1]


def test_next_says_what_is_late_and_what_is_due_with_their_estimates() -> None:
    councils = [
        replace(
            a_council(name, None, "con", status="expected"),
            expected_at=NOW + timedelta(minutes=minutes),
        )
        for name, minutes in (("Alder", -80), ("Birch", 5), ("Copse", 90))
    ]
    scene = replace(a_scene(a_night(*councils)), now=NOW)
    frame = Frame(LIVE, scene, "next")
    drawn = "\n".join(said(line) for line in draw_frame(frame, 80, 24, NOW, DARK))
    for words in ("Next: ~04:36 Birch", "LATE: 1 COUNCIL", "~03:11 Alder", "~06:01 Copse"):
        assert words in drawn
    far = replace(scene, standing=a_night(councils[2]))
    later = draw_frame(Frame(LIVE, far, "next"), 80, 24, NOW, DARK)
    assert "Nothing expected before 06:01" in "\n".join(map(said, later))


def test_next_says_whose_estimates_the_times_are() -> None:
    council = replace(
        a_council("Alder", None, "con", status="expected"), expected_at=NOW + timedelta(minutes=9)
    )
    scene = replace(a_scene(a_night(council)), now=NOW, sources=("Press Association estimate",))
    drawn = draw_frame(Frame(LIVE, scene, "next"), 100, 30, NOW, DARK)
    assert any("~ times: Press Association estimate" in said(line) for line in drawn)


@pytest.mark.parametrize("kind", ["mayor", "pcc"])
def test_contests_name_who_won_from_whom(kind: ContestKind) -> None:
    night = night_of("england-2024").edge()
    contests = tuple(it for it in night.contests if it.kind == kind)
    drawn = "\n".join(a_page("contests", (200, 60), replace(night, contests=contests)))
    for contest in contests:
        assert contest.area in drawn


@pytest.mark.parametrize("size", SIZES)
def test_a_post_just_in_names_who_won_it_from_whom_and_by_how_much(size: tuple[int, int]) -> None:
    night = night_of("england-2024").edge()
    for contest in night.contests:
        if contest.status != "declared":
            continue
        news = JustIn(contest.id, NOW, contest.outcome == "gain")
        scene = Scene(night, NOW, news=news)
        assert has_something_to_say("just-in", scene, *size)
        drawn = [said(line) for line in draw_frame(Frame(LIVE, scene, "just-in"), *size, NOW, DARK)]
        assert [len(row) for row in drawn] == [size[0]] * size[1]
        words = "\n".join(drawn)
        name = contest.winner_name or ""
        assert name in words or all(row in words for row in big(name.upper(), SMALL))
        if contest.outcome == "gain" and contest.before == "con" and size[1] >= 24:
            assert "from the Conservatives" in words
        if contest.majority and size[1] >= 24:
            assert f"majority {contest.majority:,}" in words


@pytest.mark.parametrize("page", ["changed", "contests", "just-in", "next", "map", "regions"])
def test_a_page_without_anything_says_nothing(page: WallPage) -> None:
    empty = Scene(Standing())
    assert not has_something_to_say(page, empty, 160, 48)


@pytest.mark.parametrize("width", [40, 60, 80, 100, 160])
@pytest.mark.parametrize("look", [DARK, LIGHT, CONTRAST], ids=lambda look: look.name)
def test_test_and_replay_cannot_be_hidden(width: int, look: Colours) -> None:
    view = replace(REPLAY, standing=replace(NIGHT, test=True))
    line = said(flags(view, "changed hands, held", width, look))
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
    assert word in said(flags(view, "", 100, DARK))


@pytest.mark.parametrize("page", WALL_PAGES)
def test_hostile_text_is_shown_and_steers_nothing(page: WallPage) -> None:
    council = a_council(HOSTILE, "con", "lab", region=HOSTILE)
    night = a_night(council, scoreboard=BOARD, title=HOSTILE)
    for row in a_page(page, (160, 48), night):
        assert row.isprintable()


IRELAND = Standing(
    title="Northern Ireland local elections 2019",
    ni_councils=(
        a_council("Belfast", None, status="declared", entry=1),
        a_council("Mid Ulster", None),
    ),
    ni_councils_up=2,
    ni_scoreboard=a_board(
        a_row("dup", seats_won=15, seats_net=-1),
        a_row("sf", seats_won=18, seats_net=2),
        a_row("uup", seats_won=2, seats_net=-5),
    ),
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
        assert "2 rushes" in shown


@pytest.mark.parametrize(("width", "height"), [(80, 24), (100, 30), (160, 48), (200, 60)])
async def test_a_night_of_northern_ireland_alone_has_its_own_parties_and_seats(
    width: int, height: int
) -> None:
    desk = a_desk()
    async with desk.run_test(size=(width, height)) as pilot:
        await projected(desk, pilot, replace(LIVE, standing=IRELAND))
        shown = "\n".join(rows(desk))
        assert "of 2 councils declared" in shown
        assert "SEATS" in shown
        assert "COUNCILS" not in shown


async def test_v_goes_from_the_desk_to_the_wall_to_the_log_and_back_and_is_not_remembered() -> None:
    memory = Memory()
    desk = a_desk(memory, view="desk")
    async with desk.run_test(size=(160, 48)) as pilot:
        await pilot.pause()
        first = desk.screen
        assert isinstance(first, DeskScreen)
        await pilot.press("v")
        await projected(desk, pilot)
        await pilot.press("v")
        assert desk.screen is first
        assert first.has_class("-log-only")
        await pilot.press("v")
        assert not first.has_class("-log-only")
        assert "view" not in memory.all()


async def test_escape_leaves_for_the_desk_and_q_asks_once_more_while_live() -> None:
    desk = a_desk()
    async with desk.run_test(size=(160, 48)) as pilot:
        await projected(desk, pilot)
        await pilot.press("q")
        await pilot.pause()
        assert "press q again" in rows(desk)[-2] + rows(desk)[-1]
        assert desk.is_running
        await pilot.press("escape", "escape")
        assert isinstance(desk.screen, DeskScreen)
        assert desk.is_running


async def test_pages_turn_by_keys_and_digits() -> None:
    desk = a_desk()
    async with desk.run_test(size=(120, 36)) as pilot:
        screen = await projected(desk, pilot)
        shown = [screen.page]
        for key in ("full_stop", "comma", "tab", "pagedown", "4", "1", "2"):
            await pilot.press(key)
            shown.append(screen.page)
        assert shown == ["table", "map", "table", "map", "changed", "changed", "table", "map"]
        assert "map" in rows(desk)[1]


async def test_a_key_or_a_click_holds_and_the_ribbon_says_it() -> None:
    desk = a_desk(cycle=20.0)
    async with desk.run_test(size=(100, 30)) as pilot:
        screen = await projected(desk, pilot)
        await pilot.press("space")
        await pilot.pause()
        assert screen.held
        assert "table, held" in rows(desk)[1]
        await pilot.click("#wall")
        await pilot.pause()
        assert not screen.held


async def test_the_walls_own_keys_are_one_key_away() -> None:
    desk = a_desk()
    async with desk.run_test(size=(100, 30)) as pilot:
        await projected(desk, pilot)
        await pilot.press("question_mark")
        await pilot.pause()
        assert "The wall's keys" in rows(desk)[0]
        await pilot.press("x")
        await pilot.pause()
        assert "The wall's keys" not in rows(desk)[0]


async def test_a_council_is_marked_on_the_map_without_leaving() -> None:
    desk = a_desk()
    view = replace(LIVE, standing=REAL.edge())
    async with desk.run_test(size=(160, 48)) as pilot:
        screen = await projected(desk, pilot, view)
        await pilot.press("apostrophe", *"traf")
        await pilot.pause()
        assert screen.page == "map"
        assert any("Jump to: traf" in row for row in rows(desk))
        await pilot.press("enter", "t")
        assert desk.theme == "nightdesk-light"
        assert isinstance(desk.screen, ProjectorScreen)


async def test_there_are_no_toasts_and_no_key_bar() -> None:
    desk = a_desk()
    async with desk.run_test(size=(100, 30)) as pilot:
        await projected(desk, pilot)
        desk.notify("something went wrong")
        await pilot.pause()
        text = "\n".join(rows(desk))
    assert "something went wrong" not in text
    assert "help" not in text


async def test_the_palette_has_the_walls_commands() -> None:
    desk = a_desk()
    async with desk.run_test(size=(120, 36)) as pilot:
        screen = await projected(desk, pilot)
        titles = [f"{choice.title}  ({choice.label})" for choice in screen.choices()]
        assert "Changed  (4)" in titles
        assert any(title.startswith("Next page") for title in titles)
        assert any(title.startswith("Theme") for title in titles)


def declared_after(before: Standing, after: Standing) -> Iterable[str]:
    known = {it.id: it.status for it in before.councils}
    return (it.name for it in after.councils if it.status != known[it.id] == "expected")


async def test_a_declaration_interrupts_and_none_that_stood_at_the_start_does() -> None:
    half = len(REAL) // 2
    desk = a_desk()
    async with desk.run_test(size=(120, 36)) as pilot:
        screen = await projected(desk, pilot, replace(LIVE, standing=REAL.at(half)))
        assert shown_page(screen) == "table"
        position = half
        while not [*declared_after(REAL.at(half), REAL.at(position))]:
            position += 1
        desk._hand_over(replace(LIVE, standing=REAL.at(position)))
        await pilot.pause()
        assert shown_page(screen) == "just-in"
        desk._hand_over(replace(LIVE, standing=REAL.at(half - 30)))
        await pilot.pause()
        assert shown_page(screen) == "table"


async def test_with_reveal_a_declaration_waits_for_the_presenter() -> None:
    half = len(REAL) // 2
    before, after = REAL.at(half), REAL.edge()
    desk = a_desk(reveal=True)
    async with desk.run_test(size=(120, 36)) as pilot:
        screen = await projected(desk, pilot, replace(LIVE, standing=before))
        desk._hand_over(replace(LIVE, standing=after))
        await pilot.pause()
        waiting = len(screen.waiting)
        assert waiting > 0
        assert shown_page(screen) == "table"
        assert screen.staged.declared == before.declared
        name = next(it.name for it in after.councils if it.id == screen.waiting[0])
        assert f"{name} declares" in "\n".join(rows(desk))
        await pilot.press("R")
        await pilot.pause()
        assert f"{waiting} declarations wait" in rows(desk)[0]
        await pilot.press("R", "space")
        await pilot.pause()
        assert screen.page == "just-in"
        assert len(screen.waiting) == waiting - 1
        await pilot.press("A")
        assert screen.waiting == ()
        assert screen.staged.declared == after.declared


async def test_a_covered_wall_draws_nothing_and_catches_up() -> None:
    desk = a_desk()
    async with desk.run_test(size=(120, 36)) as pilot:
        screen = await projected(desk, pilot, replace(LIVE, standing=REAL.at(len(REAL) // 2)))
        await pilot.press("ctrl+p")
        await pilot.pause()
        drawn = screen._drawn_for
        desk._hand_over(replace(LIVE, standing=REAL.edge()))
        await pilot.pause()
        assert screen._drawn_for is drawn
        await pilot.press("escape")
        await pilot.pause()
        assert screen.staged.declared == 248
        assert any("248" in row for row in rows(desk)) or screen.page == "just-in"


async def test_the_foot_line_of_a_held_wall_stands_on_the_newest_declaration() -> None:
    desk = a_desk()
    async with desk.run_test(size=(120, 36)) as pilot:
        screen = await projected(desk, pilot, replace(LIVE, standing=REAL.edge()))
        screen.open_at("table")
        screen._told_at = float("-inf")
        screen.tick()
        await pilot.pause()
        assert "Cheshire East" in rows(desk)[-2]
        screen.turning.hold(0.0)
        screen._told_at = float("-inf")
        screen.tick()
        await pilot.pause()
        assert "Cheshire East" not in rows(desk)[-2]


def test_only_the_cells_that_differ_are_sent() -> None:
    one = [Segment("English local elections"), Segment(" 07:45")]
    other = [Segment("English local elections"), Segment(" 07:46")]
    assert changed_cells(one, other) == (28, 29)
    assert changed_cells(one, list(one)) is None


async def test_while_nothing_happens_nothing_is_drawn() -> None:
    desk = a_desk()
    async with desk.run_test(size=(120, 36)) as pilot:
        screen = await projected(desk, pilot, REPLAY)
        drawn = screen._drawn_for
        for _ in range(5):
            screen.tick()
        assert screen._drawn_for is drawn


@pytest.mark.parametrize("coloured", [True, False])
def test_a_swatch_that_would_be_read_as_a_figure_needs_colours(*, coloured: bool) -> None:
    scene = a_scene(REAL.edge(), "Trafford", coloured=coloured)
    lines = draw_frame(Frame(LIVE, scene, "just-in"), 120, 36, NOW, DARK)
    figures = [line for line in lines[-8:-3] if "▀" in said(line)]
    assert figures
    swatch = DARK.party_style(PartyId("lab")).bgcolor
    grounds = {piece.style.bgcolor for row in figures for piece in row if piece.style}
    assert (swatch in grounds) == coloured


def test_without_colours_a_bar_shows_how_far_it_may_go() -> None:
    begun = a_scene(REAL.at(len(REAL) * 3 // 5), coloured=False)
    drawn = draw_frame(Frame(LIVE, begun, "table"), 120, 36, NOW, DARK)
    assert any(said(line).rstrip().endswith("░░░") for line in drawn)
