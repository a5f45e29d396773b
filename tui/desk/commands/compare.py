"""Two moments compared: one is marked, and board and grid show what has changed since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from feed.clock import hh_mm
from feed.model.parties import PartyId
from feed.model.standing import Contribution, CouncilStanding, Scoreboard, Standing
from feed.reports.compare import Difference, contributions_since, difference
from feed.reports.provenance import contributions

if TYPE_CHECKING:
    from tui.control_grid.cells import Lit
    from tui.desk.screen import DeskScreen


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


class Comparison:
    """The mark, if there is one, and what lies between it and the moment looked at."""

    def __init__(self) -> None:
        self.marked: Marked | None = None
        self._compared: tuple[Standing, Compared] | None = None
        self._dimming: tuple[Difference, Lit | None, Lit] | None = None

    def mark(self, marked: Marked | None) -> None:
        """Compare with `marked` from now on; with nothing, show everything again."""
        self.marked = marked
        self._compared = None

    def of(self, standing: Standing) -> Compared | None:
        """Return what lies between the mark and `standing`; none without a mark."""
        marked = self.marked
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

    def board(self, standing: Standing) -> Standing:
        """Return what the scoreboard draws: with a mark, figures and councils of the stretch."""
        compared = self.of(standing)
        if compared is None:
            return standing
        changed = compared.found.changed
        councils = tuple(
            council
            for council in standing.councils
            if council.status != "declared" or council.id in changed
        )
        return replace(standing, scoreboard=compared.found.board, councils=councils)

    def words(self, standing: Standing) -> str:
        """Return what the titles say of the mark; nothing without one."""
        compared = self.of(standing)
        return "" if compared is None else compared.words

    def lit(self, standing: Standing, lit: Lit | None) -> Lit | None:
        """Return which councils are lit: with a mark, those that changed and pass the filter."""
        compared = self.of(standing)
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
        self, standing: Standing, party: PartyId, column: str
    ) -> tuple[Scoreboard, Sequence[Contribution]]:
        """Return the board that a figure stands on and the results that make it up.

        Args:
            standing: the moment looked at.
            party: whose figure it is.
            column: which of its figures.
        """
        compared = self.of(standing)
        if compared is None:
            return standing.scoreboard, contributions(standing, party, column)
        parts = contributions_since(compared.before, compared.after, party, column)
        return compared.found.board, parts


def toggle_mark(desk: DeskScreen) -> None:
    """Compare with this moment from now on, or show everything again."""
    if desk.comparison.marked is None:
        desk.comparison.mark(Marked(desk.current.standing, desk.current.clock))
        words = "Board and grid show what changes from here on; d shows everything again."
        desk.say(words, timeout=4)
    else:
        desk.comparison.mark(None)
    desk.draw()
