"""The real program as a process of its own: watched, stopped, woken and killed."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from feed.ledger.step import NOTES
from feed.recording.reader import RecordingFollower
from tests.faults.dropped import ROOT, Key, key

DEADLINE = 60.0


class Recorded:
    """What stands in a recording that the program writes."""

    def __init__(self, path: Path) -> None:
        self._follower = RecordingFollower(path)
        self.keys: set[Key] = set()

    def has(self, wanted: Key) -> bool:
        """Tell whether a file has been recorded with that content."""
        if wanted not in self.keys:
            self.look()
        return wanted in self.keys

    def look(self) -> int:
        """Read on; give how many files are in."""
        while arrivals := self._follower.poll():
            files = (arrival for arrival in arrivals if arrival.path != NOTES)
            self.keys |= {key(arrival.path, arrival.data) for arrival in files}
        return len(self.keys)


class Program:
    """Runs `nightdesk watch FEED --plain`, with `--recording FILE` where one is named."""

    def __init__(
        self, feed: Path, recording: Path | None, *options: str, largest_file: int | None = None
    ) -> None:
        self.lines: list[str] = []
        self._heard = threading.Condition()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tui", "watch", str(feed), "--plain",
             *(() if recording is None else ("--recording", str(recording))),
             "--settle", "0.4", *options],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        if largest_file is not None:
            self.may_write(largest_file)
        self._threads = [
            threading.Thread(target=self._listen, args=(stream,), daemon=True)
            for stream in (self.process.stdout, self.process.stderr)
        ]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.kill()
        self.process.wait(DEADLINE)
        self._close()

    @property
    def is_alive(self) -> bool:
        """Tell whether it runs."""
        return self.process.poll() is None

    @property
    def said(self) -> str:
        """Everything printed so far, in one text."""
        with self._heard:
            return "\n".join(self.lines)

    def wait_until(self, is_so: Callable[[], bool], seconds: float = DEADLINE) -> None:
        """Wait for a condition, looking whenever the program prints and 20 times a second."""
        deadline = time.monotonic() + seconds
        while not is_so():
            if time.monotonic() > deadline or not self.is_alive:
                raise AssertionError(f"it did not happen; the program says:\n{self.said[-2000:]}")
            with self._heard:
                self._heard.wait(0.05)

    def wait_for(self, text: str) -> None:
        """Wait until `text` is printed."""
        self.wait_until(lambda: text in self.said)

    def halt(self) -> None:
        """Stop it as Ctrl-Z does, and wait until it stands."""
        self.process.send_signal(signal.SIGSTOP)
        self.wait_until(lambda: self._state() == "T")

    def go_on(self) -> None:
        """Wake it."""
        self.process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """End it with no chance to tidy up."""
        self.process.kill()
        self.process.wait(DEADLINE)
        self._close()

    def quit(self) -> int:
        """Ask it to end; give its exit code."""
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(DEADLINE)
        self._close()
        return code

    def wait_for_end(self) -> None:
        """Read what it has printed to the end, once it has ended."""
        self.process.wait(DEADLINE)
        for thread in self._threads:
            thread.join(DEADLINE)

    def may_write(self, largest_file: int) -> None:
        """Let it write files up to that many bytes: a disk that is full, and not so later."""
        assert sys.platform == "linux"  # elsewhere no other process can be told so
        hard = resource.RLIM_INFINITY
        resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (largest_file, hard))

    def _state(self) -> str:
        stat = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii")
        return stat.rpartition(")")[2].split()[0]

    def _listen(self, stream: object) -> None:
        for line in stream:  # type: ignore[attr-defined]
            with self._heard:
                self.lines.append(line.decode("utf-8", "backslashreplace").rstrip("\n"))
                self._heard.notify_all()

    def _close(self) -> None:
        for thread in self._threads:
            thread.join(DEADLINE)
        for stream in (self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()
