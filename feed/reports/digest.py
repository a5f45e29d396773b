"""What happened between two moments of a night, in words and as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from feed.clock import day, hh_mm, spans_days, time_width, zone
from feed.english import noun, number
from feed.errors import UsageProblem
from feed.ledger.night import Night
from feed.model.entries import CORRECTED, TROUBLED, Entry, EntryKind, Mark, PlaceId
from feed.model.parties import PartyId
from feed.model.standing import CouncilStanding, Standing
from feed.model.terms import Baseline, HouseStyle
from feed.records import record
from feed.reports.standing_text import markdown_escaped
from feed.rules.scoreboard import signed
from feed.typed_times import parse_moment
from feed.wording.control import BASELINES, control_sentence, sentence
from feed.wording.progress import on_stage, rushes

_MOST = 12
EntryLine = tuple[Entry, str]
"""An entry, and its sentence."""


@record(frozen=True, slots=True)
class Mover:
    """A party's seats net and councils, before and after."""

    party: PartyId
    label: str
    councils: int
    councils_moved: int
    seats_net: int
    seats_moved: int


@record(frozen=True, slots=True)
class ControlChange:
    """A council's control at the end of a stretch, and the entry that told it last."""

    entry: Entry
    council: CouncilStanding


@record(frozen=True, slots=True)
class Digest:
    """The sum of a stretch of the night."""

    since: datetime | None
    until: datetime | None
    declared: int
    declared_in_all: int
    councils_up: int
    """0 where nobody has said it."""
    changes: tuple[ControlChange, ...]
    """Each council once that has changed hands since, as it stands at the end."""
    taken_back: tuple[ControlChange, ...]
    """Councils that had changed hands before, and have not at the end."""
    corrections: tuple[Entry, ...]
    problems: tuple[Entry, ...]
    totals: tuple[Entry, ...]
    contests: tuple[Entry, ...]
    ireland: tuple[Entry, ...]
    """Results of Northern Ireland's councils, which no party controls."""
    news: tuple[Entry, ...]
    rushes: int
    movers: tuple[Mover, ...]
    baseline: Baseline | None = None
    """What the movers' seats are measured against; none where no change is known."""
    test: bool = False
    """Some of it is rehearsal data."""
    holds: tuple[Entry, ...] = ()
    """Declarations that changed no control."""


def digest(before: Standing, after: Standing) -> Digest:
    """Sum up what `after` knows and `before` did not.

    Args:
        before: the standing at the first moment.
        after: the standing at the second, of the same night.

    """
    new = after.log.since(len(before.log))
    was, now = on_stage(before), on_stage(after)
    changes, taken_back = _changes(before, after, new)
    apart = {str(council.id) for council in after.ni_councils}
    return Digest(
        since=before.as_of,
        until=after.as_of,
        declared=now.declared - was.declared,
        declared_in_all=now.declared,
        councils_up=now.councils_up,
        changes=changes,
        taken_back=taken_back,
        corrections=_of(new, lambda e: e.kind in CORRECTED),
        problems=_of(new, lambda e: e.kind in TROUBLED or e.mark is Mark.REJECTED),
        totals=_of(new, lambda e: e.kind is EntryKind.TOTAL),
        contests=_of(new, lambda e: e.kind is EntryKind.CONTEST and e.subject not in apart),
        ireland=_of(new, lambda e: e.kind is EntryKind.CONTEST and e.subject in apart),
        news=_of(new, lambda e: e.kind is EntryKind.NEWS),
        rushes=sum(entry.kind is EntryKind.RUSH for entry in new),
        movers=tuple(sorted(_movers(was, now), key=lambda m: (-abs(m.seats_moved), m.label))),
        baseline=now.scoreboard.baseline if now.scoreboard.baseline_councils else None,
        test=after.test,
        holds=_of(new, lambda e: e.kind is EntryKind.HOLD),
    )


