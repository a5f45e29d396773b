"""The log: one frozen entry for everything that the desk was told."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Literal, NewType

from feed.model.parties import PartyId
from feed.model.terms import ContestKind, Outcome
from feed.records import record

PlaceId = NewType("PlaceId", str)
"""A council: its GSS code where known, else its name in small letters."""
ContestId = NewType("ContestId", str)
"""A contest: kind and area, `mayor/middlesbrough`."""
Clock = Literal["declared", "estimated", "seen", "judged"]
"""Where an entry's time comes from: the source, an estimate, our own first sight, or, for a total
that waited, the last of what it counts."""


class EntryKind(StrEnum):
    """What an entry is, as its badge says it."""

    GAIN = "gain"
    LOSS = "loss"
    HOLD = "hold"
    NO_CHANGE = "no change"
    WIN = "win"
    RUSH = "rush"
    CORRECTION = "correction"
    WITHDRAWN = "withdrawn"
    LATE = "late"
    CONFLICT = "conflict"
    DUPLICATE = "duplicate"
    UNPLACED = "unplaced"
    WARD = "ward"
    CONTEST = "contest"
    TOTAL = "total"
    NEWS = "news"
    ROSTER = "roster"
    EXPECTED = "expected"
    PROBLEM = "problem"
    DESK = "desk"


DECLARED = frozenset(
    {EntryKind.GAIN, EntryKind.LOSS, EntryKind.HOLD, EntryKind.NO_CHANGE, EntryKind.WIN}
)
"""A council has declared."""
CORRECTED = frozenset({EntryKind.CORRECTION, EntryKind.WITHDRAWN, EntryKind.CONFLICT})
"""Something told before is no longer so."""
TROUBLED = frozenset({EntryKind.PROBLEM, EntryKind.UNPLACED})
"""A file, or a part of one, was not taken or not placed."""


class Mark(StrEnum):
    """What a check came to."""

    OK = "ok"
    REMARK = "remark"
    REJECTED = "rejected"
    NOT_CHECKED = "not checked"


@record(frozen=True, slots=True)
class Check:
    """One rule applied to one message: what was found, what was expected, whose rule it is."""

    rule: str
    """Identity: `control-mismatch`."""
    mark: Mark
    says: str
    """One sentence."""


@record(frozen=True, slots=True)
class Origin:
    """The file that an entry comes from."""

    path: str
    line: int | None
    digest: str
    seen_at: datetime
    modified_at: datetime | None
    estimated: bool = False
    """`seen_at` was laid out by a playback: the files carry no times of their own."""
    test: bool = False
    """The file was dropped by a rehearsal, whatever it says of itself."""
    renamed: bool = False
    """The same content stood under another name, which is gone."""
    unnumbered: bool = False
    """The source numbers no revisions; the message's only count what the file has told."""

    @property
    def where(self) -> str:
        """Return `path` or `path:line`."""
        return self.path if self.line is None else f"{self.path}:{self.line}"


@record(frozen=True, slots=True)
class Declaration:
    """Control before and after, kept as facts; the wording is made at the edge."""

    name: str
    before: PartyId | None
    after: PartyId | None
    outcome: Outcome | None
    contest: ContestKind | None = None
    """None for a council."""
    winner_name: str | None = None
    before_label: str = ""
    after_label: str = ""
    """Labels of parties that are not in the table."""
    before_name: str = ""
    after_name: str = ""
    """Full names of parties that are not in the table."""
    new_council: bool = False


@record(frozen=True, slots=True)
class Entry:
    """One line of the update log."""

    seq: int
    """1-based position in the log."""
    kind: EntryKind
    at: datetime
    """The event's own time, UTC."""
    clock: Clock
    origin: Origin
    subject: PlaceId | ContestId | None = None
    declaration: Declaration | None = None
    """Set where the sentence is about control."""
    text: str = ""
    """The sentence of news, totals and problems; for a correction, the difference."""
    detail: str = ""
    """The figures that matter, for the dim second line."""
    revision: int | None = None
    corrects: int | None = None
    """`seq` of the entry that this one supersedes."""
    flips: bool = False
    """Control of a council moves with this entry."""
    mark: Mark = Mark.OK
    checks: tuple[Check, ...] = ()
    fix: str = ""
    """What to do about a problem."""
    test: bool = False
    note: str = ""
    source: str = ""

    @property
    def is_estimated(self) -> bool:
        """Whether the time of the event is an estimate, shown with `~`."""
        return self.clock == "estimated"
