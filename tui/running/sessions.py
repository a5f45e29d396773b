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
from feed.reports.rule_hits import RuleHits
from feed.session.position import replay_transport
from feed.session.quarantine import Quarantine
from feed.session.session import Keeper, Post, Session
from feed.sources.folder.source import DirectorySource
from feed.sources.following import FollowingSource
from feed.typed_times import parse_moment
from tui.desk.alarm import alert_rules
from tui.running.output import tell
from tui.settings.options import Options
from tui.settings.remembered import NightMemory, WatchList

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
    night = night_of(options, after_loading=True, poll=poll)
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
    return Session(
        post,
        source=FollowingSource(path),
        night=night_of(options),
        late_after=timedelta(minutes=options.late_after),
    )


def hub_session(post: Post, hub: Hub, night: str | None, options: Options) -> Session:
    """Return a session that looks on at a night on a hub."""
    from feed.hub.follower import HubSource  # noqa: PLC0415

    source = HubSource(hub, night=night)
    late_after = timedelta(minutes=options.late_after)
    return Session(post, source=source, night=night_of(options), late_after=late_after)


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
    night: Night | None = None,
) -> Session:
    """Return a session that plays saved steps."""
    transport = replay_transport(
        steps, speed=speed, loop=loop, gap_limit=gap_limit, playing=not paused
    )
    if transport is not None and start is not None:
        transport = transport.sought(parse_moment(start, transport.start, end=transport.end))
    health = SourceHealth(state="ended" if transport is None else "ok", path=str(path))
    return Session(post, steps=steps, transport=transport, health=health, night=night)


def night_of(options: Options, *, after_loading: bool = False, poll: date | None = None) -> Night:
    """Return an empty night with the lines of the desk's own that the options ask for.

    Args:
        options: the options in force.
        after_loading: what is there already when the desk begins is of no hour.
        poll: the poll day to show, where it is not the newest.

    """
    hits = RuleHits(alert_rules(options), options.style, WatchList(options.watch).take)
    remarks = hits if hits.is_needed or options.watch else None
    if options.round_ups:
        return HourlyNight(after_loading=after_loading, asked=poll, remarks=remarks)
    return Night(asked=poll, remarks=remarks)
