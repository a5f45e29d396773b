"""The program in a real terminal: files dropped in are shown, and it leaves nothing behind."""

import json
import os
import signal
from collections.abc import Mapping
from pathlib import Path

from platformdirs import user_state_path

from tests.tui.terminal import Terminal

RESULT = {
    "kind": "result",
    "council": "Trafford",
    "gss": "E08000009",
    "control_before": "noc",
    "after": {"con": 20, "lab": 36, "ld": 6, "green": 1},
    "changes": [{"baseline": "eve_of_poll", "seats": {"lab": 6, "con": -9, "ld": 2, "green": 1}}],
    "at": "2019-05-03T03:45:00+01:00",
}


def drop(folder: Path, name: str, message: Mapping[str, object]) -> None:
    hidden = folder / f".{name}"
    hidden.write_text(json.dumps(message), encoding="utf-8")
    hidden.rename(folder / name)


def test_a_file_dropped_into_an_empty_folder_is_shown_and_q_twice_leaves_it_clean(
    tmp_path: Path,
) -> None:
    with Terminal("watch", str(tmp_path)) as terminal:
        terminal.wait_for("LIVE")
        drop(tmp_path, "trafford.json", RESULT)
        terminal.wait_for("Trafford: Lab gain")
        terminal.wait_for("36 of 63 seats")
        terminal.send("q")
        terminal.wait_for("press q again")
        terminal.send("q")

        assert terminal.wait() == 0
        assert terminal.is_clean()


def test_sigterm_leaves_the_terminal_clean(tmp_path: Path) -> None:
    with Terminal("watch", str(tmp_path)) as terminal:
        terminal.wait_for("LIVE")
        terminal.process.send_signal(signal.SIGTERM)

        assert terminal.wait() == 0
        assert terminal.is_clean()


def test_a_watched_folder_is_recorded_in_the_folder_for_the_programs_state(tmp_path: Path) -> None:
    with Terminal("watch", str(tmp_path)) as terminal:
        terminal.wait_for("LIVE")
        terminal.process.send_signal(signal.SIGTERM)
        assert terminal.wait() == 0
    state = user_state_path("nightdesk")
    assert state.is_relative_to(os.environ["XDG_STATE_HOME"])
    assert len([*state.glob("recordings/*.jsonl")]) == 1


def test_a_terminal_that_takes_nothing_any_more_does_not_hold_the_desk(tmp_path: Path) -> None:
    recording = tmp_path / "night.jsonl"
    feed = tmp_path / "feed"
    feed.mkdir()
    with Terminal("watch", str(feed), "--recording", str(recording)) as terminal:
        terminal.wait_for("LIVE")
        drop(feed, "trafford.json", RESULT)
        terminal.wait_for("Trafford: Lab gain")
        # Nobody reads the terminal from here on: what the desk draws fills it, and writing waits.
        for number in range(400):
            terminal.resize(120 + number % 7, 36)
        terminal.process.send_signal(signal.SIGTERM)

        assert terminal.process.wait(60) in {0, 128 + signal.SIGTERM}
    assert "Trafford" in recording.read_text()


def test_a_hang_up_ends_the_desk() -> None:
    with Terminal("demo") as terminal:
        terminal.wait_for("of 248 declared")
        terminal.process.send_signal(signal.SIGHUP)

        assert terminal.wait() == 0


def test_a_desk_whose_terminal_is_gone_ends_and_keeps_what_it_recorded(tmp_path: Path) -> None:
    recording, feed = tmp_path / "night.jsonl", tmp_path / "feed"
    feed.mkdir()
    with Terminal("watch", str(feed), "--recording", str(recording)) as terminal:
        terminal.wait_for("LIVE")
        drop(feed, "trafford.json", RESULT)
        terminal.wait_for("Trafford: Lab gain")
        terminal.vanish()

        assert terminal.process.wait(60) in {0, 128 + signal.SIGHUP}
    assert len(recording.read_text(encoding="utf-8").splitlines()) == 2


def test_a_storm_of_resizes_ends_in_a_whole_screen() -> None:
    with Terminal("demo", "--start", "03:00") as terminal:
        terminal.wait_for("of 248 declared")
        for columns, rows in ((80, 24), (20, 5), (200, 60), (39, 9), (41, 11), (160, 48), (79, 20)):
            terminal.resize(columns, rows)
            terminal.read()
        terminal.resize(160, 48)
        terminal.wait_for("Council control")
        terminal.wait_for("Scoreboard")
        terminal.send("q")

        assert terminal.wait() == 0
