"""How far a night is, in words; where nobody has said how many councils are up, without an "of"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from feed.english import counted
from feed.model.messages import PageReading
from feed.model.standing import ContestStanding, Standing

_MOST_LINES_NAMED = 8


def on_stage(standing: Standing) -> Standing:
    """Return the standing whose figures are shown: Northern Ireland's where nothing else is up."""
    if not standing.is_apart:
        return standing
    declared, up = standing.progress
    return replace(standing, scoreboard=standing.ni_scoreboard, declared=declared, councils_up=up)


def declared_of(declared: int, up: int) -> str:
    """Return `112 of 248 declared`; where nobody has said how many are up, `112 declared`."""
    if up:
        return f"{declared:,} of {up:,} declared"
    return f"{declared:,} declared" if declared else "none declared"


def contests_up(contests: Iterable[ContestStanding]) -> int:
    """Return how many contests there are; 0 where one came in of which nobody had told before."""
    contests = tuple(contests)
    return len(contests) if all(contest.nominated for contest in contests) else 0


def rushes(count: int) -> str:
    """Return `1 rush` or `62 rushes`."""
    return counted(count, "rush", "rushes")


def progress_words(standing: Standing) -> str:
    """Return `112 of 248 declared, 3 rushes`."""
    said = declared_of(*standing.progress)
    return f"{said}, {rushes(standing.rushed)}" if standing.rushed else said


def page_reading(page: PageReading) -> str:
    """Return `64 councils named, 58 read; line 112 not read: “…”`."""
    named = f"{counted(page.councils, 'council')} named"
    read = f"{page.read:,} read" if page.read else "none read"
    text = f"{named}, {read}" if page.councils else "no council named, no result read"
    numbers = [f"{each.line:,}" for each in page.unread[:_MOST_LINES_NAMED]]
    more = len(page.unread) - len(numbers)
    match page.unread:
        case ():
            return text
        case (one,):
            return f"{text}; line {one.line:,} not read: {one.text}"
        case _:
            listed = ", ".join(numbers) + (f" and {more:,} more" if more else "")
            return f"{text}; {len(page.unread):,} lines not read: {listed}"
