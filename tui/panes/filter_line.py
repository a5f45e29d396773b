"""The line to filter with: what is looked for, and how much of it was found."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static

from tui.text.terminal_text import counted as words
from tui.text.terminal_text import number, width


class FilterLine(Horizontal):
    """`/ lab north east     19 entries · 12 councils`; it stands for as long as the filter does."""

    DEFAULT_CSS = """
    FilterLine { height: 1; background: $panel; display: none; }
    FilterLine > Static { width: auto; height: 1; background: $panel; }
    FilterLine > .prompt { color: $accent; text-style: bold; padding: 0 1; }
    FilterLine > .found { color: $text-muted; padding: 0 1; }
    FilterLine > Input {
        width: 1fr; height: 1; border: none; padding: 0; background: $panel; color: $foreground;
    }
    """

    _room = 0
    """Cells of the count."""

    def compose(self) -> ComposeResult:
        """Give the prompt, the words and the count."""
        yield Static("/", classes="prompt", markup=False)
        yield Input(id="filter", placeholder="party, council, region, kind or words", compact=True)
        yield Static("", classes="found", markup=False)

    def show(self, entries: int, councils: int, *, counted: bool = True) -> None:
        """Say how many entries and councils pass the filter.

        Args:
            entries: found so far.
            councils: found.
            counted: there are no further entries to be looked at.
        """
        more = "" if counted else "…"
        found = f"{words(entries, 'entry', 'entries')}{more} · {words(councils, 'council')}"
        short = f"{number(entries)}{more} · {number(councils)}"
        said = found if self.size.width >= 60 else short
        before, self._room = self._room, width(said)
        # a count of the same width lays nothing out anew while the log is looked through
        self.query_one(".found", Static).update(said, layout=before != self._room)
