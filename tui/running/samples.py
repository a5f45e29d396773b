"""Where the sample feeds are, in a checkout and in an installed package."""

from __future__ import annotations

from pathlib import Path

import feed
from feed.errors import SourceUnreadable


def sample_feed(name: str) -> Path:
    """Return the folder of a sample feed.

    Raises:
        SourceUnreadable: when this installation has no such feed.

    """
    package = Path(feed.__file__).parent
    for folder in (package / "sample_feeds", package.parent / "sample_feeds"):
        if (folder / name).exists():
            return folder / name
    raise SourceUnreadable(f"the sample feed {name} is missing", "install nightdesk again")
