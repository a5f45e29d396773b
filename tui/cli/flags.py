"""The flags of the command line: those of options come from the options, the others stand here."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable
from datetime import date, datetime, time
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from feed.errors import UsageProblem, did_you_mean
from tui.cli.completion import completer
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
StartOption = Annotated[
    str | None, typer.Option("--start", help="Begin at 01:30, or +90m.", metavar="TIME")
]
RecordingOption = Annotated[
    Path | None,
    typer.Option(
        "--recording", help="Where to record; by default in your state folder.", metavar="FILE"
    ),
]
QuarantineOption = Annotated[
    Path | None,
    typer.Option(
        "--quarantine", help="Copy what is not taken to this folder, with reasons.", metavar="DIR"
    ),
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


_EXAMPLES = "Examples:\n"


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
        said = _with_default(facts.help, flag if default else "")
        return Annotated[bool | None, typer.Option(f"{flag}/{off}", help=said, show_default=False)]
    usual = "" if default in (None, ()) else shown(default)
    return Annotated[
        str | None,
        typer.Option(
            flag, help=_with_default(facts.help, usual), metavar=facts.metavar,
            show_default=False, autocompletion=completer(name),
        ),
    ]  # fmt: skip


def _with_default(words: str, usual: str) -> str:
    """Return the help of a flag with its default, which typer would put in brackets twice."""
    return f"{words}  [default: {usual}]" if usual else words


def _is_switch(name: str) -> bool:
    annotation = Options.__annotations__[name]
    return annotation in {"bool", "bool | None"}


class LightCommand(TyperCommand):
    """A command that loads pydantic, with which typer converts, only for what has to be converted.

    It would take a third of the time until the first frame. What is refused is refused in our own
    words, and examples stand last in the help, a line each.
    """

    def get_params(self, ctx: Any) -> Any:  # noqa: ANN401  # as typer has it
        """Return the parameters, each with a converter of our own."""
        return _lightened(super().get_params(ctx))

    def format_help_text(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write what the command does."""
        whole = self.help or ""
        self.help = whole.partition(_EXAMPLES)[0]
        try:
            super().format_help_text(ctx, formatter)
        finally:
            self.help = whole

    def format_epilog(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write the examples."""
        super().format_epilog(ctx, formatter)
        if examples := examples_in(self.help or ""):
            with formatter.section("Examples"):
                for line in examples:
                    formatter.write(f"  {line}\n")


def examples_in(text: str) -> list[str]:
    """Return the examples at the end of a command's help, as they are to be typed."""
    _, _, examples = text.partition(_EXAMPLES)
    return [line.strip() for line in examples.splitlines() if line.strip()]


class LightGroup(TyperGroup):
    """The group of such commands."""

    def get_params(self, ctx: Any) -> Any:  # noqa: ANN401  # as typer has it
        """Return the parameters, each with a converter of our own."""
        return _lightened(super().get_params(ctx))


def _lightened(parameters: Any) -> Any:  # noqa: ANN401
    for each in parameters:
        each._runtime_param = getattr(each, "_runtime_param", None) or _Converter()  # noqa: SLF001
        if each.param_type_name == "argument":
            each.display_type_rich = _nothing  # its name says it
    return parameters


def _nothing(**_: Any) -> str:  # noqa: ANN401
    return ""


class _Converter:
    """Stands in for typer's own, and has it made for what is neither text nor a path."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:  # noqa: ANN401
        wanted = param.type_descriptor.annotation
        if value is None:
            return () if param.multiple or param.nargs == -1 else None
        if type(value) is wanted:
            return value
        if wanted is Path and (os.access(value, os.R_OK) or not os.path.exists(value)):  # noqa: PTH110
            return Path(value)
        if isinstance(wanted, type) and issubclass(wanted, StrEnum | int | datetime):
            return _in_our_words(wanted, value, param)
        param._runtime_param = None  # noqa: SLF001
        return param.get_runtime_param().coerce(value, param=param, ctx=ctx)


def _in_our_words(wanted: type, value: str, param: Any) -> Any:  # noqa: ANN401
    """Return a value of another type than text, or refuse it in our own words."""
    flag = param.opts[0]
    if issubclass(wanted, StrEnum):
        return _one_of(wanted, value, flag)
    if issubclass(wanted, datetime):
        return _poll_day(value, flag)
    return _whole_number(value, flag, param.min, param.max)


def _one_of(choices: type[StrEnum], value: str, flag: str) -> StrEnum:
    try:
        return choices(value)
    except ValueError:
        *some, last = (str(each) for each in choices)
        near = did_you_mean(value, [*some, last])
        what = f"{flag}: {value!r} is none of {', '.join(some)} or {last}"
        raise UsageProblem(what, near) from None


def _whole_number(value: str, flag: str, least: float | None, most: float | None) -> int:
    try:
        number = int(value)
    except ValueError:
        raise UsageProblem(f"{flag}: {value!r} is no whole number") from None
    if least is not None and number < least:
        raise UsageProblem(f"{flag}: {value} is too small; give {least:g} or more")
    if most is not None and number > most:
        raise UsageProblem(f"{flag}: {value} is too large; give {most:g} or less")
    return number


def _poll_day(value: str, flag: str) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(value), time())
    except ValueError:
        raise UsageProblem(f"{flag}: {value!r} is no day", "write it as in 2019-05-02") from None
