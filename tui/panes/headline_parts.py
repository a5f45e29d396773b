"""What the headline says: is it alive, what state, how far, is anything wrong."""

from __future__ import annotations

from datetime import datetime

from rich.style import Style

from feed.clock import ago, day, hh_mm, hh_mm_ss, zone
from feed.english import counted, number
from feed.model.view import View
from feed.reports.silence import Silence
from feed.wording.progress import declared_of, progress_words
from tui.colours.themes import Look
from tui.text.fitting import Part
from tui.text.terminal_text import safe


def speed_text(speed: float) -> str:
    """Return a replay speed as it is said: `60×`, `0.25×`, `max`."""
    if speed == float("inf"):
        return "max"
    return f"{number(int(speed)) if speed == int(speed) else f'{speed:g}'}×"


def parts_of(view: View, now: datetime, look: Look, silence: Silence) -> dict[str, Part]:
    """Return the headline's parts, in the order in which they stand.

    Args:
        view: what is shown.
        now: the wall clock's time.
        look: the colours.
        silence: what it means that nothing comes.

    """
    parts = {
        "test": _test(view, look),
        "mode": _mode(view, look),
        "new": _new(view, look),
        "title": _title(view, look),
        "declared": _declared(view, look),
        "since": _since(view, look),
        "problems": _problems(view, look),
        "unread": _unread(view, look),
        "unsaved": _unsaved(view, look),
        "hub": _hub(view, look),
        "silence": _silence(view, silence, look),
        "age": _age(view, now, look),
        "clock": _clock(view, now, look),
    }
    return {name: part for name, part in parts.items() if part is not None}


_TITLE = ("title",) * 6
_MARKS = ("mode", "unread", "problems", "unsaved", "unread", "test", "new", "clock")
_LAST = ("since", "hub", "unsaved", "problems", "unread", "declared", "silence")
_ORDER = (
    *(
        "since",
        "clock",
        "age",
        "silence",
        "silence",
        *_TITLE,
        "clock",
        "declared",
        "age",
        "hub",
        "new",
    ),
    *(*_MARKS, "clock", *_LAST),
)
_LIVE_ORDER = (
    *("since", "clock", "age", *_TITLE, "clock", "declared", "age", "hub", "new", "clock"),
    *("silence", "silence", *_MARKS, *_LAST),
)
"""What silence means is told before which night it is, where somebody waits for it."""
_LIVE_AGAIN = ("declared", "clock", "age")


