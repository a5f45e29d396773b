"""The transport bar: where the replay stands, and seeking by mouse."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from feed.model.view import Tick, TransportView
from tests.tui.log_entries import Desk, words
from tui.colours.themes import DARK
from tui.panes.bar import TransportBar, cell_at, time_at, track, transport_line

START = datetime(2019, 5, 2, 22, 0, tzinfo=UTC)
END = START + timedelta(hours=5)
MIDDLE = START + timedelta(hours=2, minutes=30)
VIEW = TransportView(True, 60.0, MIDDLE, START, END, gap_limit=5.0)


def line(view: TransportView, cells: int) -> str:
    return words(transport_line(view, cells, DARK)[0]).rstrip()


class TransportDesk(Desk):
    """A desk with the transport bar alone."""

    def __init__(self) -> None:
        self.bar = TransportBar()
        super().__init__(self.bar)

    def on_transport_bar_seek_requested(self, message: TransportBar.SeekRequested) -> None:
        self.posted.append(message.moment)


def test_the_bar_says_speed_time_place_and_end() -> None:
    shown = line(VIEW, 70)
    assert shown.startswith(" ▶ 60×  01:30:00  ━")
    assert shown.endswith("─  04:00:00  gaps ≤ 5 s")
    assert shown.count("●") == 1


def test_words_give_way_before_the_track() -> None:
    assert "gaps" not in line(VIEW, 44)
    assert "04:00:00" not in line(VIEW, 34)
    assert "01:30:00" in line(VIEW, 34)
    assert "●" in line(VIEW, 16)


def test_a_pause_and_a_loop_are_said() -> None:
    shown = line(replace(VIEW, playing=False, loop=True, speed=float("inf")), 80)
    assert shown.startswith(" ‖ max")
    assert shown.endswith("loop")


def test_changes_of_control_and_corrections_are_marked_on_the_track() -> None:
    ticks = (
        Tick(1, START + timedelta(hours=1), "change"),
        Tick(2, START + timedelta(hours=2), "correction"),
        Tick(3, START + timedelta(hours=2, seconds=1), "change"),
        Tick(4, START + timedelta(hours=4), "change"),
    )
    shown = words(tuple(track(replace(VIEW, ticks=ticks), 51, DARK)))
    assert shown == "━" * 10 + "╋" + "━" * 9 + "◆" + "━" * 4 + "●" + "─" * 14 + "┼" + "─" * 10


def test_a_night_of_one_moment_is_drawn_too() -> None:
    still = replace(VIEW, start=START, now=START, end=START)
    assert line(still, 60).count("●") == 1


@settings(deadline=None, max_examples=100)
@given(st.integers(1, 200), st.integers(0, 199))
def test_a_cell_and_the_moment_that_it_stands_for_belong_together(size: int, cell: int) -> None:
    cell = min(cell, size - 1)
    assert cell_at(VIEW, time_at(VIEW, cell, size), size) == cell


@settings(deadline=None, max_examples=100)
@given(st.integers(16, 220), st.integers(-3600, 30_000))
def test_the_bar_always_fits(cells: int, seconds: int) -> None:
    view = replace(VIEW, now=START + timedelta(seconds=seconds), loop=True)
    assert cell_len(line(view, cells)) <= cells


async def test_a_click_seeks_and_a_drag_goes_on_seeking() -> None:
    app = TransportDesk()
    async with app.run_test(size=(80, 5)) as pilot:
        app.bar.show(VIEW)
        await pilot.pause()
        text = app.bar.render_line(0).text
        first = text.index("━")
        size = text.rindex("─") - first + 1
        await pilot.mouse_down(app.bar, offset=(first, 0))
        await pilot.hover(app.bar, offset=(first + 10, 0))
        await pilot.hover(app.bar, offset=(79, 0))
        await pilot.mouse_up(app.bar, offset=(79, 0))
        await pilot.hover(app.bar, offset=(first + 5, 0))
        await pilot.pause()
        assert app.posted == [START, time_at(VIEW, 10, size), END]


async def test_a_click_on_the_words_seeks_nowhere() -> None:
    app = TransportDesk()
    async with app.run_test(size=(80, 5)) as pilot:
        app.bar.show(VIEW)
        await pilot.pause()
        await pilot.click(app.bar, offset=(3, 0))
        await pilot.pause()
        assert app.posted == []
