"""A live session that brings only what a test hands to it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from functools import partial
from itertools import count

from feed.model.view import SourceHealth
from feed.session.session import Post
from feed.sources.folder.source import Delivery
from tui.running.static import StillSession


class NoSource:
    """A source that brings nothing by itself: it makes a session a live one."""

    def run(self, deliver: Callable[[Delivery], None], stop: threading.Event) -> None:
        """Nothing comes."""

    def rescan(self) -> None:
        """There is nothing to look through."""


def still_live(post: Post, clock: Callable[[], datetime]) -> StillSession:
    """Return a live session at its edge, whose source brings only what is handed to it."""
    return StillSession(
        post, source=NoSource(), now=clock, health=SourceHealth("ok"), clock=_seconds()
    )


def _seconds() -> Callable[[], float]:
    """Return a clock that is a second further whenever it is asked, so that every frame is due."""
    return partial(next, count(0.0))
