"""`nightdesk watch`: a folder live on the screen, recorded and, if wanted, published."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from feed.errors import SourceUnreadable, UsageProblem
from tui.cli.flags import (
    DateOption,
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
    plain: PlainOption = False,
) -> None:
    """Watch a folder live and show the night as it comes in.

    Examples:
    nightdesk watch sample_feeds/rehearsal --no-record

    nightdesk watch sample_feeds/rehearsal --no-record --publish-dir /tmp/night
    """
    options = config.options
    hub = None if publish is None else _publishing(publish, token_file, tls_ca, options)
    make = watching(
        folder, options, recording=recording, quarantine=quarantine, hub=hub, poll=poll_asked(day)
    )
    if publish_dir is None:
        run(make, options, plain=plain)
        return
    from tui.broadcast.folder import published_in  # noqa: PLC0415
    from tui.broadcast.newest import NewestView, Outputs  # noqa: PLC0415

    newest = NewestView()
    with published_in(publish_dir, Outputs(newest, options), feed=folder):
        run(newest.kept_of(make), options, plain=plain)


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
