"""The last declaration as a headline, and the newest lines of the log under it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.segment import Segment

from feed.clock import hh_mm, spans_days, time_width
from feed.model.entries import DECLARED, Entry, EntryKind
from feed.model.parties import NOC
from feed.model.standing import Standing
from feed.model.terms import HouseStyle
from feed.wording.control import sentence
from tui.colours.themes import Look
from tui.projector.layout import Plan
from tui.projector.part import Line, ProjectorPart
from tui.text.terminal_text import cut, cut_at_word, fit, segment
from tui.text.terminal_text import width as cells_of
from tui.update_log.badges import BADGE_WIDTH, badge

_DECLARED = DECLARED | {EntryKind.CORRECTION}
_WORDS = {
    EntryKind.GAIN: "GAIN", EntryKind.LOSS: "LOSS", EntryKind.WIN: "WIN", EntryKind.HOLD: "HOLD",
    EntryKind.CORRECTION: "CORRECTION",
}  # fmt: skip
_UNSAID = frozenset(
    {EntryKind.ROSTER, EntryKind.EXPECTED, EntryKind.DUPLICATE, EntryKind.LATE, EntryKind.DESK}
)
_MOST_LOOKED_AT = 2_000
"""Entries: after so many that say nothing to an audience, what was said before is old."""


def last_declaration(standing: Standing) -> Entry | None:
    """Give the newest declaration of a council that stands.

    The councils know their entries: the log of a long night is not looked through.
    """
    told = (council.entry for council in standing.all_councils)
    for seq in sorted(filter(None, told), reverse=True):
        entry = standing.log[seq - 1]
        if entry.kind in _DECLARED and entry.declaration is not None:
            return entry
    return _last_of_ireland(standing)


def _last_of_ireland(standing: Standing) -> Entry | None:
    """Give the newest result of a council that nobody controls, where no other has declared."""
    told = (it.entry for it in standing.ni_councils if it.status == "declared")
    newest_of = max(filter(None, told), default=None)
    return None if newest_of is None else standing.log[newest_of - 1]


def newest(standing: Standing, count: int) -> list[Entry]:
    """Give the newest entries that an audience wants, oldest first."""
    log, found = standing.log, list[Entry]()
    for index in range(len(log) - 1, max(-1, len(log) - 1 - _MOST_LOOKED_AT), -1):
        if len(found) == count:
            break
        if log[index].kind not in _UNSAID:
            found.append(log[index])
    return found[::-1]


class ProjectorNews(ProjectorPart):
    """A band in the colour of who holds the council now, and four lines."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._standing = Standing()
        self._style: HouseStyle = "bbc"
        self.plan: Plan | None = None
        """Set by the screen."""
        self.with_log = True
        """The lines of the log stand under the band on this page."""

    def show(self, standing: Standing, style: HouseStyle) -> None:
        """Draw the news of `standing`."""
        self._standing, self._style = standing, style
        self.redraw()

    def lines(self, width: int, height: int, look: Look) -> Sequence[Line]:
        """Give the band, and the lines of the log."""
        del height
        if self.plan is None:
            return ()
        return list(self._all_lines(width, self.plan, look))

    def _all_lines(self, width: int, plan: Plan, look: Look) -> Iterator[Line]:
        last = last_declaration(self._standing)
        entries = newest(self._standing, plan.news) if self.with_log else []
        dated = spans_days(entry.at for entry in (last, *entries) if entry is not None)
        yield from declaration_band(last, plan.band, self._style, width, look, dated=dated)
        if not self.with_log:
            return
        for entry in entries:
            gone = entry.seq in self._standing.superseded
            yield log_line(entry, self._style, width, look, superseded=gone, dated=dated)
        yield from ([Segment(" ", look.base)] for _ in range(plan.news - len(entries)))


def declaration_band(  # noqa: PLR0913
    entry: Entry | None,
    rows: int,
    style: HouseStyle,
    width: int,
    look: Look,
    *,
    dated: bool = False,
) -> Iterator[Line]:
    """Give the band with the last declaration, filled with who holds the council now."""
    if entry is None:
        blank = look.style(look.text, look.bar)
        for y in range(rows):
            text = " No council has declared yet" if y == rows // 2 else ""
            yield [segment(fit(text, width), blank)]
        return
    after = NOC if entry.declaration is None else entry.declaration.after or NOC
    fill = look.party_style(after, bold=True)
    word, time = f" {_WORDS.get(entry.kind, 'RESULT')} ", f" {_time(entry, dated=dated)} "
    room = width - cells_of(word) - cells_of(time) - 2
    said = sentence(entry, style)
    longer = f"{said} · {entry.detail}" if entry.detail else said
    text = longer if cells_of(longer) <= room else cut_at_word(said, room)
    for y in range(rows):
        if y != rows // 2:
            yield [Segment(" " * width, fill)]
            continue
        yield [
            segment(word, look.filled(look.strong)),
            segment(fit(f"  {text}", width - cells_of(word) - cells_of(time)), fill),
            segment(time, fill),
        ]


def log_line(  # noqa: PLR0913
    entry: Entry,
    style: HouseStyle,
    width: int,
    look: Look,
    *,
    superseded: bool,
    dated: bool = False,
) -> Line:
    """Give one entry as a line for an audience."""
    word, badge_style = badge(entry, look, BADGE_WIDTH)
    head = f" {_time(entry, dated=dated):>{time_width(dated=dated)}} "
    test = "TEST " if entry.test else ""
    gone = "superseded: " if superseded else ""
    text = cut(f"{test}{gone}{sentence(entry, style)}", width - len(head) - BADGE_WIDTH - 2)
    return [
        segment(head, look.style(look.text)),
        segment(word, badge_style),
        segment(f" {text}", look.style(look.text if superseded else look.strong)),
    ]


def _time(entry: Entry, *, dated: bool) -> str:
    return hh_mm(entry.at, estimated=entry.is_estimated, dated=dated)
