"""The source of a folder: a ring is a hint, a sweep the truth, and nothing ends it."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from feed.file_names import escaped
from feed.sources.folder import source as directory
from feed.sources.folder.source import Delivery
from feed.sources.folder.watcher import ChangeNotice
from tests.feed.sources.feed_folder import NEWS, FeedFolder
from tests.feed.sources.night import WORKS, Night, quiet


def test_files_from_before_during_and_after_the_start_are_each_delivered_once(
    feed: FeedFolder,
) -> None:
    def starts_working() -> ChangeNotice:
        feed.put("during.json", NEWS)
        return WORKS

    def drops() -> ChangeNotice:
        feed.put("after.json", NEWS)
        return ChangeNotice(paths=(b"during.json", b"after.json"))

    feed.put("before.json", NEWS)
    night = Night(feed, starts_working, drops, *quiet(5)).run()
    assert night.paths == ["before.json", "during.json", "after.json"]
    assert night.watcher.started_at == [0.0]


def test_it_is_loading_until_the_first_sweep_was_delivered(feed: FeedFolder) -> None:
    feed.put("a.json", NEWS)
    night = Night(feed, ChangeNotice(), WORKS).run()
    assert night.states == ["loading", "ok"]
    assert [each.health.state for each in night.deliveries if each.arrivals] == ["loading"]
    assert night.deliveries[0].health.says == "reading the feed folder"
    assert night.deliveries[0].health.path == escaped(bytes(feed.root))
    assert night.says == ""


def test_a_folder_is_read_though_no_bell_ever_hangs(feed: FeedFolder) -> None:
    feed.put("a.json", NEWS)
    assert Night(feed, *quiet(1.2)).run().paths == ["a.json"]


def test_a_file_that_grew_past_the_limit_is_named_until_it_can_be_read_or_is_gone(
    feed: FeedFolder,
) -> None:
    def grows() -> ChangeNotice:
        for name in ("a.json", "b.json"):
            with (feed.root / name).open("ab") as file:
                file.truncate((64 << 20) + 1)
        return ChangeNotice(paths=(b"a.json", b"b.json"))

    def is_small_again() -> ChangeNotice:
        feed.put("a.json", NEWS)
        return ChangeNotice(paths=(b"a.json",))

    def is_gone() -> ChangeNotice:
        (feed.root / "b.json").unlink()
        return ChangeNotice(sweep=True)

    def never_read() -> ChangeNotice:
        with (feed.root / "c.json").open("ab") as file:
            file.truncate(1 << 40)
        return ChangeNotice(paths=(b"c.json",))

    for name in ("a.json", "b.json"):
        feed.put(name, NEWS)
    turns = (grows, *quiet(2), is_small_again, *quiet(2), is_gone, *quiet(2), never_read, *quiet(2))
    night = Night(feed, WORKS, *quiet(2), *turns).run()
    said = [each.health.no_longer_read for each in night.deliveries]
    assert list(dict.fromkeys(said)) == [(), ("a.json", "b.json"), ("b.json",)]
    assert said[-1] == ()
    refused = {refusal.path: refusal for each in night.deliveries for refusal in each.refused}
    assert sorted(refused) == ["a.json", "b.json", "c.json"]
    assert "67,108,865 bytes, more than the 67,108,864" in refused["a.json"].what
    assert refused["a.json"].fix == "split it into one file for each message, or remove it"


def test_what_rings_is_read_at_once_and_what_does_not_by_the_next_sweep(feed: FeedFolder) -> None:
    def drops() -> ChangeNotice:
        feed.put("heard.json", NEWS)
        feed.put("unheard.json", NEWS)
        return ChangeNotice(paths=(b"heard.json",))

    night = Night(feed, WORKS, drops, *quiet(2.3)).run()
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

    night = Night(feed, WORKS, sleeps).run()
    assert len(night.paths) == 300
    assert sum(each.found_by_scan for each in night.deliveries) == 300


def test_after_a_suspend_that_only_the_wall_clock_knows_of_it_sweeps_at_once(
    feed: FeedFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = feed.clock.now()

    def suspends() -> None:
        feed.put("a.json", NEWS)
        monkeypatch.setattr(feed.clock, "_began", began + timedelta(hours=1))

    night = Night(feed, WORKS, suspends).run()
    assert night.paths == ["a.json"]
    assert feed.clock.time() < 1.0


def test_a_broken_watcher_is_told_hung_again_and_nothing_is_lost(feed: FeedFolder) -> None:
    def breaks() -> ChangeNotice:
        feed.put(b"bad\xff.json", NEWS)
        feed.put("next.json", NEWS)
        return ChangeNotice(broken="unable to decode")

    night = Night(feed, WORKS, breaks, ChangeNotice(), WORKS, *quiet(0.3)).run()
    assert sorted(night.paths) == [r"bad\xff.json", "next.json"]
    assert night.states == ["loading", "ok", "polling", "ok"]
    told = {each.health.says for each in night.deliveries if each.health.state == "polling"}
    assert told == {"no notice of changes (unable to decode): looking every 0.5 s"}


def test_a_watcher_that_keeps_breaking_is_hung_less_and_less_often(feed: FeedFolder) -> None:
    night = Night(feed)
    broken = ChangeNotice(broken="limit reached")
    started_before = 0

    def breaks_when_started() -> ChangeNotice:
        nonlocal started_before
        if len(night.watcher.started_at) > started_before:
            started_before = len(night.watcher.started_at)
            return broken
        return ChangeNotice()

    night.watcher.steps = [breaks_when_started] * 400
    night.run()
    works = night.watcher.started_at
    gaps = [round(after - before - 0.1, 1) for before, after in pairwise(works)]
    assert gaps[:9] == [0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0, 5.0]


def test_without_a_watcher_files_are_found_twice_a_second(feed: FeedFolder) -> None:
    def drops() -> None:
        feed.put("late.json", NEWS)

    night = Night(feed, ChangeNotice(broken="limit reached"), drops, *quiet(0.6)).run()
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
    night = Night(
        feed, WORKS, vanishes, *quiet(1.5), returns, *quiet(1.2), WORKS, ChangeNotice()
    ).run()
    assert night.states == ["loading", "ok", "lost", "ok"]
    lost = next(each for each in night.deliveries if each.health.state == "lost")
    assert lost.health.says == "feed directory missing since 02:14"
    assert night.paths == ["a.json", "b.json"]
    assert len(night.watcher.started_at) == 2


def test_a_folder_missing_at_the_start_is_awaited(feed: FeedFolder) -> None:
    feed.root.rmdir()

    def comes() -> None:
        feed.put("a.json", NEWS)

    broken = ChangeNotice(broken="No such file or directory")
    night = Night(feed, broken, *quiet(1.5), comes, *quiet(1.5), WORKS, ChangeNotice()).run()
    assert night.states == ["lost", "loading", "ok"]
    assert night.paths == ["a.json"]


def test_polling_hangs_no_bell_and_looks_every_second(feed: FeedFolder) -> None:
    def drops() -> None:
        feed.put("a.json", NEWS)

    night = Night(feed, ChangeNotice(), drops, *quiet(1.1), force_polling=True).run()
    assert night.watcher.started_at == []
    assert night.states == ["loading", "polling"]
    assert night.says == "without notices of changes: looking every 1 s"
    assert night.paths == ["a.json"]


def test_a_network_share_is_looked_at_every_two_seconds_and_said(
    feed: FeedFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(directory, "network_file_system", lambda _: "nfs4")
    night = Night(feed, WORKS, ChangeNotice()).run()
    assert night.says == "network file system (nfs4): looking every 2 s"


def test_a_rescan_is_done_at_once(feed: FeedFolder) -> None:
    night = Night(feed)

    def asks() -> None:
        feed.put("unheard.json", NEWS)
        night.source.rescan()

    night.watcher.steps = [WORKS, asks]
    assert night.run().paths == ["unheard.json"]


def test_a_half_file_is_read_again_without_another_ring(feed: FeedFolder) -> None:
    def drops() -> ChangeNotice:
        feed.put("a.json", NEWS[:5])
        return ChangeNotice(paths=(b"a.json",))

    def finishes() -> None:
        feed.put("a.json", NEWS)

    night = Night(feed, WORKS, drops, finishes, ChangeNotice(), ChangeNotice()).run()
    assert night.paths == ["a.json"]
    assert feed.clock.time() < 1.0


def test_a_new_folder_is_swept_again_soon(feed: FeedFolder) -> None:
    def appears() -> ChangeNotice:
        feed.put("results/a.json", NEWS)
        return ChangeNotice(paths=(b"results",))

    def unheard() -> None:
        feed.put("results/b.json", NEWS)

    night = Night(feed, WORKS, appears, unheard, ChangeNotice(), ChangeNotice()).run()
    assert night.paths == ["results/a.json", "results/b.json"]


def test_a_failing_receiver_gets_what_it_missed(
    feed: FeedFolder, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed.put("a.json", NEWS)
    night = Night(feed, WORKS, ChangeNotice(), ChangeNotice())
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
    night = Night(feed, WORKS, *quiet(100))
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

    def set_back() -> ChangeNotice:
        monkeypatch.setattr(feed.clock, "_began", began - timedelta(hours=1))
        feed.put("b.json", NEWS)
        return ChangeNotice(paths=(b"b.json",))

    def unheard() -> None:
        feed.put("c.json", NEWS)

    feed.put("a.json", NEWS)
    night = Night(feed, WORKS, set_back, unheard, *quiet(2.2)).run()
    assert night.paths == ["a.json", "b.json", "c.json"]


def test_the_heartbeat_is_told_when_it_beats(feed: FeedFolder) -> None:
    def beats() -> ChangeNotice:
        feed.put(".timestamp", b"%d" % feed.clock.now().timestamp())
        return ChangeNotice(paths=(b".timestamp",))

    night = Night(feed, WORKS, beats).run()
    beat = night.deliveries[-1].health.heartbeat_at
    assert beat is not None
    assert timedelta(0) <= feed.clock.now() - beat < timedelta(seconds=2)


def test_what_is_refused_is_handed_over_once(feed: FeedFolder) -> None:
    (feed.root / "x.json").symlink_to("/etc/passwd")
    night = Night(feed, WORKS, *quiet(5)).run()
    refused = [refusal.path for each in night.deliveries for refusal in each.refused]
    assert refused == ["x.json"]
