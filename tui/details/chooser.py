"""A list to choose from by typing: the command palette, and the themes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from textual.events import Key

from tui.colours.themes import Look
from tui.details.listing import Listing, ListingLines, Row
from tui.panes.typed_line import typed_segments
from tui.text.terminal_text import cut_at_clause, fit, segment
from tui.text.terminal_text import width as cells_of
from tui.text.typed_text import TypedText

_MOVES = {
    "up": ListingLines.action_cursor_up,
    "down": ListingLines.action_cursor_down,
    "pageup": ListingLines.action_cursor_page_up,
    "pagedown": ListingLines.action_cursor_page_down,
    "ctrl+home": ListingLines.action_cursor_first,
    "ctrl+end": ListingLines.action_cursor_last,
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose."""

    key: str
    title: str
    label: str = ""
    """What stands beside the title: the keys of a command."""
    help: str = ""
    also: str = ""
    """Other words that somebody may look for."""

    def rank(self, words: Sequence[str]) -> int | None:
        """Return how near what was typed comes, 0 the nearest; none where it does not."""
        title = self.title.casefold()
        if all(word in title for word in words):
            typed = " ".join(words)
            return 0 if title.startswith(typed) else 1 if f" {typed}" in title else 2
        for rank, text in enumerate((self.also, f"{self.also} {self.title} {self.help}"), 3):
            if all(word in text.casefold() for word in words):
                return rank
        return None


class Chooser(Listing):
    """Takes every letter for what is looked for; Enter or a click chooses."""

    def __init__(
        self, title: str, choices: Sequence[Choice], choose: Callable[[str], None]
    ) -> None:
        super().__init__(choose)
        self._title = title
        self._choices = tuple(choices)
        self._typed = TypedText()

    @property
    def typed(self) -> str:
        """What is typed so far."""
        return self._typed.text

    def heading(self) -> str:
        """Return the title."""
        return self._title

    def hint_for(self, count: int) -> str:
        """Return the keys in the border, and how many there are to choose from."""
        return f"{count} found · Enter chooses · Escape closes"

    def rows(self, width: int, look: Look) -> Iterator[Row]:
        """Return the line that is typed into, then what it may mean, the likeliest first."""
        typed = typed_segments(self._typed, "type a name", width - 3, look)
        prompt = segment("> ", look.style(look.accent, bold=True))
        yield Row([[prompt, *typed], []])
        room = max((cells_of(choice.title) for choice in self._choices), default=0)
        room = min(room, max(12, width // 2))
        keys = max((cells_of(choice.label) for choice in self._choices), default=0)
        for choice in self.found():
            behind = max(0, width - room - keys - 4)
            line = [
                segment(fit(choice.title, room), look.style(look.strong)),
                segment(f"  {fit(choice.label, keys)}", look.style(look.accent)),
                segment(
                    f"  {cut_at_clause(choice.help, behind)}" if behind else "",
                    look.style(look.dim),
                ),
            ]
            yield Row([line], choice.key)

    def found(self) -> list[Choice]:
        """Return what may be meant, the likeliest first; everything while nothing is typed."""
        words = self._typed.text.casefold().split()
        ranked = [(choice.rank(words), choice) for choice in self._choices]
        return [
            choice
            for rank, choice in sorted(
                ((rank, choice) for rank, choice in ranked if rank is not None),
                key=lambda each: each[0],
            )
        ]

    def open_row(self, key: str) -> None:
        """Close, then do what was chosen."""
        if key and self.close():
            self._opens(key)

    def take_key(self, event: Key) -> bool:
        """Take every key: it types, moves, chooses or closes."""
        if super().take_key(event):
            return True
        page = self.query_one(ListingLines)
        if event.key in _MOVES:
            _MOVES[event.key](page)
        elif event.key == "enter":
            page.action_open()
        elif event.key in {"escape", "ctrl+c"}:
            self.close()
        else:
            self._type(self._typed.after_key(event.key, event.character))
        return event.key != "ctrl+q"

    def paste(self, text: str) -> None:
        """Put what was pasted into the line."""
        self._type(self._typed.inserted(text))

    def _type(self, typed: TypedText | None) -> None:
        if typed is None or typed == self._typed:
            return
        found, self._typed = typed.text != self._typed.text, typed
        page = self.query_one(ListingLines)
        if found:
            page.start_again()
        else:
            page.write()
