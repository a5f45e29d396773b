"""The command line of rehearsals, stretches, round-ups and of looking on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from typer.testing import CliRunner

from feed.errors import NightdeskError
from feed.recording.shelf import recording_path, recordings_folder
from feed.recording.writer import Recorder
from tests.feed.builders import a_result, an_arrival, minutes
from tui.cli import main as cli
from tui.cli import playing

SAMPLES = Path(__file__).parents[3] / "sample_feeds"
ENGLAND = str(SAMPLES / "england-2019")
ALDER = an_arrival(a_result("Alder", lab=25, con=10), "results/alder.json", 10)


class Told(NamedTuple):
    """What a command wrote."""

    stdout: str
    stderr: str


def told(*words: str, code: int = 0) -> Told:
    result = CliRunner().invoke(cli.app, list(words), catch_exceptions=False)
    assert result.exit_code == code
    return Told(result.stdout, result.stderr)


def refused(*words: str) -> NightdeskError:
    with pytest.raises(NightdeskError) as found:
        CliRunner().invoke(cli.app, list(words), catch_exceptions=False)
    return found.value


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """Return a recording on the shelf where the newest is looked for."""
    path = recording_path(recordings_folder(), tmp_path, minutes(0).date())
    recorder = Recorder.open(path, tmp_path / "feed", started=minutes(0))
    recorder.append([ALDER])
    recorder.close()
    return path


def test_a_stretch_is_text_markdown_or_json() -> None:
    words = ("summary", ENGLAND, "--since", "02:10", "--until", "03:00")
    text = told(*words).stdout.splitlines()
    assert text[0] == "Since Fri 3 May 02:10, until Fri 3 May 03:00 BST"
    assert text[2] == "15 declared, 60 of 248 in all"
    marked = told(*words, "--format", "markdown").stdout.splitlines()
    assert marked[0] == f"# {text[0]}"
    found = json.loads(told(*words, "--format", "json").stdout)
    assert (found["declared"], found["since"]) == (15, "2019-05-03T01:10:00+00:00")


def test_a_stretch_speaks_the_house_style() -> None:
    words = ("summary", ENGLAND, "--since", "02:10", "--until", "03:00", "--style", "pa")
    assert "C lose Worcester to no overall control" in told(*words).stdout


def test_a_stretch_is_no_table_of_councils_and_no_moment() -> None:
    csv = refused("summary", ENGLAND, "--since", "02:10", "--format", "csv")
    assert csv.exit_code == 2
    assert "a stretch has none" in csv.what
    assert refused("summary", ENGLAND, "--until", "02:10", "--at", "03:00").exit_code == 2


def test_round_ups_are_told_only_when_they_are_asked_for() -> None:
    words = ("replay", ENGLAND, "--plain")
    assert "Round-up" not in told(*words).stdout
    lines = told(*words, "--round-ups").stdout.splitlines()
    assert sum("Round-up" in line for line in lines) == 21


def test_a_rehearsal_is_dropped_and_says_so_on_stderr(tmp_path: Path) -> None:
    into = tmp_path / "into"
    words = ("drop", str(SAMPLES / "rehearsal"), "--into", str(into), "--speed", "max", "--plain")
    result = told(*words, "--chaos", "late")
    assert result.stdout == ""
    assert result.stderr.splitlines()[-1].startswith("All 101 drops are made with late, seed 1")
    assert len(list(into.rglob("*.xml"))) == 101


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--chaos", "sharks"), 2),
        (("--speed", "9999"), 2),
        (("--start", "half past"), 2),
        (("--gap-limit", "soon"), 2),
    ],
)
def test_a_wish_that_cannot_be_is_refused_before_anything_is_written(
    words: tuple[str, ...], code: int, tmp_path: Path
) -> None:
    error = refused("drop", str(SAMPLES / "rehearsal"), "--into", str(tmp_path / "into"), *words)
    assert error.exit_code == code
    assert not (tmp_path / "into").exists()


def test_what_is_not_there_cannot_be_dropped(tmp_path: Path) -> None:
    error = refused("drop", str(tmp_path / "gone"), "--into", str(tmp_path / "into"))
    assert error.exit_code == 3


@pytest.mark.parametrize(
    "words",
    [("summary",), ("check",), ("replay", "--plain"), ("export", "--html", "night.html"),
     ("picture",)],
    ids=lambda words: words[0],
)  # fmt: skip
def test_a_folder_without_result_files_is_said_to_be_one(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    error = refused(*words, str(tmp_path))
    assert error.exit_code == 3
    assert error.what == f"no result files in {tmp_path}"


def test_a_folder_in_which_everything_is_rejected_has_no_result_files(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\x00\x01")
    error = refused("summary", str(tmp_path))
    assert error.exit_code == 3
    assert error.what == f"no result files in {tmp_path}: 1 file is rejected"
    assert "check" in error.fix


def test_a_recording_of_a_night_on_which_nothing_came_is_said_to_be_empty(tmp_path: Path) -> None:
    path = recording_path(recordings_folder(), tmp_path, minutes(0).date())
    Recorder.open(path, tmp_path / "feed", started=minutes(0)).close()
    error = refused("replay", "--last", "--plain")
    assert error.exit_code == 3
    assert error.what == f"the recording {path} is empty"


def test_the_newest_recording_can_be_followed(
    recording: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    followed: list[Any] = []
    monkeypatch.setattr(playing, "run_following", lambda *a, **_: followed.append(a))
    told("replay", "--last", "--follow")
    assert [(path, paces) for path, paces, _ in followed] == [(recording, [])]


def test_following_knows_no_pace_and_no_folder(recording: Path, tmp_path: Path) -> None:
    for pace in (("--speed", "5"), ("--start", "01:00"), ("--paused",), ("--loop",)):
        error = refused("replay", str(recording), "--follow", *pace)
        assert error.exit_code == 2
        assert error.what.startswith(pace[0])
    assert "nightdesk watch" in refused("replay", str(tmp_path), "--follow").fix
    plain = tmp_path / "a.json"
    plain.write_bytes(ALDER.data)
    assert refused("replay", str(plain), "--follow").exit_code == 3
