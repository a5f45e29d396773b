"""A night as one page: its events folded into frames, and the page that shows them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib.resources import files
from typing import Any, Final

from feed.councils.tile_places import tile_places
from feed.ledger.night import Night
from feed.ledger.step import Step
from feed.model.entries import Entry, EntryKind, PlaceId
from feed.model.parties import PartyId, party_of
from feed.model.standing import BoardRow, CouncilStanding, Standing
from feed.model.terms import HouseStyle
from feed.reports.standing_text import baseline_sentence
from feed.wording.control import control_sentence, sentence
from feed.wording.progress import on_stage
from tui.colours.contrast import ink
from tui.colours.party_colours import background, letter

_MARK: Final = "/*THE NIGHT*/"
_UNSEEN: Final = frozenset({EntryKind.ROSTER, EntryKind.EXPECTED, EntryKind.DESK})
"""What only the desk's own log tells."""
_A_ROW: Final = 24
"""Tiles in a row of those that no map knows, below the map."""


@dataclass(slots=True)
class _Told:
    """What the frames so far have said, so that each says only what is new."""

    board: dict[str, tuple[int | None, ...]] = field(default_factory=dict)
    councils: dict[str, tuple[object, ...]] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    entries: int = 0
    superseded: int = 0


def night_page(steps: Iterable[Step], style: HouseStyle) -> str:
    """Return a saved night as one page of HTML that needs no network.

    Args:
        steps: the night, in order of time.
        style: the house style of its sentences.

    """
    page = files("tui.export").joinpath("night.html").read_text(encoding="utf-8")
    data = json.dumps(night_data(steps, style), ensure_ascii=False, separators=(",", ":"))
    safe = data.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return page.replace(_MARK, safe, 1)


def night_data(steps: Iterable[Step], style: HouseStyle) -> dict[str, Any]:
    """Return a night as data: what there is once, then a frame for every moment of change.

    The figures of a frame are those of `summary --at` its time, since both are the fold of the
    same steps.

    Args:
        steps: the night, in order of time.
        style: the house style of its sentences.

    """
    night, told, frames = Night(), _Told(), list[dict[str, Any]]()
    steps = list(steps)
    night.expect(steps)
    pending: Step | None = None
    for step in steps:
        if pending is not None and step.at > pending.at:
            _add_frame(frames, night, told, style)
        night.append(step, step.at)
        pending = step
    if pending is not None:
        _add_frame(frames, night, told, style)
    standing = night.edge()
    councils = sorted(standing.all_councils, key=lambda it: told.places.get(it.id, 1 << 20))
    cells, outline = _map(standing)
    return {
        "title": standing.title,
        "date": standing.date.isoformat() if standing.date else None,
        "baseline": baseline_sentence(on_stage(standing).scoreboard),
        "test": standing.test,
        "parties": _parties(standing),
        "councils": [[it.name, it.region or "", *cells[it.id]] for it in councils],
        "outline": outline,
        "frames": frames,
        "opening": _seconds(night.opening) if night.opening else 0,
    }


def _add_frame(frames: list[dict[str, Any]], night: Night, told: _Told, style: HouseStyle) -> None:
    standing = night.edge()
    shown = on_stage(standing)
    frame: dict[str, Any] = {}
    rows = {str(row.party): _row(row) for row in shown.scoreboard.rows}
    board = [[party, *row] for party, row in rows.items() if told.board.get(party) != row]
    gone = [party for party in told.board if party not in rows]
    if board or gone:
        frame["b"] = board + [[party] for party in gone]
        told.board = dict(rows)
    councils = list[list[object]]()
    for council in standing.all_councils:
        facts = _facts(council, style)
        if told.councils.get(council.id) != facts:
            told.councils[council.id] = facts
            councils.append([told.places.setdefault(council.id, len(told.places)), *facts])
    if councils:
        frame["c"] = councils
    entries = standing.log.since(told.entries)
    told.entries += len(entries)
    if lines := [_entry(it, style, told) for it in entries if it.kind not in _UNSEEN]:
        frame["e"] = lines
    if len(standing.superseded) != told.superseded:
        told.superseded = len(standing.superseded)
        frame["s"] = sorted(standing.superseded)
    if frame:
        declared, up = shown.progress
        at = night.last_at
        frames.append({"t": _seconds(at) if at else 0, "d": [declared, up], **frame})


def _seconds(at: datetime) -> int:
    return int(at.timestamp())


def _row(row: BoardRow) -> tuple[int | None, ...]:
    return row.councils, row.gained, row.lost, row.seats_won, row.seats_net


def _facts(council: CouncilStanding, style: HouseStyle) -> tuple[object, ...]:
    """Return status, control before and after, and, once declared, the sentence and the seats."""
    declared = council.status == "declared"
    seats = [[it.party, it.held, it.won, it.after] for it in council.seats] if declared else []
    return (
        council.status,
        council.before,
        council.after,
        1 if council.changed_hands else 0,
        control_sentence(council, style) if declared else "",
        seats,
    )


def _entry(entry: Entry, style: HouseStyle, told: _Told) -> list[object]:
    place = told.places.get(str(entry.subject), -1)
    flags = entry.flips + 2 * entry.is_estimated
    return [entry.seq, entry.kind.value, place, flags, sentence(entry, style), entry.detail,
            _seconds(entry.at)]  # fmt: skip


def _map(standing: Standing) -> tuple[Mapping[PlaceId, tuple[int, int]], list[list[object]]]:
    """Return each council's tile and those of the others of its nation, with their names.

    A tile is a column and a row counted southwards; odd rows lie half a tile to the right. What
    no map knows stands in rows below.
    """
    placed = tile_places((it.id for it in standing.all_councils), standing.date)
    cells = {place: (tile.column, -tile.row) for place, tile in placed.tiles.items()}
    outline = [[name, tile.column, -tile.row] for tile, name in placed.outline.items()]
    rows = [row for _, row in cells.values()] + [-tile.row for tile in placed.outline]
    left = min((tile.column for tile in (*placed.tiles.values(), *placed.outline)), default=0)
    below = max(rows, default=-2) + 2
    for at, place in enumerate(placed.unplaced):
        cells[place] = (left + at % _A_ROW, below + at // _A_ROW)
    return cells, outline


def _parties(standing: Standing) -> dict[str, list[str]]:
    ids: set[PartyId] = {row.party for row in standing.scoreboard.rows}
    ids |= {row.party for row in standing.ni_scoreboard.rows}
    labels = {row.party: row.label for row in standing.scoreboard.rows}
    labels |= {row.party: row.label for row in standing.ni_scoreboard.rows}
    for council in standing.all_councils:
        ids |= {it.party for it in council.seats}
        ids |= {party for party in (council.before, council.after) if party}
    return {str(it): _party(it, labels) for it in sorted(ids)}


def _party(party: PartyId, labels: Mapping[PartyId, str]) -> list[str]:
    known = party_of(party, labels)
    dark, light = background(party, True), background(party, False)
    return [known.label, known.name, letter(party, labels), dark, ink(dark), light, ink(light)]
