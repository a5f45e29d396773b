"""The control grid: every council in sight, a cursor that names it, nothing by colour alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import fields, replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.strip import Strip

from feed.model.entries import PlaceId
from feed.model.parties import PartyId
from feed.model.standing import CouncilStanding, Standing, Status
from tests.tui.desk_app import night_of
from tests.tui.repaints import refreshed_lines
from tests.tui.standings import START, a_council, a_night, many_councils
from tui.colours.themes import CONTRAST, DARK, LIGHT, THEMES, Look
from tui.control_grid import layout as grid_moves
from tui.control_grid.cells import Cell, draw, face
from tui.control_grid.drawing import draw_heading, named, title_words
from tui.control_grid.layout import Heading, layout, relaid
from tui.control_grid.legend import Meaning, fitting, legend, meanings, parties_first
from tui.control_grid.measures import Density
from tui.control_grid.order import DENSITIES, GROUPS, SORTS, DensityChoice, Group, Sort, sections
from tui.control_grid.widget import ControlGrid

COUNCILS = many_councils()
NIGHT = a_night(*COUNCILS)
SIZES = [(38, 30), (56, 42), (78, 58), (76, 7), (44, 30)]


class Desk(App[None]):
    """A grid alone on a screen."""

    CSS = "ControlGrid { width: 1fr; height: 1fr; }"

    def __init__(self, standing: Standing = NIGHT) -> None:
        super().__init__()
        self.standing = standing
        self.opened: list[PlaceId] = []

    def compose(self) -> ComposeResult:
        yield ControlGrid()

    def on_mount(self) -> None:
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = "nightdesk-dark"
        self.grid.show(self.standing)

    @property
    def grid(self) -> ControlGrid:
        return self.query_one(ControlGrid)

    def on_control_grid_council_opened(self, event: ControlGrid.CouncilOpened) -> None:
        self.opened.append(event.place)


def text_of(cell: Cell, width: int = 78, height: int = 58, density: DensityChoice = "auto") -> str:
    grid = layout(COUNCILS, width, height, wanted=density)
    return "".join(piece.text for piece in draw(cell, grid, DARK))


def lines(grid: ControlGrid) -> list[str]:
    return [grid.render_line(y).text for y in range(grid.window.height)]


def shown(app: App[None]) -> str:
    """Return what stands on the screen, as the terminal would show it."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(piece.text for piece in strip) for strip in strips)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_all_248_councils_are_in_sight_at_the_sizes_of_the_panes(width: int, height: int) -> None:
    grid = layout(COUNCILS, width, height)
    assert len(grid.rows) <= height
    assert grid.columns * grid.pitch <= width
    assert sorted(grid.spots) == list(range(248))


@pytest.mark.parametrize(
    ("width", "height", "density"),
    [
        (140, 70, Density.NAMES),
        (56, 42, Density.SHORT),
        (50, 36, Density.LETTERS),
        (54, 30, Density.TAGS),
        (38, 30, Density.LETTERS),
        (38, 26, Density.TAGS),
        (38, 20, Density.BLOCKS),
        (76, 7, Density.BLOCKS),
    ],
)
def test_a_smaller_pane_says_less_of_each_name(width: int, height: int, density: Density) -> None:
    assert layout(COUNCILS, width, height).density is density


@pytest.mark.parametrize(("width", "height"), [(56, 42), (78, 58), (50, 36)])
def test_the_names_in_the_cells_are_all_different(width: int, height: int) -> None:
    names = layout(COUNCILS, width, height).names
    assert len({name.casefold() for name in names}) == 248


@pytest.mark.parametrize(
    ("wanted", "densities"),
    [
        ("names", {Density.NAMES}),
        ("short", {Density.SHORT}),
        ("letters", {Density.LETTERS, Density.TAGS}),
        ("blocks", {Density.BLOCKS}),
    ],
)
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_density_that_is_wanted_stands_whatever_the_size(
    width: int, height: int, wanted: DensityChoice, densities: set[Density]
) -> None:
    grid = layout(COUNCILS, width, height, wanted=wanted)
    assert grid.density in densities
    assert grid.columns * grid.pitch <= width


