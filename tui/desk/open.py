"""The desk's commands that open a page: details, what was missed, what is wrong; and copying."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.screen import Screen

from feed.model.entries import Entry, PlaceId
from feed.model.parties import PartyId
from feed.model.standing import Contribution, Standing
from feed.model.standing import Scoreboard as Board
from feed.reports.digest import digest, digest_as_text
from feed.wording.control import sentence
from tui.control_grid.widget import ControlGrid
from tui.desk.last_look import Away
from tui.details.contest_detail import ContestDetail, contest_of
from tui.details.contest_list import ContestList
from tui.details.council_detail import CouncilDetail
from tui.details.entry_detail import EntryDetail
from tui.details.figure_detail import FigureDetail
from tui.details.ireland import Ireland
from tui.details.page import Page
from tui.scoreboard.widget import Scoreboard
from tui.scoreboard.words import CONTESTS
from tui.update_log.widget import UpdateLog

if TYPE_CHECKING:
    from feed.model.terms import HouseStyle
    from feed.model.view import View

_MANY = 2_000
"""Entries from which on summing them up takes longer than a key may take."""


def _entry(standing: Standing, seq: int | None) -> Entry | None:
    return standing.log[seq - 1] if seq and seq <= len(standing.log) else None


class OpenActions(Screen[None]):
    """Opens details and keeps them true."""

    current: View
    style: HouseStyle
    away: Away

    @on(UpdateLog.EntryOpened)
    def _entry_opened(self, event: UpdateLog.EntryOpened) -> None:
        self.open_entry(event.seq)

    def open_entry(self, seq: int) -> None:
        """Open the entry of that number."""
        standing = self.current.standing
        entry = _entry(standing, seq)
        if entry is not None:
            corrected_by = _entry(standing, standing.superseded.get(entry.seq))
            corrects = _entry(standing, entry.corrects)
            self.app.push_screen(
                EntryDetail(entry, self.style, corrects=corrects, corrected_by=corrected_by),
                self._go_to_linked,
            )

    def _go_to_linked(self, seq: int | None) -> None:
        """Go to the entry that a correction is linked with."""
        if seq is not None:
            self.query_one(UpdateLog).follow = False
            self.query_one(UpdateLog).go_to(seq)

    @on(ControlGrid.CouncilOpened)
    def _council_opened(self, event: ControlGrid.CouncilOpened) -> None:
        self.open_council(event.place)

    @on(Scoreboard.LinkOpened)
    def _link_opened(self, event: Scoreboard.LinkOpened) -> None:
        standing, link = self.current.standing, event.link
        match link.what:
            case "contests":
                kind = next(each for each in CONTESTS if each == link.of)
                self.app.push_screen(
                    ContestList(kind, standing.contests, self.style, self.open_contest)
                )
            case "total":
                self.open_entry(int(link.of))
            case "council":
                self.open_council(PlaceId(link.of))
            case "ireland":
                self.app.push_screen(Ireland(standing, self._open_place))

    def open_council(self, place: PlaceId) -> None:
        """Open a council's page."""
        council = self.current.standing.council(place)
        if council is not None:
            self.app.push_screen(CouncilDetail(council, self.style))

    def _open_place(self, key: str) -> None:
        self.open_council(PlaceId(key))

    def open_contest(self, key: str) -> None:
        """Open a contest's page."""
        contest = contest_of(self.current.standing, key)
        if contest is not None:
            self.app.push_screen(ContestDetail(contest, self.style))

    @on(Scoreboard.FigureOpened)
    def _figure_opened(self, event: Scoreboard.FigureOpened) -> None:
        board, found = self.figure_parts(event.party, event.column)
        self.app.push_screen(
            FigureDetail(board, event.party, event.column, found, self._open_place)
        )

    def figure_parts(self, party: PartyId, column: str) -> tuple[Board, Sequence[Contribution]]:
        """Give the board that a figure stands on and the results that make it up."""
        raise NotImplementedError

    def refresh_details(self) -> None:
        """Keep an open detail true while the night goes on."""
        standing = self.current.standing
        for screen in self.app.screen_stack:
            match screen:
                case CouncilDetail():
                    council = standing.council(screen.council.id)
                    if council is not None:
                        screen.show(council, self.style)
                case ContestDetail():
                    contest = contest_of(standing, screen.contest.id)
                    if contest is not None:
                        screen.show(contest, self.style)
                case ContestList():
                    screen.show(standing.contests, self.style)
                case Ireland():
                    screen.show(standing)
                case EntryDetail():
                    screen.show(_entry(standing, standing.superseded.get(screen.entry.seq)))
                case FigureDetail():
                    screen.show(*self.figure_parts(screen.party, screen.column))
                case _:
                    pass

    def do_missed(self) -> None:
        """Sum up what came since the last look."""
        before, after = self.away.looked_at, self.current.standing
        if len(before.log) > len(after.log):
            before = Standing()
        self.away = self.away.caught_up(after)
        page = Page("What did I miss", "Summing up …")
        tell = partial(self._sum_up, page, before, after)
        if len(after.log) - len(before.log) < _MANY:
            tell()
        else:
            self.run_worker(tell, thread=True, exit_on_error=False)
        self.app.push_screen(page)

    def _sum_up(self, page: Page, before: Standing, after: Standing) -> None:
        """Write what came between two moments on a page; in a thread where it takes a while."""
        text = digest_as_text(digest(before, after), self.style)
        self.app.call_later(page.tell, text)

    def tell_missed(self) -> None:
        """Say how much came while nobody looked, and the key that sums it up."""
        hint = self.away.hint(self.current.standing)
        if hint:
            self.notify(hint, markup=False, timeout=6)

    def do_problems(self) -> None:
        """List what was not taken, and why."""
        problems = self.current.standing.problems
        lines = []
        for problem in problems:
            where = problem.file if problem.line is None else f"{problem.file}:{problem.line}"
            lines += [where, f"  {problem.what}", f"  → {problem.fix}", ""]
        text = "\n".join(lines) or "No problems: every file was read."
        self.app.push_screen(Page(f"Problems ({len(problems)})", text))

    def do_copy(self) -> None:
        """Copy the selected line with its provenance."""
        entry = self.query_one(UpdateLog).selected
        if entry is None:
            return
        revision = f" r{entry.revision}" if entry.revision else ""
        detail = f" ({entry.detail})" if entry.detail else ""
        where = f" [{entry.origin.where}{revision}]" if entry.origin.path else ""
        self.app.copy_to_clipboard(f"{sentence(entry, self.style)}{detail}{where}")
        self.notify("Copied the line with its file.", markup=False, timeout=2)
