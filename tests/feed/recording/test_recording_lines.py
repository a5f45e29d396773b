"""A recording keeps every arrival byte for byte."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feed.file_names import escaped
from feed.model.arrival import Arrival
from feed.recording.lines import (
    BadLineError,
    Header,
    Recorded,
    arrival_line,
    header_line,
    read_arrival,
    read_header,
)
from feed.recording.reader import BadLine, read_recording
from feed.recording.writer import Recorder
from tests.feed.steering import STEERING

MOMENTS = st.datetimes(timezones=st.just(UTC))
ARRIVALS = st.builds(
    Arrival,
    path=st.binary(max_size=20).map(escaped),
    data=st.binary(max_size=60) | st.text(max_size=60).map(str.encode),
    seen_at=MOMENTS,
    modified_at=st.none() | MOMENTS,
    line=st.none() | st.integers(1, 10**6),
)


def sealed(fields: object) -> bytes:
    """Write what a forger would, with a checksum that is right."""
    body = json.dumps(fields, separators=(",", ":")).encode()
    return body[:-1] + b',"c":"%08x"}' % crc32(body)


@given(st.integers(0, 10**9), ARRIVALS)
def test_a_line_says_what_was_written(seq: int, arrival: Arrival) -> None:
    line = arrival_line(seq, arrival)
    assert line.isascii()
    assert line.count(b"\n") == 1
    assert read_arrival(line[:-1]) == Recorded(seq, arrival)


@given(st.text())
def test_a_path_in_a_forged_line_cannot_steer_a_terminal(path: str) -> None:
    line = arrival_line(1, Arrival(path, b"", datetime(2019, 5, 3, tzinfo=UTC)))
    assert not STEERING.search(read_arrival(line[:-1]).arrival.path)


@given(MOMENTS, st.text(), st.none() | st.text())
def test_a_header_says_what_was_written(started: datetime, source: str, election: str) -> None:
    header = Header(started, source, election)
    assert read_header(header_line(header)[:-1]) == header


def test_a_folder_whose_name_is_no_text_is_kept_too() -> None:
    header = Header(datetime(2019, 5, 2, 22, tzinfo=UTC), os.fsdecode(b"/feeds/\xff"))
    assert read_header(header_line(header)[:-1]) == header


@settings(max_examples=50, deadline=None)
@given(st.lists(ARRIVALS, max_size=6))
def test_recording_and_reading_back_is_the_identity(arrivals: list[Arrival]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "night.jsonl"
        recorder = Recorder.open(path, Path(folder) / "feed")
        recorder.append(arrivals[:2])
        recorder.append(arrivals[2:])
        recorder.close()
        assert list(read_recording(path)) == arrivals


@given(ARRIVALS, st.data())
def test_no_changed_byte_goes_unnoticed(arrival: Arrival, data: st.DataObject) -> None:
    line = bytearray(arrival_line(1, arrival)[:-1])
    at = data.draw(st.integers(0, len(line) - 1))
    line[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(BadLineError):
        read_arrival(bytes(line))


GOOD = json.loads(arrival_line(1, Arrival("a.json", b"{}", datetime(2019, 5, 3, tzinfo=UTC))))
del GOOD["c"]


def test_the_forged_line_is_good_when_nothing_is_forged() -> None:
    assert read_arrival(sealed(GOOD)).arrival.data == b"{}"


@pytest.mark.parametrize(
    "forged",
    [
        {"seq": -1},
        {"seq": True},
        {"seq": None},
        {"src": 7},
        {"line": "1"},
        {"line": -1},
        {"size": 3},
        {"h": "00"},
        {"t": "{ }"},
        {"t": "\ud800"},
        {"t": None},
        {"recv": "tonight"},
        {"recv": "2019-05-03T01:00:00"},
        {"recv": "0001-01-01T00:00:00+23:59"},
        {"mtime_ns": "1"},
        {"mtime_ns": 10**30},
    ],
    ids=str,
)
def test_a_hostile_line_is_refused_though_its_checksum_is_right(forged: dict[str, object]) -> None:
    with pytest.raises(BadLineError):
        read_arrival(sealed({**GOOD, **forged}))


@pytest.mark.parametrize(
    "line",
    [b"", b"{}", b"[]", sealed({"b64": "*"}), b'["x"' + sealed({})[2:], sealed({"nightdesk_recording": 2})],
)  # fmt: skip
def test_what_is_no_line_of_a_recording_is_refused(line: bytes) -> None:
    for read in (read_arrival, read_header):
        with pytest.raises(BadLineError):
            read(line)


def test_bytes_that_are_no_text_are_kept_too(tmp_path: Path) -> None:
    arrival = Arrival(r"b\xff.json", b"\xff\x00\xfe", datetime(2019, 5, 3, tzinfo=UTC))
    fields = json.loads(arrival_line(1, arrival))
    assert "t" not in fields
    assert fields["b64"] == "/wD+"


def test_a_bad_line_in_the_middle_is_told_by_its_number_and_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "night.jsonl"
    recorder = Recorder.open(path, tmp_path / "feed")
    recorder.append(a_night(4))
    recorder.close()
    lines = path.read_bytes().split(b"\n")
    lines[2] = lines[2].replace(b"file 1", b"file 7")
    path.write_bytes(b"\n".join(lines)[:-1])
    items = list(read_recording(path))
    bad = [item for item in items if isinstance(item, BadLine)]
    assert [(item.line, item.torn) for item in bad] == [(3, False)]
    assert "checksum" in bad[0].what
    assert [item.data for item in items if isinstance(item, Arrival)] == [
        b"file 0", b"file 2", b"file 3",
    ]  # fmt: skip


def test_a_torn_last_line_is_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "night.jsonl"
    recorder = Recorder.open(path, tmp_path / "feed")
    recorder.append(a_night(2))
    recorder.close()
    path.write_bytes(path.read_bytes()[:-20])
    *good, last = read_recording(path)
    assert good == a_night(1)
    assert isinstance(last, BadLine)
    assert (last.line, last.torn) == (3, True)


def a_night(count: int) -> list[Arrival]:
    """Return so many arrivals, one a second."""
    return [
        Arrival(f"{number}.json", b"file %d" % number, datetime(2019, 5, 3, 0, 0, number, tzinfo=UTC))
        for number in range(count)
    ]  # fmt: skip
