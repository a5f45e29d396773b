"""A row of the control grid's cells; cells that look alike are drawn once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from rich.segment import Segment

from feed.model.entries import PlaceId
from feed.model.standing import CouncilStanding
from tui.colours.themes import Look
from tui.control_grid.cells import Cell, Face, draw, face
from tui.control_grid.layout import Layout

Lit = Callable[[CouncilStanding], bool]
"""Says which councils pass the filter; the others are dimmed."""
_MOST_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Marks:
    """What the desk says of councils, beside what the night says of them."""

    lit: Lit | None = None
    fresh: frozenset[PlaceId] = frozenset()
    watched: frozenset[PlaceId] = frozenset()


class Brush:
    """Draws the cells of one layout in the colours of one look."""

    def __init__(self, grid: Layout, look: Look) -> None:
        self.grid, self.look = grid, look
        self._drawn: dict[tuple[Face, str, bool, bool, bool, bool], tuple[Segment, ...]] = {}
        self._empty = (Segment(" " * grid.pitch, look.base),)

    def row(
        self,
        places: Iterable[int | None],
        councils: Mapping[PlaceId, CouncilStanding],
        marks: Marks,
        chosen: int | None,
    ) -> list[Segment]:
        """Give a row's segments; the council at the position `chosen` is under the cursor."""
        order, names, drawn = self.grid.order, self.grid.names, self._drawn
        lit, fresh, watched = marks.lit, marks.fresh, marks.watched
        pieces: list[Segment] = []
        for place in places:
            if place is None:
                pieces += self._empty
                continue
            council = councils[order[place]]
            key = (
                face(council),
                names[place],
                place == chosen,
                lit is not None and not lit(council),
                council.id in fresh,
                council.id in watched,
            )
            pieces += drawn.get(key) or self._draw(council, key)
        return _run_together(pieces)

    def _draw(
        self, council: CouncilStanding, key: tuple[Face, str, bool, bool, bool, bool]
    ) -> tuple[Segment, ...]:
        base = self.look.base
        pieces = draw(Cell(council, *key[1:]), self.grid, self.look)
        if len(self._drawn) >= _MOST_KEPT:
            self._drawn.clear()
        # The sum of equal styles is one and the same object, by which neighbours are compared.
        self._drawn[key] = based = tuple(
            Segment(piece.text, base + piece.style if piece.style else base) for piece in pieces
        )
        return based


def _run_together(pieces: list[Segment]) -> list[Segment]:
    """Make one segment of neighbours in one style: each costs its way to the terminal."""
    runs: list[Segment] = []
    text, style = "", None
    for piece in pieces:
        if piece.style is style:
            text += piece.text
        else:
            if text:
                runs.append(Segment(text, style))
            text, style = piece.text, piece.style
    if text:
        runs.append(Segment(text, style))
    return runs
