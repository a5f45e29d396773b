"""What a file can say: frozen messages, one discriminated union."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from sys import intern
from typing import Annotated, Final, Literal, get_args

from feed.model.parties import PartyId, as_written, party_id
from feed.model.terms import Baseline, ContestKind, ContestStage, Elects, Outcome, TimeBasis
from feed.model.values import Value, after, before, limited, own
from feed.records import record
from feed.safe_text import clean


def cleaned(value: object) -> object:
    """Return a text cleaned, and anything else as it is."""
    return clean(value) if isinstance(value, str) else value


def as_party(value: object) -> object:
    """Return the party that a text names, and anything else as it is."""
    return (as_written(value) or _party(value)) if isinstance(value, str) else value


def _party(name: str) -> PartyId:
    """Return the party of a name in a message."""
    return as_written(name) or party_id(clean(name))


def no_party_twice(value: object) -> object:
    """Return figures by party as they are; refuse those that name one party twice."""
    if isinstance(value, Mapping):
        seen: dict[PartyId, object] = {}
        for name in value:
            key = _party(str(name))
            if key in seen:
                raise ValueError(f"{seen[key]!r} and {name!r} are the same party")
            seen[key] = name
    return value


def to_utc(value: datetime) -> datetime:
    """Return a time in UTC; refuse one that lies outside the calendar there."""
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise ValueError("the year is out of range") from None


Text = Annotated[str, limited(min_length=1, max_length=2000), before(cleaned)]
Name = Annotated[str, limited(min_length=1, max_length=120), before(cleaned)]
Gss = Annotated[str, limited(pattern=r"^[A-Z][0-9]{8}$")]
"""The code that the Office for National Statistics has for a place."""
PartyRef = Annotated[PartyId, limited(min_length=1, max_length=60), before(as_party)]
Seats = Annotated[int, limited(ge=0, le=2000)]
"""Seats of one party on one council."""
Swing = Annotated[int, limited(ge=-2000, le=2000)]
"""A signed change in seats on one council."""
NationalSeats = Annotated[int, limited(ge=0, le=100_000)]
NationalSwing = Annotated[int, limited(ge=-100_000, le=100_000)]
SeatsByParty = Annotated[Mapping[PartyRef, Seats], before(no_party_twice)]
SwingByParty = Annotated[Mapping[PartyRef, Swing], before(no_party_twice)]
Moment = Annotated[datetime, after(to_utc)]
"""A time with an offset, kept in UTC; a time without one is refused."""
Votes = Annotated[int, limited(ge=0, le=100_000_000)]
Percentage = Annotated[float, limited(ge=0, le=100)]
Revision = Annotated[int, limited(ge=0, le=9999)]


class ElectionRef(Value):
    """Which election a message belongs to; the date decides, the name is for the eye."""

    date: date
    name: Name | None = None
    id: Name | None = None
    """The agency's number; it means nothing in another election."""
    timezone: Literal["Europe/London"] = "Europe/London"


class _Message(Value):
    election: ElectionRef | None = None
    at: Moment | None = None
    """When it was declared or said, with an offset; none where the source gives no time."""
    at_basis: TimeBasis = "reported"
    test: bool = False
    """Rehearsal data: the screen says TEST for as long as any of it is shown."""
    source: Text | None = None
    """Whose word it is."""
    note: Text | None = None
    """What a reader of the figures should know."""


class _AboutCouncil(Value):
    council: Name
    """As the source writes it; the name decides, with its aliases (rule 14)."""
    gss: Gss | None = None
    agency_id: Name | None = None
    """The agency's number inside one election."""
    party_names: Mapping[PartyRef, Name] = own(default_factory=dict)
    """Names of parties that nightdesk does not know, by id."""


class _CouncilFacts(Value):
    type: Name | None = None
    region: Name | None = None
    elects: Elects | None = None
    new_council: bool = False
    boundary_change: bool = False


class RosterParty(Value):
    """What a party holds and defends on one council before the poll."""

    party: PartyRef
    held: Seats = 0
    offered: Seats | None = None
    unopposed: Seats = 0
    candidates: Seats | None = None


