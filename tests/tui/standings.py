"""Builders of standings for the tests of the panes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from feed.model.entries import Origin, PlaceId
from feed.model.parties import PartyId, agency_order, party_of
from feed.model.standing import BoardRow, CouncilStanding, Scoreboard, SeatLine, Standing, Status
from feed.rules.control import control, outcome
from tui.projector.scene import Subject, by_subject

START = datetime(2019, 5, 2, 21, 0, tzinfo=UTC)
REGIONS = ("North West", "South East", "East of England", "North East", "West Midlands")


def an_origin(path: str = "results/Alder_1.xml", line: int | None = None) -> Origin:
    return Origin(path, line, "9f" * 16, START + timedelta(hours=4), START + timedelta(hours=4))


def a_council(
    name: str,
    before: str | None = "con",
    after: str | None = None,
    *,
    status: Status | None = None,
    revision: int = 1,
    held: Mapping[str, int] | None = None,
    now: Mapping[str, int] | None = None,
    region: str | None = "North West",
    **facts: object,
) -> CouncilStanding:
    """Return a council; with `now`, its seats after the poll, it has declared."""
    held = held or {}
    if now is not None and after is None:
        after = control({PartyId(party): seats for party, seats in now.items()})
    told = status or ("expected" if after is None else "declared")
    council = CouncilStanding(
        id=PlaceId(name.casefold()),
        name=name,
        gss=None,
        type="district",
        region=region,
        elects="whole",
        status=told,
        before=PartyId(before) if before else None,
        after=PartyId(after) if after else None,
        outcome=None if after is None else outcome(PartyId(before or "noc"), PartyId(after)),
        revision=revision,
        corrected=revision > 1,
        size=sum(now.values()) if now else None,
        seats_up=None,
        seats=tuple(
            SeatLine(
                party=party,
                label=party_of(party).label,
                held=held.get(party, 0),
                won=None if now is None else now.get(party, 0),
                after=None if now is None else now.get(party, 0),
                change=None if now is None else now.get(party, 0) - held.get(party, 0),
            )
            for party in agency_order([PartyId(p) for p in {*held, *(now or {})}], {})
        ),
        baseline="eve_of_poll" if now else None,
    )
    return replace(council, **facts)  # type: ignore[arg-type]


def many_councils(count: int = 248, declared: int = 112) -> tuple[CouncilStanding, ...]:
    """Return `count` councils of made-up names, every one its own, in five regions."""
    parties = ("con", "lab", "noc", "ld", "ind")
    firsts = ("Alder", "Birch", "Cob", "Dun", "Elm", "Fen", "Glen", "Haw", "Ink", "Kel")
    lasts = (
        "ton",
        "mere",
        "ham Vale",
        "worth and Oak",
        "field",
        "ford",
        "by Forest",
        "wick",
        "ley",
    )
    ways = ("", "North ", "South ", "Mid ")
    names = [way + first + last for way in ways for first in firsts for last in lasts][:count]
    return tuple(
        sorted(
            (
                a_council(
                    name,
                    parties[index % 5],
                    parties[(index // 2) % 5] if index < declared else None,
                    region=REGIONS[index % 5],
                    declared_order=index + 1 if index < declared else None,
                    expected_at=START + timedelta(minutes=index),
                )
                for index, name in enumerate(names)
            ),
            key=lambda council: council.name,
        )
    )


def a_row(party: str, **figures: int | None) -> BoardRow:
    known = party_of(PartyId(party))
    return BoardRow(known.id, known.label, known.name, **figures)  # type: ignore[arg-type]


def a_board(*rows: BoardRow, councils: int = 112) -> Scoreboard:
    return Scoreboard(rows, "eve_of_poll", councils)


def a_night(*councils: CouncilStanding, **facts: object) -> Standing:
    """Return a standing of these councils; `facts` replace its other fields."""
    night = Standing(
        title="English local elections 2019",
        councils_up=len(councils),
        declared=sum(council.status == "declared" for council in councils),
        councils=councils,
        as_of=START,
    )
    return replace(night, **facts)  # type: ignore[arg-type]


def declared_in(standing: Standing) -> set[Subject]:
    """Return the councils and contests that have declared."""
    return {it.id for it in by_subject(standing).values() if it.status == "declared"}
