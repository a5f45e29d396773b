"""The desk's commands that find something: a council by its name, a filter, its hits, trouble."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from textual import on
from textual.screen import Screen
from textual.widgets import Input

from tui.control_grid.widget import ControlGrid
from tui.panes.filter_line import FilterLine
from tui.update_log.widget import UpdateLog

if TYPE_CHECKING:
    from feed.reports.filter import Filter
    from tui.panes.pane_tabs import Pane


class FindActions(Screen[None]):
    """Filters, and goes from hit to hit."""

    filter: Filter
    pane: Pane

    def set_filter(self, text: str) -> None:
        """Filter by `text`; the desk draws."""
        raise NotImplementedError

    def focus_pane(self, pane: Pane) -> None:
        """Go to a pane; the desk does."""
        raise NotImplementedError

    def draw(self) -> None:
        """Draw again; the desk does."""
        raise NotImplementedError

    def do_jump(self) -> None:
        """Go to a council by the beginning of its name."""
        self.focus_pane("grid")
        self.query_one(ControlGrid).begin_jump()

    def do_filter(self) -> None:
        """Open the line to filter with."""
        self.add_class("-filtering")
        self.query_one("#filter", Input).focus()
        self.draw()

    @on(Input.Changed, "#filter")
    def _filter_typed(self, event: Input.Changed) -> None:
        if event.value != self.filter.text:
            self.set_filter(event.value)

    @on(UpdateLog.Counted)
    def _counted(self) -> None:
        self.tell_found()

    def tell_found(self) -> None:
        """Say how much the filter has found so far."""
        if self.filter.words:
            log, grid = self.query_one(UpdateLog), self.query_one(ControlGrid)
            self.query_one(FilterLine).show(log.shown, grid.lit_count, counted=log.counted)

    @on(Input.Submitted, "#filter")
    def _filter_kept(self, event: Input.Submitted) -> None:
        if event.value != self.filter.text:
            self.set_filter(event.value)
        if not self.filter.words:
            self.remove_class("-filtering")
        if self.pane == "grid":
            self.query_one(ControlGrid).select_lit(1, from_start=True)
        self.focus_pane("grid" if self.pane == "grid" else "updates")

    def clear_filter(self) -> bool:
        """Clear the filter; say whether there was one."""
        if not self.has_class("-filtering"):
            return False
        field = self.query_one("#filter", Input)
        field.value = ""
        self.remove_class("-filtering")
        self.focus_pane(self.pane)
        self.set_filter("")
        return True

    def do_next_hit(self) -> None:
        """Go to the next hit of the filter."""
        self._go_to_hit(1)

    def do_previous_hit(self) -> None:
        """Go to the hit before."""
        self._go_to_hit(-1)

    def _go_to_hit(self, direction: Literal[1, -1]) -> None:
        if self.pane == "grid":
            found = self.query_one(ControlGrid).select_lit(direction)
        else:
            found = self.query_one(UpdateLog).next_row(direction)
        if not found:
            self._say_no_further("hit")

    def _say_no_further(self, what: str) -> None:
        counted = self.query_one(UpdateLog).counted
        said = f"No further {what}." if counted else f"No further {what} so far: still looking."
        self.notify(said, markup=False, timeout=2)

    def do_next_trouble(self) -> None:
        """Go to the next problem or correction."""
        self._go_where_trouble(1)

    def do_previous_trouble(self) -> None:
        """Go to the problem or correction before."""
        self._go_where_trouble(-1)

    def _go_where_trouble(self, direction: Literal[1, -1]) -> None:
        log = self.query_one(UpdateLog)
        log.follow = False
        if not log.next_trouble(direction):
            self._say_no_further("problem or correction")

    def do_follow(self) -> None:
        """Follow the newest, or hold the place."""
        log = self.query_one(UpdateLog)
        log.follow = not log.follow
