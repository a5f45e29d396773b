"""A line of text while it is typed: what each key makes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

MOST_TYPED = 200
"""Characters that a line takes; more is left out."""


@dataclass(frozen=True, slots=True)
class TypedText:
    """Some text, and how many of its characters stand before the caret."""

    text: str = ""
    at: int = 0

    @classmethod
    def ended(cls, text: str) -> TypedText:
        """Return a text with the caret at its end."""
        return cls(text, len(text))

    def inserted(self, more: str) -> TypedText:
        """Return the text with what was typed or pasted at the caret; of many lines it is one."""
        kept = "".join(char for char in " ".join(more.split("\n")) if char.isprintable())
        kept = kept[: max(0, MOST_TYPED - len(self.text))]
        return TypedText(self.text[: self.at] + kept + self.text[self.at :], self.at + len(kept))

    def after_key(self, key: str, character: str | None) -> TypedText | None:
        """Return what a key makes of it; none for a key that edits nothing.

        Args:
            key: Textual's name of the key.
            character: what it types, if anything.
        """
        if character is not None and character.isprintable():
            return self.inserted(character)
        edit = _EDITS.get(key)
        if edit is None:
            return None
        before, behind = edit(self.text[: self.at], self.text[self.at :])
        return TypedText(before + behind, len(before))


def _without_last_word(text: str) -> str:
    kept = text.rstrip()
    return kept[: kept.rfind(" ") + 1]


_EDITS: Mapping[str, Callable[[str, str], tuple[str, str]]] = MappingProxyType(
    {
        "backspace": lambda before, behind: (before[:-1], behind),
        "delete": lambda before, behind: (before, behind[1:]),
        "ctrl+w": lambda before, behind: (_without_last_word(before), behind),
        "ctrl+u": lambda _before, behind: ("", behind),
        "ctrl+k": lambda before, _behind: (before, ""),
        "left": lambda before, behind: (before[:-1], before[-1:] + behind),
        "right": lambda before, behind: (before + behind[:1], behind[1:]),
        "home": lambda before, behind: ("", before + behind),
        "end": lambda before, behind: (before + behind, ""),
    }
)
"""A key -> what stands before and behind the caret after it."""
