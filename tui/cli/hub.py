"""`nightdesk hub` and `nightdesk follow`: one desk records, any number look on."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from feed.errors import SourceUnreadable
from tui.cli.flags import PlainOption, with_options
from tui.running.start import run
from tui.settings.config import Config

if TYPE_CHECKING:
    from types import FrameType

    from feed.hub.server import Listening
    from feed.session.session import Post, Session

PublishOption = Annotated[
    str | None,
    typer.Option("--publish", metavar="URL", help="Send the recording to a hub: nats://host:4222."),
]
TokenFileOption = Annotated[
    Path | None,
    typer.Option("--token-file", metavar="FILE", help="The file that holds the hub's token."),
]
TlsCaOption = Annotated[
    Path | None,
    typer.Option("--tls-ca", metavar="FILE", help="The certificate that signed the hub's own."),
]


def hub(  # noqa: PLR0913, PLR0917
    listen: Annotated[
        str, typer.Option("--listen", metavar="HOST", help="Where to listen.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", metavar="PORT", min=1, max=65535, help="On which port.")
    ] = 4222,
    tls_cert: Annotated[
        Path | None, typer.Option("--tls-cert", metavar="FILE", help="The hub's certificate.")
    ] = None,
    tls_key: Annotated[
        Path | None, typer.Option("--tls-key", metavar="FILE", help="The certificate's key.")
    ] = None,
    insecure: Annotated[
        bool, typer.Option("--insecure", help="Beyond this machine without TLS, all the same.")
    ] = False,
    folder: Annotated[
        Path | None,
        typer.Option("--folder", metavar="DIR", help="Config, tokens and store; else your state."),
    ] = None,
) -> None:
    """Run a hub on this machine, for desks that look on elsewhere.

    It is a nats-server with its config, its tokens and its store.

    Examples:
    nightdesk hub

    nightdesk hub --listen 10.0.0.5 --tls-cert hub.pem --tls-key hub.key
    """
    from feed.hub.connection import hub_folder  # noqa: PLC0415
    from feed.hub.server import (  # noqa: PLC0415
        Listening,
        refuse_open_door,
        server_program,
        written_config,
    )

    listening = Listening(listen, port, tls_cert, tls_key)
    refuse_open_door(listening, insecure=insecure)
    program = server_program()
    place = hub_folder() if folder is None else folder
    config = written_config(place, listening)
    code = _serve(program, config, place / "nats-server.log", listening)
    if code:
        raise SourceUnreadable(
            f"the hub ended with status {code}", f"{place / 'nats-server.log'} says why"
        )


def _serve(program: str, config: Path, log: Path, listening: Listening) -> int:
    """Run the server until it ends or a signal comes; return its status, 0 after a signal."""
    asked = False
    with log.open("ab") as out:
        log.chmod(0o600)
        server = subprocess.Popen([program, "-c", str(config)], stdout=out, stderr=out)  # noqa: S603  # our own words

        def leave(_number: int, _frame: FrameType | None) -> None:
            nonlocal asked
            asked = True
            server.terminate()

        kept = {number: signal.signal(number, leave) for number in (signal.SIGINT, signal.SIGTERM)}
        there = config.parent
        sys.stdout.write(
            f"A hub listens on {listening.url}. On this machine:\n"
            f"  nightdesk watch DIR --publish {listening.url}\n"
            f"  nightdesk follow {listening.url}\n"
            f"Elsewhere add --token-file FILE, with a copy of {there / 'recorder.token'}\n"
            f"for who records or {there / 'reader.token'} for who looks on.\n"
        )
        sys.stdout.flush()
        try:
            code = server.wait()
        finally:
            for number, handler in kept.items():
                signal.signal(number, handler)
    return 0 if asked else code


@with_options
def follow(  # noqa: PLR0913  # each is a flag of the command
    config: Config,
    *,
    url: Annotated[str, typer.Argument(metavar="URL", help="The hub: nats://host:4222.")],
    night: Annotated[
        str | None, typer.Option("--night", metavar="DATE", help="2026-05-07; else the newest.")
    ] = None,
    token_file: TokenFileOption = None,
    tls_ca: TlsCaOption = None,
    plain: PlainOption = False,
) -> None:
    """Look on at a night that another desk publishes to a hub.

    A copy of it is kept here.

    Examples:
    nightdesk follow nats://127.0.0.1:4222

    nightdesk follow tls://hub.example:4222 --token-file reader.token --view projector
    """
    from feed.hub.connection import hub_at, need_the_client  # noqa: PLC0415

    need_the_client()
    options = config.options
    there = hub_at(url, "reader", token_at=token_file, ca=tls_ca)

    def make(post: Post) -> Session:
        from tui.running.sessions import hub_session  # noqa: PLC0415

        return hub_session(post, there, night, options)

    run(make, options, plain=plain)
