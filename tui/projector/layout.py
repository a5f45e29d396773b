"""What stands on each page of the projector at a size, and how large its figures are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from tui.projector.big_figures import big_rows, big_width

PageName = Literal["all", "figures", "grid"]
FigureName = Literal["councils", "net", "seats_won", "seats_net"]

WIDEST = {"councils": "248", "net": "+88", "seats_won": "3,564", "seats_net": "+1,334"}
"""The widest figure that each column has room for; wider ones are written small."""
_BY_WIDTH: tuple[tuple[FigureName, ...], ...] = (
    ("councils", "net", "seats_won", "seats_net"),
    ("councils", "net", "seats_net"),
    ("councils", "seats_net"),
)
_SEATS_ALONE: tuple[tuple[FigureName, ...], ...] = (("seats_won", "seats_net"), ("seats_won",))
"""Where no party controls a council."""
_LARGEST = 4
_SIDE_BY_SIDE = (140, 40)
_GRID_SHARE = 0.36
_TALL, _ROOMY, _FOUR_LINES = 40, 28, 20
_WIDEST_GAP = 8
_NAME = 9
"""Cells of a party's chip besides its letter code."""


@dataclass(frozen=True, slots=True)
class BoardPlan:
    """How the figures are laid out."""

    scale: int
    label: int
    """Cells of a party's chip: its letter code, large, and its name."""
    columns: tuple[FigureName, ...]
    rows: int
    """Parties that there is room for."""
    pitch: int
    """Rows of the terminal from one party to the next."""
    gap: int
    """Cells between two columns."""

    @property
    def width(self) -> int:
        """Cells of the whole board."""
        return self.label + sum(
            big_width(WIDEST[name], self.scale) + self.gap for name in self.columns
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """The pages at a size."""

    pages: tuple[PageName, ...]
    ribbon: int
    progress: int
    band: int
    """Rows of the last declaration."""
    news: int
    """Lines of the log."""


def page_plan(width: int, height: int) -> Plan:
    """Give the pages for a terminal; a large one shows everything at once."""
    together = width >= _SIDE_BY_SIDE[0] and height >= _SIDE_BY_SIDE[1]
    tall = height >= _TALL
    return Plan(
        pages=("all", "grid") if together else ("figures", "grid"),
        ribbon=2 if height >= _ROOMY else 1,
        progress=3 if tall else 1,
        band=3 if tall else 1,
        news=4 if height >= _FOUR_LINES else 1,
    )


def board_plan(
    width: int, height: int, parties: int, *, beside_grid: bool, seats_alone: bool = False
) -> BoardPlan:
    """Give the largest figures with which the leading parties fit in `width` by `height`.

    At least five parties, or as many as there are, are worth more than larger digits.
    """
    room = int(width * (1 - _GRID_SHARE)) if beside_grid else width
    least = min(parties, 7 if beside_grid else 6, max(1, (height - 1) // big_rows(1)))
    sets = _SEATS_ALONE if seats_alone else _BY_WIDTH
    for scale in range(_LARGEST, 0, -1):
        for columns in sets:
            found = _board(scale, columns, height, parties)
            fits = found.width <= room and found.pitch <= max(big_rows(1), height - 2)
            if fits and found.rows >= least:
                return found if beside_grid else _spread(found, room)
    return _board(1, sets[-1], height, parties)


def _spread(board: BoardPlan, room: int) -> BoardPlan:
    """Set the columns further apart where there is room."""
    spare = (room - 2 - board.width) // len(board.columns)
    return replace(board, gap=min(board.gap + _WIDEST_GAP, board.gap + max(0, spare)))


def _board(scale: int, columns: tuple[FigureName, ...], height: int, parties: int) -> BoardPlan:
    high = big_rows(scale)
    tight = high if scale % 2 else high + 1
    free = height - 2
    rows = max(1, min(parties, free // tight))
    pitch = min(tight + 1, max(tight, free // rows))
    return BoardPlan(scale, _NAME + 7 * scale, columns, rows, pitch, 1 + 2 * scale)
