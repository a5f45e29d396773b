"""The configuration: command line over environment over file over what was remembered."""

from __future__ import annotations

import errno
import json
import os
import re
import stat
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from platformdirs import user_config_path

from feed.errors import UsageProblem
from feed.records import record
from tui.settings.keymap import check_keymap
from tui.settings.options import OPTIONS, Options
from tui.settings.remembered import Memory

PREFIX = "NIGHTDESK_"
_MOST = 1 << 20
"""Bytes of a config file."""
DEFAULT = "default"
_AT_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)|\s*\(at end of document\)")
_TABLE = re.compile(r"\s*\[{1,2}([^\[\]]+)\]{1,2}\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PART = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")
_TABLES_AS_JSON: Mapping[str, str] = MappingProxyType(
    {"keys": '{"filter": "ctrl+f"}', "wall": '{"pages": ["table:20s", "map"]}'}
)
"""The options that are tables, each with an example as the environment says it."""
_TABLES = _TABLES_AS_JSON.keys()
_NAMED_OTHERWISE = frozenset({"NIGHTDESK_CONFIG"})


@record(frozen=True, slots=True)
class Config:
    """The options in force, and where each of them was set."""

    options: Options = field(default_factory=Options)
    origins: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Option -> `--theme`, `NIGHTDESK_THEME`, `…/config.toml:3` or `remembered`."""

    def origin(self, option: str) -> str:
        """Return where an option was set, or `default`."""
        return self.origins.get(option, DEFAULT)

    def is_flag(self, option: str) -> bool:
        """Whether an option was given on the command line."""
        return self.origin(option).startswith("--")


@record(frozen=True, slots=True)
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
    """Return the config file that counts; it need not exist."""
    chosen = environment.get("NIGHTDESK_CONFIG")
    return Path(chosen).expanduser() if chosen else user_config_path("nightdesk") / "config.toml"


def load_config(
    command_line: Mapping[str, object] = MappingProxyType({}),
    *,
    memory: Memory | None = None,
    path: Path | None = None,
) -> Config:
    """Return the options in force.

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
    merged: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for layer in layers:
        for name, value in _checked(layer).items():
            merged[name] = {**merged.get(name, {}), **value} if name == "keys" else value
            origins[name] = layer.place((name,))
    options = replace(Options(), **merged)
    for spot, what, fix in check_keymap(options.keys):
        raise UsageProblem(f"{origins['keys']}: {'.'.join(spot)}: {what}", fix)
    return Config(options, MappingProxyType(origins))


def _file_layer(path: Path) -> _Layer:
    try:
        data = _read_plain_file(path)
    except FileNotFoundError:
        if os.environ.get("NIGHTDESK_CONFIG"):
            raise UsageProblem(f"NIGHTDESK_CONFIG: {path} is not there") from None
        return _Layer({}, {})
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise UsageProblem(f"{path} cannot be read: {why}") from None
    import tomllib  # noqa: PLC0415  # most have no file

    try:
        text = data.decode("utf-8-sig")
        return _Layer(tomllib.loads(text), {}, text, str(path))
    except RecursionError:
        raise UsageProblem(f"{path} is nested too deep to be a configuration") from None
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise UsageProblem(f"{path}:{line}: is not UTF-8", "save the file as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.search(str(error))
        line = int(found[1]) if found and found[1] else text.count("\n") + 1
        said = _AT_LINE.sub("", str(error))
        said = f"{said[:1].lower()}{said[1:]}"
        raise UsageProblem(f"{path}:{line}: is no TOML: {said}") from None


def _read_plain_file(path: Path) -> bytes:
    """Return the bytes of a config file, which is read as safely as a file of a feed."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(errno.EISDIR, "is a directory")
        if not stat.S_ISREG(status.st_mode):
            raise UsageProblem(f"{path} is no regular file", "give a file of its own")
        if status.st_size > _MOST:
            raise UsageProblem(f"{path} has {status.st_size:,} bytes; expected {_MOST:,} at most")
        return os.read(descriptor, _MOST)
    finally:
        os.close(descriptor)


def _environment_layer() -> _Layer:
    names = [name for name in os.environ if name.startswith(PREFIX)]
    wanted = sorted(name for name in names if name not in _NAMED_OTHERWISE)
    for name in wanted:
        _refuse_unknown(name, name.removeprefix(PREFIX).lower(), PREFIX)
    if not wanted:
        return _Layer({}, {})
    said: dict[str, Any] = {name.removeprefix(PREFIX).lower(): os.environ[name] for name in wanted}
    for table in _TABLES & said.keys():
        said[table] = _json_of(table, said[table])
    return _Layer(said, {name: f"{PREFIX}{name.upper()}" for name in said})


def _json_of(option: str, text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise UsageProblem(
            f"{PREFIX}{option.upper()} cannot be read",
            f"write JSON, such as {_TABLES_AS_JSON[option]}",
        ) from None


def _flags(command_line: Mapping[str, object]) -> _Layer:
    said = {name: value for name, value in command_line.items() if value is not None}
    return _Layer(said, {name: "--" + name.replace("_", "-") for name in said})


def _checked(layer: _Layer) -> dict[str, Any]:
    if not layer.said:
        return {}
    from tui.settings.checked import OptionRefused, checked  # noqa: PLC0415  # most say nothing

    try:
        options = checked(layer.said)
    except OptionRefused as refused:
        place = layer.place(refused.path)
        if refused.unknown:
            _refuse_unknown(place, refused.path[0])
        name = "" if place.startswith(("--", PREFIX)) else f" {'.'.join(refused.path)}"
        raise UsageProblem(f"{place}:{name} {refused.what}") from None
    for path, what, fix in check_keymap(options.get("keys", {})):
        raise UsageProblem(f"{layer.place(path)}: {what}", fix)
    return options


def _refuse_unknown(place: str, option: str, prefix: str = "") -> None:
    if option not in OPTIONS:
        from tui.settings.checked import near_option  # noqa: PLC0415

        what = place if prefix else f"{place}: {option}"
        near = near_option(option)
        name = f"{prefix}{near.upper()}" if prefix else near
        fix = f"did you mean {name}?" if near else "`nightdesk where` lists the options"
        raise UsageProblem(f"{what} is no option", fix)


def line_of(text: str, path: Sequence[str]) -> int | None:
    """Return the line (from 1) that says most of `path`, its table first and its key last."""
    best, found = 0, None
    table: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        heading = _TABLE.match(line)
        key = None if heading else _KEY.match(line)
        if heading is not None:
            table = here = _parts(heading[1])
        elif key is not None:
            here = [*table, *_parts(key[1])]
        else:
            continue
        if len(here) > best and list(path[: len(here)]) == here:
            best, found = len(here), number
    return found


def _parts(text: str) -> list[str]:
    return [part.strip("\"'") for part in _PART.findall(text)]
