"""One council's cell: its letter code, its marks and as much of its name as there is room for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style

from feed.model.entries import PlaceId
from feed.model.parties import PartyId
from feed.model.standing import CouncilStanding
from tui.colours.contrast import mixed, readable
from tui.colours.party_colours import UNDECLARED_LETTER, letter
from tui.colours.themes import Look
from tui.control_grid.layout import Layout
from tui.control_grid.measures import Density
from tui.text.terminal_text import segment
from tui.text.terminal_text import width as cells_of

CHANGED, UNCONFIRMED, WATCHED, FRESH = "▲", "▒", "•", "‹"
NO_CONTROL = "="
"""Declared, and nobody controls it: a council of Northern Ireland."""
_SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹"


Lit = Callable[[CouncilStanding], bool]
"""Says which councils pass the filter; the others are dimmed."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What the desk says of councils, beside what the night says of them."""

    lit: Lit | None = None
    fresh: frozenset[PlaceId] = frozenset()
    watched: frozenset[PlaceId] = frozenset()


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows."""

    council: CouncilStanding
    name: str
    selected: bool = False
    dimmed: bool = False
    """It does not pass the filter."""
    fresh: bool = False
    """It declared a moment ago."""
    watched: bool = False


Face = tuple[str, PartyId | None, PartyId | None, int, int, int | None]
"""All that a cell shows of its council, without its name."""


def face(council: CouncilStanding) -> Face:
    """Return what a cell shows of a council; two of one face and one name are drawn alike."""
    return (
        council.status,
        council.before,
        council.after,
        council.revision if council.corrected else 0,
        council.wards_in,
        council.wards_total,
    )


def code_of(council: CouncilStanding) -> str:
    """Return the letter code; `·` for what is not declared, `?` for a flash that names no party."""
    if council.status == "rush" and council.after is None:
        return "?"
    if council.status == "declared" and council.after is None:
        return NO_CONTROL
    return letter(_shown_party(council))


def draw(cell: Cell, grid: Layout, look: Look) -> tuple[Segment, ...]:
    """Return the segments of one cell, exactly `grid.pitch` cells wide."""
    fill, ink = cell_colours(cell, look)
    if cell.selected:
        chosen = Style(color=look.background, bgcolor=look.strong, bold=True)
        return _drawn(_selected_text(cell, grid), chosen, grid.pitch)
    bold = cell.council.changed_hands or cell.fresh
    body = Style(color=ink, bgcolor=fill, bold=bold, underline=cell.fresh)
    match grid.density:
        case Density.BLOCKS:
            return _block(cell, grid, body, look)
        case Density.TAGS:
            return _tag(cell, grid, body, look)
        case _:
            return _named(cell, grid, body, look)


def _shown_party(council: CouncilStanding) -> PartyId | None:
    return council.after if council.status in {"declared", "rush"} else None


def cell_colours(cell: Cell, look: Look) -> tuple[str, str]:
    council = cell.council
    fill, ink = look.bar, look.dim
    if council.status == "counting":
        ink = look.text
    elif council.status == "declared" and council.after is None:
        ink = look.strong
    elif council.status == "declared" and council.after is not None:
        fill, ink = look.party(council.after)
    elif council.status == "rush":
        full = look.text if council.after is None else look.party(council.after)[0]
        fill = look.bar if look.sixteen else mixed(full, look.background, 0.75)
        ink = readable(full, fill, 5.5)
    if cell.dimmed:
        fill = look.background if look.sixteen else mixed(fill, look.background, 0.8)
        ink = readable(mixed(ink, fill, 0.6), fill, 2.6)
    return fill, ink


def _mark(council: CouncilStanding) -> str:
    if council.status in {"rush", "counting"}:
        return UNCONFIRMED
    return CHANGED if council.changed_hands else ""


def _revision(council: CouncilStanding) -> str:
    return "".join(_SUPERSCRIPT[int(digit)] for digit in str(council.revision))


def small_marks(cell: Cell) -> list[str]:
    """Return the marks of one cell's width, the most telling first."""
    marks = [_mark(cell.council)]
    marks += [_revision(cell.council)] if cell.council.corrected else []
    marks += [WATCHED] if cell.watched else []
    return [mark for mark in marks if mark]


