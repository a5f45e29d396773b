"""The lines of a recording: a header, then one arrival a line, each with its own checksum."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from zlib import crc32

from pydantic_core import from_json

from feed.clock import EPOCH, in_nanoseconds
from feed.file_names import unsteered
from feed.model.arrival import Arrival
from feed.records import record

VERSION: Final = 1
OPENING: Final = b'{"nightdesk_recording":'
_SECOND: Final = 1_000_000_000
_encode: Final = json.JSONEncoder(separators=(",", ":")).encode
_CHECK: Final = b',"c":"'


class BadLineError(ValueError):
    """A line of a recording says something else than was written."""


class UnknownVersionError(BadLineError):
    """A recording of a version that this program neither reads nor adds to."""


@record(frozen=True, slots=True)
class Header:
    """The first line of a recording: when it began and of which folder."""

    started: datetime
    source: str
    election: str | None = None


@record(frozen=True, slots=True)
class Recorded:
    """One arrival with its number in the recording."""

    seq: int
    arrival: Arrival


def header_line(header: Header) -> bytes:
    """Write a header as one line, with its end."""
    return _sealed(
        {
            "nightdesk_recording": VERSION,
            "started": _written(header.started),
            "source": header.source,
            "election": header.election,
        }
    )


def arrival_line(seq: int, arrival: Arrival) -> bytes:
    """Write an arrival as one line, with its end; the bytes as text where they are UTF-8."""
    try:
        content = {"t": arrival.data.decode("utf-8")}
    except UnicodeDecodeError:
        content = {"b64": b64encode(arrival.data).decode("ascii")}
    modified = arrival.modified_at
    return _sealed(
        {
            "seq": seq,
            "recv": _written(arrival.seen_at),
            "src": arrival.path,
            "line": arrival.line,
            "size": len(arrival.data),
            "mtime_ns": None if modified is None else in_nanoseconds(modified),
            "h": arrival.digest,
            **({"test": True} if arrival.test else {}),
            **({"renamed": True} if arrival.renamed else {}),
            **content,
        }
    )


def read_header(line: bytes) -> Header:
    """Read a header line; raises BadLineError, and UnknownVersionError for another version."""
    fields = _opened(line)
    version = fields.get("nightdesk_recording")
    if version != VERSION:
        raise UnknownVersionError(
            f"is of version {version!r:.20} of recordings; this program knows version {VERSION}"
        )
    election = fields.get("election")
    return Header(
        _moment(_text(fields, "started")),
        _text(fields, "source"),
        None if election is None else _text(fields, "election"),
    )


def read_arrival(line: bytes) -> Recorded:
    """Read an arrival's line and check every figure in it; raises BadLineError."""
    fields = _opened(line)
    data = _content(fields)
    number = fields.get("line")
    arrival = Arrival(
        path=unsteered(_text(fields, "src")),
        data=data,
        seen_at=_moment(_text(fields, "recv")),
        modified_at=_modified(fields),
        line=None if number is None else _count(fields, "line"),
        test=fields.get("test") is True,
        renamed=fields.get("renamed") is True,
    )
    if _count(fields, "size") != len(data) or _text(fields, "h") != arrival.digest:
        raise BadLineError("the content is not what its size and digest say")
    return Recorded(_count(fields, "seq"), arrival)


def is_whole(line: bytes) -> bool:
    """Whether a line (without its end) carries the checksum of what it says."""
    body, seal, check = line.rpartition(_CHECK)
    return bool(seal) and check == b'%08x"}' % crc32(body + b"}")


def _sealed(fields: Mapping[str, object]) -> bytes:
    body = _encode(fields).encode("ascii")
    return body[:-1] + _CHECK + b'%08x"}\n' % crc32(body)


def _opened(line: bytes) -> dict[str, object]:
    if not is_whole(line):
        raise BadLineError("the checksum does not match: the line was cut short or changed")
    try:
        fields = _parsed(line)
    except (ValueError, RecursionError) as error:
        raise BadLineError("not JSON") from error
    if not isinstance(fields, dict):
        raise BadLineError("not a JSON object")
    return fields


def _parsed(line: bytes) -> Any:  # noqa: ANN401  # whatever JSON holds
    try:
        return from_json(line, cache_strings="keys")
    except ValueError:  # it takes no half of a surrogate pair, which the name of a file may hold
        return json.loads(line)


def _text(fields: Mapping[str, object], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str):
        raise BadLineError(f"{name} is {value!r:.40}; expected text")
    return value


def _count(fields: Mapping[str, object], name: str) -> int:
    value = fields.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise BadLineError(f"{name} is {value!r:.40}; expected a number from 0 up")
    return value


def _content(fields: Mapping[str, object]) -> bytes:
    try:
        if "t" in fields:
            return _text(fields, "t").encode("utf-8")
        return b64decode(_text(fields, "b64"), validate=True)
    except ValueError as error:
        raise BadLineError("the content cannot be decoded") from error


def _modified(fields: Mapping[str, object]) -> datetime | None:
    value = fields.get("mtime_ns")
    if value is None:
        return None
    if not isinstance(value, int):
        raise BadLineError(f"mtime_ns is {value!r:.40}; expected a number")
    try:
        seconds, rest = divmod(value, _SECOND)
        return EPOCH + timedelta(0, seconds, rest // 1000)
    except OverflowError as error:
        raise BadLineError("mtime_ns lies outside the calendar") from error


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        return _aware(moment).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadLineError(f"{text!r:.40} is not a time with its offset") from error


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise BadLineError("a time without an offset")
    return moment


def _written(moment: datetime) -> str:
    utc = moment.astimezone(UTC)
    unit = "microseconds" if utc.microsecond % 1000 else "milliseconds"
    return utc.isoformat(timespec=unit).replace("+00:00", "Z")
