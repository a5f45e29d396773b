"""A digest in words, for people, and as data, for machines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from feed.clock import day, hh_mm, spans_days, time_width, zone
from feed.model.entries import Entry
from feed.model.terms import HouseStyle
from feed.reports.digest import ControlChange, Digest, Mover
from feed.reports.standing_text import markdown_escaped
from feed.rules.scoreboard import signed
from feed.wording.control import BASELINES, control_sentence, sentence
from feed.wording.progress import rushes

_MOST = 12
EntryLine = tuple[Entry, str]
"""An entry, and its sentence."""


def digest_as_text(found: Digest, style: HouseStyle, *, marked: bool = False) -> str:
    """Return a digest as lines; `marked` for Markdown."""
    head, bullet = ("## ", "- ") if marked else ("", "  ")
    lines = [f"{'# ' if marked else ''}{_span(found)}", "", _progress(found)]
    if found.movers:
        moved = any(mover.seats_moved for mover in found.movers)
        since = f" (seats net {BASELINES[found.baseline]})" if moved and found.baseline else ""
        lines += ["", f"{head}Movers{since}"]
        lines += [f"{bullet}{_mover(mover)}" for mover in found.movers]
    parts = [(title, rows) for title, rows in _parts(found, style) if rows]
    dated = spans_days(entry.at for _, rows in parts for entry, _ in rows[:_MOST])
    for title, rows in parts:
        lines += ["", f"{head}{title} ({len(rows)})"]
        for entry, words in rows[:_MOST]:
            time = hh_mm(entry.at, estimated=entry.is_estimated, dated=dated)
            padded = time if marked else f"{time:>{time_width(dated=dated)}}"
            lines.append(f"{bullet}{padded}  {markdown_escaped(words) if marked else words}")
        if len(rows) > _MOST:
            lines.append(f"{bullet}and {len(rows) - _MOST} more")
    return "\n".join(lines)


def digest_as_json(found: Digest, style: HouseStyle) -> dict[str, Any]:
    """Return a digest for machines."""
    parts = {
        title.lower().replace(" ", "_"): [
            {"at": e.at.isoformat(), "estimated": e.is_estimated, "sentence": words}
            for e, words in rows
        ]
        for title, rows in _parts(found, style)
    }
    return {
        "format": 1,
        "test_data": found.test,
        "since": found.since.isoformat() if found.since else None,
        "until": found.until.isoformat() if found.until else None,
        "declared": found.declared,
        "declared_in_all": found.declared_in_all,
        "councils_up": found.councils_up or None,
        "rushes": found.rushes,
        "baseline": found.baseline,
        **parts,
        "movers": [
            {
                "party": mover.party, "councils": mover.councils,
                "councils_moved": mover.councils_moved, "seats_net": mover.seats_net,
                "seats_moved": mover.seats_moved,
            }
            for mover in found.movers
        ],
    }  # fmt: skip


def _parts(found: Digest, style: HouseStyle) -> Iterator[tuple[str, list[EntryLine]]]:
    def of(entries: Iterable[Entry]) -> list[EntryLine]:
        return [(entry, sentence(entry, style)) for entry in entries]

    def councils(changes: Iterable[ControlChange]) -> list[EntryLine]:
        return [(change.entry, control_sentence(change.council, style)) for change in changes]

    yield "Changes of control", councils(found.changes)
    yield "Changes taken back", councils(found.taken_back)
    yield "Corrections", of(found.corrections)
    yield "Problems", of(found.problems)
    yield "Agency totals", of(found.totals)
    yield "Contests", of(found.contests)
    yield "Northern Ireland", of(found.ireland)
    yield "News", of(found.news)


def _progress(found: Digest) -> str:
    of = f" of {found.councils_up:,}" if found.councils_up else ""
    said = f"{_count(found.declared)} declared, {found.declared_in_all:,}{of} in all"
    return f"{said}; {rushes(found.rushes)}" if found.rushes else said


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
    said = []
    if mover.councils_moved:
        said.append(f"councils {signed(mover.councils_moved)} to {mover.councils:,}")
    if mover.seats_moved:
        said.append(f"seats net {signed(mover.seats_moved)} to {signed(mover.seats_net)}")
    return f"{mover.label}: {', '.join(said)}"
