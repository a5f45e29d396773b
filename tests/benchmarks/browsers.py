"""Many look on at one served night: `python -m tests.benchmarks.browsers [--viewers 200]`.

Beside it, in the same run, a bare broadcast of aiohttp that sends as much to as many. All on
loopback; whoever looks on is a websocket of this process, a few of them take nothing.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import Final

from aiohttp import ClientConnectionError, ClientSession, ClientWebSocketResponse, TCPConnector

from tests.benchmarks.feeds import NIGHT
from tests.benchmarks.figures import Figure, as_table

WHOLE, DIFFERENCE = 9_000, 1_500
"""Characters of a whole frame of the wall, and of a declaration on it."""
BARE: Final = f"""
import asyncio, sys
from aiohttp import web
sockets, number = set(), 1
async def screen(request):
    socket = web.WebSocketResponse(compress=False)
    await socket.prepare(request)
    await socket.send_str("{{}}")
    await socket.send_str("1\\n" + "w" * {WHOLE})
    sockets.add(socket)
    async for _ in socket: pass
    sockets.discard(socket)
    return socket
async def send(request):
    global number
    number += 1
    for socket in sockets: await socket.send_str(f"{{number}}\\n" + "d" * {DIFFERENCE})
    return web.Response()
application = web.Application()
application.add_routes([web.get("/screen/wide", screen), web.get("/send", send)])
web.run_app(application, host="127.0.0.1", port=int(sys.argv[1]), print=None, access_log=None)
"""


@dataclass(slots=True)
class Watching:
    """Somebody who looks on, and when the newest frame came."""

    socket: ClientWebSocketResponse
    first: float
    """Seconds from the wish to look on to the first whole frame."""
    frames: int = 0
    came: asyncio.Event = field(default_factory=asyncio.Event)
    at: float = 0.0

    async def go_on(self) -> None:
        """Take frames and say which have been shown, to the end."""
        async for message in self.socket:
            self.at = time.perf_counter()
            self.frames += 1
            self.came.set()
            await self.socket.send_str(str(message.data).partition("\n")[0])


async def look_on(session: ClientSession, url: str) -> Watching:
    """Connect, and wait for the first whole frame."""
    began = time.perf_counter()
    socket = await session.ws_connect(f"{url}screen/wide", max_msg_size=0)
    await socket.receive_str(timeout=60)
    number, _, _ = (await socket.receive_str(timeout=60)).partition("\n")
    first = time.perf_counter() - began
    await socket.send_str(number)
    return Watching(socket, first)


async def take_nothing(port: int) -> asyncio.StreamWriter:
    """Connect, and never read."""
    _, writer = await asyncio.open_connection("127.0.0.1", port, limit=1)
    writer.write(
        b"GET /screen/wide HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
        b"Connection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
        b"Sec-WebSocket-Version: 13\r\n\r\n"
    )
    return writer


@asynccontextmanager
async def serving(*words: str, port: int, state: Path) -> AsyncIterator[int]:
    """Run a server until the block is left; give its process id when it answers."""
    homes = {"XDG_STATE_HOME": str(state), "XDG_CONFIG_HOME": str(state)}
    process = await asyncio.create_subprocess_exec(
        sys.executable, *words, env={**os.environ, **homes}, stdout=asyncio.subprocess.DEVNULL
    )
    try:
        async with ClientSession() as session, asyncio.timeout(60):
            answered = False
            while not answered:
                try:
                    answered = bool(await session.get(f"http://127.0.0.1:{port}/"))
                except ClientConnectionError:
                    await asyncio.sleep(0.1)
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        await process.wait()


@dataclass(frozen=True, slots=True)
class Found:
    """What a broadcast did."""

    firsts: Sequence[float]
    delays: Sequence[float]
    """Seconds from what is new to each who looks on, for each of them."""
    slowest: Sequence[float]
    """Of each piece of news, until the last had it."""
    frames: int
    processor: float
    """Seconds of a processor while the news went out."""
    memory: float
    """Bytes at the most."""
    watches: int
    """Kernel watchers of the process."""


async def measure(
    port: int, pid: int, viewers: int, stalled: int, news: Sequence[Path | str]
) -> Found:
    """Let many look on, then bring news: files that are moved in, or addresses that are asked."""
    url = f"http://127.0.0.1:{port}/"
    async with ClientSession(connector=TCPConnector(limit=0)) as session:
        writers = [await take_nothing(port) for _ in range(stalled)]
        many = await asyncio.gather(*(look_on(session, url) for _ in range(viewers)))
        going = [asyncio.create_task(each.go_on()) for each in many]
        await asyncio.sleep(2)
        used, frames = _processor(pid), sum(each.frames for each in many)
        delays, slowest = [], []
        for each in news:
            for who in many:
                who.came.clear()
            began = time.perf_counter()
            if isinstance(each, Path):
                each.rename(each.parent / "feed" / each.name)
            else:
                await session.get(each)
            await asyncio.wait_for(asyncio.gather(*(who.came.wait() for who in many)), 30)
            found = [who.at - began for who in many]
            delays += found
            slowest.append(max(found))
            await asyncio.sleep(0.3)
        done = Found(
            [each.first for each in many],
            delays,
            slowest,
            sum(each.frames for each in many) - frames,
            _processor(pid) - used,
            _most_memory(pid),
            _watches(pid),
        )
        for writer in writers:
            writer.close()
        await asyncio.gather(*(each.socket.close() for each in many))
        await asyncio.gather(*going)
    return done


def _processor(pid: int) -> float:
    words = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def _most_memory(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1024


def _watches(pid: int) -> int:
    links = [each.readlink() for each in Path(f"/proc/{pid}/fd").iterdir()]
    return sum("inotify" in str(link) for link in links)


async def both(viewers: int, stalled: int, pieces: int) -> tuple[Found, Found]:
    """Measure our broadcast, then a bare one."""
    with tempfile.TemporaryDirectory() as folder:
        feed, state = Path(folder, "feed"), Path(folder, "state")
        news = list(_results(feed, pieces))
        words = ("-m", "tui", "serve", "wall", str(feed), "--no-record", "--listen", "8490")
        async with serving(*words, port=8490, state=state) as pid:
            await asyncio.sleep(2)
            ours = await measure(8490, pid, viewers, stalled, news)
        asked = ["http://127.0.0.1:8491/send"] * pieces
        async with serving("-c", BARE, "8491", port=8491, state=state) as pid:
            return ours, await measure(8491, pid, viewers, 0, asked)


def _results(feed: Path, many: int) -> Iterator[Path]:
    """Make the feed with its roster, and so many declarations beside it."""
    feed.mkdir()
    shutil.copy(NIGHT / "roster.jsonl", feed)
    lines = (NIGHT / "results.jsonl").read_text(encoding="utf-8").splitlines()
    results = [line for line in lines if json.loads(line)["kind"] == "result"]
    for number, line in enumerate(results[:many]):
        path = feed.parent / f"r{number}.json"
        path.write_text(line, encoding="utf-8")
        yield path


def _half(found: Sequence[float]) -> float:
    return quantiles(found, n=100)[49]


def _most(found: Sequence[float]) -> float:
    return quantiles(found, n=100)[98]


def figures(ours: Found, bare: Found, viewers: int, stalled: int) -> list[Figure]:
    """Return what was found as goals."""
    among = f"{viewers} look on, {stalled} more take nothing" if stalled else f"{viewers} look on"

    each, bare_each = ours.processor / ours.frames, bare.processor / bare.frames
    return [
        Figure("B1", f"{among}: first frame, p50", _half(ours.firsts), 2.0),
        Figure("B1", "first frame, p50", _half(ours.firsts), _half(bare.firsts), 2, "s", "bare aiohttp"),
        Figure("B1", "first frame, p99", _most(ours.firsts), _most(bare.firsts), 2, "s", "bare aiohttp"),
        Figure("B2", "a file is on all screens, p50", _half(ours.slowest), _half(bare.slowest), 10, "s", "a bare message"),
        Figure("B2", "a file is on a screen, p99", _most(ours.delays), _most(bare.delays), 10, "s", "a bare message"),
        Figure("B3", "processor a frame and browser", each, bare_each, 10, "s", "a bare message"),
        Figure("B4", "memory at the most", ours.memory / 1e6, 200, 1, "MB"),
        Figure("B5", "watchers of the folder", ours.watches, 1, 1, ""),
    ]  # fmt: skip


def main() -> None:
    """Measure and print a table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--viewers", type=int, default=200)
    asked.add_argument("--stalled", type=int, default=10, help="so many more take nothing")
    asked.add_argument("--news", type=int, default=40, help="so many files are dropped")
    wanted = asked.parse_args()
    ours, bare = asyncio.run(both(wanted.viewers, wanted.stalled, wanted.news))
    print(as_table(figures(ours, bare, wanted.viewers, wanted.stalled)))


if __name__ == "__main__":
    main()
