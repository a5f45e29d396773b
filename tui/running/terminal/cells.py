"""What a terminal shows and what it is to show, cell by cell; only the difference is written."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import groupby
from operator import is_not, ne
from typing import Final, NamedTuple

from rich.cells import cell_len

_BRIDGED: Final = 4
"""So many cells that stay as they are cost no more to write again than a move over them."""
_STRETCH: Final = 8
"""So many cells in a row that say the same in another look can wait."""
_CONTROLS: Final = dict.fromkeys((*range(32), *range(127, 160)))


_OFF: Final = {"1": "22", "2": "22", "3": "23", "4": "24", "7": "27", "9": "29"}
"""What takes an attribute off; 22 takes off both bold and dim."""


class Pen(NamedTuple):
    """How a cell is drawn: codes of select graphic rendition, and a link."""

    attributes: frozenset[str] = frozenset()
    ink: str = ""
    ground: str = ""
    link: str = ""


@cache
def pen_of(codes: str, link: str = "") -> Pen:
    """Return the pen for codes of select graphic rendition as `1;38;2;255;0;0;44`."""
    attributes, ink, ground = set(), "", ""
    left = [code for code in codes.split(";") if code]
    while left:
        code = left.pop(0)
        if code in {"38", "48"}:
            many = 2 if left[0] == "5" else 4
            colour = ";".join((code, *left[:many]))
            del left[:many]
            ink, ground = (colour, ground) if code == "38" else (ink, colour)
        elif code in {"39", "49"}:
            ink, ground = ("", ground) if code == "39" else (ink, "")
        elif code[0] in "39" and len(code) == 2:
            ink = code
        elif (code[0] == "4" and len(code) == 2) or code.startswith("10"):
            ground = code
        else:
            attributes.add(code)
    return Pen(frozenset(attributes), ink, ground, link)


_PLAIN: Final = pen_of("")


@lru_cache(maxsize=4096)
def cells_of(text: str) -> Sequence[str]:
    """Return one string for each cell of `text`, an empty one behind the start of a wide one.

    Controls are dropped. What is is not as wide as the sum of its characters, as a
    flag of two letters, stays together.
    """
    text = text.translate(_CONTROLS)
    cells: list[str] = []
    for char in text:
        width = cell_len(char)
        if not width and cells:
            cells[-1 if cells[-1] else -2] += char
        elif width:
            cells.extend((char, "")[:width])
    wide = cell_len(text)
    return cells if len(cells) == wide else [text, *[""] * (wide - 1)][:wide]


class _Row:
    """A line of cells, and the pen of each."""

    __slots__ = ("pens", "text")

    def __init__(self, width: int) -> None:
        self.text = [" "] * width
        self.pens = [_PLAIN] * width

    def put(self, x: int, cells: Sequence[str], pens: Sequence[Pen]) -> int:
        """Draw cells from column `x` on, each with its pen; return the column behind them."""
        width, text = len(self.text), self.text
        if x >= width or not cells:
            return x
        self._blank_wide(x)
        end = min(x + len(cells), width)
        text[x:end] = cells[: end - x]
        self.pens[x:end] = pens[: end - x]
        if len(cells) > end - x and not cells[end - x]:
            self._blank_wide(end)
        behind = end
        while behind < width and not text[behind]:
            text[behind] = " "
            behind += 1
        return end

    def _blank_wide(self, x: int) -> None:
        """Put spaces for the cells before `x` that belong to one that is cut there."""
        if x < len(self.text) and self.text[x]:
            return
        begin = x - 1
        while begin > 0 and not self.text[begin]:
            begin -= 1
        self.text[max(begin, 0) : x] = [" "] * (x - max(begin, 0))

    def copy(self) -> _Row:
        """Return the same cells, to be drawn on apart."""
        twin = _Row(0)
        twin.text, twin.pens = self.text.copy(), self.pens.copy()
        return twin

    def is_like(self, other: _Row) -> bool:
        """Whether both show the same."""
        return self.text == other.text and self.pens == other.pens

    def runs(self, shown: _Row | None, *, words: bool) -> Iterator[tuple[int, int]]:
        """Yield first and behind-last column of each part that is to be written over `shown`.

        With `words`, longer stretches whose text stays and whose look alone is other are left out.
        """
        if shown is None or "" in self.text or "" in shown.text:
            yield 0, len(self.text)
            return
        begin = end = -1
        for first, behind in self._changed(shown, words=words):
            if begin >= 0 and not self._is_bridged(end, first):
                yield begin, end
                begin = -1
            if begin < 0:
                begin = first
            end = behind
        if begin >= 0:
            yield begin, end

    def _changed(self, shown: _Row, *, words: bool) -> Iterator[tuple[int, int]]:
        texts = map(ne, self.text, shown.text)
        pens = map(is_not, self.pens, shown.pens)
        kinds = [2 if text else int(pen) for text, pen in zip(texts, pens, strict=True)]
        behind = 0
        for kind, group in groupby(kinds):
            first, behind = behind, behind + len([*group])
            if kind and not (words and kind == 1 and behind - first > _STRETCH):
                yield first, behind

    def take_over(self, other: _Row, begin: int, end: int) -> None:
        """Be like another line in a part."""
        self.text[begin:end] = other.text[begin:end]
        self.pens[begin:end] = other.pens[begin:end]

    def _is_bridged(self, end: int, x: int) -> bool:
        pen = self.pens[end - 1]
        return x - end <= _BRIDGED and all(between is pen for between in self.pens[end:x])


class Cells:
    """The picture that is wanted, the one that the terminal shows, and the way between them."""

    def __init__(self) -> None:
        self.width = 0
        self._rows: list[_Row] = []
        self._shown: list[_Row | None] = []
        self._dirty: set[int] = set()
        self._restyled: set[int] = set()
        self._words = False
        self._left: list[int] = []
        self._at: tuple[int, int] | None = None
        self._pen: Pen | None = None
        self._cursor = (0, 0)

    @property
    def height(self) -> int:
        """How many lines there are."""
        return len(self._rows)

    def resize(self, width: int, height: int) -> None:
        """Be of another size: all that was drawn is gone, here and on the terminal."""
        self.width = width
        self._rows = [_Row(width) for _ in range(height)]
        self.forget()

    def forget(self) -> None:
        """Take nothing on the terminal for what it was: it is written again as a whole."""
        self._shown = [None] * self.height
        self._dirty, self._restyled = set(range(self.height)), set()
        self._left = []
        self._at = self._pen = None

    def lose_place(self) -> None:
        """Take neither cursor nor pen of the terminal for known; the next difference says both."""
        self._at = self._pen = None

    def put(self, x: int, y: int, cells: Sequence[str], pens: Sequence[Pen]) -> int:
        """Draw cells from column `x` of line `y` on; return the column behind them.

        Args:
            x: the first column.
            y: the line.
            cells: what stands in each.
            pens: how each is drawn.

        """
        if not 0 <= y < self.height:
            return x
        self._dirty.add(y)
        return self._rows[y].put(x, cells, pens)

    def point(self, x: int, y: int) -> None:
        """Have the terminal's cursor stand there after each difference; nowhere at 0, 0."""
        self._cursor = (x, y)

    def is_whole(self) -> bool:
        """Whether the last difference has brought a pass over the picture to its end."""
        return not self._left

    def difference(self, most: int) -> str:
        """Return what brings the terminal nearer to the picture: about `most` characters.

        A line is compared when its turn comes, so that what was drawn over while an earlier line
        was on its way is never sent. What says something new goes first, and then, by turns, what
        is only drawn in another way. Nothing is left to do when nothing is returned.
        """
        out: list[str] = []
        length = 0
        while length < most and (self._left or (not out and self._begin_pass())):
            begun = len(out)
            self._bring(self._left.pop(), out)
            length += sum(map(len, out[begun:]))
        if out and not self._left and self._cursor != (0, 0):
            out.append(self._move(*self._cursor))
        return "".join(out)

    def whole(self) -> str:
        """Return what draws all that the differences have brought, where nothing is shown yet."""
        anew = Cells()
        anew.width = self.width
        anew._rows = [row or _Row(self.width) for row in self._shown]
        anew.forget()
        return anew.difference(sys.maxsize)

    def _begin_pass(self) -> bool:
        """Take up the lines that are to be compared next; return whether there are any."""
        self._words = bool(self._dirty) and not (self._words and self._restyled)
        rows = self._dirty if self._words else self._restyled
        self._left = sorted(rows, reverse=True)
        rows.clear()
        return bool(self._left)

    def _bring(self, y: int, out: list[str]) -> None:
        row, shown = self._rows[y], self._shown[y]
        if shown is not None and row.is_like(shown):
            return
        for begin, end in row.runs(shown, words=self._words):
            out.append(self._move(begin, y))
            for pen, xs in groupby(range(begin, end), row.pens.__getitem__):
                out.append(_change(self._pen, pen))
                self._pen = pen
                out.append("".join(row.text[x] for x in xs))
            self._at = (end, y) if end < self.width else None
            if shown is not None:
                shown.take_over(row, begin, end)
        if shown is None:
            self._shown[y] = row.copy()
        elif not row.is_like(shown):
            self._restyled.add(y)

    def _move(self, x: int, y: int) -> str:
        at, self._at = self._at, (x, y)
        if at == (x, y):
            return ""
        if at is not None and at[1] == y and at[0] < x:
            return f"\x1b[{x - at[0]}C" if x - at[0] > 1 else "\x1b[C"
        return f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H"


@lru_cache(maxsize=4096)
def _change(old: Pen | None, new: Pen) -> str:
    """Return what makes a terminal that draws with `old` draw with `new`."""
    if old is new:
        return ""
    link = "" if new.link == (old.link if old else "") else f"\x1b]8;{new.link or ';'}\x1b\\"
    codes: list[str] = []
    taken_off = old.attributes - new.attributes if old else None
    if old is None or taken_off is None or not taken_off <= _OFF.keys():
        codes, old = ["0"], _PLAIN
    elif taken_off:
        codes = sorted({_OFF[code] for code in taken_off})
        old = old._replace(
            attributes=frozenset(c for c in old.attributes if _OFF.get(c) not in codes)
        )
    codes.extend(sorted(new.attributes - old.attributes))
    if new.ink != old.ink:
        codes.append(new.ink or "39")
    if new.ground != old.ground:
        codes.append(new.ground or "49")
    said = "" if codes == ["0"] else ";".join(codes)
    return f"{link}\x1b[{said}m" if codes else link
