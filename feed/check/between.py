"""A stretch of a night, from one moment to another, summed up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

from feed.clock import day, hh_mm
from feed.errors import UsageProblem
from feed.ledger.night import Night
from feed.model.standing import Standing
from feed.reports.digest import Digest, digest
from feed.typed_times import parse_moment


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
