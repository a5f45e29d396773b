"""What a correction, a withdrawal or a late roster changes, in figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from feed.model.messages import Result, Roster, Rush
from feed.model.parties import PartyId, agency_order
from feed.model.terms import Outcome
from feed.rules.checks import main_change
from feed.rules.control import (
    ControlFacts,
    control_after,
    control_before,
    control_facts,
    outcome,
    same_control,
    seats_won,
)
from feed.rules.scoreboard import effect, seats_only, signed, tally
from feed.wording.entries import Names, label

_WORDS: Mapping[Outcome, str] = MappingProxyType(
    {
        "hold": "a hold", "no_change": "no change", "gain": "a gain", "win": "a win",
        "lose": "a loss to NOC",
    }
)  # fmt: skip


def seat_difference(old: Mapping[PartyId, int], new: Mapping[PartyId, int], names: Names) -> str:
    """Return which parties' seats differ, the largest first: `Lab 25→24, Con 10→11`."""
    return _difference(old, new, names, str)


def _difference(
    old: Mapping[PartyId, int],
    new: Mapping[PartyId, int],
    names: Names,
    show: Callable[[int], str],
) -> str:
    pairs = {p: (old.get(p, 0), new.get(p, 0)) for p in agency_order({*old, *new}, names)}
    ranked = sorted(pairs, key=lambda party: -max(map(abs, pairs[party])))
    return ", ".join(
        f"{label(party, names)} {show(pairs[party][0])}→{show(pairs[party][1])}"
        for party in ranked
        if pairs[party][0] != pairs[party][1]
    )


def _figures_difference(old: Result, new: Result, names: Names) -> str:
    """Return the first of seats after, seats won and changes that differ."""
    seats = seat_difference(old.after, new.after, names) if new.after else ""
    if seats:
        return seats
    won = seat_difference(seats_won(old), seats_won(new), names)
    if won:
        return f"won {won}"
    was, now = main_change(old), main_change(new)
    moved = _difference(was.seats if was else {}, now.seats if now else {}, names, signed)
    return f"change {moved}" if moved else ""


def same_figures(old: Result | Rush, new: Result | Rush) -> bool:
    """Whether two versions differ in nothing that is counted or shown as control."""
    if not isinstance(old, Result) or not isinstance(new, Result):
        return False
    return (old.won, old.after, old.changes, old.control_before, control_after(old)) == (
        new.won, new.after, new.changes, new.control_before, control_after(new),
    )  # fmt: skip


def correction(
    old: Result | Rush,
    new: Result | Rush,
    roster: Roster | None,
    names: Names,
    *,
    apart: bool = False,
) -> str:
    """Return what a superseding revision changes: seats, then control after, then before.

    Nothing is said of control where a council stands `apart`: no party has it there.
    """
    said = []
    if isinstance(old, Result) and isinstance(new, Result):
        said.append(_figures_difference(old, new, names) or "no seat changes")
    if apart:
        return "; ".join(said) or "no seats given"
    if same_control(old, new, roster):
        return "; ".join([*said, "control unchanged"])
    was, now = control_facts(old, roster), control_facts(new, roster)
    if was[1] != now[1]:
        said.append(f"control {_after(was, names)} → {_after(now, names)}")
    if was[0] != now[0] and now[0] is not None:
        said.append(_before_difference(was, now, names))
    elif was[1] == now[1]:
        said.append(f"control before {label(was[0], names)} → not known")
    return "; ".join(said)


def after_all(new: Result | Rush, roster: Roster | None, names: Names) -> str:
    """Return what a correction of control comes to: `Con hold after all`."""
    before, after, what = control_facts(new, roster)
    if after is None and what != "lose":
        return "control not known after all"
    match what:
        case "hold" | "win":
            said = f"{label(after, names)} {what}"
        case "gain":
            said = f"{label(after, names)} gain from {label(before, names)}"
        case "lose":
            said = f"{label(before, names)} lose to NOC"
        case "no_change":
            said = "NOC no change"
        case _:
            said = f"{label(after, names)} control"
    return f"{said} after all"


def _after(facts: ControlFacts, names: Names) -> str:
    return "lost" if facts[1] is None and facts[2] == "lose" else label(facts[1], names)


def _before_difference(was: ControlFacts, now: ControlFacts, names: Names) -> str:
    moved = f"{label(was[0], names)} →" if was[0] is not None else "is"
    makes = f", so it is {_WORDS[now[2]]}" if now[2] and now[2] != was[2] else ""
    return f"control before {moved} {label(now[0], names)}{makes}"


def board_effect(
    old: Result | None,
    new: Result | None,
    roster: Roster | None,
    names: Names,
    *,
    apart: bool = False,
) -> str:
    """Return what a correction or withdrawal does to the scoreboard; only to seats if `apart`."""
    empty = tally(Result(council="-"), None)
    was = empty if old is None else tally(old, roster)
    now = empty if new is None else tally(new, roster)
    if apart:
        was, now = seats_only(was), seats_only(now)
    return effect(was, now, names)


def roster_effect(
    result: Result, old: Roster | None, new: Roster | None, names: Names
) -> tuple[str, bool]:
    """Return what a roster that comes after its result changes, and whether control moves by it."""
    was, before = control_before(result, old), control_before(result, new)
    after = control_after(result)
    if was == before or after is None:
        return "", False
    now = outcome(before, after)
    said = f"control before is {label(before, names)}, so it is {_WORDS[now]}"
    moved = effect(tally(result, old), tally(result, new), names)
    return f"{said}; scoreboard: {moved}", outcome(was, after) != now and now in {"gain", "lose"}
