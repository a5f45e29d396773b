"""The headline bar: it answers without a key whether the night is alive and how far it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from rich.segment import Segment
from rich.style import Style
from textual.events import Click

from feed.clock import hh_mm_ss
from feed.model.view import View
from feed.reports.silence import Silence, view_silence
from tui.colours.themes import Look
from tui.panes.bar import Bar
from tui.panes.headline_parts import file_age, order_of, parts_of
from tui.text.fitting import Part, fitted
from tui.text.terminal_text import cut_at_word, segment, width

_GAP = 2
_COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "mode": "toggle",
        "new": "edge",
        "declared": "pane_grid",
        "since": "mark",
        "problems": "problems",
        "unread": "problems",
        "age": "rescan",
        "clock": "go_to_time",
    }
)
"""What a click on each part does."""
_SHORTEST_PROGRESS, _LONGEST_PROGRESS = 8, 40


class Headline(Bar):
    """Mode, test ribbon, election, progress, trouble and clock in one line; two when needed."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._shown: tuple[View, datetime, Silence] | None = None
        self._lines: list[list[Segment]] = []
        self._made_for: tuple[int, Look] | None = None
        """The cells and the colours that the lines were made for; none where they are of before."""

    def show(self, view: View, now: datetime, silence: Silence, *, at_once: bool = False) -> None:
        """Draw a view.

        Args:
            view: what is shown.
            now: the wall clock's time.
            silence: what it means that nothing comes.
            at_once: in this wake of the processor.

        """
        self._shown, self._made_for = (view, now, silence), None
        self.redraw(at_once=at_once)

    def tick(self, now: datetime) -> None:
        """Let time go on in what is shown, at once; most often no more than a second's digits."""
        if self._shown is None:
            return
        view, was, silence = self._shown
        later = view.at(now)
        self._shown = (later, now, silence)
        if file_age(view, was) != file_age(later, now):
            self._made_for = None
        elif (before := view.clock or was) != (after := later.clock or now):
            self._pass_seconds(before, after)
        self.redraw(at_once=True)

    def _pass_seconds(self, before: datetime, after: datetime) -> None:
        minutes = {each.replace(second=0, microsecond=0) for each in (before, after)}
        if len(minutes) > 1 or not self._lines:
            self._made_for = None
            return
        (*line, clock), *more = self._lines
        text = clock.text.replace(hh_mm_ss(before), hh_mm_ss(after))
        self._lines = [[*line, Segment(text, clock.style)], *more]

    def bar_lines(self, width: int, look: Look) -> Sequence[Sequence[Segment]]:
        """Return the line, and a second one for a sentence about the source that found no room."""
        if self._shown is None:
            return ()
        if self._made_for != (width, look):
            view, now, silence = self._shown
            self._lines = headline_lines(view, now, width, look, silence)
            self._made_for = (width, look)
        return self._lines

    def on_click(self, event: Click) -> None:
        """Do what the part under the mouse stands for."""
        command = event.style.meta.get("command")
        if command:
            self.post_message(self.Pressed(command))


def headline_lines(
    view: View, now: datetime, cells: int, look: Look, silence: Silence | None = None
) -> list[list[Segment]]:
    """Return the headline in `cells`: what matters least is left out first, no word is cut.

    Args:
        view: what is shown.
        now: the wall clock's time.
        cells: how wide the bar is.
        look: the colours.
        silence: what it means that nothing comes, where that is judged already.

    """
    parts = parts_of(view, now, look, silence or view_silence(view, now))
    order, again = order_of(view)
    found = fitted(parts, order, cells - 1, _GAP, again)
    said = {name: text for name, text in found.items() if text}
    left = [name for name in said if name != "clock"]
    blank = Style(color=look.text, bgcolor=look.bar)
    line = _joined(left, said, parts, blank)
    clock = said.get("clock", "")
    room = cells - 1 - _cells(line) - (width(clock) + _GAP if clock else 0)
    if "declared" in said:
        at = 2 * left.index("declared") + 1
        bar = progress(*view.standing.progress, room - _GAP, look)
        line[at:at] = bar
        room -= _cells(bar)
    is_told = view.source.state not in {"lost", "polling"} or view.source.state in view.pinned
    says = "" if is_told else cut_at_word(view.source.says, cells - 2)
    if says and width(says) + _GAP <= room:
        line += [Segment(" " * _GAP, blank), segment(says, _source_style(view, look))]
        room -= width(says) + _GAP
        says = ""
    if clock:
        line += [
            Segment(" " * (max(0, room) + _GAP), blank),
            segment(clock, _clickable("clock", parts["clock"].style)),
        ]
    second = [[segment(f" {says}", _source_style(view, look))]] if says else []
    return [line, *second]


def progress(done: int, of: int, room: int, look: Look) -> list[Segment]:
    """Return a bar and the percentage in at most `room` cells; nothing without room or number."""
    if not of:
        return []
    share = f" {done * 100 // of}%"
    cells = min(_LONGEST_PROGRESS, room - width(share) - 1)
    if cells < _SHORTEST_PROGRESS:
        return []
    filled = min(cells, done * cells // of)
    return [
        Segment(" ", look.style(look.text, look.bar)),
        Segment("━" * filled, look.style(look.accent, look.bar)),
        Segment("─" * (cells - filled), look.style(look.faint, look.bar)),
        Segment(share, look.style(look.dim, look.bar)),
    ]


def _joined(
    names: Sequence[str], said: Mapping[str, str], parts: Mapping[str, Part], blank: Style
) -> list[Segment]:
    line: list[Segment] = []
    for name in names:
        if line:
            line.append(Segment(" " * _GAP, blank))
        line.append(segment(said[name], _clickable(name, parts[name].style)))
    return line


def _clickable(name: str, style: Style) -> Style:
    command = _COMMANDS.get(name)
    return style + Style(meta={"command": command}) if command else style


def _cells(line: Sequence[Segment]) -> int:
    return sum(width(part.text) for part in line)


def _source_style(view: View, look: Look) -> Style:
    return look.style(look.bad if view.source.state == "lost" else look.warn, look.bar)
