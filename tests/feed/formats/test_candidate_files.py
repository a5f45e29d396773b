"""Files with a row or an element a candidate, as councils and Democracy Club really publish them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

import pytest

from feed.formats import read
from feed.ledger.ledger import Ledger
from feed.model.arrival import Arrival
from feed.model.messages import Rejection, Remark, Statement, WardResult

SEEN = datetime(2026, 5, 8, 1, 0, tzinfo=UTC)
FLAT = """<?xml version="1.0" encoding="utf-8"?>
<election><candidatecount>{count}</candidatecount><electionid>3</electionid><title>{title}</title>
<electorate>30000</electorate><candidates>{candidates}</candidates>
<electionareas>{areas}</electionareas></election>"""


def a_person(area: int, title: str, party: str, votes: int, elected: bool) -> str:
    return (
        f"<candidate><electionareaid>{area}</electionareaid><areatitle>{title}</areatitle>"
        f"<numvotes>{votes}</numvotes><politicalpartytitle>{party}</politicalpartytitle>"
        f"<iselected>{elected}</iselected></candidate>"
    )


def an_area(area: int, title: str, seats: int, electorate: int) -> str:
    return (
        f"<electionarea><electionareaid>{area}</electionareaid><title>{title}</title><description/>"
        f"<electorate>{electorate}</electorate><numseats>{seats}</numseats><spoiledvotes>"
        "<spoiledvote><numvotes>8</numvotes></spoiledvote></spoiledvotes></electionarea>"
    )


def flat(title: str, *candidates: str, areas: Iterable[str] = ()) -> str:
    return FLAT.format(
        count=len(candidates), title=title, candidates="".join(candidates), areas="".join(areas)
    )


def said(text: str, name: str) -> tuple[Statement, ...]:
    return read(Arrival(name, text.encode(), SEEN))


def wards(text: str, name: str) -> list[WardResult]:
    return [it.message for it in said(text, name) if isinstance(it.message, WardResult)]


def test_moderngov_s_export_joins_its_flat_list_of_candidates_to_the_areas() -> None:
    text = flat(
        "Borough elections, Thursday 2 May 2019",
        a_person(1, "Northgate", "Labour", 1200, False),
        a_person(1, "Northgate", "Liberal Democrat", 1500, True),
        a_person(2, "Mill Lane", "Labour", 2640, True),
        a_person(2, "Mill Lane", "Labour and Co-operative Party", 2300, True),
        a_person(2, "Mill Lane", "Conservative", 443, False),
        areas=[an_area(1, "Northgate", 1, 9101), an_area(2, "Mill Lane", 2, 9103)],
    )
    north, mill = wards(text, "kirklees/results.xml")
    assert (north.council, north.ward, dict(north.won), north.seats) == (
        "Kirklees",
        "Northgate",
        {"ld": 1},
        1,
    )
    assert (mill.ward, dict(mill.won), mill.seats, mill.electorate) == (
        "Mill Lane",
        {"lab": 2},
        2,
        9103,
    )
    assert north.majority == 300
    assert north.election is not None
    assert north.election.date == date(2019, 5, 2)


def test_areas_that_come_without_their_own_elements_are_told_apart_by_their_titles() -> None:
    text = flat(
        "Election",
        a_person(1, "Northgate", "Labour", 12, True),
        a_person(2, "Mill Lane", "Green Party", 26, True),
    )
    assert [it.ward for it in wards(text, "kirklees.xml")] == ["Northgate", "Mill Lane"]


@pytest.mark.parametrize(
    "title",
    ["Batley Town Ward by-election", "By-Election - Batley Town", "Batley Town by election"],
)
def test_a_by_election_of_a_ward_says_so(title: str) -> None:
    text = flat(
        title,
        a_person(9, "Batley Town", "Labour", 9, True),
        areas=[an_area(9, "Batley Town", 1, 9185)],
    )
    (ward,) = wards(text, "kirklees/by.xml")
    assert (ward.ward, ward.electorate, ward.note) == ("Batley Town", 9185, "by-election")
    ledger = Ledger()
    (entry,) = ledger.take(Arrival("kirklees/by.xml", text.encode(), SEEN))
    assert "Batley Town (by-election): Lab 1" in entry.text


def test_an_area_where_nobody_is_elected_yet_says_nothing() -> None:
    text = flat(
        "Election",
        a_person(1, "Northgate", "Labour", 12, True),
        a_person(2, "Mill", "Labour", 0, False),
    )
    assert [it.ward for it in wards(text, "kirklees.xml")] == ["Northgate"]


STANDARD = (
    "PublicationDate,OrganisationURI,OrganisationLabel,ElectionDate,TypeofElection,ElectedBodyLabel,"
    "ElectoralAreaURI,ElectoralAreaLabel,CandidateSurname,PoliticalPartyLabel,CandidatesDescription,"
    "VotesWon,Elected,VotesCast,EligibleElectorate,PercentageTurnout\n"
)


def a_row(
    area: str,
    party: str,
    votes: int,
    elected: str,
    *,
    body: str = "Trafford Council",
    kind: str = "DistrictAndBorough",
    description: str = "",
) -> str:
    uri = "http://statistics.example/id/E05000819"
    return f"2021-05-11,,Trafford,2019-05-02,{kind},{body},{uri},{area},X,{party},{description},{votes},{elected},3288,8472,38.8\n"


def test_the_open_data_standard_is_read_ward_by_ward() -> None:
    text = STANDARD + a_row("Altrincham", "Green Party", 1900, "ELECTED") + a_row(
        "Altrincham", "Conservative Party", 1533, "NOT ELECTED"
    ) + a_row("Ashton upon Mersey", "Labour Party", 1742, "Elected")  # fmt: skip
    first, second = wards(text, "trafford.csv")
    assert (first.council, first.ward, dict(first.won), first.turnout, first.electorate) == (
        "Trafford", "Altrincham", {"green": 1}, 38.8, 8472
    )  # fmt: skip
    assert (first.ward_gss, first.majority) == ("E05000819", 367)
    assert (second.ward, dict(second.won)) == ("Ashton upon Mersey", {"lab": 1})


def test_in_the_standard_a_description_stands_in_for_a_party_and_none_is_an_independent() -> None:
    text = STANDARD + a_row("A", "", 9, "Y", description="Labour Party") + a_row("B", "", 9, "Y")
    assert [dict(it.won) for it in wards(text, "t.csv")] == [{"lab": 1}, {"ind": 1}]


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("Parish", "Sale Parish Council"),
        ("PoliceAndCrimeCommissioner", "x"),
        ("Mayor", "Salford City Mayor"),
    ],
)
def test_other_bodies_of_the_standard_are_left_out_with_a_remark(kind: str, body: str) -> None:
    text = STANDARD + a_row("A", "Labour Party", 9, "ELECTED", kind=kind, body=body)
    (statement,) = said(text, "t.csv")
    assert isinstance(statement.message, Remark)


BALLOTS = "ballot_paper_id,party_name,post_label,cancelled_poll,seats_contested,organisation_name,elected,votes_cast,tied_vote_winner\n"


def a_ballot(
    ward: str,
    party: str,
    *,
    cancelled: str = "False",
    seats: int = 1,
    elected: str = "",
    votes: str = "",
    lot: str = "",
) -> str:
    return f"local.east-devon.{ward}.2019-05-02,{party},{ward.title()},{cancelled},{seats},East Devon District Council,{elected},{votes},{lot}\n"


@pytest.mark.parametrize("seats", [1, 2])
def test_no_more_candidates_than_seats_are_elected_unopposed(seats: int) -> None:
    text = BALLOTS + a_ballot("yarrow", "Independent", cancelled="True", seats=seats)
    (ward,) = wards(text, "dc.csv")
    assert (dict(ward.won), ward.note, ward.seats) == ({"ind": 1}, "unopposed", seats)


def test_a_cancelled_poll_of_more_candidates_is_a_remark() -> None:
    text = (
        BALLOTS
        + a_ballot("yarrow", "Independent", cancelled="True")
        + a_ballot("yarrow", "Labour Party", cancelled="True")
    )
    (statement,) = said(text, "dc.csv")
    assert isinstance(statement.message, Remark)
    assert "cancelled" in statement.message.what


def test_a_tie_that_was_drawn_by_lot_has_its_winner() -> None:
    text = (
        BALLOTS
        + a_ballot("axe", "Independent", votes="400", lot="True")
        + a_ballot("axe", "Labour Party", votes="400", elected="False")
    )
    (ward,) = wards(text, "dc.csv")
    assert (dict(ward.won), ward.majority) == ({"ind": 1}, 0)


def test_a_ballot_that_is_not_counted_yet_says_nothing_and_rejects_nothing_beside_others() -> None:
    text = BALLOTS + a_ballot("axe", "Independent", elected="True") + a_ballot("exe", "Independent")
    assert [it.ward for it in wards(text, "dc.csv")] == ["Axe"]
    assert not [it for it in said(text, "dc.csv") if isinstance(it.message, Rejection)]
