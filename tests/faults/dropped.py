"""What is dropped into a feed folder: contents of every kind, and what should come of each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Literal

from feed.model.arrival import substance

ROOT = Path(__file__).parents[2]
NIGHT = ROOT / "sample_feeds" / "england-2019"

Key = tuple[str, bytes]
"""A path below the feed folder and what the file held, without white space at its ends."""
Fate = Literal["accepted", "rejected", "repeated"]


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of one file and what should come of it."""

    data: bytes
    fate: Fate
    suffix: str = ".json"


def key(path: str, data: bytes) -> Key:
    """Return the identity of one state of a file."""
    return path, substance(data)


@cache
def _told() -> tuple[dict[str, Any], ...]:
    lines = [
        line
        for name in ("roster.jsonl", "results.jsonl")
        for line in (NIGHT / name).read_text(encoding="utf-8").splitlines()
    ]
    return tuple(json.loads(line) for line in lines)


def contents(random: Random) -> Iterator[Content]:
    """Return the files of a made-up night without end: each says something that none has said."""
    told = [dict(message) for message in _told()]
    random.shuffle(told)
    number = 0
    while True:
        number += 1
        if told and random.random() < 0.6:
            message = told.pop()
            if message["kind"] == "result" and random.random() < 0.3:
                told.insert(random.randrange(len(told) + 1), _revised(message))
            yield Content(json.dumps(message).encode(), "accepted")
        elif random.random() < 0.2:
            yield Content(_as_xml(number), "accepted", ".xml")
        else:
            yield Content(_news(number), "accepted")


def news(number: int) -> bytes:
    """Return the n-th line of news as a file."""
    return _news(number)


def _news(number: int) -> bytes:
    message = {"kind": "news", "text": f"Line {number} of the night", "note": "x" * (number % 300)}
    return json.dumps({name: value for name, value in message.items() if value}).encode()


def _revised(message: dict[str, Any]) -> dict[str, Any]:
    """Return the next revision of a result, a seat moved from the largest party to the Greens."""
    after = dict(message["after"])
    largest = max(after, key=lambda party: after[party])
    after[largest] -= 1
    after["green"] = after.get("green", 0) + 1
    return {**message, "revision": message.get("revision", 1) + 1, "after": after}


def _as_xml(number: int) -> bytes:
    """Return the result of a mayor's contest in a place of its own, as the agency writes it."""
    return (
        f'<FirstPastThePostResult revision="1" declarationTime="2019-05-03T02:{number % 60:02}:00Z">'
        '<Election name="Mayors" date="2019-05-02" type="M">'
        f'<Constituency number="{number}" name="Place {number}" electorate="1000">'
        '<Candidate paId="1" surname="Ash" elected="*" votes="12"><Party paId="1" name="Labour" '
        'abbreviation="Lab"/></Candidate>'
        "</Constituency></Election></FirstPastThePostResult>\n"
    ).encode()
