"""Folders of our own: what is in them is nobody's business but the owner's."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path


def make_private_folder(folder: Path) -> None:
    """Make a folder for the owner alone, and so each one above it that is missing.

    Raises OSError where it cannot be made; a folder that is there stays as it is.
    """
    try:
        folder.mkdir(mode=0o700)
    except FileNotFoundError:
        make_private_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError:
        if not folder.is_dir():
            raise


def close_to_others(folder: Path) -> None:
    """Make a folder of ours that an older version made for everybody its owner's alone.

    What is a link, somebody else's or not there stays as it is.
    """
    with suppress(OSError):
        status = folder.lstat()
        ours = stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid()
        if ours and stat.S_IMODE(status.st_mode) & 0o077:
            folder.chmod(0o700)
