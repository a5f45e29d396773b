"""How soon a file is seen, and what a burst, a recording and a sweep cost."""

from __future__ import annotations

import asyncio
import json
import os
import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from statistics import median
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
from tests.benchmarks.feeds import fill
from tests.benchmarks.figures import Figure, Scale, by_turns, p99
from tests.benchmarks.peers import PRODUCER, bare_notices, names_in
from tests.tui.running.terminal.glass import Glass
from tests.tui.terminal import ROOT, Terminal

SPACINGS = (0.1, 0.02)
WARM = 3
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


def latencies(listen: Listener, spacing: float, drops: int) -> list[float]:
    """Return the seconds from each rename until it is seen, with jitter between the renames."""
    seen: Seen = {}
    with TemporaryDirectory() as place, listen(Path(place), seen):
        dropped = drop_into(Path(place), spacing, drops)
        until = perf_counter() + 10
        while not dropped.keys() <= seen.keys() and perf_counter() < until:
            time.sleep(0.05)
    return [seen[name] - at for name, at in dropped.items() if name in seen][WARM:]


def drop_into(folder: Path, spacing: float, drops: int) -> Seen:
    """Rename news into a folder, one after the other; return when each was."""
    dropped: Seen = {}
    jitter = random.Random(1)
    for number in range(-WARM, drops):
        part, name = folder / f".{number}", f"{number}.json"
        part.write_text(json.dumps({"kind": "news", "text": _line(number)}))
        dropped[name] = perf_counter()
        part.rename(folder / name)
        time.sleep(spacing * jitter.uniform(0.5, 1.5))
    return dropped


def _line(number: int) -> str:
    return f"«{number}» polls have closed"


def heard(scale: Scale) -> Iterator[Figure]:
    """P1 and P2: the watch layer, and the whole way to the screen's door."""
    found: dict[tuple[str, float], list[float]] = {}
    for _ in range(min(scale.rounds, 3)):
        for spacing in SPACINGS:
            for listen in (bare, our_watcher, prototype, our_desk):
                told = latencies(listen, spacing, scale.drops)
                found.setdefault((listen.__name__, spacing), []).extend(told)
    for spacing in SPACINGS:
        floor, ours = found["bare", spacing], found["our_watcher", spacing]
        apart = f"{spacing * 1000:.0f} ms apart"
        yield Figure("P1", f"a file is heard, {apart}, p50", median(ours), median(floor), 50,
                     against="bare inotify")  # fmt: skip
        yield Figure("P1", f"a file is heard, {apart}, p99", p99(ours), p99(floor), 80,
                     against="bare inotify")  # fmt: skip
    yield Figure("P1", "a file is heard, 20 ms apart, p50", median(found["our_watcher", 0.02]),
                 median(found["our_watcher", 0.1]), 1.5, against="100 ms apart")  # fmt: skip
    for spacing in SPACINGS:
        floor, ours = found["prototype", spacing], found["our_desk", spacing]
        yield Figure("P2", f"a file is in a view, {spacing * 1000:.0f} ms apart, p50", median(ours),
                     median(floor), 4, against="a prototype's frame")  # fmt: skip


def on_screen(spacing: float, drops: int, peer: str = "") -> list[float]:
    """Return the seconds from each file until its words are on the terminal: ours, or a peer's."""
    with TemporaryDirectory() as place:
        folder = Path(place) / "feed"
        folder.mkdir()
        log = Path(place) / "log.txt"
        log.write_text("begun\n")
        program = {"lnav": ("lnav", str(log)), "tail": ("tail", "-F", str(log))}.get(peer)
        arguments = () if program else ("watch", str(folder), "--no-record")
        started = ("-c", _EXEC, *program) if program else ("-m", "tui")
        with Terminal(*arguments, program=started, columns=160, rows=48,
                      env={"HOME": place, "TERM": "xterm-256color"}) as terminal:  # fmt: skip
            terminal.wait_for("begun" if peer else "LIVE")
            reads: list[tuple[float, bytes]] = []
            stop = threading.Event()
            reader = threading.Thread(target=_keep_reading, args=(terminal.master, reads, stop))
            reader.start()
            dropped = _append(log, spacing, drops) if peer else drop_into(folder, spacing, drops)
            time.sleep(1)
            stop.set()
            reader.join()
        return _seen(reads, dropped)[WARM:]


_EXEC = "import os, sys; os.execvp(sys.argv[1], sys.argv[1:])"


def _append(log: Path, spacing: float, drops: int) -> Seen:
    appended: Seen = {}
    jitter = random.Random(1)
    with log.open("a") as file:
        for number in range(-WARM, drops):
            appended[f"{number}.json"] = perf_counter()
            file.write(_line(number) + "\n")
            file.flush()
            time.sleep(spacing * jitter.uniform(0.5, 1.5))
    return appended


