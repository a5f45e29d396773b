"""What the ledger keeps of a council or a contest: every version ever accepted, in order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import field, replace
from datetime import datetime
from operator import attrgetter
from typing import Final, Generic, TypeVar

from feed.clock import EPOCH
from feed.councils.register import Known
from feed.ledger.content import Content
from feed.model.entries import Check, ContestId, Origin
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
from feed.model.parties import PartyId
from feed.model.standing import WardLine
from feed.model.terms import ContestKind
from feed.records import record
from feed.rules.checks import WardFigures, check_result

M_co = TypeVar("M_co", bound=Message, covariant=True)
M = TypeVar("M", bound=Message)
Order = tuple[int, int, datetime, Content]

_NUMBERED: Final = 10_000
"""More than any revision: what a source does not number is below all that one does."""
_RANK = {"rush": 1, "result": 2, "withdrawal": 3}


@record(frozen=True, slots=True)
class Version(Generic[M_co]):
    """One message about one council or contest, and where it stands in the log."""

    message: M_co
    origin: Origin
    entry: int
    """`seq` of the entry that told it."""
    content: Content
    """What the message says."""
    sent_again: datetime | None = None
    """When the latest file that says the same was written."""

    @property
    def rank(self) -> tuple[int, int]:
        """What decides before any times do (see `rank_of`)."""
        return rank_of(self.message, self.origin)

    @property
    def written(self) -> datetime:
        """When the latest file that says it was written."""
        return self.sent_again or self.origin.modified_at or EPOCH

    @property
    def order(self) -> Order:
        """The order of revisions: the highest stands."""
        return (*self.rank, self.written, self.content)

    @property
    def test(self) -> bool:
        """It is rehearsal data, as it says itself or as its folder does."""
        return self.origin.test or getattr(self.message, "test", False)

    @property
    def is_flash(self) -> bool:
        """It is neither a result nor a withdrawal."""
        return self.rank[1] <= _RANK["rush"]

    @property
    def called(self) -> str:
        """Return ` r2` to stand behind a name; nothing where the source numbers no revisions."""
        return "" if self.origin.unnumbered else f" r{self.rank[0]}"


def rank_of(message: Message, origin: Origin) -> tuple[int, int]:
    """Return what decides between two versions before their times do (rule 8).

    The higher revision stands; of one revision a withdrawal stands over a result, a result over a
    rush. What a source does not number is below all that one does. Of two that are equal in this
    the later file stands, a file sent again being as late as it came last, and of two files of one
    time the one with the higher content hash: so any order of arrival ends the same.
    """
    revision: int = message.__dict__.get("revision", 0)
    stage = message.stage if message.kind == "contest" else message.kind
    return revision - _NUMBERED if origin.unnumbered else revision, _RANK.get(stage, 0)


def inserted(versions: tuple[Version[M], ...], version: Version[M]) -> tuple[Version[M], ...]:
    """Return versions with one more in its place, which in a feed that runs on is the end."""
    if not versions or versions[-1].order <= version.order:
        return (*versions, version)
    at = bisect_right(versions, version.order, key=lambda each: each.order)
    return (*versions[:at], version, *versions[at:])


def in_order(versions: Iterable[Version[M]]) -> tuple[Version[M], ...]:
    """Sort versions by the rule of revisions; the last one stands."""
    return tuple(sorted(versions, key=lambda version: version.order))


def dated(
    versions: tuple[Version[M], ...], content: Content, origin: Origin
) -> tuple[Version[M], ...]:
    """Return versions with the one of that content dated by the latest file that says it."""
    version = next((v for v in versions if v.content == content), None)
    at = origin.modified_at
    if version is None or at is None or at <= version.written:
        return versions
    later = replace(version, sent_again=at)
    return in_order(later if each is version else each for each in versions)


CouncilMessage = Result | Rush | Withdrawal
ContestMessage = Contest | Withdrawal


class WardTable:
    """The wards of one council that are in, with what their current returns add up to.

    The one part of a record that changes in place: a council of many wards would else be copied
    for each of them. A ledger writes only to a table that it owns, and copies any other first.
    """

    __slots__ = ("_checked", "_figures", "_lines", "_total", "_versions", "owner")

    def __init__(self, owner: object = None) -> None:
        self.owner = owner
        self._versions: dict[str, tuple[Version[WardResult], ...]] = {}
        self._total: int | None = 0
        """As `total`, 0 for none; None where a return said it that stands no longer."""
        self._forget()

    def _forget(self) -> None:
        """Add up again what is asked for next; most returns come in while nobody asks."""
        self._lines: tuple[WardLine, ...] | None = None
        self._figures: WardFigures | None = None
        self._checked: tuple[Result, Roster | None, tuple[Check, ...]] | None = None

    def __len__(self) -> int:
        return len(self._versions)

    def __iter__(self) -> Iterator[str]:
        return iter(self._versions)

    def owned_by(self, owner: object) -> WardTable:
        """Return this table where it is the owner's, else a copy that is."""
        if self.owner is owner:
            return self
        twin = WardTable(owner)
        twin._versions = dict(self._versions)
        twin._total, twin._lines, twin._figures = self._total, self._lines, self._figures
        twin._checked = self._checked
        return twin

    def of(self, ward: str) -> tuple[Version[WardResult], ...]:
        """Return the versions of a ward, the one that stands last."""
        return self._versions.get(ward, ())

    def put(self, ward: str, versions: tuple[Version[WardResult], ...]) -> None:
        """Give a ward its versions; without any it is not in."""
        self._forget()
        before = self._versions.pop(ward, ()) if not versions else self._versions.get(ward, ())
        said = (versions[-1].message.wards_total or 0) if versions else 0
        if versions:
            self._versions[ward] = versions
        if self._total is not None and said >= self._total:
            self._total = said
        elif before and before[-1].message.wards_total == self._total:
            self._total = None

    def _current(self) -> Iterator[WardResult]:
        return (versions[-1].message for versions in self._versions.values())

    @property
    def lines(self) -> tuple[WardLine, ...]:
        """The current return of each ward, by name."""
        if self._lines is None:
            lines = [WardLine(it.ward, it.seats, it.won, it.majority) for it in self._current()]
            self._lines = tuple(sorted(lines, key=attrgetter("ward")))
        return self._lines

    @property
    def figures(self) -> WardFigures:
        """What the current returns add up to."""
        if self._figures is None:
            won: dict[PartyId, int] = {}
            for it in self._current():
                for party, seats in it.won.items():
                    won[party] = won.get(party, 0) + seats
            self._figures = WardFigures(len(self), self.total, won)
        return self._figures

    def checks(self, result: Result, roster: Roster | None) -> tuple[Check, ...]:
        """Hold a result of the council against every rule, once while nothing else is told."""
        kept = self._checked
        if kept is None or kept[0] is not result or kept[1] is not roster:
            kept = self._checked = result, roster, check_result(result, roster, self.figures)
        return kept[2]

    @property
    def total(self) -> int | None:
        """How many wards the council counts tonight, by the most that a return says."""
        if self._total is None:
            self._total = max((it.wards_total or 0 for it in self._current()), default=0)
        return self._total or None


