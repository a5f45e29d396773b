"""The heartbeat says that the feed is alive; it is never delivered."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.feed.sources.feed_folder import NEWS, FeedFolder


def beat(feed: FeedFolder, seconds_ago: float) -> tuple[bytes, datetime]:
    at = feed.clock.now().timestamp() - seconds_ago
    return b"%.6f\n" % at, datetime.fromtimestamp(float(b"%.6f" % at), UTC)


def test_the_newest_heartbeat_of_any_folder_counts(feed: FeedFolder) -> None:
    text, at = beat(feed, 3)
    feed.put("results/.timestamp", text)
    feed.put("nominations/.timestamp", beat(feed, 60)[0])
    scan = feed.scan()
    assert scan.heartbeat_at == at
    assert (scan.arrivals, scan.found, scan.pending, scan.refused) == ((), 0, 0, ())
    text, at = beat(feed, 1)
    feed.put("nominations/.timestamp", text)
    assert feed.look(b"nominations/.timestamp").heartbeat_at == at


@pytest.mark.parametrize(
    "text", [b"", b"soon", b"nan", b"inf", b"1e300", b"-1e300", b"9999999999", b"\xff" * 65]
)
def test_a_heartbeat_that_is_none_stops_nothing(feed: FeedFolder, text: bytes) -> None:
    feed.put(".timestamp", text)
    feed.put("a.json", NEWS)
    assert feed.scan().heartbeat_at is None
    assert feed.names() == ["a.json"]


def test_a_heartbeat_never_goes_back(feed: FeedFolder) -> None:
    text, at = beat(feed, 1)
    feed.put(".timestamp", text)
    feed.scan()
    feed.put(".timestamp", text[:6])
    assert feed.scan().heartbeat_at == at


def test_a_file_whose_name_ends_like_a_heartbeat_is_a_file(feed: FeedFolder) -> None:
    feed.put("a.timestamp", NEWS)
    feed.scan()
    assert feed.names() == ["a.timestamp"]
