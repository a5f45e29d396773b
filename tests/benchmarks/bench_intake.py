"""How fast a folder is taken in, against the least that any program would do in the same run.

Run it with `python -m tests.benchmarks.bench_intake`; read the ratios, not the times.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

from feed.recording.writer import Recorder
from feed.sources.folder.reconciler import Reconciler
from feed.sources.folder.source import Delivery, DirectorySource

FILES = 10_000
ROUNDS = 5
DROPS = 60
BETWEEN = 0.03


def timed(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def fill(folder: Path) -> None:
    message = {"kind": "news", "text": "Polls have closed. " * 16}
    for number in range(FILES):
        (folder / f"{number}.json").write_text(json.dumps({**message, "note": str(number)}))


def read_and_parse(folder: Path) -> None:
    for entry in os.scandir(folder):
        with open(entry.path, "rb") as file:  # noqa: PTH123  # the floor takes no detour
            json.loads(file.read())


def cold_load() -> None:
    with TemporaryDirectory() as place:
        folder = Path(place) / "feed"
        folder.mkdir()
        fill(folder)
        floors: list[float] = []
        loads: list[float] = []
        sweeps: list[float] = []
        records: list[float] = []
        for number in range(ROUNDS):
            floors.append(timed(lambda: read_and_parse(folder)))
            reconciler = Reconciler(folder)
            began = perf_counter()
            arrivals = reconciler.scan().arrivals
            loads.append(perf_counter() - began)
            sweeps.append(timed(reconciler.scan))
            recorder = Recorder.open(Path(place) / f"{number}.jsonl", folder)
            began = perf_counter()
            for at in range(0, FILES, 500):
                recorder.append(arrivals[at : at + 500])
            recorder.sync(now=True)
            records.append(perf_counter() - began)
            recorder.close()
    floor = median(floors)
    print(f"{FILES:,} files: scandir + read + json.loads {floor * 1000:.0f} ms = 1.0")
    print(f"  scanned cold               {median(loads) / floor:.2f}")
    print(f"  scanned and recorded       {(median(loads) + median(records)) / floor:.2f}")
    print(f"  swept again                {median(sweeps) / floor:.2f}")


def latency(*, force_polling: bool) -> list[float]:
    seen: dict[str, float] = {}
    changed = threading.Condition()
    states: list[str] = []

    def deliver(delivery: Delivery) -> None:
        with changed:
            states.append(delivery.health.state)
            seen.update({arrival.path: perf_counter() for arrival in delivery.arrivals})
            changed.notify_all()

    with TemporaryDirectory() as place:
        folder, stop = Path(place), threading.Event()
        source = DirectorySource(folder, force_polling=force_polling)
        thread = threading.Thread(target=source.run, args=(deliver, stop))
        thread.start()
        with changed:
            changed.wait_for(lambda: bool(states) and states[-1] != "loading")
        dropped: dict[str, float] = {}
        for number in range(DROPS):
            part, name = folder / f".{number}", f"{number}.json"
            part.write_bytes(b"{}")
            dropped[name] = perf_counter()
            part.rename(folder / name)
            stop.wait(BETWEEN)
        with changed:
            changed.wait_for(lambda: len(seen) == DROPS, timeout=30)
        stop.set()
        thread.join()
    return [seen[name] - at for name, at in dropped.items()]


def ring() -> None:
    rung, polled = latency(force_polling=False), latency(force_polling=True)
    for name, figures in (("door-bell", rung), ("polling, 1 s", polled)):
        p99 = quantiles(figures, n=100)[98]
        print(f"  {name:<26} p50 {median(figures) * 1000:.1f} ms, p99 {p99 * 1000:.1f} ms")
    print(f"  door-bell : polling        1 : {median(polled) / median(rung):.0f}")


if __name__ == "__main__":
    cold_load()
    print(f"{DROPS} files renamed in, {BETWEEN * 1000:.0f} ms apart:")
    ring()
