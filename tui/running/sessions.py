"""The sessions that the command line can ask for: live, looking on, and replayed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from feed.clock import utc_now
from feed.errors import RecordingBusy
from feed.ledger.ledger import Step, desk_step
from feed.ledger.night import Night
from feed.model.arrival import Arrival
from feed.model.view import SourceHealth
from feed.recording.reader import BadLine, is_recording, read_recording
from feed.recording.shelf import night_recording, recordings_folder
from feed.recording.writer import Recorder
from feed.reports.round_ups import HourlyNight
from feed.session.position import replay_transport
from feed.session.quarantine import Quarantine
from feed.session.session import Keeper, Post, Session
from feed.sources.folder.source import DirectorySource
from feed.sources.following import FollowingSource
from feed.typed_times import parse_moment
from tui.running.output import tell
from tui.settings.options import Options
from tui.settings.remembered import NightMemory

if TYPE_CHECKING:
    from feed.hub.connection import Hub


def live_session(  # noqa: PLR0913  # each is a flag of the command
    post: Post,
    folder: Path,
    options: Options,
    *,
    recording: Path | None = None,
    quarantine: Path | None = None,
    hub: Hub | None = None,
    poll: date | None = None,
) -> Session:
    """Return a session that watches `folder` and keeps what arrives."""
    source = DirectorySource(
        folder,
        force_polling=options.force_polling,
        follow_symlinks=options.follow_symlinks,
        settle=options.settle,
    )
    apart = None if quarantine is None else Quarantine(quarantine, folder)
    recorder: Recorder | None = None
    alone = ""
    recorded: Iterable[Arrival | BadLine] = ()
    if options.record:
        shelf = options.recordings or recordings_folder()
        path = recording or night_recording(shelf, folder, utc_now())
        if is_recording(path):
            recorded = read_recording(path)
        try:
            recorder = Recorder.open(path, folder)
        except RecordingBusy as busy:
            alone = f"{busy.what}: this one only reads, and records nothing"
    keeper: Keeper | None = recorder
    tell_stage = None
    if recorder is not None and hub is not None:
        from feed.hub.publisher import PublishedRecorder, Publisher  # noqa: PLC0415

        publisher = Publisher(recorder.path, hub)
        post, keeper = publisher.posting(post), PublishedRecorder(recorder, publisher)
        tell_stage = publisher.tell_stage
    night = _night(round_ups=options.round_ups, after_loading=True, poll=poll)
    if recorder is not None and recorder.trouble:
        alone = f"{recorder.trouble} ({recorder.path}); it is tried again"
    if alone:
        tell(alone)
        night.append(desk_step(alone, utc_now(), remark=True), utc_now())
    return Session(
        post,
        source=source,
        keeper=keeper,
        quarantine=apart,
        recorded=recorded,
        night=night,
        health=SourceHealth(recording="" if recorder is None else str(recorder.path)),
        late_after=timedelta(minutes=options.late_after),
        looked_at=NightMemory().of(str(folder)).looked_at,
        tell_stage=tell_stage,
    )


def following_session(post: Post, path: Path, options: Options) -> Session:
    """Return a session that looks on while another desk writes the recording at `path`."""
    night = _night(round_ups=options.round_ups)
    return Session(
        post,
        source=FollowingSource(path),
        night=night,
        late_after=timedelta(minutes=options.late_after),
    )


def hub_session(post: Post, hub: Hub, night: str | None, options: Options) -> Session:
    """Return a session that looks on at a night on a hub."""
    from feed.hub.follower import HubSource  # noqa: PLC0415

    source = HubSource(hub, night=night)
    late_after = timedelta(minutes=options.late_after)
    return Session(
        post, source=source, night=_night(round_ups=options.round_ups), late_after=late_after
    )


def replay_session(  # noqa: PLR0913
    post: Post,
    steps: Sequence[Step],
    path: Path,
    *,
    speed: float,
    start: str | None,
    loop: bool,
    gap_limit: float | None,
    paused: bool,
    round_ups: bool = False,
    poll: date | None = None,
) -> Session:
    """Return a session that plays saved steps."""
    transport = replay_transport(
        steps, speed=speed, loop=loop, gap_limit=gap_limit, playing=not paused
    )
    if transport is not None and start is not None:
        transport = transport.sought(parse_moment(start, transport.start, end=transport.end))
    health = SourceHealth(state="ended" if transport is None else "ok", path=str(path))
    night = _night(round_ups=round_ups, poll=poll)
    return Session(post, steps=steps, transport=transport, health=health, night=night)


def _night(*, round_ups: bool, after_loading: bool = False, poll: date | None = None) -> Night:
    return HourlyNight(after_loading=after_loading, asked=poll) if round_ups else Night(asked=poll)
