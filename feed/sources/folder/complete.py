"""Whether a file looks as if its writer has finished."""

from __future__ import annotations

import json
import re
from typing import Final
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

_WIDE_BOMS: Final = (b"\xff\xfe", b"\xfe\xff")
_ROOT: Final = re.compile(rb"<([A-Za-z_][^\s/>]*)")
_SKIPPED: Final = re.compile(rb"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*>", re.DOTALL)


def ends_itself(text: bytes) -> bool:
    """Whether the format shows its own end: XML and JSON do, plain text does not."""
    return text.startswith((b"<", b"{", b"[", *_WIDE_BOMS))


def looks_ended(text: bytes) -> bool:
    """Whether a text that ends itself may have ended, from its last byte alone."""
    return text.endswith((b">", b"}", b"]", b"\x00")) or text.startswith(_WIDE_BOMS)


def is_complete(text: bytes) -> bool:
    """Whether XML or JSON `text` (see `substance`) is whole; never true of plain text."""
    if text.startswith((b"{", b"[")):
        return looks_ended(text) and _json_is_whole(text)
    if text.startswith((b"<", *_WIDE_BOMS)):
        return looks_ended(text) and (_closes_its_root(text) or _xml_is_whole(text))
    return False


def _json_is_whole(text: bytes) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _closes_its_root(text: bytes) -> bool:
    at = 0
    while skipped := _SKIPPED.match(text, at):
        at = skipped.end()
    root = _ROOT.match(text, at)
    if root is None or not text.endswith(b">"):
        return False
    opening, closing = b"<" + root[1], b"</" + root[1]
    once = text.count(opening) == text.count(closing) == 1
    return once and text[:-1].rstrip().endswith(closing)


def _xml_is_whole(text: bytes) -> bool:
    try:
        fromstring(text)
    except DefusedXmlException:
        return True
    except (ParseError, ValueError, LookupError, RecursionError):
        return False
    return True