def test_a_density_that_is_wanted_shows_all_councils_where_there_is_room_for_it() -> None:
    for wanted in ("letters", "blocks"):
        assert len(layout(COUNCILS, 54, 42, wanted=wanted).rows) <= 42
    assert len(layout(COUNCILS, 54, 42, wanted="names").rows) > 42


def test_the_grid_reads_down_the_columns_from_a_to_z() -> None:
    grid = layout(COUNCILS, 56, 42)
    assert grid.order == tuple(c.id for c in sorted(COUNCILS, key=lambda c: c.name.casefold()))
    assert grid.spots[0] == (0, 0)
    assert grid.spots[1] == (1, 0)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 60),
    st.integers(1, 90),
    st.integers(1, 40),
    st.sampled_from(GROUPS),
    st.sampled_from(SORTS),
    st.sampled_from(DENSITIES),
)
def test_every_council_has_one_spot_and_no_row_is_wider_than_the_pane(  # noqa: PLR0917
    count: int, width: int, height: int, group: Group, sort: Sort, density: DensityChoice
) -> None:
    grid = layout(COUNCILS[:count], width, height, group, sort, density)
    assert sorted(grid.spots) == list(range(count))
    assert set(grid.order) == {council.id for council in COUNCILS[:count]}
    assert grid.columns * grid.pitch <= width
    for place, (row, column) in grid.spots.items():
        assert grid.at(row, column * grid.pitch_of(grid.rows[row])) == place


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(["up", "down", "left", "right"]), max_size=60),
    st.sampled_from(GROUPS),
)
def test_the_arrows_always_end_on_a_council(keys: list[str], group: Group) -> None:
    grid = layout(COUNCILS[:70], 40, 20, group)
    moves = {
        "up": (grid_moves.down, -1),
        "down": (grid_moves.down, 1),
        "left": (grid_moves.across, -1),
        "right": (grid_moves.across, 1),
    }
    place = 0
    for key in keys:
        rule, by = moves[key]
        place = rule(grid, place, by)
        assert place in grid.spots


def test_down_goes_over_a_heading_into_the_next_section() -> None:
    grid = layout(COUNCILS[:40], 60, 40, "region")
    at = next(i for i, row in enumerate(grid.rows) if i and isinstance(row, Heading))
    last_of_first = grid.rows[0].last - 1 if isinstance(grid.rows[0], Heading) else 0
    step = grid_moves.down(grid, last_of_first, 1)
    assert grid.spots[step][0] > at


def test_headings_stand_above_their_councils_with_their_subtotals() -> None:
    parts = sections(COUNCILS, "region")
    assert [part.title for part in parts] == sorted(part.title for part in parts)
    assert sum(len(part.councils) for part in parts) == 248


@pytest.mark.parametrize(
    ("width", "said"),
    [
        (60, "Yorkshire  8 of 9  L 5  D 2  C 1"),
        (40, "Yorkshire 8/9 L5 D2 C1"),
        (22, "Yorkshire 8/9 L5 D2 C1"),
        (21, "Yorkshire 8/9"),
        (13, "Yorkshire 8/9"),
        (10, "Yorks… 8/9"),
    ],
)
def test_a_heading_counts_the_largest_first_and_those_that_find_no_room(
    width: int, said: str
) -> None:
    after = (*["lab"] * 5, *["ld"] * 2, "con")
    councils = [a_council(f"Place {n}", "con", party) for n, party in enumerate(after)]
    for members, elsewhere in (([*councils, a_council("Place 9")], 0), (councils, 1)):
        heading = Heading("Yorkshire", 0, len(members), elsewhere)
        drawn = draw_heading(heading, members, width, DARK)
        assert "".join(piece.text for piece in drawn) == said


def test_every_region_at_the_end_of_the_night_says_who_holds_how_many_in_a_narrow_pane() -> None:
    night = night_of("england-2019")
    councils = {council.id: council for council in night.edge().councils}
    for part in sections([*councils.values()], "region"):
        heading = Heading(part.title, 0, len(part.councils), 0)
        drawn = "".join(it.text for it in draw_heading(heading, part.councils, 38, DARK))
        controls = Counter(it.after for it in part.councils)
        said = [int(figure) for figure in re.findall(r" [A-Z]+(\d+)", drawn)]
        assert sum(said) == sum(controls.values()), drawn


