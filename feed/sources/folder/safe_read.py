"""Opening and reading files that anybody may have put there, without blocking or being led away."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from struct import Struct
from typing import Final, NewType

from feed.records import record

Mark = NewType("Mark", bytes)
"""Inode, size and both times of a file in eight bytes: they change when the file does."""

_MARK: Final = Struct("<q")
_OPEN: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
_KINDS: Final = (
    (stat.S_ISLNK, "a symbolic link"),
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISBLK, "a block device"),
    (stat.S_ISCHR, "a character device"),
)


class Gone(Exception):  # noqa: N818  # a state of the folder, no error of ours
    """The file or folder went away between two looks."""


class Denied(Exception):  # noqa: N818  # likewise
    """The file or folder cannot be taken: `what` and `fix` say why."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.what = what
        self.fix = fix


@record(frozen=True, slots=True)
class Whole:
    """A file as read; `steady` when it did not change meanwhile."""

    data: bytes
    status: os.stat_result
    steady: bool


def mark_of(status: os.stat_result) -> Mark:
    """Pack what identifies one state of a file: eight bytes, for a folder may hold very many."""
    state = (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    return Mark(_MARK.pack(hash(state)))


def not_regular(mode: int) -> Denied:
    """Return the refusal of what is no regular file, which says what it is by its `mode`."""
    kind = next((kind for test, kind in _KINDS if test(mode)), "of an unknown kind")
    what = f"is {kind}, not a regular file"
    return Denied(what, "put the file itself into the folder")


def too_large(size: int, limit: int) -> Denied:
    """Return the refusal of a file that exceeds its limit."""
    what = f"has {size:,} bytes, more than the {limit:,} that one file may have"
    return Denied(what, "split it into one file for each message, or remove it")


def denied_by(error: OSError) -> Exception:
    """Return in plain words why the system refused."""
    if error.errno in {errno.ENOENT, errno.ENOTDIR}:
        return Gone()
    if error.errno in {errno.EACCES, errno.EPERM}:
        fix = "give yourself permission to read it; it is taken at the next scan"
        return Denied("cannot be read: permission denied", fix)
    if error.errno == errno.ELOOP:
        return Denied("is a symbolic link, not a regular file", "put the file itself there")
    reason = (error.strerror or str(error)).lower()
    return Denied(f"cannot be read: {reason}", "check the disk or the share; it is tried again")


def open_regular(folder: int, name: bytes, limit: int) -> tuple[int, os.stat_result]:
    """Open a regular file of at most `limit` bytes in an open folder, following no link.

    Raises Gone or Denied.
    """
    try:
        file = os.open(name, _OPEN, dir_fd=folder)
    except OSError as error:
        raise denied_by(error) from error
    status = os.fstat(file)
    if stat.S_ISREG(status.st_mode) and status.st_size <= limit:
        return file, status
    os.close(file)
    if stat.S_ISREG(status.st_mode):
        raise too_large(status.st_size, limit)
    raise not_regular(status.st_mode)


@contextmanager
def opened(folder: int, name: bytes, limit: int) -> Iterator[tuple[int, os.stat_result]]:
    """Do the same, and close the file in the end; also a fault while it is open is Denied."""
    file, status = open_regular(folder, name, limit)
    try:
        yield file, status
    except OSError as error:
        raise denied_by(error) from error
    finally:
        os.close(file)


def read_whole(folder: int, name: bytes, limit: int) -> Whole:
    """Read a file whole and say whether it kept still meanwhile; raises Gone or Denied."""
    file, before = open_regular(folder, name, limit)
    try:
        data = os.read(file, before.st_size + 1)
        after = os.fstat(file)
    except OSError as error:
        raise denied_by(error) from error
    finally:
        os.close(file)
    steady = (
        len(data) == before.st_size == after.st_size
        and before.st_mtime_ns == after.st_mtime_ns
        and before.st_ctime_ns == after.st_ctime_ns
    )
    return Whole(data, before, steady)
