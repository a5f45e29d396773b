"""How many lines each row of a long list takes, where only rows that were seen are measured."""

from __future__ import annotations

_BITS = 26
_MIDDLE = 1 << 24
"""Room for rows above the first one: their numbers are negative."""


class Heights:
    """Row heights by row number; a row not measured yet counts as `guess` lines.

    A sparse Fenwick tree of the differences from the guess: measuring, finding and summing are
    logarithmic, and forgetting everything (another width) costs only what was measured.
    """

    def __init__(self, guess: int = 2) -> None:
        self._guess = guess
        self._measured: dict[int, int] = {}
        self._tree: dict[int, int] = {}

    def __getitem__(self, row: int) -> int:
        return self._measured.get(row, self._guess)

    def __setitem__(self, row: int, lines: int) -> None:
        difference = lines - self[row]
        self._measured[row] = lines
        if difference == 0:
            return
        node = row + _MIDDLE + 1
        while node < 1 << _BITS:
            self._tree[node] = self._tree.get(node, 0) + difference
            node += node & -node

    @property
    def measured(self) -> int:
        """How many rows were measured since the last `clear`."""
        return len(self._measured)

    def clear(self) -> None:
        """Forget every measure."""
        self._measured.clear()
        self._tree.clear()

    def forget(self, row: int) -> None:
        """Forget the measure of a row."""
        if row in self._measured:
            self[row] = self._guess
            del self._measured[row]

    def forget_from(self, first: int) -> None:
        """Forget the measures of row `first` and all after it."""
        for row in [row for row in self._measured if row >= first]:
            self.forget(row)

    def before(self, row: int) -> int:
        """Give the lines of all rows before `row`."""
        lines, node = row * self._guess, row + _MIDDLE
        while node > 0:
            lines += self._tree.get(node, 0)
            node -= node & -node
        return lines

    def at(self, line: int) -> int:
        """Give the row that a line belongs to."""
        row, line = 0, line + _MIDDLE * self._guess
        for bit in range(_BITS - 1, -1, -1):
            step = 1 << bit
            lines = step * self._guess + self._tree.get(row + step, 0)
            if lines <= line:
                row += step
                line -= lines
        return row - _MIDDLE
