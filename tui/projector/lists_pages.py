"""The pages that are lists: what changed hands, what comes next, who won a contest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from feed.clock import hh_mm, spans_days
from feed.english import counted, number
from feed.model.parties import NOC, PartyId, party_of
from feed.model.standing import ContestStanding, CouncilStanding
from feed.reports.silence import Due, still_due
from feed.wording.control import POSTS
from feed.wording.progress import contests_up
from tui.colours.party_colours import letter
from tui.projector.canvas import Canvas
from tui.projector.letters import SMALL, Face, big, big_width, fitted_words
from tui.projector.scene import SHORT_POSTS, Scene, as_owner, headline_name
from tui.text.terminal_text import width as cells_of

_FEW = 8
"""Rows that one column holds without a gap beside it that looks forgotten."""
_APART = 44
"""Cells at most between what columns say."""
_GAP = 3
_TALL_POST, _NARROW_POST = 7, 44
"""Rows from which posts are in block letters, and the cells of a column where they are not."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of a list: a time, a name, what is said of it; or the heading of a part."""

    name: str
    said: str = ""
    short: str = ""
    """What is said where that has no room."""
    time: str = ""
    party: PartyId | None = None
    colour: Literal["text", "warn", "dim"] = "text"
    is_heading: bool = False


def changed_councils(scene: Scene) -> list[CouncilStanding]:
    """Return the councils that have changed hands, newest first."""
    changed = [it for it in scene.councils if it.status == "declared" and it.changed_hands]
    return sorted(changed, key=lambda it: (it.declared_order or 0, it.entry or 0), reverse=True)


def draw_changed(canvas: Canvas, top: int, height: int, scene: Scene) -> None:
    """Draw every change of control, by the party that has the council now, newest first."""
    names = scene.standing.party_names
    changed = changed_councils(scene)
    counts = {
        party: sum(it.after == party for it in changed) for party in {it.after for it in changed}
    }
    ranked = sorted(changed, key=lambda it: (it.after == NOC, -counts[it.after], it.after or ""))
    title = f"{counted(len(changed), 'council has', 'councils have')} changed hands"
    y = _title(canvas, top, height, title)
    dated = spans_days(it.declared_at for it in changed)
    rows: list[_Row] = []
    for party, group in groupby(ranked, key=lambda it: it.after):
        rows.append(
            _Row(f"{headline_name(party, names)} +{counts[party]}", party=party, is_heading=True)
        )
        rows += [_change(it, scene, dated=dated) for it in group]
    _columns(canvas, y, top + height - y, rows)


def _change(council: CouncilStanding, scene: Scene, *, dated: bool) -> _Row:
    at = council.declared_at
    time = "" if at is None else hh_mm(at, estimated=council.declared_at_estimated, dated=dated)
    names = scene.standing.party_names
    before = f"from {headline_name(council.before, names)}"
    short = f"from {party_of(council.before, names).label}" if council.before else ""
    return _Row(council.name, before, short, time, council.before)


def due(scene: Scene) -> list[Due]:
    """Return the councils that are due, the latest and then the next first."""
    return still_due(scene.councils, scene.now, scene.late_after)


def draw_due(canvas: Canvas, top: int, height: int, scene: Scene) -> None:
    """Draw what is late and what is expected, in the order of its times."""
    waiting = due(scene)
    late = [one for one in waiting if one.is_late]
    soon = [one for one in waiting if not one.is_late and not one.says]
    now = [one for one in waiting if not one.is_late and one.says]
    y = _title(canvas, top, height, next_words(scene, waiting))
    dated = spans_days(one.expected_at for one in waiting)
    rows: list[_Row] = []
    if late:
        rows.append(_Row(f"Late: {counted(len(late), 'council')}", is_heading=True, colour="warn"))
        longest = sorted(late, key=lambda one: one.expected_at)
        rows += [_due_row(one, dated=dated) for one in longest]
    if now:
        rows.append(_Row("Due now", is_heading=True))
        rows += [_due_row(one, dated=dated) for one in now]
    if soon:
        rows.append(_Row("Expected next", is_heading=True))
        rows += [_due_row(one, dated=dated) for one in soon]
    room = top + height - y
    if scene.sources and room > len(waiting) // 3 + 4:
        room -= 1
        said = f"~ times: {'; '.join(scene.sources)}"
        canvas.words(
            2, top + height - 1, said, canvas.look.style(canvas.look.dim), canvas.width - 4
        )
    _columns(canvas, y, room, rows)


