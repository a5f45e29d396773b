"""`nightdesk drop` on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from feed.errors import UsageProblem
from tui.cli.flags import GapOption, PathArgument

IntoOption = Annotated[
    Path,
    typer.Option("--into", metavar="DIR", help="A new or empty folder; it is marked as a test."),
]
PaceOption = Annotated[
    str | None,
    typer.Option(
        "--speed",
        help="Feed seconds a second, 0.25 to 3600, or max; 60 by default.",
        metavar="N",
    ),
]
AtOnceOption = Annotated[
    str | None,
    typer.Option("--start", help="Drop what came before 01:30, or +90m, at once.", metavar="TIME"),
]
ChaosOption = Annotated[
    str,
    typer.Option(
        "--chaos",
        metavar="LIST",
        help="Faults on purpose: all, or truncate, duplicate, reorder, late, clock, "
        "stop-heartbeat with commas between.",
    ),
]
SeedOption = Annotated[
    int, typer.Option("--seed", metavar="N", help="The same seed makes the same faults.")
]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="TIME",
        help="Move the times in the files as if the night began today at 22:00; now by default.",
    ),
]
KeepOption = Annotated[
    bool, typer.Option("--keep-times", help="Leave the times in the files as they are.")
]
LinesOption = Annotated[bool, typer.Option("--plain", help="One line a file, also on a terminal.")]


def drop(  # noqa: PLR0913, PLR0917
    path: PathArgument,
    into: IntoOption,
    speed: PaceOption = None,
    gap_limit: GapOption = None,
    start: AtOnceOption = None,
    chaos: ChaosOption = "",
    seed: SeedOption = 1,
    as_of: AsOfOption = None,
    keep_times: KeepOption = False,
    plain: LinesOption = False,
) -> None:
    """Write a saved feed into a folder as if it came today.

    This is a rehearsal of a night, with faults on request.

    Examples:
    nightdesk drop sample_feeds/rehearsal --into rehearsal

    nightdesk drop sample_feeds/rehearsal --into faulty --speed max --chaos all --seed 7
    """
    from feed.rehearsal.faults import faults_named  # noqa: PLC0415
    from tui.cli.rehearse import Wish, rehearse  # noqa: PLC0415
    from tui.settings.config import load_config  # noqa: PLC0415

    if keep_times and as_of is not None:
        raise UsageProblem("--as-of means nothing with --keep-times", "leave one of them out")
    asked = load_config({"speed": speed or "60", "gap_limit": gap_limit}).options
    wish = Wish(
        speed=float((asked.speed or "60").replace("max", "inf")),
        gap_limit=None if gap_limit is None else asked.gap_limit,
        start=start,
        faults=faults_named(chaos),
        seed=seed,
        as_of=as_of,
        keep_times=keep_times,
        plain=plain,
    )
    if code := rehearse(path, into, wish):
        raise typer.Exit(code)
