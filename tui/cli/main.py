"""The command line; what needs no screen never imports one."""

from __future__ import annotations

import gc
import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from feed.errors import NightdeskError, SourceUnreadable, UsageProblem
from tui.cli.drop import drop
from tui.cli.export import export
from tui.cli.flags import (
    BellOption,
    CheckFormat,
    CycleOption,
    DensityOption,
    FollowOption,
    GapOption,
    KeepDaysOption,
    LinksOption,
    LoopOption,
    NotifyOption,
    PathArgument,
    PlainOption,
    PollingOption,
    QuarantineOption,
    RecordingOption,
    RecordOption,
    RoundUpsOption,
    SettleOption,
    SinceOption,
    SpeedOption,
    StartOption,
    StyleOption,
    SummaryFormat,
    ThemeOption,
    UntilOption,
    ViewOption,
)
from tui.cli.hub import PublishOption, TlsCaOption, TokenFileOption, follow, hub
from tui.cli.picture import picture
from tui.running.start import Playing, play, run, run_following

if TYPE_CHECKING:
    from feed.hub.connection import Hub
    from feed.ledger.night import Night
    from feed.model.standing import Standing
    from feed.model.terms import HouseStyle
    from feed.session.session import Post, Session
    from tui.settings.options import Options

app = typer.Typer(
    name="nightdesk",
    help="A results desk for election nights: update log, scoreboard and council control.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.command()
def demo(  # noqa: PLR0913, PLR0917
    speed: SpeedOption = None,
    start: StartOption = None,
    plain: PlainOption = False,
    style: StyleOption = None,
    theme: ThemeOption = None,
    view: ViewOption = None,
    cycle: CycleOption = None,
    density: DensityOption = None,
    round_ups: RoundUpsOption = None,
) -> None:
    """Play the English night of 2 May 2019, in a loop: the first thing to try."""
    from tui.running.samples import sample_feed  # noqa: PLC0415

    options = _options(
        style=style,
        theme=theme,
        view=view,
        cycle=cycle,
        density=density,
        speed=speed,
        round_ups=round_ups,
    )
    asked = Playing(
        speed=options.speed or "300",
        start=start,
        loop=options.loop is not False,
        gap_limit=options.gap_limit or 2.0,
        paced=speed is not None,
        plain=plain,
    )
    play(sample_feed("england-2019"), asked, options)


@app.command()
def watch(  # noqa: PLR0913, PLR0917
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder that result files come into.")
    ],
    record: RecordOption = None,
    recording: RecordingOption = None,
    keep_days: KeepDaysOption = None,
    quarantine: QuarantineOption = None,
    publish: PublishOption = None,
    token_file: TokenFileOption = None,
    tls_ca: TlsCaOption = None,
    force_polling: PollingOption = None,
    follow_symlinks: LinksOption = None,
    settle: SettleOption = None,
    bell: BellOption = None,
    notify: NotifyOption = None,
    plain: PlainOption = False,
    style: StyleOption = None,
    theme: ThemeOption = None,
    view: ViewOption = None,
    cycle: CycleOption = None,
    density: DensityOption = None,
    round_ups: RoundUpsOption = None,
) -> None:
    """Watch a folder live and show the night as it comes in."""
    from tui.running.launch import drop_old  # noqa: PLC0415

    options = _options(
        style=style, theme=theme, view=view, cycle=cycle, density=density, record=record,
        keep_days=keep_days, force_polling=force_polling, follow_symlinks=follow_symlinks,
        settle=settle, bell=bell, notify=notify, round_ups=round_ups,
    )  # fmt: skip
    if not folder.is_dir():
        raise SourceUnreadable(
            f"{folder} is not a folder", "give the folder that result files come into"
        )
    hub = None if publish is None else _publishing(publish, token_file, tls_ca, options)
    for line in drop_old(options):
        sys.stderr.write(f"nightdesk: {line}\n")

    def make(post: Post) -> Session:
        from tui.running.sessions import live_session  # noqa: PLC0415

        return live_session(
            post, folder, options, recording=recording, quarantine=quarantine, hub=hub
        )

    run(make, options, plain=plain)


