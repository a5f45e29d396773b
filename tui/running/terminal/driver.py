"""The terminal's driver: what is typed comes in, and only what differs goes out."""

from __future__ import annotations

import logging
import os
import re
import selectors
import signal
import sys
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache, partial
from types import FrameType
from typing import Final, Protocol, runtime_checkable

from rich.color import ColorSystem
from rich.style import Style
from textual import events
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Resize
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip

from tui.colours.depth import is_bar, reduced
from tui.running.terminal.cells import Cells, Pen, cells_of, pen_of
from tui.running.terminal.writer import TerminalWriter
from tui.text.ascii_signs import cells_in_ascii, hanging_in_ascii, in_ascii

_PASTE_BEGINS, _PASTE_ENDS = "\x1b[200~", "\x1b[201~"
_PASTE_LOST_AFTER: Final = 30
"""Looks without a byte, ten a second, after which no more comes of a paste."""
_UPRIGHT: Final = Style(reverse=False)
_KEY_BEHIND_ESCAPE: Final = re.compile("(\x1b+)([^\x1b\\[O])")
_MAY_GO_ON: Final = re.compile("(\x1b+)(\\[(?:2(?:0[01]?)?)?|O)?\\Z")


class KeyReader:
    """Reads messages from bytes.

    A key with Alt in front of it is Escape and the key: GNU screen and tmux hold an Escape back
    until they know what follows. Keys that somebody has put a command on with Alt stay as they are.
    """

    def __init__(self, *, debug: bool = False) -> None:
        self._parser = XTermParser(debug)
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._held = ""
        self._pasting = False
        self._rests = 0
        """Looks without a byte since the last that came of a paste."""

    @property
    def is_pasting(self) -> bool:
        """Whether the end of what is being pasted has not come yet."""
        return self._pasting

    def feed(self, data: bytes, with_alt: AbstractSet[str] = frozenset()) -> Iterator[Message]:
        """Yield the messages of what has just come; bytes that are no text stand as U+FFFD."""
        self._rests = 0
        text = self._held + self._decode(data)
        tail = _MAY_GO_ON.search(text)
        self._held = tail[0] if tail else ""
        text = text.removesuffix(self._held)
        while text:
            mark = _PASTE_ENDS if self._pasting else _PASTE_BEGINS
            before, found, text = text.partition(mark)
            yield from self._parse(before) if self._pasting else self._keys(before, with_alt)
            yield from self._parse(found)
            self._pasting = self._pasting != bool(found)
        yield from self._parser.tick()

    def rest(self) -> Iterator[Message]:
        """Yield what was held back, when nothing has followed for a moment.

        A paste whose end was lost on its way ends after some seconds: keys would be deaf for ever.
        """
        self._rests += 1
        if self._pasting and self._rests >= _PASTE_LOST_AFTER:
            yield from self.feed(_PASTE_ENDS.encode())
            return
        held, self._held = self._held, ""
        tail = _MAY_GO_ON.fullmatch(held)
        if tail and not self._pasting and tail[2] in {None, "[", "O"}:
            yield from self._escapes(tail[1])
            held = tail[2] or ""
        yield from self._parse(held)
        yield from self._parser.tick()

    def _keys(self, text: str, with_alt: AbstractSet[str]) -> Iterator[Message]:
        at = 0
        for found in _KEY_BEHIND_ESCAPE.finditer(text):
            yield from self._parse(text[at : found.start()])
            if found[2] in with_alt:
                yield from self._escapes(found[1][1:])
                shift = "shift+" if found[2].isupper() else ""
                yield events.Key(f"alt+{shift}{found[2].lower()}", found[2])
                at = found.end()
            else:
                yield from self._escapes(found[1])
                at = found.start(2)
        yield from self._parse(text[at:])

    def _escapes(self, escapes: str) -> Iterator[Message]:
        for escape in escapes:
            yield events.Key("escape", escape)

    def _parse(self, text: str) -> Iterator[Message]:
        if text:
            yield from self._parser.feed(text)


def paint(
    cells: Cells,
    update: CompositorUpdate,
    colours: ColorSystem,
    *,
    dark: bool = True,
    in_ascii: bool = False,
) -> None:
    """Draw what Textual would have written; a whole screen of another size makes the size.

    Args:
        cells: what is drawn on.
        update: what has changed.
        colours: what the terminal has.
        dark: whether its own background is.
        in_ascii: whether it has no signs but those of ASCII.

    """
    put = partial(_put, cells, inks=(colours, dark, in_ascii))
    if isinstance(update, LayoutUpdate):
        region = update.region
        if (cells.width, cells.height) != region.size:
            cells.resize(*region.size)
        for y, line in enumerate(update.strips, region.y):
            x = region.x
            for strip in line:
                x = put(x, y, strip)
    elif isinstance(update, ChopsUpdate):
        _paint_spans(update, put)
    else:
        raise TypeError(f"{type(update).__name__} is no update of a whole screen")


