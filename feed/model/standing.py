"""Where the night stands: one frozen value that every pane draws from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from feed.model.entries import Check, Clock, ContestId, Entry, Mark, Origin, PlaceId
from feed.model.parties import PartyId
from feed.model.terms import Baseline, ContestKind, ContestStage, Outcome, majority_of
from feed.records import record

if TYPE_CHECKING:
    from feed.model.messages import TotalRow

Status = Literal["expected", "counting", "rush", "declared"]
ContestStatus = Literal["expected", "rush", "recount", "declared"]


@record(frozen=True, slots=True)
class SeatLine:
    """One party on one council."""

    party: PartyId
    label: str
    held: int | None = None
    """Before the poll, by the roster."""
    offered: int | None = None
    won: int | None = None
    after: int | None = None
    change: int | None = None
    """Against the council's main baseline."""
    change_other: tuple[tuple[Baseline, int], ...] = ()
    """Against the council's further baselines."""
    provisional: int | None = None
    """Won in the wards that are in, while the council counts."""
    name: str = ""
    """Full name, for a sentence."""


@record(frozen=True, slots=True)
class WardLine:
    """One ward's return."""

    ward: str
    seats: int
    won: Mapping[PartyId, int]
    majority: int | None = None


@record(frozen=True, slots=True)
class Past:
    """One revision in a council's or contest's history, newest last."""

    revision: int
    kind: Literal["result", "rush", "withdrawal", "nominations", "recount"]
    says: str
    origin: Origin
    at: datetime
    current: bool
    difference: str = ""
    estimated: bool = False
    """Its time is."""


@record(frozen=True, slots=True)
class CouncilStanding:
    """One council, as known now."""

    id: PlaceId
    name: str
    gss: str | None
    type: str | None
    region: str | None
    elects: str | None
    status: Status
    before: PartyId | None
    after: PartyId | None
    """Control after the poll; of a rush, as told; none while undeclared."""
    outcome: Outcome | None
    revision: int
    corrected: bool
    """A result was superseded by this revision: the cell carries `r2`."""
    size: int | None
    seats_up: int | None
    seats: tuple[SeatLine, ...] = ()
    baseline: Baseline | None = None
    declared_at: datetime | None = None
    """Of the first result in the chain that stands: a correction does not move it."""
    declared_at_estimated: bool = False
    expected_at: datetime | None = None
    declared_order: int | None = None
    """1 for the first council to declare, in the order of the log."""
    wards_in: int = 0
    wards_total: int | None = None
    wards: tuple[WardLine, ...] = ()
    majority_notes: tuple[str, ...] = ()
    """Need and risk in words: `Lab needs 6 more`, `one seat short`."""
    history: tuple[Past, ...] = ()
    checks: tuple[Check, ...] = ()
    matched_as: str = ""
    """What the source wrote, when the name was matched by a near match."""
    entry: int | None = None
    """`seq` of the entry that stands."""
    test: bool = False
    note: str = ""
    declared_clock: Clock | None = None
    """Where `declared_at` comes from; `seen` where the source gives no time."""
    new_council: bool = False
    size_before: int | None = None
    """Seats before the poll, where it changed them."""
    expected_source: str = ""
    """Whose estimate the expected time is."""
    stands_apart: bool = False
    """Northern Ireland's: no party controls (rule 11)."""

    @property
    def changed_hands(self) -> bool:
        """Control has changed, as far as both sides are known; of a rush, as told."""
        return (
            self.status in {"declared", "rush"}
            and self.before is not None
            and self.after is not None
            and self.before != self.after
        )

    @property
    def name_order(self) -> tuple[str, PlaceId]:
        """Its place in every list that goes by name."""
        return self.name.casefold(), self.id

    @property
    def majority_line(self) -> int | None:
        """Seats needed for a majority of the seats filled; none where no party controls."""
        if self.stands_apart:
            return None
        filled = sum(line.after or 0 for line in self.seats) or self.size
        return majority_of(filled) if filled else None


@record(frozen=True, slots=True)
class Contribution:
    """What one result adds to one figure of the scoreboard."""

    place: PlaceId
    name: str
    amount: int
    revision: int
    at: datetime
    origin: Origin
    estimated: bool = False
    """Its time is."""


@record(frozen=True, slots=True)
class BoardRow:
    """One party on the scoreboard (rule 4)."""

    party: PartyId
    label: str
    name: str
    councils: int = 0
    gained: int = 0
    lost: int = 0
    seats_won: int = 0
    seats_net: int | None = None
    """Against the main baseline; none where nothing is known."""
    seats_net_other: Mapping[Baseline, int] = field(default_factory=lambda: MappingProxyType({}))
    seats_after: int = 0
    """All seats on declared councils: another figure, with its own label."""

    @property
    def net(self) -> int:
        """Councils gained less councils lost; over all rows, NOC among them, the sum is 0."""
        return self.gained - self.lost


@record(frozen=True, slots=True)
class Scoreboard:
    """The party rows in the agency's order, and what their changes are measured against."""

    rows: tuple[BoardRow, ...] = ()
    baseline: Baseline = "unknown"
    baseline_councils: int = 0
    """Declared councils whose change is on that baseline."""
    other_baselines: tuple[tuple[Baseline, int], ...] = ()
    """Further baselines in the feed, each with its number of councils; never added."""
    changed_size: int = 0
    """Declared councils that have more or fewer seats than before."""


