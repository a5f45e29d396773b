"""The standing as text, CSV and Markdown, for people and spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from feed.clock import day, hh_mm, london, zone
from feed.english import capitalised, counted, in_words, noun
from feed.ledger.poll_days import full_date
from feed.model.parties import agency_order
from feed.model.standing import BoardRow, Scoreboard, SeatLine, Standing, TotalStanding
from feed.model.terms import HouseStyle
from feed.reports.silence import Silence
from feed.rules.scoreboard import signed
from feed.wording.control import BASELINES, contest_sentence, control_sentence
from feed.wording.progress import declared_of, progress_words

_COLUMNS = (
    "council", "gss", "status", "control_before", "control_after", "outcome", "revision",
    "sentence", "declared_at", "time_estimated", "region", "type", "size", "seats_up",
    "majority_at", "majority_notes", "change_against",
)  # fmt: skip
_SEATS = ("before", "won", "after", "change")
_NO_SEATS = (None,) * len(_SEATS)
_HEADS = ("Party", "Councils", "+", "−", "Net", "Seats", "Net seats")


def standing_as_text(
    standing: Standing, style: HouseStyle = "bbc", judged: Silence | None = None
) -> str:
    """Return the scoreboard and the changes of control as plain text in columns.

    Args:
        standing: the moment.
        style: the house style of the sentences.
        judged: what silence means then, for the last line.

    """
    rows = _board(standing)
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = [_heading(standing), ""]
    for row in rows:
        first, *figures = (
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        lines.append("  ".join((first, *figures)))
    lines += ["", baseline_sentence(_scoreboard(standing))]
    moved = _moved(standing, style)
    if moved:
        lines += ["", f"Changes of control ({len(moved)}):", *(f"  {said}" for said in moved)]
    lines += _contest_lines(standing, style)
    lines += _ni_lines(standing)
    lines += _total_lines(standing)
    lines += ["", *set_aside_lines(standing)] if standing.set_aside else []
    if standing.problems:
        lines += ["", f"Problems ({len(standing.problems)}):"]
        lines += [f"  {p.where}: {p.what}" for p in standing.problems]
    if judged is not None and judged.says:
        lines += ["", capitalised(judged.says)]
    return "\n".join(lines)


def standing_as_markdown(standing: Standing, style: HouseStyle = "bbc") -> str:
    """Return the same as a Markdown page."""
    test = "TEST DATA · " if standing.test else ""
    lines = [f"# {test}{markdown_escaped(standing.title)}", "", _progress(standing), ""]
    heads, *rows = _board(standing)
    lines += [f"| {' | '.join(heads)} |", "|---" + "|---:" * (len(heads) - 1) + "|"]
    lines += [f"| {' | '.join(map(markdown_escaped, row))} |" for row in rows]
    lines += ["", baseline_sentence(_scoreboard(standing))]
    moved = _moved(standing, style)
    if moved:
        lines += [
            "",
            "## Changes of control",
            "",
            *(f"- {markdown_escaped(said)}" for said in moved),
        ]
    contests = [said for said in _contest_lines(standing, style) if said]
    if contests:
        lines += [
            "",
            "## Contests",
            "",
            *(f"- {markdown_escaped(said.strip())}" for said in contests[1:]),
        ]
    lines += map(markdown_escaped, _ni_lines(standing))
    totals = [_bullet(said) for said in _total_lines(standing)]
    lines += ["", "## Agency totals", "", *totals] if totals else []
    aside = [_bullet(said) for said in set_aside_lines(standing)]
    lines += ["", "## Set aside", "", *aside] if aside else []
    if standing.problems:
        lines += ["", "## Problems", ""]
        lines += [f"- {markdown_escaped(f'{p.where}: {p.what}')}" for p in standing.problems]
    return "\n".join(lines) + "\n"


def standing_as_csv(standing: Standing, style: HouseStyle = "bbc") -> str:
    """Return every council as a row; cells that a spreadsheet would run are quoted as text.

    Behind what was always there come time, place and size, and of each party that has seats
    anywhere what it held, won and has, and the change; times are London's, with their offset.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    councils = standing.all_councils
    parties = agency_order({line.party for council in councils for line in council.seats}, {})
    seats = [f"{party}_{what}" for party in parties for what in _SEATS]
    writer.writerow([*_COLUMNS, *seats])
    for council in councils:
        at = council.declared_at
        row = (
            council.name, council.gss, council.status, council.before, council.after,
            council.outcome, council.revision, control_sentence(council, style),
            london(at).isoformat(timespec="seconds") if at else None,
            "yes" if council.declared_at_estimated else None,
            council.region, council.type, council.size, council.seats_up, council.majority_line,
            "; ".join(council.majority_notes), council.baseline,
        )  # fmt: skip
        lines = {line.party: line for line in council.seats}
        figures = [
            figure
            for party in parties
            for figure in (_figures(lines[party]) if party in lines else _NO_SEATS)
        ]
        writer.writerow([_cell(value) for value in (*row, *figures)])
    return out.getvalue()


