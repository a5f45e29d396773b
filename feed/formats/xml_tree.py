"""A tree of XML elements by their local names, with their text and lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl, Locator

_DEEPEST = 64


class TooDeepError(ValueError):
    """Elements that stand in one another without end."""


@dataclass(slots=True)
class Branch:
    """One element: its name in small letters, its text, its children."""

    name: str
    line: int | None
    text: str = ""
    children: list[Branch] = field(default_factory=list)

    def own(self, names: Sequence[str]) -> str:
        """Return the text of the first child of one of the names; empty where there is none."""
        for name in names:
            for child in self.children:
                if child.name == name and not child.children and child.text.strip():
                    return child.text.strip()
        return ""

    def first(self, names: Sequence[str]) -> str:
        """Return the text of the first of the names here or further down, wards left aside."""
        found = self.own(names)
        for child in self.children:
            if not found and child.name not in ("candidate", "candidates", "wards"):
                found = child.first(names)
        return found

    def below(self, name: str) -> Iterator[Branch]:
        """Return the elements of that name at any depth."""
        for child in self.children:
            if child.name == name:
                yield child
            else:
                yield from child.below(name)

    def above(self, name: str) -> Iterator[Branch]:
        """Return the elements that hold elements of that name, straight or in a list of them."""
        holds = (self, *(child for child in self.children if child.name == f"{name}s"))
        if any(child.name == name for holder in holds for child in holder.children):
            yield self
        for child in self.children:
            if child.name not in (name, f"{name}s"):
                yield from child.above(name)


class TreeBuilder(ContentHandler):
    """Builds the tree; attributes count as children."""

    def __init__(self) -> None:
        super().__init__()
        self.root: Branch | None = None
        self._open: list[Branch] = []
        self._locator: Locator | None = None

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802
        """Keep what knows the line."""
        self._locator = locator

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        """Add an element to the one that is open."""
        line = self._locator.getLineNumber() if self._locator else None
        branch = Branch(_local(name), line)
        branch.children = [Branch(_local(key), line, value) for key, value in attrs.items()]
        if len(self._open) >= _DEEPEST:
            raise TooDeepError(f"elements stand more than {_DEEPEST} deep")
        if self._open:
            self._open[-1].children.append(branch)
        else:
            self.root = branch
        self._open.append(branch)

    def endElement(self, name: str) -> None:  # noqa: ARG002, N802
        """Close the element."""
        self._open.pop()

    def characters(self, content: str) -> None:
        """Add to the text of the element that is open."""
        self._open[-1].text += content


def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()
