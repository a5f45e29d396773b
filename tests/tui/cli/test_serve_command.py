"""`serve` as it is typed: a folder is watched and recorded once, whoever looks on."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from aiohttp import ClientConnectionError, ClientSession, ClientWebSocketResponse
from typer.testing import CliRunner

from feed.errors import NightdeskError
from feed.recording.reader import arrivals_recorded
from feed.recording.shelf import list_recordings
from tests.tui.cli.test_hub_commands import free_port, running
from tui.cli.main import app

TRAFFORD = {
    "kind": "result", "council": "Trafford", "gss": "E08000009", "control_before": "noc",
    "after": {"con": 20, "lab": 36, "ld": 6, "green": 1},
}  # fmt: skip

WORCESTER = {
    "kind": "result", "council": "Worcester", "gss": "E07000237", "control_before": "con",
    "after": {"con": 17, "lab": 15, "green": 3},
}  # fmt: skip


async def listens_to_nobody(url: str) -> None:
    """Wait until it answers that nobody comes in without the token."""
    async with ClientSession() as session, asyncio.timeout(90):
        status = 0
        while not status:
            with suppress(ClientConnectionError):
                status = (await session.get(url)).status
            await asyncio.sleep(0.05)
        assert status == 403


async def has_shown(socket: ClientWebSocketResponse, words: str) -> None:
    """Take frames until the words have been in one."""
    seen = ""
    while words not in seen:
        number, _, frame = (await socket.receive_str()).partition("\n")
        seen += re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", frame)
        await socket.send_str(number)


async def looked_on(url: str, token: str, folder: Path) -> dict[str, int]:
    """Drop a result into the folder; wait until two who look on have seen it."""
    screen, door = f"{url}screen/wide?token={token}", {"Authorization": f"Bearer {token}"}
    async with (
        asyncio.timeout(90),
        ClientSession(headers=door) as session,
        session.ws_connect(screen) as one,
        session.ws_connect(screen) as two,
    ):
        for socket in (one, two):
            assert (await socket.receive_json())["columns"] == 120
        (folder / "result.json").write_text(json.dumps(TRAFFORD), encoding="utf-8")
        for socket in (one, two):
            await has_shown(socket, "Trafford")
        told = await (await session.get(f"{url}standing.json")).json()
        assert [it["council"] for it in told["councils"]] == ["Trafford"]
        (folder / "second.json").write_text(json.dumps(WORCESTER), encoding="utf-8")
        await has_shown(one, "Worcester")
        found: dict[str, int] = await (await session.get(f"{url}healthz")).json()
        return found


def test_two_look_on_at_a_folder_that_one_process_watches_records_and_sends_alerts_of(
    tmp_path: Path,
) -> None:
    feed, out, port = tmp_path / "feed", tmp_path / "out", free_port()
    feed.mkdir()
    (tmp_path / "nightdesk").mkdir(mode=0o700)
    command = ["sh", "-c", 'printf "%s\\n" "$2" >> "$1"', "sh", str(tmp_path / "told"), "{text}"]
    config = tmp_path / "nightdesk" / "config.toml"
    config.write_text(f"on_alert = {json.dumps(command)}\n", encoding="utf-8")
    words = ("serve", "desk", str(feed), "--listen", f"0.0.0.0:{port}", "--size", "120x36")
    with running(tmp_path, out, *words) as process:
        url, kept = f"http://127.0.0.1:{port}/", tmp_path / "nightdesk" / "serve.token"
        asyncio.run(listens_to_nobody(url))
        token = kept.read_text(encoding="ascii").strip()
        health = asyncio.run(looked_on(url, token, feed))
        typed = Path(f"/proc/{process.pid}/cmdline")
        shown = typed.read_text(encoding="utf-8") if typed.exists() else ""
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
    assert health["viewers"] == 2
    (recording,) = list_recordings(tmp_path / "nightdesk" / "recordings")
    assert arrivals_recorded(recording.path) == 2
    told = (tmp_path / "told").read_text(encoding="utf-8").splitlines()
    assert told[-1] == "Worcester: NOC gain from Con"

    said = out.read_text(encoding="utf-8")
    logs = "".join(path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.log"))
    assert str(kept) in said
    assert all(token not in text for text in (said, shown, logs, recording.path.read_text()))


def test_without_the_library_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "aiohttp", None)
    ended = CliRunner().invoke(app, ["serve", "demo"])
    assert str(ended.exception) == (
        "serving browsers needs the library aiohttp; `pip install 'nightdesk[web]'` brings it"
    )


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("stage demo", "'stage' is no view"),
        ("no-such-folder", "no-such-folder is not there"),
        ("README.md", "is no recording"),
        ("demo --size 9x9", "is no size"),
        ("demo --tall-size 1000x9", "is no size"),
        ("demo --listen /", "no address to listen on"),
        ("demo --listen 192.0.2.1:8390", "cannot listen on http://192.0.2.1"),
        ("demo --tls-cert x", "go together"),
        ("demo --tls-cert x --tls-key y", "certificate x cannot be used"),
    ],
)
def test_what_cannot_be_served_is_refused_in_a_sentence(
    words: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    ended = CliRunner().invoke(app, ["serve", *words.split()])
    assert isinstance(ended.exception, NightdeskError)
    assert ended.exception.exit_code in {2, 3}
    assert says in str(ended.exception)
