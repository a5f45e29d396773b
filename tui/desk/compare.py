"""The desk's command about two moments: mark one, and see what has changed since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from textual.screen import Screen

from feed.clock import hh_mm
from feed.model.parties import PartyId
from feed.model.standing import Contribution, CouncilStanding, Scoreboard, Standing
from feed.reports.compare import Difference, contributions_since, difference
from feed.reports.provenance import contributions

if TYPE_CHECKING:
    from feed.model.view import View
    from tui.control_grid.widget import Lit


@dataclass(frozen=True, slots=True)
class Marked:
    """The moment that the viewer compares with."""

    standing: Standing
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Compared:
    """The mark and the moment looked at, the earlier one first."""

    before: Standing
    after: Standing
    found: Difference
    words: str
    """`since 02:10`, or `until 02:10` where the viewer has gone back behind the mark."""


class CompareActions(Screen[None]):
    """Sets a mark and takes it away; while it stands, board and grid show the difference."""

    current: View
    marked: Marked | None = None
    _compared: tuple[Standing, Compared] | None = None
    _dimming: tuple[Difference, Lit | None, Lit] | None = None

    def draw(self) -> None:
        """Draw again; the desk does."""
        raise NotImplementedError

    def do_mark(self) -> None:
        """Compare with this moment from now on, or show everything again."""
        if self.marked is None:
            self.marked = Marked(self.current.standing, self.current.clock)
            words = "Board and grid show what changes from here on; d shows everything again."
            self.notify(words, markup=False, timeout=4)
        else:
            self.marked = None
        self._compared = None
        self.draw()

    def compared(self) -> Compared | None:
        """Give what lies between the mark and the moment looked at; none without a mark."""
        marked, standing = self.marked, self.current.standing
        if marked is None:
            return None
        if self._compared is None or self._compared[0] is not standing:
            back = standing.steps < marked.standing.steps
            before, after = (standing, marked.standing) if back else (marked.standing, standing)
            at = "the beginning" if marked.at is None else hh_mm(marked.at)
            words = f"{'until' if back else 'since'} {at}"
            found = difference(before, after)
            self._compared = (standing, Compared(before, after, found, words))
        return self._compared[1]

    def board_standing(self) -> Standing:
        """Give the standing that the scoreboard draws: with a mark, the figures of the stretch."""
        compared, standing = self.compared(), self.current.standing
        return standing if compared is None else replace(standing, scoreboard=compared.found.board)

    def since_words(self) -> str:
        """Give what the titles say of the mark; nothing without one."""
        compared = self.compared()
        return "" if compared is None else compared.words

    def lit_of(self, lit: Lit | None) -> Lit | None:
        """Give which councils are lit: with a mark, those that changed and pass the filter."""
        compared = self.compared()
        if compared is None:
            return lit
        kept = self._dimming
        if kept is not None and kept[0].changed == compared.found.changed and kept[1] is lit:
            return kept[2]
        changed = compared.found.changed

        def both(council: CouncilStanding) -> bool:
            return council.id in changed and (lit is None or lit(council))

        self._dimming = (compared.found, lit, both)
        return both

    def figure_parts(
        self, party: PartyId, column: str
    ) -> tuple[Scoreboard, Sequence[Contribution]]:
        """Give the board that a figure stands on and the results that make it up."""
        compared = self.compared()
        if compared is None:
            standing = self.current.standing
            return standing.scoreboard, contributions(standing, party, column)
        parts = contributions_since(compared.before, compared.after, party, column)
        return compared.found.board, parts
