"""When a desk under test has done all there is to do, without a look at the clock."""

from __future__ import annotations

import asyncio
from typing import Final

from textual._context import active_app
from textual.app import ScreenStackError

_SOON: Final = 0.02
"""Seconds; a resize or a frame that is due within them is waited for."""


async def until_quiet(min_sleep: float = 0.0, max_sleep: float = 1.0) -> None:
    """Wait until the loop has nothing to do; stands in for Textual's `wait_for_idle`.

    Textual looks every 20 ms at how much the whole process computes: that is long where nothing
    happens, and short where the machine is busy.
    """
    del min_sleep
    loop = asyncio.get_running_loop()
    began = loop.time()
    calm = 0
    while calm < 3 and loop.time() - began < max_sleep:
        await asyncio.sleep(0)
        calm = 0 if loop._ready else calm + 1  # type: ignore[attr-defined]
        if calm == 3 and _has_drawn():
            calm = 0
        elif calm == 3 and (due := _next_timer(loop)) < began + _SOON:
            await asyncio.sleep(due - loop.time())
            calm = 0


def _has_drawn() -> bool:
    """Whether a frame was due of a screen or of what lies behind it; it is drawn at once."""
    try:
        screens = active_app.get().screen_stack
    except ScreenStackError:
        return False
    due = [screen for screen in screens if screen._update_timer._active.is_set()]
    for screen in due:
        screen._on_timer_update()
    return bool(due)


def _next_timer(loop: asyncio.AbstractEventLoop) -> float:
    timers: list[asyncio.TimerHandle] = loop._scheduled  # type: ignore[attr-defined]
    return min((timer.when() for timer in timers if not timer.cancelled()), default=float("inf"))
