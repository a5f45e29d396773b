"""What the agency says of councils: results and nominations."""

from __future__ import annotations

from datetime import date

import pytest

from feed.formats.agency.notations import read_agency_xml
from feed.model.messages import Change, Result, Roster
from feed.model.parties import CON, LAB, PartyId
from tests.feed.formats.agency_builders import (
    a_council,
    a_message,
    a_result,
    an_arrival,
    attributes,
    only,
    refusals,
)


def result_of(xml: str, path: str = "results/Local_result_Alder_1.xml") -> Result:
    message = only(read_agency_xml(an_arrival(xml, path)))
    assert isinstance(message, Result)
    return message


def test_a_result_says_what_was_won_what_changed_and_what_the_council_is_now() -> None:
    council = a_council(
        won={"con": 5, "lab": 7}, changes={"con": "-2", "lab": "+3", "ukip": "-1"},
        after={"con": 18, "lab": 17}, paId="77",
        winningParty="C", sittingParty="Conservative", gainOrHold="no change",
    )  # fmt: skip
    result = result_of(a_result(council, revision=2))
    assert (result.council, result.agency_id, result.revision) == ("Alder", "77", 2)
    assert result.won == {"con": 5, "lab": 7}
    assert result.after == {"con": 18, "lab": 17}
    assert result.changes == (
        Change(baseline="eve_of_poll", seats={CON: -2, LAB: 3, PartyId("ukip"): -1}),
    )
    assert (result.control_before, result.control_after, result.outcome) == ("con", "con", "hold")
    assert result.election is not None
    assert (result.election.date, result.election.id) == (date(2019, 5, 2), "9")


def test_without_elected_councillors_nothing_is_said_of_seats_won() -> None:
    assert result_of(a_result(a_council(won=None))).won is None
    assert result_of(a_result(a_council(won={}))).won == {}


def test_without_changes_no_change_is_known_and_an_empty_list_is_no_change() -> None:
    assert result_of(a_result(a_council(changes=None))).changes == ()
    empty = result_of(a_result(a_council(changes={})))
    assert empty.changes == (Change(baseline="eve_of_poll", seats={}),)


@pytest.mark.parametrize(
    ("said", "sitting", "winner", "meant"),
    [
        ("gain", "C", "Lab", "gain"),
        ("no change", "C", "C", "hold"),
        ("No Change", "NOC", "NOC", "no_change"),
        ("no change", "", "R", "hold"),
        ("lose to NOC", "Lab", "NOC", "lose"),
        ("", "C", "C", None),
    ],
)
def test_the_outcome_is_kept_in_our_words(
    said: str, sitting: str, winner: str, meant: str | None
) -> None:
    council = a_council(gainOrHold=said, sittingParty=sitting, winningParty=winner)
    assert result_of(a_result(council)).outcome == meant


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("England", "county"), ("Metro", "metropolitan"), ("Non-Met", "district"),
        ("Unitary", "unitary"), ("London", "london_borough"), ("Wales", "wales"),
        ("Scotland", "scotland"),
    ],
)  # fmt: skip
def test_the_type_of_council_is_kept_in_our_words(theirs: str, ours: str) -> None:
    assert result_of(a_result(a_council(type=theirs))).type == ours


@pytest.mark.parametrize(
    ("theirs", "ours"), [("all", "whole"), ("half", "halves"), ("third", "thirds")]
)
def test_the_proportion_is_kept_in_our_words(theirs: str, ours: str) -> None:
    assert result_of(a_result(a_council(proportion=theirs))).elects == ours


@pytest.mark.parametrize(
    ("said", "meant"), [("yes", True), ("true", True), ("1", True), ("no", False), ("", False)]
)
def test_new_councils_and_changed_boundaries_are_flags(said: str, meant: bool) -> None:
    result = result_of(a_result(a_council(newCouncil=said, boundaryChange=said)))
    assert (result.new_council, result.boundary_change) == (meant, meant)


def test_an_unknown_party_keeps_its_name() -> None:
    result = result_of(a_result(a_council(after={"con": 18, "Fenland Voice": 4})))
    assert result.after == {"con": 18, "fenland-voice": 4}
    assert result.party_names == {"fenland-voice": "Fenland Voice"}


def test_unknown_attributes_and_elements_are_tolerated() -> None:
    xml = a_result(a_council(colour="blue"), futureFlag="on")
    xml = xml.replace("<NewCouncil>", "<Weather>rain</Weather><NewCouncil>")
    assert result_of(xml).after == {"con": 20, "lab": 15}


def test_two_councils_in_one_file_are_two_results_each_with_its_line() -> None:
    statements = read_agency_xml(an_arrival(a_result(a_council("Alder"), a_council("Birch"))))
    assert [s.message.council for s in statements if isinstance(s.message, Result)] == [
        "Alder",
        "Birch",
    ]
    assert [s.line for s in statements] == [3, 9]


