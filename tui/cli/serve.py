"""`nightdesk serve`: one drawing of the night for any number of browsers."""

from __future__ import annotations

import re
import sys
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from feed.errors import SourceUnreadable, UsageProblem, not_there
from tui.cli.flags import (
    DateOption,
    PublishDirOption,
    QuarantineOption,
    RecordingOption,
    StartOption,
    poll_asked,
    with_options,
)
from tui.cli.hub import TlsCaOption, TokenFileOption
from tui.cli.playing import as_demo
from tui.cli.watch import watching
from tui.running.output import print_text, tell
from tui.running.start import Playing, following, playing, run
from tui.settings.config import Config

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from ssl import SSLContext

    from feed.session.session import Post, Session
    from tui.broadcast.door import Door
    from tui.settings.options import Options, ViewName

_SIZE: Final = re.compile(r"(\d{2,3})x(\d{2,3})")
_SMALLEST: Final = (40, 12)
_TALL: Final = {"projector": "60x52", "desk": "80x70"}
"""What can be read on a phone."""
_TURN: Final = 20.0
"""Seconds that a page of the wall stays, where nobody has a key to turn it."""
_HUBS: Final = ("nats://", "tls://")


@with_options
def serve(  # noqa: PLR0913  # each is a flag of the command
    config: Config,
    *,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="[wall|desk] SOURCE",
            help="What to show, the wall by default, and of what: a folder, a recording, "
            "demo, or a hub: nats://host:4222.",
        ),
    ],
    listen: Annotated[
        str, typer.Option("--listen", metavar="HOST:PORT", help="Where to listen.")
    ] = "127.0.0.1:8390",
    proxy_host: Annotated[
        str,
        typer.Option(
            "--proxy-host",
            metavar="NAME",
            help="Answer to this name too, which a proxy on this machine passes on.",
            show_default=False,
        ),
    ] = "",
    size: Annotated[
        str, typer.Option("--size", help="Columns and rows.", metavar="SIZE")
    ] = "160x48",
    tall_size: Annotated[
        str | None,
        typer.Option(
            "--tall-size",
            metavar="SIZE",
            help="For windows that are higher than wide, as a phone's: 60x52 for the wall, "
            "80x70 for the desk.",
        ),
    ] = None,
    tls_cert: Annotated[
        Path | None, typer.Option("--tls-cert", metavar="FILE", help="A certificate, for https.")
    ] = None,
    tls_key: Annotated[
        Path | None, typer.Option("--tls-key", metavar="FILE", help="The certificate's key.")
    ] = None,
    start: StartOption = None,
    publish_dir: PublishDirOption = None,
    recording: RecordingOption = None,
    quarantine: QuarantineOption = None,
    day: DateOption = None,
    token_file: TokenFileOption = None,
    tls_ca: TlsCaOption = None,
) -> None:
    """Show the night to any number of browsers, who only look on.

    A folder is watched and recorded as `watch` does, and its alerts are sent. A recording is
    shown while it is written, or played where --speed or --start is given.

    Examples:
    nightdesk serve demo

    nightdesk serve desk sample_feeds/rehearsal --no-record

    nightdesk serve wall demo --listen 0.0.0.0:8391 --size 120x36
    """
    need_the_server()
    import asyncio  # noqa: PLC0415

    from tui.broadcast.door import door_at  # noqa: PLC0415
    from tui.broadcast.drawing import Drawing  # noqa: PLC0415
    from tui.broadcast.folder import published_in  # noqa: PLC0415
    from tui.broadcast.newest import NewestView, Outputs  # noqa: PLC0415
    from tui.broadcast.server import BroadcastServer, Shape, broadcast  # noqa: PLC0415
    from tui.colours.themes import DARK, LOOKS  # noqa: PLC0415
    from tui.running.app import Desk  # noqa: PLC0415

    view, source = _asked(words)
    look = LOOKS.get(config.options.theme, DARK)
    drawings: dict[Shape, Drawing] = {
        "wide": Drawing(_cells(size), look),
        "tall": Drawing(_cells(tall_size or _TALL[view]), look),
    }
    tls = _certificate(tls_cert, tls_key)
    options = _looked_at(config.options, view)
    make = _of_source(
        source, config, start, options,
        recording=recording, quarantine=quarantine, poll=poll_asked(day), token_file=token_file,
        tls_ca=tls_ca,
    )  # fmt: skip
    outputs = Outputs(newest := NewestView(), options)
    server = BroadcastServer(
        door_at(listen, secure=tls is not None, proxy=proxy_host), drawings, outputs
    )

    def drive(desk: Desk) -> None:
        desks: dict[Shape, Desk] = {"wide": desk, "tall": Desk(newest.looked_on, options)}
        asyncio.run(broadcast(desks, server, lambda: _say(server.door), tls))

    with ExitStack() as stack:
        stack.enter_context(published_in(publish_dir, outputs, feed=Path(source)))
        if _watches(source, config, start) and (options.on_alert or options.alert_url):
            from tui.running.alert_sending import alerting  # noqa: PLC0415

            newest.tell(stack.enter_context(alerting(options)))
        run(newest.kept_of(make), options, drive=drive)


