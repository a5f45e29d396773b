"""A night of many thousand arrivals on the real app, in minutes: what it costs as it goes on.

`python tests/soak.py --arrivals 100000 --rate 1000` drops files with a process of its own, watches,
records and draws them, presses keys and resizes meanwhile, and prints a line for every tenth.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from random import Random
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import monotonic, perf_counter

os.environ["TEXTUAL_ANIMATIONS"] = "none"
sys.path.insert(0, str(Path(__file__).parents[1]))

from textual.pilot import Pilot

from feed.recording.writer import Recorder
from feed.session.session import Post, Session
from feed.sources.folder.source import DirectorySource
from tui.desk.screen import DeskScreen
from tui.running.app import Desk
from tui.running.collecting import small_collections

NIGHT = Path(__file__).parents[1] / "sample_feeds" / "england-2019"
KEYS = ("j", "k", "pagedown", "G", "2", "j", "3", "right", "down", "1", "G", "s", "t", "h", "v", "m",
        "escape", "question_mark", "escape", "enter", "escape", "comma", "L", "p", "escape", "G")  # fmt: skip
SIZES = ((160, 48), (80, 24), (200, 60), (120, 36), (39, 9), (160, 48))
PAGE = os.sysconf("SC_PAGE_SIZE")


def messages(count: int) -> Iterator[tuple[str, bytes]]:
    """Return a night's files: rosters, results, corrections, wards, news, and files sent again."""
    random = Random(1)
    lines = [json.loads(line) for line in (NIGHT / "results.jsonl").read_text().splitlines()]
    for number, line in enumerate((NIGHT / "roster.jsonl").read_bytes().splitlines()):
        yield f"nominations-{number}.json", line
    revisions = dict.fromkeys(range(len(lines)), 0)
    sent: list[bytes] = []
    for number in range(count - 248):
        kind = random.random()
        if kind < 0.03:
            at = random.randrange(len(lines))
            revisions[at] += 1
            data = json.dumps({**lines[at], "revision": revisions[at]}).encode()
        elif kind < 0.33 and sent:
            data = random.choice(sent)
        else:
            text = (
                f"{number}: turnout said to be about {random.randrange(20, 60)} per cent in places"
            )
            data = json.dumps({"kind": "news", "text": text, "source": "Our reporter"}).encode()
        if len(sent) < 5_000:
            sent.append(data)
        yield f"{number % 50:02}/{number}.json", data


def produce(feed: str, count: int, rate: float) -> None:
    """Rename files in at that rate; the work of a process of its own."""
    began, waiter = monotonic(), threading.Event()
    for number, (name, data) in enumerate(messages(count)):
        path = Path(feed) / name
        path.parent.mkdir(exist_ok=True)
        part = path.with_name(f".{path.name}")
        part.write_bytes(data)
        part.rename(path)
        ahead = number / rate - (monotonic() - began)
        if ahead > 0.01:
            waiter.wait(ahead)


@dataclass(slots=True)
class Sample:
    """What the process is at one moment."""

    seconds: float
    arrivals: int
    rss: float
    descriptors: int
    threads: int


