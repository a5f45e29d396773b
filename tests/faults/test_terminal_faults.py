"""Terminals that go away, shrink to nothing or can hardly do anything."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from feed.recording.reader import BadLine, read_recording
from tests.faults.dropped import news
from tests.tui.terminal import Terminal


def test_a_terminal_that_hangs_up_closes_the_recording_whole(tmp_path: Path) -> None:
    feed, recording = tmp_path / "feed", tmp_path / "night.jsonl"
    feed.mkdir()
    for number in range(20):
        (feed / f"{number}.json").write_bytes(news(number))
    with Terminal("watch", str(feed), "--recording", str(recording)) as terminal:
        terminal.wait_for("Line 19 of the night")
        terminal.process.send_signal(signal.SIGHUP)
        assert terminal.wait() == 0
        assert terminal.is_clean()
    items = list(read_recording(recording))
    assert len(items) == 20
    assert not [item for item in items if isinstance(item, BadLine)]


@pytest.mark.parametrize("env", [{"TERM": "dumb", "COLORTERM": ""}, {"NO_COLOR": "1"},
                                 {"TERM": "linux", "COLORTERM": "", "LANG": "C"}])  # fmt: skip
def test_a_poor_terminal_still_shows_the_night(tmp_path: Path, env: dict[str, str]) -> None:
    (tmp_path / "a.json").write_bytes(news(1))
    with Terminal("watch", str(tmp_path), "--no-record", env=env) as terminal:
        terminal.wait_for("Line 1 of the night")
        terminal.send("\x11")
        assert terminal.wait() == 0


def test_a_screen_of_twenty_by_five_says_so_and_still_quits(tmp_path: Path) -> None:
    with Terminal("watch", str(tmp_path), "--no-record", columns=20, rows=5) as terminal:
        terminal.wait_for("needs 40")
        terminal.send("q")
        terminal.send("q")
        assert terminal.wait() == 0
