"""What the columns of a table hold, by the names at their heads."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from feed.formats.rejecting import quoted, rejection
from feed.model.messages import Statement
from feed.model.parties import NOC, PartyId, known_party, party_id
from feed.records import record

EXAMPLE = (
    "Name the columns as in “council, control before, control after, Con, Lab, LD, Con change, "
    "Lab change, LD change”, or one party a row as in “council, party, seats, won, change”."
)

_FACTS: Mapping[str, str] = {
    name: field
    for field, names in {
        "council": "council|councils|council name|name of council|authority|authorities"
        "|local authority|local authorities|name|names|area|areas"
        "|area name|organisation|organization|district|borough|local authority name|la name",
        "gss": "gss|gss code|ons code|ons|code|area code|lad code|local authority code|la code"
        "|authority code",
        "revision": "revision|rev|version",
        "control_before": "control before|before|previous control|old control|prev control|was"
        "|held by|sitting party|previous party|controlled by before|control 2015|incumbent",
        "control_after": "control after|control|new control|after|now|winning party|controlled by"
        "|current control|party in control|winner",
        "result": "result|status|outcome|headline|verdict|gain or hold",
        "date": "election date|date|poll date|polling day|election",
        "at": "declared|declared at|time|declaration time|declared time",
        "type": "type|council type|authority type",
        "region": "region",
        "baseline": "baseline|change since|measured against",
        "source": "source",
        "note": "note|notes|comment|comments|remark|remarks",
        "party": "party|party name|party group|group",
        "party:after": "seats|seats after|new council|total seats|councillors|seats total"
        "|seats held",
        "party:won": "won|seats won|elected|won tonight",
        "party:change": "change|net change|seats change|net|gain loss|change in seats|+/-|+|±",
        "party:held": "held|held before|seats before|defended|seats held before|defending",
        "total": "total|totals|total seats on council|all seats|total councillors",
        "": "turnout|electorate|majority|wards|size|council size|seats up|vacant|vacancies"
        "|id|url|link|population|proportion|elects|declared order|order|no|number|rank|all|updated",
    }.items()
    for name in names.split("|")
}
_SUFFIXES: Mapping[str, str] = {
    **dict.fromkeys(("seats", "after", "seats after", "total", "new", "councillors"), "after"),
    **dict.fromkeys(("won", "seats won", "elected", "wins"), "won"),
    **dict.fromkeys(
        ("change", "net change", "net", "chg", "diff", "+/-", "gain loss", "±"), "change"
    ),
    **dict.fromkeys(("held", "before", "held before", "seats before", "defended"), "held"),
}
_NO_PARTY = frozenset({"all", "noc", "none"})
_NO_SEATS = re.compile(
    r"%|per ?cent|share|votes?|poll|turnout|elect(?:orate|ors)|population|majority|lead|margin"
    r"|swing|ballots?|papers?|rejected|valid|vacan|wards?|divisions?|rank|code|number|year|date|time"
    r"|index|members?|candidates?|up for|contested|size|total|sum|id$|^no\b|ratio"
    r"|area|households|election"
    r"|largest|leading|second|biggest"
)
"""Words of a column's name that is none of a party's."""
_MOST_SEATS = 300
_PLAIN = re.compile(r"\d{1,3}(?:\.0+)?(?:\s*[(\[][^()\[\]]*[)\]])?|[-–—]|")


@record(frozen=True, slots=True)
class PartyColumn:
    """A column that holds one figure of one party."""

    party: PartyId
    name: str
    figure: str
    """after, won, change or held."""


@record(frozen=True, slots=True)
class TableColumns:
    """What each column of a table holds."""

    names: Sequence[str]
    facts: Mapping[str, int]
    """Positions of the columns about the council; in a long table, of the party's figures too."""
    parties: Mapping[int, PartyColumn]
    unknown: tuple[str, ...]

    def head(self, fact: str) -> str:
        """Return the name that stands above a fact's column, for a sentence about a cell."""
        position = self.facts.get(fact)
        return fact if position is None else self.names[position].strip()

    @property
    def is_long(self) -> bool:
        """Whether the table has one party a row."""
        return "party" in self.facts and any(name.startswith("party:") for name in self.facts)

    @property
    def has_seats(self) -> bool:
        """Whether the table gives seats, and not control alone."""
        return self.is_long or bool(self.parties)

    @property
    def is_enough(self) -> bool:
        """Whether a council's return can be read from these columns."""
        control = self.facts.keys() & {"control_after", "result"}
        return "council" in self.facts and (self.has_seats or bool(control))


