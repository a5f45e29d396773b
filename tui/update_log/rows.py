"""Which entries of the log are rows, and what it takes to find them again."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from feed.model.entries import CORRECTED, TROUBLED, Entry, EntryKind, Mark
from feed.model.standing import LogView

_KINDS = tuple(EntryKind)
_NUMBER = {kind: number for number, kind in enumerate(_KINDS, 1)}
_PREPARES, _TROUBLES, _KIND = 0x20, 0x40, 0x1F
_PREPARATION = frozenset({EntryKind.ROSTER, EntryKind.EXPECTED})
_TROUBLE = CORRECTED | TROUBLED
_IS_TROUBLE = bytes(bool(fact & _TROUBLES) for fact in range(256))

ROSTER = _NUMBER[EntryKind.ROSTER] | _PREPARES
"""What stands for the roster of one council."""
RUN = re.compile(rb"[\x20-\x3f\x60-\x7f]{2,}")
"""Several entries of preparation."""


def is_trouble(entry: Entry) -> bool:
    """Whether an entry is a problem, a correction, or a total that differs from ours."""
    differs = entry.kind is EntryKind.TOTAL and entry.mark is Mark.REMARK
    return differs or entry.kind in _TROUBLE or entry.mark is Mark.REJECTED


def fact_of(entry: Entry) -> int:
    """Return an entry's kind and what it is besides in a byte; never 0."""
    prepares = entry.kind in _PREPARATION and entry.subject is not None
    return (
        _NUMBER[entry.kind]
        | (_PREPARES if prepares else 0)
        | (_TROUBLES if is_trouble(entry) else 0)
    )


def prepares(fact: int) -> bool:
    """Whether an entry only prepares one council: who is up there, or when it is expected."""
    return bool(fact & _PREPARES)


def kinds_of(facts: bytes) -> Counter[EntryKind]:
    """Count the kinds."""
    found: Counter[EntryKind] = Counter()
    for fact in set(facts):
        found[_KINDS[(fact & _KIND) - 1]] += facts.count(fact)
    return found


class LogFacts:
    """The facts of a log, as far as its entries were looked at: 0 stands for one that was not.

    They outlive a filter and a move back in time, so that an old entry is looked at once.
    """

    def __init__(self) -> None:
        self._facts = bytearray()

    def turn_to(self, log: LogView, *, continues: bool) -> bool:
        """Take over that the log has grown or was cut off; say whether the facts hold for it."""
        facts, count = self._facts, len(log)
        known = facts[count - 1] if 0 < count <= len(facts) else 0
        holds = continues and (not known or known == fact_of(log[count - 1]))
        if not holds:
            facts.clear()
        facts.extend(bytes(max(0, count - len(facts))))
        return holds

    def read(self, log: LogView, start: int, stop: int) -> bytes:
        """Return the facts of some entries, having looked at those that were not looked at yet."""
        facts = self._facts
        position = facts.find(0, start, stop)
        while position >= 0:
            facts[position] = fact_of(log[position])
            position = facts.find(0, position + 1, stop)
        return bytes(facts[start:stop])

    def note(self, position: int, entry: Entry) -> int:
        """Take down an entry that is in hand anyway; give its fact."""
        fact = self._facts[position]
        if not fact:
            fact = self._facts[position] = fact_of(entry)
        return fact

    def __getitem__(self, position: int) -> int:
        return self._facts[position]

    def of(self, positions: Iterable[int]) -> bytes:
        """Return the facts of some entries that were looked at."""
        return bytes(map(self._facts.__getitem__, positions))

    def trouble(self, position: int, direction: Literal[1, -1], stop: int) -> int:
        """Return the next position of a problem or correction before `stop` or 0; else −1."""
        found = self._facts.translate(_IS_TROUBLE)
        if direction > 0:
            return found.find(1, position + 1, stop)
        return found.rfind(1, 0, max(0, position))


Keep = Callable[[Entry], bool]
_FAR = 2_000
"""New entries from which on it is quicker to begin again at the newest."""


@dataclass(frozen=True, slots=True)
class Span:
    """Several entries of preparation, from position `first` to `last`, drawn as one row."""

    first: int
    last: int
    rosters: int
    times: int

    def __add__(self, other: Span) -> Span:
        return Span(self.first, other.last, self.rosters + other.rosters, self.times + other.times)


