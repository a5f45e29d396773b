"""A rehearsal is of today: every time that a saved feed tells is moved to when it is dropped."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from math import inf
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feed.ledger.night import Night
from feed.rehearsal.folder import RehearsalFolder, drop_all
from feed.rehearsal.plan import Drop, DropPace, planned
from feed.rehearsal.today import Today, as_of_today
from feed.reports.silence import still_due
from feed.reports.summary import fingerprint
from feed.sources.saved import load

SAMPLES = Path(__file__).parents[3] / "sample_feeds"
FIRST = datetime(2019, 5, 2, 21, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 28, 15, 30, tzinfo=UTC)
"""22:00 in summer time, and 15:30 in winter."""


def a_drop(data: str | bytes, minutes: float = 0, path: str = "a.json") -> Drop:
    at = FIRST + timedelta(minutes=minutes)
    return Drop(at, path.encode(), data.encode() if isinstance(data, str) else data, at)


def today(*minutes: float, speed: float = 1.0, **pace: object) -> Today:
    drops = [a_drop("", minute) for minute in (0, *minutes)]
    return Today.of(drops, DropPace(speed, **pace), NOW)  # type: ignore[arg-type]


def moved(text: str, *, minutes: float = 0, speed: float = 1.0) -> str:
    return as_of_today(a_drop(text, minutes), today(minutes, speed=speed)).data.decode()


def test_at_the_night_s_own_speed_every_moment_is_moved_by_the_same_time() -> None:
    plan = today(60, 600)
    for minutes in (-90, 0, 30, 60, 599, 900):
        by = timedelta(minutes=minutes)
        assert plan.moment(FIRST + by) == NOW + by
    assert plan.day(date(2019, 5, 2)) == date(2026, 11, 28)
    assert plan.day(date(2019, 5, 3)) == date(2026, 11, 29)
    assert plan.day(date(2015, 5, 7)) == date(2015, 5, 7)


def test_at_sixty_times_the_speed_an_hour_to_come_is_a_minute_to_come() -> None:
    plan = today(60, 600, speed=60)
    assert plan.moment(FIRST + timedelta(hours=1)) == NOW + timedelta(minutes=1)
    assert plan.moment(FIRST + timedelta(hours=20)) == NOW + timedelta(minutes=20)
    assert plan.moment(FIRST - timedelta(hours=1)) == NOW - timedelta(hours=1)


def test_a_silence_that_is_cut_is_cut_in_the_times_too_and_what_is_dropped_at_once_is_past() -> (
    None
):
    cut = today(60, 61, gap_limit=5.0)
    assert cut.moment(FIRST + timedelta(minutes=60)) == NOW + timedelta(seconds=5)
    assert cut.moment(FIRST + timedelta(minutes=30)) == NOW + timedelta(seconds=2.5)
    late = today(60, 120, start=FIRST + timedelta(minutes=60))
    assert late.moment(FIRST) == NOW - timedelta(hours=1)
    assert late.moment(FIRST + timedelta(minutes=61)) == NOW + timedelta(minutes=1)
    at_once = today(60, speed=inf)
    assert at_once.moment(FIRST) == NOW - timedelta(hours=1)
    assert at_once.moment(FIRST + timedelta(minutes=60)) == NOW


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ('{"at":"2019-05-03T00:05:00+01:00"}', '{"at":"2026-11-28T17:35:00+00:00"}'),
        ('{"at":"2019-05-02T23:05:00Z"}', '{"at":"2026-11-28T17:35:00Z"}'),
        ('{"at":"2019-05-03T00:05"}', '{"at":"2026-11-28T17:35"}'),
        ('{"at":"2019-05-03 00:05:00+0100"}', '{"at":"2026-11-28 17:35:00+0000"}'),
        ('<Election date="2019-05-02" paId="77">', '<Election date="2026-11-28" paId="77">'),
        ("<p>Thursday 2 May 2019</p>", "<p>Saturday 28 November 2026</p>"),
        ("<p>Thu, 2nd May 2019</p>", "<p>Sat, 28 November 2026</p>"),
        ("<p>May 2, 2019</p>", "<p>November 28, 2026</p>"),
        ("<d>02/05/2019</d>", "<d>28/11/2026</d>"),
        ('{"date":"20190502"}', '{"date":"20261128"}'),
        ('{"id":"local.trafford.2019-05-02"}', '{"id":"local.trafford.2026-11-28"}'),
        ('{"last":"2015-05-07","name":"Elections 2019"}', '{"last":"2015-05-07","name":"Elections 2019"}'),
        ('{"a":"2019-13-45","b":"99/99/2019"}', '{"a":"2019-13-45","b":"99/99/2019"}'),
        ('{"seats":20190502123,"pa":"1234-2019-05-02-1"}', '{"seats":20190502123,"pa":"1234-2019-05-02-1"}'),
    ],
)  # fmt: skip
def test_dates_and_times_of_every_form_are_moved_and_nothing_else(was: str, now: str) -> None:
    assert moved(was) == now


def test_times_of_day_are_moved_in_prose_and_in_tables() -> None:
    page = "12.05am update: Con hold Maldon\n11.40pm: Lab 30, 9.30am is no label here\n"
    said = moved(page, minutes=180)
    assert said == "5.35pm update: Con hold Maldon\n5.10pm: Lab 30, 9.30am is no label here\n"
    table = "council,declared,con\nAlder,00:05,12\nBirch,23:40,7\n"
    assert moved(table, minutes=180) == "council,declared,con\nAlder,17:35,12\nBirch,17:10,7\n"


@given(st.binary(max_size=200))
def test_any_bytes_are_survived(data: bytes) -> None:
    as_of_today(a_drop(data), today(60, speed=60))


def test_sixteen_bit_xml_is_moved_too() -> None:
    data = '<?xml version="1.0"?><E date="2019-05-02"/>'.encode("utf-16")
    found = as_of_today(a_drop(data), today()).data
    assert found.decode("utf-16") == '<?xml version="1.0"?><E date="2026-11-28"/>'


@pytest.mark.parametrize("feed", ["england-2019", "rehearsal", "england-2024"])
@pytest.mark.parametrize("speed", [60.0, inf])
def test_a_sample_feed_of_today_stands_as_it_stood(feed: str, speed: float, tmp_path: Path) -> None:
    plan = planned(SAMPLES / feed)
    pace = DropPace(speed)
    of_today = Today.of(plan.drops, pace, NOW)
    drops = [as_of_today(drop, of_today) for drop in plan.drops]
    with RehearsalFolder.open(tmp_path / "into", SAMPLES / feed) as folder:
        assert drop_all(drops, folder, DropPace(inf), wait=lambda _: False, tell=lambda _: None)
    before, after = Night(), Night()
    before.extend(load(SAMPLES / feed))
    after.extend(load(tmp_path / "into"))
    assert fingerprint(before.edge()) == fingerprint(after.edge())
    standing = after.edge()
    ends = of_today.moment(plan.drops[-1].at)
    assert standing.as_of is not None
    assert abs(standing.as_of - ends) < timedelta(minutes=2)
    late = still_due(standing.councils, ends, timedelta(minutes=45))
    assert len(late) == len(
        still_due(before.edge().councils, plan.drops[-1].at, timedelta(minutes=45))
    )
