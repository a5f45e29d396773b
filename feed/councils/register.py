"""Which council a name means (domain.md §7)."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Literal

from feed.councils.spelling import COMPASS, distance, name_key, place_id
from feed.model.entries import PlaceId

__all__ = ["Known", "Match", "Register", "built_in", "place_id"]

_CODE = re.compile(r"[A-Z][0-9]{8}")
_LONG_NAME = 8
_SHORTEST_NEAR = 5
_REMEMBERED = 4096
_LIKELY = 12


@dataclass(frozen=True, slots=True)
class Known:
    """A council, the code it has and the names it travels under."""

    id: PlaceId
    name: str
    gss: str | None = None
    type: str | None = None
    region: str | None = None
    aliases: tuple[str, ...] = ()
    """Other names; a code that it had in another year is one too."""


@dataclass(frozen=True, slots=True)
class Match:
    """What came of looking for a name."""

    known: Known | None
    how: Literal["exact", "alias", "normalised", "near", "none"]
    nearest: tuple[str, ...] = ()
    """The names to choose from when nothing matched."""


class Register:
    """Councils by code, name and alias; what is not certain is not matched."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._known: dict[PlaceId, Known] = {}
        for council in known:
            earlier = self._known.get(council.id)
            self._known[council.id] = council if earlier is None else _joined(earlier, council)
        self._by_code = {c.gss: c for c in self._known.values() if c.gss}
        self._by_name = _index(self._known.values(), lambda c: (c.name,))
        self._by_alias = _index(self._known.values(), lambda c: c.aliases)
        self._by_key = _index(self._known.values(), _keys)
        self._by_length: dict[int, list[str]] = {}
        for key in self._by_key:
            self._by_length.setdefault(len(key), []).append(key)
        self._found: dict[tuple[str, str | None], Match] = {}

    def __iter__(self) -> Iterator[Known]:
        return iter(self._known.values())

    def __len__(self) -> int:
        return len(self._known)

    def find(self, name: str, gss: str | None = None) -> Match:
        """Return the council that `gss` or `name` means; none rather than a guess.

        In order: the code, the name, an alias, the plain form of either, then a near match that
        no other council comes as close to.
        """
        asked = (name, gss)
        found = self._found.get(asked)
        if found is None:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            found = self._found[asked] = self._look_up(name, gss)
        return found

    def with_known(self, more: Iterable[Known]) -> Register:
        """Return a register that knows `more` too; of one council the newer name stands."""
        return Register((*self._known.values(), *more))

    def _look_up(self, name: str, gss: str | None) -> Match:
        if gss is not None:
            coded = self._by_code.get(gss) or _only(self._by_alias.get(gss, ()))
            if coded is not None:
                return Match(coded, "exact")
        named = _only(self._by_name.get(name, ()))
        if named is not None:
            return Match(named, "exact")
        called = _only(self._by_alias.get(name, ()))
        if called is not None:
            return Match(called, "alias")
        key = name_key(name)
        alike = self._by_key.get(key, ())
        if len(alike) == 1:
            return Match(alike[0], "normalised")
        if alike:
            return Match(None, "none", tuple(council.name for council in alike[:3]))
        near = None if gss is not None else self._near(key)
        return Match(near, "near") if near else Match(None, "none", self._nearest(key))

    def _near(self, key: str) -> Known | None:
        length = len(key.replace(" ", ""))
        limit = 2 if length >= _LONG_NAME else 1 if length >= _SHORTEST_NEAR else 0
        points = set(key.split()) & COMPASS
        closest: dict[PlaceId, int] = {}
        for other in (
            other
            for size in range(len(key) - limit, len(key) + limit + 1)
            for other in self._by_length.get(size, ())
        ):
            if points <= set(other.split()) and (apart := distance(key, other, limit)) <= limit:
                for council in self._by_key[other]:
                    closest[council.id] = min(apart, closest.get(council.id, apart))
        best = [id_ for id_, apart in closest.items() if apart == min(closest.values())]
        return self._known[best[0]] if len(best) == 1 else None

    def _nearest(self, key: str) -> tuple[str, ...]:
        pairs = _pairs(key)

        def likeness(council: Known) -> float:
            others = _pairs(name_key(council.name))
            return len(pairs & others) / (len(pairs) + len(others))

        alike = sorted(self._known.values(), key=lambda each: (-likeness(each), each.name))
        ranked = []
        for council in alike[:_LIKELY]:
            other = name_key(council.name)
            whole, start = distance(key, other, 99), distance(key, other[: len(key)], 99) + 1
            ranked.append((min(whole, start), council.name))
        return tuple(name for _, name in sorted(ranked)[:3])


@cache
def built_in() -> Register:
    """Return the register that comes with nightdesk."""
    also: dict[str, list[str]] = {}
    for row in _rows("aliases.csv"):
        also.setdefault(row["gss"], []).append(row["alias"])
    return Register(
        Known(
            PlaceId(row["gss"]) if row["gss"] else place_id(row["name"]),
            row["name"], row["gss"] or None, row["type"] or None,
            row["region"] or None, tuple(also.get(row["gss"], ())),
        )
        for row in _rows("councils.csv")
    )  # fmt: skip


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files("feed").joinpath("data", name).read_text(encoding="utf-8")
    return iter(csv.DictReader(text.splitlines()))


def _joined(earlier: Known, later: Known) -> Known:
    names = dict.fromkeys((*earlier.aliases, earlier.name, *later.aliases))
    names.pop(later.name, None)
    return replace(
        later,
        gss=later.gss or earlier.gss,
        type=later.type or earlier.type,
        region=later.region or earlier.region,
        aliases=tuple(names),
    )


def _keys(council: Known) -> Iterable[str]:
    names = (council.name, *council.aliases)
    return {name_key(name) for name in names if not _CODE.fullmatch(name)}


@lru_cache(maxsize=2048)
def _pairs(key: str) -> frozenset[str]:
    return frozenset(one + other for one, other in pairwise(f" {key} "))


def _index(
    known: Iterable[Known], names: Callable[[Known], Iterable[str]]
) -> Mapping[str, tuple[Known, ...]]:
    index: dict[str, tuple[Known, ...]] = {}
    for council in known:
        for name in names(council):
            index[name] = (*index.get(name, ()), council)
    return index


def _only(councils: tuple[Known, ...]) -> Known | None:
    return councils[0] if len(councils) == 1 else None
