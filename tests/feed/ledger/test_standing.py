"""Where the night stands: who counts, in which order, against which baseline."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from feed.model.entries import EntryKind
from feed.model.messages import AgencyTotal, Election, ElectionRef, Expected
from feed.model.standing import LogView
from tests.feed.builders import (
    BEGINS,
    THE_NIGHT,
    a_change,
    a_contest,
    a_result,
    a_roster,
    a_rush,
    a_step,
    a_ward,
    folded,
    log_of,
    minutes,
    row,
    standing_of,
    steps,
)


def test_a_rush_marks_the_council_and_touches_no_total() -> None:
    standing = standing_of(a_roster("Alder", {"con": 30}), a_rush("Alder", "lab"))
    (alder,) = standing.councils
    assert (alder.status, alder.before, alder.after, alder.outcome) == (
        "rush",
        "con",
        "lab",
        "gain",
    )
    assert (standing.declared, standing.rushed) == (0, 1)
    assert row(standing, "lab").councils == row(standing, "lab").gained == 0


@pytest.mark.parametrize(
    ("rush", "control"),
    [
        ({"after": None, "outcome": "hold"}, ("con", "con", "hold")),
        ({"after": "lab"}, ("con", "lab", "gain")),
        ({"after": "noc", "outcome": "lose"}, ("con", "noc", "lose")),
        ({"after": None, "outcome": "lose"}, ("con", None, "lose")),
        ({"after": "lab", "control_before": "ld"}, ("ld", "lab", "gain")),
    ],
)
def test_a_rush_that_says_little_is_completed_from_the_roster(
    rush: dict[str, Any], control: tuple[Any, ...]
) -> None:
    after = rush.pop("after")
    standing = standing_of(a_roster("Alder", {"con": 30}), a_rush("Alder", after, **rush))
    council = standing.councils[0]
    assert (council.before, council.after, council.outcome) == control


def test_wards_make_a_council_count_and_touch_no_total_until_it_declares() -> None:
    wards = (
        a_ward("Alder", "Hay", {"lab": 2}, wards_total=3, majority=41),
        a_ward("Alder", "Dale", {"con": 1}),
    )
    counting = standing_of(a_roster("Alder", {"con": 9}), *wards)
    (alder,) = counting.councils
    assert (alder.status, alder.wards_in, alder.wards_total) == ("counting", 2, 3)
    assert [(s.party, s.provisional) for s in alder.seats] == [("con", 1), ("lab", 2)]
    assert [(w.ward, w.majority) for w in alder.wards] == [("Dale", None), ("Hay", 41)]
    assert (counting.counting, counting.declared) == (1, 0)
    assert row(counting, "lab").seats_won == 0
    declared = standing_of(*wards, a_result("Alder", lab=5, con=1)).councils[0]
    assert [s.provisional for s in declared.seats] == [None, None]
    assert log_of(*wards)[1].text == "Alder, Dale: Con 1 · 2 of 3 wards in"


def test_the_wards_of_a_council_are_as_many_as_the_returns_that_stand_say() -> None:
    hay = [a_ward("Alder", "Hay", {"lab": 2}, revision=n, wards_total=of)
           for n, of in ((1, 3), (2, 5), (3, 4), (4, None))]  # fmt: skip
    dale = a_ward("Alder", "Dale", {"con": 1}, wards_total=2)
    told = [standing_of(dale, *hay[:count]).councils[0].wards_total for count in range(5)]
    assert told == [2, 3, 5, 4, 2]
    assert log_of(dale, *hay)[-1].text.endswith("2 of 2 wards in")


def test_seats_up_seats_won_and_the_council_after_are_three_figures() -> None:
    standing = standing_of(
        a_roster("Alder", {"con": 20, "lab": 10}, {"con": 7, "lab": 3}, size=30, elects="thirds"),
        a_result("Alder", con=18, lab=12, facts={"won": {"con": 5, "lab": 5}}),
    )
    (alder,) = standing.councils
    assert (alder.seats_up, alder.size, alder.elects) == (10, 30, "thirds")
    con = alder.seats[0]
    assert (con.held, con.offered, con.won, con.after) == (20, 7, 5, 18)
    assert (row(standing, "con").seats_won, row(standing, "con").seats_after) == (5, 18)


def test_rows_come_in_the_agencys_order_with_no_overall_control_last() -> None:
    after: dict[str, Any] = {"ukip": 1, "ra": 1, "fenland-voice": 1, "green": 1, "ind": 1}
    standing = standing_of(a_result("Alder", lab=1, con=1, ld=1, **after))
    assert [r.party for r in standing.scoreboard.rows] == [
        "con", "lab", "ld", "fenland-voice", "green", "ind", "ra", "ukip", "noc",
    ]  # fmt: skip


def test_independents_and_residents_can_control_a_council() -> None:
    standing = standing_of(
        a_result("Tower Hamlets", ind=30, lab=15), a_result("Epsom and Ewell", ra=32, con=3)
    )
    assert (row(standing, "ind").councils, row(standing, "ra").councils) == (1, 1)


def test_a_party_wiped_out_keeps_its_loss_on_the_scoreboard() -> None:
    result = a_result("Alder", con=30, changes={"con": 12, "ukip": -12})
    standing = standing_of(a_roster("Alder", {"con": 18, "ukip": 12}), result)
    ukip = row(standing, "ukip")
    assert (ukip.councils, ukip.seats_won, ukip.seats_net) == (0, 0, -12)


def test_figures_of_two_baselines_are_never_added() -> None:
    both = (a_change({"con": -3}), a_change({"con": -9}, "last_fought"))
    standing = standing_of(
        a_result("Alder", con=10, facts={"changes": both}),
        a_result("Birch", con=10, changes={"con": -4}),
        a_result("Copse", con=10, changes={"con": 40}, baseline="notional"),
    )
    board = standing.scoreboard
    assert (board.baseline, board.baseline_councils) == ("eve_of_poll", 2)
    assert board.other_baselines == (("last_fought", 1), ("notional", 1))
    con = row(standing, "con")
    assert con.seats_net == -7
    assert con.seats_net_other == {"last_fought": -9, "notional": 40}


def test_without_changes_nothing_is_said_of_net_seats() -> None:
    assert row(standing_of(a_result("Alder", con=10)), "con").seats_net is None


def test_northern_ireland_stands_apart() -> None:
    standing = standing_of(a_result("Belfast", sf=30, dup=30), a_result("Alder", con=3))
    assert [c.name for c in standing.councils] == ["Alder"]
    assert [c.name for c in standing.ni_councils] == ["Belfast"]
    assert (standing.declared, standing.councils_up) == (1, 0)
    assert row(standing, "sf").seats_won == 0
    assert {r.party: r.seats_won for r in standing.ni_scoreboard.rows} == {"sf": 30, "dup": 30}
    assert all(r.councils == 0 for r in standing.ni_scoreboard.rows)


def test_northern_ireland_without_rosters_has_no_number_up() -> None:
    alone = standing_of(a_result("Belfast", sf=30, dup=30), a_result("Mid Ulster", sf=20))
    assert alone.progress == (2, 0)
    with_rosters = standing_of(
        a_roster("Belfast"), a_roster("Mid Ulster"), a_result("Belfast", sf=3)
    )
    assert with_rosters.progress == (1, 2)


def test_the_number_of_councils_is_what_the_election_says_or_what_is_known() -> None:
    assert standing_of(a_roster("Alder"), a_roster("Birch")).councils_up == 2
    assert standing_of(Election(councils_up=248), a_roster("Alder")).councils_up == 248
    assert (
        standing_of(Election(councils_up=1), a_roster("Alder"), a_roster("Birch")).councils_up == 2
    )


def test_what_nobody_says_is_up_makes_no_number_up() -> None:
    flashed = (a_rush("Alder", "con"), a_rush("Birch", "lab"))
    assert standing_of(*flashed).councils_up == 0
    assert standing_of(*flashed, a_result("Birch", lab=3)).councils_up == 0
    assert standing_of(*flashed, a_roster("Alder")).councils_up == 1
    assert standing_of(a_roster("Copse"), a_result("Trafford", lab=3)).councils_up == 0
    assert standing_of(a_roster("Trafford"), a_result("Trafford", lab=3)).councils_up == 1
    total = AgencyTotal(declared=1, of=136, rows=())
    assert standing_of(total, a_result("Trafford", lab=3)).councils_up == 136
    assert standing_of(total, a_roster("Copse")).councils_up == 1
    welsh = AgencyTotal(region="Wales", declared=1, of=22, rows=())
    assert standing_of(welsh, a_result("Trafford", lab=3)).councils_up == 0
    assert standing_of(a_roster("Copse"), a_rush("Trafford", "lab")).councils_up == 1
    assert standing_of(Election(councils_up=1), *flashed).councils_up == 1


def test_the_title_is_the_elections_name_or_its_date() -> None:
    named = ElectionRef(date=THE_NIGHT.date, name="Local elections 2019")
    assert standing_of().title == "No election yet"
    plain = a_result("Alder", con=3, facts={"election": THE_NIGHT})
    assert standing_of(plain).title == "Local elections 2 May 2019"
    assert standing_of(a_result("Alder", con=3, facts={"election": named})).title == named.name
    assert standing_of(Election(councils_up=3, election=named), plain).title == named.name


def test_test_data_marks_the_standing_and_the_council() -> None:
    standing = standing_of(a_result("Alder", con=3, facts={"test": True}), a_result("Birch", con=3))
    assert standing.test
    assert [c.test for c in standing.councils] == [True, False]
    assert [e.test for e in standing.log.since(0)] == [True, False]


def test_councils_are_numbered_as_they_declare() -> None:
    standing = standing_of(
        a_roster("Alder"), a_roster("Birch"), a_rush("Alder", "con"), a_result("Birch", con=3), a_result("Alder", con=3),
        a_result("Birch", 2, con=4),
    )  # fmt: skip
    assert [(c.name, c.declared_order) for c in standing.councils] == [("Alder", 2), ("Birch", 1)]


def test_a_declaration_has_its_own_time_or_that_of_its_arrival() -> None:
    told = a_result("Alder", con=3, facts={"at": minutes(60)})
    assert standing_of(told).councils[0].declared_at == minutes(60)
    assert standing_of(a_result("Alder", con=3)).councils[0].declared_at == BEGINS
    estimated = a_result("Alder", con=3, facts={"at": minutes(60), "at_basis": "estimated"})
    assert standing_of(estimated).councils[0].declared_at_estimated


def test_when_a_council_is_expected_is_known_by_its_roster_or_alone() -> None:
    at = BEGINS + timedelta(hours=2)
    standing = standing_of(a_roster("Alder"), Expected(council="Alder", expected_at=at))
    assert standing.councils[0].expected_at == at
    assert standing.log[-1].kind is EntryKind.EXPECTED


def test_contests_come_by_kind_and_area_and_councils_by_name() -> None:
    standing = standing_of(
        a_contest("Zeal", "con"), a_contest("Kent", "con", contest="pcc"), a_contest("Acle", "lab"),
        a_result("birch", con=1), a_result("Alder", con=1),
    )  # fmt: skip
    assert [(c.kind, c.area) for c in standing.contests] == [
        ("mayor", "Acle"), ("mayor", "Zeal"), ("pcc", "Kent"),
    ]  # fmt: skip
    assert [c.name for c in standing.councils] == ["Alder", "birch"]


def test_what_has_not_changed_is_not_drawn_again() -> None:
    ledger = folded(steps(a_result("Alder", con=3), a_result("Birch", con=3)))
    before = ledger.standing()
    ledger.apply(a_step(a_result("Birch", 2, con=4)))
    after = ledger.standing()
    assert after.councils[0] is before.councils[0]
    assert after.councils[1] is not before.councils[1]


def test_what_is_told_of_a_council_that_was_drawn_is_in_its_next_standing_and_checks() -> None:
    ledger = folded(
        steps(a_result("Alder", con=1, lab=1), a_ward("Alder", "North", {"con": 1}, wards_total=2))
    )

    def found() -> tuple[int, str, str]:
        (council,) = ledger.standing().councils
        says = {check.rule: check.says for check in council.checks}
        return council.wards_in, says["wards"], says["seats-up"]

    no_roster = "No roster: seats won not held against seats up."
    assert found() == (1, "1 wards in, not all: not compared.", no_roster)
    ledger.apply(a_step(a_ward("Alder", "South", {"lab": 1}, wards_total=2)))
    assert found() == (2, "The 2 wards add up to the result.", no_roster)
    ledger.apply(a_step(a_roster("Alder", {"con": 2})))
    assert found() == (2, "The 2 wards add up to the result.", "2 seats won of 2 up.")


def test_a_council_is_found_by_its_identity() -> None:
    standing = standing_of(a_result("Alder", con=3), a_result("Belfast", sf=3))
    for council in (*standing.councils, *standing.ni_councils):
        assert standing.council(council.id) is council
    assert standing.council(None) is None


def test_a_view_of_the_log_ends_where_it_was_taken() -> None:
    ledger = folded(steps(a_result("Alder", con=3)))
    log = ledger.standing().log
    ledger.apply(a_step(a_result("Birch", con=3)))
    assert len(log) == len(log.since(0)) == 1
    assert log[-1] is log[0]
    with pytest.raises(IndexError):
        log[1]
    with pytest.raises(IndexError):
        log[-2]
    assert len(LogView([])) == 0
