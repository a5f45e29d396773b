"""Where the viewer's own rules are met: lines of the log, in every fold of the night alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from feed.english import capitalised
from feed.ledger.night import Night
from feed.model.entries import CORRECTED, DECLARED, Entry, EntryKind, PlaceId
from feed.model.parties import PartyId
from feed.model.standing import Standing
from feed.model.terms import HouseStyle
from feed.reports.alerts import (
    AlertRules,
    closeness,
    gains,
    is_of_region,
    net_steps,
    step_words,
)
from feed.wording.control import sentence

_JUDGED = DECLARED | CORRECTED | {EntryKind.RUSH, EntryKind.CONTEST}
Watched = Callable[[Standing], frozenset[PlaceId]]
"""Returns the watched councils that a night has named since it was asked last."""


class RuleHits:
    """Says once where a rule of the viewer's own is met: what rings as it comes has its entry."""

    def __init__(self, rules: AlertRules, style: HouseStyle, watched: Watched) -> None:
        """Begin with a night on which nothing has come.

        Args:
            rules: the viewer's.
            style: the house style of the lines.
            watched: names the watched councils as soon as the night does.

        """
        self._rules, self._style, self._watched = rules, style, watched
        self._gained: set[PartyId] = set()
        self._steps: set[tuple[PartyId, int]] = set()

    @property
    def is_needed(self) -> bool:
        """Whether there is a rule but for what is watched."""
        rules = self._rules
        figures = rules.net is not None or rules.majority is not None or bool(rules.regions)
        return figures or bool(rules.causes & {"first-gain", "one-short"})

    def __call__(self, night: Night, new: Sequence[Entry]) -> Iterator[str]:
        """Yield the lines that new entries at the night's edge give rise to."""
        judged = [entry for entry in new if entry.kind in _JUDGED]
        if not judged:
            return
        standing = night.edge()
        watched = self._rules.watched | self._watched(standing)
        self._rules = replace(self._rules, watched=watched)
        for entry in judged:
            yield from self._of_entry(standing, entry)
        reached = set(net_steps(standing, self._rules)) - self._steps
        self._steps |= reached
        for step in sorted(reached):
            yield step_words(standing, step, self._rules)

    def _of_entry(self, standing: Standing, entry: Entry) -> Iterator[str]:
        said = sentence(entry, self._style)
        first = set(gains([entry])) - self._gained
        self._gained |= first
        if entry.subject in self._rules.watched:
            yield f"Watched: {said}"
        elif is_of_region(standing, entry, self._rules):
            council = standing.council(PlaceId(entry.subject or ""))
            yield f"{council.region if council else ''}: {said}"
        if first and "first-gain" in self._rules.causes:
            yield f"First gain of the night: {said}"
        if close := closeness(standing, entry, self._rules):
            yield f"{capitalised(close)}: {said}"
