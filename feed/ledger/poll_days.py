"""Which poll day is the night: the newest that has councils (rule 16)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final

from feed.model.messages import ElectionRef, Message

_JOINS: Final = timedelta(days=7)
_TOMORROW: Final = timedelta(days=1)
COUNCILS: Final = 3
_WARDS: Final = 2
CONTESTS: Final = 1
_WORDS: Final = 0
"""How much a message says of which night it is: a contest decides it only where no council does."""


def poll_day(message: Message) -> date | None:
    """Return the poll day that a message is of, where it says so."""
    election = message.__dict__.get("election")
    return None if election is None else election.date


def weight(message: Message) -> int:
    """Return how much a message says of which night it is."""
    if message.kind == "news":
        return _WORDS
    if message.kind == "contest" or (message.kind == "withdrawal" and message.contest):
        return CONTESTS
    return _WARDS if message.kind == "ward_result" else COUNCILS


def of_the_night(message: Message, night: date | None) -> bool:
    """Whether a message is of the night: a contest joins one that is within seven days."""
    day = poll_day(message)
    if day is night or day is None or night is None or day == night:
        return True
    return weight(message) <= CONTESTS and abs(day - night) <= _JOINS


def full_date(day: date) -> str:
    """Return a poll day in full: `2 May 2019`."""
    return f"{day.day} {day:%B %Y}"


def the_night(polls: Mapping[date, int], *, today: date | None = None) -> date | None:
    """Return the poll day that is the night.

    Args:
        polls: the poll days told of, each with the most that a message of it says.
        today: the day on which the newest file came: what is later than tomorrow is not tonight.

    """
    if not polls:
        return None
    come = [day for day in polls if today is None or day <= today + _TOMORROW]
    if not come:
        return min(polls)
    return max(come, key=lambda day: (polls[day], day))


def newest_night(messages: Iterable[Message], *, today: date | None = None) -> date | None:
    """Return the night of messages that are there together; `today` as for `the_night`."""
    return the_night(polls_in(messages), today=today)


def polls_in(messages: Iterable[Message]) -> dict[date, int]:
    """Return the poll days told of, each with the most that a message of it says."""
    polls: dict[date, int] = {}
    of: ElectionRef | None = None
    kind = ""
    for message in messages:
        election: ElectionRef | None = message.__dict__.get("election")
        if election is None or (election is of and message.kind == kind):
            continue  # it says what the one before it said, as nearly all do
        polls[election.date] = max(polls.get(election.date, 0), weight(message))
        if message.kind != "withdrawal":  # one of a contest says less
            of, kind = election, message.kind
    return polls
