"""When to sweep, to look at the root and to hang the bell again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

TURN: Final = 0.25
_SWEEP: Final = 2.0
_SWEEP_WITHOUT_BELL: Final = 0.5
_SHARE_WITH_BELL: Final = 100
_SHARE_WITHOUT_BELL: Final = 10
_ROOT: Final = 1.0
_SLEPT: Final = 3.0
_FIRST_BACKOFF: Final = 0.1
_LONGEST_BACKOFF: Final = 5.0
_QUIET: Final = 60.0
_FIRST_RING: Final = 1.0


class Rota:
    """The due times of a source, all by `clock`.

    `period` fixes the time between two sweeps, `turn` is the longest wait before it looks round.
    """

    def __init__(
        self, clock: Callable[[], float], period: float | None, *, bell: bool, turn: float = TURN
    ) -> None:
        self._clock = clock
        self._turn = turn
        self._period = period
        self._wants_bell = bell
        now = clock()
        self._sweep = now + (_FIRST_RING if bell else 0.0)
        self._root = now + _ROOT
        self._bell: float | None = now if bell else None
        self._retry: float | None = None
        self._backoff = _FIRST_BACKOFF
        self._hung_at: float | None = None

    @property
    def has_bell(self) -> bool:
        """Tell whether a bell is hung and known to work."""
        return self._hung_at is not None

    @property
    def period(self) -> float:
        """Give the seconds between two sweeps, apart from what a sweep costs."""
        if self._period is not None:
            return self._period
        return _SWEEP if self.has_bell else _SWEEP_WITHOUT_BELL

    def wait_for(self) -> float:
        """Give the seconds to wait at most before looking round again."""
        dues = [self._sweep, self._root, self._bell, self._retry]
        first = min(due for due in dues if due is not None)
        return min(self._turn, max(0.0, first - self._clock()))

    def has_slept(self, asked: float, waited: float) -> bool:
        """Tell from a wait that took far too long that the process was stopped or suspended."""
        return waited > asked + _SLEPT

    def sweep_soon(self, seconds: float = 0.0) -> None:
        """Bring the next sweep forward."""
        self._sweep = min(self._sweep, self._clock() + seconds)

    def sweep_is_due(self) -> bool:
        """Tell whether it is time to sweep."""
        return self._clock() >= self._sweep

    def swept(self, cost: float) -> None:
        """Set the next sweep after one that took `cost` seconds to list the folder."""
        share = _SHARE_WITH_BELL if self.has_bell else _SHARE_WITHOUT_BELL
        self._sweep = self._clock() + max(self.period, share * cost)

    def root_is_due(self) -> bool:
        """Tell whether it is time to look at the root; the next time is set."""
        now = self._clock()
        if now < self._root:
            return False
        self._root = now + _ROOT
        return True

    def retry_after(self, seconds: float | None) -> None:
        """Set when the first waiting file is due."""
        self._retry = None if seconds is None else self._clock() + seconds

    def retry_is_due(self) -> bool:
        """Tell whether a waiting file is due."""
        return self._retry is not None and self._clock() >= self._retry

    def bell_is_due(self) -> bool:
        """Tell whether the bell should be hung now."""
        return self._bell is not None and self._clock() >= self._bell

    def bell_hangs(self) -> None:
        """Note that the bell works from now on."""
        self._hung_at = self._clock()

    def bell_is_being_hung(self) -> None:
        """Note that the bell was sent for."""
        self._bell = None

    def bell_is_down(self, *, hang_at_once: bool = False) -> None:
        """Note that the bell is gone, and set when to hang it again, each time a little later."""
        now = self._clock()
        if hang_at_once or (self._hung_at is not None and now - self._hung_at > _QUIET):
            self._backoff = _FIRST_BACKOFF
        self._hung_at = None
        if self._wants_bell:
            self._bell = now + (0.0 if hang_at_once else self._backoff)
            self._backoff = min(_LONGEST_BACKOFF, 2 * self._backoff)

    def no_bell_while_lost(self) -> None:
        """Note that there is nothing to hang a bell on."""
        self._hung_at = self._bell = None
