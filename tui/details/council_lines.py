"""The tables of a council's page: seats by party, wards, revisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.segment import Segment

from feed.clock import hh_mm, spans_days, time_width
from feed.english import capitalised, number
from feed.model.parties import PARTIES, PartyId, party_of
from feed.model.standing import CouncilStanding, Past, SeatLine, WardLine
from tui.colours.themes import Look
from tui.details.detail_parts import blank, section
from tui.details.dialog import Line
from tui.text.terminal_text import MINUS, fit, segment, signed
from tui.text.terminal_text import width as cells_of
from tui.text.wrapping import wrapped

_FIGURE, _LEAST_FIGURE, _LEAST_NAME = 8, 7, 8
_MOST_LINES = 50
_TITLES = ("held", "up", "won", "after", "change", "so far")
_GIVEN_UP = ("up", "won", "held", "change")
"""The order in which a narrow page leaves columns out."""


def seat_table(council: CouncilStanding, width: int, look: Look) -> list[Line]:
    """Return what each party held, defended, won and has now, and its change."""
    titles = _titles(council, width)
    if not titles:
        return []
    room = max(_LEAST_NAME, min(24, width - 2 - _FIGURE * len(titles)))
    figure = min(_FIGURE, (width - 2 - room) // len(titles))
    head = " " * (room + 2) + "".join(fit(title, figure, "right") for title in titles)
    lines: list[Line] = [[], [segment(head, look.style(look.dim))]]
    for line in council.seats:
        name = _party_name(line, room)
        row = [
            segment("█ ", look.style(look.party(line.party)[0])),
            segment(fit(name, room), look.style(look.text)),
        ]
        lines.append(row + [_figure(_value(line, title), title, figure, look) for title in titles])
    return lines


def ward_table(council: CouncilStanding, width: int, look: Look) -> list[Line]:
    """Return the wards that are in, with their winners."""
    if not council.wards:
        return []
    of = f" of {council.wards_total}" if council.wards_total else ""
    lines = section(f"Wards: {council.wards_in}{of} in", look)
    labels = {line.party: line.label for line in council.seats}
    for ward in council.wards:
        lines += _ward(ward, labels, width, look)
    return lines


def history(told: Sequence[Past], width: int, look: Look) -> list[Line]:
    """Return every revision told so far, newest last, with what it changed and its file."""
    if not told:
        return []
    lines = section("Revisions and files", look)
    dated = spans_days(past.at for past in told)
    for past in told:
        lines += _past(past, width, look, dated=dated)
    return lines


def _titles(council: CouncilStanding, width: int) -> list[str]:
    """Return the columns that say something, without those for which a narrow page has no room."""
    titles = [
        title for title in _TITLES if any(_value(line, title) is not None for line in council.seats)
    ]
    if "up" in titles and _repeats_held(council):
        titles.remove("up")
    for given_up in _GIVEN_UP:
        if 2 + _LEAST_NAME + _LEAST_FIGURE * len(titles) > width and given_up in titles:
            titles.remove(given_up)
    return titles


def _repeats_held(council: CouncilStanding) -> bool:
    """Whether what each party defends is what it held, on a council of another size now."""
    defended = [line.offered or 0 for line in council.seats]
    held = [line.held or 0 for line in council.seats]
    return council.elects == "whole" and defended == held and sum(held) != council.seats_up


def _party_name(line: SeatLine, room: int) -> str:
    known = PARTIES.get(line.party)
    name = line.label if known is None or cells_of(known.name) > room else known.name
    return capitalised(name)


def _value(line: SeatLine, title: str) -> int | None:
    return {
        "held": line.held,
        "up": line.offered,
        "won": line.won,
        "after": line.after,
        "change": line.change,
        "so far": line.provisional,
    }[title]


def _figure(value: int | None, title: str, room: int, look: Look) -> Segment:
    if value is None:
        return blank(room, look)
    text = signed(value) if title == "change" else number(value) if value else "·"
    colour = look.faint if text == "·" else look.text
    if title == "change" and value:
        colour = look.bad if text.startswith(MINUS) else look.good
    return segment(fit(text, room, "right"), look.style(colour, bold=title == "after"))


def _ward(ward: WardLine, labels: Mapping[PartyId, str], width: int, look: Look) -> list[Line]:
    won = ", ".join(
        f"{labels.get(party) or party_of(party).label} {seats}"
        for party, seats in ward.won.items()
        if seats
    )
    majority = "" if ward.majority is None else f" · majority {number(ward.majority)}"
    said = [(f"{ward.ward}  ", look.style(look.text)), (f"{won}{majority}", look.style(look.dim))]
    return wrapped(said, width, _MOST_LINES)


def _past(past: Past, width: int, look: Look, *, dated: bool) -> list[Line]:
    indent = time_width(dated=dated) + 1
    time = hh_mm(past.at, estimated=past.estimated, dated=dated)
    strong = look.style(look.strong if past.current else look.dim, bold=past.current)
    head = [
        (f"{time:>{indent - 1}} ", look.style(look.dim)),
        (past.kind if past.origin.unnumbered else f"{past.kind} r{past.revision}", strong),
        ("  stands" if past.current else "  superseded", look.style(look.dim)),
    ]
    lines = wrapped(head, width, 2)
    room = max(8, width - indent)
    told = [(past.says, look.text), (past.difference, look.warn), (past.origin.where, look.dim)]
    for text, colour in told:
        for line in wrapped([(text, look.style(colour))], room, _MOST_LINES) if text else ():
            lines.append([blank(indent, look), *line])
    return lines
