"""Councils on the scoreboard: those that have changed hands, and those that are due or late."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Final

from feed.clock import hh_mm, spans_days, time_width
from feed.model.parties import PartyId, party_of
from feed.model.standing import CouncilStanding
from feed.reports.silence import Due
from tui.colours.themes import Look
from tui.scoreboard.rows import Line, Link, Linked, plain
from tui.text.short_names import short_name
from tui.text.terminal_text import cut, fit, segment
from tui.text.terminal_text import width as cells_of

_ARROW: Final = " → "
_LEAST_NAME: Final = 8
_BEFORE_ALL: Final = datetime.min.replace(tzinfo=UTC)


def newest_changes(councils: Iterable[CouncilStanding]) -> list[CouncilStanding]:
    """Return the councils that were declared gained or lost, the newest first."""
    return sorted(
        (it for it in councils if it.changed_hands and it.status == "declared"),
        key=lambda it: (it.declared_at or _BEFORE_ALL, it.declared_order or 0),
        reverse=True,
    )


def draw_changes(
    changes: list[CouncilStanding],
    names: Mapping[PartyId, str],
    size: tuple[int, int],
    look: Look,
) -> list[Linked]:
    """Return a heading and as many councils as fit, each with who held it and who does now.

    Args:
        changes: the councils, the newest first; the line of each opens it, and those that do not
            fit are counted.
        names: names of the parties that nightdesk does not know.
        size: cells and lines.
        look: the colours.
    """
    width, height = size
    before = [_label(it.before, names) for it in changes]
    after = [_label(it.after, names) for it in changes]
    rooms = max(map(cells_of, before), default=0), max(map(cells_of, after), default=0)
    dated = spans_days(it.declared_at for it in changes)
    time = time_width(dated=dated) + 2
    name = width - time - sum(rooms) - len(_ARROW) - 1
    if not changes or height < 2 or name < _LEAST_NAME:
        return []
    fit_in = len(changes) if len(changes) < height else height - 2
    lines = plain([[segment(f"CHANGED HANDS  {len(changes)}", look.style(look.dim))]])
    lines += [
        (
            [
                *_begin(council, (time, name), look, dated=dated),
                segment(fit(was, rooms[0], "right"), look.style(look.party_word(council.before))),
                segment(_ARROW, look.style(look.dim)),
                segment(fit(now, rooms[1]), look.style(look.party_word(council.after), bold=True)),
            ],
            Link("council", council.id),
        )
        for council, was, now in list(zip(changes, before, after, strict=True))[:fit_in]
    ]
    rest = len(changes) - fit_in
    if rest:
        lines += plain([[segment(cut(f" and {rest} more", width), look.style(look.dim))]])
    return lines


def _begin(council: CouncilStanding, rooms: tuple[int, int], look: Look, *, dated: bool) -> Line:
    at, (before, room) = council.declared_at, rooms
    time = hh_mm(at, estimated=council.declared_at_estimated, dated=dated) if at else ""
    return [
        segment(f"{time:>{before - 1}} ", look.style(look.dim)),
        segment(fit(short_name(council.name, room), room + 1), look.style(look.text)),
    ]


def _label(party: PartyId | None, names: Mapping[PartyId, str]) -> str:
    return "" if party is None else party_of(party, names).label


def list_of(due: Iterable[Due]) -> str:
    """Return whose list the expected times are of; empty where they are of several, or of none."""
    sources = {one.council.expected_source.partition(",")[0].strip() for one in due}
    source = sources.pop() if len(sources) == 1 else ""
    return f"by the {source.removesuffix(' estimate')} list" if source else ""


def draw_next(due: list[Due], height: int, width: int, look: Look) -> list[Linked]:
    """Return a heading and as many councils as fit in `height` lines; the rest are counted.

    A council's line opens the council.
    """
    if not due or height < 2:
        return []
    late = sum(one.is_late for one in due)
    heading = [segment("NEXT UP", look.style(look.dim))]
    if late:
        heading.append(segment(f"  {late} late", look.style(look.warn, bold=True)))
    whose = list_of(due)
    if whose and sum(cells_of(part.text) for part in heading) + cells_of(whose) + 2 <= width:
        heading.append(segment(f"  {whose}", look.style(look.dim)))
    shown = due if len(due) < height else due[: height - 2]
    lines = plain([heading])
    dated = spans_days(one.expected_at for one in due)
    lines += [
        (_line(one, width, look, dated=dated), Link("council", one.council.id)) for one in shown
    ]
    rest = len(due) - len(shown)
    if rest:
        lines += plain([[segment(cut(f" and {rest} more", width), look.style(look.dim))]])
    return lines


def _line(due: Due, width: int, look: Look, *, dated: bool) -> Line:
    status = {"rush": "rush", "counting": "counting"}.get(due.council.status, "")
    said = due.says or status
    time = hh_mm(due.expected_at, estimated=True, dated=dated)
    before = time_width(dated=dated) + 2
    room = width - before - (cells_of(said) + 1 if said else 0)
    return [
        segment(f"{time:>{before - 1}} ", look.style(look.dim)),
        segment(fit(short_name(due.council.name, room), max(0, room)), look.style(look.text)),
        segment(f" {said}" if said else "", look.style(look.warn, bold=due.is_late)),
    ]
