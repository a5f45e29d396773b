"""A night as a recording of a terminal: asciicast v3, for players and for web pages."""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from rich.color import ColorSystem
from textual._compositor import LayoutUpdate
from textual.geometry import Region
from textual.pilot import Pilot
from textual.strip import Strip

from feed.clock import hh_mm
from feed.ledger.step import Step
from feed.model.intents import Intent
from feed.model.view import View
from feed.session.session import Post
from tui.running.app import Desk
from tui.running.static import StillSession, still_replay
from tui.running.terminal.cells import Cells
from tui.running.terminal.driver import paint
from tui.settings.options import Options

_KEY_FRAME_EVERY: Final = 60.0
"""Seconds of playing after which a frame is whole, so that a player can begin there."""


@dataclass(frozen=True, slots=True)
class Casting:
    """How a night is to be played into a cast."""

    size: tuple[int, int] = (160, 48)
    speed: float = 300.0
    """Seconds of the night in a second of the cast."""
    gap_limit: float = 2.0
    """A silence lasts so many seconds of the cast at most."""


async def night_cast(
    steps: Sequence[Step], options: Options, casting: Casting
) -> AsyncIterator[str]:
    """Yield the lines of a cast: header, frames, and a marker at each change of control.

    Args:
        steps: the night, in order of time.
        options: how the desk looks.
        casting: size and pace.

    """
    sessions: list[StillSession] = []
    views: list[View] = []

    def make(post: Post) -> StillSession:
        def show(view: View) -> None:
            views[:] = [view]
            post(view)

        sessions.append(still_replay(show, steps, "+0m", playing=True))
        return sessions[-1]

    columns, rows = casting.size
    yield _line({"version": 3, "term": {"cols": columns, "rows": rows}, "title": "nightdesk"})
    app = Desk(make, options)
    async with app.run_test(size=casting.size) as pilot:
        while not views:
            await pilot.pause()
        session = sessions[0]
        moments = _moments(session, steps)
        cells = Cells()
        now = sent = whole_at = 0.0
        before = moments[0] if moments else None
        for moment in moments:
            session.ask(Intent("seek", moment=moment))
            strips = await _settled(app, pilot)
            gap = (moment - (before or moment)).total_seconds() / casting.speed
            now, before = now + min(gap, casting.gap_limit), moment
            whole = not cells.height or now - whole_at >= _KEY_FRAME_EVERY
            if text := _difference(cells, strips, whole=whole):
                whole_at = now if whole else whole_at
                yield _line([round(now - sent, 3), "o", text])
                sent = sent + round(now - sent, 3)
            if moment in changes(session):
                yield _line([0, "m", f"{hh_mm(moment)} change of control"])
    yield _line([2.0, "o", ""])


def changes(session: StillSession) -> frozenset[datetime]:
    """Return the moments at which control of a council has changed."""
    transport = session.view().transport
    ticks = () if transport is None else transport.ticks
    return frozenset(tick.at for tick in ticks if tick.kind == "change")


def _moments(session: StillSession, steps: Sequence[Step]) -> list[datetime]:
    transport = session.view().transport
    start = None if transport is None else transport.start
    return sorted({step.at for step in steps if start is None or step.at >= start})


async def _settled(app: Desk, pilot: Pilot[None]) -> list[Strip]:
    """Return what the desk shows when nothing on it changes any more."""
    before: list[Strip] | None = None
    while True:
        await pilot.pause()
        strips = app.screen._compositor.render_strips(app.size)  # noqa: SLF001  # no public way
        if strips == before:
            return strips
        before = strips


def _difference(cells: Cells, strips: list[Strip], *, whole: bool) -> str:
    """Return what brings a terminal to what is shown now: the cells that are others."""
    if whole:
        cells.forget()
    region = Region(0, 0, strips[0].cell_length, len(strips))
    paint(cells, LayoutUpdate([[strip] for strip in strips], region), ColorSystem.TRUECOLOR)
    text = "".join(iter(partial(cells.difference, sys.maxsize), ""))
    clear = "\x1b[0m\x1b[2J" if whole else ""
    return f"\x1b[?2026h{clear}{text}\x1b[?2026l" if text else ""


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"
