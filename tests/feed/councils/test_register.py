"""Which council a name means."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feed.councils.register import Known, Register, built_in, place_id
from feed.councils.spelling import distance
from feed.model.entries import PlaceId

EVERY_COUNCIL = [(known.name, known.gss) for known in built_in()]


def a_register(*names: str) -> Register:
    return Register(Known(place_id(name), name) for name in names)


@pytest.mark.parametrize(
    ("written", "meant", "how"),
    [
        ("Wyre Forest", "Wyre Forest", "exact"),
        ("Hull", "Kingston upon Hull", "alias"),
        ("Newcastle", "Newcastle upon Tyne", "alias"),
        ("Shepway", "Folkestone and Hythe", "alias"),
        ("Telford", "Telford and Wrekin", "alias"),
        ("Stoke on Trent", "Stoke-on-Trent", "normalised"),
        ("NE Derbyshire", "North East Derbyshire", "normalised"),
        ("N. E. Derbyshire", "North East Derbyshire", "normalised"),
        ("North East Lincs", "North East Lincolnshire", "normalised"),
        ("Basingstoke & Deane", "Basingstoke and Deane", "normalised"),
        ("St. Helens", "St Helens", "normalised"),
        ("Saint Albans", "St Albans", "normalised"),
        ("Kings Lynn and West Norfolk", "King's Lynn and West Norfolk", "normalised"),
        ("King’s Lynn & West Norfolk", "King's Lynn and West Norfolk", "normalised"),
        ("Stratford-upon-Avon", "Stratford-on-Avon", "normalised"),
        ("Newcastle under Lyme", "Newcastle-under-Lyme", "normalised"),
        ("Vale of the White Horse", "Vale of White Horse", "normalised"),
        ("Royal Borough of Kensington and Chelsea", "Kensington and Chelsea", "normalised"),
        ("London Borough of Barnet", "Barnet", "normalised"),
        ("City of Bradford Metropolitan District Council", "Bradford", "normalised"),
        ("Bristol, City of", "Bristol", "normalised"),
        ("Kingston upon Hull, City of", "Kingston upon Hull", "normalised"),
        ("Barnsley Metropolitan Borough Council", "Barnsley", "normalised"),
        ("Cambridge City Council", "Cambridge", "normalised"),
        ("WEST OXFORDSHIRE", "West Oxfordshire", "normalised"),
        ("Armagh City Banbridge & Craigavon", "Armagh City, Banbridge and Craigavon", "normalised"),
        ("Peteborough", "Peterborough", "near"),
        ("Folkstone and Hythe", "Folkestone and Hythe", "normalised"),
        ("Wyre Forrests", "Wyre Forest", "near"),
        ("Herefordshrie", "Herefordshire", "near"),
        ("Nroth Devon", "North Devon", "near"),
    ],
)
def test_a_council_is_found_as_it_is_written(written: str, meant: str, how: str) -> None:
    match = built_in().find(written)
    assert match.known is not None
    assert (match.known.name, match.how) == (meant, how)


@pytest.mark.parametrize(
    "written",
    [
        "Richmond",
        "Nowhere",
        "Hrat",
        "",
        "…",
        "Safford",
        "Stafford and Salford",
        "West Lindey East Lindsey",
        "South Sussex",
        "council",
    ],
)
def test_what_is_not_certain_is_not_matched(written: str) -> None:
    match = built_in().find(written)
    assert match.known is None
    assert match.how == "none"


def test_an_unmatched_name_comes_with_the_three_nearest() -> None:
    assert built_in().find("Richmond").nearest[:2] == ("Richmond upon Thames", "Richmondshire")
    assert len(built_in().find("Nowhere").nearest) == 3


def test_two_councils_as_near_as_each_other_are_none() -> None:
    assert a_register("Salford", "Stafford").find("Safford").known is None


def test_the_nearer_of_two_councils_is_taken() -> None:
    match = a_register("Salford", "Stafford").find("Staffford")
    assert match.known is not None
    assert match.known.name == "Stafford"


def test_a_misspelling_never_turns_one_point_of_the_compass_into_another() -> None:
    assert a_register("West Devon").find("East Devon").known is None


def test_without_an_alias_newcastle_is_neither_newcastle() -> None:
    both = a_register("Newcastle upon Tyne", "Newcastle-under-Lyme")
    match = both.find("Newcastle")
    assert match.known is None
    assert set(match.nearest) == {"Newcastle upon Tyne", "Newcastle-under-Lyme"}


def test_names_that_are_alike_are_named_and_not_guessed() -> None:
    match = (
        a_register("St Mary's", "Saint Marys")
        .with_known([Known(PlaceId("x"), "Saint Mary’s")])
        .find("st marys")
    )
    assert match.known is None
    assert len(match.nearest) == 2


def test_the_code_comes_before_the_name() -> None:
    match = built_in().find("Somewhere else", "E07000239")
    assert match.known is not None
    assert match.known.name == "Wyre Forest"


def test_the_code_of_another_year_is_known_too() -> None:
    match = built_in().find("Gateshead MBC", "E08000020")
    assert match.known is not None
    assert match.known.gss == "E08000037"


def test_an_unknown_code_leaves_the_name_to_decide_but_not_a_near_one() -> None:
    assert built_in().find("Wyre Forest", "E99999999").known is not None
    assert built_in().find("Wyre Forst", "E99999999").known is None


def test_a_register_can_learn_a_council() -> None:
    learnt = built_in().with_known([Known(place_id("East Kent"), "East Kent")])
    match = learnt.find("East Kent Council")
    assert match.known is not None
    assert match.known.id == "east kent"
    assert built_in().find("East Kent").known is None


def test_what_is_learnt_about_a_known_council_is_added_to_it() -> None:
    hull = built_in().find("Hull").known
    assert hull is not None
    again = built_in().with_known([Known(hull.id, "Hull City")]).find("Kingston upon Hull").known
    assert again is not None
    assert (again.name, again.gss, again.region) == ("Hull City", hull.gss, hull.region)


def test_northern_ireland_is_there_with_its_region() -> None:
    regions = [known.region for known in built_in()]
    assert regions.count("Northern Ireland") == 11


def test_every_council_is_found_however_it_is_dressed() -> None:
    lost = []
    for name, gss in EVERY_COUNCIL:
        for dressed in (
            name,
            name.upper(),
            f"{name} Council",
            f"{name} Borough Council",
            name.replace(" and ", " & "),
            name.replace("-", " "),
            f"  {name}  ",
        ):
            known = built_in().find(dressed).known
            if known is None or (known.name, known.gss) != (name, gss):
                lost.append(dressed)
    assert lost == []


def test_no_code_and_no_name_stands_twice() -> None:
    assert len({name for name, _ in EVERY_COUNCIL}) == len(EVERY_COUNCIL)
    codes = [gss for _, gss in EVERY_COUNCIL if gss is not None]
    assert len(set(codes)) == len(codes)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.text(max_size=30))
def test_any_text_at_all_is_looked_up(text: str) -> None:
    match = built_in().find(text)
    assert (match.known is None) == (match.how == "none")


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.text("abc", max_size=7), st.text("abc", max_size=7))
def test_the_distance_is_the_same_both_ways_and_none_only_of_equals(one: str, other: str) -> None:
    assert distance(one, other, 9) == distance(other, one, 9)
    assert (distance(one, other, 9) == 0) == (one == other)
    assert distance(one, other, 2) == min(distance(one, other, 9), 3)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [("derby", "drby", 1), ("derby", "dreby", 1), ("derby", "derbys", 1), ("derby", "selby", 2)],
)
def test_an_edit_is_a_letter_or_a_swap(one: str, other: str, apart: int) -> None:
    assert distance(one, other, 3) == apart
