"""How many arrivals a recording holds, told from its end alone."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import BinaryIO, Final

_SEQ: Final = re.compile(rb'\{"seq":(\d+),')
_FIRST_WINDOW: Final = 1 << 16
_LARGEST_WINDOW: Final = 128 << 20


def arrivals_recorded(path: Path) -> int | None:
    """Return the number of the last whole arrival; none where the file cannot be read."""
    try:
        with path.open("rb") as file:
            return _last_number(file)
    except OSError:
        return None


def _last_number(file: BinaryIO) -> int:
    size = file.seek(0, os.SEEK_END)
    window = _FIRST_WINDOW
    while True:
        start = max(0, size - window)
        file.seek(start)
        lines = file.read(size - start).split(b"\n")[:-1]
        whole = lines if start == 0 else lines[1:]
        for line in reversed(whole):
            found = _SEQ.match(line)
            if found is not None:
                return int(found[1])
        if start == 0 or window >= _LARGEST_WINDOW:
            return 0
        window *= 4
