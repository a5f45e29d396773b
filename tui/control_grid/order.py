"""The order of the councils on the control grid, in one section or several."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from types import MappingProxyType
from typing import Literal, get_args

from feed.english import capitalised
from feed.model.parties import NOC, PartyId, agency_order, party_of
from feed.model.standing import CouncilStanding, Status
from feed.records import record

Group = Literal["none", "region", "type", "status", "before"]
Sort = Literal["name", "declared", "expected", "majority"]
GROUPS: tuple[Group, ...] = get_args(Group)
GroupChoice = Literal["auto", "none", "region", "type", "status", "before"]
"""How the grid is to be grouped; by itself by region, where that leaves all in sight."""
SORTS: tuple[Sort, ...] = get_args(Sort)
DensityChoice = Literal["auto", "names", "short", "letters", "blocks", "map"]
"""How much of its name a council's cell is to say; by itself as much as lets all be seen."""
DENSITIES: tuple[DensityChoice, ...] = get_args(DensityChoice)

GROUP_TITLES: Mapping[Group, str] = MappingProxyType(
    {
        "none": "all councils",
        "region": "by region",
        "type": "by type",
        "status": "by status",
        "before": "by control before",
    }
)
SORT_TITLES: Mapping[Sort, str] = MappingProxyType(
    {
        "name": "A–Z",
        "declared": "in order declared",
        "expected": "by expected time",
        "majority": "smallest majority first",
    }
)
TO_COME = "Still to come"
_STATUSES: Mapping[Status, str] = MappingProxyType(
    {
        "declared": "Declared",
        "rush": "Unconfirmed",
        "counting": "Counting",
        "expected": TO_COME,
    }
)
_TYPES = MappingProxyType(
    {
        "county": "Counties",
        "metropolitan": "Metropolitan boroughs",
        "unitary": "Unitaries",
        "district": "Districts",
        "london_borough": "London boroughs",
    }
)
_NEVER = datetime.max.replace(tzinfo=UTC)


@record(frozen=True, slots=True)
class Section:
    """Some councils in order, under a title; the only section of an ungrouped grid has none."""

    title: str
    councils: tuple[CouncilStanding, ...]


def sections(
    councils: Sequence[CouncilStanding], group: Group = "none", sort: Sort = "name"
) -> tuple[Section, ...]:
    """Return `councils` in order, section by section; no section is empty."""
    in_order = sorted(councils, key=_by_name if sort == "name" else partial(rank_in, sort=sort))
    if group == "none":
        return (Section("", tuple(in_order)),) if in_order else ()
    members: defaultdict[str, list[CouncilStanding]] = defaultdict(list)
    for council in in_order:
        members[title_in(council, group)].append(council)
    titles = sorted(members, key=_title_rank(councils, group))
    return tuple(Section(title, tuple(members[title])) for title in titles)


def overall_majority(council: CouncilStanding) -> int | None:
    """Return by how many seats the party in control outnumbers all others; none without one."""
    if council.after in (None, NOC):
        return None
    filled = sum(line.after or 0 for line in council.seats)
    own = sum(line.after or 0 for line in council.seats if line.party == council.after)
    return 2 * own - filled if filled else None


def _by_name(council: CouncilStanding) -> str:
    return council.name_order[0]


def rank_in(council: CouncilStanding, sort: Sort) -> tuple[int, float, str]:
    """Return by what a council has its place in its section."""
    name = council.name_order[0]
    match sort:
        case "name":
            return (0, 0, name)
        case "declared":
            order = council.declared_order
            return (int(order is None), order or 0, name)
        case "expected":
            return (0, (council.expected_at or council.declared_at or _NEVER).timestamp(), name)
        case "majority":
            overall = overall_majority(council)
            undeclared = council.after is None
            return (2 if undeclared else int(overall is None), overall or 0, name)


def title_in(council: CouncilStanding, group: Group) -> str:
    """Return the title of a council's section."""
    match group:
        case "region":
            return council.region or "Region not known"
        case "type":
            kind = council.type or ""
            return _TYPES.get(kind) or kind.replace("_", " ").capitalize() or "Type not known"
        case "status":
            return _STATUSES[council.status]
        case "before":
            return _before(council.before)
        case "none":
            return ""


def _before(party: PartyId | None) -> str:
    if party is None:
        return "New, or control before not known"
    if party == NOC:
        return "No overall control before"
    name = party_of(party).name
    return f"{capitalised(name)} before"


def _title_rank(
    councils: Sequence[CouncilStanding], group: Group
) -> Callable[[str], tuple[int, str]]:
    """Return the order of the sections: in the agency's order, as a night goes, or A–Z."""
    known: list[str] = []
    if group == "status":
        known = list(_STATUSES.values())
    elif group == "type":
        known = list(_TYPES.values())
    elif group == "before":
        parties = {council.before for council in councils if council.before is not None}
        known = [_before(party) for party in agency_order(parties, {})]
    last = ("Region not known", "Type not known", _before(None))

    def rank(title: str) -> tuple[int, str]:
        if title in last:
            return (len(known) + 1, title)
        return (known.index(title) if title in known else len(known), title.casefold())

    return rank
