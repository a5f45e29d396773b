"""The pages about the night as a whole: what was missed, what was not taken, what is watched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from rich.segment import Segment

from feed.clock import hh_mm, spans_days, time_width
from feed.english import counted, number
from feed.ledger.poll_days import full_date
from feed.model.entries import Mark
from feed.model.standing import CouncilStanding, Problem, Standing
from feed.model.terms import HouseStyle
from feed.reports.digest import Digest, digest_lines
from feed.reports.standing_text import set_aside_lines, size_sentence
from feed.wording.control import contest_sentence, control_sentence
from tui.colours.party_colours import letter
from tui.colours.themes import Look
from tui.details.detail_parts import lines_taken, paragraph, section
from tui.details.dialog import Line
from tui.details.listing import LinesToCome, MakeRows, Row
from tui.text.terminal_text import segment
from tui.text.terminal_text import width as cells_of
from tui.text.wrapping import wrapped

_MOST_LINES = 50
_MOST_PROBLEMS = 500
_REFUSED, _REMARK, _FIX = "  ✗ ", "  ! ", "  → "


def missed_rows(found: Digest, style: HouseStyle) -> MakeRows:
    """Return the rows of a digest: what matters first, the newest first, a line an entry."""

    def rows(width: int, look: Look) -> Iterator[Row]:
        told = digest_lines(found, style)
        yield Row(paragraph(told.stretch, look.strong, width, look, bold=True))
        yield Row(paragraph(told.progress, look.text, width, look))
        for line in told.movers:
            yield Row(paragraph(line, look.text, width, look))
        dated = spans_days(entry.at for part in told.parts for entry, _ in part.entries)
        room = time_width(dated=dated)
        for part in told.parts:
            yield Row(section(part.title, look))
            for entry, words in part.entries:
                time = hh_mm(entry.at, estimated=entry.is_estimated, dated=dated)
                lead = segment(f"{time:>{room}}  ", look.style(look.dim))
                yield Row(_hung(lead, words, width, look), f"entry:{entry.seq}")
            if part.more:
                more = f"{'':>{room}}  and {number(part.more)} more"
                yield Row([[segment(more, look.style(look.dim))]])

    return rows


def problem_rows(
    problems: Sequence[Problem], unacknowledged: Sequence[Problem] | None = None
) -> MakeRows:
    """Return the rows of what was not taken, or with a remark; each leads to its entry.

    Args:
        problems: they.
        unacknowledged: those that nobody has acknowledged, which come first; all by default.

    """
    new = tuple(problems) if unacknowledged is None else tuple(unacknowledged)
    known = set(new)
    seen = [problem for problem in problems if problem not in known]

    def rows(width: int, look: Look) -> Iterator[Row]:
        if not problems:
            yield Row(paragraph("No problems: every file was read.", look.text, width, look))
        for problem in new[-_MOST_PROBLEMS:]:
            yield _problem_row(problem, width, look)
        if seen:
            yield Row(section(f"Acknowledged ({number(len(seen))})", look))
        for problem in seen[-_MOST_PROBLEMS:]:
            yield _problem_row(problem, width, look, seen=True)
        left_out = sum(max(0, len(each) - _MOST_PROBLEMS) for each in (new, seen))
        if left_out:
            more = counted(left_out, "older problem")
            yield Row(paragraph(f"{more}: nightdesk check lists all.", look.dim, width, look))

    return rows


def _problem_row(problem: Problem, width: int, look: Look, *, seen: bool = False) -> Row:
    """Return the row of a problem; of hundreds only those that are seen are written."""
    room = _room_behind(_REFUSED, width)
    hung = (problem.what, problem.fix) if problem.fix else (problem.what,)
    count = lines_taken(problem.where, width)
    count += sum(min(_MOST_LINES, lines_taken(text, room)) for text in hung)
    lines = LinesToCome(count, partial(_problem_lines, problem, width, look, seen=seen))
    return Row(lines, f"entry:{problem.entry}", below=1)


def _problem_lines(problem: Problem, width: int, look: Look, *, seen: bool) -> list[Line]:
    refused = problem.mark is Mark.REJECTED
    text = look.dim if seen else look.text
    lines = paragraph(problem.where, text if seen else look.strong, width, look, bold=not seen)
    colour = look.dim if seen else look.bad if refused else look.warn
    mark = segment(_REFUSED if refused else _REMARK, look.style(colour))
    lines += _hung(mark, problem.what, width, look, text)
    if problem.fix:
        lines += _hung(segment(_FIX, look.style(look.dim)), problem.fix, width, look, text)
    return lines


def night_rows(standing: Standing) -> MakeRows:
    """Return what to know of the night's figures, then the files of other poll days."""

    def rows(width: int, look: Look) -> Iterator[Row]:
        if standing.date is not None:
            day = f"Poll of {standing.date:%A} {full_date(standing.date)}"
            yield Row([*paragraph(day, look.strong, width, look, bold=True), []])
        note = standing.note or "The feed says nothing more of this night."
        yield Row([*paragraph(note, look.text, width, look), []])
        sizes = size_sentence(standing.scoreboard)
        if sizes:
            yield Row([*paragraph(f"{sizes}.", look.text, width, look), []])
        own = [each for each in standing.contests if each.poll is not None]
        if own:
            yield Row(section("Other poll days of the same event", look))
        for contest in own:
            yield Row(paragraph(contest_sentence(contest, "bbc"), look.text, width, look))
        for each, said in zip(standing.set_aside, set_aside_lines(standing), strict=True):
            yield Row(section(said, look))
            fix = f"--date {each.day.isoformat()} shows them"
            yield Row(paragraph(fix, look.dim, width, look))
            for file in each.files[:_MOST_PROBLEMS]:
                yield Row(paragraph(f"  {file}", look.text, width, look))
            if len(each.files) > _MOST_PROBLEMS:
                more = counted(len(each.files) - _MOST_PROBLEMS, "more file")
                yield Row(paragraph(f"  {more}", look.dim, width, look))

    return rows


def watched_rows(
    councils: Sequence[CouncilStanding], missing: Sequence[str], style: HouseStyle, watch: str
) -> MakeRows:
    """Return the rows of the watched councils; each leads to its page.

    Args:
        councils: those that the night knows.
        missing: names on the list that no council of the night goes by yet.
        style: the house style.
        watch: the key that puts a council on the list.
    """

    def rows(width: int, look: Look) -> Iterator[Row]:
        if not councils and not missing:
            none = f"None yet: {watch} marks the council of the line or cell under the cursor."
            yield Row(paragraph(none, look.text, width, look))
        for council in councils:
            party = council.after if council.status in {"declared", "rush"} else None
            chip = segment(f" {letter(party)} ", look.party_style(party, bold=True))
            said = control_sentence(council, style)
            yield Row(_hung(chip, f" {said}", width, look), f"council:{council.id}")
        for name in missing:
            yield Row(paragraph(f"{name}: not on tonight's list", look.dim, width, look))

    return rows


def _room_behind(lead: str, width: int) -> int:
    return max(8, width - cells_of(lead))


def _hung(
    lead: Segment, words: str, width: int, look: Look, colour: str | None = None
) -> list[Line]:
    """Return words behind a lead, further lines under the words."""
    room = _room_behind(lead.text, width)
    lines = wrapped([(words, look.style(colour or look.text))], room, _MOST_LINES)
    under = segment(" " * lead.cell_length, look.base)
    return [[under if index else lead, *line] for index, line in enumerate(lines)]
