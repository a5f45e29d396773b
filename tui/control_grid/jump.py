"""Typing ahead on the control grid: which councils the letters mean that were typed so far."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from feed.councils.register import built_in
from feed.councils.spelling import name_key
from feed.model.entries import PlaceId
from feed.model.standing import CouncilStanding

CARET = "▏"
_JOINED = re.compile("['’ʼ`]")
_APART = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Jump:
    """What was typed, and the councils that it may mean, the likeliest first."""

    typed: str = ""
    found: tuple[PlaceId, ...] = ()

    def title(self, at: PlaceId | None) -> str:
        """Return the words for the border: `Jump to: nor▏ · 2 of 9`."""
        said = f"Jump to: {self.typed}{CARET}"
        if not self.typed:
            return f"{said} · type a name"
        if not self.found:
            return f"{said} · no council"
        if at not in self.found:
            return f"{said} · {len(self.found)} found"
        return f"{said} · {self.found.index(at) + 1} of {len(self.found)}"

    def beside(self, at: PlaceId | None, by: int) -> PlaceId | None:
        """Return the match `by` places on from `at`, round in a ring; none without a match."""
        if not self.found:
            return None
        if at not in self.found:
            return self.found[0 if by >= 0 else -1]
        return self.found[(self.found.index(at) + by) % len(self.found)]


def jump_to(typed: str, councils: Iterable[CouncilStanding]) -> Jump:
    """Return the jump for what was typed; `councils` stand in the order of the matches.

    A name that begins so comes before one with a word that does, and that before another name or
    a usual spelling of the council's.
    """
    wanted = _as_typed(typed)
    if not wanted:
        return Jump(typed)
    in_full = name_key(typed) + wanted[len(wanted.rstrip()) :]
    ranks: tuple[list[PlaceId], ...] = ([], [], [])
    for council in councils:
        rank = _rank(wanted, in_full, council)
        if rank is not None:
            ranks[rank].append(council.id)
    return Jump(typed, tuple(place for places in ranks for place in places))


def _rank(wanted: str, in_full: str, council: CouncilStanding) -> int | None:
    own = _plain(council.name)
    if own.startswith(wanted):
        return 0
    if f" {wanted}" in own:
        return 1
    others = (council.gss or "", *_other_names().get(council.id, ()))
    known = any(f" {wanted}" in f" {_plain(other)}" for other in others)
    return 2 if known or f"{name_key(council.name)} ".startswith(in_full) else None


def _as_typed(text: str) -> str:
    """Return what was typed in plain form; a blank behind it ends the word."""
    plain = _plain(text).rstrip()
    return f"{plain} " if plain and text[-1:].isspace() else plain


@lru_cache(maxsize=32_768)
def _plain(name: str) -> str:
    """Return a name in small letters without accents and marks, a blank behind every word."""
    letters = unicodedata.normalize("NFKD", name).casefold().replace("&", " and ")
    letters = "".join(char for char in letters if not unicodedata.combining(char))
    return " ".join([*_APART.sub(" ", _JOINED.sub("", letters)).split(), ""])


@cache
def _other_names() -> dict[PlaceId, tuple[str, ...]]:
    """Return the names that councils travel under, their usual spellings among them."""
    return {known.id: (known.name, name_key(known.name), *known.aliases) for known in built_in()}
