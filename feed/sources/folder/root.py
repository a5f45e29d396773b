"""The root of a feed: there, missing, or another folder than before."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

RootState = Literal["same", "lost", "other"]
Identity = tuple[int, int]
"""Device and inode."""


class Root:
    """Remembers which folder was read, so that its loss and its return are noticed."""

    def __init__(self, path: Path) -> None:
        self.is_lost = False
        self._path = path
        self._identity: Identity | None = None
        self._device: int | None = None

    def state(self) -> RootState:
        """Whether the folder is still the one that was read."""
        try:
            status = self._path.stat()
        except OSError:
            return "lost"
        identity = (status.st_dev, status.st_ino)
        return "other" if self.is_lost or identity != self._identity else "same"

    def entered(self, identity: Identity) -> bool:
        """Note which folder is being read; return whether it is back, or another one."""
        back = self.is_lost or self._identity not in {None, identity}
        self._identity = identity
        self.is_lost = False
        return back

    def was_listed(self, *, empty: bool) -> None:
        """Note what was in it: an empty folder of another device is a share not mounted."""
        device = None if self._identity is None else self._identity[0]
        if not empty:
            self._device = device
        elif self._device not in {None, device}:
            self.is_lost = True
