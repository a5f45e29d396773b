"""A message in which every word is written as it is kept, read without a word of Python.

Nearly all are so: there is nothing to clean in them, no party goes by another name, no key stands
twice, and what pydantic's core makes of the bytes is the message. Whatever is not beyond doubt is
left to the careful reader, which also says what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC
from functools import cache
from typing import Any, Final, get_args, get_origin

from pydantic_core import SchemaValidator, ValidationError

from feed.model.messages import NativeMessage, as_party, cleaned, no_party_twice, to_utc
from feed.model.parties import PARTIES, as_written
from feed.model.values import Schema, Value, fields_of

_LETTER: Final = r"!-~\u00a1-\u024f\u2013\u2014\u2018\u2019\u201c\u201d"
_TEXT: Final = rf"^[{_LETTER}--:][{_LETTER}]*(?: [{_LETTER}]+)*\z"
"""What cleaning leaves as it is; one that begins with a colon would look like the end of a key."""
_PARTIES: Final = [party for party in PARTIES if as_written(party) == party]
_SPACE: Final = b" \t\n\r"


def plain_reader(schema: Schema) -> Callable[[bytes], NativeMessage | None]:
    """Return what reads a message that is plain, and gives none of any other.

    Args:
        schema: that by which the careful reader validates.

    """
    validate = SchemaValidator(_without_python(schema)).validate_json

    def read(data: bytes) -> NativeMessage | None:
        try:
            message: NativeMessage = validate(data)
            if message.at is not None:
                message.__dict__["at"] = message.at.astimezone(UTC)
            if message.kind == "expected":
                message.__dict__["expected_at"] = message.expected_at.astimezone(UTC)
        except (ValidationError, OverflowError):
            return None
        if b"\\" in data or data.translate(None, _SPACE).count(b'":') != _keys(message):
            return None  # a key stands twice, or quotation marks do not show how many there are
        return message

    return read


def _without_python(schema: Any) -> Any:  # noqa: ANN401  # whatever a core schema holds
    """Return a schema that takes nothing but what our own validators would leave alone."""
    if isinstance(schema, list | tuple):
        return type(schema)(map(_without_python, schema))
    if not isinstance(schema, dict):
        return schema
    function = schema.get("function")
    called = function.get("function") if isinstance(function, dict) else None
    if called is as_party:
        return {"type": "literal", "expected": _PARTIES}
    if called is cleaned:
        return {**schema["schema"], "pattern": _TEXT}
    if called in {no_party_twice, to_utc}:
        return _without_python(schema["schema"])
    return {key: _without_python(value) for key, value in schema.items() if key != "metadata"}


def _keys(value: Any) -> int:  # noqa: ANN401  # a message, or anything in it
    """Return how many keys a value had in JSON; fewer where one stood twice."""
    if isinstance(value, dict):
        return len(value)
    if isinstance(value, tuple):
        return sum(map(_keys, value))
    fields, keys = value.__dict__, len(value.__pydantic_fields_set__)
    for name in _with_keys(value.__class__):
        inside = fields[name]
        if inside:
            keys += _keys(inside)
    return keys


@cache
def _with_keys(kind: type) -> tuple[str, ...]:
    """Return the fields of a message that may hold what has keys of its own."""
    return tuple(name for name, type_ in fields_of(kind).items() if _holds(type_))


def _holds(annotation: Any) -> bool:  # noqa: ANN401  # whatever a field may be
    if isinstance(annotation, type) and issubclass(annotation, Value):
        return True
    return get_origin(annotation) in {tuple, Mapping} or any(map(_holds, get_args(annotation)))
