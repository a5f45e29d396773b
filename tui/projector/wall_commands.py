"""The wall's own keys: one table for what a key does, its help and the palette."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from tui.settings.commands import BY_ID, spelled
from tui.settings.keymap import Keymap

WallAction = Literal[
    "next", "back", "hold", "page", "queue", "stage", "reveal_all", "mark", "help", "export",
    "play", "leave", "log", "quit", "of_the_desk", "leave_for",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class WallCommand:
    """One thing that the wall can do."""

    action: WallAction
    keys: tuple[str, ...]
    title: str
    help: str
    desk: str = ""
    """The desk's command that it is."""

    @property
    def key_label(self) -> str:
        """The keys as a reader would write them."""
        return " ".join(spelled(key) for key in self.keys)


OWN_COMMANDS: tuple[WallCommand, ...] = (
    WallCommand(
        "next", ("full_stop", "right", "pagedown", "tab"), "next page",
        "Turn to the next page; with --reveal, → and PgDn reveal the next declaration.",
    ),
    WallCommand("back", ("comma", "left", "pageup", "shift+tab"), "page before", "Turn back."),
    WallCommand(
        "page", tuple("1234567"), "go to a page",
        "Table, map, just in, changed hands, regions, next, contests.",
    ),
    WallCommand(
        "hold", ("space",), "hold",
        "Hold the page, or let the pages go on; with --reveal, reveal the next declaration.",
    ),
    WallCommand("queue", ("R",), "what waits", "Show what waits to be revealed, in its order."),
    WallCommand(
        "stage", ("S",), "follow the stage",
        "Over a hub: show what the presenter's wall shows, or go on alone.",
    ),
    WallCommand("reveal_all", ("A",), "reveal all", "Reveal everything that waits."),
    WallCommand(
        "mark", ("apostrophe",), "mark a council", "Type a council's name: the map points at it.",
    ),
    WallCommand("play", ("p",), "pause", "Replay: pause and play. Live: hold the night still."),
    WallCommand("export", ("x",), "export", "Save the wall as a picture, and the figures."),
    WallCommand("help", ("question_mark", "f1"), "help", "Show these keys."),
    WallCommand("leave", ("escape",), "leave", "Back to the desk."),
    WallCommand("log", ("v",), "view", "On to the log alone."),
    WallCommand("quit", ("q",), "quit", "Quit; live, press it twice within two seconds."),
)  # fmt: skip
_OF_THE_DESK = (
    "previous_change", "next_change", "slower", "faster", "normal_speed", "ten_back", "ten_on",
    "edge", "loop", "gaps", "rescan", "theme", "themes", "style", "bell", "quit_now",
)  # fmt: skip
"""Commands that do here what they do on the desk."""
_LEFT_FOR = ("filter", "go_to_time")
"""Commands with which letters are typed, for which the desk is gone back to."""


def wall_commands(keymap: Keymap) -> tuple[WallCommand, ...]:
    """Return everything that the wall does, the desk's commands on the keys that they have."""
    taken = {key for command in OWN_COMMANDS for key in command.keys}
    desk = [
        WallCommand(
            "leave_for" if id_ in _LEFT_FOR else "of_the_desk",
            tuple(key for key in keymap.keys(id_) if key not in taken),
            BY_ID[id_].title,
            BY_ID[id_].help,
            id_,
        )
        for id_ in (*_OF_THE_DESK, *_LEFT_FOR)
    ]
    return (*OWN_COMMANDS, *(command for command in desk if command.keys))


def by_key(commands: tuple[WallCommand, ...]) -> Mapping[str, WallCommand]:
    """Return the command that each key does."""
    return MappingProxyType({key: command for command in commands for key in command.keys})
