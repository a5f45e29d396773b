"""Parties as the agency names them."""

from __future__ import annotations

from dataclasses import dataclass, field

from feed.formats.agency.node import Node
from feed.formats.agency.reading import Reading
from feed.model.parties import PartyId, known_party, party_id


@dataclass(slots=True)
class PartyBook:
    """The parties of one message: their ids, and the names of those that the desk does not know."""

    reading: Reading
    names: dict[PartyId, str] = field(default_factory=dict)

    def named(self, name: str) -> PartyId:
        """Return the id of a party, and keep its name when it is unknown."""
        party = party_id(name)
        if known_party(name) is None:
            self.names.setdefault(party, name)
        return party

    def of(self, node: Node, *names: str) -> PartyId | None:
        """Return the party that the first attribute with a value names."""
        name = self.reading.text(node, *names)
        return None if name is None else self.named(name)

    def seats(self, group: Node, attribute: str, *, least: int = 0) -> dict[PartyId, int]:
        """Return a whole number for each `Party` of a group; a party that stands twice is wrong."""
        seats: dict[PartyId, int] = {}
        for row, party in self.rows(group):
            seats[party] = self.reading.required_number(row, attribute, least=least)
        return seats

    def rows(self, group: Node) -> list[tuple[Node, PartyId]]:
        """Return the `Party` elements of a group, each with its id."""
        found: dict[PartyId, Node] = {}
        for row in group.all("Party"):
            party = self.of(row, "name", "abbreviation")
            if party is None:
                self.reading.wrong(row, "name", "the name of a party")
            elif party in found:
                self.reading.fault(row, f"{row.label} stands twice in {group.label}")
            else:
                found[party] = row
        return [(row, party) for party, row in found.items()]
