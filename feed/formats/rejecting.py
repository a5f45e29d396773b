"""What cannot be read, said as a message."""

from __future__ import annotations

from feed.model.messages import Rejection, Statement
from feed.safe_text import clean

_LONGEST = 60
_MOST = 1900


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
