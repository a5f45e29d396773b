"""The frames that lookers-on are sent: a whole one first, then what differs, never one too old."""

from __future__ import annotations

import sys
from collections import deque
from typing import Final

from rich.color import ColorSystem
from textual._compositor import CompositorUpdate

from tui.running.terminal.cells import Cells
from tui.running.terminal.driver import paint

MOST_IN_FLIGHT: Final = 8
"""Frames that a looker-on has not shown yet, above which those that follow pass it by."""
_BEGIN: Final = "\x1b[?25l\x1b[0m\x1b[2J"


class Viewer:
    """How far one looker-on is."""

    __slots__ = ("in_flight", "sent")

    def __init__(self) -> None:
        self.sent = 0
        """The newest frame that was sent; 0 for none."""
        self.in_flight: deque[int] = deque()
        """The frames that were sent and not yet said to be shown."""

    def has_shown(self, number: int) -> None:
        """Take what the looker-on says it has shown.

        Raises:
            ValueError: that frame is not on its way.

        """
        if number not in self.in_flight:
            raise ValueError(f"frame {number} is not on its way")
        while self.in_flight.popleft() != number:
            pass


class Broadcaster:
    """One picture, and the way to it from the frame before or from nothing.

    Every frame says for itself where it begins and in which look, so that it does not matter
    which way a looker-on has come.
    """

    def __init__(self) -> None:
        self._cells = Cells()
        self._title = self._titled = ""
        self._difference = self._whole = ""
        self.number = 0
        """The newest frame; the first is 1."""

    def paint(self, update: CompositorUpdate) -> None:
        """Draw what the compositor has drawn; it is sent with the next frame."""
        paint(self._cells, update, ColorSystem.TRUECOLOR)

    def name(self, title: str) -> None:
        """Put another title over the window, with the next frame."""
        self._title = title

    def advance(self) -> bool:
        """Make what was painted the newest frame; return whether it differs from the one before."""
        self._cells.lose_place()
        difference = self._new_title() + self._drained()
        if difference:
            self.number += 1
            self._difference, self._whole = difference, ""
        return bool(difference)

    def next_for(self, viewer: Viewer) -> str:
        """Return the message that brings a looker-on to the newest frame.

        It is empty where nothing is to be sent: the newest is on its way, or too many are.
        """
        if viewer.sent == self.number or len(viewer.in_flight) >= MOST_IN_FLIGHT:
            return ""
        follows = viewer.sent == self.number - 1 and viewer.sent > 0
        frame = self._difference if follows else self._whole_frame()
        viewer.sent = self.number
        viewer.in_flight.append(self.number)
        return f"{self.number}\n{frame}"

    def _whole_frame(self) -> str:
        """Return the newest frame for those who have none, made once and only when asked for."""
        if not self._whole:
            self._whole = _BEGIN + _title(self._titled) + self._cells.whole()
        return self._whole

    def _new_title(self) -> str:
        if self._title == self._titled:
            return ""
        self._titled = self._title
        return _title(self._titled)

    def _drained(self) -> str:
        pieces = []
        while piece := self._cells.difference(sys.maxsize):
            pieces.append(piece)
        return "".join(pieces)


def _title(title: str) -> str:
    return f"\x1b]2;{title}\x07" if title else ""
