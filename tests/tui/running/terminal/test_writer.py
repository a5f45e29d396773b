"""What is written to a terminal that is slow, stands still or is gone."""

from __future__ import annotations

import os
import pty
import select
import termios
import threading
import tty
from collections.abc import Iterator
from contextlib import suppress
from typing import TextIO

import pytest

from tests.tui.running.terminal.glass import Glass
from tui.running.terminal import writer
from tui.running.terminal.cells import pen_of
from tui.running.terminal.writer import TerminalWriter

WIDTH, HEIGHT = 100, 40
PTY_HOLDS = 100_000
"""More than a pseudo-terminal takes before somebody reads, of a busy machine too."""


class Line:
    """A terminal with a writer before it; nothing is read but when it is asked for."""

    def __init__(self) -> None:
        self.master, slave = pty.openpty()
        tty.setraw(slave)
        self.file: TextIO = os.fdopen(slave, "w")
        self.writer = TerminalWriter(self.file)
        self.glass = Glass(WIDTH, HEIGHT)
        self.taken = b""

    def frame(self, char: str, *, hold: bool = False) -> None:
        """Draw a screen that is full of one character."""
        with self.writer.frame(hold=hold) as cells:
            if cells.width != WIDTH:
                cells.resize(WIDTH, HEIGHT)
            for y in range(HEIGHT):
                cells.put(0, y, char * WIDTH, [pen_of("31")] * WIDTH)

    def read(self, until: bytes = b"", seconds: float = 30.0) -> bytes:
        """Read to some bytes, or until nothing comes any more."""
        got = b""
        while not (until and until in got):
            if not select.select([self.master], [], [], seconds if until else 0.2)[0]:
                break
            with suppress(OSError):
                got += os.read(self.master, 1 << 16)
        self.taken += got
        self.glass.feed(got.decode())
        return got


@pytest.fixture
def line() -> Iterator[Line]:
    line = Line()
    line.writer.start()
    yield line
    with suppress(OSError):
        line.file.close()
    with suppress(OSError):
        os.close(line.master)
    line.writer.stop()


def test_newer_frames_take_the_place_of_those_that_wait(line: Line) -> None:
    for number in range(300):
        line.frame("abcdefgh"[number % 8])
    line.frame("Z")
    line.writer.write("END")
    line.read(b"END")
    line.read()

    assert line.glass.screen.display == ["Z" * WIDTH] * HEIGHT
    assert len(line.taken) < PTY_HOLDS + 2 * WIDTH * HEIGHT


def test_a_large_frame_is_held_together_and_a_figure_is_not(line: Line) -> None:
    line.frame("a", hold=True)
    line.writer.write("\x07")
    line.read(b"\x1b[?2026l")
    with line.writer.frame(hold=True) as cells:
        cells.put(7, 3, "b", [pen_of("31")])
    figure = line.read(b"b")

    assert line.taken.count(b"\x1b[?2026h") == 1
    assert figure == b"\x1b[4;8Hb"


def test_the_last_words_are_said_and_no_frame_after_them(line: Line) -> None:
    line.frame("a")
    line.read(b"a" * WIDTH)
    for char in "bcdefg":
        line.frame(char)
    line.writer.end_frames()
    line.writer.write("\x1b[?1049l")
    line.frame("z")
    line.writer.stop()

    assert line.read().endswith(b"\x1b[?1049l")


def test_a_terminal_that_takes_nothing_holds_nobody(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "LEAVE_WITHIN", 0.2)
    for number in range(20):
        line.frame("abcdefgh"[number % 8])
        line.writer.write("x" * PTY_HOLDS)
    leaving = threading.Thread(target=line.writer.stop, daemon=True)
    leaving.start()
    leaving.join(60)

    assert not leaving.is_alive()


def test_a_terminal_that_is_gone_ends_the_writing(line: Line) -> None:
    line.frame("a")
    line.read(b"a" * WIDTH)
    os.close(line.master)
    thread = line.writer._thread
    assert thread is not None
    line.frame("b")
    thread.join(60)

    assert line.writer.is_gone
    assert not thread.is_alive()


def test_what_was_shown_before_a_stop_is_written_again_after_it(line: Line) -> None:
    line.frame("a")
    line.read(b"a" * WIDTH)
    line.read()
    line.writer.end_frames()
    line.writer.stop()
    line.glass = Glass(WIDTH, HEIGHT)
    line.writer.start()
    line.read(b"a" * WIDTH)
    line.read()

    assert line.glass.screen.display == ["a" * WIDTH] * HEIGHT


def test_the_terminal_is_not_changed_for_those_who_share_it(line: Line) -> None:
    before = termios.tcgetattr(line.file.fileno())
    line.frame("a")
    line.read(b"a" * WIDTH)

    assert os.get_blocking(line.file.fileno())
    assert termios.tcgetattr(line.file.fileno()) == before
