"""A rule of the viewer's own that is met is a line of the log, in every fold of the night."""

from __future__ import annotations

import pytest

from feed.ledger.night import Night
from feed.ledger.step import Step
from feed.model.entries import EntryKind, PlaceId
from feed.model.messages import Message
from feed.model.standing import Standing
from feed.model.terms import AlertCause
from feed.reports.alerts import AlertRules
from feed.reports.round_ups import HourlyNight
from feed.reports.rule_hits import RuleHits
from tests.feed.builders import a_result, a_roster, steps

NOBODY: frozenset[PlaceId] = frozenset()
NIGHT: tuple[Message, ...] = (
    a_roster("Alder", {"con": 8, "lab": 5}),
    a_roster("Birch", {"con": 8, "lab": 5}),
    a_result("Alder", lab=8, con=5, changes={"lab": 3, "con": -3}),
    a_result("Birch", lab=7, con=6, changes={"lab": 2, "con": -2}),
)


def lines(night: Night | Standing) -> list[str]:
    standing = night.edge() if isinstance(night, Night) else night
    return [entry.text for entry in standing.log.since(0) if entry.kind is EntryKind.DESK]


def only(*causes: AlertCause, net: int | None = None, majority: int | None = None) -> AlertRules:
    return AlertRules(causes=frozenset(causes), net=net, majority=majority)


def folded(rules: AlertRules, watched: frozenset[PlaceId] = NOBODY) -> Night:
    night = Night(remarks=RuleHits(rules, "bbc", lambda _: watched))
    night.extend(steps(*NIGHT))
    return night


def test_without_a_rule_of_ones_own_the_night_tells_nothing_more() -> None:
    assert lines(folded(only())) == []
    assert not RuleHits(AlertRules(), "bbc", lambda _: NOBODY).is_needed


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        (only("first-gain"), ["First gain of the night: Alder: Lab gain from Con"]),
        (only(majority=1), ["Majority of one: Birch: Lab gain from Con"]),
    ],
)
def test_a_rule_that_is_met_is_a_line(rules: AlertRules, said: list[str]) -> None:
    assert RuleHits(rules, "bbc", lambda _: NOBODY).is_needed
    assert lines(folded(rules)) == said


def test_a_watched_council_is_a_line_when_it_declares() -> None:
    birch = next(it.id for it in folded(only()).edge().councils if it.name == "Birch")
    assert lines(folded(only(), frozenset({birch}))) == ["Watched: Birch: Lab gain from Con"]


def test_a_multiple_of_net_seats_is_a_line_once() -> None:
    said = lines(folded(only(net=3)))
    assert len(said) == len(set(said)) == 2
    assert all("net seats reach" in line for line in said)


def test_a_look_back_has_the_lines_of_its_moment() -> None:
    night = folded(only("first-gain"))
    assert lines(night.at(len(night))) == lines(night)
    shown = [bool(lines(night.at(position))) for position in range(len(night) + 1)]
    assert shown == sorted(shown)
    assert not shown[2]


def test_the_same_night_tells_the_same_whether_it_comes_in_one_or_in_parts() -> None:
    rules = only("first-gain", net=3, majority=1)
    parts = Night(remarks=RuleHits(rules, "bbc", lambda _: NOBODY))
    feed: list[Step] = steps(*NIGHT)
    parts.extend(feed[:3])
    parts.extend(feed[3:])
    assert lines(parts) == lines(folded(rules))


def test_round_ups_and_rules_go_together() -> None:
    night = HourlyNight(remarks=RuleHits(only("first-gain"), "bbc", lambda _: NOBODY))
    night.extend(steps(*NIGHT))
    assert any(line.startswith("First gain") for line in lines(night))
