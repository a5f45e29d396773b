"""The law of the folder: whatever is done to it, the account balances and the standing is right."""

from __future__ import annotations

import json
import os
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from feed.ledger.ledger import Ledger
from feed.model.arrival import Arrival
from feed.recording.reader import RecordedArrivals
from feed.reports.summary import fingerprint
from tests.faults.dropped import key
from tests.feed.sources.feed_folder import FeedFolder

FOLDERS = st.sampled_from(["", "results/", "results/deep/"])
NAMES = st.sampled_from(["a.json", "b.json", "c.json"])
PATHS = st.builds("{}{}".format, FOLDERS, NAMES)
RESULTS = [
    json.dumps(
        {"kind": "result", "election": {"date": "2019-05-02"}, "council": council,
         "revision": revision, "after": {"lab": 5 + revision, "con": 7}}
    ).encode()
    for council in ("Trafford", "Bolton")
    for revision in (1, 2)
]  # fmt: skip
CONTENTS = st.sampled_from(
    [*RESULTS, b'{"kind": "news", "text": "Polls have closed"}', b"{}", b"[1"]
)


class AnyFolder(RuleBasedStateMachine):
    """A model of the folder beside the folder itself, and a desk that looks when it likes."""

    def __init__(self) -> None:
        super().__init__()
        self.place = TemporaryDirectory()
        self.feed = FeedFolder(Path(self.place.name) / "feed")
        self.arrivals: list[Arrival] = []
        self.recorded = RecordedArrivals()
        self.model: dict[str, bytes] = {}
        self.ever: set[tuple[str, bytes]] = set()
        self.stood: set[tuple[str, bytes]] = set()
        """States that stood still while the desk looked twice: these must have been taken."""

    def _path(self, name: str) -> Path:
        path = self.feed.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def _now_holds(self, name: str, data: bytes) -> None:
        self.model[name] = data
        self.ever.add(key(name, data))

    def _take(self, arrivals: tuple[Arrival, ...]) -> None:
        self.arrivals += (new for new in arrivals if not self.recorded.takes(new))

    @rule(name=PATHS, data=CONTENTS)
    def create(self, name: str, data: bytes) -> None:
        self._path(name).write_bytes(data)
        self._now_holds(name, data)

    @rule(name=PATHS, data=CONTENTS)
    def replace(self, name: str, data: bytes) -> None:
        part = self.feed.root / ".part"
        part.write_bytes(data)
        part.replace(self._path(name))
        self._now_holds(name, data)

    @rule(name=PATHS, data=st.sampled_from([b"\n", b" ", b"}", b"]", b'{"kind"']))
    def append(self, name: str, data: bytes) -> None:
        with self._path(name).open("ab") as file:
            file.write(data)
        self._now_holds(name, self.model.get(name, b"") + data)

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def truncate(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.model)))
        end = data.draw(st.integers(0, len(self.model[name])))
        os.truncate(self.feed.root / name, end)
        self._now_holds(name, self.model[name][:end])

    @precondition(lambda self: self.model)
    @rule(data=st.data(), new=PATHS)
    def rename(self, data: st.DataObject, new: str) -> None:
        old = data.draw(st.sampled_from(sorted(self.model)))
        (self.feed.root / old).rename(self._path(new))
        self._now_holds(new, self.model.pop(old))

    @precondition(lambda self: self.model)
    @rule(data=st.data(), mode=st.sampled_from([0o600, 0o644]))
    def touch_and_chmod(self, data: st.DataObject, mode: int) -> None:
        path = self.feed.root / data.draw(st.sampled_from(sorted(self.model)))
        os.utime(path)
        path.chmod(mode)

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.model)))
        (self.feed.root / name).unlink()
        del self.model[name]

    @rule(folder=st.sampled_from(["results", "results/deep", "empty", "empty.json"]))
    def mkdir(self, folder: str) -> None:
        (self.feed.root / folder).mkdir(parents=True, exist_ok=True)

    @rule(folder=st.sampled_from(["results/deep", "empty", "empty.json"]))
    def rmdir(self, folder: str) -> None:
        path = self.feed.root / folder
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()

    @rule()
    def take_the_folder_away_and_make_it_anew(self) -> None:
        away = self.feed.root.with_name("away")
        self.feed.root.rename(away)
        self.feed.root.mkdir()
        for path in sorted(away.iterdir()):
            path.rename(self.feed.root / path.name)
        away.rmdir()

    @rule()
    def start_again(self) -> None:
        self.feed.read_by()
        self.recorded = RecordedArrivals()
        for arrival in self.arrivals:
            self.recorded.add(arrival)

    @rule(seconds=st.sampled_from([0.0, 0.05, 1.0]))
    def scan(self, seconds: float) -> None:
        self.feed.clock.pass_by(seconds)
        self._take(self.feed.reconciler.scan().arrivals)

    @rule(name=PATHS)
    def ring(self, name: str) -> None:
        self._take(self.feed.reconciler.look([name.encode()]).arrivals)

    @rule()
    def keep_still(self) -> None:
        for _ in range(2):
            self.feed.clock.pass_by(2.5)
            self._take(self.feed.reconciler.retry().arrivals)
            self._take(self.feed.reconciler.scan().arrivals)
        assert self.feed.reconciler.scan().pending == sum(not d.strip() for d in self._unread())
        self.stood |= {key(name, data) for name, data in self.model.items()}

    def _unread(self) -> list[bytes]:
        taken = {key(arrival.path, arrival.data) for arrival in self.arrivals}
        return [data for name, data in self.model.items() if key(name, data) not in taken]

    @invariant()
    def what_stood_still_was_taken(self) -> None:
        taken = {key(arrival.path, arrival.data) for arrival in self.arrivals}
        assert {(n, d) for n, d in self.stood if d} <= taken

    @invariant()
    def nothing_is_made_up_and_nothing_said_twice_in_a_row(self) -> None:
        last: dict[str, bytes] = {}
        for arrival in self.arrivals:
            name, data = key(arrival.path, arrival.data)
            assert (name, data) in self.ever
            assert last.get(name) != data
            last[name] = data

    @invariant()
    def the_standing_is_that_of_the_same_arrivals_in_any_order(self) -> None:
        live, cold = Ledger(), Ledger()
        for arrival in self.arrivals:
            live.take(arrival)
        for arrival in sorted(set(self.arrivals), key=lambda it: (it.data, it.path)):
            cold.take(arrival)
        assert fingerprint(live.standing()) == fingerprint(cold.standing())
        assert live.standing().arrivals == len(self.arrivals)

    def teardown(self) -> None:
        self.keep_still()
        self.what_stood_still_was_taken()
        counted = Counter(key(arrival.path, arrival.data) for arrival in self.arrivals)
        assert set(counted) <= self.ever
        self.place.cleanup()


def test_whatever_is_done_to_a_folder_the_account_balances() -> None:
    run_state_machine_as_test(
        AnyFolder, settings=settings(max_examples=40, stateful_step_count=30, deadline=None)
    )


def test_a_clock_set_back_or_forward_by_an_hour_loses_and_doubles_nothing(tmp_path: Path) -> None:
    feed = FeedFolder(tmp_path / "feed")
    shift = [0.0]
    told = feed.clock.now
    feed.clock.now = lambda: datetime.fromtimestamp(told().timestamp() + shift[0], UTC)  # type: ignore[method-assign]
    feed.read_by()
    for number, jump in enumerate((0.0, -3600.0, 7200.0, -3600.0, 1e7, -1e7)):
        shift[0] += jump
        feed.put(f"{number}.json", b'{"kind": "news", "text": "News %d"}' % number)
        feed.put(f"{number}.txt", b"News %d, in words" % number)
        feed.settle()
        feed.settle()

    assert sorted(feed.names()) == sorted(f"{n}.{s}" for n in range(6) for s in ("json", "txt"))
