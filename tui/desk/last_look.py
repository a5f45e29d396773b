"""Since when somebody has not looked: a long silence at the keys, or a pause."""

from __future__ import annotations

from dataclasses import dataclass, replace

from feed.model.standing import Standing

SILENCE = 300.0
"""Seconds without a key after which whoever presses the next one has been away."""


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
        told = f"{entries:,} {'entry' if entries == 1 else 'entries'}"
        return f"While you were away: {declared} declared, {told} · m sums them up"
