"""What the agency's messages mean, whichever notation they travelled in (domain.md §2)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from feed.formats.agency.contests import STAGES, read_contest
from feed.formats.agency.councils import read_result, read_roster
from feed.formats.agency.node import Envelope, Node, is_test_name
from feed.formats.agency.reading import Reading
from feed.formats.agency.totals import read_total
from feed.formats.rejecting import quoted
from feed.model.messages import ElectionRef, Rejection, Statement

_COUNCILS = {"LocalElectionResult": read_result, "LocalElectionNominations": read_roster}
_TOTAL = "LocalStateOfParties"
ROOTS = frozenset({*_COUNCILS, _TOTAL, *STAGES})
"""The root elements of the agency's messages."""
_FIX = "Ask the agency to send the file again."
_TEST_FILE = re.compile(r"(?:^|_)Test_(?!Valley(?:_|\.|$))")


def statements_of(root: Node, path: str) -> tuple[Statement, ...]:
    """Return what a message says: one statement for each council, contest or total in it.

    A council with a wrong value becomes a rejection at the line of that value, and the other
    councils of the message are still taken.
    """
    if root.name not in ROOTS:
        expected = ", ".join(sorted(ROOTS))
        return message_rejected(
            root.line, f"The message is {quoted(root.name)}; expected one of {expected}."
        )
    reading = Reading(_FIX)
    envelope = _envelope(root, path, reading)
    if envelope is None or reading.faults:
        return tuple(reading.faults)
    if root.name == _TOTAL:
        return read_total(root, envelope)
    kind = "Council" if root.name in _COUNCILS else "Constituency"
    places = _places(root, kind)
    if not places:
        return message_rejected(root.line, f"{root.name} names no {kind}; expected 1 or more.")
    said = (statement for place in places for statement in _read(root, place, envelope))
    return tuple(sorted(said, key=lambda statement: statement.line or 0))


def message_rejected(line: int | None, what: str, fix: str = _FIX) -> tuple[Statement, ...]:
    """Refuse a whole message."""
    return (Statement(Rejection(line=line, what=what, fix=fix), line),)


def _read(root: Node, place: Node, envelope: Envelope) -> Iterable[Statement]:
    if root.name in _COUNCILS:
        return _COUNCILS[root.name](place, envelope)
    return read_contest(root, place, envelope)


def _envelope(root: Node, path: str, reading: Reading) -> Envelope | None:
    election = root.first("Election")
    if election is None:
        reading.fault(root, f"{root.name} names no Election; expected one with its date")
        return None
    day = reading.day(election, "date")
    name = reading.text(election, "name")
    id_ = reading.text(election, "paId")
    revision = reading.number(root, "revision", most=9999)
    if day is None:
        return None
    return Envelope(
        election=ElectionRef(date=day, name=name, id=id_),
        type=election.attributes.get("type", "").strip().upper()[:1],
        revision=1 if revision is None else revision,
        test=is_test_name(name or "") or _is_test_file(path),
    )


def _places(root: Node, kind: str) -> list[Node]:
    inside = [place for election in root.all("Election") for place in election.all(kind)]
    return inside or list(root.all(kind))


def _is_test_file(path: str) -> bool:
    return _TEST_FILE.search(path.rpartition("/")[2]) is not None
