"""The sentences of the log that are about figures: details, wards, histories, totals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from feed.english import noun
from feed.model.entries import Declaration, EntryKind
from feed.model.messages import Contest, Result, Roster, Rush, TotalRow, WardResult, Withdrawal
from feed.model.parties import NOC, PartyId, agency_order, party_of
from feed.model.terms import Outcome
from feed.rules.checks import main_change
from feed.rules.control import control_after, outcome, stated_control
from feed.rules.majority import after_the_count
from feed.rules.scoreboard import signed, size_before

Names = Mapping[PartyId, str]


def label(party: PartyId | None, names: Names) -> str:
    """Return a party's short form, `?` for none."""
    return "?" if party is None else party_of(party, names).label


def declaration(  # noqa: PLR0913, PLR0917 - six facts make a declaration
    name: str,
    before: PartyId | None,
    after: PartyId | None,
    outcome: Outcome | None,
    names: Names,
    contest: Contest | None = None,
    *,
    new_council: bool = False,
) -> Declaration:
    """Return control before and after as the facts of an entry."""
    return Declaration(
        name=name,
        before=before,
        after=after,
        outcome=outcome,
        contest=None if contest is None else contest.contest,
        winner_name=None if contest is None else contest.winner_name,
        new_council=new_council,
        before_label=label(before, names) if before else "",
        after_label=label(after, names) if after else "",
        before_name=party_of(before, names).name if before else "",
        after_name=party_of(after, names).name if after else "",
    )


def kind_of(outcome: Outcome | None) -> EntryKind:
    """Return the badge of a declaration."""
    kinds = {
        "gain": EntryKind.GAIN, "lose": EntryKind.LOSS, "win": EntryKind.WIN,
        "no_change": EntryKind.NO_CHANGE,
    }  # fmt: skip
    return kinds.get(outcome or "", EntryKind.HOLD)


def figures(
    result: Result, names: Names, roster: Roster | None = None, before: PartyId | None = None
) -> str:
    """Return the figures that matter for the dim second line: `36 of 63 seats · Lab +6`.

    Args:
        result: the council's return.
        names: names of the parties that nightdesk does not know.
        roster: the council before the poll, for its size.
        before: who controlled it; the party that lost control is always among those shown.

    """
    after, total = control_after(result), sum(result.after.values())
    change = main_change(result)
    moved = dict(change.seats) if change else {}
    said: list[str] = []
    margin: list[str] = []
    if total and after is not None and after != NOC:
        said.append(f"{result.after.get(after, 0)} of {total} seats")
        if moved.get(after):
            said.append(f"{label(after, names)} {signed(moved.pop(after))}")
        majority = after_the_count(result.after, after, names)
        if majority and 2 * result.after.get(after, 0) - total <= 2:
            margin.append(majority)
    elif total:
        largest = max(agency_order(result.after, names), key=lambda party: result.after[party])
        short = after_the_count(result.after, after, names)
        alone = f"{label(largest, names)} "
        if short.startswith(f"{alone}and "):
            said.append(f"{short.replace(' each', f' of {total} each')}")
        else:
            said.append(f"{alone}{result.after[largest]} of {total}")
            said.extend([short.removeprefix(alone)] if short else [])
    movers = sorted((p for p in moved if moved[p]), key=lambda p: (-abs(moved[p]), p))
    shown = movers[:2]
    if before in movers and before not in shown and before != after:
        shown = [movers[0], before] if before is not None else shown
    said += [f"{label(party, names)} {signed(moved[party])}" for party in shown]
    return " · ".join([*said, *_size_change(result, roster), *margin])


def _size_change(result: Result, roster: Roster | None) -> list[str]:
    before = size_before(result, roster)
    return [] if before is None else [f"{before} → {sum(result.after.values())} seats"]


def match_words(how: str, name: str, written: str) -> str:
    """Return how a council was found that its source writes otherwise."""
    by = ", by the agency's number" if how == "numbered" else ""
    return f"≈ matched {name}{by}: the source writes {written}"


def seats_alone(result: Result, names: Names) -> str:
    """Return the second line where no party controls: `60 seats · DUP +1 · UUP −2`."""
    total, change = sum(result.after.values()), main_change(result)
    said = [f"{total} seats"] if total else []
    return " · ".join([*said, *_movers(change.seats if change else {}, names)[:3]])


def _movers(moved: Mapping[PartyId, int], names: Names) -> list[str]:
    movers = sorted((p for p in moved if moved[p]), key=lambda p: (-abs(moved[p]), p))
    return [f"{label(party, names)} {signed(moved[party])}" for party in movers]


