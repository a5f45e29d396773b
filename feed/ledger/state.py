"""Everything that the ledger has been told, by subject, the log that it writes, and its faults."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from operator import attrgetter

from feed.clock import LONDON
from feed.councils.placing import Placing, Ref, number_of
from feed.councils.register import Known
from feed.ledger.content import Content
from feed.ledger.poll_days import COUNCILS, poll_day, the_night, weight
from feed.ledger.shared_history import Contents, Dates, Entries, Superseded
from feed.ledger.versions import ContestRecord, CouncilRecord, Version
from feed.model.entries import Check, Clock, ContestId, Entry, Mark, Origin, PlaceId
from feed.model.messages import (
    AgencyTotal,
    Contest,
    ElectionRef,
    Message,
    NativeMessage,
    News,
    UnreadLine,
    Withdrawal,
)
from feed.model.messages import Election as ElectionMessage
from feed.model.parties import PartyId
from feed.model.standing import LogView, Problem, TotalStanding
from feed.records import record
from feed.wording.entries import match_words


class Problems:
    """At most one problem for each line of each file; found by the file without a search."""

    def __init__(self, known: Iterable[Problem] = ()) -> None:
        """Begin with those that were `known` before."""
        self._by_file: dict[str, dict[int | None, Problem]] = {}
        for problem in known:
            self.put(problem)

    def __iter__(self) -> Iterator[Problem]:
        """Return them in the order of the log."""
        each = (problem for lines in self._by_file.values() for problem in lines.values())
        return iter(sorted(each, key=attrgetter("entry")))

    def copy(self) -> Problems:
        """Return a list that goes its own way from here."""
        twin = Problems()
        twin._by_file = {file: dict(lines) for file, lines in self._by_file.items()}
        return twin

    def put(self, problem: Problem) -> None:
        """Note a problem, in place of another one on its line."""
        self._by_file.setdefault(problem.file, {})[problem.line] = problem

    def at(self, file: str, line: int | None) -> Problem | None:
        """Return what is wrong with a line."""
        return self._by_file.get(file, {}).get(line)

    def of(self, file: str) -> tuple[Problem, ...]:
        """Return what is wrong with a file."""
        lines = self._by_file.get(file)
        return tuple(lines.values()) if lines else ()

    def drop(self, file: str, line: int | None) -> None:
        """Take a problem off the list, if it is on it."""
        lines = self._by_file.get(file, {})
        lines.pop(line, None)
        if not lines:
            self._by_file.pop(file, None)


@record(frozen=True, slots=True)
class Held:
    """A message kept aside, with where it came from and the entry that told it."""

    message: Message
    origin: Origin
    entry: int
    content: Content
    """What it says."""


@record(frozen=True, slots=True)
class TotalRecord:
    """An agency total or a running total, and what was last said of it."""

    message: AgencyTotal | News
    origin: Origin
    entry: int
    judged: TotalStanding | None = None


@dataclass(slots=True)
class LedgerState:
    """The ledger's working state: dictionaries of frozen records, cheap to copy."""

    placing: Placing = field(default_factory=Placing)
    councils: dict[PlaceId, CouncilRecord] = field(default_factory=dict)
    contests: dict[ContestId, ContestRecord] = field(default_factory=dict)
    totals: dict[Content, TotalRecord] = field(default_factory=dict)
    waiting: dict[Content, None] = field(default_factory=dict)
    """Those of them that wait for results, in the order of the log."""
    unplaced: dict[Ref, tuple[Held, ...]] = field(default_factory=dict)
    contents: Contents = field(default_factory=Contents)
    """What was accepted and the step that said it first; shared by copies."""
    repeats: Contents = field(default_factory=Contents)
    """Contents whose repetition was logged, and at which step; shared by copies."""
    problems: Problems = field(default_factory=Problems)
    superseded: Superseded = field(default_factory=Superseded)
    """Shared by copies."""
    party_names: dict[PartyId, str] = field(default_factory=dict)
    named: int = 0
    """How often a name of a party has changed, so that what shows it is made again."""
    latest: Dates = field(default_factory=Dates)
    """Times of the latest files that say again what was accepted; shared by copies."""
    polls: dict[date, int] = field(default_factory=dict)
    """The poll days told of, each with the most that a message of it says."""
    night: date | None = None
    """The poll day that is shown."""
    polled: tuple[ElectionRef, str] | None = None
    """Of what election and kind a message is that says of it what is known: it is the newest."""
    asked: date | None = None
    """The poll day that the viewer has asked for."""
    expected: date | None = None
    """The night of what is about to be read, as far as it is known beforehand."""
    aside: list[tuple[date, str]] = field(default_factory=list)
    """Messages of other poll days, each with its file; append only and shared by copies."""
    aside_days: dict[date, int] = field(default_factory=dict)
    """How many of those this state has come to, by their poll day."""
    elections: tuple[Version[ElectionMessage], ...] = ()
    title: str = ""
    not_shown: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How many messages of each kind that is not shown here there were."""
    unread: dict[str, tuple[UnreadLine, ...]] = field(default_factory=dict)
    """Of each page of prose, the lines that it was last said not to have been understood."""
    arrivals: int = 0
    duplicates: int = 0
    steps: int = 0
    declared_ever: Counter[bool] = field(default_factory=Counter)
    """How many councils have declared: of the night, and of those that stand apart from it."""
    test: bool = False
    as_of: datetime | None = None
    last_seen_at: datetime | None = None
    entries: Entries = field(default_factory=Entries)
    """The log of the whole night, shared with every copy; `logged` is where this one stands."""
    logged: int = 0
    owner: object = field(default_factory=object)
    """Marks what this state alone holds and may change in place."""
    retold: int | None = None
    """While accepted messages are folded anew: the entry that told the one in hand."""

    def copy(self) -> LedgerState:
        """Return a state that goes its own way from here; the log itself is shared.

        What either of them owned belongs to neither from now on.
        """
        self.owner = object()
        return replace(
            self,
            placing=self.placing.copy(),
            councils=dict(self.councils),
            contests=dict(self.contests),
            totals=dict(self.totals),
            waiting=dict(self.waiting),
            unplaced=dict(self.unplaced),
            problems=self.problems.copy(),
            party_names=dict(self.party_names),
            declared_ever=Counter(self.declared_ever),
            polls=dict(self.polls),
            aside_days=dict(self.aside_days),
            not_shown=Counter(self.not_shown),
            owner=object(),
        )

    def count_poll(self, message: Message) -> None:
        """Count a message for its poll day, and see which day is the night."""
        day = poll_day(message)
        if day is None:
            return
        known, says = self.polls.get(day, 0), weight(message)
        if says <= known and day == self.night == max(self.polls):
            return  # the newest day is the night already, as it is for nearly every message
        self.polled = None
        self.polls[day] = max(known, says)
        seen = None if self.last_seen_at is None else self.last_seen_at.astimezone(LONDON).date()
        night = the_night(self.polls, today=seen)
        if self.expected is not None and (
            night is None or night < self.expected or self.polls[night] < COUNCILS
        ):
            night = self.expected
        self.night = self.asked or night

    def is_of_poll(self, message: NativeMessage) -> bool:
        """Whether a message says of its poll day what the last one that was counted did."""
        known = self.polled
        return known is not None and message.election is known[0] and message.kind == known[1]

    def know_poll(self, message: NativeMessage) -> None:
        """Keep the poll day of a message, where all that say the same of it change nothing."""
        election = message.election
        if election is None or message.kind == "withdrawal":  # one of a contest says less
            return
        if election.date == self.night == max(self.polls):
            self.polled = election, message.kind

    def put_aside(self, message: Message, origin: Origin) -> bool:
        """Keep a message of another poll day out of the night; whether it is the first of it."""
        day = poll_day(message)
        if day is None:
            return False
        if sum(self.aside_days.values()) == len(self.aside):
            self.aside.append((day, origin.path))
        is_first = day not in self.aside_days
        self.aside_days[day] = self.aside_days.get(day, 0) + 1
        return is_first

    @property
    def election(self) -> ElectionMessage | None:
        """What the election is called and how many councils are up: the later file's word."""
        return self.elections[-1].message if self.elections else None

    @property
    def next_entry(self) -> int:
        """The `seq` that the next entry will have."""
        return self.logged + 1 if self.retold is None else self.retold

    @property
    def log(self) -> LogView:
        """The log as far as these books have come."""
        return LogView(self.entries, self.logged)

    def name_parties(self, names: Mapping[PartyId, str]) -> None:
        """Learn names; of two for one party the same one stands in whichever order they come."""
        for party, name in names.items():
            known = self.party_names.get(party)
            if known is None or name > known:
                self.party_names[party] = name
                self.named += 1

    def entitle(self, name: str | None) -> None:
        """Learn what the election is called; of several names the first by the alphabet."""
        if name:
            self.title = min(self.title or name, name)

    def again(self, held: Held) -> Held:
        """Return a message held aside as of the latest file that says it."""
        at = self.latest.as_of(held.content, self.steps)
        first = held.origin.modified_at
        if at is None or (first is not None and at <= first):
            return held
        return replace(held, origin=replace(held.origin, modified_at=at))

    def write(self, entry: Entry) -> int:
        """Write `entry` at the end of the log and give its `seq`.

        A copy that folds again what the night has told already finds its entry written.
        """
        if self.retold is not None:
            return self.retold
        if entry.origin.test and not entry.test:
            entry = replace(entry, test=True)
        self.entries.put(self.logged, entry)
        self._count_entry(entry.at)
        if entry.corrects is not None:
            self.superseded.add(entry.corrects, entry.seq)
        return entry.seq

    def write_when_read(self, at: datetime, entry: Callable[..., Entry], *of: object) -> None:
        """Write a line that is made when somebody looks at it.

        Args:
            at: its time.
            entry: makes it, whatever has been told since; one that corrects none and moves nothing.
            of: what it is made of, behind its `seq`.

        """
        if self.retold is not None:
            return
        self.entries.put(self.logged, partial(entry, self.logged + 1, *of))
        self._count_entry(at)

    def _count_entry(self, at: datetime) -> None:
        self.logged += 1
        if self.as_of is None or at > self.as_of:
            self.as_of = at

    def list_problem(self, entry: int, origin: Origin, what: str, fix: str, mark: Mark) -> None:
        """List a problem until the file is read without it."""
        self.problems.put(Problem(origin.path, origin.line, what, fix, entry, mark))

    def rename_problem(self, origin: Origin, what: str) -> bool:
        """List a problem under the new name of its file; whether it was listed under another."""
        for problem in self.problems:
            same = problem.what == what and problem.line == origin.line
            if same and self.entries[problem.entry - 1].origin.digest == origin.digest:
                self.problems.drop(problem.file, problem.line)
                self.problems.put(replace(problem, file=origin.path))
                return True
        return False


