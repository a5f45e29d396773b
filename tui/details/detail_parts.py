"""What the detail screens are made of: headings, facts with their names, checks, files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from rich.segment import Segment
from rich.style import Style

from feed.clock import day, hh_mm, hh_mm_ss, zone
from feed.model.entries import Check, Mark, Origin
from tui.colours.themes import Look
from tui.details.dialog import Line
from tui.text.terminal_text import fit, segment
from tui.text.wrapping import wrapped

_NAME = 11
_MOST_LINES = 200
_MARKS = {Mark.OK: "✓", Mark.REMARK: "!", Mark.REJECTED: "✗", Mark.NOT_CHECKED: "·"}


def section(text: str, look: Look) -> list[Line]:
    """Return a section's heading with a blank line above."""
    return [[], [segment(text.upper(), look.style(look.accent, bold=True))]]


def paragraph(text: str, colour: str, width: int, look: Look, *, bold: bool = False) -> list[Line]:
    """Return a wrapped sentence."""
    return wrapped([(text, look.style(colour, bold=bold))], width, _MOST_LINES)


def lines_taken(text: str, width: int) -> int:
    """Return how many lines a wrapped sentence has; most have one, for which none is written."""
    if len(text) <= width and text.isascii() and text.isprintable():
        return 1
    return len(wrapped([(text, Style.null())], width, _MOST_LINES))


def fact(name: str, value: str, width: int, look: Look, colour: str = "") -> list[Line]:
    """Return a named value, wrapped under itself; nothing for an empty one."""
    if not value:
        return []
    room = max(8, width - _NAME - 1)
    lines = wrapped([(value, look.style(colour or look.text))], room, _MOST_LINES)
    names = [name, *[""] * (len(lines) - 1)]
    return [
        [segment(fit(label, _NAME) + " ", look.style(look.dim)), *line]
        for label, line in zip(names, lines, strict=True)
    ]


def facts(pairs: Iterable[tuple[str, str]], width: int, look: Look) -> list[Line]:
    """Return several named values."""
    return [line for name, value in pairs for line in fact(name, value, width, look)]


def checks(found: Sequence[Check], width: int, look: Look) -> list[Line]:
    """Return what every check came to, with its mark."""
    if not found:
        return []
    colours = {
        Mark.OK: look.good,
        Mark.REMARK: look.warn,
        Mark.REJECTED: look.bad,
        Mark.NOT_CHECKED: look.dim,
    }
    lines = section("Checks", look)
    for check in found:
        said = wrapped([(check.says, look.style(look.text))], max(8, width - 2), _MOST_LINES)
        for index, line in enumerate(said):
            mark = f"{_MARKS[check.mark]} " if index == 0 else "  "
            lines.append([segment(mark, look.style(colours[check.mark], bold=True)), *line])
    return lines


def moment(at: datetime | None, *, estimated: bool = False) -> str:
    """Return `Fri 3 May 02:14 BST`, and that it is an estimate where it is one."""
    if at is None:
        return ""
    return f"{day(at)} {hh_mm(at)} {zone(at)}{' (estimated)' if estimated else ''}"


def exact_moment(at: datetime | None) -> str:
    """Return `Fri 3 May 02:14:07 BST`."""
    return "" if at is None else f"{day(at)} {hh_mm_ss(at)} {zone(at)}"


def file_facts(origin: Origin, width: int, look: Look) -> list[Line]:
    """Return the file that something comes from."""
    return facts(
        (
            ("File", origin.where),
            ("Hash", origin.digest),
            ("First seen", exact_moment(origin.seen_at)),
            ("File time", exact_moment(origin.modified_at)),
        ),
        width,
        look,
    )


def blank(cells: int, look: Look) -> Segment:
    """Return empty cells."""
    return Segment(" " * cells, look.base)
