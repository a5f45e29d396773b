"""Links are followed on request, within the feed folder only."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.feed.sources.feed_folder import NEWS, FeedFolder


@pytest.fixture
def following(feed: FeedFolder) -> FeedFolder:
    """Return a feed whose links are followed."""
    feed.read_by(follow_symlinks=True)
    return feed


def test_a_link_to_a_hidden_file_within_is_read_under_its_own_name(following: FeedFolder) -> None:
    following.put(".store/1.json", NEWS)
    (following.root / "a.json").symlink_to(".store/1.json")
    following.scan()
    assert following.delivered == [("a.json", NEWS)]


def test_a_link_out_of_the_folder_is_refused(following: FeedFolder, tmp_path: Path) -> None:
    (tmp_path / "outside.json").write_bytes(NEWS)
    (following.root / "a.json").symlink_to("../outside.json")
    (following.root / "b").symlink_to("/etc")
    what = {refusal.what for refusal in following.scan().refused}
    assert what == {"is a symbolic link to a place outside the feed folder"}
    assert following.delivered == []


def test_a_linked_folder_that_is_switched_brings_what_is_new_in_it(following: FeedFolder) -> None:
    following.put(".one/a.json", NEWS)
    following.put(".two/a.json", b'{"r": 2}')
    following.put(".two/b.json", NEWS)
    data = following.root / "data"
    data.symlink_to(".one")
    following.scan()
    new = following.root / ".data"
    new.symlink_to(".two")
    new.replace(data)
    following.scan()
    assert sorted(following.delivered) == [
        ("data/a.json", NEWS),
        ("data/a.json", b'{"r": 2}'),
        ("data/b.json", NEWS),
    ]


def test_a_half_file_behind_a_linked_folder_is_read_when_it_keeps_still(
    following: FeedFolder,
) -> None:
    following.put(".one/a.json", b"{")
    (following.root / "data").symlink_to(".one")
    following.scan()
    for _ in range(6):
        following.clock.pass_by(0.5)
        following.retry()
    assert following.delivered == [("data/a.json", b"{")]


def test_a_link_that_leads_in_a_circle_is_refused(following: FeedFolder) -> None:
    following.put("a/x.json", NEWS)
    (following.root / "a" / "up").symlink_to("..")
    (following.root / "a" / "self").symlink_to(".")
    (following.root / "round").symlink_to("round")
    assert len(following.scan().refused) >= 2
    assert following.names() == ["a/x.json"]
