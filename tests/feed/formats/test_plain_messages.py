"""A plain message is read in one go, and exactly as the careful reader reads it."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feed.formats.native.plain import plain_reader
from feed.formats.native.reader import NATIVE, SCHEMA, after_space, read_native, value_at
from feed.model.arrival import Arrival
from feed.model.messages import NativeMessage
from tests.feed.builders import minutes

read_plain = plain_reader(SCHEMA)

WORDS = st.sampled_from(
    ["Hull", "Kingston upon Hull", "Ynys Môn", "St Mary’s", " Hull", "Hull ", "Hull  East", "", ":x",
     "a\tb", "a : b", 'the "Ark"', "a\\b", "ﬁ", "e\u0301", "\u200bHull", "\u202eHull", "x" * 121, 3, None]
)  # fmt: skip
PARTIES = st.sampled_from(
    ["con", "lab", "Labour", "labour", " con", "Our Town", "our-town", "", "noc"]
)
NUMBERS = st.sampled_from([0, 1, 19, 2000, 2001, -1, 1.0, 1.5, True, "1", None, 10**400, 1e300])
TIMES = st.sampled_from(
    ["2019-05-02T23:35:00+01:00", "2019-05-02T23:35:00Z", "2019-05-02T23:35:00", "2019-05-02",
     "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2019-05-02 23:35:00.5+01:00", 0, None]
)  # fmt: skip
SEATS = st.dictionaries(PARTIES, NUMBERS, max_size=3)
ELECTIONS = st.fixed_dictionaries(
    {"date": st.sampled_from(["2019-05-02", "2019-02-30", "2019-05-02T00:00:00", 1])},
    optional={"name": WORDS, "id": WORDS, "timezone": st.sampled_from(["Europe/London", "UTC"])},
)
ROWS = st.lists(
    st.fixed_dictionaries({"party": PARTIES}, optional={"name": WORDS, "seats_won": NUMBERS}), max_size=2
)  # fmt: skip
FIELDS: Mapping[str, st.SearchStrategy[Any]] = {
    "election": ELECTIONS, "at": TIMES, "expected_at": TIMES, "source": WORDS, "note": WORDS,
    "test": st.sampled_from([True, False, 1]), "council": WORDS, "ward": WORDS, "seats": NUMBERS,
    "gss": st.sampled_from(["E06000006", "E0600000", "E06000006 "]), "won": SEATS, "after": SEATS,
    "party_names": st.dictionaries(PARTIES, WORDS, max_size=2), "revision": NUMBERS,
    "control_after": PARTIES, "text": WORDS, "rows": ROWS, "totals": ROWS, "declared": NUMBERS,
    "at_basis": st.sampled_from(["estimated", "told"]), "contest": st.sampled_from(["mayor", "x"]),
    "area": WORDS, "turnout": NUMBERS,
    "changes": st.lists(st.fixed_dictionaries({"baseline": st.just("eve_of_poll"), "seats": SEATS}), max_size=2),
    "parties": st.lists(st.fixed_dictionaries({"party": PARTIES}, optional={"held": NUMBERS}), max_size=2),
}  # fmt: skip
PLAIN: Mapping[str, Mapping[str, Any]] = {
    "ward_result": {"council": "Hull", "ward": "Avenue", "seats": 1, "won": {"lab": 1}},
    "result": {"council": "Hull", "after": {"lab": 30, "ld": 26}},
    "roster": {"council": "Hull", "parties": [{"party": "lab", "held": 30}]},
    "expected": {"council": "Hull", "expected_at": "2019-05-03T02:00:00+01:00"},
    "news": {"text": "First result expected at 23:30"},
    "agency_total": {"declared": 3, "rows": [{"party": "lab", "seats_won": 30}]},
    "contest": {"contest": "mayor", "area": "Bedford"},
    "withdrawal": {"council": "Hull", "revision": 2},
}


def carefully(data: bytes) -> NativeMessage:
    text = data.decode()
    message: NativeMessage = NATIVE.validate_json(text)
    value_at(text, after_space(text, 0))
    return message


@st.composite
def files(draw: st.DrawFn) -> bytes:
    kind = draw(st.sampled_from(sorted(PLAIN)))
    names = draw(st.lists(st.sampled_from(sorted(FIELDS)), max_size=3, unique=True))
    fields = {"kind": kind, **PLAIN[kind], **{name: draw(FIELDS[name]) for name in names}}
    text = json.dumps(
        fields,
        ensure_ascii=draw(st.booleans()),
        indent=draw(st.sampled_from([None, 1])),
        separators=draw(
            st.sampled_from([(",", ":"), (", ", ": "), (",\n", " :\n"), ("\t,", "\r:")])
        ),
    )
    again = draw(st.sampled_from(["", '"kind"', '"council"', '"gss"']))
    if again:
        text = text[: text.rindex("}")] + f', {again}: "Hull"}}'
    return text.encode()


@settings(max_examples=300)
@given(files())
def test_what_is_read_in_one_go_is_what_the_careful_reader_reads(data: bytes) -> None:
    plain = read_plain(data)
    if plain is None:
        return
    careful = carefully(data)
    assert plain == careful
    assert repr(plain) == repr(careful)
    assert plain.__pydantic_fields_set__ == careful.__pydantic_fields_set__


@settings(max_examples=200)
@given(files(), st.integers(0, 400), st.binary(max_size=2))
def test_of_broken_bytes_no_more_is_read_than_by_the_careful_reader(
    data: bytes, at: int, instead: bytes
) -> None:
    broken = data[:at] + instead + data[at + 1 :]
    plain = read_plain(broken)
    if plain is not None:
        assert repr(plain) == repr(carefully(broken))


@pytest.mark.parametrize("kind", sorted(PLAIN))
@pytest.mark.parametrize("separators", [(",", ":"), (", ", ": ")])
def test_a_plain_message_of_every_kind_is_read_in_one_go(
    kind: str, separators: tuple[str, str]
) -> None:
    message = {"kind": kind, "election": {"date": "2019-05-02"}, **PLAIN[kind]}
    assert read_plain(json.dumps(message, separators=separators).encode()) is not None


@pytest.mark.parametrize(
    "text",
    [
        '{"kind": "news", "text": "a", "text": "b"}',
        '{"kind": "news", "text": "a", "text" : "b"}',
        '{"kind": "news", "text": "a", "text"\n: "b"}',
        '{"kind": "news", "text": ":", "te\\u0078t": "b"}',
        '{"kind": "ward_result", "council": "a", "ward": "b", "seats": 1, "won": {"lab": 1, "lab": 2}}',
        '{"kind": "ward_result", "council": "a", "ward": "b", "seats": 1, "won": {"lab": 1, "Labour": 2}}',
        '{"kind": "news", "text": "a", "election": {"date": "2019-05-02", "date": "2019-05-02"}}',
    ],
)
def test_what_says_one_thing_twice_is_left_to_the_careful_reader(text: str) -> None:
    assert read_plain(text.encode()) is None
    (statement,) = read_native(Arrival("a.json", text.encode(), minutes(0)))
    assert statement.message.kind == "rejection"


def test_a_text_that_only_looks_like_keys_is_left_to_the_careful_reader() -> None:
    text = r'{"kind": "news", "text": "he said \"no\": \"yes\": so it is"}'
    (statement,) = read_native(Arrival("a.json", text.encode(), minutes(0)))
    assert statement.message.kind == "news"
