"""A session that is made behind the first frame, so that nobody waits for what reads the files."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feed.model.intents import Driven, Intent


_logger = logging.getLogger(__name__)


class LaterSession:
    """Stands for a session until it is there; what is asked of it before is passed on in order."""

    def __init__(self, make: Callable[[], Driven], refused: Callable[[Exception], None]) -> None:
        self._make = make
        self._refused = refused
        self._lock = threading.Lock()
        self._session: Driven | None = None
        self._early: list[Intent] = []
        self._stopped = False
        self._maker = threading.Thread(target=self._begin, name="nightdesk-opening", daemon=True)

    def start(self) -> None:
        """Begin to make the session; it starts by itself."""
        self._maker.start()

    def stop(self, timeout: float = 3.0) -> None:
        """Stop the session, also one that is still being made."""
        with self._lock:
            self._stopped = True
        if self._maker.is_alive():
            self._maker.join(timeout)
        if self._session is not None:
            self._session.stop(timeout)

    def ask(self, intent: Intent) -> None:
        """Ask for a move, which is done when the session is there."""
        with self._lock:
            if self._session is None:
                self._early.append(intent)
                return
        self._session.ask(intent)

    def rescan(self) -> None:
        """Ask the source to look again; a source that has not begun looks anyway."""
        if self._session is not None:
            self._session.rescan()

    def _begin(self) -> None:
        try:
            session = self._make()
        except Exception as error:
            _logger.exception("the session could not be made")
            self._refused(error)
            return
        with self._lock:
            self._session = session
            for intent in self._early:
                session.ask(intent)
            if not self._stopped:
                session.start()
