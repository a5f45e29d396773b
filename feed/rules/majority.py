"""What a party needs, what it risks, and by how much it fell short (rule 7)."""

from __future__ import annotations

from collections.abc import Mapping

from feed.english import in_words, noun
from feed.model.messages import Roster
from feed.model.parties import NOC, PartyId, agency_order, party_of
from feed.model.terms import majority_of
from feed.rules.control import control


def before_the_count(
    roster: Roster, names: Mapping[PartyId, str], *, counting: bool = False
) -> tuple[str, ...]:
    """Return who needs how many net gains for control, and who cannot lose it.

    Nothing is said of a party that cannot win as many seats as it needs. On a council that
    changes its size, what was held is no start to count gains from: there the seats needed are
    said as they are.

    Args:
        roster: the council before the poll.
        names: names of the parties that nightdesk does not know.
        counting: wards are in, so only what they cannot change is said.

    """
    held = {row.party: row.held for row in roster.parties}
    before = sum(held.values())
    size = before if roster.size is None and not roster.boundary_change else roster.size
    if not size or not before or roster.new_council:
        return ()
    line = majority_of(size)
    if before > size or (before < size and roster.boundary_change):
        return (f"{line} of {size} seats needed, where {before} were held",)
    reach = _reach(roster, size)
    open_to = sorted(
        (line - seats, party)
        for party, seats in held.items()
        if 0 < seats < line <= seats + reach[party][1]
    )
    needs = [
        f"{party_of(party, names).label} needs {in_words(more)} more"
        for more, party in open_to
        if party != roster.control_before
    ]
    first = _unlike_the_seats(roster, names) or _risk(held, reach, line, names, counting=counting)
    if not open_to and max(held.values()) < line:
        first = first or "no party can gain control"
    return (*filter(None, [first]), *([] if counting else needs[:2]))


def _risk(
    held: Mapping[PartyId, int],
    reach: Mapping[PartyId, tuple[int, int]],
    line: int,
    names: Mapping[PartyId, str],
    *,
    counting: bool,
) -> str:
    """Return what the party with a majority risks; nothing where there is none."""
    party = max(held, key=lambda party: held[party])
    label, spare = party_of(party, names).label, held[party] - line
    if spare < 0:
        return ""
    if reach[party][0] <= spare:
        return f"{label} cannot lose control"
    return "" if counting else f"{label} loses control by losing {in_words(spare + 1)} net"


def _unlike_the_seats(roster: Roster, names: Mapping[PartyId, str]) -> str:
    """Return the control before that is stated where the seats held make another; else nothing."""
    held = {row.party: row.held for row in roster.parties}
    stated, by_seats = roster.control_before, control(held)
    if stated is None or stated == by_seats:
        return ""
    said, total = f"{party_of(stated, names).label} before as stated", sum(held.values())
    if by_seats == NOC:
        return f"{said}, with {held.get(stated, 0)} of {total} seats"
    label = party_of(by_seats, names).label
    return f"{said}, though {label} holds {held[by_seats]} of {total} seats"


def _reach(roster: Roster, size: int) -> Mapping[PartyId, tuple[int, int]]:
    """Return the most seats that each party can lose and gain, as far as the roster knows.

    A party gains no seat that it defends itself. Where the parties defend more seats than are
    up, who defends which is not known.
    """
    whole = roster.elects == "whole"
    defended = [row.held if row.offered is None else row.offered for row in roster.parties]
    known = [row.offered for row in roster.parties if row.offered is not None]
    up = sum(defended) if roster.seats_up is None and known else roster.seats_up
    believed = up is not None and sum(known) <= up
    reach = {}
    for row in roster.parties:
        others = size - row.held
        if whole or up is None:
            reach[row.party] = (row.held, others)
        elif row.offered is None or not believed:
            reach[row.party] = (min(row.held, up), min(others, up))
        else:
            reach[row.party] = (row.offered, up - row.offered)
    return reach


def after_the_count(
    after: Mapping[PartyId, int], control: PartyId | None, names: Mapping[PartyId, str]
) -> str:
    """Return how wide the majority is, or how short the largest party fell; empty when unknown."""
    total = sum(after.values())
    if not total:
        return ""
    line = majority_of(total)
    if control is not None and control != NOC:
        seats = after.get(control, 0)
        majority = 2 * seats - total
        return f"majority of {in_words(majority)}" if majority > 0 else ""
    best = max(after.values())
    leaders = [party for party in agency_order(after, names) if after[party] == best]
    if len(leaders) > 1:
        tied = " and ".join(party_of(party, names).label for party in leaders)
        return f"{tied} {best} each, {_seats_short(line - best)}"
    if line - best <= 0:
        return ""
    return f"{party_of(leaders[0], names).label} {_seats_short(line - best)}"


def _seats_short(missing: int) -> str:
    return f"{in_words(missing)} {noun(missing, 'seat')} short"
