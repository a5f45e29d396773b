"""Rows of cells as an SVG picture: fills and block signs are areas without seams."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby

from rich.cells import cell_len
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import SVG_EXPORT_THEME

CELL = (10, 20)
"""Width and height of a cell; a block of half a cell is a square."""
_EDGE = 12
_FONT = "'DejaVu Sans Mono','Menlo','Consolas','Liberation Mono',monospace"
_AREAS = {"█": (0, 0, 8, 8), "▀": (0, 0, 8, 4), "▄": (0, 4, 8, 8), "▐": (4, 0, 8, 8)}
_AREAS |= {chr(0x2580 + eighth): (0, 8 - eighth, 8, 8) for eighth in range(1, 8)}
_AREAS |= {chr(0x2588 + eighth): (0, 0, 8 - eighth, 8) for eighth in range(1, 8)}
"""Block signs as left, top, right and bottom, in eighths of the cell."""

Area = tuple[float, float, float, float, str]
"""Left, top, width, height and colour."""


@dataclass(frozen=True, slots=True)
class Paper:
    """The colours of what is drawn without any of its own."""

    ink: str
    paper: str


@dataclass(slots=True)
class _Styles:
    """The classes of text, named as they are met."""

    names: dict[str, str] = field(default_factory=dict)

    def name(self, rule: str) -> str:
        return self.names.setdefault(rule, f"t{len(self.names)}")

    def sheet(self) -> str:
        rules = (f".{name}{{{rule}}}" for rule, name in self.names.items())
        return f"<style>text{{font:16px {_FONT};white-space:pre}}{''.join(rules)}</style>"


def svg_picture(rows: Sequence[Iterable[Segment]], width: int, page: Paper) -> str:
    """Return the rows as a picture; areas of one colour are one, however many cells they cover.

    Args:
        rows: the screen's rows.
        width: cells of a row.
        page: ink and paper of what has none.
    """
    styles = _Styles()
    drawn = [_row(row, y, page, styles) for y, row in enumerate(rows)]
    body = _body(
        [area for each in drawn for area in each.grounds],
        [area for each in drawn for area in each.blocks],
        "".join(each.words for each in drawn),
    )
    return _document(width, len(rows), page, styles, body)


def svg_film(
    frames: Sequence[tuple[float, Sequence[Sequence[Segment]]]], width: int, page: Paper
) -> str:
    """Return frames as a moving picture that begins again; only rows that change are said again.

    Args:
        frames: for each how many seconds it stays, and its rows, as many in every frame.
        width: cells of a row.
        page: ink and paper of what has none.
    """
    total = sum(stays for stays, _ in frames)
    styles = _Styles()
    drawn: list[str] = []
    for y in range(len(frames[0][1])):
        for row, spans in _times_of_rows(frames, y).items():
            found = _row(row, y, page, styles)
            body = _body(found.grounds, found.blocks, found.words)
            drawn.append(_timed(body, spans, total))
    return _document(width, len(frames[0][1]), page, styles, "".join(drawn))


def _times_of_rows(
    frames: Sequence[tuple[float, Sequence[Sequence[Segment]]]], y: int
) -> dict[tuple[Segment, ...], list[tuple[float, float]]]:
    """Return what a row shows over the film, each with the stretches for which it does."""
    found: dict[tuple[Segment, ...], list[tuple[float, float]]] = {}
    at = 0.0
    for stays, rows in frames:
        spans = found.setdefault(tuple(rows[y]), [])
        if spans and spans[-1][1] == at:
            spans[-1] = (spans[-1][0], at + stays)
        else:
            spans.append((at, at + stays))
        at += stays
    return found


def _timed(body: str, spans: Sequence[tuple[float, float]], total: float) -> str:
    """Return what is drawn, shown only for some stretches of the film."""
    if not body or spans == [(0.0, total)]:
        return body
    values, times = ["none"], [0.0]
    for start, end in spans:
        if start == 0:
            values[0] = "inline"
        else:
            values.append("inline")
            times.append(start / total)
        if end < total:
            values.append("none")
            times.append(end / total)
    keys = ";".join(f"{each:.4f}".rstrip("0").rstrip(".") for each in times)
    return (
        f'<g display="none"><animate attributeName="display" values="{";".join(values)}" '
        f'keyTimes="{keys}" dur="{total:g}s" calcMode="discrete" repeatCount="indefinite"/>'
        f"{body}</g>"
    )


def _document(width: int, height: int, page: Paper, styles: _Styles, body: str) -> str:
    wide, high = width * CELL[0] + 2 * _EDGE, height * CELL[1] + 2 * _EDGE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" '
        f'width="{wide}" height="{high}" role="img">{styles.sheet()}'
        f'<rect width="{wide}" height="{high}" rx="8" fill="{page.paper}"/>'
        f'<g transform="translate({_EDGE} {_EDGE})" shape-rendering="crispEdges">{body}</g></svg>\n'
    )


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What a row is made of, from the ground up."""

    grounds: list[Area]
    blocks: list[Area]
    words: str


