"""ModernGov's election results as XML: wards, and in each its candidates.

Elements are known by their local names in any letter case, wherever they stand: `ward` (or
`electionarea`, `division`) with `wardtitle`, and below it `candidate` with `politicalpartytitle`,
`numvotes` and `iselected`; `electiondate` and `council` above. Where the XML does not name the
council, as a council's own site does not, the file or its folder must.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pydantic_core import ValidationError

from feed.councils.register import built_in
from feed.formats.live_blog.times import header_date
from feed.formats.native.faults import faults
from feed.formats.native.reader import NATIVE
from feed.formats.rejecting import quoted, rejected, rejection
from feed.formats.table.cells import CellError, seats
from feed.formats.wards import Stood, is_elected, ward_figures
from feed.formats.xml_tree import Node, XmlError, parse_xml
from feed.model.arrival import Arrival
from feed.model.messages import Statement

_ROOT = re.compile(
    rb"(?:\s+|<\?.*?\?>|<!--.*?-->)*<(?:[\w.-]+:)?(?:get|arrayof|mg)?election"
    rb"(?:s|results?|arearesults?|wards?|ward\w*results?)?[\s>/]",
    re.DOTALL | re.IGNORECASE,
)
_HEAD = 8192
_WARD = (
    "wardtitle",
    "wardname",
    "ward",
    "electionareatitle",
    "areatitle",
    "areaname",
    "title",
    "name",
)
_AREA_ID = ("electionareaid", "areaid")
_AREA = ("areatitle", "electionareatitle", "wardtitle")
_TITLE = ("title", "electiontitle", "name")
_COUNCIL = ("councilname", "council", "authorityname", "authority", "organisation", "sitename")
_DATE = ("electiondate", "dateofelection", "date", "pollingdate")
_PARTY = (
    "politicalpartytitle",
    "politicalparty",
    "partytitle",
    "partyname",
    "party",
    "description",
)
_VOTES = ("numvotes", "numberofvotes", "votes", "votecount")
_ELECTED = ("iselected", "elected", "result")
_SEATS = ("numseats", "numberofseats", "seats", "numvacancies", "vacancies")
_ELECTORATE = ("electorate", "numelectorate", "registeredelectors")
_TURNOUT = ("turnoutpercentage", "percentageturnout", "turnoutpercent", "turnout")
_FIX = "Correct the ward; it was left out, the others were taken."
_AGAIN = "Ask for the election again; it must have wards, candidates and who is elected."


@dataclass(slots=True)
class Branch:
    """One element: its name in small letters, its text, its children."""

    name: str
    line: int | None
    text: str = ""
    children: list[Branch] = field(default_factory=list)

    def own(self, names: Sequence[str]) -> str:
        """Return the text of the first child of one of the names; empty where there is none."""
        for name in names:
            for child in self.children:
                if child.name == name and not child.children and child.text.strip():
                    return child.text.strip()
        return ""

    def first(self, names: Sequence[str]) -> str:
        """Return the text of the first of the names here or further down, wards left aside."""
        found = self.own(names)
        for child in self.children:
            if not found and child.name not in ("candidate", "candidates", "wards"):
                found = child.first(names)
        return found

    def below(self, name: str) -> Iterator[Branch]:
        """Return the elements of that name at any depth."""
        for child in self.children:
            if child.name == name:
                yield child
            else:
                yield from child.below(name)

    def above(self, name: str) -> Iterator[Branch]:
        """Return the elements that hold elements of that name, straight or in a list of them."""
        holds = (self, *(child for child in self.children if child.name == f"{name}s"))
        if any(child.name == name for holder in holds for child in holder.children):
            yield self
        for child in self.children:
            if child.name not in (name, f"{name}s"):
                yield from child.above(name)


def _branch(node: Node) -> Branch:
    """Return an element with its local name in small letters; attributes count as children."""
    attributes = [Branch(_local(key), node.line, value) for key, value in node.attributes.items()]
    children = [*attributes, *map(_branch, node.children)]
    return Branch(_local(node.name), node.line, node.text, children)


def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()


def is_moderngov(data: bytes) -> bool:
    """Whether it is an election's results, by the root of the XML."""
    return bool(_ROOT.match(data[:_HEAD].removeprefix(b"\xef\xbb\xbf")))


