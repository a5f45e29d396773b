"""The command line; what needs no screen never imports one."""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from feed.errors import NightdeskError, SourceUnreadable, UsageProblem
from feed.wording import HOUSE_STYLES, HouseStyle

if TYPE_CHECKING:
    from feed.ledger import Step
    from feed.night import Night
    from feed.session import Post, Session
    from feed.standing import Standing
    from tui.launch import Look

app = typer.Typer(
    name="nightdesk",
    help="A results desk for election nights: update log, scoreboard and council control.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

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
SpeedOption = Annotated[
    str | None,
    typer.Option("--speed", help="Feed seconds a second, 0.25 to 3600, or max.", metavar="N"),
]
StartOption = Annotated[str | None, typer.Option("--start", help="Begin at 01:30, or +90m.")]
GapOption = Annotated[
    float | None,
    typer.Option(
        "--gap-limit", help="Cut silences to this many seconds.", min=0.1, metavar="SECONDS"
    ),
]


@app.command()
def demo(  # noqa: PLR0913, PLR0917
    speed: SpeedOption = None,
    start: StartOption = None,
    plain: PlainOption = False,
    style: StyleOption = None,
    theme: ThemeOption = None,
    view: ViewOption = None,
) -> None:
    """Play the English night of 2 May 2019, in a loop: the first thing to try."""
    from tui.samples import sample_feed  # noqa: PLC0415

    folder = sample_feed("england-2019")
    look = _look(style, theme, view)
    _play(folder, speed=speed or "300", start=start, loop=True, gap_limit=2.0, paused=False,
          plain=plain, paced=speed is not None, look=look)  # fmt: skip


@app.command()
def watch(  # noqa: PLR0913, PLR0917
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder that result files come into.")
    ],
    record: Annotated[
        bool, typer.Option("--record/--no-record", help="Keep every arrival in a recording.")
    ] = True,
    recording: Annotated[
        Path | None,
        typer.Option("--recording", help="Where to record; by default in your state folder."),
    ] = None,
    force_polling: Annotated[
        bool,
        typer.Option("--force-polling", help="Look every second; for folders that give no notice."),
    ] = False,
    follow_symlinks: Annotated[
        bool, typer.Option("--follow-symlinks", help="Take links too that stay inside the folder.")
    ] = False,
    settle: Annotated[
        float, typer.Option("--settle", help="Seconds that a half-written file may rest.", min=0.1)
    ] = 2.0,
    plain: PlainOption = False,
    style: StyleOption = None,
    theme: ThemeOption = None,
    view: ViewOption = None,
) -> None:
    """Watch a folder live and show the night as it comes in."""
    from tui.launch import live_session, show  # noqa: PLC0415

    if not folder.is_dir():
        raise SourceUnreadable(
            f"{folder} is not a folder", "give the folder that result files come into"
        )

    def make(post: Post) -> Session:
        return live_session(
            post, folder, record=record, recording=recording, force_polling=force_polling,
            follow_symlinks=follow_symlinks, settle=settle,
        )  # fmt: skip

    _show(make, show, plain=plain, look=_look(style, theme, view))


@app.command()
def replay(  # noqa: PLR0913, PLR0917
    path: Annotated[
        Path | None,
        typer.Argument(metavar="PATH", help="A recording, or a folder of result files."),
    ] = None,
    speed: SpeedOption = None,
    start: StartOption = None,
    paused: Annotated[bool, typer.Option("--paused", help="Open without playing.")] = False,
    loop: Annotated[bool, typer.Option("--loop", help="Begin again at the end.")] = False,
    gap_limit: GapOption = None,
    last: Annotated[bool, typer.Option("--last", help="Play the newest recording.")] = False,
    plain: PlainOption = False,
    style: StyleOption = None,
    theme: ThemeOption = None,
    view: ViewOption = None,
) -> None:
    """Play a saved night again: with speed, pause, steps and a time to begin at."""
    if last:
        from feed.recording import newest_recording  # noqa: PLC0415

        path = newest_recording()
        if path is None:
            raise SourceUnreadable("there is no recording yet", "`nightdesk watch DIR` makes one")
    if path is None:
        raise UsageProblem("nothing to replay", "give a PATH, or --last for the newest recording")
    _play(path, speed=speed or "60", start=start, loop=loop, gap_limit=gap_limit, paused=paused,
          plain=plain, paced=speed is not None, look=_look(style, theme, view))  # fmt: skip


@app.command()
def check(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Files, folders or recordings.")
    ],
    form: Annotated[CheckFormat, typer.Option("--format", help="text or json.")] = CheckFormat.TEXT,
) -> None:
    """Give a verdict on every file: ok, accepted with a remark, or rejected, and why."""
    from feed.verdicts import rejected, verdicts, verdicts_as_text  # noqa: PLC0415

    found = [verdict for path in paths for verdict in verdicts(path)]
    if form is CheckFormat.JSON:
        _print(json.dumps([verdict.as_json() for verdict in found], indent=2, ensure_ascii=False))
    else:
        _print(verdicts_as_text(found))
    if rejected(found):
        raise typer.Exit(1)


