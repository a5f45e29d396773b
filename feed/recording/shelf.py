"""Where recordings are kept, and which there are."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import stat
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Final

from platformdirs import user_state_path

from feed.clock import london, utc_now
from feed.recording.lines import Header
from feed.recording.reader import is_recording, recording_header
from feed.records import record

_A_NIGHT: Final = timedelta(hours=36)
_A_REST: Final = timedelta(hours=12)
_NAME: Final = re.compile(r"\d{4}-\d{2}-\d{2}-[0-9a-f]{12}\.jsonl")


@record(frozen=True, slots=True)
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


def night_recording(folder: Path, source: Path, now: datetime) -> Path:
    """Return the recording that a desk of a feed folder goes on with, or begins.

    A recording is of a night, not of a calendar day: one of the same folder that was begun not
    long ago and written to since goes on past midnight.

    Args:
        folder: where recordings are kept.
        source: the feed folder.
        now: the wall's time, UTC.

    """
    today = london(now).date()
    path = recording_path(folder, source, today)
    before = recording_path(folder, source, today - timedelta(days=1))
    found = None if is_recording(path) else _shelved(before)
    if found is None or found.header is None:
        return path
    is_young = now - found.header.started < _A_NIGHT and now - found.modified_at < _A_REST
    return found.path if is_young else path


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