@app.command()
def replay(  # noqa: PLR0913, PLR0917
    path: Annotated[
        Path | None,
        typer.Argument(metavar="PATH", help="A recording, or a folder of result files."),
    ] = None,
    speed: SpeedOption = None,
    start: StartOption = None,
    paused: Annotated[bool, typer.Option("--paused", help="Open without playing.")] = False,
    loop: LoopOption = None,
    gap_limit: GapOption = None,
    last: Annotated[bool, typer.Option("--last", help="Play the newest recording.")] = False,
    follow: FollowOption = False,
    plain: PlainOption = False,
    style: StyleOption = None,
    theme: ThemeOption = None,
    view: ViewOption = None,
    cycle: CycleOption = None,
    density: DensityOption = None,
    round_ups: RoundUpsOption = None,
) -> None:
    """Play a saved night again: with speed, pause, steps and a time to begin at."""
    options = _options(
        style=style, theme=theme, view=view, cycle=cycle, density=density, speed=speed, loop=loop,
        gap_limit=gap_limit, round_ups=round_ups,
    )  # fmt: skip
    if last:
        from feed.recording.shelf import newest_recording  # noqa: PLC0415

        path = newest_recording(options.recordings)
        if path is None:
            raise SourceUnreadable("there is no recording yet", "`nightdesk watch DIR` makes one")
    if path is None:
        raise UsageProblem("nothing to replay", "give a PATH, or --last for the newest recording")
    if follow:
        paces = {"--speed": speed, "--start": start, "--paused": paused, "--loop": loop,
                 "--gap-limit": gap_limit}  # fmt: skip
        run_following(path, [name for name, value in paces.items() if value], options, plain=plain)
        return
    asked = Playing(
        speed=options.speed or "60",
        start=start,
        loop=bool(options.loop),
        gap_limit=options.gap_limit,
        paused=paused,
        paced=speed is not None,
        plain=plain,
    )
    play(path, asked, options)


app.command()(drop)
app.command()(picture)
app.command()(export)
app.command()(hub)
app.command()(follow)


@app.command()
def check(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Files, folders or recordings.")
    ],
    form: Annotated[CheckFormat, typer.Option("--format", help="text or json.")] = CheckFormat.TEXT,
) -> None:
    """Give a verdict on every file: ok, accepted with a remark, or rejected, and why."""
    from feed.check.verdicts import any_rejected, verdicts, verdicts_as_text  # noqa: PLC0415

    found = [verdict for path in paths for verdict in verdicts(path)]
    if form is CheckFormat.JSON:
        _print(json.dumps([verdict.as_json() for verdict in found], indent=2, ensure_ascii=False))
    else:
        _print(verdicts_as_text(found))
    if any_rejected(found):
        raise typer.Exit(1)


@app.command()
def summary(  # noqa: PLR0913, PLR0917
    path: PathArgument,
    at: Annotated[
        str | None, typer.Option("--at", help="As known then: 01:30, or an ISO time.")
    ] = None,
    since: SinceOption = None,
    until: UntilOption = None,
    form: Annotated[
        SummaryFormat, typer.Option("--format", help="text, json, csv or markdown.")
    ] = SummaryFormat.TEXT,
    style: StyleOption = None,
) -> None:
    """Print the scoreboard and control, whole or as known at a time, or sum up a stretch."""
    from feed.reports import standing_text as reports  # noqa: PLC0415
    from feed.reports import summary as data  # noqa: PLC0415

    if since is not None or until is not None:
        if at is not None:
            raise UsageProblem("--at is one moment, --since and --until a stretch", "give either")
        _print(_stretch(path, since, until, form, _options(style=style).style))
        return
    night = _night(path)
    standing = night.edge() if at is None else _standing_at(night, at)
    house = _options(style=style).style
    match form:
        case SummaryFormat.JSON:
            _print(json.dumps(data.standing_summary(standing, house), indent=1, ensure_ascii=False))
        case SummaryFormat.CSV:
            _print(reports.standing_as_csv(standing, house).rstrip("\n"))
        case SummaryFormat.MARKDOWN:
            _print(reports.standing_as_markdown(standing, house).rstrip("\n"))
        case SummaryFormat.TEXT:
            _print(reports.standing_as_text(standing, house))


