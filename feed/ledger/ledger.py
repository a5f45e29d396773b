"""The ledger: every message ever accepted, folded by the order of revisions (rule 8)."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from datetime import date
from typing import assert_never

from feed.ledger.fold.agency_total import fold_news, fold_total, judge_waiting
from feed.ledger.fold.contest import fold_contest
from feed.ledger.fold.council import fold_about_council, fold_roster
from feed.ledger.fold.dating import redate
from feed.ledger.problems import Problems
from feed.ledger.shared_history import Accepted
from feed.ledger.standing_maker import StandingMaker
from feed.ledger.state import Held, LedgerState, names_in, time_of
from feed.ledger.step import Step, desk_step, steps_of
from feed.ledger.versions import content_hash, inserted, version_of
from feed.model.arrival import Arrival
from feed.model.entries import Entry, EntryKind, Mark, Origin
from feed.model.messages import (
    AgencyTotal,
    DeskNote,
    Election,
    Message,
    News,
    PageReading,
    Rejection,
)
from feed.model.standing import Problem, Standing
from feed.wording.progress import page_reading

_MOST_LEFT = 3

__all__ = ["Ledger", "Step", "desk_step", "steps_of"]


class Ledger:
    """Folds steps into books; the standing is a pure function of what was accepted.

    Any order, duplication or re-delivery of the same arrivals ends in the same standing, but for
    the log, which tells them as they came.
    """

    def __init__(self) -> None:
        self._state = LedgerState()
        self._history: list[Step] = []
        """Every step ever folded: append only and shared with every copy."""
        self._accepted = Accepted()
        """Which of them count: append only and shared likewise."""
        self._held = 0
        """How many of those this one has come to."""
        self._left: dict[date, tuple[LedgerState, int]] = {}
        """Elections that were shown before, and how much of what was accepted they have."""
        self._maker = StandingMaker()

    def copy(self, maker: StandingMaker | None = None) -> Ledger:
        """Return a ledger that goes its own way from here, sharing what is written already.

        Copies that share a `maker` need not make again what is the same in all of them.
        """
        return self._twin(self._state.copy(), maker)

    def _twin(self, state: LedgerState, maker: StandingMaker | None) -> Ledger:
        twin: Ledger = copy(self)
        twin._state = state
        twin._left = {day: (state.copy(), done) for day, (state, done) in self._left.items()}
        twin._maker = maker or StandingMaker()
        return twin

    @property
    def logged(self) -> int:
        """How many entries the log has."""
        return self._state.logged

    @property
    def entries(self) -> list[Entry]:
        """The log's own list, append only."""
        return self._state.entries

    @property
    def history(self) -> list[Step]:
        """Every step that this ledger or a copy of it has folded."""
        return self._history

    def cut(self) -> None:
        """Forget what is shared beyond this ledger: a step that failed may have left it there."""
        state = self._state
        del self._history[state.steps :]
        del state.entries[state.logged :]
        self._accepted.cut(self._held)
        for contents in (state.contents, state.repeats, state.latest):
            contents.cut(state.steps)
        state.superseded.cut(state.logged)

    def take(self, arrival: Arrival) -> tuple[Entry, ...]:
        """Read and fold one arrival; give the entries that it made."""
        start = self._state.logged
        for step in steps_of(arrival):
            self.apply(step)
        return self._state.log.since(start)

    def apply(self, step: Step) -> None:
        """Fold one step."""
        state, origin = self._state, step.origin
        if state.steps == len(self._history):
            self._history.append(step)
        state.steps += 1
        state.test = state.test or origin.test
        if step.opens and origin.path:
            state.arrivals += 1
            seen = origin.seen_at
            last = state.last_seen_at
            state.last_seen_at = seen if last is None else max(last, seen)
        logged = state.logged
        settled = (step.opens or step.again) and self._settle(step)
        self._accept(step.statement.message, origin)
        if settled and self._state.logged == logged:
            text = f"{origin.path} has been sent again without the fault"
            self._note(DeskNote(text=text), origin)

    def _accept(self, message: Message, origin: Origin) -> None:
        state = self._state
        if message.kind == "rejection":
            self._reject(message, origin)
            return
        if message.kind == "desk":
            self._note(message, origin)
            return
        if message.kind == "page":
            self._tell_reading(message, origin)
            return
        content = content_hash(message)
        if self._is_repeated(message, origin, content):
            return
        state.contents.add(content, state.steps)
        state.test = state.test or message.test
        state.name_parties(names_in(message))
        if not self._of_this_night(message, origin):
            return
        self._hold()
        self._fold(message, origin, content)

    def _hold(self) -> None:
        """Keep the step in hand as one that counts; a copy finds what was folded already kept."""
        if self._held == len(self._accepted):
            self._accepted.append(self._state.steps, self._state.next_entry)
        self._held += 1

    def standing(self) -> Standing:
        """Return where the night stands."""
        return self._maker.make(self._state)

    def _fold(self, message: Message, origin: Origin, content: bytes) -> None:
        state = self._state
        if message.kind == "roster":
            fold_roster(state, message, origin, content)
            judge_waiting(state)
        elif message.kind == "ward_result" or message.kind == "rush" or message.kind == "expected":
            fold_about_council(state, message, origin, content)
        elif message.kind == "result" or (message.kind == "withdrawal" and not message.contest):
            fold_about_council(state, message, origin, content)
            judge_waiting(state)
        elif message.kind == "contest" or message.kind == "withdrawal":
            fold_contest(state, message, origin, content)
        elif message.kind == "agency_total":
            fold_total(state, message, origin, content)
        elif message.kind == "news":
            fold_news(state, message, origin, content)
        elif message.kind == "election":
            self._name_election(message, origin, content)
        elif message.kind == "rejection" or message.kind == "desk" or message.kind == "page":
            raise TypeError(message)
        else:
            assert_never(message)

    def _name_election(self, message: Election, origin: Origin, content: bytes) -> None:
        state = self._state
        version = version_of(message, origin, state.next_entry, content)
        state.elections = inserted(state.elections, version)
        name = message.election.name if message.election and message.election.name else "Election"
        text = f"{name}: {message.councils_up:,} councils up" if message.councils_up else name
        if state.election is not message:
            text += "; a later file says otherwise and stands"
        self._write(EntryKind.ROSTER, text, message, origin)

    def _is_repeated(self, message: Message, origin: Origin, content: bytes) -> bool:
        state = self._state
        step = state.contents.before(content, state.steps)
        if step is None:
            return False
        state.duplicates += 1
        if state.repeats.before(content, state.steps) is None:
            first = self._history[step - 1].origin.path
            if first != origin.path and not origin.renamed:
                state.repeats.add(content, state.steps)
                text = f"{origin.where} says the same as {first}; counted once"
                self._write(EntryKind.DUPLICATE, text, message, origin)
        at = origin.modified_at
        if at is not None and not isinstance(message, News | AgencyTotal):
            state.latest.add(content, state.steps, at)
        redate(state, message, origin, content)
        for left, _ in self._left.values():
            left.latest, left.retold = state.latest, state.next_entry
            redate(left, message, origin, content)
            left.retold = None
        return True

    def _reject(self, message: Rejection, origin: Origin) -> None:
        state = self._state
        listed = state.problems.at(origin.path, origin.line)
        if listed is not None and listed.what == message.what:
            return
        if origin.renamed and state.rename_problem(origin, message.what):
            return
        seq = state.write(
            Entry(state.next_entry, EntryKind.PROBLEM, origin.seen_at, "seen", origin,
                  text=f"{origin.where}: {message.what}", detail=message.fix,
                  mark=Mark.REJECTED, fix=message.fix)
        )  # fmt: skip
        state.list_problem(seq, origin, message.what, message.fix, Mark.REJECTED)

    def _note(self, message: DeskNote, origin: Origin) -> None:
        mark = Mark.REMARK if message.remark else Mark.OK
        self._write(EntryKind.DESK, message.text, message, origin, detail=message.detail, mark=mark)

    def _tell_reading(self, page: PageReading, origin: Origin) -> None:
        """Say how much of a page was read: once, and again when other lines are left."""
        told = self._state.unread.get(origin.path)
        if page.councils and page.unread != told:
            self._state.unread[origin.path] = page.unread
            mark = Mark.REMARK if page.unread else Mark.OK
            text = f"{origin.path}: {page_reading(page)}"
            self._write(EntryKind.DESK, text, page, origin, mark=mark)

    def _settle(self, step: Step) -> bool:
        """Take off the list what was wrong with a file whose content is another now."""
        for left, _ in self._left.values():
            _mend(left, step)
        return _mend(self._state, step)

    def _of_this_night(self, message: Message, origin: Origin) -> bool:
        """Count a message's election date; what is not of the night's is set aside and said."""
        state = self._state
        election = getattr(message, "election", None)
        if election is None or message.kind == "news":
            return True
        before = state.night
        state.count_date(election.date)
        night = state.night
        if election.date == night:
            state.entitle(election.name)
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
        seq = self._write(EntryKind.PROBLEM, f"{origin.where}: {what}", message, origin,
                        detail=fix, mark=Mark.REMARK)  # fmt: skip
        self._state.list_problem(seq, origin, what, fix, Mark.REMARK)

    def _leave(self, night: date) -> None:
        """Keep the books of an election that is shown no more, in case it is again."""
        self._left[night] = (self._state, self._held)
        for day in [*self._left][:-_MOST_LEFT]:
            del self._left[day]

    def _fold_anew(self, message: Message, origin: Origin) -> None:
        """Fold what was accepted again, now that most messages are of another election.

        One that was shown before goes on from where it was left: two elections that come in by
        turns must not be folded whole at each turn.
        """
        old = self._state
        night = old.night
        kept, done = (
            (LedgerState(), 0) if night is None else self._left.pop(night, (LedgerState(), 0))
        )
        fresh = replace(
            kept,
            problems=Problems(
                [*(problem for problem in kept.problems if problem.mark is Mark.REMARK),
                 *(problem for problem in old.problems if problem.mark is Mark.REJECTED)]
            ),
            contents=old.contents, repeats=old.repeats, superseded=old.superseded,
            party_names=old.party_names, named=old.named, latest=old.latest,
            dates=old.dates, night=old.night, unread=old.unread,
            arrivals=old.arrivals, duplicates=old.duplicates, steps=old.steps, test=old.test,
            as_of=old.as_of, last_seen_at=old.last_seen_at, entries=old.entries, logged=old.logged,
        )  # fmt: skip
        self._state = fresh
        for number, entry in self._accepted.between(done, self._held):
            step = self._history[number - 1]
            folded = step.statement.message
            held = fresh.again(Held(folded, step.origin, entry, content_hash(folded)))
            election = getattr(held.message, "election", None)
            fresh.retold = held.entry
            if election is not None and not isinstance(held.message, News):
                if election.date != night:
                    self._set_aside(election.date, held.message, held.origin)
                    continue
                fresh.entitle(election.name)
            self._fold(held.message, held.origin, held.content)
        fresh.retold = None
        day = "" if night is None else f" of {night:%-d %B %Y}"
        self._write(EntryKind.DESK, f"Most files are now of the election{day}: it is the one shown",
                  message, origin)  # fmt: skip

    def _write(  # noqa: PLR0913
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
        return self._state.write(
            Entry(self._state.next_entry, kind, at, clock, origin, text=text, detail=detail,
                  mark=mark, test=bool(getattr(message, "test", False)))
        )  # fmt: skip


def _mend(state: LedgerState, step: Step) -> bool:
    mended = _mended(state, step)
    for problem in mended:
        state.problems.drop(problem.file, problem.line)
    return bool(mended)


def _mended(state: LedgerState, step: Step) -> list[Problem]:
    listed = state.problems.of(step.origin.path)
    if not listed:
        return []
    origin, message = step.origin, step.statement.message
    again = (origin.line, message.what) if isinstance(message, Rejection) else None
    return [
        problem
        for problem in listed
        if (step.part is None or problem.line in {None, step.part})
        and (problem.line, problem.what) != again
        and state.entries[problem.entry - 1].origin.digest != origin.digest
    ]
