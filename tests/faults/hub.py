"""Kill the server, the publisher and the followers of a hub while a night goes through it.

`python -m tests.faults.hub [--kills 30] [--lines 20000] [--seed 1]` kills each of the three so
many times with SIGKILL, at random moments, and holds every follower's copy against the recording:
the same bytes, the same fingerprint, nothing twice among what was delivered.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from feed.hub.connection import Hub
from feed.hub.follower import HubSource
from feed.hub.publisher import Publisher
from feed.ledger.night import Night
from feed.model.arrival import Arrival
from feed.recording.writer import Recorder
from feed.reports.summary import fingerprint
from feed.sources.folder.source import Delivery
from feed.sources.saved import load
from tests.feed.hub.local_hub import BEGUN, LocalHub, wait_until

_WARDS = Path(__file__).parents[2] / "sample_feeds" / "england-2019-wards"
_FOLLOWERS = 3


def real_arrivals() -> Iterator[Arrival]:
    """Yield wards, results and rosters of a real night, each as a file of its own, for ever."""
    lines = [
        line
        for path in sorted(_WARDS.rglob("*.jsonl"))
        for line in path.read_bytes().splitlines(keepends=True)
    ]
    for turn in count():
        for number, line in enumerate(lines):
            yield Arrival(f"{turn}/{number}.json", line, BEGUN)


def publish(recording: Path, url: str, token: str) -> None:
    """Publish until killed."""
    Publisher(recording, Hub(url, "recorder", token)).start()
    threading.Event().wait()


def follow(folder: Path, url: str, token: str) -> None:
    """Follow until killed, and write down what was delivered, a line each."""
    with (folder / "delivered").open("a", encoding="utf-8") as told:

        def deliver(delivery: Delivery) -> None:
            told.writelines(f"{os.getpid()} {it.path}\n" for it in delivery.arrivals)
            told.flush()

        HubSource(Hub(url, "reader", token), folder=folder).run(deliver, threading.Event())


class Killed:
    """A process of ours that is killed and begun again."""

    def __init__(self, *words: str) -> None:
        self._words = words
        self.begin()

    def begin(self) -> None:
        """Start it."""
        self._process = subprocess.Popen([sys.executable, "-m", "tests.faults.hub", *self._words])

    def kill(self) -> None:
        """Kill it without a word."""
        self._process.kill()
        self._process.wait(10)


def night(kills: int, lines: int, seed: int, folder: Path) -> str:
    """Run one night; return what is wrong with it, nothing where all is right."""
    rng = random.Random(seed)
    hub = LocalHub(folder / "hub")
    hub.start()
    token = {role: hub.door(role).token for role in ("recorder", "reader")}
    (folder / "feed").mkdir()
    recorder = Recorder.open(folder / "night.jsonl", folder / "feed", started=BEGUN)
    url = hub.listening.url
    copies = [folder / f"follower-{n}" for n in range(_FOLLOWERS)]
    for copy in copies:
        copy.mkdir()
    publisher = Killed("publish", str(recorder.path), url, token["recorder"])
    followers = [Killed("follow", str(copy), url, token["reader"]) for copy in copies]
    rest = islice(real_arrivals(), lines)
    plan = ["server", "publisher", "follower"] * kills
    rng.shuffle(plan)
    each = lines // len(plan) + 1
    try:
        for victim in plan:
            recorder.append(islice(rest, each))
            time.sleep(rng.uniform(0.1, 0.6))
            match victim:
                case "server":
                    hub.kill()
                    time.sleep(rng.uniform(0.0, 0.3))
                    hub.start()
                case "publisher":
                    publisher.kill()
                    publisher.begin()
                case _:
                    one = rng.choice(followers)
                    one.kill()
                    one.begin()
        recorder.append(rest)
        recorder.sync(now=True)
        whole = recorder.path.read_bytes()
        for copy in copies:
            wait_until(lambda at=copy: _mirror(at) == whole, f"{copy.name} is whole", 120)  # type: ignore[misc]
    except AssertionError as error:
        return f"{error} (has {[len(_mirror(copy)) for copy in copies]} of {recorder.path.stat().st_size} bytes)"
    finally:
        for process in (publisher, *followers):
            process.kill()
        hub.kill()
        recorder.close()
    return "".join(_judged(copy, recorder.path) for copy in copies)


def _mirror(copy: Path) -> bytes:
    found = sorted(copy.glob("2026-*.jsonl"))
    return found[0].read_bytes() if found else b""


def _judged(copy: Path, recording: Path) -> str:
    (mirror,) = copy.glob("2026-*.jsonl")
    prints = []
    for path in (recording, mirror):
        folded = Night()
        folded.extend(load(path))
        prints.append(fingerprint(folded.edge()))
    told = Counter((copy / "delivered").read_text(encoding="utf-8").splitlines())
    twice = sum(number > 1 for number in told.values())
    wrong = "" if prints[0] == prints[1] else f"{copy.name}: another fingerprint. "
    return wrong + (f"{copy.name}: {twice} delivered twice. " if twice else "")


def main() -> int:
    """Run the night that was asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--lines", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    began = time.monotonic()
    with TemporaryDirectory() as folder:
        wrong = night(asked.kills, asked.lines, asked.seed, Path(folder))
    said = {"kills of each": asked.kills, "lines": asked.lines, "followers": _FOLLOWERS,
            "seconds": round(time.monotonic() - began), "wrong": wrong or "nothing"}  # fmt: skip
    print(json.dumps(said))
    return 1 if wrong else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["publish"]:
        publish(Path(sys.argv[2]), sys.argv[3], sys.argv[4])
    elif sys.argv[1:2] == ["follow"]:
        follow(Path(sys.argv[2]), sys.argv[3], sys.argv[4])
    else:
        sys.exit(main())
