"""A pane that grows by a line: only itself is drawn again, the screen is not laid out anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.screen import Screen

from feed.model.standing import Standing
from tests.tui.log_entries import Desk
from tests.tui.standings import a_council
from tui.control_grid import widget as control_grid
from tui.control_grid.widget import ControlGrid
from tui.panes.line_pane import LinePane


class Lines(LinePane):
    """As many numbered lines as it is told."""

    count = 1

    def line_count(self) -> int:
        return self.count

    def line(self, index: int, width: int) -> Iterable[Segment]:
        return (Segment(f"line {index}"[:width]),)


class Growing(App[None]):
    def compose(self) -> ComposeResult:
        yield Lines("Lines", id="lines")


@pytest.mark.parametrize(("before", "after", "anew"), [(100, 101, False), (1, 2, False),
                                                       (2, 100, True), (100, 2, True),
                                                       (100, 99, False), (2, 1, False)])  # fmt: skip
async def test_the_screen_is_laid_out_anew_only_for_a_scrollbar(
    monkeypatch: pytest.MonkeyPatch, before: int, after: int, *, anew: bool
) -> None:
    async with Growing().run_test(size=(40, 12)) as pilot:
        pane = pilot.app.query_one(Lines)
        pane.count = before
        pane.redraw()
        for _ in range(4):
            await pilot.pause()
        pane.jump(pane.max_scroll_y)
        await pilot.pause()
        layouts: list[Screen[object]] = []
        lay_out = Screen._refresh_layout

        def noted(screen: Screen[object], *given: Any, **named: Any) -> None:
            layouts.append(screen)
            lay_out(screen, *given, **named)

        monkeypatch.setattr(Screen, "_refresh_layout", noted)
        pane.count = after
        pane.redraw()
        await pilot.pause()

        assert bool(layouts) is anew
        assert pane.max_scroll_y == max(0, after - pane.window.height)
        assert pane.scroll_offset.y <= pane.max_scroll_y
        pane.select(after - 1)
        await pilot.pause()
        assert pane.scroll_offset.y == pane.max_scroll_y
        if pane.show_vertical_scrollbar:
            assert pane.vertical_scrollbar.window_virtual_size == after


async def test_a_declaration_that_moves_no_cell_lays_no_grid_out_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    councils = [a_council(f"Place {number}") for number in range(30)]
    grid = ControlGrid()
    async with Desk(grid).run_test(size=(80, 20)) as pilot:
        grid.show(Standing(councils=tuple(councils)))
        await pilot.pause()
        monkeypatch.setattr(control_grid, "layout", lambda *_: pytest.fail("laid out anew"))
        councils[4] = a_council("Place 4", "con", "lab")
        grid.show(Standing(councils=tuple(councils)))
        await pilot.pause()
        assert any("L" in grid.render_line(y).text for y in range(10))


async def test_a_council_with_another_name_or_in_another_group_lays_the_grid_out_anew() -> None:
    councils = [a_council(f"Place {number}") for number in range(30)]
    grid = ControlGrid()
    async with Desk(grid).run_test(size=(80, 20)) as pilot:
        grid.show(Standing(councils=tuple(councils)))
        await pilot.pause()
        councils[4] = replace(councils[4], name="Aaa")
        grid.show(Standing(councils=tuple(councils)))
        assert grid.laid_out.order[0] == councils[4].id
        grid.group = "status"
        await pilot.pause()
        councils[7] = a_council("Place 7", "con", "lab")
        grid.show(Standing(councils=tuple(councils)))
        assert grid.laid_out.order[0] == councils[7].id