def test_a_heading_says_how_many_more_there_are_and_never_as_if_they_were_gained() -> None:
    after = [*["lab"] * 50, *["ld"] * 20, *["con"] * 10, *["ind"] * 5]
    councils = [a_council(f"Place {n}", "con", party) for n, party in enumerate(after)]
    heading = Heading("A region of some other kind", 0, len(councils))
    drawn = "".join(it.text for it in draw_heading(heading, councils, 45, DARK))
    assert drawn == "A region of some other kind 85/85 L50 35 more"


@pytest.mark.parametrize("group", ["none", "region", "status"])
def test_awaited_councils_leave_their_room_to_the_names_of_the_others(group: Group) -> None:
    night = many_councils(248, 60)
    grid = layout(night, 37, 30, group)
    assert grid.density in {Density.SHORT, Density.LETTERS, Density.TAGS}
    assert sorted(grid.spots) == list(range(248))
    assert len(grid.rows) <= 30
    by_place = {council.id: council for council in night}
    for at, place in enumerate(grid.order):
        assert (at in grid.awaited) == (by_place[place].status == "expected")
        assert (at in grid.awaited) == (grid.names[at] == "")
    titles = [row.title for row in grid.rows if isinstance(row, Heading)]
    assert titles.count("Still to come") == (group != "none")
    assert sum(row.elsewhere for row in grid.rows if isinstance(row, Heading)) in {0, 188}
    all_in = layout(many_councils(248, 248), 37, 30, group)
    assert (all_in.density, len(all_in.awaited)) == (Density.BLOCKS, 0)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 89), max_size=4), max_size=4),
    st.integers(8, 90),
    st.integers(4, 30),
    st.sampled_from(GROUPS),
    st.sampled_from(SORTS),
    st.randoms(use_true_random=False),
)
def test_what_is_laid_out_after_a_change_is_what_would_be_laid_out_anew(  # noqa: PLR0917
    changes: list[list[int]], width: int, height: int, group: Group, sort: Sort, chance: Random
) -> None:
    night = {council.id: council for council in many_councils(90, 12)}
    grid = layout([*night.values()], width, height, group, sort)
    for places in changes:
        before = [[*night.values()][at] for at in set(places)]
        changed = [(council, _come_in(council, chance)) for council in before]
        night.update((now.id, now) for _, now in changed)
        anew = layout([*night.values()], width, height, group, sort)
        after = relaid(grid, night, changed, width, height, group, sort)
        if after is not None:
            assert (after, after.apart) == (anew, anew.apart)
        grid = after or anew


def _come_in(council: CouncilStanding, chance: Random) -> CouncilStanding:
    status: Status = chance.choice(("declared", "declared", "counting", "rush", "expected"))
    party = chance.choice(("con", "lab", "noc", "reform"))
    name = council.name + chance.choice(("", "", "", " and Vale"))
    after = None if status in {"counting", "expected"} else PartyId(party)
    order = chance.randint(100, 200) if status == "declared" else council.declared_order
    return replace(council, name=name, status=status, after=after, declared_order=order)


@pytest.mark.parametrize("group", ["none", "region"])
def test_one_that_declares_goes_from_the_dots_to_the_names_without_the_others_being_looked_at(
    group: Group,
) -> None:
    night = {council.id: council for council in many_councils(248, 60)}
    grid = layout([*night.values()], 37, 30, group)
    council = night[grid.order[grid.awaited.start]]
    now = replace(council, status="declared", after=PartyId("lab"))
    night = {
        place: each for place, each in night.items() if place in grid.order[: grid.awaited.start]
    }
    after = relaid(grid, {**night, now.id: now}, [(council, now)], 37, 30, group)
    assert after is not None
    assert after.awaited.start == grid.awaited.start + 1
    assert sorted(after.order) == sorted(grid.order)


