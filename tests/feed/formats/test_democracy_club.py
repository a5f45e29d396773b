"""Democracy Club's export: candidates become ward results."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feed.formats.democracy_club import is_democracy_club, read_democracy_club
from feed.model.arrival import Arrival
from feed.model.messages import Rejection, Remark, Statement, WardResult

FILES = Path(__file__).parent / "files" / "democracy_club"
SEEN = datetime(2019, 5, 3, 1, 0, tzinfo=UTC)


def an_arrival(data: bytes) -> Arrival:
    return Arrival("candidates.csv", data, SEEN)


def statements(name: str) -> tuple[Statement, ...]:
    return read_democracy_club(an_arrival((FILES / name).read_bytes()))


def wards(name: str) -> list[WardResult]:
    return [each.message for each in statements(name) if isinstance(each.message, WardResult)]


def rejections(name: str) -> list[tuple[int | None, str]]:
    found = [each for each in statements(name) if isinstance(each.message, Rejection)]
    return [(each.line, getattr(each.message, "what", "")) for each in found]


def test_a_ballot_becomes_a_ward_result() -> None:
    buckingham, _ = wards("good.csv")
    assert (buckingham.council, buckingham.ward) == ("Adur District Council", "Buckingham")
    assert (buckingham.seats, dict(buckingham.won)) == (1, {"con": 1})
    assert buckingham.majority == 50
    assert (buckingham.turnout, buckingham.electorate) == (38, 3080)
    assert buckingham.ward_gss == "E05007562"
    assert buckingham.election is not None
    assert buckingham.election.date == date(2018, 5, 3)


def test_several_seats_and_a_party_that_is_not_known() -> None:
    _, cokeham = wards("good.csv")
    assert (cokeham.seats, dict(cokeham.won)) == (2, {"lab": 1, "aspire": 1})
    assert cokeham.party_names == {"aspire": "Aspire"}
    assert cokeham.majority == 800


def test_a_ballot_on_which_nobody_is_elected_yet_says_nothing() -> None:
    assert [each.ward for each in wards("good.csv")] == ["Buckingham", "Cokeham"]
    assert rejections("good.csv") == []


def test_names_are_made_from_the_ballot_s_identity_where_they_are_missing() -> None:
    first, second = wards("odd_ids_only.csv")
    assert (first.council, first.ward) == ("Bath and North East Somerset", "Bathwick")
    assert (second.council, second.note) == ("Kingston upon Hull", "by-election")
    assert first.majority is None


def test_ballots_of_other_elections_are_left_out_with_one_remark() -> None:
    assert [each.ward for each in wards("odd_other_ballots.csv")] == ["Manor"]
    assert rejections("odd_other_ballots.csv") == []
    (remark,) = [it for it in statements("odd_other_ballots.csv") if isinstance(it.message, Remark)]
    assert remark.line == 2
    assert isinstance(remark.message, Remark)
    assert remark.message.what.startswith(
        "2 ballots, such as “mayor.bedford.2019-05-02”, were left out"
    )


def test_columns_are_known_by_their_labels_too() -> None:
    (ward,) = wards("odd_labels.csv")
    assert (ward.council, dict(ward.won)) == ("Kingston upon Hull", {"lab": 1})


def test_a_bad_row_leaves_its_ballot_out_and_no_other() -> None:
    assert [each.ward for each in wards("odd_one_bad_ballot.csv")] == ["Cokeham"]
    assert rejections("odd_one_bad_ballot.csv") == [
        (2, "elected is “maybe”; expected True or False")
    ]


BROKEN = {
    "no_elected": (1, "the column “elected” is missing", "Export it again with the fields"),
    "nobody_elected": (1, "nobody is elected on any ballot", "If the count is not over"),
    "too_many_elected": (2, "2 candidates are elected; expected 1 at most", "Correct the row"),
    "votes": (2, "votes_cast is “many”; expected a whole number", "Correct the row"),
    "no_party": (2, "there is no party_name in this row", "Correct the row"),
    "turnout": (2, "turnout is 380.0; expected 100 or less", "Correct the row"),
    "date": (2, "election_date is “2018-13-03”; expected a date", "Correct the row"),
    "open_quote": (2, "a quote that opens here is never closed", "Close the quote"),
    "header_only": (1, "nobody is elected on any ballot", "If the count is not over"),
    "shifted": (2, "the row has 4 cells; the header has 3", "Correct the row"),
    "utf16": (None, "the file is in UTF-16", "CSV UTF-8"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_export_gives_one_sentence_to_act_on(name: str) -> None:
    line, what, fix = BROKEN[name]
    (statement,) = statements(f"broken_{name}.csv")
    assert isinstance(statement.message, Rejection)
    assert what in statement.message.what
    assert fix in statement.message.fix
    assert statement.line == line


def test_every_broken_file_is_accounted_for() -> None:
    assert {path.stem.removeprefix("broken_") for path in FILES.glob("broken_*")} == set(BROKEN)


def test_the_export_is_known_by_its_key_column() -> None:
    assert is_democracy_club((FILES / "good.csv").read_bytes())
    assert is_democracy_club((FILES / "odd_labels.csv").read_bytes())
    assert not is_democracy_club(b"council,party,seats\nlocal.adur.manor.2018-05-03,Lab,1\n")


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(max_size=80))
def test_any_text_below_the_header_is_read(text: str) -> None:
    assert read_democracy_club(an_arrival(f"ballot_paper_id,party_name,elected\n{text}".encode()))
