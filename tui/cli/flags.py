"""The flags of the command line, each declared once; None means that it was not given."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from feed.model.terms import HOUSE_STYLES

Style = StrEnum("Style", {style: style for style in HOUSE_STYLES})  # type: ignore[misc]


class SummaryFormat(StrEnum):
    """How `summary` is written."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"


class CheckFormat(StrEnum):
    """How `check` is written."""

    TEXT = "text"
    JSON = "json"


PathArgument = Annotated[
    Path, typer.Argument(metavar="PATH", help="A folder of result files, one file, or a recording.")
]
PlainOption = Annotated[
    bool, typer.Option("--plain", help="One line an event, no screen; also when output is piped.")
]
StyleOption = Annotated[
    Style | None, typer.Option("--style", help="House style of the sentences.", show_default="bbc")
]
ThemeOption = Annotated[
    str | None, typer.Option("--theme", help="Name of a theme, for example nightdesk-light.")
]
ViewOption = Annotated[str | None, typer.Option("--view", help="desk, projector or log.")]
DensityOption = Annotated[
    str | None,
    typer.Option("--density", help="Names in the grid: auto, names, short, letters or blocks."),
]
CycleOption = Annotated[
    str | None,
    typer.Option("--cycle", help="Turn the projector's pages this often: 20s.", metavar="TIME"),
]
SpeedOption = Annotated[
    str | None,
    typer.Option("--speed", help="Feed seconds a second, 0.25 to 3600, or max.", metavar="N"),
]
StartOption = Annotated[str | None, typer.Option("--start", help="Begin at 01:30, or +90m.")]
GapOption = Annotated[
    str | None,
    typer.Option("--gap-limit", help="Cut silences to this: 5s.", metavar="TIME"),
]
RecordOption = Annotated[
    bool | None,
    typer.Option(
        "--record/--no-record",
        help="Keep every arrival in a recording.",
        show_default="--record",
    ),
]
RecordingOption = Annotated[
    Path | None,
    typer.Option("--recording", help="Where to record; by default in your state folder."),
]
KeepDaysOption = Annotated[
    int | None,
    typer.Option("--keep-days", help="Drop recordings that are older.", metavar="N"),
]
QuarantineOption = Annotated[
    Path | None,
    typer.Option("--quarantine", help="Copy what is not taken to this folder, with reasons."),
]
PollingOption = Annotated[
    bool | None,
    typer.Option(
        "--force-polling/--no-force-polling",
        help="Look every second; for folders that give no notice.",
        show_default="--no-force-polling",
    ),
]
LinksOption = Annotated[
    bool | None,
    typer.Option(
        "--follow-symlinks/--no-follow-symlinks",
        help="Take links too that stay inside the folder.",
        show_default="--no-follow-symlinks",
    ),
]
SettleOption = Annotated[
    str | None,
    typer.Option(
        "--settle",
        help="How long a half-written file may rest.",
        metavar="TIME",
        show_default="2s",
    ),
]
BellOption = Annotated[
    bool | None,
    typer.Option("--bell/--no-bell", help="Ring for changes of control.", show_default="--no-bell"),
]
NotifyOption = Annotated[
    bool | None,
    typer.Option(
        "--notify/--no-notify",
        help="Send desktop notices for them.",
        show_default="--no-notify",
    ),
]
LoopOption = Annotated[
    bool | None,
    typer.Option("--loop/--no-loop", help="Begin again at the end.", show_default="--no-loop"),
]
RoundUpsOption = Annotated[
    bool | None,
    typer.Option(
        "--round-ups/--no-round-ups",
        help="Sum each full hour up in the log.",
        show_default="--no-round-ups",
    ),
]
FollowOption = Annotated[
    bool,
    typer.Option("--follow", help="Look on while another desk writes the recording, at its pace."),
]
SinceOption = Annotated[
    str | None,
    typer.Option("--since", help="Only what came after: 02:10, or an ISO time.", metavar="TIME"),
]
UntilOption = Annotated[
    str | None, typer.Option("--until", help="Only what came by then: 03:00.", metavar="TIME")
]
