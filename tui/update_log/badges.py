"""The words of the log's entries and counts: what an entry is, and how many of each sort."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from types import MappingProxyType

from rich.style import Style

from feed.english import counted
from feed.model.entries import Declaration, Entry, EntryKind, Mark
from feed.model.parties import NOC, PartyId
from feed.model.standing import Standing
from tui.colours.themes import Look
from tui.text.terminal_text import width as cells_of

BADGE_WIDTH = 6
NARROW_BADGE_WIDTH = 5

_WORDS: Mapping[EntryKind, tuple[str, str]] = MappingProxyType(
    {
        EntryKind.GAIN: ("GAIN", "GAIN"),
        EntryKind.LOSS: ("to NOC", "NOC"),
        EntryKind.WIN: ("WIN", "WIN"),
        EntryKind.HOLD: ("hold", "hold"),
        EntryKind.NO_CHANGE: ("no chg", "same"),
        EntryKind.RUSH: ("[rush]", "rush"),
        EntryKind.CORRECTION: ("CORR", "CORR"),
        EntryKind.WITHDRAWN: ("W/D", "W/D"),
        EntryKind.LATE: ("late", "late"),
        EntryKind.CONFLICT: ("! diff", "diff"),
        EntryKind.DUPLICATE: ("copy", "copy"),
        EntryKind.UNPLACED: ("? name", "name"),
        EntryKind.WARD: ("ward", "ward"),
        EntryKind.CONTEST: ("seats", "seats"),
        EntryKind.TOTAL: ("∑total", "total"),
        EntryKind.NEWS: ("¶ news", "news"),
        EntryKind.ROSTER: ("roster", "list"),
        EntryKind.EXPECTED: ("times", "times"),
        EntryKind.PROBLEM: ("! prob", "prob."),
        EntryKind.DESK: ("desk", "desk"),
    }
)
_CONTESTS = {
    "mayor": ("mayor", "mayor"), "pcc": ("PCC", "PCC"), "by_election": ("by-el.", "by-el"),
}  # fmt: skip
_FLIPPED = "CORR▲"
"""The badge of a correction that changes who is in control."""
_QUIET = frozenset(
    {
        EntryKind.LATE,
        EntryKind.DUPLICATE,
        EntryKind.ROSTER,
        EntryKind.EXPECTED,
        EntryKind.WARD,
        EntryKind.DESK,
        EntryKind.CONTEST,
    }
)
_KEPT = frozenset({EntryKind.HOLD, EntryKind.NO_CHANGE, EntryKind.CONTEST})
_CHANGED = frozenset({"gain", "lose", "win"})


def badge(entry: Entry, look: Look, width: int) -> tuple[str, Style]:
    """Return an entry's badge in exactly `width` cells, and its style."""
    words = _WORDS[entry.kind]
    if entry.kind is EntryKind.CONTEST and entry.declaration and entry.declaration.contest:
        words = _CONTESTS[entry.declaration.contest]
    word = words[0] if width >= BADGE_WIDTH else words[1]
    if entry.kind is EntryKind.CORRECTION and entry.flips:
        word = _FLIPPED
    before = " " * ((width - len(word)) // 2)
    return f"{before}{word}"[:width].ljust(width), _style(entry, look)


def _style(entry: Entry, look: Look) -> Style:
    declaration = entry.declaration
    changed = declaration is not None and declaration.outcome in _CHANGED
    if entry.kind is EntryKind.LOSS:
        return look.party_style(NOC, bold=True)
    if entry.kind in (EntryKind.GAIN, EntryKind.WIN) or (
        entry.kind is EntryKind.CONTEST and changed
    ):
        return look.party_style(_winner(declaration), bold=True)
    if entry.kind in _KEPT and declaration is not None:
        return look.style(look.party_word(_winner(declaration)))
    if entry.kind is EntryKind.TOTAL and entry.mark is Mark.REMARK:
        return look.filled(look.warn)
    return _style_of_kind(entry.kind, look)


def _style_of_kind(kind: EntryKind, look: Look) -> Style:
    match kind:
        case EntryKind.CORRECTION | EntryKind.WITHDRAWN:
            return look.filled(look.warn)
        case EntryKind.PROBLEM:
            return look.filled(look.bad)
        case EntryKind.RUSH | EntryKind.CONFLICT | EntryKind.UNPLACED:
            return look.style(look.warn, bold=kind is not EntryKind.RUSH)
        case EntryKind.TOTAL:
            return look.style(look.accent)
        case _:
            return look.style(look.dim if kind in _QUIET else look.text)


def _winner(declaration: Declaration | None) -> PartyId:
    return NOC if declaration is None or declaration.after is None else declaration.after


_SORTS: tuple[tuple[str, str, frozenset[EntryKind]], ...] = (
    ("gain", "gains", frozenset({EntryKind.GAIN})),
    ("to NOC", "to NOC", frozenset({EntryKind.LOSS})),
    ("win", "wins", frozenset({EntryKind.WIN})),
    ("problem", "problems", frozenset({EntryKind.PROBLEM, EntryKind.UNPLACED})),
    ("correction", "corrections",
     frozenset({EntryKind.CORRECTION, EntryKind.WITHDRAWN, EntryKind.CONFLICT})),
    ("hold", "holds", frozenset({EntryKind.HOLD})),
    ("no change", "no change", frozenset({EntryKind.NO_CHANGE})),
    ("rush", "rushes", frozenset({EntryKind.RUSH})),
)  # fmt: skip
"""What is counted, the most telling first: what has no room is left out from the end."""


Judged = dict[int, tuple[int, EntryKind | None]]
"""Corrected entry -> the one that corrects it, and what kind is not to be counted any more."""


def counted_kinds(
    shown: Mapping[EntryKind, int],
    standing: Standing,
    keep: Callable[[Entry], bool] | None,
    judged: Judged | None = None,
) -> Mapping[EntryKind, int]:
    """Return how many of each kind still hold: without what was withdrawn or turned out otherwise.

    Args:
        shown: how many of each kind the log shows.
        standing: the log, and which of its entries newer ones supersede.
        keep: chooses among the entries; none chooses all.
        judged: what was found of the same log and choice before; it is added to.

    """
    log, gone, known = standing.log, Counter[EntryKind](), {} if judged is None else judged
    for seq, by in standing.superseded.items():
        found = known.get(seq)
        if found is None or found[0] != by:
            if not (seq <= len(log) and by <= len(log)):
                continue
            found = known[seq] = (by, _turned(log[seq - 1], log[by - 1], keep))
        if found[1] is not None:
            gone[found[1]] += 1
    return {kind: max(0, count - gone[kind]) for kind, count in shown.items()}


def _turned(entry: Entry, newer: Entry, keep: Callable[[Entry], bool] | None) -> EntryKind | None:
    turned = newer.flips or newer.kind is EntryKind.WITHDRAWN or entry.kind is EntryKind.RUSH
    return entry.kind if turned and (keep is None or keep(entry)) else None


def count_words(kinds: Mapping[EntryKind, int], title: str, cells: int) -> str:
    """Return the title and as many counters as fit in `cells`: `Updates · 9 gains · 7 losses`."""
    told = [
        counted(count, one, many)
        for one, many, members in _SORTS
        if (count := sum(kinds.get(kind, 0) for kind in members))
    ]
    for shown in range(len(told), 0, -1):
        left_out = " …" if shown < len(told) else ""
        said = " · ".join([title, *told[:shown]]) + left_out
        if cells_of(said) <= cells:
            return said
    return title
