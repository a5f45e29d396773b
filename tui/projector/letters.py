"""Letters that are read from the back row: half blocks, true to shape, in several sizes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise
from types import MappingProxyType

from tui.text.terminal_text import safe
from tui.text.terminal_text import width as cells_of

_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def _glyphs(text: str, *, high: int) -> Mapping[str, tuple[str, ...]]:
    """Return the glyphs drawn in `text`: their signs in a line, under it their rows."""
    found: dict[str, tuple[str, ...]] = {}
    lines = text.strip("\n").split("\n")
    for at in range(0, len(lines), high + 1):
        signs = lines[at].split()
        rows = [line.split("|") for line in lines[at + 1 : at + 1 + high]]
        for place, sign in enumerate(signs):
            found[sign] = tuple(row[place] for row in rows)
    return MappingProxyType(found)


_SMALL = _glyphs(
    """
A B C D E F G
.##.|###.|.###|###.|####|####|.###
#..#|#..#|#...|#..#|#...|#...|#...
####|###.|#...|#..#|###.|###.|#.##
#..#|#..#|#...|#..#|#...|#...|#..#
#..#|###.|.###|###.|####|#...|.###
H I J K L M N
#..#|###|..##|#..#|#...|#...#|#...#
#..#|.#.|...#|#.#.|#...|##.##|##..#
####|.#.|...#|##..|#...|#.#.#|#.#.#
#..#|.#.|#..#|#.#.|#...|#...#|#..##
#..#|###|.##.|#..#|####|#...#|#...#
O P Q R S T U
.##.|###.|.##.|###.|.###|###|#..#
#..#|#..#|#..#|#..#|#...|.#.|#..#
#..#|###.|#..#|###.|.##.|.#.|#..#
#..#|#...|#.##|#.#.|...#|.#.|#..#
.##.|#...|.###|#..#|###.|.#.|.##.
V W X Y Z & '
#...#|#...#|#...#|#...#|####|.##..|#
#...#|#...#|.#.#.|.#.#.|...#|#..#.|#
#...#|#.#.#|..#..|..#..|.##.|.##..|.
.#.#.|##.##|.#.#.|..#..|#...|#..##|.
..#..|#...#|#...#|..#..|####|.##.#|.
0 1 2 3 4 5 6
.##.|.#.|###.|###.|#..#|####|.##.
#..#|##.|...#|...#|#..#|#...|#...
#..#|.#.|.##.|.##.|####|###.|###.
#..#|.#.|#...|...#|...#|...#|#..#
.##.|###|####|###.|...#|###.|.##.
7 8 9 + − - .
####|.##.|.##.|...|...|...|.
...#|#..#|#..#|.#.|...|...|.
..#.|.##.|.###|###|###|##.|.
.#..|#..#|...#|.#.|...|...|.
.#..|.##.|.##.|...|...|...|#
, / ( ) : ? !
..|..#|.#|#.|.|###.|#
..|..#|#.|.#|#|...#|#
..|.#.|#.|.#|.|.##.|#
.#|.#.|#.|.#|#|....|.
#.|#..|.#|#.|.|.#..|#
~ % ± · …
....|#..#|.#.|.|.....
.#.#|...#|###|.|.....
#.#.|.##.|.#.|#|.....
....|#...|...|.|.....
....|#..#|###|.|#.#.#
""",
    high=5,
)
_LARGE = _glyphs(
    """
