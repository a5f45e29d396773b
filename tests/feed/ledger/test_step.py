"""A statement is told by the line of the file that it stands on."""

from __future__ import annotations

import pytest

from feed.ledger.ledger import steps_of
from feed.model.arrival import Arrival
from tests.feed.builders import minutes

AGENCY = (
    b'{"LocalElectionResult": {"@revision": "1", "Election": {"@date": "2019-05-02", "Council": '
    b'{"@name": "Alder", "NewCouncil": {"Party": [{"@name": "Labour", "@seats": "3"}]}}}}}'
)


@pytest.mark.parametrize(
    "data", [b'{"kind": "news", "text": "x"}', b"Alder - Con hold", b"{", b"<a/>", AGENCY]
)
@pytest.mark.parametrize("line", [1, 2, 40])
def test_what_a_line_of_jsonl_says_stands_on_that_line(data: bytes, line: int) -> None:
    arrival = Arrival("night.jsonl", data, minutes(0), minutes(0), line)
    assert {step.origin.line for step in steps_of(arrival)} == {line}


def test_what_a_whole_file_says_stands_on_lines_of_its_own() -> None:
    data = b'{"kind": "news", "text": "x"}\n\n{"kind": "news", "text": "y"}\n'
    arrival = Arrival("night.json", data, minutes(0), minutes(0))
    assert [step.origin.line for step in steps_of(arrival)] == [1, 3]