@record(frozen=True, slots=True)
class CouncilRecord:
    """Everything told about one council."""

    known: Known
    versions: tuple[Version[CouncilMessage], ...] = ()
    """Results, rushes and withdrawals; the last one stands."""
    rosters: tuple[Version[Roster], ...] = ()
    expected: tuple[Version[Expected], ...] = ()
    wards: WardTable = field(default_factory=WardTable)
    near_names: frozenset[str] = frozenset()
    """What its sources write where the name was not found as it is written."""
    declared_order: int | None = None

    def with_wards(self, wards: WardTable) -> CouncilRecord:
        """Return the record with that table; written out, since it is done for many wards."""
        return CouncilRecord(
            self.known, self.versions, self.rosters, self.expected, wards,
            self.near_names, self.declared_order,
        )  # fmt: skip

    @property
    def stands_apart(self) -> bool:
        """Northern Ireland's: outside the count of the night, no party controls (rule 11)."""
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
    def matched_as(self) -> str:
        """What the source of the version that stands writes, if the name was matched."""
        written = self.current.message.council if self.current else None
        return written if written in self.near_names else ""

    @property
    def rush(self) -> Rush | None:
        """The flash that stands while there is no result."""
        current = self.current
        return current.message if current and isinstance(current.message, Rush) else None

    @property
    def roster(self) -> Roster | None:
        """The roster that stands: the later file."""
        return self.rosters[-1].message if self.rosters else None


@record(frozen=True, slots=True)
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
