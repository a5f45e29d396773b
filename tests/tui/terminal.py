"""The real program on a pseudo-terminal, its screen read with pyte."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

ROOT = Path(__file__).parents[2]


def _surroundings() -> dict[str, str]:
    """Return the environment of the moment: the test's own folders are in it.

    A test runner may say how wide its own terminal is; the program is to ask the one it runs on.
    """
    return {k: v for k, v in os.environ.items() if k not in {"COLUMNS", "LINES"}}


class Terminal:
    """Runs `nightdesk ARGS` on a pseudo-terminal of a given size."""

    def __init__(
        self,
        *args: str,
        columns: int = 120,
        rows: int = 36,
        env: dict[str, str] | None = None,
        program: tuple[str, ...] = ("-m", "tui"),
        cwd: Path = ROOT,
    ) -> None:
        self.master, slave = pty.openpty()
        self.before = termios.tcgetattr(slave)
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.output = bytearray()
        self.process = subprocess.Popen(
            [sys.executable, *program, *args],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=cwd,
            env={
                **_surroundings(),
                "TERM": "xterm-256color",
                "COLORTERM": "truecolor",
                "PYTHONPATH": str(ROOT),
                **(env or {}),
            },
            start_new_session=True,
        )
        self._slave = slave

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(60)
        self.vanish()

    def vanish(self) -> None:
        """Take the terminal away; no signal is sent, as it is in charge of no program."""
        for end in (self.master, self._slave):
            with suppress(OSError):
                os.close(end)

    @property
    def text(self) -> str:
        """The screen as lines of text."""
        return "\n".join(self.screen.display)

    def read(self, seconds: float = 0.1) -> bool:
        """Take over what the program has written; say whether there was anything."""
        ready, _, _ = select.select([self.master], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self.master, 1 << 16)
        except OSError:
            return False
        self.output += data
        self._stream.feed(data)
        return bool(data)

    def wait_for(self, text: str, seconds: float = 60.0) -> None:
        """Read until `text` is on the screen."""
        self._wait(lambda: text in self.text, f"{text!r} is not on the screen", seconds)

    def wait_while(self, text: str, seconds: float = 60.0) -> None:
        """Read until `text` is no longer on the screen."""
        self._wait(lambda: text not in self.text, f"{text!r} stays on the screen", seconds)

    def _wait(self, seen: Callable[[], bool], otherwise: str, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not seen():
            if time.monotonic() > deadline:
                raise AssertionError(f"{otherwise}:\n{self.text}")
            self.read()

    def send(self, keys: str | bytes) -> None:
        """Type."""
        os.write(self.master, keys.encode() if isinstance(keys, str) else keys)

    def settle(self, quiet: float = 0.15, most: float = 5.0) -> None:
        """Read until nothing has come for a while."""
        deadline = time.monotonic() + most
        while self.read(quiet) and time.monotonic() < deadline:
            pass

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size."""
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.screen.resize(rows, columns)
        os.killpg(self.process.pid, signal.SIGWINCH)

    def wait(self, seconds: float = 60.0) -> int:
        """Read until the program has ended; give its exit code."""
        deadline = time.monotonic() + seconds
        while self.process.poll() is None:
            if time.monotonic() > deadline:
                raise AssertionError(f"the program goes on:\n{self.text}")
            self.read()
        while self.read(0.05):
            pass
        return self.process.returncode

    def is_clean(self) -> bool:
        """Whether the terminal is as it was: modes, main screen, visible cursor, no mouse."""
        left = self.output.rfind(b"\x1b[?1049l") > self.output.rfind(b"\x1b[?1049h")
        shown = self.output.rfind(b"\x1b[?25h") > self.output.rfind(b"\x1b[?25l")
        mouse = self.output.rfind(b"\x1b[?1003l") > self.output.rfind(b"\x1b[?1003h")
        return left and shown and mouse and termios.tcgetattr(self._slave) == self.before
