"""Textual's updates of the screen, drawn into cells."""

from __future__ import annotations

from functools import lru_cache

from rich.color import ColorSystem
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

from tui.running.terminal.cells import Cells, Pen, cells_of, pen_of


def paint(cells: Cells, update: CompositorUpdate, colours: ColorSystem) -> None:
    """Draw what Textual would have written; a whole screen of another size makes the size."""
    if isinstance(update, LayoutUpdate):
        region = update.region
        if (cells.width, cells.height) != region.size:
            cells.resize(*region.size)
        for y, line in enumerate(update.strips, region.y):
            x = region.x
            for strip in line:
                x = _put(cells, x, y, strip, colours)
    elif isinstance(update, ChopsUpdate):
        _paint_spans(cells, update, colours)
    else:
        raise TypeError(f"{type(update).__name__} is no update of a whole screen")


def _paint_spans(cells: Cells, update: ChopsUpdate, colours: ColorSystem) -> None:
    for y, begin, behind in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is not None and x <= behind and end > begin:
                whole = x >= begin and end <= behind
                part = strip if whole else strip.crop(0, min(end, behind) - x)
                _put(cells, x, y, part, colours)


def _put(cells: Cells, x: int, y: int, strip: Strip, colours: ColorSystem) -> int:
    for text, style, control in strip:
        if not control:
            drawn = text if text.isascii() and text.isprintable() else cells_of(text)
            x = cells.put(x, y, drawn, _pen(style, colours))
    return x


@lru_cache(maxsize=16_384)
def _pen(style: Style | None, colours: ColorSystem) -> Pen:
    if style is None:
        return pen_of("")
    link = f"id={style.link_id};{style.link}" if style.link else ""
    return pen_of(Strip.render_ansi(style, colours), link)
