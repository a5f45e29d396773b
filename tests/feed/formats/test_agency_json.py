"""The agency's messages as JSON made from the XML."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feed.formats.agency.notations import is_agency_json, read_agency_json, read_agency_xml
from feed.model.messages import Message, Result
from tests.feed.agency_night import a_night
from tests.feed.agency_public_set import as_json
from tests.feed.formats.agency_builders import a_council, a_result, an_arrival, only, refusals


def messages(obj: object) -> list[Message]:
    return [statement.message for statement in read_agency_json(an_arrival(json.dumps(obj)))]


def test_json_says_what_the_xml_that_it_was_made_from_says() -> None:
    for file in a_night(1, councils=40).files:
        from_xml = [statement.message for statement in read_agency_xml(an_arrival(file.data))]
        assert messages(as_json(file.data)) == from_xml


def test_json_has_no_lines() -> None:
    (statement,) = read_agency_json(an_arrival(json.dumps(as_json(a_result()))))
    assert statement.line is None


def test_a_list_of_messages_is_read_in_its_order() -> None:
    two = a_result(a_council("Birch"), a_council("Cedar"))
    found = messages([as_json(a_result(a_council("Alder"))), as_json(two)])
    assert [m.council for m in found if isinstance(m, Result)] == ["Alder", "Birch", "Cedar"]


def test_noise_between_the_elements_is_passed_over() -> None:
    noisy = as_json(a_result())
    noisy["LocalElectionResult"]["#text"] = "\n  "
    noisy["?xml"] = {"@version": "1.0"}
    noisy["LocalElectionResult"]["Election"]["Council"]["#comment"] = ["late"]
    assert messages(noisy) == messages(as_json(a_result()))


def test_numbers_and_booleans_in_place_of_strings_are_taken() -> None:
    plain = as_json(a_result(a_council(newCouncil="true"), revision=2))
    typed = as_json(a_result(a_council(newCouncil="true"), revision=2))
    typed["LocalElectionResult"]["@revision"] = 2
    council = typed["LocalElectionResult"]["Election"]["Council"]
    council["@newCouncil"] = True
    council["@sittingParty"] = None
    for party in council["NewCouncil"]["Party"]:
        party["@seats"] = int(party["@seats"])
    assert messages(typed) == messages(plain)


@pytest.mark.parametrize(
    ("obj", "is_agency"),
    [
        ({"LocalElectionResult": {}}, True),
        ([{"LocalStateOfParties": {}}, {"x": 1}], True),
        ({"kind": "result"}, False),
        ([], False), ("LocalElectionResult", False), (None, False), ([["LocalElectionResult"]], False),
    ],
)  # fmt: skip
def test_the_agencys_json_is_known_by_its_root(obj: object, is_agency: bool) -> None:
    assert is_agency_json(obj) is is_agency


def test_a_wrong_value_rejects_its_council_only() -> None:
    obj = as_json(a_result(a_council(won={"con": "-3"}), a_council("Birch")))
    statements = read_agency_json(an_arrival(json.dumps(obj)))
    ((line, what),) = refusals(statements)
    assert line is None
    assert what.startswith("Council “Alder”: seats of Party “Conservative” is “-3”")
    assert [s.message.council for s in statements if isinstance(s.message, Result)] == ["Birch"]


def test_what_is_no_message_rejects_its_place_in_the_list_only() -> None:
    statements = read_agency_json(an_arrival(json.dumps([{"x": 1}, as_json(a_result())])))
    ((_, what),) = refusals(statements)
    assert what.startswith("Item 1 is no message")
    assert len(statements) == 2


def test_an_attribute_that_is_a_list_rejects_its_message_only() -> None:
    wrong = as_json(a_result())
    wrong["LocalElectionResult"]["@revision"] = ["1"]
    statements = read_agency_json(an_arrival(json.dumps([wrong, as_json(a_result())])))
    ((_, what),) = refusals(statements)
    assert "@revision is a list or an object" in what
    assert isinstance(statements[1].message, Result)


@pytest.mark.parametrize(
    ("data", "line", "what"),
    [
        (b"", 1, "cut short"),
        (b'{"LocalElectionResult":\n {"@rev', 2, "cut short"),
        (b'{"LocalElectionResult":\n', 2, "cut short"),
        (b'{"LocalElectionResult":\n oops, {}}', 2, "broken"),
        (b"[" * 100_000, None, "nested too deep"),
        (b'{"LocalElectionResult":' + b'{"a":' * 5000 + b"1" + b"}" * 5001, None, "nested too deep"),
        (b'{"LocalElectionResult":{}, "LocalElectionResult":{}}', None, "stands twice in one object"),
        (b'{"\xff": 1}', None, "not UTF-8"),
        (b'{"LocalElectionResult": []}', None, "holds no message"),
        (b"[]", None, "holds no message"),
        (b"9" * 5000, None, "no message"),
        (b'{"LocalElectionResult": NaN}', None, "names no Election"),
    ],
)  # fmt: skip
def test_broken_json_is_rejected(data: bytes, line: int | None, what: str) -> None:
    ((where, why),) = refusals(read_agency_json(an_arrival(data)))
    assert where == line
    assert what in why


def test_a_byte_order_mark_is_passed_over() -> None:
    data = b"\xef\xbb\xbf" + json.dumps(as_json(a_result())).encode()
    assert isinstance(only(read_agency_json(an_arrival(data))), Result)


_TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "Election",
                    "Council",
                    "Party",
                    "NewCouncil",
                    "Parties",
                    "@name",
                    "@date",
                    "@seats",
                    "#text",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(["LocalElectionResult", "LocalStateOfParties", "Recount", "x"]), _TREES)
def test_no_tree_raises(root: str, tree: object) -> None:
    assert read_agency_json(an_arrival(json.dumps({root: tree})))
