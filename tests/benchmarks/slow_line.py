"""A line between the program and its terminal that is slow and far away."""

from __future__ import annotations

import os
import select
import threading
import time
from collections import deque

from tests.tui.terminal import Terminal

_STEP = 0.005


def homes(place: str) -> dict[str, str]:
    """Return the surroundings of a program that remembers nothing of other runs."""
    return {"XDG_STATE_HOME": f"{place}/state", "XDG_CONFIG_HOME": f"{place}/config"}


class SlowLine(Terminal):
    """Takes so many bytes a second from the program and shows them a moment later.

    Nothing is read ahead: what the line cannot carry waits in the program.
    """

    def __init__(self, place: str, *args: str, bytes_a_second: int, delay: float) -> None:
        super().__init__(*args, columns=160, rows=48, env=homes(place))
        self._rate = bytes_a_second
        self._delay = delay
        self._under_way: deque[tuple[float, bytes]] = deque()
        self._allowed = 0.0
        self._at = time.monotonic()

    def step(self) -> None:
        """Carry what the line can carry in a moment, and show what has come over."""
        time.sleep(_STEP)
        now = time.monotonic()
        self._allowed = min(self._allowed + (now - self._at) * self._rate, self._rate * 0.02)
        self._at = now
        if self._allowed >= 1 and (data := self._take(int(self._allowed))):
            self._allowed -= len(data)
            self._under_way.append((now + self._delay, data))
        while self._under_way and self._under_way[0][0] <= now:
            data = self._under_way.popleft()[1]
            self.output += data
            self._stream.feed(data)

    def _take(self, most: int) -> bytes:
        if not select.select([self.master], [], [], 0)[0]:
            return b""
        try:
            return os.read(self.master, most)
        except OSError:
            return b""

    def read(self, seconds: float = 0.1) -> bool:
        """Carry on for a moment."""
        del seconds
        self.step()
        return True

    def watch(self, seconds: float) -> None:
        """Carry on for so long."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.step()

    def send(self, keys: str | bytes) -> None:
        """Type; the program hears of it when it has come over."""
        data = keys.encode() if isinstance(keys, str) else keys
        threading.Timer(self._delay, os.write, (self.master, data)).start()

    def until(self, keys: str, text: str) -> float:
        """Return the seconds from some keys to a text on the screen."""
        began = time.monotonic()
        self.send(keys)
        self.wait_for(text)
        return time.monotonic() - began

    def until_end(self, keys: str) -> float:
        """Return the seconds from some keys until the screen is given back."""
        began = time.monotonic()
        self.send(keys)
        while not self.output.endswith(b"\x1b[?1006l") and b"\x1b[?1049l" not in self.output:
            self.step()
        return time.monotonic() - began
