"""What goes wrong is written to a private log; the screen says so, or dies in one line."""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.worker import Worker

from feed.model.standing import Standing
from feed.model.view import View
from feed.session.session import Post, Session
from tests.tui.terminal import Terminal
from tui.desk.screen import DeskScreen
from tui.panes.messages import StandingReady
from tui.running.app import Desk
from tui.running.log_file import logging_to
from tui.settings.options import Options

NASTY = "Alder\x1b]52;c;ZXZpbA==\x07\nERROR MainThread feed: forged\x9b2J"


def error(said: str) -> None:
    raise ValueError(said)


def written(log: Path) -> str:
    return log.read_text(encoding="utf-8")


def test_all_that_feed_and_tui_say_goes_to_the_file_and_nowhere_else(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "logs" / "nightdesk.log"
    with logging_to(log):
        logging.getLogger("feed.session.session").info("a step was taken")
        logging.getLogger("watchfiles").warning("a watch was lost")
        logging.getLogger("watchfiles").info("a change came")
    assert "a step was taken" in written(log)
    assert "a watch was lost" in written(log)
    assert "a change came" not in written(log)
    assert capfd.readouterr() == ("", "")


def test_the_log_is_for_its_owner_alone(tmp_path: Path) -> None:
    with logging_to(tmp_path / "logs" / "nightdesk.log"):
        pass
    assert (tmp_path / "logs" / "nightdesk.log").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "logs").stat().st_mode & 0o777 == 0o700


def test_three_files_of_a_megabyte_are_kept_and_all_are_private(tmp_path: Path) -> None:
    log = tmp_path / "nightdesk.log"
    with logging_to(log):
        for _ in range(45):
            logging.getLogger("feed").info("x" * 100_000)
    kept = sorted(path.name for path in tmp_path.iterdir())
    assert kept == ["nightdesk.log", "nightdesk.log.1", "nightdesk.log.2"]
    assert all(path.stat().st_size <= 1_000_000 for path in tmp_path.iterdir())
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


def test_text_from_a_feed_can_neither_forge_a_line_nor_steer_a_terminal(tmp_path: Path) -> None:
    log = tmp_path / "nightdesk.log"
    with logging_to(log):
        logging.getLogger("feed").warning("bad name %s", NASTY)
        try:
            error(NASTY)
        except ValueError:
            logging.getLogger("feed").exception("could not read %s", NASTY)
    lines = written(log).split("\n")
    assert all(char.isprintable() or char == "\n" for char in written(log))
    assert sum(" WARNING " in line for line in lines) == 1
    assert sum(" ERROR " in line for line in lines) == 2
    assert not lines[0].partition("bad name")[0].startswith("ERROR")


def test_a_link_in_the_logs_place_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    (tmp_path / "nightdesk.log").symlink_to(tmp_path / "mine")
    with logging_to(tmp_path / "nightdesk.log"):
        logging.getLogger("feed").error("not here")
    assert (tmp_path / "mine").read_text() == "mine"


def test_a_log_that_cannot_be_made_silences_nothing_but_itself(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "logs").write_text("a file")
    told: list[str] = []
    with logging_to(tmp_path / "logs" / "nightdesk.log", told.append):
        logging.getLogger("feed").error("something")
    assert told == ["something"]
    assert capfd.readouterr() == ("", "")


def test_errors_are_told_in_a_line_and_less_is_not(tmp_path: Path) -> None:
    told: list[str] = []
    with logging_to(tmp_path / "nightdesk.log", told.append):
        logging.getLogger("feed").warning("a remark")
        try:
            error("bad")
        except ValueError:
            logging.getLogger("feed").exception("a step could not be taken")
    assert told == ["a step could not be taken: ValueError: bad"]


