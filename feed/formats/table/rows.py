"""The rows of a CSV text, with the lines that they begin on."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from feed.formats.rejecting import rejection
from feed.model.messages import Statement

MOST_ROWS = 50_000
_DELIMITERS = ",;\t|"
_RULE = re.compile(r"[\s|:+=-]*-[\s|:+=-]*")
"""A line that only parts the head of a table from its rows."""
_TOLD = re.compile(r"sep=([,;\t])", re.IGNORECASE)


def delimiter_of(header: str) -> str:
    """Return what stands between the cells: a comma, a semicolon, a tab or a pipe."""
    return max(_DELIMITERS, key=header.count)


def stated_delimiter(line: str) -> str | None:
    """Return the delimiter that a first line such as “sep=;” tells Excel."""
    returned = _TOLD.fullmatch(line.strip("\n\r "))
    return returned[1] if returned else None


def rows(text: str, line: int) -> Iterator[tuple[int, list[str]] | Statement]:
    """Return each row that holds anything with its line; a statement where the text ends badly."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    head, _, rest = text.partition("\n")
    delimiter = stated_delimiter(head)
    if delimiter:
        text, line = rest, line + 1
    else:
        delimiter = delimiter_of(text.lstrip("\n").split("\n", 1)[0])
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    begin, count = line, 0
    try:
        for cells in reader:
            row = _between_pipes(cells) if delimiter == "|" else cells
            if any(cell.strip() for cell in row):
                count += 1
                yield begin, row
            begin = line + reader.line_num
            if count > MOST_ROWS:
                what = f"the table has more than {MOST_ROWS:,} rows; what follows was left out"
                yield rejection(what, "Split the table.", begin)
                return
    except csv.Error as error:
        yield rejection(*_broken(str(error)), begin)


def _between_pipes(row: list[str]) -> list[str]:
    """Return the cells of a row that pipes may enclose; none of a rule."""
    if _RULE.fullmatch("|".join(row)):
        return []
    cells = [cell.strip() for cell in row]
    return cells[not cells[0] : len(cells) - (len(cells) > 1 and not cells[-1])]


def _broken(error: str) -> tuple[str, str]:
    if "end of data" in error:
        return (
            "a quote that opens here is never closed; the rest of the table was left out",
            "Close the quote, or write two quotes for one inside a cell.",
        )
    if "field limit" in error:
        return (
            "a cell is longer than 131,072 characters; the rest of the table was left out",
            "Look for a quote that is not closed.",
        )
    return (
        f"this row is no CSV ({error}); the rest of the table was left out",
        "Put cells that hold quotes into quotes, and write two quotes for one inside.",
    )
