"""ModernGov's election XML: wards become ward results."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from feed.formats.moderngov import is_moderngov, read_moderngov
from feed.model.arrival import Arrival
from feed.model.messages import Rejection, Statement, WardResult

FILES = Path(__file__).parent / "files" / "moderngov"
SEEN = datetime(2019, 5, 3, 1, 0, tzinfo=UTC)


def statements(name: str, path: str = "feed/results.xml") -> tuple[Statement, ...]:
    return read_moderngov(Arrival(path, (FILES / name).read_bytes(), SEEN))


def wards(name: str, path: str = "feed/results.xml") -> list[WardResult]:
    found = [each.message for each in statements(name, path)]
    return [each for each in found if isinstance(each, WardResult)]


def test_a_ward_becomes_a_ward_result() -> None:
    buckingham, cokeham = wards("good.xml")
    assert (buckingham.council, buckingham.ward) == ("Adur District Council", "Buckingham")
    assert (buckingham.seats, dict(buckingham.won), buckingham.majority) == (1, {"con": 1}, 50)
    assert (buckingham.electorate, buckingham.turnout) == (3080, 38.1)
    assert buckingham.election is not None
    assert buckingham.election.date == date(2018, 5, 3)
    assert dict(cokeham.won) == {"aspire": 1, "green": 1}
    assert cokeham.party_names == {"aspire": "Aspire"}
    assert [each.line for each in statements("good.xml")] == [8, 18]


def test_attributes_and_other_names_for_the_same_are_read() -> None:
    (ward,) = wards("odd_attributes.xml")
    assert (ward.council, ward.ward, dict(ward.won)) == ("Hull", "Avenue", {"lab": 1})
    assert ward.election is not None
    assert ward.election.date == date(2019, 5, 2)


@pytest.mark.parametrize(
    "path", ["adur.xml", "moderngov/adur/results.xml", "feed/Adur_2018.x/r.xml"]
)
def test_the_council_is_taken_from_the_file_or_its_folder(path: str) -> None:
    found = wards("odd_no_council.xml", path)
    expected = [] if "2018" in path else ["Adur"]
    assert [each.council for each in found] == expected


def test_without_a_council_the_file_is_refused_with_a_word() -> None:
    (statement,) = statements("odd_no_council.xml")
    assert isinstance(statement.message, Rejection)
    assert "does not say which council" in statement.message.what
    assert "Name the file or its folder" in statement.message.fix


def test_a_bad_ward_leaves_no_other_out() -> None:
    first, second = statements("odd_one_bad_ward.xml")
    assert isinstance(first.message, Rejection)
    assert first.message.what == "numvotes is “ten”; expected a whole number"
    assert first.line == 2
    assert isinstance(second.message, WardResult)


BROKEN = {
    "cut_off": (2, "the XML cannot be read", "Send it again"),
    "entities": (None, "the XML is refused", "Send it without a document type"),
    "nobody": (None, "there is no candidate in this XML", "Ask for the election again"),
    "nobody_elected": (None, "nobody is elected in any ward", "If the count is not over"),
    "no_party": (1, "a candidate has no party", "Correct the ward"),
    "no_ward": (1, "ward is empty; expected text", "Correct the ward"),
    "elected": (1, "elected is “perhaps”; expected True or False", "Correct the ward"),
    "turnout": (1, "turnout is “high”; expected a number", "Correct the ward"),
    "too_many_elected": (1, "2 candidates are elected; expected 1 at most", "Correct the ward"),
    "too_deep": (None, "elements stand more than 64 deep", "Send it without"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_xml_gives_one_sentence_to_act_on(name: str) -> None:
    line, what, fix = BROKEN[name]
    (statement,) = statements(f"broken_{name}.xml")
    assert isinstance(statement.message, Rejection)
    assert what in statement.message.what
    assert fix in statement.message.fix
    assert statement.line == line


def test_every_broken_file_is_accounted_for() -> None:
    assert {path.stem.removeprefix("broken_") for path in FILES.glob("broken_*")} == set(BROKEN)


def test_the_results_are_known_by_their_root() -> None:
    assert is_moderngov((FILES / "good.xml").read_bytes())
    assert is_moderngov((FILES / "odd_attributes.xml").read_bytes())
    assert is_moderngov(b"<!-- made at night -->\n<ArrayOfElection>")
    assert not is_moderngov(b"<LocalElectionResult>")
    assert not is_moderngov(b"<html><election></html>")


@pytest.mark.parametrize("name", ["good.xml", "odd_attributes.xml"])
def test_xml_cut_at_any_byte_is_a_rejection(name: str) -> None:
    data = (FILES / name).read_bytes().rstrip()
    for end in range(1, len(data), 7):
        (statement,) = read_moderngov(Arrival("x.xml", data[:end], SEEN))
        assert isinstance(statement.message, Rejection)