def moment_of(message: Message, origin: Origin) -> datetime:
    """Return an event's own time, or when it was first seen."""
    at: datetime | None = message.__dict__.get("at")
    return origin.seen_at if at is None else at


def time_of(message: Message, origin: Origin) -> tuple[datetime, Clock]:
    """Return the moment of an event and where it comes from."""
    fields = message.__dict__
    at: datetime | None = fields.get("at")
    if at is None:
        return origin.seen_at, "estimated" if origin.estimated else "seen"
    return at, "estimated" if fields.get("at_basis") == "estimated" else "declared"


def contest_id(message: Contest | Withdrawal) -> ContestId:
    """Return the identity of a contest: kind and area."""
    kind = message.contest or "mayor"
    area = " ".join((message.area or "").casefold().split())
    return ContestId(f"{kind}/{area}")


def names_in(message: Message) -> Mapping[PartyId, str]:
    """Return the names of unknown parties that a message brings."""
    named: Mapping[PartyId, str] | None = message.__dict__.get("party_names")
    if named is not None:
        return named
    if message.kind == "agency_total" or message.kind == "news":
        rows = message.rows if message.kind == "agency_total" else message.totals
        return {row.party: row.name for row in rows if row.name}
    return {}


def write_entry(
    state: LedgerState,
    message: Message,
    origin: Origin,
    subject: PlaceId | ContestId | None,
    **more: object,
) -> int:
    """Write an entry that carries what every message has in common; give its `seq`."""
    at, clock = time_of(message, origin)
    fields = message.__dict__
    entry = Entry(
        seq=state.next_entry,
        at=at,
        clock=clock,
        origin=origin,
        subject=subject,
        revision=None if origin.unnumbered else fields.get("revision"),
        test=fields.get("test", False),
        note=fields.get("note") or "",
        source=fields.get("source") or "",
        **more,  # type: ignore[arg-type]
    )
    return state.write(entry)


def write_council_entry(
    state: LedgerState, message: Message, origin: Origin, known: Known | None, **more: object
) -> int:
    """Write an entry about a council, or about one that could not be placed.

    A near match is said in the line itself (rule 14).
    """
    written = message.__dict__.get("council")
    if known is None or not written or known.name == written:
        return write_entry(state, message, origin, PlaceId(known.id) if known else None, **more)
    number = number_of(getattr(message, "election", None), getattr(message, "agency_id", None))
    placed = state.placing.place(Ref(written, getattr(message, "gss", None), number))
    if placed.how in {"near", "numbered"}:
        says = match_words(placed.how, known.name, written)
        detail, checks = str(more.get("detail") or ""), more.get("checks") or ()
        more["detail"] = f"{detail} · {says}" if detail else says
        more["mark"] = Mark.REMARK
        more["checks"] = (*checks, Check("near-match", Mark.REMARK, f"{says}."))  # type: ignore[misc]
    return write_entry(state, message, origin, PlaceId(known.id), **more)
