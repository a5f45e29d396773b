"""Agency messages for tests, written from what the test is about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from xml.sax.saxutils import quoteattr

from feed.model.arrival import Arrival
from feed.model.messages import Message, Rejection, Statement

SEEN_AT = datetime(2019, 5, 3, 1, 14, tzinfo=UTC)
NAMES = {"con": "Conservative", "lab": "Labour", "ld": "Liberal Democrat", "ukip": "UKIP"}
Seats = Mapping[str, int | str]


def an_arrival(data: bytes | str, path: str = "results/Local_result_Alder_1.xml") -> Arrival:
    return Arrival(path, data.encode() if isinstance(data, str) else data, SEEN_AT)


def attributes(**values: object) -> str:
    return "".join(f" {name}={quoteattr(str(value))}" for name, value in values.items())


def group(name: str, attribute: str, seats: Seats | None) -> str:
    if seats is None:
        return ""
    rows = "".join(
        f"<Party{attributes(name=NAMES.get(party, party), **{attribute: number})}/>\n"
        for party, number in seats.items()
    )
    return f"<{name}>\n{rows}</{name}>\n"


def a_council(
    name: str = "Alder",
    *,
    won: Seats | None = None,
    changes: Seats | None = None,
    after: Seats | None = None,
    **facts: str,
) -> str:
    """One element a line: the tag first, then each group and each of its parties."""
    facts = {"type": "Non-Met", "proportion": "third", **facts}
    after = {"con": 20, "lab": 15} if after is None else after
    return (
        f"<Council{attributes(name=name, **facts)}>\n"
        f"{group('ElectedCouncillors', 'seats', won)}"
        f"{group('Changes', 'change', changes)}"
        f"{group('NewCouncil', 'seats', after)}"
        "</Council>\n"
    )


def a_message(kind: str, inside: str = "", *, election: str = "", **facts: object) -> str:
    """Root on line 1, Election on line 2, its contents from line 3."""
    election = election or "date='2019-05-02' paId='9'"
    return f"<{kind}{attributes(**facts)}>\n<Election {election}>\n{inside}</Election>\n</{kind}>\n"


def a_result(*councils: str, election: str = "", **facts: object) -> str:
    inside = "".join(councils or (a_council(),))
    return a_message("LocalElectionResult", inside, election=election, **facts)


def only(statements: tuple[Statement, ...]) -> Message:
    (statement,) = statements
    return statement.message


def refusals(statements: tuple[Statement, ...]) -> list[tuple[int | None, str]]:
    """Line and reason of each rejection; both places that tell the line agree."""
    found = [s for s in statements if isinstance(s.message, Rejection)]
    assert all(s.line == s.message.line for s in found if isinstance(s.message, Rejection))
    assert all(s.message.fix for s in found if isinstance(s.message, Rejection))
    return [(s.line, s.message.what) for s in found if isinstance(s.message, Rejection)]
