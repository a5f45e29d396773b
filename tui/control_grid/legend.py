"""What the signs of the control grid mean, in as many words as there is room for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from textual.content import Content

from feed.model.parties import NOC, PartyId, agency_order, party_of
from feed.model.standing import CouncilStanding
from tui.colours.party_colours import UNDECLARED_LETTER, letter
from tui.colours.themes import Look
from tui.control_grid.cells import CHANGED, FRESH, NO_CONTROL, UNCONFIRMED
from tui.text.terminal_text import width as cells_of

_USUAL = (PartyId("con"), PartyId("lab"), PartyId("ld"))
_FIRST = len(_USUAL)
"""So many parties come before the marks, the rest behind them."""
_BETWEEN, _TIGHT = "  ", " "


@dataclass(frozen=True, slots=True)
class Meaning:
    """A sign and what it means."""

    sign: str
    words: str
    party: PartyId | None = None
    """Whose colours the sign stands in."""
    short: str = ""
    """The words where there is little room."""

    def __str__(self) -> str:
        return f"{self.sign} {self.words}".strip()


_CHANGED = Meaning(CHANGED, "changed hands", short="changed")
_MARKS = (
    _CHANGED,
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
    by_seats = any(it.status == "declared" and it.after is None for it in councils)
    also = [Meaning(NO_CONTROL, "seats declared")] if by_seats else []
    known = [party for party in held if party not in {None, NOC}]
    order: Sequence[PartyId] = agency_order({party for party in known if party}, {}) or _USUAL
    first = sorted(order, key=lambda party: -held[party])[:_FIRST]
    named = [Meaning(letter(party), party_of(party).label, party) for party in order]
    no_control = Meaning(letter(NOC), "no overall control", NOC, short="NOC")
    first_of_all = Meaning(UNDECLARED_LETTER if "to come" in to_come else "", to_come)
    if by_seats and not held.keys() - {None}:
        return (first_of_all, *also, *_MARKS[1:])
    return (
        first_of_all,
        *(each for each in named if each.party in first),
        no_control,
        *_MARKS,
        *also,
        *(each for each in named if each.party not in first),
    )


def parties_first(said: Sequence[Meaning]) -> tuple[Meaning, ...]:
    """Return all of them, for where there is room: every party stands before the marks."""
    return (*said[:1], *sorted(said[1:], key=lambda it: (it.party is None, it.party == NOC)))


def fitting(said: Sequence[Meaning], room: int) -> tuple[Meaning, ...]:
    """Return as many of the first ones as fit in `room` cells.

    The sign of a change can least be guessed: before it is left out, words are shortened, the
    number to come is left to the headline, and the smallest party to its letter.
    """
    short = [replace(each, words=each.short or each.words) for each in said]
    fewer = [*short[1:_FIRST], *short[_FIRST + 1 :]]
    forms = (said, short, short[1:], fewer)
    fit = [_first_that_fit(form, room) for form in forms]
    whole = (each for each in fit if any(it.sign == _CHANGED.sign for it in each))
    return next(whole, fit[0])


def _first_that_fit(said: Sequence[Meaning], room: int) -> tuple[Meaning, ...]:
    for shown in range(len(said), 0, -1):
        gap = _TIGHT if said[:shown][-1].sign == _CHANGED.sign else _BETWEEN
        if cells_of(gap.join(map(str, said[:shown]))) <= room:
            return tuple(said[:shown])
    return ()


def legend(said: Sequence[Meaning], look: Look, room: int) -> Content:
    """Return the words, each party's letter in its colours, a blank nearer where they need it."""
    gap = _BETWEEN if cells_of(_BETWEEN.join(map(str, said))) <= room else _TIGHT
    parts: list[Content | str] = []
    for each in said:
        if parts:
            parts.append(gap)
        if each.party is None:
            parts.append(str(each))
        else:
            fill, ink = look.party(each.party)
            parts += [Content.styled(each.sign, f"{ink} on {fill}"), f" {each.words}"]
    return Content.assemble(*parts)
