"""A night on the screen, or as lines where there is none."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from feed.ledger import Step
    from feed.session import Post, Session
    from tui.options import Options


@dataclass(frozen=True, slots=True)
class Playing:
    """How a saved night is to be played."""

    speed: str
    start: str | None = None
    loop: bool = False
    gap_limit: float | None = None
    paused: bool = False
    paced: bool = False
    """The speed was asked for; lines without a screen come as fast as they can otherwise."""
    plain: bool = False


def play(path: Path, asked: Playing, options: Options) -> None:
    """Play a saved night."""
    from feed.sources.playback import load  # noqa: PLC0415
    from feed.transport import AS_FAST_AS_IT_GOES  # noqa: PLC0415
    from tui.launch import replay_session  # noqa: PLC0415

    as_lines = _as_lines(asked.plain)
    fastest = asked.speed == "max" or (as_lines and not asked.paced)
    pace = AS_FAST_AS_IT_GOES if fastest else float(asked.speed)
    steps: list[Step] = load(path)

    def make(post: Post) -> Session:
        return replay_session(
            post, steps, path, speed=pace, start=asked.start, loop=asked.loop and not as_lines,
            gap_limit=asked.gap_limit, paused=asked.paused and not as_lines,
            round_ups=options.round_ups,
        )  # fmt: skip

    run(make, options, plain=asked.plain)


def _as_lines(plain: bool) -> bool:
    return plain or not sys.stdout.isatty()


def run(make: Callable[[Post], Session], options: Options, *, plain: bool) -> None:
    """Show a session until it ends, and leave with its exit code."""
    if _as_lines(plain):
        from tui.plain import run_plain  # noqa: PLC0415

        code = run_plain(make, options.style)
    else:
        from tui.launch import look_of, show  # noqa: PLC0415

        code = show(make, look_of(options))
    if code:
        raise typer.Exit(code)
