"""Pictures to broadcast, and lookers-on who feed what they get to a terminal of their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from tests.tui.running.terminal.glass import Glass, Look
from tui.broadcast.broadcaster import Broadcaster, Viewer

WIDTH, HEIGHT = 12, 3


def a_screen(*rows: str, style: Style | None = None) -> CompositorUpdate:
    """Give a whole screen that says these rows."""
    lines: list[Iterable[Strip]] = [
        [Strip([Segment(row.ljust(WIDTH)[:WIDTH], style)])] for row in _filled(rows)
    ]
    return LayoutUpdate(lines, Region(0, 0, WIDTH, HEIGHT))


def a_row(y: int, text: str, style: Style | None = None) -> CompositorUpdate:
    """Give one row drawn anew."""
    chops: list[dict[int, Strip | None]] = [{} for _ in range(HEIGHT)]
    chops[y] = {0: Strip([Segment(text.ljust(WIDTH)[:WIDTH], style)])}
    return ChopsUpdate(chops, [(y, 0, WIDTH)], [[WIDTH] for _ in range(HEIGHT)])


def _filled(rows: Sequence[str]) -> list[str]:
    return [*rows, *[""] * (HEIGHT - len(rows))]


class LookerOn:
    """Somebody with a terminal, who takes what there is and says what has been shown."""

    def __init__(self, broadcaster: Broadcaster) -> None:
        self.viewer = Viewer()
        self._broadcaster = broadcaster
        self._glass = Glass(WIDTH, HEIGHT)
        self._unsaid: list[int] = []

    def take(self) -> str:
        """Take the next frame and show it; return its text, empty for none."""
        message = self._broadcaster.next_for(self.viewer)
        if not message:
            return ""
        number, _, frame = message.partition("\n")
        self._glass.feed(frame)
        self._unsaid.append(int(number))
        return frame

    def say(self) -> None:
        """Say what has been shown."""
        for number in self._unsaid:
            self.viewer.has_shown(number)
        self._unsaid.clear()

    def look(self) -> str:
        """Take the next frame, say so, and give the rows that are seen."""
        self.take()
        self.say()
        return "\n".join(row.rstrip() for row in self._glass.screen.display).rstrip()

    @property
    def cells(self) -> Look:
        """Every cell, with how it is drawn."""
        return self._glass.look
