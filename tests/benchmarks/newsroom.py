"""The load of a hub: `python -m tests.benchmarks.newsroom [--lines 3000] [--desks 50]`, by hand.

Beside each figure of ours is that of nats-py alone, on the same server and in the same run: the
same bytes published in windows of 200, read by a pull consumer, seen by as many that look on.
All on loopback.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from nats.errors import TimeoutError as NothingNew
from nats.js import JetStreamContext
from nats.js.api import AckPolicy, ConsumerConfig

from feed.hub.connection import Hub, connected
from feed.hub.follower import HubSource
from feed.hub.publisher import Publisher
from feed.hub.subjects import STREAM, Channel
from feed.ledger.night import Night
from feed.ledger.step import steps_of
from feed.model.arrival import Arrival
from feed.recording.writer import Recorder
from feed.sources.folder.source import Delivery
from tests.benchmarks.figures import amount, p99
from tests.faults.hub import real_arrivals
from tests.feed.hub.local_hub import BEGUN, LocalHub, wait_until

BARE: Final = Channel("2026-05-07", "ba2e00000000")
WINDOW: Final = 200
BATCH: Final = 500
NEWS: Final = 40
"""Arrivals that are timed from the recorder to each who looks on."""
PROGRAMS: Final = 5
"""Programs that those who look on are shared among."""


async def publish_bare(hub: Hub, lines: Sequence[bytes], begin: int = 0) -> None:
    """Publish lines with the engine's own client."""
    async with connected(hub, name="bare") as client:
        stream = client.jetstream(timeout=10)
        for at in range(0, len(lines), WINDOW):
            window = enumerate(lines[at : at + WINDOW], begin + at)
            await asyncio.gather(*(stream.publish(BARE.line(n), line) for n, line in window))


async def _fetch(stream: JetStreamContext, lines: int) -> None:
    """Read the messages of the bare channel from the first, so many of them."""
    config = ConsumerConfig(ack_policy=AckPolicy.NONE, mem_storage=True)
    consumer = await stream.pull_subscribe(BARE.lines, stream=STREAM, config=config)
    while lines > 0:
        lines -= len(await consumer.fetch(BATCH, timeout=5))


async def read_bare(hub: Hub, lines: int) -> None:
    """Read everything with the engine's own client."""
    async with connected(hub, name="bare") as client:
        await _fetch(client.jetstream(timeout=5), lines)


def publish(hub: Hub, recording: Path, lines: int) -> None:
    """Publish a recording with ours."""
    publisher = Publisher(recording, hub)
    publisher.start()
    wait_until(lambda: publisher.state.lines >= lines, "all is published")
    publisher.stop()


def fold(night: Night, delivery: Delivery) -> None:
    """Fold what came."""
    for arrival in delivery.arrivals:
        night.extend(steps_of(arrival))


def read(hub: Hub, folder: Path, arrivals: int) -> None:
    """Join late with ours, and fold everything."""
    came = 0
    stop, night = threading.Event(), Night()

    def deliver(delivery: Delivery) -> None:
        nonlocal came
        fold(night, delivery)
        came += len(delivery.arrivals)
        if came >= arrivals:
            stop.set()

    HubSource(hub, folder=folder).run(deliver, stop)


def look_on(hub: Hub, folder: Path, number: int) -> None:
    """Be so many headless desks; say when each has folded each piece of news."""

    def desk(mine: Path) -> None:
        night = Night()

        def deliver(delivery: Delivery) -> None:
            fold(night, delivery)
            _say([it.path for it in delivery.arrivals if it.path.startswith("news/")])

        HubSource(hub, folder=mine).run(deliver, threading.Event())

    for one in range(number):
        threading.Thread(target=desk, args=(folder / str(one),), daemon=True).start()
    threading.Event().wait()


def look_on_bare(hub: Hub, number: int) -> None:
    """Be so many bare consumers; say when each has each piece of news."""

    async def one() -> None:
        async with connected(hub, name="bare") as client:
            stream = client.jetstream(timeout=5)
            config = ConsumerConfig(ack_policy=AckPolicy.NONE, mem_storage=True)
            consumer = await stream.pull_subscribe(BARE.lines, stream=STREAM, config=config)
            while True:
                try:
                    messages = await consumer.fetch(BATCH, timeout=0.5)
                except NothingNew:
                    continue
                _say([m.data.decode() for m in messages if m.data.startswith(b"news/")])

    async def everybody() -> None:
        await asyncio.gather(*(one() for _ in range(number)))

    asyncio.run(everybody())


def _say(names: Sequence[str]) -> None:
    now = time.monotonic()
    if names:
        sys.stdout.write("".join(f"{name} {now}\n" for name in names))
        sys.stdout.flush()


