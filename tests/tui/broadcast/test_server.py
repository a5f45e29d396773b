"""Browsers look on over a websocket and can do nothing else; the standing is there beside it."""

from __future__ import annotations

import asyncio
import base64
import json
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType
from aiohttp.test_utils import TestClient, TestServer

from feed.model.standing import Standing
from feed.model.view import SourceHealth, View
from feed.reports.summary import standing_summary
from tests.tui.broadcast.pictures import HEIGHT, WIDTH, a_row, a_screen
from tests.tui.cli.test_hub_commands import free_port
from tests.tui.desk_app import night_of, replay_desk
from tests.tui.running.terminal.glass import Glass
from tui.broadcast import newest as newest_module
from tui.broadcast.broadcaster import Viewer
from tui.broadcast.door import Door
from tui.broadcast.drawing import Drawing
from tui.broadcast.newest import NewestView, Outputs
from tui.broadcast.server import BroadcastServer, Shape, listening
from tui.settings.options import Options

Client = TestClient[Any, Any]
TOKEN = "a-token-of-24-characters"  # noqa: S105  # it opens nothing


def a_server(door: Door | None = None, view: View | None = None) -> BroadcastServer:
    newest = NewestView()
    newest.view = view or View(Standing(), source=SourceHealth("ok"))
    drawings: dict[Shape, Drawing] = {"wide": Drawing((WIDTH, HEIGHT)), "tall": Drawing((5, 3))}
    server = BroadcastServer(door or Door(), drawings, Outputs(newest, Options()))
    broadcaster = drawings["wide"].broadcaster
    broadcaster.paint(a_screen("Trafford", "Bolton"))
    broadcaster.advance()
    return server


@asynccontextmanager
async def browsing(server: BroadcastServer) -> AsyncIterator[Client]:
    async with TestClient(TestServer(server.application())) as client:
        yield client


async def frame(socket: ClientWebSocketResponse) -> tuple[str, str]:
    number, _, text = (await socket.receive_str(timeout=60)).partition("\n")
    return number, text


def draw(server: BroadcastServer, text: str) -> None:
    server.drawings["wide"].broadcaster.paint(a_row(0, text))
    server.drawings["wide"].advance()


async def test_a_browser_is_told_the_size_then_the_whole_screen_then_what_differs() -> None:
    server = a_server()
    async with browsing(server) as client, client.ws_connect("/screen/wide") as socket:
        facts = await socket.receive_json(timeout=60)
        assert (facts["columns"], facts["rows"]) == (WIDTH, HEIGHT)
        number, whole = await frame(socket)
        assert (number, "Bolton" in whole) == ("1", True)
        await socket.send_str(number)

        draw(server, "Hull")

        number, difference = await frame(socket)
        assert number == "2"
        assert "Hull" in difference
        assert "Bolton" not in difference


@pytest.mark.parametrize("said", ["q", "3", "-1", "1\n", "١", "99999999999999999999"])
async def test_whatever_else_a_browser_says_ends_its_connection_and_nothing_more(said: str) -> None:
    async with (
        browsing(a_server()) as client,
        client.ws_connect("/screen/wide") as other,
        client.ws_connect("/screen/wide") as socket,
    ):
        await socket.send_str(said)
        while not socket.closed:
            await socket.receive(timeout=60)
        assert socket.close_code in {1008, 1009}
        await other.receive_json(timeout=60)
        assert (await frame(other))[0] == "1"


async def test_a_browser_that_takes_nothing_disturbs_nobody() -> None:
    server = a_server()
    async with browsing(server) as client, client.ws_connect("/screen/wide") as quick:
        await quick.receive_json(timeout=60)
        host, port = str(client.host), int(client.port or 0)
        key = base64.b64encode(os.urandom(16)).decode()
        _, stuck = await asyncio.open_connection(host, port, limit=1)
        stuck.write(
            f"GET /screen/wide HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        for number in range(1, 40):
            got, _ = await frame(quick)
            assert got == str(number)
            await quick.send_str(got)
            draw(server, str(number))
        stuck.close()


async def test_browsers_that_look_on_are_said_goodbye_to() -> None:
    server = a_server()
    client = TestClient[Any, Any](TestServer(server.application()))
    await client.start_server()
    socket = await client.ws_connect("/screen/wide")
    await socket.receive_json(timeout=60)
    await frame(socket)

    closing = asyncio.create_task(client.server.close())
    message = await socket.receive(timeout=60)
    await closing

    assert message.type in {WSMsgType.CLOSE, WSMsgType.CLOSING}
    assert socket.close_code == 1001
    await client.close()


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://127.0.0.1.evil.example"]
)
async def test_a_page_of_somebody_else_may_not_look_on(origin: str) -> None:
    async with browsing(a_server()) as client:
        answer = await client.get("/screen/wide", headers={"Origin": origin})
        assert answer.status == 403
        assert "evil" not in await answer.text()


@pytest.mark.parametrize(
    "path", ["/", "/standing.json", "/wall.svg", "/screen/wide", "/assets/page.js"]
)
async def test_a_foreign_name_that_leads_to_loopback_is_not_answered(path: str) -> None:
    async with browsing(a_server()) as client:
        for host, status in (("evil.example", 421), ("localhost:9000", None), ("[::1]:8390", None)):
            answer = await client.get(path, headers={"Host": host})
            assert (answer.status == 421) is (status == 421)


