"""The source of a folder: a ring is a hint, a sweep the truth, and nothing ends it."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from feed.file_names import escaped
from feed.sources.folder import source as directory
from feed.sources.folder.notices import Ring
from feed.sources.folder.source import Delivery
from tests.feed.sources.feed_folder import NEWS, FeedFolder
from tests.feed.sources.night import HUNG, Night, quiet


def test_files_from_before_during_and_after_the_start_are_each_delivered_once(
    feed: FeedFolder,
) -> None:
    def hangs() -> Ring:
        feed.put("during.json", NEWS)
        return HUNG

    def drops() -> Ring:
        feed.put("after.json", NEWS)
        return Ring(paths=(b"during.json", b"after.json"))

    feed.put("before.json", NEWS)
    night = Night(feed, hangs, drops, *quiet(5)).run()
    assert night.paths == ["before.json", "during.json", "after.json"]
    assert night.bell.hung == [0.0]


def test_it_is_loading_until_the_first_sweep_was_delivered(feed: FeedFolder) -> None:
    feed.put("a.json", NEWS)
    night = Night(feed, Ring(), HUNG).run()
    assert night.states == ["loading", "ok"]
    assert [each.health.state for each in night.deliveries if each.arrivals] == ["loading"]
    assert night.deliveries[0].health.says == "reading the feed folder"
    assert night.deliveries[0].health.path == escaped(bytes(feed.root))
    assert night.says == ""


def test_a_folder_is_read_though_no_bell_ever_hangs(feed: FeedFolder) -> None:
    feed.put("a.json", NEWS)
    assert Night(feed, *quiet(1.2)).run().paths == ["a.json"]


def test_what_rings_is_read_at_once_and_what_does_not_by_the_next_sweep(feed: FeedFolder) -> None:
    def drops() -> Ring:
        feed.put("heard.json", NEWS)
        feed.put("unheard.json", NEWS)
        return Ring(paths=(b"heard.json",))

    night = Night(feed, HUNG, drops, *quiet(2.3)).run()
    brought = [each for each in night.deliveries if each.arrivals]
    assert [[arrival.path for arrival in each.arrivals] for each in brought] == [
        ["heard.json"],
        ["unheard.json"],
    ]
    assert [each.found_by_scan for each in brought] == [0, 1]
    assert brought[1].arrivals[0].seen_at - brought[0].arrivals[0].seen_at <= timedelta(seconds=2)
    assert brought[1].health.last_arrival_at == brought[1].arrivals[0].seen_at


def test_after_being_stopped_it_sweeps_and_says_what_it_found(feed: FeedFolder) -> None:
    def sleeps() -> None:
        for number in range(300):
            feed.put(f"{number}.json", NEWS)
        feed.clock.pass_by(5)

    night = Night(feed, HUNG, sleeps).run()
    assert len(night.paths) == 300
    assert sum(each.found_by_scan for each in night.deliveries) == 300


def test_after_a_suspend_that_only_the_wall_clock_knows_of_it_sweeps_at_once(
    feed: FeedFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = feed.clock.now()

    def suspends() -> None:
        feed.put("a.json", NEWS)
        monkeypatch.setattr(feed.clock, "_began", began + timedelta(hours=1))

    night = Night(feed, HUNG, suspends).run()
    assert night.paths == ["a.json"]
    assert feed.clock.time() < 1.0


def test_a_broken_watcher_is_told_hung_again_and_nothing_is_lost(feed: FeedFolder) -> None:
    def breaks() -> Ring:
        feed.put(b"bad\xff.json", NEWS)
        feed.put("next.json", NEWS)
        return Ring(broken="unable to decode")

    night = Night(feed, HUNG, breaks, Ring(), HUNG, *quiet(0.3)).run()
    assert sorted(night.paths) == [r"bad\xff.json", "next.json"]
    assert night.states == ["loading", "ok", "polling", "ok"]
    told = {each.health.says for each in night.deliveries if each.health.state == "polling"}
    assert told == {"no notice of changes (unable to decode): looking every 0.5 s"}


def test_a_watcher_that_keeps_breaking_is_hung_less_and_less_often(feed: FeedFolder) -> None:
    night = Night(feed)
    broken = Ring(broken="limit reached")
    hung_before = 0

    def breaks_when_hung() -> Ring:
        nonlocal hung_before
        if len(night.bell.hung) > hung_before:
            hung_before = len(night.bell.hung)
            return broken
        return Ring()

    night.bell.steps = [breaks_when_hung] * 400
    night.run()
    hung = night.bell.hung
    gaps = [round(after - before - 0.1, 1) for before, after in pairwise(hung)]
    assert gaps[:9] == [0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0, 5.0]


def test_without_a_watcher_files_are_found_twice_a_second(feed: FeedFolder) -> None:
    def drops() -> None:
        feed.put("late.json", NEWS)

    night = Night(feed, Ring(broken="limit reached"), drops, *quiet(0.6)).run()
    assert night.paths == ["late.json"]
    assert sum(each.found_by_scan for each in night.deliveries) == 0


def test_a_vanished_folder_is_said_with_the_hour_and_heals_by_itself(
    feed: FeedFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_fourteen = datetime(2019, 5, 3, 1, 14, tzinfo=UTC)
    monkeypatch.setattr(feed.clock, "_began", two_fourteen)

    def vanishes() -> None:
        shutil.rmtree(feed.root)

    def returns() -> None:
        feed.put("a.json", NEWS)
        feed.put("b.json", NEWS)

    feed.put("a.json", NEWS)
    night = Night(feed, HUNG, vanishes, *quiet(1.5), returns, *quiet(1.2), HUNG, Ring()).run()
    assert night.states == ["loading", "ok", "lost", "ok"]
    lost = next(each for each in night.deliveries if each.health.state == "lost")
    assert lost.health.says == "feed directory missing since 02:14"
    assert night.paths == ["a.json", "b.json"]
    assert len(night.bell.hung) == 2


def test_a_folder_missing_at_the_start_is_awaited(feed: FeedFolder) -> None:
    feed.root.rmdir()

    def comes() -> None:
        feed.put("a.json", NEWS)

    broken = Ring(broken="No such file or directory")
    night = Night(feed, broken, *quiet(1.5), comes, *quiet(1.5), HUNG, Ring()).run()
    assert night.states == ["lost", "loading", "ok"]
    assert night.paths == ["a.json"]


def test_polling_hangs_no_bell_and_looks_every_second(feed: FeedFolder) -> None:
    def drops() -> None:
        feed.put("a.json", NEWS)

    night = Night(feed, Ring(), drops, *quiet(1.1), force_polling=True).run()
    assert night.bell.hung == []
    assert night.states == ["loading", "polling"]
    assert night.says == "without notices of changes: looking every 1 s"
    assert night.paths == ["a.json"]


def test_a_network_share_is_looked_at_every_two_seconds_and_said(
    feed: FeedFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(directory, "network_file_system", lambda _: "nfs4")
    night = Night(feed, HUNG, Ring()).run()
    assert night.says == "network file system (nfs4): looking every 2 s"


def test_a_rescan_is_done_at_once(feed: FeedFolder) -> None:
    night = Night(feed)

    def asks() -> None:
        feed.put("unheard.json", NEWS)
        night.source.rescan()

    night.bell.steps = [HUNG, asks]
    assert night.run().paths == ["unheard.json"]


def test_a_half_file_is_read_again_without_another_ring(feed: FeedFolder) -> None:
    def drops() -> Ring:
        feed.put("a.json", NEWS[:5])
        return Ring(paths=(b"a.json",))

    def finishes() -> None:
        feed.put("a.json", NEWS)

    night = Night(feed, HUNG, drops, finishes, Ring(), Ring()).run()
    assert night.paths == ["a.json"]
    assert feed.clock.time() < 1.0


def test_a_new_folder_is_swept_again_soon(feed: FeedFolder) -> None:
    def appears() -> Ring:
        feed.put("results/a.json", NEWS)
        return Ring(paths=(b"results",))

    def unheard() -> None:
        feed.put("results/b.json", NEWS)

    night = Night(feed, HUNG, appears, unheard, Ring(), Ring()).run()
    assert night.paths == ["results/a.json", "results/b.json"]


def test_a_failing_receiver_gets_what_it_missed(
    feed: FeedFolder, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed.put("a.json", NEWS)
    night = Night(feed, HUNG, Ring(), Ring())
    monkeypatch.setattr(night.stop, "wait", feed.clock.pass_by)
    failures = [RuntimeError("the screen is gone")]

    def deliver(delivery: Delivery) -> None:
        if delivery.arrivals and failures:
            raise failures.pop()
        night.deliveries.append(delivery)

    night.source.run(deliver, night.stop)
    assert night.paths == ["a.json"]
    assert "trouble with the feed: the screen is gone" in {
        each.health.says for each in night.deliveries
    }
    assert night.says == ""
    assert "the feed folder could not be read" in caplog.text


def test_it_stops_between_two_slices(feed: FeedFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(50):
        feed.put(f"{number}.json", NEWS)
    night = Night(feed, HUNG, *quiet(100))
    real = feed.clock.time

    def busy() -> float:
        feed.clock.pass_by(0.01)
        return real()

    monkeypatch.setattr(night.source._reconciler, "_clock", busy)

    def deliver(delivery: Delivery) -> None:
        night.deliveries.append(delivery)
        if delivery.arrivals:
            night.stop.set()

    night.source.run(deliver, night.stop)
    assert 0 < len(night.paths) < 50


def test_a_wall_clock_set_back_changes_neither_order_nor_rhythm(
    feed: FeedFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = feed.clock.now()

    def set_back() -> Ring:
        monkeypatch.setattr(feed.clock, "_began", began - timedelta(hours=1))
        feed.put("b.json", NEWS)
        return Ring(paths=(b"b.json",))

    def unheard() -> None:
        feed.put("c.json", NEWS)

    feed.put("a.json", NEWS)
    night = Night(feed, HUNG, set_back, unheard, *quiet(2.2)).run()
    assert night.paths == ["a.json", "b.json", "c.json"]


def test_the_heartbeat_is_told_when_it_beats(feed: FeedFolder) -> None:
    def beats() -> Ring:
        feed.put(".timestamp", b"%d" % feed.clock.now().timestamp())
        return Ring(paths=(b".timestamp",))

    night = Night(feed, HUNG, beats).run()
    beat = night.deliveries[-1].health.heartbeat_at
    assert beat is not None
    assert timedelta(0) <= feed.clock.now() - beat < timedelta(seconds=2)


def test_what_is_refused_is_handed_over_once(feed: FeedFolder) -> None:
    (feed.root / "x.json").symlink_to("/etc/passwd")
    night = Night(feed, HUNG, *quiet(5)).run()
    refused = [refusal.path for each in night.deliveries for refusal in each.refused]
    assert refused == ["x.json"]


def test_a_restart_delivers_only_what_is_new(feed: FeedFolder) -> None:
    feed.put("a.json", NEWS)
    first = Night(feed, HUNG).run()
    feed.put("b.json", NEWS)
    second = Night(feed, HUNG)
    second.source.remember(arrival for each in first.deliveries for arrival in each.arrivals)
    assert second.run().paths == ["b.json"]
