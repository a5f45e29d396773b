"""Which council a name means (rule 14)."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from pkgutil import get_data
from typing import Literal

from feed.councils.spelling import COMPASS, distance, in_a_county, name_key, place_id
from feed.model.entries import PlaceId
from feed.records import record

__all__ = ["Known", "Match", "Register", "built_in", "place_id"]

_CODE = re.compile(r"[A-Z][0-9]{8}")
_LONG_NAME = 8
_SHORTEST_NEAR = 5
_RIVALS = 2
"""Edits within which another council's name leaves it open which one is meant."""
_FIRST_YEAR = "2018"
_REMEMBERED = 4096
_LIKELY = 12
_ALIKE = 0.15
"""The part of two names' pairs of letters, counted together, that both have; a half in the same."""


@record(frozen=True, slots=True)
class Known:
    """A council, the code it has and the names it travels under."""

    id: PlaceId
    name: str
    gss: str | None = None
    type: str | None = None
    region: str | None = None
    aliases: tuple[str, ...] = ()
    """Other names; a code that it had in another year is one too."""
    county: str | None = None
    """The county that a district lies in."""
    begin: date | None = None
    end: date | None = None
    """The last day of a council that is no more, or that is to go."""
    successors: tuple[str, ...] = ()
    """Names of the councils that came or will come after it."""


@record(frozen=True, slots=True)
class Match:
    """What came of looking for a name."""

    known: Known | None
    how: Literal["exact", "alias", "normalised", "near", "none"]


