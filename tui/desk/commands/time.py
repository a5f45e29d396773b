"""The commands about time: each is an intent for the session, and what comes of it is a view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed.clock import hh_mm
from feed.errors import UsageProblem
from feed.model.intents import Intent
from feed.typed_times import parse_moment
from tui.desk.commands.find import Typing, begin_typing
from tui.text.typed_text import TypedText

if TYPE_CHECKING:
    from tui.desk.screen import DeskScreen

_GAP_LIMIT = 5.0


def toggle_playing(desk: DeskScreen) -> None:
    """Pause or play; live, hold the view or let it go on."""
    if desk.current.mode == "live":
        desk.last_look = desk.last_look.paused_at(desk.current.standing)
    elif desk.current.mode == "paused" and desk.current.new:
        said = f"{desk.current.new:,} entries came during the pause · m sums them up"
        desk.say(said, timeout=6)
    desk.session.ask(Intent("toggle"))


def step_back(desk: DeskScreen) -> None:
    """Go one entry back."""
    desk.session.ask(Intent("step", by="entry", direction=-1))


def step_on(desk: DeskScreen) -> None:
    """Go one entry on."""
    desk.session.ask(Intent("step", by="entry", direction=1))


def step_to_previous_change(desk: DeskScreen) -> None:
    """Go to the change of control before."""
    desk.session.ask(Intent("step", by="change", direction=-1))


def step_to_next_change(desk: DeskScreen) -> None:
    """Go to the next change of control."""
    desk.session.ask(Intent("step", by="change", direction=1))


def play_slower(desk: DeskScreen) -> None:
    """Play slower."""
    desk.session.ask(Intent("slower"))


def play_faster(desk: DeskScreen) -> None:
    """Play faster."""
    desk.session.ask(Intent("faster"))


def play_at_normal_speed(desk: DeskScreen) -> None:
    """Play at the speed of the night."""
    desk.session.ask(Intent("normal"))


def go_minute_back(desk: DeskScreen) -> None:
    """Go one minute back."""
    desk.session.ask(Intent("nudge", seconds=-60))


def go_minute_on(desk: DeskScreen) -> None:
    """Go one minute on."""
    desk.session.ask(Intent("nudge", seconds=60))


def go_ten_minutes_back(desk: DeskScreen) -> None:
    """Go ten minutes back."""
    desk.session.ask(Intent("nudge", seconds=-600))


def go_ten_minutes_on(desk: DeskScreen) -> None:
    """Go ten minutes on."""
    desk.session.ask(Intent("nudge", seconds=600))


def go_to_edge(desk: DeskScreen) -> None:
    """Go back to the newest."""
    desk.session.ask(Intent("edge"))


def toggle_loop(desk: DeskScreen) -> None:
    """Play in a loop, or not."""
    desk.session.ask(Intent("loop"))


def toggle_gaps(desk: DeskScreen) -> None:
    """Cut silences short, or not."""
    transport = desk.current.transport
    limited = transport is not None and transport.gap_limit is not None
    desk.session.ask(Intent("gap", seconds=0.0 if limited else _GAP_LIMIT))


def rescan_folder(desk: DeskScreen) -> None:
    """Look through the feed folder now."""
    desk.session.rescan()


def ask_for_time(desk: DeskScreen) -> None:
    """Take what is typed from now on for a time to go to."""
    begin_typing(desk, Typing("time", TypedText()))


def go_to_time(desk: DeskScreen, text: str) -> None:
    """Go to a time as it was typed, and say where that lies outside the night."""
    transport, log = desk.current.transport, desk.current.standing.log
    start = transport.start if transport else log[0].origin.seen_at if len(log) else None
    if start is None:
        return
    clock = desk.current.clock
    now, end = (transport.now, transport.end) if transport else (clock, clock)
    try:
        moment = parse_moment(text, start, now, end)
    except UsageProblem as problem:
        desk.say(str(problem), severity="warning")
        return
    if moment < start.replace(microsecond=0):
        desk.say(f"{text} lies before the first file ({hh_mm(start)}): this is the beginning.")
    elif moment > (end or now or moment):
        desk.say(f"{text} is still to come: this is the newest.")
    desk.session.ask(Intent("seek", moment=moment))
