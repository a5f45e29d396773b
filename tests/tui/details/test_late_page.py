"""What is written on a page after it was closed troubles nobody."""

from __future__ import annotations

import asyncio

from textual.app import App

from tui.details.page import Page


def test_a_summary_that_comes_when_its_page_is_closed_is_let_go() -> None:
    async def run() -> None:
        app = App[None]()
        async with app.run_test() as pilot:
            page = Page("What did I miss", "Summing up …")
            await app.push_screen(page)
            page.dismiss(None)
            await pilot.pause()
            app.call_later(page.tell, "Much")
            await pilot.pause()
            assert app.is_running

    asyncio.run(run())
