"""The folder of a rehearsal: marked, locked, and filled at a pace as a good producer does."""

from __future__ import annotations

import fcntl
import os
import stat
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, Self

from feed.clock import in_nanoseconds, utc_now
from feed.errors import NightdeskError, UsageProblem
from feed.file_names import HEARTBEAT, REHEARSAL, escaped, unescaped
from feed.rehearsal.plan import Drop, DropPace, may_be_dropped

_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_HEADING: Final = (
    b"# A rehearsal: nightdesk drop wrote the files below. "
    b"A desk that watches this folder says TEST.\n"
)
PART: Final = REHEARSAL + b".part"
"""A file while it is being written; hidden, so no reader takes it."""
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
_END: Final = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
BEAT_EVERY: Final = 10.0
"""Real seconds between two signs of life."""


class RehearsalFolder:
    """A folder that belongs to a rehearsal: it is marked first, and the marker lists its files."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._top = os.open(root, _FOLDER & ~os.O_NOFOLLOW)
        self._marker = -1
        self._listed: set[bytes] = set()
        self.folders: set[bytes] = set()
        """Folders that hold files now, below the root."""

    @classmethod
    def open(cls, root: Path, source: Path) -> Self:
        """Make the folder, or take an earlier rehearsal's: what that one dropped is removed.

        Raises UsageProblem for a folder of anybody else's or one inside the saved feed, and
        NightdeskError where the system cannot.
        """
        inside = root.resolve()
        if source.is_dir() and inside.is_relative_to(source.resolve()):
            raise UsageProblem(
                f"{root} lies in the saved feed itself", "choose a folder outside of it"
            )
        try:
            root.mkdir(parents=True, exist_ok=True)
            folder = cls(root)
        except OSError as error:
            reason = "it is no folder" if root.is_file() else _reason(error)
            raise UsageProblem(
                f"nothing can be dropped into {root}: {reason}", "give a new or an empty folder"
            ) from error
        try:
            folder._take()
        except BaseException as error:
            folder.close()
            if isinstance(error, OSError):
                raise _cannot(root, error) from error
            raise
        return folder

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the folder go; its files and its marker stay."""
        for descriptor in (self._marker, self._top):
            if descriptor >= 0:
                os.close(descriptor)
        self._marker = self._top = -1

    def put(self, drop: Drop) -> None:
        """Write one drop; raises NightdeskError where the system cannot."""
        try:
            self._list(drop.path)
            above, _, name = drop.path.rpartition(b"/")
            folder = self._folder(above, make=True)
            try:
                if drop.grows:
                    append_to_file(folder, name, drop.data, drop.modified_at)
                else:
                    replace_file(folder, name, drop.data, drop.modified_at)
            finally:
                os.close(folder)
            self.folders.add(above)
        except OSError as error:
            raise _cannot(self._root / os.fsdecode(drop.path), error) from error

    def beat(self, now: datetime) -> None:
        """Give the sign of life in every folder that holds files."""
        for above in sorted(self.folders):
            path = above + b"/" + HEARTBEAT if above else HEARTBEAT
            beat = f"{now.timestamp():.6f}\n".encode()
            self.put(Drop(now, path, beat, now))

    def _take(self) -> None:
        names = os.listdir(self._top)  # noqa: PTH208  # of the folder that is open
        if names and os.fsdecode(REHEARSAL) not in names:
            raise UsageProblem(
                f"{self._root} is not empty and not a rehearsal's folder",
                "give a new or an empty one",
            )
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
        self._marker = os.open(REHEARSAL, flags, 0o644, dir_fd=self._top)
        try:
            fcntl.flock(self._marker, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise UsageProblem(
                f"another rehearsal is dropping into {self._root}", "end it, or give another folder"
            ) from error
        self._clear()
        os.ftruncate(self._marker, 0)
        os.write(self._marker, _HEADING)

    def _clear(self) -> None:
        listed = [
            unescaped(line)
            for line in os.pread(self._marker, os.fstat(self._marker).st_size, 0)
            .decode("utf-8", "backslashreplace")
            .split("\n")
            if line and not line.startswith("#")
        ]
        mine = [path for path in listed if _is_mine(path)]
        for path in mine:
            self._remove(path)
        for above in sorted({path.rpartition(b"/")[0] for path in mine}, reverse=True):
            self._remove(above + b"/" + PART if above else PART)
            while above:
                self._remove_folder(above)
                above = above.rpartition(b"/")[0]  # noqa: PLW2901  # up to the root
        left = [name for name in os.listdir(self._top) if os.fsencode(name) != REHEARSAL]  # noqa: PTH208
        if left:
            raise UsageProblem(
                f"{self._root} holds {escaped(os.fsencode(min(left)))}, put there by no rehearsal",
                "take it away, or give another folder",
            )

    def _remove(self, path: bytes) -> None:
        above, _, name = path.rpartition(b"/")
        try:
            folder = self._folder(above)
        except OSError:
            return
        try:
            if stat.S_ISREG(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode):
                os.unlink(name, dir_fd=folder)
        except FileNotFoundError:
            pass
        finally:
            os.close(folder)

    def _remove_folder(self, path: bytes) -> None:
        above, _, name = path.rpartition(b"/")
        try:
            folder = self._folder(above)
        except OSError:
            return
        try:
            os.rmdir(name, dir_fd=folder)
        except OSError:
            return
        finally:
            os.close(folder)

    def _folder(self, path: bytes, *, make: bool = False) -> int:
        """Open a folder below the root, following no link."""
        here = os.dup(self._top)
        for part in path.split(b"/") if path else ():
            try:
                if make:
                    make_folder(part, here)
                inner = os.open(part, _FOLDER, dir_fd=here)
            finally:
                os.close(here)
            here = inner
        return here

    def _list(self, path: bytes) -> None:
        """Note a file in the marker before it is written, so that it can be removed again."""
        if path not in self._listed:
            os.write(self._marker, f"{escaped(path)}\n".encode())
            self._listed.add(path)


def _is_mine(path: bytes) -> bool:
    above, _, name = path.rpartition(b"/")
    if name == HEARTBEAT:
        return not above or may_be_dropped(above)
    return may_be_dropped(path)


def _cannot(path: Path, error: OSError) -> NightdeskError:
    return NightdeskError(f"{escaped(bytes(path))} cannot be written: {_reason(error)}")


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def make_folder(name: bytes, above: int) -> None:
    """Make a folder where there is none."""
    try:
        os.mkdir(name, dir_fd=above)
    except FileExistsError:
        return


def replace_file(folder: int, name: bytes, data: bytes, modified_at: datetime) -> None:
    """Write a file beside its place and put it there in one step."""
    _write(folder, PART, _NEW, data, modified_at)
    os.replace(PART, name, src_dir_fd=folder, dst_dir_fd=folder)


def append_to_file(folder: int, name: bytes, data: bytes, modified_at: datetime) -> None:
    """Add `data` at the end of a file, in one write where the system lets it."""
    _write(folder, name, _END, data, modified_at)


def _write(folder: int, name: bytes, flags: int, data: bytes, modified_at: datetime) -> None:
    nanoseconds = in_nanoseconds(modified_at)
    descriptor = os.open(name, flags, 0o644, dir_fd=folder)
    try:
        while data:
            data = data[os.write(descriptor, data) :]
        os.utime(descriptor, ns=(nanoseconds, nanoseconds))
    finally:
        os.close(descriptor)


def drop_all(  # noqa: PLR0913  # the clocks are given by tests
    drops: Sequence[Drop],
    folder: RehearsalFolder,
    pace: DropPace,
    *,
    wait: Callable[[float], bool],
    tell: Callable[[Drop], None],
    silent_from: int | None = None,
    clock: Callable[[], float] = time.monotonic,
    now: Callable[[], datetime] = utc_now,
) -> bool:
    """Drop everything at its pace; return whether it came to the end.

    Args:
        drops: in order.
        folder: where to.
        pace: how fast.
        wait: waits some seconds; true when the rehearsal is to stop.
        tell: is told every drop that was made.
        silent_from: number of drops after which no more sign of life is given.
        clock: real seconds.
        now: what the sign of life says.

    """
    due = clock()
    beat_at = due
    known = 0
    for number, drop in enumerate(drops):
        due += pace.pause(drops[number - 1].at if number else None, drop.at)
        beats = silent_from is None or number < silent_from
        while (left := due - clock()) > 0:
            if wait(min(left, max(0.0, beat_at - clock())) if beats else left):
                return False
            if beats and clock() >= beat_at:
                folder.beat(now())
                beat_at = clock() + BEAT_EVERY
        if wait(0.0):
            return False
        folder.put(drop)
        tell(drop)
        if beats and (clock() >= beat_at or len(folder.folders) > known):
            folder.beat(now())
            beat_at = clock() + BEAT_EVERY
            known = len(folder.folders)
    return True
