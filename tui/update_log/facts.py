"""A byte for each entry of the log: what it takes to find it again without looking at it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
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
    """Say whether an entry is a problem, a correction, or a total that differs from ours."""
    differs = entry.kind is EntryKind.TOTAL and entry.mark is Mark.REMARK
    return differs or entry.kind in _TROUBLE or entry.mark is Mark.REJECTED


def fact_of(entry: Entry) -> int:
    """Give an entry's kind and what it is besides in a byte; never 0."""
    prepares = entry.kind in _PREPARATION and entry.subject is not None
    return (
        _NUMBER[entry.kind]
        | (_PREPARES if prepares else 0)
        | (_TROUBLES if is_trouble(entry) else 0)
    )


def prepares(fact: int) -> bool:
    """Say whether an entry only prepares one council: who is up there, or when it is expected."""
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
        """Give the facts of some entries, having looked at those that were not looked at yet."""
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
        """Give the facts of some entries that were looked at."""
        return bytes(map(self._facts.__getitem__, positions))

    def trouble(self, position: int, direction: Literal[1, -1], stop: int) -> int:
        """Give the next position of a problem or correction before `stop`, or before 0; else −1."""
        found = self._facts.translate(_IS_TROUBLE)
        if direction > 0:
            return found.find(1, position + 1, stop)
        return found.rfind(1, 0, max(0, position))
