"""A page of plain text over the desk: what did I miss, problems."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import overload

from tui.colours.themes import Look
from tui.details.detail import Detail, Line
from tui.text.terminal_text import segment
from tui.text.terminal_text import width as cells_of
from tui.text.wrapping import wrapped

_LEAD = re.compile(r"\s*(?:\d\d:\d\d\s+|→\s+)?")
"""What stands before a line's words: its indent, a time, an arrow."""
_MOST_LINES = 50


class Page(Detail):
    """A titled text; a line at the margin is a heading, a long one goes on under its words."""

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title = title
        self._text = text

    def tell(self, text: str) -> None:
        """Say something else from now on."""
        self._text = text
        self.write()

    def heading(self) -> str:
        """Give the title."""
        return self._title

    def action_follow(self) -> None:
        """Close: there is nothing to follow."""
        self.dismiss(None)

    def lines(self, width: int, look: Look) -> Sequence[Line]:
        """Write the page, what is read of it."""
        return _Text(self._text.split("\n"), width, look)


class _Text(Sequence[Line]):
    """The lines of a text at a width; only those that are asked for are written."""

    def __init__(self, texts: list[str], width: int, look: Look) -> None:
        self._texts, self._width, self._look = texts, width, look
        heights = (1 if _fits(text, width) else len(self._written(text)) for text in texts)
        self._ends = array("I", accumulate(heights))

    def __len__(self) -> int:
        return self._ends[-1]

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> list[Line]: ...
    def __getitem__(self, index: int | slice) -> Line | list[Line]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        number = bisect_right(self._ends, index)
        above = self._ends[number - 1] if number else 0
        return self._written(self._texts[number])[index - above]

    def _written(self, text: str) -> list[Line]:
        return list(_lines(text, self._width, self._look))


def _fits(text: str, width: int) -> bool:
    """Say whether a text takes a single line, which most do, without looking at its cells."""
    return 2 * len(text) <= width or cells_of(text) <= width


def _lines(text: str, width: int, look: Look) -> Iterator[Line]:
    if not text.strip():
        yield []
        return
    match = _LEAD.match(text)
    lead = match.group() if match is not None and len(match.group()) < width // 2 else ""
    is_heading = not text.startswith(" ")
    words = look.style(look.strong if is_heading else look.text, bold=is_heading)
    before = lead
    for line in wrapped([(text[len(lead) :], words)], max(8, width - len(lead)), _MOST_LINES):
        yield [segment(before, look.style(look.dim)), *line]
        before = " " * len(lead)
