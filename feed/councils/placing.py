"""Where a message belongs by the register and the night's own roster (rules 14 and 15)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal, NamedTuple

from feed.councils.register import Known, Register, built_in
from feed.councils.spelling import distance, name_key, place_id
from feed.model.entries import PlaceId
from feed.model.messages import ElectionRef, Roster
from feed.records import record

_NEAR = 2
_REMEMBERED = 4096
_SURE = frozenset({"exact", "alias", "normalised"})


@record(frozen=True, slots=True)
class Placed:
    """Which council a name was taken for, and how surely."""

    known: Known | None
    how: Literal["sure", "numbered", "near", "own", "none"]
    """numbered: by the agency's number on a roster; own: the council of a code that no register
    has, or of a name while no roster is in, stands for itself."""
    nearest: tuple[str, ...] = ()


class Ref(NamedTuple):
    """A council as a message names it."""

    name: str
    gss: str | None
    number: str | None = None
    """The agency's for it, which means nothing in another election."""


@record(frozen=True, slots=True)
class Enrolled:
    """A roster's council, and what its roster has moved."""

    known: Known
    formerly: PlaceId | None = None
    """The identity it had before its code was known."""
    moved: tuple[Ref, ...] = ()
    """References that mean another council now."""


class Placing:
    """The councils that may be meant tonight; what a name means depends on the rosters in alone."""

    def __init__(self, register: Register | None = None) -> None:
        self._register = built_in() if register is None else register
        self._combined: Register | None = None
        self._enrolled: Register | None = None
        self._own: dict[str, Known] = {}
        self._numbered: dict[str, str | None] = {}
        """The key of the council that has the agency's number; None where two rosters say so."""
        self._loose: dict[Ref, Placed] = {}
        self._sure: dict[Ref, Placed] = {}
        """What has been looked up since a roster last told something new."""
        self._has_roster = False

    def copy(self) -> Placing:
        """Return a copy that learns by itself from here on."""
        twin = Placing(self._register)
        twin._combined = self._combined
        twin._enrolled = self._enrolled
        twin._own = dict(self._own)
        twin._numbered = dict(self._numbered)
        twin._loose = dict(self._loose)
        twin._has_roster = self._has_roster
        return twin

    def place(self, ref: Ref) -> Placed:
        """Return the council that `ref` means by the register and the rosters that are in."""
        sure = self._sure.get(ref)
        if sure is not None:
            return sure
        placed = self._placed(ref)
        if placed.how == "sure":
            if len(self._sure) >= _REMEMBERED:
                self._sure.clear()
            self._sure[ref] = placed
        return placed

    def _placed(self, ref: Ref) -> Placed:
        own = self._own.get(name_key(ref.name))
        if own is not None and (ref.gss is None or ref.gss == own.gss):
            return Placed(own, "sure")
        if ref in self._loose:
            return self._loose[ref]
        placed = self._look_up(ref)
        if placed.how != "sure":
            self._loose[ref] = placed
        return placed

    def enrol(self, roster: Roster) -> Enrolled:
        """Take a roster's council in; what several rosters say of it is joined, in any order."""
        match = self._register.find(roster.council, roster.gss)
        sure = match.known if match.how in _SURE else None
        known = sure or Known(
            PlaceId(roster.gss) if roster.gss else place_id(roster.council),
            roster.council,
            roster.gss,
        )
        known = replace(known, type=known.type or roster.type, region=known.region or roster.region)
        key = name_key(roster.council)
        first = not self._has_roster
        self._has_roster = True
        before = self._own.get(key)
        known = known if before is None else _joined(before, known)
        number = self._number(roster, key)
        if before == known and number is None:
            return Enrolled(known)
        self._own[key] = known
        self._sure.clear()
        self._combined = self._enrolled = None
        formerly = None if before is None or before.id == known.id else before.id
        return Enrolled(known, formerly, tuple(self._moved(key, known, number, first=first)))

    def _number(self, roster: Roster, key: str) -> str | None:
        """Note the agency's number of a council; return it if that says anything new."""
        number = number_of(roster.election, roster.agency_id)
        if number is None:
            return None
        meant = key if self._numbered.get(number, key) == key else None
        if number in self._numbered and self._numbered[number] == meant:
            return None
        self._numbered[number] = meant
        return number

    def _moved(self, key: str, known: Known, number: str | None, *, first: bool) -> Iterator[Ref]:
        for ref, placed in list(self._loose.items()):
            touched = (
                (first and placed.how in {"own", "near"})
                or (number is not None and ref.number == number)
                or (placed.known != known and distance(name_key(ref.name), key, _NEAR) <= _NEAR)
            )
            if not touched:
                continue
            del self._loose[ref]
            if _id(self.place(ref)) != _id(placed):
                yield ref

    def _look_up(self, ref: Ref) -> Placed:
        if self._combined is None:
            self._combined = (
                self._register.with_known(self._own.values()) if self._own else self._register
            )
        match = self._combined.find(ref.name, ref.gss)
        if match.known is not None and match.how in _SURE:
            return Placed(match.known, "sure")
        numbered = self._own.get(self._numbered.get(ref.number or "") or "")
        if numbered is not None and ref.gss is None:
            return Placed(numbered, "numbered")
        if match.known is not None:
            return Placed(match.known, "near")
        if ref.gss is not None or not self._has_roster:
            id_ = PlaceId(ref.gss) if ref.gss else place_id(ref.name)
            return Placed(Known(id_, ref.name, ref.gss), "own")
        return Placed(None, "none", self._nearest_enrolled(ref))

    def _nearest_enrolled(self, ref: Ref) -> tuple[str, ...]:
        """Return the names on the night's rosters that come nearest, or the one that is meant."""
        if self._enrolled is None:
            self._enrolled = Register(self._own.values())
        meant = self._enrolled.find(ref.name, ref.gss).known
        return self._enrolled.nearest(ref.name) if meant is None else (meant.name,)


def number_of(election: ElectionRef | None, agency_id: str | None) -> str | None:
    """Return the agency's number of a council as a key of its election, where there is one."""
    if agency_id is None or election is None:
        return None
    return f"{election.date} {election.id or ''} {agency_id}"


def _id(placed: Placed) -> PlaceId | None:
    return placed.known.id if placed.known else None


def _joined(one: Known, other: Known) -> Known:
    """Return what two rosters of one name say together, whichever came first."""
    gss = min(filter(None, (one.gss, other.gss)), default=None)
    return replace(
        one,
        id=PlaceId(gss) if gss else one.id,
        name=max(one.name, other.name),
        gss=gss,
        type=min(filter(None, (one.type, other.type)), default=None),
        region=min(filter(None, (one.region, other.region)), default=None),
    )
