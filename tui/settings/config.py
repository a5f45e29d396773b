"""The configuration: command line over environment over file over what was remembered."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any

from platformdirs import user_config_path
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from feed.errors import UsageProblem
from tui.settings.keymap import check_keymap
from tui.settings.options import Options, shown
from tui.settings.remembered import Memory
from tui.settings.toml_lines import line_of

PREFIX = "NIGHTDESK_"
DEFAULT = "default"
_AT_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)|\s*\(at end of document\)")
_WANTED = MappingProxyType(
    {
        "string_type": "text in quotes",
        "tuple_type": "a list",
        "path_type": "a path",
        "dict_type": "a table",
    }
)
_NAMED_OTHERWISE = frozenset({"NIGHTDESK_CONFIG"})


@dataclass(frozen=True, slots=True)
class Config:
    """The options in force, and where each of them was set."""

    options: Options = field(default_factory=Options)
    origins: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Option -> `--theme`, `NIGHTDESK_THEME`, `…/config.toml:3` or `remembered`."""

    def origin(self, option: str) -> str:
        """Give where an option was set, or `default`."""
        return self.origins.get(option, DEFAULT)


@dataclass(frozen=True, slots=True)
class _Layer:
    """What one source says, and how its places are called."""

    said: Mapping[str, Any]
    places: Mapping[str, str]
    text: str = ""
    """The TOML, where it is a file."""
    file: str = ""

    def place(self, path: tuple[str, ...]) -> str:
        """Name the place of an option, or of a key within one."""
        if not self.file:
            return self.places.get(path[0], path[0])
        line = line_of(self.text, path)
        return self.file if line is None else f"{self.file}:{line}"


def config_path(environment: Mapping[str, str] = os.environ) -> Path:
    """Give the config file that counts; it need not exist."""
    chosen = environment.get("NIGHTDESK_CONFIG")
    return Path(chosen).expanduser() if chosen else user_config_path("nightdesk") / "config.toml"


def load_config(
    command_line: Mapping[str, object] = MappingProxyType({}),
    *,
    memory: Memory | None = None,
    path: Path | None = None,
) -> Config:
    """Give the options in force.

    Args:
        command_line: options given as flags; those that are None were not given.
        memory: what the program keeps by itself; the user's own by default.
        path: the config file; `config_path()` by default.

    Raises:
        UsageProblem: for an option that does not exist or a value that cannot be, with its place.

    """
    file = config_path() if path is None else path
    kept = (Memory() if memory is None else memory).all()
    layers = [
        _Layer(kept, dict.fromkeys(kept, "remembered")),
        _file_layer(file),
        _environment_layer(),
        _flags(command_line),
    ]
    merged: dict[str, object] = {}
    origins: dict[str, str] = {}
    for layer in layers:
        checked = _checked(layer)
        for name in layer.said:
            value = getattr(checked, name)
            merged[name] = {**_table(merged.get(name)), **value} if name == "keys" else value
            origins[name] = layer.place((name,))
    options = Options.model_construct(**{**Options().__dict__, **merged})
    for spot, what, fix in check_keymap(options.keys):
        raise UsageProblem(f"{origins['keys']}: {'.'.join(spot)}: {what}", fix)
    return Config(options, MappingProxyType(origins))


def _table(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _file_layer(path: Path) -> _Layer:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        if os.environ.get("NIGHTDESK_CONFIG"):
            raise UsageProblem(f"NIGHTDESK_CONFIG: {path} is not there") from None
        return _Layer({}, {})
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise UsageProblem(f"{path} cannot be read: {why}") from None
    try:
        text = data.decode("utf-8-sig")
        return _Layer(tomllib.loads(text), {}, text, str(path))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise UsageProblem(f"{path}:{line}: is not UTF-8", "save the file as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.search(str(error))
        line = int(found[1]) if found and found[1] else text.count("\n") + 1
        said = _AT_LINE.sub("", str(error))
        said = f"{said[:1].lower()}{said[1:]}"
        raise UsageProblem(f"{path}:{line}: is no TOML: {said}") from None


def _environment_layer() -> _Layer:
    names = [name for name in os.environ if name.startswith(PREFIX)]
    wanted = sorted(name for name in names if name not in _NAMED_OTHERWISE)
    for name in wanted:
        _refuse_unknown(name, name.removeprefix(PREFIX).lower(), PREFIX)
    if not wanted:
        return _Layer({}, {})
    from tui.settings.environment import options_set  # noqa: PLC0415  # its import is a tenth of the start

    said = options_set()
    return _Layer(said, {name: f"{PREFIX}{name.upper()}" for name in said})


def _flags(command_line: Mapping[str, object]) -> _Layer:
    said = {name: value for name, value in command_line.items() if value is not None}
    return _Layer(said, {name: "--" + name.replace("_", "-") for name in said})


def _checked(layer: _Layer) -> Options:
    try:
        options = Options.model_validate(layer.said)
    except ValidationError as error:
        raise _told(error.errors()[0], layer) from None
    for path, what, fix in check_keymap(options.keys):
        raise UsageProblem(f"{layer.place(path)}: {what}", fix)
    return options


def _refuse_unknown(place: str, option: str, prefix: str = "") -> None:
    if option not in Options.model_fields:
        what = place if prefix else f"{place}: {option}"
        near = get_close_matches(option, Options.model_fields, 1, 0.5)
        name = f"{prefix}{near[0].upper()}" if near and prefix else "".join(near)
        fix = f"did you mean {name}?" if near else "`nightdesk where` lists the options"
        raise UsageProblem(f"{what} is no option", fix)


def _told(error: ErrorDetails, layer: _Layer) -> UsageProblem:
    path = tuple(map(str, error["loc"]))
    place, option = layer.place(path), path[0]
    if error["type"] == "extra_forbidden":
        try:
            _refuse_unknown(place, option)
        except UsageProblem as unknown:
            return unknown
    name = "" if place.startswith(("--", PREFIX)) else f" {'.'.join(path)}"
    given = shown(error["input"]) if not isinstance(error["input"], Mapping) else "a table"
    problem = "; ".join(_in_words(error))
    told = problem if problem.startswith("'") else f"{given!r} {problem}"
    return UsageProblem(f"{place}:{name} {told}")


def _in_words(error: ErrorDetails) -> Iterator[str]:
    context = error.get("ctx", {})
    match error["type"]:
        case "literal_error":
            yield f"is none of {context['expected'].replace(chr(39), '')}"
        case "value_error":
            yield str(context["error"])
        case "bool_parsing" | "bool_type":
            yield "is neither true nor false"
        case "greater_than_equal":
            yield f"is too small; give {shown(context['ge'])} or more"
        case "less_than_equal":
            yield f"is too large; give {shown(context['le'])} or less"
        case "int_parsing" | "int_type" | "int_from_float" | "float_parsing" | "float_type":
            yield "is no number"
        case "string_type" | "tuple_type" | "dict_type" | "path_type":
            yield f"should be {_WANTED[error['type']]}"
        case _:
            yield error["msg"]
