"""Styled text broken into lines, measured in terminal cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rich.cells import cell_len, chop_cells, set_cell_size
from rich.segment import Segment
from rich.style import Style

from tui.text.terminal_text import ELLIPSIS, safe

Run = tuple[str, Style]
"""Text in one style."""
_TOKENS = re.compile(r" +|[^ ]+")


def wrapped(runs: Iterable[Run], width: int, limit: int) -> list[list[Segment]]:
    """Break runs into at most `limit` lines of `width` cells; what is left out shows as `…`."""
    clean = [(safe(text), style) for text, style in runs if text]
    if sum(cell_len(text) for text, _ in clean) <= width:
        return [[Segment(text, style) for text, style in clean]]
    lines = _Lines(width)
    for word in _words(clean, width):
        if len(lines.done) > limit:
            break
        lines.add(word)
    lines.end_line()
    if len(lines.done) > limit:
        lines.done[limit:] = []
        lines.done[-1] = _with_ellipsis(lines.done[-1], width)
    return lines.done


def cells(line: Sequence[Segment]) -> int:
    """Return how many cells a line takes."""
    return sum(cell_len(segment.text) for segment in line)


class _Lines:
    """The lines so far; a word that does not fit begins the next one."""

    def __init__(self, width: int) -> None:
        self.done: list[list[Segment]] = []
        self._width = width
        self._line: list[Segment] = []
        self._used = 0

    def add(self, word: list[Segment]) -> None:
        size = cells(word)
        is_space = word[0].text.startswith(" ")
        if self._used + size > self._width:
            self.end_line()
        if is_space and not self._line:
            return
        self._line += word
        self._used += size

    def end_line(self) -> None:
        while self._line and self._line[-1].text.startswith(" "):
            self._line.pop()
        if self._line:
            self.done.append(self._line)
        self._line, self._used = [], 0


def _words(runs: Sequence[Run], width: int) -> Iterable[list[Segment]]:
    word: list[Segment] = []
    for text, style in runs:
        for token in _TOKENS.findall(text):
            if token.startswith(" "):
                yield from _pieces(word, width)
                word = []
                yield [Segment(token, style)]
            else:
                word.append(Segment(token, style))
    yield from _pieces(word, width)


def _pieces(word: list[Segment], width: int) -> Iterable[list[Segment]]:
    if not word:
        return
    if cells(word) <= width:
        yield word
        return
    for segment in word:
        pieces = chop_cells(segment.text, max(2, width))  # none of what takes no cell
        for piece in pieces or [segment.text]:
            yield [Segment(piece, segment.style)]


def _with_ellipsis(line: list[Segment], width: int) -> list[Segment]:
    room = width - 1
    kept: list[Segment] = []
    for segment in line:
        size = cell_len(segment.text)
        if size > room:
            kept.append(Segment(set_cell_size(segment.text, room), segment.style))
            break
        kept.append(segment)
        room -= size
    return [*kept, Segment(ELLIPSIS, kept[-1].style if kept else None)]