class Roster(_CouncilFacts, _AboutCouncil, _Message):
    """Who is up: one council, its size, what each party holds and how many seats are fought."""

    kind: Literal["roster"] = "roster"
    parties: tuple[RosterParty, ...] = ()
    control_before: PartyRef | None = None
    """Stated by the source; else the arithmetic of the seats held."""
    size: Seats | None = None
    """Seats of the council after the poll."""
    seats_up: Seats | None = None
    """Seats fought tonight, where the source gives no figure by party."""


class Expected(_AboutCouncil, _Message):
    """When a council is expected to declare."""

    kind: Literal["expected"] = "expected"
    expected_at: Moment


class Change(Value):
    """Net change by party against one baseline; figures of two baselines are never added."""

    baseline: Baseline
    seats: SwingByParty


class Result(_CouncilFacts, _AboutCouncil, _Message):
    """A council's confirmed return."""

    kind: Literal["result"] = "result"
    revision: Revision = 1
    won: SeatsByParty | None = None
    """Seats won tonight; none when the whole council was up and the source leaves them out."""
    after: SeatsByParty = own(default_factory=dict)
    """The council after the poll."""
    changes: tuple[Change, ...] = ()
    control_before: PartyRef | None = None
    control_after: PartyRef | None = None
    """The source's own statement, which stands over the arithmetic (rule 2)."""
    outcome: Outcome | None = None
    """As the source states it; it is checked, control before and after decide."""


class Rush(_AboutCouncil, _Message):
    """An unconfirmed flash: who controls a council, before its figures."""

    kind: Literal["rush"] = "rush"
    revision: Revision = 1
    control_before: PartyRef | None = None
    control_after: PartyRef | None = None
    """None when the source says only that control was lost."""
    outcome: Outcome | None = None
    text: Text | None = None


class WardResult(_AboutCouncil, _Message):
    """One ward's return: provisional, it never touches the totals of the night."""

    kind: Literal["ward_result"] = "ward_result"
    ward: Name
    ward_gss: Gss | None = None
    revision: Revision = 1
    seats: Seats
    """Seats filled in this ward."""
    won: SeatsByParty
    wards_total: Seats | None = None
    """How many wards the council counts tonight."""
    turnout: Percentage | None = None
    electorate: Votes | None = None
    majority: Votes | None = None
    """Votes between the last winner and the first loser."""


class CouncilRef(Value):
    """A council that an agency total counts."""

    council: Name
    gss: Gss | None = None
    agency_id: Name | None = None


class TotalRow(Value):
    """One party's line in an agency total."""

    party: PartyRef
    name: Name | None = None
    councils: NationalSeats | None = None
    councils_net: NationalSwing | None = None
    councils_gained: NationalSeats | None = None
    councils_lost: NationalSeats | None = None
    """Lost, whatever was gained: another figure than the net."""
    seats_won: NationalSeats | None = None
    seats_net: NationalSwing | None = None
    approximate: bool = False
    """The source says "about" or "more than"."""


class AgencyTotal(_Message):
    """The agency's state of parties after so many results."""

    kind: Literal["agency_total"] = "agency_total"
    region: Name = "All"
    declared: Seats
    """Results counted so far."""
    of: Seats | None = None
    """Councils expected in all."""
    rows: tuple[TotalRow, ...]
    councils: tuple[CouncilRef, ...] | None = None
    """Which councils the figures count, where the source says."""
    baseline: Baseline = "unknown"


class News(_Message):
    """A line of the night that is no result; it may carry running totals."""

    kind: Literal["news"] = "news"
    text: Text
    totals: tuple[TotalRow, ...] = ()
    baseline: Baseline = "unknown"


class Withdrawal(_Message):
    """Takes back a council's or contest's result, up to and with `revision`."""

    kind: Literal["withdrawal"] = "withdrawal"
    council: Name | None = None
    gss: Gss | None = None
    agency_id: Name | None = None
    contest: ContestKind | None = None
    area: Name | None = None
    revision: Revision = 1
    reason: Text | None = None


class Candidate(Value):
    """Somebody standing in a contest."""

    name: Name
    party: PartyRef | None = None
    votes: Votes | None = None
    share: Percentage | None = None
    elected: bool = False


