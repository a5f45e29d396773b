"""One row of the update log, laid out in lines of a given width."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style

from feed.clock import hh_mm, london, long_day
from feed.english import counted
from feed.model.entries import Entry, EntryKind, Mark
from feed.model.standing import LogView
from feed.model.terms import HouseStyle
from feed.wording.control import in_style, phrase, sentence
from tui.colours.themes import Look
from tui.text.highlight import highlighted
from tui.text.terminal_text import segment, width
from tui.text.wrapping import Run, cells, wrapped
from tui.update_log.badges import BADGE_WIDTH, NARROW_BADGE_WIDTH, badge
from tui.update_log.rows import Row, Span, last_of

Line = tuple[Segment, ...]

_SENTENCE_LINES, _DETAIL_LINES = 6, 5
_BETWEEN = " · "
_ROOMY, _NARROW = 48, 26
_TEXT_FIRST = frozenset(
    {EntryKind.CORRECTION, EntryKind.LATE, EntryKind.CONFLICT, EntryKind.WITHDRAWN}
)
_TROUBLE = frozenset({EntryKind.PROBLEM, EntryKind.UNPLACED, EntryKind.CONFLICT})
_REMARKS = {Mark.REMARK: "  !\u00a0check", Mark.REJECTED: "  ×\u00a0rejected"}
_MARGIN = re.compile(r"\b(?:majority|short)\b")
"""How wide a majority is, or how far it was missed: what else has no room is left out."""
_QUIET = frozenset({EntryKind.LATE, EntryKind.DUPLICATE, EntryKind.ROSTER, EntryKind.EXPECTED})


@dataclass(frozen=True, slots=True)
class Page:
    """What every row of the log is drawn with."""

    log: LogView
    superseded: Mapping[int, int]
    style: HouseStyle
    look: Look
    width: int
    marks: re.Pattern[str] | None = None
    """What the reader looks for: its hits are marked."""
    wraps: bool = True
    """Long sentences go on in a further line; otherwise they are cut."""

    @property
    def badge_width(self) -> int:
        """Cells of the badge column."""
        return BADGE_WIDTH if self.width >= _ROOMY else NARROW_BADGE_WIDTH

    @property
    def indent(self) -> int:
        """Cells in front of the sentence; a very narrow page sets it under time and badge."""
        return 2 if self.width < _NARROW else 9 + self.badge_width

    @property
    def indent_below(self) -> int:
        """Cells in front of the figures: a narrow page sets them under the badge."""
        return self.indent if self.width >= _ROOMY else min(self.indent, 9)

    def room(self, indent: int) -> int:
        """Return the cells of a line behind its indent."""
        return max(8, self.width - indent - 1)


@dataclass(frozen=True, slots=True)
class Block:
    """A laid-out row: its lines, and how many of them are the day above it."""

    lines: tuple[Line, ...]
    day_lines: int


def lay_out(row: Row, above: Row | None, page: Page) -> Block:
    """Lay out a row; the day is written above it where it differs from the row above."""
    entry = page.log[last_of(row)]
    if isinstance(row, Span):
        body = [[(_span_text(row), page.look.style(page.look.dim))]]
    else:
        body = list(_paragraphs(entry, page))
    day = _day_line(entry, None if above is None else page.log[last_of(above)], page)
    return Block((*day, *_body_lines(entry, body, page)), len(day))


def _body_lines(entry: Entry, body: list[list[Run]], page: Page) -> Iterator[Line]:
    look = page.look
    head = list(_head(entry, page))
    if page.width < _NARROW:
        yield tuple(head)
        head = []
    hit = look.filled(look.warn)
    for number, paragraph in enumerate(body):
        most = (_DETAIL_LINES if number else _SENTENCE_LINES) if page.wraps else 1
        indent = page.indent_below if number else page.indent
        hanging = Segment(" " * indent, look.base)
        for line in wrapped(highlighted(paragraph, page.marks, hit), page.room(indent), most):
            yield (*(head or (hanging,)), *line)
            head = []


def _head(entry: Entry, page: Page) -> Iterator[Segment]:
    look = page.look
    text, style = badge(entry, look, page.badge_width)
    if entry.seq in page.superseded:
        style = look.style(look.dim)
    time = hh_mm(entry.at, estimated=entry.is_estimated)
    yield Segment(f" {time:>6} ", look.style(look.dim))
    yield segment(text, style)
    yield Segment(" ", look.base)


def _paragraphs(entry: Entry, page: Page) -> Iterator[list[Run]]:
    look = page.look
    runs = list(_sentence(entry, page))
    newer = page.superseded.get(entry.seq)
    if newer is not None:
        struck = look.style(look.dim) + Style(strike=True)
        runs = [(text, struck) for text, _ in runs]
        runs.append((_link(page.log[newer - 1]), look.style(look.warn)))
        yield runs
        return
    yield runs
    below = _below(entry, page)
    if below:
        yield below


def _sentence(entry: Entry, page: Page) -> Iterator[Run]:
    look = page.look
    plain, name = look.style(_colour(entry, look)), look.style(look.strong, bold=True)
    if entry.kind in _QUIET:
        name = plain
    declaration = entry.declaration
    if declaration is not None and not (entry.kind in _TEXT_FIRST and entry.text):
        said = phrase(declaration, page.style)
        yield from ((said.lead, plain), (said.name, name), (said.tail, plain))
        if entry.kind is EntryKind.RUSH:
            yield "  unconfirmed", look.style(look.warn)
    else:
        text = sentence(entry, page.style)
        called = declaration.name if declaration is not None else ""
        lead, found, tail = text.partition(called) if called else (text, "", "")
        yield from ((lead, plain), (found, name), (tail, plain))
    if entry.mark in _REMARKS and entry.kind not in _TROUBLE:
        yield _REMARKS[entry.mark], look.style(look.warn)


def _colour(entry: Entry, look: Look) -> str:
    if entry.kind in _QUIET:
        return look.dim
    if entry.kind is EntryKind.PROBLEM:
        return look.bad
    return look.accent if entry.kind is EntryKind.TOTAL else look.text


def _below(entry: Entry, page: Page) -> list[Run]:
    """Return the second line: as many of the figures as fit on it, or a sentence to be wrapped."""
    look = page.look
    dim = look.style(look.dim)
    runs: list[Run] = []
    if entry.corrects is not None and 0 < entry.corrects <= len(page.log):
        runs.append(
            (
                f"↳\u00a0corrects\u00a0{hh_mm(page.log[entry.corrects - 1].at)}",
                look.style(look.warn),
            )
        )
    detail = in_style(short_effect(entry.detail), page.style)
    if entry.fix and entry.fix != detail:
        detail = f"{detail}{_BETWEEN if detail else ''}{entry.fix}"
    parts = detail.split(_BETWEEN) if detail else []
    room = page.room(page.indent_below) - sum(width(text) for text, _ in runs)
    for number, part in enumerate(parts):
        lead = _BETWEEN if runs else ""
        room -= width(lead + part)
        if number and room < 0 and not _MARGIN.search(part):
            break
        runs.append((lead + part, dim))
    return runs


def short_effect(detail: str) -> str:
    """Return what a correction does to the board, without a net figure that is as the other."""
    lead, found, effect = detail.partition("scoreboard: ")
    parts = effect.split("; ")
    kept = (
        part for part in parts if part.replace(" net ", " ") not in parts or " net " not in part
    )
    return lead + found + "; ".join(kept) if found else detail


def _link(newer: Entry) -> str:
    what = "withdrawn" if newer.kind is EntryKind.WITHDRAWN else ""
    revision = f"r{newer.revision}" if newer.revision is not None else "corrected"
    return f"  →\u00a0{what or revision}\u00a0{hh_mm(newer.at)}"


def _span_text(span: Span) -> str:
    said = []
    if span.rosters:
        said.append(f"{counted(span.rosters, 'council')} up")
    if span.times:
        said.append(f"expected times of {counted(span.times, 'council')}")
    return " · ".join(said)


def _day_line(entry: Entry, above: Entry | None, page: Page) -> list[Line]:
    if above is not None and london(above.at).date() == london(entry.at).date():
        return []
    look = page.look
    day = segment(long_day(entry.at), look.style(look.dim, bold=True))
    label = [Segment(" ── ", look.style(look.rule)), day]
    rule = " " + "─" * max(0, page.width - cells(label) - 2)
    return [(*label, Segment(rule, look.style(look.rule)))]
