"""The top of the projector's page: what night it is, whether it is real and live, how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rich.segment import Segment

from feed.clock import day, hh_mm, hh_mm_ss, zone
from feed.model.view import View
from feed.wording.progress import rushes
from tui.colours.themes import Look
from tui.panes.headline_parts import ago, speed_text
from tui.projector.big_figures import big
from tui.projector.part import Line, ProjectorPart
from tui.text.fitting import Part, fitted
from tui.text.terminal_text import counted, cut, cut_at_word, number, segment
from tui.text.terminal_text import width as cells_of


class ProjectorRibbon(ProjectorPart):
    """The title with the clock, and a band that says TEST, REPLAY or LIVE and cannot be hidden."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._shown: tuple[View, datetime, str] | None = None
        self.rows = 2
        """2, or 1 where height is short; set by the screen."""

    def show(self, view: View, now: datetime, page: str) -> None:
        """Draw `view` at wall time `now`; `page` says which page this is."""
        self._shown = (view, now, page)
        self.redraw()

    def lines(self, width: int, height: int, look: Look) -> Sequence[Line]:
        """Give the two lines."""
        del height
        if self._shown is None:
            return [[Segment(" ", look.base)]] * self.rows
        view, now, page = self._shown
        if self.rows == 1:
            return [flags(view, now, _clock(view, now)[0], width, look)]
        return [_title(view, now, width, look), flags(view, now, page, width, look)]


def _title(view: View, now: datetime, width: int, look: Look) -> Line:
    full, short = _clock(view, now)
    clock = full if width >= cells_of(full) + 30 else short
    title = cut_at_word(f" {view.standing.title}", width - cells_of(clock) - 1)
    gap = " " * max(0, width - cells_of(title) - cells_of(clock))
    strong = look.style(look.strong, bold=True)
    return [segment(title, strong), Segment(gap, look.base), segment(clock, strong)]


def _clock(view: View, now: datetime) -> tuple[str, str]:
    at = view.clock or now
    return f"{day(at)}  {hh_mm_ss(at)} {zone(at)} ", f"{hh_mm(at)} {zone(at)} "


def flags(view: View, now: datetime, page: str, width: int, look: Look) -> Line:
    """Give the band: everything that makes these figures other than live results, in full."""
    parts = _flags(view, now, look)
    parts["page"] = Part((page, ""), look.base)
    said = fitted(parts, ("page", "age", "mode", "lost", "test"), width - 1, 0)
    shown = [name for name in parts if said[name] and name != "page"]
    line = [segment(said[name], parts[name].style) for name in shown]
    band = parts[shown[-1]].style
    rest = width - sum(cells_of(said[name]) for name in (*shown, "page"))
    line += [Segment(" " * (rest - 1), band), segment(f"{said['page']} ", band)]
    return line


def _flags(view: View, now: datetime, look: Look) -> dict[str, Part]:
    said: dict[str, Part] = {}
    if view.standing.test:
        said["test"] = Part((" TEST DATA: not real results ", " TEST "), look.filled(look.warn))
    transport = view.transport
    if view.source.state == "lost" and view.mode != "replay":
        lost = f" SOURCE LOST {view.source.says}".rstrip()
        said["lost"] = Part((f"{lost} ", " SOURCE LOST "), look.filled(look.bad))
    match view.mode:
        case "replay":
            speed = "" if transport is None else f" at {speed_text(transport.speed)}"
            held = "" if transport is None or transport.playing else ", paused"
            of = _night(view)
            full, short = f" REPLAY{of}{speed}{held} ", f" REPLAY{speed}{held} "
            said["mode"] = Part((full, short, " REPLAY "), look.filled(look.text))
        case "paused":
            forms = (" PAUSED: not the newest figures ", " PAUSED ")
            said["mode"] = Part(forms, look.filled(look.warn))
        case "review":
            at = "" if view.clock is None else f" {hh_mm(view.clock)}"
            forms = (f" REVIEW{at}: not the newest figures ", f" REVIEW{at} ")
            said["mode"] = Part(forms, look.filled(look.warn))
        case "live" if view.source.state != "lost":
            said["mode"] = Part((" LIVE ",), look.filled(look.accent))
            said["age"] = Part((_age(view, now), ""), look.style(look.text))
            said["blank"] = Part((" ",), look.base)
    return said


def _night(view: View) -> str:
    on = view.standing.date
    return "" if on is None else f" of {on.day} {on:%B %Y}"


def _age(view: View, now: datetime) -> str:
    last = view.source.last_arrival_at
    return "" if last is None else f" last file {ago(now - last)} ago"


class ProjectorProgress(ProjectorPart):
    """How many councils have declared: a line, or three with large figures."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._view: View | None = None
        self.rows = 1
        """1 or 3; set by the screen."""

    def show(self, view: View) -> None:
        """Draw how far `view` is."""
        self._view = view
        self.redraw()

    def lines(self, width: int, height: int, look: Look) -> Sequence[Line]:
        """Give the lines."""
        del height
        if self._view is None:
            return [[Segment(" ", look.base)]] * self.rows
        standing = self._view.standing
        done, up = standing.progress
        percent = [f"{done * 100 // up}%"] if up else []
        of = f"of {counted(up, 'council')}" if up else "council" if done == 1 else "councils"
        text = look.style(look.strong, bold=True)
        if self.rows == 1:
            rushed = f", {rushes(standing.rushed)}" if standing.rushed and not up else ""
            said = f" {number(done)} {of} declared{rushed} "
            share = f" {percent[0]} " if percent else ""
            room = max(0, width - cells_of(said) - cells_of(share))
            bar = _bar(done, up, room, look)
            return [[segment(cut(said, width), text), *bar, segment(share, text)]]
        figure = big(number(done), 1)
        head = [[Segment(" "), Segment(row, text), Segment("  ")] for row in figure]
        room = max(0, width - cells_of(figure[0]) - 4)
        further = percent
        further += [counted(standing.rushed, "unconfirmed", "unconfirmed")] * bool(standing.rushed)
        further += [f"{number(standing.counting)} counting"] * bool(standing.counting)
        return [
            [*head[0], segment(cut(f"{of} declared", room), text)],
            [*head[1], *_bar(done, up, room, look)],
            [*head[2], segment(cut(" · ".join(further), room), look.style(look.text))],
        ]


def _bar(done: int, of: int, room: int, look: Look) -> list[Segment]:
    if not of:
        return [Segment(" " * room, look.base)]
    filled = min(room, done * room // of)
    return [
        Segment("█" * filled, look.style(look.accent)),
        Segment("░" * (room - filled), look.style(look.rule)),
    ]