A B C D E F G
.####.|#####.|.####.|#####.|######|######|.####.
##..##|##..##|##..##|##..##|##....|##....|##..##
##..##|##..##|##....|##..##|##....|##....|##....
######|#####.|##....|##..##|#####.|#####.|##.###
##..##|##..##|##....|##..##|##....|##....|##..##
##..##|##..##|##..##|##..##|##....|##....|##..##
##..##|#####.|.####.|#####.|######|##....|.####.
H I J K L M N
##..##|####|....##|##...##|##....|##....##|##...##
##..##|.##.|....##|##..##.|##....|###..###|###..##
##..##|.##.|....##|##.##..|##....|########|####.##
######|.##.|....##|####...|##....|##.##.##|##.####
##..##|.##.|....##|##.##..|##....|##....##|##..###
##..##|.##.|##..##|##..##.|##....|##....##|##...##
##..##|####|.####.|##...##|######|##....##|##...##
O P Q R S T U
.####.|#####.|.####..|#####.|.#####|######|##..##
##..##|##..##|##..##.|##..##|##....|..##..|##..##
##..##|##..##|##..##.|##..##|##....|..##..|##..##
##..##|#####.|##..##.|#####.|.####.|..##..|##..##
##..##|##....|##..##.|##.##.|....##|..##..|##..##
##..##|##....|##.###.|##..##|....##|..##..|##..##
.####.|##....|.######|##..##|#####.|..##..|.####.
V W X Y Z & '
##..##|##....##|##..##|##..##|######|.###...|##
##..##|##....##|##..##|##..##|....##|##.##..|##
##..##|##....##|.####.|.####.|...##.|##.##..|.#
##..##|##.##.##|..##..|..##..|..##..|.###.##|..
##..##|########|.####.|..##..|.##...|##.###.|..
.####.|###..###|##..##|..##..|##....|##..##.|..
..##..|##....##|##..##|..##..|######|.###.##|..
0 1 2 3 4 5 6
.####.|..##.|.####.|.####.|##..##|######|.####.
##..##|####.|##..##|##..##|##..##|##....|##....
##..##|..##.|....##|....##|##..##|##....|##....
##..##|..##.|..###.|..###.|######|#####.|#####.
##..##|..##.|.##...|....##|....##|....##|##..##
##..##|..##.|##....|##..##|....##|##..##|##..##
.####.|#####|######|.####.|....##|.####.|.####.
7 8 9 + − - .
######|.####.|.####.|......|......|....|..
....##|##..##|##..##|..##..|......|....|..
...##.|##..##|##..##|..##..|......|....|..
...##.|.####.|.#####|######|######|####|..
..##..|##..##|....##|..##..|......|....|..
..##..|##..##|....##|..##..|......|....|##
..##..|.####.|.####.|......|......|....|##
, / ( ) : ? !
...|....##|.##|##.|..|.####.|##
...|....##|##.|.##|##|##..##|##
...|...##.|##.|.##|##|....##|##
...|..##..|##.|.##|..|..###.|##
.##|.##...|##.|.##|##|..##..|##
.##|##....|##.|.##|##|......|..
##.|##....|.##|##.|..|..##..|##
~ % ± · …
......|##..##|..##..|..|........
......|##..##|..##..|..|........
.##.##|...##.|######|##|........
##.##.|..##..|..##..|##|........
......|.##...|..##..|..|........
......|##..##|......|..|##.##.##
......|##..##|######|..|##.##.##
""",
    high=7,
)
_NARROW = _glyphs(
    """
