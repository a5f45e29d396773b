"""The desk's commands about time: play, step, seek, speed, live."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal

from textual import on
from textual.screen import Screen

from feed.errors import UsageProblem
from feed.model.intents import Driven, Intent
from feed.typed_times import parse_moment
from tui.details.ask import Ask
from tui.panes.transport_bar import TransportBar

if TYPE_CHECKING:
    from feed.model.intents import StepBy
    from feed.model.view import View
    from tui.desk.last_look import Away

_GAP_LIMIT = 5.0


class TimeActions(Screen[None]):
    """Every one of them is an intent for the session; what comes of it comes as a view."""

    session: Driven
    current: View
    away: Away

    def do_toggle(self) -> None:
        """Pause or play; live, hold the view or let it go on."""
        if self.current.mode == "live":
            self.away = self.away.paused_at(self.current.standing)
        elif self.current.mode == "paused" and self.current.new:
            self.notify(
                f"{self.current.new:,} entries came during the pause · m sums them up",
                markup=False,
                timeout=6,
            )
        self.session.ask(Intent("toggle"))

    def do_step_back(self) -> None:
        """One entry back."""
        self._step("entry", -1)

    def do_step_on(self) -> None:
        """One entry on."""
        self._step("entry", 1)

    def do_previous_change(self) -> None:
        """To the change of control before."""
        self._step("change", -1)

    def do_next_change(self) -> None:
        """To the next change of control."""
        self._step("change", 1)

    def do_slower(self) -> None:
        """Play slower."""
        self.session.ask(Intent("slower"))

    def do_faster(self) -> None:
        """Play faster."""
        self.session.ask(Intent("faster"))

    def do_normal_speed(self) -> None:
        """Play at the speed of the night."""
        self.session.ask(Intent("normal"))

    def do_minute_back(self) -> None:
        """One minute back."""
        self._nudge(-60)

    def do_minute_on(self) -> None:
        """One minute on."""
        self._nudge(60)

    def do_ten_back(self) -> None:
        """Ten minutes back."""
        self._nudge(-600)

    def do_ten_on(self) -> None:
        """Ten minutes on."""
        self._nudge(600)

    def do_edge(self) -> None:
        """Back to the newest."""
        self.session.ask(Intent("edge"))

    def do_loop(self) -> None:
        """Play in a loop, or not."""
        self.session.ask(Intent("loop"))

    def do_gaps(self) -> None:
        """Cut silences short, or not."""
        transport = self.current.transport
        limited = transport is not None and transport.gap_limit is not None
        self.session.ask(Intent("gap", seconds=0.0 if limited else _GAP_LIMIT))

    def do_rescan(self) -> None:
        """Look through the feed folder now."""
        self.session.rescan()

    def do_go_to_time(self) -> None:
        """Ask for a time and go there."""
        self.app.push_screen(Ask("Go to a time", "01:30, +10m, -1h"), self._go_to)

    def _go_to(self, text: str | None) -> None:
        if not text:
            return
        transport, log = self.current.transport, self.current.standing.log
        start = transport.start if transport else log[0].origin.seen_at if len(log) else None
        if start is None:
            return
        try:
            now, end = self.current.clock, None
            if transport is not None:
                now, end = transport.now, transport.end
            moment = parse_moment(text, start, now, end)
        except UsageProblem as problem:
            self.notify(str(problem), severity="warning", markup=False)
            return
        if moment < start.replace(microsecond=0):
            self.notify(f"{text} lies before the night: this is its beginning.", markup=False)
        elif moment > (end or now or moment):
            self.notify(f"{text} is still to come: this is the newest.", markup=False)
        self.session.ask(Intent("seek", moment=moment))

    @on(TransportBar.SeekRequested)
    def _sought(self, event: TransportBar.SeekRequested) -> None:
        self._seek(event.moment)

    def _seek(self, moment: datetime) -> None:
        self.session.ask(Intent("seek", moment=moment))

    def _step(self, by: StepBy, direction: Literal[1, -1]) -> None:
        self.session.ask(Intent("step", by=by, direction=direction))

    def _nudge(self, seconds: float) -> None:
        self.session.ask(Intent("nudge", seconds=seconds))
