"""The broadcast on the web: its page, the frames over a websocket, and the standing beside it."""

from __future__ import annotations

import asyncio
import gzip
import logging
import resource
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from functools import cache, partial
from hashlib import blake2b
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, cast

from aiohttp import WSCloseCode, WSMessage, WSMsgType, web
from aiohttp.http_exceptions import HttpProcessingError

from feed.errors import UsageProblem
from tui.broadcast.broadcaster import Viewer
from tui.broadcast.door import Door
from tui.broadcast.drawing import Drawing
from tui.broadcast.newest import Made, MadeOfNewest, Outputs
from tui.settings.wall_pages import WALL_PAGES

if TYPE_CHECKING:
    import ssl

    from tui.running.app import Desk

REQUESTS: Final = logging.getLogger(f"{__name__}.requests")
Shape = Literal["wide", "tall"]
"""Of the windows that a drawing is for."""
_HANDSHAKE: Final = 5.0
"""Seconds that a browser has to begin to speak TLS."""
_FILES: Final = 8_192
"""Open files, half of which may be connections."""
_LEAVE_WITHIN: Final = 1.0
"""Seconds that lookers-on have to be said goodbye to."""
_BEAT: Final = 20.0
"""Seconds from one look whether a browser is there to the next."""
_MOST_SAID: Final = 16
"""Characters of the number of a frame; a browser says nothing else."""
_WAITING: Final = 1 << 16
"""Bytes that wait for a browser before it counts as slow."""
_HEADERS: Final = MappingProxyType(
    {
        "Content-Security-Policy": (
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
            "img-src 'self' data:; font-src 'self'; connect-src 'self'; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
        ),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cache-Control": "no-cache",
    }
)
_ASSETS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "index.html": "text/html",
        "page.css": "text/css",
        "page.js": "text/javascript",
        "xterm.css": "text/css",
        "xterm.mjs": "text/javascript",
        "addon-webgl.mjs": "text/javascript",
        "LICENSE-xterm.txt": "text/plain",
    }
)
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def _is_our_own(record: logging.LogRecord) -> bool:
    """Whether a fault is ours: a request that is none was answered, and its words go nowhere.

    Whatever is logged as an error is told on the screen, which all who look on would read.
    """
    return record.exc_info is None or not isinstance(record.exc_info[1], HttpProcessingError)


REQUESTS.addFilter(_is_our_own)


