"""A folder as the agency's public test set is: councils, mayors a day earlier, and parliaments.

Of 2026: 136 councils with corrections and 8 totals, 6 mayors, and messages of the Scottish and
Welsh parliaments, of a referendum and of collated nominations, which the desk does not show.
"""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.feed.agency_night import a_night

COUNCILS, TOTALS = 136, 8
MAYORS = {
    "Croydon": ("Michael", "Baker"), "Hackney": ("Ann Mary", "O'Neill"), "Lewisham": ("Jo", "Lee"),
    "Newham": ("Sam", "Patel-Jones"), "Tower Hamlets": ("Lutfa", "Khan"), "Watford": ("Bo", "Ek"),
}  # fmt: skip
"""The winner of each, first name first."""
NOT_SHOWN = {
    ("Scottish Parliament", "constituency messages"): 73,
    ("Scottish Parliament", "TopUpResult messages"): 8,
    ("Scottish Parliament", "ScottishStateOfParties messages"): 3,
    ("Welsh Parliament", "ElectionResult messages"): 16,
    ("Welsh Parliament", "constituency messages"): 5,
    ("Referendum", "ReferendumResult messages"): 1,
}


@dataclass(frozen=True)
class PublicSet:
    """Names and contents, in the order in which they were written."""

    files: tuple[tuple[str, bytes], ...]

    def put_into(self, folder: Path) -> Path:
        """Write every file below `folder`, with the heartbeats of the mirror."""
        for name, data in self.files:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        for name in ("nominations", "results"):
            (folder / name / ".timestamp").write_bytes(b"1778198400.125")
        return folder

    def as_one_json(self) -> bytes:
        """Return all messages as one list, the agency's JSON of a night."""
        return json.dumps([as_json(data) for _, data in self.files]).encode()


def a_public_set(seed: int = 0) -> PublicSet:
    """Make up the set; what its councils and totals say comes from `seed`."""
    night = a_night(seed, councils=COUNCILS)
    totals = [file.name for file in night.files if "_SOP_" in file.name]
    councils = [
        (_test_name(file.name), file.data.replace(b"2019-05-02", b"2026-05-07"))
        for file in night.files
        if b"FirstPastThePost" not in file.data and file.name != totals[-1]
    ]
    return PublicSet((*councils, *_mayors(), *_not_shown()))


def as_json(xml: str | bytes) -> dict[str, Any]:
    """Return a message as the agency makes JSON of its XML."""
    root = ET.fromstring(xml)  # noqa: S314 - a test wrote it
    return {root.tag: _object(root)}


def _object(node: ET.Element) -> dict[str, Any]:
    made: dict[str, Any] = {f"@{name}": value for name, value in node.attrib.items()}
    for tag in dict.fromkeys(child.tag for child in node):
        children = [_object(child) for child in node.findall(tag)]
        made[tag] = children[0] if len(children) == 1 else children
    return made


def _test_name(name: str) -> str:
    return name.replace("/Night_", "/Local_Elections_Test_")


def _message(kind: str, type_: str, day: str, inside: str, name: str = "", more: str = "") -> bytes:  # noqa: PLR0917  # each is a fact of the message
    said = f" name='{name}'" if name else ""
    election = f"<Election{said} date='{day}' paId='9' type='{type_}'>{inside}</Election>"
    return f"<{kind} revision='1'{more}>{election}</{kind}>".encode()


def _candidate(first: str, last: str, party: str, short: str, *, elected: bool) -> str:
    mark = " elected='+'" if elected else ""
    names = f'firstName="{first}" surname="{last} Test" ballotName="{last} Test, {first}"'
    return (
        f"<Candidate paId='4' {names} votes='{400 + 90 * elected}'{mark}>"
        f"<Party paId='1' name='{party}' abbreviation='{short}'/></Candidate>"
    )


def _mayors() -> list[tuple[str, bytes]]:
    made = []
    when = " declarationTime='2026-05-07T03:20:00+00:00'"
    for number, (area, (first, last)) in enumerate(MAYORS.items()):
        both = _candidate("Al", "Moor", "Conservative", "C", elected=False)
        both = _candidate(first, last, "Labour", "Lab", elected=True) + both
        named = f"<Constituency number='{number}' name='{area}'>{both}</Constituency>"
        result = named.replace(
            ">", " winningParty='Lab' sittingParty='C' gainOrHold='gain' majority='90'>", 1
        )
        inner = _message("FirstPastThePostNominations", "M", "2026-05-06", named)
        collated = b"<CollatedNominations>" + inner + b"</CollatedNominations>"
        made += [
            (f"nominations/Mayoral_Test_nominations_{number}.xml", collated),
            (
                f"results/Mayoral_Test_result_{number}_1.xml",
                _message("FirstPastThePostResult", "M", "2026-05-06", result, "Mayors Test", when),
            ),
        ]
    return made


def _not_shown() -> list[tuple[str, bytes]]:
    letters = {"Scottish Parliament": "S", "Welsh Parliament": "W", "Referendum": "R"}
    seat = "<Constituency number='1' name='Cwm'><Candidate surname='A'/></Constituency>"
    made = []
    for (of, what), count in NOT_SHOWN.items():
        kind = what.removesuffix(" messages")
        kind = "FirstPastThePostResult" if kind == "constituency" else kind
        made += [
            (f"results/{letters[of]}_Test_{kind}_{n}.xml", _message(kind, letters[of], "2026-05-07", seat))
            for n in range(count)
        ]  # fmt: skip
    return made
