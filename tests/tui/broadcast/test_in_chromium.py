"""The page in a real browser: it shows the panes, what comes in, and comes back by itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import WSCloseCode
from aiohttp.test_utils import TestServer

from feed.model.standing import Standing
from feed.model.view import SourceHealth, View
from tests.chromium import PROGRAM, browser, page_of
from tests.tui.desk_app import DeskUnderTest, live_desk, trafford
from tui.broadcast.door import Door
from tui.broadcast.drawing import Drawing
from tui.broadcast.newest import NewestView, Outputs
from tui.broadcast.server import BroadcastServer, Shape
from tui.settings.options import Options

WORDS = "(document.getElementById('words')?.textContent ?? '')"
STATE = "document.getElementById('state')?.textContent"
NOTE_STATES = """{
  const state = document.getElementById('state'), all = { childList: true, subtree: true };
  window.said = [];
  new MutationObserver(() => said.push(state.textContent)).observe(state, all);
}"""
"""Keeps what the page says of its connection: on a busy machine it is back before one looks."""
pytestmark = pytest.mark.skipif(PROGRAM is None, reason="no Chromium on this machine")


@asynccontextmanager
async def served() -> AsyncIterator[tuple[BroadcastServer, DeskUnderTest, str]]:
    """Run a live desk and its server; give them and the address."""
    newest, desk = NewestView(), live_desk()
    newest.view = View(Standing(), source=SourceHealth("ok"))
    drawings: dict[Shape, Drawing] = {"wide": Drawing((160, 48)), "tall": Drawing((60, 52))}
    server = BroadcastServer(Door(), drawings, Outputs(newest, Options()))
    tall = DeskUnderTest(newest.looked_on)
    running = [
        asyncio.create_task(drawings["wide"].run(desk)),
        asyncio.create_task(drawings["tall"].run_when_wanted(tall)),
    ]
    async with TestServer(server.application()) as listening:
        yield server, desk, str(listening.make_url("/"))
    tall.exit()
    desk.exit()
    await asyncio.wait(running)


async def test_a_browser_shows_the_night_comes_back_by_itself_and_turns_with_the_window() -> None:
    async with served() as (server, desk, url), browser() as session, page_of(session) as page:
        await page.open(url)
        await page.until(f"{WORDS}.includes('Scoreboard') && {STATE} === ''")
        fits = "(box => box.width <= innerWidth && box.height <= innerHeight && box.width > innerWidth / 2)"
        screen = "document.querySelector('.xterm-screen').getBoundingClientRect()"
        assert await page.value(f"{fits}({screen})")

        desk.still.arrive(trafford())
        await page.until(f"{WORDS}.includes('Trafford: Lab gain from NOC')")
        assert await page.value("document.title") == "nightdesk · 1 declared"

        await page.value(NOTE_STATES)
        for socket in list(server._sockets):
            await socket.close(code=WSCloseCode.GOING_AWAY)
        await page.until("said.some(state => state.startsWith('No connection since '))")
        await page.until(f"{STATE} === ''")

        await page.resize(390, 844)
        await page.until(f"{WORDS}.split('\\n').length === 52")
        assert [len(each.viewers) for each in server.drawings.values()] == [0, 1]
        assert not [said for said in page.complaints if "WebGL" not in said]
