"""The commands that find something: a council by its name, a filter and its hits, trouble."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from textual.widgets import Input

from tui.control_grid.widget import ControlGrid
from tui.panes.filter_line import FilterLine
from tui.update_log.widget import UpdateLog

if TYPE_CHECKING:
    from tui.desk.screen import DeskScreen


def begin_jump(desk: DeskScreen) -> None:
    """Go to a council by the beginning of its name."""
    desk.focus_pane("grid")
    desk.query_one(ControlGrid).begin_jump()


def begin_filter(desk: DeskScreen) -> None:
    """Open the line to filter with."""
    desk.add_class("-filtering")
    desk.query_one("#filter", Input).focus()
    desk.draw()


def keep_filter(desk: DeskScreen, text: str) -> None:
    """Leave the line with its filter on; in the grid go to the first council found."""
    if text != desk.filter.text:
        desk.set_filter(text)
    if not desk.filter.words:
        desk.remove_class("-filtering")
    if desk.pane == "grid":
        desk.query_one(ControlGrid).select_lit(1, from_start=True)
    desk.focus_pane("grid" if desk.pane == "grid" else "updates")


def clear_filter(desk: DeskScreen) -> bool:
    """Clear the filter; return whether there was one."""
    if not desk.has_class("-filtering"):
        return False
    desk.query_one("#filter", Input).value = ""
    desk.remove_class("-filtering")
    desk.focus_pane(desk.pane)
    desk.set_filter("")
    return True


def say_found(desk: DeskScreen) -> None:
    """Say how much the filter has found so far."""
    if desk.filter.words:
        log, grid = desk.query_one(UpdateLog), desk.query_one(ControlGrid)
        desk.query_one(FilterLine).show(log.shown, grid.lit_count, counted=log.counted)


def go_to_next_hit(desk: DeskScreen) -> None:
    """Go to the next hit of the filter."""
    _go_to_hit(desk, 1)


def go_to_previous_hit(desk: DeskScreen) -> None:
    """Go to the hit before."""
    _go_to_hit(desk, -1)


def _go_to_hit(desk: DeskScreen, direction: Literal[1, -1]) -> None:
    if desk.pane == "grid":
        found = desk.query_one(ControlGrid).select_lit(direction)
    else:
        found = desk.query_one(UpdateLog).next_row(direction)
    if not found:
        _say_no_further(desk, "hit")


def _say_no_further(desk: DeskScreen, what: str) -> None:
    counted = desk.query_one(UpdateLog).counted
    said = f"No further {what}." if counted else f"No further {what} so far: still looking."
    desk.notify(said, timeout=2)


def go_to_next_trouble(desk: DeskScreen) -> None:
    """Go to the next problem or correction."""
    _go_to_trouble(desk, 1)


def go_to_previous_trouble(desk: DeskScreen) -> None:
    """Go to the problem or correction before."""
    _go_to_trouble(desk, -1)


def _go_to_trouble(desk: DeskScreen, direction: Literal[1, -1]) -> None:
    log = desk.query_one(UpdateLog)
    log.follow = False
    if not log.next_trouble(direction):
        _say_no_further(desk, "problem or correction")


def toggle_follow(desk: DeskScreen) -> None:
    """Follow the newest, or hold the place."""
    log = desk.query_one(UpdateLog)
    log.follow = not log.follow
