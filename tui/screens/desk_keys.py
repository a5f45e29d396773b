"""The keys that the bar at the foot of the desk tells of, in the state that it is in."""

from __future__ import annotations

from feed.view import View
from tui.keymap import Keymap

Hint = tuple[str, str, str]
"""Keys as they are written, what they do, and the command's id."""


def key_hints(
    view: View, keys: Keymap, *, filtering: bool, typing: bool = False, jumping: bool = False
) -> list[Hint]:
    """Give the keys that matter now, the most important first, as they are mapped.

    Args:
        view: the mode and the transport.
        keys: which keys the commands are on.
        filtering: a filter is on.
        typing: its words are being typed, so that a letter is no command.
        jumping: a council's name is being typed in the grid.
    """
    if jumping:
        return [
            ("↑ ↓", "match", ""),
            ("Enter", "open", "open"),
            (keys.short("back"), "end", "back"),
        ]
    if typing:
        return [("Enter", "keep", ""), (keys.short("back"), "clear", "back")]
    step = _hint(keys, "step", "step_on", "step_back", "step_on")
    change = _hint(keys, "change", "next_change", "previous_change", "next_change")
    find = _hint(keys, "filter", "filter")
    last = [_hint(keys, "help", "help"), _hint(keys, "quit", "quit")]
    if filtering:
        hit = _hint(keys, "hit", "next_hit", "next_hit", "previous_hit")
        return [hit, _hint(keys, "change", "filter"), _hint(keys, "clear", "back"), *last]
    match view.mode:
        case "replay":
            playing = bool(view.transport and view.transport.playing)
            pause = _hint(keys, "pause" if playing else "play", "toggle")
            speed = _hint(keys, "speed", "faster", "slower", "faster")
            return [pause, step, change, speed, find, *last]
        case "live":
            return [
                find, _hint(keys, "detail", "open"), _hint(keys, "step back", "step_back"),
                _hint(keys, "hold", "toggle"), _hint(keys, "view", "view"), *last,
            ]  # fmt: skip
        case _:
            live, play = _hint(keys, "live", "edge"), _hint(keys, "play", "toggle")
            return [live, play, step, change, find, *last]


def _hint(keys: Keymap, title: str, command: str, *shown: str) -> Hint:
    return keys.short(*(shown or (command,))), title, command
