"""What the signs of the control grid mean, in as many words as there is room for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from textual.content import Content

from feed.model.parties import NOC, PartyId, agency_order, party_of
from feed.model.standing import CouncilStanding
from tui.colours.party_colours import UNDECLARED_LETTER, letter
from tui.colours.themes import Look
from tui.control_grid.cells import CHANGED, FRESH, UNCONFIRMED
from tui.text.terminal_text import width as cells_of

_USUAL = (PartyId("con"), PartyId("lab"), PartyId("ld"))
_FIRST = len(_USUAL)
"""So many parties come before the marks, the rest behind them."""
_BETWEEN = "  "


@dataclass(frozen=True, slots=True)
class Meaning:
    """A sign and what it means."""

    sign: str
    words: str
    party: PartyId | None = None
    """Whose colours the sign stands in."""

    def __str__(self) -> str:
        return f"{self.sign} {self.words}".strip()


_MARKS = (
    Meaning(CHANGED, "changed hands"),
    Meaning(FRESH, "just in"),
    Meaning(UNCONFIRMED, "unconfirmed"),
    Meaning("²", "corrected"),
    Meaning("~", "time estimated"),
)


def meanings(
    councils: Collection[CouncilStanding] = (), to_come: str = "to come"
) -> tuple[Meaning, ...]:
    """Return what every sign means, the most telling first.

    Args:
        councils: those whose parties are named; of no councils the usual ones are.
        to_come: how many of them are still to come.

    """
    held = Counter(council.after or council.before for council in councils)
    known = [party for party in held if party not in {None, NOC}]
    order: Sequence[PartyId] = agency_order({party for party in known if party}, {}) or _USUAL
    first = sorted(order, key=lambda party: -held[party])[:_FIRST]
    named = [Meaning(letter(party), party_of(party).label, party) for party in order]
    no_control = Meaning(letter(NOC), "no overall control", NOC)
    return (
        Meaning(UNDECLARED_LETTER if "to come" in to_come else "", to_come),
        *(each for each in named if each.party in first),
        no_control,
        *_MARKS,
        *(each for each in named if each.party not in first),
    )


def fitting(said: Sequence[Meaning], room: int) -> tuple[Meaning, ...]:
    """Return as many of the first ones as fit in `room` cells."""
    for shown in range(len(said), 0, -1):
        if cells_of(_BETWEEN.join(map(str, said[:shown]))) <= room:
            return tuple(said[:shown])
    return ()


def legend(said: Sequence[Meaning], look: Look) -> Content:
    """Return the words, each party's letter in its colours."""
    parts: list[Content | str] = []
    for each in said:
        if parts:
            parts.append(_BETWEEN)
        if each.party is None:
            parts.append(str(each))
        else:
            fill, ink = look.party(each.party)
            parts += [Content.styled(each.sign, f"{ink} on {fill}"), f" {each.words}"]
    return Content.assemble(*parts)
