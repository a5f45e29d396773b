"""Where in a JSON text a value stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from json import JSONDecodeError, JSONDecoder

_SPACE = re.compile(r"[ \t\r\n]*")


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
