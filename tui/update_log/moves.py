"""Moving in the update log: rows, hits, pages and the wheel; the newest row is followed."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Literal

from textual.binding import BindingType
from textual.events import MouseScrollDown, MouseScrollUp
from textual.message import Message

from feed.model.entries import Entry
from tui.panes.line_pane import pane_binding
from tui.update_log.canvas import LogCanvas

_WHEEL_LINES = 3


class LogMoves(LogCanvas):
    """Moves the cursor and what is in sight; who leaves the newest entry follows no more."""

    BINDINGS: ClassVar[list[BindingType]] = [
        pane_binding("log.follow", "toggle_follow", "Follow"),
    ]

    class FollowChanged(Message, namespace="update_log"):
        """The log follows the newest entry now, or holds the reader's place."""

        def __init__(self, follow: bool) -> None:
            super().__init__()
            self.follow = follow

    def go_to(self, seq: int) -> bool:
        """Select the entry of that number and show it; say whether it is among those shown."""
        rows = self.sight.rows
        if rows.row_of(seq - 1) < 0 and not rows.complete:
            self.begin(seq)
        row = rows.row_of(seq - 1)
        if row < 0:
            return False
        self._jump_to(row)
        return True

    def next_row(self, direction: Literal[1, -1]) -> bool:
        """Select the next (1) or previous (-1) row; say whether there is one."""
        row = self.cursor + direction
        if not 0 <= row < len(self.sight.rows):
            return False
        self._jump_to(row)
        return True

    def next_trouble(self, direction: Literal[1, -1]) -> bool:
        """Select the next or previous problem or correction; say whether there is one."""
        row = self.sight.rows.trouble(self.cursor, direction)
        if row < 0:
            return False
        self._jump_to(row)
        return True

    def next_where(self, wanted: Callable[[Entry], bool], direction: Literal[1, -1] = 1) -> bool:
        """Select the next (1) or previous (-1) entry that is `wanted`; say whether there is one."""
        rows = self.sight.rows
        row = self.cursor + direction
        while 0 <= row < len(rows):
            if wanted(rows.entry(row)):
                self._jump_to(row)
                return True
            row += direction
        return False

    def _jump_to(self, row: int) -> None:
        """Select a row, with what stands around it when it was out of sight."""
        in_sight = self.sight.rows_in_sight()
        if in_sight is None or not in_sight[0] <= row <= in_sight[1]:
            self.sight.put_in_middle(row)
        self.select(row)

    def watch_follow(self, follow: bool) -> None:
        """Go to the newest entry, or hold the place from now on."""
        if self.is_attached and self.window.width:
            if follow:
                if not self.sight.rows.reaches_end:
                    self.begin(None)
                self.cursor = len(self.sight.rows) - 1
            self.settle()
        self.post_message(self.FollowChanged(follow))

    def scroll_to(self, x: float | None = None, y: float | None = None, **how: object) -> None:
        """Go to a line at once, as the scrollbar and Textual's own scrolling ask for it.

        Never animated: rows are measured on the way, which moves the end while it is approached.
        """
        del how
        if self.placing:
            super().scroll_to(x, y, animate=False, force=True, immediate=True)
        elif y is not None and self.is_attached:
            self._moved(at_end=self.sight.scroll_to(max(0, round(y))))

    def scroll_lines(self, lines: int) -> None:
        """Scroll down by `lines`, up where they are negative."""
        self._moved(at_end=self.sight.scroll(lines))

    def _moved(self, *, at_end: bool) -> None:
        """Take over that the reader moved the window, and keep the cursor in it."""
        if self.follow != at_end:
            self.follow = at_end
        else:
            self.settle()
        in_sight = self.sight.rows_in_sight()
        if in_sight is not None and not self.follow:
            self.cursor = max(in_sight[0], min(self.cursor, in_sight[1]))

    def select(self, row: int) -> None:
        """Put the cursor on a row; the newest one is followed from then on."""
        if not len(self.sight.rows):
            return
        row, self.wanted = self.validate_cursor(row), None
        is_newest = row == len(self.sight.rows) - 1 and self.sight.rows.reaches_end
        self.cursor = row
        if not is_newest:
            self.sight.bring(row)
        if self.follow != is_newest:
            self.follow = is_newest
        else:
            self.settle()

    def action_toggle_follow(self) -> None:
        """Follow the newest entry, or stop following."""
        self.follow = not self.follow

    def action_cursor_first(self) -> None:
        """Go to the oldest entry."""
        if not self.sight.rows.reaches_start:
            self.follow = False
            self.begin(0)
        self.select(0)

    def action_cursor_last(self) -> None:
        """Go to the newest entry and follow."""
        if not self.sight.rows.reaches_end:
            self.begin(None)
        self.select(self.row_count() - 1)

    def action_cursor_page_up(self) -> None:
        """Scroll a page up and select the first row in sight."""
        self._page(-1)

    def action_cursor_page_down(self) -> None:
        """Scroll a page down and select the last row in sight."""
        self._page(1)

    def _page(self, direction: Literal[1, -1]) -> None:
        self.scroll_lines(direction * self.page)
        in_sight = self.sight.rows_in_sight()
        if in_sight is None or self.follow:
            return
        at_top = self.sight.above == 0
        if direction < 0:
            self.cursor = 0 if at_top else in_sight[0]
        else:
            self.cursor = in_sight[1]

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """Scroll down a few lines."""
        event.prevent_default()
        event.stop()
        self.scroll_lines(_WHEEL_LINES)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """Scroll up a few lines."""
        event.prevent_default()
        event.stop()
        self.scroll_lines(-_WHEEL_LINES)