class Register:
    """Councils by code, name and alias; what is not certain is not matched."""

    def __init__(
        self,
        known: Iterable[Known],
        *,
        elsewhere: Iterable[str] = (),
        up: Iterable[PlaceId] | None = None,
    ) -> None:
        """Know councils.

        Args:
            known: the councils; of one council the later entry stands.
            elsewhere: the names of real places that are no council of these: they are never
                taken for a misspelling.
            up: the councils that a misspelt name may mean; every one where None.

        """
        self._known: dict[PlaceId, Known] = {}
        for council in known:
            earlier = self._known.get(council.id)
            self._known[council.id] = council if earlier is None else _joined(earlier, council)
        self._elsewhere = tuple(elsewhere)
        self._up = None if up is None else frozenset(up)
        self._by_code = {c.gss: c for c in self._known.values() if c.gss}
        self._found: dict[tuple[str, str | None], Match] = {}

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[Known, ...]]:
        return _index(self, lambda council: (council.name,))

    @cached_property
    def _by_alias(self) -> Mapping[str, tuple[Known, ...]]:
        return _index(self, lambda council: council.aliases)

    @cached_property
    def _by_key(self) -> Mapping[str, tuple[Known, ...]]:
        return _index(self, _keys)

    @cached_property
    def _by_length(self) -> Mapping[int, list[str]]:
        by_length: dict[int, list[str]] = {}
        for key in self._by_key:
            by_length.setdefault(len(key), []).append(key)
        return by_length

    @cached_property
    def _other_places(self) -> frozenset[str]:
        return frozenset(map(name_key, self._elsewhere))

    def __iter__(self) -> Iterator[Known]:
        return iter(self._known.values())

    def __len__(self) -> int:
        return len(self._known)

    def find(self, name: str, gss: str | None = None) -> Match:
        """Return the council that `gss` or `name` means; none rather than a guess.

        In order: the code, the name, an alias, the plain form of either, the same without the
        county behind it, then a near match that no other real place comes close to.
        """
        asked = (name, gss)
        found = self._found.get(asked)
        if found is None:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            found = self._found[asked] = self._look_up(name, gss)
        return found

    def misspelt(self, name: str) -> Known | None:
        """Return the one council that a name can be a misspelling of."""
        match = None if self._as_written(name) else self._near(name_key(name), None)
        return match.known if match else None

    def nearest(self, name: str) -> tuple[str, ...]:
        """Return the names to choose from where one means no council: three at most, all alike."""
        key = name_key(name)
        alike = self._by_key.get(key, ())
        return tuple(each.name for each in alike[:3]) or self._nearest(key)

    def with_known(self, more: Iterable[Known]) -> Register:
        """Return a register that knows `more` too; of one council the newer name stands.

        A misspelt name means one of `more` alone: the councils that are up.
        """
        more = tuple(more)
        up = [council.id for council in more]
        return Register((*self._known.values(), *more), elsewhere=self._elsewhere, up=up)

    def _look_up(self, name: str, gss: str | None) -> Match:
        if gss is not None:
            coded = self._by_code.get(gss) or _only(self._by_alias.get(gss, ()))
            if coded is not None:
                return Match(coded, "exact")
        written = self._as_written(name)
        if written is not None:
            return written
        key = name_key(name)
        apart = in_a_county(name)
        if apart is not None:
            bare, county = apart
            match = self._as_written(bare) or self._near(name_key(bare), gss)
            if match is not None and match.known is not None and _lies_in(match.known, county):
                return match if match.how == "near" else Match(match.known, "normalised")
        return self._near(key, gss) or Match(None, "none")

    def _as_written(self, name: str) -> Match | None:
        """Return what a name says without a doubt; no council where it may be several."""
        if (named := _only(self._by_name.get(name, ()))) is not None:
            return Match(named, "exact")
        if (called := _only(self._by_alias.get(name, ()))) is not None:
            return Match(called, "alias")
        alike = self._by_key.get(name_key(name), ())
        if (meant := _only(alike)) is not None:
            return Match(meant, "normalised")
        return Match(None, "none") if alike else None

    def _near(self, key: str, gss: str | None) -> Match | None:
        """Return the one council that a misspelt name can mean (rule 14)."""
        length = len(key.replace(" ", ""))
        if gss is not None or length < _SHORTEST_NEAR or key in self._other_places:
            return None
        limit = 2 if length >= _LONG_NAME else 1
        points = set(key.split()) & COMPASS
        closest: dict[PlaceId, tuple[int, str]] = {}
        for other in (
            other
            for size in range(len(key) - _RIVALS, len(key) + _RIVALS + 1)
            for other in self._by_length.get(size, ())
        ):
            if points <= set(other.split()) and (apart := distance(key, other, _RIVALS)) <= _RIVALS:
                meant = _only(self._by_key[other])
                for council in self._by_key[other] if meant is None else (meant,):
                    closest[council.id] = min((apart, other), closest.get(council.id, (9, "")))
        if len(closest) != 1:
            return None
        ((id_, (apart, other)),) = closest.items()
        if apart > limit or not _begin_alike(key, other) or (self._up and id_ not in self._up):
            return None
        return Match(self._known[id_], "near")

    def _nearest(self, key: str) -> tuple[str, ...]:
        pairs = _pairs(key)
        most = max(_RIVALS, len(key) // 2)

        def likeness(council: Known) -> float:
            others = _pairs(name_key(council.name))
            return len(pairs & others) / (len(pairs) + len(others))

        alike = [each for each in self._known.values() if likeness(each) >= _ALIKE]
        ranked = []
        for council in sorted(alike, key=lambda it: (-likeness(it), it.name))[:_LIKELY]:
            other = name_key(council.name)
            whole, start = distance(key, other, most), distance(key, other[: len(key)], most) + 1
            if (apart := min(whole, start)) <= most:
                ranked.append((apart, council.name))
        return tuple(name for _, name in sorted(ranked)[:3])


@cache
def built_in() -> Register:
    """Return the register that comes with nightdesk: the United Kingdom's councils since 2018."""
    also: dict[str, list[str]] = {}
    for row in _rows("aliases.csv"):
        also.setdefault(row["council"], []).append(row["alias"])
    elsewhere = [row["name"] for row in _rows("other_places.csv")]
    known = []
    for row in _rows("councils.csv"):
        if row["end"] and row["end"] < _FIRST_YEAR:
            elsewhere.append(row["name"])
            continue
        aliases = (*also.get(row["name"], ()), *row["other_codes"].split())
        known.append(
            Known(
                PlaceId(row["gss"]) if row["gss"] else place_id(row["name"]),
                row["name"], row["gss"] or None, row["type"], row["region"], aliases,
                row["county"] or None, _day(row["begin"]), _day(row["end"]),
                tuple(filter(None, row["successors"].split(";"))),
            )
        )  # fmt: skip
    return Register(known, elsewhere=elsewhere)


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None


def _rows(name: str) -> Iterator[dict[str, str]]:
    data = get_data("feed", f"data/{name}") or b""
    header, *rows = csv.reader(data.decode().splitlines())
    return (dict(zip(header, row, strict=True)) for row in rows)


@cache
def _regions() -> Mapping[str, frozenset[str]]:
    """Return the key of every county and region, with the regions that it may stand for."""
    found: dict[str, set[str]] = {}
    for row in _rows("counties.csv"):
        found.setdefault(name_key(row["county"]), set()).add(row["region"])
    return {name: frozenset(regions) for name, regions in found.items()}


def _lies_in(council: Known, where: str) -> bool:
    """Whether the words behind a name can be of the county or region that the council lies in."""
    regions = _regions().get(where)
    if regions is None or council.region not in regions:
        return False
    county = None if council.county is None else name_key(council.county)
    return county in {None, where} or where not in _shires()


@cache
def _shires() -> frozenset[str]:
    """Return the keys of the counties that have districts."""
    return frozenset(name_key(row["county"]) for row in _rows("councils.csv") if row["county"])


def _begin_alike(key: str, other: str) -> bool:
    """Whether the first letters are the same; of every word, where there are as many."""
    one, two = key.split(), other.split()
    if len(one) != len(two):
        return key[0] == other[0]
    return all(a[0] == b[0] for a, b in zip(one, two, strict=True))


def _joined(earlier: Known, later: Known) -> Known:
    names = dict.fromkeys((*earlier.aliases, earlier.name, *later.aliases))
    names.pop(later.name, None)
    return replace(
        later,
        gss=later.gss or earlier.gss,
        type=later.type or earlier.type,
        region=later.region or earlier.region,
        county=later.county or earlier.county,
        begin=later.begin or earlier.begin,
        end=later.end or earlier.end,
        successors=later.successors or earlier.successors,
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
    """Return the only council, or the only one that is not replaced by a later one."""
    if len(councils) > 1:
        councils = tuple(council for council in councils if not council.successors)
    return councils[0] if len(councils) == 1 else None
