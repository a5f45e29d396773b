"""Just in: one declaration as large as the wall: who, where, from whom, before and after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from rich.style import Style
from textual.geometry import Region

from feed.clock import hh_mm, zone
from feed.english import capitalised, number
from feed.model.parties import NOC, PartyId, party_of
from feed.model.standing import ContestStanding, CouncilStanding, SeatLine, Standing
from feed.rules.majority import after_the_count
from feed.wording.control import BASELINES, POSTS
from tui.projector.canvas import BarPart, Canvas, stacked_bar
from tui.projector.letters import FACES, HUGE, LARGE, SMALL, Face, big, big_width, fitted_words
from tui.projector.scene import (
    SHORT_POSTS,
    Declaration,
    Scene,
    ago_words,
    as_owner,
    by_subject,
    headline_title,
    kind_words,
    ordinal,
    possessive,
    seats_label,
    winner_of,
)
from tui.text.terminal_text import signed
from tui.text.terminal_text import width as cells_of

_LARGE_NOTE = 7
"""Rows under the name from which its first note is in block letters."""


def draw_just_in(canvas: Canvas, top: int, height: int, scene: Scene) -> None:
    """Draw the declaration that is just in."""
    news = by_subject(scene.standing).get(scene.news.subject) if scene.news else None
    if news is None:
        return
    below = (
        _rows_below(news, height)
        if isinstance(news, CouncilStanding)
        else _rows_of_candidates(news, height)
    )
    band = height - below
    _headline(canvas, top, band, news, scene)
    if isinstance(news, CouncilStanding):
        _council(canvas, top, height, below, news)
    else:
        _candidates(canvas, top + band, below, news, scene)


def _council(canvas: Canvas, top: int, height: int, below: int, council: CouncilStanding) -> None:
    """Draw the council before and after, and its parties' seats, in the last `below` rows."""
    y = top + height - below
    if below <= 3:
        _bars(canvas, y, below, council, tall=1)
        return
    tall = 1 if below < 11 else 2 if below < 14 else 3
    bars = _bars(canvas, y + (1 if below > 8 else 0), below, council, tall=tall)
    y += bars + (1 if below > 8 else 0)
    _figures(canvas, y, top + height - y, council)


