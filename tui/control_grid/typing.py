"""Typing ahead on the control grid: the letters and the keys, while a name is typed."""

from __future__ import annotations

from textual.events import Blur, Key
from textual.message import Message

from tui.control_grid.cursor import GridCursor
from tui.control_grid.jump import Jump, jump_to

_MOST_TYPED = 40
_ENDS_JUMP = frozenset({"escape", "left", "right", "pageup", "pagedown", "home", "end"})


class GridTyping(GridCursor):
    """Takes letters for the beginning of a council's name from `begin_jump` on."""

    _jump: Jump | None = None

    class JumpChanged(Message, namespace="control_grid"):
        """Typing ahead has begun or ended."""

    @property
    def jumping(self) -> bool:
        """Whether letters are typed ahead, so that they are no commands."""
        return self._jump is not None

    def begin_jump(self) -> None:
        """Take the letters typed from now on for the beginning of a council's name."""
        self._jump_to("")

    def end_jump(self) -> None:
        """Let letters be commands again; the cursor stays where it has come to."""
        if self._jump is not None:
            self._jump = None
            self.entitle()
            self.post_message(self.JumpChanged())

    def jump_again(self) -> None:
        """Look for what is typed among the councils of now."""
        if self._jump is not None:
            self._find(self._jump.typed)
            self.entitle()

    def title_words(self) -> str:
        """Give what is typed, while something is."""
        return super().title_words() if self._jump is None else self._jump.title(self.selected)

    def on_key(self, event: Key) -> None:
        """While a name is typed, take its letters, and the keys that go from match to match."""
        if self._jump is None:
            return
        typed = self._jump.typed
        if event.key in _ENDS_JUMP:
            self.end_jump()
            if event.key != "escape":
                return
        elif event.key in {"up", "down"}:
            self._select_match(1 if event.key == "down" else -1)
        elif event.key == "backspace":
            self._jump_to(typed[:-1]) if typed else self.end_jump()
        elif event.key == "enter" and typed and not self._jump.found:
            pass
        elif event.character is None or not event.is_printable:
            self.end_jump()
            return
        elif len(typed) < _MOST_TYPED and (typed or event.character != " "):
            self._jump_to(typed + event.character)
        event.stop()
        event.prevent_default()

    def on_blur(self, event: Blur) -> None:
        """End what was being typed; the base dims the cursor."""
        del event
        self.end_jump()

    def _jump_to(self, typed: str) -> None:
        begun = self._jump is None
        self._find(typed)
        self._select_match(0)
        if begun:
            self.post_message(self.JumpChanged())

    def _find(self, typed: str) -> None:
        order = self.laid_out.order
        self._jump = jump_to(typed, [self._councils[place] for place in order])

    def _select_match(self, by: int) -> None:
        if self._jump is None:
            return
        place = self._jump.beside(self.selected, by) if by else next(iter(self._jump.found), None)
        if place is not None:
            self.cursor = self.laid_out.places[place]
        self.entitle()
