"""Writing files so that a reader never sees half of one, through folders that are open."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from typing import Final

from feed.clock import EPOCH
from feed.file_names import REHEARSAL

PART: Final = REHEARSAL + b".part"
"""A file while it is being written; hidden, so no reader takes it."""
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
_END: Final = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
_MICROSECOND: Final = timedelta(microseconds=1)


def make_folder(name: bytes, above: int) -> None:
    """Make a folder where there is none."""
    try:
        os.mkdir(name, dir_fd=above)
    except FileExistsError:
        return


def replace_file(folder: int, name: bytes, data: bytes, modified_at: datetime) -> None:
    """Write a file beside its place and put it there in one step."""
    descriptor = os.open(PART, _NEW, 0o644, dir_fd=folder)
    try:
        _write_all(descriptor, data)
        _date(descriptor, modified_at)
    finally:
        os.close(descriptor)
    os.replace(PART, name, src_dir_fd=folder, dst_dir_fd=folder)


def append_to_file(folder: int, name: bytes, data: bytes, modified_at: datetime) -> None:
    """Add `data` at the end of a file, in one write where the system lets it."""
    descriptor = os.open(name, _END, 0o644, dir_fd=folder)
    try:
        _write_all(descriptor, data)
        _date(descriptor, modified_at)
    finally:
        os.close(descriptor)


def _write_all(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]


def _date(descriptor: int, moment: datetime) -> None:
    nanoseconds = (moment - EPOCH) // _MICROSECOND * 1000
    os.utime(descriptor, ns=(nanoseconds, nanoseconds))
