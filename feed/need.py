"""What a party needs, what it risks, and by how much it fell short (domain.md §3)."""

from __future__ import annotations

from collections.abc import Mapping

from feed.messages import Roster
from feed.parties import NOC, PartyId, agency_order, party_of


def before_the_count(roster: Roster, names: Mapping[PartyId, str]) -> tuple[str, ...]:
    """Say who needs how many net gains for control, and who cannot lose it.

    On a council that changes its size, what was held is no start to count gains from: there the
    seats needed are said as they are.
    """
    held = {row.party: row.held for row in roster.parties}
    offered = {
        row.party: row.held if roster.elects == "whole" else row.offered for row in roster.parties
    }
    before = sum(held.values())
    size = before if roster.size is None and not roster.boundary_change else roster.size
    if not size or not before or roster.new_council:
        return ()
    line = size // 2 + 1
    if before > size or (before < size and roster.boundary_change):
        return (f"{line} of {size} seats needed, where {before} were held",)
    said = []
    for party in agency_order(held, names):
        label = party_of(party, names).label
        up = offered[party]
        if up is not None and 2 * (held[party] - up) > size:
            said.append(f"{label} cannot lose control")
        elif held[party] >= line:
            spare = held[party] - line + 1
            said.append(f"{label} loses control by losing {spare} net")
    contenders = sorted((line - seats, party) for party, seats in held.items() if 0 < seats < line)
    for missing, party in contenders[:2]:
        said.append(f"{party_of(party, names).label} needs {missing} more")
    return tuple(said)


def after_the_count(
    after: Mapping[PartyId, int], control: PartyId | None, names: Mapping[PartyId, str]
) -> str:
    """Say how wide the majority is, or how short the largest party fell; empty when unknown."""
    total = sum(after.values())
    if not total:
        return ""
    line = total // 2 + 1
    if control is not None and control != NOC:
        seats = after.get(control, 0)
        majority = 2 * seats - total
        return f"majority of {majority}" if majority > 0 else ""
    best = max(after.values())
    leaders = [party for party in agency_order(after, names) if after[party] == best]
    if len(leaders) > 1:
        tied = " and ".join(party_of(party, names).label for party in leaders)
        return f"{tied} {best} each, {_seats_short(line - best)}"
    if line - best <= 0:
        return ""
    return f"{party_of(leaders[0], names).label} {_seats_short(line - best)}"


def _seats_short(missing: int) -> str:
    words = {1: "one seat", 2: "two seats", 3: "three seats"}
    return f"{words.get(missing, f'{missing} seats')} short"
