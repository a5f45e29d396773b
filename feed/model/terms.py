"""The words of an election night that every part of the desk shares, and what a majority is."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal, get_args

Baseline = Literal["eve_of_poll", "last_fought", "notional", "unknown"]
"""What a change is measured against (rule 10)."""
Outcome = Literal["hold", "no_change", "gain", "lose", "win"]
"""What a declaration did to control (rule 3)."""
TimeBasis = Literal["reported", "estimated"]
"""Whether a time was told by a source or estimated by whoever made the feed."""
ContestKind = Literal["mayor", "pcc", "by_election"]
ContestStage = Literal["nominations", "rush", "result", "recount"]
Elects = Literal["whole", "halves", "thirds"]
HouseStyle = Literal["bbc", "pa", "plain"]
"""bbc: `NOC gain from Con`. pa: `C lose Worcester to no overall control`. plain: a sentence."""
LATE_AFTER = timedelta(minutes=30)
"""How long after its expected time a council is late, where nobody says otherwise."""
AlertCause = Literal[
    "first-gain", "one-short", "correction", "rejected", "total", "late", "heartbeat", "source",
    "unsaved", "complete",
]  # fmt: skip
"""What is worth an alert beside changes of control, what is watched, and figures that are set."""
ALERT_CAUSES: tuple[AlertCause, ...] = get_args(AlertCause)
USUAL_CAUSES: tuple[AlertCause, ...] = (
    "rejected", "total", "late", "heartbeat", "source", "unsaved", "complete"
)  # fmt: skip
HOUSE_STYLES: tuple[HouseStyle, ...] = get_args(HouseStyle)


def majority_of(seats: int) -> int:
    """Return how many of so many filled seats make a majority: more than half (rule 1).

    Whoever calls it leaves vacant seats out.
    """
    return seats // 2 + 1
