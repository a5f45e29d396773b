"""Pages of rows: Northern Ireland, contests, a figure; every row leads down to its files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from textual.app import App

from feed.model.entries import ContestId, Mark
from feed.model.parties import PartyId
from feed.model.standing import ContestStanding, OtherPollDay, Problem, Standing
from tests.tui.desk_app import DeskUnderTest, night_of, replay_desk, running, settled
from tests.tui.standings import START, an_origin
from tui.colours.themes import DARK, THEMES, Look
from tui.details.contest_detail import ContestDetail, ContestList
from tui.details.council_detail import CouncilDetail
from tui.details.dialog import Line
from tui.details.figure_detail import FigureDetail
from tui.details.ireland import Ireland
from tui.details.listing import LinesToCome, Listing, ListingLines, MakeRows, Row, RowPage
from tui.details.pages import night_rows, problem_rows
from tui.scoreboard.rows import Link
from tui.scoreboard.widget import Scoreboard

IRELAND = "northern-ireland-2019"


def page(app: DeskUnderTest) -> ListingLines:
    return app.screen.query_one(ListingLines)


def marked(app: DeskUnderTest) -> str:
    """Return the row under the cursor."""
    line = next(row for row in app.rows if "│›" in row)
    return line.partition("│›")[2].strip(" │")


def open_link(app: DeskUnderTest, link: Link) -> None:
    app.board.post_message(Scoreboard.LinkOpened(link))


async def test_every_council_of_northern_ireland_opens_with_its_seats_and_files() -> None:
    app = replay_desk("+30h", IRELAND)
    async with running(app, (100, 30)) as pilot:
        open_link(app, Link("ireland"))
        await pilot.pause()
        assert isinstance(app.screen, Ireland)
        names = [council.name for council in app.desk.current.standing.ni_councils]
        for name in names:
            assert name in marked(app)
            await pilot.press("enter")
            assert isinstance(app.screen, CouncilDetail)
            assert app.screen.council.name == name
            page_text = [piece.text for line in app.screen.lines(98, DARK) for piece in line]
            assert app.screen.council.history[-1].origin.where in "".join(page_text)
            await pilot.press("escape", "down")
        await pilot.press("home")
        assert names[0] in marked(app)
        assert "Single transferable vote" in app.text


def test_the_bar_of_the_cursor_ends_with_the_words_of_its_row() -> None:
    words = [Segment("a line")]

    class Pages(Listing):
        def rows(self, width: int, look: Look) -> list[Row]:
            del width, look
            return [
                Row([words, words], "two", below=1),
                Row([[], words], "below a blank"),
                Row([[]], "none"),
            ]

    listing = Pages()
    assert len(listing.lines(40, DARK)) == 6
    assert listing.spots(40).spans == ((0, 2), (3, 5), (5, 6))


async def test_a_border_leaves_keys_out_whole_and_tells_them_again_when_there_is_room() -> None:
    app = replay_desk("+10h", "rehearsal")
    async with running(app, (60, 20)) as pilot:
        await pilot.press("p")
        await settled(app, pilot)
        assert "─ Enter opens · a acknowledges it · Escape closes ─" in app.text
        await pilot.resize_terminal(100, 30)
        await settled(app, pilot)
        assert "a acknowledges it · A all · Escape closes ─" in app.text
        await pilot.resize_terminal(60, 20)
        await settled(app, pilot)
        assert "─ Enter opens · a acknowledges it · Escape closes ─" in app.text


async def test_every_contest_opens_with_its_candidates_and_files() -> None:
    app = replay_desk("+30h")
    async with running(app, (100, 30)) as pilot:
        open_link(app, Link("contests", "mayor"))
        await pilot.pause()
        assert isinstance(app.screen, ContestList)
        areas: set[str] = set()
        for _ in page(app).spots.keys:
            await pilot.press("enter")
            assert isinstance(app.screen, ContestDetail)
            areas.add(app.screen.contest.area)
            assert "REVISIONS AND FILES" in app.text
            assert app.screen.contest.history[-1].origin.path in app.text
            await pilot.press("escape", "down")
        assert areas == {
            each.area for each in app.desk.current.standing.contests if each.kind == "mayor"
        }


async def test_a_result_behind_a_figure_opens_its_council() -> None:
    app = replay_desk()
    async with running(app, (100, 30)) as pilot:
        await pilot.press("2", "enter")
        assert isinstance(app.screen, FigureDetail)
        await pilot.press("down", "down")
        name = marked(app)
        await pilot.press("enter")
        assert isinstance(app.screen, CouncilDetail)
        assert app.screen.council.name in name


async def test_a_click_opens_the_row_under_the_mouse_and_escape_leads_back() -> None:
    app = replay_desk("+30h", IRELAND)
    async with running(app, (100, 40)) as pilot:
        open_link(app, Link("ireland"))
        await pilot.pause()
        x, y = app.find("Belfast  SF 18")
        await pilot.click(offset=(x + 2, y))
        assert isinstance(app.screen, CouncilDetail)
        assert app.screen.council.name == "Belfast"
        await pilot.press("escape")
        assert "Belfast" in marked(app)
        x, y = app.find("Single transferable vote")
        await pilot.click(offset=(x, y))
        assert isinstance(app.screen, Ireland)


@pytest.mark.parametrize("size", [(60, 12), (80, 24), (120, 20)])
async def test_the_row_under_the_cursor_is_in_sight_whole_at_any_size(
    size: tuple[int, int],
) -> None:
    app = replay_desk("+30h", IRELAND)
    async with running(app, size) as pilot:
        open_link(app, Link("ireland"))
        await pilot.pause()
        for key in ("end", "pageup", "down", "pagedown", "up", "home", "down"):
            await pilot.press(key)
            await pilot.pause()
            start, end = page(app).spots.spans[page(app).cursor]
            top, height = page(app).scroll_offset.y, page(app).window.height
            assert top <= start
            assert end <= top + height


async def test_the_cursor_stays_on_its_row_when_the_night_goes_on_and_the_width_changes() -> None:
    app = replay_desk("+30h", IRELAND)
    async with running(app, (100, 30)) as pilot:
        open_link(app, Link("ireland"))
        await pilot.press("down", "down")
        chosen = marked(app)[:20]
        await pilot.resize_terminal(70, 20)
        await pilot.pause()
        assert marked(app)[:20] == chosen
        screen = app.screen
        assert isinstance(screen, Ireland)
        standing = app.desk.current.standing
        screen.show(replace(standing, ni_councils=standing.ni_councils[1:]))
        await pilot.pause()
        assert marked(app)[:20] == chosen


async def test_a_long_page_is_written_for_the_one_width_at_which_it_is_seen() -> None:
    widths = set[int]()

    def of(count: int) -> MakeRows:
        def rows(width: int, look: Look) -> list[Row]:
            del look
            widths.add(width)
            return [Row([[Segment(f"row {number}")]], f"{number}") for number in range(count)]

        return rows

    app = App[None]()
    async with app.run_test(size=(60, 20)) as pilot:
        for theme in THEMES:
            app.register_theme(theme)
        app.theme = DARK.name
        shown = RowPage("Many rows", of(90))
        await app.push_screen(shown)
        await pilot.pause()
        lines = shown.query_one(ListingLines)
        assert "Enter opens" in str(lines.border_subtitle)
        assert widths == {lines.window.width - 2}
        assert all(lines.row_of_line(row) == row for row in range(90))
        assert lines.row_of_line(90) is None
        for count in (5, 25, 200, 17, 90, 18):
            shown.show("Others", of(count))
            await pilot.pause()
            assert lines.window.height == min(count, 17)
            assert lines.show_vertical_scrollbar == (count > 17)
            assert lines.outer_size.width - lines.window.width == 2 + (count > 17)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.text(max_size=70), st.text(max_size=70), st.text(max_size=70)), max_size=4
    ),
    st.integers(1, 60),
)
def test_the_lines_of_problems_are_counted_as_they_are_written(
    said: list[tuple[str, str, str]], width: int
) -> None:
    problems = [
        Problem(file=file, line=None, what=what, fix=fix, entry=number, mark=Mark.REJECTED)
        for number, (file, what, fix) in enumerate(said)
    ]
    page = RowPage("Problems", problem_rows(problems, problems[:2]))
    assert len([*page.lines(width, DARK)]) == len(page.lines(width, DARK))
    for row in problem_rows(problems)(width, DARK):
        assert len([*row.lines]) == len(row.lines)


def test_of_many_problems_only_those_in_sight_are_written() -> None:
    written = list[int]()

    def write(at: int) -> list[Line]:
        written.append(at)
        return [[], []]

    def rows(width: int, look: Look) -> list[Row]:
        del width, look
        return [Row(LinesToCome(2, partial(write, at)), f"{at}", below=1) for at in range(500)]

    lines = RowPage("Problems", rows).lines(40, DARK)
    assert (len(lines), written) == (1_500, [])
    assert [lines[at] for at in range(30, 36)] == [[], [], [], [], [], []]
    assert written == [10, 11]


def a_contest(**facts: object) -> ContestStanding:
    contest = ContestStanding(
        id=ContestId("mayor:beech"), kind="mayor", area="Beech", status="declared", stage="result",
        before=PartyId("lab"), winner=PartyId("ind"), winner_name="Ann [b]Oak", outcome="gain",
        revision=2, corrected=True, declared_at=START, turnout=34.5, majority=1234,
        candidates=(
            ("Bo Elm", PartyId("lab"), 3000, False), ("Ann [b]Oak", PartyId("ind"), 4234, True),
            ("Cy Fir", None, None, False),
        ),
    )  # fmt: skip
    return replace(contest, **facts)  # type: ignore[arg-type]


def written(contest: ContestStanding, width: int = 90) -> list[str]:
    lines = ContestDetail(contest).lines(width, DARK)
    return ["".join(piece.text for piece in line) for line in lines]


def test_a_contest_s_page_tells_votes_shares_and_who_was_elected() -> None:
    page = "\n".join(written(a_contest()))
    first, second, third = (page.index(name) for name in ("(Ind)", "Bo Elm (Lab)", "Cy Fir"))
    assert first < second < third
    for told in ("4,234", "elected", "1,234", "34.5%", "r2, corrected", "Labour"):
        assert told in page


def test_a_contest_to_come_tells_who_stands_without_votes() -> None:
    stood = (("Bo Elm", PartyId("lab"), None, False),)
    page = "\n".join(
        written(a_contest(status="expected", winner=None, winner_name=None, candidates=stood))
    )
    assert "not declared yet" in page
    assert "Bo Elm (Lab)" in page
    assert "votes" not in page
    assert "elected" not in page


@pytest.mark.parametrize("width", [34, 44, 60, 108])
def test_no_line_of_a_listing_or_contest_is_wider_than_its_page(width: int) -> None:
    standing = night_of(IRELAND).edge()
    england = night_of("england-2019").edge()
    listings: list[Listing] = [Ireland(standing), ContestList("mayor", england.contests)]
    for listing in listings:
        for line in listing.lines(width, DARK):
            assert sum(piece.cell_length for piece in line) <= width
    assert all(cell_len(line) <= max(width, 43) for line in written(a_contest(), width))


def test_a_page_of_a_contest_names_every_file() -> None:
    assert an_origin().path
    contest = next(each for each in night_of("england-2019").edge().contests if each.history)
    page = "\n".join(written(contest))
    assert all(past.origin.where in page for past in contest.history)


def words_of(rows: MakeRows) -> str:
    lines = [line for row in rows(60, DARK) for line in row.lines]
    return "\n".join("".join(segment.text for segment in line) for line in lines)


def test_the_page_of_the_night_says_what_differs_and_what_is_set_aside() -> None:
    standing = Standing(
        date=date(2026, 5, 7),
        note="Published figures differ by two seats.",
        set_aside=(OtherPollDay(date(2025, 5, 1), ("a.xml", "b.xml"), 2),),
        contests=(a_contest(poll=date(2026, 5, 6)),),
    )
    said = words_of(night_rows(standing))
    assert "Poll of Thursday 7 May 2026" in said
    assert "Published figures differ by two seats." in said
    assert "(Wed 6 May)" in said
    assert "2 FILES OF 1 MAY 2025 SET ASIDE" in said
    assert "--date 2025-05-01 shows them" in said
    assert said.splitlines()[-2:] == ["  a.xml", "  b.xml"]


def test_the_page_of_a_night_without_a_note_says_so() -> None:
    assert "nothing more" in words_of(night_rows(Standing()))