def next_words(scene: Scene, waiting: Sequence[Due]) -> str:
    """Return what comes next, in a few words."""
    soon = [one for one in waiting if not one.says]
    late = sum(one.is_late for one in waiting)
    if not soon:
        overdue = [f"{len(waiting) - late} due now"] if len(waiting) > late else []
        overdue += [f"{late} late"] if late else []
        return ", ".join(overdue) or "Nothing more is expected"
    first = soon[0]
    wait = None if scene.now is None else first.expected_at - scene.now
    if wait is not None and wait.total_seconds() > 45 * 60:
        return f"Nothing expected before {hh_mm(first.expected_at)}"
    return f"Next: ~{hh_mm(first.expected_at)} {first.council.name}"


def _due_row(one: Due, *, dated: bool) -> _Row:
    said = one.says or {"rush": "unconfirmed", "counting": "counting"}.get(one.council.status, "")
    return _Row(
        one.council.name,
        said,
        said,
        hh_mm(one.expected_at, estimated=True, dated=dated),
        one.council.before,
        "warn" if one.is_late else "dim",
    )


def decided(scene: Scene) -> list[ContestStanding]:
    """Return the contests of single winners, those declared last first."""
    return sorted(
        scene.standing.contests,
        key=lambda it: (it.status != "declared", -(it.entry or 0), it.area),
    )


