"""The agency's messages as XML."""

from __future__ import annotations

import codecs
import re

from feed.formats.agency.messages import ROOTS, message_rejected, statements_of
from feed.formats.xml_tree import XmlError, parse_xml
from feed.model.arrival import Arrival
from feed.model.messages import Statement

_HEAD = 8192
_ROOT = re.compile(
    r"(?>\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)*+<(?P<name>[A-Za-z]+)",
    re.DOTALL,
)
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
    return name in ROOTS or (is_cut_short and any(root.startswith(name) for root in ROOTS))


def read_agency_xml(arrival: Arrival) -> tuple[Statement, ...]:
    """Read one message; what cannot be read becomes a rejection with its line."""
    try:
        root = parse_xml(arrival.data)
    except XmlError as error:
        if error.kind == "broken":
            return _broken(error, arrival.data)
        if error.kind == "doctype":
            what = "The file has a document type or entities of its own; expected plain XML."
            return message_rejected(error.line, what, "Ask for it to be sent without them.")
        what = f"The XML cannot be read: {error.what[:200]}."
        return message_rejected(error.line, what, _SEND_AGAIN)
    return statements_of(root, arrival.path)


def _broken(error: XmlError, data: bytes) -> tuple[Statement, ...]:
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
