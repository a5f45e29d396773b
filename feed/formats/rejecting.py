"""Bytes to text, and what cannot be read said as a message."""

from __future__ import annotations

import codecs

from feed.model.messages import Rejection, Statement
from feed.safe_text import clean

_LONGEST = 60
_MOST = 1900
_AS_UTF8 = "Save the file as UTF-8; in Excel choose “CSV UTF-8”, in Notepad the encoding “UTF-8”."
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def rejected(what: str, fix: str, line: int | None = None) -> tuple[Statement]:
    """Return the one statement of a file, or of a part of one, that was not taken."""
    return (rejection(what, fix, line),)


def rejection(what: str, fix: str, line: int | None = None) -> Statement:
    """Return the statement that says what is wrong, what to do and on which line."""
    return Statement(Rejection(what=what[:_MOST], fix=fix[:_MOST], line=line), line)


def quoted(value: object) -> str:
    """Return what was found, short and safe, as a sentence quotes it."""
    match value:
        case str():
            text = clean(value)
            return f"“{text}”" if len(text) <= _LONGEST else f"“{text[:_LONGEST]}…”"
        case bool() | None:
            return {True: "true", False: "false", None: "null"}[value]
        case int() | float():
            return _figure(value)
        case _:
            return "a list" if isinstance(value, list | tuple) else "an object"


def _figure(value: float) -> str:
    if abs(value) >= 10**15:
        return "a number of more than 15 digits"
    text = f"{value:,}" if abs(value) >= 10_000 else str(value)
    return text.replace("-", "−")


def decoded(data: bytes, line: int | None = None, *, windows: bool = False) -> str | Statement:
    """Return the text of `data`, or the statement that says why there is none.

    With `windows`, bytes that are no UTF-8 are read as Windows-1252 where that is possible.
    """
    if data.startswith(_UTF_16) or _alternates(data):
        return rejection("the file is in UTF-16; expected UTF-8", _AS_UTF8, line)
    if b"\0" in data:
        at = _line(data, data.index(b"\0"), line)
        what = "there is a NUL byte in the text; expected UTF-8 text"
        return rejection(what, "Copy the file again: it may be binary or half written.", at)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if windows:
            try:
                return data.decode("cp1252")
            except UnicodeDecodeError:
                pass
        what = f"byte {data[error.start]:#04x} is no UTF-8; expected UTF-8 text"
        return rejection(what, _AS_UTF8, _line(data, error.start, line))


def _alternates(data: bytes) -> bool:
    head = data[:64]
    return len(head) >= 4 and (not any(head[::2]) or not any(head[1::2]))


def _line(data: bytes, at: int, line: int | None) -> int:
    return (line or 1) + data.count(b"\n", 0, at)
