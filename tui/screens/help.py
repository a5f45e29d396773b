"""Every key and what it does, the pane in hand first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.commands import COMMANDS, TITLES, Command, Where
from tui.glass import fit, segment
from tui.glass import width as cells_of
from tui.keymap import Keymap
from tui.screens.detail import Detail, Line
from tui.screens.detail_parts import heading
from tui.themes import Look
from tui.wrapping import wrapped

_OF_PANE: dict[str, Where] = {"updates": "updates", "scoreboard": "grid", "grid": "grid"}
_MOST_LINES = 9


class Help(Detail):
    """A page of keys; any of escape, ? and q closes it."""

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

    def hint(self) -> str:
        """Say how to go on."""
        return f"Escape closes · {self._keys.label('palette')} finds any command by name"

    def action_follow(self) -> None:
        """Close: there is nothing to follow."""
        self.dismiss(None)

    def lines(self, width: int, look: Look) -> list[Line]:
        """Give the keys by place, the pane in hand first."""
        order = sorted(TITLES, key=lambda where: (where != self._first, list(TITLES).index(where)))
        room = max(cells_of(self._keys.label(command)) for command in COMMANDS) + 2
        lines: list[Line] = []
        for where in order:
            chosen = [command for command in COMMANDS if command.where == where]
            if chosen:
                lines += heading(TITLES[where], look)
            for command in chosen:
                lines += self._command(command, min(room, width // 2), width, look)
        return lines[1:]

    def _command(self, command: Command, room: int, width: int, look: Look) -> Iterator[Line]:
        keys, text = look.style(look.strong, bold=True), look.style(look.text)
        label = self._keys.label(command)
        for line in wrapped([(command.help, text)], max(8, width - room), _MOST_LINES):
            yield [segment(fit(label, room), keys), *line]
            label = ""