def draw_contests(canvas: Canvas, top: int, height: int, scene: Scene) -> None:
    """Draw mayors, commissioners and by-elections: who won, from whom, by how much."""
    contests = decided(scene)
    done = sum(it.status == "declared" for it in contests)
    up = contests_up(contests)
    title = f"{number(done)} of {counted(up, 'contest')} declared"
    title = title if up else f"{counted(done, 'contest')} declared"
    y = _title(canvas, top, height, title)
    room = top + height - y
    names = [f"{it.area} {POSTS[it.kind]}" for it in contests]
    widest = max((big_width(name, SMALL) for name in names), default=0)
    pitch, across = _contest_cells(canvas.width, room, len(contests), widest + 9)
    deep = max(1, room // pitch)
    wide = canvas.width // across
    shown = contests[: deep * across]
    if len(shown) < len(contests):
        _compact(canvas, y, room, contests, scene)
        return
    for at, contest in enumerate(shown):
        column, row = divmod(at, min(deep, -(-len(shown) // across)))
        _contest(canvas, column * wide + 2, y + row * pitch, wide - 4, pitch, contest, scene)


def _contest_cells(width: int, room: int, count: int, large: int) -> tuple[int, int]:
    """Return the rows of a contest, as many as all fit with, and the columns that they take.

    Args:
        width: cells of the page.
        room: its rows.
        count: how many contests there are.
        large: cells that the longest post takes in block letters.
    """
    for pitch in range(8, 3, -1):
        least = large if pitch >= _TALL_POST else _NARROW_POST
        across = max(1, -(-count // max(1, room // pitch)))
        if across * least <= width:
            return pitch, across
    return 3, max(1, min(width // _NARROW_POST, -(-count * 3 // max(1, room))))


def _compact(
    canvas: Canvas, y: int, room: int, contests: Sequence[ContestStanding], scene: Scene
) -> None:
    rows = [
        _Row(
            f"{it.area} {SHORT_POSTS.get(it.kind) or POSTS[it.kind]}",
            _winner_words(it, scene),
            _winner_in_short(it, scene),
            party=it.winner if it.status in {"declared", "rush"} else None,
        )
        for it in contests
    ]
    _columns(canvas, y, room, rows)


def _winner_words(contest: ContestStanding, scene: Scene) -> str:
    if contest.status == "expected":
        return "to come"
    if contest.status == "recount":
        return "recount"
    words = {"gain": "gain", "hold": "hold", "win": "win"}.get(contest.outcome or "", "")
    said = f"{headline_name(contest.winner, scene.standing.party_names)} {words}".strip()
    return f"{said}, unconfirmed" if contest.status == "rush" else said


def _winner_in_short(contest: ContestStanding, scene: Scene) -> str:
    if contest.status not in {"declared", "rush"} or contest.winner is None:
        return _winner_words(contest, scene)
    word = {"gain": "gain", "hold": "hold", "win": "win"}.get(contest.outcome or "", "")
    return f"{party_of(contest.winner, scene.standing.party_names).label} {word}".strip()


def _contest(  # noqa: PLR0913, PLR0917
    canvas: Canvas,
    x: int,
    y: int,
    wide: int,
    high: int,
    contest: ContestStanding,
    scene: Scene,
) -> None:
    done = contest.status in {"declared", "rush"}
    look = canvas.look
    strong, text, dim = (
        look.style(look.strong, bold=True),
        look.style(look.text),
        look.style(look.dim),
    )
    fill = canvas.look.party_style(contest.winner if done else None, bold=True)
    canvas.fill(x, y, 3, high - 1, fill)
    if done:
        canvas.put(
            x + 1, y + (high - 2) // 2, letter(contest.winner, scene.standing.party_names), fill
        )
    post = f"{contest.area} {POSTS[contest.kind]}"
    if high >= _TALL_POST and big_width(post, SMALL) <= wide - 5:
        canvas.block(x + 5, y, big(post, SMALL), strong)
        y, high = y + 3, high - 3
    else:
        canvas.words(x + 5, y, post, strong, wide - 5)
    said = _winner_words(contest, scene)
    if done and contest.outcome == "gain" and contest.before:
        longer = f"{said} from {as_owner(contest.before, scene.standing.party_names)}"
        said = longer if cells_of(longer) <= wide - 5 else said
    person = contest.winner_name or ""
    lines = (
        [f"{person} · {said}"]
        if high == 3 and person
        else [line for line in (person, said) if line]
    )
    if contest.majority is not None:
        majority = f"majority {number(contest.majority)}"
        if high > 3:
            lines.append(majority)
        elif cells_of(f"{lines[0]} · {majority}") <= wide - 5:
            lines[0] = f"{lines[0]} · {majority}"
    for at, line in enumerate(lines[: high - 2 if high > 3 else 1]):
        canvas.words(x + 5, y + 1 + at, line, text if at == 0 else dim, wide - 5)


def _title(canvas: Canvas, top: int, height: int, words: str) -> int:
    """Write the page's title as large as a third of the page allows; return the row behind it."""
    style = canvas.look.style(canvas.look.strong, bold=True)
    faces: tuple[Face, ...] = (SMALL,) if height >= 16 else ()
    drawn = (
        fitted_words(words, canvas.width - 4, SMALL.rows, faces)
        if faces and big_width(words, SMALL) <= canvas.width - 4
        else (words,)
    )
    canvas.block(2, top, drawn, style)
    return top + len(drawn) + 1


def _columns(canvas: Canvas, top: int, height: int, rows: Sequence[_Row]) -> None:
    """Set a list in as many columns as it needs, whole names; what has no room is counted."""
    if not rows or height < 1:
        return
    time = max(cells_of(row.time) for row in rows)
    name = max(cells_of(row.name) for row in rows if not row.is_heading)
    headings = max((cells_of(row.name) + 2 for row in rows if row.is_heading), default=0)
    room = canvas.width - 4
    if _large(canvas, top, height, rows):
        return
    needed = -(-len(rows) // height)
    bare = max(time + (time > 0) + name, headings)
    said, wide = 0, bare
    for words in ([row.said for row in rows], [row.short for row in rows]):
        size = max(map(cells_of, words))
        whole = max(time + (time > 0) + name + 2 + size, headings)
        if size and (room + _GAP) // (whole + _GAP) >= min(needed, (room + _GAP) // (bare + _GAP)):
            said, wide = size, whole
            rows = [replace(row, said=word) for row, word in zip(rows, words, strict=True)]
            break
    fits = max(1, (room + _GAP) // (wide + _GAP))
    across = _airy(len(rows), height, min(fits, needed), fits)
    shown = list(rows)
    more = 0
    if across * height < len(rows):
        shown = list(rows[: across * height - 1])
        more = sum(not row.is_heading for row in rows[len(shown) :])
    deep = min(height, -(-len(shown) // across) if not more else height)
    places: Sequence[tuple[int, int]] = [divmod(at, deep) for at in range(len(shown))]
    for tall in range(deep, min(deep + 1, height) + 1):
        found = _places(shown, tall)
        column, down = found[-1]
        if column * tall + down < across * tall - (more > 0):
            places, deep = found, tall
            break
    pitch = max(1, min(3, height // deep))
    spread = min((room + _GAP) // across, wide + _APART) if across > 1 else room
    x, y = 2, top
    for row, (column, down) in zip(shown, places, strict=True):
        x, y = 2 + column * spread, top + down * pitch
        _row(canvas, x, y, row, (time, name, said))
    if more:
        canvas.words(
            2 + (across - 1) * spread,
            top + height - 1,
            f"and {more} more",
            canvas.look.style(canvas.look.dim),
        )


def _places(rows: Sequence[_Row], deep: int) -> Sequence[tuple[int, int]]:
    """Return each row's column and its place there, so that no heading ends a column."""
    places, at = list[tuple[int, int]](), 0
    for row in rows:
        at += row.is_heading and at % deep == deep - 1 and deep > 1
        places.append(divmod(at, deep))
        at += 1
    return places


def _airy(rows: int, height: int, needed: int, fits: int) -> int:
    """Return the columns of a list: where more of them fit, so many that rows stand apart."""
    if rows <= _FEW:
        return needed
    apart = (n for n in range(max(needed, min(2, fits)), fits + 1) if 2 * -(-rows // n) <= height)
    return next(apart, needed)


def _large(canvas: Canvas, top: int, height: int, rows: Sequence[_Row]) -> bool:
    """Set a short list in block letters, where every name has room so; return whether it has."""
    pitch = SMALL.rows + 1
    if (len(rows) + 1) * pitch > height:
        return False
    time = max(cells_of(row.time) for row in rows)
    said = max(cells_of(row.said) for row in rows)
    names = max(big_width(row.name, SMALL) for row in rows if not row.is_heading)
    x = 2 + (time + 2 if time else 0)
    if x + names + 2 + said > canvas.width - 2:
        return False
    look = canvas.look
    colours = {"text": look.text, "warn": look.warn, "dim": look.dim}
    for at, row in enumerate(rows):
        y = top + at * pitch
        if row.is_heading:
            _row(canvas, 2, y + 2, row, (0, 0, 0))
            continue
        canvas.right(x - 2, y + 1, row.time, look.style(look.dim))
        canvas.block(x, y, big(row.name, SMALL), look.style(look.strong, bold=True))
        canvas.words(x + names + 2, y + 1, row.said, look.style(colours[row.colour]))
    return True


def _row(
    canvas: Canvas,
    x: int,
    y: int,
    row: _Row,
    sizes: tuple[int, int, int],
) -> None:
    time, name, said = sizes
    colours = {"text": canvas.look.text, "warn": canvas.look.warn, "dim": canvas.look.dim}
    if row.is_heading:
        if row.party is None:
            canvas.words(x, y, row.name.upper(), canvas.look.style(colours[row.colour], bold=True))
        else:
            canvas.put(x, y, f" {row.name.upper()} ", canvas.look.party_style(row.party, bold=True))
        return
    if time:
        canvas.right(x + time, y, row.time, canvas.look.style(canvas.look.dim))
        x += time + 1
    elif row.party is not None and not time:
        canvas.put(x - 1, y, " ", canvas.look.party_style(row.party))
    canvas.words(x, y, row.name, canvas.look.style(canvas.look.strong, bold=True))
    if said:
        canvas.words(x + name + 2, y, row.said, canvas.look.style(colours[row.colour]))
