"""Publishing a recording: its lines go to the hub as they stand, from wherever the hub is."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from feed.clock import hh_mm, utc_now
from feed.hub.connection import Hub, connected, make_streams
from feed.hub.subjects import (
    STREAM,
    Channel,
    channel_of,
    position_of,
    stage_subject,
    standing_subject,
)
from feed.model.arrival import Arrival
from feed.model.standing import Standing
from feed.model.view import View
from feed.recording.lines import BadLineError
from feed.recording.writer import Recorder
from feed.records import record
from feed.reports.summary import standing_summary

if TYPE_CHECKING:
    from nats.aio.client import Client
    from nats.js import JetStreamContext

_logger: Final = logging.getLogger(__name__)
_WINDOW: Final = 200
"""Lines on their way at once: more brings no speed, and after a fault each is asked for again."""
_AT_ONCE: Final = 4 << 20
_LOOK: Final = 0.2
_AGAIN: Final = 1.0
_BEAT: Final = 10.0
_STANDING_EVERY: Final = 1.0
_ACKNOWLEDGED_IN: Final = 5.0
_HEADROOM: Final = 1024
_THERE_ALREADY: Final = 10077
"""The server's code for a second message of one subject."""
_LAST_LINES: Final = 3.0
"""Seconds that the end waits for lines on their way."""


@record(frozen=True, slots=True)
class Published:
    """How far a recording is on its hub."""

    lines: int = 0
    """Lines that the hub has acknowledged."""
    waiting: int = 0
    """Whole lines of the recording that it has not."""
    away_since: datetime | None = None
    """Since when there is no hub, UTC; none while there is one."""

    @property
    def says(self) -> str:
        """`hub away since 01:12 · 37 waiting`; nothing while all is well."""
        if self.away_since is None:
            return ""
        waiting = f" · {self.waiting} waiting" if self.waiting else ""
        return f"hub away since {hh_mm(self.away_since)}{waiting}"


class Publisher:
    """Sends the lines of one recording to a hub, from a thread of its own.

    It keeps nothing of its own: the hub is asked for its last line, and the file is sent on from
    there. The recording goes on whatever becomes of the hub.
    """

    def __init__(self, recording: Path, hub: Hub, *, now: Callable[[], datetime] = utc_now) -> None:
        self._path = recording
        self._hub = hub
        self._now = now
        self._state = Published()
        self._standing: Standing | None = None
        self._stage = ""
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="nightdesk-publisher", daemon=True)

    @property
    def state(self) -> Published:
        """How far the recording is on the hub."""
        return self._state

    def start(self) -> None:
        """Begin to publish."""
        self._thread.start()

    def stop(self, timeout: float = _LAST_LINES) -> None:
        """Send what is left, at most for so many seconds, and end."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(timeout + _AGAIN)

    def tell_stage(self, text: str) -> None:
        """Publish what the presenter's wall shows; from any thread."""
        self._stage = text

    def posting(self, post: Callable[[View], None]) -> Callable[[View], None]:
        """Return a post that also notes the newest standing, and says how the hub is."""

        def posted(view: View) -> None:
            if view.mode == "live":
                self._standing = view.standing
            post(replace(view, source=replace(view.source, hub=self._state.says)))

        return posted

    def _run(self) -> None:
        try:
            asyncio.run(self._publish())
        except Exception:
            _logger.exception("the publisher ended")

    async def _publish(self) -> None:
        from nats.errors import Error  # noqa: PLC0415

        while True:
            try:
                async with connected(self._hub, name="nightdesk recorder") as client:
                    await self._on(client)
                    return
            except (Error, OSError, TimeoutError, asyncio.CancelledError) as error:
                _logger.info("the hub is away: %r", error)
                if self._state.away_since is None:
                    self._state = replace(self._state, away_since=self._now())
            self._count_waiting()
            if self._stop.is_set():
                return
            await asyncio.sleep(_AGAIN)

    def _count_waiting(self) -> None:
        try:
            with self._path.open("rb") as file:
                lines = sum(block.count(b"\n") for block in iter(lambda: file.read(_AT_ONCE), b""))
        except OSError:
            return
        self._state = replace(self._state, waiting=max(0, lines - self._state.lines))

    async def _on(self, client: Client) -> None:
        stream = client.jetstream(timeout=_ACKNOWLEDGED_IN)
        await make_streams(stream)
        beat = asyncio.create_task(self._tell(client))
        try:
            while not await self._send(client, stream):  # noqa: ASYNC110  # files have no events
                await asyncio.sleep(_LOOK)
        finally:
            beat.cancel()

    async def _send(self, client: Client, stream: JetStreamContext) -> bool:
        """Send on until the end, or until the file is another one; whether it is the end."""
        try:
            file = self._path.open("rb")
        except OSError:
            return self._stop.is_set()
        with file:
            header = file.readline(_AT_ONCE)
            try:
                channel = channel_of(header.removesuffix(b"\n"))
            except BadLineError:
                return self._stop.is_set()
            number = await _last(stream, channel) + 1
            file.seek(0)
            _pass_over(file, number)
            self._state = Published(number)
            self._channel = channel
            return await self._send_on(client, stream, file, number)

    _channel: Channel | None = None

    async def _send_on(
        self, client: Client, stream: JetStreamContext, file: BinaryIO, number: int
    ) -> bool:
        assert self._channel is not None  # noqa: S101  # set by the only caller
        while True:
            ending = self._stop.is_set()
            lines = _whole_lines(file)
            for begin in range(0, len(lines), _WINDOW):
                window = lines[begin : begin + _WINDOW]
                self._state = Published(number, len(lines) - begin)
                await _send_window(client, stream, self._channel, number, window)
                number += len(window)
            self._state = Published(number)
            if not lines:
                if ending:
                    return True
                if _is_another(file, self._path):
                    return False
                await asyncio.sleep(_LOOK)

    async def _tell(self, client: Client) -> None:
        """Give signs of life, and the standing and the stage when they are others."""
        clock = asyncio.get_running_loop().time
        shown: Standing | None = None
        staged = ""
        beat_at = standing_at = clock()
        while True:
            channel = self._channel
            if channel is not None and clock() >= beat_at:
                beat_at = clock() + _BEAT
                said = {"lines": self._state.lines + self._state.waiting}
                await client.publish(channel.alive, json.dumps(said).encode())
            if channel is not None and self._stage != staged:
                staged = self._stage
                await client.publish(stage_subject(channel.night), staged.encode())
            newest = self._standing
            due = newest is not shown and clock() >= standing_at
            if channel is not None and newest is not None and due:
                standing_at = clock() + _STANDING_EVERY
                shown = newest
                text = await asyncio.to_thread(_as_json, newest)
                await client.publish(standing_subject(channel.night), text)
            await asyncio.sleep(min(_LOOK, _STANDING_EVERY))


