"""What the desk keeps in sight, and what was acknowledged, also over a restart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from feed.clock import hh_mm
from feed.model.standing import Problem, Standing
from feed.model.terms import LATE_AFTER, USUAL_CAUSES, AlertCause
from feed.model.view import View
from feed.reports.alerts import Condition
from feed.reports.pinned import TROUBLE, Acknowledged, KeyedProblems, Pin, pins
from feed.reports.silence import Silence
from tui.settings.remembered import NightMemory

_MOST_NEWS = 99


@dataclass(slots=True)
class PinnedAlerts:
    """What is in sight of a live night, also while somebody looks back; a replay has none."""

    causes: frozenset[AlertCause] = frozenset(USUAL_CAUSES)
    late_after: timedelta = LATE_AFTER
    memory: NightMemory | None = None
    pins: tuple[Pin, ...] = ()
    _news: tuple[Pin, ...] = ()
    """Alerts that are no state of things: they stay until they are acknowledged."""
    _done: Acknowledged = field(default_factory=Acknowledged)
    _problems: KeyedProblems = field(default_factory=KeyedProblems)
    _newest: KeyedProblems = field(default_factory=KeyedProblems)
    """Those of the live night, whatever is looked at."""
    _source: str = ""
    """The feed whose acknowledgements are remembered."""

    def take(self, view: View, now: datetime) -> Silence:
        """Take a view, or the same one as time goes on; return what its silence means."""
        judged = Condition.of(view, now, self.late_after)
        if view.mode != "replay" and view.source.state != "loading":
            self._take(view, judged)
        return judged.silence

    def _take(self, view: View, condition: Condition) -> None:
        if view.mode == "live":
            before = self._remembered(view.source.path)
            self._newest = self._problems_of(view.standing)
            self._done = self._done.kept(self._newest, condition)
            if self._done.keys != before:
                self._keep()
        else:  # of a view of the past, only the feed and the recording are as they are now
            condition = condition.looking_back()
        self.pins = (*pins(self._newest, condition, self._done, self.causes), *self._news)

    def tell(self, news: Iterable[str], now: datetime) -> None:
        """Keep alerts in sight, the newest first."""
        for words in news:
            said = f"{hh_mm(now)} {words}"
            self._news = (Pin(frozenset(), said, said), *self._news)[:_MOST_NEWS]

    def acknowledge(self) -> int:
        """Acknowledge all that is in sight; return how many sentences it was."""
        count = len(self.pins)
        self._news = ()
        self._acknowledge(key for pin in self.pins for key in pin.keys)
        self.pins = ()
        return count

    def acknowledge_problems(self, problems: Iterable[Problem], standing: Standing) -> None:
        """Acknowledge some problems of a standing."""
        wanted = set(problems)
        found = self._problems_of(standing)
        keys = zip(found.problems, found.keys, strict=True)
        self._acknowledge(key for problem, key in keys if problem in wanted)

    def open_problems(self, standing: Standing) -> tuple[Problem, ...]:
        """Return the problems that nobody has acknowledged."""
        return self._problems_of(standing).unacknowledged(self._done)

    def counted(self, view: View) -> View:
        """Return a view with what is pinned of it, and how many problems are acknowledged."""
        kinds = frozenset(kind for kind in TROUBLE if any(kind in it.keys for it in self.pins))
        if kinds != view.pinned:
            view = replace(view, pinned=kinds)
        count = len(view.standing.problems)
        if not count or not self._done.keys:
            return view
        return replace(view, acknowledged=count - len(self.open_problems(view.standing)))

    def _problems_of(self, standing: Standing) -> KeyedProblems:
        self._problems = self._problems.following(standing.problems)
        return self._problems

    def _remembered(self, source: str) -> frozenset[str]:
        """Return what has been acknowledged; of a feed that is seen first, what is remembered."""
        if source and source != self._source:
            self._source = source
            if self.memory is not None:
                self._done = self._done.with_all(self.memory.of(source).acknowledged)
        return self._done.keys

    def _acknowledge(self, keys: Iterable[str]) -> None:
        self._done = self._done.with_all(keys)
        self._keep()

    def _keep(self) -> None:
        if self.memory is not None and self._source:
            self.memory.keep(self._source, acknowledged=self._done.keys)
