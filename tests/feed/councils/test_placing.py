"""Where a message belongs: sure, near, waiting for its roster, never guessed."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feed.councils.register import Register
from feed.ledger.ledger import Step
from feed.model.entries import EntryKind, Mark
from feed.model.messages import ElectionRef, Message
from feed.reports.summary import fingerprint
from tests.feed.builders import (
    a_result,
    a_roster,
    a_rush,
    a_step,
    a_ward,
    a_withdrawal,
    folded,
    log_of,
    minutes,
    standing_of,
    steps,
)
from tests.feed.versions import a_night

CODE = {"gss": "E07999999"}
NAMES_THAT_MEET: tuple[Message, ...] = (
    a_roster("Newtown Vale", {"lab": 5, "con": 4}, **CODE),
    a_roster("Newtown Vale", {"lab": 5, "con": 4}),
    a_roster("Newtown Vale", {"lab": 6, "con": 4}, region="Northern Ireland"),
    a_roster("NEWTOWN VALE", {"lab": 3, "ld": 9}, type="Unitary"),
    a_roster("Newton Vale", {"lab": 3, "ld": 4}),
    a_roster("Richmond", {"ld": 4}, gss="E07000999"),
    a_roster("Richmond", {"ld": 5}),
    a_roster("Richmond upon Thames", {"ld": 4}),
    a_result("Newtown Vale", lab=5),
    a_result("Newtown Vale", 2, con=5, facts=CODE),
    a_result("Newtowne Vale", 2, ld=5),
    a_result("Newtan Vale", 3, ld=6),
    a_result("Newton  Vale Council", ld=7),
    a_result("Richmond", ld=7),
    a_result("Richmnd", 2, ld=9),
    a_result("Richmond", 3, ld=2, facts={"gss": "E07000999"}),
    a_withdrawal("Newtown Vale"),
    a_rush("Newtown Val", "lab"),
    a_ward("Newtown Vale", "Hay", {"lab": 1}),
)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(night=a_night(NAMES_THAT_MEET, most=10), random=st.randoms(use_true_random=False))
def test_names_that_near_match_are_placed_the_same_in_any_order(
    night: list[Step], random: Random
) -> None:
    again = [*night, *night[:2]]
    random.shuffle(again)
    assert fingerprint(folded(again).standing()) == fingerprint(folded(night).standing())


def test_a_result_before_any_roster_stands_for_a_council_of_its_own() -> None:
    standing = standing_of(a_result("Vexford Deep", lab=5, con=2))
    assert [(c.name, c.after) for c in standing.councils] == [("Vexford Deep", "lab")]
    assert standing.problems == ()


def test_a_name_that_is_on_no_roster_waits_and_is_a_problem_with_the_nearest_names() -> None:
    standing = standing_of(a_roster("Vexford", {"lab": 3}), a_result("Vexforthe", lab=5, con=2))
    assert standing.declared == 0
    (problem,) = standing.problems
    assert problem.mark is Mark.REMARK
    assert problem.what.startswith("Vexforthe is on no roster; nearest: ")
    assert problem.fix == "correct the name in the file, or send the council's roster"
    assert standing.log[-1].kind is EntryKind.UNPLACED


def test_no_name_is_compared_with_all_others_where_nobody_reads_what_is_near(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def nearest(_register: Register, name: str) -> tuple[str, ...]:
        asked.append(name)
        return ()

    monkeypatch.setattr(Register, "nearest", nearest)
    results = [a_result(f"Zouncil {number:05}", lab=5, con=2) for number in range(20)]
    assert standing_of(*results).declared == 20
    assert asked == []


def test_the_nearest_names_are_those_of_the_nights_own_rosters() -> None:
    rosters = [a_roster(name, {"lab": 3}) for name in ("Thornhill Vale", "Thorley", "Quillhaven")]
    (problem,) = standing_of(*rosters, a_result("Thornley Vale", lab=5)).problems
    assert problem.what.startswith("Thornley Vale is on no roster; nearest: ")
    nearest = problem.what.partition("nearest: ")[2].split(", ")
    assert set(nearest) == {"Thornhill Vale", "Thorley"}


def test_what_waited_is_placed_when_its_roster_comes() -> None:
    standing = standing_of(
        a_roster("Vexford", {"lab": 3}),
        a_result("Vexforthe", lab=5, con=2),
        a_roster("Vexforthe", {"con": 7}),
    )
    assert standing.problems == ()
    assert standing.declared == 1
    placed = standing.log[-1]
    assert (placed.kind, placed.flips) == (EntryKind.GAIN, True)
    assert standing.superseded == {2: placed.seq}


def test_a_result_that_stood_for_itself_waits_once_a_roster_leaves_it_out() -> None:
    told = [a_result("Vexford Deep", lab=5), a_roster("Alder", {"con": 1})]
    standing = standing_of(*told)
    assert [c.name for c in standing.councils] == ["Alder"]
    assert [p.what.partition(";")[0] for p in standing.problems] == ["Vexford Deep is on no roster"]
    assert fingerprint(standing) == fingerprint(standing_of(*reversed(told)))


def test_a_near_match_is_taken_and_said() -> None:
    log = log_of(a_roster("Wyre Forest", {"con": 33}), a_result("Wyre Forset", con=30, ind=3))
    assert log[-1].declaration is not None
    assert log[-1].declaration.name == "Wyre Forest"
    assert log[-1].mark is Mark.REMARK
    assert "≈ matched Wyre Forest: the source writes Wyre Forset." in [
        check.says for check in log[-1].checks
    ]
    standing = standing_of(a_roster("Wyre Forest"), a_result("Wyre Forset", con=30))
    assert standing.councils[0].matched_as == "Wyre Forset"


@pytest.mark.parametrize(
    "name", ["Hull", "Stoke on Trent", "NE Derbyshire", "Kings Lynn & W Norfolk"]
)
def test_a_usual_spelling_is_no_near_match(name: str) -> None:
    (entry,) = log_of(a_result(name, lab=5))
    assert entry.mark is Mark.OK
    assert standing_of(a_result(name, lab=5)).councils[0].matched_as == ""


def test_two_names_as_near_as_each_other_are_not_guessed_between() -> None:
    standing = standing_of(
        a_roster("Calderholme"), a_roster("Balderholme"), a_result("Walderholme", lab=5)
    )
    assert standing.declared == 0
    assert "Balderholme" in standing.problems[0].what
    assert "Calderholme" in standing.problems[0].what


@pytest.mark.parametrize("order", permutations(range(3)))
def test_a_roster_first_or_last_gives_the_same(order: tuple[int, ...]) -> None:
    told = [
        a_roster("Alder", {"con": 20, "lab": 10}),
        a_result("Alder", con=12, lab=18),
        a_result("Alder", 2, con=15, lab=15),
    ]
    standing = standing_of(*(told[number] for number in order))
    (alder,) = standing.councils
    assert (alder.before, alder.after, alder.outcome) == ("con", "noc", "lose")


def test_a_roster_after_the_result_says_what_it_changes() -> None:
    log = log_of(a_result("Alder", con=12, lab=18), a_roster("Alder", {"con": 30}))
    assert [entry.kind for entry in log] == [EntryKind.WIN, EntryKind.ROSTER]
    assert log[1].detail == (
        "control before is Con, so it is a gain; scoreboard: Con councils net −1; "
        "Lab councils net +1"
    )
    assert log[1].flips


def test_a_roster_that_changes_nothing_of_a_result_says_nothing_of_it() -> None:
    log = log_of(
        a_result("Alder", con=12, facts={"control_before": "con"}), a_roster("Alder", {"con": 30})
    )
    assert log[1].detail == ""


def test_a_roster_with_the_code_and_one_without_are_of_one_council() -> None:
    told = [
        a_roster("Newtown Vale", {"lab": 5}),
        a_result("Newtown Vale", lab=4, con=1),
        a_ward("Newtown Vale", "Hay", {"lab": 1}),
        a_roster("Newtown Vale", {"lab": 5}, **CODE),
    ]
    (council,) = standing_of(*told).councils
    assert (council.id, council.gss, council.status) == (CODE["gss"], CODE["gss"], "declared")
    assert council.wards_in == 1


def test_of_rosters_the_later_file_stands_whichever_comes_first() -> None:
    early = a_step(a_roster("Alder", {"con": 30}), "a", modified_at=minutes(1))
    late = a_step(a_roster("Alder", {"con": 20, "lab": 10}), "b", modified_at=minutes(2))
    for order in ([early, late], [late, early]):
        standing = folded(order).standing()
        assert [(s.party, s.held) for s in standing.councils[0].seats] == [("con", 20), ("lab", 10)]
    assert folded([late, early]).standing().log[-1].text == (
        "Roster of Alder sent again: the later file stands"
    )


def test_placing_a_night_twice_makes_the_same_entries() -> None:
    told = steps(*NAMES_THAT_MEET)
    assert [*folded(told).entries] == [*folded(told).entries]


def test_a_near_match_is_never_made_with_a_council_that_is_not_up() -> None:
    standing = standing_of(a_roster("Alder", {"con": 1}), a_result("Wyre Forset", con=30))
    assert [council.name for council in standing.councils] == ["Alder"]
    assert standing.problems[0].what.startswith("Wyre Forset is on no roster")


def test_a_near_match_is_undone_when_the_roster_leaves_its_council_out() -> None:
    told = [a_result("Wyre Forset", con=30), a_roster("Alder", {"con": 1})]
    assert fingerprint(standing_of(*told)) == fingerprint(standing_of(*reversed(told)))
    assert [council.name for council in standing_of(*told).councils] == ["Alder"]


def test_a_council_of_no_register_with_a_code_of_its_own_is_a_new_council() -> None:
    told = [
        a_roster("Mid Sussex", {"con": 1}),
        a_result("Mid Essex", lab=5, con=2, facts={"gss": "E06000099"}),
    ]
    for order in (told, told[::-1]):
        standing = standing_of(*order)
        assert [(c.name, c.status) for c in standing.councils] == [
            ("Mid Essex", "declared"),
            ("Mid Sussex", "expected"),
        ]
        assert standing.problems == ()


AGENCY = {"election": ElectionRef(date=date(2019, 5, 2), id="240"), "agency_id": "4712"}


def test_the_agencys_number_leads_to_the_council_of_its_roster() -> None:
    told = [
        a_roster("Newtown Vale", {"lab": 5}, **AGENCY),
        a_result("Newtown and the Vale", lab=4, con=1, facts=AGENCY),
    ]
    for order in (told, told[::-1]):
        standing = standing_of(*order)
        assert [(c.name, c.status) for c in standing.councils] == [("Newtown Vale", "declared")]


def test_the_agencys_number_never_overrules_a_name_that_is_a_real_place() -> None:
    standing = standing_of(
        a_roster("Kent", {"lab": 5}, **AGENCY), a_result("Essex", lab=4, con=1, facts=AGENCY)
    )
    assert {c.name: c.status for c in standing.councils} == {
        "Kent": "expected",
        "Essex": "declared",
    }


def test_a_number_that_two_rosters_have_means_neither() -> None:
    standing = standing_of(
        a_roster("Newtown Vale", {"lab": 5}, **AGENCY),
        a_roster("Oldtown Hill", {"lab": 5}, **AGENCY),
        a_result("Some Third Place", lab=4, con=1, facts=AGENCY),
    )
    assert [c.status for c in standing.councils] == ["expected", "expected"]
    assert len(standing.problems) == 1
