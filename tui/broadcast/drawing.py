"""One size in which the night is drawn, and who looks on at it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Final, cast

from tui.broadcast.broadcaster import Broadcaster, Viewer
from tui.broadcast.driver import BroadcastDriver
from tui.colours.themes import DARK, Look

if TYPE_CHECKING:
    from textual.driver import Driver

    from tui.running.app import Desk

FRAMES_A_SECOND: Final = 10
_logger: Final = logging.getLogger(__name__)


class Drawing:
    """Wakes all who look on when there is a new frame, so many times a second at most."""

    def __init__(self, size: tuple[int, int], look: Look = DARK) -> None:
        self.size = size
        self._look = look
        self.broadcaster = Broadcaster()
        self.viewers: dict[Viewer, asyncio.Event] = {}
        self._wanted = asyncio.Event()
        self._next: asyncio.TimerHandle | None = None
        self._sent_at = 0.0

    @property
    def facts(self) -> Mapping[str, object]:
        """What a page has to know before the first frame."""
        columns, rows = self.size
        return {
            "columns": columns, "rows": rows,
            "paper": self._look.background, "ink": self._look.text,
        }  # fmt: skip

    def enter(self, viewer: Viewer) -> asyncio.Event:
        """Let somebody look on; return what is set when there may be a frame for them."""
        self._wanted.set()
        return self.viewers.setdefault(viewer, asyncio.Event())

    def leave(self, viewer: Viewer) -> None:
        """Forget somebody who looked on."""
        self.viewers.pop(viewer, None)

    async def run(self, desk: Desk) -> None:
        """Draw with a desk that nobody types at, until it ends."""
        driver = partial(BroadcastDriver, self.broadcaster, self.drawn)
        desk.driver_class = cast("type[Driver]", driver)
        desk.is_attended = False
        await desk.run_async(size=self.size, mouse=False)

    async def run_when_wanted(self, desk: Desk) -> None:
        """Draw as soon as somebody looks on, and from then on."""
        await self._wanted.wait()
        await self.run(desk)
        if desk.crash:
            _logger.error("the drawing of %d×%d ended: %s", *self.size, desk.crash)

    def drawn(self) -> None:
        """Send what was drawn: the first after a pause at once, then as often as is allowed."""
        if self._next is None:
            loop = asyncio.get_running_loop()
            due = self._sent_at + 1 / FRAMES_A_SECOND
            self._next = loop.call_at(max(due, loop.time()), self.advance)

    def advance(self) -> None:
        """Make a frame of what was drawn, and wake all for whom it is news."""
        self._next = None
        self._sent_at = asyncio.get_running_loop().time()
        if self.broadcaster.advance():
            for wake in self.viewers.values():
                wake.set()
