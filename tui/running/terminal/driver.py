"""The terminal as Textual drives it, but for three things: frames, bad bytes and its end."""

from __future__ import annotations

import logging
import os
import selectors
import signal
import sys
from collections.abc import Set as AbstractSet
from types import FrameType
from typing import Final

from rich.color import ColorSystem
from textual._compositor import CompositorUpdate
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Resize
from textual.geometry import Offset
from textual.message import Message

from tui.running.terminal.key_reader import KeyReader
from tui.running.terminal.painting import paint
from tui.running.terminal.writer import TerminalWriter

_logger = logging.getLogger(__name__)
_LOOK: Final = 0.1
"""Seconds without a byte after which an Escape is one by itself."""
_KEEP_TITLE, _GIVE_TITLE_BACK = "\x1b[22;2t", "\x1b[23;2t"
_CLEAR: Final = "\x1b[0m\x1b[2J\x1b[H"


class TerminalDriver(LinuxDriver):
    """Writes only the cells that changed, and of those only the newest.

    What cannot be read as text is replaced, an input that fails is taken up again, and a terminal
    that takes nothing any more or is gone holds nobody.
    """

    def __init__(
        self,
        app: App[object],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        out = sys.__stdout__
        file = out if out is not None and out.isatty() else sys.__stderr__
        assert file is not None  # noqa: S101  # a screen is shown only where there is a terminal
        self._writer = TerminalWriter(file)
        self._has_title = os.environ.get("TERM", "") not in {"linux", "dumb"}
        self._title = ""
        self.with_alt: AbstractSet[str] = frozenset()
        """Characters that commands are on together with Alt."""

    @property  # type: ignore[override]  # the same calls, another class
    def _writer_thread(self) -> TerminalWriter:
        """What Textual's driver writes to: it starts, stops and fills its own thread by it."""
        return self._writer

    @_writer_thread.setter
    def _writer_thread(self, thread: object) -> None:
        """Have no other."""

    def show(self, update: CompositorUpdate, cursor: Offset, *, hold: bool) -> None:
        """Bring the terminal to what an update makes of the screen.

        Args:
            update: what the compositor has drawn anew.
            cursor: where what is being typed stands.
            hold: whether the terminal can show a frame at a stroke.

        """
        console = self._app.console
        with self._writer.frame(hold=hold) as cells:
            paint(cells, update, _COLOURS.get(console.color_system or "", ColorSystem.TRUECOLOR))
            cells.point(*cursor)

    def redraw(self) -> None:
        """Write every cell again, whatever the terminal shows."""
        self._writer.redraw()

    def name_window(self, title: str) -> None:
        """Write a title over the window."""
        if self._has_title and title != self._title:
            self._title = title
            self.write(f"\x1b]2;{title}\x07")

    def start_application_mode(self) -> None:
        """Take the terminal over, also once more after the process was stopped from outside."""
        kept = None
        if self._key_thread is not None and self._key_thread.is_alive():
            self.disable_input()
            kept = self.attrs_before
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if kept is not None:
            self.attrs_before = kept
        if self._has_title:
            title, self._title = self._title, ""
            self.write(_KEEP_TITLE)
            if title:
                self.name_window(title)
        self._redraw_on_resize()

    def stop_application_mode(self) -> None:
        """Give the terminal back, empty where it has no other screen to go back to."""
        self._writer.end_frames()
        self.write(_CLEAR + (_GIVE_TITLE_BACK if self._has_title else ""))
        super().stop_application_mode()

    def process_message(self, message: Message) -> None:
        """Hand a message to the app; a terminal of another size has to be drawn anew."""
        if isinstance(message, Resize):
            self.redraw()
        super().process_message(message)

    def run_input_thread(self) -> None:
        """Read keys to the end of the screen, whatever fails."""
        while not self.exit_event.is_set():
            try:
                self._read_keys()
            except Exception:
                _logger.exception("reading the keys failed; they are read on")
                self.exit_event.wait(_LOOK)

    def _read_keys(self) -> None:
        reader = KeyReader(debug=self._debug)
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if not selector.select(_LOOK):
                    messages = reader.rest()
                elif data := self._read():
                    messages = reader.feed(data, self.with_alt)
                else:
                    self.exit_event.wait(_LOOK)
                    continue
                for message in messages:
                    self.process_message(message)

    def _read(self) -> bytes:
        """Return what was typed, nothing from a terminal that is gone."""
        try:
            return os.read(self.fileno, 4096)
        except OSError:
            return b""

    def _redraw_on_resize(self) -> None:
        tell = signal.getsignal(signal.SIGWINCH)

        def resized(number: int, frame: FrameType | None) -> None:
            self.redraw()
            if callable(tell):
                tell(number, frame)

        signal.signal(signal.SIGWINCH, resized)


_COLOURS: Final = {
    "standard": ColorSystem.STANDARD,
    "256": ColorSystem.EIGHT_BIT,
    "truecolor": ColorSystem.TRUECOLOR,
}
