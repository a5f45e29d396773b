"""The line at the foot that is typed into: what is looked for, and how much of it was found."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment

from tui.colours.themes import Look
from tui.panes.bar import Bar
from tui.text.terminal_text import cut, segment, width
from tui.text.typed_text import TypedText

_LEAST = 8
"""Cells that are kept for what is typed, whatever else there is to say."""


def typed_segments(typed: TypedText, hint: str, room: int, look: Look) -> list[Segment]:
    """Return what is typed with its caret, the part around it where there is no room for all.

    Args:
        typed: the text and the caret.
        hint: what to type, dim, while nothing is.
        room: cells.
        look: the colours.
    """
    caret = look.filled(look.accent)
    if not typed.text:
        said = cut(hint, room) or " "
        return [segment(said[:1], caret), segment(said[1:], look.style(look.dim, look.bar))]
    words = look.style(look.text, look.bar)
    before, under = typed.text[: typed.at], typed.text[typed.at : typed.at + 1] or " "
    while before and width(before) + width(under) > room:
        before = before[1:]
    behind = cut(typed.text[typed.at + 1 :], max(0, room - width(before) - width(under)))
    return [segment(before, words), segment(under, caret), segment(behind, words)]


class TypedLine(Bar):
    """`/ lab north east     19 entries · 12 councils`; it is always there, and seen when in use."""

    DEFAULT_CSS = """
    TypedLine { height: 1; display: none; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._prompt, self._hint = "/", ""
        self._text: TypedText | str = ""
        self._said: tuple[str, ...] = ()

    def show(self, prompt: str, text: TypedText | str, hint: str, said: tuple[str, ...]) -> None:
        """Show the line.

        Args:
            prompt: what the text is for.
            text: what is typed; without a caret where nobody types any more.
            hint: what to type.
            said: what came of it, the longest words first.
        """
        self._prompt, self._text, self._hint, self._said = prompt, text, hint, said
        self.redraw()

    def bar_lines(self, width: int, look: Look) -> Sequence[Sequence[Segment]]:
        """Return the one line."""
        prompt = segment(f" {self._prompt} ", look.style(look.accent, look.bar, bold=True))
        free = width - prompt.cell_length - 2
        said = self._said_beside(free)
        room = max(1, free - len(said))
        if isinstance(self._text, TypedText):
            typed = typed_segments(self._text, self._hint, room, look)
        else:
            typed = [segment(cut(self._text, room), look.style(look.text, look.bar))]
        gap = max(1, free + 1 - sum(each.cell_length for each in typed) - len(said))
        blank = segment(" " * gap, look.style(look.text, look.bar))
        return ([prompt, *typed, blank, segment(said, look.style(look.dim, look.bar))],)

    def _said_beside(self, free: int) -> str:
        """Return the longest words that leave all of what is typed in sight, or else the shortest.

        Args:
            free: cells for both.
        """
        typed = self._text.text + " " if isinstance(self._text, TypedText) else self._text
        beside = (said for said in self._said if width(typed) + width(said) + 1 <= free)
        shortest = self._said[-1] if self._said else ""
        return next(beside, shortest if width(shortest) + _LEAST <= free else "")
