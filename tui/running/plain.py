"""The desk without a screen: one line an event, and the scoreboard at the end."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import TextIO

from feed.clock import day, hh_mm, utc_now, zone
from feed.model.entries import Entry, EntryKind, Mark
from feed.model.standing import Standing
from feed.model.terms import LATE_AFTER, HouseStyle
from feed.model.view import View
from feed.reports.silence import Silence, view_silence
from feed.reports.standing_text import standing_as_text
from feed.session.session import Session
from feed.wording.control import entry_word, in_style, sentence
from tui.running.output import OutputLost, ReaderGone

_QUIET = frozenset({EntryKind.ROSTER, EntryKind.EXPECTED})
_MARKS = {Mark.REMARK: "!", Mark.REJECTED: "x", Mark.NOT_CHECKED: "?"}


def line_of(entry: Entry, style: HouseStyle) -> str:
    """Return one entry as one line: time, kind, sentence, figures, verdict."""
    said = [
        hh_mm(entry.at, estimated=entry.is_estimated),
        f"{entry_word(entry.kind).upper():<10}",
        sentence(entry, style),
    ]
    if entry.detail:
        said.append(f"({in_style(entry.detail, style)})")
    if entry.mark in _MARKS:
        said.append(_MARKS[entry.mark])
    return "  ".join(said)


class PlainStream:
    """Prints what each view adds to the log; a replay that has ended, or a signal, ends it."""

    def __init__(
        self,
        out: TextIO,
        style: HouseStyle,
        late_after: timedelta = LATE_AFTER,
        alert: Callable[[View], None] | None = None,
    ) -> None:
        self._out = out
        self._style = style
        self._late_after = late_after
        self._alert = alert
        self._silence = Silence()
        self._printed = 0
        self._rosters = 0
        self._day = ""
        self._test = False
        self._standing = Standing()
        self.done = threading.Event()
        self.failed: Exception | None = None
        """Why nothing more can be printed; the thread that views come on must not die of it."""

    def show(self, view: View) -> None:
        """Print the entries that have come since the last view."""
        if self.failed is not None:
            return
        try:
            self._show(view)
            if self._alert is not None:
                self._alert(view)
        except Exception as error:  # noqa: BLE001  # raised again by who waits for the end
            self.failed = error
            self.done.set()

    def _show(self, view: View) -> None:
        standing = view.standing
        self._printed = min(self._printed, len(standing.log))
        self._standing = standing
        for entry in standing.log.since(self._printed):
            self._print(entry)
        self._judge(view)
        self._out.flush()
        self._printed = len(standing.log)
        transport = view.transport
        if view.mode == "replay" and (transport is None or not transport.playing):
            self.done.set()

    def finish(self) -> None:
        """Print the final scoreboard; raise what kept the lines before from being printed."""
        if self.failed is not None:
            raise self.failed
        self._say_rosters()
        print(file=self._out)
        print(
            standing_as_text(self._standing, self._style, self._silence), file=self._out, flush=True
        )

    def _judge(self, view: View) -> None:
        """Print that a live night has gone quiet; every other change is a line of the log.

        A replay's lines come as fast as they can: there the end alone says it.
        """
        now = view.clock or utc_now()
        before, self._silence = self._silence, view_silence(view, now, self._late_after)
        if self._silence.kind == "quiet" != before.kind and view.mode == "live":
            print(f"{hh_mm(now)}  SILENCE     {self._silence.says}", file=self._out)

    def _print(self, entry: Entry) -> None:
        if entry.kind in _QUIET:
            self._rosters += entry.kind is EntryKind.ROSTER and entry.subject is not None
            return
        self._say_rosters()
        self._test = self._test or entry.test
        today = f"{day(entry.at)} {zone(entry.at)}{' · TEST DATA' if self._test else ''}"
        if today != self._day:
            self._day = today
            print(f"-- {today} --", file=self._out)
        print(line_of(entry, self._style), file=self._out)

    def _say_rosters(self) -> None:
        if self._rosters:
            councils = sum(1 for it in self._standing.all_councils if it.size or it.seats_up)
            counts = ((councils, "council"), (len(self._standing.contests), "contest"))
            said = [f"{n:,} {what}{'s' * (n > 1)}" for n, what in counts if n]
            print(f"Roster: {', '.join(said)}", file=self._out)
            self._rosters = 0


def run_plain(
    make: Callable[[Callable[[View], None]], Session],
    style: HouseStyle,
    late_after: timedelta = LATE_AFTER,
    alert: Callable[[View], None] | None = None,
) -> int:
    """Run a session as a stream of lines; give the exit code, 130 when it was interrupted.

    Output that cannot be written ends it, well where only a pipe's reader has left.
    """
    stream = PlainStream(sys.stdout, style, late_after, alert)
    session = make(stream.show)
    code = 0

    def interrupted(number: int, _frame: object) -> None:
        nonlocal code
        code = 130 if number == signal.SIGINT else 0
        stream.done.set()

    kept = {
        number: signal.signal(number, interrupted) for number in (signal.SIGINT, signal.SIGTERM)
    }
    session.start()
    try:
        while not stream.done.wait(0.5):
            pass
    finally:
        session.stop()
        for number, handler in kept.items():
            signal.signal(number, handler)
    try:
        stream.finish()
    except ReaderGone:
        return code
    except OutputLost as error:  # what was lost is said last of all
        return error.exit_code
    return code
