"""The ledger: every message ever accepted, folded by the rule of revisions (domain.md §4)."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from datetime import date
from typing import assert_never

from feed.ledger.fold.agency_total import judge_waiting, tell_news, tell_total
from feed.ledger.fold.contest import tell_contest
from feed.ledger.fold.council import tell_about_council, tell_roster
from feed.ledger.fold.dating import date_again
from feed.ledger.packed import Packed
from feed.ledger.problems import Problems
from feed.ledger.shared_history import Accepted
from feed.ledger.standing_maker import StandingMaker
from feed.ledger.state import Books, Held, PutAway, names_in, time_of
from feed.ledger.step import Step, desk_step, steps_of, the_history
from feed.ledger.versions import content_hash, in_order, version
from feed.model.arrival import Arrival
from feed.model.entries import Entry, EntryKind, Mark, Origin
from feed.model.messages import (
    AgencyTotal,
    Contest,
    DeskNote,
    Election,
    Expected,
    Message,
    News,
    Rejection,
    Result,
    Roster,
    Rush,
    WardResult,
    Withdrawal,
)
from feed.model.standing import Problem, Standing

_MOST_LEFT = 3

__all__ = ["Ledger", "Step", "desk_step", "steps_of"]


class Ledger:
    """Folds steps into books; the standing is a pure function of what was accepted.

    Any order, duplication or re-delivery of the same arrivals ends in the same standing, but for
    the log, which tells them as they came.
    """

    def __init__(self) -> None:
        self._books = Books()
        self._history = the_history()
        """Every step ever folded: append only and shared with every copy."""
        self._accepted = Accepted()
        """Which of them count: append only and shared likewise."""
        self._held = 0
        """How many of those this one has come to."""
        self._left: dict[date, tuple[Books, int]] = {}
        """Elections that were shown before, and how much of what was accepted they have."""
        self._maker = StandingMaker()

    def copy(self, maker: StandingMaker | None = None) -> Ledger:
        """Give a ledger that goes its own way from here, sharing what is written already.

        Copies that share a `maker` need not make again what is the same in all of them.
        """
        return self._twin(self._books.copy(), maker)

    def put_away(self, last: PutAway) -> Ledger:
        """Give a copy that is only for copying; what has not changed it shares with the `last`."""
        return self._twin(self._books.put_away(last), None)

    def _twin(self, books: Books, maker: StandingMaker | None) -> Ledger:
        twin: Ledger = copy(self)
        twin._books = books
        twin._left = {day: (books.copy(), done) for day, (books, done) in self._left.items()}
        twin._maker = maker or StandingMaker()
        return twin

    @property
    def logged(self) -> int:
        """How many entries the log has."""
        return self._books.logged

    @property
    def entries(self) -> Packed[Entry]:
        """The log's own list, append only."""
        return self._books.entries

    @property
    def history(self) -> Packed[Step]:
        """Every step that this ledger or a copy of it has folded."""
        return self._history

    def take(self, arrival: Arrival) -> tuple[Entry, ...]:
        """Read and fold one arrival; give the entries that it made."""
        start = self._books.logged
        for step in steps_of(arrival):
            self.apply(step)
        return self._books.log.since(start)

    def apply(self, step: Step) -> None:
        """Fold one step."""
        books, origin = self._books, step.origin
        if books.steps == len(self._history):
            self._history.append(step)
        books.steps += 1
        books.test = books.test or origin.test
        if step.opens and origin.path:
            books.arrivals += 1
            seen = origin.seen_at
            last = books.last_seen_at
            books.last_seen_at = seen if last is None else max(last, seen)
        logged = books.logged
        settled = step.opens and self._settle(step)
        self._accept(step.statement.message, origin)
        if settled and self._books.logged == logged:
            text = f"{origin.path} has been sent again without the fault"
            self._note(DeskNote(text=text), origin)

    def _accept(self, message: Message, origin: Origin) -> None:
        books = self._books
        if isinstance(message, Rejection):
            self._reject(message, origin)
            return
        if isinstance(message, DeskNote):
            self._note(message, origin)
            return
        content = content_hash(message)
        if self._is_repeated(message, origin, content):
            return
        books.contents.add(content, books.steps)
        books.test = books.test or message.test
        books.name_parties(names_in(message))
        if not self._of_this_night(message, origin):
            return
        self._hold()
        self._fold(message, origin, content)

    def _hold(self) -> None:
        """Keep the step in hand as one that counts; a copy finds what was folded already kept."""
        if self._held == len(self._accepted):
            self._accepted.append(self._books.steps, self._books.next_entry)
        self._held += 1

    def standing(self) -> Standing:
        """Give where the night stands."""
        return self._maker.make(self._books)

    def _fold(self, message: Message, origin: Origin, content: str) -> None:
        books = self._books
        match message:
            case Roster():
                tell_roster(books, message, origin)
                judge_waiting(books)
            case Withdrawal(contest=None) | Result() | Rush() | WardResult() | Expected():
                tell_about_council(books, message, origin)
                judge_waiting(books)
            case Contest() | Withdrawal():
                tell_contest(books, message, origin)
            case AgencyTotal():
                tell_total(books, message, origin, content)
            case News():
                tell_news(books, message, origin, content)
            case Election():
                self._name_election(message, origin)
            case Rejection() | DeskNote():
                raise TypeError(message)
            case _:
                assert_never(message)

    def _name_election(self, message: Election, origin: Origin) -> None:
        books = self._books
        told = version(message, origin, books.next_entry)
        books.elections = in_order([*books.elections, told])
        name = message.election.name if message.election and message.election.name else "Election"
        text = f"{name}: {message.councils_up:,} councils up" if message.councils_up else name
        if books.election is not message:
            text += "; a later file says otherwise and stands"
        self._say(EntryKind.ROSTER, text, message, origin)

    def _is_repeated(self, message: Message, origin: Origin, content: str) -> bool:
        books = self._books
        step = books.contents.before(content, books.steps)
        if step is None:
            return False
        books.duplicates += 1
        if books.repeats.before(content, books.steps) is None:
            first = self._history[step - 1].origin.path
            if first != origin.path:
                books.repeats.add(content, books.steps)
                text = f"{origin.where} says the same as {first}; counted once"
                self._say(EntryKind.DUPLICATE, text, message, origin)
        at = origin.modified_at
        if at is not None and not isinstance(message, News | AgencyTotal):
            books.latest.add(content, books.steps, at)
        date_again(books, message, origin, content)
        for left, _ in self._left.values():
            left.latest, left.retold = books.latest, books.next_entry
            date_again(left, message, origin, content)
            left.retold = None
        return True

    def _reject(self, message: Rejection, origin: Origin) -> None:
        books = self._books
        listed = books.problems.at(origin.path, origin.line)
        if listed is not None and listed.what == message.what:
            return
        seq = books.say(
            Entry(books.next_entry, EntryKind.PROBLEM, origin.seen_at, "seen", origin,
                  text=f"{origin.where}: {message.what}", detail=message.fix,
                  mark=Mark.REJECTED, fix=message.fix)
        )  # fmt: skip
        books.trouble(seq, origin, message.what, message.fix, Mark.REJECTED)

    def _note(self, message: DeskNote, origin: Origin) -> None:
        mark = Mark.REMARK if message.remark else Mark.OK
        self._say(EntryKind.DESK, message.text, message, origin, detail=message.detail, mark=mark)

    def _settle(self, step: Step) -> bool:
        """Take off the list what was wrong with a file whose content is another now."""
        for left, _ in self._left.values():
            _mend(left, step)
        return _mend(self._books, step)

    def _of_this_night(self, message: Message, origin: Origin) -> bool:
        """Count a message's election date; what is not of the night's is set aside and said."""
        books = self._books
        election = getattr(message, "election", None)
        if election is None or isinstance(message, News):
            return True
        before = books.night
        books.count_date(election.date)
        night = books.night
        if election.date == night:
            books.entitle(election.name)
        if before is not None and night != before:
            self._leave(before)
            self._hold()
            self._fold_anew(message, origin)
            return False
        if election.date == night:
            return True
        self._hold()
        self._set_aside(election.date, message, origin)
        return False

    def _set_aside(self, day: date, message: Message, origin: Origin) -> None:
        what = f"belongs to another election, of {day:%-d %B %Y}; set aside and not counted"
        fix = "keep one election in a folder"
        seq = self._say(EntryKind.PROBLEM, f"{origin.where}: {what}", message, origin,
                        detail=fix, mark=Mark.REMARK)  # fmt: skip
        self._books.trouble(seq, origin, what, fix, Mark.REMARK)

    def _leave(self, night: date) -> None:
        """Keep the books of an election that is shown no more, in case it is again."""
        self._left[night] = (self._books, self._held)
        for day in [*self._left][:-_MOST_LEFT]:
            del self._left[day]

    def _fold_anew(self, message: Message, origin: Origin) -> None:
        """Fold what was accepted again, now that most messages are of another election.

        One that was shown before goes on from where it was left: two elections that come in by
        turns must not be folded whole at each turn.
        """
        old = self._books
        night = old.night
        kept, done = (Books(), 0) if night is None else self._left.pop(night, (Books(), 0))
        fresh = replace(
            kept,
            problems=Problems(
                [*(problem for problem in kept.problems if problem.mark is Mark.REMARK),
                 *(problem for problem in old.problems if problem.mark is Mark.REJECTED)]
            ),
            contents=old.contents, repeats=old.repeats, superseded=old.superseded,
            party_names=old.party_names, named=old.named, latest=old.latest,
            dates=old.dates, night=old.night,
            arrivals=old.arrivals, duplicates=old.duplicates, steps=old.steps, test=old.test,
            as_of=old.as_of, last_seen_at=old.last_seen_at, entries=old.entries, logged=old.logged,
        )  # fmt: skip
        self._books = fresh
        for number, entry in self._accepted.between(done, self._held):
            step = self._history[number - 1]
            told = fresh.again(Held(step.statement.message, step.origin, entry))
            election = getattr(told.message, "election", None)
            fresh.retold = told.entry
            if election is not None and not isinstance(told.message, News):
                if election.date != night:
                    self._set_aside(election.date, told.message, told.origin)
                    continue
                fresh.entitle(election.name)
            self._fold(told.message, told.origin, content_hash(told.message))
        fresh.retold = None
        day = "" if night is None else f" of {night:%-d %B %Y}"
        self._say(EntryKind.DESK, f"Most files are now of the election{day}: it is the one shown",
                  message, origin)  # fmt: skip

    def _say(  # noqa: PLR0913
        self,
        kind: EntryKind,
        text: str,
        message: Message,
        origin: Origin,
        *,
        detail: str = "",
        mark: Mark = Mark.OK,
    ) -> int:
        at, clock = time_of(message, origin)
        return self._books.say(
            Entry(self._books.next_entry, kind, at, clock, origin, text=text, detail=detail,
                  mark=mark, test=bool(getattr(message, "test", False)))
        )  # fmt: skip


def _mend(books: Books, step: Step) -> bool:
    mended = _mended(books, step)
    for problem in mended:
        books.problems.drop(problem.file, problem.line)
    return bool(mended)


def _mended(books: Books, step: Step) -> list[Problem]:
    listed = books.problems.of(step.origin.path)
    if not listed:
        return []
    origin, message = step.origin, step.statement.message
    again = (origin.line, message.what) if isinstance(message, Rejection) else None
    return [
        problem
        for problem in listed
        if (step.part is None or problem.line in {None, step.part})
        and (problem.line, problem.what) != again
        and books.entries[problem.entry - 1].origin.digest != origin.digest
    ]
