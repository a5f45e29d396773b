"""What a filter typed as words lets through: entries of the log, and councils of the grid."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from operator import eq, ge, gt, le, lt
from types import MappingProxyType

from feed.model.entries import CORRECTED, TROUBLED, Entry, EntryKind, Mark, PlaceId
from feed.model.parties import PartyId, known_party
from feed.model.standing import CouncilStanding, Standing
from feed.model.terms import LATE_AFTER, HouseStyle, majority_of
from feed.records import record
from feed.wording.control import sentence

_KINDS: dict[str, frozenset[EntryKind]] = {
    "gain": frozenset({EntryKind.GAIN, EntryKind.WIN}),
    "gains": frozenset({EntryKind.GAIN, EntryKind.WIN}),
    "loss": frozenset({EntryKind.LOSS}),
    "losses": frozenset({EntryKind.LOSS}),
    "change": frozenset({EntryKind.GAIN, EntryKind.LOSS}),
    "changed": frozenset({EntryKind.GAIN, EntryKind.LOSS}),
    "hold": frozenset({EntryKind.HOLD, EntryKind.NO_CHANGE}),
    "holds": frozenset({EntryKind.HOLD, EntryKind.NO_CHANGE}),
    "rush": frozenset({EntryKind.RUSH}),
    "correction": CORRECTED,
    "corr": CORRECTED,
    "news": frozenset({EntryKind.NEWS}),
    "total": frozenset({EntryKind.TOTAL}),
    "totals": frozenset({EntryKind.TOTAL}),
    "problem": TROUBLED,
    "problems": TROUBLED,
    "ward": frozenset({EntryKind.WARD}),
    "wards": frozenset({EntryKind.WARD}),
    "mayor": frozenset({EntryKind.CONTEST}),
    "contest": frozenset({EntryKind.CONTEST}),
}
_MARKS = {"remark": Mark.REMARK, "rejected": Mark.REJECTED, "ok": Mark.OK}


_TERMS = ("late", "due", "close", "one seat", "watched")
"""What a council can be, beside the kinds of its declaration."""
_CLOSE = 5
"""A majority that is no wider, or so few seats short of one by half, is close."""
_FIGURE = re.compile(r"majority(<=|>=|<|>|=)(\d{1,4})")
_EXPRESSION = re.compile(r"[<>=|]|^[!-]+$")
_WRITTEN = (
    (re.compile(r"\s+or(?:\s+|$)"), "|"),
    (re.compile(r"(^|[\s|])not\s+(?=\S)"), r"\1!"),
    (re.compile(r"\s*(<=|>=|[<>=|])\s*"), r"\1"),
    (re.compile(r"(^|[\s|])([!-])\s+"), r"\1\2"),
)
"""Other ways to write a filter, and how it is read: with words for signs, or spaces about them."""
_MOST_WORDS = 4
"""Words of the longest name of a party that is typed in full."""


@record(frozen=True, slots=True)
class FilterContext:
    """What a filter goes by beside the standing."""

    now: datetime | None = None
    """The night's own time; nobody is late without one."""
    late_after: timedelta = LATE_AFTER
    watched: frozenset[PlaceId] = frozenset()
    style: HouseStyle = "bbc"
    """The house style in which sentences are shown, and so read."""


@record(frozen=True, slots=True)
class _Term:
    """One thing that is asked for: any of its names, or none of them where it is turned round."""

    names: tuple[str, ...]
    turned: bool = False


@dataclass(frozen=True)
class Filter:
    """A filter: every term must let an entry through; terms are combined with and.

    A term is a party in any of its names (`lab`, `lib dems`), a kind (`gain`), a verdict
    (`remark`), a state (`late`, `due`, `close`, `one seat`, `watched`, `majority<5`), or text that
    is looked for in the sentence, the council's name, its region and its type. `-term` and `!term`
    turn it round, `lab|con` takes either; `not term` and `lab or con` are the same.
    """

    text: str

    @property
    def words(self) -> tuple[str, ...]:
        """The words, in small letters."""
        return tuple(self.text.casefold().split())

    @cached_property
    def terms(self) -> tuple[_Term, ...]:
        """What is asked for, names of several words put together."""
        return tuple(_terms(self.words))

    @property
    def not_understood(self) -> tuple[str, ...]:
        """What looks like more than text and means nothing: `majority<few`."""
        names = (name for term in self.terms for name in term.names)
        return tuple(n for n in names if _EXPRESSION.search(n) and not _FIGURE.fullmatch(n))

    @property
    def by_party(self) -> bool:
        """Whether it goes by who is in control."""
        return any(known_party(name) for term in self.terms for name in term.names)

    @property
    def by_state(self) -> bool:
        """Whether it goes by what councils are just now, which time alone can change."""
        return any(_is_state(name) for term in self.terms for name in term.names)

    def entries(
        self, standing: Standing, context: FilterContext | None = None
    ) -> Callable[[Entry], bool]:
        """Return the test for entries, with what the standing knows of their councils."""
        context = context or FilterContext()
        councils = {c.id: c for c in standing.all_councils}

        def keep(entry: Entry) -> bool:
            council = councils.get(PlaceId(entry.subject)) if entry.subject else None
            return all(
                any(_entry_passes(name, entry, council, context) for name in term.names)
                is not term.turned
                for term in self.terms
            )

        return keep

    def councils(self, context: FilterContext | None = None) -> Callable[[CouncilStanding], bool]:
        """Return the test for councils of the grid."""
        context = context or FilterContext()

        def lit(council: CouncilStanding) -> bool:
            return all(
                any(_council_passes(name, council, context) for name in term.names)
                is not term.turned
                for term in self.terms
            )

        return lit


