"""Builders of messages, steps and standings for the tests of the core."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from typing import Any

from feed.ledger.ledger import Ledger, Step
from feed.model.arrival import Arrival
from feed.model.entries import Entry, Origin
from feed.model.messages import (
    Candidate,
    Change,
    Contest,
    ElectionRef,
    Message,
    Result,
    Roster,
    RosterParty,
    Rush,
    Statement,
    TotalRow,
    WardResult,
    Withdrawal,
)
from feed.model.parties import PartyId
from feed.model.standing import BoardRow, Standing

BEGINS = datetime(2019, 5, 2, 22, tzinfo=UTC)
THE_NIGHT = ElectionRef(date=date(2019, 5, 2))
ANOTHER_NIGHT = ElectionRef(date=date(2018, 5, 3))


def minutes(number: float) -> datetime:
    """Return the moment so many minutes into the night."""
    return BEGINS + timedelta(minutes=number)


def a_roster(
    council: str,
    held: Any = None,
    offered: Any = None,
    **facts: Any,
) -> Roster:
    """Return a roster; without `offered` every seat held is fought."""
    held = held or {}
    up = held if offered is None else offered
    parties = tuple(
        RosterParty(party=PartyId(party), held=seats, offered=up.get(party, 0))
        for party, seats in held.items()
    )
    return Roster(council=council, parties=parties, **facts)


def a_result(
    council: str,
    revision: int = 1,
    *,
    changes: Mapping[str, int] | None = None,
    baseline: str = "eve_of_poll",
    facts: Mapping[str, Any] | None = None,
    **after: int,
) -> Result:
    """Return a result: `a_result("Alder", 2, lab=25, con=10)`."""
    more: dict[str, Any] = {"after": after, **(facts or {})}
    if changes is not None:
        more["changes"] = (a_change(changes, baseline),)
    return Result(council=council, revision=revision, **more)


def a_change(seats: Any, baseline: Any = "eve_of_poll") -> Change:
    """Return net changes against a baseline."""
    return Change(baseline=baseline, seats=seats)


def a_total_row(party: str, **figures: Any) -> TotalRow:
    """Return a party's line in an agency total."""
    return TotalRow(party=PartyId(party), **figures)


def a_rush(council: str, after: Any, revision: int = 1, **facts: Any) -> Rush:
    """Return an unconfirmed flash."""
    return Rush(council=council, control_after=after, revision=revision, **facts)


def a_withdrawal(council: str, revision: int = 1, **facts: Any) -> Withdrawal:
    """Take a council's result back."""
    return Withdrawal(council=council, revision=revision, **facts)


def a_contest(
    area: str, winner: Any, stage: Any = "result", revision: int = 1, **facts: Any
) -> Contest:
    """Return a mayor's contest at one stage."""
    given: dict[str, Any] = {"contest": "mayor", **facts}
    return Contest(area=area, winner=winner, stage=stage, revision=revision, **given)


def a_candidate(name: str, party: str, **facts: Any) -> Candidate:
    """Return somebody who stands in a contest."""
    return Candidate(name=name, party=PartyId(party), **facts)


def a_ward(council: str, ward: str, won: Any, **facts: Any) -> WardResult:
    """Return one ward's return; the seats are those won unless told."""
    given: dict[str, Any] = {"seats": sum(won.values()), **facts}
    return WardResult(council=council, ward=ward, won=won, **given)


def an_origin(
    path: str, seen_at: datetime = BEGINS, modified_at: datetime | None = None, line: int = 1
) -> Origin:
    """Return a file that a message comes from."""
    digest = blake2b(path.encode(), digest_size=16).hexdigest()
    return Origin(path, line, digest, seen_at, modified_at)


def a_step(
    message: Message,
    path: str = "",
    seen_at: datetime = BEGINS,
    modified_at: datetime | None = None,
) -> Step:
    """Return a message as a step, from a file of its own unless one is named."""
    name = path or f"{blake2b(repr(message).encode(), digest_size=4).hexdigest()}.json"
    return Step(Statement(message, 1), an_origin(name, seen_at, modified_at))


def an_arrival(message: Message, path: str, minute: float = 0) -> Arrival:
    """Return a message as a file in our own format."""
    data = message.to_json(exclude_defaults=True)
    kind = f'{{"kind":"{message.kind}",'.encode()
    return Arrival(path, kind + data[1:], minutes(minute), minutes(minute))


def steps(*messages: Any) -> list[Step]:
    """Return messages as steps a minute apart."""
    return [a_step(message, seen_at=minutes(n)) for n, message in enumerate(messages)]


def folded(told: Iterable[Step]) -> Ledger:
    """Fold steps into a fresh ledger."""
    ledger = Ledger()
    for step in told:
        ledger.apply(step)
    return ledger


def standing_of(*messages: Any) -> Standing:
    """Return where the night stands after these messages."""
    return folded(steps(*messages)).standing()


def log_of(*messages: Any) -> tuple[Entry, ...]:
    """Return what the log tells of these messages."""
    return standing_of(*messages).log.since(0)


def row(standing: Standing, party: str) -> BoardRow:
    """Return a party's row of the scoreboard; an empty one where it has none."""
    empty = BoardRow(party=PartyId(party), label="", name="")
    return next((row for row in standing.scoreboard.rows if row.party == party), empty)
