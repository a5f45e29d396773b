"""A night as a recording of a terminal: asciicast v3, for players and for web pages."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from rich.console import Console
from textual.strip import Strip

from feed.clock import hh_mm
from feed.ledger.step import Step
from feed.model.intents import Intent
from feed.session.session import Post
from tui.running.app import Desk
from tui.running.static import StillSession, still_replay
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

    def make(post: Post) -> StillSession:
        sessions.append(still_replay(post, steps, "+0m", playing=True))
        return sessions[-1]

    columns, rows = casting.size
    yield _line({"version": 3, "term": {"cols": columns, "rows": rows}, "title": "nightdesk"})
    app = Desk(make, options)
    async with app.run_test(size=casting.size) as pilot:
        (session,) = sessions
        moments = _moments(session, steps)
        drawn: list[Strip] = []
        waited = since_key = 0.0
        before: datetime | None = None
        for moment in moments:
            session.ask(Intent("seek", moment=moment))
            await pilot.pause()
            if before is not None:
                gap = (moment - before).total_seconds() / casting.speed
                waited += min(gap, casting.gap_limit)
            before = moment
            frame = app.screen._compositor.render_strips(app.size)  # noqa: SLF001  # no public way
            whole = not drawn or since_key + waited >= _KEY_FRAME_EVERY
            text = _difference([] if whole else drawn, frame, app.console)
            if text:
                since_key = 0.0 if whole else since_key + waited
                yield _line([round(waited, 3), "o", text])
                waited, drawn = 0.0, frame
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


def _difference(old: Sequence[Strip], new: Sequence[Strip], console: Console) -> str:
    """Return what brings a terminal from one frame to the next, a line at a time."""
    parts = [] if old else ["\x1b[2J"]
    for row, strip in enumerate(new):
        if row >= len(old) or list(old[row]) != list(strip):
            parts.append(f"\x1b[{row + 1};1H{strip.render(console)}\x1b[0m")
    return "\x1b[?2026h" + "".join(parts) + "\x1b[?2026l" if parts else ""


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"
