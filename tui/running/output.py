"""What the program writes beside its screen: one way out, whatever is at the other end of it.

Data goes to stdout and narration to stderr. A sign that the other end cannot encode is replaced by
one that it can, and an end that takes nothing ends the command with a sentence and a status.
"""

from __future__ import annotations

import codecs
import errno
import io
import json
import os
import sys
from contextlib import suppress
from typing import Final, TextIO

from feed.errors import NightdeskError
from tui.text.ascii_signs import in_ascii

_REPLACING: Final = "nightdesk-signs"


class OutputLost(NightdeskError):  # noqa: N818  # as the other errors that end a command
    """What should be written to stdout is not: the disk is full, or stdout is closed."""


class ReaderGone(OutputLost):
    """The pipe's reader has seen enough, which is no fault."""

    exit_code = 0


class Output(io.TextIOBase):
    """A stream whose failing is a sentence; a pipe whose reader has left ends the command well."""

    def __init__(self, stream: TextIO, *, needed: bool) -> None:
        self._stream = stream
        self._needed = needed
        """Whether a command that cannot write here has failed."""
        self._lost: OutputLost | None = None
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_REPLACING)

    def write_in_ascii(self) -> None:
        """Replace every sign that is not ASCII's, whatever the stream takes."""
        if isinstance(self._stream, io.TextIOWrapper):
            self._stream.reconfigure(encoding="ascii", errors=_REPLACING)

    @property
    def encoding(self) -> str:  # type: ignore[override]  # a property there too, but not in the stub
        """The encoding of what is written."""
        return self._stream.encoding

    def write(self, text: str, /) -> int:
        """Write a text."""
        try:
            return self._stream.write(text)
        except OSError as error:
            self._give_up(error)
        return len(text)

    def flush(self) -> None:
        """Send on what was written."""
        try:
            self._stream.flush()
        except OSError as error:
            self._give_up(error)

    def isatty(self) -> bool:
        """Whether a terminal is at the other end."""
        return self._stream.isatty()

    def fileno(self) -> int:
        """Return the descriptor that is written to."""
        return self._stream.fileno()

    def writable(self) -> bool:
        """Whether it can be written to: always."""
        return True

    def _give_up(self, error: OSError) -> None:
        with suppress(OSError):  # what is still held back would fail once more at the very end
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._stream.fileno())
            os.close(nowhere)
        if not self._needed:
            return
        if isinstance(error, BrokenPipeError):
            self._lost = ReaderGone("nobody reads stdout any more")
        else:
            reason = _reason(error)
            self._lost = OutputLost(f"stdout cannot be written: {reason}")
        raise self._lost from error

    def finish(self) -> None:
        """Send on what is held back, and raise what was lost though a library kept it to itself."""
        self.flush()
        if self._lost is not None:
            raise self._lost


def open_outputs() -> Output:
    """Let stdout and stderr be outputs, also where one of the three is closed; return stdout.

    A closed stream's number would go to the next file that is opened, a recording perhaps.
    """
    codecs.register_error(_REPLACING, _replaced)
    _hold(0, os.O_RDONLY)
    _hold(1, os.O_RDONLY)  # nothing can be written to it, which is then said
    _hold(2, os.O_WRONLY)
    output = Output(_stream(sys.stdout, 1), needed=True)
    sys.stdout, sys.stderr = output, Output(_stream(sys.stderr, 2), needed=False)
    return output


def print_text(text: str) -> None:
    """Write a text and a newline to stdout."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def print_json(value: object, indent: int = 2) -> None:
    """Write a value as JSON to stdout; what cannot be encoded there is escaped, not replaced."""
    print_text(json.dumps(value, indent=indent, ensure_ascii=not _takes_every_sign()))


def print_xml(text: str) -> None:
    """Write XML to stdout; what cannot be encoded there is a reference, not replaced."""
    if not _takes_every_sign():
        text = text.encode("ascii", "xmlcharrefreplace").decode("ascii")
    sys.stdout.write(text)
    sys.stdout.flush()


def tell(text: str) -> None:
    """Write a line of narration to stderr; one that cannot be written is lost, and no more.

    While the screen is shown, which takes what is written, it goes to the file or the pipe that
    stderr was led to; on a terminal it is the screen that says it.
    """
    behind = _behind_the_screen()
    with suppress(OSError, ValueError, AttributeError):
        stream = sys.stderr if behind is None else behind
        stream.write(f"nightdesk: {text}\n")
        stream.flush()


def _behind_the_screen() -> TextIO | None:
    """Return the file or pipe that stderr was led to, while Textual takes what is written."""
    own = sys.__stderr__
    is_shown = type(sys.stderr).__module__.startswith("textual.")
    return own if is_shown and own is not None and not own.isatty() else None


def _takes_every_sign() -> bool:
    try:
        return codecs.lookup(sys.stdout.encoding or "utf-8").name.startswith("utf")
    except LookupError:
        return False


def _hold(number: int, flags: int) -> None:
    try:
        os.fstat(number)
    except OSError:
        with suppress(OSError):
            opened = os.open(os.devnull, flags)
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)


def _stream(stream: TextIO | None, number: int) -> TextIO:
    return open(number, "w", encoding="utf-8", closefd=False) if stream is None else stream


def _replaced(error: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    bad = error.object[error.start : error.end]
    return in_ascii(bad) or "?", error.end


def _reason(error: OSError) -> str:
    if error.errno == errno.EBADF:
        return "it is closed"
    return (error.strerror or str(error)).lower()
