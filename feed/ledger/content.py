"""What a message says, told apart from what any other says."""

from __future__ import annotations

from functools import total_ordering
from hashlib import blake2b
from operator import itemgetter
from typing import Final

from feed.model.messages import Message, Result, WardResult

_SIZE: Final = 12
"""Bytes of the hash of what a message says."""
_BY_PARTY: Final = {"won", "after", "changes"}
_TELLS_APART: Final = {
    "ward_result": itemgetter(
        "council", "ward", "revision", "seats", "majority", "turnout", "electorate", "note"
    ),
    "result": itemgetter("council", "revision", "control_before", "control_after", "note"),
    "roster": itemgetter("council", "size", "seats_up", "control_before", "note", "parties"),
}
"""What differs where two messages of a kind do, as a rule, but for their time and seats."""


@total_ordering
class Content:
    """The identity of what a message says; the order of its parties says nothing.

    Contents are equal, and one is before another, by a hash of all that is said. It is made when
    two are held against each other: of the many returns of wards nearly none ever is.
    """

    __slots__ = ("_digest", "_key", "_message")

    def __init__(self, message: Message) -> None:
        self._message = message
        self._digest = b""
        tells_apart = _TELLS_APART.get(message.kind)
        if tells_apart is None:
            self._key = hash(self.digest)
        else:
            fields = message.__dict__
            at, seats = fields["at"], fields.get("won") or fields.get("after") or {}
            told = 0 if at is None else at.timestamp()
            self._key = hash((tells_apart(fields), told, frozenset(seats.items())))

    def __hash__(self) -> int:
        return self._key

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Content):
            return NotImplemented
        return self is other or (self._key == other._key and self.digest == other.digest)

    def __lt__(self, other: Content) -> bool:
        return self.digest < other.digest

    @property
    def digest(self) -> bytes:
        """The hash of all that is said."""
        if not self._digest:
            self._digest = blake2b(_written(self._message), digest_size=_SIZE).digest()
        return self._digest


def _written(message: Message) -> bytes:
    if message.kind == "result" or message.kind == "ward_result":
        written = message.to_json(exclude=_BY_PARTY)
        return written + str(_by_party(message)).encode()
    return message.to_json()


def _by_party(message: Result | WardResult) -> list[object]:
    won = None if message.won is None else sorted(message.won.items())
    if message.kind == "ward_result":
        return [won]
    changes = [(change.baseline, sorted(change.seats.items())) for change in message.changes]
    return [won, sorted(message.after.items()), changes]
