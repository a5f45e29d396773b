"""A terminal that is looked at cell by cell: its text and how each is drawn."""

from __future__ import annotations

import pyte
from pyte.screens import Char

Look = tuple[tuple[Char, ...], ...]


class Glass:
    """Shows what is written to it."""

    def __init__(self, width: int, height: int) -> None:
        self.screen = pyte.Screen(width, height)
        self._stream = pyte.Stream(self.screen)
        self._stream.feed("\x1b[?7l")  # as the desk has it: no line goes on in the next
        self.read = 0

    def feed(self, text: str) -> None:
        """Take characters as the terminal takes them."""
        self.read += len(text)
        self._stream.feed(text)

    def resize(self, width: int, height: int) -> None:
        """Be of another size, with whatever is left on it."""
        self.screen.resize(height, width)

    @property
    def look(self) -> Look:
        """Every cell, with how it is drawn."""
        columns, buffer = range(self.screen.columns), self.screen.buffer
        return tuple(tuple(buffer[y][x] for x in columns) for y in range(self.screen.lines))


def differences(one: Look, other: Look) -> list[str]:
    """Return the cells that are not alike, in words."""
    return [
        f"{y}:{x} {one[y][x]} is not {row[x]}"
        for y, row in enumerate(other)
        for x in range(len(row))
        if one[y][x] != row[x]
    ]