class Audience:
    """Programs that look on, and what they say."""

    def __init__(self, what: str, hub: Hub, folder: Path, desks: int) -> None:
        self.desks = desks // PROGRAMS * PROGRAMS
        self._said: list[str] = []
        self._programs = []
        for number in range(PROGRAMS):
            at = folder / f"{what}-{number}"
            at.mkdir()
            words = [what, hub.url, str(at), str(desks // PROGRAMS)]
            self._programs.append(
                subprocess.Popen(
                    [sys.executable, "-m", "tests.benchmarks.newsroom", *words],
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                )
            )  # fmt: skip
        for program in self._programs:
            assert program.stdin is not None
            program.stdin.write(hub.token + "\n")
            program.stdin.flush()
            threading.Thread(target=self._listen, args=(program,), daemon=True).start()

    def _listen(self, program: subprocess.Popen[str]) -> None:
        assert program.stdout is not None
        self._said.extend(program.stdout)

    def all_have(self, name: str) -> None:
        """Wait until everybody has this piece of news."""
        wait_until(
            lambda: sum(line.startswith(f"{name} ") for line in self._said) >= self.desks,
            f"everybody has {name}", 200,
        )  # fmt: skip

    def delays(self, sent: dict[str, float]) -> list[float]:
        """Return seconds from the sending of each piece of news to each who looks on."""
        said = [line.split() for line in self._said]
        return [float(at) - sent[name] for name, at in said if name in sent]

    def end(self) -> None:
        """Send everybody home."""
        for program in self._programs:
            program.kill()
            program.wait(10)


def timed(audience: Audience, send: Callable[[int, str], None]) -> list[float]:
    """Send each piece of news when everybody has the one before; the first is not timed."""
    sent: dict[str, float] = {}
    try:
        for number in range(NEWS + 1):
            name = f"news/{number}.json"
            sent[name] = time.monotonic()
            send(number, name)
            audience.all_have(name)
    finally:
        audience.end()
    del sent["news/0.json"]
    return audience.delays(sent)


def measured(lines: int, desks: int, folder: Path) -> Iterator[tuple[str, float, float]]:
    """Publish, join late, and look on with many, with ours and with the engine alone."""
    hub = LocalHub(folder / "hub")
    hub.start()
    (folder / "feed").mkdir()
    recorder = Recorder.open(folder / "night.jsonl", folder / "feed", started=BEGUN)
    door, reader = hub.door("recorder"), hub.door("reader")
    try:
        recorder.append(islice(real_arrivals(), lines - 1))
        recorder.sync(now=True)
        whole = recorder.path.read_bytes().splitlines(keepends=True)
        ours = _seconds(lambda: publish(door, recorder.path, len(whole)))
        bare = _seconds(lambda: asyncio.run(publish_bare(door, whole)))
        yield f"publish {len(whole):,} lines", ours, bare
        ours = _seconds(lambda: read(reader, folder / "late", len(whole) - 1))
        bare = _seconds(lambda: asyncio.run(read_bare(reader, len(whole))))
        yield "join late: read, keep and fold them (alone: read)", ours, bare

        publisher = Publisher(recorder.path, door)
        publisher.start()
        result = next(real_arrivals()).data
        found = timed(
            Audience("desks", reader, folder, desks),
            lambda _, name: recorder.append([Arrival(name, result, BEGUN)]),
        )
        publisher.stop()
        alone = timed(
            Audience("bare", reader, folder, desks),
            lambda number, name: asyncio.run(
                publish_bare(door, [name.encode()], len(whole) + number)
            ),
        )
        says = f"{desks} headless desks have an arrival, p50"
        yield says, median(found), median(alone)
        yield "the same, p99", p99(found), p99(alone)
    finally:
        hub.kill()
        recorder.close()


def _seconds(work: Callable[[], None]) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began


def main() -> None:
    """Measure and print a table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--lines", type=int, default=3_000)
    asked.add_argument("--desks", type=int, default=50)
    wanted = asked.parse_args()
    with TemporaryDirectory() as folder:
        print("| what | ours | nats-py alone | ratio |\n| --- | --- | --- | --- |")
        for says, ours, bare in measured(wanted.lines, wanted.desks, Path(folder)):
            row = (says, amount(ours, "s"), amount(bare, "s"), f"{ours / bare:.1f}")
            print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] in (["desks"], ["bare"]):
        what, url, folder, number = sys.argv[1:5]
        hub = Hub(url, "reader", sys.stdin.readline().strip())
        if what == "desks":
            look_on(hub, Path(folder), int(number))
        else:
            look_on_bare(hub, int(number))
    else:
        main()
