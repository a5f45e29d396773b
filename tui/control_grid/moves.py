"""Where the arrows lead on the control grid: over headings, never off its edge."""

from __future__ import annotations

from tui.control_grid.layout import Heading, Layout


def across(grid: Layout, place: int, by: int) -> int:
    """Give the position `by` columns to the right (left when negative), in the same row if any."""
    row, column = grid.spots[place]
    wanted = max(0, min(column + by, grid.columns - 1))
    for above in range(row, -1, -1):
        places = grid.rows[above]
        if isinstance(places, Heading) or not places:
            return place
        found = places[wanted]
        if found is not None:
            return found
    return place


def down(grid: Layout, place: int, by: int) -> int:
    """Give the position `by` rows below (above when negative), in the same column if any."""
    for _ in range(abs(by)):
        step = _one_down(grid, place, 1 if by > 0 else -1)
        if step == place:
            break
        place = step
    return place


def _one_down(grid: Layout, place: int, direction: int) -> int:
    row, column = grid.spots[place]
    over_heading = False
    row += direction
    while 0 <= row < len(grid.rows):
        places = grid.rows[row]
        if isinstance(places, Heading):
            over_heading = True
        elif places and (places[column] is not None or over_heading):
            return [found for found in places[: column + 1] if found is not None][-1]
        row += direction
    return place
