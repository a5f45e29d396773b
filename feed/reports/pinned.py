"""What stays in sight until it is over or somebody acknowledges it: trouble, and problems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from feed.english import capitalised, counted
from feed.model.standing import Problem
from feed.model.terms import USUAL_CAUSES, AlertCause
from feed.records import record
from feed.reports.alerts import CAUSE_OF, Condition, going_on, unsaved_words
from feed.reports.silence import SilenceKind

TROUBLE: Final[tuple[SilenceKind, ...]] = ("lost", "heartbeat", "late")
_UNSAVED: Final = "unsaved"


@record(frozen=True, slots=True)
class Pin:
    """A sentence that stays in sight, in full and for a narrow screen."""

    keys: frozenset[str]
    """What is acknowledged with it."""
    says: str
    short: str
    is_grave: bool = False
    """The feed or the recording is in trouble."""


@record(frozen=True, slots=True)
class KeyedProblems:
    """Problems, and what tells each from every other: made once, for a list may be long.

    A key is the file and the fault, and which of several alike: a file that is written anew with
    the same fault, on whatever line, says nothing new.
    """

    problems: tuple[Problem, ...] = ()
    keys: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()
    """The keys, to be looked up."""

    def following(self, problems: tuple[Problem, ...]) -> KeyedProblems:
        """Return the same for other problems, or itself where they are those."""
        return self if problems == self.problems else keyed(problems)

    def unacknowledged(self, done: Acknowledged) -> tuple[Problem, ...]:
        """Return the problems that nobody has acknowledged."""
        if not done.keys:
            return self.problems
        pairs = zip(self.problems, self.keys, strict=True)
        return tuple(problem for problem, key in pairs if key not in done.keys)


def keyed(problems: tuple[Problem, ...]) -> KeyedProblems:
    """Return problems with their keys."""
    alike: Counter[str] = Counter()
    keys = []
    for problem in problems:
        fault = f"{problem.file}: {problem.what}"
        alike[fault] += 1
        keys.append(f"{fault} #{alike[fault]}")
    return KeyedProblems(problems, tuple(keys), frozenset(keys))


@record(frozen=True, slots=True)
class Acknowledged:
    """What somebody has acknowledged, as long as it goes on: what changes or returns is new."""

    keys: frozenset[str] = frozenset()
    trouble: frozenset[SilenceKind] = frozenset()
    """What of the silence goes on, hidden by graver trouble or not."""

    def kept(self, found: KeyedProblems, condition: Condition) -> Acknowledged:
        """Return what of it goes on at a moment."""
        trouble = going_on(self.trouble, condition.silence)
        also = {*trouble, _UNSAVED} if condition.unsaved else {*trouble}
        keys = frozenset(key for key in self.keys if key in found.known or key in also)
        return Acknowledged(keys, trouble)

    def with_all(self, keys: Iterable[str]) -> Acknowledged:
        """Return it with more that is acknowledged."""
        return replace(self, keys=self.keys.union(keys))


def pins(
    problems: KeyedProblems,
    condition: Condition,
    done: Acknowledged,
    causes: frozenset[AlertCause] = frozenset(USUAL_CAUSES),
) -> tuple[Pin, ...]:
    """Return what is to stay in sight at a moment, the gravest first.

    Args:
        problems: those of the night.
        condition: how the feed and the recording are.
        done: what has been acknowledged.
        causes: what is worth an alert.

    """
    found = []
    kind = condition.silence.kind
    if kind in TROUBLE and CAUSE_OF[kind] in causes and kind not in done.keys:
        says, short = capitalised(condition.silence.says), capitalised(condition.silence.short)
        found.append(Pin(frozenset({kind}), says, short, kind != "late"))
    if condition.unsaved and _UNSAVED in causes and _UNSAVED not in done.keys:
        says = unsaved_words(condition.unsaved)
        found.append(Pin(frozenset({_UNSAVED}), says, f"{condition.unsaved:,} unsaved", True))
    if "rejected" in causes:
        found += _of_problems(problems, done)
    return tuple(sorted(found, key=lambda pin: not pin.is_grave))


def _of_problems(found: KeyedProblems, done: Acknowledged) -> list[Pin]:
    problems = found.unacknowledged(done)
    if not problems:
        return []
    newest = problems[-1]
    count = counted(len(problems), "problem:", "problems, the newest")
    short = counted(len(problems), "problem")
    return [Pin(found.known - done.keys, f"{count} {newest.where}: {newest.what}", short)]