def test_the_arrows_go_from_the_names_to_the_dots_below_and_back() -> None:
    grid = layout(many_councils(248, 60), 37, 30)
    last_name = grid.awaited.start - 1
    first_dot = grid_moves.down(grid, grid.order.index(grid.order[0]), 30)
    assert first_dot in grid.awaited
    x = grid.spots[first_dot][1] * grid.dots
    assert x < grid.pitch
    assert grid_moves.down(grid, first_dot, -30) == 0
    right = grid_moves.across(grid, first_dot, 5)
    assert grid.spots[right] == (grid.spots[first_dot][0], grid.spots[first_dot][1] + 5)
    for place in (first_dot, right, last_name):
        row, column = grid.spots[place]
        assert grid.at(row, column * grid.pitch_of(grid.rows[row])) == place


def test_few_councils_take_the_width_with_their_full_names() -> None:
    councils = [a_council(f"Council {number:02}") for number in range(39)]
    for width, columns in ((20, 1), (26, 2), (200, 4)):
        grid = layout(councils, width, 45)
        assert (grid.density, grid.columns) == (Density.NAMES, columns)
    assert layout(councils[:5], 200, 45).columns == 1


def test_groups_by_status_go_as_the_night_goes_and_by_control_as_the_agency_has_its_parties() -> (
    None
):
    night = [
        a_council("Alder", "lab", "lab"),
        a_council("Birch", "con", status="counting"),
        a_council("Cobham", "noc"),
        a_council("Dunmere", "ld", "con", status="rush"),
        a_council("Elmley", None),
    ]
    titles = [part.title for part in sections(night, "status")]
    assert titles == ["Declared", "Unconfirmed", "Counting", "Still to come"]
    assert [part.title for part in sections(night, "before")] == [
        "Conservatives before",
        "Labour before",
        "Liberal Democrats before",
        "No overall control before",
        "New, or control before not known",
    ]


def test_the_smallest_majority_comes_first_and_those_without_one_after() -> None:
    night = [
        a_council("Alder", now={"con": 30, "lab": 10}),
        a_council("Birch", now={"con": 20, "lab": 20}),
        a_council("Cobham", now={"lab": 21, "con": 20}),
        a_council("Dunmere"),
    ]
    (part,) = sections(night, "none", "majority")
    assert [c.name for c in part.councils] == ["Cobham", "Alder", "Birch", "Dunmere"]


@pytest.mark.parametrize(
    ("council", "says"),
    [
        (a_council("Alder", "con", "con"), "C Alder"),
        (a_council("Alder", "noc", "lab"), "L▲Alder"),
        (a_council("Alder", "con", "noc"), "N▲Alder"),
        (a_council("Alder", "con"), "· Alder"),
        (a_council("Alder", "con", "lab", status="rush"), "L▒Alder"),
        (a_council("Alder", "con", status="counting", wards_in=3, wards_total=9), "·▒Alder 3/9"),
        (a_council("Alder", "con", "con", revision=2), "C Alder r2"),
        (a_council("Alder", "con", None, status="rush"), "?▒Alder"),
    ],
)
def test_a_cell_says_without_colour_who_holds_it_and_how_sure_that_is(
    council: CouncilStanding, says: str
) -> None:
    text = " ".join(text_of(Cell(council, "Alder")).rstrip(" ▒").split())
    assert text == says


def test_what_is_still_to_come_leaves_a_gap_before_its_neighbour() -> None:
    assert text_of(Cell(a_council("Alderworth"), "Alde"), 54, 30) == "·Alde "
    declared = a_council("Alderworth", "con", "lab")
    assert text_of(Cell(declared, "Alde"), 54, 30) == "L▲Alde"


def test_a_corrected_cell_with_no_room_carries_a_small_figure() -> None:
    council = a_council("Alderworth and Oak", "con", "lab", revision=2)
    assert text_of(Cell(council, "Alderw"), 56, 42) == "L▲Alder² "
    assert text_of(Cell(council, "Al"), 38, 30, "blocks") == "L▲² "
    unchanged = a_council("Alderworth and Oak", "lab", "lab", revision=2)
    assert text_of(Cell(unchanged, "Alderw"), 56, 42) == "L²Alderw "
    assert text_of(Cell(unchanged, "Al"), 38, 30, "blocks") == "L²  "


