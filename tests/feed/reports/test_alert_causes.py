"""Which event is worth which alert, and that each is told exactly once in a played night."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from feed.model.entries import Declaration, Entry, EntryKind, Mark, Origin, PlaceId
from feed.model.parties import PartyId
from feed.model.standing import LogView, SeatLine, Standing
from feed.model.terms import ALERT_CAUSES, AlertCause
from feed.reports.alerts import (
    AlertRules,
    AlertState,
    Condition,
    QuietHours,
    alerts,
    opening_state,
)
from feed.reports.silence import Silence, SilenceKind, silence
from tests.feed.reports.test_silence import clock, council, played

NOW = datetime(2019, 5, 3, 2, 0, tzinfo=UTC)
ORIGIN = Origin("a.json", None, "0" * 32, NOW, None)
SAYS: dict[SilenceKind, str] = {
    "lost": "SOURCE LOST", "heartbeat": "no heartbeat for 4 min", "late": "6 late",
    "complete": "complete", "quiet": "quiet as expected", "alive": "",
}  # fmt: skip


def entry(kind: EntryKind, mark: Mark = Mark.OK, *, flips: bool = False) -> Entry:
    said = Declaration("Alder", PartyId("con"), PartyId("lab" if flips else "con"), "hold")
    return Entry(1, kind, NOW, "declared", ORIGIN, PlaceId("Alder"), said, mark=mark, flips=flips)


def only(*causes: AlertCause, **rules: object) -> AlertRules:
    return AlertRules(changes=False, causes=frozenset(causes), **rules)  # type: ignore[arg-type]


def alder(seats: dict[str, int], *notes: str) -> Standing:
    lines = tuple(SeatLine(PartyId(it), it.title(), after=won) for it, won in seats.items())
    known = replace(
        council("Alder", "", "declared"), after=PartyId("con"), region="South East",
        seats=lines, majority_notes=notes,
    )  # fmt: skip
    return Standing(councils=(known,), log=LogView([entry(EntryKind.HOLD)]))


def told(standing: Standing, rules: AlertRules) -> tuple[str, ...]:
    return alerts(standing, AlertState(), rules, NOW, "bbc").told


@pytest.mark.parametrize(
    ("cause", "event"),
    [
        ("correction", entry(EntryKind.CORRECTION)),
        ("correction", entry(EntryKind.WITHDRAWN)),
        ("rejected", entry(EntryKind.PROBLEM, Mark.REJECTED)),
        ("total", entry(EntryKind.TOTAL, Mark.REMARK)),
        ("first-gain", entry(EntryKind.GAIN, flips=True)),
    ],
)
def test_an_entry_rings_for_its_own_cause_and_for_no_other(cause: AlertCause, event: Entry) -> None:
    standing = Standing(log=LogView([event]))
    others = [it for it in ALERT_CAUSES if it != cause]
    assert len(told(standing, only(cause))) == 1
    assert told(standing, only(*others)) == ()


def test_a_total_that_agrees_does_not_ring() -> None:
    assert told(Standing(log=LogView([entry(EntryKind.TOTAL)])), only("total")) == ()


def test_only_the_first_gain_of_a_party_is_one() -> None:
    log = [entry(EntryKind.GAIN, flips=True), entry(EntryKind.GAIN, flips=True)]
    (said,) = told(Standing(log=LogView(log)), only("first-gain"))
    assert said.startswith("First gain of the night: ")
    opened = opening_state(Standing(log=LogView(log[:1])), only("first-gain"))
    again = alerts(Standing(log=LogView(log)), opened, only("first-gain"), NOW, "bbc")
    assert again.told == ()


@pytest.mark.parametrize(("most", "rings"), [(2, False), (3, True), (9, True)])
def test_a_majority_rings_from_the_figure_that_is_set(most: int, rings: bool) -> None:
    heard = told(alder({"con": 8, "lab": 5}), only(majority=most))
    assert [line.endswith("(majority of three)") for line in heard] == [True] * rings


def test_a_council_one_seat_short_and_one_of_a_region_ring() -> None:
    short = alder({"con": 6, "lab": 6}, "Con one seat short")
    assert "(Con one seat short)" in told(short, only("one-short"))[0]
    assert told(alder({"con": 8}), only("one-short")) == ()
    assert len(told(short, only(regions=frozenset({"south east"})))) == 1
    assert told(short, only(regions=frozenset({"wales"}))) == ()


def heard_of(kinds: list[SilenceKind], rules: AlertRules) -> list[str]:
    state, now, all_told = AlertState(), NOW, list[str]()
    for kind in kinds:
        now += timedelta(minutes=1)
        found = Condition(Silence(kind, SAYS[kind]))
        heard = alerts(Standing(), state, rules, now, "bbc", condition=found)
        state, all_told = heard.state, [*all_told, *heard.told]
    return all_told


@pytest.mark.parametrize(
    ("kinds", "lines"),
    [
        (["late", "late", "lost", "late"], ["6 late", "SOURCE LOST", "The source is back"]),
        (["late", "alive", "late"], ["6 late", "6 late"]),
        (
            ["heartbeat", "lost", "heartbeat", "quiet"],
            ["No heartbeat for 4 min", "SOURCE LOST", "The source is back",
             "The heartbeat is back"],
        ),
        (["complete", "lost", "complete"],
         ["The night is complete", "SOURCE LOST", "The source is back"]),
    ],
)  # fmt: skip
def test_what_a_graver_trouble_hides_is_not_told_again(
    kinds: list[SilenceKind], lines: list[str]
) -> None:
    assert heard_of(kinds, only(*ALERT_CAUSES)) == lines
    assert heard_of(kinds, only()) == []


def test_a_dead_feed_breaks_quiet_hours_only_where_that_is_asked_for() -> None:
    quiet = QuietHours.parse("00:00-23:59")
    kinds: list[SilenceKind] = ["late", "lost", "alive"]
    assert heard_of(kinds, only(*ALERT_CAUSES, quiet=quiet)) == []
    broken = only(*ALERT_CAUSES, quiet=quiet, dead_feed_breaks_quiet=True)
    assert heard_of(kinds, broken) == ["SOURCE LOST", "The source is back"]


@pytest.mark.parametrize(
    ("kinds", "lines"),
    [
        (["lost", "lost", "lost", "lost"], ["SOURCE LOST"]),
        (["late", "late", "late", "late"], ["6 late"]),
        (["lost", "late", "alive", "alive"], []),
        (["lost", "lost", "alive", "alive"], []),
        (["alive", "complete", "complete", "complete"], ["The night is complete"]),
    ],
)
def test_trouble_that_outlasts_quiet_hours_is_told_at_their_end_and_other_is_not(
    kinds: list[SilenceKind], lines: list[str]
) -> None:
    rules = only(*ALERT_CAUSES, quiet=QuietHours.parse("03:00-03:03"))
    assert heard_of(kinds, rules) == lines


def test_a_full_disk_that_outlasts_quiet_hours_is_told_at_their_end() -> None:
    rules, state = only("unsaved", quiet=QuietHours.parse("03:00-03:03")), AlertState()
    all_told = list[str]()
    for minute in range(5):
        now = NOW + timedelta(minutes=minute)
        heard = alerts(Standing(), state, rules, now, "bbc", condition=Condition(unsaved=1))
        state, all_told = heard.state, [*all_told, *heard.told]
    assert all_told == ["1 file is not in the recording"]


def test_a_dead_feed_that_breaks_quiet_hours_waits_its_turn_and_is_not_lost() -> None:
    quiet = QuietHours.parse("00:00-23:59")
    rules = only(*ALERT_CAUSES, quiet=quiet, dead_feed_breaks_quiet=True)
    state, all_told = AlertState(), list[str]()
    kinds: list[SilenceKind] = ["lost", "alive", "alive", "alive"]
    for number, kind in enumerate(kinds):
        now, found = NOW + timedelta(seconds=4 * number), Condition(Silence(kind, SAYS[kind]))
        heard = alerts(Standing(), state, rules, now, "bbc", condition=found)
        state, all_told = heard.state, [*all_told, *heard.told]
    assert all_told == ["SOURCE LOST", "The source is back"]


def test_a_played_night_tells_each_alert_once_also_over_a_restart() -> None:
    """A dead heartbeat, a lull, six late councils, a lost source and a full disk, by the minute."""
    rules = only(*ALERT_CAUSES)
    all_told: list[tuple[str, str]] = []
    now = clock("03:00")
    state = opening_state(played(now)[0], rules)
    while now < clock("11:40"):
        standing, source = played(now)
        full = clock("04:30") <= now < clock("04:40")
        found = Condition(silence(standing, source, now), 3 if full else 0)
        if now == clock("03:45"):
            state = opening_state(standing, rules, found)
        heard = alerts(standing, state, rules, now, "bbc", condition=found)
        state = heard.state
        all_told += [(f"{now + timedelta(hours=1):%H:%M}", line) for line in heard.told]
        now += timedelta(minutes=1)
    assert all_told == [
        ("03:31", "1 late · Worcester 31 min"),
        ("04:30", "3 files are not in the recording"),
        ("04:40", "All files are in the recording again"),
        ("05:01", "No heartbeat for 1 min"),
        ("05:10", "The heartbeat is back"),
        ("06:00", "SOURCE LOST · feed directory missing since 06:00"),
        ("06:20", "The source is back"),
        ("11:31", "The night is complete"),
    ]
