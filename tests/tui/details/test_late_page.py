"""What is written on a page after it was closed troubles nobody."""

from __future__ import annotations

import asyncio

from textual.app import App

from tui.colours.themes import Look
from tui.details.listing import Row, RowPage


def some_rows(width: int, look: Look) -> list[Row]:
    del width, look
    return [Row([[]])]


def test_a_summary_that_comes_when_its_page_is_closed_is_let_go() -> None:
    async def run() -> None:
        app = App[None]()
        async with app.run_test() as pilot:
            page = RowPage("What did I miss", some_rows)
            await app.push_screen(page)
            page.close()
            await pilot.pause()
            app.call_later(page.show, "Much", some_rows)
            await pilot.pause()
            assert app.is_running

    asyncio.run(run())