@pytest.mark.parametrize(
    ("council", "letter"),
    [
        (a_council("Alder", "con", "lab"), "L"),
        (a_council("Alder", "con", "lab", status="rush"), "l"),
        (a_council("Alder", "con", "reform"), "F"),
        (a_council("Alder", "con", "ra"), "R"),
        (a_council("Alder", status="counting"), "▒"),
        (a_council("Alder"), "·"),
    ],
)
def test_one_cell_is_enough_to_tell_who_holds_it(council: CouncilStanding, letter: str) -> None:
    assert layout(COUNCILS, 62, 4).pitch == 1
    assert text_of(Cell(council, ""), 62, 4) == letter


@pytest.mark.parametrize(("width", "height"), [*SIZES, (40, 8), (60, 5)])
@pytest.mark.parametrize("name", ["Alder", "北京市議会", "[b]x[/b]\x1b[31m", ""])
def test_a_cell_is_exactly_as_wide_as_its_column_whatever_the_name(
    width: int, height: int, name: str
) -> None:
    grid = layout(COUNCILS, width, height)
    for council in (
        a_council(name, "con", "reform", revision=2),
        a_council(name, "con", "lab", status="rush"),
        a_council(name, "con", status="counting", wards_in=3, wards_total=9),
        a_council(name),
    ):
        for flags in ({}, {"selected": True}, {"fresh": True}, {"watched": True}, {"dimmed": True}):
            pieces = draw(Cell(council, name, **flags), grid, DARK)
            assert sum(cell_len(piece.text) for piece in pieces) == grid.pitch
            assert not any("\x1b" in piece.text for piece in pieces)


@pytest.mark.parametrize("look", [DARK, LIGHT, CONTRAST])
def test_the_cursor_is_seen_by_its_brackets_in_every_theme_and_density(look: Look) -> None:
    for width, height in [(38, 30), (56, 42), (78, 58), (76, 7)]:
        grid = layout(COUNCILS, width, height)
        cell = Cell(COUNCILS[0], grid.names[0], selected=True)
        pieces = draw(cell, grid, look)
        assert "[" in "".join(piece.text for piece in pieces)
        plain = draw(replace(cell, selected=False), grid, look)
        assert [piece.style for piece in pieces] != [piece.style for piece in plain]


def test_the_border_names_the_council_and_leaves_out_what_has_no_room() -> None:
    council = a_council("Trafford", "noc", now={"lab": 36, "con": 20, "ld": 7})
    assert named(council, 60) == "Trafford · Lab gain from NOC · 36 of 63"
    assert named(council, 30) == "Trafford · Lab gain from NOC"
    assert named(council, 10) == "Trafford"
    assert named(council, 5) == "Traf…"
    hung = a_council("Hart", "con", now={"con": 20, "ld": 20, "ind": 11})
    assert named(hung, 60) == "Hart · NOC gain from Con · Con 20 of 51"
    coming = a_council("Hart", expected_at=START, majority_notes=("LD needs six more",))
    assert named(coming, 60, watched=True) == "Hart · expected 22:00 · LD needs six more · watched"


async def test_the_pane_shows_every_council_at_once_and_says_what_its_signs_mean() -> None:
    app = Desk()
    async with app.run_test(size=(40, 32)) as pilot:
        app.screen.set_focus(None)
        await pilot.pause()
        text = "\n".join(lines(app.grid))
        found = sum(text.count(f"{code}▲") + text.count(f"{code} ") for code in "CLDIN")
        assert found + text.count("·") == 248
        assert "N NOC ▲ changed" in shown(app)
        assert app.grid.max_scroll_y == 0


