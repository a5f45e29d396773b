"""The one table of commands: keys, footer, help, palette and the README's table come from here.

What a command does stands in `tui.desk.commands`, under the same id; the keys that a pane binds
itself stand in `tui.panes.pane_keys`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from feed.records import record
from tui.panes.pane_keys import PANE_KEYS

Where = Literal["everywhere", "updates", "scoreboard", "grid", "time", "looks"]

_SPELLED = {
    "question_mark": "?", "slash": "/", "comma": ",", "full_stop": ".", "less_than_sign": "<",
    "greater_than_sign": ">", "left_square_bracket": "[", "right_square_bracket": "]",
    "left": "←", "right": "→", "up": "↑", "down": "↓", "space": "space", "escape": "esc",
    "shift+left": "⇧←", "shift+right": "⇧→", "pageup": "PgUp", "pagedown": "PgDn",
    "shift+tab": "⇧Tab", "tab": "Tab", "enter": "Enter", "f1": "F1", "home": "Home", "end": "End",
    "backspace": "⌫", "plus": "+", "apostrophe": "'",
}  # fmt: skip


_ALSO = {
    "quit": "exit, leave", "maximise": "full screen, zoom", "filter": "search, find a party",
    "jump": "find a council", "step_back": "rewind", "previous_change": "rewind",
    "minute_back": "rewind", "ten_back": "rewind", "minute_on": "forward", "ten_on": "forward",
    "go_to_time": "seek, jump to", "edge": "newest, end", "theme": "colours, dark, light",
    "themes": "colours", "view": "projector, log only", "missed": "missed, catch up",
    "density": "names, blocks", "export": "save, picture", "bell": "sound, alert, quiet",
    "mark": "compare, since", "faster": "speed", "slower": "speed", "problems": "rejected files",
    "night": "information, notes, other poll days",
    "toggle": "play, hold", "watch": "mark a council", "group": "by region", "follow": "newest",
    "help": "keys", "style": "bbc, pa, plain", "rescan": "refresh, reload",
}  # fmt: skip
"""Words for the same thing that are not in a title."""


@record(frozen=True, slots=True)
class Command:
    """One thing that the desk can do."""

    id: str
    """What a key is remapped by, and what its function is found by."""
    keys: tuple[str, ...]
    """Textual's names of the keys."""
    title: str
    """A word or two for the footer."""
    help: str
    """A sentence for the help and the palette."""
    where: Where = "everywhere"
    by_pane: bool = False
    """The pane binds the keys itself; the table only tells of them."""

    @property
    def also(self) -> str:
        """Other words that somebody may look for in the palette."""
        return _ALSO.get(self.id, "")

    @property
    def key_label(self) -> str:
        """The keys as a reader would write them."""
        return " ".join(spelled(key) for key in self.keys)


def spelled(key: str) -> str:
    """Return a key's name as it is written on a keyboard."""
    if key in _SPELLED:
        return _SPELLED[key]
    if key.startswith("ctrl+"):
        return f"^{key[5:].upper()}"
    return key


PANE_IDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "move": ("pane.up", "pane.down", "pane.page-up", "pane.page-down"),
        "first_last": ("pane.first", "pane.last"),
        "open": ("pane.open",),
    }
)
"""A command that the panes do -> what they bind for it."""
_FIRST_LAST = [PANE_KEYS[id_] for id_ in PANE_IDS["first_last"]]

