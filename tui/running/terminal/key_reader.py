"""What the terminal sends, read as keys, mouse and answers, whatever bytes it is."""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import Final

from textual import events
from textual._xterm_parser import XTermParser
from textual.message import Message

_PASTE_BEGINS, _PASTE_ENDS = "\x1b[200~", "\x1b[201~"
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

    def feed(self, data: bytes, with_alt: AbstractSet[str] = frozenset()) -> Iterator[Message]:
        """Yield the messages of what has just come; bytes that are no text stand as U+FFFD."""
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
        """Yield what was held back, when nothing has followed for a moment."""
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
