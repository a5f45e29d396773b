"""Values, parties and the envelope out of elements, each wrong one noted where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from feed.formats.rejecting import quoted
from feed.formats.xml_tree import Node
from feed.model.messages import ElectionRef, Rejection, Statement
from feed.model.parties import PartyId, known_party, party_id
from feed.records import record
from feed.safe_text import clean

_WHOLE = re.compile(r"[+-]?[0-9]{1,9}")
_DATE = re.compile(
    r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})"
    r"|(?P<y2>\d{4})(?P<m2>\d{2})(?P<d2>\d{2})"
    r"|(?P<d3>\d{2})/(?P<m3>\d{2})/(?P<y3>\d{4})",
    re.ASCII,
)
_FLAGS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False, "": False}
_YEARS = range(1900, 2200)
NAME_LENGTH = 120
"""Longest name that the messages take."""
_TEST_WORD = re.compile(r"(?:^|\s)Test\b(?! Valley)")
_Choice = TypeVar("_Choice")


@record(frozen=True, slots=True)
class Envelope:
    """What a message says of itself, for all that it carries."""

    election: ElectionRef | None
    """None where the message does not say its date."""
    type: str = ""
    """The agency's letter for the kind of election: M for a mayor, P for a commissioner."""
    revision: int = 1
    test: bool = False


def is_test_name(name: str) -> bool:
    """Whether a person or an election is marked as test data; Test Valley is not."""
    return _TEST_WORD.search(name) is not None


class Reading:
    """Takes typed values out of nodes and notes each one that is wrong, with its line."""

    def __init__(self, fix: str, about: Node | None = None) -> None:
        self.fix = fix
        self.about = about
        self.faults: list[Statement] = []

    def fault(self, node: Node, what: str) -> None:
        """Note that something about `node` is wrong."""
        about = "" if self.about in (None, node) else f"{self.about.label}: "
        rejection = Rejection(line=node.line, what=f"{about}{what}", fix=self.fix)
        self.faults.append(Statement(rejection, node.line))

    def wrong(self, node: Node, name: str, expected: str) -> None:
        """Note that the attribute `name` is missing or not what it should be."""
        found = node.attributes.get(name)
        if found is None:
            self.fault(node, f"{node.label} has no {name}; expected {expected}")
        else:
            self.fault(node, f"{name} of {node.label} is {quoted(found)}; expected {expected}")

    def text(self, node: Node, *names: str) -> str | None:
        """Return the first of the attributes that says anything, cleaned."""
        for name in names:
            found = node.attributes.get(name)
            if not found:
                continue
            value = clean(found)
            if len(value) > NAME_LENGTH:
                self.wrong(node, name, f"at most {NAME_LENGTH} characters")
            if value:
                return value[:NAME_LENGTH]
        return None

    def required_text(self, node: Node, name: str, expected: str) -> str:
        """Return the attribute, cleaned; note it when it is missing or blank."""
        value = self.text(node, name)
        if value is None:
            self.wrong(node, name, expected)
        return value or "?"

    def number(self, node: Node, name: str, *, least: int = 0, most: int = 2000) -> int | None:
        """Return a whole number from `least` to `most`; none when the attribute is absent."""
        found = node.attributes.get(name, "").strip()
        if not found:
            return None
        if not _WHOLE.fullmatch(found):
            self.wrong(node, name, "a whole number")
            return None
        number = int(found)
        if least <= number <= most:
            return number
        said = f"{_figure(least)} or more" if number < least else f"{_figure(most)} or less"
        self.wrong(node, name, said)
        return None

    def has(self, node: Node, name: str) -> bool:
        """Whether an attribute says anything."""
        return bool(node.attributes.get(name, "").strip())

    def required_number(self, node: Node, name: str, *, least: int = 0, most: int = 2000) -> int:
        """Return a whole number, and note it when it is missing."""
        number = self.number(node, name, least=least, most=most)
        if number is None and not self.has(node, name):
            self.wrong(node, name, "a whole number")
        return number or 0

    def percentage(self, node: Node, name: str) -> float | None:
        """Return a percentage from 0 to 100; none when the attribute is absent."""
        found = node.attributes.get(name, "").strip().removesuffix("%")
        if not found:
            return None
        if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,9})?", found) or float(found) > 100:
            self.wrong(node, name, "a percentage from 0 to 100")
            return None
        return float(found)

    def flag(self, node: Node, name: str) -> bool:
        """Return yes or no; absent is no."""
        found = node.attributes.get(name, "").strip().casefold()
        if found not in _FLAGS:
            self.wrong(node, name, "yes or no")
        return _FLAGS.get(found, False)

    def choice(self, node: Node, name: str, words: Mapping[str, _Choice]) -> _Choice | None:
        """Return what one of the known words stands for; none when the attribute is absent."""
        found = node.attributes.get(name, "").strip()
        if not found:
            return None
        if found.casefold() not in words:
            self.wrong(node, name, _any_of(words))
        return words.get(found.casefold())

    def day(self, node: Node, name: str) -> date | None:
        """Return a date, written 2019-05-02, 20190502 or 02/05/2019; note it when missing."""
        match = _DATE.fullmatch(node.attributes.get(name, "").strip())
        parts = (
            {}
            if match is None
            else {key[0]: part for key, part in match.groupdict().items() if part}
        )
        try:
            return date(int(parts["y"]), int(parts["m"]), int(parts["d"]))
        except (KeyError, ValueError):
            self.wrong(node, name, "a date such as 2019-05-02")
            return None

    def moment(self, node: Node, name: str) -> datetime | None:
        """Return a time with an offset; none when the attribute is absent."""
        found = node.attributes.get(name, "").strip()
        if not found:
            return None
        try:
            moment = datetime.fromisoformat(found)
        except ValueError:
            moment = None
        if moment is None or moment.utcoffset() is None or moment.year not in _YEARS:
            self.wrong(node, name, "a time with its offset, such as 2019-05-03T01:14:00+00:00")
            return None
        return moment