def _rows_below(council: CouncilStanding, height: int) -> int:
    """Return how many rows bars and figures get; the headline has the rest."""
    if not any(line.after for line in council.seats):
        return 0
    return max(3, min(height * 9 // 20, 22)) if height > 8 else 3


def _rows_of_candidates(contest: ContestStanding, height: int) -> int:
    """Return how many rows the candidates get, at least two a candidate; the headline the rest."""
    known = len(_by_votes(contest))
    return 0 if known < 2 or height < 12 else min(height * 2 // 5, 1 + 3 * known)


def _by_votes(contest: ContestStanding) -> list[tuple[str, PartyId | None, int]]:
    """Return the candidates whose votes are known, the winner first."""
    counted = [it for it in contest.candidates if it[2] is not None]
    counted.sort(key=lambda it: (not it[3], -(it[2] or 0)))
    return [(name, party, votes or 0) for name, party, votes, _ in counted]


def _candidates(canvas: Canvas, y: int, rows: int, contest: ContestStanding, scene: Scene) -> None:
    """Draw each candidate's votes as a bar, as many candidates as fit."""
    candidates = _by_votes(contest)
    if not rows:
        return
    look, most = canvas.look, max(votes for _, _, votes in candidates)
    pitch = 3 if rows >= 1 + 3 * len(candidates) else 2
    figure = max(cells_of(number(votes)) for _, _, votes in candidates)
    room = canvas.width - 4 - figure - 2
    shown = candidates[: (rows - 1) // pitch]
    for at, (name, party, votes) in enumerate(shown):
        line = y + 1 + at * pitch
        label = "" if party is None else party_of(party, scene.standing.party_names).label
        said = f"{name} · {label}" if label else name
        strong = look.style(look.strong, bold=True)
        canvas.words(2, line, said, strong if at == 0 else look.style(look.text), room)
        wide = max(1, round(room * votes / most)) if most else 1
        canvas.fill(2, line + 1, wide, 1, look.party_style(party, bold=True))
        canvas.right(canvas.width - 2, line + 1, number(votes), strong)


def _headline(canvas: Canvas, top: int, high: int, news: Declaration, scene: Scene) -> None:
    """Fill the band with the party's colour: what happened, where, from whom."""
    fill = canvas.look.party_style(winner_of(news) or NOC, bold=True)
    canvas.fill(0, top, canvas.width, high, fill)
    plain = fill + Style(bold=False)
    names = scene.standing.party_names
    notes = (
        _notes(news, scene) if isinstance(news, CouncilStanding) else _contest_notes(news, scene)
    )
    when = _when(news, scene)
    margin = 3 if canvas.width >= 100 else 2
    room = canvas.width - 2 * margin
    said_rows = min(len(notes), max(1, high // 6), 3)
    left = high - said_rows - (3 if high >= 14 else 2 if high >= 12 else 1 if high >= 8 else 0)
    kind = kind_words(news, names).upper()
    name_rows = max(3, round(left * 0.62), min(6, left - 1))
    where = fitted_words(_post_in_short(news), room, name_rows)
    kind_rows = max(1, left - len(where))
    beside = 26 if kind_rows < 4 else 0
    what = fitted_words(kind, room - beside, kind_rows, _no_larger(len(where)))
    used = len(what) + len(where) + said_rows
    spare = max(0, high - used)
    under, between = int(spare > 0), min(2, spare // 4)
    y = top + max(0, (spare - under - between) // 2)
    canvas.block(margin, y, what, fill)
    behind = max(map(len, what)) + margin
    y += len(what) + between
    _corner(canvas, top, y, when, behind, fill, plain)
    canvas.block(margin, y, where, fill)
    y += len(where) + under
    large = notes[0].split(" · ")[0].upper() if notes else ""
    if high - (y - top) >= _LARGE_NOTE and large and big_width(large, SMALL) <= room:
        canvas.block(margin, y, big(large, SMALL), fill)
        y += SMALL.rows + 1
        notes = [" · ".join(notes[0].split(" · ")[1:]), *notes[1:]]
        notes = [note for note in notes if note]
    for at, note in enumerate(notes[:said_rows]):
        canvas.words(margin, y + at, note, fill if at == 0 else plain, room)


def _corner(  # noqa: PLR0913, PLR0917
    canvas: Canvas,
    top: int,
    bottom: int,
    when: Sequence[str],
    taken: int,
    bold: Style,
    plain: Style,
) -> None:
    """Write in the upper right, above the row `bottom`, when it was declared, as far as fits."""
    end = canvas.width - 3
    y = top + (1 if bottom - top > len(when) else 0)
    for at, line in enumerate(when[: bottom - y]):
        if end - cells_of(line) > taken + 1:
            canvas.right(end, y + at, line, bold if at == 0 else plain)


def _no_larger(rows: int) -> tuple[Face, ...]:
    return tuple(face for face in FACES if face.rows <= max(rows, SMALL.rows))


def _when(news: Declaration, scene: Scene) -> tuple[str, ...]:
    at = news.declared_at
    if at is None:
        return ()
    time = f"declared {hh_mm(at, estimated=news.declared_at_estimated)} {zone(at)}"
    since = scene.now - at if scene.now is not None and scene.now >= at else timedelta(0)
    marks = ("corrected",) if news.corrected else ()
    return (time, ago_words(since), *marks)


def _notes(council: CouncilStanding, scene: Scene) -> list[str]:
    """Return what is said under the name: from whom, the party's count, the majority."""
    standing, names = scene.standing, scene.standing.party_names
    after, before = council.after, council.before
    notes = []
    if council.changed_hands and before is not None:
        lost = f"{as_owner(before, names)} lose control" if after == NOC else ""
        notes.append(capitalised(lost) if lost else f"from {as_owner(before, names)}")
    elif council.new_council:
        notes.append("a new council")
    elif after == NOC:
        notes.append("as before, no party has a majority")
    seats = {line.party: line.after or 0 for line in council.seats}
    margin = after_the_count({p: n for p, n in seats.items() if n}, after, names)
    count = _count(council, standing)
    if notes and margin:
        notes[0] = f"{notes[0]} · {margin}"
    elif margin:
        notes.append(margin)
    if count:
        notes.append(count)
    return notes or [f"{council.region or ''}".strip()]


def _post_in_short(news: Declaration) -> str:
    """Return what a declaration is of; a commissioner's long post is said beside it."""
    if isinstance(news, ContestStanding) and news.kind in SHORT_POSTS:
        return f"{news.area} {SHORT_POSTS[news.kind]}"
    return headline_title(news)


def _contest_notes(contest: ContestStanding, scene: Scene) -> list[str]:
    """Return what is said under the post: who won it, from whom, by how much."""
    names = scene.standing.party_names
    taken = contest.outcome == "gain" and contest.before
    margin = "" if contest.majority is None else f"majority {number(contest.majority)}"
    post = POSTS[contest.kind] if contest.kind in SHORT_POSTS else ""
    facts = [post, f"from {as_owner(contest.before, names)}" if taken else "", margin]
    turnout = "" if contest.turnout is None else f"turnout {contest.turnout:g}%"
    notes = [contest.winner_name or "", " · ".join(fact for fact in facts if fact), turnout]
    return [note for note in notes if note]


def _count(council: CouncilStanding, standing: Standing) -> str:
    """Return `the Liberal Democrats' tenth council · eighth gain of the night`."""
    after, order = council.after, council.declared_order
    if after is None or order is None:
        return ""
    so_far = [
        it
        for it in standing.councils
        if it.status == "declared" and it.after == after and (it.declared_order or 0) <= order
    ]
    gains = sum(it.changed_hands for it in so_far)
    if after == NOC:
        said = f"the {ordinal(len(so_far))} council under no overall control"
    else:
        owner = possessive(as_owner(after, standing.party_names))
        said = f"{owner} {ordinal(len(so_far))} council"
    return (
        f"{said} · {ordinal(gains)} gain of the night"
        if council.changed_hands and after != NOC
        else said
    )


def _bars(canvas: Canvas, y: int, rows: int, council: CouncilStanding, *, tall: int) -> int:
    """Draw the council before and after with the majority mark; return the rows used."""
    left = 10 if canvas.width >= 70 else 2
    room = canvas.width - left - 3
    before = _by_size(council.seats, lambda line: line.held or 0)
    after = _by_size(council.seats, lambda line: line.after or 0)
    used = 0
    held = sum(size for _, size in before)
    wanted = 2 * tall + 2 if held else tall + 1
    if held and rows >= wanted - 1:
        if left > 2:
            canvas.words(2, y, "before", canvas.look.style(canvas.look.dim))
        stacked_bar(canvas, Region(left, y, room, tall), *_by_party(before))
        used += tall
        if rows > 8:
            used += 1
    if left > 2:
        canvas.words(2, y + used, "after", canvas.look.style(canvas.look.strong, bold=True))
    stacked_bar(canvas, Region(left, y + used, room, tall), *_by_party(after))
    used += tall
    filled, line = sum(size for _, size in after), council.majority_line
    if filled and line and used < rows:
        at = left + min(room - 1, round(room * (line - 0.5) / filled))
        mark = canvas.look.style(canvas.look.strong, bold=True)
        if held and rows > 8:
            canvas.put(at, y + tall, "│", mark)
        said = f"▲ {line} of {filled} seats: majority"
        x = at if at + cells_of(said) < canvas.width else max(left, at - cells_of(said) + 1)
        if x != at:
            said = f"majority: {line} of {filled} seats ▲"
            x = at - cells_of(said) + 1
        canvas.words(x, y + used, said, canvas.look.style(canvas.look.text))
        used += 1
    return used


def _by_size(
    seats: Sequence[SeatLine], size: Callable[[SeatLine], int]
) -> list[tuple[SeatLine, int]]:
    sized = [(line, size(line)) for line in seats]
    return sorted(((line, n) for line, n in sized if n > 0), key=lambda pair: -pair[1])


def _by_party(sized: Sequence[tuple[SeatLine, int]]) -> tuple[list[BarPart], int]:
    """Return a bar's parts, with their labels, and how many seats there are."""
    parts = [
        BarPart(
            size, line.party, (f"{seats_label(line)} {size}", f"{line.label} {size}", str(size))
        )
        for line, size in sized
    ]
    return parts, sum(size for _, size in sized)


def _figures(canvas: Canvas, y: int, rows: int, council: CouncilStanding) -> None:
    """Draw the seats of the parties after the poll, the largest first, as many as fit."""
    if rows < 3:
        return
    roomy, wide_enough = rows >= 9, canvas.width >= 180
    face = HUGE if roomy and wide_enough else LARGE if rows >= 6 and canvas.width >= 110 else SMALL
    y += (rows - face.rows) // 2
    x = 10 if canvas.width >= 110 else 2
    lines = _by_size(council.seats, lambda line: line.after or 0)
    gone = [line for line in council.seats if not line.after and (line.change or 0) < 0]
    for line, size in [*lines, *((line, 0) for line in gone)]:
        number = big(str(size), face)
        name = seats_label(line).upper()
        change = "" if line.change is None else signed(line.change, "±0")
        wide = 3 + big_width(str(size), face) + 2 + max(cells_of(name), cells_of(change))
        if x + wide > canvas.width - 2:
            break
        canvas.swatch(x, y, 2, face.rows, canvas.look.party_style(line.party))
        canvas.block(x + 3, y, number, canvas.look.style(canvas.look.strong, bold=True))
        at = x + 3 + len(number[0]) + 1
        canvas.words(at, y + face.rows - 2, name, canvas.look.style(canvas.look.strong, bold=True))
        colour = (
            canvas.look.dim
            if not line.change
            else canvas.look.bad
            if line.change < 0
            else canvas.look.good
        )
        canvas.words(at, y + face.rows - 1, change, canvas.look.style(colour, bold=True))
        x += wide + 4
    baseline = BASELINES[council.baseline] if council.baseline else ""
    if baseline and canvas.width - x > cells_of(baseline) + 2:
        canvas.words(x, y + face.rows - 1, baseline, canvas.look.style(canvas.look.dim))
