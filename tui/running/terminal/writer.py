"""What is written to the terminal: in a thread, never more than it takes, the newest frame only."""

from __future__ import annotations

import contextlib
import os
import select
import threading
from collections.abc import Iterator
from typing import Final, TextIO

from tui.running.terminal.cells import Cells

PIECE: Final = 2_048
"""Characters of a frame that are on their way at once; all else can still be overtaken."""
LEAVE_WITHIN: Final = 2.0
"""Seconds that the last words have; a terminal that takes nothing any more is left as it is."""
_LOOK: Final = 0.1
_AT_A_STROKE: Final = 80
"""So few characters are seen at once without being held together."""
_HOLD, _SHOW = "\x1b[?2026h", "\x1b[?2026l"


class TerminalWriter:
    """Writes words as they are and of frames only what differs from what the terminal shows.

    There is no queue of frames: what has changed is drawn into one picture, and when the terminal
    has taken a piece, the next is made of what the picture is then.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._encoding = file.encoding or "utf-8"
        self._cells = Cells()
        self._changed = threading.Condition()
        self._words: list[str] = []
        self._thread: threading.Thread | None = None
        self._painted = self._shows = self._holds = self._held = False
        self._closing = self._given_up = False
        self.is_gone = False
        """Whether the terminal is there no more."""

    def start(self) -> None:
        """Begin to write; what the terminal shows is not known."""
        self._closing = self._given_up = self._held = False
        self._shows = True
        self.redraw()
        if self._thread is not None:
            return
        self._thread = threading.Thread(target=self._run, name="nightdesk-output", daemon=True)
        self._thread.start()

    def write(self, text: str) -> None:
        """Write words to the terminal, before what is left of the frame."""
        with self._changed:
            self._words.append(text)
            self._changed.notify_all()

    @contextlib.contextmanager
    def frame(self, *, hold: bool) -> Iterator[Cells]:
        """Draw the next frame; `hold` is for terminals that can show it at a stroke."""
        with self._changed:
            yield self._cells
            self._painted, self._holds = True, hold
            self._changed.notify_all()

    def redraw(self) -> None:
        """Write every cell again."""
        with self._changed:
            self._cells.forget()
            self._painted = True
            self._changed.notify_all()

    def end_frames(self) -> None:
        """Write no more of any frame: the rest is what leaves the terminal as it was."""
        with self._changed:
            self._shows = False
            if self._held:
                self._held = False
                self._words.append(_SHOW)

    def stop(self) -> None:
        """Write the last words; give up when the terminal does not take them."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(LEAVE_WITHIN)
            self._given_up = True
            self._thread = None

    def _run(self) -> None:
        with _own_door(self._file) as door:
            while (piece := self._wait()) is not None:
                if not self._send(door, piece.encode(self._encoding, "replace")):
                    return

    def _wait(self) -> str | None:
        """Return what is to be written next, as soon as there is something; none at the end."""
        with self._changed:
            while True:
                if piece := self._next():
                    return piece
                if self._closing:
                    return None
                self._changed.wait()

    def _next(self) -> str:
        if self._words:
            words, self._words = "".join(self._words), []
            return words
        while self._painted and self._shows:
            piece = self._cells.difference(PIECE)
            self._painted = bool(piece)
            whole = self._cells.is_whole()
            if self._holds and not self._held and (not whole or len(piece) > _AT_A_STROKE):
                piece, self._held = _HOLD + piece, True
            if whole and self._held:
                piece, self._held = piece + _SHOW, False
            return piece
        return ""

    def _send(self, door: int, data: bytes) -> bool:
        """Write all of it; return whether there is more to be written."""
        while data:
            if self._given_up:
                return False
            try:
                data = data[os.write(door, data) :]
            except BlockingIOError:
                _wait_for_room(door)
            except OSError:
                self.is_gone = True
                return False
        return True


@contextlib.contextmanager
def _own_door(file: TextIO) -> Iterator[int]:
    """Open the terminal once more, so that no write waits and nobody else's does not either."""
    try:
        path = os.ttyname(file.fileno())
        door = os.open(path, os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        door = os.dup(file.fileno())
    try:
        yield door
    finally:
        os.close(door)


def _wait_for_room(door: int) -> None:
    room = select.poll()
    room.register(door, select.POLLOUT)
    room.poll(_LOOK * 1_000)
