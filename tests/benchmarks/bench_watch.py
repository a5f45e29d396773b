"""How soon a file is seen, what a burst costs and what waiting costs, in ratios.

Run it with `python -m tests.benchmarks.bench_watch`, on Linux; read the ratios, not the times.
Each is set against a bare reader of the system's notices, or a bare app, in the same run.
"""

from __future__ import annotations

import asyncio
import ctypes
import json
import os
import random
import select
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

from feed.ledger.night import Night
from feed.ledger.step import steps_of
from feed.model.view import View
from feed.recording.writer import Recorder
from feed.session.session import Session
from feed.sources.folder.reconciler import Reconciler
from feed.sources.folder.schedule import Schedule
from feed.sources.folder.source import DirectorySource
from feed.sources.folder.watcher import WatcherThread
from tests.benchmarks.bench_desk import ROUNDS, fill, medians, say, timed
from tests.tui.terminal import Terminal

SPACINGS = (0.1, 0.02)
DROPS = 100
WARM = 3
BURST = 10_000
SECONDS = 8.0
_WANTED = 0x8 | 0x80  # closed after writing, moved in
_EVENT = struct.Struct("iIII")

PRODUCER = """
import sys, time
from pathlib import Path
folder, count, each = Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
began = time.perf_counter()
for number in range(count):
    part = folder / f".{number}"
    part.write_text('{"kind": "news", "text": "%d: %s"}' % (number, "polls have closed " * 14))
    part.rename(folder / f"p{number}.json")
    late = began + (number + 1) * each - time.perf_counter()
    if late > 0: time.sleep(late)
print(time.time(), flush=True)
"""
EMPTY = "from textual.app import App\nApp().run()\n"
BARE = """
import asyncio, json, os, sys
from textual.app import App
from textual.containers import Horizontal
from textual.widgets import Static
from tests.benchmarks.bench_watch import bare_notices, names_in
class Bare(App):
    CSS = "Static { border: round white; height: 1fr; width: 1fr; }"
    def compose(self):
        with Horizontal():
            yield Static("", id="log"); yield Static("Scoreboard", id="board"); yield Static("")
    def on_mount(self):
        self.lines, self.new = [], False
        self.notices = bare_notices(sys.argv[1])
        asyncio.get_running_loop().add_reader(self.notices, self.heard)
        self.set_interval(0.05, self.draw)
    def heard(self):
        for name in names_in(os.read(self.notices, 1 << 16)):
            if not name.startswith("."):
                with open(os.path.join(sys.argv[1], name), "rb") as file:
                    self.lines.append(json.load(file)["text"])
                self.new = True
    def draw(self):
        if self.new:
            self.new = False
            self.query_one("#log", Static).update("\\n".join(self.lines[-40:]))
            self.query_one("#board", Static).update(f"Scoreboard {len(self.lines)}")
Bare().run()
"""


def bare_notices(folder: str) -> int:
    """Give a descriptor of the system's notices about a folder."""
    system = ctypes.CDLL(None, use_errno=True)
    notices: int = system.inotify_init1(os.O_CLOEXEC | os.O_NONBLOCK)
    if notices < 0 or system.inotify_add_watch(notices, os.fsencode(folder), _WANTED) < 0:
        raise OSError(ctypes.get_errno(), "no notices")
    return notices


def names_in(data: bytes) -> Iterator[str]:
    """Give the names that the notices tell of."""
    at = 0
    while at < len(data):
        *_, length = _EVENT.unpack_from(data, at)
        at += _EVENT.size
        yield os.fsdecode(data[at : at + length].rstrip(b"\0"))
        at += length


Seen = dict[str, float]


@contextmanager
def bare(folder: Path, seen: Seen) -> Iterator[None]:
    """Hear with nothing but a blocking read."""
    notices = bare_notices(str(folder))
    os.set_blocking(notices, True)

    def listen() -> None:
        while True:
            for name in names_in(os.read(notices, 1 << 16)):
                seen.setdefault(name, perf_counter())
                if name == "stop":
                    return

    thread = threading.Thread(target=listen)
    thread.start()
    yield
    (folder / "stop").write_bytes(b"")
    thread.join()
    os.close(notices)


@contextmanager
def our_watcher(folder: Path, seen: Seen) -> Iterator[None]:
    """Hear with the door-bell."""
    watcher, stop, works = WatcherThread(), threading.Event(), threading.Event()

    def listen() -> None:
        while not stop.is_set():
            notice = watcher.wait(1.0)
            now = perf_counter()
            for path in notice.paths:
                seen.setdefault(os.fsdecode(path), now)
            if notice.works:
                works.set()

    thread = threading.Thread(target=listen)
    thread.start()
    watcher.start(folder)
    works.wait()
    yield
    stop.set()
    watcher.request_sweep()
    thread.join()
    watcher.stop()


