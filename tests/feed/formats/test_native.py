"""Our own format: what is taken, and what is said about what is not."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from feed.formats.native.reader import NATIVE, read_native
from feed.formats.native.schema import native_schema
from feed.model.arrival import Arrival
from feed.model.messages import Rejection, Result, Statement

FILES = Path(__file__).parent / "files" / "native"
SEEN = datetime(2019, 5, 3, 1, 0, tzinfo=UTC)


def an_arrival(data: str | bytes, line: int | None = None) -> Arrival:
    content = data if isinstance(data, bytes) else data.encode()
    return Arrival("feed/x.json", content, SEEN, SEEN, line)


def statements(name: str) -> tuple[Statement, ...]:
    return read_native(an_arrival((FILES / name).read_bytes()))


def said(data: str | bytes, line: int | None = None) -> list[tuple[int | None, str]]:
    return [(each.line, each.message.kind) for each in read_native(an_arrival(data, line))]


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("good_one.json", [(None, "result")]),
        ("good_list.json", [(2, "election"), (3, "roster"), (5, "rush")]),
        ("good_messages.json", [(3, "expected"), (4, "news")]),
        ("good_lines.jsonl", [(1, "news"), (2, "ward_result"), (4, "withdrawal")]),
        ("odd_byte_order_mark.json", [(None, "news")]),
        ("odd_lines_crlf.jsonl", [(1, "news"), (2, "news")]),
        ("odd_one_bad_in_a_list.json", [(2, "news"), (3, "rejection"), (5, "news")]),
        ("odd_one_bad_line.jsonl", [(1, "news"), (2, "rejection"), (3, "news")]),
        ("odd_escapes.json", [(None, "news")]),
    ],
)
def test_every_message_is_read_with_the_line_that_it_begins_on(
    name: str, kinds: list[tuple[int | None, str]]
) -> None:
    assert [(each.line, each.message.kind) for each in statements(name)] == kinds


def test_a_result_means_what_it_says() -> None:
    (statement,) = statements("good_one.json")
    result = statement.message
    assert isinstance(result, Result)
    assert dict(result.after) == {"con": 28, "lab": 17, "ld": 9, "green": 2, "local": 4}
    assert result.at == datetime(2019, 5, 3, 1, 0, tzinfo=UTC)
    assert (result.control_before, result.control_after) == ("con", "noc")


BROKEN = {
    "cut_off": (1, "the JSON ends too early", "Send it again"),
    "trailing_comma": (4, "this is no JSON at column 1: “}”", "no comma before }"),
    "two_values": (1, "there is more after the end of the JSON", "in a list"),
    "negative_seats": (6, "after.Con is −3; expected 0 or more", "Correct the value"),
    "text_for_a_number": (1, "after.Lab is “20”; expected a whole number", "without quotes"),
    "decimal": (1, "after.Lab is 20.5; expected a whole number", "decimals"),
    "misspelt_field": (1, "aftr is no field of “result”", "Did you mean “after”?"),
    "no_kind": (1, "there is no “kind”; expected one of election, roster", '"kind": "result"'),
    "unknown_kind": (1, "kind is “reslt”; expected one of", '"kind": "result"'),
    "no_council": (1, "council is missing from the rush", "Add “council”"),
    "time_without_offset": (1, "expected a time with an offset", "Add the offset: +01:00"),
    "date": (1, "election.date is “2 May 2019”; expected a date such as 2019-05-02", "Correct"),
    "same_party_twice": (1, "after: 'Con' and 'Tory' are the same party", "each party once"),
    "same_key_twice": (1, "the key “Con” stands twice", "Keep one of the two"),
    "not_finite": (1, "turnout is nan; expected a finite number", "Leave the field out"),
    "huge_number": (1, "after.Con is a number of more than 15 digits", "Correct the value"),
    "endless_number": (1, "a number has too many digits", "Correct the figure"),
    "turnout": (1, "turnout is 131.5; expected 100 or less", "Correct the value"),
    "baseline": (1, "changes[0].baseline is “2015”; expected eve_of_poll, last", "one of the"),
    "code": (1, "gss is “E0700”; expected a code of a capital letter", "the name is enough"),
    "empty_list": (None, "the list of messages is empty", "Write a message such as"),
    "list_of_numbers": (1, "the message is 1; expected an object", "Say what the message is"),
    "utf16": (None, "the file is in UTF-16", "Save the file as UTF-8"),
    "latin1": (2, "byte 0xe9 is no UTF-8", "Save the file as UTF-8"),
    "nul": (1, "there is a NUL byte", "Copy the file again"),
    "half_a_character": (1, "this is no JSON", "Say what the message is"),
    "too_long": (1, "council is longer than 120 characters", "Correct the value"),
    "empty_text": (1, "text is empty; expected text", "Correct the value"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_gives_one_sentence_to_act_on(name: str) -> None:
    line, what, fix = BROKEN[name]
    (statement,) = statements(f"broken_{name}.json")
    assert isinstance(statement.message, Rejection)
    assert what in statement.message.what
    assert fix in statement.message.fix
    assert (statement.line, statement.message.line) == (line, line)


def test_the_whole_messages_of_a_list_that_is_cut_off_are_taken() -> None:
    first, second = statements("broken_list_cut_off.json")
    assert first.message.kind == "news"
    assert isinstance(second.message, Rejection)
    assert "ends too early" in second.message.what
    assert second.line == 3


def test_every_broken_file_is_accounted_for() -> None:
    names = {path.stem.removeprefix("broken_") for path in FILES.glob("broken_*")}
    assert names == {*BROKEN, "list_cut_off"}


def test_a_line_delivered_alone_keeps_its_number() -> None:
    assert said('{"kind": "news", "text": "a"}\n', line=7) == [(7, "news")]
    assert said('{"kind": "news", "text": }\n', line=7) == [(7, "rejection")]
    assert said('{"kind": "news"}', line=7) == [(7, "rejection")]


def test_brackets_without_end_are_refused() -> None:
    for deep in ("[" * 100_000, '{"a":' * 100_000, '{"kind": "news", "text": ' + "[" * 100_000):
        (statement,) = read_native(an_arrival(deep))
        assert isinstance(statement.message, Rejection)
        assert "nested too deeply" in statement.message.what


def test_a_pretty_printed_message_is_not_taken_for_lines() -> None:
    assert said('{\n"kind": "news", "election": {"date": "2019-05-02"}\n, "text": "a"}') == [
        (None, "news")
    ]
    assert said('{"messages": [\n{"kind": "news", "text": "a"}\n]}') == [(2, "news")]


def test_many_faults_are_told_in_one_sentence_of_bounded_length() -> None:
    seats = {f"party {number}": "x" * 90 for number in range(500)}
    (statement,) = read_native(an_arrival(json.dumps({"kind": "result", "after": seats})))
    assert isinstance(statement.message, Rejection)
    assert statement.message.what.endswith("and 498 more")
    assert len(statement.message.what) < 600


def test_escapes_are_shown_and_not_obeyed() -> None:
    (statement,) = statements("odd_escapes.json")
    assert "␛" in getattr(statement.message, "text", "")
    assert b"\x1b" not in statement.message.to_json()


def test_a_rejection_never_quotes_an_escape() -> None:
    for text in ('{"kind": "\\u001b[2J"}', '{"\\u001b[2J": 1, "kind": "news", "text": "a"}'):
        (statement,) = read_native(an_arrival(text))
        assert isinstance(statement.message, Rejection)
        assert "\x1b" not in statement.message.what + statement.message.fix


@pytest.mark.parametrize("name", ["good_one.json", "good_list.json", "odd_one_bad_in_a_list.json"])
def test_a_file_cut_at_any_byte_is_read_without_an_exception(name: str) -> None:
    data = (FILES / name).read_bytes()
    for end in range(1, len(data)):
        assert all(each.message for each in read_native(an_arrival(data[:end])))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_bytes_at_all_give_statements(data: bytes) -> None:
    assert read_native(an_arrival(b"{" + data))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.sampled_from(["result", "rush", "news", "roster", "contest", "ward_result", "withdrawal"]),
    st.dictionaries(
        st.sampled_from(
            ["council", "after", "text", "won", "changes", "parties", "at", "election"]
        ),
        JSON,
    ),
)
def test_any_values_in_the_fields_give_a_message_or_a_rejection(
    kind: str, values: dict[str, object]
) -> None:
    data = json.dumps({"kind": kind, **values})
    (statement,) = read_native(an_arrival(data))
    try:
        assert statement.message == NATIVE.validate_json(data)
    except ValidationError:
        assert isinstance(statement.message, Rejection)


def test_what_is_written_out_is_read_back() -> None:
    for name in ("good_one.json", "good_list.json", "good_messages.json", "good_lines.jsonl"):
        for statement in statements(name):
            again = read_native(an_arrival(statement.message.to_json().decode()))
            assert [each.message for each in again] == [statement.message]


def test_the_schema_names_every_kind() -> None:
    schema = native_schema()
    assert schema["title"] == "nightdesk message"
    kinds = set(schema["discriminator"]["mapping"])
    assert {"result", "rush", "roster", "news", "contest", "election"} <= kinds
    assert json.loads(json.dumps(schema)) == schema
