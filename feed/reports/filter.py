"""What a filter typed as words lets through: entries of the log, and councils of the grid."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from feed.model.entries import CORRECTED, TROUBLED, Entry, EntryKind, Mark, PlaceId
from feed.model.parties import PartyId, known_party
from feed.model.standing import CouncilStanding, Standing
from feed.model.terms import HouseStyle
from feed.wording.control import sentence

_KINDS: dict[str, frozenset[EntryKind]] = {
    "gain": frozenset({EntryKind.GAIN, EntryKind.WIN}),
    "gains": frozenset({EntryKind.GAIN, EntryKind.WIN}),
    "loss": frozenset({EntryKind.LOSS}),
    "losses": frozenset({EntryKind.LOSS}),
    "change": frozenset({EntryKind.GAIN, EntryKind.LOSS}),
    "changed": frozenset({EntryKind.GAIN, EntryKind.LOSS}),
    "hold": frozenset({EntryKind.HOLD}),
    "holds": frozenset({EntryKind.HOLD}),
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


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter: every word must let an entry through; words are combined with and.

    A word is a party (`lab`), a kind (`gain`), a verdict (`remark`), or text that is looked for
    in the sentence, the council's name, its region and its type. `-word` turns it round.
    """

    text: str

    @property
    def words(self) -> tuple[str, ...]:
        """The words, in small letters."""
        return tuple(self.text.casefold().split())

    def entries(self, standing: Standing, style: HouseStyle = "bbc") -> Callable[[Entry], bool]:
        """Return the test for entries, with what the standing knows of their councils.

        Args:
            standing: the moment looked at.
            style: the house style in which their sentences are shown, and so read.

        """
        councils = {c.id: c for c in standing.all_councils}
        words = self.words

        def keep(entry: Entry) -> bool:
            council = councils.get(PlaceId(entry.subject)) if entry.subject else None
            return all(
                not _entry_passes(word[1:], entry, council, style)
                if word.startswith("-") and len(word) > 1
                else _entry_passes(word, entry, council, style)
                for word in words
            )

        return keep

    def councils(self) -> Callable[[CouncilStanding], bool]:
        """Return the test for councils of the grid."""
        words = self.words

        def lit(council: CouncilStanding) -> bool:
            return all(
                not _council_passes(word[1:], council)
                if word.startswith("-") and len(word) > 1
                else _council_passes(word, council)
                for word in words
            )

        return lit


def _entry_passes(
    word: str, entry: Entry, council: CouncilStanding | None, style: HouseStyle
) -> bool:
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
    said = f"{sentence(entry, style)} {entry.detail} {places} {entry.origin.path}"
    return word in said.casefold()


def _council_passes(word: str, council: CouncilStanding) -> bool:
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
