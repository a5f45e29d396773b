"""One element of an agency message, whichever notation it travelled in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from feed.formats.rejecting import quoted
from feed.model.messages import ElectionRef
from feed.safe_text import clean

_TEST_WORD = re.compile(r"(?:^|\s)Test\b(?! Valley)")


@dataclass(slots=True, eq=False)
class Node:
    """An element: its name, its attributes, its children and the line that it begins on."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    line: int | None = None

    def all(self, name: str) -> Iterator[Node]:
        """Return the children of that name."""
        return (child for child in self.children if child.name == name)

    def first(self, name: str) -> Node | None:
        """Return the first child of that name, if there is one."""
        return next(self.all(name), None)

    def below(self, name: str) -> Node | None:
        """Return the first of that name among the children, or among those of `Election`."""
        election = self.first("Election")
        return self.first(name) or (None if election is None else election.first(name))

    @property
    def label(self) -> str:
        """Name the element in a sentence: `Council “Alderton”`."""
        name = clean(self.attributes.get("name", ""))
        return f"{self.name} {quoted(name)}" if name else self.name


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a message says of itself, for all that it carries."""

    election: ElectionRef
    type: str = ""
    """The agency's letter for the kind of election: M for a mayor, P for a commissioner."""
    revision: int = 1
    test: bool = False


def is_test_name(name: str) -> bool:
    """Whether a person or an election is marked as test data; Test Valley is not."""
    return _TEST_WORD.search(name) is not None
