"""The update log: newest at the bottom, following until the reader scrolls up."""

from __future__ import annotations

from textual.events import Click
from textual.message import Message

from tui.update_log.moves import LogMoves


class UpdateLog(LogMoves):
    """The entries of a standing as lines; a cursor selects one of them."""

    DEFAULT_CSS = """
    UpdateLog { overflow-y: scroll; }
    """

    class EntryOpened(Message):
        """The reader opened an entry."""

        def __init__(self, seq: int) -> None:
            super().__init__()
            self.seq = seq
            """Its number in the log."""

    def row_opened(self, row: int) -> None:
        """Say which entry the reader opened."""
        self.post_message(self.EntryOpened(self.sight.rows.entry(row).seq))

    def on_click(self, event: Click) -> None:
        """Go to the newest entry when the badge in the lower border is clicked."""
        on_border = event.get_content_offset(self) is None
        if self.unread and on_border and event.y == self.outer_size.height - 1:
            self.follow = True
