"""Our own format: JSON with one message, a list of them or {"messages": […]}, and JSONL."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from json import JSONDecodeError, JSONDecoder

from pydantic_core import SchemaValidator, ValidationError

from feed.formats.native.faults import faults
from feed.formats.native.plain import plain_reader
from feed.formats.rejecting import decoded, quoted, rejected, rejection
from feed.model.arrival import Arrival
from feed.model.messages import KINDS, Statement
from feed.model.values import tagged

SCHEMA = tagged(KINDS)
"""What one message of our own format may be, as pydantic's core has it."""
NATIVE = SchemaValidator(SCHEMA)
_plain = plain_reader(SCHEMA)

_EXAMPLE = 'Write a message such as {"kind": "news", "text": "First result expected at 23:30"}.'
_SPACE = re.compile(r"[ \t\r\n]*")


def read_native(arrival: Arrival) -> tuple[Statement, ...]:
    """Return every message of the file, and a rejection for each that is not one."""
    plain = _plain(arrival.data)
    if plain is not None:
        return (Statement(plain, arrival.line),)
    text = decoded(arrival.data, arrival.line)
    if isinstance(text, Statement):
        return (text,)
    try:
        message = NATIVE.validate_json(text)
        value_at(text, after_space(text, 0))
    except (ValidationError, ValueError, RecursionError):
        return tuple(_several(text, arrival.line or 1)) or rejected(
            "the list of messages is empty", _EXAMPLE, arrival.line
        )
    return (Statement(message, arrival.line),)


def _several(text: str, line: int) -> Iterator[Statement]:
    start = after_space(text, 0)
    if _is_lines(text, start):
        for number, each in enumerate(text.split("\n"), line):
            if each.strip():
                yield _one(each, after_space(each, 0), number)
        return
    try:
        at = _list_of_messages(text, start)
        if at is None:
            yield _one(text, start, line + text.count("\n", 0, start))
            return
        seen, end = line, 0
        for begin, stop in items(text, at):
            seen, end = seen + text.count("\n", end, begin), begin
            yield _one(text[:stop], begin, seen)
    except (ValueError, RecursionError) as error:
        yield _unreadable(error, text, line)


def _is_lines(text: str, start: int) -> bool:
    """Whether it is JSONL, in which each line is whole, and not one value over several lines."""
    end = text.find("\n", start)
    if end < 0 or not text[end:].strip() or not text.startswith("{", start):
        return False
    first = text[start:end].rstrip()
    if text[after_space(text, end)] == "{":
        return first[-1] not in "[{:,"
    try:
        return value_at(first, 0)[1] == len(first)
    except (ValueError, RecursionError):
        return False


def _list_of_messages(text: str, start: int) -> int | None:
    """Return where the list of messages begins; none where the file is one message."""
    if text.startswith("[", start):
        return start
    if text.startswith("{", start):
        for key, begin, _ in fields(text, start):
            if key == "messages" and text.startswith("[", begin):
                return begin
    return None


def _one(text: str, start: int, line: int) -> Statement:
    try:
        _, end = value_at(text, start)
        if text[end:].strip():
            raise JSONDecodeError("Extra data", text, end)
        return Statement(NATIVE.validate_json(text[start:end]), line)
    except ValidationError as error:
        what, fix, path = faults(error)
        within = text.count("\n", start, place(text, start, path))
        return rejection(what, fix, line + within)
    except (ValueError, RecursionError) as error:
        return _unreadable(error, text, line, start)


def _unreadable(error: Exception, text: str, line: int, start: int = 0) -> Statement:
    match error:
        case RepeatedKeyError():
            what = f"the key {quoted(error.key)} stands twice in one object"
            return rejection(what, "Keep one of the two: it is not clear which is meant.", line)
        case JSONDecodeError():
            line += text.count("\n", start, error.pos)
            return rejection(*_syntax(error, text), line)
        case RecursionError():
            what = "the brackets are nested too deeply; a message needs four levels at most"
            return rejection(what, _EXAMPLE, line)
        case _:
            what = "a number has too many digits; no figure of an election has more than nine"
            return rejection(what, "Correct the figure.", line)


def _syntax(error: JSONDecodeError, text: str) -> tuple[str, str]:
    if not text[error.pos :].strip() or error.msg.startswith("Unterminated string"):
        return (
            "the JSON ends too early: the file is cut off",
            "Send it again; write it under another name and rename it when it is complete.",
        )
    found = quoted(text[error.pos : error.pos + 20].split("\n", maxsplit=1)[0])
    meant = error.msg[0].lower() + error.msg[1:]
    if meant == "extra data":
        return (
            f"there is more after the end of the JSON: {found}",
            "Put several messages in a list, or each on one line of a .jsonl file.",
        )
    return (
        f"this is no JSON at column {error.colno}: {found}, {meant}",
        "Correct the JSON; strings and keys stand in double quotes, no comma before } or ].",
    )


class RepeatedKeyError(ValueError):
    """An object that gives one key twice."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _each_key_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values = dict(pairs)
    if len(values) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise RepeatedKeyError(key)
            seen.add(key)
    return values


_DECODER = JSONDecoder(object_pairs_hook=_each_key_once)


def value_at(text: str, at: int) -> tuple[object, int]:
    """Return the value that begins at `at` and where it ends; every key of it stands once."""
    value, end = _DECODER.raw_decode(text, at)
    return value, end


def after_space(text: str, at: int) -> int:
    """Return the first place from `at` on that is no white space."""
    match = _SPACE.match(text, at)
    return match.end() if match else at


def items(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Return where each item of the list at `at` begins and ends, then where the list ends."""
    at = after_space(text, at + 1)
    if text.startswith("]", at):
        return
    while True:
        _, end = value_at(text, at)
        yield at, end
        at = _past(text, end, "]")
        if text[at - 1] == "]":
            return
        at = after_space(text, at)


def fields(text: str, at: int) -> Iterator[tuple[str, int, int]]:
    """Return each key of the object at `at` and where its value begins and ends."""
    at = after_space(text, at + 1)
    if text.startswith("}", at):
        return
    while True:
        key, end = value_at(text, at)
        start = after_space(text, _expect(text, end, ":"))
        _, end = value_at(text, start)
        yield str(key), start, end
        at = _past(text, end, "}")
        if text[at - 1] == "}":
            return
        at = after_space(text, at)


def place(text: str, at: int, path: Sequence[str | int]) -> int:
    """Return where the value of `path` begins, or of as much of it as there is."""
    for step in path:
        at = after_space(text, at)
        if isinstance(step, int) and text.startswith("[", at):
            starts = [start for start, _ in items(text, at)]
            if step >= len(starts):
                return at
            at = starts[step]
        elif text.startswith("{", at):
            within = {key: start for key, start, _ in fields(text, at)}
            if str(step) not in within:
                return at
            at = within[str(step)]
    return at


def _past(text: str, at: int, close: str) -> int:
    at = after_space(text, at)
    if text[at : at + 1] not in (",", close):
        raise JSONDecodeError("Expecting ',' delimiter", text, at)
    return at + 1


def _expect(text: str, at: int, mark: str) -> int:
    at = after_space(text, at)
    if not text.startswith(mark, at):
        raise JSONDecodeError(f"Expecting '{mark}' delimiter", text, at)
    return at + 1
