"""Following a recording from a hub: its lines go into a copy here, and on to the desk."""

from __future__ import annotations

import asyncio
import fcntl
import json
import logging
import os
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from platformdirs import user_state_path

from feed.clock import hh_mm, utc_now
from feed.hub.connection import Hub, connected
from feed.hub.subjects import (
    LATEST,
    STREAM,
    Channel,
    alive_channel,
    channel_of,
    every_heartbeat,
    position_of,
    stage_subject,
)
from feed.model.arrival import Arrival
from feed.model.view import SourceHealth
from feed.private_folder import make_private_folder
from feed.recording.lines import BadLineError
from feed.recording.reader import RecordingFollower
from feed.sources.folder.scan import Refusal
from feed.sources.folder.source import Delivery

if TYPE_CHECKING:
    from nats.aio.client import Client
    from nats.aio.msg import Msg
    from nats.js import JetStreamContext

_FLAGS: Final = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
_AT_ONCE: Final = 4 << 20


def mirrors_folder() -> Path:
    """Return the folder of the copies that this machine keeps."""
    return user_state_path("nightdesk") / "mirrors"


class Mirror:
    """A file that one follower writes; what a kill cut short is cut off and fetched again."""

    def __init__(self, folder: Path, channel: Channel) -> None:
        """Open or make the copy of a recording; a second follower gets a file of its own.

        Args:
            folder: where copies are kept.
            channel: the recording.

        Raises:
            OSError: the folder or the file cannot be written.

        """
        make_private_folder(folder)
        copy = 1
        while True:
            name = f"{channel.night}-{channel.recording}{f'-{copy}' if copy > 1 else ''}.jsonl"
            self.path = folder / name
            self._descriptor = os.open(self.path, _FLAGS, 0o600)
            try:
                fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(self._descriptor)
                copy += 1
            else:
                break
        self.lines = self._repaired(channel)
        """Whole lines that it holds: the number of the next one."""

    def _repaired(self, channel: Channel) -> int:
        lines, whole, at = 0, 0, 0
        while block := os.pread(self._descriptor, _AT_ONCE, at):
            if at == 0 and not _begins(block, channel):
                break
            lines += block.count(b"\n")
            end = block.rfind(b"\n")
            whole = at + end + 1 if end >= 0 else whole
            at += len(block)
        os.ftruncate(self._descriptor, whole)
        return lines

    def append(self, lines: Iterable[bytes]) -> None:
        """Write whole lines at the end; raises OSError where the disk does not take them."""
        lines = list(lines)
        rest = b"".join(lines)
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]
        self.lines += len(lines)

    def close(self) -> None:
        """Let the file go."""
        os.close(self._descriptor)


def _begins(block: bytes, channel: Channel) -> bool:
    try:
        return channel_of(block.partition(b"\n")[0]) == channel
    except BadLineError:
        return False


_logger: Final = logging.getLogger(__name__)
_BATCH: Final = 500
_WAIT: Final = 0.5
_AGAIN: Final = 1.0
_SILENT_AFTER: Final = 25.0
"""Seconds without a heartbeat (one comes every ten) after which a recorder is called silent."""
_LARGEST_STAGE: Final = 1 << 20
_KEPT_FOR: Final = 30.0
"""Seconds that the server keeps a consumer nobody asks."""


@dataclass(slots=True)
class _Heard:
    """What is known of a recorder by its signs of life."""

    at: float
    lines: int = 0


@dataclass(slots=True)
class _Joined:
    """Pieces of lines, put together and in order; what comes early waits."""

    next: int
    held: dict[int, dict[int, bytes]] = field(default_factory=dict)

    def take(self, number: int, piece: int, data: bytes) -> list[bytes]:
        """Return the whole lines that are due now."""
        if number >= self.next:
            self.held.setdefault(number, {})[piece] = data
        whole = []
        while (line := self._whole(self.next)) is not None:
            whole.append(line)
            del self.held[self.next]
            self.next += 1
        return whole

    def _whole(self, number: int) -> bytes | None:
        pieces = self.held.get(number)
        if pieces is None or sorted(pieces) != list(range(len(pieces))):
            return None
        line = b"".join(pieces[at] for at in range(len(pieces)))
        return line if line.endswith(b"\n") else None


