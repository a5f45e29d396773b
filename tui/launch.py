"""From the command line's words to a running session, on a screen or as lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from feed.clock import london, utc_now
from feed.ledger import Step
from feed.moments import parse_moment
from feed.recording import Recorder, recording_path, recordings_folder
from feed.session import Post, Session, replay_transport
from feed.sources.directory import DirectorySource
from feed.view import SourceHealth
from feed.wording import HouseStyle


@dataclass(frozen=True, slots=True)
class Look:
    """How the desk is to look when it opens; None is what the configuration says."""

    style: HouseStyle = "bbc"
    theme: str | None = None
    view: str | None = None


def live_session(  # noqa: PLR0913
    post: Post,
    folder: Path,
    *,
    record: bool,
    recording: Path | None,
    force_polling: bool,
    follow_symlinks: bool,
    settle: float,
) -> Session:
    """Give a session that watches `folder` and keeps what arrives."""
    source = DirectorySource(
        folder, force_polling=force_polling, follow_symlinks=follow_symlinks, settle=settle
    )
    keeper = None
    if record:
        path = recording or recording_path(recordings_folder(), folder, london(utc_now()).date())
        keeper = Recorder.open(path, folder)
    return Session(post, source=source, keeper=keeper)


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
) -> Session:
    """Give a session that plays saved steps."""
    transport = replay_transport(
        steps, speed=speed, loop=loop, gap_limit=gap_limit, playing=not paused
    )
    if transport is not None and start is not None:
        transport = transport.sought(parse_moment(start, transport.start))
    health = SourceHealth(state="ended" if transport is None else "ok", path=str(path))
    return Session(post, steps=steps, transport=transport, health=health)


def show(make: Callable[[Post], Session], look: Look) -> int:
    """Run the desk on the screen; give the exit code."""
    from tui.app import Desk  # noqa: PLC0415

    desk = Desk(make, look)
    desk.run()
    return desk.return_code or 0
