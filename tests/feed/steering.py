"""What no text may hold that came out of a file."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from typing import Final

from feed.model.values import Value

STEERING: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff"
    "\U000e0000-\U000e007f\ud800-\udfff]"
)
"""Controls, marks of direction, characters without width, tags and halves of characters."""


def strings(value: object) -> Iterator[str]:
    """Return every text within a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Value):
        yield from strings(vars(value))
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from strings(key)
            yield from strings(each)
    elif isinstance(value, tuple | list | frozenset | set):
        for each in value:
            yield from strings(each)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from strings(getattr(value, field.name))


def steering(value: object) -> list[str]:
    """Return the texts within a value that could steer a terminal or hide what they say."""
    return [text for text in strings(value) if STEERING.search(text)]