class BroadcastServer:
    """Sends every browser the newest frame, as soon as it has room for one."""

    def __init__(self, door: Door, drawings: Mapping[Shape, Drawing], outputs: Outputs) -> None:
        self.door = door
        self.drawings = drawings
        self._outputs = outputs
        self._sockets: set[web.WebSocketResponse] = set()

    def application(self) -> web.Application:
        """Return what answers requests."""
        application = web.Application(middlewares=[self._guarded])
        application.add_routes(
            [
                web.get("/", partial(self._asset, name="index.html")),
                web.get("/assets/{name}", self._asset),
                web.get("/screen/{shape}", self._screen),
                web.get("/standing.json", self._standing_json),
                web.get("/wall.svg", self._wall_svg),
                web.get("/healthz", self._health),
            ]
        )
        application.on_response_prepare.append(_add_headers)
        application.on_shutdown.append(self._say_goodbye)
        return application

    @web.middleware
    async def _guarded(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        """Let in who comes by a name of ours and, where one is asked for, with the token."""
        if not self.door.knows_host(request.host):
            raise web.HTTPMisdirectedRequest(text="This is not the host that was asked for.\n")
        public = request.path.startswith("/assets/")
        if self.door.token and not public and not self.door.opens(_token_of(request)):
            raise web.HTTPForbidden(text="Open the whole address that nightdesk serve gave out.\n")
        return await handler(request)

    async def _asset(self, request: web.Request, name: str = "") -> web.Response:
        name = name or request.match_info["name"]
        if name not in _ASSETS:
            raise web.HTTPNotFound(text="There is nothing here.\n")
        made, pressed = _asset(name)
        zipped = "gzip" in request.headers.get("Accept-Encoding", "")
        return _tagged(request, made, _ASSETS[name], pressed if zipped else None)

    async def _standing_json(self, request: web.Request) -> web.Response:
        return await self._made(request, self._outputs.standing, "application/json")

    async def _wall_svg(self, request: web.Request) -> web.Response:
        asked = request.query.get("page", "table")
        page = next((each for each in WALL_PAGES if each == asked), None)
        if page is None:
            raise web.HTTPNotFound(text=f"The pages of the wall are {', '.join(WALL_PAGES)}.\n")
        return await self._made(request, self._outputs.pages[page], "image/svg+xml")

    async def _made(self, request: web.Request, made: MadeOfNewest, kind: str) -> web.Response:
        """Answer with what is made of the newest view; not before the night has been read."""
        if not self._outputs.newest.is_whole:
            raise web.HTTPServiceUnavailable(
                text="The night is still being read.\n", headers={"Retry-After": "2"}
            )
        return _tagged(request, await asyncio.to_thread(made.get), kind)

    async def _health(self, request: web.Request) -> web.Response:
        del request
        state = self._outputs.newest.view.source.state
        told = {"source": state, "viewers": len(self._sockets)}
        return web.json_response(told, status=503 if state == "lost" else 200)

    async def _screen(self, request: web.Request) -> web.WebSocketResponse:
        """Send frames until the browser is gone; all it says is which frame it has shown."""
        if not self.door.knows_origin(request.headers.get("Origin"), request.host):
            raise web.HTTPForbidden(text="Another page may not look on.\n")
        asked = request.match_info["shape"]
        drawing = next((each for shape, each in self.drawings.items() if shape == asked), None)
        if drawing is None:
            raise web.HTTPNotFound(text="There is nothing here.\n")
        socket = web.WebSocketResponse(
            heartbeat=_BEAT, timeout=_LEAVE_WITHIN, max_msg_size=_MOST_SAID, compress=False,
            writer_limit=_WAITING,
        )  # fmt: skip
        await socket.prepare(request)
        viewer = Viewer()
        wake = drawing.enter(viewer)
        self._sockets.add(socket)
        sending = asyncio.create_task(_keep_sending(socket, drawing, viewer, wake))
        try:
            async for message in socket:
                try:
                    viewer.has_shown(_number_in(message))
                except ValueError:
                    await socket.close(code=WSCloseCode.POLICY_VIOLATION)
                wake.set()
        finally:
            sending.cancel()
            self._sockets.discard(socket)
            drawing.leave(viewer)
        return socket

    async def _say_goodbye(self, application: web.Application) -> None:
        del application
        goodbyes = [socket.close(code=WSCloseCode.GOING_AWAY) for socket in self._sockets]
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.gather(*goodbyes, return_exceptions=True), _LEAVE_WITHIN)


async def _keep_sending(
    socket: web.WebSocketResponse, drawing: Drawing, viewer: Viewer, wake: asyncio.Event
) -> None:
    """Send whatever there is for somebody, as fast as they take it."""
    with suppress(ConnectionError):
        await socket.send_json(drawing.facts)
        while not socket.closed:
            if message := drawing.broadcaster.next_for(viewer):
                await socket.send_str(message)
            else:
                wake.clear()
                await wake.wait()