def _changes(
    before: Standing, after: Standing, new: tuple[Entry, ...]
) -> tuple[tuple[ControlChange, ...], tuple[ControlChange, ...]]:
    """Return the councils that have changed hands since, and those that no longer have.

    Together they move the scoreboard as far as the stretch does: what was told and taken back
    within it is in neither.
    """
    was, now = _moves(before), _moves(after)
    last = {entry.subject: entry for entry in new}
    last |= {entry.subject: entry for entry in new if entry.flips}
    every = {council.id: council for council in (*before.councils, *after.councils)}
    moved = sorted(
        (
            ControlChange(last.get(council.id, new[-1]), council)
            for council in every.values()
            if new and was.get(council.id) != now.get(council.id)
        ),
        key=lambda change: change.entry.seq,
    )
    return (
        tuple(change for change in moved if change.council.id in now),
        tuple(change for change in moved if change.council.id not in now),
    )


def _moves(standing: Standing) -> dict[PlaceId, tuple[PartyId | None, PartyId | None]]:
    return {
        council.id: (council.before, council.after)
        for council in standing.councils
        if council.status == "declared" and council.changed_hands
    }


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


@record(frozen=True, slots=True)
class DigestPart:
    """Entries of one kind, the newest first, and how many more there are."""

    title: str
    entries: tuple[EntryLine, ...]
    more: int = 0


@record(frozen=True, slots=True)
class DigestLines:
    """A digest for a reader who was away: what matters first."""

    stretch: str
    progress: str
    movers: tuple[str, ...]
    parts: tuple[DigestPart, ...]


_FIRST = ("Corrections", "Changes of control", "Changes taken back", "Problems")
_MOST_LINES = 40


def digest_lines(found: Digest, style: HouseStyle) -> DigestLines:
    """Return a digest line by line: corrections and changes first, holds in one line at the end."""
    parts = {title: rows for title, rows in _parts(found, style) if rows}
    order = [*(title for title in _FIRST if title in parts), *parts]
    told = []
    for title in dict.fromkeys(order):
        newest = sorted(parts[title], key=lambda row: -row[0].seq)
        shown, more = newest[:_MOST_LINES], max(0, len(newest) - _MOST_LINES)
        told.append(DigestPart(f"{title} ({len(newest)})", tuple(shown), more))
    if found.holds:
        told.append(DigestPart(f"Holds ({len(found.holds)})", (), len(found.holds)))
    since = f" {BASELINES[found.baseline]}" if found.baseline else ""
    movers = tuple(_moved(mover, since) for mover in found.movers)
    return DigestLines(_span(found), _progress(found), movers, tuple(told))


def _moved(mover: Mover, since: str) -> str:
    """Return `Con −38 seats → −144 since the eve of poll, councils −3 → 24`."""
    said = []
    if mover.seats_moved:
        word = noun(mover.seats_moved, "seat")
        said.append(f"{signed(mover.seats_moved)} {word} → {signed(mover.seats_net)}{since}")
    if mover.councils_moved:
        word = noun(mover.councils_moved, "council")
        said.append(f"{signed(mover.councils_moved)} {word} → {mover.councils:,}")
    return f"{mover.label} {', '.join(said)}"


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
    said = f"{number(found.declared)} declared, {found.declared_in_all:,}{of} in all"
    return f"{said}; {rushes(found.rushes)}" if found.rushes else said


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


def stretch(night: Night, since: str | None, until: str | None) -> Digest:
    """Return the sum of what came after `since` and by `until`, each as it was known then.

    Args:
        night: the whole night.
        since: `02:10`, `+90m` from the night's opening, or ISO; none for the beginning.
        until: the same; none for the end.

    Raises:
        UsageProblem: when one is no time, the second lies before the first, or the first after
            everything.

    """
    opening = night.opening
    if opening is None:
        return digest(Standing(), night.edge())
    end = night.last_at
    first = None if since is None else parse_moment(since, opening, end=end).astimezone(UTC)
    last = None if until is None else parse_moment(until, opening, end=end).astimezone(UTC)
    if first is not None and last is not None and last < first:
        raise UsageProblem(
            f"--until {until} lies before --since {since}", "give the earlier time first"
        )
    if first is not None and end is not None and end < first:
        raise UsageProblem(
            f"--since {since} lies after the last of the night, {day(end)} {hh_mm(end)}",
            "give an earlier time",
        )
    before = Standing() if first is None else night.at(night.position_at(first))
    after = night.edge() if last is None else night.at(night.position_at(last))
    found = digest(before, after)
    return replace(found, since=first or found.since, until=last or found.until)