async def test_elsewhere_than_on_loopback_the_token_opens_everything_but_the_bare_page_code() -> (
    None
):
    server = a_server(Door("0.0.0.0", 8390, TOKEN))  # noqa: S104  # nobody listens there
    async with browsing(server) as client:
        for path in ("/", "/standing.json", "/wall.svg", "/screen/wide", "/healthz", "/no"):
            for wrong in ("", "?token=", f"?token={TOKEN[:-1]}", "?token=ü"):
                answer = await client.get(path + wrong)
                assert answer.status == 403
                assert TOKEN[:-1] not in await answer.text()
        assert (await client.get("/assets/page.js")).status == 200
        assert (await client.get(f"/?token={TOKEN}")).status == 200
        bearer = {"Authorization": f"Bearer {TOKEN}"}
        assert (await client.get("/standing.json", headers=bearer)).status == 200
        async with client.ws_connect(f"/screen/wide?token={TOKEN}") as socket:
            assert await socket.receive_json(timeout=60)


async def test_nothing_comes_from_elsewhere_and_nothing_that_was_asked_is_said_again() -> None:
    async with browsing(a_server()) as client:
        for path in ("/", "/wall.svg?page=<script>", "/assets/..%2Fserver.py", "/%3Cscript%3E"):
            answer = await client.get(path)
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "script-src 'self';" in policy
            text = await answer.text()
            assert answer.status == (200 if path == "/" else 404)
            assert path == "/" or "script>" not in text
        page = await (await client.get("/")).text()
        assert "http://" not in page
        assert "https://" not in page


async def test_what_is_no_request_is_answered_and_told_nowhere(
    caplog: pytest.LogCaptureFixture,
) -> None:
    door = Door(port=free_port())
    async with listening(a_server(door)):
        for sent in (b"TELL ALL\r\n\r\n", b"GET / HTTP/1.1\r\nX: " + b"a" * 9000 + b"\r\n\r\n"):
            reader, writer = await asyncio.open_connection(door.host, door.port)
            writer.write(sent)
            assert b" 400 " in await asyncio.wait_for(reader.readline(), 60)
            writer.close()
    assert not caplog.records


async def test_a_connection_too_many_is_closed_and_those_before_it_go_on() -> None:
    door = Door(port=free_port())
    async with listening(a_server(door), most=2), ClientSession() as session:
        _, idle = await asyncio.open_connection(door.host, door.port)
        async with session.ws_connect(f"{door.url}screen/wide") as socket:
            refused, writer = await asyncio.open_connection(door.host, door.port)
            assert await asyncio.wait_for(refused.read(), 60) == b""
            writer.close()
            assert await socket.receive_json(timeout=60)
            assert (await frame(socket))[0] == "1"
        idle.close()


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch, name: str) -> Iterator[list[int]]:
    """Count how often something is made."""
    made, real = [0], getattr(newest_module, name)

    def count(*args: Any, **named: Any) -> Any:
        made[0] += 1
        return real(*args, **named)

    monkeypatch.setattr(newest_module, name, count)
    yield made


async def test_the_standing_is_the_summary_and_is_made_only_when_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    night = night_of("rehearsal")
    server = a_server(view=View(night.edge(), "replay", SourceHealth("ok")))
    with counted(monkeypatch, "standing_summary") as made:
        async with browsing(server) as client:
            assert made == [0]
            answer = await client.get("/standing.json")
            for _ in range(5):
                tag = {"If-None-Match": answer.headers["ETag"]}
                again = await client.get("/standing.json", headers=tag)
                assert (again.status, await again.read()) == (304, b"")
            told, expected = await answer.json(), standing_summary(night.edge())
            assert {**told, "silence": 0} == json.loads(json.dumps({**expected, "silence": 0}))
        assert made == [1]


@pytest.mark.parametrize("path", ["/standing.json", "/wall.svg"])
async def test_a_night_that_is_still_being_read_is_not_told_in_part(path: str) -> None:
    async with browsing(a_server(view=View(Standing()))) as client:
        answer = await client.get(path)
        assert (answer.status, answer.headers["Retry-After"]) == (503, "2")


async def test_the_wall_is_a_picture_of_the_page_that_is_asked_for() -> None:
    server = a_server(view=View(night_of("england-2019").edge(), "replay", SourceHealth("ok")))
    async with browsing(server) as client:
        table = await client.get("/wall.svg")
        assert table.content_type == "image/svg+xml"
        assert (await table.text()).startswith("<svg")
        for page in ("map", "just-in", "next"):
            other = await client.get("/wall.svg", params={"page": page})
            assert other.headers["ETag"] != table.headers["ETag"]


async def test_what_a_desk_draws_is_what_lookers_on_see_without_its_keys() -> None:
    desk, drawing = replay_desk(), Drawing((120, 36))
    running = asyncio.create_task(drawing.run(desk))
    glass, viewer, rows = Glass(120, 36), Viewer(), [""]
    async with asyncio.timeout(60):
        while not (glass.screen.title and rows == glass.screen.display):
            if message := drawing.broadcaster.next_for(viewer):
                number, _, text = message.partition("\n")
                viewer.has_shown(int(number))
                glass.feed(text)
            await asyncio.sleep(0.01)
            with desk._context():
                rows = desk.rows
    desk.exit()
    await running
    assert glass.screen.title.startswith("nightdesk · replay · ")
    assert not any("quit" in row for row in rows)