def test_the_legend_says_as_much_as_fits_the_parties_of_the_night_first() -> None:
    night = [
        *(a_council(f"A{number}", "con", "lab") for number in range(3)),
        *(a_council(f"B{number}", "ld", "ld") for number in range(2)),
        *(a_council(f"C{number}", "noc", "green") for number in range(2)),
        a_council("D", "con"),
    ]
    said = meanings(night, "1 to come")
    full = (
        "· 1 to come  L Lab  D LD  G Green  N no overall control  ▲ changed hands  ‹ just in  "
        "▒ unconfirmed  ² corrected  ~ time estimated  C Con"
    )
    assert words(said) == full
    for room, shown in {
        len(full): full,
        80: "· 1 to come  L Lab  D LD  G Green  N no overall control  ▲ changed hands",
        60: "· 1 to come  L Lab  D LD  G Green  N NOC  ▲ changed",
        40: "L Lab  D LD  G Green  N NOC  ▲ changed",
        36: "L Lab D LD G Green N NOC ▲ changed",
        32: "L Lab  D LD  N NOC  ▲ changed",
        27: "L Lab D LD N NOC ▲ changed",
        24: "· 1 to come  L Lab  D LD",
        5: "",
    }.items():
        assert words(said, room) == shown
    assert all(len(words(said, room)) <= room for room in range(len(full)))
    assert str(meanings(night, "all declared")[0]) == "all declared"
    assert words(meanings()).startswith("· to come  C Con  L Lab  D LD  N no")


def words(said: Sequence[Meaning], room: int = 200) -> str:
    """Return the legend in so many cells, without its colours."""
    return legend(fitting(said, room), DARK, room).plain


def test_the_help_s_legend_has_every_party_before_the_marks() -> None:
    night = [a_council(party, party, party) for party in ("con", "lab", "ld", "ra", "green")]
    said = meanings(night)
    whole = parties_first(said)
    assert sorted(map(str, whole)) == sorted(map(str, said))
    are_parties = [each.party is not None for each in whole[1:]]
    assert are_parties == sorted(are_parties, reverse=True)


def test_the_legend_of_councils_that_nobody_controls_names_no_party() -> None:
    apart = [a_council(name, None, status="declared") for name in ("Belfast", "Mid Ulster")]
    said = meanings(apart, "all declared")
    assert words(said).startswith("all declared  = seats declared  ‹ just in")
    said = meanings([*apart, a_council("Trafford", "noc", "lab")], "all declared")
    assert "L Lab  N no overall control" in words(said)
    assert "= seats declared" in words(said)


def test_the_title_says_groups_and_order() -> None:
    assert title_words("", "none") == "Council control · A–Z"
    assert title_words("", "region") == "Council control · by region"
    said = title_words("since 02:10", "region", "majority")
    assert said == "Council control · changed since 02:10 · by region, smallest majority first"
    assert title_words("", "none", None) == "Council control · map"


async def test_the_arrows_move_the_cursor_and_enter_opens_the_council() -> None:
    app = Desk()
    async with app.run_test(size=(60, 46)) as pilot:
        await pilot.press("down", "right", "enter")
        expected = app.grid.laid_out.at(1, app.grid.laid_out.pitch)
        assert expected is not None
        assert app.opened == [app.grid.laid_out.order[expected]]
        assert COUNCILS[expected].name in str(app.grid.border_subtitle)
        await pilot.press("left", "up", "up", "k", "left")
        assert app.grid.cursor == 0
        await pilot.press("G")
        assert app.grid.cursor == 247
        await pilot.press("j", "right", "pagedown")
        assert app.grid.cursor == 247


async def test_a_click_opens_the_council_under_the_mouse_and_none_beside() -> None:
    app = Desk()
    async with app.run_test(size=(60, 46)) as pilot:
        await pilot.click(ControlGrid, offset=(1 + app.grid.laid_out.pitch, 3))
        place = app.grid.laid_out.at(2, app.grid.laid_out.pitch)
        assert place is not None
        assert app.opened == [app.grid.laid_out.order[place]]
        await pilot.click(ControlGrid, offset=(57, 43))
        assert len(app.opened) == 1


async def test_the_cursor_stays_on_its_council_when_the_order_or_the_size_changes() -> None:
    app = Desk()
    async with app.run_test(size=(60, 46)) as pilot:
        place = COUNCILS[100].id
        app.grid.cursor = app.grid.laid_out.places[place]
        app.grid.sort = "declared"
        assert app.grid.selected == place
        app.grid.group = "region"
        assert app.grid.selected == place
        await pilot.resize_terminal(40, 32)
        await pilot.pause()
        assert app.grid.selected == place
        assert all(cell_len(line) == 38 for line in lines(app.grid))


