"""How a saved feed is played: from when, to when and how fast."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from feed.ledger.step import Step
from feed.session.transport import Transport


def replay_transport(  # noqa: PLR0913
    steps: Sequence[Step],
    *,
    speed: float,
    loop: bool = False,
    gap_limit: float | None = None,
    start: datetime | None = None,
    playing: bool = True,
) -> Transport | None:
    """Return the transport of a saved feed: from its first news on, the rosters in already."""
    if not steps:
        return None
    happenings = [step.at for step in steps if step.happens]
    times = happenings or [step.at for step in steps]
    first, last = min(times), max(times)
    opening = first - timedelta(seconds=1)
    now = opening if start is None else min(last, max(opening, start))
    return Transport(opening, last, now, speed, playing, loop, gap_limit)
