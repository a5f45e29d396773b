"""The feed folder may vanish, return or be another one; what was read stands."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from feed.sources.folder.listing import Folders
from tests.feed.sources.feed_folder import NEWS, FeedFolder


def test_a_missing_folder_is_a_state_and_its_return_is_another(feed: FeedFolder) -> None:
    feed.put("a.json", NEWS)
    assert (feed.scan().back, feed.reconciler.root_state()) == (False, "same")
    shutil.rmtree(feed.root)
    assert feed.reconciler.root_state() == "lost"
    scan = feed.scan()
    assert (scan.lost, scan.lost_because) == (True, "no such file or directory")
    feed.root.mkdir()
    feed.put("a.json", NEWS)
    feed.put("b.json", NEWS)
    assert feed.reconciler.root_state() == "other"
    scan = feed.scan()
    assert (scan.lost, scan.back) == (False, True)
    assert feed.names() == ["a.json", "b.json"]
    assert not feed.scan().back


def test_a_folder_that_was_never_there_is_read_when_it_comes(tmp_path: Path) -> None:
    feed = FeedFolder(tmp_path / "feed")
    feed.root.rmdir()
    assert feed.scan().lost
    feed.put("a.json", NEWS)
    assert feed.scan().back
    assert feed.names() == ["a.json"]


def test_another_folder_in_the_same_place_is_noticed(feed: FeedFolder) -> None:
    feed.put("a.json", NEWS)
    feed.scan()
    feed.root.rename(feed.root.with_name("old"))
    feed.root.mkdir()
    feed.put("b.json", NEWS)
    assert feed.reconciler.root_state() == "other"
    assert feed.scan().back
    assert feed.names() == ["a.json", "b.json"]


def test_a_root_that_is_a_link_may_be_switched(tmp_path: Path) -> None:
    one, two = FeedFolder(tmp_path / "one"), FeedFolder(tmp_path / "two")
    one.put("a.json", NEWS)
    two.put("a.json", NEWS)
    two.put("b.json", NEWS)
    link = tmp_path / "feed"
    link.symlink_to(one.root)
    feed = FeedFolder(link)
    feed.scan()
    (tmp_path / "new").symlink_to(two.root)
    (tmp_path / "new").replace(link)
    assert feed.reconciler.root_state() == "other"
    assert feed.scan().back
    assert feed.names() == ["a.json", "b.json"]


def test_an_empty_folder_of_another_device_is_a_share_that_is_not_mounted(
    feed: FeedFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed.put("a.json", NEWS)
    feed.scan()
    identity = Folders.identity
    with monkeypatch.context() as unmounted:
        unmounted.setattr(Folders, "identity", lambda _: (-1, 2))
        feed.root.rename(feed.root.with_name("share"))
        feed.root.mkdir()
        for _ in range(2):
            scan = feed.scan()
            assert (scan.lost, scan.back) == (True, False)
            assert scan.lost_because == "nothing is mounted there"
        assert feed.reconciler.root_state() == "other"
    assert Folders.identity is identity
    feed.put("b.json", NEWS)
    scan = feed.scan()
    assert (scan.lost, scan.back) == (False, True)
    assert feed.names() == ["a.json", "b.json"]


def test_an_empty_folder_of_the_same_device_is_an_empty_feed(feed: FeedFolder) -> None:
    feed.put("a.json", NEWS)
    feed.scan()
    feed.root.rename(feed.root.with_name("old"))
    feed.root.mkdir()
    scan = feed.scan()
    assert (scan.lost, scan.back) == (False, True)


def test_a_file_in_the_place_of_the_folder_is_a_lost_folder(feed: FeedFolder) -> None:
    feed.root.rmdir()
    feed.root.write_bytes(b"")
    assert feed.scan().lost


def test_a_folder_that_appears_later_is_read_with_all_that_is_in_it(feed: FeedFolder) -> None:
    feed.scan()
    feed.put("results/a.json", NEWS)
    scan = feed.look(b"results")
    assert feed.names() == ["results/a.json"]
    assert scan.folders == 1
    feed.put("results/late/b.json", NEWS)
    feed.scan()
    assert feed.names() == ["results/a.json", "results/late/b.json"]


def test_a_folder_copied_in_whole_needs_no_more_than_its_name(
    feed: FeedFolder, tmp_path: Path
) -> None:
    other = FeedFolder(tmp_path / "elsewhere")
    for number in range(20):
        other.put(f"{number % 3}/{number}.json", NEWS)
    feed.scan()
    other.root.rename(feed.root / "night")
    feed.look(b"night")
    assert len(set(feed.names())) == 20


def test_deleting_withdraws_nothing_and_a_gone_name_may_ring(feed: FeedFolder) -> None:
    path = feed.put("a.json", NEWS)
    feed.scan()
    path.unlink()
    assert feed.look(b"a.json", b"never/was.json").arrivals == ()
    assert feed.names() == ["a.json"]


def test_a_long_scan_comes_in_slices(feed: FeedFolder) -> None:
    for number in range(50):
        feed.put(f"{number:02}.json", NEWS, age=100 - number)
    ticks = feed.clock.time

    def busy() -> float:
        feed.clock.pass_by(0.004)
        return ticks()

    feed.reconciler._clock = busy
    slices = list(feed.reconciler.scan_slices(0.05))
    assert [scan.done for scan in slices] == [False] * (len(slices) - 1) + [True]
    assert max(len(scan.arrivals) for scan in slices) <= 13
    names = [arrival.path for scan in slices for arrival in scan.arrivals]
    assert names == [f"{number:02}.json" for number in range(50)]
    assert sum(scan.found for scan in slices) == 50
    assert sum(scan.missed for scan in slices) == 0


def test_a_scan_that_is_given_up_goes_on_where_it_was(feed: FeedFolder) -> None:
    for number in range(30):
        feed.put(f"{number:02}.json", NEWS)
    slices = feed.reconciler.scan_slices(0.0)
    first = [arrival.path for _ in range(40) for arrival in next(slices).arrivals]
    slices.close()
    feed.scan()
    assert len(first) > 0
    assert sorted([*first, *feed.names()]) == [f"{number:02}.json" for number in range(30)]