def _row(row: Iterable[Segment], y: int, page: Paper, styles: _Styles) -> _Drawn:
    grounds: list[Area] = []
    blocks: list[Area] = []
    words: list[str] = []
    x = 0
    for text, style, control in row:
        if control:
            continue
        ink, paper = _colours(style, page)
        wide = cell_len(text)
        if paper != page.paper:
            grounds.append((x * CELL[0], y * CELL[1], wide * CELL[0], CELL[1], paper))
        for is_block, group in groupby(text, key=lambda char: char in _AREAS):
            run = "".join(group)
            if is_block:
                blocks += _blocks(run, x, y, ink)
            elif run.strip():
                words.append(_words(run, x, y, ink, style, styles))
            x += cell_len(run)
    return _Drawn(grounds, blocks, "".join(words))


def _body(grounds: Iterable[Area], blocks: Iterable[Area], words: str) -> str:
    """Return the areas of each colour as one path, grounds under blocks under words."""
    paths = []
    for layer in (grounds, blocks):
        by_colour: dict[str, list[str]] = {}
        for left, top, wide, high, colour in _joined(layer):
            path = f"M{left:g} {top:g}h{wide:g}v{high:g}h{-wide:g}z"
            by_colour.setdefault(colour, []).append(path)
        paths += [f'<path fill="{each}" d="{"".join(d)}"/>' for each, d in by_colour.items()]
    return "".join(paths) + words


def _blocks(run: str, x: int, y: int, ink: str) -> Iterable[Area]:
    for char, group in groupby(run):
        count = len(list(group))
        left, top, right, bottom = _AREAS[char]
        wide = CELL[0] * (count if right - left == 8 else (right - left) / 8)
        high = CELL[1] * (bottom - top) / 8
        for at in range(1 if right - left == 8 else count):
            corner = (x + at + left / 8) * CELL[0], (y + top / 8) * CELL[1]
            yield (*corner, wide, high, ink)
        x += count


def _words(  # noqa: PLR0913, PLR0917
    run: str, x: int, y: int, ink: str, style: Style | None, styles: _Styles
) -> str:
    before = len(run) - len(run.lstrip())
    text = run.strip()
    rule = f"fill:{ink}"
    if style is not None:
        lines = ["underline"] * bool(style.underline) + ["line-through"] * bool(style.strike)
        rule += ";font-weight:700" if style.bold else ""
        rule += ";font-style:italic" if style.italic else ""
        rule += f";text-decoration:{' '.join(lines)}" if lines else ""
    long = cell_len(text) * CELL[0]
    return (
        f'<text class="{styles.name(rule)}" x="{(x + before) * CELL[0]}" y="{y * CELL[1] + 15}" '
        f'textLength="{long}">{escape(text, quote=False)}</text>'
    )


def _colours(style: Style | None, page: Paper) -> tuple[str, str]:
    if style is None:
        return page.ink, page.paper
    ink, paper = _hex(style.color, page.ink), _hex(style.bgcolor, page.paper)
    return (paper, ink) if style.reverse else (ink, paper)


def _hex(colour: Color | None, instead: str) -> str:
    if colour is None or colour.is_default:
        return instead
    return colour.get_truecolor(SVG_EXPORT_THEME).hex


def _joined(areas: Iterable[Area]) -> list[Area]:
    """Return the areas with those made one that lie side by side or under each other."""
    rows: list[Area] = []
    for left, top, wide, high, colour in areas:
        if rows:
            x, y, w, h, c = rows[-1]
            if c == colour and y == top and h == high and x + w == left:
                rows[-1] = (x, y, w + wide, h, c)
                continue
        rows.append((left, top, wide, high, colour))
    open_at: dict[tuple[float, float, float, str], int] = {}
    found: list[Area] = []
    for left, top, wide, high, colour in rows:
        at = open_at.pop((left, wide, top, colour), None)
        if at is None:
            at = len(found)
            found.append((left, top, wide, high, colour))
        else:
            x, y, w, h, c = found[at]
            found[at] = (x, y, w, h + high, c)
        open_at[left, wide, top + high, colour] = at
    return found
