"""What the agency says of totals and of contests."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from feed.formats import read
from feed.formats.agency.notations import read_agency_xml
from feed.model.arrival import Arrival
from feed.model.messages import AgencyTotal, Contest, CouncilRef, SetAside, TotalRow
from feed.model.parties import CON, NOC
from tests.feed.formats.agency_builders import (
    a_message,
    an_arrival,
    attributes,
    only,
    refusals,
)

LABOUR = "<Party paId='1' name='Labour' abbreviation='Lab'/>"
ASPIRE = "<Party paId='2' name='Aspire Together' abbreviation='Asp'/>"


def a_total(rows: str, included: str = "", **facts: object) -> str:
    facts = {"region": "England", "numberOfResults": 98, "totalNumberOfCouncils": 136, **facts}
    return (
        f"<LocalStateOfParties{attributes(**facts)}>\n<Election date='2026-05-07'/>\n"
        f"<Parties>\n{rows}</Parties>\n{included}</LocalStateOfParties>"
    )


def a_row(name: str, councils: object, net: object, won: object, seats_net: object) -> str:
    figures = attributes(
        totalCouncils=councils, changeInControl=net, seatsWon=won, netChangeInSeats=seats_net
    )
    return f"<Party{attributes(name=name)}{figures}/>\n"


def a_contest(
    kind: str, *candidates: str, type_: str = "M", place: str = "", **facts: object
) -> str:
    inside = (
        f"<Constituency name='Salford' number='7' {place}>\n{''.join(candidates)}</Constituency>"
    )
    return a_message(kind, inside, election=f"date='2019-05-02' type='{type_}'", **facts)


def contest_of(xml: str) -> Contest:
    message = only(read_agency_xml(an_arrival(xml)))
    assert isinstance(message, Contest)
    return message


def test_a_state_of_parties_has_a_row_for_each_party_and_for_no_overall_control() -> None:
    rows = a_row("Conservative", 34, "-12", 1365, "-200")
    rows += a_row("NOC", 20, "14", 0, 0)
    included = "<CouncilsIncluded><Council name='Alder' paId='4'/></CouncilsIncluded>"
    total = only(read_agency_xml(an_arrival(a_total(rows, included))))
    assert isinstance(total, AgencyTotal)
    assert (total.region, total.declared, total.of) == ("England", 98, 136)
    assert total.rows == (
        TotalRow(
            party=CON,
            name="Conservative",
            councils=34,
            councils_net=-12,
            seats_won=1365,
            seats_net=-200,
        ),
        TotalRow(party=NOC, name="NOC", councils=20, councils_net=14, seats_won=0, seats_net=0),
    )
    assert total.councils == (CouncilRef(council="Alder", agency_id="4"),)
    assert total.baseline == "eve_of_poll"


def test_a_total_that_does_not_say_which_councils_it_counts_has_none() -> None:
    total = only(read_agency_xml(an_arrival(a_total(a_row("Labour", 1, 0, 5, 1)))))
    assert isinstance(total, AgencyTotal)
    assert total.councils is None


@pytest.mark.parametrize(
    ("xml", "line", "what"),
    [
        (a_total(a_row("Labour", "many", 0, 5, 1)), 4, "totalCouncils of Party “Labour” is “many”"),
        (a_total(a_row("Labour", 1, 0, "-5", 1)), 4, "“-5”; expected 0 or more"),
        (a_total(a_row("", 1, 0, 5, 1)), 4, "expected the name of a party"),
        (a_total(a_row("Lab", 1, 0, 5, 1) + a_row("Labour", 1, 0, 5, 1)), 5, "stands twice"),
    ],
)
def test_a_total_with_a_wrong_figure_is_rejected_at_its_line(
    xml: str, line: int, what: str
) -> None:
    ((where, why),) = refusals(read_agency_xml(an_arrival(xml)))
    assert where == line
    assert what in why


def test_a_rush_has_the_agencys_sentence_and_who_it_says_won() -> None:
    said = attributes(
        winningPartyName="Green Party", winningPartyAbbreviation="Green", sittingPartyName="Labour",
        gainOrHold="gain", change="true", paStyleMessageText="Correction: Green gain Salford",
    )  # fmt: skip
    rush = contest_of(a_contest("FirstPastThePostRush", place=said, revision=2))
    assert (rush.contest, rush.stage, rush.area, rush.revision) == ("mayor", "rush", "Salford", 2)
    assert (rush.before, rush.winner, rush.outcome) == ("lab", "green", "gain")
    assert rush.text == "Correction: Green gain Salford"


def test_a_contest_result_has_its_candidates_its_winner_and_its_time() -> None:
    said = attributes(
        winningParty="Lab", sittingParty="C", gainOrHold="gain", percentageTurnout="36.2",
        turnout=25252, majority=32, electorate=69757,
    )  # fmt: skip
    hale = f"<Candidate surname='Hale' firstName='Ann' elected='*' votes='90' percentageShare='55.5'>{LABOUR}</Candidate>"
    ives = f"<Candidate surname='Ives' ballotName='I. Ives' votes='58'>{ASPIRE}</Candidate>"
    at = "2019-05-03T01:14:00+01:00"
    xml = a_contest("FirstPastThePostResult", hale, ives, place=said, declarationTime=at)
    xml = xml.replace(
        "</Election>", "</Election><PreviousElection><Constituency name='X'/></PreviousElection>"
    )
    contest = contest_of(xml)
    assert contest.at == datetime(2019, 5, 3, 0, 14, tzinfo=UTC)
    assert (contest.winner, contest.winner_name, contest.outcome) == ("lab", "Ann Hale", "gain")
    assert (contest.turnout, contest.majority, contest.electorate) == (36.2, 32, 69757)
    assert [(c.name, c.party, c.votes, c.share, c.elected) for c in contest.candidates] == [
        ("Ann Hale", "lab", 90, 55.5, True),
        ("I. Ives", "aspire-together", 58, None, False),
    ]
    assert contest.party_names == {"aspire-together": "Aspire Together"}


def test_a_winner_named_by_an_abbreviation_is_the_candidates_party() -> None:
    ives = f"<Candidate surname='Ives' votes='58'>{ASPIRE}</Candidate>"
    contest = contest_of(a_contest("FirstPastThePostResult", ives, place="winningParty='Asp'"))
    assert contest.winner == "aspire-together"


def test_the_elected_candidates_party_won_where_no_winner_is_stated() -> None:
    hale = f"<Candidate surname='Hale' elected='*'>{LABOUR}</Candidate>"
    assert contest_of(a_contest("FirstPastThePostResult", hale)).winner == "lab"


@pytest.mark.parametrize(
    ("letter", "kind"), [("M", "mayor"), ("P", "pcc"), ("B", "by_election"), ("", "by_election")]
)
def test_the_type_of_the_election_says_what_is_contested(letter: str, kind: str) -> None:
    assert contest_of(a_contest("FirstPastThePostNominations", type_=letter)).contest == kind


@pytest.mark.parametrize("stage", ["Nominations", "Rush", "Result"])
@pytest.mark.parametrize(
    ("letter", "of"),
    [("S", "Scottish Parliament"), ("W", "Welsh Parliament"), ("L", "London Assembly"),
     ("G", "General election"), ("NI", "Northern Ireland Assembly"), ("E", "European Parliament"),
     ("X", "By-election")],
)  # fmt: skip
def test_a_constituency_of_a_parliament_is_no_by_election(letter: str, of: str, stage: str) -> None:
    xml = a_contest(f"FirstPastThePost{stage}", type_=letter).replace(
        "<Election", "<Election name='By-election'", 1
    )
    (statement,) = read_agency_xml(an_arrival(xml))
    assert statement.message == SetAside(of=of, what="constituency messages")


@pytest.mark.parametrize(
    "root",
    ["TopUpResult", "TopUpNominations", "ElectionResult", "Referendum", "ReferendumResult",
     "ScottishStateOfParties", "STVResult", "ConstituencyTotals"],
)  # fmt: skip
@pytest.mark.parametrize("letter", ["S", "W", "M", ""])
def test_a_kind_of_the_agency_that_is_not_shown_is_no_rejection(root: str, letter: str) -> None:
    xml = (
        f"<{root} revision='1'><Election name='Senedd' date='2026-05-07' type='{letter}'/></{root}>"
    )
    (statement,) = read(Arrival("x.xml", xml.encode(), datetime(2026, 5, 8, tzinfo=UTC)))
    assert isinstance(statement.message, SetAside)
    as_json = {root: {"@revision": "1", "Election": {"@date": "2026-05-07", "@type": letter}}}
    (statement,) = read(
        Arrival("x.json", json.dumps([as_json]).encode(), datetime(2026, 5, 8, tzinfo=UTC))
    )
    assert isinstance(statement.message, SetAside)
    assert "kind" not in str(statement.message.what)


def test_collated_nominations_are_read_one_by_one() -> None:
    inner = a_contest("FirstPastThePostNominations", type_="M")
    xml = f"<CollatedNominations>{inner}{inner}</CollatedNominations>"
    messages = [it.message for it in read_agency_xml(an_arrival(xml))]
    assert [type(it) for it in messages] == [Contest, Contest]


@pytest.mark.parametrize(
    "total", [a_total(""), a_total(a_row("Labour", 1, 0, 5, 1), numberOfResults="")]
)
def test_a_total_without_figures_is_valid_and_says_nothing(total: str) -> None:
    (statement,) = read_agency_xml(an_arrival(total))
    assert statement.message == SetAside(of="The agency", what="totals without figures")


@pytest.mark.parametrize(
    ("attributes", "name"),
    [("firstName='Ann' surname='Hale' ballotName='HALE, Ann'", "Ann Hale"),
     ("surname='Hale' ballotName='Hale, Ann Jane'", "Ann Jane Hale"),
     ("surname='Hale'", "Hale"), ("ballotName='I. Ives'", "I. Ives"),
     ("firstName='Ann' surname='Hale Test'", "Ann Hale"), ("surname='Test'", "Test")],
)  # fmt: skip
def test_a_person_is_named_first_name_first(attributes: str, name: str) -> None:
    contest = contest_of(
        a_contest(
            "FirstPastThePostResult", f"<Candidate {attributes} elected='+'>{LABOUR}</Candidate>"
        )
    )
    assert contest.winner_name == name


@pytest.mark.parametrize(("place", "number"), [("recount='2'", 2), ("", None)])
def test_a_recount_is_on_by_its_mere_presence(place: str, number: int | None) -> None:
    contest = contest_of(a_contest("Recount", place=place))
    assert (contest.stage, contest.recount) == ("recount", number)


@pytest.mark.parametrize(("surname", "is_test"), [("Hale Test", True), ("Testament", False)])
def test_a_candidates_name_marks_test_data(surname: str, is_test: bool) -> None:
    candidate = f"<Candidate surname='{surname}'>{LABOUR}</Candidate>"
    assert contest_of(a_contest("FirstPastThePostNominations", candidate)).test is is_test


def test_the_elections_name_marks_test_data() -> None:
    xml = a_contest("FirstPastThePostNominations").replace("type=", "name='Mayor Test' type=")
    assert contest_of(xml).test


@pytest.mark.parametrize(
    ("xml", "line", "what"),
    [
        (a_contest("FirstPastThePostRush", place="gainOrHold='no change'"), 3, "expected “gain”, “hold” or “win”"),
        (a_contest("FirstPastThePostResult", declarationTime="2019-05-03T01:14:00"), 3, "a time with its offset"),
        (a_contest("FirstPastThePostResult", declarationTime="0001-01-01T00:00:00+05:00"), 3, "a time with its offset"),
        (a_contest("FirstPastThePostResult", place="percentageTurnout='136'"), 3, "a percentage from 0 to 100"),
        (a_contest("FirstPastThePostResult", place="percentageTurnout='NaN'"), 3, "a percentage from 0 to 100"),
        (a_contest("FirstPastThePostResult", "<Candidate votes='4'/>"), 4, "expected a candidate's name"),
        (a_contest("FirstPastThePostResult", "<Candidate surname='A' votes='-4'/>"), 4, "expected 0 or more"),
        (a_contest("Recount", place="recount='soon'"), 3, "expected a whole number"),
        (a_contest("Recount", revision="-1"), 1, "expected 0 or more"),
    ],
)  # fmt: skip
def test_a_contest_with_a_wrong_value_is_rejected_at_its_line(
    xml: str, line: int, what: str
) -> None:
    ((where, why),) = refusals(read_agency_xml(an_arrival(xml)))
    assert where == line
    assert what in why