class PublishedRecorder:
    """A recorder whose recording is published: the two begin and end together."""

    def __init__(self, recorder: Recorder, publisher: Publisher) -> None:
        self._recorder = recorder
        self._publisher = publisher
        publisher.start()

    def append(self, arrivals: Iterable[Arrival]) -> None:
        """Write arrivals at the end of the recording."""
        self._recorder.append(arrivals)

    @property
    def unsaved(self) -> int:
        """Arrivals that are not in the recording."""
        return self._recorder.unsaved

    def sync(self, *, now: bool = False) -> None:
        """Bring what was written to the disk."""
        self._recorder.sync(now=now)

    def close(self) -> None:
        """Write what can be written, send it, and let go."""
        self._recorder.close()
        self._publisher.stop()


async def _last(stream: JetStreamContext, channel: Channel) -> int:
    """Return the number of the last whole line that the hub has of a recording; −1 for none."""
    from nats.js.errors import NotFoundError  # noqa: PLC0415

    try:
        message = await stream.get_last_msg(STREAM, channel.lines)
    except NotFoundError:
        return -1
    there = position_of(message.subject or "")
    if there is None:
        return -1
    whole = (message.data or b"").endswith(b"\n")
    return there.number if whole else there.number - 1


async def _send_window(
    client: Client, stream: JetStreamContext, channel: Channel, number: int, lines: list[bytes]
) -> None:
    from nats.js.errors import APIError  # noqa: PLC0415

    most = client.max_payload - _HEADROOM
    sent = [
        stream.publish(channel.line(number + offset, piece), line[at : at + most])
        for offset, line in enumerate(lines)
        for piece, at in enumerate(range(0, len(line), most))
    ]
    for answer in await asyncio.gather(*sent, return_exceptions=True):
        if isinstance(answer, APIError) and answer.err_code == _THERE_ALREADY:
            continue
        if isinstance(answer, BaseException):
            raise answer


def _pass_over(file: BinaryIO, lines: int) -> None:
    for _ in range(lines):
        while (line := file.readline(_AT_ONCE)) and not line.endswith(b"\n"):
            pass


def _whole_lines(file: BinaryIO) -> list[bytes]:
    """Read on to the last line's end; what has no end yet is left for the next time."""
    begin = file.tell()
    read = file.read(_AT_ONCE)
    while read and b"\n" not in read and (more := file.read(_AT_ONCE)):
        read += more
    end = read.rfind(b"\n") + 1
    file.seek(begin + end)
    return [line + b"\n" for line in read[:end].split(b"\n")[:-1]]


def _is_another(file: BinaryIO, path: Path) -> bool:
    try:
        there = path.stat()
    except OSError:
        return False
    return not os.path.samestat(there, os.fstat(file.fileno())) or there.st_size < file.tell()


def _as_json(standing: Standing) -> bytes:
    return json.dumps(standing_summary(standing), ensure_ascii=False).encode()
