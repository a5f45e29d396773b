"""The line pane: a cursor that stays on a row and in sight, whatever the size."""

from __future__ import annotations

from collections.abc import Iterable

from rich.segment import Segment

from tests.tui.log_entries import HOSTILE, Desk
from tui.panes.line_pane import LinePane
from tui.text.terminal_text import segment


class Rows(LinePane):
    """Numbered rows under a heading."""

    def __init__(self, count: int) -> None:
        super().__init__("Rows")
        self.count = count
        self.opened: list[int] = []

    def line_count(self) -> int:
        return self.count + 1

    def row_count(self) -> int:
        return self.count

    def line_of_row(self, row: int) -> int:
        return row + 1

    def row_of_line(self, line: int) -> int | None:
        return line - 1 if 0 < line <= self.count else None

    def line(self, index: int, width: int) -> Iterable[Segment]:
        text = "heading" if index == 0 else f"row {index - 1}"
        yield segment(text[:width], self.look.base)

    def row_opened(self, row: int) -> None:
        self.opened.append(row)


async def test_the_cursor_stays_on_a_row_and_in_sight() -> None:
    pane = Rows(100)
    async with Desk(pane).run_test(size=(30, 12)) as pilot:
        await pilot.press("G", "down")
        assert pane.cursor == 99
        assert pane.render_line(9).text.startswith("row 99")
        await pilot.press("pageup")
        assert pane.cursor == 90
        await pilot.resize_terminal(30, 6)
        await pilot.pause()
        assert "row 90" in [pane.render_line(y).text.rstrip() for y in range(4)]
        await pilot.press("home", "up")
        assert pane.cursor == 0


class Wrapped(Rows):
    """Rows that take two lines each where the pane is narrower than 28 cells."""

    def line_count(self) -> int:
        return self.count * (2 if self.window.width < 28 else 1)


async def test_a_scrollbar_that_comes_or_goes_has_the_lines_counted_again() -> None:
    pane = Wrapped(5)
    async with Desk(pane).run_test(size=(30, 12)) as pilot:
        await pilot.pause()
        for count, lines in ((12, 24), (5, 5)):
            pane.count = count
            pane.redraw()
            await pilot.pause()
            await pilot.pause()
            assert pane.virtual_size.height == lines


async def test_a_shorter_list_takes_the_cursor_with_it() -> None:
    pane = Rows(100)
    async with Desk(pane).run_test(size=(30, 12)) as pilot:
        await pilot.press("end")
        pane.count = 5
        pane.redraw()
        assert pane.cursor == 4
        pane.count = 0
        pane.redraw()
        await pilot.press("enter", "down", "up")
        assert (pane.cursor, pane.opened) == (0, [])


async def test_a_click_selects_and_a_second_one_opens_but_never_a_heading() -> None:
    pane = Rows(20)
    async with Desk(pane).run_test(size=(30, 12)) as pilot:
        await pilot.click(pane, offset=(4, 1))
        assert (pane.cursor, pane.opened) == (0, [])
        await pilot.click(pane, offset=(4, 4))
        assert (pane.cursor, pane.opened) == (2, [])
        await pilot.click(pane, offset=(4, 4))
        assert pane.opened == [2]


async def test_titles_are_never_markup() -> None:
    pane = Rows(3)
    async with Desk(pane).run_test(size=(80, 6)) as pilot:
        pane.set_title(HOSTILE, "[b]bold[/b]")
        await pilot.pause()
        screen = [strip.text for strip in pane.app.screen._compositor.render_strips()]
        assert "[red]Alder[/red]".replace("/red", "/") in screen[0]
        assert "\x1b" not in screen[0]
        assert "[b]bold[/b]" in screen[-1]


async def test_what_is_drawn_has_the_colours_of_the_theme() -> None:
    pane = Rows(3)
    async with Desk(pane, "nightdesk-light").run_test(size=(30, 8)):
        colours = {
            part.style.bgcolor.name
            for y in range(6)
            for part in pane.render_line(y)
            if part.style and part.style.bgcolor
        }
        assert colours == {pane.look.background.lower()}