COMMANDS: tuple[Command, ...] = (
    Command("help", ("question_mark", "f1"), "help", "Show every key and what it does."),
    Command("palette", ("ctrl+p",), "palette", "Find any command by its name."),
    Command("quit", ("q",), "quit", "Quit; live, press it twice within two seconds."),
    Command("quit_now", ("ctrl+q",), "quit at once", "Quit at once, whatever is going on."),
    Command("next_pane", ("tab",), "next pane", "Go to the next pane."),
    Command("previous_pane", ("shift+tab",), "previous pane", "Go to the pane before."),
    Command("pane_updates", ("1",), "updates", "Go to the update log."),
    Command("pane_scoreboard", ("2",), "scoreboard", "Go to the scoreboard."),
    Command("pane_grid", ("3",), "grid", "Go to the council control grid."),
    Command("maximise", ("z",), "maximise", "Give the pane the whole screen, and back."),
    Command("back", ("escape",), "back", "Close, clear the filter, or leave a maximised pane."),
    Command(
        "move",
        tuple(PANE_KEYS[id_][0] for id_ in PANE_IDS["move"]),
        "move",
        "Move the cursor; j and k do too, left and right in the grid.",
        by_pane=True,
    ),
    Command(
        "first_last",
        tuple(key for keys in zip(*_FIRST_LAST, strict=True) for key in keys),
        "first, last",
        "Go to the first or the last; in the log G is the newest, and follows.",
        by_pane=True,
    ),
    Command(
        "open",
        PANE_KEYS["pane.open"],
        "open",
        "Open what is under the cursor: entry, figure or council.",
        by_pane=True,
    ),
    Command(
        "follow",
        PANE_KEYS["log.follow"],
        "follow",
        "Follow the newest entry, or hold the place.",
        "updates",
    ),
    Command(
        "filter",
        ("slash",),
        "filter",
        "Filter as you type: party, council, region, kind, changed or words; "
        "Enter keeps it, in the grid on the first council found.",
        "updates",
    ),
    Command(
        "next_hit",
        ("n",),
        "next hit",
        "Go to the next that the filter found: an entry, or a council in the grid.",
        "updates",
    ),
    Command("previous_hit", ("N",), "previous hit", "Go to the hit before.", "updates"),
    Command(
        "next_trouble", ("e",), "next problem", "Go to the next problem or correction.", "updates"
    ),
    Command(
        "previous_trouble",
        ("E",),
        "previous problem",
        "Go to the problem or correction before.",
        "updates",
    ),
    Command(
        "missed", ("m",), "what did I miss", "Sum up what came since the last look.", "updates"
    ),
    Command("wrap", ("W",), "wrap", "Wrap long sentences, or cut them to a line.", "updates"),
    Command("copy", ("c",), "copy", "Copy the line with its file and revision.", "updates"),
    Command(
        "night",
        ("I",),
        "the night",
        "Say what to know of the night's figures, and what is set aside.",
        "updates",
    ),
    Command(
        "problems", ("p",), "problems", "List the files that were not taken, and why.", "updates"
    ),
    Command(
        "jump",
        ("apostrophe",),
        "go to a council",
        "Type the beginning of a council's name: the cursor goes there; ↑ and ↓ go from match to "
        "match.",
        "grid",
    ),
    Command("sort", ("s",), "sort", "Sort the pane another way.", "grid"),
    Command("reverse", ("S",), "sort back", "Sort the pane the way before.", "grid"),
    Command(
        "group", ("o",), "group", "Group the grid: region, type, status, control before.", "grid"
    ),
    Command(
        "density",
        ("D",),
        "density",
        "Say more or less of every name in the grid: as fits, names, short, letters, blocks, map.",
        "grid",
    ),
    Command(
        "map", ("M",), "map", "Lay the grid out as a map of tiles, or in columns again.", "grid"
    ),
    Command(
        "watch", ("w",), "watch", "Watch the council of the line or cell, or no longer.", "grid"
    ),
    Command("watched", ("a",), "watched", "List the councils that are watched.", "grid"),
    Command(
        "toggle", ("space",), "pause", "Replay: pause and play. Live: hold the view still.", "time"
    ),
    Command("step_back", ("comma",), "step back", "One entry back.", "time"),
    Command("step_on", ("full_stop",), "step on", "One entry on.", "time"),
    Command(
        "previous_change",
        ("left_square_bracket",),
        "change before",
        "To the change of control before.",
        "time",
    ),
    Command(
        "next_change",
        ("right_square_bracket",),
        "next change",
        "To the next change of control.",
        "time",
    ),
    Command("slower", ("less_than_sign",), "slower", "Play slower.", "time"),
    Command(
        "faster", ("greater_than_sign",), "faster", "Play faster, up to as fast as it goes.", "time"
    ),
    Command("normal_speed", ("backspace",), "speed ×1", "Play at the speed of the night.", "time"),
    Command("minute_back", ("left",), "1 min back", "One minute back (outside the grid).", "time"),
    Command("minute_on", ("right",), "1 min on", "One minute on (outside the grid).", "time"),
    Command("ten_back", ("shift+left",), "10 min back", "Ten minutes of feed time back.", "time"),
    Command("ten_on", ("shift+right",), "10 min on", "Ten minutes of feed time on.", "time"),
    Command("go_to_time", ("ctrl+g",), "go to time", "Go to a time: 01:30, +10m, -1h.", "time"),
    Command(
        "mark",
        ("d",),
        "difference",
        "Mark this moment and show what changes from it; again, show everything.",
        "time",
    ),
    Command("edge", ("L",), "live", "Back to the newest; in a replay, to its end.", "time"),
    Command("loop", ("l",), "loop", "Play in a loop, or stop at the end.", "time"),
    Command(
        "gaps", ("i",), "gaps", "Cut long silences short in the replay, or play them whole.", "time"
    ),
    Command("view", ("v",), "view", "Change the view: desk, projector, log only.", "looks"),
    Command("theme", ("t",), "theme", "Change the theme: dark, light, high contrast.", "looks"),
    Command("themes", ("T",), "all themes", "Choose among all themes by name.", "looks"),
    Command("style", ("h",), "house style", "Change the house style: bbc, pa, plain.", "looks"),
    Command(
        "bell",
        ("b",),
        "bell",
        "Ring for changes of control and watched councils, or be still.",
        "looks",
    ),
    Command(
        "export",
        ("x",),
        "export",
        "Save what is on screen: picture, figures, changes; and the night as a page and a cast.",
        "looks",
    ),
    Command(
        "acknowledge",
        ("A",),
        "acknowledge",
        "Acknowledge what is kept in sight below the headline; in the list of problems, those.",
        "updates",
    ),
    Command("rescan", ("ctrl+r",), "rescan", "Look through the feed folder now.", "time"),
)

BY_ID = {command.id: command for command in COMMANDS}
TITLES: dict[Where, str] = {
    "everywhere": "Everywhere",
    "updates": "Update log",
    "grid": "Grid and scoreboard",
    "scoreboard": "Scoreboard",
    "time": "Time",
    "looks": "Looks",
}


def keys_table() -> str:
    """Return the table of keys for the README, in Markdown."""
    rows = ["| key | what it does |", "|---|---|"]
    for where, title in TITLES.items():
        chosen = [command for command in COMMANDS if command.where == where]
        if chosen:
            rows.append(f"| **{title}** | |")
        for command in chosen:
            keys = " ".join(f"`{spelled(key)}`" for key in command.keys)
            rows.append(f"| {keys} | {command.help} |")
    return "\n".join(rows)
