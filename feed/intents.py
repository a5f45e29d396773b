"""What a viewer asks of the session, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from feed.night import StepBy


@dataclass(frozen=True, slots=True)
class Intent:
    """Something a viewer asks of the session."""

    what: Literal[
        "toggle", "step", "seek", "nudge", "position", "entry", "faster", "slower", "normal",
        "edge", "loop", "gap", "stop",
    ]  # fmt: skip
    by: StepBy = "entry"
    direction: Literal[1, -1] = 1
    moment: datetime | None = None
    seconds: float = 0.0
    number: int = 0
