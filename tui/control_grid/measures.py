"""How wide the grid's columns are and how much of a name a cell says, measured by counts alone.

So every way to arrange the councils can be tried before one of them is laid out, and one that
declares is put in its place without the others.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache
from math import ceil
from typing import NamedTuple

from feed.model.entries import PlaceId
from feed.model.parties import PartyId
from feed.model.standing import CouncilStanding
from tui.colours.party_colours import letter
from tui.control_grid.order import (
    TO_COME,
    DensityChoice,
    Group,
    Section,
    Sort,
    rank_in,
    title_in,
)
from tui.text.terminal_text import safe
from tui.text.terminal_text import width as cells_of

Councils = Mapping[PlaceId, CouncilStanding]
_COMFORTABLE = 9
"""Cells of one council where the grid has to scroll in any case."""
_NARROWEST_IN_GROUPS = 2
_FEWEST_ROWS = 8
"""Where few councils stand, they take the width with their full names, at least so deep."""
_NARROWEST_TAG = 6
"""Two cells of letter code and four of a name; fewer letters would name nobody."""
_LEAST_SHORT = 8
"""Letters of a short name where all councils cannot be seen at once in any case."""
_NARROWEST_BLOCK, _WIDEST_BLOCK = 2, 4
"""A letter code with a gap, and a code of two letters with its mark and a gap."""
_DOTS = (2, 1)
"""Cells of an awaited council, where the others need its room for their names."""


class Density(StrEnum):
    """How much of a council its cell says."""

    NAMES = "full names"
    SHORT = "short names"
    LETTERS = "four letters"
    TAGS = "blocks with letters"
    BLOCKS = "blocks"
    MAP = "tile map"


class Counts(NamedTuple):
    """What the columns are measured by."""

    named: tuple[int, ...]
    """Councils in each section, without those that are awaited and leave their room to others."""
    awaited: int
    """So many do."""
    titled: bool
    """Whether each section has a row for its title."""
    code: int
    """Cells of the letter code and its mark."""
    longest: int
    """Cells of the longest name."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A section as it is laid out: the councils that stand under its title."""

    title: str
    councils: tuple[PlaceId, ...]
    elsewhere: int = 0


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The councils in reading order, section by section, and what their columns are measured by."""

    parts: tuple[_Part, ...]
    counts: Counts
    awaited: tuple[PlaceId, ...] = ()
    """They leave their room to the others, and stand in the last section."""

    @property
    def order(self) -> tuple[PlaceId, ...]:
        """All councils in reading order."""
        return (*(place for part in self.parts for place in part.councils), *self.awaited)


def all_named(parts: Iterable[Section], *, titled: bool) -> Arrangement:
    """Arrange sections as they are."""
    found = [(_Part(part.title, _ids(part.councils)), part.councils) for part in parts]
    return _arranged(found, titled=titled)


def awaited_last(parts: Iterable[Section], *, titled: bool) -> Arrangement:
    """Arrange the sections without the councils that are awaited, and these as one at the end."""
    found: list[tuple[_Part, Sequence[CouncilStanding]]] = []
    awaited: list[PlaceId] = []
    for part in parts:
        named = [council for council in part.councils if not is_awaited(council)]
        awaited += [council.id for council in part.councils if is_awaited(council)]
        if named or part.title != TO_COME:
            elsewhere = len(part.councils) - len(named)
            found.append((_Part(part.title, _ids(named), elsewhere), named))
    return _arranged([*found, (_Part(TO_COME, ()), ())], tuple(awaited), titled=titled)


def with_names(
    apart: Arrangement,
    come: Iterable[CouncilStanding],
    councils: Councils,
    group: Group,
    sort: Sort,
) -> Arrangement | None:
    """Put councils that were awaited among the others; none where they have no section yet.

    Args:
        apart: how they stood, the awaited ones last.
        come: those that are awaited no longer.
        councils: all of them.
        group: what the councils are grouped by.
        sort: the order inside a group.
    """

    def rank(place: PlaceId) -> tuple[int, float, str, PlaceId]:
        return (*rank_in(councils[place], sort), place)

    parts, counts, gone = [*apart.parts], apart.counts, set[PlaceId]()
    titles = [part.title for part in parts[:-1]]
    for council in come:
        title = title_in(council, group)
        if title not in titles:
            return None
        at = titles.index(title)
        members = [*parts[at].councils]
        insort(members, council.id, key=rank)
        parts[at] = replace(parts[at], councils=tuple(members), elsewhere=parts[at].elsewhere - 1)
        gone.add(council.id)
        counts = counts._replace(
            code=max(counts.code, 1 + _code_width(_party(council))),
            longest=max(counts.longest, _cells_of_name(council.name)),
        )
    awaited = tuple([place for place in apart.awaited if place not in gone])
    sizes = tuple(len(part.councils) for part in parts)
    return Arrangement(tuple(parts), counts._replace(named=sizes, awaited=len(awaited)), awaited)


def takes_the_same_room(before: CouncilStanding, now: CouncilStanding, group: Group) -> bool:
    """Whether a council that has changed needs the cells that it did, in the section it was in."""
    return (
        before.name == now.name
        and _code_width(_party(before)) == _code_width(_party(now))
        and title_in(before, group) == title_in(now, group)
    )


def is_awaited(council: CouncilStanding) -> bool:
    """Whether nothing has come of a council yet."""
    return council.status == "expected"


def name_said(name: str) -> str:
    """Return a name as it can be drawn; most are plain letters, which need no second look."""
    plain = name.isascii() and name.isprintable()
    return (name if plain else safe(name)) or "?"


def _arranged(
    parts: Sequence[tuple[_Part, Sequence[CouncilStanding]]],
    awaited: tuple[PlaceId, ...] = (),
    *,
    titled: bool,
) -> Arrangement:
    """Arrange sections, each given with its councils that are named."""
    named = [council for _, members in parts for council in members]
    counts = Counts(
        tuple(len(members) for _, members in parts),
        len(awaited),
        titled=titled,
        code=1 + max((_code_width(party) for party in set(map(_party, named))), default=1),
        longest=max((_cells_of_name(council.name) for council in named), default=1),
    )
    return Arrangement(tuple(part for part, _ in parts), counts, awaited)


def _ids(councils: Iterable[CouncilStanding]) -> tuple[PlaceId, ...]:
    return tuple([council.id for council in councils])


def _party(council: CouncilStanding) -> PartyId | None:
    return council.after or council.before


@cache
def _code_width(party: PartyId | None) -> int:
    return cells_of(letter(party))


@lru_cache(maxsize=16_384)
def _cells_of_name(name: str) -> int:
    return cells_of(name_said(name))


class Fit(NamedTuple):
    """The columns of a grid."""

    density: Density
    columns: int
    pitch: int
    """Cells from one column to the next."""
    name_width: int
    dots: int
    """Cells from one awaited council to the next, where these leave their room to the others."""
    across: int
    """So many of these stand in a row."""
    rows: int
    """Rows in all, without those that set sections apart."""


def fit_all(
    counts: Counts, width: int, height: int, wanted: DensityChoice = "auto", dots: int = 1
) -> Fit:
    """Return columns as wide as lets all councils be seen at once, or as is wanted."""
    across = max(1, width // dots)
    below = ceil(counts.awaited / across)
    columns = _columns(counts.named, width, height - below, titled=counts.titled)
    least, most = _pitches(wanted, counts.code, counts.longest)
    if wanted != "auto":
        columns = min(max(columns, width // most), max(1, width // least))
    else:
        columns = max(columns, min(width // most, sum(counts.named) // _FEWEST_ROWS))
    pitch = max(1, min(max(1, width) // columns, most))
    density, name_width = _density(pitch, counts.code, counts.longest)
    rows = _height(counts.named, columns, titled=counts.titled) + below
    return Fit(density, columns, pitch, name_width, dots, across, rows)


def fit_with_names(counts: Counts, width: int, height: int) -> Fit | None:
    """Return columns that name councils while the awaited ones are dots; none where none do."""
    if not counts.awaited or not any(counts.named):
        return None
    found = [fit_all(counts, width, height, dots=dots) for dots in _DOTS]
    seen = [each for each in found if each.rows <= height and each.name_width]
    return max(seen, key=lambda each: each.pitch, default=None)


def _height(sizes: Sequence[int], columns: int, *, titled: bool) -> int:
    return sum(ceil(size / columns) + titled for size in sizes)


def _columns(sizes: Sequence[int], width: int, height: int, *, titled: bool) -> int:
    """Return the fewest columns with which all rows fit; else as many as read comfortably."""
    narrowest = _NARROWEST_IN_GROUPS if titled else 1
    for columns in range(1, max(1, width // narrowest) + 1):
        if _height(sizes, columns, titled=titled) <= height:
            return columns
    return max(1, width // _COMFORTABLE)


def _pitches(wanted: DensityChoice, code: int, longest: int) -> tuple[int, int]:
    """Return the least and the most cells from one column to the next."""
    whole = code + longest + 1
    match wanted:
        case "auto":
            return 1, whole
        case "names":
            return whole, whole
        case "short":
            return min(whole, code + _LEAST_SHORT + 1), whole - (longest > _LEAST_SHORT)
        case "letters":
            return min(whole, _NARROWEST_TAG), min(whole, code + 5)
        case "blocks" | "map":
            return _NARROWEST_BLOCK, _WIDEST_BLOCK


def _density(pitch: int, code: int, longest: int) -> tuple[Density, int]:
    room = pitch - code - 1
    if room >= longest:
        return Density.NAMES, longest
    if room >= 4:
        return (Density.LETTERS if room == 4 else Density.SHORT), room
    if pitch >= _NARROWEST_TAG:
        return Density.TAGS, _NARROWEST_TAG - 2
    return Density.BLOCKS, 0
