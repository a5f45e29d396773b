"""A desk that nobody touches for a hundred hours, with a clock that is played: what grows?

`python -m tests.hundred_hours --hours 100` watches and records a folder into which a file comes every
half an hour, ticks once for every second of the played clock, and prints a line for every tenth:
memory, descriptors, threads and the size of the recording. Nothing but the recording may grow.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import threading
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from unittest.mock import patch

os.environ["TEXTUAL_ANIMATIONS"] = "none"

from feed.clock import utc_now
from feed.recording.writer import Recorder
from feed.session.session import Post, Session
from feed.sources.folder.source import DirectorySource
from tui.running.app import Desk
from tui.running.collecting import collect_at_rest, small_collections

_NIGHT = Path(__file__).parents[1] / "sample_feeds" / "england-2019"
_PAGE = os.sysconf("SC_PAGE_SIZE")
_A_SECOND = timedelta(seconds=1)
_BETWEEN_FILES = 1800
_BETWEEN_FRAMES = 120
_CLOCKS = ("tui.desk.screen.utc_now", "tui.running.app.utc_now")


class PlayedClock:
    """Tells the time that it is set to."""

    def __init__(self) -> None:
        self.at = utc_now()

    def __call__(self) -> object:
        return self.at


def _session(feed: Path, recording: Path, clock: PlayedClock, post: Post) -> Session:
    keeper = Recorder.open(recording, feed)
    return Session(post, source=DirectorySource(feed), keeper=keeper, now=clock)  # type: ignore[arg-type]


def _told(hours: float, desk: Desk, recording: Path) -> str:
    collect_at_rest()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    descriptors = len(list(Path("/proc/self/fd").iterdir()))
    assert desk._desk is not None
    return (
        f"{hours:5.0f} h: {pages * _PAGE / 1e6:6.1f} MB, {descriptors} descriptors, "
        f"{threading.active_count()} threads, {recording.stat().st_size / 1e3:.0f} kB recorded, "
        f"{len(desk._desk.current.standing.log)} entries, {process_time():.0f} s of processor"
    )


async def stand_alone(place: Path, hours: int, clock: PlayedClock) -> None:
    """Let the desk stand for so many hours of the played clock, and print each tenth of them."""
    feed, recording = place / "feed", place / "night.jsonl"
    feed.mkdir()
    rosters = (_NIGHT / "roster.jsonl").read_bytes() + (_NIGHT / "expected.jsonl").read_bytes()
    (feed / "rosters.jsonl").write_bytes(rosters)
    results = (_NIGHT / "results.jsonl").read_bytes().splitlines()
    desk, out = Desk(partial(_session, feed, recording, clock)), sys.__stdout__
    async with desk.run_test(size=(120, 36)) as pilot:
        for second in range(hours * 3600):
            clock.at += _A_SECOND
            if second % _BETWEEN_FILES == 0:
                number = second // _BETWEEN_FILES
                hidden = feed / f".{number}"
                hidden.write_bytes(results[number % len(results)])
                hidden.rename(feed / f"{number}.json")
                while desk._desk is None or desk._desk.current.standing.arrivals < number + 2:
                    await pilot.pause(0.01)
            assert desk._desk is not None
            desk._desk.tick()
            if second % _BETWEEN_FRAMES == 0:
                await pilot.pause()
            if (second + 1) % (hours * 360) == 0:
                print(_told((second + 1) / 3600, desk, recording), file=out, flush=True)


def main() -> None:
    """Stand alone."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--hours", type=int, default=100)
    wanted = asked.parse_args()
    clock = PlayedClock()
    with TemporaryDirectory(prefix="nightdesk-alone-") as place, small_collections():
        for name in _CLOCKS:
            patch(name, clock).start()
        asyncio.run(stand_alone(Path(place), wanted.hours, clock))


if __name__ == "__main__":
    main()