def columns_of(header: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> TableColumns:
    """Return what each column holds; a name that is used twice counts once.

    A column that nobody knows is a party's of its own where its cells are small whole numbers and
    its name is that of nothing else: seats of a party must never be dropped (rule 21).

    Args:
        header: the names of the columns.
        rows: the rows below.

    """
    keys: set[str] = set()
    facts: dict[str, int] = {}
    parties: dict[int, PartyColumn] = {}
    unknown: list[str] = []
    for position, name in enumerate(header):
        key = head_key(name)
        party = None if key in _FACTS else _party_column(key, name)
        if party is None and key not in _FACTS and _holds_seats(key, position, rows):
            party = PartyColumn(party_id(name), name.strip(), "after")
        if key in _FACTS:
            facts.setdefault(_FACTS[key], position)
        elif party is not None and key not in keys:
            parties[position] = party
            keys.add(key)
        elif key:
            unknown.append(name.strip())
    return TableColumns(header, facts, parties, tuple(unknown))


def _holds_seats(key: str, position: int, rows: Sequence[Sequence[str]]) -> bool:
    if not any(char.isalpha() for char in key) or _NO_SEATS.search(key):
        return False
    cells = [row[position].strip() for row in rows if position < len(row)]
    figures = [int(found[0]) for cell in cells if (found := re.match(r"\d+", cell))]
    return (
        bool(figures)
        and max(figures) <= _MOST_SEATS
        and all(_PLAIN.fullmatch(cell) for cell in cells)
    )


def head_key(name: str) -> str:
    """Return a column's name in small letters, with spaces for all that joins its words."""
    plain = unicodedata.normalize("NFKC", name).casefold().replace("−", "-").replace("–", "-")
    return re.sub(r"[^0-9a-z+/±\u00c0-\u024f-]+|(?<=[0-9a-z])-|-(?=[0-9a-z])", " ", plain).strip()


def is_known(name: str) -> bool:
    """Whether a table of results would have a column of that name."""
    key = head_key(name)
    return bool(_FACTS.get(key)) or _party_column(key, name) is not None


def missing_columns(columns: TableColumns, line: int) -> Statement:
    """Return the rejection of a table whose columns are not enough."""
    found = ", ".join(quoted(name) for name in columns.names[:12] if name.strip()) or "none"
    more = len(columns.names) - 12
    what = f"the columns are {found}" + (f" and {more} more" if more > 0 else "")
    return rejection(
        f"{what}; expected a council and its seats by party, or its control", EXAMPLE, line
    )


def _party_column(key: str, name: str) -> PartyColumn | None:
    words = key.split()
    for size in range(min(3, len(words) - 1), 0, -1):
        for bare, suffix in ((words[:-size], words[-size:]), (words[size:], words[:size])):
            figure = _SUFFIXES.get(" ".join(suffix))
            if figure is not None and " ".join(bare) not in _FACTS:
                party = party_id(" ".join(bare))
                known = known_party(" ".join(bare)) is not None
                if not known and _NO_SEATS.search(" ".join(bare)):
                    return None
                return PartyColumn(party, "" if known else _bare_name(name, bare), figure)
    party_known = known_party(key) if key not in _NO_PARTY else None
    if party_known is None or party_known == NOC:
        return None
    return PartyColumn(party_known, "", "after")


def _bare_name(name: str, bare: Sequence[str]) -> str:
    pattern = r"[\W_]+".join(re.escape(word) for word in bare)
    found = re.search(pattern, name, re.IGNORECASE)
    return found[0] if found else " ".join(bare).title()
