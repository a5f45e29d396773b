"""How far a night is, in words; where nobody has said how many councils are up, without an "of"."""

from __future__ import annotations

from dataclasses import replace

from feed.model.standing import Standing


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


def rushes(count: int) -> str:
    """Return `1 rush` or `62 rushes`."""
    return f"{count:,} {'rush' if count == 1 else 'rushes'}"


def progress_words(standing: Standing) -> str:
    """Return `112 of 248 declared, 3 rushes`."""
    said = declared_of(*standing.progress)
    return f"{said}, {rushes(standing.rushed)}" if standing.rushed else said
