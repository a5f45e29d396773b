"""A headless Chromium for tests of pages: it opens, evaluates and takes pictures."""

from __future__ import annotations

import asyncio
import base64
import itertools
import shutil
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse

PROGRAM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
_ARGUMENTS = (
    "--headless=new", "--no-sandbox", "--remote-debugging-port=0", "--no-first-run",
    "--disable-extensions", "--disable-background-networking", "--hide-scrollbars",
)  # fmt: skip


class Page:
    """One page of the browser."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self.complaints: list[str] = []
        """What the console and the security policy said."""

    async def call(self, method: str, **parameters: object) -> dict[str, Any]:
        """Ask the browser for something and return what it answers."""
        number = next(self._numbers)
        await self._socket.send_json({"id": number, "method": method, "params": parameters})
        while True:
            said = await self._socket.receive_json(timeout=120)
            if said.get("method") in {"Log.entryAdded", "Runtime.exceptionThrown"}:
                self.complaints.append(str(said["params"]))
            if said.get("id") == number:
                assert "error" not in said, said
                result: dict[str, Any] = said["result"]
                return result

    async def open(self, url: str) -> None:
        """Go to a page."""
        for domain in ("Log", "Runtime", "Page"):
            await self.call(f"{domain}.enable")
        await self.call("Page.navigate", url=url)

    async def resize(self, width: int, height: int) -> None:
        """Have a window of a size, also of one that the browser's own cannot have."""
        await self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height,
            deviceScaleFactor=0, mobile=False,
        )  # fmt: skip

    async def value(self, expression: str) -> Any:
        """Return what an expression is, waiting where it is a promise."""
        found = await self.call(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    async def until(self, expression: str, seconds: float = 120) -> None:
        """Wait until an expression is true."""
        give_up = time.monotonic() + seconds
        while not await self.value(expression):
            assert time.monotonic() < give_up, f"never true: {expression}"
            await asyncio.sleep(0.05)

    async def picture(self) -> bytes:
        """Return what is seen as a PNG."""
        found = await self.call("Page.captureScreenshot", format="png")
        return base64.b64decode(found["data"])


@asynccontextmanager
async def browser(
    size: tuple[int, int] = (1280, 800), scale: float = 1
) -> AsyncIterator[ClientSession]:
    """Run a browser with windows of a size; give a session that reaches its pages.

    The scale is that of the whole browser: that of one page alone is not what a canvas is told.
    """
    assert PROGRAM is not None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = await asyncio.create_subprocess_exec(
            PROGRAM, *_ARGUMENTS, f"--user-data-dir={profile}",
            f"--window-size={size[0]},{size[1]}", f"--force-device-scale-factor={scale}",
            "about:blank",
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        try:
            number = await asyncio.to_thread(_port_in, Path(profile, "DevToolsActivePort"))
            async with ClientSession(f"http://127.0.0.1:{number}") as session:
                yield session
        finally:
            process.terminate()
            await process.wait()


@asynccontextmanager
async def page_of(session: ClientSession) -> AsyncIterator[Page]:
    """Open a new page of a running browser."""
    made = await (await session.put("/json/new?about:blank")).json()
    async with session.ws_connect(made["webSocketDebuggerUrl"], max_msg_size=0) as socket:
        yield Page(socket)


def _port_in(file: Path) -> int:
    """Return the port that the browser has written down, as soon as it is there."""
    give_up = time.monotonic() + 120
    while time.monotonic() < give_up:
        if file.exists() and (words := file.read_text(encoding="ascii").split()):
            return int(words[0])
        time.sleep(0.05)
    raise TimeoutError("the browser does not come up")