class HubSource:
    """Follows one recording of a night on a hub; `run` is the work of its thread.

    It never says that all is well over a recorder that is silent: heartbeats are what it goes by.
    """

    def __init__(  # noqa: PLR0913  # each is a setting of its own
        self,
        hub: Hub,
        *,
        night: str | None = None,
        folder: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = utc_now,
        silent_after: float = _SILENT_AFTER,
    ) -> None:
        """Follow the newest night of a hub, or the one that is named.

        Args:
            hub: the hub.
            night: its date, `2026-05-07`; the newest where none is given.
            folder: where the copy is kept.
            clock: seconds that only go forward.
            now: the wall's time, UTC.
            silent_after: seconds without a heartbeat after which the recorder is silent.

        """
        self._hub = hub
        self._night = night
        self._folder = mirrors_folder() if folder is None else folder
        self._clock, self._now = clock, now
        self._silent_after = silent_after
        self._heard: dict[Channel, _Heard] = {}
        self._opened: dict[Channel, float] = {}
        self._mirrors: dict[Channel, Mirror] = {}
        self._readers: dict[Channel, RecordingFollower] = {}
        self._given: set[tuple[str, int | None, str]] = set()
        self._channel: Channel | None = None
        self._change_wanted = False
        self._away_since: datetime | None = None
        self._silent_since: datetime | None = None
        self._last_health: SourceHealth | None = None
        self._stages: dict[str, str] = {}
        self._bad = 0
        self._stop = threading.Event()

    @property
    def mirror(self) -> Path | None:
        """The copy of the recording that is followed; none before one was found."""
        return None if self._channel is None else self._mirrors[self._channel].path

    def rescan(self) -> None:
        """Change to another recorder of the night, where there is one; from any thread."""
        self._change_wanted = True

    def run(self, deliver: Callable[[Delivery], None], stop: threading.Event) -> None:
        """Deliver what the recording holds and what is added to it, until told to stop."""
        self._stop = stop
        try:
            asyncio.run(self._follow(deliver))
        finally:
            for mirror in self._mirrors.values():
                mirror.close()

    async def _follow(self, deliver: Callable[[Delivery], None]) -> None:
        from nats.errors import Error  # noqa: PLC0415

        while not self._stop.is_set():
            try:
                async with connected(self._hub, name="nightdesk follower") as client:
                    await self._on(client, deliver)
            except (Error, OSError, TimeoutError, asyncio.CancelledError) as error:
                _logger.info("the hub is away: %r", error)
                self._away_since = self._away_since or self._now()
                self._deliver(deliver)
                await asyncio.sleep(_AGAIN)

    async def _on(self, client: Client, deliver: Callable[[Delivery], None]) -> None:
        stream = client.jetstream(timeout=5)
        await client.subscribe(every_heartbeat(self._night or "*"), cb=self._hear)
        await client.subscribe(stage_subject(self._night or "*"), cb=self._see)
        while not self._stop.is_set():
            channel = await self._chosen(stream)
            if channel is None:
                self._away_since = None
                self._deliver(deliver)
                await asyncio.sleep(_WAIT)
                continue
            await self._read(stream, channel, deliver)

    async def _hear(self, message: Msg) -> None:
        channel = alive_channel(message.subject)
        if channel is None:
            return
        try:
            said = json.loads(message.data)
            lines = int(said["lines"]) if isinstance(said, dict) else 0
        except (ValueError, KeyError, TypeError):
            lines = 0
        self._heard[channel] = _Heard(self._clock(), lines)

    async def _see(self, message: Msg) -> None:
        """Note what the presenter's wall of a night shows."""
        if len(message.data) <= _LARGEST_STAGE:
            self._stages[message.subject] = message.data.decode("utf-8", "replace")

    async def _catch_up(self, stream: JetStreamContext, channel: Channel) -> None:
        """Learn what the presenter's wall has shown before there was a follower."""
        from nats.js.errors import NotFoundError  # noqa: PLC0415

        subject = stage_subject(channel.night)
        if subject not in self._stages:
            try:
                last = await stream.get_last_msg(LATEST, subject)
            except NotFoundError:
                return
            if len(last.data or b"") <= _LARGEST_STAGE:
                self._stages.setdefault(subject, (last.data or b"").decode("utf-8", "replace"))

    def _is_silent(self, channel: Channel) -> bool:
        """Whether a recorder gave no sign of life for long; one never heard of has its time too."""
        heard = self._heard.get(channel)
        since = self._opened.get(channel) if heard is None else heard.at
        return since is None or self._clock() - since > self._silent_after

    async def _chosen(self, stream: JetStreamContext) -> Channel | None:
        """Return the recording to follow: the one at hand, unless only another one is alive."""
        current = self._channel
        if current is not None and not self._change_wanted and not self._is_silent(current):
            return current
        there = await _recordings(stream, self._night)
        if not there:
            return current
        newest = max(channel.night for channel in there)
        rivals = [it for it in there if it.night == newest]
        alive = [it for it in rivals if it != current and not self._is_silent(it)]
        if current is None:
            self._channel = max(alive or rivals, key=lambda it: (there[it], it.recording))
        elif alive:
            self._channel = max(alive, key=lambda it: there[it])
        self._change_wanted = False
        return self._channel

    def _open(self, channel: Channel) -> Mirror:
        if channel not in self._mirrors:
            self._mirrors[channel] = Mirror(self._folder, channel)
            self._readers[channel] = RecordingFollower(self._mirrors[channel].path)
            self._opened[channel] = self._clock()
        return self._mirrors[channel]

    async def _read(
        self, stream: JetStreamContext, channel: Channel, deliver: Callable[[Delivery], None]
    ) -> None:
        """Read on until another recorder is wanted; a fault is the caller's: it comes back."""
        from nats.errors import TimeoutError as NothingNew  # noqa: PLC0415

        mirror = self._open(channel)
        await self._catch_up(stream, channel)
        joined = _Joined(mirror.lines)
        consumer = await _consumer(stream, channel, mirror.lines)
        self._away_since = None
        self._deliver(deliver)
        while not self._stop.is_set():
            try:
                messages = await consumer.fetch(_BATCH, timeout=_WAIT)
            except NothingNew:
                messages = []
                await consumer.consumer_info()
            lines: list[bytes] = []
            for message in messages:
                there = position_of(message.subject)
                if there is not None:
                    lines += joined.take(there.number, there.piece, message.data)
            mirror.append(lines)
            if joined.held and not lines:
                await _ask_for(stream, channel, joined, mirror)
            self._deliver(deliver)
            if (self._change_wanted or self._is_silent(channel)) and await self._chosen(
                stream
            ) != channel:
                return

    def _deliver(self, deliver: Callable[[Delivery], None]) -> None:
        """Deliver what the copy has gained, and how the hub and the recorder are."""
        arrivals: list[Arrival] = []
        refused: list[Refusal] = []
        reader = None if self._channel is None else self._readers.get(self._channel)
        while reader is not None and (found := reader.poll()):
            arrivals += [it for it in found if self._is_new(it)]
        if reader is not None:
            refused = [
                Refusal(f"line {it.line} of the recording", it.what, "the other lines are read")
                for it in reader.bad[self._bad :]
            ]
            self._bad = len(reader.bad)
        health = self._health()
        if arrivals or refused or health != self._last_health:
            self._last_health = health
            deliver(Delivery(tuple(arrivals), health, refused=tuple(refused)))

    def _is_new(self, arrival: Arrival) -> bool:
        """Whether no other recorder of the night has brought it already."""
        key = (arrival.path, arrival.line, arrival.digest)
        if len(self._mirrors) < 2:
            self._given.add(key)
            return True
        known = key in self._given
        self._given.add(key)
        return not known

    def _health(self) -> SourceHealth:
        path = self._hub.url
        if self._away_since is not None:
            return SourceHealth("lost", f"hub away since {hh_mm(self._away_since)}", path)
        if self._channel is None:
            return SourceHealth("lost", "nothing is recorded on this hub yet", path)
        path = f"{self._hub.url} {self._channel.night}"
        if self._is_silent(self._channel):
            self._silent_since = self._silent_since or self._now()
            return SourceHealth("lost", f"recorder silent since {hh_mm(self._silent_since)}", path)
        self._silent_since = None
        heard = self._heard.get(self._channel)
        if heard is None:
            return SourceHealth("loading", "waiting for the recorder's heartbeat", path)
        behind = heard.lines - self._mirrors[self._channel].lines
        stage = self._stages.get(stage_subject(self._channel.night), "")
        says = f"{behind:,} behind" if behind > 0 else ""
        return SourceHealth("ok", says, path, stage=stage)


