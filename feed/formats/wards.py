"""One ward's count, candidate by candidate, as a ward result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from feed.formats.table.cells import CellError
from feed.model.parties import PartyId, known_party, party_id
from feed.records import record

_YES = frozenset({"true", "t", "yes", "y", "1", "elected", "won", "*"})
_NO = frozenset({"false", "f", "no", "n", "0", "", "not elected", "none", "null", "lost", "-"})


@record(frozen=True, slots=True)
class Stood:
    """A candidate in a ward: the party, the votes and whether elected."""

    party: str
    votes: int | None
    is_elected: bool


def is_elected(cell: str) -> bool:
    """Whether a cell says that a candidate was elected."""
    word = " ".join(cell.casefold().split())
    if word in _YES or word in _NO:
        return word in _YES
    raise CellError(f"elected is “{cell.strip()[:40]}”; expected True or False")


def ward_figures(stood: Sequence[Stood], seats: int | None) -> dict[str, object]:
    """Return seats, seats won by party, names of unknown parties and the majority."""
    winners = [each for each in stood if each.is_elected]
    if seats is not None and len(winners) > seats:
        raise CellError(f"{len(winners)} candidates are elected; expected {seats} at most")
    won: Counter[PartyId] = Counter(party_id(each.party) for each in winners)
    names = {party_id(each.party): each.party for each in winners if not known_party(each.party)}
    figures: dict[str, object] = {"seats": seats or len(winners), "won": dict(won)}
    if names:
        figures["party_names"] = names
    losers = [each.votes for each in stood if not each.is_elected and each.votes is not None]
    gained = [each.votes for each in winners if each.votes is not None]
    if losers and len(gained) == len(winners) and min(gained) >= max(losers):
        figures["majority"] = min(gained) - max(losers)
    return figures
