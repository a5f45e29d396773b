"""The desk's commands about its looks that are remembered: view, theme, style, order, watching."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Protocol, cast

from textual.screen import Screen
from textual.theme import Theme

from feed.model.terms import HOUSE_STYLES
from tui.control_grid.order import DENSITIES, GROUPS, SORTS, DensityChoice, Group, Sort
from tui.control_grid.widget import ControlGrid
from tui.projector.screen import ProjectorScreen
from tui.scoreboard.canvas import BOARD_SORTS
from tui.scoreboard.widget import Scoreboard
from tui.settings.options import OUR_THEMES, VIEWS

if TYPE_CHECKING:
    from feed.model.entries import PlaceId
    from feed.model.terms import HouseStyle
    from feed.model.view import View
    from tui.desk.alarm import Alarm
    from tui.panes.pane_tabs import Pane
    from tui.settings.opening import Opening
    from tui.settings.options import ViewName
    from tui.settings.watch_list import WatchList


_DENSITY_WORDS: dict[DensityChoice, str] = {
    "auto": "as much of every name as lets all councils be seen",
    "names": "full names",
    "short": "short names",
    "letters": "letters",
    "blocks": "blocks",
}


class _Alarmed(Protocol):
    """An app that can ring."""

    alarm: Alarm


class ViewActions(Screen[None]):
    """Changes how the desk looks, and writes it down for the next time."""

    current: View
    opening: Opening
    style: HouseStyle
    view_name: ViewName
    pane: Pane
    watched: frozenset[PlaceId]
    wanted: WatchList
    _complained = False

    def draw(self) -> None:
        """Draw again; the desk does."""
        raise NotImplementedError

    def focus_pane(self, pane: Pane) -> None:
        """Go to a pane; the desk does."""
        raise NotImplementedError

    def action_run(self, command: str) -> None:
        """Do what a command of the table says; the desk does."""
        raise NotImplementedError

    @property
    def grid_order(self) -> tuple[Group, Sort]:
        """How the grid is grouped and sorted."""
        grid = self.query_one(ControlGrid)
        return grid.group, grid.sort

    def open_as_wanted(self) -> None:
        """Look as the options say."""
        grid, board = self.query_one(ControlGrid), self.query_one(Scoreboard)
        grid.group, grid.sort = self.opening.group, self.opening.sort
        grid.density = self.opening.density
        board.sort = self.opening.board_sort
        board.late_after = timedelta(minutes=self.opening.late_after)
        self.app.theme_changed_signal.subscribe(self, self._keep_theme)
        if self.opening.view == "projector":
            self.call_after_refresh(self._show_projector)

    def watch_wanted(self) -> None:
        """Mark the councils on the watch list as soon as the feed names them."""
        self.watched |= self.wanted.take(self.current.standing)
        transport, standing = self.current.transport, self.current.standing
        more = transport is not None and transport.now < transport.end
        settled = self.current.source.state != "loading" and standing.councils and not more
        if settled and self.wanted.missing and not self._complained:
            self._complained = True
            self.notify(self.wanted.complaint(), severity="warning", markup=False, timeout=10)

    def remember(self, option: str, value: object) -> None:
        """Keep a change for the next time."""
        if self.opening.memory is not None:
            self.opening.memory.keep(option, value)

    def do_view(self) -> None:
        """Change the view."""
        self._go_to_view(VIEWS[(VIEWS.index(self.view_name) + 1) % len(VIEWS)])

    def _go_to_view(self, view: ViewName) -> None:
        self.view_name = view
        self.remember("view", view)
        self.set_class(view == "log" and self.app.size.width >= 80, "-log-only")
        if view == "projector":
            self._show_projector()
        else:
            self.focus_pane("updates")

    def leave_log_only(self) -> None:
        """Show the other panes again: somebody asked for one of them."""
        self._go_to_view("desk")

    def _show_projector(self) -> None:
        self.view_name = "projector"
        screen = ProjectorScreen(self, self.current, self.opening.cycle)
        self.app.push_screen(screen, self._left_projector)

    def _left_projector(self, view: ViewName | None) -> None:
        self._go_to_view(view or "desk")

    def do_sort(self) -> None:
        """Sort the pane another way."""
        self._turn_sort(1)

    def do_reverse(self) -> None:
        """Sort the pane the way before."""
        self._turn_sort(-1)

    def _turn_sort(self, by: int) -> None:
        if self.pane == "scoreboard" and self.view_name != "projector":
            board = self.query_one(Scoreboard)
            board.sort = BOARD_SORTS[(BOARD_SORTS.index(board.sort) + by) % len(BOARD_SORTS)]
            self.remember("board_sort", board.sort)
        else:
            grid = self.query_one(ControlGrid)
            grid.sort = SORTS[(SORTS.index(grid.sort) + by) % len(SORTS)]
            self.remember("sort", grid.sort)

    def do_group(self) -> None:
        """Group the grid another way."""
        grid = self.query_one(ControlGrid)
        grid.group = GROUPS[(GROUPS.index(grid.group) + 1) % len(GROUPS)]
        self.remember("group", grid.group)

    def do_density(self) -> None:
        """Say more or less of every name in the grid."""
        grid = self.query_one(ControlGrid)
        grid.density = DENSITIES[(DENSITIES.index(grid.density) + 1) % len(DENSITIES)]
        self.remember("density", grid.density)
        self.notify(f"Grid: {_DENSITY_WORDS[grid.density]}", markup=False, timeout=2)

    def do_watch(self) -> None:
        """Put the council under the grid's cursor on the watch list, or take it off."""
        place = self.query_one(ControlGrid).selected
        if place is not None:
            self.watched ^= {place}
            self.remember("watch", self.wanted.names(self.watched, self.current.standing))
            self.draw()

    def do_theme(self) -> None:
        """Change to the next of our own themes."""
        at = OUR_THEMES.index(self.app.theme) if self.app.theme in OUR_THEMES else -1
        self.app.theme = OUR_THEMES[(at + 1) % len(OUR_THEMES)]
        self.draw()

    def do_themes(self) -> None:
        """Offer every theme by its name."""
        self.app.search_themes()

    def _keep_theme(self, theme: Theme) -> None:
        self.remember("theme", theme.name)

    def do_style(self) -> None:
        """Change the house style."""
        self.style = HOUSE_STYLES[(HOUSE_STYLES.index(self.style) + 1) % len(HOUSE_STYLES)]
        self.remember("style", self.style)
        self.draw()
        self.notify(f"House style: {self.style}", markup=False, timeout=2)

    def do_bell(self) -> None:
        """Ring for alerts, or be still."""
        alarm = cast("_Alarmed", self.app).alarm
        alarm.toggle()
        self.remember("bell", alarm.bell)
        if not alarm.on:
            self.remember("notify", False)
        said = "Alerts are off." if not alarm.on else f"Alerts: {alarm.says}."
        self.notify(said, markup=False, timeout=3)