async def test_another_order_is_drawn_with_the_cursor_on_its_council() -> None:
    app = Desk()
    async with app.run_test(size=(100, 40)) as pilot:
        app.grid.focus()
        await pilot.press("down", "down", "down")
        for sort in ("declared", "name"):
            app.grid.sort = sort
            await pilot.pause()
            drawn = lines(app.grid)
            app.grid.draw_again()
            assert drawn == lines(app.grid)


async def test_another_density_keeps_the_cursor_on_its_council_and_in_sight() -> None:
    async with Desk().run_test(size=(40, 20)) as pilot:
        grid = pilot.app.query_one(ControlGrid)
        grid.focus()
        await pilot.press("end")
        chosen = grid.selected
        for density in (*DENSITIES, "auto"):
            grid.density = density
            await pilot.pause()
            assert grid.selected == chosen
            row = grid.line_of_row(grid.cursor) - grid.scroll_offset.y
            assert 0 <= row < grid.window.height
        assert not grid.max_scroll_y


async def test_one_new_declaration_draws_one_line_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = Desk()
    async with app.run_test(size=(60, 46)) as pilot:
        await pilot.pause()
        index = next(i for i, c in enumerate(COUNCILS) if c.status == "expected")
        declared = a_council(COUNCILS[index].name, "con", "lab", region=COUNCILS[index].region)
        refreshed = refreshed_lines(app.grid, monkeypatch)
        app.grid.show(a_night(*COUNCILS[:index], declared, *COUNCILS[index + 1 :]))
        assert refreshed == [app.grid.laid_out.spots[index][0]]
        assert "L▲" in app.grid.render_line(refreshed[0]).text


async def test_a_declaration_in_groups_has_its_own_line_and_heading_drawn_again_alone() -> None:
    app = Desk(a_night(*many_councils(40)))
    async with app.run_test(size=(60, 46)) as pilot:
        app.grid.group = "region"
        await pilot.pause()
        grid = app.grid.laid_out
        kept, line = set(app.grid._kept), grid.lines_of(20).start
        app.grid.paint = lambda: None  # type: ignore[method-assign]
        app.grid.look_again_at([grid.order[20]])
        heading = max(at for at in range(line) if isinstance(grid.rows[at], Heading))
        assert kept - set(app.grid._kept) == {heading, line}


