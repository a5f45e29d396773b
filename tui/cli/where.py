"""`nightdesk where`: which files there are, and where each option was set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypedDict

from feed.clock import london
from feed.recording.reader import arrivals_recorded
from feed.recording.shelf import Shelved, list_recordings, recordings_folder
from feed.reports.standing_text import table
from tui.running.log_file import log_path
from tui.settings.config import Config
from tui.settings.options import OPTIONS, shown
from tui.settings.remembered import nights_beside

ORDER = "command line > environment > file > remembered > default"


class File(TypedDict):
    """A file of nightdesk's, which may not exist yet."""

    path: str
    exists: bool


class Recording(TypedDict):
    """A recording on the shelf."""

    path: str
    day: str | None
    size: int
    arrivals: int | None
    source: str | None


class Option(TypedDict):
    """An option in force and where it was set."""

    value: object
    set_by: str


class Locations(TypedDict):
    """The paths and the options that `where` prints."""

    config: File
    remembered: File
    seen: File
    log: File
    recordings_folder: str
    recordings: list[Recording]
    order: str
    options: dict[str, Option]


def locations(config: Config, config_file: Path, memory_file: Path) -> Locations:
    """Return the paths, the recordings and the options."""
    shelf = config.options.recordings or recordings_folder()
    options = {
        name: Option(value=_shown(name, config), set_by=config.origin(name)) for name in OPTIONS
    }
    return Locations(
        config=_file(config_file),
        remembered=_file(memory_file),
        seen=_file(nights_beside(memory_file)),
        log=_file(log_path()),
        recordings_folder=str(shelf),
        recordings=[_recording(each) for each in list_recordings(shelf)],
        order=ORDER,
        options=options,
    )


def locations_as_text(found: Locations) -> str:
    """Return it as text for a reader."""
    files = [
        (name, file["path"], "" if file["exists"] else "not there")
        for name, file in (
            ("Config", found["config"]),
            ("Remembered", found["remembered"]),
            ("Seen", found["seen"]),
            ("Log", found["log"]),
        )
    ]
    files.append(("Recordings", found["recordings_folder"], _count(found["recordings"])))
    parts = [table(files[0], files[1:])]
    if found["recordings"]:
        rows = [
            (
                each["day"] or "?",
                "?" if each["arrivals"] is None else f"{each['arrivals']:,}",
                _size(each["size"]),
                each["path"],
                each["source"] or "?",
            )
            for each in found["recordings"]
        ]
        parts.append(table(("Day", "Arrivals", "Size", "Recording", "Of"), rows))
    options = [
        (name, shown(option["value"]), option["set_by"])
        for name, option in found["options"].items()
    ]
    parts.append(table(("Option", "Value", "Set by"), options))
    parts.append(f"Order: {found['order']}.\n{_example(found['config'])}")
    return "\n\n".join(parts)


def _example(config: File) -> str:
    if config["exists"]:
        return f"Change the config in {config['path']}"
    return f'Make the config with, for example: theme = "nightdesk-light" in {config["path"]}'


def _file(path: Path) -> File:
    return File(path=str(path), exists=path.is_file())


def _recording(it: Shelved) -> Recording:
    header = it.header
    return Recording(
        path=str(it.path),
        day=None if header is None else london(header.started).date().isoformat(),
        size=it.size,
        arrivals=arrivals_recorded(it.path),
        source=None if header is None else header.source,
    )


def _shown(name: str, config: Config) -> object:
    value = _plain(getattr(config.options, name))
    return "set, and not shown" if value and OPTIONS[name].secret else value


def _plain(value: object) -> object:
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Mapping):
        return dict(value)
    return value


def _count(recordings: Sequence[Recording]) -> str:
    return {0: "none yet", 1: "1 recording"}.get(len(recordings), f"{len(recordings)} recordings")


def _size(count: int) -> str:
    size, unit = float(count), "B"
    for larger in ("kB", "MB", "GB"):
        if size < 1000:
            break
        size, unit = size / 1000, larger
    return f"{size:.0f} {unit}" if unit == "B" or size >= 10 else f"{size:.1f} {unit}"
