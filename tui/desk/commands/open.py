"""The commands that open a page: details, what was missed, what is wrong; and copying."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from feed.clock import utc_now
from feed.errors import UsageProblem
from feed.model.entries import Entry, PlaceId
from feed.model.standing import Problem, Standing
from feed.reports.digest import digest, digest_as_text
from feed.safe_text import clean
from feed.wording.control import sentence
from tui.details.contest_detail import ContestDetail, ContestList, contest_of
from tui.details.council_detail import CouncilDetail
from tui.details.detail_parts import paragraph
from tui.details.entry_detail import EntryDetail
from tui.details.figure_detail import FigureDetail
from tui.details.ireland import Ireland
from tui.details.listing import MakeRows, Row, RowPage
from tui.details.pages import missed_rows, night_rows, problem_rows, watched_rows
from tui.scoreboard.words import CONTESTS
from tui.settings.new_file import write_new_file
from tui.update_log.widget import UpdateLog

if TYPE_CHECKING:
    from feed.model.parties import PartyId
    from tui.desk.screen import DeskScreen
    from tui.scoreboard.widget import Scoreboard

_MANY = 2_000
"""Entries from which on summing them up takes longer than a key may take."""


def _entry(standing: Standing, seq: int | None) -> Entry | None:
    return standing.log[seq - 1] if seq and seq <= len(standing.log) else None


def open_entry(desk: DeskScreen, seq: int) -> None:
    """Open the entry of that number."""
    standing = desk.current.standing
    entry = _entry(standing, seq)
    if entry is None:
        return
    page = EntryDetail(
        entry,
        desk.style,
        partial(open_row, desk),
        council=standing.council(PlaceId(entry.subject)) if entry.subject else None,
        corrects=_entry(standing, entry.corrects),
        corrected_by=_entry(standing, standing.superseded.get(entry.seq)),
    )
    desk.app.push_screen(page)


def open_row(desk: DeskScreen, key: str) -> None:
    """Open what a row of a page leads to: `entry:` and a number, `council:` and an id."""
    what, _, which = key.partition(":")
    if what == "entry":
        open_entry(desk, int(which))
    else:
        open_council(desk, which)


def open_link(desk: DeskScreen, event: Scoreboard.LinkOpened) -> None:
    """Open what a line of the scoreboard leads to."""
    standing, link = desk.current.standing, event.link
    match link.what:
        case "contests":
            kind = next(each for each in CONTESTS if each == link.of)
            opens = partial(open_contest, desk)
            desk.app.push_screen(ContestList(kind, standing.contests, desk.style, opens))
        case "total":
            open_entry(desk, int(link.of))
        case "council":
            open_council(desk, link.of)
        case "ireland":
            desk.app.push_screen(Ireland(standing, partial(open_council, desk)))


def open_council(desk: DeskScreen, place: str) -> None:
    """Open a council's page."""
    council = desk.current.standing.council(PlaceId(place))
    if council is not None:
        desk.app.push_screen(CouncilDetail(council, desk.style))


def open_contest(desk: DeskScreen, key: str) -> None:
    """Open a contest's page."""
    contest = contest_of(desk.current.standing, key)
    if contest is not None:
        desk.app.push_screen(ContestDetail(contest, desk.style))


def open_figure(desk: DeskScreen, party: PartyId, column: str) -> None:
    """Open the results that make a figure of the scoreboard up."""
    board, found = desk.comparison.figure_parts(desk.current.standing, party, column)
    desk.app.push_screen(FigureDetail(board, party, column, found, partial(open_council, desk)))


def refresh_details(desk: DeskScreen) -> None:
    """Keep an open detail true while the night goes on."""
    standing = desk.current.standing
    for screen in desk.app.screen_stack:
        match screen:
            case CouncilDetail():
                council = standing.council(screen.council.id)
                if council is not None:
                    screen.show(council, desk.style)
            case ContestDetail():
                contest = contest_of(standing, screen.contest.id)
                if contest is not None:
                    screen.show(contest, desk.style)
            case ContestList():
                screen.show(standing.contests, desk.style)
            case Ireland():
                screen.show(standing)
            case EntryDetail():
                screen.show(_entry(standing, standing.superseded.get(screen.entry.seq)))
            case FigureDetail():
                screen.show(*desk.comparison.figure_parts(standing, screen.party, screen.column))
            case _:
                pass


