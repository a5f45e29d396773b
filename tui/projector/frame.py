"""The wall's frame: ribbon and progress above the page, what came last and what is next below."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from rich.segment import Segment

from feed.clock import day, hh_mm, spans_days, zone
from feed.english import counted, number
from feed.model.standing import Standing
from feed.model.view import View
from feed.wording.control import control_sentence
from feed.wording.progress import rushes
from tui.colours.themes import Look
from tui.panes.headline_parts import speed_text
from tui.projector.canvas import Canvas, Line
from tui.projector.just_in_page import draw_just_in
from tui.projector.letters import SMALL, big, big_width
from tui.projector.lists_pages import (
    changed_councils,
    draw_changed,
    draw_contests,
    draw_due,
    due,
)
from tui.projector.map_page import draw_map, map_fits
from tui.projector.regions_page import by_region, draw_regions
from tui.projector.scene import Scene, declared_newest_first
from tui.projector.table_page import draw_table
from tui.settings.wall_pages import WallPage
from tui.text.fitting import Part, fitted
from tui.text.terminal_text import cut, cut_at_word, segment
from tui.text.terminal_text import width as cells_of

_ROOMY, _TALL, _FOOT_OF_TWO = 36, 30, 22
_Draw = Callable[[Canvas, int, int, Scene], None]
_DRAWN: Mapping[WallPage, _Draw] = MappingProxyType(
    {
        "table": draw_table,
        "map": draw_map,
        "just-in": draw_just_in,
        "changed": draw_changed,
        "regions": draw_regions,
        "next": draw_due,
        "contests": draw_contests,
    }
)
PAGE_TITLES: Mapping[WallPage, str] = MappingProxyType(
    {
        "table": "table",
        "map": "map",
        "just-in": "just in",
        "changed": "changed hands",
        "regions": "regions",
        "next": "next",
        "contests": "contests",
    }
)
_WITHOUT_PROGRESS = frozenset({"map"})
"""Pages that say themselves how far the night is."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything on the wall at a moment."""

    view: View
    scene: Scene
    page: WallPage
    mode: str = ""
    """What is said beside the page's title: `held`."""
    said: str = ""
    """An answer to a key, in the place of what came last."""
    first_told: int = 0
    """Which of the last declarations the foot line begins with."""


def has_something_to_say(page: WallPage, scene: Scene, width: int, height: int) -> bool:
    """Whether a page is shown when its turn comes."""
    rows = height - _above(page, height) - _below(height)
    says: Mapping[WallPage, Callable[[], bool]] = {
        "table": lambda: True,
        "map": lambda: map_fits(width, rows, scene),
        "just-in": lambda: scene.news is not None,
        "changed": lambda: bool(changed_councils(scene)),
        "regions": lambda: len(by_region(scene)) > 1 and not scene.standing.is_apart,
        "next": lambda: bool(due(scene)),
        "contests": lambda: bool(scene.standing.contests),
    }
    return says[page]()


def draw_frame(frame: Frame, width: int, height: int, now: datetime, look: Look) -> list[Line]:
    """Return the wall's rows at wall time `now`."""
    canvas = Canvas(width, height, look, coloured=frame.scene.coloured)
    top, below = _above(frame.page, height), _below(height)
    _ribbon(canvas, frame, now)
    if frame.page in _WITHOUT_PROGRESS:
        pass
    elif top > 2:
        _progress(canvas, 2, top - 2, frame)
    elif top == 2 and height < _FOOT_OF_TWO:
        _progress(canvas, 1, 1, frame)
    _DRAWN[frame.page](canvas, top, height - top - below, frame.scene)
    _foot(canvas, height - below, below, frame)
    return canvas.lines()


def _above(page: WallPage, height: int) -> int:
    """Return the rows of ribbon and progress."""
    if height < _FOOT_OF_TWO:
        return 1 if page in _WITHOUT_PROGRESS or page == "just-in" else 2
    if page in _WITHOUT_PROGRESS:
        return 3 if height >= _ROOMY else 2
    return 7 if height >= _ROOMY else 6 if height >= _TALL else 3


def _below(height: int) -> int:
    return 3 if height >= _ROOMY else 2 if height >= _FOOT_OF_TWO else 1


def _ribbon(canvas: Canvas, frame: Frame, now: datetime) -> None:
    said = PAGE_TITLES[frame.page]
    page = f"{said}, {frame.mode}" if frame.mode else said
    if canvas.height < _FOOT_OF_TWO:
        clock = hh_mm(frame.view.clock or now)
        canvas.line(0, 0, flags(frame.view, f"{page} · {clock}", canvas.width, canvas.look))
        return
    canvas.line(0, 0, clock_line(frame.view, now, canvas.width, canvas.look))
    canvas.line(0, 1, flags(frame.view, page, canvas.width, canvas.look))


def _progress(canvas: Canvas, y: int, rows: int, frame: Frame) -> None:
    """Write how many councils have declared: in a line, or with large figures."""
    standing = frame.scene.standing
    done, up = standing.progress
    strong, dim = (
        canvas.look.style(canvas.look.strong, bold=True),
        canvas.look.style(canvas.look.dim),
    )
    of = f"of {counted(up, 'council')}" if up else "council" if done == 1 else "councils"
    rest = _aside(standing)
    if rows < 4:
        end = canvas.words(2, y, f"{number(done)} {of} declared", strong)
        room = canvas.width - end - 4 - (cells_of(rest) + 2 if rest else 0)
        if room < 12 and rest:
            rest, room = "", canvas.width - end - 4
        _bar(canvas, end + 2, y, room, 1, done, up)
        canvas.right(canvas.width - 2, y, rest, dim)
        return
    y += rows > 4
    figure = number(done)
    canvas.block(2, y, big(figure, SMALL), strong)
    x = 2 + big_width(figure, SMALL) + 3
    canvas.words(x, y, f"{of} declared", strong)
    if canvas.width - x > cells_of(rest) + cells_of(of) + 12:
        canvas.right(canvas.width - 2, y, rest, dim)
    _bar(canvas, x, y + 1, canvas.width - x - 2, 2, done, up)


