"""The heading of a section of the control grid: its title, its progress, its parties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.segment import Segment

from feed.parties import PartyId, agency_order
from feed.standing import CouncilStanding
from tui.glass import cut, segment
from tui.glass import width as cells_of
from tui.palette import letter
from tui.themes import Look


def draw_heading(
    title: str, councils: Sequence[CouncilStanding], width: int, look: Look
) -> list[Segment]:
    """Give a heading's segments; what there is no room for is left out whole, from the right."""
    declared = [council for council in councils if council.status == "declared"]
    count = f"  {len(declared)} of {len(councils)}"
    room = width - cells_of(count)
    line = [segment(cut(title, max(0, room)), look.style(look.strong, bold=True))]
    if room <= 0:
        return line
    line.append(segment(count, look.style(look.dim)))
    used = sum(piece.cell_length for piece in line)
    subtotals = Counter(council.after for council in declared if council.after is not None)
    for party in agency_order(subtotals, {}):
        chip = _chip(party, subtotals[party], look)
        used += sum(piece.cell_length for piece in chip)
        if used > width:
            break
        line += chip
    return line


def _chip(party: PartyId, count: int, look: Look) -> list[Segment]:
    return [
        Segment("  ", look.base),
        segment(letter(party), look.party_style(party, bold=True)),
        Segment(f" {count}", look.style(look.text)),
    ]