Row = int | Span
"""The 0-based position of an entry in the log, or a span of them."""


def size_of(row: Row) -> int:
    """Return how many entries a row shows."""
    return 1 if isinstance(row, int) else row.rosters + row.times


def last_of(row: Row) -> int:
    """Return the position of a row's last entry."""
    return row if isinstance(row, int) else row.last


class LogRows:
    """The rows of an append-only log, found a part at a time, in both directions from a place.

    Rows are numbered: those that are found above the first lower `number`, those that are dropped
    raise it, and every other keeps its own.
    """

    def __init__(self, max_rows: int) -> None:
        self.number = 0
        """The number of the first row that there is."""
        self.shown = 0
        """How many entries the rows show."""
        self.kinds: Counter[EntryKind] = Counter()
        """How many of each kind they show."""
        self.log = LogView([])
        self.facts = LogFacts()
        self._firsts = array("I")
        self._spans: dict[int, Span] = {}
        self._low = self._high = 0
        self._keep: Keep | None = None
        self._max_rows = max_rows

    def __len__(self) -> int:
        return len(self._firsts)

    def __getitem__(self, index: int) -> Row:
        first = self._firsts[index]
        return self._spans.get(first, first)

    def __iter__(self) -> Iterator[Row]:
        return (self._spans.get(first, first) for first in self._firsts)

    @property
    def reaches_start(self) -> bool:
        """The first row is the first that there will be."""
        return self._low == 0 or len(self) >= self._max_rows

    @property
    def reaches_end(self) -> bool:
        """The last row is the newest."""
        return self._high == len(self.log)

    @property
    def complete(self) -> bool:
        """Every entry has been looked at."""
        return self.reaches_start and self.reaches_end

    def update(self, log: LogView, keep: Keep | None) -> bool:
        """Take over `log` to its last entry; say whether the rows are other rows than before."""
        anew = self.turn_to(log, keep)
        while not self.complete:
            self.grow(_FAR)
        return anew

    def turn_to(self, log: LogView, keep: Keep | None, around: int | None = None) -> bool:
        """Take over `log`, to be looked at from now on; say whether the rows are to be others.

        Args:
            log: the entries.
            keep: chooses among them, one object for one choice; none chooses all.
            around: the position that others are looked for around; none for the newest.
        """
        holds = self.facts.turn_to(log, continues=self.continues(log))
        anew = keep is not self._keep or not holds
        if not anew and len(log) < self._high:
            anew = not self._go_back(len(log))
        self.log, self._keep = log, keep
        if anew or (around is None and len(log) - self._high > _FAR):
            self.begin(around)
            return True
        return False

    def begin(self, around: int | None = None) -> None:
        """Look for the rows anew, around a position or from the newest upwards."""
        self._low = self._high = len(self.log) if around is None else min(around, len(self.log))
        self._firsts, self.number, self.shown = array("I"), 0, 0
        self._spans.clear()
        self.kinds.clear()

    def grow(self, most: int) -> None:
        """Look at so many further entries at most, below and above what is known."""
        below = min(len(self.log), self._high + most)
        if below > self._high:
            self._join_below(*self._found(self._high, below))
            self._high = below
            self._drop()
        above = max(0, self._low - most)
        if above < self._low and len(self) < self._max_rows:
            self._join_above(*self._found(above, self._low))
            self._low = above
            self._drop()

    def row_at(self, position: int) -> int:
        """Return the index of the last row that begins at or before a position; -1 for none."""
        return bisect_right(self._firsts, position) - 1

    def row_of(self, position: int) -> int:
        """Return the index of the row that shows the entry at a position; -1 where none does."""
        row = self.row_at(position)
        return row if row >= 0 and last_of(self[row]) >= position else -1

    def entry(self, index: int) -> Entry:
        """Return the entry that a row stands for; of a span, the last."""
        return self.log[last_of(self[index])]

    def count_from(self, position: int) -> int:
        """Return how many entries shown are at `position` or after it."""
        index = bisect_left(self._firsts, position)
        count = len(self) - index
        count += sum(size_of(s) - 1 for s in self._spans.values() if s.first >= position)
        above = self._spans.get(self._firsts[index - 1]) if index else None
        if above is not None and above.last >= position:
            count += min(size_of(above), above.last - position + 1)
        return count

    def trouble(self, index: int, direction: Literal[1, -1]) -> int:
        """Return the index of the next row that is a problem or a correction; -1 for none."""
        position = last_of(self[index]) if 0 <= index < len(self) else -1
        while True:
            position = self.facts.trouble(position, direction, len(self.log))
            if position < 0:
                return -1
            row = self.row_of(position)
            if row >= 0:
                return row

    def continues(self, log: LogView) -> bool:
        """Whether a log is the one that is known, longer or shorter."""
        shared = min(len(log), len(self.log))
        if shared == 0:
            return not self.log
        ours, theirs = self.log[shared - 1], log[shared - 1]
        return ours is theirs or ours == theirs

    def _go_back(self, count: int) -> bool:
        """Let the rows end with the log's first `count` entries; say whether that leaves any."""
        cut, self._high = bisect_left(self._firsts, count), count
        last = self[cut - 1] if cut else 0
        if last_of(last) >= count and isinstance(last, Span):
            cut, self._high = cut - 1, last.first
        self._discount(cut, len(self))
        del self._firsts[cut:]
        return count > self._low or self._low == 0

    def _drop(self) -> None:
        """Keep no more rows than there may be: the oldest go."""
        excess = len(self) - self._max_rows
        if excess > 0:
            self._low = last_of(self[excess - 1]) + 1
            self._discount(0, excess)
            del self._firsts[:excess]
            self.number += excess

    def _discount(self, start: int, stop: int) -> None:
        """Count no longer what some rows show."""
        firsts = self._firsts[start:stop]
        if not firsts:
            return
        self.shown -= len(firsts)
        self.kinds -= kinds_of(self.facts.of(firsts))
        gone = [s for s in self._spans.values() if firsts[0] <= s.first <= firsts[-1]]
        for span in gone:
            del self._spans[span.first]
            more = Counter({EntryKind.ROSTER: span.rosters, EntryKind.EXPECTED: span.times})
            more -= kinds_of(self.facts.of((span.first,)))
            self.shown -= more.total()
            self.kinds -= more

    def _found(self, start: int, stop: int) -> tuple[array[int], dict[int, Span]]:
        """Return the rows among some entries."""
        log, keep = self.log, self._keep
        positions: Sequence[int] = range(start, stop)
        if keep is None:
            facts = self.facts.read(log, start, stop)
        else:
            positions = [p for p in positions if self._passes(p, log[p], keep)]
            facts = self.facts.of(positions)
        self.shown += len(positions)
        self.kinds += kinds_of(facts)
        firsts, spans, done = array("I"), dict[int, Span](), 0
        for run in RUN.finditer(facts):
            begin, end = run.span()
            rosters = facts.count(ROSTER, begin, end)
            first = positions[begin]
            spans[first] = Span(first, positions[end - 1], rosters, end - begin - rosters)
            firsts.extend(positions[done : begin + 1])
            done = end
        firsts.extend(positions[done:])
        return firsts, spans

    def _passes(self, position: int, entry: Entry, keep: Keep) -> bool:
        self.facts.note(position, entry)
        return keep(entry)

    def _join_below(self, firsts: array[int], spans: dict[int, Span]) -> None:
        above = self._span(self._firsts[-1], self._spans) if self._firsts else None
        below = self._span(firsts[0], spans) if firsts else None
        if above and below:
            spans.pop(below.first, None)
            del firsts[0]
            self._spans[above.first] = above + below
        self._firsts += firsts
        self._spans |= spans

    def _join_above(self, firsts: array[int], spans: dict[int, Span]) -> None:
        above = self._span(firsts[-1], spans) if firsts else None
        below = self._span(self._firsts[0], self._spans) if self._firsts else None
        if above and below:
            self._spans.pop(below.first, None)
            del self._firsts[0]
            self.number += 1
            spans[above.first] = above + below
        self.number -= len(firsts)
        self._firsts[0:0] = firsts
        self._spans |= spans

    def _span(self, first: int, spans: dict[int, Span]) -> Span | None:
        """Return a row of preparation as a span, even of a single entry; none for others."""
        fact = self.facts[first]
        if not prepares(fact):
            return None
        return spans.get(first) or Span(first, first, int(fact == ROSTER), int(fact != ROSTER))
