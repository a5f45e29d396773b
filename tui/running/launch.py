"""The desk on the screen, from its first frame to its exit code."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feed.model.intents import Driven, Intent
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from feed.english import counted
from feed.errors import NightdeskError
from tui.running.collecting import small_collections
from tui.running.log_file import describe, log_path, logging_to
from tui.running.output import tell

if TYPE_CHECKING:
    from feed.session.session import Post, Session
    from tui.running.app import Desk
    from tui.settings.options import Options

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


_TURN = 0.001
"""Seconds of the interpreter that a thread has before another may ask for it."""


@contextmanager
def short_turns() -> Iterator[None]:
    """Let the screen have its turn soon while another thread reads a full folder."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(_TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def drop_old(options: Options) -> tuple[str, ...]:
    """Delete the recordings that are older than is wanted, and say which."""
    if options.keep_days is None:
        return ()
    from feed.recording.shelf import drop_older_than  # noqa: PLC0415

    dropped = drop_older_than(options.keep_days, options.recordings)
    return tuple(
        f"dropped {path}: older than {counted(options.keep_days, 'day')}" for path in dropped
    )


def show(
    make: Callable[[Post], Session],
    options: Options,
    drive: Callable[[Desk], object] | None = None,
    *,
    tips: bool = False,
) -> int:
    """Run the desk on the screen; give the exit code.

    The session is made after the first frame. What refuses it, a recording that may not lie there
    or the like, is raised when the screen is closed.

    Args:
        make: makes the session.
        options: the options in force.
        drive: runs the desk elsewhere than on the terminal, where nobody types at it.
        tips: say what to try until a key is pressed.

    """
    from tui.running.app import Desk  # noqa: PLC0415
    from tui.settings.remembered import Memory  # noqa: PLC0415

    log = log_path()
    refused: list[Exception] = []

    def close(error: Exception) -> None:
        refused.append(error)
        desk.call_later(desk.exit)

    memory = Memory() if drive is None else None
    desk = Desk(lambda post: LaterSession(partial(make, post), close), options, memory, log)
    desk.tips = tips
    with logging_to(log, desk.tell_of_trouble), small_collections(), short_turns():
        (drive or Desk.run)(desk)
        desk.close_alerts()
    for error in refused:
        if isinstance(error, NightdeskError):
            raise error
        desk.crash = desk.crash or describe(error)
    if desk.crash:
        tell(f"ended by a fault of its own ({desk.crash}); see {log}")
        return 1
    return desk.return_code or 0
