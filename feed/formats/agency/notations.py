"""The agency's messages in both notations: XML, and JSON made from it."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Sequence

from feed.formats.agency.messages import ROOTS, message_rejected, statements_of
from feed.formats.xml_tree import Node, XmlError, parse_xml
from feed.model.arrival import Arrival
from feed.model.messages import Statement

_HEAD = 8192
_ROOT = re.compile(
    r"(?>\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)*+<(?P<name>[A-Za-z]+)",
    re.DOTALL,
)
_ELECTION = re.compile(r"<Election\s[^>]*\b(?:paId|type|date)\s*=")
"""What all of the agency's messages have, also of kinds that are not read."""
_CUT_SHORT = ("no element found", "unclosed token", "unclosed CDATA section", "partial character")
_SEND_AGAIN = "Ask for it to be sent again."


def is_agency_xml(data: bytes) -> bool:
    """Whether, by its first bytes, `data` is XML that begins with one of the agency's roots."""
    head = _decoded(data[:_HEAD])
    match = _ROOT.match(head)
    if match is None:
        return False
    name = match["name"]
    is_cut_short = match.end() == len(head)
    if name in ROOTS or (is_cut_short and any(root.startswith(name) for root in ROOTS)):
        return True
    return _ELECTION.search(head, match.end()) is not None


def read_agency_xml(arrival: Arrival) -> tuple[Statement, ...]:
    """Read one message; what cannot be read becomes a rejection with its line."""
    try:
        root = parse_xml(arrival.data)
    except XmlError as error:
        if error.kind == "broken":
            return _broken_xml(error, arrival.data)
        if error.kind == "doctype":
            what = "The file has a document type or entities of its own; expected plain XML."
            return message_rejected(error.line, what, "Ask for it to be sent without them.")
        what = f"The XML cannot be read: {error.what[:200]}."
        return message_rejected(error.line, what, _SEND_AGAIN)
    return statements_of(root, arrival.path)


def _broken_xml(error: XmlError, data: bytes) -> tuple[Statement, ...]:
    line, message = error.line, error.what
    if not data.strip():
        return message_rejected(1, "The file is empty.", _SEND_AGAIN)
    if message in _CUT_SHORT:
        return message_rejected(
            line, "The file is cut short: the XML stops before its end.", _SEND_AGAIN
        )
    if _is_wrongly_encoded(data):
        what = "The file is not UTF-8 and does not say what else it is."
        fix = "Ask for it to be sent as UTF-8, or with its encoding in the first line."
        return message_rejected(line, what, fix)
    return message_rejected(line, f"The XML is broken: {message}.", _SEND_AGAIN)


def _is_wrongly_encoded(data: bytes) -> bool:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"encoding" in data[:100]:
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return True
    return False


def _decoded(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", "ignore")
    if head.startswith((b"<\0", b"\0<")):
        return head.decode("utf-16-le" if head.startswith(b"<") else "utf-16-be", "ignore")
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1")


def is_agency_json(obj: object) -> bool:
    """Whether decoded JSON is a message of the agency's, or a list with one in it."""
    if isinstance(obj, list):
        return any(_roots_in(item) for item in obj)
    return bool(_roots_in(obj))


def read_agency_json(arrival: Arrival) -> tuple[Statement, ...]:
    """Read one message or a list of them; what cannot be read becomes a rejection.

    A key that stands twice in one object refuses the file: half of it would be lost.
    """
    try:
        decoded = json.loads(arrival.data, object_pairs_hook=_object)
        said = _read(decoded, arrival.path)
    except json.JSONDecodeError as error:
        return _broken_json(error)
    except RecursionError:
        return message_rejected(None, "The JSON is nested too deep to be a message.", _SEND_AGAIN)
    except UnicodeDecodeError:
        return message_rejected(None, "The JSON is not UTF-8.", "Ask for it to be sent as UTF-8.")
    except ValueError as error:
        return message_rejected(None, f"The JSON is no message: {str(error)[:200]}.", _SEND_AGAIN)
    return said or message_rejected(None, "The JSON holds no message.", _SEND_AGAIN)


def _read(decoded: object, path: str) -> tuple[Statement, ...]:
    messages = decoded if isinstance(decoded, list) else [decoded]
    return tuple(
        statement
        for position, message in enumerate(messages, 1)
        for statement in _read_message(message, position, path)
    )


def _read_message(message: object, position: int, path: str) -> tuple[Statement, ...]:
    roots = _roots_in(message)
    if not isinstance(message, dict) or not roots:
        expected = ", ".join(sorted(ROOTS))
        what = f"Item {position:,} is no message of the agency's; expected one of {expected}."
        return message_rejected(None, what)
    try:
        nodes = [node for root in roots for node in _nodes(root, message[root])]
    except ValueError as error:
        return message_rejected(None, f"Item {position:,} cannot be read: {error}.", _SEND_AGAIN)
    return tuple(statement for node in nodes for statement in statements_of(node, path))


def _roots_in(item: object) -> Sequence[str]:
    if not isinstance(item, dict):
        return []
    return [key for key, value in item.items() if key in ROOTS or _names_an_election(value)]


def _names_an_election(value: object) -> bool:
    election = value.get("Election") if isinstance(value, dict) else None
    return isinstance(election, dict) and bool({"@date", "@paId", "@type"} & election.keys())


def _nodes(name: str, value: object) -> list[Node]:
    """Return the elements of one name: an object is one, a list several, null is empty."""
    return [_node(name, item) for item in (value if isinstance(value, list) else [value])]


def _node(name: str, value: object) -> Node:
    node_attributes: dict[str, str] = {}
    children: list[Node] = []
    for key, inner in value.items() if isinstance(value, dict) else ():
        if key.startswith("@"):
            node_attributes |= _attribute(key, inner)
        elif not key.startswith(("#", "?")):
            children += _nodes(key, inner)
    return Node(name, node_attributes, children)


def _attribute(key: str, value: object) -> dict[str, str]:
    if value is None:
        return {}
    if isinstance(value, dict | list):
        raise ValueError(f"{key[:60]} is a list or an object; expected text")  # noqa: TRY004
    return {key[1:]: str(value)}


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"{twice[:60]!r} stands twice in one object")
    return found


def _broken_json(error: json.JSONDecodeError) -> tuple[Statement, ...]:
    is_unfinished = error.pos >= len(error.doc.rstrip()) - 1
    if is_unfinished or error.msg.startswith("Unterminated string"):
        what = "The file is cut short: the JSON stops before its end."
    else:
        what = f"The JSON is broken: {error.msg}."
    return message_rejected(error.lineno, what, _SEND_AGAIN)
