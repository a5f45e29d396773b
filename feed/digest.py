"""What happened between two moments of a night: for whoever looked away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from feed.clock import day, hh_mm, zone
from feed.entries import CORRECTED, DECLARED, TROUBLED, Entry, EntryKind, Mark
from feed.parties import PartyId
from feed.reports import escaped
from feed.standing import Standing
from feed.tally import signed
from feed.terms import HouseStyle
from feed.wording import sentence

_MOST = 12


@dataclass(frozen=True, slots=True)
class Mover:
    """A party's seats net and councils, before and after."""

    party: PartyId
    label: str
    councils: int
    councils_moved: int
    seats_net: int
    seats_moved: int


@dataclass(frozen=True, slots=True)
class Digest:
    """The sum of a stretch of the night."""

    since: datetime | None
    until: datetime | None
    declared: int
    declared_in_all: int
    councils_up: int
    changes: tuple[Entry, ...]
    corrections: tuple[Entry, ...]
    problems: tuple[Entry, ...]
    totals: tuple[Entry, ...]
    contests: tuple[Entry, ...]
    news: tuple[Entry, ...]
    rushes: int
    movers: tuple[Mover, ...]
    test: bool = False
    """Some of it is rehearsal data."""


def digest(before: Standing, after: Standing) -> Digest:
    """Sum up what `after` knows and `before` did not.

    Args:
        before: the standing at the first moment.
        after: the standing at the second, of the same night.

    """
    new = after.log.since(len(before.log))
    return Digest(
        since=before.as_of,
        until=after.as_of,
        declared=after.declared - before.declared,
        declared_in_all=after.declared,
        councils_up=after.councils_up,
        changes=_of(new, lambda e: e.flips and e.kind in DECLARED),
        corrections=_of(new, lambda e: e.kind in CORRECTED),
        problems=_of(new, lambda e: e.kind in TROUBLED or e.mark is Mark.REJECTED),
        totals=_of(new, lambda e: e.kind is EntryKind.TOTAL),
        contests=_of(new, lambda e: e.kind is EntryKind.CONTEST),
        news=_of(new, lambda e: e.kind is EntryKind.NEWS),
        rushes=sum(entry.kind is EntryKind.RUSH for entry in new),
        movers=tuple(sorted(_movers(before, after), key=lambda m: (-abs(m.seats_moved), m.label))),
        test=after.test,
    )


def _movers(before: Standing, after: Standing) -> Iterator[Mover]:
    was = {row.party: row for row in before.scoreboard.rows}
    now = {row.party: row for row in after.scoreboard.rows}
    baselines = {
        board.baseline for board in (before.scoreboard, after.scoreboard) if board.baseline_councils
    }
    for party in {**now, **was}:
        row, earlier = now.get(party), was.get(party)
        councils, councils_was = row.councils if row else 0, earlier.councils if earlier else 0
        net = (row.seats_net or 0) if row else 0
        net_was = (earlier.seats_net or 0) if earlier else 0
        moved = net - net_was if len(baselines) < 2 else 0
        if councils != councils_was or moved:
            label = (row or was[party]).label
            yield Mover(party, label, councils, councils - councils_was, net, moved)


def _of(entries: tuple[Entry, ...], wanted: Any) -> tuple[Entry, ...]:  # noqa: ANN401
    return tuple(entry for entry in entries if wanted(entry))


def digest_as_text(found: Digest, style: HouseStyle, *, marked: bool = False) -> str:
    """Give a digest as lines; `marked` for Markdown."""
    head, bullet = ("## ", "- ") if marked else ("", "  ")
    lines = [f"{'# ' if marked else ''}{_span(found)}", ""]
    lines.append(
        f"{_count(found.declared)} declared, {found.declared_in_all} of {found.councils_up} in all"
        + (f"; {found.rushes} {'rush' if found.rushes == 1 else 'rushes'}" if found.rushes else "")
    )
    parts = (
        ("Changes of control", found.changes),
        ("Corrections", found.corrections),
        ("Problems", found.problems),
        ("Agency totals", found.totals),
        ("Contests", found.contests),
        ("News", found.news),
    )
    if found.movers:
        lines += ["", f"{head}Movers"]
        lines += [f"{bullet}{_mover(mover)}" for mover in found.movers]
    for title, entries in parts:
        if not entries:
            continue
        lines += ["", f"{head}{title} ({len(entries)})"]
        told = (sentence(entry, style) for entry in entries[:_MOST])
        said = (escaped(words) if marked else words for words in told)
        lines += [
            f"{bullet}{_time(e, padded=not marked)}  {words}"
            for e, words in zip(entries, said, strict=False)
        ]
        if len(entries) > _MOST:
            lines.append(f"{bullet}and {len(entries) - _MOST} more")
    return "\n".join(lines)


def digest_as_json(found: Digest, style: HouseStyle) -> dict[str, Any]:
    """Give a digest for machines."""

    def told(entries: tuple[Entry, ...]) -> list[dict[str, Any]]:
        return [
            {"at": e.at.isoformat(), "estimated": e.clock == "estimated",
             "sentence": sentence(e, style)}
            for e in entries
        ]  # fmt: skip

    return {
        "format": 1,
        "test_data": found.test,
        "since": found.since.isoformat() if found.since else None,
        "until": found.until.isoformat() if found.until else None,
        "declared": found.declared,
        "declared_in_all": found.declared_in_all,
        "councils_up": found.councils_up,
        "rushes": found.rushes,
        "changes_of_control": told(found.changes),
        "corrections": told(found.corrections),
        "problems": told(found.problems),
        "agency_totals": told(found.totals),
        "contests": told(found.contests),
        "news": told(found.news),
        "movers": [
            {
                "party": mover.party, "councils": mover.councils,
                "councils_moved": mover.councils_moved, "seats_net": mover.seats_net,
                "seats_moved": mover.seats_moved,
            }
            for mover in found.movers
        ],
    }  # fmt: skip


def _time(entry: Entry, *, padded: bool) -> str:
    time = hh_mm(entry.at, estimated=entry.clock == "estimated")
    return f"{time:>6}" if padded else time


def _count(number: int) -> str:
    return signed(number) if number < 0 else f"{number:,}"


def _span(found: Digest) -> str:
    if found.until is None:
        return "Nothing yet"
    until = f"{day(found.until)} {hh_mm(found.until)} {zone(found.until)}"
    since = "the beginning" if found.since is None else f"{day(found.since)} {hh_mm(found.since)}"
    test = "TEST DATA · " if found.test else ""
    return f"{test}Since {since}, until {until}"


def _mover(mover: Mover) -> str:
    said = [f"{mover.label}:"]
    if mover.councils_moved:
        said.append(f"councils {signed(mover.councils_moved)} to {mover.councils}")
    if mover.seats_moved:
        said.append(f"seats net {signed(mover.seats_moved)} to {signed(mover.seats_net)}")
    return f"{said[0]} {', '.join(said[1:])}"
