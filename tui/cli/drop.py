"""`nightdesk drop` on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tui.cli.flags import GapOption, PathArgument

IntoOption = Annotated[
    Path,
    typer.Option("--into", metavar="DIR", help="A new or empty folder; it is marked as a test."),
]
PaceOption = Annotated[
    str | None,
    typer.Option(
        "--speed",
        help="Feed seconds a second, 0.25 to 3600, or max.",
        metavar="N",
        show_default="1",
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
SeedOption = Annotated[int, typer.Option("--seed", help="The same seed makes the same faults.")]
LinesOption = Annotated[bool, typer.Option("--plain", help="One line a file, also on a terminal.")]


def drop(  # noqa: PLR0913, PLR0917
    path: PathArgument,
    into: IntoOption,
    speed: PaceOption = None,
    gap_limit: GapOption = None,
    start: AtOnceOption = None,
    chaos: ChaosOption = "",
    seed: SeedOption = 1,
    plain: LinesOption = False,
) -> None:
    """Rehearse: write a saved feed into a folder again, at its own pace, with faults on request."""
    from feed.rehearsal.faults import faults_named  # noqa: PLC0415
    from tui.cli.rehearse import Wish, rehearse  # noqa: PLC0415
    from tui.settings.config import load_config  # noqa: PLC0415

    asked = load_config({"speed": speed or "1", "gap_limit": gap_limit}).options
    wish = Wish(
        speed=float((asked.speed or "1").replace("max", "inf")),
        gap_limit=None if gap_limit is None else asked.gap_limit,
        start=start,
        faults=faults_named(chaos),
        seed=seed,
        plain=plain,
    )
    if code := rehearse(path, into, wish):
        raise typer.Exit(code)