def open_missed(desk: DeskScreen) -> None:
    """Sum up what came since the last look; where that takes a while, in a thread."""
    before, after = desk.last_look.looked_at, desk.current.standing
    if len(before.log) > len(after.log):
        before = Standing()
    desk.last_look = desk.last_look.caught_up(after)
    title, style = "What did I miss", desk.style

    def text() -> str:
        return digest_as_text(digest(before, after), style, marked=True)

    def copy() -> None:
        desk.app.copy_to_clipboard(text())
        desk.say("Copied what you missed.", timeout=2)

    def save() -> None:
        save_texts(desk, {"-missed.md": text()})

    page = RowPage(
        title,
        lambda width, look: [Row(paragraph("Summing up …", look.dim, width, look))],
        partial(open_row, desk),
        {"c": ("copies", copy), "x": ("saves", save)},
    )

    def sum_up() -> None:
        found = digest(before, after)
        desk.app.call_later(page.show, title, missed_rows(found, style))

    if len(after.log) - len(before.log) < _MANY:
        sum_up()
    else:
        desk.run_worker(sum_up, thread=True, exit_on_error=False)
    desk.app.push_screen(page)


def open_problems(desk: DeskScreen) -> None:
    """List what was not taken, and why; each leads to its file's entry."""
    standing = desk.current.standing
    title = f"Problems ({len(standing.problems)})"

    def rows() -> MakeRows:
        return problem_rows(standing.problems, desk.pinned.open_problems(standing))

    def acknowledge_these(problems: Iterable[Problem]) -> None:
        desk.pinned.acknowledge_problems(problems, standing)
        page.show(title, rows())
        desk.say_how_it_is()

    def acknowledge_one() -> None:
        acknowledge_these(it for it in standing.problems if f"entry:{it.entry}" == page.chosen)

    page = RowPage(
        title,
        rows(),
        partial(open_row, desk),
        {
            "a": ("acknowledges it", acknowledge_one),
            "A": ("all", partial(acknowledge_these, standing.problems)),
        },
    )
    desk.app.push_screen(page)


def acknowledge(desk: DeskScreen) -> None:
    """Acknowledge what is kept in sight."""
    count = desk.pinned.acknowledge()
    desk.say_how_it_is()
    desk.say(f"Acknowledged: {count}" if count else "Nothing to acknowledge.", timeout=2)


def open_night(desk: DeskScreen) -> None:
    """Say what to know of the night's figures, and which files of other poll days are set aside."""
    standing = desk.current.standing
    desk.app.push_screen(RowPage(standing.title, night_rows(standing), partial(open_row, desk)))


def open_watched(desk: DeskScreen) -> None:
    """List the councils that are watched; each leads to its page."""
    councils = [each for each in desk.current.standing.all_councils if each.id in desk.watched]
    rows = watched_rows(councils, desk.wanted.missing, desk.style, desk.keys.short("watch"))
    desk.app.push_screen(RowPage(f"Watched ({len(councils)})", rows, partial(open_row, desk)))


def save_texts(desk: DeskScreen, texts: Mapping[str, str]) -> Path | None:
    """Save texts in the working folder, by the ends of their names.

    Return the names without their ends; None where they could not be saved.
    """
    stem = f"nightdesk-{utc_now():%Y%m%d-%H%M%S}"
    saved: list[str] = []
    try:
        folder = Path.cwd()
        for end, text in texts.items():
            write_new_file(folder / f"{stem}{end}", [text])
            saved.append(end)
    except (UsageProblem, OSError) as error:
        why = getattr(error, "strerror", None) or str(error)
        before = f" Saved before that: {stem}{' '.join(saved)}" if saved else ""
        desk.say(f"Not saved: {why}{before}", severity="error")
        return None
    desk.say(f"Saved {stem}{' '.join(saved)} in {folder}", timeout=10)
    return folder / stem


async def save_night(desk: DeskScreen, saved: Path) -> None:
    """Save the night so far as a page and as a cast, beside what was saved; say so then.

    Another process makes them from the recording, or from the files that are replayed.

    Args:
        desk: whose night it is.
        saved: the names of the files without their ends.

    """
    source = desk.current.source
    night = source.recording or source.path
    if not night:
        return
    page, cast = f"{saved}.html", f"{saved}.cast"
    made = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-m", "tui", "export", night, "--html", page, "--cast", cast,
        stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE,
    )  # fmt: skip
    try:
        _, said = await made.communicate()
    finally:
        if made.returncode is None:
            made.kill()
    if made.returncode:
        why = said.decode("utf-8", "replace").strip().splitlines()[-1:] or ["it ended by itself"]
        desk.say(f"The night was not saved: {clean(why[0])}", severity="error")
    else:
        desk.say(f"Saved the night: {saved.name}.html .cast", timeout=10)


def copy_line(desk: DeskScreen) -> None:
    """Copy the selected line with its provenance."""
    entry = desk.query_one(UpdateLog).selected
    if entry is None:
        return
    revision = f" r{entry.revision}" if entry.revision else ""
    detail = f" ({entry.detail})" if entry.detail else ""
    where = f" [{entry.origin.where}{revision}]" if entry.origin.path else ""
    desk.app.copy_to_clipboard(f"{sentence(entry, desk.style)}{detail}{where}")
    desk.say("Copied the line with its file.", timeout=2)
