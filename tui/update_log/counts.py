"""How many entries of each sort the log shows, in the words of its border."""

from __future__ import annotations

from collections.abc import Mapping

from feed.model.entries import EntryKind
from tui.text.terminal_text import counted
from tui.text.terminal_text import width as cells_of

_SORTS: tuple[tuple[str, str, frozenset[EntryKind]], ...] = (
    ("gain", "gains", frozenset({EntryKind.GAIN})),
    ("loss", "losses", frozenset({EntryKind.LOSS})),
    ("win", "wins", frozenset({EntryKind.WIN})),
    ("problem", "problems", frozenset({EntryKind.PROBLEM, EntryKind.UNPLACED})),
    ("correction", "corrections",
     frozenset({EntryKind.CORRECTION, EntryKind.WITHDRAWN, EntryKind.CONFLICT})),
    ("hold", "holds", frozenset({EntryKind.HOLD})),
    ("rush", "rushes", frozenset({EntryKind.RUSH})),
)  # fmt: skip
"""What is counted, the most telling first: what has no room is left out from the end."""


def count_words(kinds: Mapping[EntryKind, int], title: str, cells: int) -> str:
    """Give the title and as many counters as fit in `cells`: `Updates · 9 gains · 7 losses`."""
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
