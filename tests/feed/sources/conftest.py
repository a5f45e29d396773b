"""What the tests of the sources share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from feed.sources.folder.change_signal import ChangeSignal
from tests.feed.sources.feed_folder import FeedFolder


@pytest.fixture
def feed(tmp_path: Path) -> FeedFolder:
    """Return an empty feed folder."""
    return FeedFolder(tmp_path / "feed")


@pytest.fixture(params=["the system tells", "in steps"])
def signal(request: pytest.FixtureRequest) -> Iterator[ChangeSignal]:
    """Return what wakes and ends a watcher, with notices of the system and without."""
    made = ChangeSignal()
    if request.param == "in steps":
        made.close()
    yield made
    made.close()