@dataclass(slots=True)
class Soak:
    """The run and what was measured."""

    feed: Path
    recording: Path
    wanted: int
    rate: float
    idle: float
    """Seconds of keys and resizes over an empty night, for comparison."""
    samples: list[Sample] = field(default_factory=list)
    lags: list[float] = field(default_factory=list)
    began: float = field(default_factory=perf_counter)
    done: bool = False

    def session(self, post: Post) -> Session:
        """Return the session of a desk that watches and records."""
        keeper = Recorder.open(self.recording, self.feed)
        return Session(post, source=DirectorySource(self.feed), keeper=keeper)

    async def run(self) -> None:
        """Run the desk until all is in."""
        desk = Desk(self.session)
        async with desk.run_test(size=(160, 48)) as pilot:
            lag = asyncio.create_task(self._watch_the_loop())
            keys = asyncio.create_task(self._type(pilot))
            await asyncio.sleep(self.idle)
            print(f"keys and resizes alone: {self._lag()}", file=sys.__stdout__, flush=True)
            producer = await asyncio.create_subprocess_exec(
                *[sys.executable, __file__, "--produce", str(self.feed),
                  "--arrivals", str(self.wanted), "--rate", str(self.rate)],
                stdin=asyncio.subprocess.DEVNULL,
            )  # fmt: skip
            tenth = self.wanted // 10
            while (arrived := self._arrived(desk)) < self.wanted and desk.is_running:
                if arrived >= tenth * (len(self.samples) + 1):
                    self._sample(arrived)
                await asyncio.sleep(0.05)
            self._sample(arrived)
            await asyncio.sleep(self.idle)
            print(f"keys over the whole night: {self._lag()}", file=sys.__stdout__, flush=True)
            self.done = True
            await keys
            lag.cancel()
            with suppress(asyncio.CancelledError):
                await lag
            await producer.wait()

    def _arrived(self, desk: Desk) -> int:
        """Return how many arrivals are on the screen."""
        for screen in desk.screen_stack:
            if isinstance(screen, DeskScreen) and screen.current.mode == "live":
                return screen.current.standing.arrivals
        return 0

    async def _watch_the_loop(self) -> None:
        while True:
            asked = perf_counter()
            await asyncio.sleep(0.01)
            self.lags.append(perf_counter() - asked - 0.01)

    async def _type(self, pilot: Pilot[None]) -> None:
        sizes = cycle(SIZES)
        for number, key in enumerate(cycle(KEYS)):
            if self.done:
                return
            await pilot.press(key)
            if number % 40 == 39:
                await pilot.resize_terminal(*next(sizes))
            await asyncio.sleep(0.1)

    def _sample(self, arrived: int) -> None:
        resident = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * PAGE
        sample = Sample(
            perf_counter() - self.began, arrived, resident / 1e6,
            len(list(Path("/proc/self/fd").iterdir())), threading.active_count(),
        )  # fmt: skip
        self.samples.append(sample)
        print(
            f"{sample.seconds:6.0f} s  {sample.arrivals:>8,} arrivals  {sample.rss:6.1f} MB  "
            f"{sample.descriptors} descriptors  {sample.threads} threads  {self._lag()}",
            file=sys.__stdout__,
            flush=True,
        )

    def _lag(self) -> str:
        if len(self.lags) < 2:
            return ""
        cuts = quantiles(self.lags, n=100)
        worst = max(self.lags)
        self.lags.clear()
        return f"lag p50 {cuts[49] * 1e3:.1f} p99 {cuts[98] * 1e3:.1f} max {worst * 1e3:.0f} ms"


def main() -> int:
    """Run it and sum up."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--arrivals", type=int, default=100_000)
    asked.add_argument("--rate", type=float, default=1_000.0, help="files a second")
    asked.add_argument("--idle", type=float, default=12.0, help="seconds without files, first")
    asked.add_argument("--produce", metavar="DIR", help="only drop the files there")
    wanted = asked.parse_args()
    if wanted.produce:
        produce(wanted.produce, wanted.arrivals, wanted.rate)
        return 0
    with TemporaryDirectory(prefix="nightdesk-soak-") as place:
        feed = Path(place) / "feed"
        feed.mkdir()
        soak = Soak(feed, Path(place) / "night.jsonl", wanted.arrivals, wanted.rate, wanted.idle)
        with small_collections():
            asyncio.run(soak.run())
    half = next(s for s in soak.samples if s.arrivals >= wanted.arrivals // 2)
    last = soak.samples[-1]
    growth = (last.rss - half.rss) / half.rss
    print(f"second half: {growth:+.1%} resident ({half.rss:.0f} → {last.rss:.0f} MB), "
          f"{last.descriptors - half.descriptors:+d} descriptors, "
          f"{last.threads - half.threads:+d} threads")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
