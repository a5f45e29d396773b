"""A page of plain text over the desk: what did I miss, problems."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.glass import segment
from tui.screens.detail import Detail, Line
from tui.themes import Look
from tui.wrapping import wrapped

_LEAD = re.compile(r"\s*(?:\d\d:\d\d\s+|→\s+)?")
"""What stands before a line's words: its indent, a time, an arrow."""
_MOST_LINES = 50


class Page(Detail):
    """A titled text; a line at the margin is a heading, a long one goes on under its words."""

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title = title
        self._text = text

    def heading(self) -> str:
        """Give the title."""
        return self._title

    def action_follow(self) -> None:
        """Close: there is nothing to follow."""
        self.dismiss(None)

    def lines(self, width: int, look: Look) -> list[Line]:
        """Write the page."""
        return [line for text in self._text.split("\n") for line in _lines(text, width, look)]


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