def _figures(line: SeatLine) -> tuple[int | None, ...]:
    return line.held, line.won, line.after, line.change


def baseline_sentence(board: Scoreboard) -> str:
    """Return what the changes in seats are measured against, and for how many councils."""
    if not board.baseline_councils:
        return "No changes in seats are known yet."
    councils = counted(board.baseline_councils, "council")
    said = f"Change in seats {BASELINES[board.baseline]}, {councils}"
    others = [f"{BASELINES[name]} ({count})" for name, count in board.other_baselines]
    said = f"{said}; also given {', '.join(others)}." if others else f"{said}."
    return f"{said} {size_sentence(board)}." if board.changed_size else said


def size_sentence(board: Scoreboard) -> str:
    """Return why the changes need not cancel out; empty where no council changed its size."""
    if not board.changed_size:
        return ""
    councils = noun(board.changed_size, "council")
    changed = in_words(board.changed_size).capitalize()
    return f"{changed} {councils} changed size: the net column need not add up to 0"


def _scoreboard(standing: Standing) -> Scoreboard:
    return standing.ni_scoreboard if standing.is_apart else standing.scoreboard


def _board(standing: Standing) -> list[tuple[str, ...]]:
    """Return the scoreboard with its heads; in Northern Ireland no party controls a council."""
    rows = [_HEADS, *(_cells(row) for row in _scoreboard(standing).rows)]
    return [(row[0], *row[-2:]) for row in rows] if standing.is_apart else rows


def _heading(standing: Standing) -> str:
    test = "TEST DATA · " if standing.test else ""
    return f"{test}{standing.title} · {_progress(standing)}"


def _progress(standing: Standing) -> str:
    said = progress_words(standing)
    if standing.as_of is None:
        return said
    moment = standing.as_of
    return f"{said} · as of {day(moment)} {hh_mm(moment)} {zone(moment)}"


def _cells(row: BoardRow) -> tuple[str, ...]:
    return (
        row.label,
        f"{row.councils:,}",
        f"{row.gained:,}",
        f"{row.lost:,}",
        signed(row.net),
        f"{row.seats_won:,}",
        "" if row.seats_net is None else signed(row.seats_net),
    )


def _moved(standing: Standing, style: HouseStyle) -> list[str]:
    moved = [
        c for c in standing.councils if c.status == "declared" and c.outcome in {"gain", "lose"}
    ]
    return [control_sentence(council, style) for council in moved]


def _contest_lines(standing: Standing, style: HouseStyle) -> list[str]:
    if not standing.contests:
        return []
    said = (contest_sentence(it, style, standing.party_names) for it in standing.contests)
    return ["", "Contests:", *(f"  {words}" for words in said)]


def _ni_lines(standing: Standing) -> list[str]:
    if not standing.ni_councils or standing.is_apart:
        return []
    rows = sorted(standing.ni_scoreboard.rows, key=lambda row: -row.seats_won)
    seats = ", ".join(f"{row.label} {row.seats_won:,}" for row in rows if row.seats_won)
    declared = declared_of(standing.ni_declared, standing.ni_councils_up)
    return ["", f"Northern Ireland, {declared}: {seats or 'none'}"]


def _total_lines(standing: Standing) -> list[str]:
    return [f"{total_title(t)}: {t.says}" for t in standing.totals if not t.running]


def total_title(total: TotalStanding) -> str:
    """Return whose figures a total gives: `Agency total for England, 36 of 36 declared`."""
    of = f" of {total.of:,}" if total.of else ""
    region = "all councils" if total.region.casefold() == "all" else total.region
    return f"Agency total for {region}, {total.declared:,}{of} declared"


def set_aside_lines(standing: Standing) -> list[str]:
    """Return what is of another poll day: `137 files of 2 May 2018 set aside`, a line a day."""
    return [
        f"{counted(len(each.files), 'file')} of {full_date(each.day)} set aside"
        for each in standing.set_aside
    ]


def markdown_escaped(text: str) -> str:
    """Return text that Markdown shows as it stands."""
    return "".join(f"\\{char}" if char in "\\|*_[]<>`#" else char for char in text)


def _bullet(text: str) -> str:
    return f"- {markdown_escaped(text)}"


def _cell(value: object) -> str:
    if isinstance(value, int):
        return str(value)
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in {"=", "+", "-", "@"} else text


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return rows in aligned columns under `heads`, for a terminal without a screen."""
    lines = [tuple(heads), *(tuple(row) for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(heads))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
