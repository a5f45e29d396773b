"""Bars across the screen: keys, transport, and what all of them draw with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.events import Click, MouseDown, MouseMove, MouseUp, Resize
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.theme import Theme
from textual.widget import Widget

from feed.clock import hh_mm_ss
from feed.model.view import TransportView
from tui.colours.themes import Look, look_of
from tui.panes.compositor import draw_at_once
from tui.panes.drawn_lines import DrawnLines
from tui.panes.headline_parts import speed_text
from tui.text.fitting import Part, fitted
from tui.text.terminal_text import segment, width


@cache
def _plain(colour: str, on: str) -> Style:
    """Return a style that says nothing but its colours; what is written over it says the rest."""
    return Style(color=colour, bgcolor=on)


class Bar(Widget):
    """The base of the bars: give `bar_lines`, and they are drawn where something has changed."""

    DEFAULT_CSS = """
    Bar { height: auto; width: 1fr; background: $panel; color: $foreground; }
    """

    class Pressed(Message):
        """A part was clicked that stands for a command."""

        def __init__(self, id: str) -> None:  # noqa: A002
            super().__init__()
            self.id = id
            """The command's id, or the key where it was given none."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._drawn = DrawnLines()

    @property
    def look(self) -> Look:
        """The colours to draw with."""
        return look_of(self.app)

    def bar_lines(self, width: int, look: Look) -> Sequence[Sequence[Segment]]:
        """Return the bar's lines, none wider than `width`."""
        del width, look
        return ()

    @property
    def _ground(self) -> Style:
        look = self.look
        return _plain(look.text, look.bar)

    def redraw(self, *, at_once: bool = False) -> None:
        """Draw again the lines that are other than before."""
        if not self.is_attached or not self.size.width:
            return
        before = len(self._drawn)
        regions = self._take_lines()
        if len(self._drawn) != before:
            self.refresh(layout=True)
        elif regions and at_once:
            draw_at_once(self, *regions)
        elif regions:
            self.refresh(*regions)

    def _take_lines(self) -> list[Region]:
        lines = self.bar_lines(self.size.width, self.look)
        return self._drawn.take(lines, self.size, self._ground)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines the bar needs at that width."""
        del container, viewport
        return max(1, len(self.bar_lines(width, self.look)))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw lines; there is no border that Textual would draw beside them."""
        strips = [self.render_line(y) for y in crop.line_range]
        ground = self.background_colors[1]
        for each in self.get_line_filters():
            strips = [strip.apply_filter(each, ground) for strip in strips]
        return [strip.crop(crop.x, crop.right) for strip in strips]

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        if not self._drawn.fits(self.size, self._ground):
            self._take_lines()
        return self._drawn.strip(y)

    def on_mount(self) -> None:
        """Draw again whenever the theme changes."""
        self.app.theme_changed_signal.subscribe(self, self._theme_changed)

    def on_unmount(self) -> None:
        """Hear no more of themes: who is told of them is kept for good."""
        self.app.theme_changed_signal.unsubscribe(self)

    def on_resize(self, event: Resize) -> None:
        """Fit the lines to the new width."""
        del event
        self.redraw()

    def _theme_changed(self, theme: Theme) -> None:
        del theme
        self.redraw()


MOST_KEYS = 7
_STAY = 2


class KeyHint(NamedTuple):
    """A key as it is written, what it does in a word or two, and the command's id."""

    key: str
    title: str
    id: str = ""


class KeyBar(Bar):
    """Own footer, drawn in place: nothing is mounted or removed when the keys change."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._hints: tuple[KeyHint, ...] = ()

    def show(self, items: Iterable[tuple[str, str] | tuple[str, str, str]]) -> None:
        """Draw these keys, the most important first."""
        hints = tuple(KeyHint(*item) for item in items)[:MOST_KEYS]
        if hints != self._hints:
            self._hints = hints
            self.refresh(layout=self.styles.is_auto_width)
        self.redraw()

    def bar_lines(self, width: int, look: Look) -> Sequence[Sequence[Segment]]:
        """Return the keys that fit; the last two, help and quit, stay the longest."""
        key = look.style(look.strong, look.bar, bold=True)
        title = look.style(look.dim, look.bar)
        line: list[Segment] = []
        for hint, _, _ in self._places(width):
            line += [segment(f" {hint.key}", key), segment(f" {hint.title}  ", title)]
        return (line,)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Return the cells of all keys, for a bar that is no wider than it needs."""
        del container, viewport
        return sum(map(_cells, self._hints)) + len(self._hints)

    def on_click(self, event: Click) -> None:
        """Press the key under the mouse."""
        for hint, start, end in self._places(self.size.width):
            if start <= event.x < end:
                self.post_message(self.Pressed(hint.id or hint.key))

    def _places(self, room: int) -> Iterable[tuple[KeyHint, int, int]]:
        start = 0
        for hint in _fitting(self._hints, room):
            end = start + _cells(hint)
            if end > room:
                return
            yield hint, start, end
            start = end + 1


def _cells(hint: KeyHint) -> int:
    return width(f" {hint.key} {hint.title} ")


def _fitting(hints: Sequence[KeyHint], room: int) -> Sequence[KeyHint]:
    """Leave keys out from the right, but for the last two, until the others fit."""
    kept = list(hints)
    while len(kept) > _STAY and sum(map(_cells, kept)) + len(kept) - 1 > room:
        del kept[-_STAY - 1]
    return kept


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
        """Return the line; the track takes what the words leave."""
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
    """Return the moment that a cell of the track stands for; the last cell is the end."""
    return transport.start + (transport.end - transport.start) * cell / max(1, size - 1)


def cell_at(transport: TransportView, moment: datetime, size: int) -> int:
    """Return the cell of the track that a moment falls in."""
    length = (transport.end - transport.start).total_seconds()
    if length <= 0:
        return 0
    share = (moment - transport.start).total_seconds() / length
    return max(0, min(size - 1, round(share * (size - 1))))


def transport_line(
    transport: TransportView, cells: int, look: Look
) -> tuple[list[Segment], tuple[int, int]]:
    """Return the bar in `cells`, and where its track begins and how long it is."""
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
