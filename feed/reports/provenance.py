"""From any figure of the scoreboard to the results that make it up."""

from __future__ import annotations

from feed.clock import day, hh_mm
from feed.english import counted
from feed.errors import UsageProblem, did_you_mean
from feed.model.parties import NOC, PartyId, known_party
from feed.model.standing import BoardRow, Contribution, CouncilStanding, Scoreboard, Standing
from feed.model.terms import Baseline
from feed.reports.standing_text import table
from feed.rules.scoreboard import signed
from feed.wording.control import BASELINES

COLUMNS = ("councils", "gained", "lost", "net", "seats_won", "seats_net", "seats_after")
_TITLES = {
    "councils": "councils controlled",
    "gained": "councils gained",
    "lost": "councils lost",
    "net": "councils, net change",
    "seats_won": "seats won",
    "seats_net": "seats, net change",
    "seats_after": "all seats on declared councils",
}
_SYNONYMS = {"councils_net": "net", "councils_gained": "gained", "councils_lost": "lost"}


def contributions(standing: Standing, party: PartyId, column: str) -> tuple[Contribution, ...]:
    """Return the results that make up one figure, largest first.

    Args:
        standing: the moment.
        party: the row.
        column: one of `COLUMNS`; `seats_net:last_fought` for another baseline than the main one.

    Raises:
        UsageProblem: for a column that the scoreboard does not have.

    """
    column = _SYNONYMS.get(column, column)
    name, _, baseline = column.partition(":")
    if name not in COLUMNS or (baseline and (name != "seats_net" or not _baseline(baseline))):
        near = did_you_mean(name, (*COLUMNS, *_SYNONYMS))
        also = f"give one of {', '.join(COLUMNS)}"
        raise UsageProblem(
            f"{column} is no figure of the scoreboard", "; ".join(filter(None, (also, near)))
        )
    found = [
        Contribution(
            council.id, council.name, amount, council.revision, past.at, past.origin, past.estimated
        )
        for council in _stage(standing, party)[1]
        if council.status == "declared" and council.history
        for past in [council.history[-1]]
        if (amount := _amount(council, party, column, _stage(standing, party)[0].baseline))
    ]
    return tuple(sorted(found, key=lambda c: (-abs(c.amount), c.name)))


def contributions_as_text(standing: Standing, figure: str) -> str:
    """Return `con.seats_net` and the like as a table with its sum.

    Raises:
        UsageProblem: when the figure is not written as party and column.

    """
    name, _, column = figure.partition(".")
    party = known_party(name) or PartyId(name)
    board, _ = _stage(standing, party)
    row = next((row for row in board.rows if row.party == party), None)
    if row is None or not column:
        rows_of_all = (*standing.scoreboard.rows, *standing.ni_scoreboard.rows)
        parties = ", ".join(dict.fromkeys(row.party for row in rows_of_all))
        figures = ", ".join(COLUMNS)
        fix = f"write PARTY.FIGURE, the party one of {parties}, the figure one of {figures}"
        figures_of_all = [f"{each.party}.{of}" for each in rows_of_all for of in COLUMNS]
        near = did_you_mean(figure, figures_of_all)
        raise UsageProblem(
            f"{figure!r} is no figure of this scoreboard", "; ".join(filter(None, (fix, near)))
        )
    found = contributions(standing, party, column)
    column = _SYNONYMS.get(column, column)
    missing = _missing(row, column, board.baseline)
    if missing:
        return f"{row.name}, {_titled(column, board.baseline)}: {missing}"
    show = signed if column.partition(":")[0] in {"net", "seats_net"} else (lambda n: f"{n:,}")
    rows = [
        (
            show(c.amount), c.name, f"r{c.revision}",
            f"{day(c.at)} {hh_mm(c.at, estimated=c.estimated)}", c.origin.where,
        )
        for c in found
    ]  # fmt: skip
    where = "Northern Ireland: " if board is standing.ni_scoreboard else ""
    what = f"{where}{row.name}, {_titled(column, board.baseline)}"
    total = show(sum(c.amount for c in found))
    return f"{what}: {total} from {counted(len(found), 'result')}\n\n" + table(
        ("", "Council", "Rev", "Time", "File"), rows
    )


def _titled(column: str, main: Baseline) -> str:
    """Return a column in words, for changes in seats with what they are measured against."""
    name, _, baseline = column.partition(":")
    since = f" {BASELINES[_baseline(baseline) or main]}" if name == "seats_net" else ""
    return f"{_TITLES.get(name, name)}{since}"


def _stage(standing: Standing, party: PartyId) -> tuple[Scoreboard, tuple[CouncilStanding, ...]]:
    """Return the scoreboard on which a party has its row, and the councils that make it up."""
    here = any(row.party == party for row in standing.scoreboard.rows)
    if standing.is_apart or (not here and standing.ni_councils):
        return standing.ni_scoreboard, standing.ni_councils
    return standing.scoreboard, standing.councils


def _missing(row: BoardRow, column: str, main: Baseline) -> str:
    """Return why the scoreboard has no such figure; empty where it has one."""
    name, _, baseline = column.partition(":")
    if row.party == NOC and name.startswith("seats"):
        return "no overall control is no party and has no seats"
    if name != "seats_net":
        return ""
    other = _baseline(baseline)
    is_known = row.seats_net is not None if other in {None, main} else other in row.seats_net_other
    return "" if is_known else "not known, no result gives it"


def _baseline(name: str) -> Baseline | None:
    return next((known for known in BASELINES if known == name), None)


def _amount(council: CouncilStanding, party: PartyId, column: str, main: Baseline) -> int:
    gained = int(council.outcome in {"gain", "lose"} and council.after == party)
    lost = int(council.outcome in {"gain", "lose"} and council.before == party)
    line = next((line for line in council.seats if line.party == party), None)
    column, _, baseline = column.partition(":")
    baseline = baseline or main
    by_baseline: dict[str | None, int] = {} if line is None else dict(line.change_other)
    if line is not None:
        by_baseline[council.baseline] = line.change or 0
    amounts = {
        "councils": int(council.after == party),
        "gained": gained,
        "lost": lost,
        "net": gained - lost,
        "seats_won": (line.won or 0) if line else 0,
        "seats_after": (line.after or 0) if line else 0,
        "seats_net": by_baseline.get(baseline, 0),
    }
    return amounts[column]
