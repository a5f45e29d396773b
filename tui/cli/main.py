"""The command line; what needs no screen never imports one."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from feed.errors import NightdeskError
from tui.cli.alert import alert
from tui.cli.drop import drop
from tui.cli.export import export
from tui.cli.flags import CheckFormat, DateOption, LightCommand, LightGroup, poll_asked
from tui.cli.hub import follow, hub
from tui.cli.picture import picture
from tui.cli.playing import demo, replay
from tui.cli.serve import serve
from tui.cli.summary import explain, summary
from tui.cli.watch import watch
from tui.running.output import ReaderGone, open_outputs, print_json, print_text, tell

app = typer.Typer(
    name="nightdesk",
    cls=LightGroup,
    help="A results desk for election nights: update log, scoreboard and council control.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # half of the time until help is there would go into its frames
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _say_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version  # noqa: PLC0415

        print_text(f"nightdesk {version('nightdesk')}")
        raise typer.Exit


@app.callback()
def nightdesk(
    version: Annotated[  # it ends the program before anything else is done
        bool,
        typer.Option(
            "--version",
            "-V",
            help="Say which version this is.",
            is_eager=True,
            callback=_say_version,
        ),
    ] = False,
) -> None:
    """Show election results in a terminal: update log, scoreboard and council control."""


for command in (
    demo,
    watch,
    replay,
    drop,
    picture,
    export,
    hub,
    follow,
    serve,
    summary,
    alert,
    explain,
):
    app.command(cls=LightCommand)(command)


@app.command(cls=LightCommand)
def check(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Files, folders or recordings.")
    ],
    form: Annotated[
        CheckFormat, typer.Option("--format", help="text or json.", metavar="NAME")
    ] = CheckFormat.TEXT,
    day: DateOption = None,
) -> None:
    """Return a verdict on every file: ok, accepted with a remark, or rejected, and why.

    Examples:
    nightdesk check sample_feeds/england-2019

    nightdesk check sample_feeds/england-2018 --format json
    """
    from feed.check.verdicts import any_rejected, verdicts, verdicts_as_text  # noqa: PLC0415

    found = [verdict for path in paths for verdict in verdicts(path, poll_asked(day))]
    if form is CheckFormat.JSON:
        print_json([verdict.as_json() for verdict in found])
    else:
        print_text(verdicts_as_text(found))
    if any_rejected(found):
        raise typer.Exit(1)


@app.command(cls=LightCommand)
def where(
    form: Annotated[
        CheckFormat, typer.Option("--format", help="text or json.", metavar="NAME")
    ] = CheckFormat.TEXT,
) -> None:
    """Say where config, recordings and log are, and where each option was set.

    Examples:
    nightdesk where

    nightdesk where --format json
    """
    from tui.cli.where import locations, locations_as_text  # noqa: PLC0415
    from tui.settings.config import config_path, load_config  # noqa: PLC0415
    from tui.settings.remembered import Memory  # noqa: PLC0415

    found = locations(load_config(), config_path(), Memory().path)
    if form is CheckFormat.JSON:
        print_json(found)
    else:
        print_text(locations_as_text(found))


@app.command(cls=LightCommand)
def schema() -> None:
    """Print the JSON Schema of our own format.

    Examples:
    nightdesk schema

    nightdesk schema > nightdesk.schema.json
    """
    from feed.formats.native.reader import native_schema  # noqa: PLC0415

    print_json(native_schema())


def main() -> None:
    """Run the command line and leave with its exit code."""
    output = open_outputs()
    # A night only grows: fewer collections halve the time that a cold load of 10,000 files takes.
    gc.set_threshold(200_000, 50, 100)
    # Plug-ins that happen to be installed have no part in reading a feed, nor in the start's time.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        try:
            app()
        finally:
            output.finish()
            gc.freeze()  # what is there at the end is not looked through once more
    except ReaderGone as gone:
        sys.exit(gone.exit_code)
    except NightdeskError as error:
        tell(str(error))
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