@contextmanager
def prototype(folder: Path, seen: Seen) -> Iterator[None]:
    """Do all that a prototype would: notices on the loop, read, parse, a frame 20 times a second."""
    stop = threading.Event()

    async def work() -> None:
        notices, read, drawn = bare_notices(str(folder)), [""], 0

        def heard() -> None:
            for name in names_in(os.read(notices, 1 << 16)):
                if not name.startswith("."):
                    with (folder / name).open("rb") as file:
                        json.load(file)
                    read.append(name)

        asyncio.get_running_loop().add_reader(notices, heard)
        while not stop.is_set():
            await asyncio.sleep(0.05)
            now = perf_counter()
            for name in read[drawn:]:
                seen.setdefault(name, now)
            drawn = len(read)
        os.close(notices)

    thread = threading.Thread(target=lambda: asyncio.run(work()))
    thread.start()
    time.sleep(0.3)
    yield
    stop.set()
    thread.join()


class Posted:
    """Takes a session's views, and writes down when each file is first in one."""

    def __init__(self, seen: Seen) -> None:
        self.ready = threading.Event()
        self.arrivals = 0
        self.all_in = threading.Event()
        self.wanted = 0
        self._seen = seen
        self._told = 0

    def __call__(self, view: View) -> None:
        now = perf_counter()
        for entry in view.standing.log.since(self._told):
            self._seen.setdefault(entry.origin.path, now)
        self._told = len(view.standing.log)
        self.arrivals = view.standing.arrivals
        if view.source.state == "ok":
            self.ready.set()
        if self.wanted and self.arrivals >= self.wanted:
            self._seen.setdefault("all", now)
            self.all_in.set()


@contextmanager
def our_desk(folder: Path, seen: Seen) -> Iterator[None]:
    """Do all that the desk does up to the view that is handed to the screen."""
    posted = Posted(seen)
    session = Session(posted, source=DirectorySource(folder))
    session.start()
    posted.ready.wait()
    yield
    session.stop()


Listener = Callable[[Path, Seen], AbstractContextManager[None]]


def latencies(listen: Listener, spacing: float) -> list[float]:
    """Give the seconds from each rename until it is seen, with jitter between the renames."""
    seen: Seen = {}
    dropped: Seen = {}
    jitter = random.Random(1)
    text = json.dumps({"kind": "news", "text": "Polls have closed. " * 14})
    with TemporaryDirectory() as place, listen(Path(place), seen):
        for number in range(-WARM, DROPS):
            part, name = Path(place) / f".{number}", f"{number}.json"
            part.write_text(text.replace("Polls", f"{number}: polls"))
            dropped[name] = perf_counter()
            part.rename(Path(place) / name)
            time.sleep(spacing * jitter.uniform(0.5, 1.5))
        until = perf_counter() + 10
        while not dropped.keys() <= seen.keys() and perf_counter() < until:
            time.sleep(0.05)
    return [seen[name] - at for name, at in dropped.items()][WARM:]


def after_silence() -> float:
    """Give the seconds until a file is heard that comes when nothing has for a long time."""
    seen: Seen = {}
    with TemporaryDirectory() as place, our_watcher(Path(place), seen):
        time.sleep(11)
        began = perf_counter()
        (Path(place) / "first.json").write_bytes(b"{}")
        while not seen:
            time.sleep(0.001)
        return seen["first.json"] - began


def p99(figures: list[float]) -> float:
    """Give the time that one in a hundred exceeds."""
    return quantiles(figures, n=100)[98]


def watch_layer() -> None:
    """P1 and P2: the watch layer, and the whole way to the screen's door."""
    found: dict[tuple[str, float], list[float]] = {}
    for _ in range(3):
        for spacing in SPACINGS:
            for listen in (bare, our_watcher, prototype, our_desk):
                found.setdefault((listen.__name__, spacing), []).extend(latencies(listen, spacing))
    for spacing in SPACINGS:
        floor, ours = found["bare", spacing], found["our_watcher", spacing]
        apart = f"{spacing * 1000:.0f} ms apart"
        say(f"P1 heard : bare notices, {apart}, p50", median(ours) / median(floor), 50,
            f"{median(ours) * 1e3:.1f} : {median(floor) * 1e3:.2f} ms")  # fmt: skip
        say(f"P1 heard : bare notices, {apart}, p99", p99(ours) / p99(floor), 80,
            f"{p99(ours) * 1e3:.1f} : {p99(floor) * 1e3:.2f} ms")  # fmt: skip
    trickle = median(found["our_watcher", 0.02]) / median(found["our_watcher", 0.1])
    say("P1 heard, 20 ms apart : 100 ms apart, p50", trickle, 1.5)
    first = median(after_silence() for _ in range(3))
    print(f"     the first after 10 s of silence is heard in {first * 1e3:.0f} ms", flush=True)
    for spacing in SPACINGS:
        floor, ours = found["prototype", spacing], found["our_desk", spacing]
        say(f"P2 in a view : prototype's frame, {spacing * 1000:.0f} ms apart, p50",
            median(ours) / median(floor), 4,
            f"{median(ours) * 1e3:.1f} : {median(floor) * 1e3:.1f} ms")  # fmt: skip


def cold(folder: Path) -> float:
    """Give the seconds in which a session takes in a folder that is full when it starts."""
    posted = Posted({})
    posted.wanted = BURST
    session = Session(posted, source=DirectorySource(folder))
    began = perf_counter()
    session.start()
    posted.all_in.wait(120)
    took = perf_counter() - began
    session.stop()
    return took


