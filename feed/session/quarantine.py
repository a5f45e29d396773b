"""Copies of the files that were not taken, each with the reason beside it."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import stat
from collections.abc import Iterable
from dataclasses import asdict, replace
from hashlib import blake2b
from pathlib import Path
from typing import Final

from feed.errors import UsageProblem
from feed.file_names import unescaped
from feed.model.arrival import Arrival
from feed.private_folder import make_private_folder
from feed.records import record
from feed.sources.folder.scan import Refusal

_logger: Final = logging.getLogger(__name__)
_MOST: Final = 64 << 20
"""Bytes of one refused file that are copied."""
_MOST_IN_ALL: Final = 1 << 30
"""Bytes that one run copies: a producer that writes rubbish all night must not fill the disk."""
_FLAGS: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_FOLDER_FLAGS: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_READ_FLAGS: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


@record(frozen=True, slots=True)
class FileFault:
    """What is wrong with a file, where in it, and what to do."""

    what: str
    fix: str
    line: int | None = None


@record(frozen=True, slots=True)
class _Reason:
    """What is written beside a copy."""

    path: str
    faults: tuple[FileFault, ...]
    seen_at: str = ""
    size: int = 0
    note: str = ""
    """What is not in the copy, and why."""


class Quarantine:
    """A folder of `<hash>.bin` and `<hash>.json`; the producer's own files are never touched."""

    def __init__(self, folder: Path, source: Path) -> None:
        """Make the folder.

        Raises:
            UsageProblem: when it would lie in the feed folder, or cannot be made.

        """
        if folder.resolve().is_relative_to(source.resolve()):
            raise UsageProblem(
                f"the quarantine {folder} would lie in the feed folder",
                "choose a place outside of it",
            )
        try:
            make_private_folder(folder)
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            raise UsageProblem(f"the quarantine {folder} cannot be made: {why}") from None
        self.folder = folder
        self._source = source
        self._copied = 0

    def keep(self, arrival: Arrival, faults: Iterable[FileFault]) -> None:
        """Copy an arrival that was rejected, whole or in part; never raises for a full disk."""
        reason = _Reason(
            arrival.where, tuple(faults), arrival.seen_at.isoformat(), len(arrival.data)
        )
        self._write(arrival.digest, arrival.data, reason)

    def keep_refused(self, refusal: Refusal) -> None:
        """Copy a file that was not even read, as far as it is a plain file that can be."""
        name = os.fsdecode(unescaped(refusal.path))
        data, note = _head(self._source, name)
        fault = FileFault(refusal.what, refusal.fix)
        identity = data or os.fsencode(name)
        digest = blake2b(identity, digest_size=16).hexdigest()
        self._write(digest, data, _Reason(refusal.path, (fault,), size=len(data), note=note))

    def _write(self, digest: str, data: bytes, reason: _Reason) -> None:
        if self._copied + len(data) > _MOST_IN_ALL:
            data, reason = b"", replace(reason, note="not copied: the quarantine is full")
        self._copied += len(data)
        said = json.dumps(asdict(reason), ensure_ascii=False, indent=1)
        try:
            if data or not reason.note:
                _write_once(self.folder / f"{digest}.bin", data)
            _write_once(self.folder / f"{digest}.json", f"{said}\n".encode())
        except OSError as error:
            _logger.warning("%s is not in quarantine: %s", reason.path, error)


def _write_once(path: Path, data: bytes) -> None:
    try:
        descriptor = os.open(path, _FLAGS, 0o600)
    except FileExistsError:
        return
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
    except OSError:
        with contextlib.suppress(OSError):
            path.unlink()
        raise


def _head(source: Path, name: str) -> tuple[bytes, str]:
    """Return as much of a file as is copied, and what is missing of it; no link is followed."""
    try:
        descriptor = _opened(source, name)
    except OSError as error:
        return b"", f"not copied: {(error.strerror or str(error)).lower()}"
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        return b"", "not copied: it is no regular file"
    with os.fdopen(descriptor, "rb") as file:
        try:
            data = file.read(_MOST + 1)
        except OSError as error:
            return b"", f"not copied: {(error.strerror or str(error)).lower()}"
    if len(data) <= _MOST:
        return data, ""
    return data[:_MOST], f"only the first {_MOST:,} bytes are copied"


def _opened(source: Path, name: str) -> int:
    folder = os.open(source, _FOLDER_FLAGS)
    *above, last = name.split("/")
    try:
        for part in above:
            inner = os.open(part, _FOLDER_FLAGS | os.O_NOFOLLOW, dir_fd=folder)
            os.close(folder)
            folder = inner
        return os.open(last, _READ_FLAGS, dir_fd=folder)
    finally:
        os.close(folder)
