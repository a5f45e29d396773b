"""A tree of XML elements with their attributes, texts and lines, straight from the parser."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal
from xml.parsers import expat  # no document type is let in, so no entity either

from feed.formats.rejecting import quoted
from feed.safe_text import clean

_DEEPEST = 64


class XmlError(ValueError):
    """The XML cannot be taken: what is wrong with it, on which line, and of what kind that is."""

    def __init__(self, kind: Literal["broken", "doctype", "other"], what: str, line: int) -> None:
        super().__init__(what)
        self.kind = kind
        self.what = what
        self.line = line


@dataclass(slots=True, eq=False)
class Node:
    """An element: its name, its attributes, its children and the line that it begins on."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    line: int | None = None
    text: str = ""

    def all(self, name: str) -> Iterator[Node]:
        """Return the children of that name."""
        return (child for child in self.children if child.name == name)

    def first(self, name: str) -> Node | None:
        """Return the first child of that name, if there is one."""
        for child in self.children:
            if child.name == name:
                return child
        return None

    @property
    def label(self) -> str:
        """Name the element in a sentence: `Council “Alderton”`."""
        name = clean(self.attributes.get("name", ""))
        return f"{self.name} {quoted(name)}" if name else self.name


def parse_xml(data: bytes, *, with_text: bool = False) -> Node:
    """Return the root of the tree; the texts between elements are kept on request.

    A document type is refused, and with it every entity of the file's own: nothing is expanded
    and nothing is fetched. So are elements that stand in one another without end.

    Raises:
        XmlError: when the XML is broken or refused.

    """
    tree = _Tree(with_text=with_text)
    parser = tree.parser
    try:
        parser.Parse(data, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise XmlError("broken", expat.ErrorString(error.code), error.lineno) from error
    except XmlError:
        raise
    except (ValueError, LookupError) as error:  # of an encoding that is not known
        raise XmlError("other", str(error), parser.CurrentLineNumber) from error
    return tree.root


def is_whole_xml(data: bytes) -> bool:
    """Whether XML is read to its end; one that declares entities will be refused as it stands."""

    def refuse(*_declared: object) -> None:
        raise XmlError("doctype", "it declares entities", parser.CurrentLineNumber)

    parser = expat.ParserCreate()
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except XmlError:
        return True
    except (expat.ExpatError, ValueError, LookupError):
        return False
    return True


class _Tree:
    """Takes what the parser comes upon."""

    def __init__(self, *, with_text: bool) -> None:
        self.root = Node("")
        self.parser = parser = expat.ParserCreate()
        self._within: list[Node] = []
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        if with_text:
            parser.CharacterDataHandler = self._text

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        line, within = self.parser.CurrentLineNumber, self._within
        node = Node(name, attributes, [], line)
        if len(within) >= _DEEPEST:
            raise XmlError("other", f"elements stand more than {_DEEPEST} deep", line)
        if within:
            within[-1].children.append(node)
        else:
            self.root = node
        within.append(node)

    def _end(self, _name: str) -> None:
        self._within.pop()

    def _text(self, text: str) -> None:
        self._within[-1].text += text

    def _refuse_doctype(
        self, name: str, system: str | None, public: str | None, _internal: int
    ) -> None:
        what = f"DTDForbidden(name='{name}', system_id={system!r}, public_id={public!r})"
        raise XmlError("doctype", what, self.parser.CurrentLineNumber)
