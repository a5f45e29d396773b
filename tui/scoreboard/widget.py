"""The party scoreboard: the cursor picks a figure or a line below, which open."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.events import Click
from textual.message import Message

from feed.model.parties import PartyId
from tui.panes.line_pane import pane_binding
from tui.scoreboard.canvas import BoardCanvas
from tui.scoreboard.fold import OTHERS, UNFOLDED
from tui.scoreboard.links import Link


class Scoreboard(BoardCanvas):
    """Councils and seats by party; the cursor picks a figure, Enter asks where it comes from."""

    BINDINGS: ClassVar[list[BindingType]] = [
        pane_binding("board.left", "column_left", "Figure to the left"),
        pane_binding("board.right", "column_right", "Figure to the right"),
    ]

    class FigureOpened(Message):
        """Somebody asked where a figure comes from."""

        def __init__(self, party: PartyId, column: str) -> None:
            super().__init__()
            self.party = party
            """The row."""
            self.column = column
            """`councils`, `gained`, `lost`, `net`, `seats_won`, `seats_net[:<baseline>]`."""

    class LinkOpened(Message):
        """Somebody opened a line below the figures."""

        def __init__(self, link: Link) -> None:
            super().__init__()
            self.link = link
            """What it opens."""

    def action_column_left(self) -> None:
        """Select the figure to the left."""
        self.column -= 1

    def action_column_right(self) -> None:
        """Select the figure to the right."""
        self.column += 1

    def row_opened(self, row: int) -> None:
        """Ask where the selected figure comes from, or for what the line opens."""
        if row >= self.parties:
            self.post_message(self.LinkOpened(self.links[row - self.parties][1]))
            return
        party = self.rows[row].party
        if party in {OTHERS, UNFOLDED}:
            self.fold_or_unfold()
            return
        column = self.columns.shown[self.validate_column(self.column)]
        self.post_message(self.FigureOpened(party, column.id))

    def on_click(self, event: Click) -> None:
        """Select what is under the mouse and open it."""
        event.prevent_default()
        offset = event.get_content_offset(self)
        row = None if offset is None else self.row_of_line(self.scroll_offset.y + offset.y)
        if offset is None or row is None:
            return
        self.cursor = row
        column = self.columns.at(offset.x)
        if row >= self.parties:
            self.row_opened(row)
        elif column is not None:
            self.column = column
            self.row_opened(row)
