"""The file of a recording: made, locked and repaired before a line is added."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import stat
import time
from pathlib import Path
from typing import Final

from feed.errors import RecordingBusy, RecordingRefused
from feed.private_folder import make_private_folder
from feed.recording.lines import (
    OPENING,
    BadLineError,
    Header,
    UnknownVersionError,
    header_line,
    is_whole,
    read_arrival,
    read_header,
)
from feed.records import record

_FLAGS: Final = os.O_RDWR | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
_WINDOW: Final = 1 << 16
_TRIES: Final = 5
"""Who looks on holds the lock for a blink when asking whether anybody writes."""
_BETWEEN_TRIES: Final = 0.01


@record(frozen=True, slots=True)
class RecordingFile:
    """An open recording, locked by this process."""

    descriptor: int
    seq: int
    """Number of its last arrival."""
    dropped: int = 0
    """Bytes of a torn end that were cut off."""


def refuse_inside(path: Path, source: Path) -> None:
    """Refuse a recording within the folder that it records: it would feed itself."""
    if (path.parent.resolve() / path.name).is_relative_to(source.resolve()):
        raise RecordingRefused(
            f"the recording {path} would lie in the feed folder", "choose a place outside of it"
        )


def open_recording(path: Path, header: Header) -> RecordingFile:
    """Make a recording, or open one to go on with.

    Raises RecordingRefused for a link or a file of another kind, RecordingBusy while another
    desk writes it, and OSError where the system cannot.
    """
    make_private_folder(path.parent)
    descriptor = _opened(path)
    try:
        _lock(descriptor, path)
        return _ready(descriptor, path, header)
    except BaseException:
        os.close(descriptor)
        raise


def _opened(path: Path) -> int:
    try:
        return os.open(path, _FLAGS | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError as error:
        if error.errno in {errno.ELOOP, errno.EISDIR, errno.ENXIO}:
            raise _not_ours(path, "is not a regular file") from error
        raise
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise _not_ours(path, "is not a regular file")
    return descriptor


def is_being_written(path: Path) -> bool | None:
    """Whether a desk that is alive writes the recording; none where that cannot be told.

    The lock is the writer's for as long as it lives, however it ends.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return None
    else:
        return False
    finally:
        os.close(descriptor)


def _lock(descriptor: int, path: Path) -> None:
    for _ in range(_TRIES):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(_BETWEEN_TRIES)
        else:
            return
    raise RecordingBusy(
        f"another nightdesk is writing {path}", "quit it, or replay the recording instead"
    )


def _ready(descriptor: int, path: Path, header: Header) -> RecordingFile:
    size = os.fstat(descriptor).st_size
    opening = os.pread(descriptor, len(OPENING), 0)
    if not OPENING.startswith(opening):
        raise _not_ours(path, "is not a recording")
    _refuse_another_version(descriptor, path)
    end, last = _last_good(descriptor, size)
    if end == 0 and b"\n" in os.pread(descriptor, _WINDOW, 0):
        raise _not_ours(path, "is a recording without a line that can be read")
    if end < size:
        os.ftruncate(descriptor, end)
    if end == 0:
        _write_all(descriptor, header_line(header))
        _sync_folder(path.parent)
        return RecordingFile(descriptor, 0, size)
    return RecordingFile(descriptor, _seq_of(last, path), size - end)


def _refuse_another_version(descriptor: int, path: Path) -> None:
    first, end, _ = os.pread(descriptor, _WINDOW, 0).partition(b"\n")
    try:
        if end:
            read_header(first)
    except UnknownVersionError as error:
        raise RecordingRefused(f"{path} {error}", "give --recording another name") from error
    except BadLineError:
        return  # a header that was damaged is read past, like any line


def _last_good(descriptor: int, size: int) -> tuple[int, bytes]:
    window = _WINDOW
    while True:
        start = max(0, size - window)
        tail = os.pread(descriptor, size - start, start)
        at = len(tail)
        while (end := tail.rfind(b"\n", 0, at)) >= 0:
            before = tail.rfind(b"\n", 0, end)
            if before < 0 and start > 0:
                break
            line = tail[before + 1 : end]
            if is_whole(line):
                return start + end + 1, line
            at = end
        if start == 0:
            return 0, b""
        window *= 8


def _seq_of(line: bytes, path: Path) -> int:
    try:
        if line.startswith(OPENING):
            read_header(line)
            return 0
        return read_arrival(line).seq
    except BadLineError as error:
        raise _not_ours(path, f"ends in a line that cannot be read: {error}") from error


def _not_ours(path: Path, what: str) -> RecordingRefused:
    return RecordingRefused(f"{path} {what}", "name another file, or move this one away")


def _write_all(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]


def _sync_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
