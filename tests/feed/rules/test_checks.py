"""Each rule that a declaration is held against, one by one (rule 5)."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from feed.model.entries import Check, Mark
from feed.model.messages import Result, Roster, WardResult
from feed.model.parties import PartyId
from feed.rules.checks import WardFigures, check_result, worst
from tests.feed.builders import a_result, a_roster, a_rush, a_ward, log_of, standing_of

ROSTER = a_roster("Alder", {"con": 20, "lab": 10}, size=30)
SOUND = a_result("Alder", con=18, lab=12, changes={"con": -2, "lab": 2})


def found(result: Result, roster: Roster | None = ROSTER, *wards: WardResult) -> dict[str, Check]:
    won: Counter[PartyId] = Counter()
    for ward in wards:
        won.update(ward.won)
    totals = [ward.wards_total for ward in wards if ward.wards_total]
    figures = WardFigures(len(wards), max(totals, default=None), won)
    return {check.rule: check for check in check_result(result, roster, figures)}


def remarks(result: Result, roster: Roster | None = ROSTER, *wards: WardResult) -> list[str]:
    return [c.says for c in found(result, roster, *wards).values() if c.mark is Mark.REMARK]


def test_a_sound_result_meets_every_rule() -> None:
    checks = found(SOUND)
    assert remarks(SOUND) == []
    assert worst(checks.values()) is Mark.OK
    assert [c.rule for c in checks.values() if c.mark is Mark.NOT_CHECKED] == ["outcome"]
    assert checks["control"].says == "Con has 18 of 30 seats."
    assert checks["held-before"].says == "New council less changes is what the roster held."


def test_without_a_roster_every_rule_that_needs_one_says_so() -> None:
    missing = [c for c in found(SOUND, None).values() if c.says.startswith("No roster")]
    assert {c.rule for c in missing} == {"seats-up", "held-before", "size", "control-before"}
    assert {c.mark for c in missing} == {Mark.NOT_CHECKED}
    (entry,) = log_of(SOUND)
    assert entry.mark is Mark.OK


@pytest.mark.parametrize(
    ("stated", "seats", "says"),
    [
        (
            "con",
            {"con": 15, "lab": 15},
            (
                "The source says Con controls; by its own seats no party has a majority: "
                "Con has 15 of 30, 16 are needed."
            ),
        ),
        (
            "noc",
            {"ind": 22, "con": 20},
            "The source says no overall control; by its own seats Ind has a majority, 22 of 42.",
        ),
        (
            "con",
            {"lab": 20, "con": 10},
            "The source says Con controls; by its own seats Lab has a majority, 20 of 30.",
        ),
    ],
)
def test_a_source_that_states_another_control_is_believed_and_remarked_upon(
    stated: str, seats: dict[str, int], says: str
) -> None:
    result = a_result("Alder", facts={"control_after": stated, "after": seats})
    assert remarks(result, None) == [f"{says} The source's word stands."]
    (alder,) = standing_of(result).councils
    assert (alder.after, alder.checks[0].rule) == (stated, "control-mismatch")


@pytest.mark.parametrize(
    ("stated", "held", "says"),
    [
        (
            "lab",
            {"con": 2, "lab": 14, "ind": 17},
            (
                "Lab before, as the roster states; by its seats Ind has a majority, 17 of 33. "
                "The stated control stands."
            ),
        ),
        (
            "noc",
            {"lab": 32, "ld": 16},
            (
                "No overall control before, as the roster states; by its seats Lab has a majority, "
                "32 of 48. The stated control stands."
            ),
        ),
        (
            "ld",
            {"ld": 30, "con": 30},
            (
                "LD before, as the roster states; by its seats no party has a majority: "
                "LD has 30 of 60, 31 are needed. The stated control stands."
            ),
        ),
    ],
)
def test_a_roster_whose_seats_make_another_control_than_it_states_is_remarked_upon(
    stated: Any, held: dict[str, int], says: str
) -> None:
    roster = a_roster("Alder", held, control_before=stated)
    check = found(a_result("Alder", con=9), roster)["control-before-seats"]
    assert (check.mark, check.says) == (Mark.REMARK, says)
    agreed = found(a_result("Alder", con=9), a_roster("Alder", {"con": 30}, control_before="con"))
    assert agreed["control-before"].says == "Con before, as the roster has it."


def test_no_overall_control_is_said_as_such() -> None:
    assert found(a_result("Alder", con=15, lab=15))["control"].says == (
        "No party has more than half of 30 seats."
    )
    assert found(a_result("Alder", facts={"outcome": "hold"}))["control"].mark is Mark.NOT_CHECKED


@pytest.mark.parametrize(
    ("outcome", "mark"), [("hold", Mark.OK), ("gain", Mark.REMARK), (None, Mark.NOT_CHECKED)]
)
def test_the_stated_outcome_must_fit_the_control(outcome: Any, mark: Mark) -> None:
    result = a_result("Alder", con=18, lab=12, facts={"outcome": outcome, "control_before": "con"})
    checks = found(result)
    assert (checks.get("outcome") or checks["outcome-mismatch"]).mark is mark


def test_a_wrong_outcome_is_named_with_the_right_one() -> None:
    result = a_result("Alder", con=12, lab=18, facts={"outcome": "hold", "control_before": "con"})
    assert "The source says hold; Con before and Lab after make it gain." in remarks(result)


def test_a_stated_hold_that_the_roster_does_not_bear_out_is_remarked_upon() -> None:
    result = a_result("Alder", con=12, lab=18, facts={"outcome": "hold"})
    assert remarks(result) == [
        "The result makes it Lab before; the roster has Con. The result's word stands."
    ]


def test_no_party_may_have_won_more_seats_than_it_has() -> None:
    result = a_result("Alder", con=18, lab=12, facts={"won": {"con": 19, "lab": 11}})
    assert "Seats won exceed the new council: Con won 19 but has 18." in remarks(result)
    alone = a_result("Alder", facts={"won": {"con": 19}, "control_after": "con"})
    assert found(alone)["won-fits"].mark is Mark.NOT_CHECKED


@pytest.mark.parametrize("facts", [{"boundary_change": True}, {"new_council": True}])
def test_changes_must_cancel_out_unless_boundaries_changed(facts: dict[str, Any]) -> None:
    plain = a_result("Alder", con=18, changes={"con": 3})
    assert "Changes sum to +3; expected 0 without new boundaries or a vacancy." in remarks(plain)
    moved = a_result("Alder", con=18, changes={"con": 3}, facts=facts)
    assert found(moved)["changes-cancel"].says == "Changes sum to +3, with a boundary change."


def test_seats_won_must_be_the_seats_up_unless_boundaries_changed() -> None:
    roster = a_roster("Alder", {"con": 20, "lab": 10}, {"con": 7, "lab": 3})
    result = a_result("Alder", con=20, lab=10, facts={"won": {"con": 6, "lab": 3}})
    assert "9 seats won; the roster has 10 up and no boundary change." in remarks(result, roster)
    moved = result.changed(boundary_change=True)
    assert found(moved, roster)["seats-up"].mark is Mark.OK
    assert found(result, a_roster("Alder", seats_up=9))["seats-up"].says == "9 seats won of 9 up."


def test_seats_defended_on_old_boundaries_are_not_the_seats_up() -> None:
    facts = {"elects": "whole", "boundary_change": True}
    roster = a_roster("Alder", {"con": 30, "lab": 18}, **facts)
    check = found(a_result("Alder", con=32, lab=20, facts=facts), roster)["seats-up"]
    assert (check.mark, check.says) == (
        Mark.NOT_CHECKED,
        "52 seats won where 48 were defended on the old boundaries: not compared.",
    )
    unaware = roster.changed(boundary_change=False)
    assert found(a_result("Alder", con=32, lab=20, facts=facts), unaware)["seats-up"] == check
    stated = roster.changed(seats_up=52)
    stated_check = found(a_result("Alder", con=32, lab=20, facts=facts), stated)["seats-up"]
    assert stated_check.says == "52 seats won of 52 up."


def test_of_a_new_council_nothing_before_is_compared() -> None:
    roster = a_roster("Dorset", seats_up=82, control_before="con", new_council=True)
    checks = found(a_result("Dorset", con=43, lab=39, facts={"new_council": True}), roster)
    assert checks["control-before"].says == "A new council: control before not compared."


def test_of_a_new_council_no_seat_was_defended() -> None:
    roster = a_roster("Alder", {"con": 0, "lab": 0}, elects="whole", new_council=True)
    check = found(a_result("Alder", con=32, lab=20), roster)["seats-up"]
    assert (check.mark, check.says) == (
        Mark.NOT_CHECKED,
        "The roster gives no seats up: seats won not compared.",
    )


def test_the_new_council_less_its_changes_must_be_what_was_held() -> None:
    result = a_result("Alder", con=18, lab=12, changes={"con": -3, "lab": 3})
    assert remarks(result) == [
        "Does not meet the roster: Con 18 less −3 is 21, roster 20; Lab 12 less +3 is 9, roster 10."
    ]


@pytest.mark.parametrize("baseline", ["last_fought", "notional"])
def test_changes_from_another_baseline_are_not_held_against_the_eve_of_poll(baseline: str) -> None:
    result = a_result("Alder", con=18, lab=12, changes={"con": -5, "lab": 5}, baseline=baseline)
    assert found(result)["held-before"].mark is Mark.NOT_CHECKED


def test_a_party_wiped_out_is_compared_too() -> None:
    roster = a_roster("Alder", {"con": 20, "ukip": 3})
    result = a_result("Alder", con=23, changes={"con": 3, "ukip": -3})
    assert found(result, roster)["held-before"].mark is Mark.OK


def test_fewer_seats_than_the_council_has_is_remarked_upon() -> None:
    result = a_result("Alder", con=18, lab=11)
    assert "29 of 30 seats are filled; a majority is of those filled." in remarks(result)
    more = a_result("Alder", con=18, lab=13)
    assert "31 seats given; the roster says the council has 30." in remarks(more)


def test_the_wards_must_add_up_to_the_result_once_all_are_in() -> None:
    result = a_result("Alder", con=2, lab=1)
    wards = [
        a_ward("Alder", "Hay", {"con": 1}, wards_total=2),
        a_ward("Alder", "Dale", {"con": 1, "lab": 1}, wards_total=2),
    ]
    assert found(result, None, *wards)["wards"].says == "The 2 wards add up to the result."
    assert found(result, None, wards[0])["wards"].mark is Mark.NOT_CHECKED
    wrong = a_ward("Alder", "Dale", {"con": 2}, wards_total=2)
    assert "Wards and result differ: Con 3 by ward, 2 in all; Lab 0 by ward, 1 in all." in remarks(
        result, None, wards[0], wrong
    )


def test_a_remark_marks_the_entry_and_the_council() -> None:
    result = a_result("Alder", con=18, changes={"con": 3})
    (entry,) = log_of(result)
    assert entry.mark is Mark.REMARK
    assert "changes-do-not-cancel" in {c.rule for c in standing_of(result).councils[0].checks}


def test_a_rush_is_not_checked_against_seats() -> None:
    entry = log_of(ROSTER, a_rush("Alder", "lab"))[-1]
    assert entry.checks == ()


WHOLE = {"elects": "whole"}


def test_a_whole_roster_that_equals_the_result_seat_for_seat_may_be_the_council_after() -> None:
    roster = a_roster("Dacorum", {"con": 31, "ld": 19, "ind": 1}, **WHOLE)
    same = check_result(a_result("Dacorum", con=31, ld=19, ind=1), roster)
    other = check_result(a_result("Dacorum", con=30, ld=20, ind=1), roster)
    (check,) = [check for check in same if check.rule == "roster-before"]
    assert check.mark is Mark.REMARK
    assert "may be the council after the poll" in check.says
    assert "roster-before" not in {check.rule for check in other}


def test_part_of_a_council_or_one_party_alone_may_well_stay_as_it_was() -> None:
    third = a_roster("Rugby", {"con": 24, "lab": 18}, elects="thirds")
    alone = a_roster("Isles of Scilly", {"ind": 16}, **WHOLE)
    for roster, result in (
        (third, a_result("Rugby", con=24, lab=18, facts={"elects": "thirds"})),
        (alone, a_result("Isles of Scilly", ind=16)),
    ):
        assert "roster-before" not in {check.rule for check in check_result(result, roster)}
