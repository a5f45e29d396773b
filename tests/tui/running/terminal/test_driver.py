"""The program on a terminal: bad bytes, Alt, its title, its end, and a line that is slow."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from threading import Event

import pytest

from feed.model.view import View
from tests.tui.standings import a_council, a_night
from tests.tui.terminal import Terminal
from tui.running.app import window_title
from tui.running.terminal.driver import TerminalDriver


@pytest.fixture
def demo() -> Terminal:
    return Terminal("demo", "--start", "03:00")


def begun(terminal: Terminal) -> Terminal:
    terminal.wait_for("of 248 declared", 20)
    return terminal


def test_bytes_that_are_no_text_end_nothing_and_alt_and_a_key_close_a_page_and_are_the_key(
    demo: Terminal,
) -> None:
    with begun(demo) as terminal:
        os.write(terminal.master, b"\xff\xfe\xc3(")
        os.write(terminal.master, b"?")
        terminal.wait_for("Quit at once")
        terminal.send("\x1bq")

        assert terminal.wait() == 0
        assert terminal.is_clean()


def test_an_input_that_fails_is_logged_and_taken_up_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    driver = TerminalDriver.__new__(TerminalDriver)
    driver.exit_event = Event()
    reads = iter((OSError("no keys"), ValueError("odd keys"), None))

    def read_keys(self: TerminalDriver) -> None:
        fault = next(reads)
        if fault is not None:
            raise fault
        self.exit_event.set()

    monkeypatch.setattr(TerminalDriver, "_read_keys", read_keys)
    driver.run_input_thread()

    assert [str(record.exc_info[1]) for record in caplog.records if record.exc_info] == [
        "no keys",
        "odd keys",
    ]


def test_one_q_leaves_a_replay_with_the_screen_cleared_and_the_window_s_own_name_back(
    demo: Terminal,
) -> None:
    with begun(demo) as terminal:
        assert "REPLAY" in terminal.text
        terminal.send("q")

        assert terminal.wait() == 0
        assert terminal.is_clean()
        output = bytes(terminal.output)

    title = "\x1b]2;nightdesk · replay · ".encode()
    assert output.find(b"\x1b[22;2t") < output.find(title)
    assert output.rfind(title) < output.rfind(b"\x1b[23;2t")
    cleared = output.rfind(b"\x1b[2J")
    assert 0 < cleared < output.rfind(b"\x1b[?1049l")
    assert b"declared" not in output[cleared:]


def test_a_terminal_that_grew_and_shrank_is_written_whole(demo: Terminal) -> None:
    with begun(demo) as terminal:
        for columns in (90, 120):
            terminal.resize(columns, 30)
            terminal.read()
        terminal.screen.reset()
        terminal.resize(120, 36)
        terminal.wait_for("Scoreboard")
        terminal.wait_for("Council control")


def test_a_process_that_was_stopped_from_outside_draws_itself_again(demo: Terminal) -> None:
    with begun(demo) as terminal:
        terminal.process.send_signal(signal.SIGSTOP)
        while terminal.read(0.2):
            pass
        terminal.screen.reset()
        terminal.process.send_signal(signal.SIGCONT)
        terminal.wait_for("Council control")
        terminal.send("q")

        assert terminal.wait() == 0
        assert terminal.is_clean()


def test_a_key_is_seen_and_the_desk_left_before_what_waits_for_a_slow_line() -> None:
    with begun(Terminal("demo", columns=160, rows=48)) as terminal:
        for number in range(60):  # nobody reads: every one of these frames would have to wait
            terminal.resize(150 + number % 11, 48)
        terminal.resize(160, 48)
        terminal.send("?")
        before = len(terminal.output)
        terminal.wait_for("Quit at once")
        until_help = len(terminal.output) - before
        terminal.send("\x11")
        before = len(terminal.output)

        assert terminal.wait() == 0
        assert until_help < 120_000
        assert len(terminal.output) - before < 30_000


@pytest.mark.parametrize("keys", ["q", ""])
def test_a_desk_whose_terminal_goes_while_it_leaves_ends(keys: str, tmp_path: Path) -> None:
    with begun(Terminal("demo")) as terminal:
        for number in range(60):
            terminal.resize(110 + number % 11, 36)
        terminal.send(keys)
        terminal.vanish()

        assert terminal.process.wait(60) in {0, 128 + signal.SIGHUP}


def test_a_title_says_mode_and_how_far() -> None:
    night = a_night(a_council("Hull", "lab", "lab"), a_council("Bath"))

    assert window_title(View(night)) == "nightdesk · 1 of 2"
    assert window_title(View(night, "replay")) == "nightdesk · replay · 1 of 2"
