"""Random agency feeds of two poll days, three kinds of contest and unknown parties, worked out twice."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from feed.ledger.ledger import Ledger
from feed.model.arrival import Arrival
from feed.model.standing import Standing

TONIGHT, LAST_YEAR = date(2026, 5, 7), date(2025, 5, 1)
SEEN = datetime(2026, 5, 7, 22, tzinfo=UTC)
PARTIES = {
    "Conservative": "con", "Labour": "lab", "Liberal Democrat": "ld", "Green Party": "green",
    "Reform": "reform", "Riverside Alliance": "riverside-alliance", "Fenland Voice": "fenland-voice",
    "Restore Britain": "restore-britain", "Aspire": "aspire",
}  # fmt: skip
COUNCILS = ("Kent", "Essex", "Devon", "Leeds", "Bury", "Corby", "Northampton", "Doncaster", "Derby",
            "Lancaster", "Southampton", "Mid Sussex")  # fmt: skip
AREAS = ("Watford", "Hackney", "Kent", "Bathgate")
KINDS = {"M": "mayor", "P": "pcc", "B": "by_election"}


@dataclass
class Expected:
    """What a feed comes to, added up while it is made up."""

    control: dict[str, str] = field(default_factory=dict)
    seats: Counter[str] = field(default_factory=Counter)
    net: Counter[str] = field(default_factory=Counter)
    held: Counter[str] = field(default_factory=Counter)
    """Councils held after the poll, by party."""
    moved: Counter[str] = field(default_factory=Counter)
    winners: dict[tuple[str, str], str] = field(default_factory=dict)
    aside: Counter[date] = field(default_factory=Counter)


def majority(seats: dict[str, int]) -> str:
    return next((p for p, n in seats.items() if 2 * n > sum(seats.values())), "NOC")


def composition(rng: Random) -> dict[str, int]:
    return {name: rng.randrange(1, 30) for name in rng.sample(sorted(PARTIES), rng.randrange(2, 6))}


def council_file(name: str, day: date, before: dict[str, int], after: dict[str, int]) -> bytes:
    root = ET.Element("LocalElectionResult", revision="1")
    election = ET.SubElement(root, "Election", date=day.isoformat(), paId=str(day.year))
    council = ET.SubElement(
        election, "Council", name=name, type="Metro", proportion="all", boundaryChange="yes",
        sittingParty=majority(before), winningParty=majority(after),
    )  # fmt: skip
    changes = ET.SubElement(council, "Changes")
    for party in {**before, **after}:
        change = after.get(party, 0) - before.get(party, 0)
        ET.SubElement(changes, "Party", name=party, change=str(change))
    new = ET.SubElement(council, "NewCouncil")
    for party, seats in after.items():
        ET.SubElement(new, "Party", name=party, seats=str(seats))
    return ET.tostring(root)


def contest_file(kind: str, area: str, day: date, told: tuple[int, bool], party: str) -> bytes:
    revision, is_result = told
    root = ET.Element(
        f"FirstPastThePost{'Result' if is_result else 'Rush'}", revision=str(revision)
    )
    election = ET.SubElement(
        root, "Election", name=f"{area} election", date=day.isoformat(), type=kind
    )
    said = {"winningParty" if is_result else "winningPartyName": party}
    ET.SubElement(election, "Constituency", {"number": "1", "name": area, **said})
    return ET.tostring(root)


def a_feed(seed: int) -> tuple[list[bytes], Expected]:
    """Make up a feed and what it comes to."""
    rng, expected, files = Random(seed), Expected(), list[bytes]()
    for name in rng.sample(COUNCILS, rng.randrange(1, 9)):
        before, after = composition(rng), composition(rng)
        files.append(council_file(name, TONIGHT, before, after))
        was, now = majority(before), majority(after)
        expected.control[name] = PARTIES.get(now, "noc")
        expected.held[PARTIES.get(now, "noc")] += 1
        if was != now:
            expected.moved[PARTIES.get(now, "noc")] += 1
            expected.moved[PARTIES.get(was, "noc")] -= 1
        for party, seats in after.items():
            expected.seats[PARTIES[party]] += seats
        for party in {**before, **after}:
            expected.net[PARTIES[party]] += after.get(party, 0) - before.get(party, 0)
    for name in rng.sample(COUNCILS, rng.randrange(0, 12)):
        files.append(council_file(name, LAST_YEAR, composition(rng), composition(rng)))
        expected.aside[LAST_YEAR] += 1
    for kind, called in KINDS.items():
        for area in rng.sample(AREAS, rng.randrange(0, 3)):
            day = rng.choice((TONIGHT, TONIGHT - timedelta(1), TONIGHT + timedelta(7), LAST_YEAR))
            stages = rng.sample([(1, False), (1, True), (2, False), (3, True)], rng.randrange(1, 5))
            parties = {stage: rng.choice(sorted(PARTIES)) for stage in stages}
            files += [contest_file(kind, area, day, *told) for told in parties.items()]
            if day == LAST_YEAR:
                expected.aside[day] += len(stages)
            else:
                expected.winners[called, area] = PARTIES[parties[max(stages)]]
    rng.shuffle(files)
    return files, expected


def folded(files: list[bytes]) -> Standing:
    ledger = Ledger()
    for number, data in enumerate(files):
        ledger.take(Arrival(f"{number}.xml", data, SEEN + timedelta(seconds=number), None))
    return ledger.standing()


def some(figures: dict[str, int]) -> dict[str, int]:
    return {party: number for party, number in figures.items() if number}


@settings(max_examples=120, deadline=None, derandomize=True)
@given(seed=st.integers(0, 2**32))
def test_a_feed_of_two_polls_comes_to_what_the_oracle_says(seed: int) -> None:
    files, expected = a_feed(seed)
    standing = folded(files)
    rows = {str(row.party): row for row in standing.scoreboard.rows}
    assert standing.date == TONIGHT
    assert standing.title == "Local elections 7 May 2026"
    assert {c.name: c.after for c in standing.councils} == expected.control
    assert some({p: row.seats_won for p, row in rows.items()}) == some(expected.seats)
    assert some({p: row.seats_net or 0 for p, row in rows.items()}) == some(expected.net)
    assert some({p: row.councils for p, row in rows.items()}) == some(expected.held)
    assert some({p: row.net for p, row in rows.items()}) == some(expected.moved)
    assert {(c.kind, c.area): c.winner for c in standing.contests} == expected.winners
    assert {each.day: each.messages for each in standing.set_aside} == some_days(expected.aside)
    assert standing.problems == ()


def some_days(counts: Counter[date]) -> dict[date, int]:
    return {day: count for day, count in counts.items() if count}
