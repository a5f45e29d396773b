"""The scoreboard: figures under figures, a baseline always, and nothing cut."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult

from feed.model.entries import ContestId
from feed.model.parties import PartyId
from feed.model.standing import ContestStanding, Standing, TotalStanding
from feed.model.terms import Baseline
from feed.reports.silence import still_due
from tests.tui.repaints import refreshed_lines
from tests.tui.standings import START, a_board, a_council, a_night, a_row
from tui.colours.themes import DARK, THEMES
from tui.scoreboard.columns import columns, header, sorted_rows
from tui.scoreboard.councils import draw_changes, draw_next, newest_changes
from tui.scoreboard.fold import OTHERS, UNFOLDED, folded
from tui.scoreboard.page import draw_bars, footnotes, trend_blocks
from tui.scoreboard.rows import Line, Link, draw_header, draw_rows
from tui.scoreboard.widget import BOARD_SORTS, BoardSort, Scoreboard
from tui.scoreboard.words import baseline_words, contest_words, total_words
from tui.text.terminal_text import MINUS

ROWS = (
    a_row("con", councils=34, gained=2, lost=14, seats_won=1656, seats_net=-1203),
    a_row("lab", councils=29, gained=1, lost=3, seats_won=842, seats_net=-61),
    a_row("ld", councils=9, gained=5, seats_won=301, seats_net=129),
    a_row("green", seats_won=31, seats_net=22),
    a_row("ind", seats_won=143, seats_net=0),
    a_row("noc", councils=24, gained=12, lost=3),
)
BOARD = a_board(*ROWS)
NIGHT = a_night(
    a_council("Cotswold", expected_at=START),
    a_council("Ashfield", expected_at=START + timedelta(minutes=50)),
    scoreboard=BOARD,
)
WIDTHS = range(20, 70)


class Desk(App[None]):
    """A scoreboard alone on a screen."""

    CSS = "Scoreboard { width: 1fr; height: 1fr; }"

    def __init__(self, standing: Standing = NIGHT) -> None:
        super().__init__()
        self.standing = standing
        self.opened: list[tuple[PartyId, str]] = []
        self.links: list[Link] = []

    def compose(self) -> ComposeResult:
        yield Scoreboard()

    def on_mount(self) -> None:
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = "nightdesk-dark"
        self.board.show(self.standing, START + timedelta(minutes=45))

    @property
    def board(self) -> Scoreboard:
        return self.query_one(Scoreboard)

    def on_scoreboard_figure_opened(self, event: Scoreboard.FigureOpened) -> None:
        self.opened.append((event.party, event.column))

    def on_scoreboard_link_opened(self, event: Scoreboard.LinkOpened) -> None:
        self.links.append(event.link)


def text(line: Line) -> str:
    return "".join(piece.text for piece in line)


def shown(width: int) -> list[str]:
    chosen = columns(BOARD, width)
    return [
        text(draw_header(chosen, DARK)),
        *(text(line) for line in draw_rows(ROWS, chosen, DARK, None)),
    ]


def screen(board: Scoreboard) -> list[str]:
    return [board.render_line(y).text for y in range(board.window.height)]


def test_a_wide_board_shows_every_figure_under_its_name() -> None:
    head, con, lab, ld, green, ind, noc = shown(44)
    assert head.split() == ["PARTY", "COUNCILS", "+", "−", "NET", "SEATS", "SINCE", "EVE"]
    assert con[1:].split() == ["Con", "34", "2", "14", "−12", "1,656", "−1,203"]
    assert lab[1:].split() == ["Lab", "29", "1", "3", "−2", "842", "−61"]
    assert ld[1:].split() == ["LD", "9", "5", "·", "+5", "301", "+129"]
    assert green[1:].split() == ["Green", "·", "·", "·", "·", "31", "+22"]
    assert ind[1:].split() == ["Ind", "·", "·", "·", "·", "143", "·"]
    assert noc[1:].split() == ["NOC", "24", "12", "3", "+9"]


@pytest.mark.parametrize("width", WIDTHS)
def test_figures_end_where_the_name_of_their_column_ends(width: int) -> None:
    chosen = columns(BOARD, width)
    head, con, *_ = shown(width)
    right = chosen.label
    for column in chosen.shown:
        right += column.room
        assert con[right - 1].isdigit()
        assert con[right : right + 1] in {"", " "}
    for word, end in header(chosen):
        assert head[end - cell_len(word) : end] == word


@pytest.mark.parametrize("width", WIDTHS)
def test_no_figure_is_cut_and_no_line_is_wider_than_the_pane(width: int) -> None:
    lines = shown(width)
    assert all(cell_len(line) <= width for line in lines)
    assert not any("…" in line for line in lines)
    assert "1,656" in lines[1]
    assert "−1,203" in lines[1]


def test_a_narrow_board_draws_gains_and_losses_together_before_it_leaves_them_out() -> None:
    assert "+2 −14" in shown(32)[1]
    assert shown(28)[1][1:].split() == ["Con", "34", "−12", "1,656", "−1,203"]


def test_the_columns_do_not_move_when_the_figures_grow() -> None:
    grown = a_board(*(replace(row, seats_won=row.seats_won * 2, councils=99) for row in ROWS))
    empty = a_board(*(a_row(row.party) for row in ROWS))
    rooms = [[c.room for c in columns(board, 44).shown] for board in (BOARD, grown, empty)]
    assert rooms[0] == rooms[1] == rooms[2]


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 99_999),
    st.integers(-99_999, 99_999),
    st.text(min_size=1, max_size=9),
    st.integers(42, 80),
)
def test_any_figures_and_any_label_stay_whole_and_in_line(
    won: int, net: int, label: str, width: int
) -> None:
    row = replace(a_row("con", councils=won, seats_won=won, seats_net=net), label=label)
    board = a_board(row, *ROWS[1:])
    chosen = columns(board, width)
    lines = [text(line) for line in draw_rows(board.rows, chosen, DARK, None)]
    assert {cell_len(line) for line in lines} == {chosen.width}
    assert chosen.width <= width
    assert not any("\x1b" in line for line in lines)
    if won:
        assert f"{won:,}" in lines[0]


def test_a_second_baseline_has_columns_of_its_own_and_both_are_named() -> None:
    rows = [replace(row, seats_net_other={"last_fought": -1334}) for row in ROWS]
    board = replace(a_board(*rows), other_baselines=(("last_fought", 100),))
    assert columns(board, 52).shown[-1].id == "seats_net:last_fought"
    for width, heads, footnote in (
        (110, ["SINCE THE EVE OF POLL", "SINCE LAST FOUGHT"], "Since last fought: 100 councils"),
        (52, ["SINCE EVE", "SINCE LAST"], "Since last fought: 100 councils"),
        (45, ["v EVE", "v LAST"], "v LAST: since last fought, 100 councils"),
        (38, ["SINCE EVE"], None),
        (34, ["v EVE"], None),
    ):
        shown = columns(board, width)
        assert [it.head for it in shown.shown if it.id.startswith("seats_net")] == heads
        said = [text(line).strip() for line in footnotes(board, shown, width, DARK)]
        assert footnote in said if footnote else not said


def test_heads_are_words_where_they_fit() -> None:
    board = a_board(*ROWS)
    wide = [column.head for column in columns(board, 110).shown]
    assert wide[:6] == ["COUNCILS", "GAINED", "LOST", "NET", "SEATS WON", "SINCE THE EVE OF POLL"]
    narrow = [column.head for column in columns(board, 34).shown]
    assert narrow == ["COUNCILS", "+", MINUS, "NET", "SEATS", "NET"]


@pytest.mark.parametrize(
    ("baseline", "width", "words"),
    [
        ("eve_of_poll", 60, "change since the eve of poll · 112 councils"),
        ("eve_of_poll", 36, "since the eve of poll · 112 councils"),
        ("eve_of_poll", 24, "since the eve of poll"),
        ("unknown", 60, "change against a baseline not stated · 112 councils"),
        ("eve_of_poll", 9, ""),
    ],
)
def test_the_baseline_is_said_as_fully_as_there_is_room(
    baseline: Baseline, width: int, words: str
) -> None:
    assert baseline_words(replace(BOARD, baseline=baseline), width) == words


@pytest.mark.parametrize("width", range(30, 70))
def test_bars_share_one_axis_and_never_meet_their_figures(width: int) -> None:
    lines = [text(line) for line in draw_bars(ROWS, 7, width, DARK)]
    assert len(lines) == 4
    assert len({line.index("│") for line in lines}) == 1
    assert all(cell_len(line.rstrip()) <= width for line in lines)
    con, _, ld, _ = lines
    assert con.index("−1,203") < con.index("█") < con.index("│")
    assert ld.index("│") < ld.index("█" if "█" in ld else "▌") < ld.index("+129")


def test_the_longer_bar_is_the_bigger_change() -> None:
    lines = [text(line) for line in draw_bars(ROWS, 7, 60, DARK)]
    assert lines[0].count("█") > lines[2].count("█") > 0


def test_rows_sort_by_a_figure_with_no_overall_control_last() -> None:
    rows = [*ROWS, a_row("ra", councils=30, seats_won=5000, seats_net=2000)]
    order: Mapping[BoardSort, str] = {
        "agency": "con lab ld green ind noc ra",
        "seats": "ra con lab ld ind green noc",
        "councils": "con ra lab ld green ind noc",
        "net": "ra ld green ind lab con noc",
    }
    for sort in BOARD_SORTS:
        assert " ".join(row.party for row in sorted_rows(rows, sort)) == order[sort]


def a_total(**facts: object) -> TotalStanding:
    total = TotalStanding("All", 98, 136, "agrees", (), "eve_of_poll")
    return replace(total, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("total", "words"),
    [
        (a_total(), "= agency 98/136 ✓"),
        (
            a_total(verdict="explained", explained_by=(("a", "Alder", 1), ("b", "Birch", 2))),
            "= agency 98/136 with Alder r1, Birch r2",
        ),
        (
            a_total(verdict="differs", differences=("Con councils 34, ours 33",)),
            "≠ agency 98/136 differs: Con councils 34, ours 33",
        ),
        (
            a_total(verdict="waiting", waiting_for=("Alder", "Birch", "Cobham", "Dun", "Elm")),
            "agency 98/136 waits for Alder, Birch, Cobham and 2 more",
        ),
        (a_total(verdict="not comparable", of=None), "agency 98 not comparable"),
        (a_total(region="Wales"), "= agency Wales 98/136 ✓"),
    ],
)
def test_the_badge_says_what_came_of_comparing_with_the_agency(
    total: TotalStanding, words: str
) -> None:
    said = total_words([a_total(verdict="differs"), total, a_total(running=True)])
    assert said is not None
    assert said[0] == words


def a_contest(area: str, kind: str, status: str) -> ContestStanding:
    return ContestStanding(
        ContestId(f"{kind}/{area}"), kind, area, status, "result", None, None, None, None, 1, False  # type: ignore[arg-type]
    )  # fmt: skip


def test_contests_are_counted_apart_by_kind() -> None:
    contests = [
        a_contest("Bedford", "mayor", "declared"),
        a_contest("Leicester", "mayor", "expected"),
        a_contest("Kent", "pcc", "recount"),
    ]
    assert contest_words(contests) == [
        ("mayor", "Mayors 1 of 2"),
        ("pcc", "Commissioners 0 of 1 · recount at Kent"),
    ]


def test_a_council_is_due_at_its_time_and_late_after_half_an_hour() -> None:
    night = [
        a_council("Alder", now={"con": 3}, expected_at=START),
        a_council("Birch", expected_at=START + timedelta(minutes=60)),
        a_council("Cobham", expected_at=START + timedelta(minutes=30)),
        a_council("Dunmere", expected_at=START - timedelta(minutes=20)),
        a_council("Elmley", expected_at=START - timedelta(minutes=90)),
        a_council("Fenwick"),
    ]
    due = still_due(night, START + timedelta(minutes=50))
    assert [(one.council.name, one.says) for one in due] == [
        ("Elmley", "late 2 h 20"),
        ("Dunmere", "late 1 h 10"),
        ("Cobham", "due"),
        ("Birch", ""),
    ]
    lines = [text(line) for line, _ in draw_next(due, 4, 40, DARK)]
    assert lines[0] == "NEXT UP  2 late"
    assert lines[1].startswith(" ~20:30 Elmley")
    assert lines[-1] == " and 2 more"


def test_an_expected_time_says_whose_list_it_is_of() -> None:
    source = "Press Association estimate, printed by a paper"
    night = [a_council("Birch", expected_at=START, expected_source=source)]
    due = still_due(night, START + timedelta(minutes=50))
    (heading, _), *_ = draw_next(due, 4, 60, DARK)
    assert text(heading) == "NEXT UP  1 late  by the Press Association list"
    (narrow, _), *_ = draw_next(due, 4, 24, DARK)
    assert text(narrow) == "NEXT UP  1 late"


def test_the_newest_change_of_control_stands_first_and_the_oldest_are_counted() -> None:
    def at(minutes: int, **facts: object) -> dict[str, Any]:
        return {"declared_at": START + timedelta(minutes=minutes), **facts}

    night = [
        a_council("Alder", "con", "ld", **at(10)),
        a_council("Birch", "con", "con", **at(20)),
        a_council("Cobham", "noc", "lab", **at(30, declared_at_estimated=True)),
        a_council("Dunmere", "con", "lab", status="rush"),
        a_council("Elmley", None, "lab", **at(40)),
        a_council("Fenwick", "lab", "noc", **at(30, declared_order=2)),
        a_council("Glenford", "lab", "noc", **at(5)),
    ]
    changes = newest_changes(night)
    assert [it.name for it in changes] == ["Fenwick", "Cobham", "Alder", "Glenford"]
    drawn = draw_changes(changes, {}, (30, 4), DARK)
    assert [text(line).rstrip() for line, _ in drawn] == [
        "CHANGED HANDS  4",
        "  22:30 Fenwick      Lab → NOC",
        " ~22:30 Cobham       NOC → Lab",
        " and 2 more",
    ]
    assert [link and link.of for _, link in drawn] == [None, "fenwick", "cobham", None]
    assert len(draw_changes(changes, {}, (30, 5), DARK)) == 5


@given(st.integers(0, 80), st.integers(0, 12))
def test_the_changes_of_control_never_overflow(width: int, height: int) -> None:
    changes = newest_changes(
        a_council(name, "con", after, declared_at=START)
        for name, after in (("Bath and North East Somerset", "ld"), ("東京都", "my-own-party"))
    )
    drawn = draw_changes(changes, {}, (width, height), DARK)
    assert len(drawn) <= height
    assert all(cell_len(text(line)) <= width for line, _ in drawn)


async def test_a_change_of_control_opens_its_council() -> None:
    council = a_council("Alder", "con", "ld", declared_at=START)
    app = Desk(replace(NIGHT, councils=(*NIGHT.councils, council)))
    async with app.run_test(size=(46, 40)) as pilot:
        assert any("Alder" in line and "Con → LD" in line for line in screen(app.board))
        await pilot.press("end", "enter")
        assert app.links == [Link("council", "alder")]


async def test_a_tall_pane_shows_all_sections_and_a_low_one_the_rows_first() -> None:
    night = replace(
        NIGHT, totals=(a_total(),), contests=(a_contest("Bedford", "mayor", "declared"),)
    )
    app = Desk(night)
    async with app.run_test(size=(46, 40)) as pilot:
        tall = "\n".join(screen(app.board))
        for part in (
            "NOC",
            "NET SEATS",
            "= agency 98/136 ✓",
            "Mayors 1 of 1",
            "NEXT UP",
            "Ashfield",
        ):
            assert part in tall
        assert app.board.border_subtitle == "since the eve of poll · 112 councils"
        await pilot.resize_terminal(46, 10)
        await pilot.pause()
        low = "\n".join(screen(app.board))
        assert "NOC" in low
        assert "= agency 98/136 ✓" in low
        assert "\nNET SEATS" not in low
        assert app.board.max_scroll_y == 0


async def test_the_cursor_picks_a_figure_and_enter_asks_where_it_comes_from() -> None:
    app = Desk()
    async with app.run_test(size=(46, 20)) as pilot:
        await pilot.press("down", "right", "right", "enter")
        assert app.opened == [("lab", "lost")]
        assert "›3" in app.board.render_line(2).text
        await pilot.press(*["right"] * 9, "down", "down", "down", "down", "enter")
        assert app.opened[-1] == ("noc", "seats_net")
        await pilot.press(*["left"] * 9, "k", "g", "enter")
        assert app.opened[-1] == ("con", "councils")


async def test_a_click_on_a_figure_asks_where_it_comes_from() -> None:
    app = Desk()
    async with app.run_test(size=(46, 20)) as pilot:
        await pilot.click(Scoreboard, offset=(43, 4))
        assert app.opened == [("ld", "seats_net")]
        await pilot.click(Scoreboard, offset=(3, 1))
        assert len(app.opened) == 1


async def test_a_new_result_draws_only_the_lines_that_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = Desk()
    async with app.run_test(size=(46, 20)) as pilot:
        app.screen.set_focus(None)
        await pilot.pause()
        screen(app.board)
        refreshed = refreshed_lines(app.board, monkeypatch)
        rows = (ROWS[0], replace(ROWS[1], seats_won=843), *ROWS[2:])
        app.board.show(replace(NIGHT, scoreboard=a_board(*rows)), START + timedelta(minutes=45))
        assert refreshed == [2]
        assert "843" in app.board.render_line(2).text


async def test_northern_ireland_stands_apart_with_its_own_rows() -> None:
    night = replace(
        NIGHT,
        ni_councils=(a_council("Belfast", None, now={"sf": 18}),),
        ni_councils_up=1,
        ni_scoreboard=a_board(a_row("sf", seats_won=105, seats_net=0), a_row("dup")),
    )
    app = Desk(night)
    async with app.run_test(size=(46, 40)):
        text_ = "\n".join(screen(app.board))
        assert "NORTHERN IRELAND  1 of 1 declared" in text_
        assert "SEATS" in text_.split("NORTHERN IRELAND")[1]
        assert "105" in text_
        assert "105" not in text_.split("NORTHERN")[0]


async def test_a_low_pane_shows_every_party_of_northern_ireland_side_by_side() -> None:
    parties = ("alliance", "dup", "green", "ind", "pbp", "pup", "sdlp", "sf", "tuv", "uup")
    rows = [a_row(party, seats_won=100 + at, seats_net=-20) for at, party in enumerate(parties)]
    night = Standing(ni_councils=(a_council("Belfast", None),), ni_scoreboard=a_board(*rows))
    app = Desk(night)
    async with app.run_test(size=(39, 9)) as pilot:
        low = screen(app.board)
        assert app.board.max_scroll_y == 0
        for row in rows:
            assert any(f"{row.label} " in line and f" {row.seats_won} " in line for line in low)
        assert sum(line.count(" −20") for line in low) == len(rows)
        assert "since the eve of poll" in str(app.board.border_subtitle)
        await pilot.resize_terminal(46, 20)
        await pilot.pause()
        assert len(screen(app.board)) >= len(rows) + 1


async def test_what_opens_below_the_figures_is_reached_with_the_arrows_and_the_mouse() -> None:
    night = replace(
        NIGHT,
        totals=(replace(a_total(), entry=7),),
        contests=(a_contest("Bedford", "mayor", "declared"),),
        ni_councils=(a_council("Belfast", None, now={"sf": 18}),),
        ni_councils_up=1,
    )
    app = Desk(night)
    async with app.run_test(size=(46, 40)) as pilot:
        await pilot.press("G", "enter")
        assert app.links == [Link("council", "ashfield")]
        for _ in range(4):
            await pilot.press("k", "enter")
        assert app.links[1:] == [
            Link("council", "cotswold"),
            Link("ireland"),
            Link("contests", "mayor"),
            Link("total", "7"),
        ]
        rows = screen(app.board)
        at = next(y for y, row in enumerate(rows) if "agency" in row)
        assert rows[at].startswith("› = agency") or rows[at].startswith("›= agency")
        assert not app.opened
        at = next(y for y, row in enumerate(rows) if "Mayors 1 of 1" in row)
        await pilot.click(Scoreboard, offset=(4, at + 1))
        assert app.links[-1] == Link("contests", "mayor")


async def test_a_cursor_below_the_figures_stays_when_its_lines_go() -> None:
    app = Desk()
    async with app.run_test(size=(46, 30)) as pilot:
        await pilot.press("G")
        app.board.show(replace(NIGHT, councils=()))
        assert app.board.cursor < app.board.row_count()
        await pilot.press("enter")
        assert app.opened or app.links == []


async def test_an_empty_night_says_so_and_keys_do_nothing() -> None:
    app = Desk(Standing())
    async with app.run_test(size=(46, 20)) as pilot:
        assert "No figures yet." in app.board.render_line(0).text
        await pilot.press("down", "right", "enter")
        assert app.opened == []


async def test_the_theme_can_change_while_the_board_stands() -> None:
    app = Desk()
    async with app.run_test(size=(46, 20)) as pilot:
        before = list(app.board.render_line(1))
        app.theme = "nightdesk-light"
        await pilot.pause()
        after = list(app.board.render_line(1))
        assert [s.text for s in before] == [s.text for s in after]
        assert [s.style for s in before] != [s.style for s in after]


MANY = ("con", "lab", "ld", "forbritain", "green", "ind", "ra", "reform", "ukip", "wpb", "your")


def a_night_of_many(*, won: int = 10) -> Standing:
    rows = [
        a_row(party, councils=1, gained=1, seats_won=won + at, seats_net=at - 4)
        for at, party in enumerate(MANY)
    ]
    return replace(NIGHT, scoreboard=a_board(*rows, a_row("noc", councils=7, lost=11)))


@pytest.mark.parametrize("height", [7, 8, 9, 10, 11, 12])
async def test_where_rows_have_no_room_the_small_parties_are_one_and_noc_is_in_sight(
    height: int,
) -> None:
    night = a_night_of_many()
    app = Desk(night)
    async with app.run_test(size=(40, height)):
        shown = screen(app.board)
        assert app.board.max_scroll_y == 0
        assert "NOC" in shown[-1]
        assert shown[-2].startswith("+Other")
        for party in ("Con", "Lab"):
            assert any(party in line for line in shown)
        for figure in ("councils", "gained", "lost", "seats_won", "seats_net"):
            before = sum(getattr(row, figure) or 0 for row in night.scoreboard.rows)
            assert sum(getattr(row, figure) or 0 for row in app.board.rows) == before, figure


async def test_no_result_moves_a_row_between_the_parties_and_the_others() -> None:
    app = Desk(a_night_of_many())
    async with app.run_test(size=(40, 10)) as pilot:
        before = [row.party for row in app.board.rows]
        app.board.show(a_night_of_many(won=4000))
        await pilot.pause()
        assert [row.party for row in app.board.rows] == before


async def test_the_others_open_in_place_with_enter_and_with_the_mouse() -> None:
    app = Desk(a_night_of_many())
    async with app.run_test(size=(40, 10)) as pilot:
        app.board.focus()
        folded = [row.party for row in app.board.rows]
        await pilot.press(*["down"] * folded.index(OTHERS))
        assert "Enter shows them" in str(app.board.border_subtitle)
        await pilot.press("enter")
        assert app.opened == []
        unfolded = [row.party for row in app.board.rows]
        assert set(unfolded) == {*MANY, "noc", UNFOLDED}
        assert unfolded[: unfolded.index(UNFOLDED)] == folded[: folded.index(OTHERS)]
        await pilot.press("down", "enter")
        assert app.opened[-1][0] == unfolded[unfolded.index(UNFOLDED) + 1]
        await pilot.press("up", "enter")
        assert [row.party for row in app.board.rows] == folded
        await pilot.click(Scoreboard, offset=(12, 1 + 1 + folded.index(OTHERS)))
        assert [row.party for row in app.board.rows] == unfolded


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(MANY), unique=True),
    st.booleans(),
    st.integers(-2, 16),
    st.booleans(),
    st.booleans(),
)
def test_folding_keeps_every_party_and_every_sum_in_any_room(
    parties: list[str], noc: bool, room: int, by_figure: bool, unfolded: bool
) -> None:
    rows = [a_row(party, seats_won=5, seats_net=None) for party in parties]
    rows += [a_row("noc", lost=3)] if noc else []
    shown = folded(rows, room, by_figure=by_figure, unfolded=unfolded)
    together = [row for row in shown if row.party in {OTHERS, UNFOLDED}]
    alone = [row for row in shown if row.party not in {OTHERS, UNFOLDED}]
    if not together:
        assert tuple(rows) == shown
        return
    assert unfolded or len(shown) == room
    if unfolded:
        assert {row.party for row in alone} == {row.party for row in rows}
    else:
        assert sum(row.seats_won for row in shown) == sum(row.seats_won for row in rows)
    assert together[0].seats_net is None
    assert not noc or shown[-1].party == "noc"


@pytest.mark.parametrize(
    ("figures", "signs", "hangs"),
    [
        ((0, 1, 50, 100), "▁▁▄▇", ""),
        ((0, -1, -50, -100), "▔▇▄▁", "▇▄▁"),
        ((10, 0, -100), "▁▔▁", "▁"),
        ((-10, 0, 100), "▇▁▇", "▇"),
        ((0, 0), "▁▁", ""),
    ],
)
def test_a_trend_stands_on_the_zero_line_or_hangs_from_it(
    figures: tuple[int, ...], signs: str, hangs: str
) -> None:
    drawn = trend_blocks(figures, 100, PartyId("con"), DARK)
    assert "".join(piece.text for piece in drawn) == signs
    hanging = [piece for piece in drawn if piece.style and piece.style.reverse]
    assert "".join(piece.text for piece in hanging) == hangs


def test_all_trends_have_one_scale() -> None:
    sizes = [
        "▁▂▃▄▅▆▇".index(trend_blocks((figure,), 119, PartyId("ld"), DARK)[0].text)
        for figure in (119, 103, 51, 26, 1)
    ]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == 6
    assert sizes[-1] == 0
