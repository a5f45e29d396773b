"""`nightdesk drop` tells on stderr what it does, and ends when it is asked to."""

from __future__ import annotations

import io
import signal
from math import inf
from pathlib import Path

import pytest

from feed.rehearsal.faults import Fault
from feed.rehearsal.folder import RehearsalFolder
from feed.rehearsal.plan import Drop
from tests.feed.builders import minutes
from tui.cli.rehearse import Narration, Wish, rehearse

SAMPLE = Path(__file__).parents[3] / "sample_feeds" / "rehearsal"
DROP = Drop(minutes(0), b"results/\x1b[31m.xml", b"<a/>", minutes(0), fault="late")


def a_wish(**facts: object) -> Wish:
    given = {"speed": inf, "gap_limit": None, "start": None, "faults": frozenset(), "seed": 1,
             "plain": True, **facts}  # fmt: skip
    return Wish(**given)  # type: ignore[arg-type]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_one_line_a_file_goes_to_stderr_and_nothing_to_stdout(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rehearse(SAMPLE, tmp_path / "into", a_wish()) == 0
    told = capsys.readouterr()
    lines = told.err.splitlines()
    assert told.out == ""
    assert len(lines) == 102
    assert lines[0].split("  ")[1].startswith("nominations/Rehearsal_Test_nominations_")
    assert lines[-1] == f"All 101 drops are made: {tmp_path / 'into'}"


def test_faults_are_told_beside_the_file_and_at_the_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wish = a_wish(faults=frozenset({Fault.LATE, Fault.DUPLICATE}), seed=9)
    rehearse(SAMPLE, tmp_path / "into", wish)
    lines = capsys.readouterr().err.splitlines()
    assert any(line.endswith("  (late)") for line in lines)
    assert any("/again/" in line and line.endswith("  (again)") for line in lines)
    assert "with duplicate, late, seed 9:" in lines[-1]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
def test_a_signal_ends_it_after_the_file_in_hand(
    number: signal.Signals, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    put, made = RehearsalFolder.put, list[bytes]()
    before = signal.getsignal(number)

    def put_and_signal(folder: RehearsalFolder, drop: Drop) -> None:
        made.append(drop.path)
        if len(made) == 5:
            signal.raise_signal(number)
        put(folder, drop)

    monkeypatch.setattr(RehearsalFolder, "put", put_and_signal)
    assert rehearse(SAMPLE, tmp_path / "into", a_wish()) == code
    assert capsys.readouterr().err.splitlines()[-1].startswith("Stopped: ")
    files = [path for path in (tmp_path / "into").rglob("*.xml") if path.is_file()]
    assert 1 <= len(files) <= 5
    assert not list((tmp_path / "into").rglob("*.part"))
    assert signal.getsignal(number) is before


def test_on_a_terminal_one_line_is_written_over() -> None:
    out = Terminal()
    narration = Narration(out, 1_200, plain=False)
    narration.told(DROP)
    narration.ended("Done")
    assert out.getvalue() == ("\r\x1b[K1 of 1,200  23:00:00  results/\\x1b[31m.xml  (late)\nDone\n")


def test_with_plain_a_terminal_too_gets_a_line_a_file() -> None:
    out = Terminal()
    Narration(out, 1, plain=True).told(DROP)
    assert out.getvalue() == "23:00:00  results/\\x1b[31m.xml  (late)\n"


def test_the_times_of_the_files_are_those_of_today_or_stay_as_they_are(tmp_path: Path) -> None:
    for keep_times, found in ((True, True), (False, False)):
        into = tmp_path / f"kept-{keep_times}"
        rehearse(SAMPLE, into, a_wish(keep_times=keep_times, as_of="22:00"))
        files = list(into.rglob("*.xml"))
        assert any(b'date="2019-05-02"' in path.read_bytes() for path in files) is found
