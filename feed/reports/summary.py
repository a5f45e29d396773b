"""The standing as data: the JSON that others build on, and its fingerprint."""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import blake2b
from typing import Any

from feed.model.standing import (
    ContestStanding,
    CouncilStanding,
    Scoreboard,
    Standing,
    TotalStanding,
)
from feed.model.terms import HouseStyle
from feed.reports.silence import Silence, read_silence
from feed.wording.control import control_sentence
from feed.wording.progress import on_stage

Json = dict[str, Any]


def standing_summary(
    standing: Standing,
    style: HouseStyle = "bbc",
    *,
    full: bool = True,
    judged: Silence | None = None,
) -> Json:
    """Return the scoreboard, control, contests, agency totals and problems of a moment.

    Where only Northern Ireland is up, the figures at the top are its own.

    Args:
        standing: the moment.
        style: the house style of each council's `sentence`.
        full: with the councils; False leaves `councils` empty.
        judged: what silence means; without it, as at the newest entry.

    """
    shown = on_stage(standing)
    said = judged or read_silence(standing)
    return {
        "format": 1,
        "election": {
            "name": standing.title,
            "date": standing.date.isoformat() if standing.date else None,
            "timezone": standing.timezone,
        },
        "test_data": standing.test,
        "note": standing.note or None,
        "as_of": _iso(standing.as_of),
        **_progress(shown.scoreboard, shown.declared, shown.councils_up),
        "rushed": standing.rushed,
        "silence": {"kind": said.kind, "says": said.says},
        "parties": _parties(shown.scoreboard),
        "councils": [_council(c, style) for c in standing.councils] if full else [],
        "contests": [_contest(contest) for contest in standing.contests],
        "agency_totals": [_total(total) for total in standing.totals if not total.running],
        "problems": [
            {"file": p.file, "line": p.line, "what": p.what, "fix": p.fix}
            for p in standing.problems
        ],
        "set_aside": [
            {"date": each.day.isoformat(), "files": len(each.files), "messages": each.messages}
            for each in standing.set_aside
        ],
        "not_shown": [
            {"of": of, "what": what, "messages": count} for of, what, count in standing.not_shown
        ],
        "northern_ireland": {
            **_progress(standing.ni_scoreboard, standing.ni_declared, standing.ni_councils_up),
            "councils": [_council(c, style) for c in standing.ni_councils] if full else [],
            "parties": _parties(standing.ni_scoreboard),
        },
        "fingerprint": fingerprint(standing),
    }


def fingerprint(standing: Standing) -> str:
    """Return a hash of the standing alone: not of times, order, file names or test marks."""
    facts = {
        "councils": [
            [
                c.id, c.status, c.before, c.after, c.outcome, c.revision, c.size, c.seats_up,
                [
                    (s.party, s.held, s.offered, s.won, s.after, s.change, s.provisional)
                    for s in sorted(c.seats, key=lambda line: line.party)
                ],
                [(w.ward, w.seats, sorted(w.won.items())) for w in c.wards],
                c.baseline,
            ]
            for c in sorted(
                standing.all_councils, key=lambda council: council.id
            )
        ],
        "contests": [
            [c.id, c.status, c.before, c.winner, c.outcome, c.revision]
            for c in sorted(standing.contests, key=lambda contest: contest.id)
        ],
        "board": [
            [r.party, r.councils, r.gained, r.lost, r.seats_won, r.seats_net, r.seats_after,
             sorted(r.seats_net_other.items())]
            for board in (standing.scoreboard, standing.ni_scoreboard)
            for r in sorted(board.rows, key=lambda row: row.party)
        ],
        "up": standing.councils_up,
    }  # fmt: skip
    written = json.dumps(facts, sort_keys=True, separators=(",", ":"), check_circular=False)
    return blake2b(written.encode(), digest_size=16).hexdigest()


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat().replace("+00:00", "Z")


def _progress(board: Scoreboard, declared: int, up: int) -> Json:
    """Return how far it is; none for a number up that nobody has said."""
    return {
        "baseline": board.baseline if board.baseline_councils else None,
        "declared": declared,
        "councils_up": up or None,
    }


def _parties(board: Scoreboard) -> list[Json]:
    return [
        {
            "party": row.party,
            "label": row.label,
            "councils": row.councils,
            "councils_gained": row.gained,
            "councils_lost": row.lost,
            "councils_net": row.net,
            "seats_won": row.seats_won,
            "seats_net": row.seats_net,
            "seats_after": row.seats_after,
            "seats_net_other": dict(row.seats_net_other),
        }
        for row in board.rows
    ]


def _council(council: CouncilStanding, style: HouseStyle) -> Json:
    return {
        "council": council.name,
        "gss": council.gss,
        "matched_as": council.matched_as or None,
        "status": council.status,
        "control_before": council.before,
        "control_after": council.after,
        "outcome": council.outcome,
        "revision": council.revision,
        "sentence": control_sentence(council, style),
        "declared_at": _iso(council.declared_at),
        "declared_at_estimated": council.declared_at_estimated,
        "declared_at_basis": council.declared_clock,
    }


def _contest(contest: ContestStanding) -> Json:
    return {
        "kind": contest.kind,
        "area": contest.area,
        "date": None if contest.poll is None else contest.poll.isoformat(),
        "status": contest.status,
        "before": contest.before,
        "winner": contest.winner,
        "outcome": contest.outcome,
        "revision": contest.revision,
    }


def _total(total: TotalStanding) -> Json:
    return {
        "declared": total.declared,
        "region": total.region,
        "verdict": total.verdict,
        "agrees": total.verdict == "agrees",
        "explained_by": [
            {"council": name, "revision": revision} for _, name, revision in total.explained_by
        ],
        "differences": list(total.differences),
        "says": total.says,
    }