def _aside(standing: Standing) -> str:
    changed = sum(it.status == "declared" and it.changed_hands for it in standing.councils)
    said = [f"{number(changed)} changed hands"] if changed else []
    said += [rushes(standing.rushed)] if standing.rushed else []
    said += [f"{number(standing.counting)} counting"] if standing.counting else []
    return " · ".join(said)


def _bar(  # noqa: PLR0913, PLR0917
    canvas: Canvas, x: int, y: int, room: int, high: int, done: int, up: int
) -> None:
    if room < 4 or not up:
        return
    filled = min(room, done * room // up)
    canvas.track(x, y, room, high)
    canvas.fill(x, y, filled, high, canvas.look.style(canvas.look.background, canvas.look.accent))


def _foot(canvas: Canvas, y: int, rows: int, frame: Frame) -> None:
    """Write the last declarations, or an answer to a key, and what comes next."""
    bar = canvas.look.style(canvas.look.text, canvas.look.bar)
    line = y + (1 if rows == 3 else 0)
    canvas.fill(0, line, canvas.width, rows - (line - y), bar)
    if frame.said:
        canvas.words(
            2,
            line,
            frame.said,
            canvas.look.style(canvas.look.accent, canvas.look.bar, bold=True),
            canvas.width - 4,
        )
    else:
        canvas.words(
            2,
            line,
            last_words(frame, canvas.width - 4),
            canvas.look.style(canvas.look.strong, canvas.look.bar),
        )
    if rows > 1:
        _next_line(canvas, line + 1, frame)


def last_words(frame: Frame, room: int) -> str:
    """Return as many of the last declarations as fit whole, beginning with one of them."""
    standing, style = frame.scene.standing, frame.scene.style
    newest = declared_newest_first(standing)[:6]
    if not newest:
        return "No council has declared yet"
    dated = spans_days(council.declared_at for council in newest)
    first = frame.first_told % len(newest)
    line = ""
    for council in newest[first:]:
        at = council.declared_at
        told = "" if at is None else hh_mm(at, estimated=council.declared_at_estimated, dated=dated)
        said = f"{told} {control_sentence(council, style)}".lstrip()
        longer = f"{line} · {said}" if line else said
        if line and cells_of(longer) > room:
            break
        line = longer
    return cut(line, room)


def _next_line(canvas: Canvas, y: int, frame: Frame) -> None:
    scene = frame.scene
    waiting = [one for one in due(scene) if not one.is_late]
    late = len(due(scene)) - len(waiting)
    head = canvas.words(
        2, y, "NEXT  ", canvas.look.style(canvas.look.accent, canvas.look.bar, bold=True)
    )
    done, up = scene.standing.progress
    if not waiting:
        said = "all declared" if up and done >= up else "no time is known"
    else:
        said = ""
        for one in waiting[:8]:
            piece = f"~{hh_mm(one.expected_at)} {one.council.name}"
            longer = f"{said} · {piece}" if said else piece
            if said and cells_of(longer) > canvas.width - head - 16:
                break
            said = longer
    end = canvas.words(
        head, y, said, canvas.look.style(canvas.look.dim, canvas.look.bar), canvas.width - head - 2
    )
    if late and canvas.width - end > 12:
        canvas.words(
            end,
            y,
            f" · {late} late",
            canvas.look.style(canvas.look.warn, canvas.look.bar, bold=True),
        )


def clock_line(view: View, now: datetime, width: int, look: Look) -> Line:
    """Return the title of the night at the left and the clock at the right."""
    full, short = _clock(view, now)
    clock = full if width >= cells_of(full) + 30 else short
    title = cut_at_word(f" {view.standing.title}", width - cells_of(clock) - 1)
    gap = " " * max(0, width - cells_of(title) - cells_of(clock))
    strong = look.style(look.strong, look.bar, bold=True)
    return [segment(title, strong), Segment(gap, strong), segment(clock, strong)]


def _clock(view: View, now: datetime) -> tuple[str, str]:
    at = view.clock or now
    return f"{day(at)}  {hh_mm(at)} {zone(at)} ", f"{hh_mm(at)} {zone(at)} "


def flags(view: View, page: str, width: int, look: Look) -> Line:
    """Return the band: everything that makes these figures other than live results, in full."""
    parts = _flags(view, look)
    parts["page"] = Part((page, ""), look.base)
    said = fitted(parts, ("page", "mode", "lost", "test"), width - 1, 0)
    shown = [name for name in parts if said[name] and name != "page"]
    line = [segment(said[name], parts[name].style) for name in shown]
    band = parts[shown[-1]].style
    rest = width - sum(cells_of(said[name]) for name in (*shown, "page"))
    line += [Segment(" " * (rest - 1), band), segment(f"{said['page']} ", band)]
    return line


def _flags(view: View, look: Look) -> dict[str, Part]:
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
    return said


def _night(view: View) -> str:
    on = view.standing.date
    return "" if on is None else f" of {on.day} {on:%B %Y}"