async def _recordings(stream: JetStreamContext, night: str | None) -> Mapping[Channel, int]:
    """Return the recordings on a hub, each with the stream's number of its header."""
    from nats.js.errors import NotFoundError  # noqa: PLC0415

    try:
        info = await stream.stream_info(STREAM, subjects_filter=f"nd.{night or '*'}.*.000000")
    except NotFoundError:
        return {}
    subjects = info.state.subjects or {}
    there = [it.channel for name in subjects if (it := position_of(name)) is not None]
    return {channel: await _number_of(stream, channel, 0) or 0 for channel in there}


async def _number_of(stream: JetStreamContext, channel: Channel, line: int) -> int | None:
    from nats.js.errors import NotFoundError  # noqa: PLC0415

    try:
        return (await stream.get_last_msg(STREAM, channel.line(line))).seq
    except NotFoundError:
        return None


async def _consumer(
    stream: JetStreamContext, channel: Channel, lines: int
) -> JetStreamContext.PullSubscription:
    """Return a consumer of the lines behind the first `lines`; made anew after every fault."""
    from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy  # noqa: PLC0415

    last = await _number_of(stream, channel, lines - 1) if lines else None
    begin = (
        {"deliver_policy": DeliverPolicy.ALL}
        if last is None
        else {"deliver_policy": DeliverPolicy.BY_START_SEQUENCE, "opt_start_seq": last + 1}
    )
    config = ConsumerConfig(
        ack_policy=AckPolicy.NONE, inactive_threshold=_KEPT_FOR, mem_storage=True, **begin
    )
    return await stream.pull_subscribe(channel.lines, stream=STREAM, config=config)


async def _ask_for(
    stream: JetStreamContext, channel: Channel, joined: _Joined, mirror: Mirror
) -> None:
    """Ask for a line that others have overtaken on their way into the stream."""
    from nats.js.errors import NotFoundError  # noqa: PLC0415

    pieces = len(joined.held.get(joined.next, {}))
    try:
        message = await stream.get_last_msg(STREAM, channel.line(joined.next, pieces))
    except NotFoundError:
        return
    mirror.append(joined.take(joined.next, pieces, message.data or b""))
