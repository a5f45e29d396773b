"""The watcher hears every folder that can be heard, whatever comes and goes beside it."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from feed.sources import watcher
from feed.sources.watcher import watch_folder
from tests.feed.sources.feed_folder import NEWS


def hears(place: Path, file: Path, *, waits: int = 20) -> bool:
    """Tell whether a watcher of `place` hears of a file that is written while it watches."""
    stop = threading.Event()
    changes = watch_folder(str(place), stop)
    next(changes)
    file.write_bytes(NEWS)
    told = any(str(file) == path for _ in range(waits) for _, path in next(changes))
    stop.set()
    assert list(changes) == []
    return told


def test_a_folder_whose_name_is_no_text_leaves_the_others_heard(tmp_path: Path) -> None:
    bad = Path(os.fsdecode(bytes(tmp_path) + b"/caf\xe9"))
    (bad / "below").mkdir(parents=True)
    (tmp_path / "wards").mkdir()
    assert hears(tmp_path, tmp_path / "wards" / "a.json")


def test_a_folder_that_goes_before_it_is_watched_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk, gone = watcher._folders, [tmp_path / "gone"]
    gone[0].mkdir()
    (tmp_path / "wards").mkdir()

    def walk_and_lose(root: str) -> Iterator[str]:
        yield from [*walk(root)]
        while gone:
            gone.pop().rmdir()

    monkeypatch.setattr(watcher, "_folders", walk_and_lose)
    assert hears(tmp_path, tmp_path / "wards" / "a.json")