@pytest.mark.parametrize(
    ("council", "line", "what"),
    [
        (a_council(won={"con": "-3"}), 5, "“-3”; expected 0 or more"),
        (a_council(won={"con": "abc"}), 5, "“abc”; expected a whole number"),
        (a_council(won={"con": "99999"}), 5, "expected 2,000 or less"),
        (a_council(won={"con": ""}), 5, "expected a whole number"),
        (a_council(changes={"con": "1.5"}), 5, "expected a whole number"),
        (a_council(changes={"con": "-3000"}), 5, "expected −2,000 or more"),
        (a_council(after={"con": 4, "Tory": 5}), 6, "stands twice in NewCouncil"),
        (a_council(after={"": 4}), 5, "expected the name of a party"),
        (a_council(after={"con": 0}), 4, "has no seats; expected 1 or more"),
        (a_council(gainOrHold="stolen"), 3, "“stolen”; expected “gain”, “no change”"),
        (a_council(proportion="fifth"), 3, "expected “all”, “half” or “third”"),
        (a_council(newCouncil="perhaps"), 3, "expected yes or no"),
        (a_council(" "), 3, "expected the name of a council"),
        (a_council("A" * 121), 3, "expected at most 120 characters"),
        ("<Council name='Alder'/>\n", 3, "has no NewCouncil"),
    ],
)
def test_a_wrong_value_is_rejected_at_its_line_and_the_next_council_is_taken(
    council: str, line: int, what: str
) -> None:
    statements = read_agency_xml(an_arrival(a_result(council, a_council("Birch"))))
    told = refusals(statements)
    assert [where for where, _ in told] == [line]
    assert what in told[0][1]
    assert [s.message.council for s in statements if isinstance(s.message, Result)] == ["Birch"]


def test_every_wrong_value_is_told_in_the_order_of_the_file() -> None:
    council = a_council(won={"con": "x", "lab": "y"}, after={"con": "z"})
    assert [line for line, _ in refusals(read_agency_xml(an_arrival(a_result(council))))] == [
        5,
        6,
        9,
    ]


def test_a_rejection_of_a_figure_names_its_council() -> None:
    ((_, what),) = refusals(read_agency_xml(an_arrival(a_result(a_council(won={"con": "-3"})))))
    assert what == "Council “Alder”: seats of Party “Conservative” is “-3”; expected 0 or more"


@pytest.mark.parametrize("written", ["2019-05-02", "20190502", "02/05/2019"])
def test_dates_are_read_in_three_ways(written: str) -> None:
    result = result_of(a_result(election=f"date='{written}'"))
    assert result.election is not None
    assert result.election.date == date(2019, 5, 2)


@pytest.mark.parametrize("written", ["", "2 May 2019", "2019-02-30", "0000-00-00", "2019-5-2"])
def test_a_message_without_a_date_is_rejected_at_its_election(written: str) -> None:
    ((line, what),) = refusals(read_agency_xml(an_arrival(a_result(election=f"date='{written}'"))))
    assert line == 2
    assert "expected a date such as 2019-05-02" in what


def test_a_message_without_councils_or_election_is_rejected() -> None:
    nothing = read_agency_xml(an_arrival(a_message("LocalElectionResult")))
    assert refusals(nothing) == [(1, "LocalElectionResult names no Council; expected 1 or more.")]
    assert (
        "names no Election" in refusals(read_agency_xml(an_arrival("<LocalElectionResult/>")))[0][1]
    )


def test_nominations_are_the_roster() -> None:
    row = attributes(
        name="Labour", abbreviation="Lab", paId=3, seatsHeld=12, seatsOffered=4,
        unopposedReturns=1, candidates=9,
    )  # fmt: skip
    council = f"<Council{attributes(name='Alder', type='Metro', proportion='third')}><Party{row}/></Council>"
    roster = only(read_agency_xml(an_arrival(a_message("LocalElectionNominations", council))))
    assert isinstance(roster, Roster)
    (party,) = roster.parties
    assert (party.party, party.held, party.offered) == ("lab", 12, 4)
    assert (party.unopposed, party.candidates) == (1, 9)
    assert (roster.council, roster.elects, roster.type) == ("Alder", "thirds", "metropolitan")


@pytest.mark.parametrize("figures", ["seatsOffered='3'", "seatsHeld='9'", ""])
def test_nominations_without_figures_say_that_a_council_is_up_and_are_no_baseline(
    figures: str,
) -> None:
    council = f"<Council name='Alder'><Party name='Labour' {figures}/>\n<Party name='Green Party' seatsHeld='1' seatsOffered='1'/></Council>"
    (statement,) = read_agency_xml(an_arrival(a_message("LocalElectionNominations", council)))
    roster = statement.message
    assert isinstance(roster, Roster)
    assert (roster.council, roster.parties) == ("Alder", ())


@pytest.mark.parametrize(
    ("path", "is_test"),
    [
        ("results/Local_Test_result_Alder_1.xml", True),
        ("results/Local_result_Test_Valley_1.xml", False),
        ("results/Local_Test_result_Test_Valley_1.xml", True),
        ("Big_Test_feed/results/Local_result_Alder_1.xml", False),
    ],
)
def test_a_file_name_marks_test_data_but_test_valley_is_a_council(path: str, is_test: bool) -> None:
    assert result_of(a_result(), path).test is is_test
