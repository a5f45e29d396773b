"""The commands that find something: a council by its name, a filter and its hits, trouble."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from feed.english import counted, number
from tui.control_grid.widget import ControlGrid
from tui.panes.typed_line import TypedLine
from tui.text.typed_text import TypedText
from tui.update_log.widget import UpdateLog

if TYPE_CHECKING:
    from textual.events import Key

    from tui.desk.screen import DeskScreen

_HINTS = {
    "filter": "party, council, region, kind, late, close or words",
    "time": "01:30, +10m, -1h",
}
_PROMPTS = {"filter": "/", "time": "Go to a time"}


@dataclass(frozen=True, slots=True)
class Typing:
    """What is being typed into the line at the foot."""

    purpose: Literal["filter", "time"]
    typed: TypedText


def begin_jump(desk: DeskScreen) -> None:
    """Go to a council by the beginning of its name."""
    stop_typing(desk)
    desk.focus_pane("grid")
    desk.query_one(ControlGrid).begin_jump()


def begin_filter(desk: DeskScreen) -> None:
    """Take what is typed from now on for a filter."""
    begin_typing(desk, Typing("filter", TypedText.ended(desk.filter.text)))


def begin_typing(desk: DeskScreen, typing: Typing) -> None:
    """Take what is typed from now on, the very next key too, into the line at the foot."""
    desk.query_one(ControlGrid).end_jump()
    desk.typing = typing
    show_line(desk)


def stop_typing(desk: DeskScreen) -> None:
    """Let letters be commands again; a filter stays on."""
    if desk.typing is not None:
        desk.typing = None
        show_line(desk)


def take_typed(desk: DeskScreen, event: Key) -> bool:
    """Take a key while something is typed; return whether it was for the line."""
    typing = desk.typing
    if typing is None:
        return False
    if event.key == "enter":
        stop_typing(desk)
        desk.enter_typed(typing)
    elif event.key in desk.keys.keys("back") and not event.is_printable:
        stop_typing(desk)
        if typing.purpose == "filter":
            clear_filter(desk)
    else:
        typed = typing.typed.after_key(event.key, event.character)
        if typed is None:
            return False
        type_on(desk, typed)
    return True


def type_on(desk: DeskScreen, typed: TypedText) -> None:
    """Show what is typed now, and filter by it if it is a filter."""
    if desk.typing is None:
        return
    desk.typing = Typing(desk.typing.purpose, typed)
    if desk.typing.purpose == "filter" and typed.text != desk.filter.text:
        desk.set_filter(typed.text)
    else:
        show_line(desk)


def keep_filter(desk: DeskScreen) -> None:
    """Leave the line with its filter on; in the grid go to the first council found."""
    if desk.pane == "grid":
        desk.query_one(ControlGrid).select_lit(1, from_start=True)
    desk.focus_pane("grid" if desk.pane == "grid" else "updates")
    unknown = desk.filter.not_understood
    if unknown:
        said = ", ".join(unknown)
        desk.say(f"Looked for as words, which name nothing known: {said}", timeout=5)


def clear_filter(desk: DeskScreen) -> bool:
    """Clear the filter; return whether there was one."""
    if not desk.filter.text:
        return False
    desk.set_filter("")
    show_line(desk)
    return True


def show_line(desk: DeskScreen) -> None:
    """Show the line at the foot as it is now: what is typed, and how much the filter has found."""
    typing = desk.typing
    purpose = typing.purpose if typing else "filter"
    desk.set_class(typing is not None or bool(desk.filter.words), "-filtering")
    text = typing.typed if typing else desk.filter.text
    said = _found(desk) if purpose == "filter" and desk.filter.words else ()
    desk.query_one(TypedLine).show(_PROMPTS[purpose], text, _HINTS[purpose], said)
    desk.show_keys()


def _found(desk: DeskScreen) -> tuple[str, ...]:
    log, grid = desk.query_one(UpdateLog), desk.query_one(ControlGrid)
    more = "" if log.counted else "…"
    entries, councils = counted(log.shown, "entry", "entries"), counted(grid.lit_count, "council")
    short = f"{number(log.shown)}{more} · {number(grid.lit_count)}"
    return f"{entries}{more} · {councils}", short


def go_to_next_hit(desk: DeskScreen) -> None:
    """Go to the next hit of the filter."""
    _go_to_hit(desk, 1)


def go_to_previous_hit(desk: DeskScreen) -> None:
    """Go to the hit before."""
    _go_to_hit(desk, -1)


def _go_to_hit(desk: DeskScreen, direction: Literal[1, -1]) -> None:
    if desk.pane == "grid":
        found = desk.query_one(ControlGrid).select_lit(direction)
    else:
        found = desk.query_one(UpdateLog).next_row(direction)
    if not found:
        _say_no_further(desk, "hit")


def _say_no_further(desk: DeskScreen, what: str) -> None:
    counted = desk.query_one(UpdateLog).counted
    said = f"No further {what}." if counted else f"No further {what} so far: still looking."
    desk.say(said, timeout=2)


def go_to_next_trouble(desk: DeskScreen) -> None:
    """Go to the next problem or correction."""
    _go_to_trouble(desk, 1)


def go_to_previous_trouble(desk: DeskScreen) -> None:
    """Go to the problem or correction before."""
    _go_to_trouble(desk, -1)


def _go_to_trouble(desk: DeskScreen, direction: Literal[1, -1]) -> None:
    log = desk.query_one(UpdateLog)
    log.follow = False
    if not log.next_trouble(direction):
        _say_no_further(desk, "problem or correction")


def toggle_follow(desk: DeskScreen) -> None:
    """Follow the newest, or hold the place."""
    log = desk.query_one(UpdateLog)
    log.follow = not log.follow
