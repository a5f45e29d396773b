"""Times on the night: kept in UTC, shown on London's clock, whatever the machine's own."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feed.clock import day, hh_mm, zone
from feed.formats import read
from feed.model.arrival import Arrival
from feed.model.messages import News, Rejection

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2019-05-02T22:00:00+01:00", "Thu 2 May 22:00 BST"),
        ("2019-05-02T21:00:00Z", "Thu 2 May 22:00 BST"),
        ("2019-05-03T20:00:00+01:00", "Fri 3 May 20:00 BST"),
        ("2019-05-02T23:30:00Z", "Fri 3 May 00:30 BST"),
        ("2019-05-02T17:00:00-04:00", "Thu 2 May 22:00 BST"),
        ("2019-10-27T00:30:00Z", "Sun 27 Oct 01:30 BST"),
        ("2019-10-27T01:30:00Z", "Sun 27 Oct 01:30 GMT"),
        ("2019-03-31T00:59:59Z", "Sun 31 Mar 00:59 GMT"),
        ("2019-03-31T01:00:00Z", "Sun 31 Mar 02:00 BST"),
    ],
)
def test_a_time_is_shown_on_londons_clock(written: str, shown: str) -> None:
    message = _news(written)
    assert isinstance(message, News)
    assert message.at is not None
    assert message.at.tzinfo is UTC
    assert f"{day(message.at)} {hh_mm(message.at)} {zone(message.at)}" == shown


@pytest.mark.parametrize(
    "written", ["2019-05-02T22:00:00", "2019-05-02", "22:00", "0001-01-01T00:00:00+14:00"]
)
def test_a_time_without_an_offset_or_out_of_the_calendar_is_refused(written: str) -> None:
    assert isinstance(_news(written), Rejection)


def _news(written: str) -> object:
    data = f'{{"kind": "news", "text": "x", "at": "{written}"}}'.encode()
    (statement,) = read(Arrival("a.json", data, datetime(2019, 5, 3, tzinfo=UTC)))
    return statement.message


@pytest.mark.parametrize(
    "zone_here", ["UTC", "America/Los_Angeles", "Pacific/Kiritimati", "Nowhere/Land"]
)
def test_the_machines_own_zone_changes_no_line(zone_here: str) -> None:
    program = (
        "from datetime import UTC, datetime; from feed.clock import hh_mm, zone, day;"
        "at = datetime(2019, 5, 2, 23, 30, tzinfo=UTC); print(day(at), hh_mm(at), zone(at))"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT,
        env={**os.environ, "TZ": zone_here, "PYTHONTZPATH": ""},
    )  # fmt: skip
    assert told.stdout.strip() == "Fri 3 May 00:30 BST"
