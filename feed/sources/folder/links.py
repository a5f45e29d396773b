"""Symbolic links that are followed on request, and never out of the feed folder."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator

from feed.sources.folder.listing import Folders, Seen
from feed.sources.folder.safe_read import Denied, not_regular


def led_to(folders: Folders, root: bytes, link: bytes) -> Iterator[Seen]:
    """Return the file that a link leads to, or the files of a folder; links inside it stay shut.

    Raises Gone for a dangling link and Denied for one that leads elsewhere.
    """
    target = real_path(root, link)
    status = folders.status(target) if target else None
    if status is not None and stat.S_ISREG(status.st_mode):
        yield Seen(link, status, target)
    elif status is None or stat.S_ISDIR(status.st_mode):
        if not target or link.startswith(target + b"/"):
            raise Denied("is a link to a folder that it lies in", "remove it")
        for seen in folders.listed(target):
            if isinstance(seen, Seen) and stat.S_ISREG(seen.status.st_mode):
                name = seen.path.removeprefix(target).lstrip(b"/")
                yield Seen(link + b"/" + name, seen.status, seen.path)
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
