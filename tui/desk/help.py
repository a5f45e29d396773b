"""The first steps, then every key and what it does, the pane in hand first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.colours.themes import Look
from tui.details.detail import Line
from tui.details.detail_parts import heading
from tui.details.listing import Listing, Row
from tui.settings.commands import BY_ID, COMMANDS, TITLES, Where
from tui.settings.keymap import Keymap
from tui.text.terminal_text import fit, segment
from tui.text.terminal_text import width as cells_of
from tui.text.wrapping import wrapped

_OF_PANE: dict[str, Where] = {"updates": "updates", "scoreboard": "grid", "grid": "grid"}
_MOST_LINES = 9
_FIRST_STEPS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("filter", ("filter",), "Show one party, council or region: type lab or trafford."),
    ("jump", ("jump",), "Go to a council by name; Enter opens its seats and files."),
    ("previous_change", ("step_back", "previous_change"), "Back in time: an entry, a change."),
    ("edge", ("edge",), "Back to the newest."),
    ("next_pane", ("next_pane",), "Go to the next pane; Enter opens what is chosen there."),
    ("theme", ("theme",), "Change the colours."),
    ("palette", ("palette",), "Find anything else by its name."),
)
"""The command that a row does, the keys that it shows, and its words."""


class Help(Listing):
    """A page of keys; a row does what it says, any of escape, ? and q closes it.

    What is to be done is given back as the command's place in the table.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1", "close", "Close", show=False),
    ]

    def __init__(self, pane: str = "updates", keys: Keymap | None = None) -> None:
        super().__init__()
        self._keys = keys or Keymap()
        self._first = _OF_PANE.get(pane, "updates")

    def heading(self) -> str:
        """Give the title."""
        return "Keys"

    def hint_for(self, count: int) -> str:
        """Say how to go on."""
        del count
        return f"Enter does it · {self._keys.label('palette')} finds by name · Escape closes"

    def open_row(self, key: str) -> None:
        """Close, and have the row's command done."""
        if key:
            self.dismiss(COMMANDS.index(BY_ID[key]))

    def rows(self, width: int, look: Look) -> Iterator[Row]:
        """Give the first steps, then the keys by place, the pane in hand first."""
        room = max(cells_of(self._keys.label(command)) for command in COMMANDS) + 2
        room = min(room, width // 2)
        yield Row(heading("First steps", look)[1:])
        for does, shown, words in _FIRST_STEPS:
            yield Row(self._lines(self._keys.short(*shown), words, room, width, look), does)
        order = sorted(TITLES, key=lambda where: (where != self._first, list(TITLES).index(where)))
        for where in order:
            chosen = [command for command in COMMANDS if command.where == where]
            if chosen:
                yield Row(heading(TITLES[where], look))
            for command in chosen:
                lines = self._lines(self._keys.label(command), command.help, room, width, look)
                yield Row(lines, "" if command.by_pane else command.id)

    def _lines(self, label: str, words: str, room: int, width: int, look: Look) -> list[Line]:
        keys, text = look.style(look.strong, bold=True), look.style(look.text)
        told = wrapped([(words, text)], max(8, width - room), _MOST_LINES)
        labels = [label, *[""] * (len(told) - 1)]
        return [
            [segment(fit(each, room), keys), *line] for each, line in zip(labels, told, strict=True)
        ]
