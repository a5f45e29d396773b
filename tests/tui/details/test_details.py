"""The pages over the desk: a council, an entry, a figure; whole, true and closed by Escape."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from textual.app import App

from feed.model.entries import Check, Declaration, Entry, EntryKind, Mark, PlaceId
from feed.model.parties import PartyId
from feed.model.standing import Contribution, CouncilStanding, Past, WardLine
from tests.tui.standings import START, a_board, a_council, a_row, an_origin
from tui.colours.themes import DARK, LIGHT, THEMES
from tui.details.council_detail import CouncilDetail, composition, seat_cells
from tui.details.dialog import Dialog, PageLines
from tui.details.entry_detail import EntryDetail
from tui.details.figure_detail import FigureDetail, figure_of

CHECKS = (
    Check("seats-add-up", Mark.OK, "The seats add up."),
    Check("control-mismatch", Mark.REMARK, "The source says Lab, the seats make NOC."),
)
TRAFFORD = a_council(
    "Trafford",
    "noc",
    held={"con": 29, "lab": 30, "ld": 2, "green": 2},
    now={"con": 20, "lab": 36, "ld": 4, "green": 3},
    revision=2,
    seats_up=21,
    majority_notes=("majority of nine",),
    declared_at=START + timedelta(hours=5),
    declared_at_estimated=True,
    expected_at=START + timedelta(hours=4),
    declared_order=67,
    checks=CHECKS,
    note="Two seats are postponed.",
    matched_as="Traford",
    history=(
        Past(1, "result", "Lab 37, Con 19", an_origin("results/Trafford_1.xml", 3), START, False),
        Past(
            2,
            "result",
            "Lab 36, Con 20",
            an_origin("results/Trafford_2.xml"),
            START,
            True,
            "Lab 37→36, Con 19→20",
        ),
    ),
)


class Desk(App[None]):
    """A screen for pages to lie over."""

    def __init__(self, detail: Dialog) -> None:
        super().__init__()
        self.detail = detail
        self.opened: list[str] = []

    def on_mount(self) -> None:
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = "nightdesk-dark"
        self.push_screen(self.detail)

    @property
    def page(self) -> PageLines:
        return self.detail.query_one(PageLines)


def text(lines: Iterable[Sequence[Segment]]) -> str:
    return "\n".join("".join(piece.text for piece in line) for line in lines)


def an_entry(**facts: object) -> Entry:
    entry = Entry(
        seq=41,
        kind=EntryKind.GAIN,
        at=START,
        clock="estimated",
        origin=an_origin("results/Trafford_1.xml", 3),
        subject=PlaceId("trafford"),
        declaration=Declaration("Trafford", PartyId("noc"), PartyId("lab"), "gain"),
        detail="36 of 63 seats, Lab +6",
        revision=1,
        mark=Mark.REMARK,
        checks=CHECKS,
        note="A note.",
        source="The returning officer",
    )
    return replace(entry, **facts)  # type: ignore[arg-type]


def test_a_council_s_page_tells_all_that_is_known() -> None:
    page = text(CouncilDetail(TRAFFORD, "bbc").lines(100, DARK))
    for part in (
        "Trafford: Lab gain from NOC",
        "District · North West · whole council up",
        "63 seats · 21 up",
        "Majority at 32 seats",
        "majority of nine",
        "since the eve of poll",
        "Fri 3 May 03:00 BST (estimated) · number ~67 to declare",
        "Fri 3 May 02:00 BST",
        "r2, corrected",
        "the source wrote 'Traford'",
        "Lab 37→36, Con 19→20",
        "results/Trafford_1.xml:3",
        "superseded",
        "! The source says Lab, the seats make NOC.",
        "Two seats are postponed.",
    ):
        assert part in page


def test_the_table_of_parties_has_what_each_held_won_and_has() -> None:
    rows = [line.split() for line in text(CouncilDetail(TRAFFORD).lines(100, DARK)).splitlines()]
    assert ["held", "won", "after", "change"] in rows
    assert ["█", "Conservatives", "29", "20", "20", "−9"] in rows
    assert ["█", "Labour", "30", "36", "36", "+6"] in rows


def test_the_bars_are_to_one_scale_and_the_majority_stands_at_its_seat() -> None:
    lines = text(composition(TRAFFORD, 76, DARK)).splitlines()
    before, after, mark = lines
    assert before.split()[0] == "Before"
    assert "C 29" in before
    assert "L 36" in after
    assert before.endswith("63")
    assert mark.index("▲") == 8 + 32 - 1
    assert "32 for a majority" in mark


def test_no_majority_stands_in_the_bar_of_a_council_that_is_to_be_smaller() -> None:
    held = {"con": 16, "lab": 28, "ind": 12}
    seats = a_council("Allerdale", "noc", now=held, held=held).seats
    waiting = a_council("Allerdale", "noc", seats=tuple(replace(s, after=None) for s in seats))
    assert "25" not in text(composition(replace(waiting, size=49), 76, DARK))
    assert "30 for a majority" in text(composition(replace(waiting, size=58), 76, DARK))


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(1, 120), min_size=1, max_size=9), st.integers(12, 120))
def test_every_party_with_a_seat_has_a_cell_and_the_bar_is_full(
    seats: list[int], room: int
) -> None:
    shares = [(PartyId(str(index)), count) for index, count in enumerate(seats)]
    given_ = seat_cells(shares, room, sum(seats))
    assert sum(given_) == room
    assert min(given_) >= 1


@pytest.mark.parametrize("width", [30, 38, 70, 104])
@pytest.mark.parametrize("look", [DARK, LIGHT])
def test_no_line_of_any_page_is_wider_than_the_page(width: int, look: object) -> None:
    pages: list[Dialog] = [
        CouncilDetail(TRAFFORD, "plain"),
        EntryDetail(an_entry(), "pa", corrects=an_entry(seq=2)),
        FigureDetail(BOARD, PartyId("con"), "seats_net", PARTS),
    ]
    for page in pages:
        for line in page.lines(width, DARK if look is DARK else LIGHT):
            assert cell_len("".join(piece.text for piece in line)) <= width


def test_a_council_that_counts_shows_its_wards_and_one_to_come_what_is_at_stake() -> None:
    counting = a_council(
        "Burnley",
        "lab",
        status="counting",
        wards_in=1,
        wards_total=15,
        wards=(WardLine("Abbey", 3, {PartyId("lab"): 2, PartyId("con"): 1}, 45),),
    )
    page = text(CouncilDetail(counting).lines(80, DARK))
    assert "counting, 1 of 15 wards" in page
    assert "Abbey  Lab 2, Con 1 · majority 45" in page
    coming = a_council(
        "Burnley", "lab", held={"lab": 30, "con": 5}, majority_notes=("Con needs 13 more",)
    )
    page = text(CouncilDetail(coming).lines(80, DARK))
    assert "At stake    Con needs 13 more" in page
    assert "After" not in page


async def test_a_council_s_page_follows_the_night_at_the_place_where_one_reads() -> None:
    detail = CouncilDetail(TRAFFORD)
    app = Desk(detail)
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.press("down", "down", "down")
        assert app.page.scroll_offset.y == 3
        newer = a_council("Trafford", "noc", "con", note="Taken back.")
        longer = replace(TRAFFORD, note="Taken back, and told again.")
        detail.show(longer)
        assert app.page.scroll_offset.y == 3
        await pilot.press("G")
        assert "told again" in "".join(
            app.page.render_line(y).text for y in range(app.page.window.height)
        )
        detail.show(newer)
        await pilot.pause()
        assert "Con gain from NOC" in app.page.render_line(0).text


async def test_escape_closes_a_page_and_enter_opens_what_an_entry_leads_to() -> None:
    opened: list[str] = []
    entry = EntryDetail(
        an_entry(), "bbc", opened.append, corrected_by=an_entry(seq=57), council=TRAFFORD
    )
    app = Desk(entry)
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.press("enter", "down", "enter")
        assert opened == ["entry:57", f"council:{TRAFFORD.id}"]
        await pilot.press("escape")
        assert app.screen is not entry


async def test_a_page_without_a_link_stays_open_on_enter() -> None:
    app = Desk(EntryDetail(an_entry()))
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.press("enter", "down", "pagedown", "pageup", "home", "end")
        assert app.screen is app.detail


def test_an_entry_s_page_has_every_field_and_its_links() -> None:
    corrected = an_entry(seq=57, kind=EntryKind.CORRECTION, text="Correction: Trafford r2")
    detail = EntryDetail(an_entry(fix="Ask again."), "bbc", corrected_by=corrected)
    page = text(detail.lines(100, DARK))
    for part in (
        "Trafford: Lab gain from NOC",
        "36 of 63 seats, Lab +6",
        "Thu 2 May 22:00:00 BST, an estimate",
        "! taken with a remark",
        "r1",
        "The returning officer",
        "results/Trafford_1.xml:3",
        "9f" * 16,
        "Superseded  entry 57, ~22:00: Correction: Trafford r2",
        "✓ The seats add up.",
        "Ask again.",
        "A note.",
    ):
        assert part in page
    assert detail.spots(100).keys == ("entry:57",)


def test_test_data_says_so_on_its_page() -> None:
    assert "TEST DATA" in text(CouncilDetail(replace(TRAFFORD, test=True)).lines(80, DARK))
    assert "TEST DATA" in text(EntryDetail(an_entry(test=True)).lines(80, DARK))


def a_part(name: str, amount: int) -> Contribution:
    path = f"results/{name}_1.xml"
    return Contribution(PlaceId(name), name, amount, 1, START, an_origin(path))


BOARD = a_board(
    replace(
        a_row("con", councils=3, gained=1, lost=2, seats_net=-12),
        seats_net_other={"last_fought": -20},
    )
)
PARTS = (a_part("Birch", 3), a_part("Alder", -10), a_part("Cobham", -5))


def test_a_figure_s_page_lists_its_parts_largest_first_with_their_files() -> None:
    page = text(FigureDetail(BOARD, PartyId("con"), "seats_net", PARTS).lines(100, DARK))
    rows = [line.split() for line in page.splitlines() if line]
    assert rows[0][:4] == ["−12", "from", "3", "results,"]
    assert rows[1] == ["−10", "Alder", "22:00", "r1", "results/Alder_1.xml"]
    assert [row[0] for row in rows[1:]] == ["−10", "−5", "+3"]
    assert "since the eve of poll" in page


def test_a_figure_whose_parts_do_not_add_up_says_so() -> None:
    page = text(FigureDetail(BOARD, PartyId("con"), "seats_net", PARTS[:2]).lines(100, DARK))
    assert "! The parts below add up to −7." in page


@pytest.mark.parametrize(
    ("column", "figure"),
    [
        ("councils", 3),
        ("gained", 1),
        ("lost", 2),
        ("net", -1),
        ("seats_net", -12),
        ("seats_net:eve_of_poll", -12),
        ("seats_net:last_fought", -20),
        ("seats_net:notional", None),
    ],
)
def test_every_column_of_the_board_has_its_figure(column: str, figure: int | None) -> None:
    assert figure_of(BOARD, PartyId("con"), column) == figure
    assert figure_of(BOARD, PartyId("lab"), column) is None


async def test_hostile_names_and_notes_are_drawn_as_plain_text() -> None:
    nasty = "[b]x[/b]\x1b]0;owned\x07\u202e" + "A" * 300
    council: CouncilStanding = replace(TRAFFORD, name=nasty, note=nasty, region=nasty)
    app = Desk(CouncilDetail(council))
    async with app.run_test(size=(80, 24)):
        shown = [app.page.render_line(y).text for y in range(app.page.window.height)]
        assert not any("\x1b" in line or "\u202e" in line for line in shown)
        assert any("[b]x[/b]" in line for line in shown)
        assert {cell_len(line) for line in shown} == {app.page.window.width}
