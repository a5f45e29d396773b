"""What could not be recorded is said at the end, and in the exit code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import typer

from tui.running import plain
from tui.running.sessions import live_session
from tui.running.start import UNSAVED, run
from tui.settings.options import Options


class Ended:
    def __init__(self, unsaved: int) -> None:
        self.unsaved = unsaved


def test_a_recording_that_cannot_be_written_is_said_at_the_start(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "feed").mkdir()
    (tmp_path / "file").touch()
    live_session(
        lambda _view: None,
        tmp_path / "feed",
        Options(),
        recording=tmp_path / "file" / "night.jsonl",
    )
    said = capsys.readouterr().err
    assert said.startswith("nightdesk: the recording cannot be written: ")
    assert said.endswith("it is tried again\n")


@pytest.mark.parametrize(
    ("unsaved", "ended", "code"),
    [(0, 0, 0), (0, 130, 130), (3, 0, UNSAVED), (1, 130, UNSAVED), (2, 1, 1)],
)
def test_a_night_that_was_not_recorded_whole_says_so_and_ends_with_four(
    unsaved: int,
    ended: int,
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def shown(make: Any, *_rest: object) -> int:
        make(print)
        return ended

    monkeypatch.setattr(plain, "run_plain", shown)
    session: Any = Ended(unsaved)
    found = 0
    try:
        run(lambda _post: session, Options(), plain=True)
    except typer.Exit as left:
        found = left.exit_code
    assert found == code
    assert ("not in the recording" in capsys.readouterr().err) is bool(unsaved)
