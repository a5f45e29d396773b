"""The law of intake: after any history the newest content of every file was delivered last."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.feed.sources.feed_folder import FeedFolder

NAMES = st.sampled_from(["a.json", "b.xml", "sub/c.json", "sub/deep/d.txt", b"sub/\xff.json"])
CONTENTS = st.sampled_from(
    [b"", b"{", b'{"a": 1}', b'{"a": 2}', b'{"a": 1}\n', b"<R>", b"<R></R>", b"text"]
)


class AnyHistory(RuleBasedStateMachine):
    """Writers who do as they like, and a reader who looks when it likes."""

    def __init__(self) -> None:
        super().__init__()
        self.place = TemporaryDirectory()
        self.feed = FeedFolder(Path(self.place.name) / "feed")
        self.ever: set[bytes] = set()

    def teardown(self) -> None:
        self.feed.settle()
        self.feed.settle()
        last = {name: data.strip() for name, data in self.feed.delivered}
        for path in self.feed.root.rglob("*"):
            if path.is_file():
                name = os.fsencode(path.relative_to(self.feed.root))
                shown = name.decode("utf-8", "backslashreplace")
                assert last[shown] == path.read_bytes().strip()
        self.place.cleanup()

    @rule(name=NAMES, data=CONTENTS)
    def write(self, name: str | bytes, data: bytes) -> None:
        self.ever.add(data.strip())
        self.feed.put(name, data)

    @rule(name=NAMES, data=CONTENTS)
    def replace(self, name: str | bytes, data: bytes) -> None:
        self.ever.add(data.strip())
        new = self.feed.put(".new", data)
        path = self.feed.root / os.fsdecode(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        new.replace(path)

    @rule(name=NAMES)
    def delete(self, name: str | bytes) -> None:
        (self.feed.root / os.fsdecode(name)).unlink(missing_ok=True)

    @rule(old=NAMES, new=NAMES)
    def rename(self, old: str | bytes, new: str | bytes) -> None:
        source = self.feed.root / os.fsdecode(old)
        if source.exists():
            target = self.feed.root / os.fsdecode(new)
            target.parent.mkdir(parents=True, exist_ok=True)
            source.rename(target)

    @rule(name=NAMES)
    def touch(self, name: str | bytes) -> None:
        path = self.feed.root / os.fsdecode(name)
        if path.exists():
            os.utime(path)

    @rule()
    def rename_the_feed_away_and_back(self) -> None:
        away = self.feed.root.with_name("away")
        self.feed.root.rename(away)
        assert self.feed.scan().lost
        away.rename(self.feed.root)

    @rule(seconds=st.sampled_from([0.0, 0.02, 0.5, 2.0]))
    def scan(self, seconds: float) -> None:
        self.feed.clock.pass_by(seconds)
        self.feed.scan()

    @rule(name=NAMES)
    def ring(self, name: str | bytes) -> None:
        self.feed.look(os.fsencode(name))

    @rule(seconds=st.sampled_from([0.02, 0.5]))
    def retry(self, seconds: float) -> None:
        self.feed.clock.pass_by(seconds)
        self.feed.retry()

    @invariant()
    def nothing_is_made_up(self) -> None:
        assert {data.strip() for _, data in self.feed.delivered} <= self.ever

    @invariant()
    def nothing_is_said_twice_in_a_row(self) -> None:
        last: dict[str, bytes] = {}
        for name, data in self.feed.delivered:
            assert last.get(name) != data.strip()
            last[name] = data.strip()


def test_after_any_history_every_file_was_delivered_last_as_it_stands() -> None:
    run_state_machine_as_test(
        AnyHistory, settings=settings(max_examples=40, stateful_step_count=25, deadline=None)
    )
