"""The log file: what goes wrong while the screen runs is written there, never on the screen."""

from __future__ import annotations

import contextlib
import logging
import logging.handlers
import os
import sys
import threading
from collections.abc import Callable, Iterator
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType

from platformdirs import user_log_path

from feed.private_folder import make_private_folder
from feed.safe_text import clean

_logger = logging.getLogger("tui.running.log_file")
_MOST, _KEPT = 1_000_000, 2
_FORMAT = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"


def log_path() -> Path:
    """Return the log file; it may not exist yet."""
    return user_log_path("nightdesk") / "nightdesk.log"


class _PrivateLog(logging.handlers.RotatingFileHandler):
    """A rotating file that only its owner can read."""

    def _open(self) -> TextIOWrapper:
        return open(  # Path.open takes no opener
            self.baseFilename, "a", encoding="utf-8", errors="backslashreplace", opener=_private
        )

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # logging's name
        """Say nothing: a full disk must not write on the screen."""


class _CleanLines(logging.Formatter):
    """Writes a record so that no text from a feed can forge a line or steer a terminal."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # logging's name
        """Return the first line."""
        record.message = clean(record.message)
        return super().formatMessage(record)

    def format(self, record: logging.LogRecord) -> str:
        """Return the record, with the lines of its traceback as they are."""
        said = super().format(record)
        return "".join(char if char.isprintable() or char == "\n" else "�" for char in said)


class _Teller(logging.Handler):
    """Calls back for every error, with what it says."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        super().__init__(logging.ERROR)
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        """Tell of one error."""
        with contextlib.suppress(Exception):
            self._tell(_in_a_line(record))


def _in_a_line(record: logging.LogRecord) -> str:
    said = clean(record.getMessage())
    error = record.exc_info[1] if record.exc_info else None
    return said if error is None else f"{said}: {describe(error)}"


def describe(error: BaseException) -> str:
    """Return an exception in one line."""
    return clean(f"{type(error).__name__}: {error}".removesuffix(": "))


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)


@contextlib.contextmanager
def logging_to(path: Path, tell: Callable[[str], None] | None = None) -> Iterator[None]:
    """Send all logging, and what threads die of, to the file at `path` and nowhere else.

    Where the file cannot be made, nothing is logged and nothing is said: the night goes on.
    `tell` is called with one line for every error, from whatever thread it comes.
    """
    root = logging.getLogger()
    handlers: list[logging.Handler] = [_file_handler(path)]
    if tell is not None:
        handlers.append(_Teller(tell))
    before, root.handlers = root.handlers, handlers
    levels = {name: logging.getLogger(name).level for name in ("", "feed", "tui")}
    root.setLevel(logging.WARNING)
    for name in ("feed", "tui"):
        logging.getLogger(name).setLevel(logging.INFO)
    thread_hook, threading.excepthook = threading.excepthook, _thread_died
    other_hook, sys.unraisablehook = sys.unraisablehook, _unraisable
    try:
        yield
    finally:
        threading.excepthook, sys.unraisablehook = thread_hook, other_hook
        root.handlers = before
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)
        for handler in handlers:
            handler.close()


def _file_handler(path: Path) -> logging.Handler:
    try:
        make_private_folder(path.parent)
        handler: logging.Handler = _PrivateLog(path, maxBytes=_MOST, backupCount=_KEPT)
    except OSError:
        return logging.NullHandler()
    handler.setFormatter(_CleanLines(_FORMAT))
    return handler


def _thread_died(died: threading.ExceptHookArgs) -> None:
    error, name = died.exc_value, died.thread.name if died.thread else "a thread"
    if error is not None:
        _logger.error("%s ended", name, exc_info=_info(error))


def _unraisable(found: object) -> None:
    error = getattr(found, "exc_value", None)
    if isinstance(error, Exception):
        _logger.warning("an error that nothing could take", exc_info=_info(error))


def _info(error: BaseException) -> tuple[type[BaseException], BaseException, TracebackType | None]:
    return type(error), error, error.__traceback__
