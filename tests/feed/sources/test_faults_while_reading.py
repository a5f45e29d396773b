"""Whatever fails once while the folder is read, by a fault of ours, loses no file of it."""

from __future__ import annotations

import os
from typing import Any

import pytest

from feed.sources.folder import growing_lines, intake
from feed.sources.folder.intake import Intake
from feed.sources.folder.reconciler import Reconciler
from feed.sources.folder.settling import Waiting
from feed.sources.folder.source import DirectorySource, FolderCondition
from feed.sources.folder.watcher import ChangeNotice
from tests.feed.sources.feed_folder import NEWS, FeedFolder
from tests.feed.sources.night import WORKS, Night, quiet

FAULT = "could not be read (SystemError: a fault in nightdesk)"


def failing_at(number: int, owner: Any, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one call of a function fail as CPython does by a fault of its own."""
    works, calls = getattr(owner, name), 0

    def broken(*args: Any, **more: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == number:
            raise SystemError("bad argument to internal function")
        return works(*args, **more)

    monkeypatch.setattr(owner, name, broken)


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("owner", "name"),
    [
        (intake, "_digest"),
        (intake, "modified_at"),
        (intake, "read_whole"),
        (growing_lines, "_digest"),
        (Intake, "_remember"),
        (Intake, "is_news"),
        (Waiting, "look_again_if_fresh"),
        (Waiting, "next_in"),
        (Reconciler, "_scan"),
        (DirectorySource, "_note"),
        (FolderCondition, "applied_to"),
    ],
    ids=lambda it: it if isinstance(it, str) else "",
)
def test_what_fails_once_loses_no_file(
    owner: Any, name: str, number: int, feed: FeedFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def drops() -> ChangeNotice:
        failing_at(number, owner, name, monkeypatch)
        for name_ in ("a.json", "b.json", "c.json", "sub/d.json"):
            feed.put(name_, NEWS)
        feed.put("lines.jsonl", b"".join(NEWS + b"%d\n" % line for line in range(3)))
        os.mkfifo(feed.root / "pipe.json")
        return ChangeNotice(sweep=True)

    night = Night(feed, WORKS, *quiet(0.2), drops, *quiet(8)).run()
    came = {arrival.where for each in night.deliveries for arrival in each.arrivals}
    lines = {f"lines.jsonl:{line}" for line in range(1, 4)}
    assert came == {"a.json", "b.json", "c.json", "sub/d.json", *lines}
    whole = [path for path in night.paths if path != "lines.jsonl"]
    assert len(whole) == len(set(whole))
    refused = [(it.path, it.what) for each in night.deliveries for it in each.refused]
    assert {it for it in refused if it[1] != FAULT} == {
        ("pipe.json", "is a named pipe, not a regular file")
    }
    assert night.states[-1] == "ok"


def test_a_file_that_is_failed_at_for_good_is_a_problem_and_no_other_waits_for_it(
    feed: FeedFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = intake._digest

    def broken(text: bytes) -> bytes:
        if b"poison" in text:
            raise SystemError("bad argument to internal function")
        return digest(text)

    monkeypatch.setattr(intake, "_digest", broken)
    feed.put("a.json", b'{"poison": 1}')
    feed.put("b.json", NEWS)
    night = Night(feed, WORKS, *quiet(8)).run()
    assert night.paths == ["b.json"]
    assert [(it.path, it.what) for each in night.deliveries for it in each.refused] == [
        ("a.json", FAULT)
    ]
    assert night.states[-1] == "ok"