async def broadcast(
    desks: Mapping[Shape, Desk],
    server: BroadcastServer,
    say: Callable[[], None],
    tls: ssl.SSLContext | None = None,
) -> None:
    """Run desks that nobody types at, and send what they draw, until a signal comes.

    Args:
        desks: what draws; the wide one has the session, and the other ends with it.
        server: what sends; it listens before anything is read.
        say: tells the user that browsers can come.
        tls: the certificate to listen with.

    Raises:
        UsageProblem: nobody can listen there.

    """
    wide, tall = desks["wide"], desks["tall"]
    streams = sys.stdout, sys.stderr
    async with listening(server, tls):
        drawing = asyncio.create_task(server.drawings["tall"].run_when_wanted(tall))
        try:
            _leave_on_signals(wide)
            say()
            await server.drawings["wide"].run(wide)
        finally:
            if tall.is_running:
                tall.exit()
                await asyncio.wait([drawing], timeout=_LEAVE_WITHIN)
            drawing.cancel()
            sys.stdout, sys.stderr = streams  # each desk had put its own in the other's place


@asynccontextmanager
async def listening(
    server: BroadcastServer, tls: ssl.SSLContext | None = None, most: int | None = None
) -> AsyncIterator[None]:
    """Answer at the server's door until the block is left.

    Args:
        server: what answers.
        tls: the certificate to listen with.
        most: connections at once, above which the next is closed; by default so many that the
            feed and the recording have as many files left.

    Raises:
        UsageProblem: nobody can listen there.

    """
    door, most = server.door, _half_of_the_files() if most is None else most
    runner = web.AppRunner(
        server.application(), access_log=None, logger=REQUESTS, shutdown_timeout=_LEAVE_WITHIN
    )
    await runner.setup()
    answering = cast("web.Server", runner.server)

    def connected() -> asyncio.Protocol:
        return answering() if len(answering.connections) < most else _Refusing()

    try:
        loop = asyncio.get_running_loop()
        try:
            there = await loop.create_server(
                connected, door.host, door.port, ssl=tls,
                ssl_handshake_timeout=None if tls is None else _HANDSHAKE,
            )  # fmt: skip
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            raise UsageProblem(
                f"cannot listen on {door.url}: {why}", "give another --listen"
            ) from error
        try:
            yield
        finally:
            there.close()
    finally:
        await runner.cleanup()


class _Refusing(asyncio.Protocol):
    """Closes the connection that is one too many."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.close()


def _half_of_the_files() -> int:
    """Let the process have as many files as it may, up to some thousands; return half of them."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES if hard == resource.RLIM_INFINITY else min(hard, _FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
    return _FILES // 2 if soft == resource.RLIM_INFINITY else soft // 2


def _leave_on_signals(desk: Desk) -> None:
    """End with the desk on ^C, SIGTERM and, where it counts, when the terminal goes."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:
            asyncio.get_running_loop().add_signal_handler(number, desk.exit)


def _number_in(message: WSMessage) -> int:
    said = str(message.data)
    if message.type is not WSMsgType.TEXT or not (said.isascii() and said.isdecimal()):
        raise ValueError("that is no number of a frame")
    return int(said)


def _token_of(request: web.Request) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if scheme.casefold() == "bearer" else request.query.get("token", "")


def _tagged(
    request: web.Request, made: Made, kind: str, pressed: bytes | None = None
) -> web.Response:
    """Return what was made, or that the browser has it already."""
    headers = {"ETag": f'"{made.tag}"'}
    known = request.if_none_match or ()
    if any(each.value in {made.tag, "*"} for each in known):
        return web.Response(status=304, headers=headers)
    if pressed is not None:
        headers["Content-Encoding"] = "gzip"
    return web.Response(
        body=made.body if pressed is None else pressed, content_type=kind, charset="utf-8",
        headers=headers,
    )  # fmt: skip


@cache
def _asset(name: str) -> tuple[Made, bytes]:
    """Return a file of the page, as it is and compressed."""
    body = (files("tui.broadcast") / "page" / name).read_bytes()
    return Made(body, blake2b(body, digest_size=16).hexdigest()), gzip.compress(body, mtime=0)


async def _add_headers(request: web.Request, response: web.StreamResponse) -> None:
    del request
    response.headers.update(_HEADERS)
