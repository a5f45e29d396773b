"""What passes between the desk's thread and the screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from feed.model.view import View  # with all of the night's model, behind the first frame


class StandingReady(Message):
    """A new view is ready; one that waits to be drawn is replaced by the newer."""

    def __init__(self, view: View) -> None:
        super().__init__()
        self.view = view

    def can_replace(self, message: Message) -> bool:
        """Say that of several waiting views only the newest is drawn."""
        return isinstance(message, StandingReady)


class StageTold(Message):
    """The presenter's wall shows, or keeps back, something else than before."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        """The stage as JSON, for those who follow over a hub."""
