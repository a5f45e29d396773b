"""A real `nats-server` on this machine for the tests, with the config that the program writes."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from feed.hub.connection import Hub, Role
from feed.hub.server import Listening, server_program, written_config
from feed.model.arrival import Arrival
from feed.recording.writer import Recorder

HAS_SERVER = (
    shutil.which("nats-server") or shutil.which("nats-server", path="/usr/sbin:/usr/local/sbin")
) is not None
BEGUN = datetime(2026, 5, 7, 21, 0, tzinfo=UTC)


class LocalHub:
    """A server that can be killed and started again on the same port and store."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.folder = folder
        self.listening = Listening(port=port)
        self._config = written_config(folder, self.listening)
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._server = subprocess.Popen(
            [server_program(), "-c", str(self._config)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_until(self._answers, "the server answers")

    def kill(self) -> None:
        if self._server is not None:
            self._server.kill()
            self._server.wait(60)
            self._server = None

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.listening.port), 1) as door:
                return door.recv(4) == b"INFO"
        except OSError:
            return False

    def door(self, role: Role) -> Hub:
        token = (self.folder / f"{role}.token").read_text(encoding="ascii").strip()
        return Hub(self.listening.url, role, token)


def wait_until(seen: Callable[[], bool], what: str, seconds: float = 60.0) -> None:
    """Wait for an effect; fail where it does not come."""
    give_up = time.monotonic() + seconds
    while not seen():
        assert time.monotonic() < give_up, what
        time.sleep(0.02)


def arrivals(numbers: Sequence[int]) -> list[Arrival]:
    return [
        Arrival(f"results/{n % 40}.json", b'{"kind": "news", "text": "line %d"}' % n, BEGUN)
        for n in numbers
    ]


def a_recorder(folder: Path, name: str = "night", second: int = 0) -> Recorder:
    feed = folder / "feed"
    feed.mkdir(exist_ok=True)
    return Recorder.open(folder / f"{name}.jsonl", feed, started=BEGUN.replace(second=second))