def _keep_reading(master: int, reads: list[tuple[float, bytes]], stop: threading.Event) -> None:
    os.set_blocking(master, False)
    while not stop.is_set():
        try:
            reads.append((perf_counter(), os.read(master, 1 << 16)))
        except BlockingIOError:
            time.sleep(0.0005)
        except OSError:
            return


def _seen(reads: list[tuple[float, bytes]], dropped: Seen) -> list[float]:
    """Look at the terminal after each read, and return how late the words of each file were."""
    glass, left = Glass(160, 48), dict(dropped)
    late: list[float] = []
    for at, data in reads:
        glass.feed(data.decode("utf-8", "replace"))
        text = "\n".join(glass.screen.display)
        shown = [name for name in left if f"«{name.removesuffix('.json')}»" in text]
        late.extend(at - left.pop(name) for name in shown)
    return late + [10.0] * len(left)


def seen(scale: Scale) -> Iterator[Figure]:
    """P3: from the rename to the words on a terminal, beside lnav and `tail -F`."""
    peers = [peer for peer in ("lnav", "tail") if shutil.which(peer)]
    for spacing in (1.0, *SPACINGS):
        drops = max(3, scale.drops // 4) if spacing == 1.0 else scale.drops
        if scale.drops < 10 and spacing != SPACINGS[0]:
            continue
        ours = on_screen(spacing, drops)
        apart = f"{spacing * 1000:.0f} ms apart"
        yield Figure("P3", f"a file is on the screen, {apart}, p50", median(ours), 0.06)
        for peer in peers:
            theirs = on_screen(spacing, drops, peer)
            if peer == "lnav":
                yield Figure("P3", f"a file is on the screen, {apart}, p50", median(ours),
                             median(theirs), 1 / 3, against="lnav's p50, of a line")  # fmt: skip
                yield Figure("P3", f"a file is on the screen, {apart}, p99", p99(ours),
                             median(theirs), against="lnav's p50, of a line")  # fmt: skip
            else:
                yield Figure("P3", f"a file is on the screen, {apart}, p50", median(ours),
                             median(theirs), float("inf"), against="`tail -F`, of a line")  # fmt: skip


def all_in(folder: Path, files: int, produce: Callable[[], float] | None = None) -> float:
    """Return the seconds until a session has taken in so many files, from the start or the last."""
    posted = Posted({})
    posted.wanted = files
    session = Session(posted, source=DirectorySource(folder))
    began = perf_counter()
    session.start()
    if produce is not None:
        posted.ready.wait()
        began = produce()
    if not posted.all_in.wait(120):
        raise AssertionError(f"{files - posted.arrivals} of {files} files are missing")
    took = perf_counter() - began
    session.stop()
    return took


def burst(scale: Scale) -> Iterator[Figure]:
    """P4: ten thousand files at once, none lost."""
    over, cold = [], []
    for _ in range(scale.rounds):
        with TemporaryDirectory() as place:

            def produce(place: str = place) -> float:
                made = [sys.executable, "-c", PRODUCER, place, str(scale.files), "0"]
                said = subprocess.run(made, cwd=ROOT, capture_output=True, check=True, text=True)
                return float(said.stdout) - time.time() + perf_counter()

            over.append(all_in(Path(place), scale.files, produce))
            cold.append(all_in(Path(place), scale.files))
    yield Figure("P4", f"{scale.files:,} files at once, all in after the last, none missed",
                 median(over), 2 * median(cold) + 0.25,
                 against="2 × a cold load + 250 ms")  # fmt: skip


def shares(scale: Scale) -> Iterator[Figure]:
    """P15: what recording and sweeping cost."""
    with TemporaryDirectory() as place:
        folder = fill(Path(place) / "feed", scale.files)
        numbers = iter(range(1_000))

        def intake() -> float:
            spent = 0.0
            recorder = Recorder.open(Path(place) / f"{next(numbers)}.jsonl", folder)
            night = Night()
            began = time.process_time()
            for scan in Reconciler(folder).scan_slices():
                before = time.process_time()
                recorder.append(scan.arrivals)
                spent += time.process_time() - before
                for arrival in scan.arrivals:
                    night.extend(steps_of(arrival))
                before = time.process_time()
                recorder.sync()
                spent += time.process_time() - before
            took = time.process_time() - began
            recorder.close()
            return spent / took

        (share,) = by_turns(scale.rounds, intake)
        yield Figure("P15", "recording, of the whole intake", 100 * share, 25, unit="%")
        reconciler = Reconciler(folder)
        reconciler.scan()
        schedule = Schedule(time.monotonic, None, watcher=True)
        schedule.watcher_works()

        def sweep() -> float:
            before = time.thread_time()
            reconciler.scan()
            cost = time.thread_time() - before
            return cost / (max(schedule.period, 100 * reconciler.listing_took) + cost)

        (share,) = by_turns(scale.rounds, sweep)
        yield Figure("P15", f"sweeps of {scale.files:,} files, of a core", 100 * share, 1, unit="%")
