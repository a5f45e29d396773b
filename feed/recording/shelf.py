"""Where recordings are kept, and which there are."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import stat
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Final

from platformdirs import user_state_path

from feed.clock import utc_now
from feed.recording.lines import Header
from feed.recording.reader import is_recording, recording_header

_NAME: Final = re.compile(r"\d{4}-\d{2}-\d{2}-[0-9a-f]{12}\.jsonl")


@dataclass(frozen=True, slots=True)
class Shelved:
    """A recording on the shelf."""

    path: Path
    size: int
    modified_at: datetime
    header: Header | None
    """None where the first line cannot be read."""


def recordings_folder() -> Path:
    """Return the folder that recordings go to by default; it may not exist yet."""
    return user_state_path("nightdesk") / "recordings"


def recording_path(folder: Path, source: Path, day: date) -> Path:
    """Name the recording of one feed folder on one day: from the date and a hash of its path."""
    where = os.fsencode(os.path.abspath(source))  # noqa: PTH100  # a link that is switched stays one feed
    return folder / f"{day.isoformat()}-{blake2b(where, digest_size=6).hexdigest()}.jsonl"


def list_recordings(folder: Path | None = None) -> tuple[Shelved, ...]:
    """List the recordings of a folder, the most recently written first."""
    shelf = recordings_folder() if folder is None else folder
    names: list[Path] = []
    with contextlib.suppress(OSError):
        names = [path for path in shelf.iterdir() if _NAME.fullmatch(path.name)]
    found = [shelved for path in names if (shelved := _shelved(path)) is not None]
    return tuple(sorted(found, key=lambda it: (it.modified_at, it.path), reverse=True))


def _shelved(path: Path) -> Shelved | None:
    try:
        status = path.lstat()
    except OSError:
        return None
    if not stat.S_ISREG(status.st_mode) or not is_recording(path):
        return None
    modified = datetime.fromtimestamp(status.st_mtime, UTC)
    return Shelved(path, status.st_size, modified, recording_header(path))


def newest_recording(folder: Path | None = None) -> Path | None:
    """Return the recording that was written last, if there is any."""
    return next((shelved.path for shelved in list_recordings(folder)), None)


def drop_older_than(
    days: int, folder: Path | None = None, *, now: datetime | None = None
) -> tuple[Path, ...]:
    """Delete the recordings that nobody has written to for `days`, and say which."""
    limit = (utc_now() if now is None else now) - timedelta(days=days)
    old = [shelved.path for shelved in list_recordings(folder) if shelved.modified_at < limit]
    return tuple(path for path in old if _dropped(path))


def _dropped(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()
    except OSError:
        return False
    return True
