"""`hub`, `watch --publish` and `follow` as they are typed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner

from feed.errors import NightdeskError
from tests.feed.hub.local_hub import HAS_SERVER, wait_until
from tui.cli.main import app

ROOT = Path(__file__).parents[3]
REHEARSAL = ROOT / "sample_feeds" / "rehearsal"


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def running(state: Path, out: Path, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command until the end of the block; its output goes into a file."""
    with out.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "tui", *words], stdout=file, stderr=file, cwd=ROOT,
            env={**os.environ, "XDG_STATE_HOME": str(state), "XDG_CONFIG_HOME": str(state)},
        )  # fmt: skip
        try:
            yield process
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)


def says(out: Path, text: str) -> bool:
    return text in out.read_text(encoding="utf-8")


@pytest.mark.skipif(not HAS_SERVER, reason="no nats-server on this machine")
def test_what_one_desk_publishes_another_shows_and_keeps(tmp_path: Path) -> None:
    url = f"nats://127.0.0.1:{(port := free_port())}"
    hub, watch, follow = (tmp_path / name for name in ("hub", "watch", "follow"))
    with running(tmp_path, hub, "hub", "--port", str(port)) as server:
        wait_until(lambda: says(hub, f"nightdesk follow {url}"), "the two lines to type")
        published = ("watch", str(REHEARSAL), "--plain", "--publish", url)
        with (
            running(tmp_path, watch, *published),
            running(tmp_path, follow, "follow", url, "--plain") as looking,
        ):
            wait_until(lambda: says(follow, "Millbeck"), "a result")
            (recording,) = (tmp_path / "nightdesk" / "recordings").glob("*.jsonl")

            def same() -> bool:
                copies = list((tmp_path / "nightdesk" / "mirrors").glob("*.jsonl"))
                return [it.read_bytes() for it in copies] == [recording.read_bytes()]

            wait_until(same, "the copy is the recording")
            tokens = [(tmp_path / "nightdesk" / "hub" / f"{role}.token").read_text().strip()
                      for role in ("recorder", "reader")]  # fmt: skip
            words = Path(f"/proc/{looking.pid}/cmdline")
            if words.exists():
                assert not [token for token in tokens if token in words.read_text()]
        shown = [out.read_text(encoding="utf-8") for out in (hub, watch, follow)]
        assert not [token for token in tokens for text in shown if token in text]
        logs = (tmp_path / "nightdesk").rglob("*.log")
        assert not [t for t in tokens for log in logs if t in log.read_text(errors="replace")]
    assert server.returncode == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("hub", "--listen", "hub.example"), "say --insecure"),
        (("hub", "--tls-cert", "x"), "go together"),
        (("follow", "http://x"), "no address of a hub"),
        (("follow", "nats://a:b@c:1"), "everybody on this machine"),
        (
            ("watch", str(ROOT / "sample_feeds"), "--publish", "nats://x:1", "--no-record"),
            "nothing is recorded",
        ),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_way_out(words: tuple[str, ...], said: str) -> None:
    refused = CliRunner().invoke(app, list(words)).exception
    assert isinstance(refused, NightdeskError)
    assert refused.exit_code == 2
    assert said in str(refused)
