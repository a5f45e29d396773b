"""The local copy of a recording that is followed: its lines in their order, byte for byte."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from platformdirs import user_state_path

from feed.hub.subjects import Channel, channel_of
from feed.recording.lines import BadLineError

_FLAGS: Final = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
_AT_ONCE: Final = 4 << 20


def mirrors_folder() -> Path:
    """Return the folder of the copies that this machine keeps."""
    return user_state_path("nightdesk") / "mirrors"


class Mirror:
    """A file that one follower writes; what a kill cut short is cut off and fetched again."""

    def __init__(self, folder: Path, channel: Channel) -> None:
        """Open or make the copy of a recording; a second follower gets a file of its own.

        Args:
            folder: where copies are kept.
            channel: the recording.

        Raises:
            OSError: the folder or the file cannot be written.

        """
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        copy = 1
        while True:
            name = f"{channel.night}-{channel.recording}{f'-{copy}' if copy > 1 else ''}.jsonl"
            self.path = folder / name
            self._descriptor = os.open(self.path, _FLAGS, 0o600)
            try:
                fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(self._descriptor)
                copy += 1
            else:
                break
        self.lines = self._repaired(channel)
        """Whole lines that it holds: the number of the next one."""

    def _repaired(self, channel: Channel) -> int:
        lines, whole, at = 0, 0, 0
        while block := os.pread(self._descriptor, _AT_ONCE, at):
            if at == 0 and not _begins(block, channel):
                break
            lines += block.count(b"\n")
            end = block.rfind(b"\n")
            whole = at + end + 1 if end >= 0 else whole
            at += len(block)
        os.ftruncate(self._descriptor, whole)
        return lines

    def append(self, lines: Iterable[bytes]) -> None:
        """Write whole lines at the end; raises OSError where the disk does not take them."""
        lines = list(lines)
        rest = b"".join(lines)
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]
        self.lines += len(lines)

    def close(self) -> None:
        """Let the file go."""
        os.close(self._descriptor)


def _begins(block: bytes, channel: Channel) -> bool:
    try:
        return channel_of(block.partition(b"\n")[0]) == channel
    except BadLineError:
        return False
