"""The screen is there before the session is: what is asked of it meanwhile is done in order."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from feed.errors import RecordingRefused
from feed.model.intents import Intent
from tests.tui.terminal import Terminal
from tui.running.launch import LaterSession


class Told:
    """A session that writes down what it is told."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.started = threading.Event()

    def start(self) -> None:
        self.told.append("start")
        self.started.set()

    def stop(self, timeout: float = 3.0) -> None:
        del timeout
        self.told.append("stop")

    def ask(self, intent: Intent) -> None:
        self.told.append(intent.what)

    def rescan(self) -> None:
        self.told.append("rescan")


class Opening:
    """A session in the making, and when it may be made."""

    def __init__(self) -> None:
        self.may = threading.Event()
        self.session = Told()
        self.refused: list[Exception] = []
        self.later = LaterSession(self.make, self.refused.append)

    def make(self) -> Told:
        assert self.may.wait(60)
        return self.session


@pytest.fixture
def opening() -> Iterator[Opening]:
    opening = Opening()
    yield opening
    opening.may.set()
    opening.later.stop()


def test_what_is_asked_before_the_session_is_there_is_asked_when_it_is(opening: Opening) -> None:
    opening.later.start()
    opening.later.ask(Intent("step"))
    opening.later.ask(Intent("edge"))
    assert opening.session.told == []
    opening.may.set()
    assert opening.session.started.wait(60)
    opening.later.ask(Intent("toggle"))
    assert opening.session.told == ["step", "edge", "start", "toggle"]


def test_a_session_that_is_there_too_late_is_closed_and_not_started(opening: Opening) -> None:
    opening.later.start()
    threading.Timer(0.0, opening.may.set).start()
    opening.later.stop()
    assert opening.session.told[-1] == "stop"
    assert opening.session.told.count("start") <= 1


def test_a_session_that_is_never_begun_is_stopped_at_once(opening: Opening) -> None:
    opening.later.stop()
    assert opening.session.told == []


def test_what_refuses_a_session_is_told_and_nothing_is_left_to_stop() -> None:
    refused: list[Exception] = []
    no = RecordingRefused("it would lie in the feed folder")

    def make() -> Told:
        raise no

    later = LaterSession(make, refused.append)
    later.start()
    later.stop()
    assert refused == [no]


def test_a_recording_that_is_refused_closes_the_screen_with_a_word_and_an_exit_code(
    tmp_path: Path,
) -> None:
    home = {"XDG_STATE_HOME": str(tmp_path / "state"), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    (tmp_path / "feed").mkdir()
    inside = str(tmp_path / "feed" / "night.jsonl")
    with Terminal("watch", str(tmp_path / "feed"), "--recording", inside, env=home) as terminal:
        assert terminal.wait() == 2
        assert terminal.is_clean()
        assert b"would lie in the feed folder" in terminal.output