def test_a_thread_that_dies_is_logged_and_told(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    told: list[str] = []
    with logging_to(tmp_path / "nightdesk.log", told.append):
        thread = threading.Thread(target=error, args=("gone",), name="nightdesk-source")
        thread.start()
        thread.join()
    assert told == ["nightdesk-source ended: ValueError: gone"]
    assert "in error" in written(tmp_path / "nightdesk.log")
    assert capfd.readouterr().err == ""


def test_afterwards_logging_is_as_it_was(tmp_path: Path) -> None:
    root = logging.getLogger()
    before = (list(root.handlers), root.level, threading.excepthook, sys.unraisablehook)
    with logging_to(tmp_path / "nightdesk.log"):
        assert list(root.handlers) != before[0]
    assert (list(root.handlers), root.level, threading.excepthook, sys.unraisablehook) == before


def a_desk(log: Path) -> Desk:
    def make(post: Post) -> Session:
        return Session(post)

    return Desk(make, Options(), log=log)


def in_the_session(desk: Desk) -> None:
    logging.getLogger("feed.session.session").error("a step could not be taken")


def in_a_worker(desk: Desk) -> Worker[None]:
    async def work() -> None:
        await asyncio.sleep(0)
        error("worker")

    return desk.run_worker(work())


def in_a_timer(desk: Desk) -> None:
    desk.screen.set_timer(0.001, lambda: error("timer"))


@pytest.mark.parametrize(
    ("fail", "said"),
    [
        (in_the_session, "a step could not be taken"),
        (in_a_worker, "WorkerFailed"),
        (in_a_timer, "ValueError: timer"),
    ],
)
async def test_what_fails_in_the_background_is_shown_with_the_log_and_the_screen_stays(
    fail: Callable[[Desk], object], said: str, tmp_path: Path
) -> None:
    log = tmp_path / "nightdesk.log"
    desk = a_desk(log)
    with logging_to(log, desk.tell_of_trouble):
        async with desk.run_test(size=(120, 36)) as pilot:
            await pilot.pause()
            fail(desk)
            for _ in range(200):
                await pilot.pause()
                if desk._notifications:
                    break
            (shown,) = list(desk._notifications)
            assert said in shown.message
            assert str(log) in shown.message
            assert desk.is_running
            await pilot.press("2")
            assert desk.screen.focused is not None
    assert said.removeprefix("ValueError: ") in written(log)
    assert desk.crash == ""


async def test_the_same_trouble_is_shown_once_a_minute(tmp_path: Path) -> None:
    log = tmp_path / "nightdesk.log"
    desk = a_desk(log)
    with logging_to(log, desk.tell_of_trouble):
        async with desk.run_test(size=(120, 36)) as pilot:
            await pilot.pause()
            for _ in range(5):
                in_the_session(desk)
                await pilot.pause()
            assert len(list(desk._notifications)) == 1


async def test_what_fails_in_a_handler_ends_the_screen_stops_the_session_and_is_logged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "nightdesk.log"
    desk = a_desk(log)
    stopped: list[bool] = []

    def broken(_self: DeskScreen) -> None:
        error("drawing")

    with logging_to(log), pytest.raises(ValueError, match="drawing"):  # noqa: PT012
        async with desk.run_test(size=(120, 36)) as pilot:
            await pilot.pause()
            session = desk.session
            assert session is not None
            stop = session.stop

            def stopping() -> None:
                stopped.append(True)
                stop()

            monkeypatch.setattr(session, "stop", stopping)
            monkeypatch.setattr(DeskScreen, "draw", broken)
            desk.screen.post_message(StandingReady(View(Standing())))
            await pilot.pause()
    assert desk.crash == "ValueError: drawing"
    assert desk.return_code == 1
    assert stopped == [True]
    assert "the screen failed" in written(log)


_BREAKS = """
from tui.cli.main import main
from tui.desk.screen import DeskScreen


def broken(*_):
    raise ValueError("the drawing broke")


DeskScreen.run = broken
main()
"""


def test_on_a_real_terminal_a_crash_leaves_one_line_and_the_terminal_as_it_was(
    tmp_path: Path,
) -> None:
    env = {"XDG_STATE_HOME": str(tmp_path)}
    with Terminal("demo", columns=160, env=env, program=("-c", _BREAKS)) as terminal:
        terminal.wait_for("of 248 declared")
        terminal.send("W")
        assert terminal.wait() == 1
        assert terminal.is_clean()
        after = bytes(terminal.output).rpartition(b"\x1b[?1049l")[2].decode()
    log = tmp_path / "nightdesk" / "log" / "nightdesk.log"
    said = f"nightdesk: ended by a fault of its own (ValueError: the drawing broke); see {log}"
    assert said in after
    assert "Traceback" not in after
    assert "the drawing broke" in written(log)
