"""`nightdesk watch`: a folder live on the screen, recorded and, if wanted, published."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from feed.clock import hh_mm, utc_now
from feed.errors import SourceUnreadable, UsageProblem
from feed.typed_times import next_moment
from tui.cli.flags import (
    DateOption,
    LeaveOption,
    PlainOption,
    PublishDirOption,
    QuarantineOption,
    RecordingOption,
    poll_asked,
    with_options,
)
from tui.cli.hub import PublishOption, TlsCaOption, TokenFileOption
from tui.running.output import tell
from tui.running.start import run
from tui.settings.config import Config

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from feed.hub.connection import Hub
    from feed.session.session import Post, Session
    from tui.settings.options import Options


@with_options
def watch(  # noqa: PLR0913  # each is a flag of the command
    config: Config,
    *,
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder that result files come into.")
    ],
    recording: RecordingOption = None,
    quarantine: QuarantineOption = None,
    day: DateOption = None,
    publish: PublishOption = None,
    token_file: TokenFileOption = None,
    tls_ca: TlsCaOption = None,
    publish_dir: PublishDirOption = None,
    until: LeaveOption = None,
    plain: PlainOption = False,
) -> None:
    """Watch a folder live and show the night as it comes in.

    Examples:
    nightdesk watch sample_feeds/rehearsal --no-record

    nightdesk watch sample_feeds/rehearsal --no-record --plain --until 18:00

    nightdesk watch sample_feeds/rehearsal --no-record --publish-dir night
    """
    from tui.running.signals import leaving_at  # noqa: PLC0415

    options = config.options
    now = utc_now()
    moment = None if until is None else next_moment(until, now)
    hub = None if publish is None else _publishing(publish, token_file, tls_ca, options)
    make = watching(
        folder, options, recording=recording, quarantine=quarantine, hub=hub, poll=poll_asked(day)
    )
    with ExitStack() as stack:
        stack.enter_context(
            leaving_at(moment, partial(_say_why, moment or now, recorded=options.record))
        )
        if publish_dir is not None:
            from tui.broadcast.folder import published_in  # noqa: PLC0415
            from tui.broadcast.newest import NewestView, Outputs  # noqa: PLC0415

            newest = NewestView()
            make = newest.kept_of(make)
            stack.enter_context(published_in(publish_dir, Outputs(newest, options), feed=folder))
        run(make, options, plain=plain)


def _say_why(moment: datetime, *, recorded: bool) -> None:
    tell(f"it is {hh_mm(moment)}: ended as asked{'; the recording is whole' if recorded else ''}")


def watching(  # noqa: PLR0913  # as the session's
    folder: Path,
    options: Options,
    *,
    recording: Path | None = None,
    quarantine: Path | None = None,
    hub: Hub | None = None,
    poll: date | None = None,
) -> Callable[[Post], Session]:
    """Return what makes the session that watches a folder; old recordings are dropped before.

    Raises:
        SourceUnreadable: it is no folder.

    """
    from tui.running.launch import drop_old  # noqa: PLC0415

    if not folder.is_dir():
        raise SourceUnreadable(
            f"{folder} is not a folder", "give the folder that result files come into"
        )
    for line in drop_old(options):
        tell(line)

    def make(post: Post) -> Session:
        from tui.running.sessions import live_session  # noqa: PLC0415

        return live_session(
            post, folder, options, recording=recording, quarantine=quarantine, hub=hub, poll=poll
        )

    return make


def _publishing(url: str, token_file: Path | None, ca: Path | None, options: Options) -> Hub:
    from feed.hub.connection import hub_at, need_the_client  # noqa: PLC0415

    if not options.record:
        raise UsageProblem(
            "what is published is the recording, and nothing is recorded", "leave --no-record out"
        )
    need_the_client()
    return hub_at(url, "recorder", token_at=token_file, ca=ca)
