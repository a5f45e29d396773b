"""The least that any program would do: what ours is set against."""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterator
from typing import Final

_WANTED: Final = 0x8 | 0x80  # closed after writing, moved in
_EVENT: Final = struct.Struct("iIII")

PRODUCER: Final = """
import sys, time
from pathlib import Path
from tests.benchmarks.feeds import texts
folder, count, each = Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
made = list(texts(count))
began = time.perf_counter()
for number, text in enumerate(made):
    part = folder / f".{number}"
    part.write_bytes(text)
    part.rename(folder / f"p{number}.json")
    late = began + (number + 1) * each - time.perf_counter()
    if late > 0: time.sleep(late)
print(time.time(), flush=True)
"""
EMPTY: Final = "from textual.app import App\nApp().run()\n"
MINIMAL: Final = """
from textual.app import App
from textual.containers import Horizontal
from textual.widgets import Static
class Minimal(App):
    CSS = "Static { border: round white; height: 1fr; width: 1fr; }"
    def compose(self):
        with Horizontal():
            yield Static("one"); yield Static("Scoreboard"); yield Static("three")
Minimal().run()
"""
BARE: Final = """
import asyncio, json, os, sys
from textual.app import App
from textual.containers import Horizontal
from textual.widgets import Static
from tests.benchmarks.peers import bare_notices, names_in
class Bare(App):
    CSS = "Static { border: round white; height: 1fr; width: 1fr; }"
    def compose(self):
        with Horizontal():
            yield Static("", id="log", markup=False); yield Static("Scoreboard", id="board"); yield Static("")
    def on_mount(self):
        self.lines, self.new = [], False
        self.notices = bare_notices(sys.argv[1])
        asyncio.get_running_loop().add_reader(self.notices, self.heard)
        self.set_interval(0.05, self.draw)
    def heard(self):
        for name in names_in(os.read(self.notices, 1 << 16)):
            if not name.startswith("."):
                with open(os.path.join(sys.argv[1], name), "rb") as file:
                    self.lines.append(str(json.load(file))[:60])
                self.new = True
    def draw(self):
        if self.new:
            self.new = False
            self.query_one("#log", Static).update("\\n".join(self.lines[-40:]))
            self.query_one("#board", Static).update(f"Scoreboard {len(self.lines)}")
Bare().run()
"""


def bare_notices(folder: str) -> int:
    """Return a descriptor of the system's notices about a folder."""
    system = ctypes.CDLL(None, use_errno=True)
    notices: int = system.inotify_init1(os.O_CLOEXEC | os.O_NONBLOCK)
    if notices < 0 or system.inotify_add_watch(notices, os.fsencode(folder), _WANTED) < 0:
        raise OSError(ctypes.get_errno(), "no notices")
    return notices


def names_in(data: bytes) -> Iterator[str]:
    """Yield the names that the notices tell of."""
    at = 0
    while at < len(data):
        *_, length = _EVENT.unpack_from(data, at)
        at += _EVENT.size
        yield os.fsdecode(data[at : at + length].rstrip(b"\0"))
        at += length