def read_moderngov(arrival: Arrival) -> tuple[Statement, ...]:
    """Return a ward result for each ward in which somebody is elected."""
    try:
        root = _branch(parse_xml(arrival.data, with_text=True))
    except XmlError as error:
        if error.kind == "broken":
            what = f"the XML cannot be read: {error.what}"
            return rejected(what, "Send it again: it is cut off or broken.", error.line)
        what = f"the XML is refused: {error.what}"
        return rejected(what, "Send it without a document type and entities.", arrival.line)
    wards = _joined(root) or list(root.above("candidate"))
    if not wards:
        return rejected("there is no candidate in this XML; expected wards and candidates", _AGAIN)
    council = root.first(_COUNCIL) or _council_of(arrival.path)
    if not council:
        return rejected(
            "the XML does not say which council it is of",
            "Name the file or its folder after the council, such as adur/results.xml.",
        )
    statements = tuple(_statements(root, wards, council))
    return statements or rejected(
        "nobody is elected in any ward of this file",
        "If the count is not over, nothing needs to be done; else ask for the results again.",
    )


def _joined(root: Branch) -> list[Branch]:
    """Return the areas of an export that lists candidates apart from them, each with its own."""
    by_area: dict[str, list[Branch]] = {}
    candidates = [
        each for held in root.children if held.name == "candidates" for each in held.children
    ]
    for candidate in candidates:
        by_area.setdefault(candidate.own(_AREA_ID) or candidate.own(_AREA), []).append(candidate)
    areas = {it.own(_AREA_ID): it for it in root.below("electionarea") if it.own(_AREA_ID)}
    if not areas and len(by_area) < 2:
        return []
    wards = []
    for key, each in by_area.items():
        area = areas.get(key)
        named = (
            [Branch("wardtitle", each[0].line, each[0].own(_AREA))] if each[0].own(_AREA) else []
        )
        facts = [it for it in area.children if not it.children] if area is not None else []
        wards.append(Branch("ward", each[0].line, children=[*named, *facts, *each]))
    return wards


def _statements(root: Branch, wards: list[Branch], council: str) -> Iterator[Statement]:
    election = _election(root)
    is_by_election = "by-election" in root.own(_TITLE).casefold().replace(
        "by election", "by-election"
    )
    note = {"note": "by-election"} if is_by_election else {}
    for ward in wards:
        try:
            stood = [_stood(each) for each in ward.below("candidate")]
            if not any(each.is_elected for each in stood):
                continue
            message = {
                "kind": "ward_result",
                "council": council,
                "ward": ward.own(_WARD) or "",
                **election,
                **ward_figures(stood, seats("seats", ward.own(_SEATS))),
                **_more(ward),
                **note,
            }
            yield Statement(NATIVE.validate_python(message), ward.line)
        except CellError as error:
            yield rejection(str(error), _FIX, ward.line)
        except ValidationError as error:
            yield rejection(faults(error)[0], _FIX, ward.line)


def _election(root: Branch) -> Mapping[str, object]:
    said = root.first(_DATE)
    british = re.match(r"(\d{1,2})/(\d{1,2})/(\d{4})", said)
    try:
        found = date(*map(int, british.groups()[::-1])) if british else None
    except ValueError:
        return {}
    if found is None:
        found = header_date(f"election {said or root.own(_TITLE)}")[0]
    return {"election": {"date": found}} if found else {}


def _stood(candidate: Branch) -> Stood:
    party = candidate.own(_PARTY)
    if not party:
        raise CellError("a candidate has no party; expected politicalpartytitle")
    return Stood(
        party, seats("numvotes", candidate.own(_VOTES)), is_elected(candidate.own(_ELECTED))
    )


def _more(ward: Branch) -> Mapping[str, object]:
    turnout = ward.own(_TURNOUT).rstrip("% ")
    more: dict[str, object] = {}
    electorate = seats("electorate", ward.own(_ELECTORATE))
    if electorate is not None:
        more["electorate"] = electorate
    if turnout:
        try:
            more["turnout"] = float(turnout)
        except ValueError:
            raise CellError(f"turnout is {quoted(turnout)}; expected a number") from None
    return more


def _council_of(path: str) -> str:
    """Return the council that the file or one of its folders is called after, nearest first."""
    for part in reversed(path.split("/")):
        stem = part.rsplit(".", 1)[0] if "." in part else part
        match = built_in().find(re.sub(r"[_-]+", " ", stem).strip())
        if match.known is not None and match.how != "near":
            return match.known.name
    return ""