def _paint_spans(update: ChopsUpdate, put: Callable[[int, int, Strip], int]) -> None:
    for y, begin, behind in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is not None and x <= behind and end > begin:
                whole = x >= begin and end <= behind
                part = strip if whole else strip.crop(0, min(end, behind) - x)
                put(x, y, part)


def _put(
    cells: Cells, x: int, y: int, strip: Strip, *, inks: tuple[ColorSystem, bool, bool]
) -> int:
    key = (id(strip), *inks)
    known = _INKED.get(key)
    if known is None:
        if len(_INKED) >= _MOST_INKED:
            _INKED.clear()
        known = _INKED[key] = (strip, *_inked(strip, *inks))
    _, texts, pens = known
    return cells.put(x, y, texts, pens)


_MOST_INKED: Final = 1_024
_INKED: Final[dict[tuple[object, ...], tuple[Strip, list[str], list[Pen]]]] = {}
"""Lines as cells and pens, by the line itself: a log that moves up shows the same ones again."""


def _inked(
    strip: Strip, colours: ColorSystem, dark: bool, in_ascii: bool
) -> tuple[list[str], list[Pen]]:
    texts: list[str] = []
    pens: list[Pen] = []
    for text, style, control in strip:
        if not control:
            drawn = text if text.isascii() and text.isprintable() else cells_of(text)
            seen = style
            if in_ascii and not text.isascii():
                drawn, seen = _without_signs(text, drawn, style)
            texts += drawn
            pens += [_pen(seen, colours, dark, is_bar(text))] * len(drawn)
    return texts, pens


def _without_signs(
    text: str, drawn: Sequence[str], style: Style | None
) -> tuple[Sequence[str], Style | None]:
    """Return what is drawn in ASCII; blocks in reverse video hang from above, and are turned."""
    if style and style.reverse and (hanging := hanging_in_ascii(text)):
        return hanging, style + _UPRIGHT
    return cells_in_ascii(drawn), style


@lru_cache(maxsize=16_384)
def _pen(style: Style | None, colours: ColorSystem, dark: bool, bar: bool) -> Pen:
    if style is None:
        return pen_of("")
    link = f"id={style.link_id};{style.link}" if style.link else ""
    sent = reduced(style, colours, dark=dark, bar=bar)
    return pen_of(Strip.render_ansi(sent, colours), link)


_logger = logging.getLogger(__name__)
_LOOK: Final = 0.1
"""Seconds without a byte after which an Escape is one by itself."""
_GOODBYE: Final = 1.0
_KEEP_TITLE, _GIVE_TITLE_BACK = "\x1b[22;2t", "\x1b[23;2t"
_CLEAR: Final = "\x1b[0m\x1b[2J\x1b[H"


@runtime_checkable
class CellDriver(Protocol):
    """A driver that takes what the compositor has drawn, cell by cell."""

    def show(self, update: CompositorUpdate, cursor: Offset, *, hold: bool) -> None:
        """Bring what is looked at to what an update makes of the screen."""

    def name_window(self, title: str) -> None:
        """Put a title over the window."""


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
        self._woken, self._waker = os.pipe()
        """What ends the wait for a key."""
        self.with_alt: AbstractSet[str] = frozenset()
        """Characters that commands are on together with Alt."""
        self.in_ascii = False
        """Whether only signs of ASCII are written."""

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
            colours = _COLOURS.get(console.color_system or "", ColorSystem.TRUECOLOR)
            dark = self._app.current_theme.dark
            paint(cells, update, colours, dark=dark, in_ascii=self.in_ascii)
            cells.point(*cursor)

    def redraw(self) -> None:
        """Write every cell again, whatever the terminal shows."""
        self._writer.redraw()

    def name_window(self, title: str) -> None:
        """Write a title over the window."""
        if self._has_title and title != self._title:
            self._title = title
            said = in_ascii(title) if self.in_ascii else title
            self.write(f"\x1b]2;{said}\x07")

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

    def disable_input(self) -> None:
        """Read no more keys."""
        if self._key_thread is not None and not self.exit_event.is_set():
            os.write(self._waker, b"\0")
        super().disable_input()

    def close(self) -> None:
        """Let go of the terminal, and of what ends the wait for a key."""
        super().close()
        os.close(self._woken)
        os.close(self._waker)

    def run_input_thread(self) -> None:
        """Read keys to the end of the screen, whatever fails."""
        while not self.exit_event.is_set():
            try:
                self._read_keys()
            except Exception:
                _logger.exception("reading the keys failed; they are read on")
                self.exit_event.wait(_LOOK)

    def _read_keys(self) -> None:
        """Read keys until told to stop; where nothing is typed nothing wakes the processor."""
        reader = KeyReader(debug=self._debug)
        look: float | None = _LOOK
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(self._woken, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                ready = {key.fd for key, _ in selector.select(look)}
                look = _LOOK if ready or reader.is_pasting else None
                if not ready:
                    messages = reader.rest()
                elif self._woken in ready:
                    os.read(self._woken, 64)
                    self.exit_event.wait(_GOODBYE)
                    continue
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