def order_of(view: View) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what gives way first when the screen is narrow, and what takes room that is left."""
    return (_ORDER, ()) if view.mode == "replay" else (_LIVE_ORDER, _LIVE_AGAIN)


def _on_bar(look: Look, colour: str, *, bold: bool = False) -> Style:
    return look.style(colour, look.bar, bold=bold)


def _test(view: View, look: Look) -> Part | None:
    if not view.standing.test:
        return None
    return Part((" TEST DATA ", " TEST "), look.filled(look.warn))


def _mode(view: View, look: Look) -> Part:
    transport = view.transport
    lost = view.source.state == "lost" and view.mode != "replay"
    also, short = (" × LOST", " ×") if lost else ("", "")
    held = look.filled(look.bad if lost else look.warn)
    match view.mode:
        case "live" if lost:
            return Part((" × SOURCE LOST ", " × LOST "), held)
        case "live" if view.source.state == "loading":
            return Part((" … READING ", " … "), look.filled(look.dim))
        case "live":
            return Part((" ● LIVE ",), look.filled(look.accent))
        case "paused":
            return Part((f" ‖ PAUSED{also} ",), held)
        case "review":
            at = transport.now if transport is not None else view.clock
            time = "" if at is None else f" {hh_mm(at)}"
            return Part((f" ◀ REVIEW{time}{also} ", f" ◀{time}{short} "), held)
        case _:
            return _replay_mode(view, look)


def _replay_mode(view: View, look: Look) -> Part:
    transport = view.transport
    if transport is None:
        return Part((" ▶ REPLAY ", " ▶ "), look.filled(look.text))
    mark = "▶" if transport.playing else "‖"
    speed = speed_text(transport.speed)
    return Part((f" {mark} REPLAY {speed} ", f" {mark} {speed} "), look.filled(look.text))


def _new(view: View, look: Look) -> Part | None:
    if not view.new:
        return None
    return Part((f"+{number(view.new)} new", ""), _on_bar(look, look.accent, bold=True))


def _title(view: View, look: Look) -> Part:
    words = safe(view.standing.title).split()
    shorter = [" ".join(words[:count]) for count in range(len(words), 1, -1)][:6]
    return Part((*shorter, ""), _on_bar(look, look.strong, bold=True))


def _declared(view: View, look: Look) -> Part | None:
    standing = view.standing
    done, up = standing.progress
    if not (done or up or standing.rushed):
        return None
    short = f"{number(done)}/{number(up)}" if up else declared_of(done, up)
    said = declared_of(done, up) if up else progress_words(standing)
    return Part((said, short, ""), _on_bar(look, look.text))


def _since(view: View, look: Look) -> Part | None:
    if not view.since:
        return None
    return Part((f" changes {view.since} ", f" {view.since} ", ""), look.filled(look.accent))


def _problems(view: View, look: Look) -> Part | None:
    count = len(view.standing.problems)
    new = count - view.acknowledged
    if not count:
        return None
    if not new:
        return Part((counted(count, "problem"), ""), _on_bar(look, look.dim))
    said = f"{number(new)} new of {number(count)} problems" if new < count else ""
    return Part(
        (f"! {said or counted(count, 'problem')}", f"!{number(new)}", ""),
        _on_bar(look, look.bad, bold=True),
    )


def _unread(view: View, look: Look) -> Part | None:
    """Return which files stand with older figures: a board that keeps them must not look whole."""
    files = view.source.no_longer_read
    if not files:
        return None
    short = f"! {counted(len(files), 'file')} unread"
    said = f"! {safe(files[0])} no longer read" if len(files) == 1 else short
    return Part((said, short, f"!{number(len(files))}r", ""), _on_bar(look, look.bad, bold=True))


def _unsaved(view: View, look: Look) -> Part | None:
    count = view.source.unsaved
    if not count:
        return None
    short = f"! {number(count)} unsaved"
    return Part((short, f"!{number(count)}u", ""), _on_bar(look, look.bad, bold=True))


def _hub(view: View, look: Look) -> Part | None:
    if not view.source.hub:
        return None
    short, _, _ = view.source.hub.partition(" since")
    return Part((view.source.hub, short, ""), _on_bar(look, look.warn, bold=True))


def _silence(view: View, judged: Silence, look: Look) -> Part | None:
    """Return what silence means; that the source is lost, the mode says already."""
    if judged.kind in {"lost", "alive"}:
        return None
    colour = {"complete": look.accent, "quiet": look.dim}.get(judged.kind, look.warn)
    says = safe(judged.says)
    brief = says.replace(" as expected", "").replace("longest ", "")
    told = () if judged.kind in view.pinned else (says, brief)
    return Part((*told, judged.short, ""), _on_bar(look, colour))


def file_age(view: View, now: datetime) -> str:
    """Return how long ago the last file came; nothing where none has, or none will."""
    last = view.source.last_arrival_at
    return "" if view.mode == "replay" or last is None else ago(now - last)


def _age(view: View, now: datetime, look: Look) -> Part | None:
    gone = file_age(view, now)
    if not gone:
        return None
    return Part((f"last file {gone} ago", f"file {gone} ago", ""), _on_bar(look, look.dim))


def _clock(view: View, now: datetime, look: Look) -> Part:
    at = view.clock or now
    return Part(
        (
            f"{day(at)}  {hh_mm_ss(at)} {zone(at)}",
            f"{hh_mm_ss(at)} {zone(at)}",
            f"{hh_mm(at)} {zone(at)}",
            hh_mm(at),
            "",
        ),
        _on_bar(look, look.strong, bold=True),
    )
