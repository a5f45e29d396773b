"""The names under which a night stands on a hub.

A line of a recording is one message, byte for byte: `nd.<night>.<recording>.<number>`, the header
being number 0. Identity is the recording and the number, never the content: a file that goes
alpha, beta, alpha makes three lines.
"""

from __future__ import annotations

import re
from datetime import timedelta
from hashlib import blake2b
from typing import Final

from feed.clock import london
from feed.recording.lines import read_header
from feed.records import record

STREAM: Final = "ND"
"""Every line of every recording, kept on disk; a second message of one subject is refused."""
LATEST: Final = "ND_LATEST"
"""The last value only: the standing, and what the presenter's wall shows."""
LINES: Final = "nd.*.*.*"
VALUES: Final = ("nd.*.standing", "nd.*.stage")
_ALIVE: Final = "nd-alive"
_SUBJECT: Final = re.compile(r"nd\.([0-9-]+)\.([0-9a-f]+)\.(\d+)(?:-(\d+))?")
_MORNING: Final = timedelta(hours=12)
"""A recording begun before noon is of the night before."""


@record(frozen=True, slots=True)
class Channel:
    """One recording on a hub."""

    night: str
    """The date of the night, `2026-05-07`."""
    recording: str
    """Hash of the recording's header."""

    @property
    def lines(self) -> str:
        """The subjects of all of its lines."""
        return f"nd.{self.night}.{self.recording}.*"

    @property
    def alive(self) -> str:
        """The subject of its heartbeat, which is not kept."""
        return f"{_ALIVE}.{self.night}.{self.recording}"

    def line(self, number: int, piece: int = 0) -> str:
        """Return the subject of a line, or of a further piece of one that is too long for one."""
        return f"nd.{self.night}.{self.recording}.{number:06d}{f'-{piece}' if piece else ''}"


@record(frozen=True, slots=True)
class Position:
    """Where a message stands: recording, number of the line, number of the piece."""

    channel: Channel
    number: int
    piece: int


def channel_of(header: bytes) -> Channel:
    """Return the channel of the recording that begins with this line (without its end).

    Raises BadLineError where it is no header.
    """
    started = london(read_header(header).started)
    night = (
        (started - _MORNING).date() if started.hour < _MORNING.seconds // 3600 else started.date()
    )
    return Channel(night.isoformat(), blake2b(header, digest_size=6).hexdigest())


def position_of(subject: str) -> Position | None:
    """Return where the message of a subject stands; none where it is no line's."""
    found = _SUBJECT.fullmatch(subject)
    if found is None:
        return None
    night, recording, number, piece = found.groups()
    return Position(Channel(night, recording), int(number), int(piece or 0))


def alive_channel(subject: str) -> Channel | None:
    """Return the channel whose heartbeat comes under a subject."""
    parts = subject.split(".")
    return Channel(parts[1], parts[2]) if len(parts) == 3 and parts[0] == _ALIVE else None


def every_heartbeat(night: str = "*") -> str:
    """Return the subjects of all heartbeats of a night."""
    return f"{_ALIVE}.{night}.*"


def stage_subject(night: str) -> str:
    """Return the subject of what the presenter's wall shows of a night."""
    return f"nd.{night}.stage"


def standing_subject(night: str) -> str:
    """Return the subject of a night's standing as JSON."""
    return f"nd.{night}.standing"
