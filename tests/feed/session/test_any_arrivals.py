"""The law of a live desk: after anything that files and a viewer do, it knows what it recorded."""

from __future__ import annotations

import json
import os
import threading
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from feed.ledger.night import whole_night
from feed.model.intents import Intent
from feed.model.view import View
from feed.recording.writer import Recorder
from feed.reports.summary import fingerprint
from feed.session.session import Session
from feed.sources.folder.source import Delivery, DirectorySource
from feed.sources.folder.watcher import ChangeNotice
from feed.sources.saved import load
from tests.feed.builders import (
    a_contest,
    a_result,
    a_roster,
    a_rush,
    a_ward,
    a_withdrawal,
    an_arrival,
)
from tests.feed.sources.feed_folder import StillClock

COUNCILS = ("Alder", "Birch", "Cedar")
FOLDERS = ("", "", "a/", "b/c/")
MOVES = ("toggle", "faster", "slower", "loop", "edge", "edge")


class Ears:
    """A watcher that hears what the test lets it hear."""

    def __init__(self) -> None:
        self.paths: dict[bytes, None] = {}
        self.sweep = False

    def start(self, root: Path) -> None:
        """Hear from now on."""

    def stop(self) -> None:
        self.paths = {}

    def request_sweep(self) -> None:
        self.sweep = True

    def wait(self, timeout: float) -> ChangeNotice:
        del timeout
        heard = ChangeNotice(tuple(self.paths), self.sweep, works=True)
        self.paths, self.sweep = {}, False
        return heard


class World:
    """A folder, its writers, a live desk without its threads, and who sits at it."""

    def __init__(self, place: Path, seed: int) -> None:
        self.chance = Random(seed)
        self.root, self.recording = place / "feed", place / "night.jsonl"
        self.root.mkdir()
        self.clock, self.ears, self.stop = StillClock(), Ears(), threading.Event()
        time, now = self.clock.time, self.clock.now
        self.source = DirectorySource(self.root, settle=0.1, clock=time, now=now, watcher=self.ears)
        self.recorder = Recorder.open(self.recording, self.root, clock=time)
        self.waiting: list[Delivery] = []
        self.views: list[View] = []
        self.session = Session(
            self.views.append, source=self.source, keeper=self.recorder, now=now, clock=time
        )
        self.paths: list[Path] = []

    def message(self) -> str:
        """Return a statement about one of a few councils, often one that corrects another."""
        chance = self.chance
        council, revision = chance.choice(COUNCILS), chance.randint(1, 4)
        con = chance.randint(5, 20)
        message = chance.choice(
            (
                a_roster(council, {"con": 30, "lab": 3}),
                a_result(council, revision, con=con, lab=33 - con),
                a_result(council, revision, con=con, lab=33 - con),
                a_rush(council, "lab", revision),
                a_withdrawal(council, revision),
                a_ward(council, chance.choice(("North", "South")), {"con": con % 3}, seats=3),
                a_contest("Hackney", "lab", revision=revision),
            )
        )
        return an_arrival(message, "").data.decode()

    def path(self, end: str = ".json") -> Path:
        """Return the name of a file, now and then one that was there before."""
        known = [path for path in self.paths if path.suffix == end]
        if known and self.chance.random() < 0.4:
            return self.chance.choice(known)
        self.paths.append(self.root / f"{self.chance.choice(FOLDERS)}{len(self.paths)}{end}")
        return self.paths[-1]

    def put(self, path: Path, text: str) -> None:
        """Write a file in place; the watcher mostly hears of it."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        at = self.clock.now().timestamp()
        os.utime(path, (at, at))
        if self.chance.random() < 0.8:
            self.ears.paths[bytes(path.relative_to(self.root))] = None

    def write(self) -> None:
        """Let a writer do something: whole, half, by lines, over again, away, renamed."""
        chance = self.chance
        match chance.randrange(8):
            case 0:
                path, text = self.path(), self.message()
                self.put(path, text[: chance.randrange(len(text))])
                self.look()
                self.put(path, text)
            case 1 | 2:
                path = self.path(".jsonl")
                before = path.read_text(encoding="utf-8") if path.exists() else ""
                kept = before if chance.random() < 0.7 else before[chance.randint(0, len(before)) :]
                lines = "\n".join(self.message() for _ in range(chance.randint(1, 3)))
                self.put(path, kept + lines + chance.choice(("\n", "")))
            case 3:
                self.path().unlink(missing_ok=True)
            case 4:
                there = [path for path in self.paths if path.exists() and path.suffix == ".json"]
                if there:
                    new = self.path()
                    new.parent.mkdir(parents=True, exist_ok=True)
                    chance.choice(there).rename(new)
            case 5:
                away = self.root.with_name("away")
                self.root.rename(away)
                self.look()
                away.rename(self.root)
            case _:
                for _ in range(chance.randint(1, 4)):
                    self.put(self.path(), self.message())

    def look(self) -> None:
        """Let the source look round once, and the session take some of what it brought."""
        self.source._look_round(self.waiting.append, self.stop)
        while self.waiting and self.chance.random() < 0.7:
            self.session.pump(self.waiting.pop(0))

    def ask(self) -> None:
        """Let the viewer ask for something."""
        chance, steps = self.chance, len(self.session._night)
        seek = self.clock.now() - timedelta(seconds=chance.randint(-5, 60))
        wishes = (
            Intent(chance.choice(MOVES)),  # type: ignore[arg-type]
            Intent("seek", moment=seek),
            Intent("nudge", seconds=chance.choice((-60, 60))),
            Intent("position", number=chance.randint(0, steps + 1)),
            Intent("step", by="declaration", direction=chance.choice((1, -1))),
        )
        self.session.pump(chance.choice(wishes))

    def settle(self) -> View:
        """Let everything be read and folded, and go to the newest."""
        for _ in range(6):
            self.clock.pass_by(2.1)
            self.ears.sweep = True
            self.look()
            for delivery in self.waiting:
                self.session.pump(delivery)
            self.waiting.clear()
        self.session.pump(Intent("edge"))
        return self.views[-1]


@pytest.mark.parametrize("seed", range(4))
def test_after_any_files_and_wishes_the_newest_is_a_cold_load_of_the_recording(
    seed: int, tmp_path: Path
) -> None:
    world = World(tmp_path, seed)
    for _ in range(40):
        world.clock.pass_by(world.chance.choice((0.0, 0.05, 0.2, 3.0)))
        world.write()
        world.look()
        world.ask()
    view = world.settle()
    cold = whole_night(load(world.recording)).edge()
    assert view.mode == "live"
    assert view.new == world.session.unsaved == 0
    assert fingerprint(view.standing) == fingerprint(cold)
    written = {json.loads(line)["src"] for line in world.recording.read_text().splitlines()[1:]}
    assert {str(it.relative_to(world.root)) for it in world.root.rglob("*.json")} <= written
    night = world.session._night
    for position in range(0, len(night), 23):
        then = whole_night(night._edge.history[:position]).edge()
        assert fingerprint(night.at(position)) == fingerprint(then)
