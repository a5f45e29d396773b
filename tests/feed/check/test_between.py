"""A stretch of the night: what came after one time and by another, as it was known then."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from feed.errors import UsageProblem
from feed.ledger.night import Night
from feed.reports.digest import digest_as_json, digest_as_text, stretch
from feed.sources.saved import load
from tests.feed.builders import a_result, a_roster, a_step, minutes

ENGLAND = Path(__file__).parents[3] / "sample_feeds" / "england-2019"


@pytest.fixture(scope="module")
def england() -> Night:
    night = Night()
    night.extend(load(ENGLAND))
    return night


def test_a_stretch_is_what_the_later_time_knows_and_the_earlier_did_not(england: Night) -> None:
    moments = [datetime(2019, 5, 3, 1, tzinfo=UTC), datetime(2019, 5, 3, 1, 59, 59, tzinfo=UTC)]
    found = stretch(england, "02:00", "02:59:59")
    known = (england.at(england.position_at(moment)).declared for moment in moments)
    assert [found.declared_in_all - found.declared, found.declared_in_all] == list(known)
    assert (found.declared, found.declared_in_all) == (18, 59)
    heading = digest_as_text(found, "bbc").splitlines()[0]
    assert heading == "Since Fri 3 May 02:00, until Fri 3 May 02:59 BST"


def test_without_an_end_it_goes_on_to_the_end_and_without_a_start_from_the_beginning(
    england: Night,
) -> None:
    whole, until, since = (
        stretch(england, None, None), stretch(england, None, "03:00"),
        stretch(england, "03:00", None),
    )  # fmt: skip
    assert whole.declared == until.declared + since.declared == 248
    assert since.until == england.edge().as_of
    assert len(whole.changes) == len(until.changes) + len(since.changes)


def test_a_stretch_of_a_rehearsal_says_test(england: Night) -> None:
    night = Night()
    night.extend(load(ENGLAND.with_name("rehearsal")))
    found = stretch(night, None, None)
    assert digest_as_text(found, "bbc").startswith("TEST DATA · Since ")
    assert digest_as_json(found, "bbc")["test_data"] is True
    assert digest_as_json(stretch(england, "02:00", None), "bbc")["test_data"] is False


def test_the_later_time_first_is_refused(england: Night) -> None:
    with pytest.raises(UsageProblem, match="--until 02:00 lies before --since 03:00"):
        stretch(england, "03:00", "02:00")


def test_times_are_counted_from_the_first_happening_of_the_night() -> None:
    night = Night()
    for council in ("Alder", "Birch"):
        night.append(a_step(a_roster(council, {"con": 3})), minutes(-600))
    night.append(a_step(a_result("Alder", con=2, lab=1), seen_at=minutes(5)), minutes(5))
    night.append(a_step(a_result("Birch", con=2), seen_at=minutes(95)), minutes(95))
    found = stretch(night, "+1h", None)
    assert (found.since, found.declared) == (minutes(65), 1)


def test_an_empty_night_is_summed_up_as_nothing() -> None:
    assert stretch(Night(), "02:00", None).declared == 0


def test_a_start_after_everything_is_refused_and_midnight_is_that_of_the_night(
    england: Night,
) -> None:
    with pytest.raises(UsageProblem, match="--since 23:00 lies after the last of the night"):
        stretch(england, "23:00", None)
    assert stretch(england, "00:00", None).declared == 248
