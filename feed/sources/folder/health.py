"""How a folder source is, in one word for the program and one sentence for the reader."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from feed.clock import hh_mm
from feed.model.view import SourceHealth

_MISSING: Final = frozenset({"", "no such file or directory", "not a directory"})


@dataclass(slots=True)
class FolderCondition:
    """What is known about the folder and the notices of its changes."""

    polling_because: str = ""
    """Why there are no notices that can be relied on, by choice or by the file system."""
    loaded: bool = False
    lost_at: datetime | None = None
    lost_because: str = ""
    watcher_trouble: str = ""
    trouble: str = ""

    def applied_to(self, health: SourceHealth, period: float) -> SourceHealth:
        """Put it into `health`; `period` is the time between two sweeps."""
        if self.lost_at is not None:
            return replace(health, state="lost", says=f"feed directory {self._lost_how()}")
        if self.trouble:
            return replace(health, says=f"trouble with the feed: {self.trouble}")
        if not self.loaded:
            return replace(health, state="loading", says="reading the feed folder")
        because = self.polling_because or self.watcher_trouble
        if because:
            says = f"{because}: looking every {period:g} s"
            return replace(health, state="polling", says=says)
        return replace(health, state="ok", says="")

    def _lost_how(self) -> str:
        since = "" if self.lost_at is None else hh_mm(self.lost_at)
        if self.lost_because in _MISSING:
            return f"missing since {since}"
        return f"cannot be read since {since} ({self.lost_because})"
