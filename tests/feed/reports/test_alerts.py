"""What rings: changes of control, watched councils, a party's net; rarely, and never at quiet hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feed.model.entries import Declaration, Entry, EntryKind, Origin, PlaceId
from feed.model.parties import PartyId
from feed.model.standing import BoardRow, LogView, Scoreboard, Standing
from feed.reports.alerts import AlertRules, AlertState, QuietHours, alerts, one_line, opening_state
from tests.feed.builders import a_contest, a_result, a_roster, standing_of

NOW = datetime(2019, 5, 3, 2, 0, tzinfo=UTC)
ORIGIN = Origin("a.json", None, "0" * 32, NOW, None)


def an_entry(
    name: str, kind: EntryKind = EntryKind.HOLD, *, flips: bool = False, seq: int = 1
) -> Entry:
    told = Declaration(name, PartyId("con"), PartyId("lab" if flips else "con"), "hold")
    return Entry(seq, kind, NOW, "declared", ORIGIN, PlaceId(name.casefold()), told, flips=flips)


def a_standing(entries: Sequence[Entry], **net: int) -> Standing:
    rows = tuple(
        BoardRow(PartyId(party), party.title(), party, seats_net=seats)
        for party, seats in net.items()
    )
    board = Scoreboard(rows, "eve_of_poll", 1)
    return Standing(log=LogView(list(entries)), scoreboard=board)


def told(
    entries: Sequence[Entry],
    rules: AlertRules,
    state: AlertState | None = None,
    now: datetime = NOW,
    **net: int,
) -> tuple[str, ...]:
    return alerts(a_standing(entries, **net), state or AlertState(), rules, now, "bbc").told


def test_a_change_of_control_rings_and_a_hold_does_not() -> None:
    entries = [an_entry("Alder"), an_entry("Birch", EntryKind.GAIN, flips=True)]
    (said,) = told(entries, AlertRules())
    assert "Birch" in said
    assert told(entries, AlertRules(changes=False)) == ()


def test_a_rush_is_no_change_of_control_yet() -> None:
    assert told([an_entry("Alder", EntryKind.RUSH, flips=True)], AlertRules()) == ()


@pytest.mark.parametrize(
    "kind", [EntryKind.HOLD, EntryKind.RUSH, EntryKind.CORRECTION, EntryKind.WITHDRAWN]
)
def test_a_watched_council_rings_for_whatever_is_said_of_its_result(kind: EntryKind) -> None:
    rules = AlertRules(changes=False, watched=frozenset({PlaceId("alder")}))
    assert len(told([an_entry("Alder", kind), an_entry("Birch", kind)], rules)) == 1


def test_a_partys_net_rings_once_for_each_step_that_it_passes() -> None:
    rules = AlertRules(net=100)
    opened = opening_state(a_standing([], con=-99), rules)
    first = alerts(a_standing([], con=-250), opened, rules, NOW, "bbc")
    assert first.told == (
        "Con net seats reach −200, now −250 since the eve of poll",
        "Con net seats reach −100, now −250 since the eve of poll",
    )
    later = NOW + timedelta(minutes=1)
    again = alerts(a_standing([], con=-260), first.state, rules, later, "bbc")
    assert again.told == ()
    back = alerts(a_standing([], con=-90), again.state, rules, later, "bbc")
    assert alerts(a_standing([], con=-150), back.state, rules, later, "bbc").told == ()


def test_a_net_that_is_just_reached_is_not_said_to_lie_beyond() -> None:
    (said,) = told([], AlertRules(net=100), con=-100)
    assert said == "Con net seats reach −100 since the eve of poll"


def test_a_watched_council_of_northern_ireland_rings() -> None:
    standing = standing_of(
        a_roster("Belfast", {"sf": 31}),
        a_result("Belfast", sf=20, dup=11, changes={"sf": -11, "dup": 11}),
        a_contest("Bedford", "con"),
    )
    rules = AlertRules(watched=frozenset({standing.ni_councils[0].id}), net=10)
    assert alerts(standing, AlertState(), rules, NOW, "bbc").told == (
        "Belfast: SF 20, DUP 11",
        "DUP net seats reach +10, now +11 since the eve of poll",
        "SF net seats reach −10, now −11 since the eve of poll",
    )


def test_what_was_there_when_the_desk_opened_is_no_news() -> None:
    entries = [an_entry("Alder", EntryKind.GAIN, flips=True)]
    rules = AlertRules(net=10)
    opened = opening_state(a_standing(entries, lab=25), rules)
    assert told(entries, rules, opened, lab=25) == ()


def test_alerts_come_at_most_every_so_often_and_none_is_lost() -> None:
    rules = AlertRules(every=timedelta(seconds=10))
    entries = [an_entry(name, EntryKind.GAIN, flips=True) for name in ("Alder", "Birch", "Cob")]
    first = alerts(a_standing(entries[:1]), AlertState(), rules, NOW, "bbc")
    soon = alerts(a_standing(entries), first.state, rules, NOW + timedelta(seconds=4), "bbc")
    late = alerts(a_standing(entries), soon.state, rules, NOW + timedelta(seconds=10), "bbc")
    assert (len(first.told), len(soon.told), len(late.told)) == (1, 0, 2)


def test_a_clock_that_goes_back_does_not_silence_the_night() -> None:
    rules = AlertRules()
    state = AlertState(rang_at=NOW + timedelta(hours=5))
    assert told([an_entry("Alder", EntryKind.GAIN, flips=True)], rules, state)


def test_quiet_hours_are_silent_and_what_came_then_is_not_told_afterwards() -> None:
    rules = AlertRules(quiet=QuietHours.parse("02:00-06:00"))
    entries = [an_entry("Alder", EntryKind.GAIN, flips=True)]
    quiet = alerts(a_standing(entries), AlertState(), rules, NOW, "bbc")
    assert quiet.told == ()
    morning = NOW + timedelta(hours=5)
    assert alerts(a_standing(entries), quiet.state, rules, morning, "bbc").told == ()


@pytest.mark.parametrize(
    ("hours", "at", "covered"),
    [
        ("00:30-06:00", "23:29", False),
        ("00:30-06:00", "23:30", True),
        ("00:30-06:00", "05:00", False),
        ("22:00–04:00", "21:30", True),
        ("22:00 to 04:00", "03:30", False),
    ],
)
def test_quiet_hours_are_londons_and_may_go_past_midnight(
    hours: str, at: str, covered: bool
) -> None:
    utc = datetime.combine(NOW.date(), time.fromisoformat(at), UTC)
    assert QuietHours.parse(hours).cover(utc) is covered


@pytest.mark.parametrize("text", ["", "night", "25:00-06:00", "1-2", "01:61-02:00"])
def test_what_is_no_hours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="write them as 00:30-06:00"):
        QuietHours.parse(text)


def test_several_are_told_in_one_line() -> None:
    assert one_line(["a"]) == "a"
    assert one_line(["a", "b", "c"]) == "a, and 2 more"


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 30)), max_size=25))
def test_every_change_of_control_is_told_exactly_once(steps: list[tuple[bool, int]]) -> None:
    rules, state, now, told_of = AlertRules(), AlertState(), NOW, list[str]()
    entries: list[Entry] = []
    for number, (flips, seconds) in enumerate(steps):
        kind = EntryKind.GAIN if flips else EntryKind.HOLD
        entries.append(an_entry(f"Council {number}", kind, flips=flips))
        now += timedelta(seconds=seconds)
        heard = alerts(a_standing(entries), state, rules, now, "bbc")
        state, told_of = heard.state, [*told_of, *heard.told]
    last = alerts(a_standing(entries), state, rules, now + timedelta(minutes=1), "bbc")
    told_of += last.told
    changed = sum(flips for flips, _ in steps)
    assert len(told_of) == len(set(told_of)) == changed or changed > 20


def test_a_log_that_grew_shorter_is_taken_as_it_is() -> None:
    state = AlertState(seen=5)
    entries = [an_entry("Alder", EntryKind.GAIN, flips=True)]
    heard = alerts(a_standing(entries), state, AlertRules(), NOW, "bbc")
    assert heard.told == ()
    assert heard.state == replace(state, seen=1)
