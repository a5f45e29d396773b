"""The keys that the bar at the foot of the desk tells of, in the state that it is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed.model.view import View
from tui.settings.keymap import Keymap

if TYPE_CHECKING:
    from tui.panes.pane_tabs import Pane

Hint = tuple[str, str, str]
"""Keys as they are written, what they do, and the command's id."""


def key_hints(  # noqa: PLR0913
    view: View,
    keys: Keymap,
    *,
    pane: Pane = "updates",
    filtering: bool,
    typing: bool = False,
    jumping: bool = False,
) -> list[Hint]:
    """Give the keys that matter now, the most important first, as they are mapped.

    Args:
        view: the mode and the transport.
        keys: which keys the commands are on.
        pane: the pane in hand.
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
    last = [
        _hint(keys, "pane", "next_pane"), _hint(keys, "help", "help"), _hint(keys, "quit", "quit"),
    ]  # fmt: skip
    if filtering:
        hit = _hint(keys, "hit", "next_hit", "next_hit", "previous_hit")
        return [hit, _hint(keys, "change", "filter"), _hint(keys, "clear", "back"), *last[1:2]]
    return [*_of_time(view, keys, whole=pane == "updates"), *_of_pane(view, keys, pane), *last]


def _of_time(view: View, keys: Keymap, *, whole: bool) -> list[Hint]:
    """Give the keys of the transport: all that there is room for beside the log, else one."""
    play = _hint(keys, "play", "toggle")
    steps = [
        _hint(keys, "step", "step_on", "step_back", "step_on"),
        _hint(keys, "change", "next_change", "previous_change", "next_change"),
    ]
    match view.mode:
        case "replay":
            playing = bool(view.transport and view.transport.playing)
            first = [_hint(keys, "pause", "toggle") if playing else play]
        case "live":
            first = [_hint(keys, "hold", "toggle")]
            steps = [_hint(keys, "step back", "step_back")]
        case _:
            first, steps = [_hint(keys, "live", "edge")], [play, *steps[:1]]
    return [*first, *(steps if whole else [])]


def _of_pane(view: View, keys: Keymap, pane: Pane) -> list[Hint]:
    find = _hint(keys, "filter", "filter")
    match pane:
        case "grid":
            jump = _hint(keys, "go to", "jump")
            return [_hint(keys, "council", "open"), jump, find]
        case "scoreboard":
            return [_hint(keys, "results", "open"), _hint(keys, "sort", "sort"), find]
        case "updates":
            return [find, _hint(keys, "detail", "open")] if view.mode == "live" else [find]


def _hint(keys: Keymap, title: str, command: str, *shown: str) -> Hint:
    return keys.short(*(shown or (command,))), title, command
