"""The command line; what needs no screen never imports one."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Annotated, Any

import typer

from feed.errors import NightdeskError
from tui.cli.flags import LightCommand, LightGroup
from tui.running.collecting import leave_what_stays
from tui.running.output import ReaderGone, open_outputs, print_text, tell

COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "demo": "tui.cli.playing",
        "watch": "tui.cli.watch",
        "replay": "tui.cli.playing",
        "drop": "tui.cli.drop",
        "picture": "tui.cli.picture",
        "export": "tui.cli.export",
        "hub": "tui.cli.hub",
        "follow": "tui.cli.hub",
        "serve": "tui.cli.serve",
        "summary": "tui.cli.summary",
        "alert": "tui.cli.alert",
        "explain": "tui.cli.summary",
        "check": "tui.cli.files",
        "where": "tui.cli.files",
        "schema": "tui.cli.files",
    }
)
"""The commands in the order of the help, and the module where each is a function of its name."""


def command_named(name: str) -> Callable[..., None]:
    """Return the function of a command, loading its module."""
    command: Callable[..., None] = getattr(import_module(COMMANDS[name]), name)
    return command


class _Nightdesk(LightGroup):
    """The group of all commands, each made when it is asked for: one a run, mostly."""

    def __init__(self, **facts: Any) -> None:  # noqa: ANN401  # as typer has it
        super().__init__(**{**facts, "commands": dict.fromkeys(COMMANDS)})

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002
        """Return the names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401, ARG002
        """Return the command of a name as typer has it, if there is one."""
        if cmd_name not in COMMANDS:
            return None
        alone = typer.Typer(
            add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None
        )
        alone.command(cls=LightCommand)(command_named(cmd_name))
        return typer.main.get_command(alone)


app = typer.Typer(
    name="nightdesk",
    cls=_Nightdesk,
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


def main() -> None:
    """Run the command line and leave with its exit code."""
    output = open_outputs()
    try:
        try:
            app()
        finally:
            output.finish()
            leave_what_stays()
    except ReaderGone as gone:
        sys.exit(gone.exit_code)
    except NightdeskError as error:
        tell(str(error))
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
