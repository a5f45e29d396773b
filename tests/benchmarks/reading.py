"""Files read and folded: against json.loads and ElementTree, long against short."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from xml.etree import ElementTree as ET  # the floor takes no care

from feed.ledger.night import Night, whole_night
from feed.ledger.step import Step, steps_of
from feed.model.arrival import Arrival
from feed.recording.writer import Recorder
from feed.sources.saved import load_night
from tests.benchmarks.feeds import agency_files, fill, real_arrivals
from tests.benchmarks.figures import Figure, Scale, by_turns, processor
from tests.benchmarks.starting import until_done
from tests.feed.builders import a_result, a_step, a_ward, minutes
from tests.tui.terminal import ROOT

WARD_NIGHT = 5_767


def json_floor(folder: Path) -> None:
    """List, read, parse."""
    for entry in os.scandir(folder):
        with open(entry.path, "rb") as file:  # noqa: PTH123  # the floor takes no detour
            json.loads(file.read())


def xml_floor(files: list[Path]) -> None:
    """Read and parse."""
    for path in files:
        ET.fromstring(path.read_bytes())  # noqa: S314


def fold(arrivals: list[Arrival]) -> Night:
    """Read and fold all, and give the standing."""
    night = Night()
    for arrival in arrivals:
        night.extend(steps_of(arrival))
    night.edge()
    return night


def undisturbed(work: Callable[[], object]) -> float:
    """Return the seconds that a work takes without the collector, as the program reads a feed."""
    gc.collect()
    gc.disable()
    try:
        began = process_time()
        made = work()
        took = process_time() - began
    finally:
        gc.enable()
    del made
    return took


def summaries(scale: Scale) -> Iterator[Figure]:
    """P5: a folder summed up, ward by ward, and the agency's XML read and folded."""
    with TemporaryDirectory() as place:
        folder = fill(Path(place) / "wards", min(WARD_NIGHT, scale.files))
        ours, floor = by_turns(
            scale.rounds,
            partial(until_done, "summary", str(folder), "--format", "json"),
            lambda: processor(lambda: json_floor(folder)),
        )
        yield Figure("P5", "`summary` of a ward night, a file a message, start included", ours,
                     floor, 5, against="read + json.loads")  # fmt: skip
        files = agency_files(Path(place) / "agency") * max(1, scale.files // 500)
        arrivals = [
            Arrival(path.name, path.read_bytes(), minutes(n / 60)) for n, path in enumerate(files)
        ]
        ours, floor = by_turns(
            scale.rounds,
            lambda: undisturbed(lambda: fold(arrivals)),
            lambda: undisturbed(lambda: xml_floor(files)),
        )
        yield Figure("P5", "the agency's XML read and folded", ours, floor, 5,
                     against="read + ElementTree")  # fmt: skip


def growth(scale: Scale) -> Iterator[Figure]:
    """P6: what one more file costs on a long night, and what one council's history costs."""
    few, many = real_arrivals(scale.files), real_arrivals(scale.many)
    ours, floor = by_turns(
        min(scale.rounds, 3),
        lambda: undisturbed(lambda: fold(many)) / len(many),
        lambda: undisturbed(lambda: fold(few)) / len(few),
    )
    yield Figure("P6", f"a file among {scale.many:,}", ours, floor, 1.2,
                 against=f"among {scale.files:,}")  # fmt: skip
    wards = min(1_600, scale.files)
    ours, floor = by_turns(
        scale.rounds, lambda: folded(_wards(1, wards)), lambda: folded(_wards(wards // 10, 10))
    )
    yield Figure("P6", f"{wards:,} wards of one council", ours, floor, 1.2,
                 against="of many councils of ten")  # fmt: skip
    told = min(200, scale.files)
    ours, floor = by_turns(
        scale.rounds, lambda: folded(_revisions(10, told)), lambda: folded(_revisions(told, 10))
    )
    yield Figure("P6", f"{told} revisions of each of ten councils", ours, floor, 1.2,
                 against="ten of each of as many")  # fmt: skip


def folded(told: list[Step]) -> float:
    """Return the processor's seconds that a night of steps takes."""
    night = Night()
    return processor(lambda: night.extend(told))


def _wards(councils: int, wards: int) -> list[Step]:
    places = [(f"Place {council}", ward) for ward in range(wards) for council in range(councils)]
    return [
        a_step(a_ward(name, f"Ward {ward}", {"lab": 1}, wards_total=wards), f"{n}.json",
               minutes(n / 60), minutes(n / 60))
        for n, (name, ward) in enumerate(places)
    ]  # fmt: skip


def _revisions(councils: int, revisions: int) -> list[Step]:
    told = [(f"Place {at}", revision) for revision in range(revisions) for at in range(councils)]
    return [
        a_step(a_result(name, revision + 1, lab=revision % 50, con=50 - revision % 50), f"{n}.json",
               minutes(n / 60), minutes(n / 60))
        for n, (name, revision) in enumerate(told)
    ]  # fmt: skip


def replayed(scale: Scale) -> Iterator[Figure]:
    """P7: a recording read back and folded, as `summary` does it."""
    with TemporaryDirectory() as place:
        path = Path(place) / "night.jsonl"
        recorder = Recorder.open(path, Path(place) / "feed")
        recorder.append(real_arrivals(min(WARD_NIGHT, scale.files)))
        recorder.close()

        def again() -> Night:
            night = whole_night(load_night(path))
            night.edge()
            return night

        def floor() -> None:
            with path.open("rb") as file:
                for line in file:
                    json.loads(line)

        ours, least = by_turns(scale.rounds, lambda: undisturbed(again), lambda: undisturbed(floor))
    yield Figure(
        "P7", "a recording read and folded", ours, least, 6, against="json.loads of its lines"
    )


_MEMORY = """
import gc, os, sys
sys.path.insert(0, ".")
from textual.app import App
from feed.ledger.night import Night
from feed.ledger.step import Step, steps_of
from tests.benchmarks.feeds import texts
from tests.benchmarks.starting import until_done
from tests.feed.builders import minutes
from feed.model.arrival import Arrival
def resident():
    gc.collect()
    return int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
before = resident()
night = Night()
for n, text in enumerate(texts(int(sys.argv[1]))):
    night.extend(steps_of(Arrival(f"{n:06}.json", text, minutes(n / 60))))
night.edge()
print(resident() - before)
"""


def memory(scale: Scale) -> Iterator[Figure]:
    """P13: what a night keeps in memory, over the libraries it stands on."""
    for arrivals, most in ((scale.steps, 90), (scale.many, 300))[: scale.variants]:
        said = subprocess.run(
            [sys.executable, "-c", _MEMORY, str(arrivals)],
            cwd=ROOT, check=True, capture_output=True, text=True,
        )  # fmt: skip
        yield Figure("P13", f"memory of {arrivals:,} arrivals of real kinds", float(said.stdout),
                     most, unit="MB")  # fmt: skip


def seeks(scale: Scale) -> Iterator[Figure]:
    """P18: a seek to anywhere in a long night of real kinds."""
    night, random = fold(real_arrivals(scale.steps)), Random(2)
    gc.freeze()  # as the program sets a night aside that it has read
    times = []
    for _ in range(11 * scale.rounds):
        at = random.randrange(len(night))
        began = process_time()
        night.at(at)
        times.append(process_time() - began)
    gc.unfreeze()
    yield Figure("P18", f"a seek in {scale.steps:,} steps, median", median(times), 0.03)
    yield Figure("P18", f"a seek in {scale.steps:,} steps, the longest", max(times), 0.1)
