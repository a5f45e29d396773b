"""What the control grid says in its border: the cursor's council, or how far the night is."""

from __future__ import annotations

from collections.abc import Sequence

from feed.clock import hh_mm
from feed.model.parties import NOC
from feed.model.standing import CouncilStanding, Standing
from feed.wording.control import declaration_of, phrase
from feed.wording.progress import progress_words
from tui.control_grid.order import GROUP_TITLES, SORT_TITLES, Group, Sort
from tui.text.terminal_text import counted, cut
from tui.text.terminal_text import width as cells_of

TITLE = "Council control"


def title_words(since: str, group: Group, *, is_map: bool = False) -> str:
    """Return `Council control · changed since 02:10 · by region`."""
    grouped = "map" if is_map else "" if group == "none" else GROUP_TITLES[group]
    return " · ".join(filter(None, (TITLE, f"changed {since}" if since else "", grouped)))


def progress(standing: Standing, sort: Sort | None) -> str:
    """Give `A–Z · 136 to come`; where nobody has said how many are up, `A–Z · 3 declared`.

    Without an order it is the map.
    """
    if not standing.councils and not standing.ni_councils:
        return ""
    declared, up = standing.progress
    rest = f"{up - declared:,} to come" if up > declared else "all declared"
    said = rest if up else progress_words(standing)
    return f"{SORT_TITLES[sort]} · {said}" if sort else said


def named(council: CouncilStanding, width: int, *, watched: bool = False) -> str:
    """Give `Trafford · Lab gain from NOC · 36 of 63`, without what has no room."""
    pieces = [piece for piece in (council.name, *_said(council)) if piece]
    if watched:
        pieces.append("watched")
    while len(pieces) > 1 and cells_of(" · ".join(pieces)) > width:
        pieces.pop()
    return cut(" · ".join(pieces), width)


def _said(council: CouncilStanding) -> Sequence[str]:
    if council.status == "expected":
        when = f"expected {hh_mm(council.expected_at)}" if council.expected_at else "to come"
        return (when, council.majority_notes[0] if council.majority_notes else "")
    if council.status == "counting":
        of = f" of {council.wards_total}" if council.wards_total else ""
        return ("counting", f"{counted(council.wards_in, 'ward')}{of} in")
    if council.status == "declared" and council.after is None:
        return ("declared", _by_seats(council))
    control = str(phrase(declaration_of(council), "bbc").tail).removeprefix(": ")
    if council.status == "rush":
        return (control, "unconfirmed")
    revision = f"r{council.revision}" if council.corrected else ""
    return (control, _seats(council), revision)


def _by_seats(council: CouncilStanding) -> str:
    won = sorted(council.seats, key=lambda line: -(line.after or 0))
    return ", ".join(f"{line.label} {line.after}" for line in won if line.after)


def _seats(council: CouncilStanding) -> str:
    filled = sum(line.after or 0 for line in council.seats)
    if not filled:
        return ""
    if council.after not in (None, NOC):
        own = sum(line.after or 0 for line in council.seats if line.party == council.after)
        return f"{own} of {filled}"
    largest = max(council.seats, key=lambda line: line.after or 0)
    return f"{largest.label} {largest.after} of {filled}"