def _any_of(words: Iterable[str]) -> str:
    *others, last = (f"“{word}”" for word in words)
    return f"{', '.join(others)} or {last}"


def _figure(number: int) -> str:
    return f"{number:,}".replace("-", "−")


@dataclass(slots=True)
class PartyBook:
    """The parties of one message: their ids, and the names of those that the desk does not know."""

    reading: Reading
    names: dict[PartyId, str] = field(default_factory=dict)

    def named(self, name: str) -> PartyId:
        """Return the id of a party, and keep its name when it is unknown."""
        known = known_party(name)
        if known is not None:
            return known
        party = party_id(name)
        self.names.setdefault(party, name)
        return party

    def of(self, node: Node, *names: str) -> PartyId | None:
        """Return the party that the first attribute with a value names."""
        name = self.reading.text(node, *names)
        return None if name is None else self.named(name)

    def seats(self, group: Node, attribute: str, *, least: int = 0) -> dict[PartyId, int]:
        """Return a whole number for each party of a group, whose `Party` elements are added up.

        Labour and Co-operative councillors are Labour's (rule 21); a name that stands twice is
        wrong.
        """
        seats: dict[PartyId, int] = {}
        for row, party in self.rows(group):
            number = self.reading.required_number(row, attribute, least=least)
            seats[party] = seats.get(party, 0) + number
        return seats

    def rows(self, group: Node) -> list[tuple[Node, PartyId]]:
        """Return the `Party` elements of a group, each with its id."""
        found: list[tuple[Node, PartyId]] = []
        seen: set[tuple[PartyId, bool]] = set()
        for row in group.all("Party"):
            party = self.of(row, "name", "abbreviation")
            if party is None:
                self.reading.wrong(row, "name", "the name of a party")
            elif (key := (party, _is_cooperative(row))) in seen:
                self.reading.fault(row, f"{row.label} stands twice in {group.label}")
            else:
                seen.add(key)
                found.append((row, party))
        return found


def _is_cooperative(row: Node) -> bool:
    """Whether a row is of Labour's Co-operative councillors, beside Labour's own."""
    return "operative" in row.attributes.get("name", "").casefold()
