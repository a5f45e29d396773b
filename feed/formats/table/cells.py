"""What a cell of a table says: figures as people type them, parties, times."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from datetime import UTC, date, datetime

from feed.clock import LONDON
from feed.formats.live_blog.control import Control
from feed.formats.live_blog.results import control_in_words
from feed.formats.rejecting import quoted
from feed.model.parties import PartyId, known_party, party_id

_EMPTY = frozenset({"", "-", "–", "—", "n/a", "na", "nil", ".", "none", "null", "nan"})
_FIGURE = re.compile(
    r"(?P<sign>[+-]?)\s*(?P<digits>\d{1,3}(?:[, \u00a0\u202f]\d{3})+|\d+)(?:\.0+)?"
    r"(?:\s*(?:[(\[][^\W\d][^()\[\]]*[)\]]|[*†‡§]))?"
)
_IN_BRACKETS = re.compile(r"\((\d+)\)")
_MOST_DIGITS = 9
_BRITISH_DATE = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")


class CellError(ValueError):
    """A cell that does not say what its column should; the text says what was expected."""


def check_width(cells: Sequence[str], names: Sequence[str]) -> None:
    """Refuse a row that holds more than its header names: its cells may have slipped."""
    if any(cell.strip() for cell in cells[len(names) :]):
        raise CellError(f"the row has {len(cells)} cells; the header has {len(names)}")


def is_empty(cell: str) -> bool:
    """Whether a cell says nothing."""
    return cell.strip().casefold() in _EMPTY


def figure(name: str, cell: str) -> int | None:
    """Return the whole number in a cell, with thousands separators and any minus sign."""
    if is_empty(cell):
        return None
    plain = cell.strip().replace("−", "-").replace("–", "-")
    bracketed = _IN_BRACKETS.fullmatch(plain)
    if bracketed:
        plain = f"-{bracketed[1]}"
    match = _FIGURE.fullmatch(plain)
    if match is None:
        raise CellError(f"{name} is {quoted(cell)}; expected a whole number")
    digits = re.sub(r"\D", "", match["digits"])
    if len(digits) > _MOST_DIGITS:
        raise CellError(f"{name} is {quoted(cell)}; expected {_MOST_DIGITS} digits at most")
    return int(match["sign"] + digits)


def seats(name: str, cell: str) -> int | None:
    """Return the number of seats in a cell: none or more."""
    number = figure(name, cell)
    if number is not None and number < 0:
        raise CellError(f"{name} is {quoted(cell)}; expected 0 or more")
    return number


def control_cell(name: str, cell: str, parties: Container[PartyId] = ()) -> Control:
    """Return control before and after as a cell says it: “Lab”, “NOC”, “Lab gain from Con”.

    Args:
        name: the column's, for a sentence.
        cell: what it says.
        parties: those that have seats in the table, whether the desk knows them or not.

    Raises:
        CellError: it says something else.

    """
    if is_empty(cell):
        return (None, None, None)
    said = control_in_words(cell)
    if said is not None:
        return said
    party = known_party(cell)
    if party is None and party_id(cell) in parties:
        party = party_id(cell)
    if party is None:
        raise CellError(f"{name} is {quoted(cell)}; expected a party, NOC or “Lab gain from Con”")
    return (None, party, None)


def day_cell(name: str, cell: str) -> date | None:
    """Return the date in a cell: 2019-05-02 or 02/05/2019."""
    if is_empty(cell):
        return None
    british = _BRITISH_DATE.fullmatch(cell.strip())
    try:
        if british:
            return date(int(british[3]), int(british[2]), int(british[1]))
        return date.fromisoformat(cell.strip())
    except ValueError:
        raise CellError(f"{name} is {quoted(cell)}; expected a date such as 2019-05-02") from None


def moment_cell(name: str, cell: str) -> datetime | None:
    """Return the time in a cell, in UTC; one without an offset is London's."""
    if is_empty(cell):
        return None
    try:
        found = datetime.fromisoformat(cell.strip())
    except ValueError:
        expected = "a time such as 2019-05-03T01:04:00+01:00"
        raise CellError(f"{name} is {quoted(cell)}; expected {expected}") from None
    if found.tzinfo is None:
        found = found.replace(tzinfo=LONDON)
    return found.astimezone(UTC)
