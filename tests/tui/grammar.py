"""The language that the program may speak to a terminal: what its driver writes, no more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tests.feed.steering import STEERING

_SGR_PART: Final = (
    r"(?:0|1|2|3|4|7|9|21|22|23|24|27|28|29|3[0-79]|4[0-79]|9[0-7]|10[0-7]"
    r"|[34]8;2;\d{1,3};\d{1,3};\d{1,3}|[34]8;5;\d{1,3})"
)
_MODES: Final = "7|25|1000|1003|1004|1006|1015|1016|1049|2004|2026|2048"
_SEQUENCES: Final = {
    "leave": r"\x1b\[0m\x1b\[2J\x1b\[H\x1b\[23;2t",
    "look": rf"\x1b\[(?:{_SGR_PART}(?:;{_SGR_PART})*)?m",
    "move": r"\x1b\[(?P<row>\d+)(?:;(?P<column>\d+))?H",
    "skip": r"\x1b\[(?P<cells>\d*)C",
    "title": r"\x1b\]2;nightdesk(?: · (?:paused|review|replay))?"
    r"(?: · [\d,]+(?: of [\d,]+| declared))?\x07",
    "keep": r"\x1b\[22;2t",
    "mode": rf"\x1b\[\?(?:{_MODES})[hl]",
    "asks": r"\x1b\[\?(?:2026|2048)\$p",
    "keys": r"\x1b\[(?:>\d+|<)u",
    "pointer": r"\x1b\]22;(?:default|text|pointer|grabbing|grab|not-allowed|e?w?n?s?-?resize)\x07",
    "copy": r"\x1b\]52;c;(?P<copied>[A-Za-z0-9+/=]*)(?:\x07|\x1b\\)",
    "line": r"\r\n",
    "text": r"[^\x00-\x1f\x7f-\x9f]+",
}
_TOKEN: Final = re.compile("|".join(f"(?P<{name}>{each})" for name, each in _SEQUENCES.items()))


@dataclass(frozen=True, slots=True)
class Token:
    """One sequence or run of text, and what kind it is."""

    kind: str
    text: str


class UngrammaticalError(AssertionError):
    """The program wrote something that Textual does not write."""


def tokens(
    output: bytes, *, columns: int, rows: int, may_copy: frozenset[str] = frozenset()
) -> Iterator[Token]:
    """Take apart what a program wrote; raises UngrammaticalError where it is not of the language.

    Args:
        output: every byte, from the first to the last.
        columns: width of the terminal, which no move may leave.
        rows: its height.
        may_copy: what may be put on the clipboard, in base 64.

    """
    try:
        text = output.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UngrammaticalError(f"no UTF-8: {error}") from error
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise _wrong(text, at, "no sequence of Textual's")
        row, column, cells = found["row"] or "1", found["column"] or "1", found["cells"] or "1"
        if (
            int(row) > rows
            or int(column) > columns
            or int(cells) >= columns
            or "0" in (row, column)
        ):
            raise _wrong(text, at, "a move out of the screen")
        if found["copy"] and found["copied"] not in may_copy:
            raise _wrong(text, at, "something on the clipboard that nobody copied")
        if found["text"] and STEERING.search(found["text"]):
            raise _wrong(text, at, "text that steers or hides")
        yield Token(next(name for name in _SEQUENCES if found[name]), found[0])
        at = found.end()


def _wrong(text: str, at: int, what: str) -> UngrammaticalError:
    return UngrammaticalError(f"{what} at {at}: {text[max(0, at - 60) : at + 60]!r}")
