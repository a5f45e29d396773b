"""The heading of a section of the control grid: its title, its progress, its parties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.segment import Segment

from feed.model.parties import PartyId, agency_order
from feed.model.standing import CouncilStanding
from tui.colours.party_colours import letter
from tui.colours.themes import Look
from tui.text.terminal_text import cut, segment
from tui.text.terminal_text import width as cells_of


def draw_heading(
    title: str, councils: Sequence[CouncilStanding], width: int, look: Look
) -> list[Segment]:
    """Give a heading's segments: parties by councils, and `+3` for those that find no room."""
    declared = [council for council in councils if council.status == "declared"]
    count = f"  {len(declared)} of {len(councils)}"
    room = width - cells_of(count)
    line = [segment(cut(title, max(0, room)), look.style(look.strong, bold=True))]
    if room <= 0:
        return line
    line.append(segment(count, look.style(look.dim)))
    room -= line[0].cell_length
    subtotals = Counter(council.after for council in declared if council.after is not None)
    order = sorted(agency_order(subtotals, {}), key=lambda party: -subtotals[party])
    chips = [_chip(party, subtotals[party], look) for party in order]
    shown = len(chips)
    rest: list[Segment] = []
    while shown and _cells([*chips[:shown], rest]) > room:
        shown -= 1
        left = sum(subtotals[party] for party in order[shown:])
        rest = [segment(f"  +{left}", look.style(look.dim))]
    if _cells([*chips[:shown], rest]) <= room:
        line += [piece for chip in (*chips[:shown], rest) for piece in chip]
    return line


def _cells(chips: Sequence[Sequence[Segment]]) -> int:
    return sum(piece.cell_length for chip in chips for piece in chip)


def _chip(party: PartyId, count: int, look: Look) -> list[Segment]:
    return [
        Segment("  ", look.base),
        segment(letter(party), look.party_style(party, bold=True)),
        Segment(f" {count}", look.style(look.text)),
    ]