@pytest.mark.parametrize(
    ("group", "sort", "count"),
    [
        ("none", "name", 40),
        ("none", "majority", 40),
        ("region", "name", 40),
        ("type", "expected", 40),
        ("status", "declared", 40),
        ("before", "name", 40),
        ("none", "name", 250),
        ("region", "declared", 250),
    ],
)
async def test_what_is_kept_of_the_grid_is_what_would_be_drawn_anew(
    group: Group, sort: Sort, count: int
) -> None:
    def drawn(app: App[None]) -> list[list[Segment]]:
        return [list(strip.simplify()) for strip in app.screen._compositor.render_strips()]

    async with Desk(a_night(*many_councils(count, 0))).run_test(size=(40, 30)) as pilot:
        grid = pilot.app.query_one(ControlGrid)
        grid.group, grid.sort = group, sort
        for declared, corrected in [(20, 0), (21, 0), (31, 4), (12, 2), (40, 9)]:
            councils = [
                replace(council, revision=2, corrected=True) if at < corrected else council
                for at, council in enumerate(many_councils(count, declared))
            ]
            grid.show(
                a_night(*councils),
                watched=frozenset({councils[declared // 2].id, councils[-declared].id}),
            )
            grid.cursor += 1
            await pilot.pause()
            kept = drawn(pilot.app)
            grid._layout = None
            grid.draw_again()
            await pilot.pause()
            assert drawn(pilot.app) == kept


@pytest.mark.parametrize("density", DENSITIES)
def test_two_councils_of_one_face_are_drawn_alike(density: DensityChoice) -> None:
    grid = layout(COUNCILS, 56, 42, wanted=density)
    plain = a_council("Alder", "con", "lab", status="counting", wards_in=3, wards_total=9)
    others: dict[str, object] = {
        "id": PlaceId("other"), "name": "Other", "gss": "E1", "type": "county", "region": "Elsewhere",
        "elects": "thirds", "outcome": "hold", "size": 3, "seats_up": 4, "seats": (),
        "baseline": "unknown", "declared_at": START, "declared_at_estimated": True,
        "expected_at": START, "declared_order": 9, "wards": (), "majority_notes": ("Lab needs two more",),
        "history": (), "checks": (), "matched_as": "Oaks", "entry": 5, "test": True, "note": "n",
        "status": "rush", "before": "ld", "after": "green", "revision": 2, "corrected": True,
        "wards_in": 5, "wards_total": 12,
        "declared_clock": "seen", "new_council": True, "stands_apart": True,
        "size_before": 45, "expected_source": "The agency",
    }  # fmt: skip
    assert others.keys() == {field.name for field in fields(CouncilStanding)}
    for status in ("expected", "counting", "rush", "declared"):
        council = replace(plain, status=status)
        for name, value in others.items():
            other = replace(council, **{name: value})  # type: ignore[arg-type]
            if face(other) == face(council):
                for flags in ({}, {"selected": True}, {"fresh": True}, {"watched": True}):
                    drawn = [
                        draw(Cell(it, "Alder", **flags), grid, DARK) for it in (council, other)
                    ]
                    assert drawn[0] == drawn[1], name


async def test_another_word_in_the_border_draws_only_the_border_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = Desk()
    async with app.run_test(size=(60, 46)) as pilot:
        await pilot.pause()
        grid, drawn = app.grid, list[int]()
        draw_line = grid.render_line

        def drawing(y: int) -> Strip:
            drawn.append(y)
            return draw_line(y)

        monkeypatch.setattr(grid, "render_line", drawing)
        grid.show(replace(NIGHT, councils_up=400), since="since 02:10")
        app.screen.set_focus(None)
        await pilot.pause()
        assert "since 02:10" in shown(app)
        drawn.clear()
        grid.show(replace(NIGHT, councils_up=500), since="since 03:10")
        await pilot.pause()
        assert "since 03:10" in shown(app)
        assert "388 to come" in shown(app)
        assert drawn == []


async def test_another_order_of_nameless_blocks_is_drawn() -> None:
    app = Desk()
    async with app.run_test(size=(40, 32)) as pilot:
        app.screen.set_focus(None)
        app.grid.density = "blocks"
        await pilot.pause()
        assert app.grid.laid_out.density is Density.BLOCKS
        by_name = lines(app.grid)
        app.grid.sort = "declared"
        await pilot.pause()
        in_order = lines(app.grid)
        assert in_order != by_name
        assert [line[1:-1] for line in shown(app).split("\n")[1:-1]] == in_order


async def test_a_filter_dims_the_others_and_a_fresh_result_is_marked_without_colour() -> None:
    app = Desk()
    async with app.run_test(size=(60, 46)):
        before = app.grid.render_line(0)
        app.grid.show(NIGHT, lit=lambda council: council.name == "nobody")
        dimmed = app.grid.render_line(0)
        assert [s.text for s in before] == [s.text for s in dimmed]
        assert [s.style for s in before] != [s.style for s in dimmed]
        app.grid.show(NIGHT, fresh=frozenset({COUNCILS[1].id}))
        assert "‹" in app.grid.render_line(1).text


async def test_a_grid_without_councils_says_what_it_waits_for() -> None:
    app = Desk(Standing())
    async with app.run_test(size=(80, 20)) as pilot:
        assert "No councils yet" in app.grid.render_line(0).text
        await pilot.press("down", "enter", "right")
        assert app.opened == []


async def test_a_name_full_of_escapes_and_markup_is_drawn_as_plain_cells() -> None:
    app = Desk(a_night(a_council("[red]Al\x1b]8;;x\x07der\u202e[/red]", "con", "lab")))
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.press("down")
        console = Console(width=60, color_system=None)
        with console.capture() as drawn:
            console.print(app.grid.render_line(0), end="")
        assert "\x1b]8" not in drawn.get()
        assert "[red]Al" in app.grid.render_line(0).text
        assert cell_len(app.grid.render_line(0).text) == 58
