"""The desk: headline, three panes, transport and keys, drawn from one view at a time."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime, timedelta
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal
from textual.events import Key, Resize
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.theme import Theme
from textual.widgets import Static
from textual.widgets._toast import ToastHolder

from feed.clock import utc_now
from feed.model.entries import PlaceId
from feed.model.intents import Driven, Intent
from feed.model.standing import Standing
from feed.model.terms import HouseStyle
from feed.model.view import View
from feed.reports.filter import Filter, FilterContext
from feed.reports.pinned import Pin
from feed.reports.silence import Silence
from tui.control_grid.widget import ControlGrid
from tui.desk.commands import RUN, find, view
from tui.desk.commands import open as opens
from tui.desk.commands import time as times
from tui.desk.commands.compare import Comparison
from tui.desk.help import TipsLine, key_hints
from tui.desk.last_look import LastLook, LookMemory
from tui.desk.pinned_alerts import PinnedAlerts
from tui.details.dialog import Dialog
from tui.panes.bar import Bar, KeyBar, TransportBar
from tui.panes.compositor import SpanCompositor
from tui.panes.headline import Headline
from tui.panes.line_pane import LinePane
from tui.panes.messages import StandingReady
from tui.panes.pane_tabs import PANES, Pane, PaneTabs
from tui.panes.pinned_line import PinnedLine
from tui.panes.skeleton import layout_classes
from tui.panes.typed_line import TypedLine
from tui.scoreboard.widget import Scoreboard
from tui.settings.commands import COMMANDS
from tui.settings.keymap import Keymap
from tui.settings.options import Options, ViewName
from tui.settings.remembered import Memory, NightMemory, WatchList, nights_beside
from tui.update_log.widget import UpdateLog

_OVER_PAGES = frozenset(
    {
        "palette",
        "help",
        "missed",
        "problems",
        "watched",
        "theme",
        "themes",
        "style",
        "bell",
        "acknowledge",
    }
    | {"quit", "quit_now", "export"}
)
"""Commands that leave a page open."""
_FRESH = timedelta(seconds=2)
_MOST_FRESH = 24
"""Declarations in one frame; more come of a jump through the night, after which none is new."""


class DeskScreen(Screen[None]):
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
        self, session: Driven, options: Options | None = None, memory: Memory | None = None
    ) -> None:
        super().__init__()
        self._compositor = SpanCompositor()
        options = options or Options()
        self.session = session
        self.keys = Keymap(options.keys)
        self.style: HouseStyle = options.style
        self.view_name: ViewName = options.view
        self.options = options
        self._memory = memory
        nights = None if memory is None else NightMemory(nights_beside(memory.path))
        late_after = timedelta(minutes=options.late_after)
        self.pinned = PinnedAlerts(frozenset(options.alert_causes), late_after, nights)
        self.wanted = WatchList(options.watch)
        self.current = View(Standing())
        self.filter = Filter("")
        self.typing: find.Typing | None = None
        """What is typed into the line at the foot; letters are commands while it is none."""
        self.pane: Pane = "updates"
        self.watched: frozenset[PlaceId] = frozenset()
        self.last_look = LastLook.at_start(time.monotonic())
        self.comparison = Comparison()
        self.quit_asked_at = float("-inf")
        """Monotonic time of the first of the two keys that quit a live night."""
        self.said = ""
        """What was said last; the wall says it its own way."""
        self._complained = False
        self._is_keyed = False
        self._told: tuple[Silence, tuple[Pin, ...]] | None = None
        """What headline and pinned line say of the feed; none while they are not in sight."""
        self._looks = LookMemory(nights)
        self._fresh: dict[PlaceId, datetime] = {}
        self._filtered_by: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        """Lay the desk out, top to bottom."""
        yield Headline(id="headline")
        yield PinnedLine(id="pinned")
        yield PaneTabs(id="tabs")
        with Container(id="panes"):
            yield UpdateLog(id="updates")
            yield Scoreboard(id="scoreboard")
            yield ControlGrid(id="grid")
        yield TipsLine(self.keys, id="tips")
        yield TransportBar(id="transport")
        with Horizontal(id="foot"):
            yield TypedLine(id="filter-line")
            yield KeyBar(id="keys")
        yield Static("nightdesk needs 40 × 10; q quits", id="too-small", markup=False)

    def on_mount(self) -> None:
        """Focus the log and look as the options say."""
        self.query_one(UpdateLog).focus()
        self._show_tabs()
        self._lay_out(*self._cells())
        self._open_as_wanted()
        self.draw()

    def say(
        self, words: str, *, severity: SeverityLevel = "information", timeout: float | None = None
    ) -> None:
        """Say something as it is, in place of what was said before: boxes hide the night."""
        self.said = words
        self.app.clear_notifications()
        for screen in self.app.screen_stack:  # Textual takes the notice away, and leaves its frame
            screen.query(ToastHolder).remove()
        self.notify(words, severity=severity, timeout=timeout, markup=False)

    def note_key(self, now: float) -> None:
        """Take that somebody is at the keys; after a long silence say how much was missed."""
        self._is_keyed = True
        self._looks.key_pressed(self.current, now)
        before, standing = self.last_look, self.current.standing
        self.last_look = before.key_pressed(standing, now)
        missed = self.last_look.looked_at is not before.looked_at
        if missed and (hint := self.last_look.hint(standing)):
            self.say(hint, timeout=6)

    def drop_tips(self) -> None:
        """Say what to try no more once a key was pressed.

        Where the key has opened a page that waits until it is closed: all panes move by a line, and
        on a slow line that would be written before the page.
        """
        if self._is_keyed and self.is_active:
            self.remove_class("-tips")

    def _open_as_wanted(self) -> None:
        """Look as the options say."""
        grid, board, options = self.query_one(ControlGrid), self.query_one(Scoreboard), self.options
        grid.group, grid.sort, grid.density = options.group, options.sort, options.density
        board.sort = options.board_sort
        board.late_after = timedelta(minutes=options.late_after)
        self.app.theme_changed_signal.subscribe(self, self._keep_theme)
        if options.view == "projector":
            self.call_after_refresh(view.show_projector, self)

    def _keep_theme(self, theme: Theme) -> None:
        self.remember("theme", theme.name)

    def remember(self, option: str, value: object) -> None:
        """Keep a change for the next time, where there is a memory."""
        if self._memory is not None:
            self._memory.keep(option, value)

    def on_resize(self, event: Resize) -> None:
        """Change the layout at its breakpoints."""
        self._lay_out(event.size.width, event.size.height)

    def _cells(self) -> tuple[int, int]:
        """Return columns and rows; before the first layout they are the terminal's."""
        size = self.size if self.size.area else self.app.size
        return size.width, size.height

    def _lay_out(self, width: int, height: int) -> None:
        classes = layout_classes(width, height)
        for name, holds in classes.items():
            self.set_class(holds, name)
        self.set_class(self.view_name == "log" and not classes["-narrow"], "-log-only")
        if not classes["-tiny"] and self.is_current and self.focused is None:
            self.call_after_refresh(self.focus_pane, self.pane)

    @on(StandingReady)
    def _take(self, message: StandingReady) -> None:
        before = self.current.standing
        self.current = message.view
        self._recall_last_look()
        self._watch_wanted()
        self._mark_fresh(before)
        if self.filter.words and self._filter_knows() != self._filtered_by:
            self._filter_again()
        self.draw()

    def _recall_last_look(self) -> None:
        """Count what was missed from the last look of an earlier run; say how much that is."""
        seen = self._looks.take(self.current)
        if seen is not None:
            self.last_look = self.last_look.remembered(seen)
            if hint := self.last_look.hint(self.current.standing):
                self.say(hint, timeout=6)

    def on_unmount(self) -> None:
        """Remember when somebody was last at the keys."""
        self._looks.close()

    def _watch_wanted(self) -> None:
        """Mark the councils on the watch list as soon as the feed names them."""
        self.watched |= self.wanted.take(self.current.standing)
        transport, standing = self.current.transport, self.current.standing
        more = transport is not None and transport.now < transport.end
        settled = self.current.source.state != "loading" and standing.councils and not more
        if settled and self.wanted.missing and not self._complained:
            self._complained = True
            self.say(self.wanted.complaint(), severity="warning", timeout=10)

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
        """Show the current view; under another screen only the headline, if it is seen at all."""
        self.say_how_it_is()
        if self.is_active:
            self._draw_panes()
        opens.refresh_details(self)

    def on_screen_resume(self) -> None:
        """Catch up with what came while another screen was on top."""
        self.drop_tips()
        self.draw()

    def say_how_it_is(self, *, at_once: bool = False) -> None:
        """Draw headline and what is pinned, which pages leave in sight; the wall covers them."""
        now = utc_now()
        silence = self.pinned.take(self.current, now)
        self._told = None
        if self._is_headline_seen():
            self._told = (silence, self.pinned.pins)
            since = self.comparison.words(self.current.standing)
            shown = replace(self.pinned.counted(self.current), since=since)
            self.query_one(Headline).show(shown, now, silence, at_once=at_once)
            self.set_class(bool(self.pinned.pins), "-pinned")
            self.query_one(PinnedLine).show(self.pinned.pins, self.keys.short("acknowledge"))

    def _is_headline_seen(self) -> bool:
        return self.is_active or self.app.screen.styles.background.a < 1

    def _draw_panes(self) -> None:
        current, standing = self.current, self.current.standing
        filtered = bool(self.filter.words)
        keep = self._keep if filtered else None
        lit = self.comparison.lit(standing, self._lit if filtered else None)
        since = self.comparison.words(standing)
        self.query_one(UpdateLog).waits_for = _waits_for(current)
        self.query_one(UpdateLog).moves = _moves(current)
        self.query_one(UpdateLog).show(standing, self.style, keep, self.filter.words)
        board = self.comparison.board(standing)
        self.query_one(Scoreboard).show(board, current.clock, since=since)
        self.query_one(ControlGrid).show(
            standing, lit=lit, fresh=frozenset(self._fresh), watched=self.watched, since=since
        )
        self.set_class(current.transport is not None, "-timed")
        if current.transport is not None:
            self.query_one(TransportBar).show(current.transport)
        find.show_line(self)

    def set_filter(self, text: str) -> None:
        """Filter by `text` from now on; empty for everything."""
        self.filter = Filter(text)
        self._filter_again()
        self.draw()

    def _filter_again(self) -> None:
        context = FilterContext(
            self.current.clock,
            timedelta(minutes=self.options.late_after),
            self.watched,
            self.style,
        )
        self._filtered_by = self._filter_knows()
        self._lit = self.filter.councils(context)
        self._keep = self.filter.entries(self.current.standing, context)

    def _filter_knows(self) -> tuple[object, ...]:
        """Return what the filter goes by of every council, and the minute where that changes it."""
        standing, at = self.current.standing, self.current.clock
        if self.filter.by_state:
            minute = None if at is None else at.replace(second=0, microsecond=0)
            return self.style, self.watched, minute, *map(id, standing.all_councils)
        by_party = self.filter.by_party
        councils = (
            (it.id, it.name, it.region, it.type, (it.before, it.after) if by_party else None)
            for it in standing.all_councils
        )
        return self.style, *councils

    def tick(self) -> None:
        """Keep the clock going; to be called once a second."""
        now = utc_now()
        standing = self.current.standing
        self.current = self.current.at(now)
        silence = self.pinned.take(self.current, now)
        if (silence, self.pinned.pins) != self._told:
            self.say_how_it_is(at_once=True)
        elif self._is_headline_seen():
            self.query_one(Headline).tick(now)
        if any(now - at >= _FRESH for at in self._fresh.values()):
            self._mark_fresh(standing)
            self.query_one(ControlGrid).show(
                standing,
                lit=self.comparison.lit(standing, self._lit if self.filter.words else None),
                fresh=frozenset(self._fresh),
                watched=self.watched,
                since=self.comparison.words(standing),
            )

    def show_keys(self) -> None:
        """Tell at the foot of the keys that matter now."""
        hints = key_hints(
            self.current,
            self.keys,
            pane=self.pane,
            filtering=bool(self.filter.words),
            typing=self.typing.purpose if self.typing is not None else None,
            jumping=self.query_one(ControlGrid).jumping,
        )
        self.query_one(KeyBar).show(hints)

    def take_key(self, event: Key) -> bool:
        """Take a key before any binding has it, while something is typed; return whether it was."""
        grid = self.query_one(ControlGrid)
        return grid.take_key(event) if grid.jumping else find.take_typed(self, event)

    def paste(self, text: str) -> None:
        """Put what was pasted where something is typed; elsewhere it does nothing."""
        grid = self.query_one(ControlGrid)
        if grid.jumping:
            grid.jump_on(text)
        elif self.typing is not None:
            find.type_on(self, self.typing.typed.inserted(text))

    def enter_typed(self, typing: find.Typing) -> None:
        """Do what was typed into the line at the foot."""
        if typing.purpose == "filter":
            find.keep_filter(self)
        elif typing.typed.text.strip():
            times.go_to_time(self, typing.typed.text.strip())

    def show_view(self, name: ViewName) -> None:
        """Show one of the views from now on."""
        view.go_to_view(self, name)

    def run(self, command: str) -> None:
        """Do what a command of the table says; pages that lie over it are closed first."""
        if command not in _OVER_PAGES:
            while isinstance(top := self.app.screen, Dialog) and top.close():
                pass
        RUN[command](self)

    def action_run(self, command: str) -> None:
        """Do what the key's command says."""
        self.run(command)

    @on(ControlGrid.JumpChanged)
    def _jump_changed(self) -> None:
        self.show_keys()

    @on(Bar.Pressed)
    def _pressed(self, event: Bar.Pressed) -> None:
        if event.id == "open":
            self._open()
        elif event.id:
            self.run(event.id)

    @on(UpdateLog.Counted)
    def _counted(self) -> None:
        find.show_line(self)

    @on(UpdateLog.EntryOpened)
    def _entry_opened(self, event: UpdateLog.EntryOpened) -> None:
        opens.open_entry(self, event.seq)

    @on(ControlGrid.CouncilOpened)
    def _council_opened(self, event: ControlGrid.CouncilOpened) -> None:
        opens.open_council(self, event.place)

    @on(Scoreboard.LinkOpened)
    def _link_opened(self, event: Scoreboard.LinkOpened) -> None:
        opens.open_link(self, event)

    @on(Scoreboard.FigureOpened)
    def _figure_opened(self, event: Scoreboard.FigureOpened) -> None:
        opens.open_figure(self, event.party, event.column)

    @on(TransportBar.SeekRequested)
    def _sought(self, event: TransportBar.SeekRequested) -> None:
        self.session.ask(Intent("seek", moment=event.moment))

    def _open(self) -> None:
        """Open what is under the cursor of the pane in hand."""
        self.query_one(ControlGrid).end_jump()
        if isinstance(self.focused, LinePane):
            self.focused.action_open()

    def focus_pane(self, pane: Pane) -> None:
        """Go to a pane; in a narrow terminal it is the one that is shown."""
        if pane != "updates" and self.has_class("-log-only"):
            view.go_to_view(self, "desk")
        self.pane = pane
        self._show_tabs()
        self.set_focus(self.query_one(f"#{pane}"))

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
        if self.pane != "grid":
            self.query_one(ControlGrid).end_jump()
        self.show_keys()


def _moves(view: View) -> bool:
    """Whether new entries come to what is looked at: nothing is held, paused or at its end."""
    transport = view.transport
    return view.mode == "live" if transport is None else transport.playing


def _waits_for(view: View) -> str:
    """Return what the desk waits for while nothing has come, and where."""
    if view.mode == "replay":
        return "Nothing has come yet."
    if view.source.state == "loading":
        return "Reading the files that are there …"
    folder = view.source.path or "the folder"
    return f"Waiting for the first file in {folder}; p lists what is not taken."