def contest_in_short(contest: Contest, names: Names) -> str:
    """Return who won a contest, in the short form of a history: `Lab hold`."""
    winner = label(contest.winner, names)
    match contest_outcome(contest):
        case "hold":
            return f"{winner} hold"
        case "gain":
            return (
                f"{winner} gain from {label(contest.before, names)}"
                if contest.before
                else f"{winner} gain"
            )
        case _:
            return f"{winner} win"


def contest_outcome(contest: Contest) -> Outcome | None:
    """Return what happened to the post: as stated, else from before and winner."""
    if contest.winner is None:
        return contest.outcome
    if contest.before is None:
        return contest.outcome or "win"
    return "hold" if contest.before == contest.winner else "gain"


_HOW = frozenset({"by-election", "unopposed"})
"""Notes of a ward that a reader of its result must know."""


def ward_sentence(
    ward: WardResult, council: str, wards_in: int, total: int | None, names: Names
) -> str:
    """Return a ward's return: `Trafford, Ashton upon Mersey: Lab 1 · 9 of 15 wards in`."""
    won = ", ".join(
        f"{label(party, names)} {ward.won[party]}"
        for party in agency_order(ward.won, names)
        if ward.won[party]
    )
    of = f" of {total}" if total else ""
    wards = "ward" if wards_in == 1 and not total else "wards"
    how = f" ({ward.note})" if ward.note in _HOW else ""
    return f"{council}, {ward.ward}{how}: {won or 'no seat filled'} · {wards_in}{of} {wards} in"


def history_line(
    told: Result | Rush | Withdrawal, roster: Roster | None, names: Names, *, apart: bool = False
) -> str:
    """Return one version of a council's history in a few words; `apart` where no party controls."""
    if isinstance(told, Withdrawal):
        return f"withdrawn{': ' + told.reason if told.reason else ''}"
    if apart:
        return "rush" if isinstance(told, Rush) else seat_list(told.after, names)
    if isinstance(told, Rush):
        return f"rush: {flash_words(told, roster, names)}"
    control = label(stated_control(told, roster), names)
    seats = seat_list(told.after, names)
    return f"{control}: {seats}" if seats else control


def flash_words(rush: Rush, roster: Roster | None, names: Names) -> str:
    """Return what a flash says of control: `Con hold`, or `Con lose` where it names no winner."""
    before, after = rush.control_before, stated_control(rush, roster)
    what = rush.outcome or (outcome(before, after) if before and after else None)
    told, was = label(after, names), label(before, names)
    match what:
        case "hold" if after is not None:
            return f"{told} hold"
        case "no_change":
            return "NOC no change"
        case "lose" if before is not None:
            return f"{was} lose" if after is None else f"{was} lose to {told}"
        case "gain" if after is not None:
            return f"{told} gain" if before is None else f"{told} gain from {was}"
        case "lose" if after is None:
            return "control lost"
        case _:
            return "control not said" if after is None else told


def seat_list(seats: Mapping[PartyId, int], names: Names) -> str:
    """Return a council party by party, the largest first: `DUP 15, SF 12`."""
    order = sorted(agency_order(seats, names), key=lambda party: -seats[party])
    return ", ".join(f"{label(party, names)} {seats[party]}" for party in order if seats[party])


def total_figures(rows: Iterable[TotalRow], names: Names) -> str:
    """Return each party's seats, else its councils; no overall control has councils alone."""
    lines = ((row, _councils(row) if row.party == NOC else _figures(row)) for row in rows)
    return " · ".join(
        f"{party_of(row.party, names).label} {'about ' if row.approximate else ''}{figures}"
        for row, figures in lines
        if figures
    )


def _figures(row: TotalRow) -> str:
    councils = _councils(row)
    if row.seats_won is not None:
        net = "" if row.seats_net is None else f" ({signed(row.seats_net)})"
        return f"{row.seats_won:,}{net}"
    if row.seats_net is None:
        return councils
    net = signed(row.seats_net)
    return f"{net} {noun(row.seats_net, 'seat')}, {councils}" if councils else net


def _councils(row: TotalRow) -> str:
    number, net = row.councils, row.councils_net
    if number is None and net is None:
        return _gained_and_lost(row)
    if number is None:
        return "" if net is None else f"{signed(net)} {noun(net, 'council')}"
    moved = "" if net is None else f" ({signed(net)})"
    return f"{number:,} {noun(number, 'council')}{moved}"


def _gained_and_lost(row: TotalRow) -> str:
    """Return the councils gained and lost, each by itself: `one gained, two lost`."""
    told = ((row.councils_gained, "gained"), (row.councils_lost, "lost"))
    said = [(number, what) for number, what in told if number is not None]
    return ", ".join(
        f"{number:,} {noun(number, 'council') + ' ' if place == 0 else ''}{what}"
        for place, (number, what) in enumerate(said)
    )
