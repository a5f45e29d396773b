"""From a file to messages: the format is chosen by what the file holds, not by its name."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable

from feed.arrival import Arrival
from feed.formats.rejecting import quoted, rejected
from feed.messages import Statement

__all__ = ["read"]

_LOG = logging.getLogger(__name__)
_BOM = b"\xef\xbb\xbf"
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")
_PROLOGUE = re.compile(
    rb"(?:\s++|<\?(?>.*?\?>)|<!--(?>.*?-->)|<!DOCTYPE(?>[^>\[]*+(?:\[[^\]]*+\])?+[^>]*+>))*+",
    re.DOTALL,
)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")

Reader = Callable[[Arrival], tuple[Statement, ...]]


def read(arrival: Arrival) -> tuple[Statement, ...]:
    """Give what the file says: messages, and a rejection for each part that is none.

    Never raises: a fault of a reader is logged and told as a rejection of the file.
    """
    try:
        return _reader(arrival.data)(arrival)
    except Exception as error:  # noqa: BLE001 - a bug here must not stop the night
        _LOG.exception("cannot read %s", arrival.where)
        return rejected(
            f"nightdesk could not read this file ({type(error).__name__})",
            "Please report this with the file: it is a fault in nightdesk, not in the file.",
            arrival.line,
        )


def _reader(data: bytes) -> Reader:  # noqa: PLR0911
    begin = data.removeprefix(_BOM).lstrip()
    if not begin:
        return _nothing
    if begin.startswith((b"<", *_UTF_16)):
        return _xml_reader(data, begin)
    if begin[:1] in b"{[":
        return _json_reader(data)
    from feed.formats import democracy_club, native, plain_words, table  # noqa: PLC0415

    if begin[:1] == b'"' and begin.rstrip().endswith((b"}", b"]")):
        return native.read
    if democracy_club.is_results(data):
        return democracy_club.read
    if table.is_table(data):
        return table.read
    return plain_words.read


def _xml_reader(data: bytes, begin: bytes) -> Reader:
    from feed.formats import agency_xml  # noqa: PLC0415

    if agency_xml.is_agency_xml(data):
        return agency_xml.read
    from feed.formats import moderngov  # noqa: PLC0415

    if moderngov.is_results(data):
        return moderngov.read
    prologue = _PROLOGUE.match(begin)
    root = _ROOT.match(begin, prologue.end() if prologue else 0)
    return _other_xml(root.group(1).decode("ascii", "replace") if root else "")


def _json_reader(data: bytes) -> Reader:
    from feed.formats import native  # noqa: PLC0415

    if b'"@' in data:
        from feed.formats import agency_json  # noqa: PLC0415

        try:
            value = json.loads(data.removeprefix(_BOM))
        except (ValueError, RecursionError):
            return native.read
        if agency_json.is_agency_json(value):
            return agency_json.read
    return native.read


def _nothing(arrival: Arrival) -> tuple[Statement, ...]:
    return rejected(
        "the file is empty",
        "If it is still being written it is read again when it changes; else send it again.",
        arrival.line,
    )


def _other_xml(root: str) -> Reader:
    def reject(arrival: Arrival) -> tuple[Statement, ...]:
        found = f"the XML begins with {quoted(root)}" if root else "this is no XML that can be read"
        return rejected(
            f"{found}; expected a message of the agency, such as LocalElectionResult, "
            "or a ModernGov election",
            "Check that the file is a result; other XML is not read.",
            arrival.line,
        )

    return reject
