"""When to sweep, to look at the root and to start the watcher again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

LONGEST_WAIT: Final = 1.0
_SWEEP: Final = 2.0
_SWEEP_WITHOUT_WATCHER: Final = 0.5
_SHARE_WITH_WATCHER: Final = 100
_SHARE_WITHOUT_WATCHER: Final = 10
_ROOT: Final = 1.0
_NEAR: Final = 0.25
"""A sweep that is due so soon after a look at the root makes that look needless."""
_SLEPT: Final = 3.0
_FIRST_BACKOFF: Final = 0.1
_LONGEST_BACKOFF: Final = 5.0
_QUIET: Final = 60.0
_FIRST_NOTICE: Final = 1.0


class Schedule:
    """The due times of a source, all by `clock`.

    `period` fixes the seconds between two sweeps, `longest_wait` those before it looks round.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        period: float | None,
        *,
        watcher: bool,
        longest_wait: float = LONGEST_WAIT,
    ) -> None:
        self._clock = clock
        self._longest_wait = longest_wait
        self._period = period
        self._wants_watcher = watcher
        now = clock()
        self._sweep = now + (_FIRST_NOTICE if watcher else 0.0)
        self._root = now + _ROOT
        self._watcher_due: float | None = now if watcher else None
        self._retry: float | None = None
        self._backoff = _FIRST_BACKOFF
        self._works_since: float | None = None

    @property
    def has_watcher(self) -> bool:
        """Whether a watcher is known to work."""
        return self._works_since is not None

    @property
    def period(self) -> float:
        """Return the seconds between two sweeps, apart from what a sweep costs."""
        if self._period is not None:
            return self._period
        return _SWEEP if self.has_watcher else _SWEEP_WITHOUT_WATCHER

    def wait_for(self) -> float:
        """Return the seconds to wait at most before looking round again."""
        dues = [self._sweep, self._root, self._watcher_due, self._retry]
        first = min(due for due in dues if due is not None)
        return min(self._longest_wait, max(0.0, first - self._clock()))

    def has_slept(self, asked: float, waited: float) -> bool:
        """Whether the process was stopped or suspended: a wait took far too long."""
        return waited > asked + _SLEPT

    def sweep_soon(self, seconds: float = 0.0) -> None:
        """Bring the next sweep forward."""
        self._sweep = min(self._sweep, self._clock() + seconds)

    def sweep_is_due(self) -> bool:
        """Whether it is time to sweep."""
        return self._clock() >= self._sweep

    def swept(self, cost: float) -> None:
        """Set the next sweep after one that took `cost` seconds to list the folder."""
        share = _SHARE_WITH_WATCHER if self.has_watcher else _SHARE_WITHOUT_WATCHER
        self._sweep = self._clock() + max(self.period, share * cost)

    def root_is_due(self) -> bool:
        """Whether it is time to look at the root; the next time is set."""
        now = self._clock()
        if now < self._root:
            return False
        self._root = now + _ROOT
        if abs(self._sweep - self._root) < _NEAR:
            self._root = self._sweep + _ROOT
        return True

    def retry_after(self, seconds: float | None) -> None:
        """Set when the first waiting file is due."""
        self._retry = None if seconds is None else self._clock() + seconds

    def retry_is_due(self) -> bool:
        """Whether a waiting file is due."""
        return self._retry is not None and self._clock() >= self._retry

    def watcher_is_due(self) -> bool:
        """Whether the watcher should be started now."""
        return self._watcher_due is not None and self._clock() >= self._watcher_due

    def watcher_works(self) -> None:
        """Note that the watcher works from now on."""
        self._works_since = self._clock()

    def watcher_is_starting(self) -> None:
        """Note that the watcher is being started."""
        self._watcher_due = None

    def watcher_is_down(self, *, start_at_once: bool = False) -> None:
        """Note that the watcher has ended, and set its next start, each time a little later."""
        now = self._clock()
        if start_at_once or (self._works_since is not None and now - self._works_since > _QUIET):
            self._backoff = _FIRST_BACKOFF
        self._works_since = None
        if self._wants_watcher:
            self._watcher_due = now + (0.0 if start_at_once else self._backoff)
            self._backoff = min(_LONGEST_BACKOFF, 2 * self._backoff)

    def no_watcher_while_lost(self) -> None:
        """Note that there is nothing to watch."""
        self._works_since = self._watcher_due = None
