"""The councils of the rehearsal: all invented, with seats that add up."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

PARTIES = {
    "C": ("Conservative", "1"),
    "Lab": ("Labour", "2"),
    "LD": ("Liberal Democrat", "3"),
    "Green": ("Green Party", "4"),
    "Ind": ("Independent/Other", "5"),
    "R": ("Ratepayers or Residents", "6"),
    "UKIP": ("UK Independence Party", "7"),
    "Fen": ("Fenland Voice", "8"),
}
# name | type | proportion | held before | offered (all: everything) | won tonight
TABLE = """
Alderton | Unitary | all | C28 Lab14 LD6 | | C22 Lab15 LD9 Green2
Birchmere | Non-Met | all | C25 Lab8 LD7 | | C23 Lab6 LD10 Green1
Cobham Vale | Non-Met | half | C20 Lab12 LD4 | C10 Lab6 LD2 | C7 Lab6 LD5
Dunmarsh | Metro | third | Lab48 C9 LD3 | Lab16 C3 LD1 | Lab15 C2 LD3
Eastwold | Non-Met | all | C22 Lab9 LD7 | | C19 Lab8 LD11
Farrowdale | Non-Met | all | C24 Lab12 Ind3 | | C20 Lab13 Ind6
Garthwick | Metro | third | Lab40 C18 UKIP2 | Lab13 C5 UKIP2 | Lab14 C6
Hollinbrook | Non-Met | all | C19 Ind10 LD6 | | Ind20 C9 LD6
Ivelcombe | Non-Met | all | R30 C5 LD3 | | R27 C4 LD7
Jessop Forest | Non-Met | all | C30 Lab14 LD4 | | C24 Lab12 LD6
Kingsdrift | Unitary | all | C26 Lab18 Ind4 | | C22 Lab23 Ind7
Lowmere & Stanfield | Unitary | all | | | C36 Lab18 LD10 Green1
Millbeck | Metro | third | Lab44 C12 LD4 | Lab15 C4 LD1 | Lab13 C4 LD3
Northolme | Non-Met | third | C23 Lab12 LD7 | C9 Lab3 LD2 | C7 Lab4 LD3
Oakhanger | Non-Met | third | C21 Lab14 LD4 | C7 Lab4 LD2 | C6 Lab4 LD3
Penhallow | Unitary | all | C24 LD16 Lab5 | | LD24 C17 Lab4
Quillhaven | Non-Met | third | LD25 C14 | LD8 C5 | LD10 C3
Ravensmoor | Non-Met | all | C22 Lab17 | | Lab21 C18
Stourley | Non-Met | all | C31 LD4 Ind3 | | C24 LD9 Ind5
Witherdale | Non-Met | all | C33 Lab6 LD3 | | C26 Lab7 LD8 Green1
Yarnbrook | Metro | third | Lab50 C10 | Lab17 C3 | Lab16 C4
Zoëford | Non-Met | all | C20 LD15 | | LD21 C14
Fenwick Marsh | Non-Met | all | C21 Lab9 Ind7 | | C17 Lab8 Ind6 Fen6
Thornaby Deep | Non-Met | all | C18 LD12 | | LD16 C14
Undercliffe | Non-Met | third | C16 Lab11 | C5 Lab4 | C3 Lab6
Vanstow | Non-Met | third | Lab18 C9 | Lab6 C3 | Lab5 C4
Ashengate | Non-Met | third | C18 LD15 | C6 LD5 | C4 LD7
Bramblecote | Non-Met | all | C35 Lab2 LD1 | | C27 Lab3 LD6 Green2
Crowmoor | Metro | third | Lab32 C19 LD9 | Lab11 C6 LD3 | Lab9 C5 LD5 Green1
Dovebridge | Unitary | third | C25 Lab22 LD4 | C8 Lab8 LD1 | C7 Lab8 LD2
Elmsworthy | Non-Met | all | C28 Ind10 | | C18 Ind16 Green4
Foxhanger | Non-Met | half | Lab19 C13 | Lab9 C7 | Lab11 C5
Greywater | Non-Met | all | LD20 C18 Lab1 | | LD29 C9 Lab1
Hatherwell | Non-Met | third | C27 Lab12 UKIP3 | C9 Lab4 UKIP1 | C8 Lab5 LD1
Inglecross | Non-Met | all | C30 LD8 Ind2 | | C20 LD15 Ind5
Kestrelby | Metro | third | Lab39 LD21 | Lab13 LD7 | Lab11 LD8 Green1
Larkhampstead | Non-Met | all | C41 LD5 Lab4 | | C29 LD13 Lab5 Green3
Marlingfold | Non-Met | third | Lab20 C14 LD2 | Lab7 C4 LD1 | Lab6 C5 LD1
Nethercombe | Non-Met | all | C27 Lab8 Ind3 | | C16 Lab8 Ind8 LD6
Orrisdale | Unitary | third | Lab30 C15 Ind6 | Lab10 C5 Ind2 | Lab8 C4 Ind5
"""

Seats = dict[str, int]


@dataclass(frozen=True)
class Council:
    """A council and what the night does to it."""

    number: int
    name: str
    type: str
    proportion: str
    held: Seats
    offered: Seats
    won: Seats
    revision: int = 1
    states_won: bool = True

    @property
    def after(self) -> Seats:
        """The council after the poll."""
        seats = {
            p: seats_of(self.held, p) - seats_of(self.offered, p) + seats_of(self.won, p)
            for p in PARTIES
        }
        return {party: number for party, number in seats.items() if number}

    @property
    def changes(self) -> Seats:
        """Net change of each party, 0 included."""
        parties = [p for p in PARTIES if p in self.held or p in self.after]
        return {p: seats_of(self.after, p) - seats_of(self.held, p) for p in parties}

    @property
    def is_new(self) -> bool:
        """Whether nothing was there before."""
        return not self.held

    @property
    def area(self) -> str:
        """The name as it stands in file names."""
        return re.sub("[^A-Za-z0-9]", "_", self.name)

    def corrected(self, **won: int) -> Council:
        """Give the next revision, with other seats won."""
        return replace(self, revision=self.revision + 1, won={**self.won, **won})


def seats_of(seats: Seats, party: str) -> int:
    """Give a party's seats, 0 when it has none."""
    return seats.get(party, 0)


def _seats(text: str) -> Seats:
    return {party: int(number) for party, number in re.findall(r"([A-Za-z]+)(\d+)", text)}


def councils() -> dict[str, Council]:
    """Give the councils of the table by name."""
    found: dict[str, Council] = {}
    for number, line in enumerate(TABLE.strip().splitlines(), 1001):
        name, type_, proportion, held, offered, won = (part.strip() for part in line.split("|"))
        before = _seats(held)
        up = before if proportion == "all" else _seats(offered)
        found[name] = Council(number, name, type_, proportion, before, up, _seats(won))
    return found


def control(seats: Seats) -> str:
    """Give the party with more than half of the seats, or NOC."""
    total = sum(seats.values())
    return next((party for party, number in seats.items() if 2 * number > total), "NOC")
