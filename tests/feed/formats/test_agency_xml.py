"""The agency's XML as bytes: encodings, damage and malice."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feed.formats.agency.messages import ROOTS
from feed.formats.agency.notations import is_agency_xml, read_agency_xml
from feed.model.messages import Result
from tests.feed.formats.agency_builders import a_council, a_result, an_arrival, only, refusals

WHOLE = a_result(a_council("Zoëford", won={"con": 5}, changes={"con": -1}), revision=3)


@pytest.mark.parametrize(
    "data",
    [
        WHOLE.encode(),
        codecs.BOM_UTF8 + WHOLE.encode(),
        b'<?xml version="1.0" encoding="ISO-8859-1"?>\n' + WHOLE.encode("latin-1"),
        b"<?xml version='1.0' encoding='windows-1252'?>\n" + WHOLE.encode("cp1252"),
        WHOLE.encode("utf-16"),
        ('<?xml version="1.0" encoding="UTF-16LE"?>' + WHOLE).encode("utf-16-le"),
        b"\n <!-- of the agency --><?pa fed?>\n" + WHOLE.encode(),
    ],
)
def test_a_message_is_read_in_whatever_encoding_it_declares(data: bytes) -> None:
    assert is_agency_xml(data)
    result = only(read_agency_xml(an_arrival(data)))
    assert isinstance(result, Result)
    assert (result.council, result.revision) == ("Zoëford", 3)


def test_latin_1_that_does_not_say_so_is_rejected_with_the_way_out() -> None:
    ((line, what),) = refusals(read_agency_xml(an_arrival(WHOLE.encode("latin-1"))))
    assert line == 3
    assert what == "The file is not UTF-8 and does not say what else it is."


@pytest.mark.parametrize("root", sorted(ROOTS))
def test_each_of_the_agencys_roots_is_known(root: str) -> None:
    assert is_agency_xml(f"<{root} a='1'/>".encode())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"1556838000.5",
        b"<html/>",
        b"<LocalElectionResults/>",
        b'{"LocalElectionResult":1}',
        b"<?a?>" * 3000,
    ],
)
def test_what_is_not_the_agencys_is_known_as_such(data: bytes) -> None:
    assert not is_agency_xml(data)


def test_a_root_cut_in_its_name_is_still_the_agencys() -> None:
    assert is_agency_xml(b"<LocalElec")


@settings(deadline=None, max_examples=60)
@given(st.integers(0, len(WHOLE.encode().rstrip()) - 1))
def test_cut_anywhere_it_is_one_rejection_at_the_line_where_it_stops(end: int) -> None:
    data = WHOLE.encode()[:end]
    ((line, what),) = refusals(read_agency_xml(an_arrival(data)))
    assert line == max(1, data.count(b"\n") + 1)
    assert what in {"The file is empty.", "The file is cut short: the XML stops before its end."}


@pytest.mark.parametrize(
    ("xml", "line", "what"),
    [
        ("<LocalElectionResult>\n<Election>\n</LocalElectionResult>", 3, "mismatched tag"),
        ("<LocalElectionResult a='1' a='2'/>", 1, "duplicate attribute"),
        ("1556838000.482", 1, "syntax error"),
        ("<Weather/>", 1, "FirstPastThePostNominations, "),
        ("<" + "x" * 5000 + "/>", 1, "FirstPastThePostNominations, "),
        ("<a>" * 100_000, 1, "more than 64 deep"),
        ('<?xml version="1.0" encoding="klingon"?>\n<a/>', 1, "unknown encoding"),
        ('<?xml version="1.0" encoding="gb18030"?>\n<a/>', 1, "multi-byte encodings"),
    ],
)
def test_broken_xml_is_rejected_with_its_line(xml: str, line: int, what: str) -> None:
    ((where, why),) = refusals(read_agency_xml(an_arrival(xml)))
    assert where == line
    assert what in why


@pytest.mark.parametrize(
    "prologue",
    [
        "<!DOCTYPE LocalElectionResult>",
        '<!DOCTYPE LocalElectionResult SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE LocalElectionResult [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE LocalElectionResult [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_entities_and_document_types_are_refused(prologue: str) -> None:
    data = f"\n\n{prologue}\n{WHOLE}"
    assert is_agency_xml(data.encode())
    ((line, what),) = refusals(read_agency_xml(an_arrival(data)))
    assert line == 3
    assert "document type" in what


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=60), st.integers(0, len(WHOLE)), st.integers(0, 12))
def test_no_damage_raises(noise: bytes, at: int, cut: int) -> None:
    data = WHOLE.encode()
    damaged = data[:at] + noise + data[at + cut :]
    is_agency_xml(damaged)
    assert read_agency_xml(an_arrival(damaged))


@settings(deadline=None, max_examples=60)
@given(
    st.dictionaries(
        st.sampled_from(["paId", "type", "proportion", "newCouncil", "winningParty", "gainOrHold", "sittingParty"]),
        st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=150),
    ),
    st.dictionaries(st.text("ab -'é\u200b", max_size=130), st.text("+-0129x", max_size=12), max_size=4),
)  # fmt: skip
def test_no_value_raises(facts: dict[str, str], seats: dict[str, str]) -> None:
    xml = a_result(a_council(won=seats, changes=seats, after=seats, **facts))
    statements = read_agency_xml(an_arrival(xml))
    assert statements
    assert len(refusals(statements)) in {0, len(statements)}
