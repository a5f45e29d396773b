"""The sentences under the scoreboard: baselines, agency totals, contests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Literal

from feed.english import capitalised, counted
from feed.model.standing import ContestStanding, Scoreboard, TotalStanding
from feed.model.terms import ContestKind
from feed.wording.control import BASELINES
from feed.wording.progress import contests_up
from tui.scoreboard.columns import BASELINE_HEADS
from tui.text.terminal_text import width as cells_of

Verdict = Literal["good", "bad", "warn", "dim"]
CONTESTS: Mapping[ContestKind, str] = MappingProxyType(
    {"mayor": "Mayors", "pcc": "Commissioners", "by_election": "By-elections"}
)


def baseline_words(board: Scoreboard, width: int) -> str:
    """Return what the changes are measured against, as fully as `width` cells allow."""
    if not board.baseline_councils:
        return ""
    since = BASELINES[board.baseline]
    of = counted(board.baseline_councils, "council")
    forms = [f"change {since} · {of}", f"{since} · {of}", since]
    return next((form for form in forms if cells_of(form) <= width), "")


def other_baseline_words(board: Scoreboard, heads: Sequence[str]) -> list[str]:
    """Return what each column of changes is measured against, where there are several.

    Args:
        board: the figures.
        heads: what stands above the columns.

    """
    if not board.other_baselines:
        return []
    said = []
    for baseline, count in ((board.baseline, board.baseline_councils), *board.other_baselines):
        head, since = BASELINE_HEADS[baseline][-1], BASELINES[baseline]
        lead = f"{head}: {since}, " if head in heads else f"{capitalised(since)}: "
        said.append(lead + counted(count, "council"))
    return said


def newest_total(totals: Sequence[TotalStanding]) -> TotalStanding | None:
    """Return the newest state of parties; running totals in news are none."""
    return next((total for total in reversed(totals) if not total.running), None)


def total_words(totals: Sequence[TotalStanding]) -> tuple[str, Verdict] | None:
    """Return the newest agency total held against ours, and how good that news is."""
    newest = newest_total(totals)
    if newest is None:
        return None
    of = f"{newest.declared}/{newest.of}" if newest.of else f"{newest.declared}"
    region = "" if newest.region.casefold() == "all" else f" {newest.region}"
    agency = f"agency{region} {of}"
    match newest.verdict:
        case "agrees":
            return f"= {agency} ✓", "good"
        case "explained":
            used = ", ".join(f"{name} r{revision}" for _, name, revision in newest.explained_by)
            return f"= {agency} with {used}" if used else f"= {agency}", "good"
        case "differs":
            return f"≠ {agency} differs: {'; '.join(newest.differences)}", "bad"
        case "waiting":
            names = ", ".join(newest.waiting_for[:3])
            more = len(newest.waiting_for) - 3
            names += f" and {more} more" if more > 0 else ""
            return f"{agency} waits for {names}" if names else f"{agency} waits", "warn"
        case "not comparable":
            return f"{agency} not comparable", "dim"


def contest_words(contests: Sequence[ContestStanding]) -> list[tuple[ContestKind, str]]:
    """Return `Mayors 4 of 6` for each kind of contest, with the recounts that are on."""
    there = Counter(contest.kind for contest in contests)
    up = {kind: contests_up(it for it in contests if it.kind == kind) for kind in there}
    done = Counter(contest.kind for contest in contests if contest.status == "declared")
    said: dict[ContestKind, list[str]] = {
        kind: [f"{name} {done[kind]}{f' of {up[kind]}' if up[kind] else ''}"]
        for kind, name in CONTESTS.items()
        if there[kind]
    }
    for contest in contests:
        if contest.status == "recount":
            said[contest.kind].append(f"recount at {contest.area}")
    return [(kind, " · ".join(parts)) for kind, parts in said.items()]