@app.command()
def summary(
    path: PathArgument,
    at: Annotated[
        str | None, typer.Option("--at", help="As known then: 01:30, or an ISO time.")
    ] = None,
    form: Annotated[
        SummaryFormat, typer.Option("--format", help="text, json, csv or markdown.")
    ] = SummaryFormat.TEXT,
    style: StyleOption = None,
) -> None:
    """Print the scoreboard and control, whole or as known at a time."""
    from feed import reports  # noqa: PLC0415
    from feed import summary as data  # noqa: PLC0415

    night = _night(path)
    standing = night.edge() if at is None else _standing_at(night, at)
    house = _house(style)
    match form:
        case SummaryFormat.JSON:
            _print(json.dumps(data.summary(standing, house), indent=1, ensure_ascii=False))
        case SummaryFormat.CSV:
            _print(reports.as_csv(standing, house).rstrip("\n"))
        case SummaryFormat.MARKDOWN:
            _print(reports.as_markdown(standing, house).rstrip("\n"))
        case SummaryFormat.TEXT:
            _print(reports.as_text(standing, house))


@app.command()
def explain(
    path: PathArgument,
    figure: Annotated[
        str, typer.Argument(metavar="FIGURE", help="For example con.seats_net or noc.councils.")
    ],
) -> None:
    """Say which results make up a figure of the scoreboard, largest first."""
    from feed.provenance import contributions_as_text  # noqa: PLC0415

    _print(contributions_as_text(_night(path).edge(), figure))


@app.command()
def schema() -> None:
    """Print the JSON Schema of our own format."""
    from feed.schema import native_schema  # noqa: PLC0415

    _print(json.dumps(native_schema(), indent=2, ensure_ascii=False))


def main() -> None:
    """Run the command line and leave with its exit code."""
    # A night only grows: fewer collections halve the time that a cold load of 10,000 files takes.
    gc.set_threshold(50_000, 20, 20)
    try:
        app()
    except NightdeskError as error:
        sys.stderr.write(f"nightdesk: {error}\n")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _house(style: Style | None) -> HouseStyle:
    return next((known for known in HOUSE_STYLES if style == known), "bbc")


def _look(style: Style | None, theme: str | None, view: str | None) -> Look:
    from tui.launch import Look  # noqa: PLC0415

    return Look(style=_house(style), theme=theme, view=view)


def _night(path: Path) -> Night:
    from feed.night import Night  # noqa: PLC0415
    from feed.sources.playback import load  # noqa: PLC0415

    night = Night()
    night.extend(load(path))
    return night


def _standing_at(night: Night, at: str) -> Standing:
    from feed.moments import parse_moment  # noqa: PLC0415

    opening = night.opening
    if opening is None:
        return night.edge()
    return night.at(night.position_at(parse_moment(at, opening)))


def _speed(text: str) -> float:
    from feed.transport import AS_FAST_AS_IT_GOES  # noqa: PLC0415

    if text.casefold() in {"max", "inf"}:
        return AS_FAST_AS_IT_GOES
    try:
        speed = float(text.removeprefix("x").removeprefix("×"))
    except ValueError:
        raise UsageProblem(f"--speed {text} is no number", "give 0.25 to 3600, or max") from None
    if not 0.25 <= speed <= 3600:
        raise UsageProblem(f"--speed {text} is out of range", "give 0.25 to 3600, or max")
    return speed


def _play(  # noqa: PLR0913
    path: Path, *, speed: str, start: str | None, loop: bool, gap_limit: float | None,
    paused: bool, plain: bool, paced: bool, look: Look,
) -> None:  # fmt: skip
    from feed.sources.playback import load  # noqa: PLC0415
    from tui.launch import replay_session, show  # noqa: PLC0415

    as_lines = _as_lines(plain)
    pace = _speed(speed) if paced or not as_lines else _speed("max")
    steps: list[Step] = load(path)

    def make(post: Post) -> Session:
        return replay_session(
            post, steps, path, speed=pace, start=start, loop=loop and not as_lines,
            gap_limit=gap_limit, paused=paused and not as_lines,
        )  # fmt: skip

    _show(make, show, plain=plain, look=look)


def _as_lines(plain: bool) -> bool:
    return plain or not sys.stdout.isatty()


def _show(
    make: Callable[[Post], Session], show: Callable[..., int], *, plain: bool, look: Look
) -> None:
    if _as_lines(plain):
        from tui.plain import run_plain  # noqa: PLC0415

        code = run_plain(make, look.style)
    else:
        code = show(make, look)
    if code:
        raise typer.Exit(code)