class Contest(_Message):
    """A mayor's, commissioner's or parliamentary contest at one stage of its evening."""

    kind: Literal["contest"] = "contest"
    contest: ContestKind
    area: Name
    agency_id: Name | None = None
    stage: ContestStage = "result"
    revision: Revision = 1
    before: PartyRef | None = None
    winner: PartyRef | None = None
    winner_name: Name | None = None
    outcome: Outcome | None = None
    candidates: tuple[Candidate, ...] = ()
    turnout: Percentage | None = None
    electorate: Votes | None = None
    majority: Votes | None = None
    recount: Annotated[int, limited(ge=0, le=99)] | None = None
    """Which recount is on."""
    text: Text | None = None
    party_names: Mapping[PartyRef, Name] = own(default_factory=dict)


class Election(_Message):
    """What the election is called and how many councils are up in all."""

    kind: Literal["election"] = "election"
    councils_up: Seats | None = None


class Rejection(Value):
    """A file, or a part of one, that could not be read: where, what and what to do."""

    kind: Literal["rejection"] = "rejection"
    line: int | None = None
    what: Text
    """What is wrong, with what was found and what was expected."""
    fix: Text
    """What to do about it."""


NativeMessage = (
    Election
    | Roster
    | Expected
    | Result
    | Rush
    | WardResult
    | AgencyTotal
    | News
    | Withdrawal
    | Contest
)
"""What our own format can say."""
KINDS: Mapping[str, type[Value]] = {kind.kind: kind for kind in get_args(NativeMessage)}


class UnreadLine(Value):
    """A line of a page that names a council and a verb of result and was not understood."""

    line: int
    text: Text


class PageReading(Value):
    """How much of a page of prose was read."""

    kind: Literal["page"] = "page"
    at: Moment | None = None
    """The newest time on the page."""
    councils: Annotated[int, limited(ge=0)]
    """Councils that the page names."""
    read: Annotated[int, limited(ge=0)]
    """Those of which it declares a result that was read."""
    unread: tuple[UnreadLine, ...] = ()


class Remark(Value):
    """Something about a file that a person may want to know; what was read of it counts."""

    kind: Literal["remark"] = "remark"
    line: int | None = None
    what: Text
    fix: Text


class SetAside(Value):
    """A message that is valid and whose kind the desk does not show (rule 20)."""

    kind: Literal["aside"] = "aside"
    of: Name
    """Whose it is: `Scottish Parliament`."""
    what: Name
    """What there are several of: `constituency messages`."""


class DeskNote(Value):
    """A line of the desk's own: the source lost and back, a scan that found files."""

    kind: Literal["desk"] = "desk"
    text: Text
    detail: str = ""
    remark: bool = False


Message = NativeMessage | Rejection | Remark | SetAside | DeskNote | PageReading


_ELECTIONS: dict[tuple[object, ...], ElectionRef] = {}
_MOST_ELECTIONS: Final = 1_000
_UNSET: Final[set[str]] = set()
_REPEATED: Final = ("council", "gss", "ward", "source")
"""Texts that many messages have in common."""


def slimmed(message: Message) -> Message:
    """Return a message in two thirds of its room: a night holds a hundred thousand of them.

    What it says stays. Which of its fields were given is forgotten, as nobody asks, and an election
    is one value in all messages that are of it.
    """
    object.__setattr__(message, "__pydantic_fields_set__", _UNSET)
    fields = message.__dict__
    for name in _REPEATED:
        text = fields.get(name)
        if text is not None:
            fields[name] = intern(text)
    election = fields.get("election")
    if election is not None:
        said = (election.date, election.name, election.id, election.timezone)
        if len(_ELECTIONS) > _MOST_ELECTIONS:
            _ELECTIONS.clear()
        fields["election"] = _ELECTIONS.setdefault(said, election)
    return message


@record(frozen=True, slots=True)
class Statement:
    """One message and the line of the file that it begins on."""

    message: Message
    line: int | None = None
    unnumbered: bool = False
    """The source numbers no revisions: that of the message is counted by its reader."""
