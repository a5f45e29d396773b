"""From a file to messages: the format is chosen by what the file holds.

Its name decides where the content leaves two readings: `.csv` and `.tsv` make a table of what could
be prose, and the source gives each line of a `.jsonl` as an arrival of its own.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable
from functools import cache

from feed.formats.rejecting import quoted, rejected
from feed.model.arrival import Arrival
from feed.model.messages import Statement

__all__ = ["read"]

_LOG = logging.getLogger(__name__)
_HEAD = 8192
_BOM = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_JSON_LIST = re.compile(rb'\[\s*(?:[{\[\]"]|-?\d[\d.eE+-]*\s*[,\]]|$)')
_BINARY = (
    (b"PK\x03\x04", "an Excel workbook or another ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook or Word document"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "compressed with gzip"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)
_MAGIC = tuple(magic for magic, _ in _BINARY)
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")
_PROLOGUE = re.compile(
    rb"(?:\s++|<\?(?>.*?\?>)|<!--(?>.*?-->)|<!DOCTYPE(?>[^>\[]*+(?:\[[^\]]*+\])?+[^>]*+>))*+",
    re.DOTALL,
)

Reader = Callable[[Arrival], tuple[Statement, ...]]


def read(arrival: Arrival) -> tuple[Statement, ...]:
    """Return what the file says: messages, and a rejection for each part that is none.

    Never raises: a reader that fails is tried once more, and a fault that stays is logged and told
    as a rejection of the file.
    """
    try:
        return _reader(arrival)(arrival)
    except Exception:  # noqa: BLE001, S110 - it is tried once more
        pass
    try:
        return _reader(arrival)(arrival)
    except Exception as error:  # noqa: BLE001 - a bug here must not stop the night
        _LOG.exception("cannot read %s", arrival.where)
        return rejected(
            f"nightdesk could not read this file ({type(error).__name__})",
            "Please report this with the file: it is a fault in nightdesk, not in the file.",
            arrival.line,
        )


def _reader(arrival: Arrival) -> Reader:
    data = arrival.data
    begin = data if data.startswith(b"{") else _begin(data)
    if not begin:
        return _nothing
    if begin.startswith(b"{"):
        return _json_reader(data)
    if begin.startswith(_MAGIC) or data.endswith(b"\0\0\0\0"):
        binary = next((what for magic, what in _BINARY if begin.startswith(magic)), None)
        return _unfilled if binary is None else _binary(binary)
    if begin.startswith((b"<", *_UTF_16)):
        return _xml_reader(data, begin)
    if _JSON_LIST.match(begin):
        return _json_reader(data)
    return _text_reader(arrival)


def _begin(data: bytes) -> bytes:
    return data[:_HEAD].removeprefix(_BOM).lstrip() or data.removeprefix(_BOM).lstrip()


def _text_reader(arrival: Arrival) -> Reader:
    from feed.formats.democracy_club import (  # noqa: PLC0415
        is_democracy_club,
        read_democracy_club,
    )
    from feed.formats.live_blog.page import read_live_page  # noqa: PLC0415
    from feed.formats.table.reader import is_table, read_table  # noqa: PLC0415

    if is_democracy_club(arrival.data):
        return read_democracy_club
    return read_table if is_table(arrival) else read_live_page


def _xml_reader(data: bytes, begin: bytes) -> Reader:
    is_agency_xml, read_agency_xml = _agency_reader()
    if is_agency_xml(data):
        return read_agency_xml
    from feed.formats.moderngov import is_moderngov, read_moderngov  # noqa: PLC0415

    if is_moderngov(data):
        return read_moderngov
    if data.startswith(_UTF_16):
        from feed.formats.live_blog.page import read_live_page  # noqa: PLC0415

        return read_live_page
    prologue = _PROLOGUE.match(begin)
    root = _ROOT.match(begin, prologue.end() if prologue else 0)
    return _other_xml(root.group(1).decode("ascii", "replace") if root else "")


@cache
def _agency_reader() -> tuple[Callable[[bytes], bool], Reader]:
    from feed.formats.agency.notations import is_agency_xml, read_agency_xml  # noqa: PLC0415

    return is_agency_xml, read_agency_xml


def _json_reader(data: bytes) -> Reader:
    if b'"@' in data:
        from feed.formats.agency.notations import is_agency_json, read_agency_json  # noqa: PLC0415

        try:
            value = json.loads(data.removeprefix(_BOM))
        except (ValueError, RecursionError):
            return _native_reader()
        if is_agency_json(value):
            return read_agency_json
    return _native_reader()


@cache
def _native_reader() -> Reader:
    from feed.formats.native.reader import read_native  # noqa: PLC0415

    return read_native


def _unfilled(arrival: Arrival) -> tuple[Statement, ...]:
    return rejected(
        "the file ends in NUL bytes: its writer made room for it and has not filled it",
        "Nothing needs to be done while it is still being written; else copy it again.",
        arrival.line,
    )


def _nothing(arrival: Arrival) -> tuple[Statement, ...]:
    return rejected(
        "the file is empty",
        "If it is still being written it is read again when it changes; else send it again.",
        arrival.line,
    )


def _binary(what: str) -> Reader:
    def reject(arrival: Arrival) -> tuple[Statement, ...]:
        return rejected(
            f"the file is {what}; expected text",
            "Save it as CSV (UTF-8), or unpack it, and send that.",
            arrival.line,
        )

    return reject


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
