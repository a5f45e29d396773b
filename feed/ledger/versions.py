"""What the ledger keeps of a council or a contest: every version ever accepted, in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import blake2b
from types import MappingProxyType
from typing import Final, Generic, TypeVar

from feed.clock import EPOCH
from feed.councils.register import Known
from feed.model.entries import ContestId, Origin
from feed.model.messages import (
    Contest,
    Expected,
    Message,
    Result,
    Roster,
    Rush,
    WardResult,
    Withdrawal,
)
from feed.model.terms import ContestKind

M_co = TypeVar("M_co", bound=Message, covariant=True)
M = TypeVar("M", bound=Message)
Order = tuple[int, int, datetime, bytes]

CONTENT_SIZE: Final = 12
"""Bytes of the hash of what a message says."""
_BY_PARTY = {"won", "after", "changes"}
_NUMBERED: Final = 10_000
"""More than any revision: what a source does not number is below all that one does."""
_RANK = {"rush": 1, "result": 2, "withdrawal": 3}


@dataclass(frozen=True, slots=True)
class Version(Generic[M_co]):
    """One message about one council or contest, and where it stands in the log."""

    message: M_co
    origin: Origin
    content: bytes
    """Hash of what the message says."""
    entry: int
    """`seq` of the entry that told it."""
    order: Order
    """Highest revision wins; then result over rush; then the later file (domain.md §4)."""
    test: bool = False

    @property
    def is_flash(self) -> bool:
        """It is neither a result nor a withdrawal."""
        return self.order[1] <= _RANK["rush"]

    @property
    def called(self) -> str:
        """Return ` r2` to stand behind a name; nothing where the source numbers no revisions."""
        return "" if self.origin.unnumbered else f" r{self.order[0]}"


def version_of(message: M, origin: Origin, entry: int) -> Version[M]:
    """Return `message` as a version, with its place in the order of revisions."""
    content = content_hash(message)
    stage = message.stage if isinstance(message, Contest) else message.kind
    revision = getattr(message, "revision", 0)
    if origin.unnumbered:
        revision -= _NUMBERED
    order = (revision, _RANK.get(stage, 0), origin.modified_at or EPOCH, content)
    return Version(
        message, origin, content, entry, order, test=getattr(message, "test", False) or origin.test
    )


def content_hash(message: Message) -> bytes:
    """Return the identity of what a message says; the order of its parties says nothing."""
    if isinstance(message, Result | WardResult):
        written = f"{message.model_dump_json(exclude=_BY_PARTY)}{_by_party(message)}"
    else:
        written = message.model_dump_json()
    return blake2b(written.encode(), digest_size=CONTENT_SIZE).digest()


def _by_party(message: Result | WardResult) -> list[object]:
    won = None if message.won is None else sorted(message.won.items())
    if isinstance(message, WardResult):
        return [won]
    changes = [(change.baseline, sorted(change.seats.items())) for change in message.changes]
    return [won, sorted(message.after.items()), changes]


def in_order(versions: Iterable[Version[M]]) -> tuple[Version[M], ...]:
    """Sort versions by the rule of revisions; the last one stands."""
    return tuple(sorted(versions, key=lambda version: version.order))


def dated(
    versions: tuple[Version[M], ...], content: bytes, origin: Origin
) -> tuple[Version[M], ...]:
    """Return versions with the one of that content dated by the latest file that says it."""
    version = next((v for v in versions if v.content == content), None)
    at = origin.modified_at
    if version is None or at is None or at <= version.order[2]:
        return versions
    later = replace(version, order=(*version.order[:2], at, content))
    return in_order(later if each is version else each for each in versions)


CouncilMessage = Result | Rush | Withdrawal
ContestMessage = Contest | Withdrawal


@dataclass(frozen=True, slots=True)
class CouncilRecord:
    """Everything told about one council."""

    known: Known
    versions: tuple[Version[CouncilMessage], ...] = ()
    """Results, rushes and withdrawals; the last one stands."""
    rosters: tuple[Version[Roster], ...] = ()
    expected: tuple[Version[Expected], ...] = ()
    wards: Mapping[str, tuple[Version[WardResult], ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    matched_as: str = ""
    declared_order: int | None = None

    @property
    def stands_apart(self) -> bool:
        """Northern Ireland's: outside the count of the night, no party controls (domain.md §6)."""
        known = self.known
        return (known.gss or "").startswith("N09") or known.region == "Northern Ireland"

    @property
    def current(self) -> Version[CouncilMessage] | None:
        """The version that stands; None when nothing does or the last word is a withdrawal."""
        if not self.versions or isinstance(self.versions[-1].message, Withdrawal):
            return None
        return self.versions[-1]

    @property
    def result(self) -> Result | None:
        """The result that counts, if one stands."""
        current = self.current
        return current.message if current and isinstance(current.message, Result) else None

    @property
    def rush(self) -> Rush | None:
        """The flash that stands while there is no result."""
        current = self.current
        return current.message if current and isinstance(current.message, Rush) else None

    @property
    def roster(self) -> Roster | None:
        """The roster that stands: the later file."""
        return self.rosters[-1].message if self.rosters else None

    @property
    def ward_results(self) -> tuple[WardResult, ...]:
        """The wards that are in, each in its current revision."""
        return tuple(version[-1].message for version in self.wards.values())


@dataclass(frozen=True, slots=True)
class ContestRecord:
    """Everything told about one contest."""

    id: ContestId
    kind: ContestKind
    area: str
    versions: tuple[Version[ContestMessage], ...] = ()
    """Rushes, results and withdrawals; the last one stands."""
    nominations: tuple[Version[Contest], ...] = ()
    recounts: tuple[Version[Contest], ...] = ()

    @property
    def current(self) -> Contest | None:
        """The flash or result that stands."""
        if not self.versions:
            return None
        message = self.versions[-1].message
        return None if isinstance(message, Withdrawal) else message
