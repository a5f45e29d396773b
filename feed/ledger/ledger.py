"""The ledger: every message ever accepted, folded by the order of revisions (rule 8)."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from datetime import date
from typing import assert_never

from feed.ledger.content import Content
from feed.ledger.fold.agency_total import fold_news, fold_total, judge_running, judge_waiting
from feed.ledger.fold.contest import fold_contest
from feed.ledger.fold.council import fold_about_council, fold_roster
from feed.ledger.fold.dating import redate
from feed.ledger.poll_days import CONTESTS, full_date, of_the_night, poll_day, weight
from feed.ledger.shared_history import Accepted, Entries
from feed.ledger.standing_maker import StandingMaker
from feed.ledger.state import Held, LedgerState, Problems, names_in, time_of
from feed.ledger.step import Step, desk_step, steps_of
from feed.ledger.versions import Version, inserted
from feed.model.arrival import Arrival
from feed.model.entries import Entry, EntryKind, Mark, Origin
from feed.model.messages import (
    AgencyTotal,
    DeskNote,
    Election,
    Message,
    NativeMessage,
    News,
    PageReading,
    Rejection,
    Remark,
    SetAside,
)
from feed.model.standing import Problem, Standing
from feed.wording.progress import page_reading

_UNTOLD = 0
"""The entry of what no line of the log has told."""

__all__ = ["Ledger", "Step", "desk_step", "steps_of"]


class Ledger:
    """Folds steps into books; the standing is a pure function of what was accepted.

    Any order, duplication or re-delivery of the same arrivals ends in the same standing, but for
    the log, which tells them as they came.
    """

    def __init__(self, asked: date | None = None) -> None:
        """Begin empty; `asked` is the poll day to show, where it is not the newest."""
        self._state = LedgerState(asked=asked)
        self._history: list[Step] = []
        """Every step ever folded: append only and shared with every copy."""
        self._accepted = Accepted()
        """Which of them count: append only and shared likewise."""
        self._held = 0
        """How many of those this one has come to."""
        self._maker = StandingMaker()
        self._made: Standing | None = None

    def copy(self, maker: StandingMaker | None = None) -> Ledger:
        """Return a ledger that goes its own way from here, sharing what is written already.

        Copies that share a `maker` need not make again what is the same in all of them.
        """
        return self._twin(self._state.copy(), maker)

    def _twin(self, state: LedgerState, maker: StandingMaker | None) -> Ledger:
        twin: Ledger = copy(self)
        twin._state = state
        twin._maker = maker or StandingMaker()
        twin._made = None
        return twin

    @property
    def logged(self) -> int:
        """How many entries the log has."""
        return self._state.logged

    @property
    def entries(self) -> Entries:
        """The log's own lines, append only."""
        return self._state.entries

    @property
    def history(self) -> list[Step]:
        """Every step that this ledger or a copy of it has folded."""
        return self._history

    def cut(self) -> None:
        """Forget what is shared beyond this ledger: a step that failed may have left it there."""
        state = self._state
        del self._history[state.steps :]
        state.entries.cut(state.logged)
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

    def apply(self, step: Step) -> int:
        """Fold one step; return how many entries the log has."""
        state, origin = self._state, step.origin
        if state.steps == len(self._history):
            self._history.append(step)
        state.steps += 1
        state.test = state.test or origin.test
        if step.opens and origin.path:
            state.arrivals += 1
            seen, last = origin.seen_at, state.last_seen_at
            if last is None or seen > last:
                state.last_seen_at = seen
        if state.waiting:
            judge_running(state, step.at)
        logged = state.logged
        listed = state.problems.of(origin.path) if step.opens or step.again else ()
        settled = bool(listed) and _mend(state, step, listed)
        message = step.statement.message
        if message.kind == "ward_result" or message.kind == "result":
            self._count(message, origin)
        else:
            self._accept(message, origin)
        if settled and self._state.logged == logged:
            text = f"{origin.path} has been sent again without the fault"
            self._note(DeskNote(text=text), origin)
        return self._state.logged

    def _accept(self, message: Message, origin: Origin) -> None:
        if message.kind == "rejection":
            self._reject(message, origin)
        elif message.kind == "remark":
            self._remark(message, origin)
        elif message.kind == "aside":
            self._leave_aside(message, origin)
        elif message.kind == "desk":
            self._note(message, origin)
        elif message.kind == "page":
            self._tell_reading(message, origin)
        else:
            self._count(message, origin)

    def _count(self, message: NativeMessage, origin: Origin) -> None:
        state = self._state
        content = Content(message)
        told_by = state.contents.first(content, state.steps)
        if told_by is not None:
            self._repeat(message, origin, content, told_by)
            return
        state.test = state.test or message.test
        if names := names_in(message):
            state.name_parties(names)
        if state.is_of_poll(message):
            self._hold(state.next_entry)
            self._fold(message, origin, content)
            return
        before = state.night
        state.count_poll(message)
        if before not in {None, state.night}:
            self._hold(_UNTOLD)
            self._fold_anew(message, origin)
        elif of_the_night(message, state.night):
            self._hold(state.next_entry)
            self._fold_of_the_night(message, origin, content)
            state.know_poll(message)
        else:
            self._hold(_UNTOLD)
            self._set_aside(message, origin)

    def _hold(self, entry: int) -> None:
        """Keep the step in hand as one that counts; a copy finds what was folded already kept."""
        self._accepted.put(self._held, self._state.steps, entry)
        self._held += 1

    def expect(self, night: date | None) -> None:
        """Learn which night is about to be read, before its first file is."""
        if night is not None:
            self._state.expected = max(night, self._state.expected or night)
            self._state.polled = None
            self._made = None

    def _fold_of_the_night(self, message: Message, origin: Origin, content: Content) -> None:
        election = getattr(message, "election", None)
        if election is not None and weight(message) > CONTESTS:
            self._state.entitle(election.name)
        self._fold(message, origin, content)

    def standing(self) -> Standing:
        """Return where the night stands: one and the same as long as nothing is folded."""
        made, state = self._made, self._state
        if made is None or made.steps != state.steps:
            made = self._made = self._maker.make(state)
        return made

    def _fold(self, message: Message, origin: Origin, content: Content) -> None:
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
        elif isinstance(message, Rejection | Remark | SetAside | DeskNote | PageReading):
            raise TypeError(message)
        else:
            assert_never(message)

    def _name_election(self, message: Election, origin: Origin, content: Content) -> None:
        state = self._state
        version = Version(message, origin, state.next_entry, content)
        state.elections = inserted(state.elections, version)
        name = message.election.name if message.election and message.election.name else "Election"
        text = f"{name}: {message.councils_up:,} councils up" if message.councils_up else name
        if state.election is not message:
            text += "; a later file says otherwise and stands"
        self._write(EntryKind.ROSTER, text, message, origin)

    def _repeat(self, message: Message, origin: Origin, content: Content, told_by: int) -> None:
        """Count what the step of a number has told; it is said once, and may be the later file."""
        state = self._state
        state.duplicates += 1
        if state.repeats.before(content, state.steps) is None:
            first = self._history[told_by - 1].origin.path
            if first != origin.path and not origin.renamed:
                state.repeats.add(content, state.steps)
                text = f"{origin.where} says the same as {first}; counted once"
                self._write(EntryKind.DUPLICATE, text, message, origin)
        at = origin.modified_at
        if at is not None and not isinstance(message, News | AgencyTotal):
            state.latest.add(content, state.steps, at)
        if of_the_night(message, state.night):
            redate(state, message, origin, content)

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

    def _remark(self, message: Remark, origin: Origin) -> None:
        listed = self._state.problems.at(origin.path, origin.line)
        if listed is None or listed.what != message.what:
            text = f"{origin.where}: {message.what}"
            seq = self._state.write(
                Entry(self._state.next_entry, EntryKind.PROBLEM, origin.seen_at, "seen", origin,
                      text=text, detail=message.fix, mark=Mark.REMARK, fix=message.fix)
            )  # fmt: skip
            self._state.list_problem(seq, origin, message.what, message.fix, Mark.REMARK)

    def _leave_aside(self, message: SetAside, origin: Origin) -> None:
        """Count what is not shown here, and say so once of each kind."""
        key = (message.of, message.what)
        self._state.not_shown[key] += 1
        if self._state.not_shown[key] == 1:
            text = f"{message.of}: {message.what} are not shown here"
            self._write(EntryKind.DESK, text, message, origin)

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

    def _set_aside(self, message: Message, origin: Origin) -> None:
        """Keep what is of another poll day out of the night; its first file is one line of it."""
        state, day = self._state, poll_day(message)
        if not state.put_aside(message, origin) or day is None:
            return
        night = "" if state.night is None else f"the night is {full_date(state.night)}; "
        self._write(
            EntryKind.DESK, f"Files of {full_date(day)} are set aside and not counted",
            message, origin, detail=f"{night}--date {day.isoformat()} shows them",
        )  # fmt: skip

    def _fold_anew(self, message: Message, origin: Origin) -> None:
        """Fold what was accepted again, now that a newer poll day is the night."""
        old = self._state
        night = old.night
        fresh = LedgerState(
            asked=old.asked, expected=old.expected,
            problems=Problems(each for each in old.problems if each.mark is Mark.REJECTED),
            contents=old.contents, repeats=old.repeats, superseded=old.superseded,
            party_names=old.party_names, named=old.named, latest=old.latest,
            polls=old.polls, night=night, unread=old.unread, not_shown=old.not_shown,
            arrivals=old.arrivals, duplicates=old.duplicates, steps=old.steps, test=old.test,
            as_of=old.as_of, last_seen_at=old.last_seen_at, entries=old.entries, logged=old.logged,
        )  # fmt: skip
        self._state = fresh
        for number, entry in self._accepted.between(0, self._held):
            step = self._history[number - 1]
            folded = step.statement.message
            fresh.retold = entry or None
            if not of_the_night(folded, night):
                fresh.put_aside(folded, step.origin)
                continue
            held = fresh.again(Held(folded, step.origin, entry, Content(folded)))
            self._fold_of_the_night(held.message, held.origin, held.content)
        fresh.retold = None
        day = "" if night is None else f" of {full_date(night)}"
        aside = ", ".join(full_date(each) for each in sorted(fresh.aside_days))
        self._write(
            EntryKind.DESK, f"The night is now that{day}", message, origin,
            detail=f"files of {aside} are set aside and not counted" if aside else "",
        )  # fmt: skip

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
                  mark=mark, test=bool(getattr(message, "test", False)),
                  note=getattr(message, "note", None) or "")
        )  # fmt: skip


def _mend(state: LedgerState, step: Step, listed: Iterable[Problem]) -> bool:
    """Take off the list what was wrong with a file whose content is another now."""
    origin, message = step.origin, step.statement.message
    again = (origin.line, message.what) if isinstance(message, Rejection) else None
    mended = [
        problem
        for problem in listed
        if (step.part is None or problem.line in {None, step.part})
        and (problem.line, problem.what) != again
        and state.entries[problem.entry - 1].origin.digest != origin.digest
    ]
    for problem in mended:
        state.problems.drop(problem.file, problem.line)
    return bool(mended)
