"""Tables as councils, newsrooms and encyclopaedias really write them (rule 21)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from feed.formats import read
from feed.ledger.ledger import Ledger
from feed.model.arrival import Arrival
from feed.model.messages import Rejection, Remark, Result, Rush, Statement

SEEN = datetime(2026, 5, 8, 1, 0, tzinfo=UTC)


def said(text: str, name: str = "t.csv") -> tuple[Statement, ...]:
    return read(Arrival(name, text.encode(), SEEN))


def results(text: str, name: str = "t.csv") -> dict[str, dict[str, int]]:
    found = [it.message for it in said(text, name) if isinstance(it.message, Result)]
    return {it.council: {str(p): n for p, n in it.after.items()} for it in found}


def faults(text: str) -> list[str]:
    return [it.message.what for it in said(text) if isinstance(it.message, Rejection)]


def remarks(text: str) -> list[str]:
    return [it.message.what for it in said(text) if isinstance(it.message, Remark)]


@pytest.mark.parametrize(
    "party",
    ["Riverside Alliance", "Restore Britain", "Aspire", "Residents for Uttlesford", "Your Choice",
     "Ashfield Independents", "Newham Independents", "It's Our County", "SDP", "R4U"],
)  # fmt: skip
@pytest.mark.parametrize("total", ["", ",Total"])
def test_a_column_of_seats_that_nobody_knows_is_a_party_of_its_own(party: str, total: str) -> None:
    text = f"Council,Con,Lab,LD,{party}{total}\nHarlow,3,12,2,24{',41' if total else ''}\n"
    (result,) = [it.message for it in said(text) if isinstance(it.message, Result)]
    assert sum(result.after.values()) == 41
    assert list(result.party_names.values()) == [party]
    assert faults(text) == remarks(text) == []


@pytest.mark.parametrize(
    "column", ["Turnout %", "Votes", "Electorate", "Wards declared", "Seats up for election",
               "Majority", "Largest party", "Rank", "Vacancies", "% share", "Ballot papers issued"],
)  # fmt: skip
@pytest.mark.parametrize("cell", ["24", "24.5", "Lab – 33 of 59 seats"])
def test_a_column_that_no_seats_depend_on_is_left_out_and_rejects_nothing(
    column: str, cell: str
) -> None:
    text = f"Council,Con,Lab,{column}\nHarlow,3,12,{cell}\n"
    assert results(text) == {"Harlow": {"con": 3, "lab": 12}}
    assert faults(text) == []
    assert all("no seats depend on it" in it for it in remarks(text))


def test_seats_that_do_not_come_to_the_total_are_not_counted() -> None:
    text = "Council,Con,Lab,Total\nHarlow,3,12,41\nBoston,10,17,27\n"
    assert results(text) == {"Boston": {"con": 10, "lab": 17}}
    (fault,) = faults(text)
    assert "come to 15, and its total is 41" in fault


def test_control_may_be_that_of_a_party_that_has_a_column_here_and_of_no_other() -> None:
    text = "Council;Con;Lab;SDP;Restore Britain;Control\nBoston;4;2;0;21;Restore Britain\n"
    ledger = Ledger()
    ledger.take(Arrival("t.csv", text.encode(), SEEN))
    (boston,) = ledger.standing().councils
    assert boston.after == "restore-britain"
    text = "Council,Con,Lab,Control\nBoston,4,2,Restore Britain\n"
    assert results(text) == {}
    assert "expected a party" in faults(text)[0]


@pytest.mark.parametrize(
    "rows",
    ["Stevenage,Labour Party,18\nStevenage,Labour & Co-operative Party,6\n",
     "Stevenage,Labour,18\nStevenage,Labour Co-op,6\n",
     "Stevenage,Labour and Co-operative Party,6\nStevenage,Labour Party Candidate,18\n"],
)  # fmt: skip
def test_labour_and_co_operative_councillors_are_labour_s_and_added(rows: str) -> None:
    text = f"council,party,seats\n{rows}Stevenage,Conservative,10\n"
    assert results(text) == {"Stevenage": {"lab": 24, "con": 10}}


def test_two_columns_of_one_party_are_added_too() -> None:
    text = "Council,Labour,Labour & Co-operative,Conservative,Local Conservatives\nX,18,6,9,1\n"
    assert results(text) == {"X": {"lab": 24, "con": 10}}


def test_a_party_that_stands_twice_under_one_name_is_wrong() -> None:
    text = "council,party,seats\nX,Labour,18\nX,Labour,6\n"
    assert results(text) == {}
    assert "stands twice" in faults(text)[0]


@pytest.mark.parametrize(
    "head",
    ["COUNCILS,SNP,CONSERVATIVE,LABOUR,LIB DEM,INDEPENDENT,GREEN,OTHER,TOTAL",
     "Councils,S.N.P.,Conservatives,Labour,Lib Dems,Independents,Greens,Others,Total",
     "Local authorities,SNP,Con,Lab,LD,Ind,Grn,Oth,Totals"],
)  # fmt: skip
def test_heads_in_capitals_and_plurals_and_marks_beside_a_figure(head: str) -> None:
    text = f"{head}\nFIFE,29,15,24,7,0,0,0,75\nEAST AYRSHIRE,14,6,9,0,3,0,1(RP),33\nTOTAL,43,21,33,7,3,0,1,108\n"
    found = results(text)
    assert list(found) == ["FIFE", "EAST AYRSHIRE"]
    assert sum(found["EAST AYRSHIRE"].values()) == 33
    assert faults(text) == []


@pytest.mark.parametrize("mark", ["1(RP)", "1 (RP)", "1 [note]", "1*", "1†"])
def test_a_mark_beside_a_figure_is_no_part_of_it(mark: str) -> None:
    assert results(f"Council,Con,Other\nX,3,{mark}\n") == {"X": {"con": 3, "local": 1}}


@pytest.mark.parametrize("cell", ["1 2", "x1", "1(2)", "1.5", "one"])
def test_what_is_no_figure_leaves_the_council_out(cell: str) -> None:
    assert results(f"Council,Con,Lab\nX,3,{cell}\n") == {}


@pytest.mark.parametrize(
    "text",
    ["Council | Con | Lab | LD | Total\nFife | 15 | 24 | 7 | 46\nAngus | 8 | 0 | 2 | 10\n",
     "| Council | Con | Lab | LD |\n|---|---|---|---|\n| Fife | 15 | 24 | 7 |\n| Angus | 8 | 0 | 2 |\n",
     "| Council | Con | Lab | LD |\n|:---|---:|---:|:-:|\n| Fife | 15 | 24 | 7 |\n| Angus | 8 | 0 | 2 |"],
)  # fmt: skip
@pytest.mark.parametrize("name", ["t.txt", "t.md", "t.csv"])
def test_a_table_with_pipes_is_a_table(text: str, name: str) -> None:
    assert results(text, name) == {
        "Fife": {"con": 15, "lab": 24, "ld": 7}, "Angus": {"con": 8, "lab": 0, "ld": 2}
    }  # fmt: skip


@pytest.mark.parametrize(
    "above",
    ["Local election results 2026\n", "Results,,,\n\n", "Published by the council,,,\nUpdated 02:10,,,\n",
     "\ufeffState of the parties after the election of 7 May 2026,,,\n,,,\n"],
)  # fmt: skip
def test_a_title_may_stand_above_the_names_of_the_columns(above: str) -> None:
    assert results(f"{above}Council,Con,Lab,LD\nFife,15,24,7\n") == {
        "Fife": {"con": 15, "lab": 24, "ld": 7}
    }


def test_a_column_of_control_alone_is_a_rush_and_its_figures_are_left_out() -> None:
    text = (
        "Council,Previous control,Largest party,New control\nMedway,Con,Lab – 33 of 59 seats,Lab\n"
    )
    assert [type(it.message) for it in said(text)] == [Remark, Rush]
