"""One council: before and after, its seats, its times, its revisions and its files."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment

from feed.english import capitalised, counted
from feed.model.parties import PartyId
from feed.model.standing import CouncilStanding
from feed.model.terms import Baseline, HouseStyle, majority_of
from feed.wording.control import BASELINES, control_sentence
from tui.colours.party_colours import letter
from tui.colours.themes import Look
from tui.details.council_lines import history, seat_table, ward_table
from tui.details.detail_parts import checks, facts, moment, paragraph, section
from tui.details.dialog import Dialog, Line
from tui.text.terminal_text import fit, segment, signed
from tui.text.wrapping import wrapped

Share = tuple[PartyId, int]
_NAME = 8
_TOTAL = 5
_LEAST = 12


def composition(council: CouncilStanding, width: int, look: Look) -> list[Line]:
    """Return the bars that are known, to one scale, and the seat that makes a majority.

    Before the poll of a council that is to have fewer seats, no seat that is held is that one.
    """
    before = [(line.party, line.held) for line in council.seats if line.held]
    after = [(line.party, line.after) for line in council.seats if line.after]
    rows = [(name, shares) for name, shares in (("Before", before), ("After", after)) if shares]
    room = width - _NAME - _TOTAL
    if not rows or room < _LEAST:
        return []
    most = max(sum(seats for _, seats in shares) for _, shares in rows)
    lines = [_bar(name, shares, room, most, look) for name, shares in rows]
    line = council.majority_line
    shrinks = not after and line is not None and line < majority_of(most)
    if line is not None and line <= most and not shrinks:
        at = min(room - 1, max(0, -(-line * room // most) - 1))
        lines.append(_majority(line, at, room, look))
    return lines


def seat_cells(shares: Sequence[Share], room: int, most: int) -> list[int]:
    """Return each party its cells: in proportion, one at least, and all of the bar together."""
    total = sum(seats for _, seats in shares)
    bar = max(len(shares), round(room * total / most))
    exact = [bar * seats / total for _, seats in shares]
    given = [max(1, int(part)) for part in exact]
    by_rest = sorted(range(len(shares)), key=lambda i: exact[i] - int(exact[i]), reverse=True)
    for index in (by_rest * room)[: max(0, bar - sum(given))]:
        given[index] += 1
    while sum(given) > bar and max(given) > 1:
        given[given.index(max(given))] -= 1
    return given


def _bar(name: str, shares: Sequence[Share], room: int, most: int, look: Look) -> Line:
    line = [segment(fit(name, _NAME), look.style(look.dim))]
    widths = seat_cells(shares, room, most)
    for (party, seats), cell in zip(shares, widths, strict=True):
        code = letter(party)
        texts = (f" {code} {seats}", f"{code} {seats}", code, code[:1])
        text = next((text for text in texts if len(text) <= cell), "")
        line.append(segment(fit(text, cell), look.party_style(party, bold=True)))
    line.append(Segment(" " * max(0, room - sum(widths)), look.base))
    total = sum(seats for _, seats in shares)
    line.append(segment(fit(str(total), _TOTAL, "right"), look.style(look.text)))
    return line


def _majority(line: int, at: int, room: int, look: Look) -> Line:
    said = f"{line} for a majority"
    mark = look.style(look.strong, bold=True)
    dim = look.style(look.dim)
    if at + 2 + len(said) <= room + _TOTAL:
        return [
            Segment(" " * (_NAME + at), look.base),
            segment("▲", mark),
            segment(f" {said}", dim),
        ]
    words = fit(said, min(len(said), at + _NAME - 1)) + " "
    return [segment(fit(words, _NAME + at, "right"), dim), segment("▲", mark)]


_ELECTS = {"whole": "whole council up", "halves": "half of it up", "thirds": "a third of it up"}


class CouncilDetail(Dialog):
    """Everything that is known of one council; it follows the night while it is open."""

    def __init__(self, council: CouncilStanding, style: HouseStyle = "bbc") -> None:
        super().__init__()
        self.council = council
        self.house_style: HouseStyle = style

    def show(self, council: CouncilStanding, style: HouseStyle | None = None) -> None:
        """Show the council as it stands now."""
        if council is not self.council or (style or self.house_style) != self.house_style:
            self.council, self.house_style = council, style or self.house_style
            self.write()

    def heading(self) -> str:
        """Return the council's name."""
        return self.council.name

    def lines(self, width: int, look: Look) -> list[Line]:
        """Write the page."""
        council = self.council
        bars = composition(council, width, look)
        return [
            *_sentence(council, self.house_style, width, look),
            *paragraph(_kind(council), look.dim, width, look),
            *([[], *bars] if bars else []),
            *seat_table(council, width, look),
            [],
            *facts(_facts(council), width, look),
            *ward_table(council, width, look),
            *history(council.history, width, look),
            *checks(council.checks, width, look),
            *_note(council, width, look),
        ]


