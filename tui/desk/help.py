"""The keys that are told of: at the foot of the desk, and on the page of all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar, Literal

from rich.segment import Segment
from textual.binding import Binding, BindingType

from feed.model.standing import CouncilStanding
from feed.model.view import View
from tui.colours.themes import Look
from tui.control_grid.legend import meanings, parties_first
from tui.details.detail_parts import section
from tui.details.dialog import Line
from tui.details.listing import Listing, Open, Row, nothing
from tui.panes.bar import Bar
from tui.settings.commands import COMMANDS, TITLES, Where
from tui.settings.keymap import Keymap
from tui.text.terminal_text import cut, fit, segment
from tui.text.terminal_text import width as cells_of
from tui.text.wrapping import Run, wrapped

if TYPE_CHECKING:
    from tui.panes.pane_tabs import Pane

Hint = tuple[str, str, str]
"""Keys as they are written, what they do, and the command's id."""
_OF_PANE: dict[str, Where] = {"updates": "updates", "scoreboard": "grid", "grid": "grid"}
_MOST_LINES = 9
_FIRST_STEPS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("filter", ("filter",), "Show one party, council or region: type lab or trafford."),
    ("jump", ("jump",), "Go to a council by name; Enter opens its seats and files."),
    ("previous_change", ("step_back", "previous_change"), "Back in time: an entry, a change."),
    ("edge", ("edge",), "Back to the newest."),
    ("next_pane", ("next_pane",), "Go to the next pane; Enter opens what is chosen there."),
    ("theme", ("theme",), "Change the colours."),
    ("palette", ("palette",), "Find anything else by its name."),
)
"""The command that a row does, the keys that it shows, and its words."""


class Help(Listing):
    """A page of keys; a row does what it says, any of escape, ? and q closes it.

    Enter has the row's command done.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1", "close", "Close", show=False),
    ]

    def __init__(
        self,
        pane: str = "updates",
        keys: Keymap | None = None,
        does: Open = nothing,
        councils: Sequence[CouncilStanding] = (),
    ) -> None:
        super().__init__(does)
        self._signs = parties_first(meanings(councils))
        self._keys = keys or Keymap()
        self._first = _OF_PANE.get(pane, "updates")

    def heading(self) -> str:
        """Return the title."""
        return "Keys"

    def hint_for(self, count: int) -> str:
        """Return how to go on."""
        del count
        return f"Enter does it · {self._keys.label('palette')} finds by name · Escape closes"

    def open_row(self, key: str) -> None:
        """Close, and have the row's command done."""
        if key and self.close():
            self._opens(key)

    def rows(self, width: int, look: Look) -> Iterator[Row]:
        """Return the first steps, then the keys by place, the pane in hand first."""
        room = max(cells_of(self._keys.label(command)) for command in COMMANDS) + 2
        room = min(room, width // 2)
        yield Row(section("The grid", look)[1:])
        yield Row([*wrapped(self._legend(look), width, _MOST_LINES)])
        yield Row(section("First steps", look))
        for does, shown, words in _FIRST_STEPS:
            yield Row(self._lines(self._keys.short(*shown), words, room, width, look), does)
        order = sorted(TITLES, key=lambda where: (where != self._first, list(TITLES).index(where)))
        for where in order:
            chosen = [command for command in COMMANDS if command.where == where]
            if chosen:
                yield Row(section(TITLES[where], look))
            for command in chosen:
                lines = self._lines(self._keys.label(command), command.help, room, width, look)
                yield Row(lines, "" if command.by_pane else command.id)

    def _legend(self, look: Look) -> Iterator[Run]:
        """Yield each sign, a party's in its colours, and what it means, held to it."""
        text = look.style(look.text)
        for each in self._signs:
            yield each.sign, text if each.party is None else look.party_style(each.party)
            yield f"\u00a0{each.words}".replace(" ", "\u00a0"), text
            yield "   ", text

    def _lines(self, label: str, words: str, room: int, width: int, look: Look) -> list[Line]:
        keys, text = look.style(look.strong, bold=True), look.style(look.text)
        told = wrapped([(words, text)], max(8, width - room), _MOST_LINES)
        labels = [label, *[""] * (len(told) - 1)]
        return [
            [segment(fit(each, room), keys), *line] for each, line in zip(labels, told, strict=True)
        ]


_TIPS = (
    ("filter", "lab gain"),
    ("jump", "trafford"),
    ("next_change", "next change of control"),
    ("view", "the wall"),
    ("help", "every key"),
)


def tips(keys: Keymap, room: int) -> str:
    """Return what to try first in at most `room` cells; where every key is told stays longest."""
    said = [f"{keys.short(command)} {words}" for command, words in _TIPS]
    while len(said) > 1 and cells_of(_tried(said)) > room:
        del said[-2]
    return cut(_tried(said), room)


def _tried(said: Sequence[str]) -> str:
    return " Try: " + "   ".join(said)


class TipsLine(Bar):
    """What to try first; it is seen until a key is pressed."""

    def __init__(self, keys: Keymap, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._keys = keys

    def bar_lines(self, width: int, look: Look) -> Sequence[Sequence[Segment]]:
        """Return the line."""
        return ([segment(tips(self._keys, width), look.style(look.dim, look.bar))],)


def key_hints(  # noqa: PLR0913
    view: View,
    keys: Keymap,
    *,
    pane: Pane = "updates",
    filtering: bool,
    typing: Literal["filter", "time"] | None = None,
    jumping: bool = False,
) -> list[Hint]:
    """Return the keys that matter now, the most important first, as they are mapped.

    Args:
        view: the mode and the transport.
        keys: which keys the commands are on.
        pane: the pane in hand.
        filtering: a filter is on.
        typing: what is being typed at the foot, so that a letter is no command.
        jumping: a council's name is being typed in the grid.
    """
    if jumping:
        return [
            ("↑ ↓", "match", ""),
            ("Enter", "open", "open"),
            (keys.short("back"), "end", "back"),
        ]
    if typing:
        done, left = ("keep", "clear") if typing == "filter" else ("go", "cancel")
        return [("Enter", done, ""), (keys.short("back"), left, "back")]
    last = [
        _hint(keys, "pane", "next_pane"), _hint(keys, "help", "help"), _hint(keys, "quit", "quit"),
    ]  # fmt: skip
    if filtering:
        hit = _hint(keys, "hit", "next_hit", "next_hit", "previous_hit")
        return [hit, _hint(keys, "change", "filter"), _hint(keys, "clear", "back"), *last[1:2]]
    return [*_of_time(view, keys, whole=pane == "updates"), *_of_pane(view, keys, pane), *last]


def _of_time(view: View, keys: Keymap, *, whole: bool) -> list[Hint]:
    """Return the keys of the transport: all that there is room for beside the log, else one."""
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
