"""The bell and the desktop notice: what `feed.reports.alerts` decides, heard in a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from feed.model.entries import PlaceId
from feed.model.terms import LATE_AFTER, HouseStyle
from feed.model.view import View
from feed.reports.alerts import (
    AlertRules,
    Alerts,
    AlertState,
    Condition,
    QuietHours,
    alerts,
    alerts_looking_back,
    one_line,
    opening_state,
)
from tui.settings.options import Options
from tui.text.terminal_text import cut

_LONGEST = 200


@dataclass(slots=True)
class Alarm:
    """Hears every view of a live night and says what to ring for."""

    rules: AlertRules = field(default_factory=AlertRules)
    bell: bool = False
    notify: bool = False
    sends: bool = False
    """Whether a command or a web address is told."""
    late_after: timedelta = LATE_AFTER
    _state: AlertState | None = None
    """None while nothing is to be heard: what comes then is no news, and costs nothing."""
    _open: bool = False
    """Whether the last view was of a night that is read: what it held until then is no news."""
    _last: tuple[View, datetime] | None = None
    """The last view of the live night, and when it came."""
    _rang_at: datetime | None = None
    _before: tuple[bool, bool, bool] = (True, False, False)
    _news: tuple[str, ...] = ()

    @property
    def on(self) -> bool:
        """Whether anything is made heard."""
        return self.bell or self.notify or self.sends

    @property
    def waits(self) -> bool:
        """Whether something is to be told as soon as the last alert is old enough."""
        return self._state is not None and bool(self._state.waiting)

    @property
    def says(self) -> str:
        """What is made heard, in words."""
        heard = ["bell"] * self.bell + ["desktop notice"] * self.notify
        heard += ["command or web address"] * self.sends
        return " and ".join(heard)

    def toggle(self) -> None:
        """Be still, or ring; with nothing chosen, ring the bell."""
        if self.on:
            self._before = (self.bell, self.notify, self.sends)
            self.bell = self.notify = self.sends = False
        else:
            self.bell, self.notify, self.sends = self._before

    def hear(
        self, view: View, watched: frozenset[PlaceId], now: datetime, style: HouseStyle
    ) -> str:
        """Return one line to ring for, or nothing.

        A replay never rings, and a look back only for trouble with the feed or the recording.
        """
        if view.mode == "replay":
            return ""
        rules = replace(self.rules, watched=watched)
        if view.mode != "live":
            return self._hear_behind(view, rules, now)
        was_open, last = self._open, self._last
        self._open, self._last = view.source.state != "loading", (view, now)
        if not was_open or not self._open or not self.on:
            self._state = None
            return ""
        state = self._state or self._opened(*(last or self._last), rules)
        condition = Condition.of(view, now, self.late_after)
        return self._told(alerts(view.standing, state, rules, now, style, condition=condition))

    def _hear_behind(self, view: View, rules: AlertRules, now: datetime) -> str:
        """Return one line to ring for while the night goes on behind a look back, or nothing."""
        if self._last is None or not self._open or not self.on:
            return ""
        state = self._state or self._opened(*self._last, rules)
        return self._told(
            alerts_looking_back(state, rules, now, Condition.of(view, now, self.late_after))
        )

    def _opened(self, view: View, at: datetime, rules: AlertRules) -> AlertState:
        """Return the state of a desk that saw a view, and all before it, and told nothing."""
        opened = opening_state(view.standing, rules, Condition.of(view, at, self.late_after))
        return replace(opened, rang_at=self._rang_at)

    def _told(self, heard: Alerts) -> str:
        self._state, self._rang_at = heard.state, heard.state.rang_at
        self._news += heard.news
        return one_line(heard.told) if heard.told else ""

    def take_news(self) -> tuple[str, ...]:
        """Return once what is worth an alert and has come since, whether it could ring or not."""
        news, self._news = self._news, ()
        return news

    def take_what_waits(self) -> str:
        """Return at the end, as one line, what has not been old enough to be told, or nothing."""
        if self._state is None or not (waiting := self._state.waiting):
            return ""
        self._state = replace(self._state, waiting=())
        return one_line(waiting)


def alert_rules(options: Options) -> AlertRules:
    """Return what the options say of when to ring."""
    quiet = None if options.quiet_hours is None else QuietHours.parse(options.quiet_hours)
    return AlertRules(
        changes=options.alert_changes,
        net=options.alert_net,
        causes=frozenset(options.alert_causes),
        regions=frozenset(region.casefold() for region in options.alert_regions),
        majority=options.alert_majority,
        quiet=quiet,
        dead_feed_breaks_quiet=options.alert_dead_feed,
    )


def desktop_notice(text: str, environment: Mapping[str, str]) -> str:
    """Return the terminal sequence of a desktop notice with only plain text in it.

    It is OSC 99 in kitty, where a newer notice takes the older one's place, OSC 9 in iTerm and
    ConEmu, and OSC 777 elsewhere; tmux is asked to pass it on.
    """
    said = cut(text, _LONGEST)
    if "KITTY_WINDOW_ID" in environment or environment.get("TERM") == "xterm-kitty":
        sequence = f"\x1b]99;i=nightdesk:d=0;nightdesk\x1b\\\x1b]99;i=nightdesk:p=body;{said}\x1b\\"
    elif (
        "ConEmuPID" in environment
        or environment.get("TERM_PROGRAM") == "iTerm.app"
        or environment.get("LC_TERMINAL") == "iTerm2"
    ):
        sequence = f"\x1b]9;nightdesk: {said}\x07"
    else:
        sequence = f"\x1b]777;notify;nightdesk;{said.replace(';', ',')}\x07"
    if not environment.get("TMUX"):
        return sequence
    return "\x1bPtmux;" + sequence.replace("\x1b", "\x1b\x1b") + "\x1b\\"