def _sentence(council: CouncilStanding, style: HouseStyle, width: int, look: Look) -> list[Line]:
    party = council.after if council.status in {"declared", "rush"} else None
    chip = segment(f" {letter(party)} ", look.party_style(party, bold=True))
    said = wrapped(
        [(control_sentence(council, style), look.style(look.strong, bold=True))], width - 4, 6
    )
    gap = segment(" ", look.base)
    indent = segment("    ", look.base)
    lines = [
        [chip, gap, *line] if not index else [indent, *line] for index, line in enumerate(said)
    ]
    if council.test:
        lines.append([segment(" TEST DATA ", look.filled(look.warn))])
    return lines


def _kind(council: CouncilStanding) -> str:
    kind = (council.type or "").replace("_", " ")
    elects = _ELECTS.get(council.elects or "", "")
    new = "new council" if council.new_council else ""
    pieces = (kind, council.region, new, elects, council.gss)
    text = " · ".join(piece for piece in pieces if piece)
    return f"NI{text[2:]}" if text.startswith("ni ") else capitalised(text)


def _expected(council: CouncilStanding) -> str:
    """Return the expected time, an estimate, and whose it is."""
    if council.expected_at is None:
        return ""
    source = f" ({council.expected_source})" if council.expected_source else ""
    return f"~{moment(council.expected_at)}{source}"


def _facts(council: CouncilStanding) -> list[tuple[str, str]]:
    line = council.majority_line
    seen = council.declared_clock == "seen"
    declared = _declared(council) if council.status == "declared" else ""
    return [
        ("Size", _size(council)),
        ("Majority at", "" if line is None else counted(line, "seat")),
        (
            "Stands at" if council.status == "declared" else "At stake",
            "; ".join(council.majority_notes),
        ),
        ("Change", BASELINES[council.baseline] if council.baseline else ""),
        *(("Also", said) for said in _further_changes(council)),
        ("First seen" if seen else "Declared", declared),
        ("Expected", _expected(council)),
        ("Wards in", _wards(council)),
        ("Revision", f"r{council.revision}, corrected" if council.corrected else ""),
        ("Matched", f"≈ the source wrote {council.matched_as!r}" if council.matched_as else ""),
    ]


def _size(council: CouncilStanding) -> str:
    """Return the seats of the council, those up and those filled, as far as each is known."""
    filled = sum(line.after or 0 for line in council.seats)
    held = sum(line.held or 0 for line in council.seats)
    size = counted(council.size, "seat") if council.size else ""
    if not size and not filled and held:
        size = f"{counted(held, 'seat')} held before"
    up = "" if council.seats_up is None else f"{council.seats_up} up"
    more = f"{filled} filled" if filled and filled != council.size else ""
    return " · ".join(filter(None, [size, up, more]))


def _further_changes(council: CouncilStanding) -> list[str]:
    """Return the changes against each further baseline: `Con −1, UKIP −6 since last fought`."""
    moved: dict[Baseline, list[str]] = {}
    for line in council.seats:
        for baseline, change in line.change_other:
            if change:
                moved.setdefault(baseline, []).append(f"{line.label} {signed(change)}")
    return [f"{', '.join(said)} {BASELINES[baseline]}" for baseline, said in moved.items()]


def _declared(council: CouncilStanding) -> str:
    is_estimate = council.declared_at_estimated
    at, order = moment(council.declared_at, estimated=is_estimate), council.declared_order
    number = "" if order is None else f"number {'~' if is_estimate else ''}{order} to declare"
    return " · ".join(filter(None, [at, number]))


def _wards(council: CouncilStanding) -> str:
    if not council.wards_in:
        return ""
    return (
        f"{council.wards_in} of {council.wards_total}"
        if council.wards_total
        else str(council.wards_in)
    )


def _note(council: CouncilStanding, width: int, look: Look) -> list[Line]:
    if not council.note:
        return []
    return [*section("Note", look), *paragraph(council.note, look.text, width, look)]
