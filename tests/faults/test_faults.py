"""The real program under faults: whatever befalls the files or the process, the account balances."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from feed.clock import london, utc_now
from feed.recording.shelf import recording_path, recordings_folder
from tests.faults.account import audit
from tests.faults.dropped import NIGHT, key, news
from tests.faults.nights import a_night, killed, stopped
from tests.faults.program import Program, Recorded


@pytest.mark.parametrize("seed", [1, 2])
def test_files_that_come_in_any_manner_are_each_recorded_once(tmp_path: Path, seed: int) -> None:
    account = a_night(tmp_path, seed, turns=240)

    assert not account.faults, account
    assert account.dropped > 60
    assert account.rejected > 0
    assert account.repeated > 0


def test_a_program_that_is_killed_and_started_again_loses_and_doubles_nothing(
    tmp_path: Path,
) -> None:
    account = killed(tmp_path, seed=3, kills=2, turns=60)

    assert not account.faults, account


QUEUE = Path("/proc/sys/fs/inotify/max_queued_events")


def test_a_program_that_slept_finds_what_came_meanwhile_and_says_how_much(tmp_path: Path) -> None:
    # Four notices a file: a third of the queue's room in files is sure to overflow it.
    room = int(QUEUE.read_text()) if QUEUE.exists() else 16_384
    night = stopped(tmp_path, files=min(room // 3, 8_000), against_cold=False)

    assert not night.account.faults, night.account
    if room <= 3 * 8_000:
        assert night.found_by_scan > 0


def test_a_full_disk_stops_nothing_and_what_was_kept_back_is_written_when_there_is_room(
    tmp_path: Path,
) -> None:
    feed, recording = tmp_path / "feed", tmp_path / "night.jsonl"
    feed.mkdir()
    with Program(feed, recording, largest_file=2_000) as program:
        for number in range(40):
            (feed / f"{number}.json").write_bytes(news(number))
        program.wait_for("Line 39 of the night")
        recorded = Recorded(recording)
        assert recorded.look() < 40

        program.may_write(1 << 20)
        program.wait_until(lambda: recorded.look() == 40)
        assert program.quit() == 0


def test_a_second_desk_on_the_same_recording_only_reads(tmp_path: Path) -> None:
    feed, recording = tmp_path / "feed", tmp_path / "night.jsonl"
    feed.mkdir()
    (feed / "a.json").write_bytes(news(1))
    with Program(feed, recording) as first:
        first.wait_for("Line 1 of the night")
        with Program(feed, recording) as second:
            second.wait_for("another nightdesk is writing")
            (feed / "b.json").write_bytes(news(2))
            second.wait_for("Line 2 of the night")
            first.wait_for("Line 2 of the night")
            second.quit()
        first.wait_until(lambda: Recorded(recording).has(key("b.json", news(2))))
        first.quit()
    lines = recording.read_bytes().splitlines()
    assert len(lines) == 1 + 2


def test_stopped_before_midnight_and_started_after_it_with_half_the_folder_gone_it_is_the_same_board(
    tmp_path: Path,
) -> None:
    feed = tmp_path / "feed"
    feed.mkdir()
    lines = (NIGHT / "results.jsonl").read_text(encoding="utf-8").splitlines()[:30]
    for number, line in enumerate(lines):
        (feed / f"{number}.json").write_text(line, encoding="utf-8")
    before = _board(feed)
    (recording,) = recordings_folder().iterdir()
    yesterday = london(utc_now()).date() - timedelta(days=1)
    recording.rename(recording_path(recordings_folder(), feed, yesterday))
    for number in range(0, 30, 2):
        (feed / f"{number}.json").unlink()

    assert _board(feed) == before
    assert len(list(recordings_folder().iterdir())) == 1
    assert "30 declared" in before


def _board(feed: Path) -> str:
    """Return what a desk of the folder prints at its end, once it knows thirty councils."""
    with Program(feed, None) as program:
        program.wait_until(
            lambda: len(re.findall(r"^~?\d\d:\d\d ", program.said, re.MULTILINE)) >= 30
        )
        assert program.quit() == 0
        said = program.said
    return said[said.rindex("declared") - 30 :]


def test_the_account_shows_a_file_that_was_lost_doubled_or_made_up(tmp_path: Path) -> None:
    """The harness itself has teeth."""
    from tests.faults.producer import LedgerState  # noqa: PLC0415

    feed, recording = tmp_path / "feed", tmp_path / "night.jsonl"
    feed.mkdir()
    (feed / "a.json").write_bytes(news(1))
    with Program(feed, recording) as program:
        program.wait_for("Line 1 of the night")
        program.quit()
    lines = recording.read_bytes().splitlines(keepends=True)
    recording.write_bytes(b"".join([*lines, lines[-1]]))

    books = LedgerState(must={key("b.json", news(2)): "accepted"})
    faults = audit(recording, books, tmp_path / "cold").faults

    assert [fault.split(":")[0] for fault in faults] == [
        "lost", "2 times", "made up", "1 are counted as repeated, 0 were",
        "the standing is not that of a cold load of the same files",
    ][: len(faults)]  # fmt: skip
    assert len(faults) >= 4
