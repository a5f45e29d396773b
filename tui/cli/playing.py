"""`nightdesk demo` and `nightdesk replay`: a saved night on the screen."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from feed.errors import SourceUnreadable, UsageProblem
from tui.cli import completion
from tui.cli.flags import (
    DateOption,
    FollowOption,
    PlainOption,
    StartOption,
    poll_asked,
    with_options,
)
from tui.running.start import Playing, play, run_following
from tui.settings.config import Config

_WHERE_IT_IS_ALIVE = "02:00"
"""When some 45 councils of the demo's night have declared, and many more are about to."""


@with_options
def demo(config: Config, start: StartOption = None, plain: PlainOption = False) -> None:
    """Play the English night of 2 May 2019 in a loop, as a first try.

    Examples:
    nightdesk demo

    nightdesk demo --start 03:00 --theme light

    nightdesk demo --view wall --cycle 20s
    """
    from tui.running.samples import sample_feed  # noqa: PLC0415

    play(sample_feed("england-2019"), as_demo(config, start, plain=plain), config.options)


def as_demo(config: Config, start: str | None, *, plain: bool = False) -> Playing:
    """Return how the demo is played."""
    options = config.options
    return Playing(
        speed=options.speed or "300",
        start=start or _WHERE_IT_IS_ALIVE,
        loop=options.loop is not False,
        gap_limit=options.gap_limit or 2.0,
        paced=config.is_flag("speed"),
        plain=plain,
        tips=True,
    )


@with_options
def replay(  # noqa: PLR0913  # each is a flag of the command
    config: Config,
    *,
    path: Annotated[
        Path | None,
        typer.Argument(
            metavar="PATH",
            help="A recording, or a folder of result files.",
            autocompletion=completion.recording_names,
        ),
    ] = None,
    start: StartOption = None,
    paused: Annotated[bool, typer.Option("--paused", help="Open without playing.")] = False,
    last: Annotated[bool, typer.Option("--last", help="Play the newest recording.")] = False,
    follow: FollowOption = False,
    day: DateOption = None,
    plain: PlainOption = False,
) -> None:
    """Play a saved night again, with speed, pause and steps.

    Examples:
    nightdesk replay sample_feeds/england-2019 --start 01:30

    nightdesk replay sample_feeds/england-2019 --plain --round-ups
    """
    options = config.options
    if last:
        from feed.recording.shelf import newest_recording  # noqa: PLC0415

        path = newest_recording(options.recordings)
        if path is None:
            raise SourceUnreadable("there is no recording yet", "`nightdesk watch DIR` makes one")
    if path is None:
        raise UsageProblem("nothing to replay", "give a PATH, or --last for the newest recording")
    if follow:
        paces = [
            f"--{name.replace('_', '-')}"
            for name in ("speed", "loop", "gap_limit")
            if config.is_flag(name) and getattr(options, name) is not False
        ]
        paces += ["--start"] * (start is not None) + ["--paused"] * paused
        paces += ["--date"] * (day is not None)
        run_following(path, paces, options, plain=plain)
        return
    asked = Playing(
        speed=options.speed or "60",
        start=start,
        loop=bool(options.loop),
        gap_limit=options.gap_limit,
        paused=paused,
        paced=config.is_flag("speed"),
        plain=plain,
        poll=poll_asked(day),
    )
    play(path, asked, options)
