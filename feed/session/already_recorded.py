"""What an earlier run of the desk recorded: known when the folder delivers it again."""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b

from feed.model.arrival import Arrival
from feed.sources.folder.complete import substance


class RecordedArrivals:
    """Files as they last stood and the lines of growing files, each until it is delivered again.

    A new time or white space at the ends makes no new file, as while the desk runs.
    """

    def __init__(self) -> None:
        self._files: dict[str, bytes] = {}
        self._lines: Counter[tuple[str, bytes]] = Counter()

    def add(self, arrival: Arrival) -> None:
        """Note an arrival that the recording holds."""
        if arrival.line is None:
            self._files[arrival.path] = _digest(arrival)
        else:
            self._lines[arrival.path, _digest(arrival)] += 1

    def takes(self, arrival: Arrival) -> bool:
        """Whether an arrival is one of the recording's; a file or line is so once."""
        if arrival.line is None:
            known = self._files.pop(arrival.path, None)
            return known is not None and known == _digest(arrival)
        line = (arrival.path, _digest(arrival)) if self._lines else ("", b"")
        if not self._lines[line]:
            return False
        self._lines[line] -= 1
        return True


def _digest(arrival: Arrival) -> bytes:
    return blake2b(substance(arrival.data), digest_size=16).digest()
