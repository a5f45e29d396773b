"""Folders of our own: what is in them is nobody's business but the owner's."""

from __future__ import annotations

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
