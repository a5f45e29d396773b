"""What the tests of the sources share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.feed.sources.feed_folder import FeedFolder


@pytest.fixture
def feed(tmp_path: Path) -> FeedFolder:
    """Return an empty feed folder."""
    return FeedFolder(tmp_path / "feed")
