"""The key bar: at most seven keys with what they do, each of them a button."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.segment import Segment
from textual.events import Click
from textual.geometry import Size
from textual.message import Message

from tui.colours.themes import Look
from tui.panes.bar import Bar
from tui.text.terminal_text import segment, width

MOST_KEYS = 7
_STAY = 2


class KeyHint(NamedTuple):
    """A key as it is written, what it does in a word or two, and the command's id."""

    key: str
    title: str
    id: str = ""


class KeyBar(Bar):
    """Own footer, drawn in place: nothing is mounted or removed when the keys change."""

    class Pressed(Message):
        """A key was clicked."""

        def __init__(self, id: str) -> None:  # noqa: A002
            super().__init__()
            self.id = id
            """The command's id, or the key where it was given none."""

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
        """Give the keys that fit; the last two, help and quit, stay the longest."""
        key = look.style(look.strong, look.bar, bold=True)
        title = look.style(look.dim, look.bar)
        line: list[Segment] = []
        for hint, _, _ in self._places(width):
            line += [segment(f" {hint.key}", key), segment(f" {hint.title}  ", title)]
        return (line,)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Give the cells of all keys, for a bar that is no wider than it needs."""
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
