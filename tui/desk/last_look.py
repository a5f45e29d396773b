"""Since when somebody has not looked: a long silence at the keys, or a pause."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from feed.clock import utc_now
from feed.english import counted
from feed.model.standing import Standing
from feed.model.view import View
from tui.settings.remembered import NightMemory

SILENCE = 300.0
"""Seconds without a key after which whoever presses the next one has been away."""
_KEPT_EVERY = 60.0
"""Seconds from one time that the last key is remembered to the next."""


@dataclass(frozen=True, slots=True)
class LastLook:
    """What was on the screen when it was last looked at."""

    looked_at: Standing
    """What "what did I miss" counts from."""
    at_last_key: Standing
    last_key: float

    @classmethod
    def at_start(cls, now: float) -> LastLook:
        """Nothing has been seen yet."""
        return cls(Standing(), Standing(), now)

    def key_pressed(self, standing: Standing, now: float) -> LastLook:
        """Take a key at monotonic time `now`; after a silence, what came meanwhile was missed."""
        missed = now - self.last_key >= SILENCE
        looked_at = self.at_last_key if missed else self.looked_at
        return LastLook(looked_at, standing, now)

    def remembered(self, standing: Standing) -> LastLook:
        """Take what stood when somebody last looked, in an earlier run of the desk."""
        return replace(self, looked_at=standing, at_last_key=standing)

    def paused_at(self, standing: Standing) -> LastLook:
        """Take a pause: what comes from here on is missed until it ends."""
        return replace(self, looked_at=standing)

    def caught_up(self, standing: Standing) -> LastLook:
        """Take that everything up to `standing` was read."""
        return replace(self, looked_at=standing)

    def hint(self, standing: Standing) -> str:
        """Return how much was missed, for a notice after a silence; empty when nothing was."""
        declared = standing.progress[0] - self.looked_at.progress[0]
        entries = len(standing.log) - len(self.looked_at.log)
        if entries <= 0:
            return ""
        told = counted(entries, "entry", "entries")
        return f"While you were away: {declared} declared, {told} · m sums them up"


class LookMemory:
    """Remembers over a restart when somebody was last at the keys of a live night."""

    def __init__(self, memory: NightMemory | None = None) -> None:
        self._memory = memory
        self._recalled = False
        self._source = ""
        self._at: datetime | None = None
        self._kept = float("-inf")

    def take(self, view: View) -> Standing | None:
        """Return once, of the first view that is whole, the standing at the last look."""
        if self._recalled or view.mode == "replay" or view.source.state == "loading":
            return None
        self._recalled = True
        return view.seen

    def key_pressed(self, view: View, now: float) -> None:
        """Take a key at monotonic time `now`, and remember it now and then."""
        if not self._recalled or view.mode == "replay":
            return
        self._source, self._at = view.source.path, utc_now()
        if now - self._kept >= _KEPT_EVERY:
            self._kept = now
            self.close()

    def close(self) -> None:
        """Remember the last key."""
        if self._memory is not None and self._source and self._at is not None:
            self._memory.keep(self._source, looked_at=self._at)
