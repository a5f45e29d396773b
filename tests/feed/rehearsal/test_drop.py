"""A rehearsal writes a saved feed again: the same files, whole, at their pace, and only there."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from math import inf
from pathlib import Path

import pytest

from feed.errors import NightdeskError, SourceUnreadable, UsageProblem
from feed.file_names import escaped
from feed.ledger.night import Night
from feed.model.arrival import Arrival
from feed.model.messages import News
from feed.recording.writer import Recorder
from feed.rehearsal.folder import BEAT_EVERY, RehearsalFolder, drop_all
from feed.rehearsal.plan import Drop, DropPace, may_be_dropped, planned
from feed.reports.summary import fingerprint
from feed.sources.folder.reconciler import Reconciler
from feed.sources.saved import load
from tests.feed.builders import a_result, a_roster, an_arrival, minutes

SAMPLES = Path(__file__).parents[3] / "sample_feeds"
AT_ONCE = DropPace(speed=inf)


def a_recording(place: Path, *arrivals: Arrival) -> Path:
    """Record arrivals of some folder that is not there any more."""
    path = place / "night.jsonl"
    recorder = Recorder.open(path, place / "gone", started=minutes(0))
    recorder.append(arrivals)
    recorder.close()
    return path


def dropped(source: Path, into: Path, drops: Sequence[Drop] | None = None) -> Path:
    """Drop a saved feed as fast as it goes."""
    with RehearsalFolder.open(into, source) as folder:
        assert drop_all(
            planned(source).drops if drops is None else drops,
            folder,
            AT_ONCE,
            wait=lambda _: False,
            tell=lambda _: None,
        )
    return into


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file but the marker and the signs of life."""
    return {
        escaped(os.fsencode(path.relative_to(folder))): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def fingerprint_of(path: Path) -> str:
    night = Night()
    night.extend(load(path))
    return fingerprint(night.edge())


class Time:
    """Real seconds that pass only while somebody waits."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def wait(self, seconds: float) -> bool:
        self.seconds += seconds
        return False

    def clock(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        return datetime(2026, 5, 7, 22, tzinfo=UTC) + timedelta(seconds=self.seconds)


def told_at(drops: Sequence[Drop], folder: RehearsalFolder, pace: DropPace) -> list[float]:
    """Return the real second at which each drop was made."""
    time, told = Time(), list[float]()
    drop_all(
        drops, folder, pace, wait=time.wait, tell=lambda _: told.append(time.seconds),
        clock=time.clock, now=time.now,
    )  # fmt: skip
    return told


ALDER = an_arrival(a_result("Alder", lab=25, con=10), "results/alder.json", 10)
BIRCH = an_arrival(a_result("Birch", lab=5, con=30), "results/birch.json", 70)
ROSTER = an_arrival(a_roster("Alder", {"lab": 20, "con": 15}), "nominations/alder.json", 0)


def test_a_recording_gives_its_files_back_byte_for_byte(tmp_path: Path) -> None:
    odd = Arrival(r"results/\xff\\.xml", b"\xff<Odd/>", minutes(80), minutes(80))
    into = dropped(a_recording(tmp_path, ROSTER, ALDER, BIRCH, odd), tmp_path / "into")
    assert contents(into) == {it.path: it.data for it in (ROSTER, ALDER, BIRCH, odd)}
    assert (into / os.fsdecode(b"results/\xff\\.xml")).exists()


def test_a_mirror_keeps_the_times_of_the_files(tmp_path: Path) -> None:
    into = dropped(a_recording(tmp_path, ALDER), tmp_path / "into")
    status = (into / "results/alder.json").stat()
    assert datetime.fromtimestamp(status.st_mtime, UTC) == minutes(10)


def test_lines_are_added_to_a_file_of_their_own_name(tmp_path: Path) -> None:
    lines = [Arrival("night.jsonl", b'{"kind": "news", "text": "%d"}' % n, minutes(n), line=n)
             for n in (1, 2, 3)]  # fmt: skip
    source, sizes = a_recording(tmp_path, *lines), list[int]()
    with RehearsalFolder.open(tmp_path / "into", source) as folder:
        for drop in planned(source).drops:
            folder.put(drop)
            sizes.append((tmp_path / "into" / "night.jsonl").read_bytes().count(b"\n"))
    assert sizes == [1, 2, 3]


def test_a_folder_is_dropped_in_playing_order_with_its_rosters_first() -> None:
    drops = planned(SAMPLES / "england-2019").drops
    times = [drop.at for drop in drops]
    assert times == sorted(times)
    assert {drop.path for drop in drops[:282]} >= {b"roster.jsonl", b"election.jsonl"}
    assert b"Sunderland" in next(drop.data for drop in drops if drop.path == b"results.jsonl")


def test_a_file_of_many_results_comes_when_the_last_of_them_is_in(tmp_path: Path) -> None:
    early = a_result("Alder", lab=2, facts={"at": minutes(10)})
    late = a_result("Birch", lab=2, facts={"at": minutes(90)})
    data = b"".join(an_arrival(it, "x").data + b"\n" for it in (early, late))
    (tmp_path / "both.json").write_bytes(data)
    (drop,) = planned(tmp_path).drops
    assert (drop.at, drop.grows) == (minutes(90), False)


@pytest.mark.parametrize("name", ["england-2019", "rehearsal"])
def test_what_was_dropped_is_the_night_that_was_saved(name: str, tmp_path: Path) -> None:
    into = dropped(SAMPLES / name, tmp_path / "into")
    assert fingerprint_of(into) == fingerprint_of(SAMPLES / name)


@pytest.mark.parametrize(
    "path", ["../up.json", "/etc/x.json", "a/../../x.json", "a//x.json", "./x.json", ".hidden",
             ".nightdesk-rehearsal", "a/.timestamp", "a\x00b.json", ""],
)  # fmt: skip
def test_a_recording_that_names_a_file_outside_is_refused_before_anything_is_written(
    path: str, tmp_path: Path
) -> None:
    source = a_recording(tmp_path, ALDER, Arrival(path, b"{}", minutes(20)))
    assert not may_be_dropped(path.encode())
    with pytest.raises(SourceUnreadable, match="no feed folder holds"):
        planned(source)


def test_a_folder_of_somebody_else_s_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(UsageProblem, match="not empty and not a rehearsal's"):
        RehearsalFolder.open(tmp_path, SAMPLES / "rehearsal")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_rehearsal_s_folder_is_emptied_of_what_the_earlier_one_dropped(tmp_path: Path) -> None:
    into = dropped(a_recording(tmp_path, ROSTER, ALDER), tmp_path / "into")
    (tmp_path / "night.jsonl").unlink()
    dropped(a_recording(tmp_path, BIRCH), into)
    assert list(contents(into)) == ["results/birch.json"]
    assert not (into / "nominations").exists()


def test_a_file_that_no_rehearsal_wrote_is_never_removed(tmp_path: Path) -> None:
    source = a_recording(tmp_path, ALDER)
    into = dropped(source, tmp_path / "into")
    (into / "results" / "mine.txt").write_text("mine")
    with pytest.raises(UsageProblem, match="holds results, put there by no rehearsal"):
        RehearsalFolder.open(into, source)
    assert (into / "results" / "mine.txt").read_text() == "mine"


def test_a_marker_that_lists_others_files_removes_nothing_outside(tmp_path: Path) -> None:
    into = dropped(a_recording(tmp_path, ALDER), tmp_path / "into")
    with (into / ".nightdesk-rehearsal").open("a") as marker:
        marker.write("../night.jsonl\n/etc/hostname\n\\xff\nresults/link/x\n")
    (into / "results" / "link").symlink_to(tmp_path)
    (tmp_path / "x").write_text("mine")
    with pytest.raises(UsageProblem):
        RehearsalFolder.open(into, tmp_path / "night.jsonl")
    assert (tmp_path / "night.jsonl").exists()
    assert (tmp_path / "x").exists()


def test_two_rehearsals_do_not_share_a_folder(tmp_path: Path) -> None:
    source = a_recording(tmp_path, ALDER)
    with (
        RehearsalFolder.open(tmp_path / "into", source),
        pytest.raises(UsageProblem, match="another rehearsal"),
    ):
        RehearsalFolder.open(tmp_path / "into", source)


def test_a_folder_inside_the_saved_feed_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(ALDER.data)
    with pytest.raises(UsageProblem, match="lies in the saved feed"):
        RehearsalFolder.open(tmp_path / "into", tmp_path)
    assert not (tmp_path / "into").exists()


def test_a_link_in_the_folder_leads_no_file_away(tmp_path: Path) -> None:
    with RehearsalFolder.open(tmp_path / "into", SAMPLES) as folder:
        (tmp_path / "into" / "results").symlink_to(tmp_path)
        with pytest.raises(NightdeskError, match="cannot be written"):
            folder.put(Drop(minutes(0), b"results/a.json", b"{}", minutes(0)))
    assert not (tmp_path / "a.json").exists()


def test_no_reader_ever_sees_half_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, into = SAMPLES / "rehearsal", tmp_path / "into"
    whole = {
        escaped(os.fsencode(path.relative_to(source))): path.read_bytes()
        for path in (source / "results").iterdir()
    }
    drops = [drop for drop in planned(source).drops if drop.path.startswith(b"results/")][:12]
    write, looks = os.write, 0

    def slow_write(descriptor: int, data: bytes) -> int:
        nonlocal looks
        looks += 1
        assert contents(into).items() <= whole.items()
        return write(descriptor, data[:400])

    with RehearsalFolder.open(into, source) as folder:
        monkeypatch.setattr(os, "write", slow_write)
        for drop in drops:
            folder.put(drop)
        monkeypatch.undo()
    assert looks > 2 * len(drops)
    assert len(contents(into)) == len(drops)


def test_the_pace_is_the_feed_s_own_divided_by_the_speed(tmp_path: Path) -> None:
    source = a_recording(tmp_path, ROSTER, ALDER, BIRCH)
    drops = planned(source).drops
    paces: list[tuple[DropPace, list[float]]] = [
        (DropPace(), [0, 600, 4200]),
        (DropPace(60), [0, 10, 70]),
        (DropPace(60, gap_limit=15), [0, 10, 25]),
        (DropPace(60, start=minutes(40)), [0, 0, 30]),
        (AT_ONCE, [0, 0, 0]),
    ]
    for pace, expected in paces:
        with RehearsalFolder.open(tmp_path / "into", source) as folder:
            assert told_at(drops, folder, pace) == expected


def beats(folder: Path) -> set[float]:
    return {float(path.read_text()) for path in folder.rglob(".timestamp")}


def test_every_folder_gives_a_sign_of_life_while_files_come(tmp_path: Path) -> None:
    source, time = a_recording(tmp_path, ROSTER, ALDER, BIRCH), Time()
    began, seen = time.now().timestamp(), list[set[float]]()
    with RehearsalFolder.open(tmp_path / "into", source) as folder:
        drop_all(
            planned(source).drops, folder, DropPace(60), wait=time.wait, clock=time.clock,
            now=time.now, tell=lambda _: seen.append(beats(tmp_path / "into")),
        )  # fmt: skip
    assert len(list((tmp_path / "into").rglob(".timestamp"))) == 2
    assert seen[0] == set()
    assert beats(tmp_path / "into") == {began + 70}
    assert max(seen[2]) - began > 70 - 2 * BEAT_EVERY


def test_the_sign_of_life_stops_where_it_is_told_to(tmp_path: Path) -> None:
    source, time = a_recording(tmp_path, ROSTER, ALDER, BIRCH), Time()
    with RehearsalFolder.open(tmp_path / "into", source) as folder:
        drop_all(
            planned(source).drops, folder, DropPace(60), wait=time.wait, clock=time.clock,
            now=time.now, tell=lambda _: None, silent_from=1,
        )  # fmt: skip
    assert beats(tmp_path / "into") == {datetime(2026, 5, 7, 22, tzinfo=UTC).timestamp()}
    assert len(contents(tmp_path / "into")) == 3


def test_a_rehearsal_stops_when_it_is_asked_to(tmp_path: Path) -> None:
    source, made = a_recording(tmp_path, ROSTER, ALDER, BIRCH), list[Drop]()
    stop: Callable[[float], bool] = lambda _: len(made) >= 2  # noqa: E731
    with RehearsalFolder.open(tmp_path / "into", source) as folder:
        done = drop_all(planned(source).drops, folder, AT_ONCE, wait=stop, tell=made.append)
    assert not done
    assert len(contents(tmp_path / "into")) == 2


def test_a_desk_that_watches_or_replays_the_folder_says_test(tmp_path: Path) -> None:
    into = dropped(a_recording(tmp_path, ROSTER, ALDER), tmp_path / "into")
    assert {arrival.test for arrival in Reconciler(into).scan().arrivals} == {True}
    night = Night()
    night.extend(load(into))
    standing = night.edge()
    assert standing.test
    assert all(entry.test for entry in standing.log.since(0))
    assert standing.councils[0].test
    (into / ".nightdesk-rehearsal").unlink()
    assert {arrival.test for arrival in Reconciler(into).scan().arrivals} == {False}


def test_a_recording_of_a_rehearsal_stays_test_data(tmp_path: Path) -> None:
    into = dropped(a_recording(tmp_path, ALDER), tmp_path / "into")
    (tmp_path / "again").mkdir()
    source = a_recording(tmp_path / "again", *Reconciler(into).scan().arrivals)
    night = Night()
    night.extend(load(source))
    assert night.edge().test


def test_a_line_that_cannot_be_read_is_left_out_and_told(tmp_path: Path) -> None:
    source = a_recording(tmp_path, ALDER, an_arrival(News(text="x"), "news.json", 20))
    source.write_bytes(source.read_bytes()[:-10])
    plan = planned(source)
    assert len(plan.drops) == 1
    assert plan.left_out[0].startswith("night.jsonl:3: ")


@pytest.mark.parametrize("into", ["file", "file/below"])
def test_a_place_that_is_no_folder_is_a_question_of_usage(into: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(UsageProblem, match="nothing can be dropped"):
        RehearsalFolder.open(tmp_path / into, SAMPLES / "rehearsal")
