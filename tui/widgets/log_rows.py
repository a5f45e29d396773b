"""Which entries of the log are rows: filtered, bounded, runs of preparation in one row."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from feed.entries import Entry, EntryKind
from feed.standing import LogView

Keep = Callable[[Entry], bool]
_PREPARATION = frozenset({EntryKind.ROSTER, EntryKind.EXPECTED})


@dataclass(frozen=True, slots=True)
class Span:
    """Several entries of preparation, from position `first` to `last`, drawn as one row."""

    first: int
    last: int
    rosters: int
    times: int


Row = int | Span
"""The 0-based position of an entry in the log, or a span of them."""


def size_of(row: Row) -> int:
    """Give how many entries a row shows."""
    return 1 if isinstance(row, int) else row.rosters + row.times


def first_of(row: Row) -> int:
    """Give the position of a row's first entry."""
    return row if isinstance(row, int) else row.first


def last_of(row: Row) -> int:
    """Give the position of a row's last entry."""
    return row if isinstance(row, int) else row.last


def _is_preparation(entry: Entry) -> bool:
    """Say whether an entry only prepares one council: who is up there, or when it is expected."""
    return entry.kind in _PREPARATION and entry.subject is not None


class LogRows:
    """The rows of an append-only log; takes over what is new without looking at the rest."""

    def __init__(self, max_rows: int) -> None:
        self.rows: list[Row] = []
        self.dropped = 0
        """How many rows were dropped at the top: the number of the first row that is left."""
        self.shown = 0
        """How many entries the rows show."""
        self.kinds: Counter[EntryKind] = Counter()
        """How many of each kind they show."""
        self.log = LogView([])
        self._taken = 0
        self._keep: Keep | None = None
        self._max_rows = max_rows

    def __len__(self) -> int:
        return len(self.rows)

    def update(self, log: LogView, keep: Keep | None) -> bool:
        """Take over `log`; say whether the rows are other rows than before."""
        anew = keep is not self._keep or not self._continues(log)
        if not anew and len(log) < self._taken:
            anew = not self._go_back(len(log))
        self.log, self._keep = log, keep
        if anew:
            self.rows, self.dropped, self.shown, self._taken = [], 0, 0, 0
            self.kinds.clear()
        self._append()
        excess = len(self.rows) - self._max_rows
        if excess > 0:
            for row in self.rows[:excess]:
                self._discount(row, log)
            del self.rows[:excess]
            self.dropped += excess
        return anew

    def row_at(self, position: int) -> int:
        """Give the index of the last row that begins at or before a position; -1 for none."""
        return bisect_right(self.rows, position, key=first_of) - 1

    def entry(self, index: int) -> Entry:
        """Give the entry that a row stands for; of a span, the last."""
        return self.log[last_of(self.rows[index])]

    def count_from(self, position: int) -> int:
        """Give how many entries shown are at `position` or after it."""
        count = 0
        for row in reversed(self.rows):
            if last_of(row) < position:
                break
            count += min(size_of(row), last_of(row) - max(first_of(row), position) + 1)
        return count

    def _continues(self, log: LogView) -> bool:
        shared = min(len(log), len(self.log))
        if shared == 0:
            return not self.log
        ours, theirs = self.log[shared - 1], log[shared - 1]
        return ours is theirs or ours == theirs

    def _go_back(self, count: int) -> bool:
        while self.rows and last_of(self.rows[-1]) >= count:
            row = self.rows.pop()
            self._discount(row, self.log)
            if isinstance(row, Span) and row.first < count:
                self._taken = row.first
                return True
        self._taken = count
        return bool(self.rows) or self.dropped == 0

    def _discount(self, row: Row, log: LogView) -> None:
        """Count no longer what a row showed."""
        self.shown -= size_of(row)
        if isinstance(row, Span):
            self.kinds -= Counter({EntryKind.ROSTER: row.rosters, EntryKind.EXPECTED: row.times})
        else:
            self.kinds[log[row].kind] -= 1

    def _append(self) -> None:
        log, keep, rows = self.log, self._keep, self.rows
        for position, entry in enumerate(log.since(self._taken), self._taken):
            if keep is not None and not keep(entry):
                continue
            self.shown += 1
            self.kinds[entry.kind] += 1
            if _is_preparation(entry):
                self._append_preparation(position, entry)
            else:
                rows.append(position)
        self._taken = len(log)

    def _append_preparation(self, position: int, entry: Entry) -> None:
        rosters = int(entry.kind is EntryKind.ROSTER)
        last = self.rows[-1] if self.rows else None
        if isinstance(last, Span):
            self.rows[-1] = Span(
                last.first, position, last.rosters + rosters, last.times + 1 - rosters
            )
            return
        before = self.log[last] if last is not None else None
        if last is None or before is None or not _is_preparation(before):
            self.rows.append(position)
            return
        rosters += int(before.kind is EntryKind.ROSTER)
        self.rows[-1] = Span(last, position, rosters, 2 - rosters)
