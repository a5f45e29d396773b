"""From any figure of the scoreboard to the results that make it up."""

from __future__ import annotations

from feed.clock import day, hh_mm
from feed.errors import UsageProblem
from feed.model.parties import NOC, PartyId, known_party
from feed.model.standing import BoardRow, Contribution, CouncilStanding, Standing
from feed.model.terms import Baseline
from feed.reports.standing_text import table
from feed.rules.scoreboard import signed
from feed.wording.control import BASELINES

COLUMNS = ("councils", "gained", "lost", "net", "seats_won", "seats_net", "seats_after")
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
        raise UsageProblem(
            f"{column} is no figure of the scoreboard", f"give one of {', '.join(COLUMNS)}"
        )
    found = [
        Contribution(
            council.id, council.name, amount, council.revision, past.at, past.origin, past.estimated
        )
        for council in standing.councils
        if council.status == "declared" and council.history
        for past in [council.history[-1]]
        if (amount := _amount(council, party, column, standing))
    ]
    return tuple(sorted(found, key=lambda c: (-abs(c.amount), c.name)))


def contributions_as_text(standing: Standing, figure: str) -> str:
    """Return `con.seats_net` and the like as a table with its sum.

    Raises:
        UsageProblem: when the figure is not written as party and column.

    """
    name, _, column = figure.partition(".")
    party = known_party(name) or PartyId(name)
    row = next((row for row in standing.scoreboard.rows if row.party == party), None)
    if row is None or not column:
        parties = ", ".join(row.party for row in standing.scoreboard.rows)
        figures = ", ".join(COLUMNS)
        fix = f"write PARTY.FIGURE, the party one of {parties}, the figure one of {figures}"
        raise UsageProblem(f"{figure!r} is no figure of this scoreboard", fix)
    found = contributions(standing, party, column)
    column = _SYNONYMS.get(column, column)
    missing = _missing(row, column, standing.scoreboard.baseline)
    if missing:
        return f"{row.label} {column}: {missing}"
    show = signed if column.partition(":")[0] in {"net", "seats_net"} else (lambda n: f"{n:,}")
    rows = [
        (
            show(c.amount), c.name, f"r{c.revision}",
            f"{day(c.at)} {hh_mm(c.at, estimated=c.estimated)}", c.origin.where,
        )
        for c in found
    ]  # fmt: skip
    what = f"{row.label} {_titled(column, standing.scoreboard.baseline)}"
    total = show(sum(c.amount for c in found))
    results = "result" if len(found) == 1 else "results"
    return f"{what}: {total} from {len(found)} {results}\n\n" + table(
        ("", "Council", "Rev", "Time", "File"), rows
    )


def _titled(column: str, main: Baseline) -> str:
    """Return a column's name, for changes in seats with what they are measured against."""
    name, _, baseline = column.partition(":")
    return f"{name} {BASELINES[_baseline(baseline) or main]}" if name == "seats_net" else name


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


def _amount(council: CouncilStanding, party: PartyId, column: str, standing: Standing) -> int:
    gained = int(council.outcome in {"gain", "lose"} and council.after == party)
    lost = int(council.outcome in {"gain", "lose"} and council.before == party)
    line = next((line for line in council.seats if line.party == party), None)
    column, _, baseline = column.partition(":")
    baseline = baseline or standing.scoreboard.baseline
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