def _terms(words: tuple[str, ...]) -> Iterator[_Term]:
    """Return the terms: a name of several words is one, `|` joins what it is between."""
    spaced = " ".join(words)
    for written, meant in _WRITTEN:
        spaced = written.sub(meant, spaced)
    left = spaced.split()
    while left := left[left[:1] == ["and"] :]:
        count = next(
            (n for n in range(min(_MOST_WORDS, len(left)), 1, -1) if _is_name(" ".join(left[:n]))),
            1,
        )
        word, left = " ".join(left[:count]), left[count:]
        turned = word[0] in "-!" and len(word) > 1
        names = tuple(name for name in word[turned:].split("|") if name)
        yield _Term(names or (word,), turned)


def _is_name(words: str) -> bool:
    """Whether words together are the name of a party or a state, turned round or joined by `|`."""
    names = words.lstrip("-!").split("|")
    return any(" " in name for name in names) and all(
        name in _TERMS or known_party(name) for name in names
    )


def _is_state(name: str) -> bool:
    return name in _TERMS or _FIGURE.fullmatch(name) is not None


def _state_passes(name: str, council: CouncilStanding, context: FilterContext) -> bool:
    match name:
        case "late" | "due":
            waited = council.status in {"expected", "counting"} and council.expected_at is not None
            if not waited or council.expected_at is None or context.now is None:
                return False
            return (context.now - council.expected_at > context.late_after) is (name == "late")
        case "watched":
            return council.id in context.watched
        case "close":
            wide, short = _margin(council)
            return 0 < wide <= _CLOSE or 0 < short <= _CLOSE // 2
        case "one seat":
            wide, short = _margin(council)
            return 0 < wide <= 2 or short == 1
        case _:
            wide, _ = _margin(council)
            return wide > 0 and _compared(name, wide)


def _compared(expression: str, amount: int) -> bool:
    found = _FIGURE.fullmatch(expression)
    return found is not None and _COMPARE[found[1]](amount, int(found[2]))


_COMPARE: Mapping[str, Callable[[int, int], bool]] = MappingProxyType(
    {"<": lt, ">": gt, "<=": le, ">=": ge, "=": eq}
)


def _margin(council: CouncilStanding) -> tuple[int, int]:
    """Return how wide the majority of the largest party is, and how many seats short it is."""
    seats = [line.after or 0 for line in council.seats]
    filled = sum(seats)
    if council.status != "declared" or council.stands_apart or not filled:
        return 0, 0
    return max(0, 2 * max(seats) - filled), max(0, majority_of(filled) - max(seats))


def _entry_passes(
    word: str, entry: Entry, council: CouncilStanding | None, context: FilterContext
) -> bool:
    if _is_state(word):
        return council is not None and _state_passes(word, council, context)
    kinds = _KINDS.get(word)
    stands_apart = entry.kind is EntryKind.CONTEST and council is not None
    if kinds is not None and entry.kind in kinds:
        return not stands_apart
    if word in _MARKS:
        return entry.mark is _MARKS[word]
    party = known_party(word)
    if party is not None and party in _parties(entry, council):
        return True
    is_placed = entry.declaration is not None or council is not None
    if kinds is not None or (party is not None and is_placed):
        return False
    places = _places(council) if council else ""
    said = f"{sentence(entry, context.style)} {entry.detail} {places} {entry.origin.path}"
    return word in said.casefold()


def _council_passes(word: str, council: CouncilStanding, context: FilterContext) -> bool:
    if _is_state(word):
        return _state_passes(word, council, context)
    kinds = _KINDS.get(word)
    if kinds is not None:
        outcome = {"gain": EntryKind.GAIN, "lose": EntryKind.LOSS, "win": EntryKind.WIN}
        rushed = council.status == "rush" and EntryKind.RUSH in kinds
        corrected = council.corrected and EntryKind.CORRECTION in kinds
        kind = outcome.get(council.outcome or "", EntryKind.HOLD)
        return rushed or corrected or (council.status == "declared" and kind in kinds)
    party = known_party(word)
    if party is not None:
        return party in {council.before, council.after}
    return word in _places(council).casefold()


def _places(council: CouncilStanding) -> str:
    return " ".join(filter(None, (council.name, council.region, council.type)))


def _parties(entry: Entry, council: CouncilStanding | None) -> set[PartyId | None]:
    """Return who an entry is about; a line of figures is about those who hold its council."""
    declared = entry.declaration
    if declared is not None:
        return {declared.before, declared.after}
    return set() if council is None else {council.before, council.after}
