"""Agency totals: agreeing, waiting, explained by an earlier revision, differing, not comparable."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from feed.model.entries import EntryKind, Mark
from feed.model.messages import AgencyTotal, CouncilRef, News, TotalRow
from feed.model.standing import Standing, TotalStanding
from tests.feed.builders import (
    BEGINS,
    a_change,
    a_result,
    a_roster,
    a_total_row,
    a_withdrawal,
    log_of,
    minutes,
    standing_of,
)

ALDER = a_result("Alder", lab=20, con=10, changes={"lab": 2, "con": -2})
ALDER_AGAIN = a_result("Alder", 2, lab=19, con=11, changes={"lab": 1, "con": -1})
BIRCH = a_result("Birch", con=16, lab=14, changes={"con": 1, "lab": -1})
BOTH = ("Alder", "Birch")


def rows(**figures: Any) -> tuple[TotalRow, ...]:
    return tuple(
        a_total_row(party, councils=councils, seats_won=won, seats_net=net)
        for party, (councils, won, net) in figures.items()
    )


def a_total(*of: str, baseline: Any = "eve_of_poll", **figures: Any) -> AgencyTotal:
    refs = tuple(CouncilRef(council=name) for name in of)
    return AgencyTotal(declared=len(of), rows=rows(**figures), councils=refs, baseline=baseline)


RIGHT = a_total(*BOTH, lab=(1, 34, 1), con=(1, 26, -1), noc=(0, None, None))
OF_THE_CORRECTION = a_total(*BOTH, lab=(1, 33, 0), con=(1, 27, 0), noc=(0, None, None))


def only(standing: Standing) -> TotalStanding:
    (total,) = standing.totals
    return total


def test_a_total_that_equals_ours_agrees() -> None:
    standing = standing_of(ALDER, BIRCH, RIGHT)
    assert (only(standing).verdict, only(standing).says) == ("agrees", "agrees with ours")
    entry = standing.log[-1]
    assert entry.kind is EntryKind.TOTAL
    assert entry.mark is Mark.OK
    assert entry.text == "State of parties 2: agrees with ours"
    assert entry.detail == "Lab 34 (+1) · Con 26 (−1) · NOC 0 councils"


def test_a_total_before_its_results_waits_and_is_judged_when_they_are_in() -> None:
    waiting = standing_of(RIGHT, ALDER)
    assert only(waiting).verdict == "waiting"
    assert only(waiting).waiting_for == ("Birch",)
    assert waiting.log[0].mark is Mark.NOT_CHECKED
    assert waiting.log[0].text == "State of parties 2: waits for Alder, Birch"
    judged = standing_of(RIGHT, ALDER, BIRCH)
    assert only(judged).verdict == "agrees"
    assert judged.log[-1].text == (
        "State of parties 2, judged now that its results are in: agrees with ours"
    )


def test_a_total_that_waited_is_judged_at_the_time_of_the_last_result() -> None:
    log = standing_of(RIGHT, ALDER, BIRCH).log
    assert (log[0].clock, log[0].at) == ("seen", minutes(0))
    assert (log[-1].clock, log[-1].at) == ("judged", minutes(2))
    guess = BIRCH.changed(at=minutes(9), at_basis="estimated")
    told = standing_of(RIGHT, ALDER, guess).log[-1]
    assert (told.clock, told.at) == ("estimated", minutes(9))


def test_a_total_that_counted_an_earlier_revision_is_explained_by_it() -> None:
    standing = standing_of(ALDER, BIRCH, ALDER_AGAIN, RIGHT)
    assert only(standing).verdict == "explained"
    assert [(name, r) for _, name, r in only(standing).explained_by] == [("Alder", 1)]
    assert standing.log[-1].text == "State of parties 2: equals ours with Alder r1"
    assert only(standing_of(ALDER, BIRCH, ALDER_AGAIN, OF_THE_CORRECTION)).verdict == "agrees"


def test_a_total_that_agreed_is_explained_once_a_correction_comes() -> None:
    standing = standing_of(ALDER, BIRCH, RIGHT, ALDER_AGAIN)
    assert only(standing).verdict == "explained"


def test_a_total_that_counted_a_result_withdrawn_since_is_explained_by_it() -> None:
    standing = standing_of(ALDER, BIRCH, RIGHT, a_withdrawal("Alder"))
    assert only(standing).says == "equals ours with Alder r1"


def test_a_total_that_nothing_explains_differs_figure_by_figure() -> None:
    wrong = a_total(*BOTH, lab=(1, 35, 1), con=(1, 26, -1), noc=(0, None, None))
    standing = standing_of(ALDER, BIRCH, wrong)
    assert only(standing).verdict == "differs"
    assert only(standing).differences == ("Lab seats 35, ours 34",)
    assert standing.log[-1].mark is Mark.REMARK


def test_a_party_that_the_total_leaves_out_is_missing_from_it() -> None:
    standing = standing_of(ALDER, BIRCH, a_total(*BOTH, lab=(1, 34, 1)))
    assert "Con seats none, ours 26" in only(standing).differences


def test_councils_net_counts_no_overall_control_as_a_row() -> None:
    held = a_roster("Alder", {"con": 20, "lab": 10})
    net = [
        a_total_row("con", councils_net=-1),
        a_total_row("noc", councils_net=1, councils=1),
    ]
    lost = a_result("Alder", con=15, lab=15)
    total = AgencyTotal(
        declared=1, rows=tuple(net), councils=(CouncilRef(council="Alder"),), baseline="unknown"
    )
    assert only(standing_of(held, lost, total)).verdict == "agrees"


def test_a_total_that_names_no_councils_is_compared_when_as_many_are_in() -> None:
    total = RIGHT.changed(councils=None)
    assert only(standing_of(ALDER, total)).says == "waits for 1 more result"
    assert only(standing_of(ALDER, BIRCH, total)).verdict == "agrees"
    late = only(standing_of(ALDER, BIRCH, a_result("Copse", ld=1), total))
    assert late.says == "it counts 2 councils, 3 are in, and names none"
    assert late.verdict == "not comparable"


BELFAST = a_result("Belfast", sf=22, dup=14, changes={"sf": 3, "dup": 1}, baseline="last_fought")


def test_councils_that_stand_apart_are_in_no_total_of_the_night() -> None:
    total = RIGHT.changed(councils=None)
    assert only(standing_of(ALDER, BELFAST, total)).says == "waits for 1 more result"
    assert only(standing_of(BELFAST, ALDER, BIRCH, total)).verdict == "agrees"
    assert only(standing_of(ALDER, total, BIRCH, BELFAST)).verdict == "agrees"
    news = News(text="So far.", totals=rows(lab=(1, 34, None)))
    running = only(standing_of(BELFAST, ALDER, BIRCH, news))
    assert (running.declared, running.verdict) == (2, "agrees")


def test_councils_that_stand_apart_have_an_order_of_their_own() -> None:
    standing = standing_of(ALDER, BELFAST, BIRCH)
    assert [council.declared_order for council in standing.councils] == [1, 2]
    assert [council.declared_order for council in standing.ni_councils] == [1]


def test_a_total_of_a_region_that_names_no_councils_is_not_comparable() -> None:
    total = RIGHT.changed(councils=None, region="Scotland")
    standing = standing_of(ALDER, BIRCH, total)
    assert only(standing).says == "the total of Scotland does not say which councils it counts"
    assert standing.log[-1].text.startswith("State of parties Scotland 2: ")


def test_changes_from_another_baseline_are_left_out_of_the_comparison() -> None:
    other = a_total(*BOTH, baseline="last_fought", lab=(1, 34, 9), con=(1, 26, -9))
    assert only(standing_of(ALDER, BIRCH, other)).verdict == "agrees"
    changes = AgencyTotal(
        declared=2, rows=(a_total_row("lab", seats_net=9),), baseline="last_fought",
        councils=tuple(CouncilRef(council=name) for name in BOTH),
    )  # fmt: skip
    assert only(standing_of(ALDER, BIRCH, changes)).verdict == "not comparable"


def test_a_total_is_held_against_our_changes_from_its_own_baseline() -> None:
    two = (a_change({"lab": 2}), a_change({"lab": 9}, "last_fought"))
    result = a_result("Alder", lab=20, facts={"changes": two})
    total = a_total("Alder", baseline="last_fought", lab=(1, 20, 9))
    assert only(standing_of(result, total)).verdict == "agrees"


def test_a_correction_of_a_total_s_councils_is_seen_in_the_total_shown() -> None:
    kinds = [entry.kind for entry in log_of(ALDER, BIRCH, RIGHT, ALDER_AGAIN)]
    assert kinds[-2:] == [EntryKind.TOTAL, EntryKind.CORRECTION]


@pytest.mark.parametrize(
    ("baseline", "says"),
    [
        ("unknown", "not comparable with ours: its baseline is not stated"),
        ("last_fought", "not comparable with ours: another baseline"),
    ],
)
def test_running_changes_from_another_or_no_baseline_are_not_comparable(
    baseline: Any, says: str
) -> None:
    news = News(text="So far.", totals=(a_total_row("lab", seats_net=9),), baseline=baseline)
    total = only(standing_of(ALDER, news))
    assert (total.running, total.verdict, total.says) == (True, "not comparable", says)


AT = BEGINS + timedelta(hours=3)
LATER = News(text="Later.", at=AT + timedelta(minutes=2))


def a_claim(*figures: TotalRow, **facts: Any) -> News:
    return News(text="So far.", totals=figures, at=AT, **facts)


def test_a_running_total_may_agree_and_is_never_said_to_be_wrong() -> None:
    def told(**figures: Any) -> TotalStanding:
        return only(standing_of(ALDER, BIRCH, a_claim(*rows(**figures)), LATER))

    assert told(lab=(1, None, None)).verdict == "agrees"
    other = told(lab=(3, None, None))
    assert other.verdict == "not comparable"
    assert other.says == "Lab councils 3, ours 1: it does not say which councils it counts"


def test_a_running_total_is_held_against_ours_at_the_end_of_its_minute() -> None:
    claim = a_claim(a_total_row("lab", councils=1))
    declared = ALDER.changed(at=AT + timedelta(seconds=40))
    for told in ([claim, declared], [claim, declared, LATER], [declared, claim, LATER]):
        standing = standing_of(*told)
        assert only(standing).verdict == "agrees"
        assert not [e for e in standing.log.since(0) if "ours 0" in f"{e.text}{e.detail}"]


def test_what_is_declared_after_the_minute_of_a_claim_is_not_held_against_it() -> None:
    claim = a_claim(a_total_row("lab", councils=1))
    after = ALDER.changed(at=AT + timedelta(minutes=1))
    standing = standing_of(claim, after)
    assert only(standing).says == "Lab councils 1, ours 0: it does not say which councils it counts"
    (judged,) = [e for e in standing.log.since(0) if e.kind is EntryKind.TOTAL]
    assert judged.text == (
        "Running totals of 02:00, at the end of their minute: "
        "Lab councils 1, ours 0: it does not say which councils it counts"
    )


def test_councils_lost_are_not_councils_net() -> None:
    lost = a_result("Alder", con=9, facts={"control_before": "lab"})
    other = a_result("Birch", con=9, facts={"control_before": "lab"})
    gained = a_result("Copse", lab=9, facts={"control_before": "con"})
    told = (lost, other, gained)
    claim = a_claim(a_total_row("lab", councils_gained=1, councils_lost=2))
    standing = standing_of(*told, claim, LATER)
    assert only(standing).verdict == "agrees"
    assert standing.log[3].detail == "Lab 1 council gained, 2 lost · agrees with ours"
    net = standing_of(*told, a_claim(a_total_row("lab", councils_net=-2)), LATER)
    assert only(net).says.startswith("Lab councils net −2, ours −1")


def test_only_seat_changes_need_a_baseline() -> None:
    claim = a_claim(a_total_row("lab", councils=1, seats_won=20, seats_net=400))
    standing = standing_of(ALDER, claim, LATER)
    assert only(standing).verdict == "agrees"
    assert only(standing).says == (
        "all else agrees with ours; seat changes not comparable: its baseline is not stated"
    )


def test_a_running_total_that_is_about_a_figure_is_not_compared() -> None:
    about = News(text="So far.", totals=(a_total_row("lab", councils=3, approximate=True),))
    standing = standing_of(ALDER, about)
    assert only(standing).verdict == "not comparable"
    assert standing.log[-1].detail.startswith("Lab about 3 councils · not comparable")


FIGURES = [
    (a_total_row("ld", seats_net=270, councils=8, approximate=True), "LD about +270 seats, 8 councils"),
    (a_total_row("con", seats_net=-400, councils_net=-14), "Con −400 seats, −14 councils"),
    (a_total_row("lab", seats_net=1, councils=1, councils_net=-1), "Lab +1 seat, 1 council (−1)"),
    (a_total_row("lab", councils_net=1), "Lab +1 council"),
    (a_total_row("lab", seats_net=-1269), "Lab −1,269"),
    (a_total_row("lab", seats_won=1980, seats_net=76, councils=3), "Lab 1,980 (+76)"),
    (a_total_row("noc", seats_won=0, seats_net=0, councils=5, councils_net=1), "NOC 5 councils (+1)"),
    (a_total_row("noc", seats_won=0, seats_net=0), ""),
]  # fmt: skip


@pytest.mark.parametrize(("figures", "says"), FIGURES)
def test_seats_and_councils_are_told_apart_and_noc_has_councils_alone(
    figures: TotalRow, says: str
) -> None:
    total = AgencyTotal(declared=1, rows=(figures,))
    assert log_of(total)[-1].detail == says


def test_a_running_total_keeps_what_was_said_of_it_when_it_came() -> None:
    news = News(text="So far.", totals=rows(lab=(1, None, None)))
    assert only(standing_of(ALDER, news, BIRCH, a_result("Copse", lab=1))).verdict == "agrees"
