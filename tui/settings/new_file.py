"""Files that we save: never over one that is there, never through a link."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from feed.errors import UsageProblem


def write_new_file(path: Path, parts: Iterable[str]) -> None:
    """Write a new file for the owner alone; a file that is there stays as it is.

    Args:
        path: the file to make.
        parts: its text, piece by piece.

    Raises:
        UsageProblem: something is there already, or the place cannot be written.

    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.writelines(parts)
    except FileExistsError as error:
        raise UsageProblem(f"{path} is there already", "give another name, or move it") from error
    except OSError as error:
        raise UsageProblem(
            f"{path} cannot be written: {(error.strerror or str(error)).lower()}",
            "give a file in a folder that you may write in",
        ) from error