def burst() -> None:
    """P4: ten thousand files at once."""
    over: list[float] = []
    missed: list[int] = []
    colds: list[float] = []
    for _ in range(ROUNDS):
        with TemporaryDirectory() as place:
            seen: Seen = {}
            posted = Posted(seen)
            posted.wanted = BURST
            session = Session(posted, source=DirectorySource(Path(place)))
            session.start()
            posted.ready.wait()
            produced = subprocess.run(
                [sys.executable, "-c", PRODUCER, place, str(BURST), "0"],
                capture_output=True, check=True, text=True,
            )  # fmt: skip
            last = float(produced.stdout) - time.time() + perf_counter()
            posted.all_in.wait(120)
            missed.append(BURST - posted.arrivals)
            over.append(seen.get("all", perf_counter()) - last)
            session.stop()
            colds.append(cold(Path(place)))
    allowed = 2 * median(colds) + 0.25
    say("P4 burst of 10,000, all in after the last : 2 cold loads + 250 ms",
        median(over) / allowed, 1, f"{median(over):.2f} s, missed {max(missed)}")  # fmt: skip


def used(process: int) -> float:
    """Give the seconds of the processor that a process has used."""
    threads = Path(f"/proc/{process}/task").iterdir()
    return sum(int((each / "schedstat").read_text().split()[0]) for each in threads) / 1e9


def load(rate: float, *command: str, program: tuple[str, ...] = ("-m", "tui")) -> float:
    """Give the share of a core that a program on a terminal takes while so many files come in."""
    with TemporaryDirectory() as place:
        told = [word.replace("FOLDER", place) for word in command]
        with Terminal(*told, program=program, env={"XDG_STATE_HOME": f"{place}-state"}) as terminal:
            drain(terminal, 3.0)
            producer = None
            if rate:
                work = [
                    sys.executable,
                    "-c",
                    PRODUCER,
                    place,
                    str(int(rate * SECONDS)),
                    str(1 / rate),
                ]
                producer = subprocess.Popen(work, stdout=subprocess.DEVNULL)
            before, began = used(terminal.process.pid), perf_counter()
            drain(terminal, SECONDS)
            share = (used(terminal.process.pid) - before) / (perf_counter() - began)
            if producer is not None:
                producer.wait()
            return share


def drain(terminal: Terminal, seconds: float) -> None:
    """Take what a program writes, unread, for so long."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        if select.select([terminal.master], [], [], left)[0]:
            os.read(terminal.master, 1 << 16)


def processor() -> None:
    """P9: what waiting and what a steady stream cost."""
    ours = ("watch", "FOLDER", "--no-record")
    rounds = [
        (
            load(0, program=("-c", EMPTY)),
            load(0, *ours),
            load(100, "FOLDER", program=("-c", BARE)),
            load(100, *ours),
            load(1_000, *ours),
        )
        for _ in range(3)
    ]
    empty, idle, bare_100, ours_100, ours_1000 = (median(it) for it in zip(*rounds, strict=True))
    say("P9 idle : an empty app", idle / empty, 2, f"{idle:.2%} : {empty:.2%} of a core")
    say("P9 100 files a second : a bare app of three panes at 20 Hz", ours_100 / bare_100, 1.5,
        f"{ours_100:.1%} : {bare_100:.1%}")  # fmt: skip
    say("P9 1,000 files a second : 100", ours_1000 / ours_100, 2, f"{ours_1000:.0%}")


def shares() -> None:
    """P15: what recording and sweeping cost."""
    with TemporaryDirectory() as place:
        folder = Path(place) / "feed"
        fill(folder, BURST)
        numbers = iter(range(1_000))
        spent = 0.0

        def intake() -> float:
            nonlocal spent
            spent = 0.0
            recorder = Recorder.open(Path(place) / f"{next(numbers)}.jsonl", folder)
            night = Night()
            began = perf_counter()
            for scan in Reconciler(folder).scan_slices():
                spent += timed(lambda: recorder.append(scan.arrivals))  # noqa: B023
                for arrival in scan.arrivals:
                    for step in steps_of(arrival):
                        night.append(step, arrival.seen_at)
                spent += timed(recorder.sync)
            took = perf_counter() - began
            recorder.close()
            return spent / took

        (share,) = medians(intake)
        say("P15 recording : the whole intake", share / 0.25, 1, f"{share:.0%}, goal 25 %")
        reconciler = Reconciler(folder)
        reconciler.scan()
        schedule = Schedule(time.monotonic, None, watcher=True)
        schedule.watcher_works()

        def sweep() -> float:
            before = time.thread_time()
            reconciler.scan()
            cost = time.thread_time() - before
            return cost / (max(schedule.period, 100 * reconciler.listing_took) + cost)

        (share,) = medians(sweep)
        say("P15 sweeps of 10,000 files : 1 % of a core", share / 0.01, 1, f"{share:.2%}")


if __name__ == "__main__":
    for part in (watch_layer, burst, shares, processor):
        if len(sys.argv) < 2 or part.__name__ in sys.argv[1:]:
            part()
