"""The flags of the command line: those of options come from the options, the others stand here."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from tui.settings.options import OPTIONS, Options, shown


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
DateOption = Annotated[
    datetime | None,
    typer.Option(
        "--date",
        help="The poll day to show, where it is not the newest: 2019-05-02.",
        formats=["%Y-%m-%d"],
        metavar="DAY",
    ),
]
PlainOption = Annotated[
    bool, typer.Option("--plain", help="One line an event, no screen; also when output is piped.")
]
StartOption = Annotated[str | None, typer.Option("--start", help="Begin at 01:30, or +90m.")]
RecordingOption = Annotated[
    Path | None,
    typer.Option("--recording", help="Where to record; by default in your state folder."),
]
QuarantineOption = Annotated[
    Path | None,
    typer.Option("--quarantine", help="Copy what is not taken to this folder, with reasons."),
]
PublishDirOption = Annotated[
    Path | None,
    typer.Option(
        "--publish-dir",
        metavar="DIR",
        help="Keep standing.json, wall.svg and index.html in this folder, for a web server or OBS.",
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
LeaveOption = Annotated[
    str | None,
    typer.Option("--until", help="End by itself at the next 18:00, or in +10h.", metavar="TIME"),
]
GapOption = Annotated[
    str | None,
    typer.Option("--gap-limit", help="Cut silences to this: 5s.", metavar="TIME"),
]


def poll_asked(day: datetime | None) -> date | None:
    """Return the poll day that `--date` asks for."""
    return None if day is None else day.date()


def with_options(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command with the flags of every option that names it; its `config` is what they say.

    A flag that was not given is None; what counts then is the environment, the file and the rest.
    """
    named = [name for name, facts in OPTIONS.items() if command.__name__ in facts.commands]
    own = inspect.signature(command, eval_str=True)
    flags = [
        inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=_flag(name)
        )
        for name in named
    ]
    kept = [parameter for parameter in own.parameters.values() if parameter.name != "config"]

    @wraps(command)
    def with_config(**given: object) -> None:
        from tui.settings.config import load_config  # noqa: PLC0415

        config = load_config({name: given.pop(name) for name in named})
        command(**given, config=config)

    signature = own.replace(
        parameters=[each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in kept] + flags
    )
    with_config.__signature__ = signature  # type: ignore[attr-defined]  # as inspect reads it
    with_config.__annotations__ = {each.name: each.annotation for each in (*kept, *flags)}
    return with_config


def _flag(name: str) -> object:
    """Return the type of the flag of an option, which carries its help."""
    facts, default = OPTIONS[name], getattr(Options(), name)
    flag = "--" + name.replace("_", "-")
    if _is_switch(name):
        off = flag.replace("--", "--no-", 1)
        usual = None if default is None else flag if default else off
        return Annotated[
            bool | None,
            typer.Option(f"{flag}/{off}", help=facts.help, show_default=usual or False),
        ]
    usual = None if default in (None, ()) else shown(default)
    return Annotated[
        str | None,
        typer.Option(flag, help=facts.help, metavar=facts.metavar, show_default=usual or False),
    ]


def _is_switch(name: str) -> bool:
    annotation = Options.__annotations__[name]
    return annotation in {"bool", "bool | None"}


class LightCommand(TyperCommand):
    """A command that loads pydantic, with which typer converts, only for what has to be converted.

    It would take a third of the time until the first frame.
    """

    def get_params(self, ctx: Any) -> Any:  # noqa: ANN401  # as typer has it
        """Return the parameters, each with a converter of our own."""
        return _lightened(super().get_params(ctx))


class LightGroup(TyperGroup):
    """The group of such commands."""

    def get_params(self, ctx: Any) -> Any:  # noqa: ANN401  # as typer has it
        """Return the parameters, each with a converter of our own."""
        return _lightened(super().get_params(ctx))


def _lightened(parameters: Any) -> Any:  # noqa: ANN401
    for each in parameters:
        each._runtime_param = each._runtime_param or _Converter()  # noqa: SLF001
    return parameters


class _Converter:
    """Stands in for typer's own, and has it made for what is neither text nor a path."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:  # noqa: ANN401
        wanted = param.type_descriptor.annotation
        if value is None:
            return () if param.multiple or param.nargs == -1 else None
        if isinstance(wanted, type) and isinstance(value, wanted):
            return value
        if wanted is Path and (os.access(value, os.R_OK) or not os.path.exists(value)):  # noqa: PTH110
            return Path(value)
        param._runtime_param = None  # noqa: SLF001
        return param.get_runtime_param().coerce(value, param=param, ctx=ctx)
