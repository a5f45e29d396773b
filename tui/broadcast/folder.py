"""The standing and the wall as files in a folder, for any web server or for OBS."""

from __future__ import annotations

import contextlib
import logging
import os
import threading
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Final

from feed.errors import UsageProblem
from tui.broadcast.newest import EVERY, Outputs

_logger: Final = logging.getLogger(__name__)
_INDEX: Final = "index.html"
_NAMES: Final = ("standing.json", "wall.svg", _INDEX)
_OURS: Final = '<meta name="generator" content="nightdesk">'


@contextlib.contextmanager
def published_in(
    folder: Path | None, outputs: Outputs, *, feed: Path | None = None
) -> Iterator[None]:
    """Write the files whenever they are others than before, until the block is left.

    Args:
        folder: where; nothing is written where there is none. It is made.
        outputs: what is written.
        feed: a folder that is watched, in which they would be read as results.

    Raises:
        UsageProblem: the folder is part of the feed, cannot be written, or holds files of those
            names that are not ours.

    """
    if folder is None:
        yield
        return
    _refuse_other_use(folder, feed)
    writer = FolderWriter(folder, outputs)
    try:
        folder.mkdir(exist_ok=True)
        _replace_file(
            folder, _INDEX, (files("tui.broadcast") / "page" / "folder.html").read_bytes()
        )
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise UsageProblem(f"{folder} cannot be written: {why}", "give another folder") from error
    stop = threading.Event()
    thread = threading.Thread(target=writer.run, args=(stop,), name="nightdesk-folder", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


class FolderWriter:
    """Writes what has changed, at most once a second; what fails is said and tried again."""

    def __init__(self, folder: Path, outputs: Outputs) -> None:
        self._folder = folder
        self._outputs = outputs
        self._written: dict[str, str] = {}
        self._failing: set[str] = set()

    def run(self, stop: threading.Event) -> None:
        """Write until told to stop, and what is newest then."""
        while not stop.wait(EVERY):
            self.write()
        self.write()

    def write(self) -> None:
        """Write the files that are others than before; none while the night is being read.

        So those of a desk that ended stand until the next one knows as much.
        """
        if not self._outputs.newest.is_whole:
            return
        made = {"standing.json": self._outputs.standing, "wall.svg": self._outputs.pages["table"]}
        for name, each in made.items():
            try:
                found = each.get()
                if self._written.get(name) != found.tag:
                    _replace_file(self._folder, name, found.body)
                    self._written[name] = found.tag
            except Exception:
                if name not in self._failing:
                    _logger.exception("%s could not be written; it is tried again", name)
                self._failing.add(name)
            else:
                self._failing.discard(name)


def _refuse_other_use(folder: Path, feed: Path | None) -> None:
    place = folder.resolve()
    if feed is not None and place.is_relative_to(feed.resolve()):
        raise UsageProblem(
            f"{folder} is watched: what is written there would be read as a result",
            "give a folder outside of the feed",
        )
    there = [name for name in _NAMES if (folder / name).exists()]
    if there and not _is_ours(folder / _INDEX):
        raise UsageProblem(
            f"{folder / there[0]} is there and would be overwritten", "give a folder of its own"
        )


def _is_ours(index: Path) -> bool:
    try:
        return index.is_file() and _OURS in index.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return False


def _replace_file(folder: Path, name: str, body: bytes) -> None:
    """Write a file that everybody may read; whoever reads it meets the old one or the new one.

    A link of that name is replaced, and never written through.
    """
    fresh = f".{name}.new"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    place = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(fresh, dir_fd=place)
        descriptor = os.open(fresh, flags, 0o644, dir_fd=place)
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(descriptor, 0o644)
            file.write(body)
        os.replace(fresh, name, src_dir_fd=place, dst_dir_fd=place)
    finally:
        os.close(place)