0 1 2 3 4 5 6 7 8 9
###|.#.|###|###|#.#|###|###|###|###|###
#.#|##.|..#|..#|#.#|#..|#..|..#|#.#|#.#
#.#|.#.|###|.##|###|###|###|..#|###|###
#.#|.#.|#..|..#|..#|..#|#.#|.#.|#.#|..#
###|###|###|###|..#|###|###|.#.|###|###
+ − , · ~
...|...|..|.|....
.#.|...|..|.|.#.#
###|###|..|#|#.#.
.#.|...|.#|.|....
...|...|#.|.|....
""",
    high=5,
)
"""Figures alone, where there is no room for wider ones."""


@dataclass(frozen=True, eq=False)
class Face:
    """Letters of one drawing at one scale."""

    glyphs: Mapping[str, tuple[str, ...]]
    scale: int = 1

    @property
    def rows(self) -> int:
        """Rows of the terminal that a line of it takes, with the room for an accent."""
        return (self._high * self.scale + 2) // 2

    @property
    def space(self) -> int:
        """Points of a space between two words."""
        return 3

    @property
    def _high(self) -> int:
        return len(self.glyphs["0"])


NARROW, SMALL, LARGE, HUGE = Face(_NARROW), Face(_SMALL), Face(_LARGE), Face(_SMALL, 2)
FACES: tuple[Face, ...] = (
    Face(_LARGE, 4), Face(_LARGE, 3), Face(_LARGE, 2), HUGE, LARGE, SMALL,
)  # fmt: skip
"""The faces for words, the largest first."""
FIGURE_FACES: tuple[Face, ...] = (*FACES[2:], NARROW)
"""The faces for figures, the largest first."""


def big_width(text: str, face: Face) -> int:
    """Return how many cells `text` takes in `face`, with one point between its letters."""
    pieces = [_glyph(char, face) for char in _shaped(text)]
    return sum(len(rows[0]) for rows in pieces) * face.scale + max(0, len(pieces) - 1) * face.scale


@lru_cache(maxsize=2048)
def big(text: str, face: Face) -> tuple[str, ...]:
    """Return `text` in block letters, `face.rows` rows of one width.

    A cell is about twice as high as wide, so a point is `scale` cells wide and half as many high.
    """
    chars = _shaped(text)
    pieces = [_glyph(char, face) for char in chars]
    lines = [".".join(piece[y] for piece in pieces) for y in range(len(face.glyphs["0"]))]
    pixels = [[point == "#" for point in line for _ in range(face.scale)] for line in lines]
    tall = [row for row in pixels for _ in range(face.scale)]
    accents = _accents(text, chars, face, len(tall[0]) if tall else 0)
    above = 2 * face.rows - len(tall)
    top = [[False] * len(accents) for _ in range(above - 1)] + [accents]
    rows = top + tall
    return tuple(
        "".join(_HALVES[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    )


def fitted_words(
    text: str, width: int, height: int, faces: Sequence[Face] = FACES
) -> tuple[str, ...]:
    """Return `text` as large as it fits: one line, else two, and plain letters at the last.

    A name is never cut as long as its letters in plain type fit; two lines in larger letters are
    taken where they are twice as large as one.
    """
    text = " ".join(safe(text).split())
    best: tuple[int, tuple[str, ...]] | None = None
    for lines in _broken(text):
        for face in faces:
            gap = max(0, face.scale - 1) if len(lines) > 1 else 0
            high = face.rows * len(lines) + gap * (len(lines) - 1)
            if high <= height and all(big_width(line, face) <= width for line in lines):
                size = face.rows * (2 if len(lines) == 1 else 1) * 4 - len(lines)
                if best is None or size > best[0]:
                    best = (size, _stacked([big(line, face) for line in lines], gap))
                break
    if best is not None:
        return best[1]
    return tuple(_plain_lines(text.upper(), width)[: max(1, height)])


def _stacked(blocks: Sequence[tuple[str, ...]], gap: int) -> tuple[str, ...]:
    width = max(len(block[0]) for block in blocks)
    rows: list[str] = []
    for at, block in enumerate(blocks):
        rows += [" " * width] * (gap if at else 0)
        rows += [line.ljust(width) for line in block]
    return tuple(rows)


def _broken(text: str) -> Iterable[tuple[str, ...]]:
    """Return the text whole, and broken into two and three lines of much the same length."""
    yield (text,)
    words = text.replace("-", "- ").split()
    for cuts in (1, 2):
        breaks = [
            tuple(_rejoined(words[a:b]) for a, b in pairwise((0, *places, len(words))))
            for places in combinations(range(1, len(words)), cuts)
        ]
        if breaks:
            yield min(breaks, key=lambda lines: max(map(len, lines)))


def _rejoined(words: Sequence[str]) -> str:
    return " ".join(words).replace("- ", "-")


def _plain_lines(text: str, width: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and cells_of(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]


def _shaped(text: str) -> str:
    """Return the text in the capitals and signs that the faces have, without accents."""
    plain = text.replace("’", "'").replace("–", "-").upper()
    marked = unicodedata.normalize("NFD", plain)
    return "".join(char for char in marked if not unicodedata.combining(char))


def _glyph(char: str, face: Face) -> tuple[str, ...]:
    if char == " ":
        return ("." * face.space,) * len(face.glyphs["0"])
    return face.glyphs.get(char) or face.glyphs.get("?") or face.glyphs["0"]


def _accents(text: str, chars: str, face: Face, width: int) -> list[bool]:
    """Return the row of points above the letters: a stroke where a letter carries an accent."""
    row = [False] * width
    composed = unicodedata.normalize("NFC", text)
    if len(composed) != len(chars):
        return row
    at = 0
    for letter, char in zip(composed, chars, strict=True):
        wide = len(_glyph(char, face)[0]) * face.scale
        if unicodedata.normalize("NFD", letter)[1:]:
            middle = at + wide // 2
            for x in range(middle - face.scale, middle + face.scale):
                row[x] = True
        at += wide + face.scale
    return row