@app.command()
def explain(
    path: PathArgument,
    figure: Annotated[
        str, typer.Argument(metavar="FIGURE", help="For example con.seats_net or noc.councils.")
    ],
) -> None:
    """Say which results make up a figure of the scoreboard, largest first."""
    from feed.reports.provenance import contributions_as_text  # noqa: PLC0415

    _print(contributions_as_text(_night(path).edge(), figure))


@app.command()
def where(
    form: Annotated[CheckFormat, typer.Option("--format", help="text or json.")] = CheckFormat.TEXT,
) -> None:
    """Say where config, recordings and log are, and where each option was set."""
    from tui.cli import where as places  # noqa: PLC0415
    from tui.settings.config import config_path, load_config  # noqa: PLC0415
    from tui.settings.remembered import Memory  # noqa: PLC0415

    found = places.whereabouts(load_config(), config_path(), Memory().path)
    _print(places.as_json(found) if form is CheckFormat.JSON else places.as_text(found))


@app.command()
def schema() -> None:
    """Print the JSON Schema of our own format."""
    from feed.formats.native.reader import native_schema  # noqa: PLC0415

    _print(json.dumps(native_schema(), indent=2, ensure_ascii=False))


def main() -> None:
    """Run the command line and leave with its exit code."""
    # A night only grows: fewer collections halve the time that a cold load of 10,000 files takes.
    gc.set_threshold(50_000, 20, 20)
    # Plug-ins that happen to be installed have no part in reading a feed, nor in the start's time.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
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


def _publishing(url: str, token_file: Path | None, ca: Path | None, options: Options) -> Hub:
    from feed.hub.connection import hub_at, need_the_client  # noqa: PLC0415

    if not options.record:
        raise UsageProblem(
            "what is published is the recording, and nothing is recorded", "leave --no-record out"
        )
    need_the_client()
    return hub_at(url, "recorder", token_at=token_file, ca=ca)


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _options(**flags: object) -> Options:
    from tui.settings.config import load_config  # noqa: PLC0415

    return load_config(flags).options


def _night(path: Path) -> Night:
    from feed.ledger.night import Night  # noqa: PLC0415
    from feed.sources.saved import load  # noqa: PLC0415

    night = Night()
    night.extend(load(path))
    return night


def _stretch(
    path: Path, since: str | None, until: str | None, form: SummaryFormat, style: HouseStyle
) -> str:
    from feed.reports.digest import (  # noqa: PLC0415
        digest_as_json,
        digest_as_text,
        stretch,
    )

    if form is SummaryFormat.CSV:
        raise UsageProblem(
            "--format csv is a table of councils at one moment; a stretch has none",
            "give text, json or markdown with --since, or csv with --at",
        )
    found = stretch(_night(path), since, until)
    if form is SummaryFormat.JSON:
        return json.dumps(digest_as_json(found, style), indent=1, ensure_ascii=False)
    return digest_as_text(found, style, marked=form is SummaryFormat.MARKDOWN)


def _standing_at(night: Night, at: str) -> Standing:
    from feed.typed_times import parse_moment  # noqa: PLC0415

    opening = night.opening
    if opening is None:
        return night.edge()
    return night.at(night.position_at(parse_moment(at, opening, end=night.last_at)))
