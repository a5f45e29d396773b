"""The line below the headline in which trouble and alerts stay until somebody acknowledges them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.segment import Segment
from textual.events import Click

from feed.reports.pinned import Pin
from tui.colours.themes import Look
from tui.panes.bar import Bar
from tui.text.terminal_text import cut_at_word, safe, segment, width

_MARK = " ! "
_BETWEEN = "  ·  "
_WORTH_CUTTING = 32
"""Cells of a sentence from which on it says enough when it is cut."""


class PinnedLine(Bar):
    """One line: the gravest in full, what else there is as far as it fits, and the key."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._pins: Sequence[Pin] = ()
        self._key = ""

    def show(self, pins: Sequence[Pin], key: str) -> None:
        """Draw these, the gravest first, and the key that acknowledges them."""
        if (pins, key) != (self._pins, self._key):
            self._pins, self._key = pins, key
            self.redraw()

    def bar_lines(self, width: int, look: Look) -> Sequence[Sequence[Segment]]:
        """Return the line."""
        return (pinned_segments(self._pins, self._key, width, look),) if self._pins else ()

    def on_click(self, event: Click) -> None:
        """Acknowledge what the line says where its key stands; elsewhere list the problems."""
        hint = max(width(text) for text in _hints(self._key))
        there = event.x >= self.size.width - hint - 1
        self.post_message(self.Pressed("acknowledge" if there else "problems"))


def pinned_segments(pins: Sequence[Pin], key: str, cells: int, look: Look) -> list[Segment]:
    """Return what stays in sight in one line of `cells`.

    Args:
        pins: the gravest first, one at least.
        key: the key that acknowledges them.
        cells: how wide the line is.
        look: the colours.

    """
    grave = any(pin.is_grave for pin in pins)
    mark = segment(_MARK, look.filled(look.bad if grave else look.warn))
    hint, words = _fitted(pins, key, cells - width(_MARK) - 2)
    gap = cells - width(_MARK) - 2 - width(words) - width(hint)
    blank = look.style(look.text, look.bar)
    return [
        mark,
        segment(f" {words}", look.style(look.strong, look.bar, bold=True)),
        Segment(" " * max(0, gap), blank),
        segment(f"{hint} ", look.style(look.dim, look.bar)),
    ]


def _hints(key: str) -> tuple[str, str]:
    return f"{key} acknowledges", key


def _fitted(pins: Sequence[Pin], key: str, cells: int) -> tuple[str, str]:
    """Return the hint of the key and the longest words that fit beside it.

    The key's hint is shortened before the gravest sentence is cut.
    """
    rooms = [(hint, cells - width(hint) - 2) for hint in _hints(key)]
    for hint, room in rooms:
        for words in _whole(pins):
            if width(words) <= room:
                return hint, words
    for hint, room in rooms:
        for words in _cut(pins, room):
            if width(words) <= room:
                return hint, words
    return key, cut_at_word(safe(pins[0].short), max(0, cells - width(key) - 1))


def _whole(pins: Sequence[Pin]) -> Iterator[str]:
    """Yield the words of a line with the gravest in full, the fullest first."""
    says = safe(pins[0].says)
    yield _BETWEEN.join(safe(pin.says) for pin in pins)
    yield _BETWEEN.join([says, *(safe(pin.short) for pin in pins[1:])])
    yield f"{says}{_more(pins)}"
    yield f"{says}{_more(pins, ' ')}"


def _cut(pins: Sequence[Pin], room: int) -> Iterator[str]:
    """Yield shorter words of a line, the fullest first."""
    first, more = pins[0], _more(pins)
    if room - width(more) >= _WORTH_CUTTING and width(first.says) > 2 * width(first.short):
        yield f"{cut_at_word(first.says, room - width(more))}{more}"
    yield _BETWEEN.join(safe(pin.short) for pin in pins)
    yield f"{safe(first.short)}{more}"


def _more(pins: Sequence[Pin], between: str = _BETWEEN) -> str:
    return f"{between}+{len(pins) - 1}" if pins[1:] else ""
