"""The night for a room: large figures, the grid, the last declaration, four lines; no controls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar, Protocol

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.events import Click, Resize
from textual.screen import Screen

from feed.clock import utc_now
from feed.model.entries import PlaceId
from feed.model.standing import Standing
from feed.model.terms import HouseStyle
from feed.model.view import View
from feed.wording.progress import on_stage
from tui.control_grid.order import Group, Sort
from tui.control_grid.widget import ControlGrid
from tui.panes.messages import StandingReady
from tui.projector.board import ProjectorBoard
from tui.projector.layout import PageName, Plan, board_plan, page_plan
from tui.projector.news import ProjectorNews
from tui.projector.ribbon import ProjectorProgress, ProjectorRibbon
from tui.settings.commands import BY_ID
from tui.settings.options import ViewName

_OF_THE_DESK = (
    "step_back", "step_on", "previous_change", "next_change", "slower", "faster", "normal_speed",
    "minute_back", "minute_on", "ten_back", "ten_on", "edge", "loop", "gaps", "rescan", "theme",
    "style", "group", "sort", "reverse", "bell", "quit_now",
)  # fmt: skip
"""Commands that do here what they do on the desk."""
_OWN = (
    ("next_pane", "turn(1)"), ("previous_pane", "turn(-1)"), ("toggle", "hold"),
    ("view", "leave('log')"), ("back", "leave('desk')"), ("quit", "leave('desk')"),
    ("jump", "leave_for('jump')"), ("filter", "leave_for('filter')"),
)  # fmt: skip


class Presenter(Protocol):
    """What the projector needs of the desk behind it."""

    style: HouseStyle
    watched: frozenset[PlaceId]

    @property
    def grid_order(self) -> tuple[Group, Sort]:
        """How the desk's grid is grouped and sorted."""

    def run(self, command: str) -> None:
        """Do what a command of the table says."""


def _bindings() -> Iterator[BindingType]:
    desk = ((id_, f"of_the_desk('{id_}')") for id_ in _OF_THE_DESK)
    for id_, action in (*_OWN, *desk):
        keys = ",".join(BY_ID[id_].keys)
        yield Binding(keys, action, BY_ID[id_].title, show=False, id=id_, priority=True)


class ProjectorScreen(Screen[ViewName]):
    """Gives the view to go to when it is left."""

    DEFAULT_CSS = """
    ProjectorScreen { layout: vertical; background: $background; overflow: hidden; }
    ProjectorScreen ToastRack { display: none; }
    ProjectorScreen #stage { height: 1fr; }
    ProjectorScreen #big-grid {
        border: none; width: 1fr; height: 1fr; scrollbar-size-vertical: 0;
    }
    ProjectorScreen #big-grid:focus { border: none; }
    ProjectorScreen.-figures #big-grid { display: none; }
    ProjectorScreen.-grid #board { display: none; }
    """

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = list(_bindings())

    def __init__(self, desk: Presenter, view: View, cycle: float | None = None) -> None:
        super().__init__()
        self._desk = desk
        self._view = view
        self._cycle = cycle
        self._at = 0
        self.held = False
        """The pages are not turned by themselves for now."""

    @property
    def plan(self) -> Plan:
        """What there is room for."""
        return page_plan(self.app.size.width, self.app.size.height)

    @property
    def page(self) -> PageName:
        """The page that is shown."""
        pages = self.plan.pages
        return pages[self._at % len(pages)]

    @property
    def _staged(self) -> Standing:
        return on_stage(self._view.standing)

    def compose(self) -> ComposeResult:
        """Lay the page out, top to bottom."""
        yield ProjectorRibbon(id="ribbon")
        yield ProjectorProgress(id="progress")
        with Horizontal(id="stage"):
            yield ProjectorBoard(id="board")
            grid = ControlGrid(id="big-grid")
            grid.can_focus = False
            yield grid
        yield ProjectorNews(id="news")

    def on_mount(self) -> None:
        """Keep the clock going, and turn the pages where that is wanted."""
        self.set_interval(1.0, self._say_time)
        if self._cycle is not None:
            self.set_interval(self._cycle, self._turn_by_itself)
        self._lay_out()

    def on_resize(self, event: Resize) -> None:
        """Choose pages and sizes anew."""
        del event
        self._lay_out()

    @on(StandingReady)
    def _take(self, message: StandingReady) -> None:
        parties = len(self._staged.scoreboard.rows)
        self._view = message.view
        if len(self._staged.scoreboard.rows) != parties:
            self._lay_out()
        else:
            self.draw()

    def _lay_out(self) -> None:
        plan, page = self.plan, self.page
        for name in ("all", "figures", "grid"):
            self.set_class(name == page, f"-{name}")
        ribbon, progress = self.query_one(ProjectorRibbon), self.query_one(ProjectorProgress)
        ribbon.rows, progress.rows = plan.ribbon, plan.progress
        news = self.query_one(ProjectorNews)
        news.plan, news.with_log = plan, page != "grid"
        for part in (ribbon, progress, news):
            part.refresh(layout=True)
        self._plan_board(plan, page)
        self.draw()

    def _plan_board(self, plan: Plan, page: PageName) -> None:
        board, size = self.query_one(ProjectorBoard), self.app.size
        height = size.height - plan.ribbon - plan.progress - plan.band - plan.news
        parties, beside = len(self._staged.scoreboard.rows), page == "all"
        apart = self._view.standing.is_apart
        found = board_plan(
            size.width, height, max(1, parties), beside_grid=beside, seats_alone=apart
        )
        board.plan = found
        board.styles.width = found.width + 2 if beside else "1fr"

    def draw(self) -> None:
        """Hand the view to every part."""
        standing = self._staged
        self._say_time()
        self.query_one(ProjectorProgress).show(replace(self._view, standing=standing))
        self.query_one(ProjectorBoard).show(standing)
        self.query_one(ProjectorNews).show(standing, self._desk.style)
        grid = self.query_one(ControlGrid)
        grid.group, grid.sort = self._desk.grid_order
        grid.show(standing, watched=self._desk.watched)

    def _say_time(self) -> None:
        pages = self.plan.pages
        page = f"page {pages.index(self.page) + 1} of {len(pages)}"
        if self.held:
            page += ", held"
        self._view = self._view.at(utc_now())
        self.query_one(ProjectorRibbon).show(self._view, utc_now(), page)

    def _turn_by_itself(self) -> None:
        if not self.held:
            self.action_turn(1)

    def action_turn(self, by: int) -> None:
        """Turn to another page."""
        self._at += by
        self._lay_out()

    def action_hold(self) -> None:
        """Hold the page, or let the pages turn again; without turning, pause and play."""
        if self._cycle is None:
            self._desk.run("toggle")
            return
        self.held = not self.held
        self._say_time()

    def on_click(self, event: Click) -> None:
        """Hold the page, or let the pages turn again."""
        del event
        if self._cycle is not None:
            self.action_hold()

    def action_of_the_desk(self, command: str) -> None:
        """Do what the command does on the desk, and show it here."""
        self._desk.run(command)
        self.draw()

    def action_leave(self, view: ViewName) -> None:
        """Go to another view."""
        self.dismiss(view)

    def action_leave_for(self, command: str) -> None:
        """Go to the desk for a command with which letters are typed: here they would be keys."""
        self.dismiss("desk")
        self.app.call_later(self._desk.run, command)
