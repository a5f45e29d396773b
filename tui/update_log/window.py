"""The part of the log that is in sight: it follows the newest row or holds the reader's place."""

from __future__ import annotations

from dataclasses import dataclass

from tui.update_log.drawing import Block, Line, Page, lay_out
from tui.update_log.rows import Keep, LogRows, last_of

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
        """Return the lines of all rows before `row`."""
        lines, node = row * self._guess, row + _MIDDLE
        while node > 0:
            lines += self._tree.get(node, 0)
            node -= node & -node
        return lines

    def at(self, line: int) -> int:
        """Return the row that a line belongs to."""
        row, line = 0, line + _MIDDLE * self._guess
        for bit in range(_BITS - 1, -1, -1):
            step = 1 << bit
            lines = step * self._guess + self._tree.get(row + step, 0)
            if lines <= line:
                row += step
                line -= lines
        return row - _MIDDLE


_MOST_BLOCKS = 500
Place = tuple[int, int]
"""A row's number and a line within it."""


@dataclass(frozen=True, slots=True)
class Sight:
    """One line in sight."""

    row: int
    """Index of its row among those there are."""
    line: Line
    is_day: bool
    """It is the day written above the row."""


class LogWindow:
    """Rows, their heights and the lines in sight; only rows near the window are laid out.

    Rows keep their numbers, so that the reader's place outlives rows that are found above it, the
    dropping of old ones and a change of width.
    """

    def __init__(self, max_rows: int) -> None:
        self.rows = LogRows(max_rows)
        self.sights: list[Sight] = []
        self.laid_out = 0
        """How many rows were laid out so far."""
        self._heights = Heights()
        self._blocks: dict[int, tuple[object, Block]] = {}
        self._page: Page | None = None
        self._height = 0
        self._wish: Place = (0, 0)
        self._top: Place = (0, 0)

    @property
    def total(self) -> int:
        """Lines of all rows, as far as they are known."""
        first = self.rows.number
        return self._heights.before(first + len(self.rows)) - self._heights.before(first)

    @property
    def above(self) -> int:
        """Lines above the window."""
        row, line = self._top
        return self._heights.before(row) - self._heights.before(self.rows.number) + line

    def take(self, page: Page, keep: Keep | None, around: int | None = None) -> bool:
        """Take over the log of `page`; say whether the rows are other rows than before.

        Args:
            page: the log, and what its rows are drawn with.
            keep: chooses entries.
            around: the position that other rows are looked for around; none for the newest.
        """
        old, count = self._page, len(self.rows)
        anew = self.rows.turn_to(page.log, keep, around)
        if anew or old is None or (old.width, old.wraps) != (page.width, page.wraps):
            self._heights.clear()
        elif len(self.rows) < count:
            self._heights.forget_from(self.rows.number + len(self.rows))
        if anew or len(self._blocks) > _MOST_BLOCKS:
            self._blocks.clear()
        self._page = page
        return anew

    def begin(self, around: int | None = None) -> None:
        """Look for the rows anew, around a position or from the newest upwards."""
        self.rows.begin(around)
        self._heights.clear()
        self._blocks.clear()

    def settle(self, height: int, *, follow: bool) -> None:
        """Lay out what is in sight in a window of `height` lines."""
        self._height = height
        bottom = self._bottom()
        self._top = bottom if follow else min(bottom, max(self._wish, (self.rows.number, 0)))
        if follow:
            self._wish = bottom
        row, line = self._top
        if len(self.rows) and line >= self._measure(row):
            self._top = min(bottom, (row, self._measure(row) - 1))
        self.sights = self._in_sight()

    def scroll(self, lines: int) -> bool:
        """Move the window; say whether it shows the newest line now."""
        row, line = self._top
        line += lines
        while line < 0 and row > self.rows.number:
            row -= 1
            line += self._measure(row)
        while row < self._last and line >= self._measure(row):
            line -= self._measure(row)
            row += 1
        self._wish = (row, max(0, line))
        return self.rows.reaches_end and self._wish >= self._bottom()

    def scroll_to(self, line: int) -> bool:
        """Put a line at the top, as the scrollbar counts them; say whether the end is in sight."""
        base = self._heights.before(self.rows.number)
        row = min(self._heights.at(line + base), self._last)
        self._wish = (row, line + base - self._heights.before(row))
        return self.rows.reaches_end and self._wish >= self._bottom()

    def bring(self, index: int) -> None:
        """Move the window as little as needed to show a row whole."""
        number = index + self.rows.number
        if number < self._top[0] or (number == self._top[0] and self._top[1] > 0):
            self._wish = (number, 0)
            return
        row, lines = self._top[0], -self._top[1]
        while row <= number and lines <= self._height:
            lines += self._measure(row)
            row += 1
        if lines > self._height or row <= number:
            self._wish = self._up_from(number)

    def put_in_middle(self, index: int) -> None:
        """Show a row with as much above it as below."""
        self._top = (index + self.rows.number, 0)
        self.scroll(-(self._height // 2))

    def rows_in_sight(self) -> tuple[int, int] | None:
        """Return the first and last row that are in sight whole, or at least in part."""
        if not self.sights:
            return None
        first, last = self.sights[0].row, self.sights[-1].row
        if first < last and self._top[1] > 0:
            first += 1
        return first, last

    @property
    def _last(self) -> int:
        return self.rows.number + len(self.rows) - 1

    def _bottom(self) -> Place:
        """Return the place of the window that shows the newest line last."""
        return self._up_from(self._last)

    def _up_from(self, number: int) -> Place:
        """Return the place of a window that ends with row `number`."""
        room, row = self._height, number
        while row >= self.rows.number:
            room -= self._measure(row)
            if room <= 0:
                # a row taller than the window shows its beginning
                return row, 0 if row == number else -room
            row -= 1
        return self.rows.number, 0

    def _in_sight(self) -> list[Sight]:
        sights: list[Sight] = []
        row, skip = self._top
        while len(sights) < self._height and row <= self._last:
            block = self._block(row)
            for number, line in enumerate(block.lines[skip:], skip):
                index = row - self.rows.number
                sights.append(Sight(index, line, number < block.day_lines))
            row, skip = row + 1, 0
        return sights[: self._height]

    def _measure(self, number: int) -> int:
        return len(self._block(number).lines)

    def _block(self, number: int) -> Block:
        page, index = self._page, number - self.rows.number
        if page is None:
            return Block((), 0)
        row = self.rows[index]
        above = self.rows[index - 1] if index else None
        newer = page.superseded.get(last_of(row) + 1)
        key = (row, above is None, newer, page.style, page.look, page.width, page.marks, page.wraps)
        known = self._blocks.get(number)
        if known is not None and known[0] == key:
            return known[1]
        block = lay_out(row, above, page)
        self.laid_out += 1
        self._blocks[number] = (key, block)
        self._heights[number] = len(block.lines)
        return block