@record(frozen=True, slots=True)
class TotalStanding:
    """An agency total and what came of comparing it with ours (rule 6)."""

    region: str
    declared: int
    of: int | None
    verdict: Literal["agrees", "explained", "differs", "waiting", "not comparable"]
    rows: tuple[TotalRow, ...]
    baseline: Baseline
    explained_by: tuple[tuple[PlaceId, str, int], ...] = ()
    """Place, name and the revision that the agency must have counted."""
    differences: tuple[str, ...] = ()
    """`Con councils 34, ours 33`."""
    waiting_for: tuple[str, ...] = ()
    says: str = ""
    entry: int | None = None
    at: datetime | None = None
    running: bool = False
    """A running total in news, not a state of parties."""


@record(frozen=True, slots=True)
class ContestStanding:
    """One mayor's, commissioner's or parliamentary contest, as known now."""

    id: ContestId
    kind: ContestKind
    area: str
    status: ContestStatus
    stage: ContestStage
    before: PartyId | None
    winner: PartyId | None
    winner_name: str | None
    outcome: Outcome | None
    revision: int
    corrected: bool
    declared_at: datetime | None = None
    declared_at_estimated: bool = False
    poll: date | None = None
    """Its poll day, where that is not the night's."""
    nominated: bool = True
    """It was known before its result: of what is not, nobody knows how many there are."""
    turnout: float | None = None
    majority: int | None = None
    recount: int | None = None
    history: tuple[Past, ...] = ()
    entry: int | None = None
    test: bool = False
    candidates: tuple[tuple[str, PartyId | None, int | None, bool], ...] = ()
    """Name, party, votes, elected."""


@record(frozen=True, slots=True)
class Problem:
    """A file, or a part of one, that was not taken or not placed."""

    file: str
    line: int | None
    what: str
    fix: str
    entry: int
    mark: Mark = Mark.REJECTED

    @property
    def where(self) -> str:
        """Return `file` or `file:line`."""
        return self.file if self.line is None else f"{self.file}:{self.line}"


@record(frozen=True, slots=True)
class OtherPollDay:
    """The files of another poll day, which the night does not count."""

    day: date
    files: tuple[str, ...]
    """In the order in which they came."""
    messages: int


class LogView:
    """A read-only view of the first `count` entries of an append-only log."""

    __slots__ = ("_entries", "count")

    def __init__(self, entries: Sequence[Entry], count: int | None = None) -> None:
        self._entries = entries
        self.count = len(entries) if count is None else count

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, index: int) -> Entry:
        if not -self.count <= index < self.count:
            raise IndexError(index)
        return self._entries[index if index >= 0 else self.count + index]

    def since(self, start: int) -> tuple[Entry, ...]:
        """Return the entries from position `start` (0-based) to the end of the view."""
        return tuple(self._entries[start : self.count])


@record(frozen=True, slots=True)
class Standing:
    """Everything that the panes draw; a pure function of the accepted messages."""

    title: str = "No election yet"
    note: str = ""
    """What a reader of the night's figures should know, as its feed says."""
    date: date | None = None
    timezone: str = "Europe/London"
    test: bool = False
    councils_up: int = 0
    declared: int = 0
    rushed: int = 0
    counting: int = 0
    councils: tuple[CouncilStanding, ...] = ()
    """Sorted by name; Northern Ireland apart."""
    ni_councils: tuple[CouncilStanding, ...] = ()
    ni_councils_up: int = 0
    """How many are up there; 0 where nobody has said."""
    scoreboard: Scoreboard = Scoreboard()
    ni_scoreboard: Scoreboard = Scoreboard()
    contests: tuple[ContestStanding, ...] = ()
    totals: tuple[TotalStanding, ...] = ()
    """In the order of the log."""
    problems: tuple[Problem, ...] = ()
    set_aside: tuple[OtherPollDay, ...] = ()
    """By their day."""
    log: LogView = field(default_factory=lambda: LogView([]))
    superseded: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))
    """`seq` of a struck-out entry -> `seq` of the entry that corrects it."""
    as_of: datetime | None = None
    """Time of the newest entry."""
    last_seen_at: datetime | None = None
    arrivals: int = 0
    duplicates: int = 0
    steps: int = 0
    """Statements folded: the position in the night."""
    party_names: Mapping[PartyId, str] = field(default_factory=lambda: MappingProxyType({}))
    not_shown: tuple[tuple[str, str, int], ...] = ()
    """What is not shown here: whose it is, what it is, how many messages."""

    @property
    def is_apart(self) -> bool:
        """Only Northern Ireland is up, where no party controls a council (rule 11)."""
        others = self.councils_up not in {0, len(self.ni_councils)}
        return bool(self.ni_councils) and not self.councils and not others

    @property
    def progress(self) -> tuple[int, int]:
        """Councils declared and up; Northern Ireland's where there are no others."""
        if not self.is_apart:
            return self.declared, self.councils_up
        return self.ni_declared, self.ni_councils_up or self.councils_up

    @property
    def ni_declared(self) -> int:
        """How many of Northern Ireland's councils have declared."""
        return sum(council.status == "declared" for council in self.ni_councils)

    @property
    def all_councils(self) -> tuple[CouncilStanding, ...]:
        """Every council, those of Northern Ireland last."""
        return self.councils + self.ni_councils

    def council(self, place: PlaceId | None) -> CouncilStanding | None:
        """Return the council of that id, if it is known."""
        for council in self.all_councils:
            if council.id == place:
                return council
        return None
