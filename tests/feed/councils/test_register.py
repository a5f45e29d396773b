"""Which council a name means."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feed.councils.register import Known, Register, built_in, place_id
from feed.councils.spelling import distance, name_key
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
        ("Folkstone & Hythe", "Folkestone and Hythe", "near"),
        ("Middlesborough", "Middlesbrough", "near"),
        ("Wyre Forrest", "Wyre Forest", "near"),
        ("Broxbourn", "Broxbourne", "near"),
        ("Wyre Forrests", "Wyre Forest", "near"),
        ("Gloucestershrie", "Gloucestershire", "near"),
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


def test_to_an_unmatched_name_the_nearest_are_given() -> None:
    assert built_in().nearest("Richmond")[:2] == ("Richmond upon Thames", "Richmondshire")
    assert built_in().nearest("Worcestor City")[0] == "Worcester"


@pytest.mark.parametrize("name", ["Narnia", "Zouncil 00017", "Xanadu", "Qwghlm", "漢"])
def test_where_nothing_is_near_nothing_is_called_near(name: str) -> None:
    assert built_in().find(name).known is None
    assert built_in().nearest(name) == ()


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
    assert both.find("Newcastle").known is None
    assert set(both.nearest("Newcastle")) == {"Newcastle upon Tyne", "Newcastle-under-Lyme"}


def test_names_that_are_alike_are_named_and_not_guessed() -> None:
    alike = a_register("St Mary's", "Saint Marys").with_known([Known(PlaceId("x"), "Saint Mary’s")])
    assert alike.find("st marys").known is None
    assert len(alike.nearest("st marys")) == 2


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


TWICE = {"Buckinghamshire", "Dorset", "North Yorkshire", "Somerset"}
"""The county of this name was replaced by a council of the same name."""


def test_every_council_is_found_however_it_is_dressed() -> None:
    lost = []
    for name, gss in EVERY_COUNCIL:
        for dressed in (
            name.upper(),
            f"{name} Council",
            f"{name} Borough Council",
            f"{name} MBC",
            f"{name} City Council",
            f"The {name}",
            name.replace(" and ", " & "),
            name.replace("-", " "),
            f"  {name}  ",
        ):
            known = built_in().find(dressed).known
            if known is None or (known.name, known.gss) != (name, gss):
                lost.append(dressed)
    assert {name_key(name) for name in lost} == {name_key(name) for name in TWICE}


def test_a_name_that_two_councils_bore_means_the_one_that_is() -> None:
    for name in TWICE:
        living, gone = built_in().find(name).known, built_in().find(f"{name} County").known
        assert living is not None
        assert gone is not None
        assert (living.name, living.end) == (name, None)
        assert gone.successors == (name,)
        assert built_in().find(f"{name} County Council").known == gone
        assert built_in().find(name, gone.gss).known == gone


@pytest.mark.parametrize(
    "names",
    [
        ("Ynys Môn", "Isle of Anglesey", "Anglesey", "Isle of Anglesey County Council"),
        ("Na h-Eileanan Siar", "Comhairle nan Eilean Siar", "Western Isles", "Eilean Siar"),
        ("Aberdeen", "Aberdeen City", "ABERDEEN CITY", "City of Aberdeen", "Aberdeen City Council"),
        ("County Durham", "Durham", "Durham County Council", "Durham CC"),
        ("Edinburgh", "City of Edinburgh", "Edinburgh, City of", "The City of Edinburgh Council"),
        ("Bristol", "City of Bristol", "Bristol City Council", "Bristol, City of"),
        ("Doncaster", "City of Doncaster", "Doncaster MBC", "City of Doncaster Council"),
        ("Rhondda Cynon Taf", "Rhondda Cynon Taff", "RCT", "Rhondda, Cynon, Taff"),
        ("Swansea", "City and County of Swansea", "Abertawe", "City & County of Swansea"),
        ("Vale of Glamorgan", "The Vale of Glamorgan", "Bro Morgannwg"),
        ("Orkney Islands", "Orkney", "Orkney Islands Council"),
        ("Hull", "Kingston upon Hull", "Hull City Council", "City of Kingston-upon-Hull"),
        ("Bath and North East Somerset", "Bath & NE Somerset", "BANES"),
    ],
)
def test_one_council_under_several_names_is_one(names: tuple[str, ...]) -> None:
    found = {built_in().find(name).known for name in names}
    assert None not in found
    assert len(found) == 1


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("E08000019", "Sheffield"), ("E08000039", "Sheffield"), ("E08000016", "Barnsley"),
        ("E08000038", "Barnsley"), ("E08000020", "Gateshead"), ("E07000100", "St Albans"),
        ("E06000048", "Northumberland"), ("S12000015", "Fife"), ("S12000024", "Perth and Kinross"),
        ("S12000046", "Glasgow"), ("S12000043", "Glasgow"), ("S12000044", "North Lanarkshire"),
        ("E08000017", "Doncaster"), ("E09000001", "City of London"),
    ],
)  # fmt: skip
def test_a_code_of_any_year_leads_to_its_council(code: str, name: str) -> None:
    for written in ("", name, "Some other name"):
        known = built_in().find(written, code).known
        assert known is not None
        assert known.name == name


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Broxbourne in Hertfordshire", "Broxbourne"),
        ("Rushmoor in Hampshire", "Rushmoor"),
        ("Halton Borough Council in north-west England", "Halton"),
        ("Chelmsford in Essex", "Chelmsford"),
        ("Pendle council in Lancashire", "Pendle"),
        ("Rugby, Warwickshire", "Rugby"),
        ("Hart (Hampshire)", "Hart"),
        ("Bolton in Greater Manchester", "Bolton"),
        ("Trafford in the North West", "Trafford"),
        ("Sandwell in the West Midlands", "Sandwell"),
        ("Hartlepool, Teesside", "Hartlepool"),
        ("Swindon in Wiltshire", "Swindon"),
        ("Swansea in south Wales", "Swansea"),
        ("Fife, Scotland", "Fife"),
        ("Wandsworth in south-west London", "Wandsworth"),
        ("Broxbourn in Hertfordshire", "Broxbourne"),
    ],
)
def test_a_county_behind_a_name_is_no_part_of_it(written: str, meant: str) -> None:
    known = built_in().find(written).known
    assert known is not None
    assert known.name == meant


@pytest.mark.parametrize(
    "written",
    [
        "Newport in Shropshire",
        "Ashford in Surrey",
        "Boston, Massachusetts",
        "Broxbourne in trouble",
        "Wellington in Somerset",
        "Richmond, North Yorkshire",
        "Lancaster in Kent",
    ],
)
def test_a_county_that_the_council_does_not_lie_in_means_another_place(written: str) -> None:
    assert built_in().find(written).known is None


REAL_PLACES = (
    "Doncaster", "Northampton", "Corby", "Mid Essex", "Bournemouth", "Poole", "Wycombe", "Kettering",
    "Wellingborough", "Taunton Deane", "West Somerset", "Purbeck", "Waveney", "South Bucks",
    "East Surrey", "West Surrey", "Derry", "Antrim", "Strood", "Northwich", "Farnham", "Brentford",
    "Swinton", "Workington", "Sutherland", "North Herefordshire", "West Norfolk", "Broxburn",
    "North Sussex", "Stamford", "Chester", "Southport",
)  # fmt: skip


@pytest.mark.parametrize("name", REAL_PLACES)
def test_a_real_place_is_never_taken_for_another(name: str) -> None:
    match = built_in().find(name)
    assert match.known is None or match.known.name == name


def test_no_two_names_of_the_register_match_each_other_unless_they_are_one_council() -> None:
    register = built_in()
    wrong = [
        (name, match.known)
        for known in register
        for name in (known.name, *known.aliases)
        if (match := register.find(name)).known is None
        or (match.known.id != known.id and match.known.name not in known.successors)
        or match.how == "near"
    ]
    assert wrong == []


LETTERS = st.sampled_from("abcdefghijklmnopqrstuvwxyz")


@st.composite
def a_misspelling(draw: st.DrawFn) -> tuple[str, Known]:
    """Return a council's name with one or two letters put in, left out, replaced or swapped."""
    known = draw(st.sampled_from(tuple(built_in())))
    name = known.name
    for _ in range(draw(st.integers(1, 2))):
        at = draw(st.integers(0, len(name) - 2))
        match draw(st.sampled_from(("put in", "left out", "replaced", "swapped"))):
            case "put in":
                name = name[:at] + draw(LETTERS) + name[at:]
            case "left out":
                name = name[:at] + name[at + 1 :]
            case "replaced":
                name = name[:at] + draw(LETTERS) + name[at + 1 :]
            case _:
                name = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return name, known


@settings(max_examples=400, deadline=None, derandomize=True)
@given(a_misspelling())
def test_a_misspelling_never_gives_another_real_place(misspelt: tuple[str, Known]) -> None:
    name, known = misspelt
    match = built_in().find(name)
    if match.how == "near":
        assert match.known is not None
        assert match.known.name in {known.name, *known.successors}


def test_most_misspellings_of_long_names_are_understood() -> None:
    long = [known for known in built_in() if len(known.name) >= 8]
    understood = sum(
        built_in().find(known.name[:5] + known.name[6:]).known is known for known in long
    )
    assert understood > 0.8 * len(long)


def test_the_register_knows_who_came_before_and_who_comes_after() -> None:
    names = {known.name: known for known in built_in()}
    assert names["Corby"].successors == ("North Northamptonshire",)
    assert names["Surrey"].successors == ("East Surrey", "West Surrey")
    assert str(names["East Surrey"].begin) == "2027-04-01"
    assert str(names["Corby"].end) == "2021-04-01"
    assert all(successor in names for known in names.values() for successor in known.successors)
    assert all(known.type and known.region for known in names.values())


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