def _asked(words: Sequence[str]) -> tuple[ViewName, str]:
    """Return the view and the source that were asked for."""
    match words:
        case ["wall" | "desk" as view, source]:
            return ("desk" if view == "desk" else "projector"), source
        case [source]:
            return "projector", source
        case _:
            raise UsageProblem(
                f"{words[0]!r} is no view", "write: serve wall SOURCE, or serve desk SOURCE"
            )


def _looked_at(options: Options, view: ViewName) -> Options:
    """Return the options of a desk that has no keys: its pages turn by themselves."""
    turn = options.cycle or (None if options.wall.get("pages") else _TURN)
    return replace(options, view=view, cycle=turn, reveal=False, bell=False, notify=False)


def _of_source(  # noqa: PLR0913  # each is a flag of the command
    source: str,
    config: Config,
    start: str | None,
    options: Options,
    *,
    recording: Path | None,
    quarantine: Path | None,
    poll: date | None,
    token_file: Path | None,
    tls_ca: Path | None,
) -> Callable[[Post], Session]:
    """Return what makes the session of a source.

    Raises:
        UsageProblem: that is no source, or what was asked makes no sense for it.
        SourceUnreadable: nothing is there.

    """
    path = Path(source)
    if source.startswith(_HUBS):
        return _of_hub(source, token_file, tls_ca, options)
    if source == "demo":
        from tui.running.samples import sample_feed  # noqa: PLC0415

        return playing(sample_feed("england-2019"), as_demo(config, start), options)
    if _is_paced(config, start):
        asked = Playing(
            speed=options.speed or "60", start=start, loop=bool(options.loop),
            gap_limit=options.gap_limit, poll=poll,
        )  # fmt: skip
        return playing(path, asked, options)
    if _watches(source, config, start):
        return watching(path, options, recording=recording, quarantine=quarantine, poll=poll)
    if not path.exists():
        raise not_there(path)
    return following(path, options)


def _is_paced(config: Config, start: str | None) -> bool:
    """Whether a night is to be played, not looked on at."""
    return start is not None or any(map(config.is_flag, ("speed", "loop", "gap_limit")))


def _watches(source: str, config: Config, start: str | None) -> bool:
    """Whether the source is a folder that is watched: alerts are its desk's to send."""
    return source != "demo" and not _is_paced(config, start) and Path(source).is_dir()


def _of_hub(
    url: str, token_file: Path | None, ca: Path | None, options: Options
) -> Callable[[Post], Session]:
    from feed.hub.connection import hub_at, need_the_client  # noqa: PLC0415

    need_the_client()
    hub = hub_at(url, "reader", token_at=token_file, ca=ca)

    def make(post: Post) -> Session:
        from tui.running.sessions import hub_session  # noqa: PLC0415

        return hub_session(post, hub, None, options)

    return make


def _cells(size: str) -> tuple[int, int]:
    found = _SIZE.fullmatch(size)
    if found is None or (int(found[1]), int(found[2])) < _SMALLEST:
        raise UsageProblem(f"{size!r} is no size", "write columns and rows, as in 160x48")
    return int(found[1]), int(found[2])


def _certificate(cert: Path | None, key: Path | None) -> SSLContext | None:
    if cert is None and key is None:
        return None
    if cert is None or key is None:
        raise UsageProblem("a certificate and its key go together", "give --tls-cert and --tls-key")
    import ssl  # noqa: PLC0415

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        context.load_cert_chain(cert, key)
    except OSError as error:
        raise SourceUnreadable(f"the certificate {cert} cannot be used: {error}") from error
    return context


def _say(door: Door) -> None:
    """Say where browsers find it; the token is shown on a terminal, and stands in no log."""
    if not door.token:
        print_text(f"Open {door.url} in a browser.")
    elif sys.stdout.isatty():
        print_text(f"Open {door.url}?token={door.token} in a browser.")
    else:
        from tui.broadcast.door import token_path  # noqa: PLC0415

        print_text(f"Open {door.url}?token=… in a browser, with what {token_path()} holds.")
    if door.is_open and not door.secure:
        tell("without --tls-cert and --tls-key whoever is on the way can read along")


def need_the_server() -> None:
    """Raise UsageProblem where the library that serves pages is not installed."""
    try:
        import aiohttp  # noqa: F401, PLC0415
    except ImportError as error:
        raise UsageProblem(
            "serving browsers needs the library aiohttp", "`pip install 'nightdesk[web]'` brings it"
        ) from error
