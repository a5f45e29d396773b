"""The transport bar: where the replay stands, and the changes of control along the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from rich.segment import Segment
from rich.style import Style
from textual.events import MouseDown, MouseMove, MouseUp
from textual.message import Message

from feed.clock import hh_mm_ss
from feed.model.view import TransportView
from tui.colours.themes import Look
from tui.panes.bar import Bar
from tui.panes.headline_parts import speed_text
from tui.text.fitting import Part, fitted
from tui.text.terminal_text import width

_SHORTEST_TRACK = 10
_ORDER = ("loop", "gaps", "end", "now", "speed")


class TransportBar(Bar):
    """`▶ 60×  01:14:07 ━━━●──── 04:52:00  gaps ≤ 5 s`; click or drag to seek."""

    class SeekRequested(Message):
        """The reader wants to be at a moment of the night."""

        def __init__(self, moment: datetime) -> None:
            super().__init__()
            self.moment = moment
            """Feed time, UTC."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._transport: TransportView | None = None
        self._track = (0, 0)
        self._asked: int | None = None

    def show(self, transport: TransportView) -> None:
        """Draw the figures of `transport`."""
        self._transport = transport
        self.redraw()

    def bar_lines(self, width: int, look: Look) -> Sequence[Sequence[Segment]]:
        """Give the line; the track takes what the words leave."""
        if self._transport is None:
            return ()
        line, self._track = transport_line(self._transport, width, look)
        return (line,)

    def on_mouse_down(self, event: MouseDown) -> None:
        """Seek to the moment under the mouse, and go on while it is dragged."""
        start, size = self._track
        if start <= event.x < start + size:
            self.capture_mouse()
            self._seek(event.x)

    def on_mouse_move(self, event: MouseMove) -> None:
        """Seek while the button is held."""
        if self.app.mouse_captured is self:
            self._seek(event.x)

    def on_mouse_up(self, event: MouseUp) -> None:
        """End the drag."""
        del event
        self.release_mouse()
        self._asked = None

    def _seek(self, x: int) -> None:
        start, size = self._track
        cell = max(0, min(x - start, size - 1))
        if self._transport is None or cell == self._asked:
            return
        self._asked = cell
        self.post_message(self.SeekRequested(time_at(self._transport, cell, size)))


def time_at(transport: TransportView, cell: int, size: int) -> datetime:
    """Give the moment that a cell of the track stands for; the last cell is the end."""
    return transport.start + (transport.end - transport.start) * cell / max(1, size - 1)


def cell_at(transport: TransportView, moment: datetime, size: int) -> int:
    """Give the cell of the track that a moment falls in."""
    length = (transport.end - transport.start).total_seconds()
    if length <= 0:
        return 0
    share = (moment - transport.start).total_seconds() / length
    return max(0, min(size - 1, round(share * (size - 1))))


def transport_line(
    transport: TransportView, cells: int, look: Look
) -> tuple[list[Segment], tuple[int, int]]:
    """Give the bar in `cells`, and where its track begins and how long it is."""
    dim, strong = look.style(look.dim, look.bar), look.style(look.strong, look.bar, bold=True)
    mark = "▶" if transport.playing else "‖"
    limit = transport.gap_limit
    parts = {
        "speed": Part((f" {mark} {speed_text(transport.speed)}", f" {mark}"), strong),
        "now": Part((hh_mm_ss(transport.now), ""), strong),
        "track": Part((" " * _SHORTEST_TRACK,), dim),
        "end": Part((hh_mm_ss(transport.end), ""), dim),
        "gaps": Part(("" if limit is None else f"gaps ≤ {limit:g} s", ""), dim),
        "loop": Part(("loop" if transport.loop else "", ""), dim),
    }
    said = fitted(parts, _ORDER, cells - 1)
    words = sum(width(text) + 2 for name, text in said.items() if text and name != "track")
    size = max(1, cells - 1 - words)
    line: list[Segment] = []
    start = 0
    for name, text in said.items():
        if name == "track":
            start = sum(width(part.text) for part in line)
            line += [*track(transport, size, look), Segment("  ", dim)]
        elif text:
            line.append(Segment(f"{text}  ", parts[name].style))
    return line, (start, size)


def track(transport: TransportView, size: int, look: Look) -> Iterator[Segment]:
    """Yield the track: heavy where it was played, ticks at changes, diamonds at corrections."""
    here = cell_at(transport, transport.now, size)
    ticks: dict[int, str] = {}
    for tick in transport.ticks:
        cell = cell_at(transport, tick.at, size)
        ticks[cell] = "correction" if "correction" in (tick.kind, ticks.get(cell)) else "change"
    behind, before = look.style(look.accent, look.bar), look.style(look.faint, look.bar)
    warn, strong = look.style(look.warn, look.bar), look.style(look.strong, look.bar, bold=True)
    cells: list[tuple[str, Style]] = []
    for cell in range(size):
        played = cell < here
        line = behind if played else before
        match ticks.get(cell):
            case _ if cell == here:
                cells.append(("●", strong))
            case "correction":
                cells.append(("◆", warn))
            case "change":
                cells.append(("╋" if played else "┼", line))
            case _:
                cells.append(("━" if played else "─", line))
    for style, run in groupby(cells, itemgetter(1)):
        yield Segment("".join(sign for sign, _ in run), style)
