"""A council before and after as two stacked bars, with the line of a majority."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment

from feed.model.parties import PartyId
from feed.model.standing import CouncilStanding
from feed.model.terms import majority_of
from tui.colours.party_colours import letter
from tui.colours.themes import Look
from tui.details.dialog import Line
from tui.text.terminal_text import fit, segment

Share = tuple[PartyId, int]
_NAME = 8
_TOTAL = 5
_LEAST = 12


def composition(council: CouncilStanding, width: int, look: Look) -> list[Line]:
    """Return the bars that are known, to one scale, and the seat that makes a majority.

    Before the poll of a council that is to have fewer seats, no seat that is held is that one.
    """
    before = [(line.party, line.held) for line in council.seats if line.held]
    after = [(line.party, line.after) for line in council.seats if line.after]
    rows = [(name, shares) for name, shares in (("Before", before), ("After", after)) if shares]
    room = width - _NAME - _TOTAL
    if not rows or room < _LEAST:
        return []
    most = max(sum(seats for _, seats in shares) for _, shares in rows)
    lines = [_bar(name, shares, room, most, look) for name, shares in rows]
    line = council.majority_line
    shrinks = not after and line is not None and line < majority_of(most)
    if line is not None and line <= most and not shrinks:
        at = min(room - 1, max(0, -(-line * room // most) - 1))
        lines.append(_majority(line, at, room, look))
    return lines


def seat_cells(shares: Sequence[Share], room: int, most: int) -> list[int]:
    """Return each party its cells: in proportion, one at least, and all of the bar together."""
    total = sum(seats for _, seats in shares)
    bar = max(len(shares), round(room * total / most))
    exact = [bar * seats / total for _, seats in shares]
    given = [max(1, int(part)) for part in exact]
    by_rest = sorted(range(len(shares)), key=lambda i: exact[i] - int(exact[i]), reverse=True)
    for index in (by_rest * room)[: max(0, bar - sum(given))]:
        given[index] += 1
    while sum(given) > bar and max(given) > 1:
        given[given.index(max(given))] -= 1
    return given


def _bar(name: str, shares: Sequence[Share], room: int, most: int, look: Look) -> Line:
    line = [segment(fit(name, _NAME), look.style(look.dim))]
    widths = seat_cells(shares, room, most)
    for (party, seats), cell in zip(shares, widths, strict=True):
        code = letter(party)
        texts = (f" {code} {seats}", f"{code} {seats}", code, code[:1])
        text = next((text for text in texts if len(text) <= cell), "")
        line.append(segment(fit(text, cell), look.party_style(party, bold=True)))
    line.append(Segment(" " * max(0, room - sum(widths)), look.base))
    total = sum(seats for _, seats in shares)
    line.append(segment(fit(str(total), _TOTAL, "right"), look.style(look.text)))
    return line


def _majority(line: int, at: int, room: int, look: Look) -> Line:
    said = f"{line} for a majority"
    mark = look.style(look.strong, bold=True)
    dim = look.style(look.dim)
    if at + 2 + len(said) <= room + _TOTAL:
        return [
            Segment(" " * (_NAME + at), look.base),
            segment("▲", mark),
            segment(f" {said}", dim),
        ]
    words = fit(said, min(len(said), at + _NAME - 1)) + " "
    return [segment(fit(words, _NAME + at, "right"), dim), segment("▲", mark)]
