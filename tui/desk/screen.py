"""The desk: headline, three panes, transport and keys, drawn from one view at a time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult, SystemCommand
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal
from textual.events import Resize
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.widgets import Input, Static

from feed.clock import utc_now
from feed.model.entries import PlaceId
from feed.model.intents import Driven
from feed.model.parties import known_party
from feed.model.standing import Standing
from feed.model.terms import HouseStyle
from feed.model.view import View
from feed.reports.filter import Filter
from tui.control_grid.widget import ControlGrid
from tui.desk.compare import CompareActions
from tui.desk.find import FindActions
from tui.desk.key_hints import key_hints
from tui.desk.last_look import Away
from tui.desk.open import OpenActions
from tui.desk.panes import LookActions
from tui.desk.time import TimeActions
from tui.desk.view import ViewActions
from tui.panes.filter_line import FilterLine
from tui.panes.headline import Headline
from tui.panes.key_bar import KeyBar
from tui.panes.line_pane import LinePane
from tui.panes.messages import StandingReady
from tui.panes.pane_tabs import PANES, Pane, PaneTabs
from tui.panes.transport_bar import TransportBar
from tui.scoreboard.widget import Scoreboard
from tui.settings.commands import COMMANDS
from tui.settings.keymap import Keymap
from tui.settings.opening import Opening
from tui.settings.options import ViewName
from tui.settings.watch_list import WatchList
from tui.text.terminal_text import capitalised
from tui.update_log.widget import UpdateLog

_FRESH = timedelta(seconds=2)
_MOST_FRESH = 24
"""Declarations in one frame; more come of a jump through the night, after which none is new."""


class DeskScreen(
    TimeActions, CompareActions, FindActions, OpenActions, ViewActions, LookActions, Screen[None]
):
    """Knows the standing and the widgets; the widgets know neither files nor each other."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            ",".join(command.keys),
            f"run('{command.id}')",
            command.title,
            show=False,
            tooltip=command.help,
            id=command.id,
            priority=command.id in {"quit_now", "next_pane", "previous_pane"},
        )
        for command in COMMANDS
        if not command.by_pane
    ]

    def __init__(
        self, session: Driven, look: Opening | None = None, keys: Keymap | None = None
    ) -> None:
        super().__init__()
        look = look or Opening()
        self.session = session
        self.keys = keys or Keymap(look.keys)
        self.style: HouseStyle = look.style
        self.view_name: ViewName = look.view
        self.opening = look
        self.wanted = WatchList(look.watch)
        self.current = View(Standing())
        self.filter = Filter("")
        self.pane: Pane = "updates"
        self.watched: frozenset[PlaceId] = frozenset()
        self.away = Away.at_start(time.monotonic())
        self._fresh: dict[PlaceId, datetime] = {}
        self._filtered_by: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        """Lay the desk out, top to bottom."""
        yield Headline(id="headline")
        yield PaneTabs(id="tabs")
        with Container(id="panes"):
            yield UpdateLog(id="updates")
            yield Scoreboard(id="scoreboard")
            yield ControlGrid(id="grid")
        yield TransportBar(id="transport")
        with Horizontal(id="foot"):
            yield FilterLine(id="filter-line")
            yield KeyBar(id="keys")
        yield Static("nightdesk needs 40 × 10; q quits", id="too-small", markup=False)

    def on_mount(self) -> None:
        """Focus the log and keep the clock going."""
        self.query_one(UpdateLog).focus()
        self.set_interval(1.0, self._tick)
        self._show_tabs()
        self._lay_out(*self._cells())
        self.open_as_wanted()
        self.draw()

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Say something as it is, in place of what was said before: boxes hide the night."""
        del markup
        self.app.clear_notifications()
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=False)

    def note_key(self, now: float) -> None:
        """Take that somebody is at the keys; after a long silence say how much was missed."""
        before, standing = self.away, self.current.standing
        self.away = before.key_pressed(standing, now)
        if self.away.looked_at is not before.looked_at:
            self.tell_missed()

    def on_resize(self, event: Resize) -> None:
        """Change the layout at its breakpoints."""
        self._lay_out(event.size.width, event.size.height)

    def _cells(self) -> tuple[int, int]:
        """Give columns and rows; before the first layout they are the terminal's."""
        size = self.size if self.size.area else self.app.size
        return size.width, size.height

    def _lay_out(self, width: int, height: int) -> None:
        tiny = width < 40 or height < 10
        narrow = width < 80
        self.set_class(tiny, "-tiny")
        self.set_class(narrow, "-narrow")
        self.set_class(80 <= width < 120, "-medium")
        self.set_class(140 <= width < 180, "-roomy")
        self.set_class(width >= 180, "-wide")
        self.set_class(self.view_name == "log" and not narrow, "-log-only")
        if not tiny and self.is_current and self.focused is None:
            self.call_after_refresh(self.focus_pane, self.pane)

    @on(StandingReady)
    def _take(self, message: StandingReady) -> None:
        before = self.current.standing
        self.current = message.view
        self.watch_wanted()
        self._mark_fresh(before)
        if self.filter.words and self._filter_knows() != self._filtered_by:
            self._filter_log()
        self.draw()

    def _mark_fresh(self, before: Standing) -> None:
        known = {council.id: council.status for council in before.councils}
        now = utc_now()
        self._fresh = {place: at for place, at in self._fresh.items() if now - at < _FRESH}
        new = [
            council.id
            for council in self.current.standing.councils
            if council.status == "declared" and known.get(council.id) != "declared"
        ]
        if known and len(new) <= _MOST_FRESH:
            self._fresh |= dict.fromkeys(new, now)

    def draw(self) -> None:
        """Hand the current view to every widget."""
        view, standing = self.current, self.current.standing
        filtered = bool(self.filter.words)
        keep = self._keep if filtered else None
        lit = self.lit_of(self._lit if filtered else None)
        since = self.since_words()
        self.query_one(Headline).show(replace(view, since=since), utc_now())
        self.query_one(UpdateLog).show(standing, self.style, keep, self.filter.words)
        self.query_one(Scoreboard).show(self.board_standing(), view.clock, since=since)
        self.query_one(ControlGrid).show(
            standing, lit=lit, fresh=frozenset(self._fresh), watched=self.watched, since=since
        )
        self.set_class(view.transport is not None, "-timed")
        if view.transport is not None:
            self.query_one(TransportBar).show(view.transport)
        self.tell_found()
        self._show_keys()
        self.refresh_details()

    def set_filter(self, text: str) -> None:
        """Filter by `text` from now on; empty for everything."""
        self.filter = Filter(text)
        self._lit = self.filter.councils()
        self._filter_log()
        self.draw()

    def _filter_log(self) -> None:
        self._filtered_by = self._filter_knows()
        self._keep = self.filter.entries(self.current.standing)

    def _filter_knows(self) -> tuple[object, ...]:
        """Give what the filter goes by of every council; a roster that comes later changes it."""
        standing = self.current.standing
        by_party = any(known_party(word.removeprefix("-")) for word in self.filter.words)
        return tuple(
            (it.id, it.name, it.region, it.type, (it.before, it.after) if by_party else None)
            for it in standing.all_councils
        )

    def _tick(self) -> None:
        self._lay_out(*self._cells())
        now = utc_now()
        view = self.current = self.current.at(now)
        since = self.since_words()
        self.query_one(Headline).show(replace(view, since=since), now)
        if any(now - at >= _FRESH for at in self._fresh.values()):
            self._mark_fresh(view.standing)
            self.query_one(ControlGrid).show(
                view.standing,
                lit=self.lit_of(self._lit if self.filter.words else None),
                fresh=frozenset(self._fresh),
                watched=self.watched,
                since=since,
            )

    def _show_keys(self) -> None:
        filtering = self.has_class("-filtering")
        typing = filtering and isinstance(self.focused, Input)
        jumping = self.query_one(ControlGrid).jumping
        hints = key_hints(
            self.current,
            self.keys,
            pane=self.pane,
            filtering=filtering,
            typing=typing,
            jumping=jumping,
        )
        self.query_one(KeyBar).show(hints)

    def palette_commands(self) -> Iterator[SystemCommand]:
        """Give every command of the table to the palette."""
        for command in COMMANDS:
            if not command.by_pane:
                words = capitalised(command.title)
                title = f"{words}  ({self.keys.label(command)})"
                yield SystemCommand(title, command.help, partial(self.action_run, command.id))

    def action_run(self, command: str) -> None:
        """Do what a command of the table says."""
        getattr(self, f"do_{command}")()

    @on(ControlGrid.JumpChanged)
    def _jump_changed(self) -> None:
        self._show_keys()

    @on(KeyBar.Pressed)
    @on(Headline.Pressed)
    def _pressed(self, event: KeyBar.Pressed | Headline.Pressed) -> None:
        if event.id == "open":
            self._open()
        elif event.id:
            self.action_run(event.id)

    def _open(self) -> None:
        """Open what is under the cursor of the pane in hand."""
        self.query_one(ControlGrid).end_jump()
        if isinstance(self.focused, LinePane):
            self.focused.action_open()

    def focus_pane(self, pane: Pane) -> None:
        """Go to a pane; in a narrow terminal it is the one that is shown."""
        if pane != "updates" and self.has_class("-log-only"):
            self.leave_log_only()
        self.pane = pane
        self._show_tabs()
        self.query_one(f"#{pane}").focus()

    def _show_tabs(self) -> None:
        for pane in PANES:
            self.set_class(pane == self.pane, f"-on-{pane}")
        self.query_one(PaneTabs).show(self.pane)

    @on(PaneTabs.Chosen)
    def _chosen(self, event: PaneTabs.Chosen) -> None:
        self.focus_pane(event.pane)

    def on_descendant_focus(self) -> None:
        """Remember which pane is in hand."""
        focused = self.focused
        if focused is not None and focused.id in PANES:
            self.pane = focused.id
            self._show_tabs()
        self._show_keys()
