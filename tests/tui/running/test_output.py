"""Whatever stdout is, every command ends with a sentence and a status."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from textual.app import App, _PrintCapture

from feed.recording.writer import Recorder
from tests.feed.builders import a_result, an_arrival, minutes
from tui.cli.main import main
from tui.running.output import Output, tell

FULL = Path("/dev/full")
COMMANDS = (
    ("summary", "NIGHT"),
    ("summary", "NIGHT", "--format", "json"),
    ("check", "NIGHT"),
    ("check", "NIGHT", "--format", "json"),
    ("explain", "NIGHT", "lab.seats_net"),
    ("replay", "NIGHT", "--plain"),
    ("watch", "FEED", "--plain"),
    ("where",),
    ("schema",),
    ("--version",),
    ("--help",),
    ("summary", "--help"),
)
needs_full = pytest.mark.skipif(not FULL.exists(), reason="there is no device that is full")


@pytest.fixture
def night(tmp_path: Path) -> Path:
    feed = tmp_path / "feed"
    feed.mkdir()
    arrival = an_arrival(a_result("Môrwald Bay", lab=25, con=10), "results/môn.json", 10)
    (feed / "result.json").write_bytes(arrival.data)
    recorder = Recorder.open(tmp_path / "night.jsonl", feed, started=minutes(0))
    recorder.append([arrival])
    recorder.close()
    return tmp_path / "night.jsonl"


def ended(words: Sequence[str], night: Path, out: io.TextIOBase | None) -> tuple[int, str]:
    """Run a command with that stdout; return its status and what it said on stderr."""
    places = {"NIGHT": str(night), "FEED": str(night.parent / "feed")}
    said = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["nightdesk", *(places.get(word, word) for word in words)])
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", said)
        with pytest.raises(SystemExit) as left:
            main()
    code = left.value.code
    return (code if isinstance(code, int) else 0), said.getvalue()


@needs_full
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_full_disk_ends_every_command_with_one_sentence(
    words: tuple[str, ...], night: Path
) -> None:
    with FULL.open("w", encoding="utf-8") as full:
        code, said = ended(words, night, full)
    assert code == 1
    assert said.splitlines() == ["nightdesk: stdout cannot be written: no space left on device"]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_reader_that_has_seen_enough_is_no_fault(words: tuple[str, ...], night: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w", encoding="utf-8") as nobody:
        code, said = ended(words, night, nobody)
    assert (code, said) == (0, "")


@pytest.mark.parametrize("words", [it for it in COMMANDS if it[0] != "watch"], ids=" ".join)
def test_signs_that_cannot_be_encoded_are_replaced(words: tuple[str, ...], night: Path) -> None:
    taken = io.BytesIO()
    code, said = ended(words, night, io.TextIOWrapper(taken, encoding="ascii"))
    assert (code, said) == (0, "")
    assert taken.getvalue().isascii()
    if "json" in words and words[0] == "summary":
        assert "Môrwald Bay" in json.dumps(json.loads(taken.getvalue()), ensure_ascii=False)
    elif words[0] == "replay":
        assert b"Morwald Bay" in taken.getvalue()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Con −9 · Lab +6", "Con -9 * Lab +6"),  # the real minus
        ("Môrwald Bay…", "Morwald Bay..."),
        ("≈ matched → “Worcester”", '~ matched > "Worcester"'),
        ("✓ ✗ ▲ ‖ ²", "+ x ^ | 2"),
        ("漢", "?"),
    ],
)
def test_a_sign_is_replaced_by_what_it_looks_like(said: str, told: str) -> None:
    taken = io.BytesIO()
    output = Output(io.TextIOWrapper(taken, encoding="ascii"), needed=True)
    output.write(said)
    output.flush()
    assert taken.getvalue().decode("ascii") == told


def test_narration_that_cannot_be_written_is_lost_and_no_more() -> None:
    class Broken(io.StringIO):
        def write(self, _text: str) -> int:
            raise OSError(28, "No space left on device")

    narration = Output(Broken(), needed=False)
    assert narration.write("Stopped") == 7


def test_behind_the_screen_narration_goes_to_the_file_that_stderr_was_led_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = io.StringIO()
    monkeypatch.setattr(sys, "__stderr__", file)
    monkeypatch.setattr(sys, "stderr", _PrintCapture(App(), stderr=True))
    tell("the recording cannot be written")
    assert file.getvalue() == "nightdesk: the recording cannot be written\n"