def _block(cell: Cell, grid: Layout, body: Style, look: Look) -> tuple[Segment, ...]:
    if grid.pitch < 2:
        changed = cell.council.changed_hands or cell.watched
        return _drawn(one_letter(cell.council), body + Style(underline=changed), 1)
    text = code_of(cell.council) + "".join(small_marks(cell))
    room = max(grid.pitch - 1, 2)
    if cells_of(text) <= room:
        return (*_drawn(text, body, room), *_gap(cell, grid.pitch - room, look))
    return _drawn(text, body, grid.pitch)


def one_letter(council: CouncilStanding) -> str:
    """Return the code in one cell: small while unconfirmed, the second letter of two (`Rf`: F)."""
    if council.status == "counting":
        return UNCONFIRMED
    code = code_of(council)[-1:].upper()
    return code.lower() if council.status == "rush" else code


def _tag(cell: Cell, grid: Layout, body: Style, look: Look) -> tuple[Segment, ...]:
    text = (code_of(cell.council) + "".join(small_marks(cell)))[: max(2, grid.pitch - 2)]
    is_awaited = cell.council.status == "expected"
    filled = max(1 if is_awaited else 2, cells_of(text))
    room = grid.pitch - filled
    return (
        *_drawn(text, body, filled),
        *_drawn(cell.name[:room], _tint(cell, body, look), min(room, grid.name_width)),
        *_gap(cell, room - grid.name_width, look),
    )


def _tint(cell: Cell, body: Style, look: Look) -> Style:
    """Return the style of a name beside its block: a shade of the block, so that both are one."""
    if look.sixteen:
        return Style(color=look.dim, bgcolor=look.background)
    if cell.council.status != "declared" or cell.dimmed:
        return body
    fill, _ = cell_colours(cell, look)
    shade = mixed(fill, look.background, 0.72)
    return body + Style(color=readable(mixed(fill, look.text, 0.7), shade, 5.5), bgcolor=shade)


def _named(cell: Cell, grid: Layout, body: Style, look: Look) -> tuple[Segment, ...]:
    council, room = cell.council, grid.name_width
    code, mark = code_of(council), _mark(council)
    free = room - cells_of(cell.name)
    tail = _tail(cell)
    if not mark and len(small_marks(cell)) == 1 and cells_of(tail) >= free:
        mark, tail = small_marks(cell)[0], ""
    if tail and cells_of(tail) >= free:
        tail = "".join(small for small in small_marks(cell) if small != mark)
    head = code + " " * (grid.code - cells_of(code) - cells_of(mark)) + mark
    name_room = room - cells_of(tail)
    name = cell.name if cells_of(cell.name) <= name_room else cell.name[:name_room]
    filler = UNCONFIRMED if council.status == "rush" and free > 2 and not tail else " "
    spare = name_room - cells_of(name)
    padding = " " * min(1, spare) + filler * (spare - 1)
    width = grid.code + room
    return (
        *_drawn(head + name + padding + tail, body, width),
        *_gap(cell, grid.pitch - width, look),
    )


def _tail(cell: Cell) -> str:
    council = cell.council
    said = []
    if council.status == "counting" and council.wards_total:
        said.append(f"{council.wards_in}/{council.wards_total}")
    if council.corrected:
        said.append(f"r{council.revision}")
    if cell.watched:
        said.append(WATCHED)
    return " ".join(said)


def _selected_text(cell: Cell, grid: Layout) -> str:
    code = code_of(cell.council)
    if grid.density in {Density.TAGS, Density.BLOCKS}:
        return one_letter(cell.council) if grid.pitch < 2 else f"[{code}]{cell.name}"
    head = code + " " * (grid.code - cells_of(code) - 1) + "["
    return head + cell.name + "]"


def _gap(cell: Cell, room: int, look: Look) -> tuple[Segment, ...]:
    if room <= 0:
        return ()
    if cell.fresh:
        style = Style(color=look.accent, bgcolor=look.background, bold=True)
        return _drawn(FRESH, style, room)
    return (Segment(" " * room, look.base),)


def _drawn(text: str, style: Style, width: int) -> tuple[Segment, ...]:
    """Return `text` in exactly `width` cells."""
    if width <= 0:
        return ()
    line = [segment(text, style)]
    return tuple(Segment.adjust_line_length(line, width, style=style))


__all__ = [
    "CHANGED",
    "UNDECLARED_LETTER",
    "Cell",
    "Face",
    "code_of",
    "draw",
    "face",
]
