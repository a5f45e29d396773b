"""The folders below the feed's root, opened one inside the other so that no link leads away."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from stat import S_IFREG, S_ISDIR, S_ISREG
from typing import Final, Self

from feed.file_names import HEARTBEAT, REHEARSAL, holds_lines, is_companion, is_ignored
from feed.records import record
from feed.sources.folder.safe_read import Denied, Gone, Mark, denied_by, mark_of, not_regular

_OPEN_FOLDER: Final = (
    os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
)
_KEPT_OPEN: Final = 48
_DEEPEST: Final = 24


@record(frozen=True, slots=True)
class FoundFile:
    """A name in a folder, and what the system says of it: of a bare one, that it is a file."""

    path: bytes
    at: bytes
    """Where its bytes are when the name is a link."""
    mode: int = S_IFREG
    modified_ns: int = 0
    changed_ns: int = 0
    """When its content, its name or its rights were last changed."""
    mark: Mark = Mark(bytes(8))


def found_file(path: bytes, status: os.stat_result, at: bytes = b"") -> FoundFile:
    """Return what a status says of a name; `at` is where a followed link leads."""
    modified, changed = status.st_mtime_ns, status.st_ctime_ns
    return FoundFile(path, at or path, status.st_mode, modified, changed, mark_of(status))


@record(frozen=True, slots=True)
class Unlisted:
    """A folder that cannot be listed."""

    path: bytes
    why: Denied


class Folders:
    """Open folders below one root, by their path; to be used as a context."""

    def __init__(self, root: bytes) -> None:
        self._root = os.open(root, _OPEN_FOLDER & ~os.O_NOFOLLOW)
        self._open: OrderedDict[bytes, int] = OrderedDict()
        self.passed_over: set[bytes] = set()
        """Paths come upon that are those of no feed files."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        for folder in (self._root, *self._open.values()):
            os.close(folder)
        self._open.clear()

    @cached_property
    def is_rehearsal(self) -> bool:
        """Whether the folder is marked as that of a rehearsal."""
        try:
            os.stat(REHEARSAL, dir_fd=self._root, follow_symlinks=False)
        except OSError:
            return False
        return True

    def identity(self) -> tuple[int, int]:
        """Return device and inode of the root."""
        status = os.fstat(self._root)
        return status.st_dev, status.st_ino

    def folder(self, path: bytes) -> int:
        """Open the folder at `path` below the root, or give it again; raises Gone or Denied."""
        if not path:
            return self._root
        if path in self._open:
            self._open.move_to_end(path)
            return self._open[path]
        if path.count(b"/") >= _DEEPEST:
            raise Denied(f"lies more than {_DEEPEST} folders deep", "move it further up")
        above, _, name = path.rpartition(b"/")
        try:
            opened = os.open(name, _OPEN_FOLDER, dir_fd=self.folder(above))
        except OSError as error:
            raise denied_by(error) from error
        self._open[path] = opened
        if len(self._open) > _KEPT_OPEN:
            os.close(self._open.popitem(last=False)[1])
        return opened

    def split(self, path: bytes) -> tuple[int, bytes]:
        """Return the open folder that a path lies in, and its name there."""
        above, _, name = path.rpartition(b"/")
        return self.folder(above), name

    def status(self, path: bytes) -> os.stat_result:
        """Return what is at `path`, following no link; raises Gone or Denied."""
        folder, name = self.split(path)
        try:
            return os.stat(name, dir_fd=folder, follow_symlinks=False)
        except OSError as error:
            raise denied_by(error) from error

    def listed(self, start: bytes = b"", *, bare: bool = False) -> Iterator[FoundFile | Unlisted]:
        """Return every name that counts, in `start` and the folders below it.

        Args:
            start: the path of a folder.
            bare: whether a plain file's times need not be asked for, as they are when it is read.

        """
        waiting = [start]
        while waiting:
            path = waiting.pop()
            try:
                yield from self._listed_here(path, waiting, bare=bare)
            except Gone:
                continue
            except Denied as why:
                yield Unlisted(path, why)

    def _listed_here(self, path: bytes, below: list[bytes], *, bare: bool) -> Iterator[FoundFile]:
        base = path + b"/" if path else b""
        may_open = False
        try:
            with os.scandir(self.folder(path)) as entries:
                for entry in entries:
                    name = os.fsencode(entry.name)
                    if is_ignored(name) and name != HEARTBEAT:
                        if is_companion(name):
                            self.passed_over.add(base + name)
                        continue
                    full = base + name
                    if entry.is_dir(follow_symlinks=False):
                        below.append(full)
                        continue
                    if may_open and entry.is_file(follow_symlinks=False) and not holds_lines(name):
                        yield FoundFile(full, full)
                        continue
                    try:
                        found = found_file(full, entry.stat(follow_symlinks=False))
                    except FileNotFoundError:
                        continue
                    may_open = bare
                    yield found
        except OSError as error:
            raise denied_by(error) from error


def led_to(folders: Folders, root: bytes, link: bytes) -> Iterator[FoundFile]:
    """Return the file that a link leads to, or the files of a folder; links inside it stay shut.

    Raises Gone for a dangling link and Denied for one that leads elsewhere.
    """
    target = real_path(root, link)
    status = folders.status(target) if target else None
    if status is not None and S_ISREG(status.st_mode):
        yield found_file(link, status, target)
    elif status is None or S_ISDIR(status.st_mode):
        if not target or link.startswith(target + b"/"):
            raise Denied("is a link to a folder that it lies in", "remove it")
        for found in folders.listed(target):
            if isinstance(found, FoundFile) and S_ISREG(found.mode):
                name = found.path.removeprefix(target).lstrip(b"/")
                yield replace(found, path=link + b"/" + name)
    else:
        raise not_regular(status.st_mode)


def real_path(root: bytes, path: bytes) -> bytes:
    """Return where a path below the root leads, below the root; raises Denied if outside."""
    base = os.path.realpath(root).rstrip(b"/") + b"/"
    target = os.path.realpath(base + path)
    if not (target + b"/").startswith(base):
        what = "is a symbolic link to a place outside the feed folder"
        raise Denied(what, "copy the file itself into the folder")
    return target[len(base) :]
