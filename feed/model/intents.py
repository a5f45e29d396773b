"""What a viewer asks of the session, as a value."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, Protocol

from feed.records import record

StepBy = Literal["entry", "declaration", "change"]
"""What a step goes to: the next entry, declaration or change of control."""


@record(frozen=True, slots=True)
class Intent:
    """Something a viewer asks of the session."""

    what: Literal[
        "toggle", "step", "seek", "nudge", "position", "entry", "faster", "slower", "normal",
        "edge", "loop", "gap", "stage", "give_way", "stop",
    ]  # fmt: skip
    by: StepBy = "entry"
    direction: Literal[1, -1] = 1
    moment: datetime | None = None
    seconds: float = 0.0
    number: int = 0
    text: str = ""
    """What the presenter's wall shows, where that is told."""


class Driven(Protocol):
    """What a screen needs of a session: to start and stop it, and to ask it for moves."""

    def start(self) -> None:
        """Begin; views come from now on."""

    def stop(self, timeout: float = 3.0) -> None:
        """End; the recording is closed."""

    def ask(self, intent: Intent) -> None:
        """Ask for a move."""

    def rescan(self) -> None:
        """Ask the source to look again."""
